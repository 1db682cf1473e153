//! How are flows drawn from one side to the other, as wide as their values, in the order of the data?

use encart_scene::measure::{text_width, wrap};
use encart_scene::{Anchor, Datum, Ink, Key, Paint, Point, Rect, Scene, Shape, TextStyle};

use super::Kitchen;
use crate::channel::Channels;
use crate::mark::Plane;

/// Where flows begin or end.
struct Node {
    name: String,
    layer: usize,
    /// Which colour, where something flows out.
    color: Option<usize>,
    /// What comes in, and what goes out.
    total: f64,
    top: f64,
    /// How much of its left and right sides is taken.
    taken: (f64, f64),
}

struct Flow {
    key: Key,
    from: usize,
    to: usize,
    value: f64,
}

const BAR: f64 = 14.0;

/// Draws it: flows, then the bars where they begin and end, with names and totals.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (channels, theme, size) = (kitchen.channels, kitchen.theme, kitchen.theme.label_size);
    let (mut nodes, flows) = network(channels);
    let n_layers = nodes.iter().map(|node| node.layer + 1).max().unwrap_or(1);
    // no word is cut where flows keep a quarter of the width
    let longest = nodes.iter().flat_map(|node| node.name.split(' ')).map(|word| text_width(word, size, false));
    let most = (kitchen.width * if kitchen.width < 520.0 { 0.3 } else { 0.26 })
        .max((longest.fold(0.0, f64::max) + 9.0).min(kitchen.width * 0.36));
    let words =
        |node: &Node| wrap(&format!("{} {}", node.name, channels.format.write_bare(node.total)), most - 8.0, 4, size);
    let widest = |layer: usize| {
        let own = nodes.iter().filter(|node| node.layer == layer).flat_map(words);
        own.map(|line| text_width(&line, size, false)).fold(0.0, f64::max) + 10.0
    };
    let (left, right) = (widest(0), kitchen.width - widest(n_layers - 1));
    let n_most = (0..n_layers).map(|layer| nodes.iter().filter(|node| node.layer == layer).count()).max().unwrap_or(1);
    let n_lines = nodes.iter().map(|node| words(node).len()).max().unwrap_or(1) as f64;
    let gap = n_lines * (size + 2.0);
    let mut scene = kitchen.scene(0.0);
    scene.height = kitchen.plot_height().max(n_most as f64 * (gap + 14.0));
    let scale = place(&mut nodes, n_layers, scene.height - 8.0, gap);
    let step = if n_layers > 1 { (right - left - BAR) / (n_layers - 1) as f64 } else { 0.0 };
    let x = |layer: usize| left + layer as f64 * step;
    // where flows begin there are colours; where they end, ink
    let color_of = |node: &Node| node.color.map_or(theme.zero, |color| theme.series(color));
    {
        let plane = Plane::of_pixels(&mut scene);
        for flow in &flows {
            let height = flow.value * scale;
            let (Some(from), Some(to)) = (nodes.get(flow.from), nodes.get(flow.to)) else { continue };
            let (start, end) = (from.top + from.taken.1, to.top + to.taken.0);
            let points = ribbon((x(from.layer) + BAR, start), (x(to.layer), end), height.max(0.75));
            let color = theme.ground.mix(color_of(from), 0.5);
            let hatch = kitchen.hatch(flow.from);
            let edge = points.len() / 2;
            let edges = [points.get(..edge), points.get(edge..)].map(|edge| edge.unwrap_or_default().to_vec());
            plane.area(Datum { key: Some(flow.key), hatch, ..Datum::default() }, points, color);
            // a pale flow has edges that are seen on the ground
            edges.into_iter().for_each(|edge| plane.line(Datum::default(), edge, color_of(from), 1.0));
            for (idx, is_start) in [(flow.from, true), (flow.to, false)] {
                if let Some(node) = nodes.get_mut(idx) {
                    *(if is_start { &mut node.taken.1 } else { &mut node.taken.0 }) += height;
                }
            }
        }
    }
    for node in &nodes {
        let bar = Rect::new(x(node.layer), node.top, BAR, (node.total * scale).max(1.0));
        scene.draw(Shape::Rect(bar), Paint::fill(color_of(node)));
        let lines = words(node);
        let first = bar.center().y - (lines.len() as f64 - 1.0) * (size + 2.0) / 2.0 + size * 0.35;
        let (at, anchor) =
            if node.layer == 0 { (bar.x - 6.0, Anchor::End) } else { (bar.right() + 6.0, Anchor::Start) };
        for (line_idx, line) in lines.iter().enumerate() {
            let style = TextStyle { color: theme.ink, ..theme.value(anchor) };
            scene.write(Point::new(at, first + line_idx as f64 * (size + 2.0)), line, style);
        }
    }
    let bottom = scene.height;
    kitchen.mark_unseen(&mut scene, Point::new(2.0, bottom - 4.0));
    scene
}

