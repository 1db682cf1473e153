//! Which colour is which series? A row above the plot, wrapped, never in it and never at its right.

use encart_scene::measure::{text_width, wrap};
use encart_scene::{Anchor, Datum, Hatch, Ink, Paint, Point, Rect, Rgb, Scene, Shape, Stroke, TextStyle};

use crate::theme::Theme;

/// A series in the legend.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    /// What follows the name: its value, or nothing.
    pub(crate) said: String,
    pub(crate) color: Rgb,
    pub(crate) hatch: Hatch,
    pub(crate) dash: Vec<f64>,
    /// A stroke for a line, a square for an area.
    pub(crate) is_line: bool,
    /// Whether the visitor has left it out: its swatch is empty.
    pub(crate) is_hidden: bool,
}

const GAP: f64 = 18.0;

/// A name with what follows it, on one line or below; what is cut where there is no room is the name.
fn lines(entry: &Entry, room: f64, size: f64) -> Vec<String> {
    let all = [entry.name.as_str(), &entry.said].concat();
    if text_width(&all, size, false) <= room {
        return vec![all];
    }
    let mut lines = wrap(&entry.name, room, 2, size);
    match lines.last_mut() {
        _ if entry.said.is_empty() => {}
        Some(last) if text_width(&[last.as_str(), &entry.said].concat(), size, false) <= room => {
            last.push_str(&entry.said)
        }
        _ => lines.push(entry.said.trim_start_matches(['\u{a0}', ':', ' ']).to_string()),
    }
    lines
}

/// Draws the legend at the top of the scene and gives its height.
pub(crate) fn draw_legend(scene: &mut Scene, entries: &[Entry], theme: &Theme) -> f64 {
    let size = theme.label_size;
    let (swatch, row) = (size + 1.0, size + 9.0);
    let (mut x, mut y, mut height) = (0.0, 0.0, row);
    let width = scene.width;
    for entry in entries {
        let lines = lines(entry, width - swatch - 6.0, size);
        let widest = lines.iter().map(|line| text_width(line, size, false)).fold(0.0, f64::max);
        let entry_width = swatch + 6.0 + widest;
        if x > 0.0 && x + entry_width > width {
            (x, y, height) = (0.0, y + height, row);
        }
        let entry_height = row + lines.len().saturating_sub(1) as f64 * (size + 3.0);
        height = height.max(entry_height);
        // a datum without key: it carries the hatch and the dashes, and the keyboard passes it by
        scene.set_datum(Some(Datum { key: None, hatch: entry.hatch, dash: entry.dash.clone() }));
        if entry.is_hidden {
            let square = Rect::new(x + 0.5, y + 2.5, swatch - 1.0, swatch - 1.0);
            scene.draw(Shape::Rect(square), Paint::stroke(Stroke::solid(theme.muted, 1.0)));
        } else if entry.is_line {
            let points = vec![Point::new(x, y + 2.0 + swatch / 2.0), Point::new(x + swatch, y + 2.0 + swatch / 2.0)];
            scene.draw(Shape::Path { points, is_closed: false }, Paint::stroke(Stroke::solid(entry.color, 3.0)));
        } else {
            let square = Rect::new(x, y + 2.0, swatch, swatch);
            scene.draw(Shape::Rect(square), Paint::fill(entry.color));
        }
        scene.set_datum(None);
        let color = if entry.is_hidden { theme.secondary } else { theme.ink };
        for (line_idx, line) in lines.iter().enumerate() {
            let at = Point::new(x + swatch + 6.0, y + 2.0 + swatch * 0.83 + line_idx as f64 * (size + 3.0));
            scene.write(at, line, TextStyle { color, ..theme.label(Anchor::Start) });
        }
        scene.names.push((entry.name.clone(), Rect::new(x, y, entry_width, entry_height)));
        x += entry_width + GAP;
    }
    if entries.is_empty() { 0.0 } else { y + height + 6.0 }
}
