//! Which colour is which series? A row above the plot, wrapped, never in it and never at its right.

use encart_scene::measure::{shorten, text_width};
use encart_scene::{Anchor, Datum, Hatch, Ink, Paint, Point, Rect, Rgb, Scene, Shape, Stroke, TextStyle};

use crate::theme::Theme;

/// A series in the legend.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) color: Rgb,
    pub(crate) hatch: Hatch,
    pub(crate) dash: Vec<f64>,
    /// A stroke for a line, a square for an area.
    pub(crate) is_line: bool,
    /// Whether the visitor has left it out: its swatch is empty.
    pub(crate) is_hidden: bool,
}

const GAP: f64 = 18.0;

/// Draws the legend at the top of the scene and gives its height.
pub(crate) fn draw_legend(scene: &mut Scene, entries: &[Entry], theme: &Theme) -> f64 {
    let size = theme.label_size;
    let (swatch, row) = (size + 1.0, size + 9.0);
    let (mut x, mut y) = (0.0, 0.0);
    let width = scene.width;
    for entry in entries {
        let name = shorten(&entry.name, width - swatch - 6.0, size);
        let entry_width = swatch + 6.0 + text_width(&name, theme.label_size, false);
        if x > 0.0 && x + entry_width > width {
            (x, y) = (0.0, y + row);
        }
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
        scene.write(
            Point::new(x + swatch + 6.0, y + 2.0 + swatch * 0.83),
            &name,
            TextStyle {
                color: if entry.is_hidden { theme.secondary } else { theme.ink },
                ..theme.label(Anchor::Start)
            },
        );
        scene.names.push((entry.name.clone(), Rect::new(x, y, entry_width, row)));
        x += entry_width + GAP;
    }
    if entries.is_empty() { 0.0 } else { y + row + 6.0 }
}
