//! How does a mark, drawn by Plotters, know which datum it stands for, and where it is?

pub(crate) mod bars;
pub(crate) mod dots;
pub(crate) mod lines;

use encart_scene::{Datum, Point, Rgb, Scene, Surface, UNITS_PER_PX};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle};
use plotters::style::{RGBColor, ShapeStyle};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

use crate::scale::Continuous;

/// A Plotters element in the data's coordinates.
pub(crate) enum Element {
    Bar(Rectangle<(f64, f64)>),
    Line(PathElement<(f64, f64)>),
    Point(Circle<(f64, f64), u32>),
    Area(Polygon<(f64, f64)>),
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
            Element::Area(area) => area.point_iter().iter().collect(),
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
            Element::Area(area) => area.draw(points, surface, parent),
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

/// Where slots and values are: slots along x and values upwards, or in rows slots downwards and values along x.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ruler {
    pub(crate) frame: Frame,
    pub(crate) slots: Continuous,
    pub(crate) values: Continuous,
    pub(crate) is_rows: bool,
}

impl Ruler {
    /// The two in the order of a plane's coordinates.
    pub(crate) fn pair(&self, slot: f64, value: f64) -> (f64, f64) {
        if self.is_rows { (value, slot) } else { (slot, value) }
    }

    /// The pixel of a value along its axis.
    pub(crate) fn value_px(&self, value: f64) -> f64 {
        let Frame { left, top, right, bottom } = self.frame;
        self.values.px_from_value(value, if self.is_rows { (left, right) } else { (bottom, top) })
    }

    /// The pixel of a slot's place along its axis.
    pub(crate) fn slot_px(&self, slot: f64) -> f64 {
        let Frame { left, top, right, bottom } = self.frame;
        self.slots.px_from_value(slot, if self.is_rows { (top, bottom) } else { (left, right) })
    }

    /// The point of a value at a slot's place.
    pub(crate) fn at(&self, slot: f64, value: f64) -> Point {
        let (slot, value) = (self.slot_px(slot), self.value_px(value));
        if self.is_rows { Point::new(value, slot) } else { Point::new(slot, value) }
    }

    /// The plane on which marks are drawn.
    pub(crate) fn plane<'s>(&self, scene: &'s mut Scene) -> Plane<'s> {
        if !self.is_rows {
            return Plane::over(scene, self.frame, &self.slots, &self.values);
        }
        // Plotters' y grows upwards: slots that go down are given from the last to the first
        let slots = Continuous { lo: self.slots.hi, hi: self.slots.lo, ..self.slots.clone() };
        Plane::over(scene, self.frame, &self.values, &slots)
    }

    /// The value from which lengths start: zero, or the end of a scale that does not hold it.
    pub(crate) fn base(&self) -> f64 {
        0.0_f64.max(self.values.lo.min(self.values.hi)).min(self.values.hi.max(self.values.lo))
    }
}

/// A drawing area over a scene whose coordinates are the data's; y grows upwards.
pub(crate) struct Plane<'s> {
    area: DrawingArea<Surface<'s>, Cartesian2d<Continuous, Continuous>>,
}

impl<'s> Plane<'s> {
    pub(crate) fn over(scene: &'s mut Scene, frame: Frame, x: &Continuous, y: &Continuous) -> Plane<'s> {
        let (width, height) = (scene.width, scene.height);
        let area: DrawingArea<Surface<'s>, Shift> = Surface::new(scene, width, height).into_drawing_area();
        let px = |px: f64| encart_scene::surface::units(px);
        let actual = (px(frame.left)..px(frame.right), px(frame.bottom)..px(frame.top));
        Plane { area: area.apply_coord_spec(Cartesian2d::new(x.clone(), y.clone(), actual)) }
    }

    /// A plane whose coordinates are pixels from the top left.
    pub(crate) fn of_pixels(scene: &'s mut Scene) -> Plane<'s> {
        let frame = Frame { left: 0.0, top: 0.0, right: scene.width, bottom: scene.height };
        let (x, y) = (Continuous::between(0.0, scene.width), Continuous::between(0.0, scene.height));
        Plane::over(scene, frame, &x, &Continuous { lo: y.hi, hi: y.lo, ..y })
    }

    /// Draws an element for a datum. The surface never fails, so there is nothing to report.
    pub(crate) fn draw(&self, datum: Datum, element: Element) {
        if let Err(never) = self.area.draw(&Tagged { datum, element }) {
            debug_assert!(false, "the surface cannot fail: {never}");
        }
    }

    /// A rectangle between two corners, filled.
    pub(crate) fn rect(&self, datum: Datum, corners: [(f64, f64); 2], color: Rgb) {
        self.draw(datum, Element::Bar(Rectangle::new(corners, fill(color))));
    }

    /// A broken line of so many pixels.
    pub(crate) fn line(&self, datum: Datum, points: Vec<(f64, f64)>, color: Rgb, width: f64) {
        if points.len() > 1 {
            self.draw(datum, Element::Line(PathElement::new(points, line(color, width))));
        }
    }

    /// A filled polygon.
    pub(crate) fn area(&self, datum: Datum, points: Vec<(f64, f64)>, color: Rgb) {
        if points.len() > 2 {
            self.draw(datum, Element::Area(Polygon::new(points, fill(color))));
        }
    }

    /// A disc of so many pixels; without radius it is a place for the keyboard alone.
    pub(crate) fn disc(&self, datum: Datum, at: (f64, f64), radius: f64, color: Rgb) {
        let radius = encart_scene::surface::units(radius).unsigned_abs();
        self.draw(datum, Element::Point(Circle::new(at, radius, fill(color))));
    }

    /// A circle, drawn but not filled.
    pub(crate) fn circle(&self, datum: Datum, at: (f64, f64), radius: f64, color: Rgb, width: f64) {
        let radius = encart_scene::surface::units(radius).unsigned_abs();
        self.draw(datum, Element::Point(Circle::new(at, radius, line(color, width))));
    }
}

/// Plotters' style for a fill.
fn fill(Rgb(r, g, b): Rgb) -> ShapeStyle {
    ShapeStyle { color: RGBColor(r, g, b).into(), filled: true, stroke_width: 0 }
}

/// Plotters' style for a line of so many pixels.
fn line(Rgb(r, g, b): Rgb, width: f64) -> ShapeStyle {
    let stroke_width = (width * f64::from(UNITS_PER_PX)).round() as u32;
    ShapeStyle { color: RGBColor(r, g, b).into(), filled: false, stroke_width }
}
