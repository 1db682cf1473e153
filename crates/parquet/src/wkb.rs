//! Shapes in WKB, as GeoJSON.
//!
//! OGC 06-103r4, "Simple feature access", 8.2, and the flags of PostGIS' EWKB for Z, M and a reference system.

use encart_table::decimal::write_plain;

/// The GeoJSON of a shape; none when the bytes are not exactly one.
pub(crate) fn as_geojson(mut bytes: &[u8]) -> Option<String> {
    let mut out = String::new();
    read(&mut bytes, &mut out, 0)?;
    bytes.is_empty().then_some(out)
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

/// The order of bytes, and how many numbers a position has.
#[derive(Clone, Copy)]
struct Form {
    is_little: bool,
    n_numbers: usize,
}

impl Form {
    fn count(self, bytes: &mut &[u8]) -> Option<usize> {
        let taken: [u8; 4] = take(bytes, 4)?.try_into().ok()?;
        let count = if self.is_little { u32::from_le_bytes(taken) } else { u32::from_be_bytes(taken) } as usize;
        // a position has sixteen bytes, a shape nine: more than the bytes that follow is no shape
        (count <= bytes.len() / 4).then_some(count)
    }

    fn position(self, bytes: &mut &[u8], out: &mut String) -> Option<()> {
        out.push('[');
        for place in 0..self.n_numbers {
            let taken: [u8; 8] = take(bytes, 8)?.try_into().ok()?;
            let number = if self.is_little { f64::from_le_bytes(taken) } else { f64::from_be_bytes(taken) };
            // the third number is a height, a fourth a measure that GeoJSON has not
            if place < 2 || place == 2 && number.is_finite() {
                out.push_str(if place > 0 { "," } else { "" });
                out.push_str(&write_plain(number));
            }
        }
        out.push(']');
        Some(())
    }

    fn list(
        self,
        bytes: &mut &[u8],
        out: &mut String,
        item: fn(Form, &mut &[u8], &mut String) -> Option<()>,
    ) -> Option<()> {
        out.push('[');
        for idx in 0..self.count(bytes)? {
            out.push_str(if idx > 0 { "," } else { "" });
            item(self, bytes, out)?;
        }
        out.push(']');
        Some(())
    }
}

fn positions(form: Form, bytes: &mut &[u8], out: &mut String) -> Option<()> {
    form.list(bytes, out, Form::position)
}

fn read(bytes: &mut &[u8], out: &mut String, depth: usize) -> Option<()> {
    const DEEPEST: usize = 8;
    let is_little = match take(bytes, 1)? {
        [0] => false,
        [1] => true,
        _ => return None,
    };
    let taken: [u8; 4] = take(bytes, 4)?.try_into().ok()?;
    let code = if is_little { u32::from_le_bytes(taken) } else { u32::from_be_bytes(taken) };
    let (flags, code) = (code >> 29, code & 0x1fff_ffff);
    let (dimensions, kind) = (code / 1000, code % 1000);
    // EWKB: Z, M, and a number of a reference system
    let n_more = match dimensions {
        0 => usize::from(flags & 4 != 0) + usize::from(flags & 2 != 0),
        1 | 2 => 1,
        3 => 2,
        _ => return None,
    };
    if flags & 1 != 0 {
        take(bytes, 4)?;
    }
    let form = Form { is_little, n_numbers: 2 + n_more };
    let name = match kind {
        1 => "Point",
        2 => "LineString",
        3 => "Polygon",
        4 => "MultiPoint",
        5 => "MultiLineString",
        6 => "MultiPolygon",
        7 => "GeometryCollection",
        _ => return None,
    };
    (depth < DEEPEST).then_some(())?;
    let within = if kind == 7 { "geometries" } else { "coordinates" };
    out.push_str(&["{\"type\":\"", name, "\",\"", within, "\":"].concat());
    match kind {
        1 => form.position(bytes, out)?,
        2 => positions(form, bytes, out)?,
        3 => form.list(bytes, out, positions)?,
        _ => {
            out.push('[');
            for idx in 0..form.count(bytes)? {
                out.push_str(if idx > 0 { "," } else { "" });
                let mut part = String::new();
                read(bytes, &mut part, depth + 1)?;
                // the parts of a shape of several are its coordinates
                let coordinates = part.split_once("\"coordinates\":").and_then(|(_, rest)| rest.strip_suffix('}'));
                out.push_str(if kind == 7 { &part } else { coordinates? });
            }
            out.push(']');
        }
    }
    out.push('}');
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: f64, y: f64) -> Vec<u8> {
        [&[1, 1, 0, 0, 0][..], &x.to_le_bytes(), &y.to_le_bytes()].concat()
    }

    #[test]
    fn shapes_are_geojson() {
        let line = [&[1, 2, 0, 0, 0, 2, 0, 0, 0][..], &point(1.0, 2.0)[5..], &point(3.5, -4.0)[5..]].concat();
        let multi = [&[1, 4, 0, 0, 0, 1, 0, 0, 0][..], &point(4.83, 46.3)].concat();
        let ewkb = [&[1, 1, 0, 0, 0x20, 0xe6, 0x10, 0, 0][..], &point(4.83, 46.3)[5..]].concat();
        for (bytes, json) in [
            (point(4.83, 46.3), Some(r#"{"type":"Point","coordinates":[4.83,46.3]}"#)),
            (line, Some(r#"{"type":"LineString","coordinates":[[1,2],[3.5,-4]]}"#)),
            (multi, Some(r#"{"type":"MultiPoint","coordinates":[[4.83,46.3]]}"#)),
            (ewkb, Some(r#"{"type":"Point","coordinates":[4.83,46.3]}"#)),
            (point(1.0, 2.0)[..20].to_vec(), None),
            (b"texte".to_vec(), None),
            (Vec::new(), None),
        ] {
            assert_eq!(as_geojson(&bytes).as_deref(), json);
        }
    }
}
