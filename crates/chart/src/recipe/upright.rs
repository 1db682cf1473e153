//! How is a plot drawn whose slots are along x and whose values go upwards: bars, lines, areas, points, classes?

use encart_scene::measure::{text_box, text_width, wrap};
use encart_scene::{Anchor, Key, Point, Rect, Scene, Stroke, TextStyle};
use encart_table::NumberFormat;

use super::Kitchen;
use crate::arrange::{SizedBar, size_bars};
use crate::channel::{Role, Series};
use crate::guide::annotation::room_above;
use crate::guide::axis::{
    draw_line, draw_slot_labels, draw_value_axis, slot_labels_height, value_axis_width, value_labels,
};
use crate::guide::label::{crosses, free_place, spread};
use crate::mark::bars::draw_bars;
use crate::mark::dots::{Joint, draw_dots};
use crate::mark::lines::{RADIUS, draw_lines};
use crate::mark::{Frame, Ruler};
use crate::scale::Continuous;
use crate::scale::time::Tick;
use crate::spec::Kind;

/// Draws it: legend or names at the ends, axis or values, marks, labels of slots, annotations.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (channels, theme) = (kitchen.channels, kitchen.theme);
    let is_line = channels.kind.is_line();
    let bars = if is_line { Vec::new() } else { size_bars(channels) };
    let tops = tops(kitchen, &bars);
    let is_labelled = !is_line && has_room_for_values(kitchen, &bars);
    let values = match is_labelled {
        true => tight(&tops),
        false => kitchen.value_scale(&tops),
    };
    let labels = value_labels(&values, &kitchen.axis_format());
    let left = if is_labelled { 0.0 } else { value_axis_width(&labels, theme) };

    let mut scene = kitchen.scene(0.0);
    let names_width = if is_line { end_names_width(kitchen) } else { None };
    let legend_height = if names_width.is_some() { 0.0 } else { kitchen.legend(&mut scene) };
    let beside = line_axis(kitchen);
    let margin = match channels.kind {
        _ if beside.is_some() => beside.as_ref().map_or(0.0, |(_, labels)| value_axis_width(labels, theme).max(24.0)),
        _ if is_line => names_width.map_or(last_label_half(kitchen), |width| width + 12.0),
        Kind::Histogram => class_half(kitchen),
        _ => 0.0,
    };
    let left = left + if is_line { RADIUS } else { 0.0 };
    let (slots, places) = slot_scale(kitchen, is_line);
    let (from, to) = (left, kitchen.width - margin);
    let px: Vec<f64> = places.iter().map(|place| slots.px_from_value(*place, (from, to))).collect();
    let ticks = match channels.kind {
        Kind::Histogram => class_ticks(kitchen, &slots, (from, to)),
        _ => (kitchen.slot_ticks(&px), px.clone()),
    };
    let below = slot_labels_height(&ticks.0, theme);
    scene.height = kitchen.plot_height().max(legend_height + room_above(kitchen, &px) + below + 120.0);
    let rim = if channels.kind == Kind::Lollipop { 8.0 } else { 0.0 };
    let top = legend_height + room_above(kitchen, &px) + theme.label_size + 7.0 + rim;
    let frame = Frame { left, top, right: to, bottom: scene.height - below };
    let ruler = Ruler { frame, slots, values, is_rows: false };

    if !is_labelled {
        draw_value_axis(&mut scene, &ruler.values, &labels, frame, theme);
    }
    let zero = ruler.value_px(ruler.base()).round() + 0.5;
    if is_line {
        draw_slot_labels(&mut scene, &ticks.0, &ticks.1, frame.bottom, theme);
        kitchen.mark_missing(&mut scene, &|key| Point::new(at(&px, key.datum_idx), frame.bottom));
        draw_lines(kitchen, &mut scene, &ruler, &places, Role::Value);
    } else {
        draw_marks(kitchen, &mut scene, &ruler, &bars);
        // the line that bars stand on is zero; of points it may be any value
        let color = if ruler.values.lo > 0.0 && channels.kind == Kind::Dot { theme.grid } else { theme.zero };
        draw_line(&mut scene, Point::new(0.0, zero), Point::new(frame.right, zero), Stroke::solid(color, 1.0));
        kitchen.mark_missing(&mut scene, &|key| Point::new(at(&px, key.datum_idx), zero));
        match beside {
            Some((values, labels)) => {
                let own = Ruler { values, ..ruler.clone() };
                write_line_axis(kitchen, &mut scene, &own, &labels);
                draw_lines(kitchen, &mut scene, &own, &places, Role::Line);
            }
            None => draw_lines(kitchen, &mut scene, &ruler, &places, Role::Line),
        }
        if is_labelled {
            write_values(kitchen, &mut scene, &ruler, &bars);
            write_reasons(kitchen, &mut scene, &px, zero);
        }
        // labels of slots stand below the plot, below negative bars too
        draw_slot_labels(&mut scene, &ticks.0, &ticks.1, frame.bottom, theme);
    }
    match names_width {
        Some(width) => write_end_names(kitchen, &mut scene, &ruler, width),
        None if is_line && channels.n_values() == 1 => write_ends(kitchen, &mut scene, &ruler, &px),
        None => {}
    }
    kitchen.annotate(&mut scene, &ruler, &places);
    scene
}

