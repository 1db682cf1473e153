//! How are many values of a row drawn: as points, or as a box between quartiles?

use encart_scene::{Datum, Key, Scene, Stroke};

use super::Rows;
use crate::arrange::SizedBar;
use crate::channel::Role;
use crate::guide::axis::draw_line;
use crate::mark::Ruler;
use crate::mark::bars::draw_bars;

/// The places of the whiskers' ends among the quantiles (`channel::points::quartiles`).
const SMALLEST: usize = 0;
const LARGEST: usize = 4;

impl Rows<'_> {
    /// Rows as points, spread over the height of their band so that few cover each other.
    pub(super) fn draw_strips(&self, scene: &mut Scene, ruler: &Ruler) {
        const RADIUS: f64 = 4.0;
        let kitchen = self.kitchen;
        let Some((series_idx, series)) = kitchen.channels.values().next() else { return };
        let plane = ruler.plane(scene);
        for (slot_idx, value) in series.placed() {
            let group = kitchen.channels.slots.get(slot_idx).map_or(0, |slot| slot.group);
            // multiples of the golden ratio, whose parts after the whole spread evenly
            let part = 0.18 + 0.64 * (slot_idx as f64 * 0.618_033_988_75).fract();
            let at = ruler.pair(self.place(group, part), value);
            let key = Key { series_idx: group, datum_idx: slot_idx };
            plane.disc(Datum::default(), at, RADIUS + 1.0, kitchen.theme.ground);
            plane.disc(Datum { key: Some(key), ..Datum::default() }, at, RADIUS, kitchen.color(series_idx));
        }
    }

    /// A whisker from the smallest to the largest, a box between the quartiles, a line at the median.
    pub(super) fn draw_boxes(&self, scene: &mut Scene, ruler: &Ruler) {
        let (kitchen, channels) = (self.kitchen, self.kitchen.channels);
        let of = |idx: usize| channels.series.get(idx);
        for bar in &self.bars {
            let slot = self.middle(bar);
            let at = |idx: usize| of(idx).and_then(|series| series.at(bar.key.datum_idx)).unwrap_or(bar.from);
            let stroke = Stroke::solid(kitchen.theme.zero, 1.5);
            draw_line(scene, ruler.at(slot, at(SMALLEST)), ruler.at(slot, at(LARGEST)), stroke);
        }
        // a few values have no quartiles: they are points
        let is_box = |bar: &&SizedBar| !channels.is_few(bar.key.datum_idx);
        let boxes: Vec<SizedBar> = self.bars.iter().filter(is_box).copied().collect();
        draw_bars(kitchen, scene, ruler, &boxes, &|bar, part| self.place(bar.key.datum_idx, part));
        for bar in &boxes {
            let Some(median) = of(bar.key.series_idx).and_then(|series| series.at(bar.key.datum_idx)) else { continue };
            // longer than the box is high, so that it is seen at the box's end too
            let ends = [bar.band_from - 0.1, bar.band_to + 0.1]
                .map(|part| ruler.at(self.place(bar.key.datum_idx, part), median));
            // a rim in the ground's colour, unless it would hide a narrow box
            let is_wide = (ruler.value_px(bar.to) - ruler.value_px(bar.from)).abs() > 12.0;
            let strokes = [(kitchen.theme.ground, 5.0), (kitchen.theme.ink, 2.5)];
            for (color, width) in strokes.into_iter().skip(usize::from(!is_wide)) {
                draw_line(scene, ends[0], ends[1], Stroke::solid(color, width));
            }
        }
        let plane = ruler.plane(scene);
        for bar in self.bars.iter().filter(|bar| !is_box(bar)) {
            // of three values the median is the one between the ends; of two it is none of them
            let count = channels.of_role(Role::Size).and_then(|(_, counts)| counts.at(bar.key.datum_idx));
            let middle = of(bar.key.series_idx).filter(|_| count == Some(3.0));
            for series in [of(SMALLEST), middle, of(LARGEST)].into_iter().flatten() {
                let at = |value| ruler.pair(self.middle(bar), value);
                let value = series.at(bar.key.datum_idx);
                value.into_iter().for_each(|value| {
                    plane.disc(kitchen.datum(bar.key), at(value), 4.0, kitchen.color(bar.key.series_idx));
                });
            }
        }
    }
}
