//! How is what the author wrote beside the data drawn: lines to reach, periods, events, breaks, notes?
//!
//! Where there is no room for words, a number stands in their place, and the words in the notes below
//! (`crate::say::notes`).

use encart_scene::measure::{shorten, text_box, text_width, wrap};
use encart_scene::{Anchor, Ink, Paint, Point, Rect, Rgb, Scene, Shape, Stroke, TextStyle};
use encart_table::locale::write_period;
use encart_table::table::nearest;
use encart_table::{Lang, Notice, Period, Place};

use super::axis::draw_line;
use super::label::{crosses, free_place};
use crate::channel::{Channels, Slot};
use crate::mark::{Frame, Ruler};
use crate::recipe::Kitchen;
use crate::spec::{Annotation, Kind, Spec};

/// Below this width words stand below the picture.
pub(crate) const NARROW: f64 = 520.0;

/// An annotation with its place on the axis of slots.
pub(crate) struct Placed {
    pub(crate) text: String,
    /// The first and the last slot; the same for an event.
    pub(crate) slots: Option<(usize, usize)>,
    pub(crate) value: Option<f64>,
    pub(crate) is_break: bool,
    /// Of a date that no slot holds: how far it is from its slot to the next, 0 to 1, and its own label.
    pub(crate) beyond: Option<(f64, String)>,
}

impl Placed {
    /// The pixels of its first and its last slot, or twice that of its date between two slots.
    fn ends(&self, px: &[f64]) -> Option<(f64, f64)> {
        let (first, last) = self.slots?;
        let (from, to) = (*px.get(first)?, *px.get(last)?);
        let Some((share, _)) = self.beyond else { return Some((from, to)) };
        let at = from + share * (px.get(first + 1)? - from);
        Some((at, at))
    }
}

/// The annotations of a specification that have a place among the slots, the target first.
pub(crate) fn placed(spec: &Spec, channels: &Channels) -> Vec<Placed> {
    let lang = channels.full.lang;
    let target = spec.target.map(|value| Annotation {
        text: format!("{} {}", lang.pick("Objectif :", "Target:"), channels.full.write(value)),
        value: Some(value),
        ..Annotation::default()
    });
    let place = |annotation: &Annotation| {
        let slots = slots_of(annotation, channels).ok()?;
        let Annotation { text, value, is_break, .. } = annotation.clone();
        let beyond = slots.zip(annotation.at.as_ref()).and_then(|((slot, _), name)| beyond(channels, slot, name));
        Some(Placed { text, slots, value, is_break, beyond })
    };
    target.iter().chain(&spec.annotations).filter_map(place).collect()
}

/// What is marked, in words: the target first.
pub(crate) fn say_marks(spec: &Spec, channels: &Channels, lang: Lang) -> Vec<String> {
    placed(spec, channels).iter().map(|placed| say(placed, channels, lang)).collect()
}

/// Says the annotations whose place is not among the slots: they are not drawn.
pub(crate) fn say_unplaced(spec: &Spec, channels: &Channels, notices: &mut Vec<Notice>) {
    // points have no slots to name: what is anchored to one is anchored to its name
    for (annotation, name) in spec.annotations.iter().filter_map(|one| Some((one, slots_of(one, channels).err()?))) {
        let text = &annotation.text;
        let labels: Vec<&str> = channels.slots.iter().map(|slot| slot.label.as_str()).collect();
        let near = nearest(name, &labels).or(labels.first().copied()).unwrap_or_default();
        notices.push(Notice::error(
            "annotation.place",
            Place::column("annotations"),
            format_args!("« {text} » n’est pas dessiné : « {name} » n’est pas sur l’axe, où l’on trouve « {near} »."),
            format_args!("“{text}” is not drawn: “{name}” is not on the axis, where there is “{near}”."),
        ));
    }
}

/// From which slot to which; none of what is anchored to a value alone. The error is the name that no slot has.
fn slots_of<'a>(annotation: &'a Annotation, channels: &Channels) -> Result<Option<(usize, usize)>, &'a str> {
    let slot_of = |name: &'a Option<String>, open: usize| match name {
        Some(name) => slot_named(channels, name).ok_or(name.as_str()),
        None => Ok(open),
    };
    let Annotation { at, from, to, .. } = annotation;
    if at.is_some() {
        return slot_of(at, 0).map(|idx| Some((idx, idx)));
    }
    if from.is_none() && to.is_none() {
        return Ok(None);
    }
    let (first, last) = (slot_of(from, 0)?, slot_of(to, channels.slots.len().saturating_sub(1))?);
    Ok(Some((first.min(last), first.max(last))))
}

