//! How does a mark, drawn by Plotters, know which datum it stands for?

use encart_scene::{Datum, Rgb, Scene, Surface, UNITS_PER_PX};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Rectangle};
use plotters::style::{RGBColor, ShapeStyle};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

use crate::scale::Linear;

/// A Plotters element in the data's coordinates.
pub(crate) enum Element {
    Bar(Rectangle<(f64, f64)>),
    Line(PathElement<(f64, f64)>),
    Point(Circle<(f64, f64), u32>),
}

/// An element and the datum it stands for.
struct Tagged {
    datum: Datum,
    element: Element,
}

impl<'a> PointCollection<'a, (f64, f64)> for &'a Tagged {
    type Point = &'a (f64, f64);
    type IntoIter = Vec<&'a (f64, f64)>;

    fn point_iter(self) -> Self::IntoIter {
        match &self.element {
            Element::Bar(bar) => bar.point_iter().iter().collect(),
            Element::Line(line) => line.point_iter().iter().collect(),
            Element::Point(point) => point.point_iter().collect(),
        }
    }
}

type Never = <Surface<'static> as DrawingBackend>::ErrorType;

impl<'s> Drawable<Surface<'s>> for Tagged {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        surface: &mut Surface<'s>,
        parent: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Never>> {
        surface.set_datum(Some(self.datum.clone()));
        let drawn = match &self.element {
            Element::Bar(bar) => bar.draw(points, surface, parent),
            Element::Line(line) => line.draw(points, surface, parent),
            Element::Point(point) => point.draw(points, surface, parent),
        };
        surface.set_datum(None);
        drawn
    }
}

/// The part of the picture where marks are drawn, in pixels: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

/// A drawing area over a scene whose coordinates are the data's; y grows upwards.
pub(crate) struct Plane<'s> {
    area: DrawingArea<Surface<'s>, Cartesian2d<Linear, Linear>>,
}

impl<'s> Plane<'s> {
    pub(crate) fn over(scene: &'s mut Scene, frame: Frame, x: &Linear, y: &Linear) -> Plane<'s> {
        let (width, height) = (scene.width, scene.height);
        let area: DrawingArea<Surface<'s>, Shift> = Surface::new(scene, width, height).into_drawing_area();
        let px = |px: f64| encart_scene::surface::units(px);
        let actual = (px(frame.left)..px(frame.right), px(frame.bottom)..px(frame.top));
        Plane { area: area.apply_coord_spec(Cartesian2d::new(x.clone(), y.clone(), actual)) }
    }

    /// Draws an element for a datum. The surface never fails, so there is nothing to report.
    pub(crate) fn draw(&self, datum: Datum, element: Element) {
        if let Err(never) = self.area.draw(&Tagged { datum, element }) {
            debug_assert!(false, "the surface cannot fail: {never}");
        }
    }
}

/// Plotters' style for a fill.
pub(crate) fn fill(Rgb(r, g, b): Rgb) -> ShapeStyle {
    ShapeStyle { color: RGBColor(r, g, b).into(), filled: true, stroke_width: 0 }
}

/// Plotters' style for a line of so many pixels.
pub(crate) fn line(Rgb(r, g, b): Rgb, width: f64) -> ShapeStyle {
    let stroke_width = (width * f64::from(UNITS_PER_PX)).round() as u32;
    ShapeStyle { color: RGBColor(r, g, b).into(), filled: false, stroke_width }
}
