//! How are lines without axes drawn, one a row, with the first value before it and the last after it?

use encart_scene::measure::{shorten, text_width};
use encart_scene::{Anchor, Key, Point, Scene, TextStyle};

use super::Kitchen;
use crate::mark::lines::starts_at_zero;
use crate::mark::{Frame, Ruler};
use crate::scale::Continuous;

/// Draws it: name, first value, line, last value.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (channels, theme, size) = (kitchen.channels, kitchen.theme, kitchen.theme.label_size);
    let pitch = (size * 2.8).max(kitchen.height.unwrap_or(0.0) / channels.series.len().max(1) as f64);
    let mut scene = kitchen.scene(pitch * channels.series.len() as f64);
    let is_named = channels.series.len() > 1;
    let widest =
        |texts: &mut dyn Iterator<Item = String>| texts.map(|text| text_width(&text, size, true)).fold(0.0, f64::max);
    let left = widest(&mut channels.series.iter().filter(|_| is_named).map(|series| series.name.clone()));
    let left = left.min(kitchen.width * 0.4);
    let last = |series: &crate::channel::Series| {
        series.placed().last().map_or(String::new(), |(_, value)| channels.format.write(value))
    };
    let right = widest(&mut channels.series.iter().map(last));
    let first = |series: &crate::channel::Series| {
        series.placed().next().map_or(String::new(), |(_, value)| channels.format.write_bare(value))
    };
    // where it leaves the lines enough room
    let from = widest(&mut channels.series.iter().map(first)) + 14.0;
    let from = if kitchen.width < 480.0 { 0.0 } else { from };
    let places = kitchen.slot_places();
    let slots = Continuous::between(places.first().copied().unwrap_or(0.0), places.last().copied().unwrap_or(1.0));
    for (series_idx, series) in channels.series.iter().enumerate() {
        let top = series_idx as f64 * pitch;
        // every line has its own scale: what is compared is the way it goes
        let values = Continuous::nice(&mut series.known(), starts_at_zero(&mut series.known()));
        let frame = Frame {
            left: left + from + if is_named { 14.0 } else { 6.0 },
            top: top + 6.0,
            right: kitchen.width - right - 14.0,
            bottom: top + pitch - 6.0,
        };
        let ruler = Ruler { frame, slots: slots.clone(), values, is_rows: false };
        let middle = top + pitch / 2.0 + size * 0.35;
        if is_named {
            let style = TextStyle { color: theme.ink, ..theme.label(Anchor::Start) };
            scene.write(Point::new(0.0, middle), &shorten(&series.name, left, size), style);
        }
        if from > 0.0 {
            scene.write(Point::new(frame.left - 10.0, middle), &first(series), theme.label(Anchor::End));
        }
        let style = TextStyle { is_bold: true, color: theme.ink, ..theme.label(Anchor::End) };
        scene.write(Point::new(kitchen.width, middle), &last(series), style);
        draw_line(kitchen, &mut scene, &ruler, &places, series_idx);
    }
    scene
}

fn draw_line(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, places: &[f64], series_idx: usize) {
    let alone = crate::channel::Channels {
        series: kitchen.channels.series.get(series_idx).cloned().into_iter().collect(),
        ..kitchen.channels.clone()
    };
    let from = scene.items.len();
    let own = Kitchen { channels: &alone, ..*kitchen };
    own.mark_missing(scene, &|key| ruler.at(places.get(key.datum_idx).copied().unwrap_or(0.0), ruler.values.lo));
    crate::mark::lines::draw_lines(&own, scene, ruler, places, crate::channel::Role::Value);
    for item in scene.items.iter_mut().skip(from) {
        item.datum = item.datum.map(|key| Key { series_idx, ..key });
    }
}
