//! What is a picture? A value: shapes at fixed places, written as SVG by one writer, walked by one keyboard rule.
//!
//! Nothing here knows a column, a unit or a browser. Lengths are CSS pixels.

pub mod geom;
pub mod hit;
pub mod item;
pub mod measure;
pub mod number;
pub mod paint;
pub mod scene;
pub mod surface;
pub mod svg;
pub mod tween;

pub use geom::{Point, Rect};
pub use hit::{Key, Move, Spot};
pub use item::{Anchor, Datum, Hatch, Item, Paint, Shape, Stroke, TextStyle};
pub use paint::Rgb;
pub use scene::{Ink, Scene};
pub use surface::{Surface, UNITS_PER_PX};
pub use tween::Tween;
