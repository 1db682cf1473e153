//! What can be drawn, and for which datum?

use crate::geom::{Point, Rect};
use crate::hit::Key;
use crate::paint::Rgb;

/// A pattern drawn over a fill in the ground's colour, so that areas differ without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hatch {
    /// None.
    #[default]
    Plain,
    /// Lines falling to the right.
    Falling,
    /// Lines rising to the right.
    Rising,
    /// Horizontal lines.
    Level,
    /// Lines both ways.
    Grid,
}

impl Hatch {
    /// The distance between two lines, in pixels.
    pub const PITCH: f64 = 8.0;
    /// Their width.
    pub const WIDTH: f64 = 1.5;

    /// How its lines run: the slope of each set.
    pub fn slopes(self) -> &'static [f64] {
        match self {
            Hatch::Plain => &[],
            Hatch::Falling => &[1.0],
            Hatch::Rising => &[-1.0],
            Hatch::Level => &[0.0],
            Hatch::Grid => &[1.0, -1.0],
        }
    }

    /// The hatch of the n-th series: neighbours always differ.
    pub fn nth(idx: usize) -> Hatch {
        match idx % 5 {
            0 => Hatch::Plain,
            1 => Hatch::Falling,
            2 => Hatch::Level,
            3 => Hatch::Rising,
            _ => Hatch::Grid,
        }
    }
}

/// A line's colour, width and dashes.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Rgb,
    /// Its width in pixels.
    pub width: f64,
    /// Lengths of dashes and gaps in pixels; empty for a solid line.
    pub dash: Vec<f64>,
}

impl Stroke {
    /// A solid line.
    pub fn solid(color: Rgb, width: f64) -> Stroke {
        Stroke { color, width, dash: Vec::new() }
    }
}

/// How a shape is filled and edged.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paint {
    /// The fill, if any.
    pub fill: Option<Rgb>,
    /// The edge, if any.
    pub stroke: Option<Stroke>,
    /// The pattern over the fill.
    pub hatch: Hatch,
}

impl Paint {
    /// A plain fill.
    pub fn fill(color: Rgb) -> Paint {
        Paint { fill: Some(color), ..Paint::default() }
    }

    /// A plain line.
    pub fn stroke(stroke: Stroke) -> Paint {
        Paint { stroke: Some(stroke), ..Paint::default() }
    }
}

/// Which point of a text its place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchor {
    /// Its left end.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// Font size in pixels.
    pub size: f64,
    /// Semibold rather than regular.
    pub is_bold: bool,
    /// Its colour.
    pub color: Rgb,
    /// Which of its points is at its place.
    pub anchor: Anchor,
    /// A contour in this colour behind the letters, to be read over lines.
    pub halo: Option<Rgb>,
}

/// A shape at its place.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A rectangle.
    Rect(Rect),
    /// A broken line, closed or not.
    Path {
        /// Its corners.
        points: Vec<Point>,
        /// Whether the last joins the first.
        is_closed: bool,
    },
    /// A circle. A circle without radius is a place for the keyboard, not a mark.
    Circle {
        /// Its middle.
        center: Point,
        /// Its radius in pixels.
        radius: f64,
    },
    /// A line of text; the place is on its baseline.
    Text {
        /// Its place.
        at: Point,
        /// Its letters.
        text: String,
        /// How it is written.
        style: TextStyle,
    },
}

impl Shape {
    /// Moves it right and down.
    pub fn shift(&mut self, by: Point) {
        let shift = |point: &mut Point| {
            point.x += by.x;
            point.y += by.y;
        };
        match self {
            Shape::Rect(rect) => {
                rect.x += by.x;
                rect.y += by.y;
            }
            Shape::Path { points, .. } => points.iter_mut().for_each(shift),
            Shape::Circle { center, .. } => shift(center),
            Shape::Text { at, .. } => shift(at),
        }
    }
}

/// A shape, its paint, and the datum it stands for, if it is a mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What and where.
    pub shape: Shape,
    /// How it is painted (a text is painted by its style).
    pub paint: Paint,
    /// The datum it stands for; none for axes, grids and labels.
    pub datum: Option<Key>,
}

/// What is being drawn: a datum and the finish that colours alone cannot carry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Datum {
    /// Which datum; none for a mark of many (a line through its points).
    pub key: Option<Key>,
    /// The pattern over its fill.
    pub hatch: Hatch,
    /// The dashes of its line.
    pub dash: Vec<f64>,
}
