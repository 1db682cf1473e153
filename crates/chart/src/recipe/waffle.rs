//! How are the parts of a whole drawn as squares: a hundred of them, or one for a round number?

use encart_scene::{Anchor, Datum, Key, Point, Scene};

use super::Kitchen;
use crate::channel::Channels;
use crate::guide::legend::draw_legend;
use crate::mark::Plane;
use crate::scale::continuous::nice_step;

/// How many squares each part has, and how much a square is; a hundred squares of 1 % when that is none.
pub(crate) fn squares(channels: &Channels) -> (Vec<usize>, Option<f64>) {
    let series = channels.series.first();
    let value = |slot_idx: usize| series.and_then(|series| series.at(slot_idx)).unwrap_or(0.0);
    let n_slots = channels.slots.len();
    let whole = channels.sum().unwrap_or(0.0);
    let is_counted = channels.full.unit.as_deref() != Some("%") && (0..n_slots).all(|idx| value(idx).fract() == 0.0);
    if is_counted && whole <= 200.0 {
        return ((0..n_slots).map(|idx| value(idx) as usize).collect(), Some(1.0));
    }
    if is_counted && whole > 0.0 {
        let step = nice_step(whole / 150.0);
        return ((0..n_slots).map(|idx| (value(idx) / step).round() as usize).collect(), Some(step));
    }
    // the largest remainders round up, so that the squares are a hundred
    let shares: Vec<f64> = (0..n_slots).map(|idx| channels.share(0, idx).unwrap_or(0.0)).collect();
    let mut counts: Vec<usize> = shares.iter().map(|share| share.floor() as usize).collect();
    let rest = |idx: usize| shares.get(idx).map_or(0.0, |share| share.fract());
    let order = encart_table::order::order_by(n_slots, &mut |one, other| rest(other).total_cmp(&rest(one)));
    let missing = 100_usize.saturating_sub(counts.iter().sum());
    for idx in order.into_iter().take(missing) {
        if let Some(count) = counts.get_mut(idx) {
            *count += 1;
        }
    }
    (counts, None)
}

/// Draws it: legend with the shares, squares row by row.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (channels, theme, size) = (kitchen.channels, kitchen.theme, kitchen.theme.label_size);
    let mut scene = kitchen.scene(0.0);
    let entries: Vec<_> = (0..channels.slots.len()).map(|idx| kitchen.part_entry(idx)).collect();
    let top = draw_legend(&mut scene, &entries, theme) + 4.0;
    let (counts, each) = squares(channels);
    let n_squares: usize = counts.iter().sum();
    let n_columns = if kitchen.width < 420.0 { 10 } else { 20 };
    let n_rows = n_squares.div_ceil(n_columns) as f64;
    // larger where the page keeps more room
    let kept = kitchen.height.map_or(0.0, |height| (height - top - size - 8.0) / n_rows.max(1.0));
    let most = if kitchen.is_projected { 48.0 } else { 26.0_f64.max(kept.min(40.0)) };
    let pitch = (kitchen.width / n_columns as f64).min(most);
    scene.height = top + n_rows * pitch + size + 8.0;
    let plane = Plane::of_pixels(&mut scene);
    let mut at = 0;
    for (datum_idx, count) in counts.iter().enumerate() {
        for square in at..at + count {
            let (column, row) = (square % n_columns, square / n_columns);
            let (x, y) = (column as f64 * pitch, top + row as f64 * pitch);
            let key = Key { series_idx: 0, datum_idx };
            let datum = Datum { key: Some(key), hatch: kitchen.hatch(datum_idx), ..Datum::default() };
            plane.rect(datum, [(x, y), (x + pitch - 3.0, y + pitch - 3.0)], theme.series(datum_idx));
        }
        at += count;
    }
    let lang = channels.full.lang;
    let each = match each {
        Some(each) => channels.full.write(each),
        None => crate::say::percent(1.0, lang),
    };
    let text = format!("{} {each}", lang.pick("Un carré :", "One square:"));
    scene.write(Point::new(0.0, scene.height - 4.0), &text, theme.label(Anchor::Start));
    scene
}