/// The scale of lines that do not stand on that of the bars, with its labels.
fn line_axis(kitchen: &Kitchen<'_>) -> Option<(Continuous, Vec<String>)> {
    let lines = || kitchen.channels.series.iter().filter(|series| series.has_own_axis());
    let mut format = lines().find_map(|series| series.own_format.clone())?;
    // of lines with several units the axis names none: the key and the words do
    if lines().any(|series| series.own_format.as_ref().is_some_and(|own| own.unit != format.unit)) {
        format.unit = None;
    }
    // from zero, as the bars: two scales that start apart would show a race that is none
    let values = Continuous::nice(&mut lines().flat_map(Series::known), true);
    let labels = value_labels(&values, &NumberFormat::for_values(&values.ticks, format.unit.as_deref(), format.lang));
    Some((values, labels))
}

/// Its numbers at the right, in the colour of the first line; no hairlines: those of the bars are enough.
fn write_line_axis(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, labels: &[String]) {
    let (theme, channels) = (kitchen.theme, kitchen.channels);
    let Some((idx, _)) = channels.of_role(Role::Line) else { return };
    let color = encart_scene::paint::repair_contrast(kitchen.color(idx), theme.ground, 4.5);
    for (tick, label) in ruler.values.ticks.iter().zip(labels) {
        let y = ruler.value_px(*tick).round() + 0.5;
        draw_line(
            scene,
            Point::new(ruler.frame.right, y),
            Point::new(kitchen.width, y),
            Stroke::solid(theme.grid, 1.0),
        );
        let style = TextStyle { color, ..theme.label(Anchor::End) };
        scene.write(Point::new(kitchen.width, y - 4.0), label, style);
    }
}

fn at(px: &[f64], idx: usize) -> f64 {
    px.get(idx).copied().unwrap_or(0.0)
}

/// The ends of all marks, which the scale must hold.
pub(crate) fn tops(kitchen: &Kitchen<'_>, bars: &[SizedBar]) -> Vec<f64> {
    let channels = kitchen.channels;
    if channels.kind.is_line() && channels.is_stack() {
        return (0..channels.slots.len()).filter_map(|slot_idx| channels.total(slot_idx)).collect();
    }
    // of points only the ends: what they would start from is not drawn
    let is_point = channels.kind == Kind::Dot;
    bars.iter().flat_map(|bar| [if is_point { bar.to } else { bar.from }, bar.to]).collect()
}

/// From the smallest value (or zero) to the largest (or zero): there is no axis, so no round ends.
pub(crate) fn tight(tops: &[f64]) -> Continuous {
    let (lo, hi) = tops.iter().fold((0.0_f64, 0.0_f64), |(lo, hi), value| (lo.min(*value), hi.max(*value)));
    if lo == hi { Continuous::between(0.0, 1.0) } else { Continuous::between(lo, hi) }
}

