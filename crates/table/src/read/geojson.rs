//! How do places on the earth become rows, their geometry kept?

use crate::json::{Json, Object};
use crate::notice::{Notice, Place};
use crate::read::records::Grid;
use crate::table::Table;
use crate::zone::Zone;

/// The column that holds a feature's geometry, as GeoJSON text.
pub const GEOMETRY: &str = "geometry";

/// A FeatureCollection, or one Feature (RFC 7946): properties as columns, the geometry as text in `geometry`. A feature
/// without geometry is a row all the same. Of JSON-FG (OGC 21-045r1) the `time` is a column, or two where it lasts, and the
/// `place` is the geometry where there is no other. Coordinates that cannot be degrees are said: they are in another projection.
pub fn read_geojson(json: &Json, zone: Zone) -> (Table, Vec<Notice>) {
    match json.get("features") {
        Some(Json::List(features)) => read_features(features, zone),
        Some(_) => read_features(&[], zone),
        None => read_features(std::slice::from_ref(json), zone),
    }
}

/// Features, one after the other, as a FeatureCollection holds them or a file of one a line.
pub fn read_features(features: &[Json], zone: Zone) -> (Table, Vec<Notice>) {
    let (mut grid, mut notices) = (Grid::new(zone), Vec::new());
    let mut n_projected = 0;
    for feature in features {
        grid.row();
        let properties = feature.get("properties").filter(|properties| properties.as_object().is_some());
        let is_there = |geometry: &&Json| **geometry != Json::Null;
        let geometry = feature.get("geometry").filter(is_there).or_else(|| feature.get("place"));
        put_feature(&mut grid, properties, geometry.unwrap_or(&Json::Null), feature.get("id"));
        put_time(&mut grid, properties, feature.get("time"));
        n_projected += usize::from(first_position(geometry).is_some_and(|(x, y)| x.abs() > 180.0 || y.abs() > 90.0));
    }
    let table = grid.finish(&[], &mut notices);
    if n_projected > 0 {
        notices.push(Notice::warning(
            "geojson.projection",
            Place::column(GEOMETRY),
            format_args!("{n_projected} géométrie(s) ne sont pas en degrés (Lambert-93 peut-être) : elles ne peuvent pas être placées. Demandez une sortie en WGS 84 (SRSNAME=EPSG:4326)."),
            format_args!("{n_projected} geometries are not in degrees (Lambert-93 perhaps): they cannot be placed. Ask for WGS 84 (SRSNAME=EPSG:4326)."),
        ));
    }
    (table, notices)
}

/// Puts a feature in the row: its identifier when its properties have none, its properties, its geometry.
pub(super) fn put_feature(grid: &mut Grid, properties: Option<&Json>, geometry: &Json, id: Option<&Json>) {
    let own = |name: &str| properties.and_then(|properties| properties.get(name)).is_some();
    if let Some(id) = id.filter(|_| !own("id")) {
        grid.put("id", id);
    }
    if let Some(properties) = properties {
        grid.put("", properties);
    }
    let name = if own(GEOMETRY) { "geometry (2)" } else { GEOMETRY };
    let text = match geometry {
        Json::Null => Json::Null,
        other => Json::Text(other.write()),
    };
    grid.put(name, &text);
}

/// Puts the time of a feature of JSON-FG in the row, `..` being an end that is open; beside a property of the same name.
fn put_time(grid: &mut Grid, properties: Option<&Json>, time: Option<&Json>) {
    let Some(time) = time else { return };
    let mut put = |name: &str, moment: &Json| {
        let is_taken = properties.and_then(|properties| properties.get(name)).is_some();
        let name = if is_taken { [name, " (2)"].concat() } else { name.to_string() };
        grid.put(&name, if moment.as_str() == Some("..") { &Json::Null } else { moment });
    };
    match time.get("interval") {
        Some(Json::List(ends)) => {
            ["time_start", "time_end"].into_iter().zip(ends).for_each(|(name, end)| put(name, end))
        }
        _ => time.get("timestamp").or_else(|| time.get("date")).into_iter().for_each(|moment| put("time", moment)),
    }
}

/// The first position of a geometry: (longitude, latitude) when all is well.
fn first_position(geometry: Option<&Json>) -> Option<(f64, f64)> {
    let mut at = geometry?.get("coordinates")?;
    loop {
        match at.as_list()? {
            [Json::Number(x), Json::Number(y), ..] => return Some((*x, *y)),
            [first, ..] => at = first,
            [] => return None,
        }
    }
}

/// A geometry of this type.
pub(super) fn geometry(kind: &str, coordinates: Json) -> Json {
    let entries = [("type".to_string(), Json::Text(kind.to_string())), ("coordinates".to_string(), coordinates)];
    Json::Object(entries.into_iter().collect::<Object>())
}
