//! How are rectangles laid out whose areas are values, near to squares, those of a group together?

use encart_scene::measure::{text_width, wrap, wraps_whole};
use encart_scene::{Anchor, Key, Point, Rect, Scene, TextStyle};

use super::Kitchen;
use crate::mark::Plane;

/// A rectangle to be: its size, and what it is.
#[derive(Clone, Copy)]
struct Part {
    key: Key,
    value: f64,
}

/// Draws it: groups, largest first, and in each its parts.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let channels = kitchen.channels;
    let mut scene = kitchen.scene(0.0);
    let top = kitchen.legend(&mut scene);
    let height = kitchen.height.unwrap_or(kitchen.width * 0.6).clamp(240.0, 800.0);
    scene.height = top + height;
    let part = |series_idx: usize, (datum_idx, value): (usize, f64)| {
        (value > 0.0).then_some(Part { key: Key { series_idx, datum_idx }, value })
    };
    let groups: Vec<Vec<Part>> = channels
        .values()
        .map(|(idx, series)| sorted(series.placed().filter_map(|placed| part(idx, placed)).collect()))
        .filter(|parts| !parts.is_empty())
        .collect();
    let whole = |parts: &[Part]| parts.iter().map(|part| part.value).sum::<f64>();
    let totals: Vec<Part> = groups
        .iter()
        .enumerate()
        .map(|(idx, parts)| Part { key: Key { series_idx: idx, datum_idx: 0 }, value: whole(parts) })
        .collect();
    let totals = sorted(totals);
    let frames = squarify(&totals, Rect::new(0.0, top, kitchen.width, height));
    for (total, frame) in totals.iter().zip(frames) {
        let Some(parts) = groups.get(total.key.series_idx) else { continue };
        for (part, rect) in parts.iter().zip(squarify(parts, frame)) {
            // a long unit stands in the first alone
            let is_first = rect.x <= 0.0 && rect.y <= top;
            draw_part(kitchen, &mut scene, *part, rect, is_first);
        }
    }
    let bottom = scene.height;
    kitchen.mark_unseen(&mut scene, Point::new(2.0, bottom - 4.0));
    scene
}

fn sorted(parts: Vec<Part>) -> Vec<Part> {
    let value = |idx: usize| parts.get(idx).map_or(0.0, |part| part.value);
    let order = encart_table::order::order_by(parts.len(), &mut |one, other| value(other).total_cmp(&value(one)));
    order.into_iter().filter_map(|idx| parts.get(idx).copied()).collect()
}

fn draw_part(kitchen: &Kitchen<'_>, scene: &mut Scene, part: Part, rect: Rect, is_first: bool) {
    const GAP: f64 = 1.5;
    let (channels, size) = (kitchen.channels, kitchen.theme.label_size);
    let Key { series_idx, datum_idx } = part.key;
    let color = kitchen.color(series_idx);
    let corners = [(rect.x, rect.y), (rect.right() - GAP, rect.bottom() - GAP)];
    Plane::of_pixels(scene).rect(kitchen.datum(part.key), corners, color);
    let room = rect.width - 12.0;
    let Some(ink) = kitchen.ink_on(color).filter(|_| !kitchen.has_patterns && room > size * 2.0) else { return };
    let style = TextStyle { color: ink, ..kitchen.theme.label(Anchor::Start) };
    let name = channels.slots.get(datum_idx).map_or("", |slot| slot.label.as_str());
    let n_lines = ((rect.height - 8.0) / (size + 2.0)).floor();
    // a name that would be cut is left to the tooltip and the table
    if n_lines < 1.0 || !wraps_whole(name, room, (n_lines as usize).min(3), size) {
        return;
    }
    let lines = wrap(name, room, (n_lines as usize).min(3), size);
    let written = [true, false].map(|has_unit| kitchen.short(part.value, has_unit && is_first));
    let has_room = n_lines > lines.len() as f64;
    let values = written.into_iter().find(|value| has_room && text_width(value, size, false) <= room);
    for (idx, line) in lines.iter().chain(&values).enumerate() {
        scene.write(Point::new(rect.x + 6.0, rect.y + size + 3.0 + idx as f64 * (size + 2.0)), line, style);
    }
}

/// Rectangles in a frame, in the order of the parts (largest first), each as near to a square as its row allows.
/// Algorithm: M. Bruls, K. Huizing and J. van Wijk, "Squarified Treemaps", 2000.
fn squarify(parts: &[Part], frame: Rect) -> Vec<Rect> {
    let whole: f64 = parts.iter().map(|part| part.value).sum();
    let scale = if whole > 0.0 { frame.width * frame.height / whole } else { 0.0 };
    let areas: Vec<f64> = parts.iter().map(|part| part.value * scale).collect();
    let (mut rects, mut free, mut rest) = (Vec::new(), frame, areas.as_slice());
    while !rest.is_empty() {
        let side = free.width.min(free.height);
        let fits = |n: &usize| {
            worst(rest.get(..*n).unwrap_or_default(), side) >= worst(rest.get(..n + 1).unwrap_or_default(), side)
        };
        let n_in_row = (1..rest.len()).take_while(fits).last().map_or(1, |n| n + 1);
        let (row, after) = rest.split_at(n_in_row);
        let sum: f64 = row.iter().sum();
        let depth = if side > 0.0 { sum / side } else { 0.0 };
        let mut at = 0.0;
        for area in row {
            let length = if depth > 0.0 { area / depth } else { 0.0 };
            rects.push(match free.width >= free.height {
                true => Rect::new(free.x, free.y + at, depth, length),
                false => Rect::new(free.x + at, free.y, length, depth),
            });
            at += length;
        }
        free = match free.width >= free.height {
            true => Rect::new(free.x + depth, free.y, free.width - depth, free.height),
            false => Rect::new(free.x, free.y + depth, free.width, free.height - depth),
        };
        rest = after;
    }
    rects
}

/// How far from a square the worst rectangle of a row is.
fn worst(row: &[f64], side: f64) -> f64 {
    let sum: f64 = row.iter().sum();
    let ratio = |area: &f64| {
        let ratio = side * side * area / (sum * sum);
        ratio.max(1.0 / ratio)
    };
    row.iter().map(ratio).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of the paper: 6, 6, 4, 3, 2, 2, 1 in a frame of 6 by 4.
    #[test]
    fn rectangles_are_those_of_the_paper() {
        let part = |value| Part { key: Key { series_idx: 0, datum_idx: 0 }, value };
        let rects = squarify(&[6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0].map(part), Rect::new(0.0, 0.0, 6.0, 4.0));
        assert_eq!((rects[0].width, rects[0].height), (3.0, 2.0));
        assert_eq!((rects[1].width, rects[1].height), (3.0, 2.0));
        let area: f64 = rects.iter().map(|rect| rect.width * rect.height).sum();
        assert!((area - 24.0).abs() < 1e-9);
        for (idx, one) in rects.iter().enumerate() {
            assert!(one.right() <= 6.0 + 1e-9 && one.bottom() <= 4.0 + 1e-9);
            for other in &rects[idx + 1..] {
                let (width, height) = (
                    one.right().min(other.right()) - one.x.max(other.x),
                    one.bottom().min(other.bottom()) - one.y.max(other.y),
                );
                assert!(width < 1e-9 || height < 1e-9, "{one:?} {other:?}");
            }
        }
    }
}
