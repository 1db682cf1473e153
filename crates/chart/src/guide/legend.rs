//! Which colour is which series? A row above the plot, wrapped, never in it and never at its right.

use encart_scene::measure::{shorten, text_width};
use encart_scene::{Anchor, Datum, Hatch, Ink, Paint, Point, Rect, Rgb, Scene, Shape, Stroke};

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
}

const SWATCH: f64 = 14.0;
const GAP: f64 = 18.0;
const ROW: f64 = 22.0;

/// Draws the legend at the top of the scene and gives its height.
pub(crate) fn draw_legend(scene: &mut Scene, entries: &[Entry], theme: &Theme) -> f64 {
    let (mut x, mut y) = (0.0, 0.0);
    let width = scene.width;
    for entry in entries {
        let name = shorten(&entry.name, width - SWATCH - 6.0, theme.label_size);
        let entry_width = SWATCH + 6.0 + text_width(&name, theme.label_size, false);
        if x > 0.0 && x + entry_width > width {
            (x, y) = (0.0, y + ROW);
        }
        // a datum without key: it carries the hatch and the dashes, and the keyboard passes it by
        scene.set_datum(Some(Datum { key: None, hatch: entry.hatch, dash: entry.dash.clone() }));
        if entry.is_line {
            let points = vec![Point::new(x, y + 9.0), Point::new(x + SWATCH, y + 9.0)];
            scene.draw(Shape::Path { points, is_closed: false }, Paint::stroke(Stroke::solid(entry.color, 3.0)));
        } else {
            scene.draw(Shape::Rect(Rect::new(x, y + 2.0, SWATCH, SWATCH)), Paint::fill(entry.color));
        }
        scene.set_datum(None);
        scene.write(Point::new(x + SWATCH + 6.0, y + 13.5), &name, Style::name(theme));
        x += entry_width + GAP;
    }
    if entries.is_empty() { 0.0 } else { y + ROW + 6.0 }
}

struct Style;

impl Style {
    fn name(theme: &Theme) -> encart_scene::TextStyle {
        encart_scene::TextStyle { color: theme.ink, ..theme.label(Anchor::Start) }
    }
}
