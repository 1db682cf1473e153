//! The rows of a JSON file, wherever they stand and whichever their form.

use crate::json::{Json, Object};
use crate::notice::{Notice, Place};
use crate::read::records::{Grid, read_records};
use crate::read::{geojson, jsonstat, topojson};
use crate::table::Table;
use crate::zone::Zone;

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
pub fn read_json(text: &str, path: Option<&str>, zone: Zone) -> (Table, Vec<Notice>) {
    let json = match Json::parse(text, "json") {
        Ok(json) => json,
        Err(error) => return (Table::default(), vec![broken(&error)]),
    };
    read_json_value(&json, path, zone)
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
pub fn read_json_value(json: &Json, path: Option<&str>, zone: Zone) -> (Table, Vec<Notice>) {
    let rows = match path {
        None => json,
        Some(path) => match json.at(path) {
            Some(rows) => rows,
            None => return (Table::default(), vec![no_rows(json, Some(path))]),
        },
    };
    match read_rows(rows, zone) {
        Some(read) => read,
        None => (Table::default(), vec![no_rows(rows, path)]),
    }
}

fn read_rows(json: &Json, zone: Zone) -> Option<(Table, Vec<Notice>)> {
    match json {
        Json::List(list) if !list.is_empty() && list.iter().all(is_feature) => Some(geojson::read_features(list, zone)),
        Json::List(list) if list.iter().any(|item| matches!(item, Json::Object(_))) => {
            Some(read_records(list, &[], zone))
        }
        Json::List(list) if list.iter().all(|item| matches!(item, Json::List(_))) && !list.is_empty() => {
            read_lists(list, zone)
        }
        Json::Object(object) => read_object(json, object, zone),
        _ => None,
    }
}

fn read_object(json: &Json, object: &Object, zone: Zone) -> Option<(Table, Vec<Notice>)> {
    let kind = object.get("type").and_then(Json::as_str).unwrap_or("");
    if kind == "FeatureCollection" || kind == "Feature" {
        return Some(geojson::read_geojson(json, zone));
    }
    if kind == "GeometryCollection" || object.get("coordinates").is_some() {
        let feature = [("type".to_string(), Json::Text("Feature".into())), ("geometry".to_string(), json.clone())];
        return Some(geojson::read_geojson(&Json::Object(feature.into_iter().collect()), zone));
    }
    if kind == "Topology" {
        return Some(topojson::read_topojson(json, zone));
    }
    if jsonstat::is_jsonstat(json) {
        return Some(jsonstat::read_jsonstat(json, zone));
    }
    if object.get("class").and_then(Json::as_str) == Some("collection") {
        return Some((Table::default(), vec![collection(json)]));
    }
    // a dump of CKAN: the fields, then lists of their values
    if let (Some(Json::List(fields)), Some(Json::List(records))) = (object.get("fields"), object.get("records"))
        && records.iter().all(|record| matches!(record, Json::List(_)))
    {
        let names: Vec<Json> = fields.iter().map(|field| field.get("id").cloned().unwrap_or_default()).collect();
        let lists: Vec<Json> = [Json::List(names)].into_iter().chain(records.iter().cloned()).collect();
        return read_lists(&lists, zone);
    }
    if let Some(read) = read_named_lists(json, zone) {
        return Some(read);
    }
    for envelope in ENVELOPES {
        let Some(Json::List(list)) = json.at(envelope) else { continue };
        // an empty page is a page
        if list.is_empty() || list.iter().any(|item| matches!(item, Json::Object(_))) {
            return Some(read_records(&unwrapped(list), &[], zone));
        }
    }
    read_columns(object, zone)
        .or_else(|| read_nested(object, zone))
        .or_else(|| read_only_list(object, zone))
        .or_else(|| read_one(json, object, zone))
}

fn is_feature(item: &Json) -> bool {
    item.get("type").and_then(Json::as_str) == Some("Feature")
}

/// Lists of values, one a row, beside the names of their columns: ClickHouse, Metabase, Socrata, datasette, pandas'
/// `split`, BigQuery.
fn read_named_lists(json: &Json, zone: Zone) -> Option<(Table, Vec<Notice>)> {
    const NAMES: [&str; 9] = [
        "meta.view.columns",
        "meta",
        "columns",
        "fields",
        "cols",
        "data.cols",
        "data.columns",
        "schema.fields",
        "header",
    ];
    const ROWS: [&str; 6] = ["data", "rows", "data.rows", "data.data", "values", "records"];
    let name = |item: &Json| match item {
        Json::Text(name) => Some(name.clone()),
        Json::Number(_) => item.as_attribute(),
        item => ["name", "id", "fieldName", "key", "title"]
            .iter()
            .find_map(|key| item.get(key)?.as_str().map(str::to_string)),
    };
    let names = NAMES.iter().find_map(|path| {
        let list = json.at(path)?.as_list().filter(|list| !list.is_empty())?;
        list.iter().map(name).collect::<Option<Vec<String>>>()
    })?;
    // `{"f": [{"v": 1}]}`
    let of_bigquery = |row: &Json| -> Option<Vec<Json>> {
        Some(row.get("f")?.as_list()?.iter().map(|cell| cell.get("v").cloned().unwrap_or_default()).collect())
    };
    let rows = ROWS.iter().find_map(|path| {
        let list = json.at(path)?.as_list().filter(|list| !list.is_empty())?;
        let row = |row: &Json| row.as_list().map(<[Json]>::to_vec).or_else(|| of_bigquery(row));
        list.iter().map(row).collect::<Option<Vec<Vec<Json>>>>()
    })?;
    let header = Json::List(names.into_iter().map(Json::Text).collect());
    let lists: Vec<Json> = [header].into_iter().chain(rows.into_iter().map(Json::List)).collect();
    read_lists(&lists, zone)
}

/// Objects under names, as pandas writes them: `{"a": {"0": 1, "1": 2}}` by column, `{"0": {"a": 1}}` by row.
fn read_nested(object: &Object, zone: Zone) -> Option<(Table, Vec<Notice>)> {
    let is_place = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Option<Vec<(&str, &Object)>> =
        object.iter().map(|(name, value)| value.as_object().map(|inner| (name, inner))).collect();
    let parts = parts.filter(|parts| !parts.is_empty())?;
    let (_, first) = parts.first()?;
    let is_scalar = |value: &Json| !matches!(value, Json::List(_) | Json::Object(_));
    let is_table = |(_, inner): &(&str, &Object)| {
        inner.len() == first.len()
            && inner.iter().zip(first.iter()).all(|((one, value), (other, _))| one == other && is_scalar(value))
    };
    if first.is_empty() || !parts.iter().all(is_table) {
        return None;
    }
    let (mut grid, mut notices) = (Grid::new(zone), Vec::new());
    if first.iter().all(|(name, _)| is_place(name)) {
        for (place, _) in first.iter() {
            grid.row();
            parts.iter().for_each(|(name, inner)| grid.put(name, inner.get(place).unwrap_or(&Json::Null)));
        }
    } else if parts.len() > 1 {
        let is_numbered = parts.iter().all(|(name, _)| is_place(name));
        for (name, inner) in parts {
            grid.row();
            if !is_numbered {
                grid.put("index", &Json::Text(name.to_string()));
            }
            inner.iter().for_each(|(column, value)| grid.put(column, value));
        }
    } else {
        return None;
    }
    Some((grid.finish(&[], &mut notices), notices))
}

/// One object of values is a table of one row; what a server answers when something fails is none.
fn read_one(json: &Json, object: &Object, zone: Zone) -> Option<(Table, Vec<Notice>)> {
    const ANSWERS: [&str; 13] = [
        "error",
        "errors",
        "message",
        "detail",
        "details",
        "status",
        "code",
        "count",
        "total",
        "total_count",
        "nhits",
        "next",
        "success",
    ];
    let is_answer =
        object.iter().any(|(name, value)| ANSWERS.contains(&name) || matches!(value, Json::List(_) | Json::Object(_)));
    let has_number = object.iter().any(|(_, value)| matches!(value, Json::Number(_)));
    (object.len() > 1 && !is_answer && has_number).then(|| read_records(std::slice::from_ref(json), &[], zone))
}

/// A list of cubes is no cube.
fn collection(json: &Json) -> Notice {
    let items = json.at("link.item").and_then(Json::as_list).unwrap_or_default();
    let label = |item: &Json| item.get("href").or(item.get("label")).and_then(Json::as_str).map(str::to_string);
    let list = items.iter().filter_map(label).take(6).collect::<Vec<_>>().join(", ");
    Notice::error(
        "jsonstat.collection",
        Place::whole(),
        format_args!(
            "ce fichier est une liste de jeux de données JSON-stat, pas un jeu. Prenez l’adresse de l’un d’eux : {list}."
        ),
        format_args!(
            "this file is a list of JSON-stat datasets, not a dataset. Take the address of one of them: {list}."
        ),
    )
}

/// Records whose values are one level down, under `fields`, beside an identifier (Grist, Opendatasoft before 2.0).
fn unwrapped(list: &[Json]) -> Vec<Json> {
    list.iter()
        .map(|record| record.get("fields").filter(|fields| fields.as_object().is_some()).unwrap_or(record).clone())
        .collect()
}

/// `{"annee": [2023, 2024], "montant": [1, 2]}`: lists of one length.
fn read_columns(object: &Object, zone: Zone) -> Option<(Table, Vec<Notice>)> {
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
    let (mut grid, mut notices) = (Grid::new(zone), Vec::new());
    for row_idx in 0..n_rows {
        grid.row();
        for (name, list) in &columns {
            grid.put(name, list.get(row_idx).unwrap_or(&Json::Null));
        }
    }
    Some((grid.finish(&[], &mut notices), notices))
}

/// The only list of objects that an object holds, whatever its name, at most three levels down.
fn read_only_list(object: &Object, zone: Zone) -> Option<(Table, Vec<Notice>)> {
    fn lists<'a>(object: &'a Object, depth: usize, found: &mut Vec<&'a [Json]>) {
        for (_, value) in object.iter() {
            match value {
                Json::List(list) if list.iter().any(|item| matches!(item, Json::Object(_))) => found.push(list),
                Json::Object(inner) if depth > 0 => lists(inner, depth - 1, found),
                _ => {}
            }
        }
    }
    // lists of lists are the rows of something, and a list of objects beside them what describes it
    fn has_rows(object: &Object, depth: usize) -> bool {
        object.iter().any(|(_, value)| match value {
            Json::List(list) => !list.is_empty() && list.iter().all(|item| matches!(item, Json::List(_))),
            Json::Object(inner) => depth > 0 && has_rows(inner, depth - 1),
            _ => false,
        })
    }
    if has_rows(object, 2) {
        return None;
    }
    let mut found = Vec::new();
    lists(object, 2, &mut found);
    match found.as_slice() {
        [list] => Some(read_records(list, &[], zone)),
        _ => None,
    }
}