/// Where slots are: in bands side by side, or lines at the places of time.
fn slot_scale(kitchen: &Kitchen<'_>, is_line: bool) -> (Continuous, Vec<f64>) {
    if is_line {
        let places = kitchen.slot_places();
        let (first, last) = (places.first().copied().unwrap_or(0.0), places.last().copied().unwrap_or(1.0));
        return (Continuous::between(first, last), places);
    }
    let n_slots = kitchen.channels.slots.len();
    let places = (0..n_slots).map(|idx| idx as f64 + 0.5).collect();
    (Continuous::between(0.0, n_slots.max(1) as f64), places)
}

/// The limits of classes stand where they are: between the bars.
fn class_ticks(kitchen: &Kitchen<'_>, slots: &Continuous, range: (f64, f64)) -> (Vec<Tick>, Vec<f64>) {
    let edges = |slot: &crate::channel::Slot| slot.edges;
    let slots_of = || kitchen.channels.slots.iter().filter_map(edges);
    let limits: Vec<f64> = slots_of().map(|(from, _)| from).chain(slots_of().next_back().map(|(_, to)| to)).collect();
    let px: Vec<f64> = (0..limits.len()).map(|idx| slots.px_from_value(idx as f64, range)).collect();
    let format = kitchen.channels.class_format(&limits);
    let label = |idx: usize| format.write(limits.get(idx).copied().unwrap_or(0.0));
    // evenly from the first, as wide as the widest needs; the unit on the last alone
    let widest =
        (0..limits.len()).map(|idx| text_width(&label(idx), kitchen.theme.label_size, false)).fold(0.0, f64::max);
    let class = (range.1 - range.0) / limits.len().saturating_sub(1).max(1) as f64;
    let every = [1, 2, 5, 10, 20, 50].into_iter().find(|every| *every as f64 * class >= widest + 8.0).unwrap_or(100);
    let bare = |idx: usize| format.write_bare(limits.get(idx).copied().unwrap_or(0.0));
    let kept = (0..limits.len()).step_by(every);
    let mut ticks: Vec<Tick> = kept.map(|slot_idx| Tick { slot_idx, lines: vec![bare(slot_idx)] }).collect();
    if let Some(last) = ticks.last_mut() {
        last.lines = vec![label(last.slot_idx)];
    }
    (ticks, px)
}

/// Half of the last limit, which stands under the right side of the last class.
fn class_half(kitchen: &Kitchen<'_>) -> f64 {
    let last = kitchen.channels.slots.last().and_then(|slot| slot.edges).map_or(0.0, |(_, to)| to);
    text_width(&kitchen.channels.class_format(&[last]).write(last), kitchen.theme.label_size, false) / 2.0
}

fn draw_marks(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, bars: &[SizedBar]) {
    let side = |bar: &SizedBar, part: f64| bar.key.datum_idx as f64 + part;
    let place = |key: Key| {
        let found = bars.iter().find(|bar| bar.key == key);
        key.datum_idx as f64 + found.map_or(0.5, |bar| (bar.band_from + bar.band_to) / 2.0)
    };
    match kitchen.channels.kind {
        Kind::Lollipop => draw_dots(kitchen, scene, ruler, &place, Joint::Stem),
        Kind::Dot => draw_dots(kitchen, scene, ruler, &|key| key.datum_idx as f64 + 0.5, Joint::Nothing),
        _ => draw_bars(kitchen, scene, ruler, bars, &side),
    }
    if kitchen.channels.kind == Kind::Waterfall {
        draw_bridges(kitchen, scene, ruler, bars);
    }
}

/// A hairline from the end of each step to the beginning of the next.
fn draw_bridges(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, bars: &[SizedBar]) {
    for pair in bars.windows(2) {
        let [one, next] = pair else { continue };
        let from = ruler.at(one.key.datum_idx as f64 + one.band_to, one.to);
        let to = ruler.at(next.key.datum_idx as f64 + next.band_from, one.to);
        draw_line(scene, from, to, Stroke::solid(kitchen.theme.muted, 1.0));
    }
}

