//! How are bars that grow upwards drawn?

use encart_scene::measure::{text_width, wrap};
use encart_scene::{Anchor, Ink, Key, Point, Scene, Stroke};
use plotters::element::Rectangle;

use super::{Kitchen, tight};
use crate::arrange::{SizedBar, size_bars};
use crate::guide::axis::{
    draw_line, draw_missing_tick, draw_slot_labels, draw_value_axis, slot_labels_height, value_axis_width, value_labels,
};
use crate::mark::{Element, Frame, Plane, fill};
use crate::scale::Linear;

/// Draws them: legend, axis or values, bars, labels of slots.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (channels, theme) = (kitchen.channels, kitchen.theme);
    let bars = size_bars(channels);
    let is_labelled = has_room_for_values(kitchen, &bars);
    let y = match (kitchen.is_percent(), is_labelled) {
        (true, _) => percent_scale(),
        (false, true) => tight(&bars),
        (false, false) => Linear::nice(bars.iter().map(|bar| bar.to), true),
    };
    let labels = value_labels(&y, &kitchen.axis_format());
    let left = if is_labelled { 0.0 } else { value_axis_width(&labels, theme) };

    let mut scene = kitchen.scene(0.0);
    let legend_height = kitchen.legend(&mut scene, false);
    let x = Linear::between(0.0, channels.slots.len().max(1) as f64);
    let px: Vec<f64> =
        (0..channels.slots.len()).map(|idx| x.px_from_value(idx as f64 + 0.5, (left, kitchen.width))).collect();
    let ticks = kitchen.slot_ticks(&px);
    let below = slot_labels_height(&ticks, theme);
    scene.height = kitchen.plot_height().max(legend_height + below + 120.0);
    let top = legend_height + theme.label_size + 7.0;
    let frame = Frame { left, top, right: kitchen.width, bottom: scene.height - below };

    if !is_labelled {
        draw_value_axis(&mut scene, &y, &labels, frame, theme);
    }
    draw_bars(kitchen, &mut scene, &bars, &x, &y, frame);
    let zero = y.px_from_value(0.0, (frame.bottom, frame.top)).round() + 0.5;
    draw_line(&mut scene, Point::new(0.0, zero), Point::new(frame.right, zero), Stroke::solid(theme.zero, 1.0));
    mark_missing(kitchen, &mut scene, &px, zero);
    if is_labelled {
        write_values(kitchen, &mut scene, &bars, &x, &y, frame);
        write_reasons(kitchen, &mut scene, &px, zero);
    }
    // labels of slots stand below the plot, below negative bars too
    draw_slot_labels(&mut scene, &ticks, &px, frame.bottom, theme);
    scene
}

fn percent_scale() -> Linear {
    Linear { ticks: vec![0.0, 25.0, 50.0, 75.0, 100.0], ..Linear::between(0.0, 100.0) }
}

fn draw_bars(kitchen: &Kitchen<'_>, scene: &mut Scene, bars: &[SizedBar], x: &Linear, y: &Linear, frame: Frame) {
    let gap = encart_scene::surface::units(1.5).unsigned_abs();
    let plane = Plane::over(scene, frame, x, y);
    for bar in bars {
        let slot = bar.key.datum_idx as f64;
        let corners = [(slot + bar.band_from, bar.from), (slot + bar.band_to, bar.to)];
        let mut element = Rectangle::new(corners, fill(kitchen.color(bar.key.series_idx)));
        if bar.from != 0.0 {
            // a separator in the ground's colour between touching areas
            element.set_margin(0, gap, 0, 0);
        }
        plane.draw(kitchen.datum(bar.key), Element::Bar(element));
    }
}

/// Every missing value keeps its place for the keyboard, with a faint tick on the axis.
fn mark_missing(kitchen: &Kitchen<'_>, scene: &mut Scene, px: &[f64], zero: f64) {
    for (series_idx, series) in kitchen.channels.series.iter().enumerate() {
        for (datum_idx, value) in series.values.iter().enumerate() {
            if let (Err(_), Some(x)) = (value, px.get(datum_idx)) {
                let key = Key { series_idx, datum_idx };
                scene.set_datum(Some(kitchen.datum(key)));
                draw_missing_tick(scene, Point::new(*x, zero), kitchen.theme);
                scene.set_datum(None);
            }
        }
    }
}

/// Values above the bars replace the axis when bars side by side leave them room.
fn has_room_for_values(kitchen: &Kitchen<'_>, bars: &[SizedBar]) -> bool {
    let channels = kitchen.channels;
    let slot = kitchen.width / channels.slots.len().max(1) as f64;
    // the words of one bar may reach into the gap between two slots
    let n_series = channels.series.len();
    let fits = |bar: &SizedBar| {
        let room = if n_series == 1 { slot } else { (bar.band_to - bar.band_from) * slot };
        let words = text_width(&channels.format.write(bar.to), kitchen.theme.label_size, false);
        bar.to >= 0.0 && words + 6.0 <= room
    };
    !bars.is_empty() && !kitchen.is_stack() && bars.iter().all(fits)
}

fn write_values(kitchen: &Kitchen<'_>, scene: &mut Scene, bars: &[SizedBar], x: &Linear, y: &Linear, frame: Frame) {
    for bar in bars {
        let middle = bar.key.datum_idx as f64 + (bar.band_from + bar.band_to) / 2.0;
        let at = Point::new(
            x.px_from_value(middle, (frame.left, frame.right)),
            y.px_from_value(bar.to, (frame.bottom, frame.top)) - 5.0,
        );
        scene.write(at, &kitchen.bar_value(bar.to, bar.key.datum_idx), kitchen.theme.value(Anchor::Middle));
    }
}

/// Where one bar is missing, its reason stands in words if its band is wide enough.
fn write_reasons(kitchen: &Kitchen<'_>, scene: &mut Scene, px: &[f64], zero: f64) {
    let band = kitchen.width / kitchen.channels.slots.len().max(1) as f64;
    // beside the bars of other series the words would stand on them
    let [series] = kitchen.channels.series.as_slice() else { return };
    let values = series.values.iter();
    for (slot_idx, (value, x)) in values.zip(px).enumerate() {
        let Err(why) = value else { continue };
        let size = kitchen.theme.label_size;
        let lines = wrap(kitchen.channels.why_words(0, slot_idx, *why), band - 6.0, 2, size);
        for (line_idx, line) in lines.iter().rev().enumerate() {
            let at = Point::new(*x, zero - 9.0 - line_idx as f64 * (size + 2.0));
            scene.write(at, line, kitchen.theme.label(Anchor::Middle));
        }
    }
}
