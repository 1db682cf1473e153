//! How are the parts of a whole drawn as sectors: from noon, the largest first, named beside them?

use encart_scene::measure::text_width;
use encart_scene::{Anchor, Datum, Key, Point, Scene, TextStyle};

use super::Kitchen;
use crate::guide::label::spread;
use crate::guide::legend::draw_legend;
use crate::mark::Plane;
use crate::spec::Kind;

/// A sector: its slot, and the turns at which it begins and ends, from noon, rightwards.
struct Sector {
    slot_idx: usize,
    from: f64,
    to: f64,
    words: String,
}

/// Draws it: names beside the sectors where they fit, else a legend above.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (theme, size) = (kitchen.theme, kitchen.theme.label_size);
    let sectors = sectors(kitchen);
    let mut scene = kitchen.scene(0.0);
    let name = |sector: &Sector| kitchen.channels.slots.get(sector.slot_idx).map_or("", |slot| slot.label.as_str());
    let widest = sectors
        .iter()
        .map(|sector| text_width(name(sector), size, true).max(text_width(&sector.words, size, false)))
        .fold(0.0, f64::max);
    let natural = (kitchen.width * 0.6).clamp(200.0, 360.0);
    // as high as the page keeps for it, within reason
    let height = |above: f64| match kitchen.height {
        Some(height) => (height - above).clamp(200.0, if kitchen.is_projected { 900.0 } else { 480.0 }),
        None => natural,
    };
    let is_beside = kitchen.width - 2.0 * (widest + 24.0) >= natural * 0.6;
    let mut top = 0.0;
    if !is_beside {
        let entries: Vec<_> = sectors.iter().map(|sector| kitchen.part_entry(sector.slot_idx)).collect();
        top = draw_legend(&mut scene, &entries, theme);
    }
    let height = height(top);
    scene.height = top + height;
    let room = if is_beside { kitchen.width - 2.0 * (widest + 24.0) } else { kitchen.width };
    let radius = (height / 2.0 - 8.0).min(room / 2.0);
    let center = Point::new(kitchen.width / 2.0, top + height / 2.0);
    let hole = if kitchen.channels.kind == Kind::Donut { radius * 0.58 } else { 0.0 };
    for sector in &sectors {
        let points = ring(center, (hole, radius), sector.from, sector.to);
        let key = Key { series_idx: 0, datum_idx: sector.slot_idx };
        let datum = Datum { key: Some(key), hatch: kitchen.hatch(sector.slot_idx), ..Datum::default() };
        Plane::of_pixels(&mut scene).area(datum, points, theme.series(sector.slot_idx));
    }
    draw_separators(kitchen, &mut scene, &sectors, center, (hole, radius));
    if is_beside {
        write_names(kitchen, &mut scene, &sectors, center, radius, &name);
    }
    if hole > 0.0 {
        write_whole(kitchen, &mut scene, center, hole);
    }
    scene
}

fn sectors(kitchen: &Kitchen<'_>) -> Vec<Sector> {
    let channels = kitchen.channels;
    let mut from = 0.0;
    let part = |slot_idx: usize| {
        let share = channels.share(0, slot_idx)? / 100.0;
        let to = from + share;
        let sector = Sector { slot_idx, from, to, words: kitchen.part_words(slot_idx) };
        from = to;
        Some(sector)
    };
    (0..channels.slots.len()).filter_map(part).collect()
}

impl Kitchen<'_> {
    /// A part of a whole: its share, with its value when that says more.
    pub(crate) fn part_words(&self, slot_idx: usize) -> String {
        let channels = self.channels;
        let value = channels.series.first().and_then(|series| series.at(slot_idx)).unwrap_or(0.0);
        let share = channels.share(0, slot_idx).unwrap_or(0.0);
        let is_percent = channels.format.unit.as_deref() == Some("%");
        match is_percent {
            true => channels.format.write(value),
            false => format!("{} ({})", channels.format.write(value), crate::say::percent(share, channels.full.lang)),
        }
    }

    /// The entry of the legend for a part.
    pub(crate) fn part_entry(&self, slot_idx: usize) -> crate::guide::legend::Entry {
        crate::guide::legend::Entry {
            name: self.channels.slots.get(slot_idx).map_or_else(String::new, |slot| slot.label.clone()),
            said: [self.colon(), &self.part_words(slot_idx)].concat(),
            color: self.theme.series(slot_idx),
            hatch: self.hatch(slot_idx),
            dash: Vec::new(),
            is_line: false,
            is_hidden: false,
        }
    }
}

/// The point at a turn around a center.
fn around(center: Point, radius: f64, turn: f64) -> Point {
    let (sin, cos) = sin_cos(turn);
    Point::new(center.x + radius * sin, center.y - radius * cos)
}

