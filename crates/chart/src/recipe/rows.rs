//! How is a plot drawn whose slots go down and whose values go rightwards? One line a category; its value stands at its
//! end, or an axis at the top where there are many.

mod spread;

use encart_scene::measure::{text_width, wrap, wraps_whole};
use encart_scene::{Anchor, Key, Point, Scene, Stroke, TextStyle};

use super::Kitchen;
use super::upright::tight;
use crate::arrange::{SizedBar, size_bars};
use crate::channel::Role;
use crate::guide::axis::{draw_line, draw_value_axis_above, value_labels};
use crate::mark::bars::draw_bars;
use crate::mark::dots::{Joint, draw_dots, radius};
use crate::mark::{Frame, Ruler};
use crate::scale::Continuous;
use crate::spec::{Kind, Layout};

/// Where the names of categories stand.
enum Names {
    /// In a column at the left, this wide.
    Beside(f64),
    /// Above their marks, where a column would leave them no room.
    Above,
}

/// The rows of a plot: where names stand, and how high a row is.
struct Rows<'a> {
    kitchen: &'a Kitchen<'a>,
    names: Names,
    pitch: f64,
    bars: Vec<SizedBar>,
}

/// Draws it: legend, names, marks, values or axis.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (channels, theme) = (kitchen.channels, kitchen.theme);
    let has_axis = has_axis(kitchen);
    let mut rows = Rows::named(kitchen, place_names(kitchen));
    let values = rows.scale(has_axis);
    let (near, far) = if has_axis { (0.0, 0.0) } else { rows.room(&values) };
    if let Names::Beside(width) = rows.names
        && kitchen.width - width - near - far < kitchen.width * 0.25
    {
        rows = Rows::named(kitchen, Names::Above);
    }
    let mut scene = kitchen.scene(0.0);
    let mut top = kitchen.legend(&mut scene);
    let mut labels = value_labels(&values, &kitchen.axis_format());
    if channels.kind == Kind::Pyramid {
        // both sides count people
        labels.iter_mut().for_each(|label| *label = label.trim_start_matches('−').to_string());
    }
    if has_axis {
        top += theme.label_size + if matches!(rows.names, Names::Above) { 14.0 } else { 8.0 };
    }
    let n_slots = rows.n_rows().max(1) as f64;
    scene.height = top + n_slots * rows.pitch + 4.0;
    let left = match rows.names {
        Names::Beside(width) => width + 10.0,
        Names::Above => 0.0,
    };
    let (near, far) = match (has_axis, &rows.names) {
        (false, _) => (near, far),
        (true, Names::Beside(_)) => axis_room(kitchen, &labels),
        // the names begin where the axis does, its first number too
        (true, Names::Above) => (0.0, axis_room(kitchen, &labels).1),
    };
    let frame = Frame { left: left + near, top, right: kitchen.width - far, bottom: scene.height - 4.0 };
    let ruler = Ruler { frame, slots: Continuous::between(0.0, n_slots), values, is_rows: true };

    if has_axis {
        draw_value_axis_above(&mut scene, &ruler, &labels, theme);
    }
    rows.write_names(&mut scene, top);
    rows.draw_marks(&mut scene, &ruler);
    let zero = ruler.value_px(ruler.base()).round() + 0.5;
    // names above their bars start where the bars do: the line would strike their first letters
    let is_base = channels.kind.is_length() && (ruler.values.lo < 0.0 || matches!(rows.names, Names::Beside(_)));
    if is_base || channels.layout == Layout::Diverging {
        let (from, to) = (Point::new(zero, frame.top), Point::new(zero, frame.bottom));
        draw_line(&mut scene, from, to, Stroke::solid(theme.zero, 1.0));
    }
    if channels.is_percent() {
        rows.write_shares(&mut scene, &ruler);
    } else if !has_axis {
        rows.write_values(&mut scene, &ruler);
    }
    rows.mark_missing(&mut scene, &ruler, zero);
    let places: Vec<f64> = (0..channels.slots.len()).map(|idx| idx as f64 + 0.5).collect();
    kitchen.annotate(&mut scene, &ruler, &places);
    scene
}

