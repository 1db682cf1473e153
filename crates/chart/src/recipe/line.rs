//! How are lines drawn? Gaps where values are missing, names at the ends when there is room.

use encart_scene::measure::{text_width, wrap};
use encart_scene::{Anchor, Datum, Ink, Key, Point, Scene, TextStyle};
use plotters::element::{Circle, PathElement};

use super::Kitchen;
use crate::guide::axis::{
    draw_missing_tick, draw_slot_labels, draw_value_axis, slot_labels_height, value_axis_width, value_labels,
};
use crate::guide::label::spread;
use crate::mark::{Element, Frame, Plane, fill, line};
use crate::scale::Linear;

const WIDTH: f64 = 2.5;
const RADIUS: f64 = 3.5;

/// Draws them: legend or end names, axis, lines, points, labels of slots.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (channels, theme) = (kitchen.channels, kitchen.theme);
    let y = value_scale(kitchen);
    let labels = value_labels(&y, &channels.format);
    let left = value_axis_width(&labels, theme);

    let mut scene = kitchen.scene(0.0);
    let names_width = end_names_width(kitchen);
    let legend_height = if names_width.is_some() { 0.0 } else { kitchen.legend(&mut scene, true) };
    let right = kitchen.width - names_width.map_or(last_label_half(kitchen), |width| width + 12.0);
    let places = slot_places(kitchen);
    let x = Linear::between(places.first().copied().unwrap_or(0.0), places.last().copied().unwrap_or(1.0));
    let px: Vec<f64> = places.iter().map(|place| x.px_from_value(*place, (left + RADIUS, right))).collect();
    let ticks = kitchen.slot_ticks(&px);
    let below = slot_labels_height(&ticks, theme);
    scene.height = kitchen.plot_height().max(legend_height + below + 120.0);
    let top = legend_height + theme.label_size + 7.0;
    let frame = Frame { left: left + RADIUS, top, right, bottom: scene.height - below };

    draw_value_axis(&mut scene, &y, &labels, frame, theme);
    draw_slot_labels(&mut scene, &ticks, &px, frame.bottom, theme);
    mark_missing(kitchen, &mut scene, &px, frame.bottom);
    draw_lines(kitchen, &mut scene, &places, (&x, &y), frame);
    match names_width {
        Some(width) => write_end_names(kitchen, &mut scene, (&y, frame), width),
        None if channels.series.len() == 1 => write_ends(kitchen, &mut scene, &px, (&y, frame)),
        None => {}
    }
    scene
}

/// The room that the last period's label needs right of its point.
fn last_label_half(kitchen: &Kitchen<'_>) -> f64 {
    let label =
        kitchen.channels.slots.last().map_or(0.0, |slot| text_width(&slot.label, kitchen.theme.label_size, false));
    (label / 2.0).clamp(RADIUS + 2.0, kitchen.theme.label_size * 2.0)
}

/// Lines need not start at zero; they do as soon as that costs less than half of the height. When they do not, the
/// note says so (`crate::say::notes`).
pub(crate) fn starts_at_zero(values: impl Iterator<Item = f64>) -> bool {
    let (lo, hi) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), value| (lo.min(value), hi.max(value)));
    lo >= hi || lo <= 0.0 || lo <= hi * 0.6
}

fn value_scale(kitchen: &Kitchen<'_>) -> Linear {
    let values = || kitchen.channels.series.iter().flat_map(crate::channel::Series::known);
    Linear::nice(values(), starts_at_zero(values()))
}

/// Where slots are along x: by their day when x is time (uneven gaps are seen), else evenly.
fn slot_places(kitchen: &Kitchen<'_>) -> Vec<f64> {
    let place =
        |(idx, slot): (usize, &crate::channel::Slot)| slot.period.map_or(idx as f64, |period| f64::from(period.start));
    kitchen.channels.slots.iter().enumerate().map(place).collect()
}

fn draw_lines(kitchen: &Kitchen<'_>, scene: &mut Scene, places: &[f64], (x, y): (&Linear, &Linear), frame: Frame) {
    const ROOMY: f64 = 22.0;
    let has_points = (frame.right - frame.left) / places.len().max(1) as f64 >= ROOMY;
    let plane = Plane::over(scene, frame, x, y);
    // the first series is drawn last: it lies on top
    for (series_idx, series) in kitchen.channels.series.iter().enumerate().rev() {
        let color = kitchen.color(series_idx);
        for run in runs(&series.values) {
            let points: Vec<(f64, f64)> =
                run.iter().filter_map(|(datum_idx, value)| Some((*places.get(*datum_idx)?, *value))).collect();
            let datum = Datum { key: None, dash: kitchen.dash(series_idx), ..Datum::default() };
            if points.len() > 1 {
                plane.draw(datum, Element::Line(PathElement::new(points, line(color, WIDTH))));
            }
        }
        let last_known = series.values.iter().rposition(Result::is_ok);
        for run in runs(&series.values) {
            for (datum_idx, value) in &run {
                let Some(place) = places.get(*datum_idx) else { continue };
                // a point that no line reaches must be seen; others are seen when there is room
                let is_seen = has_points || run.len() == 1 || Some(*datum_idx) == last_known;
                let radius = if is_seen { encart_scene::surface::units(RADIUS).unsigned_abs() } else { 0 };
                let key = Key { series_idx, datum_idx: *datum_idx };
                let circle = Circle::new((*place, *value), radius, fill(color));
                plane.draw(kitchen.datum(key), Element::Point(circle));
            }
        }
    }
}