/// The slot of this label; for a period, the slot that holds it, or the last before it among those that are drawn.
fn slot_named(channels: &Channels, name: &str) -> Option<usize> {
    let is_named = |slot: &Slot| encart_table::table::fold(&slot.label) == encart_table::table::fold(name);
    channels.slots.iter().position(is_named).or_else(|| {
        let start = encart_table::day::read_period(name)?.begin();
        let starts = |slot: &Slot| slot.period.map(Period::begin);
        let begun = channels.slots.iter().rposition(|slot| starts(slot).is_some_and(|other| other <= start))?;
        let is_after = |slot: &Slot| slot.period.is_some_and(|period| period.end() <= start);
        let is_beyond = begun + 1 == channels.slots.len() && channels.slots.last().is_some_and(is_after);
        (!is_beyond).then_some(begun)
    })
}

/// How far a date is from a slot that ends before it to the next one, and its label.
fn beyond(channels: &Channels, slot: usize, name: &str) -> Option<(f64, String)> {
    let date = encart_table::day::read_period(name)?;
    let begin = |idx: usize| channels.slots.get(idx).and_then(|slot| slot.period).map(Period::begin);
    let (this, next) = (begin(slot)?, begin(slot + 1)?);
    let is_held = channels.slots.get(slot).and_then(|slot| slot.period)?.end() > date.begin();
    let share = (date.begin() - this) as f64 / (next - this) as f64;
    (!is_held).then(|| (share, write_period(date, channels.full.lang)))
}

/// How a value or a period is said with its words: `Confinement (mars 2020 à mai 2020)`.
pub(crate) fn say(placed: &Placed, channels: &Channels, lang: Lang) -> String {
    let label = |idx: usize| channels.slots.get(idx).map_or("", |slot| slot.label.as_str());
    match placed.slots {
        Some((first, last)) if first != last => {
            format!("{} ({} {} {})", placed.text, label(first), lang.pick("à", "to"), label(last))
        }
        Some((slot, _)) => {
            let own = placed.beyond.as_ref().map_or(label(slot), |(_, own)| own);
            format!("{} ({own})", placed.text)
        }
        None => match placed.value {
            Some(value) if encart_table::table::find_part(&placed.text, &channels.full.write(value)).is_none() => {
                format!("{} ({})", placed.text, channels.full.write(value))
            }
            _ => placed.text.clone(),
        },
    }
}

/// Whether words have no room in the picture.
pub(crate) fn is_numbered(width: f64) -> bool {
    width < NARROW
}

/// The height that the words of events and periods need above the plot.
pub(crate) fn room_above(kitchen: &Kitchen<'_>, px: &[f64]) -> f64 {
    let names = names_above(kitchen, &placed(kitchen.spec, kitchen.channels), px);
    let n_rows = names.iter().map(|name| name.row + 1).max().unwrap_or(0);
    if n_rows == 0 { 0.0 } else { n_rows as f64 * row_height(kitchen) + 4.0 }
}

fn row_height(kitchen: &Kitchen<'_>) -> f64 {
    kitchen.theme.label_size + 6.0
}

/// Words above the plot: which annotation, where they begin, in which row.
struct Above {
    idx: usize,
    text: String,
    left: f64,
    row: usize,
}

/// Each over its place, in the first row where it covers no other.
fn names_above(kitchen: &Kitchen<'_>, placed: &[Placed], px: &[f64]) -> Vec<Above> {
    let size = kitchen.theme.label_size;
    let mut names: Vec<Above> = Vec::new();
    for (idx, annotation) in placed.iter().enumerate().filter(|(_, annotation)| annotation.value.is_none()) {
        let Some((from, to)) = annotation.ends(px) else { continue };
        let text = if is_numbered(kitchen.width) { (idx + 1).to_string() } else { annotation.text.clone() };
        let text = shorten(&text, kitchen.width * 0.6, size);
        let width = text_width(&text, size, false);
        let lowest = px.first().copied().unwrap_or(0.0).min(from - 4.0);
        let left = ((from + to) / 2.0 - width / 2.0).min(kitchen.width - width).max(lowest);
        let is_free = |row: &usize| {
            names.iter().filter(|name| name.row == *row).all(|name| {
                left > name.left + text_width(&name.text, size, false) + 8.0 || left + width + 8.0 < name.left
            })
        };
        let row = (0..8).find(is_free).unwrap_or(8);
        names.push(Above { idx, text, left, row });
    }
    names
}