/// Many values a row are read on an axis.
fn has_axis(kitchen: &Kitchen<'_>) -> bool {
    let channels = kitchen.channels;
    let is_marked = kitchen.spec.target.is_some() || kitchen.spec.annotations.iter().any(|note| note.value.is_some());
    match channels.kind {
        Kind::Box | Kind::Strip | Kind::Pyramid => true,
        _ if channels.of_role(Role::Lower).is_some() => true,
        Kind::Dot | Kind::Dumbbell => channels.n_values() > 2,
        _ => kitchen.shared.is_some() || is_marked && !channels.is_percent(),
    }
}

/// Half of the outer labels of the axis.
fn axis_room(kitchen: &Kitchen<'_>, labels: &[String]) -> (f64, f64) {
    let half =
        |label: Option<&String>| label.map_or(0.0, |label| text_width(label, kitchen.theme.label_size, false) / 2.0);
    (half(labels.first()), half(labels.last()))
}

fn place_names(kitchen: &Kitchen<'_>) -> Names {
    let size = kitchen.theme.label_size;
    let labels = row_labels(kitchen);
    let names = || labels.iter().map(String::as_str);
    let widest = names().map(|name| text_width(name, size, false)).fold(0.0, f64::max);
    let most = kitchen.width * if kitchen.width < 480.0 { 0.44 } else { 0.4 };
    if widest <= most {
        return Names::Beside(widest);
    }
    // two lines of at most 40 % of the width, if no word is cut
    let wraps = names().all(|name| wraps_whole(name, most, 2, size));
    if wraps && kitchen.width >= 480.0 { Names::Beside(most) } else { Names::Above }
}

/// What the rows are named: the slots, or of points their groups.
fn row_labels(kitchen: &Kitchen<'_>) -> Vec<String> {
    match kitchen.channels.kind {
        Kind::Strip => kitchen.channels.groups.clone(),
        _ => kitchen.channels.slots.iter().map(|slot| slot.label.clone()).collect(),
    }
}

/// The height of a row: fixed, so that a long list grows instead of shrinking.
fn pitch(kitchen: &Kitchen<'_>, names: &Names) -> f64 {
    let (channels, size) = (kitchen.channels, kitchen.theme.label_size);
    let n_slots = if channels.kind == Kind::Strip { channels.groups.len() } else { channels.slots.len() };
    let n_slots = n_slots.max(1) as f64;
    if channels.kind == Kind::Pyramid {
        // all ages at once, as on the pages of statisticians
        return (kitchen.plot_height().max(320.0) / n_slots).clamp(3.0, size * 3.0);
    }
    let is_dodged = matches!(channels.kind, Kind::Bar | Kind::Lollipop) && !channels.is_stack();
    let n_bars = if is_dodged { channels.n_values().max(1) } else { 1 };
    let base = (size * 2.4).max(if kitchen.width < 480.0 { 28.0 } else { 32.0 });
    let bars = if n_bars == 1 { base } else { n_bars as f64 * size * 1.5 / 0.72 };
    let stretched = kitchen.height.map_or(0.0, |height| (height - 40.0) / n_slots);
    let bars = bars.max(stretched.min(bars * 1.5));
    // on a screen of its own the whole list is seen at once, as long as lines of words do not touch
    let densest = size * 1.25 * n_bars as f64;
    let bars = if kitchen.is_projected && stretched > 0.0 { bars.min(stretched.max(densest)) } else { bars };
    match names {
        Names::Beside(_) => bars,
        Names::Above => bars + name_height(kitchen),
    }
}

fn name_height(kitchen: &Kitchen<'_>) -> f64 {
    let size = kitchen.theme.label_size;
    let lines = row_labels(kitchen)
        .iter()
        .map(|label| wrap(label, kitchen.width - NAME_INDENT, 2, size).len())
        .max()
        .unwrap_or(1);
    lines as f64 * (size + 3.0)
}

