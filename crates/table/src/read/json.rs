//! Where are the rows in a JSON file, and which form have they?

use crate::json::{Json, Object};
use crate::notice::{Notice, Place};
use crate::read::records::{Grid, read_records};
use crate::read::{geojson, jsonstat, topojson};
use crate::table::Table;

/// The names under which portals and programs put their rows (the first that holds some is taken).
const ENVELOPES: [&str; 14] = [
    "results",
    "records",
    "data",
    "result.records",
    "result.results",
    "observations",
    "rows",
    "items",
    "value",
    "values",
    "entries",
    "content",
    "features",
    "result",
];

/// Reads a JSON text: a list of objects, a list of lists under a header, lists by column, GeoJSON, TopoJSON, JSON-stat,
/// or an envelope around them. `path` says where the rows are (`result.records`), when the author knows.
pub fn read_json(text: &str, path: Option<&str>) -> (Table, Vec<Notice>) {
    let json = match Json::parse(text, "json") {
        Ok(json) => json,
        Err(error) => return (Table::default(), vec![broken(&error)]),
    };
    read_json_value(&json, path)
}

fn broken(error: &Notice) -> Notice {
    Notice::error(
        "json.broken",
        error.place.line.map_or(Place::whole(), Place::line),
        format_args!(
            "le fichier JSON est coupé ou mal formé ; rien n’a pu en être lu. Vérifiez l’adresse, ou prévenez le producteur."
        ),
        format_args!(
            "the JSON file is cut or malformed; nothing of it could be read. Check the address, or tell the producer."
        ),
    )
}

/// The same for a value that was parsed already.
pub fn read_json_value(json: &Json, path: Option<&str>) -> (Table, Vec<Notice>) {
    let rows = match path {
        None => json,
        Some(path) => match json.at(path) {
            Some(rows) => rows,
            None => return (Table::default(), vec![no_rows(json, Some(path))]),
        },
    };
    match read_rows(rows) {
        Some(read) => read,
        None => (Table::default(), vec![no_rows(rows, path)]),
    }
}

fn read_rows(json: &Json) -> Option<(Table, Vec<Notice>)> {
    match json {
        Json::List(list) if list.iter().any(|item| matches!(item, Json::Object(_))) => Some(read_records(list, &[])),
        Json::List(list) if list.iter().all(|item| matches!(item, Json::List(_))) && !list.is_empty() => {
            read_lists(list)
        }
        Json::Object(object) => read_object(json, object),
        _ => None,
    }
}

fn read_object(json: &Json, object: &Object) -> Option<(Table, Vec<Notice>)> {
    let kind = object.get("type").and_then(Json::as_str).unwrap_or("");
    if kind == "FeatureCollection" || kind == "Feature" {
        return Some(geojson::read_geojson(json));
    }
    if kind == "Topology" {
        return Some(topojson::read_topojson(json));
    }
    if jsonstat::is_jsonstat(json) {
        return Some(jsonstat::read_jsonstat(json));
    }
    // a dump of CKAN: the fields, then lists of their values
    if let (Some(Json::List(fields)), Some(Json::List(records))) = (object.get("fields"), object.get("records"))
        && records.iter().all(|record| matches!(record, Json::List(_)))
    {
        let names: Vec<Json> = fields.iter().map(|field| field.get("id").cloned().unwrap_or_default()).collect();
        let lists: Vec<Json> = [Json::List(names)].into_iter().chain(records.iter().cloned()).collect();
        return read_lists(&lists);
    }
    for envelope in ENVELOPES {
        let Some(Json::List(list)) = json.at(envelope) else { continue };
        // an empty page is a page
        if list.is_empty() || list.iter().any(|item| matches!(item, Json::Object(_))) {
            return Some(read_records(&unwrapped(list), &[]));
        }
    }
    read_columns(object).or_else(|| read_only_list(object))
}

/// Records whose values are one level down, under `fields`, beside an identifier (Grist, Opendatasoft before 2.0).
fn unwrapped(list: &[Json]) -> Vec<Json> {
    list.iter()
        .map(|record| record.get("fields").filter(|fields| fields.as_object().is_some()).unwrap_or(record).clone())
        .collect()
}

