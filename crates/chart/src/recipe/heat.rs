//! How is a grid of coloured cells drawn: slots across, series down, values in the cells when they fit?

use encart_scene::measure::{text_width, wrap};
use encart_scene::{Anchor, Datum, Hatch, Ink, Key, Paint, Point, Rect, Scene, Shape, Stroke, TextStyle};
use encart_table::NumberFormat;

use super::Kitchen;
use crate::channel::Series;
use crate::guide::axis::draw_slot_labels;
use crate::guide::legend::{Entry, draw_legend};
use crate::mark::Plane;
use crate::scale::color::Classes;
use crate::spec::Classing;

/// Draws it: classes with their limits above, names at the left, cells, labels of slots below.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (channels, theme, size) = (kitchen.channels, kitchen.theme, kitchen.theme.label_size);
    let values: Vec<f64> = channels.series.iter().flat_map(Series::known).collect();
    let classes = Classes::of(&values, &kitchen.spec.classing, theme);
    let mut scene = kitchen.scene(0.0);
    let top = draw_legend(&mut scene, &entries(kitchen, &classes), theme);

    let names = |series: &Series| text_width(&series.name, size, false);
    let widest = channels.series.iter().map(names).fold(0.0, f64::max).min(kitchen.width * 0.34);
    let (left, n_slots) = (widest + 10.0, channels.slots.len().max(1) as f64);
    let band = (kitchen.width - left) / n_slots;
    let n_rows = channels.series.len().max(1) as f64;
    let room = kitchen.height.map_or(0.0, |height| (height - top - size * 2.0) / n_rows);
    let is_wrapped = channels.series.iter().any(|series| names(series) > widest);
    let pitch = (size * if is_wrapped { 2.5 } else { 1.9 })
        .max(room.min(size * if kitchen.is_projected { 8.0 } else { 4.0 }))
        .max(band.min(size * 2.6));
    let px: Vec<f64> = (0..channels.slots.len()).map(|idx| left + (idx as f64 + 0.5) * band).collect();
    let ticks = kitchen.slot_ticks(&px);
    scene.height = top + n_rows * pitch + crate::guide::axis::slot_labels_height(&ticks, theme);

    let written = |value: f64| channels.format.write_bare(value);
    let fits = values.iter().all(|value| text_width(&written(*value), size, false) + 6.0 <= band);
    for (series_idx, series) in channels.series.iter().enumerate() {
        let y = top + series_idx as f64 * pitch;
        let middle = y + pitch / 2.0 + size * 0.35;
        let style = TextStyle { color: theme.ink, ..theme.label(Anchor::Start) };
        let lines = wrap(&series.name, widest + 1.0, 2, size);
        let first = middle - (lines.len() as f64 - 1.0) * (size + 1.0) / 2.0;
        for (line_idx, line) in lines.iter().enumerate() {
            scene.write(Point::new(0.0, first + line_idx as f64 * (size + 1.0)), line, style);
        }
        for (datum_idx, value) in series.values.iter().enumerate() {
            let x = left + datum_idx as f64 * band;
            let cell = Rect::new(x + 0.75, y + 0.75, band - 1.5, pitch - 1.5);
            let key = Key { series_idx, datum_idx };
            let Ok(value) = *value else {
                draw_missing(kitchen, &mut scene, cell, key);
                continue;
            };
            let color = classes.color(value).unwrap_or(theme.muted);
            let hatch = if kitchen.has_patterns { hatch(classes.idx(value)) } else { Hatch::Plain };
            let corners = [(cell.x, cell.y), (cell.right(), cell.bottom())];
            Plane::of_pixels(&mut scene).rect(Datum { key: Some(key), hatch, ..Datum::default() }, corners, color);
            edge(kitchen, &mut scene, cell, color);
            if let (Some(ink), true, false) = (kitchen.ink_on(color), fits, kitchen.has_patterns) {
                let at = Point::new(cell.center().x, middle);
                scene.write(at, &written(value), TextStyle { color: ink, ..theme.label(Anchor::Middle) });
            }
        }
    }
    draw_slot_labels(&mut scene, &ticks, &px, top + n_rows * pitch, theme);
    scene
}

/// A pale fill has an edge that is seen on the ground.
pub(crate) fn edge(kitchen: &Kitchen<'_>, scene: &mut Scene, cell: Rect, color: encart_scene::Rgb) {
    if encart_scene::paint::contrast(color, kitchen.theme.ground) < 3.0 {
        let inside = Rect::new(cell.x + 0.5, cell.y + 0.5, cell.width - 1.0, cell.height - 1.0);
        scene.draw(Shape::Rect(inside), Paint::stroke(Stroke::solid(kitchen.theme.muted, 1.0)));
    }
}

/// No value: nothing but an edge of dashes.
fn draw_missing(kitchen: &Kitchen<'_>, scene: &mut Scene, cell: Rect, key: Key) {
    let dash = vec![2.0, 3.0];
    scene.set_datum(Some(Datum { key: Some(key), dash, ..Datum::default() }));
    let inside = Rect::new(cell.x + 0.5, cell.y + 0.5, cell.width - 1.0, cell.height - 1.0);
    scene.draw(Shape::Rect(inside), Paint::stroke(Stroke::solid(kitchen.theme.muted, 1.0)));
    scene.set_datum(None);
}

fn hatch(class: usize) -> Hatch {
    // paler classes stay plain on paper: the lightness says it
    if class < 2 { Hatch::Plain } else { Hatch::nth(class - 1) }
}

/// `≤ 10`, `10 à 20`, `> 20`, each with its colour.
fn entries(kitchen: &Kitchen<'_>, classes: &Classes) -> Vec<Entry> {
    let format = &kitchen.channels.format;
    let lang = format.lang;
    // limits that are not between round numbers are written in full: a cell is told from its class
    let own = NumberFormat::full(&classes.limits, format.unit.as_deref(), lang);
    let format = if kitchen.spec.classing == Classing::Even { format } else { &own };
    let entry = |(idx, color): (usize, &encart_scene::Rgb)| {
        let (from, to) = (idx.checked_sub(1).and_then(|idx| classes.limits.get(idx)), classes.limits.get(idx));
        let name = match (from, to) {
            (None, Some(to)) => format!("≤ {}", format.write(*to)),
            (Some(from), Some(to)) => {
                format!("{} {} {}", format.write_bare(*from), lang.pick("à", "to"), format.write(*to))
            }
            (Some(from), None) => format!("> {}", format.write(*from)),
            (None, None) => kitchen.channels.y_name.clone(),
        };
        let hatch = if kitchen.has_patterns { hatch(idx) } else { Hatch::Plain };
        Entry { name, said: String::new(), color: *color, hatch, dash: Vec::new(), is_line: false, is_hidden: false }
    };
    classes.colors.iter().enumerate().map(entry).collect()
}
