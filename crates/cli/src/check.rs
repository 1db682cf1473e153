//! `encart check`: what an author should mend before publishing.

use std::process::ExitCode;

use encart_chart::Spec;
use encart_chart::audit::audit;
use encart_chart::spec::french::kind_of_word;
use encart_portal::{Address, Outcome, read_address};
use encart_story::listing::Memory;
use encart_table::table::{bare_name, fold};
use encart_table::{Column, Json, Lang, Level, Notice, Place, Table};

use crate::render::env;
use crate::{Call, Failure, board, load, out, say_notices, schema};

/// `encart check`: every notice with its line and column, and the report of the load; exits with 1 when one must be
/// mended.
pub(crate) fn check(call: &Call) -> Result<ExitCode, Failure> {
    let path = call.file()?;
    // a portal's address is none of a specification, however it ends
    let is_json = path.ends_with(".json") && matches!(read_address(path), Ok(Address::File(_)));
    if is_json
        && let Ok(object) = Json::parse_object(&load::load_text(path)?, path)
        && board::is_board(&object)
    {
        return board::check(call, object);
    }
    let is_spec = is_json && is_spec(path);
    let (outcome, mut notices) = if is_spec {
        let loaded = load::load_spec(path)?;
        let mut notices = loaded.notices;
        notices = of_shown(notices, &load::load_text(path)?, &loaded.outcome.prepared.table);
        notices.extend(french_kind(path));
        notices.extend(unsaid(&loaded.spec));
        notices.extend(personal(&loaded.outcome.prepared.table));
        if loaded.outcome.failure.is_none() {
            let memory = Memory::default();
            let drawing = loaded.widget.draw(&loaded.outcome.prepared, &loaded.spec, &env(call)?, &memory);
            notices.extend(audit(&drawing));
            notices.extend(drawing.notices);
        }
        (loaded.outcome, notices)
    } else {
        let outcome = load::run(call.order(path), "");
        let mut notices: Vec<Notice> = outcome.notices.iter().chain(&outcome.prepared.notices).cloned().collect();
        notices.extend(personal(&outcome.prepared.table));
        let declared = outcome.origin.schema.as_deref();
        let is_file = outcome.origin.file.as_deref() == Some(path.split('#').next().unwrap_or(path));
        if let Some(file) = outcome.origin.file.as_deref()
            && (is_file || declared.is_some() || call.schema.is_some())
        {
            notices.extend(schema::check_file(call, if is_file { path } else { file }, declared));
        }
        (outcome, notices)
    };
    if let Some(failure) = outcome.failure.clone().filter(|failure| !notices.contains(failure)) {
        notices.push(failure);
    }
    say_notices(&notices, call.lang);
    out::print(&out::without_controls(&report(path, &outcome, &notices, call.lang)))?;
    let n_errors = count_errors(&notices);
    Ok(if n_errors > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Without what is said of columns that a picture does not name: its author has nothing to do with them. A table shows
/// all its columns unless it names some, and a chart that names none takes which it likes.
fn of_shown(notices: Vec<Notice>, spec: &str, table: &Table) -> Vec<Notice> {
    let Ok(object) = Json::parse_object(spec, "spec") else { return notices };
    let has = |keys: &[&str]| keys.iter().any(|key| object.get(key).is_some());
    let is_table = object.get("tag").and_then(Json::as_str) == Some("table");
    let names_all =
        if is_table { has(&["columns"]) } else { has(&["x"]) && has(&["y"]) || has(&["value", "numerator"]) };
    let written =
        fold(&object.iter().filter(|(key, _)| *key != "data").map(|(_, value)| value.write()).collect::<String>());
    let is_named = |column: &str| written.contains(&fold(bare_name(column)));
    let is_shown = |notice: &Notice| match notice.place.column.as_deref() {
        Some(column) if names_all => table.column(column).is_none() || is_named(column),
        _ => true,
    };
    notices.into_iter().filter(is_shown).collect()
}

/// A kind that is written in French, with the word to write.
fn french_kind(path: &str) -> Option<Notice> {
    let object = Json::parse_object(&load::load_text(path).ok()?, path).ok()?;
    let word = object.get("kind").and_then(Json::as_str)?;
    let kind = kind_of_word(word)?;
    Some(Notice::info(
        "kind.word",
        Place::column("kind"),
        format_args!("« {word} » s’écrit kind=\"{kind}\"."),
        format_args!("“{word}” is written kind=\"{kind}\"."),
    ))
}

/// What a citizen needs to check a figure, and the specification does not say.
fn unsaid(spec: &Spec) -> Vec<Notice> {
    let missing = [
        ("producer", spec.producer.is_none(), "qui produit les données", "who produces the data"),
        (
            "licence",
            spec.licence.is_none(),
            "leur licence (lov2, odbl ou son nom)",
            "their licence (lov2, odbl or its name)",
        ),
        (
            "updated",
            spec.updated.is_none(),
            "leur date (2026-03-31, 2026-03 ou 2026)",
            "their date (2026-03-31, 2026-03 or 2026)",
        ),
    ];
    let say = |(key, _, fr, en): (&str, bool, &str, &str)| {
        let place = Place::column(key);
        Notice::warning(
            "source.unsaid",
            place,
            format_args!("n’est pas donné : dites {fr}."),
            format_args!("is not given: say {en}."),
        )
    };
    missing.into_iter().filter(|(_, is_missing, ..)| *is_missing).map(say).collect()
}

/// Columns that seem to hold personal data: they are downloaded with the rows, shown or not.
fn personal(table: &Table) -> Vec<Notice> {
    const NAMES: [&str; 12] = [
        "telephone",
        "tel",
        "mobile",
        "portable",
        "email",
        "e-mail",
        "courriel",
        "mail",
        "date de naissance",
        "naissance",
        "nir",
        "numero de securite sociale",
    ];
    let is_personal = |column: &&Column| {
        let folded = fold(&column.name).replace('_', " ");
        NAMES.iter().any(|name| {
            folded == *name || folded.starts_with(&format!("{name} ")) || folded.ends_with(&format!(" {name}"))
        })
    };
    let say = |column: &Column| {
        Notice::warning(
            "column.personal",
            Place::column(&column.name),
            format_args!(
                "semble contenir des données personnelles, que chacun peut télécharger. Ôtez la colonne du fichier publié si elle n’est pas nécessaire."
            ),
            format_args!(
                "seems to hold personal data, which anyone can download. Take the column out of the published file unless it is needed."
            ),
        )
    };
    table.columns.iter().filter(is_personal).map(say).collect()
}

/// A specification is JSON that names data or a kind; other JSON is data.
fn is_spec(path: &str) -> bool {
    let text = load::load_bytes(path).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let object = encart_table::Json::parse_object(&text, path).ok();
    object.is_none_or(|object| ["src", "data", "kind", "x", "steps"].iter().any(|key| object.get(key).is_some()))
}

pub(crate) fn count_errors(notices: &[Notice]) -> usize {
    notices.iter().filter(|notice| notice.level == Level::Error).count()
}

/// How many notices there are: in French none and one are singular.
pub(crate) fn counted(n_said: usize, n_errors: usize, lang: Lang) -> String {
    let plural = if n_said > 1 { "s" } else { "" };
    lang.pick(
        format!("{n_said} remarque{plural}, dont {n_errors} à corriger"),
        format!("{n_said} notice{}, {n_errors} to mend", if n_said == 1 { "" } else { "s" }),
    )
}

/// What the load took and gave.
fn report(path: &str, outcome: &Outcome, notices: &[Notice], lang: Lang) -> String {
    let report = &outcome.report;
    let (n_rows, n_columns) = (outcome.prepared.table.n_rows(), outcome.prepared.table.columns.len());
    let counted = counted(notices.len(), count_errors(notices), lang);
    let mut lines = vec![lang.pick(
        format!("{path} : {n_rows} lignes, {n_columns} colonnes, {counted}"),
        format!("{path}: {n_rows} rows, {n_columns} columns, {counted}"),
    )];
    if report.n_requests > 0 {
        let (n_bytes, n_requests, ms) = (report.n_bytes, report.n_requests, report.ms.round());
        lines.push(lang.pick(
            format!(
                "  {n_bytes} octets, {n_requests} requête(s), {ms} ms ; {} lignes lues, {} après les étapes",
                report.n_rows_read, report.n_rows_kept
            ),
            format!(
                "  {n_bytes} bytes, {n_requests} request(s), {ms} ms; {} rows read, {} after the steps",
                report.n_rows_read, report.n_rows_kept
            ),
        ));
    }
    for (why, count) in &report.missing {
        lines.push(format!("  {} : {count}", why.words(lang)));
    }
    for (name, fact) in outcome.origin.facts() {
        lines.push(format!("  {name}: {fact}"));
    }
    lines.join("\n") + "\n"
}
