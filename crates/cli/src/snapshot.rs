//! How does a site keep its own copy of a chart: data, specification, static content?

use std::path::Path;

use encart_chart::figure::render_figure;
use encart_chart::{Drawing, draw, read_spec};
use encart_table::csv_out::write_archive;
use encart_table::json::Object;
use encart_table::locale::write_period;
use encart_table::{Json, Lang};

use crate::render::{env, today};
use crate::{Call, Failure, load, out, say_notices};

/// `encart snapshot spec.json -o dossier/`: the table after its steps, the specification that reads it, the static
/// content, and the tag to paste. Nothing is written when something must be mended first.
pub(crate) fn snapshot(call: &Call) -> Result<(), Failure> {
    let path = call.file()?;
    let folder = call.out.as_deref().ok_or_else(|| Failure::call("où ? Ajoutez -o dossier/"))?;
    let loaded = load::load_spec(path)?;
    if let Some(failure) = &loaded.outcome.failure {
        say_notices(&loaded.notices, call.lang);
        return Err(Failure::author(failure.sentence(call.lang)));
    }
    let drawing = draw(&loaded.outcome.prepared, &loaded.spec, &env(call)?);
    let notices: Vec<_> = loaded.notices.iter().chain(&drawing.notices).cloned().collect();
    say_notices(&notices, call.lang);
    if drawing.is_empty() || loaded.outcome.prepared.is_misled {
        return Err(Failure::author("rien à dessiner : corrigez d’abord la spécification"));
    }
    let name = Path::new(path).file_stem().map_or("encart".into(), |name| name.to_string_lossy().into_owned());
    let csv = write_archive(&loaded.outcome.prepared.table);
    // the copy's file has no notes below its rows: those to which marks point are carried over, with what was said of a part
    let footnotes = drawing.notes.iter().filter(|note| loaded.outcome.prepared.table.footnotes().contains(note));
    let warnings = drawing.warnings.iter().chain(footnotes).map(String::as_str).collect::<Vec<_>>().join(" ");
    let json = specification(path, &name, call, &loaded.outcome.origin.facts(), &warnings)?;
    let figure = still(&json, &csv, call, &drawing)?;
    spare(path, loaded.spec.src.as_deref(), folder, &name)?;
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::call(format!("« {folder} » : dossier impossible ({error})")))?;
    let sizes = [("csv", csv.len()), ("json", json.len()), ("html", figure.len())];
    for (ending, text) in [("csv", &csv), ("json", &json), ("html", &figure)] {
        let file = Path::new(folder).join(format!("{name}.{ending}"));
        std::fs::write(&file, text)
            .map_err(|error| Failure::call(format!("« {} » : écriture impossible ({error})", file.display())))?;
    }
    let list = sizes.map(|(ending, size)| format!("{name}.{ending} ({size} octets)")).join(", ");
    out::say(&format!("{folder} : {list}"));
    out::print(&format!("<encart-chart spec=\"{name}.json\">\n{figure}</encart-chart>\n"))
}

/// The specification of the copy: what its author wrote, without the steps, which are done, and with what the portal said
/// of the dataset.
fn specification(
    path: &str,
    name: &str,
    call: &Call,
    facts: &[(&str, &str)],
    warnings: &str,
) -> Result<String, Failure> {
    let text = String::from_utf8(load::load_bytes(path)?).map_err(|_| Failure::author("pas en UTF-8"))?;
    let mut object = Json::parse_object(&text, path).map_err(|notice| Failure::author(notice.sentence(call.lang)))?;
    object.take("data");
    object.take("steps");
    object.set("src".into(), Json::Text(format!("{name}.csv")));
    // every line of the copy is a row
    object.set("totals".into(), Json::Text("keep".into()));
    for (key, fact) in facts {
        let is_ours = ["producer", "licence", "updated", "frequency", "page"].contains(key)
            || *key == "file" && fact.starts_with("http");
        if is_ours && object.get(key).is_none() {
            object.set((*key).into(), Json::Text((*fact).to_string()));
        }
    }
    let day = today(call)?;
    let copied = call.lang.pick(
        format!("Copie du {}.", write_period(day, Lang::Fr)),
        format!("Copy of {}.", write_period(day, Lang::En)),
    );
    let note = object.get("note").and_then(Json::as_str).unwrap_or("");
    let note = [note, &copied, warnings].join(" ").trim().to_string();
    object.set("note".into(), Json::Text(note));
    Ok(pretty(&object))
}

/// One key a line.
fn pretty(object: &Object) -> String {
    let lines: Vec<String> = object
        .iter()
        .map(|(key, value)| format!("  {}: {}", Json::Text(key.to_string()).write(), value.write()))
        .collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// The static content, drawn from the copy itself, once that has shown the same values as the original.
fn still(json: &str, csv: &str, call: &Call, original: &Drawing) -> Result<String, Failure> {
    let (spec, _) = read_spec(json);
    let (table, _) = encart_table::read_csv(csv.as_bytes(), &spec.reading);
    let drawing = draw(&table.into(), &spec, &env(call)?);
    if drawing.twin() != original.twin() {
        return Err(Failure::author(
            "la copie ne se relit pas à l’identique : gardez plutôt le fichier de la source à côté de la page",
        ));
    }
    Ok(render_figure(&drawing))
}

/// Never writes over the specification or its own data.
fn spare(path: &str, src: Option<&str>, folder: &str, name: &str) -> Result<(), Failure> {
    let beside = src.map(|src| Path::new(path).with_file_name(src));
    let sources: Vec<_> = [Some(Path::new(path).to_path_buf()), beside].into_iter().flatten().collect();
    let same = |file: &Path| {
        let whole = file.canonicalize().ok();
        whole.is_some() && sources.iter().any(|source| source.canonicalize().ok() == whole)
    };
    for ending in ["csv", "json", "html"] {
        let file = Path::new(folder).join(format!("{name}.{ending}"));
        if same(&file) {
            let file = file.display();
            return Err(Failure::call(format!("« {file} » est l’original : choisissez un autre dossier avec -o")));
        }
    }
    Ok(())
}
