//! How are the axes drawn: hairlines, round numbers, periods and categories?

use encart_scene::measure::text_width;
use encart_scene::{Anchor, Ink, Paint, Point, Scene, Shape, Stroke};
use encart_table::NumberFormat;
use encart_table::locale::{Scale, n_decimals, write_number};

use crate::mark::{Frame, Ruler};
use crate::scale::Continuous;
use crate::scale::time::Tick;
use crate::theme::Theme;

/// The labels of a value axis, lowest first: bare numbers, the unit on the top one only.
pub(crate) fn value_labels(scale: &Continuous, format: &NumberFormat) -> Vec<String> {
    let divisor = match format.scale {
        Scale::One => 1.0,
        Scale::Million => 1e6,
        Scale::Billion => 1e9,
    };
    let decimals =
        scale.ticks.iter().map(|tick| n_decimals((tick / divisor * 1e6).round() / 1e6)).max().unwrap_or(0).min(6);
    let top = scale.ticks.len().saturating_sub(1);
    let format = NumberFormat { decimals, ..format.clone() };
    let label = |(idx, tick): (usize, &f64)| {
        if idx == top { format.write(*tick) } else { write_number(tick / divisor, decimals, format.lang) }
    };
    scale.ticks.iter().enumerate().map(label).collect()
}

/// The room that the labels of a value axis need at the left; the top one, above the plot, may reach over it.
pub(crate) fn value_axis_width(labels: &[String], theme: &Theme) -> f64 {
    let below_top = labels.get(..labels.len().saturating_sub(1)).unwrap_or_default();
    below_top.iter().map(|label| text_width(label, theme.label_size, false)).fold(0.0, f64::max) + 8.0
}

/// Horizontal hairlines across the whole picture, each with its number above its left end; the line at zero is darker.
pub(crate) fn draw_value_axis(scene: &mut Scene, scale: &Continuous, labels: &[String], frame: Frame, theme: &Theme) {
    let px = |tick: f64| scale.px_from_value(tick, (frame.bottom, frame.top)).round() + 0.5;
    // large type in a low plot: every second line, or every third, from the top one, which has the unit
    let n_ticks = scale.ticks.len();
    let height = px(scale.ticks.first().copied().unwrap_or(0.0)) - px(scale.ticks.last().copied().unwrap_or(0.0));
    let gap = height / n_ticks.saturating_sub(1).max(1) as f64;
    let every = ((theme.label_size + 4.0) / gap.max(1.0)).ceil().max(1.0) as usize;
    let is_drawn = |idx: usize| (n_ticks - 1 - idx).is_multiple_of(every);
    for (_, (tick, label)) in scale.ticks.iter().zip(labels).enumerate().filter(|(idx, _)| is_drawn(*idx)) {
        let y = px(*tick);
        let color = if *tick == 0.0 { theme.zero } else { theme.grid };
        draw_line(scene, Point::new(0.0, y), Point::new(frame.right, y), Stroke::solid(color, 1.0));
        scene.write(Point::new(0.0, y - 4.0), label, theme.label(Anchor::Start));
    }
}

/// Vertical hairlines down a plot of rows, each with its number above; a pyramid's are alike on both sides.
pub(crate) fn draw_value_axis_above(scene: &mut Scene, ruler: &Ruler, labels: &[String], theme: &Theme) {
    let Frame { top, bottom, .. } = ruler.frame;
    let mut last_right = f64::NEG_INFINITY;
    for (tick, label) in ruler.values.ticks.iter().zip(labels) {
        let x = ruler.value_px(*tick).round() + 0.5;
        let color = if *tick == 0.0 { theme.zero } else { theme.grid };
        draw_line(scene, Point::new(x, top), Point::new(x, bottom), Stroke::solid(color, 1.0));
        let half = text_width(label, theme.label_size, false) / 2.0;
        let middle = x.max(half).min(scene.width - half);
        if middle - half >= last_right {
            scene.write(Point::new(middle, top - 6.0), label, theme.label(Anchor::Middle));
            last_right = middle + half + 6.0;
        }
    }
}

/// A straight line of a guide.
pub(crate) fn draw_line(scene: &mut Scene, from: Point, to: Point, stroke: Stroke) {
    scene.draw(Shape::Path { points: vec![from, to], is_closed: false }, Paint::stroke(stroke));
}

/// Labels below the plot, kept inside the picture; `px` are the places of the slots.
pub(crate) fn draw_slot_labels(scene: &mut Scene, ticks: &[Tick], px: &[f64], top: f64, theme: &Theme) {
    for tick in ticks {
        let Some(x) = px.get(tick.slot_idx) else { continue };
        for (line_idx, line) in tick.lines.iter().enumerate() {
            let half = text_width(line, theme.label_size, false) / 2.0;
            let x = x.max(half).min((scene.width - half).max(half));
            let y = top + theme.label_size + 4.0 + line_idx as f64 * (theme.label_size + 3.0);
            scene.write(Point::new(x, y), line, theme.label(Anchor::Middle));
        }
    }
}

/// The height that labels of at most so many lines need below the plot.
pub(crate) fn slot_labels_height(ticks: &[Tick], theme: &Theme) -> f64 {
    let n_lines = ticks.iter().map(|tick| tick.lines.len()).max().unwrap_or(0);
    n_lines as f64 * (theme.label_size + 3.0) + 9.0
}

/// A faint tick on the axis where a value is missing.
pub(crate) fn draw_missing_tick(scene: &mut Scene, at: Point, theme: &Theme) {
    let (from, to) = (Point::new(at.x, at.y - 4.0), Point::new(at.x, at.y + 4.0));
    draw_line(scene, from, to, Stroke::solid(theme.muted, 1.5));
}
