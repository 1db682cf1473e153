//! How are points of two measures drawn, with a third as their area and names that avoid each other?

use encart_scene::measure::{shorten, text_width};
use encart_scene::{Anchor, Datum, Key, Point, Rect, Scene};

use super::Kitchen;
use crate::channel::{Role, Series};
use crate::guide::axis::{draw_line, draw_value_axis, slot_labels_height, value_axis_width, value_labels};
use crate::guide::label::free_place;
use crate::guide::legend::{Entry, draw_legend};
use crate::mark::{Frame, Ruler};
use crate::scale::Continuous;
use crate::scale::time::Tick;
use crate::spec::Stretch;

/// The most names that are tried: more would be a wall of words.
const MOST_NAMES: usize = 60;

/// Draws it: legend of groups, both axes with their names, points, names of points.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (channels, theme, size) = (kitchen.channels, kitchen.theme, kitchen.theme.label_size);
    let mut scene = kitchen.scene(0.0);
    let legend_height = draw_legend(&mut scene, &entries(kitchen), theme);
    let Some((_, across)) = channels.of_role(Role::Across) else { return scene };
    let x = match channels.values().next() {
        Some(_) => Continuous::nice(&mut across.known(), is_near_zero(across)),
        None => return scene,
    };
    let y = match (kitchen.channels.stretch, channels.values().next()) {
        (Stretch::Linear, Some((_, values))) => Continuous::nice(&mut values.known(), is_near_zero(values)),
        _ => kitchen.value_scale(&[]),
    };
    let labels = value_labels(&y, &channels.format);
    let left = value_axis_width(&labels, theme) + 6.0;
    let x_format = channels.across_format(&x.ticks);
    let x_labels = value_labels(&x, &x_format);
    let below = slot_labels_height(&[Tick { slot_idx: 0, lines: vec![String::new(); 2] }], theme);
    // somewhat higher than a plot over time, unless the place has its own height
    let taller = if kitchen.height.is_some() { 1.0 } else { 1.15 };
    scene.height = (kitchen.plot_height() * taller).max(legend_height + below + 160.0);
    let top = legend_height + 2.0 * (size + 6.0);
    let half = x_labels.last().map_or(0.0, |label| text_width(label, size, false) / 2.0);
    let frame = Frame { left, top, right: kitchen.width - half.max(10.0) - 1.0, bottom: scene.height - below };
    let ruler = Ruler { frame, slots: x, values: y, is_rows: false };

    draw_value_axis(&mut scene, &ruler.values, &labels, frame, theme);
    draw_x_axis(kitchen, &mut scene, &ruler, &x_labels);
    let name = |text: &str| shorten(text, kitchen.width, size);
    scene.write(
        Point::new(0.0, legend_height + size),
        &name(&["↑ ", &channels.y_name].concat()),
        theme.label(Anchor::Start),
    );
    let x_name = name(&[&channels.x_name, " →"].concat());
    scene.write(Point::new(kitchen.width, scene.height - 4.0), &x_name, theme.label(Anchor::End));
    let discs = draw_points(kitchen, &mut scene, &ruler);
    write_names(kitchen, &mut scene, &discs, frame);
    kitchen.annotate(&mut scene, &ruler, &[]);
    scene
}

/// Points say no length: an axis starts at zero only when that costs a fifth of it at most.
fn is_near_zero(series: &Series) -> bool {
    let (lo, hi) =
        series.known().fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), value| (lo.min(value), hi.max(value)));
    lo >= 0.0 && lo <= hi * 0.2
}

/// Groups in the legend, when there are several.
fn entries(kitchen: &Kitchen<'_>) -> Vec<Entry> {
    let groups = &kitchen.channels.groups;
    let entry = |(idx, name): (usize, &String)| Entry {
        name: name.clone(),
        said: String::new(),
        color: kitchen.theme.series(idx),
        hatch: kitchen.hatch(idx),
        dash: Vec::new(),
        is_line: false,
        is_hidden: kitchen.view.hidden.contains(name),
    };
    if groups.len() < 2 { Vec::new() } else { groups.iter().enumerate().map(entry).collect() }
}

fn draw_x_axis(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, labels: &[String]) {
    let (theme, size) = (kitchen.theme, kitchen.theme.label_size);
    let Frame { top, bottom, .. } = ruler.frame;
    let mut last_right = f64::NEG_INFINITY;
    for (tick, label) in ruler.slots.ticks.iter().zip(labels) {
        let x = ruler.slot_px(*tick).round() + 0.5;
        draw_line(scene, Point::new(x, top), Point::new(x, bottom), encart_scene::Stroke::solid(theme.grid, 1.0));
        let half = text_width(label, size, false) / 2.0;
        if x - half >= last_right {
            scene.write(Point::new(x, bottom + size + 4.0), label, theme.label(Anchor::Middle));
            last_right = x + half + 8.0;
        }
    }
}

/// A point's slot and the square around it.
type Disc = (usize, Rect);