/// Sine and cosine of a part of a turn, to nine digits: by quarter and Taylor's series, since a general library's would
/// bring each visitor the digits of pi that large angles need.
fn sin_cos(turn: f64) -> (f64, f64) {
    let quarter = (turn * 4.0).floor();
    let angle = (turn * 4.0 - quarter) * std::f64::consts::FRAC_PI_2;
    let series = |first: f64, from: f64| {
        let (mut term, mut sum) = (first, 0.0);
        for step in 0..9 {
            sum += term;
            let next = from + 2.0 * f64::from(step);
            term *= -angle * angle / (next * (next + 1.0));
        }
        sum
    };
    let (sin, cos) = (series(angle, 2.0), series(1.0, 1.0));
    match quarter.rem_euclid(4.0) as u8 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

/// The corners of a sector between two radii; of a disc when the inner is zero.
fn ring(center: Point, (inner, outer): (f64, f64), from: f64, to: f64) -> Vec<(f64, f64)> {
    // a corner for every two pixels of the rim
    let n_corners = ((to - from) * std::f64::consts::TAU * outer / 2.0).ceil().clamp(2.0, 400.0) as usize;
    let turn = |idx: usize| from + (to - from) * idx as f64 / n_corners as f64;
    let at = |radius: f64, idx: usize| {
        let Point { x, y } = around(center, radius, turn(idx));
        (x, y)
    };
    let outside = (0..=n_corners).map(|idx| at(outer, idx));
    let inside: Vec<(f64, f64)> = match inner > 0.0 {
        true => (0..=n_corners).rev().map(|idx| at(inner, idx)).collect(),
        false => vec![(center.x, center.y)],
    };
    outside.chain(inside).collect()
}

/// A line in the ground's colour between sectors.
fn draw_separators(
    kitchen: &Kitchen<'_>,
    scene: &mut Scene,
    sectors: &[Sector],
    center: Point,
    (inner, outer): (f64, f64),
) {
    let plane = Plane::of_pixels(scene);
    for sector in sectors.iter().filter(|_| sectors.len() > 1) {
        let (from, to) = (around(center, inner, sector.from), around(center, outer + 1.0, sector.from));
        plane.line(Datum::default(), vec![(from.x, from.y), (to.x, to.y)], kitchen.theme.ground, 2.0);
    }
}

/// Left and right of the circle, in the order of the sectors, none over another.
fn write_names<'a>(
    kitchen: &Kitchen<'_>,
    scene: &mut Scene,
    sectors: &'a [Sector],
    center: Point,
    radius: f64,
    name: &dyn Fn(&'a Sector) -> &'a str,
) {
    let (theme, size) = (kitchen.theme, kitchen.theme.label_size);
    let gap = size * 2.0 + 10.0;
    for is_right in [true, false] {
        let middle = |sector: &&Sector| (sector.from + sector.to) / 2.0;
        let side: Vec<&Sector> = sectors.iter().filter(|sector| (middle(sector) < 0.5) == is_right).collect();
        let wanted: Vec<f64> = side.iter().map(|sector| around(center, radius, middle(sector)).y).collect();
        let places = spread(&wanted, gap, center.y - radius + size, center.y + radius - size);
        for (sector, y) in side.iter().zip(places) {
            let turn = middle(sector);
            let rim = around(center, radius + 3.0, turn);
            let (x, anchor) = match is_right {
                true => (center.x + radius + 18.0, Anchor::Start),
                false => (center.x - radius - 18.0, Anchor::End),
            };
            let end = Point::new(if is_right { x - 4.0 } else { x + 4.0 }, y);
            crate::guide::axis::draw_line(scene, rim, end, encart_scene::Stroke::solid(theme.secondary, 1.0));
            let style = TextStyle { color: theme.ink, ..theme.label(anchor) };
            scene.write(Point::new(x, y - 2.0), name(sector), TextStyle { is_bold: true, ..style });
            scene.write(Point::new(x, y + size + 2.0), &sector.words, style);
        }
    }
}

/// The whole, in the hole.
fn write_whole(kitchen: &Kitchen<'_>, scene: &mut Scene, center: Point, hole: f64) {
    let channels = kitchen.channels;
    let Some(sum) = channels.sum().filter(|_| channels.format.unit.as_deref() != Some("%")) else { return };
    let text = channels.format.write_bare(sum);
    let size = kitchen.theme.label_size;
    let style = TextStyle { color: kitchen.theme.ink, ..kitchen.theme.label(Anchor::Middle) };
    // as large as the hole allows
    let large = (hole * 1.5 / text_width(&text, 1.0, true)).min(size * 1.7);
    if large >= size {
        scene.write(center, &text, TextStyle { is_bold: true, size: large, ..style });
        let unit = channels.format.unit_words();
        let below = if unit.is_empty() { channels.full.lang.pick("au total", "in all") } else { &unit };
        if text_width(below, size, false) < hole * 1.7 {
            scene.write(Point::new(center.x, center.y + size + 4.0), below, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_those_of_the_clock() {
        let half = 0.5_f64.sqrt();
        for (turn, sin, cos) in [
            (0.0, 0.0, 1.0),
            (0.125, half, half),
            (0.25, 1.0, 0.0),
            (1.0 / 3.0, 0.75_f64.sqrt(), -0.5),
            (0.5, 0.0, -1.0),
            (0.75, -1.0, 0.0),
            (1.0, 0.0, 1.0),
        ] {
            let found = sin_cos(turn);
            assert!((found.0 - sin).abs() < 1e-9 && (found.1 - cos).abs() < 1e-9, "{turn}: {found:?}");
        }
    }
}