/// Values above the bars replace the axis when bars side by side leave them room.
fn has_room_for_values(kitchen: &Kitchen<'_>, bars: &[SizedBar]) -> bool {
    let channels = kitchen.channels;
    let has = |role| channels.of_role(role).is_some();
    let is_beside = has(Role::Line) || has(Role::Lower) || kitchen.shared.is_some();
    let is_marked = kitchen.spec.target.is_some() || !kitchen.spec.annotations.is_empty();
    let is_linear = kitchen.channels.stretch == crate::spec::Stretch::Linear;
    if channels.is_stack() || is_beside || is_marked || !is_linear || channels.kind == Kind::Dot {
        return false;
    }
    let slot = kitchen.width / channels.slots.len().max(1) as f64;
    // the words of one bar may reach into the gap between two slots
    let n_series = channels.n_values();
    let is_step = channels.kind == Kind::Waterfall;
    let fits = |bar: &SizedBar| {
        let room = if n_series == 1 { slot } else { (bar.band_to - bar.band_from) * slot };
        let words = text_width(&kitchen.step_value(bar), kitchen.theme.label_size, false);
        (bar.to >= 0.0 || is_step) && words + 6.0 <= room
    };
    !bars.is_empty() && bars.iter().all(fits)
}

impl Kitchen<'_> {
    /// What stands at a bar: its value; of a step, with its sign.
    fn step_value(&self, bar: &SizedBar) -> String {
        let value = self.channels.series.get(bar.key.series_idx).and_then(|series| series.at(bar.key.datum_idx));
        let value = value.unwrap_or(bar.to);
        let written = self.bar_value(value, bar.key);
        if self.is_rise(value, bar.key.datum_idx) { ["+", &written].concat() } else { written }
    }

    /// Whether a value is said with its plus: a step, and the balance of steps that start from nothing.
    pub(crate) fn is_rise(&self, value: f64, slot_idx: usize) -> bool {
        let channels = self.channels;
        let is_level = channels.is_total(slot_idx) && channels.is_total(0);
        channels.kind == Kind::Waterfall && value > 0.0 && !is_level
    }
}

fn write_values(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, bars: &[SizedBar]) {
    for bar in bars {
        let middle = bar.key.datum_idx as f64 + (bar.band_from + bar.band_to) / 2.0;
        let at = ruler.at(middle, bar.to.max(bar.from));
        let lift = if kitchen.channels.kind == Kind::Lollipop { 11.0 } else { 5.0 };
        let text = kitchen.step_value(bar);
        scene.write(Point::new(at.x, at.y - lift), &text, kitchen.theme.value(Anchor::Middle));
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

/// The room that the last period's label needs right of its point.
fn last_label_half(kitchen: &Kitchen<'_>) -> f64 {
    let label =
        kitchen.channels.slots.last().map_or(0.0, |slot| text_width(&slot.label, kitchen.theme.label_size, false));
    (label / 2.0).clamp(RADIUS + 2.0, kitchen.theme.label_size * 2.0)
}

/// The width of the names at the right, or none when a legend is better: on a phone, or with too many series.
fn end_names_width(kitchen: &Kitchen<'_>) -> Option<f64> {
    // what is left out is named in the legend, where it can be taken in again
    let has_hidden = kitchen.channels.of_role(Role::Hidden).is_some();
    if kitchen.is_small || has_hidden || kitchen.width < 520.0 || !(2..=8).contains(&kitchen.channels.n_values()) {
        return None;
    }
    let most = kitchen.width * 0.28;
    let size = kitchen.theme.label_size;
    let lines = kitchen.channels.values().flat_map(|(_, series)| wrap(&series.name, most, 2, size));
    Some(lines.map(|line| text_width(&line, size, true)).fold(0.0, f64::max).min(most * 1.15))
}

fn write_end_names(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, width: f64) {
    let size = kitchen.theme.label_size;
    let most = kitchen.width * 0.28;
    let frame = ruler.frame;
    let end = |(idx, series): (usize, &Series)| {
        let (slot_idx, value) = series.placed().last()?;
        // in a stack the middle of the last part, not its top
        let middle = match kitchen.channels.is_stack() {
            true => kitchen.stack_middle(idx, slot_idx)?,
            false => value,
        };
        Some((idx, wrap(&series.name, most, 2, size), ruler.value_px(middle)))
    };
    let named: Vec<(usize, Vec<String>, f64)> = kitchen.channels.values().filter_map(end).collect();
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
        let name = kitchen.channels.series.get(*idx).map_or(String::new(), |series| series.name.clone());
        scene
            .names
            .push((name, Rect::new(scene.width - width, first - size, width, lines.len() as f64 * (size + 1.0) + 4.0)));
    }
}

impl Kitchen<'_> {
    /// The middle of a part of a stack.
    fn stack_middle(&self, series_idx: usize, slot_idx: usize) -> Option<f64> {
        let below = self.channels.values().take_while(|(idx, _)| *idx < series_idx);
        let below: f64 = below.filter_map(|(idx, _)| self.part(idx, slot_idx)).sum();
        Some(below + self.part(series_idx, slot_idx)? / 2.0)
    }
}