fn draw_points(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler) -> Vec<Disc> {
    let (channels, theme) = (kitchen.channels, kitchen.theme);
    let (Some((_, across)), Some((_, values))) = (channels.of_role(Role::Across), channels.values().next()) else {
        return Vec::new();
    };
    let sizes = channels.of_role(Role::Size).map(|(_, series)| series);
    let largest = sizes.map_or(0.0, |sizes| sizes.known().fold(0.0, f64::max));
    let widest = (kitchen.width * 0.03).clamp(9.0, 32.0);
    let n_points = values.values.len();
    let plain = if n_points > 2_000 {
        1.75
    } else if n_points > 200 {
        3.0
    } else {
        theme.line_width + 2.0
    };
    let radius = |slot_idx: usize| match sizes {
        // by area, not by radius; a point too small to be seen is seen all the same
        Some(sizes) if largest > 0.0 => {
            (sizes.at(slot_idx).unwrap_or(0.0).max(0.0) / largest).sqrt().max(0.06) * widest
        }
        _ => plain,
    };
    let known = values.placed().filter_map(|(idx, value)| Some((idx, across.at(idx)?, value, radius(idx))));
    let mut points: Vec<(usize, f64, f64, f64)> = known.collect();
    if sizes.is_some() {
        // the large ones behind
        let order = encart_table::order::order_by(points.len(), &mut |one, other| {
            let radius = |idx: usize| points.get(idx).map_or(0.0, |point| point.3);
            radius(other).total_cmp(&radius(one))
        });
        points = order.into_iter().filter_map(|idx| points.get(idx).copied()).collect();
    }
    let has_rim = n_points <= 2_000;
    let plane = ruler.plane(scene);
    let mut discs = Vec::with_capacity(points.len());
    for (slot_idx, x, y, radius) in points {
        let group = channels.slots.get(slot_idx).map_or(0, |slot| slot.group);
        if has_rim {
            plane.disc(Datum::default(), (x, y), radius + 1.0, theme.ground);
        }
        let datum = Datum { key: Some(Key { series_idx: group, datum_idx: slot_idx }), ..Datum::default() };
        plane.disc(datum, (x, y), radius, theme.series(group));
        let at = ruler.at(x, y);
        discs.push((slot_idx, Rect::new(at.x - radius, at.y - radius, 2.0 * radius, 2.0 * radius)));
    }
    discs
}

/// The names of the points that have room for theirs: the largest first, and those at the edges.
fn write_names(kitchen: &Kitchen<'_>, scene: &mut Scene, discs: &[Disc], frame: Frame) {
    let (channels, theme, size) = (kitchen.channels, kitchen.theme, kitchen.theme.label_size);
    if kitchen.spec.label.is_none() && discs.len() > MOST_NAMES / 2 {
        return;
    }
    let centers = || discs.iter().map(|(_, bounds)| bounds.center());
    let n_discs = discs.len().max(1) as f64;
    let (sum_x, sum_y) = centers().fold((0.0, 0.0), |(x, y), center| (x + center.x, y + center.y));
    let away = |center: Point| ((center.x - sum_x / n_discs).abs(), (center.y - sum_y / n_discs).abs());
    let (most_x, most_y) = centers().map(away).fold((1.0_f64, 1.0_f64), |(x, y), (dx, dy)| (x.max(dx), y.max(dy)));
    let largest = discs.iter().map(|(_, bounds)| bounds.width).fold(1.0, f64::max);
    // what is far from the others is asked for first, then what is large
    let weight = |disc: &Disc| {
        let (dx, dy) = away(disc.1.center());
        (dx / most_x).max(dy / most_y) + 0.5 * disc.1.width / largest
    };
    let weights: Vec<f64> = discs.iter().map(weight).collect();
    let order = encart_table::order::order_by(discs.len(), &mut |one, other| {
        let at = |idx: usize| weights.get(idx).copied().unwrap_or(0.0);
        at(other).total_cmp(&at(one))
    });
    let style = theme.value(Anchor::Start);
    for idx in order.into_iter().take(MOST_NAMES) {
        let Some((slot_idx, disc)) = discs.get(idx) else { continue };
        let Some(slot) = channels.slots.get(*slot_idx) else { continue };
        let name = slot.label.as_str();
        let width = text_width(name, style.size, false);
        // what would be cut is left to the words of the point
        if width > kitchen.width * 0.4 {
            continue;
        }
        let middle = disc.center();
        let candidates = [
            Point::new(disc.right() + 3.0, middle.y + size * 0.35),
            Point::new(disc.x - 3.0 - width, middle.y + size * 0.35),
            Point::new(middle.x - width / 2.0, disc.y - 4.0),
            Point::new(middle.x - width / 2.0, disc.bottom() + size),
        ];
        // over no other point either
        let covers = |at: &&Point| {
            let own = encart_scene::measure::text_box(**at, name, style);
            let is_out = own.y < frame.top || own.bottom() > frame.bottom || own.right() > kitchen.width;
            is_out || discs.iter().any(|(other, bounds)| other != slot_idx && bounds.overlaps(own))
        };
        let free: Vec<Point> = candidates.iter().filter(|at| !covers(at)).copied().collect();
        if let Some(at) = free_place(scene, &free, &[name], style) {
            scene.write(at, name, style);
        }
    }
}
