//! How are bars that grow rightwards drawn? One line a category, its value at the bar's end, no axis.

use encart_scene::measure::{text_width, wrap, wraps_whole};
use encart_scene::paint::contrast;
use encart_scene::{Anchor, Ink, Key, Point, Rgb, Scene, Stroke, TextStyle};
use plotters::element::Rectangle;

use super::{Kitchen, tight};
use crate::arrange::{SizedBar, size_bars};
use crate::guide::axis::{draw_line, draw_missing_tick};
use crate::mark::{Element, Frame, Plane, fill};
use crate::scale::Linear;

/// Where the names of categories stand.
enum Names {
    /// In a column at the left, this wide.
    Beside(f64),
    /// Above their bars, where a column would leave the bars no room.
    Above,
}

/// Draws them: legend, names, bars, values.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (channels, theme) = (kitchen.channels, kitchen.theme);
    let bars = size_bars(channels);
    let x = if kitchen.is_percent() { Linear::between(0.0, 100.0) } else { tight(&bars) };
    let names = place_names(kitchen);
    let mut scene = kitchen.scene(0.0);
    let top = kitchen.legend(&mut scene, false);
    let pitch = pitch(kitchen, &names);
    let n_slots = channels.slots.len().max(1) as f64;
    scene.height = top + n_slots * pitch + 4.0;

    // room for the values at the ends
    let text = |bar: &SizedBar, value: f64| {
        text_width(&kitchen.bar_value(value, bar.key.datum_idx), theme.label_size, false) + 8.0
    };
    let widest = |sign: f64| {
        let written = bars.iter().filter(|bar| bar.to * sign > 0.0);
        // the words of a bar that ends before the longest of its side need that much less room
        let side = if sign > 0.0 { x.hi } else { -x.lo };
        let part = 0.4 * kitchen.width * side / (x.hi - x.lo);
        let missing = |bar: &SizedBar| (1.0 - bar.to * sign / side.max(f64::MIN_POSITIVE)).max(0.0);
        let reach = |bar: &SizedBar| text(bar, bar.to) - missing(bar) * part;
        written.map(reach).fold(0.0, f64::max)
    };
    let mut words: f64 = 0.0;
    for (series_idx, series) in channels.series.iter().enumerate() {
        for (slot_idx, value) in series.values.iter().enumerate() {
            if let Err(why) = value {
                let said = channels.why_words(series_idx, slot_idx, *why);
                words = words.max(text_width(said, theme.label_size, false) + 8.0);
            }
        }
    }
    let left = match names {
        Names::Beside(width) => width + 10.0,
        Names::Above => 0.0,
    };
    let right = if kitchen.is_percent() { 0.0 } else { widest(1.0).max(words.min(kitchen.width * 0.3)) };
    let frame = Frame { left: left + widest(-1.0), top, right: kitchen.width - right, bottom: scene.height - 4.0 };

    // rows go down: the first slot at the top
    let y = Linear { lo: n_slots, hi: 0.0, ticks: Vec::new() };
    write_names(kitchen, &mut scene, &names, pitch, top);
    draw_bars(kitchen, &mut scene, &bars, &names, (&x, &y), (frame, pitch));
    let zero = x.px_from_value(0.0, (frame.left, frame.right)).round() + 0.5;
    // names above their bars start where the bars do: the line would strike their first letters
    if x.lo < 0.0 || matches!(names, Names::Beside(_)) {
        let (from, to) = (Point::new(zero, frame.top), Point::new(zero, frame.bottom));
        draw_line(&mut scene, from, to, Stroke::solid(theme.zero, 1.0));
    }
    if kitchen.is_percent() {
        write_shares(kitchen, &mut scene, &bars, &names, (&x, &y), (frame, pitch));
    } else {
        write_values(kitchen, &mut scene, &bars, &names, (&x, &y), (frame, pitch));
    }
    mark_missing(kitchen, &mut scene, &names, &y, (frame, pitch), zero);
    scene
}

fn place_names(kitchen: &Kitchen<'_>) -> Names {
    let size = kitchen.theme.label_size;
    let names = || kitchen.channels.slots.iter().map(|slot| slot.label.as_str());
    let widest = names().map(|name| text_width(name, size, false)).fold(0.0, f64::max);
    let most = kitchen.width * if kitchen.width < 480.0 { 0.44 } else { 0.4 };
    if widest <= most {
        return Names::Beside(widest);
    }
    // two lines of at most 40 % of the width, if no word is cut
    let wraps = names().all(|name| wraps_whole(name, most, 2, size));
    if wraps && kitchen.width >= 480.0 { Names::Beside(most) } else { Names::Above }
}