/// Lists under a list of names.
fn read_lists(list: &[Json], zone: Zone) -> Option<(Table, Vec<Notice>)> {
    let (header, rows) = list.split_first()?;
    let names: Option<Vec<&str>> = header.as_list()?.iter().map(Json::as_str).collect();
    let names = names?;
    let (mut grid, mut notices) = (Grid::new(zone), Vec::new());
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
    // of what may hold rows, else of anything
    let may_hold = |name: &&&str| matches!(json.get(name), Some(Json::List(_) | Json::Object(_)));
    let example = names.iter().find(may_hold).or(names.first()).copied().unwrap_or("");
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
                example
            ),
            format!(
                "this JSON does not say where its rows are; there is: {list}. Write the path, for example rest:address#{}",
                example
            ),
        ),
    };
    Notice::error("json.no-rows", Place::whole(), format_args!("{fr}."), format_args!("{en}."))
}

/// Reads JSON texts, one a line. A line that is cut or malformed is said and left out; the others hold.
///
/// ```
/// let (table, notices) = encart_table::read::json::read_ndjson("{\"a\": 1}\n{\"a\": 2}\n{\"a\"", Default::default());
/// assert_eq!((table.n_rows(), notices[0].code, notices[0].place.line), (2, "json.bad-lines", Some(3)));
/// ```
pub fn read_ndjson(text: &str, zone: Zone) -> (Table, Vec<Notice>) {
    let (mut records, mut bad) = (Vec::new(), Vec::new());
    for (idx, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        // a sequence of RFC 7464 has a separator before each text
        match Json::parse(line.trim_start_matches('\u{1e}'), "json") {
            Ok(record) => records.push(record),
            Err(_) => bad.push(idx as u64 + 1),
        }
    }
    let (table, mut notices) = match records.as_slice() {
        [_, ..] if records.iter().all(is_feature) => geojson::read_features(&records, zone),
        [Json::List(_), ..] => read_lists(&records, zone).unwrap_or_default(),
        records => read_records(&unwrapped(records), &[], zone),
    };
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