impl<'a> Rows<'a> {
    fn named(kitchen: &'a Kitchen<'a>, names: Names) -> Rows<'a> {
        Rows { kitchen, pitch: pitch(kitchen, &names), names, bars: size_bars(kitchen.channels) }
    }

    fn n_rows(&self) -> usize {
        match self.kitchen.channels.kind {
            Kind::Strip => self.kitchen.channels.groups.len(),
            _ => self.kitchen.channels.slots.len(),
        }
    }

    /// The values that the width must show: round ends where there is an axis, else just what is drawn.
    fn scale(&self, has_axis: bool) -> Continuous {
        let (kitchen, channels) = (self.kitchen, self.kitchen.channels);
        let tops: Vec<f64> = self.bars.iter().flat_map(|bar| [bar.from, bar.to]).collect();
        if channels.kind == Kind::Pyramid {
            let widest = tops.iter().fold(0.0_f64, |widest, top| widest.max(top.abs()));
            let half = Continuous::nice(&mut [0.0, widest].into_iter(), true);
            let mirrored = half.ticks.iter().rev().map(|tick| -tick).chain(half.ticks.iter().skip(1).copied());
            return Continuous { ticks: mirrored.collect(), ..Continuous::between(-half.hi, half.hi) };
        }
        if has_axis {
            return kitchen.value_scale(&tops);
        }
        if channels.layout == Layout::Percent && channels.is_percent() {
            return Continuous::between(0.0, 100.0);
        }
        let is_pair = channels.kind == Kind::Dumbbell || channels.kind == Kind::Dot && channels.n_values() == 2;
        if is_pair {
            // two points need not start at zero: their distance says it, and both are labelled
            let known = || channels.values().flat_map(|(_, series)| series.known());
            let (lo, hi) =
                known().fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), value| (lo.min(value), hi.max(value)));
            if lo < hi {
                return Continuous::between(lo, hi);
            }
        }
        tight(&tops)
    }

    /// The room left and right of the frame for the values at the ends of marks.
    fn room(&self, values: &Continuous) -> (f64, f64) {
        let (kitchen, size) = (self.kitchen, self.kitchen.theme.label_size);
        let channels = kitchen.channels;
        if channels.is_percent() {
            return (0.0, 0.0);
        }
        let rim = self.rim();
        let text = |bar: &SizedBar| text_width(&self.end_value(bar), size, false) + 8.0 + rim;
        if matches!(channels.kind, Kind::Dumbbell | Kind::Waterfall)
            || channels.kind == Kind::Dot && channels.n_values() == 2
        {
            let widest = self.bars.iter().map(text).fold(0.0, f64::max);
            return (if channels.kind == Kind::Waterfall { 0.0 } else { widest }, widest);
        }
        let widest = |sign: f64| {
            let written = self.bars.iter().filter(|bar| bar.to * sign > 0.0);
            // the words of a bar that ends before the longest of its side need that much less room
            let side = if sign > 0.0 { values.hi } else { -values.lo };
            let part = 0.4 * kitchen.width * side / (values.hi - values.lo);
            let missing = |bar: &SizedBar| (1.0 - bar.to * sign / side.max(f64::MIN_POSITIVE)).max(0.0);
            written.map(|bar| text(bar) - missing(bar) * part).fold(0.0, f64::max)
        };
        let mut words: f64 = 0.0;
        for (series_idx, series) in channels.values() {
            for (slot_idx, value) in series.values.iter().enumerate() {
                if let Err(why) = value {
                    let said = channels.why_words(series_idx, slot_idx, *why);
                    words = words.max(text_width(said, size, false) + 8.0);
                }
            }
        }
        (widest(-1.0), widest(1.0).max(words.min(kitchen.width * 0.3)))
    }

    /// How far a mark reaches beyond its value.
    fn rim(&self) -> f64 {
        let is_dot = matches!(self.kitchen.channels.kind, Kind::Dot | Kind::Lollipop | Kind::Dumbbell);
        if is_dot { radius(self.kitchen) } else { 0.0 }
    }

    /// The part of a row that marks may fill, from its top: all of it, or what is below the names.
    fn mark_top(&self) -> f64 {
        match self.names {
            Names::Beside(_) => 0.0,
            Names::Above => (name_height(self.kitchen) - 2.0) / self.pitch,
        }
    }

    /// The place of a part of a row's band; ages go up.
    fn place(&self, row_idx: usize, part: f64) -> f64 {
        let top = self.mark_top();
        let row_idx = match self.kitchen.channels.kind {
            Kind::Pyramid => self.n_rows().saturating_sub(row_idx + 1),
            _ => row_idx,
        };
        row_idx as f64 + top + part * (1.0 - top)
    }

    fn middle(&self, bar: &SizedBar) -> f64 {
        self.place(bar.key.datum_idx, self.middle_part(bar))
    }

    fn middle_part(&self, bar: &SizedBar) -> f64 {
        let is_one = matches!(self.kitchen.channels.kind, Kind::Dot | Kind::Dumbbell);
        if is_one { 0.5 } else { (bar.band_from + bar.band_to) / 2.0 }
    }

    fn write_names(&self, scene: &mut Scene, top: f64) {
        let (kitchen, size) = (self.kitchen, self.kitchen.theme.label_size);
        let labels = row_labels(kitchen);
        // of rows that are lower than a line of words, some are named
        let every = ((size + 2.0) / self.pitch).ceil().max(1.0) as usize;
        for (row_idx, label) in labels.iter().enumerate().filter(|(idx, _)| idx % every == 0) {
            let row_top = top + (self.place(row_idx, 0.0) - self.mark_top()) * self.pitch;
            let (lines, first_y) = match self.names {
                Names::Beside(width) => {
                    let lines = wrap(label, width + 1.0, 2, size);
                    let height = (lines.len() as f64 - 1.0) * (size + 2.0);
                    (lines, row_top + self.pitch / 2.0 - height / 2.0 + size * 0.35)
                }
                Names::Above => (wrap(label, kitchen.width - NAME_INDENT, 2, size), row_top + size),
            };
            for (line_idx, line) in lines.iter().enumerate() {
                // above their marks names stand over the lines of an axis, beside its first
                let is_over = has_axis(kitchen) && matches!(self.names, Names::Above);
                let x = if is_over { NAME_INDENT } else { 0.0 };
                let at = Point::new(x, first_y + line_idx as f64 * (size + 2.0));
                let halo = is_over.then_some(kitchen.theme.ground);
                let style = TextStyle { color: kitchen.theme.ink, halo, ..kitchen.theme.label(Anchor::Start) };
                scene.write(at, line, style);
            }
        }
    }

    fn draw_marks(&self, scene: &mut Scene, ruler: &Ruler) {
        let kitchen = self.kitchen;
        let in_row = |key: Key| {
            let found = self.bars.iter().find(|bar| bar.key == key);
            self.place(key.datum_idx, found.map_or(0.5, |bar| self.middle_part(bar)))
        };
        match kitchen.channels.kind {
            Kind::Dot => draw_dots(kitchen, scene, ruler, &in_row, Joint::Nothing),
            Kind::Lollipop => draw_dots(kitchen, scene, ruler, &in_row, Joint::Stem),
            Kind::Dumbbell => draw_dots(kitchen, scene, ruler, &in_row, Joint::Link),
            Kind::Strip => self.draw_strips(scene, ruler),
            Kind::Box => self.draw_boxes(scene, ruler),
            _ => draw_bars(kitchen, scene, ruler, &self.bars, &|bar, part| {
                // upside down a part of the band is counted from its other end
                self.place(bar.key.datum_idx, part)
            }),
        }
    }

    /// What stands at a mark's end: its value, or the total of its stack.
    fn end_value(&self, bar: &SizedBar) -> String {
        let channels = self.kitchen.channels;
        let own = || channels.series.get(bar.key.series_idx).and_then(|series| series.at(bar.key.datum_idx));
        let value = if channels.is_stack() { channels.total(bar.key.datum_idx) } else { own() };
        let written = self.kitchen.bar_value(value.unwrap_or(bar.to), bar.key);
        if self.kitchen.is_rise(value.unwrap_or(bar.to), bar.key.datum_idx) {
            ["+", &written].concat()
        } else {
            written
        }
    }

    fn write_values(&self, scene: &mut Scene, ruler: &Ruler) {
        let (kitchen, channels) = (self.kitchen, self.kitchen.channels);
        let size = kitchen.theme.label_size;
        for bar in &self.bars {
            let slot_idx = bar.key.datum_idx;
            let others = || channels.values().filter(|(idx, _)| *idx != bar.key.series_idx);
            let is_left = match channels.kind {
                // of two points the smaller is labelled at its left
                Kind::Dumbbell | Kind::Dot if channels.n_values() == 2 => {
                    let other = others().find_map(|(_, series)| series.at(slot_idx));
                    other.is_some_and(|other| bar.to < other || bar.to == other && bar.key.series_idx == 0)
                }
                Kind::Waterfall => false,
                _ => bar.to < 0.0,
            };
            if channels.is_stack() {
                // the total stands at the end of the last segment, when no part of it is missing
                let is_last = others().all(|(idx, series)| idx < bar.key.series_idx || series.at(slot_idx).is_none());
                if !is_last || !channels.is_whole(slot_idx) {
                    continue;
                }
            }
            let is_step = channels.kind == Kind::Waterfall;
            let end = ruler.at(self.middle(bar), if is_step { bar.to.max(bar.from) } else { bar.to });
            let shift = 5.0 + self.rim();
            let (anchor, shift) = if is_left { (Anchor::End, -shift) } else { (Anchor::Start, shift) };
            let at = Point::new(end.x + shift, end.y + size * 0.35);
            scene.write(at, &self.end_value(bar), kitchen.theme.value(anchor));
        }
    }

    /// Where a value is missing, its reason stands in words where the mark would begin.
    fn mark_missing(&self, scene: &mut Scene, ruler: &Ruler, zero: f64) {
        let (channels, theme) = (self.kitchen.channels, self.kitchen.theme);
        let n_series = channels.n_values().max(1) as f64;
        let is_one = channels.is_stack() || matches!(channels.kind, Kind::Dot | Kind::Dumbbell | Kind::Strip);
        let at = |key: Key| {
            let part = if is_one { 0.5 } else { 0.14 + 0.72 * (key.series_idx as f64 + 0.5) / n_series };
            let row = match channels.kind {
                Kind::Strip => channels.slots.get(key.datum_idx).map_or(0, |slot| slot.group),
                _ => key.datum_idx,
            };
            Point::new(zero, ruler.slot_px(self.place(row, part)))
        };
        self.kitchen.mark_missing(scene, &at);
        if is_one || channels.kind == Kind::Pyramid {
            return;
        }
        for (series_idx, series) in channels.values() {
            for (datum_idx, value) in series.values.iter().enumerate() {
                let Err(why) = value else { continue };
                let at = at(Key { series_idx, datum_idx });
                let at = Point::new(at.x + 7.0, at.y + theme.label_size * 0.35);
                scene.write(at, channels.why_words(series_idx, datum_idx, *why), theme.label(Anchor::Start));
            }
        }
    }

    /// A share stands in its segment when there is room, in the ink that is read best on it.
    fn write_shares(&self, scene: &mut Scene, ruler: &Ruler) {
        let (kitchen, size) = (self.kitchen, self.kitchen.theme.label_size);
        for bar in &self.bars {
            let Some(share) = kitchen.channels.share(bar.key.series_idx, bar.key.datum_idx) else { continue };
            let text = encart_table::NumberFormat { decimals: 0, ..kitchen.axis_format() }.write(share);
            let (from, to) = (ruler.value_px(bar.from), ruler.value_px(bar.to));
            let ink = kitchen.ink_on(kitchen.color(bar.key.series_idx));
            if let (Some(color), false, true) =
                (ink, kitchen.has_patterns, to - from >= text_width(&text, size, false) + 8.0)
            {
                let at = Point::new((from + to) / 2.0, ruler.slot_px(self.middle(bar)) + size * 0.35);
                scene.write(at, &text, TextStyle { color, ..kitchen.theme.label(Anchor::Middle) });
            }
        }
    }
}

/// How far names stand from the line of an axis.
const NAME_INDENT: f64 = 5.0;
