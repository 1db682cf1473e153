//! How are two moments joined: each series a line from the first to the last, named with its values at both ends?

use encart_scene::measure::{shorten, text_width, wrap};
use encart_scene::{Anchor, Datum, Key, Point, Scene, Stroke, TextStyle};

use super::Kitchen;
use crate::guide::axis::draw_line;
use crate::guide::label::spread;
use crate::mark::dots::draw_dot;
use crate::mark::{Frame, Ruler};
use crate::scale::Continuous;

/// A series at one of the ends.
struct End {
    series_idx: usize,
    value: f64,
    lines: Vec<String>,
}

/// Draws it: the two moments above, lines between, names and values at the ends.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (channels, theme, size) = (kitchen.channels, kitchen.theme, kitchen.theme.label_size);
    let last = channels.slots.len().saturating_sub(1);
    let is_narrow = kitchen.width < 520.0;
    let most = kitchen.width * if is_narrow { 0.4 } else { 0.3 };
    // on a phone names stand once, at the right
    let starts = ends(kitchen, 0, most, !is_narrow);
    let finishes = ends(kitchen, last, most, true);
    let width = |ends: &[End]| {
        ends.iter().flat_map(|end| &end.lines).map(|line| text_width(line, size, true)).fold(0.0, f64::max) + 12.0
    };
    let line = size + 2.0;
    // every side has room for its words, all as high as the highest
    let side = |ends: &[End]| ends.len() as f64 * (most_lines(ends) * line + 3.0);
    let needed = side(&starts).max(side(&finishes));
    let mut scene = kitchen.scene(0.0);
    let head = size * 2.0 + 8.0;
    scene.height = kitchen.plot_height().max(head + needed + 24.0);
    let known = || channels.values().flat_map(|(_, series)| [series.at(0), series.at(last)]).flatten();
    let (lo, hi) = known().fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), value| (lo.min(value), hi.max(value)));
    let frame = Frame {
        left: width(&starts),
        top: head + 8.0,
        right: kitchen.width - width(&finishes),
        bottom: scene.height - 12.0,
    };
    let ruler =
        Ruler { frame, slots: Continuous::between(0.0, 1.0), values: Continuous::between(lo, hi), is_rows: false };
    for (slot_idx, x, anchor) in [(0, frame.left, Anchor::End), (last, frame.right, Anchor::Start)] {
        let bottom = scene.height;
        draw_line(&mut scene, Point::new(x, head), Point::new(x, bottom), Stroke::solid(theme.grid, 1.0));
        let label = channels.slots.get(slot_idx).map_or("", |slot| slot.label.as_str());
        let room = if anchor == Anchor::End { frame.left } else { kitchen.width - frame.right };
        let style = TextStyle { is_bold: true, color: theme.ink, ..theme.label(Anchor::Middle) };
        let half = text_width(label, size, true) / 2.0;
        let x = x.max(half).min(kitchen.width - half);
        scene.write(Point::new(x, size + 2.0), &shorten(label, room.max(half * 2.0 + 1.0) + 60.0, size), style);
    }
    kitchen.mark_missing(&mut scene, &|key| {
        Point::new(if key.datum_idx == 0 { frame.left } else { frame.right }, frame.bottom)
    });
    let plane = ruler.plane(&mut scene);
    for (series_idx, series) in channels.series.iter().enumerate().rev() {
        let color = kitchen.color(series_idx);
        if let (Some(from), Some(to)) = (series.at(0), series.at(last)) {
            let datum = Datum { dash: kitchen.dash(series_idx), ..Datum::default() };
            plane.line(datum, vec![(0.0, from), (1.0, to)], color, theme.line_width);
        }
        for (place, slot_idx) in [(0.0, 0), (1.0, last)] {
            if let Some(value) = series.at(slot_idx) {
                draw_dot(
                    kitchen,
                    &plane,
                    Key { series_idx, datum_idx: slot_idx },
                    (place, value),
                    theme.line_width + 2.0,
                );
            }
        }
    }
    write_ends(kitchen, &mut scene, &ruler, &starts, Anchor::End);
    write_ends(kitchen, &mut scene, &ruler, &finishes, Anchor::Start);
    scene
}

/// What is written at one end of each series: its name and value, in two lines at most.
fn ends(kitchen: &Kitchen<'_>, slot_idx: usize, most: f64, is_named: bool) -> Vec<End> {
    let size = kitchen.theme.label_size;
    let end = |(series_idx, series): (usize, &crate::channel::Series)| {
        let value = series.at(slot_idx)?;
        let written = kitchen.channels.format.write(value);
        let (is_last, n_lines) = (slot_idx > 0, if most < 180.0 { 4 } else { 3 });
        let mut lines = match (is_named, is_last) {
            (false, _) => vec![written],
            // what is cut, where a name is long, is the name
            (true, true) => wrap(&format!("{written} {}", series.name), most - 12.0, n_lines, size),
            (true, false) => wrap(&series.name, most - 12.0 - text_width(&written, size, false), n_lines, size)
                .into_iter()
                .chain([written])
                .collect(),
        };
        if let [.., last, value] = lines.as_mut_slice()
            && !is_last
        {
            last.push(' ');
            last.push_str(value);
            lines.pop();
        }
        Some(End { series_idx, value, lines })
    };
    kitchen.channels.values().filter_map(end).collect()
}

fn write_ends(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, ends: &[End], anchor: Anchor) {
    let size = kitchen.theme.label_size;
    let line = size + 2.0;
    let gap = most_lines(ends) * line + 3.0;
    let wanted: Vec<f64> = ends.iter().map(|end| ruler.value_px(end.value)).collect();
    let half = (most_lines(ends) - 1.0) * line / 2.0;
    let places = spread(&wanted, gap, ruler.frame.top + half, ruler.frame.bottom - half);
    for (end, middle) in ends.iter().zip(places) {
        let first = middle - (end.lines.len() as f64 - 1.0) * line / 2.0 + size * 0.35;
        let color = encart_scene::paint::repair_contrast(kitchen.color(end.series_idx), kitchen.theme.ground, 4.5);
        for (idx, text) in end.lines.iter().enumerate() {
            let x = if anchor == Anchor::End { ruler.frame.left - 10.0 } else { ruler.frame.right + 10.0 };
            let style = TextStyle { color, ..kitchen.theme.label(anchor) };
            scene.write(Point::new(x, first + idx as f64 * line), text, style);
        }
    }
}

fn most_lines(ends: &[End]) -> f64 {
    ends.iter().map(|end| end.lines.len()).max().unwrap_or(1) as f64
}