/// The first and the last value of a single line, kept inside the picture.
fn write_ends(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, px: &[f64]) {
    let Some((_, series)) = kitchen.channels.values().next() else { return };
    let known: Vec<(usize, f64)> = series.placed().collect();
    let size = kitchen.theme.label_size;
    let (Some((first_idx, first)), Some((last_idx, last))) = (known.first().copied(), known.last().copied()) else {
        return;
    };
    let mut corners: Vec<Point> = Vec::new();
    for (slot_idx, value) in &known {
        let Some(x) = px.get(*slot_idx) else { continue };
        let at = Point::new(*x, ruler.value_px(*value));
        let before = corners.last().copied().filter(|_| kitchen.channels.kind == Kind::Step);
        corners.extend(before.map(|before| Point::new(at.x, before.y)));
        corners.push(at);
    }
    let ends = [(last_idx, last, Anchor::End), (first_idx, first, Anchor::Start)];
    let n_ends = if first_idx == last_idx || kitchen.is_small { 1 } else { 2 };
    for (slot_idx, value, anchor) in ends.into_iter().take(n_ends) {
        let Some(x) = px.get(slot_idx) else { continue };
        let format = &kitchen.channels.format;
        let text = if kitchen.is_small { format.write_bare(value) } else { format.write(value) };
        let at_y = ruler.value_px(value);
        // above the point, or below when the line rises there
        let neighbour = if anchor == Anchor::Start { known.get(1) } else { known.iter().rev().nth(1) };
        let climbs = neighbour.is_some_and(|(_, other)| *other > value);
        let (above, below) = (at_y - 9.0, at_y + size + 6.0);
        let has_room_below = below + 4.0 < ruler.frame.bottom;
        let (first, second) = if climbs && has_room_below { (below, above) } else { (above, below) };
        let x = match anchor {
            Anchor::Start => x - RADIUS,
            _ => x + RADIUS,
        };
        let width = text_width(&text, size, true);
        let x = if anchor == Anchor::Start { x.min(scene.width - width) } else { x.max(width) };
        let style = TextStyle { is_bold: true, ..kitchen.theme.value(anchor) };
        let second = Point::new(x, second);
        // where neither is free, somewhat higher
        let places = [Point::new(x, first)].into_iter().chain(has_room_below.then_some(second));
        let places: Vec<Point> =
            places.chain((1..6).map(|step| Point::new(x, above - 5.0 * f64::from(step)))).collect();
        // not over its own line either
        let is_clear = |at: &&Point| !crosses(&corners, text_box(**at, &text, style).grown(2.0));
        let clear: Vec<Point> = places.iter().filter(is_clear).copied().collect();
        if let Some(at) = free_place(scene, &clear, &[&text], style) {
            scene.write(at, &text, style);
        }
    }
}