/// The height of a slot: fixed, so that a long list grows instead of shrinking.
fn pitch(kitchen: &Kitchen<'_>, names: &Names) -> f64 {
    let n_bars = if kitchen.is_stack() { 1 } else { kitchen.channels.series.len().max(1) };
    let base = (kitchen.theme.label_size * 2.4).max(if kitchen.width < 480.0 { 28.0 } else { 32.0 });
    let bars = if n_bars == 1 { base } else { n_bars as f64 * kitchen.theme.label_size * 1.5 / 0.72 };
    let stretched = kitchen.height.map_or(0.0, |height| (height - 40.0) / kitchen.channels.slots.len().max(1) as f64);
    let bars = bars.max(stretched.min(bars * 1.5));
    // on a screen of its own the whole list is seen at once, as long as lines of words do not touch
    let densest = kitchen.theme.label_size * 1.25 * n_bars as f64;
    let bars = if kitchen.is_projected && stretched > 0.0 { bars.min(stretched.max(densest)) } else { bars };
    match names {
        Names::Beside(_) => bars,
        Names::Above => bars + name_height(kitchen),
    }
}

fn name_height(kitchen: &Kitchen<'_>) -> f64 {
    let size = kitchen.theme.label_size;
    let lines =
        kitchen.channels.slots.iter().map(|slot| wrap(&slot.label, kitchen.width, 2, size).len()).max().unwrap_or(1);
    lines as f64 * (size + 3.0)
}

/// The part of a slot that bars may fill, from its top: all of it, or what is below the names.
fn bar_top(kitchen: &Kitchen<'_>, names: &Names, pitch: f64) -> f64 {
    match names {
        Names::Beside(_) => 0.0,
        Names::Above => (name_height(kitchen) - 2.0) / pitch,
    }
}

fn write_names(kitchen: &Kitchen<'_>, scene: &mut Scene, names: &Names, pitch: f64, top: f64) {
    let size = kitchen.theme.label_size;
    for (slot_idx, slot) in kitchen.channels.slots.iter().enumerate() {
        let slot_top = top + slot_idx as f64 * pitch;
        let (lines, first_y) = match names {
            Names::Beside(width) => {
                let lines = wrap(&slot.label, *width + 1.0, 2, size);
                let height = (lines.len() as f64 - 1.0) * (size + 2.0);
                (lines, slot_top + pitch / 2.0 - height / 2.0 + size * 0.35)
            }
            Names::Above => (wrap(&slot.label, kitchen.width, 2, size), slot_top + size),
        };
        for (line_idx, line) in lines.iter().enumerate() {
            let at = Point::new(0.0, first_y + line_idx as f64 * (size + 2.0));
            scene.write(at, line, TextStyle { color: kitchen.theme.ink, ..kitchen.theme.label(Anchor::Start) });
        }
    }
}

/// The near and far side of a bar, in slots from the top.
fn sides(kitchen: &Kitchen<'_>, bar: &SizedBar, names: &Names, pitch: f64) -> (f64, f64) {
    let top = bar_top(kitchen, names, pitch);
    let side = |part: f64| bar.key.datum_idx as f64 + top + part * (1.0 - top);
    (side(bar.band_from), side(bar.band_to))
}

fn draw_bars(
    kitchen: &Kitchen<'_>,
    scene: &mut Scene,
    bars: &[SizedBar],
    names: &Names,
    (x, y): (&Linear, &Linear),
    (frame, pitch): (Frame, f64),
) {
    let gap = encart_scene::surface::units(1.5).unsigned_abs();
    // Plotters' y grows upwards: the frame is given upside down with the scale
    let plane = Plane::over(scene, frame, x, y);
    for bar in bars {
        let (near, far) = sides(kitchen, bar, names, pitch);
        let mut element = Rectangle::new([(bar.from, near), (bar.to, far)], fill(kitchen.color(bar.key.series_idx)));
        if bar.from != 0.0 {
            element.set_margin(0, 0, gap, 0);
        }
        plane.draw(kitchen.datum(bar.key), Element::Bar(element));
    }
}