/// `{"annee": [2023, 2024], "montant": [1, 2]}`: lists of one length.
fn read_columns(object: &Object) -> Option<(Table, Vec<Notice>)> {
    let columns: Option<Vec<(&str, &[Json])>> =
        object.iter().map(|(name, value)| value.as_list().map(|list| (name, list))).collect();
    let columns = columns?;
    let (_, first) = columns.first()?;
    let n_rows = first.len();
    let is_table = n_rows > 0
        && columns.iter().all(|(_, list)| {
            list.len() == n_rows && !list.iter().any(|item| matches!(item, Json::Object(_) | Json::List(_)))
        });
    if !is_table {
        return None;
    }
    let (mut grid, mut notices) = (Grid::default(), Vec::new());
    for row_idx in 0..n_rows {
        grid.row();
        for (name, list) in &columns {
            grid.put(name, list.get(row_idx).unwrap_or(&Json::Null));
        }
    }
    Some((grid.finish(&[], &mut notices), notices))
}

/// The only list of objects that an object holds, whatever its name, at most three levels down.
fn read_only_list(object: &Object) -> Option<(Table, Vec<Notice>)> {
    fn lists<'a>(object: &'a Object, depth: usize, found: &mut Vec<&'a [Json]>) {
        for (_, value) in object.iter() {
            match value {
                Json::List(list) if list.iter().any(|item| matches!(item, Json::Object(_))) => found.push(list),
                Json::Object(inner) if depth > 0 => lists(inner, depth - 1, found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    lists(object, 2, &mut found);
    match found.as_slice() {
        [list] => Some(read_records(list, &[])),
        _ => None,
    }
}

/// Lists under a list of names.
fn read_lists(list: &[Json]) -> Option<(Table, Vec<Notice>)> {
    let (header, rows) = list.split_first()?;
    let names: Option<Vec<&str>> = header.as_list()?.iter().map(Json::as_str).collect();
    let names = names?;
    let (mut grid, mut notices) = (Grid::default(), Vec::new());
    for row in rows {
        grid.row();
        for (idx, name) in names.iter().enumerate() {
            grid.put(name, row.as_list().and_then(|cells| cells.get(idx)).unwrap_or(&Json::Null));
        }
    }
    Some((grid.finish(&[], &mut notices), notices))
}

fn no_rows(json: &Json, path: Option<&str>) -> Notice {
    let names: Vec<&str> =
        json.as_object().map(|object| object.iter().map(|(name, _)| name).take(12).collect()).unwrap_or_default();
    let list = names.join(", ");
    let at = path.unwrap_or("");
    let (fr, en) = match (path, names.is_empty()) {
        (Some(_), true) => {
            (format!("le chemin « {at} » ne mène pas à des lignes"), format!("the path “{at}” leads to no rows"))
        }
        (Some(_), false) => (
            format!("le chemin « {at} » ne mène pas à des lignes ; il y a : {list}"),
            format!("the path “{at}” leads to no rows; there is: {list}"),
        ),
        (None, true) => ("ce JSON ne contient pas de lignes".to_string(), "this JSON holds no rows".to_string()),
        (None, false) => (
            format!(
                "ce JSON ne dit pas où sont ses lignes ; il y a : {list}. Écrivez le chemin, par exemple rest:adresse#{}",
                names.first().copied().unwrap_or("")
            ),
            format!(
                "this JSON does not say where its rows are; there is: {list}. Write the path, for example rest:address#{}",
                names.first().copied().unwrap_or("")
            ),
        ),
    };
    Notice::error("json.no-rows", Place::whole(), format_args!("{fr}."), format_args!("{en}."))
}

/// Reads JSON texts, one a line. A line that is cut or malformed is said and left out; the others hold.
///
/// ```
/// let (table, notices) = encart_table::read::json::read_ndjson("{\"a\": 1}\n{\"a\": 2}\n{\"a\"");
/// assert_eq!((table.n_rows(), notices[0].code, notices[0].place.line), (2, "json.bad-lines", Some(3)));
/// ```
pub fn read_ndjson(text: &str) -> (Table, Vec<Notice>) {
    let (mut records, mut bad) = (Vec::new(), Vec::new());
    for (idx, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match Json::parse(line, "json") {
            Ok(record) => records.push(record),
            Err(_) => bad.push(idx as u64 + 1),
        }
    }
    let (table, mut notices) = read_records(&unwrapped(&records), &[]);
    if let [first, ..] = bad.as_slice() {
        let (fr, en) =
            (crate::notice::say_lines(&bad, crate::Lang::Fr), crate::notice::say_lines(&bad, crate::Lang::En));
        notices.insert(
            0,
            Notice::warning(
                "json.bad-lines",
                Place::line(*first),
                format_args!("ce n’est pas du JSON : laissé de côté ({fr})."),
                format_args!("this is not JSON: left out ({en})."),
            ),
        );
    }
    (table, notices)
}
