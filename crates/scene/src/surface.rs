//! How does Plotters draw on our ink?

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use crate::geom::{Point, Rect};
use crate::item::{Datum, Paint, Shape, Stroke};
use crate::paint::Rgb;
use crate::scene::Ink;

/// Plotters' grid is made of integers: sixteen to a CSS pixel keep lines smooth.
pub const UNITS_PER_PX: i32 = 16;

/// Plotters' paper: forwards shapes to an ink. It never fails.
pub struct Surface<'a> {
    ink: &'a mut dyn Ink,
    width: f64,
    height: f64,
}

/// The surface has no error; Plotters asks for a type.
#[derive(Debug)]
pub enum Never {}

impl std::fmt::Display for Never {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

type Drawn = Result<(), DrawingErrorKind<Never>>;

impl<'a> Surface<'a> {
    /// A surface of so many pixels over an ink.
    pub fn new(ink: &'a mut dyn Ink, width: f64, height: f64) -> Surface<'a> {
        Surface { ink, width, height }
    }

    /// Says what the next shapes stand for.
    pub fn set_datum(&mut self, datum: Option<Datum>) {
        self.ink.set_datum(datum);
    }
}

/// Pixels in Plotters' units.
pub fn units(px: f64) -> i32 {
    (px * f64::from(UNITS_PER_PX)).round() as i32
}

fn px(units: i32) -> f64 {
    f64::from(units) / f64::from(UNITS_PER_PX)
}

fn point((x, y): BackendCoord) -> Point {
    Point::new(px(x), px(y))
}

fn rgb(color: BackendColor) -> Option<Rgb> {
    let (r, g, b) = color.rgb;
    (color.alpha > 0.0).then_some(Rgb(r, g, b))
}

fn paint<S: BackendStyle>(style: &S, is_filled: bool) -> Paint {
    let color = rgb(style.color());
    if is_filled {
        return Paint { fill: color, ..Paint::default() };
    }
    let width = f64::from(style.stroke_width()) / f64::from(UNITS_PER_PX);
    Paint { stroke: color.map(|color| Stroke::solid(color, width)), ..Paint::default() }
}

impl DrawingBackend for Surface<'_> {
    type ErrorType = Never;

    fn get_size(&self) -> (u32, u32) {
        (units(self.width).max(0) as u32, units(self.height).max(0) as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, one: BackendCoord, other: BackendCoord, style: &S, fill: bool) -> Drawn {
        self.ink.draw(Shape::Rect(Rect::between(point(one), point(other))), paint(style, fill));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let points = path.into_iter().map(point).collect();
        self.ink.draw(Shape::Path { points, is_closed: false }, paint(style, false));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let radius = f64::from(radius) / f64::from(UNITS_PER_PX);
        self.ink.draw(Shape::Circle { center: point(center), radius }, paint(style, fill));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let points = path.into_iter().map(point).collect();
        self.ink.draw(Shape::Path { points, is_closed: true }, paint(style, true));
        Ok(())
    }

    // Words are written by our guides, with our own widths; Plotters never writes here.
    fn draw_text<S: BackendTextStyle>(&mut self, _: &str, _: &S, _: BackendCoord) -> Drawn {
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(&self, _: &str, _: &S) -> Result<(u32, u32), DrawingErrorKind<Never>> {
        Ok((0, 0))
    }

    fn blit_bitmap(&mut self, _: BackendCoord, _: (u32, u32), _: &[u8]) -> Drawn {
        Ok(())
    }
}