/// Draws them over a ruler whose slots stand at these places.
pub(crate) fn draw(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, places: &[f64]) {
    let placed = placed(kitchen.spec, kitchen.channels);
    if placed.is_empty() {
        return;
    }
    let px: Vec<f64> = places.iter().map(|place| ruler.slot_px(*place)).collect();
    if !ruler.is_rows {
        draw_along(kitchen, scene, ruler, &placed, &px);
    }
    for (idx, annotation) in placed.iter().enumerate() {
        match (annotation.value, annotation.slots) {
            (Some(value), None) => draw_threshold(kitchen, scene, ruler, annotation, idx, value),
            (Some(value), Some((slot, _))) => {
                let Some(place) = places.get(slot) else { continue };
                draw_note(kitchen, scene, ruler.at(*place, value), annotation, idx, ruler.frame);
            }
            _ => {}
        }
    }
}

/// Events, periods and breaks: behind the data, their words above the plot.
fn draw_along(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, placed: &[Placed], px: &[f64]) {
    let (theme, size) = (kitchen.theme, kitchen.theme.label_size);
    let Frame { top, bottom, left, right } = ruler.frame;
    let half = match px {
        [one, other, ..] => (other - one) / 2.0,
        _ => 8.0,
    };
    for name in names_above(kitchen, placed, px) {
        let Some(annotation) = placed.get(name.idx) else { continue };
        let Some((from, to)) = annotation.ends(px) else { continue };
        let y = top - size - 8.0 - name.row as f64 * row_height(kitchen);
        let middle = (name.left + text_width(&name.text, size, false) / 2.0).clamp(from, to);
        let is_period = from != to;
        // a break is between two slots, not at one
        let at = if annotation.is_break && annotation.beyond.is_none() { from - half } else { from };
        let stem = if is_period { middle } else { at };
        let line = Stroke { dash: vec![3.0, 3.0], ..Stroke::solid(theme.secondary, 1.0) };
        if is_period {
            let (from, to) = ((from - half).max(left), (to + half).min(right));
            let shade = theme.ground.mix(theme.ink, 0.08);
            scene.draw(Shape::Rect(Rect::new(from, top, to - from, bottom - top)), Paint::fill(shade));
            send_back(scene);
            draw_line(scene, Point::new(stem, y + 4.0), Point::new(stem, top), line);
        } else {
            draw_line(scene, Point::new(stem, y + 4.0), Point::new(stem, bottom), line.clone());
            if annotation.is_break {
                // two strokes: what is measured on one side is not what is measured on the other
                draw_line(scene, Point::new(stem + 3.0, top), Point::new(stem + 3.0, bottom), line);
            }
        }
        write_mark(kitchen, scene, Point::new(name.left, y), &name.text);
    }
}

/// Under everything that was drawn before it.
fn send_back(scene: &mut Scene) {
    if let Some(item) = scene.items.pop() {
        scene.items.insert(0, item);
    }
}

/// Words, or on a narrow picture the number of a note.
fn write_mark(kitchen: &Kitchen<'_>, scene: &mut Scene, at: Point, text: &str) {
    scene.write(at, text, TextStyle { is_bold: is_numbered(kitchen.width), ..kitchen.theme.value(Anchor::Start) });
}

/// A line across the plot at a value, with its words where they cover no others.
fn draw_threshold(
    kitchen: &Kitchen<'_>,
    scene: &mut Scene,
    ruler: &Ruler,
    annotation: &Placed,
    idx: usize,
    value: f64,
) {
    let (theme, size) = (kitchen.theme, kitchen.theme.label_size);
    let Frame { left, top, right, bottom } = ruler.frame;
    let px = ruler.value_px(value).round() + 0.5;
    let stroke = Stroke { dash: vec![6.0, 4.0], ..Stroke::solid(theme.ink, 1.5) };
    let text = if is_numbered(kitchen.width) { (idx + 1).to_string() } else { annotation.text.clone() };
    let width = text_width(&text, size, true);
    let candidates: Vec<Point> = if ruler.is_rows {
        draw_line(scene, Point::new(px, top - 2.0), Point::new(px, bottom), stroke);
        lift_names(scene, Rect::new(px - 2.0, top, 4.0, bottom - top), theme.ground);
        // below the last row
        let y = bottom + size + 2.0;
        let row = |idx: usize| {
            Point::new((px - width / 2.0).min(scene.width - width).max(0.0), y + idx as f64 * (size + 4.0))
        };
        (0..4).map(row).collect()
    } else {
        draw_line(scene, Point::new(left, px), Point::new(right, px), stroke);
        let (middle, above, below) = ((left + right - width) / 2.0, px - 6.0, px + size + 3.0);
        let xs = [right - width, middle, left + 4.0];
        xs.iter().map(|x| Point::new(*x, above)).chain(xs.iter().map(|x| Point::new(*x, below))).collect()
    };
    let style = TextStyle { is_bold: true, ..kitchen.theme.value(Anchor::Start) };
    if let Some(at) = free_place(scene, &candidates, &[text.as_str()], style) {
        scene.write(at, &text, style);
        scene.height = scene.height.max(at.y + 6.0);
    }
}