/// The unbroken stretches of a series: a missing value ends one.
fn runs(values: &[Result<f64, encart_table::Why>]) -> Vec<Vec<(usize, f64)>> {
    let mut runs: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
    for (datum_idx, value) in values.iter().enumerate() {
        match (value, runs.last_mut()) {
            (Ok(value), Some(run)) => run.push((datum_idx, *value)),
            (Err(_), Some(run)) if !run.is_empty() => runs.push(Vec::new()),
            _ => {}
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn mark_missing(kitchen: &Kitchen<'_>, scene: &mut Scene, px: &[f64], bottom: f64) {
    for (series_idx, series) in kitchen.channels.series.iter().enumerate() {
        for (datum_idx, value) in series.values.iter().enumerate() {
            if let (Err(_), Some(x)) = (value, px.get(datum_idx)) {
                scene.set_datum(Some(kitchen.datum(Key { series_idx, datum_idx })));
                draw_missing_tick(scene, Point::new(*x, bottom), kitchen.theme);
                scene.set_datum(None);
            }
        }
    }
}

/// The width of the names at the right, or none when a legend is better: on a phone, or with too many series.
fn end_names_width(kitchen: &Kitchen<'_>) -> Option<f64> {
    let series = &kitchen.channels.series;
    if kitchen.width < 520.0 || series.len() < 2 || series.len() > 8 {
        return None;
    }
    let most = kitchen.width * 0.28;
    let size = kitchen.theme.label_size;
    let lines = series.iter().flat_map(|series| wrap(&series.name, most, 2, size));
    Some(lines.map(|line| text_width(&line, size, true)).fold(0.0, f64::max).min(most * 1.15))
}

fn write_end_names(kitchen: &Kitchen<'_>, scene: &mut Scene, (y, frame): (&Linear, Frame), width: f64) {
    let size = kitchen.theme.label_size;
    let most = kitchen.width * 0.28;
    let named: Vec<(usize, Vec<String>, f64)> = kitchen
        .channels
        .series
        .iter()
        .enumerate()
        .filter_map(|(idx, series)| {
            let last = series.values.iter().rev().find_map(|value| value.ok())?;
            Some((idx, wrap(&series.name, most, 2, size), y.px_from_value(last, (frame.bottom, frame.top))))
        })
        .collect();
    let n_lines = named.iter().map(|(_, lines, _)| lines.len()).max().unwrap_or(1) as f64;
    let gap = n_lines * (size + 1.0) + 3.0;
    let wanted: Vec<f64> = named.iter().map(|(_, _, y)| *y).collect();
    let half = gap / 2.0;
    let placed = spread(&wanted, gap, frame.top - size / 2.0, frame.bottom - half + size);
    for ((idx, lines, _), middle) in named.iter().zip(placed) {
        let first = middle - (lines.len() as f64 - 1.0) * (size + 1.0) / 2.0 + size * 0.35;
        for (line_idx, text) in lines.iter().enumerate() {
            let at = Point::new(scene.width - width, first + line_idx as f64 * (size + 1.0));
            let color = encart_scene::paint::repair_contrast(kitchen.color(*idx), kitchen.theme.ground, 4.5);
            scene.write(at, text, TextStyle { is_bold: true, color, ..kitchen.theme.label(Anchor::Start) });
        }
    }
}

/// The first and the last value of a single line, kept inside the picture.
fn write_ends(kitchen: &Kitchen<'_>, scene: &mut Scene, px: &[f64], (y, frame): (&Linear, Frame)) {
    let Some(series) = kitchen.channels.series.first() else { return };
    let known: Vec<(usize, f64)> =
        series.values.iter().enumerate().filter_map(|(idx, value)| value.ok().map(|value| (idx, value))).collect();
    let size = kitchen.theme.label_size;
    let (Some((first_idx, first)), Some((last_idx, last))) = (known.first().copied(), known.last().copied()) else {
        return;
    };
    for (slot_idx, value, anchor) in [(last_idx, last, Anchor::End), (first_idx, first, Anchor::Start)] {
        if anchor == Anchor::Start && first_idx == last_idx {
            continue;
        }
        let Some(x) = px.get(slot_idx) else { continue };
        let text = kitchen.channels.format.write(value);
        let at_y = y.px_from_value(value, (frame.bottom, frame.top));
        // above the point, or below when the line rises there
        let neighbour = if anchor == Anchor::Start { known.get(1) } else { known.iter().rev().nth(1) };
        let climbs = neighbour.is_some_and(|(_, other)| *other > value);
        let y = if climbs && at_y + size + 10.0 < frame.bottom { at_y + size + 6.0 } else { at_y - 9.0 };
        let x = match anchor {
            Anchor::Start => x - RADIUS,
            _ => x + RADIUS,
        };
        let width = text_width(&text, size, true);
        let x = if anchor == Anchor::Start { x.min(scene.width - width) } else { x.max(width) };
        scene.write(Point::new(x, y), &text, TextStyle { is_bold: true, ..kitchen.theme.value(anchor) });
    }
}