/// Slots are where flows begin, series where they end; a name on both sides is passed through.
fn network(channels: &Channels) -> (Vec<Node>, Vec<Flow>) {
    let mut nodes: Vec<Node> = Vec::new();
    let mut flows = Vec::new();
    let mut idx_of = |name: &str| {
        nodes.iter().position(|node| node.name == name).unwrap_or_else(|| {
            nodes.push(Node { name: name.to_string(), layer: 0, color: None, total: 0.0, top: 0.0, taken: (0.0, 0.0) });
            nodes.len() - 1
        })
    };
    for (datum_idx, slot) in channels.slots.iter().enumerate() {
        for (series_idx, series) in channels.values() {
            let Some(value) = series.at(datum_idx).filter(|value| *value > 0.0) else { continue };
            let (from, to) = (idx_of(&slot.label), idx_of(&series.name));
            flows.push(Flow { key: Key { series_idx, datum_idx }, from, to, value });
        }
    }
    // each behind all that flows into it; a circle ends after as many rounds as there are names
    for _ in 0..nodes.len().min(12) {
        for flow in &flows {
            let layer = nodes.get(flow.from).map_or(0, |node| node.layer + 1);
            if let Some(node) = nodes.get_mut(flow.to).filter(|_| flow.from != flow.to) {
                node.layer = node.layer.max(layer).min(12);
            }
        }
    }
    let mut n_colors = 0;
    for (idx, node) in nodes.iter_mut().enumerate() {
        let sum = |is_end: bool| {
            flows
                .iter()
                .filter(|flow| (if is_end { flow.to } else { flow.from }) == idx)
                .map(|flow| flow.value)
                .sum::<f64>()
        };
        node.total = sum(true).max(sum(false));
        if sum(false) > 0.0 {
            node.color = Some(n_colors);
            n_colors += 1;
        }
    }
    (nodes, flows)
}

/// Gives every node its top, and the pixels of a unit.
fn place(nodes: &mut [Node], n_layers: usize, height: f64, gap: f64) -> f64 {
    let of = |nodes: &[Node], layer: usize| -> (f64, f64) {
        let own = nodes.iter().filter(|node| node.layer == layer);
        own.fold((0.0, -1.0), |(sum, count), node| (sum + node.total, count + 1.0))
    };
    let scales = (0..n_layers).map(|layer| {
        let (sum, n_gaps) = of(nodes, layer);
        (height - n_gaps.max(0.0) * gap) / sum.max(f64::MIN_POSITIVE)
    });
    let scale = scales.fold(f64::INFINITY, f64::min).max(0.0);
    for layer in 0..n_layers {
        let (sum, n_gaps) = of(nodes, layer);
        let mut top = 4.0 + (height - sum * scale - n_gaps.max(0.0) * gap).max(0.0) / 2.0;
        for node in nodes.iter_mut().filter(|node| node.layer == layer) {
            node.top = top;
            top += node.total * scale + gap;
        }
    }
    scale
}

/// A band between two places that leaves and arrives level: a cubic of Bézier in 24 steps.
fn ribbon((x0, y0): (f64, f64), (x1, y1): (f64, f64), height: f64) -> Vec<(f64, f64)> {
    const STEPS: usize = 24;
    let at = |idx: usize| {
        let t = idx as f64 / STEPS as f64;
        let (a, b, c, d) =
            ((1.0 - t) * (1.0 - t) * (1.0 - t), 3.0 * t * (1.0 - t) * (1.0 - t), 3.0 * t * t * (1.0 - t), t * t * t);
        let middle = (x0 + x1) / 2.0;
        (a * x0 + (b + c) * middle + d * x1, (a + b) * y0 + (c + d) * y1)
    };
    let above = (0..=STEPS).map(at);
    let below = (0..=STEPS).rev().map(|idx| (at(idx).0, at(idx).1 + height));
    above.chain(below).collect()
}
