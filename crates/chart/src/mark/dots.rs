//! How are points drawn, with the stems and links that join them?

use encart_scene::{Datum, Key, Rgb, Scene, Stroke};

use super::{Plane, Ruler};
use crate::guide::axis::draw_line;
use crate::recipe::Kitchen;

/// A point of a series: full, or hollow when its value is not certain.
pub(crate) fn draw_dot(kitchen: &Kitchen<'_>, plane: &Plane<'_>, key: Key, at: (f64, f64), radius: f64) {
    let color = kitchen.color(key.series_idx);
    if radius > 0.0 && kitchen.is_unsure(key) {
        plane.disc(kitchen.datum(key), at, radius, kitchen.theme.ground);
        plane.circle(kitchen.datum(key), at, radius - 1.0, color, 2.0);
    } else {
        plane.disc(kitchen.datum(key), at, radius, color);
    }
}

/// Every value as a point, on a stem from zero when there is one value a slot, or on a link from the smallest of the
/// slot to the largest.
pub(crate) fn draw_dots(
    kitchen: &Kitchen<'_>,
    scene: &mut Scene,
    ruler: &Ruler,
    place: &dyn Fn(Key) -> f64,
    joint: Joint,
) {
    let channels = kitchen.channels;
    for slot_idx in 0..channels.slots.len() {
        let values = channels.values().filter_map(|(idx, series)| Some((idx, series.at(slot_idx)?)));
        for (series_idx, value) in values.filter(|_| joint == Joint::Stem) {
            let slot = place(Key { series_idx, datum_idx: slot_idx });
            let stroke = Stroke::solid(kitchen.color(series_idx), 2.0);
            draw_line(scene, ruler.at(slot, ruler.base()), ruler.at(slot, value), stroke);
        }
        let known = channels.values().filter_map(|(_, series)| series.at(slot_idx));
        let (lo, hi) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), value| (lo.min(value), hi.max(value)));
        if joint == Joint::Link && lo < hi {
            let slot = place(Key { series_idx: 0, datum_idx: slot_idx });
            draw_line(scene, ruler.at(slot, lo), ruler.at(slot, hi), Stroke::solid(kitchen.theme.muted, 2.0));
        }
    }
    let radius = radius(kitchen);
    for (series_idx, series) in channels.values().filter(|_| joint == Joint::Nothing) {
        for datum_idx in 0..series.values.len() {
            let key = Key { series_idx, datum_idx };
            draw_ends(kitchen, scene, ruler, key, place(key), kitchen.color(series_idx));
        }
    }
    let plane = ruler.plane(scene);
    for (series_idx, series) in channels.values() {
        for (datum_idx, value) in series.placed() {
            let key = Key { series_idx, datum_idx };
            let at = ruler.pair(place(key), value);
            // a rim in the ground's colour tells points that touch
            plane.disc(Datum::default(), at, radius + 1.0, kitchen.theme.ground);
            draw_dot(kitchen, &plane, key, at, radius);
        }
    }
}

/// The range around a value, as a line through it.
pub(crate) fn draw_ends(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, key: Key, place: f64, color: Rgb) {
    if let Some((lower, upper)) = kitchen.channels.ends(key.series_idx, key.datum_idx) {
        // an edge in the ground's colour, to be seen on a bar
        for (color, width) in [(kitchen.theme.ground, 5.0), (color, 2.0)] {
            draw_line(scene, ruler.at(place, lower), ruler.at(place, upper), Stroke::solid(color, width));
        }
    }
}

/// What joins the points of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    Nothing,
    Stem,
    Link,
}

/// The radius of a point that is read alone.
pub(crate) fn radius(kitchen: &Kitchen<'_>) -> f64 {
    kitchen.theme.label_size * 0.45
}
