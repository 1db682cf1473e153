//! How do arcs that neighbours share become the geometry of each place?
//!
//! Format: TopoJSON specification 1.0: `arcs` are lists of positions, in steps from one to the next when there is a
//! `transform`; `~i` is arc `i` read backwards; the first position of an arc is the last of the one before it.

use crate::json::{Json, Object};
use crate::notice::{Notice, Place};
use crate::read::geojson::{geometry, put_feature};
use crate::read::records::Grid;
use crate::table::Table;
use crate::zone::Zone;

type Position = (f64, f64);

/// How many positions the geometries of a file may have: an arc that is used a thousand times counts a thousand times.
const MOST_POSITIONS: usize = 5_000_000;

/// The arcs of a file, and how many positions may still be made of them.
struct Arcs {
    arcs: Vec<Vec<Position>>,
    n_left: Option<usize>,
}

impl Arcs {
    /// An arc by its number, counted; nothing when too many were taken.
    fn take(&mut self, number: usize) -> Option<&[Position]> {
        let arc = self.arcs.get(number)?;
        self.n_left = self.n_left?.checked_sub(arc.len());
        self.n_left.map(|_| arc.as_slice())
    }
}

/// Every object of a topology as rows, geometries as GeoJSON text.
pub fn read_topojson(json: &Json, zone: Zone) -> (Table, Vec<Notice>) {
    let mut arcs = Arcs { arcs: read_arcs(json), n_left: Some(MOST_POSITIONS) };
    let (mut grid, mut notices) = (Grid::new(zone), Vec::new());
    let objects = json.get("objects").and_then(Json::as_object).map(Object::iter);
    for (_, object) in objects.into_iter().flatten() {
        let members = match object.get("geometries") {
            Some(Json::List(members)) => members.as_slice(),
            _ => std::slice::from_ref(object),
        };
        for member in members {
            grid.row();
            let made = make(member, &mut arcs, json.get("transform")).unwrap_or(Json::Null);
            put_feature(&mut grid, member.get("properties"), &made, member.get("id"));
        }
    }
    if arcs.n_left.is_none() {
        notices.push(Notice::error(
            "topojson.too-large",
            Place::whole(),
            format_args!("plus de {MOST_POSITIONS} points : la suite est sans contours. Demandez un fond simplifié."),
            format_args!("more than {MOST_POSITIONS} points: what follows has no outlines. Ask for a simplified map."),
        ));
    }
    (grid.finish(&[], &mut notices), notices)
}

fn pair(json: Option<&Json>) -> Option<Position> {
    match json?.as_list()? {
        [Json::Number(x), Json::Number(y), ..] => Some((*x, *y)),
        _ => None,
    }
}

/// The scale and the shift from whole steps to degrees.
fn read_transform(transform: Option<&Json>) -> Option<(Position, Position)> {
    let transform = transform?;
    Some((pair(transform.get("scale"))?, pair(transform.get("translate"))?))
}

fn read_arcs(json: &Json) -> Vec<Vec<Position>> {
    let transform = read_transform(json.get("transform"));
    let read = |arc: &Json| {
        let (mut x, mut y) = (0.0, 0.0);
        let positions = arc.as_list().unwrap_or_default().iter().filter_map(|position| pair(Some(position)));
        positions
            .map(|(dx, dy)| match transform {
                Some((scale, shift)) => {
                    (x, y) = (x + dx, y + dy);
                    (x * scale.0 + shift.0, y * scale.1 + shift.1)
                }
                None => (dx, dy),
            })
            .collect()
    };
    json.get("arcs").and_then(Json::as_list).unwrap_or_default().iter().map(read).collect()
}

/// A list of arc numbers as one line.
fn line(numbers: &Json, arcs: &mut Arcs) -> Option<Json> {
    let mut positions: Vec<Position> = Vec::new();
    for number in numbers.as_list()? {
        let number = number.as_number()? as i64;
        let arc = arcs.take(usize::try_from(if number < 0 { !number } else { number }).ok()?)?;
        // the junction is in both arcs
        let skipped = usize::from(!positions.is_empty());
        if number < 0 {
            positions.extend(arc.iter().rev().skip(skipped));
        } else {
            positions.extend(arc.iter().skip(skipped));
        }
    }
    Some(Json::List(positions.into_iter().map(position).collect()))
}

/// Degrees to a hundredth of a metre: the noise of the sums goes.
fn position((x, y): Position) -> Json {
    let round = |degrees: f64| Json::Number((degrees * 1e7).round() / 1e7);
    Json::List(vec![round(x), round(y)])
}

fn lines(list: &Json, arcs: &mut Arcs) -> Option<Json> {
    let lines: Option<Vec<Json>> = list.as_list()?.iter().map(|numbers| line(numbers, arcs)).collect();
    Some(Json::List(lines?))
}

fn make(object: &Json, arcs: &mut Arcs, transform: Option<&Json>) -> Option<Json> {
    let kind = object.get("type")?.as_str()?;
    let point = |coordinates: &Json| {
        let (x, y) = pair(Some(coordinates))?;
        Some(position(match read_transform(transform) {
            Some((scale, shift)) => (x * scale.0 + shift.0, y * scale.1 + shift.1),
            None => (x, y),
        }))
    };
    let coordinates = match kind {
        "Point" => point(object.get("coordinates")?)?,
        "MultiPoint" => {
            let points: Option<Vec<Json>> = object.get("coordinates")?.as_list()?.iter().map(point).collect();
            Json::List(points?)
        }
        "LineString" => line(object.get("arcs")?, arcs)?,
        "MultiLineString" | "Polygon" => lines(object.get("arcs")?, arcs)?,
        "MultiPolygon" => {
            let polygons: Option<Vec<Json>> =
                object.get("arcs")?.as_list()?.iter().map(|rings| lines(rings, arcs)).collect();
            Json::List(polygons?)
        }
        _ => return None,
    };
    Some(geometry(kind, coordinates))
}