fn write_values(
    kitchen: &Kitchen<'_>,
    scene: &mut Scene,
    bars: &[SizedBar],
    names: &Names,
    (x, y): (&Linear, &Linear),
    (frame, pitch): (Frame, f64),
) {
    let channels = kitchen.channels;
    let size = kitchen.theme.label_size;
    for bar in bars {
        let value = if kitchen.is_stack() {
            // the total stands at the end of the last segment, when no part of it is missing
            let is_last = !channels
                .series
                .iter()
                .skip(bar.key.series_idx + 1)
                .any(|series| matches!(series.values.get(bar.key.datum_idx), Some(Ok(_))));
            if !is_last || !channels.is_whole(bar.key.datum_idx) {
                continue;
            }
            channels.total(bar.key.datum_idx).unwrap_or(bar.to)
        } else {
            bar.to
        };
        let (near, far) = sides(kitchen, bar, names, pitch);
        let middle = y.px_from_value((near + far) / 2.0, (frame.bottom, frame.top));
        let end = x.px_from_value(bar.to, (frame.left, frame.right));
        let (anchor, shift) = if value < 0.0 { (Anchor::End, -5.0) } else { (Anchor::Start, 5.0) };
        scene.write(
            Point::new(end + shift, middle + size * 0.35),
            &kitchen.bar_value(value, bar.key.datum_idx),
            kitchen.theme.value(anchor),
        );
    }
}

/// Where a value is missing, its reason stands in words where the bar would begin.
fn mark_missing(
    kitchen: &Kitchen<'_>,
    scene: &mut Scene,
    names: &Names,
    y: &Linear,
    (frame, pitch): (Frame, f64),
    zero: f64,
) {
    let (channels, theme) = (kitchen.channels, kitchen.theme);
    let n_series = channels.series.len().max(1) as f64;
    for (series_idx, series) in channels.series.iter().enumerate() {
        for (datum_idx, value) in series.values.iter().enumerate() {
            let Err(why) = value else { continue };
            let key = Key { series_idx, datum_idx };
            let part = if kitchen.is_stack() { 0.5 } else { 0.14 + 0.72 * (series_idx as f64 + 0.5) / n_series };
            let bar = SizedBar { key, band_from: part, band_to: part, from: 0.0, to: 0.0 };
            let middle = y.px_from_value(sides(kitchen, &bar, names, pitch).0, (frame.bottom, frame.top));
            scene.set_datum(Some(kitchen.datum(key)));
            draw_missing_tick(scene, Point::new(zero, middle), theme);
            scene.set_datum(None);
            if !kitchen.is_stack() {
                let at = Point::new(zero + 7.0, middle + theme.label_size * 0.35);
                scene.write(at, channels.why_words(series_idx, datum_idx, *why), theme.label(Anchor::Start));
            }
        }
    }
}

/// A share stands in its segment when there is room, in the ink that is read best on it.
fn write_shares(
    kitchen: &Kitchen<'_>,
    scene: &mut Scene,
    bars: &[SizedBar],
    names: &Names,
    (x, y): (&Linear, &Linear),
    (frame, pitch): (Frame, f64),
) {
    let (theme, size) = (kitchen.theme, kitchen.theme.label_size);
    for bar in bars {
        let Some(share) = kitchen.channels.share(bar.key.series_idx, bar.key.datum_idx) else { continue };
        let text = encart_table::NumberFormat { decimals: 0, ..kitchen.axis_format() }.write(share);
        let px = |value: f64| x.px_from_value(value, (frame.left, frame.right));
        let (near, far) = sides(kitchen, bar, names, pitch);
        let middle = y.px_from_value((near + far) / 2.0, (frame.bottom, frame.top));
        let under = kitchen.color(bar.key.series_idx);
        let inks = [theme.ground, theme.ink, Rgb(0, 0, 0), Rgb(255, 255, 255)];
        let ink = inks.into_iter().find(|ink| contrast(*ink, under) >= 4.5);
        if let (Some(color), false, true) =
            (ink, kitchen.has_patterns, px(bar.to) - px(bar.from) >= text_width(&text, size, false) + 8.0)
        {
            let at = Point::new((px(bar.from) + px(bar.to)) / 2.0, middle + size * 0.35);
            scene.write(at, &text, TextStyle { color, ..theme.label(Anchor::Middle) });
        }
    }
}
