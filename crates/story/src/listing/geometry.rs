//! What a cell says that holds a geometry: its kind, and of a point where it is.

use encart_table::decimal::read_decimal;
use encart_table::locale::write_number;
use encart_table::{Json, Lang};

/// The words of a geometry, GeoJSON or WKT; none for any other text.
pub(super) fn words(text: &str, lang: Lang) -> Option<String> {
    let (kind, point) = match text.trim_start() {
        text if text.starts_with('{') => {
            let json = Json::parse(text, "geometry").ok()?;
            json.get("coordinates").or_else(|| json.get("geometries"))?;
            let number = |idx: usize| json.get("coordinates")?.as_list()?.get(idx)?.as_number();
            (json.get("type")?.as_str()?.to_ascii_uppercase(), number(0).zip(number(1)))
        }
        text => {
            let (kind, inside) = text.strip_suffix(')')?.split_once('(')?;
            let kind = kind.trim_end().trim_end_matches(" Z").trim_end();
            let mut numbers = inside.split([' ', ',', '(', ')']).filter(|part| !part.is_empty()).map(number).peekable();
            // « Point (GPS) » is a name
            numbers.peek().copied().flatten()?;
            (kind.to_ascii_uppercase(), numbers.next().flatten().zip(numbers.next().flatten()))
        }
    };
    let (fr, en) = match kind.as_str() {
        "POINT" => ("point", "point"),
        "MULTIPOINT" => ("points", "points"),
        "LINESTRING" | "MULTILINESTRING" => ("ligne", "line"),
        "POLYGON" | "MULTIPOLYGON" => ("zone", "area"),
        "GEOMETRYCOLLECTION" => ("géométrie", "geometry"),
        _ => return None,
    };
    let place = |(x, y): (f64, f64)| {
        // of degrees the latitude is said first, as on maps
        let is_degrees = x.abs() <= 180.0 && y.abs() <= 90.0;
        let (first, second) = if is_degrees { (y, x) } else { (x, y) };
        let write = |number: f64| write_number(number, if is_degrees { 4 } else { 0 }, lang);
        [" (", &write(first), lang.pick("\u{a0}; ", "; "), &write(second), ")"].concat()
    };
    let place = point.filter(|_| kind == "POINT").map(place).unwrap_or_default();
    Some([lang.pick(fr, en), &place].concat())
}

fn number(text: &str) -> Option<f64> {
    match text.strip_prefix('-') {
        Some(digits) => read_decimal(digits, 0).map(|number| -number),
        None => read_decimal(text, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_geometry_is_said_in_words() {
        for (text, said) in [
            (r#"{"type":"Point","coordinates":[4.905312,46.5623]}"#, Some("point (46,5623\u{a0}; 4,9053)")),
            (r#"{ "type": "Polygon", "coordinates": [[[4, 46], [5, 46], [5, 47], [4, 46]]] }"#, Some("zone")),
            ("POINT (4.9053 46.5623)", Some("point (46,5623\u{a0}; 4,9053)")),
            ("POINT Z(842666.66 6517777.5 180)", Some("point (842\u{202f}667\u{a0}; 6\u{202f}517\u{202f}778)")),
            ("MULTILINESTRING ((4 46, 5 47))", Some("ligne")),
            ("École (centre)", None),
            ("Point (GPS)", None),
            (r#"{"type": "Point"}"#, None),
        ] {
            assert_eq!(words(text, Lang::Fr).as_deref(), said, "{text}");
        }
    }
}