/// Names that a line has crossed are written again over it, on a piece of the ground: they are read first.
fn lift_names(scene: &mut Scene, line: Rect, ground: Rgb) {
    let is_crossed = |shape: &Shape| match shape {
        Shape::Text { at, text, style } => text_box(*at, text, *style).overlaps(line),
        _ => false,
    };
    let (crossed, rest): (Vec<_>, Vec<_>) = scene.items.drain(..).partition(|item| is_crossed(&item.shape));
    scene.items = rest;
    for item in crossed {
        if let Shape::Text { at, text, style } = &item.shape {
            let behind = text_box(*at, text, *style).grown(1.5);
            scene.draw(Shape::Rect(behind), Paint::fill(ground));
        }
        scene.items.push(item);
    }
}

/// Whether a line that is drawn passes through a rectangle, or hardly beside it.
fn is_crossed(scene: &Scene, bounds: Rect) -> bool {
    scene.items.iter().any(|item| match (&item.shape, &item.paint.stroke) {
        (Shape::Path { points, .. }, Some(stroke)) if stroke.width > 1.0 => crosses(points, bounds.grown(2.0)),
        _ => false,
    })
}

/// Words beside a point, with a short line from one to the other.
fn draw_note(kitchen: &Kitchen<'_>, scene: &mut Scene, at: Point, annotation: &Placed, idx: usize, frame: Frame) {
    const REACH: f64 = 14.0;
    let size = kitchen.theme.label_size;
    let text = if is_numbered(kitchen.width) { (idx + 1).to_string() } else { annotation.text.clone() };
    let lines = wrap(&text, (kitchen.width * 0.24).max(90.0), 3, size);
    let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
    let width = texts.iter().map(|line| text_width(line, size, false)).fold(0.0, f64::max);
    let height = texts.len() as f64 * (size + 2.0);
    let mut candidates = Vec::new();
    for reach in [REACH, REACH * 2.5, REACH * 4.0] {
        for (dx, dy) in [(1.0, -1.0), (-1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
            let x = if dx > 0.0 { at.x + reach * 0.6 } else { at.x - reach * 0.6 - width };
            let y = if dy > 0.0 { at.y + reach + size } else { at.y - reach - height + size };
            let is_inside =
                x >= 0.0 && x + width <= scene.width && y - size >= 0.0 && y + height - size <= frame.bottom;
            if is_inside {
                candidates.push(Point::new(x, y));
            }
        }
    }
    let style = kitchen.theme.value(Anchor::Start);
    // over no line either, if that can be
    let bounds = |at: &Point| Rect::new(at.x, at.y - size, width, height);
    let off_lines: Vec<Point> = candidates.iter().filter(|at| !is_crossed(scene, bounds(at))).copied().collect();
    let place = free_place(scene, &off_lines, &texts, style).or_else(|| free_place(scene, &candidates, &texts, style));
    let Some(place) = place else { return };
    let end_x = if place.x > at.x { place.x - 2.0 } else { place.x + width + 2.0 };
    let end_y = if place.y > at.y { place.y - size * 0.8 } else { place.y + height - size };
    draw_line(scene, at, Point::new(end_x, end_y), Stroke::solid(kitchen.theme.secondary, 1.0));
    for (line_idx, line) in texts.iter().enumerate() {
        scene.write(Point::new(place.x, place.y + line_idx as f64 * (size + 2.0)), line, style);
    }
}

/// The slots before which lines are cut.
pub(crate) fn breaks(spec: &Spec, channels: &Channels) -> Vec<usize> {
    let all = if channels.kind == Kind::Sparkline { Vec::new() } else { placed(spec, channels) };
    let cut = |placed: &Placed| placed.slots.map(|(slot, _)| slot + usize::from(placed.beyond.is_some()));
    all.iter().filter(|placed| placed.is_break).filter_map(cut).collect()
}
