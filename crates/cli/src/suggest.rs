//! `encart suggest`: what suits a dataset, with the tags to paste.

use encart_chart::suggest::{Suggestion, are_keys, chooser, is_measure, suggest};
use encart_scene::svg::escape;
use encart_table::{Column, Table};

use crate::render::env;
use crate::{Call, Failure, load, out, say_notices};

/// `encart suggest adresse`: the charts that suit the rows, the most telling first, each with its reason and its tag; then
/// the table, a key figure and a board when they suit too.
pub(crate) fn suggestions(call: &Call) -> Result<(), Failure> {
    let src = call.file()?;
    let outcome = load::run(call.order(src), "");
    if let Some(failure) = outcome.failure {
        say_notices(&outcome.notices, call.lang);
        return Err(Failure::author(failure.sentence(call.lang)));
    }
    let table = &outcome.prepared.table;
    let found = suggest(table, &env(call)?);
    let mut written: Vec<String> = found.iter().map(|suggestion| write(suggestion, src, call)).collect();
    written.extend(figure(table, src, call));
    written.extend(rows(table, src, call));
    written.extend(board(table, &found, src, call));
    if found.is_empty() {
        let has_numbers = table.columns.iter().any(Column::is_number);
        let why = match has_numbers {
            true => call.lang.pick(
                "aucun graphique ne convient à ces nombres (index, codes, années ou valeurs toutes égales).",
                "no chart suits these numbers (an index, codes, years, or all alike).",
            ),
            false => call.lang.pick(
                "aucune colonne de nombres : pas de graphique. Essayez encart read pour voir les colonnes.",
                "no column of numbers: no chart. Try encart read to see the columns.",
            ),
        };
        out::say(why);
    }
    if written.is_empty() {
        return Err(Failure::author(call.lang.pick("rien à montrer.", "nothing to show.")));
    }
    out::write(call, &written.join("\n"))
}

/// A tag with its attributes.
fn tag(name: &str, attributes: &[(&str, &str)]) -> String {
    let mut tag = format!("  <encart-{name}");
    for (name, value) in attributes {
        tag.push_str(&format!(" {name}=\""));
        escape(value, &mut tag);
        tag.push('"');
    }
    tag + &format!("></encart-{name}>\n")
}

/// The reason, then the tag to paste.
fn write(suggestion: &Suggestion, src: &str, call: &Call) -> String {
    format!("{}\n{}", suggestion.why.get(call.lang), write_tag(suggestion, src, call))
}

fn write_tag(suggestion: &Suggestion, src: &str, call: &Call) -> String {
    // of several columns one whose name holds a comma stands between back quotes
    let quoted = |(name, value): &(&'static str, String)| {
        let value = if *name == "y" && value.contains(',') { format!("`{value}`") } else { value.clone() };
        (*name, value)
    };
    let channels: Vec<(&str, String)> = suggestion.channels.iter().map(quoted).collect();
    let mut attributes = vec![("src", src), ("kind", suggestion.kind)];
    attributes.extend(channels.iter().map(|(name, value)| (*name, value.as_str())));
    attributes.push(("title", suggestion.title.get(call.lang)));
    tag("chart", &attributes)
}

/// One number: the last of a series, where each date has one.
fn figure(table: &Table, src: &str, call: &Call) -> Option<String> {
    let time = table.columns.iter().find(|column| column.is_period())?;
    let measure = table.columns.iter().find(|column| is_measure(column))?;
    let why = call.lang.pick(
        "une valeur par date : la dernière, en grand, avec son changement",
        "one value a date: the last, in large, with its change",
    );
    let attributes = [("src", src), ("value", measure.name.as_str()), ("title", measure.name.as_str())];
    (are_keys(table, &[time]) && table.n_rows() > 1).then(|| format!("{why}\n{}", tag("figure", &attributes)))
}

/// A board that shares what readers would choose by: the first chart and the rows, by the categories of a column.
fn board(table: &Table, found: &[Suggestion], src: &str, call: &Call) -> Option<String> {
    let chart = found.first()?;
    let shared = chooser(table)?;
    let why = call.lang.pick(
        format!("un tableau de bord : le lecteur choisit « {} », l’image et les lignes suivent", shared.name),
        format!("a board: the reader chooses “{}”, the picture and the rows follow", shared.name),
    );
    let filters = if shared.name.contains(',') { format!("`{}`", shared.name) } else { shared.name.clone() };
    let open = tag("board", &[("filters", filters.as_str())]);
    let inside = [write_tag(chart, src, call), rows_tag(table, src)].concat();
    let inside: String = inside.lines().map(|line| format!("  {line}\n")).collect();
    Some(format!("{why}\n{}\n{inside}  </encart-board>\n", open.trim_end().trim_end_matches("</encart-board>")))
}

/// The rows themselves.
fn rows(table: &Table, src: &str, call: &Call) -> Option<String> {
    let n_rows = table.n_rows();
    let why = call.lang.pick(
        format!("{n_rows} lignes : un tableau où chercher, trier et télécharger"),
        format!("{n_rows} rows: a table to search, sort and download"),
    );
    (n_rows > 0).then(|| format!("{why}\n{}", rows_tag(table, src)))
}

fn rows_tag(table: &Table, src: &str) -> String {
    const MOST: usize = 6;
    let name =
        |column: &Column| if column.name.contains(',') { format!("`{}`", column.name) } else { column.name.clone() };
    let columns = table.columns.iter().take(MOST).map(name).collect::<Vec<_>>().join(", ");
    tag("table", &[("src", src), ("columns", columns.as_str())])
}
