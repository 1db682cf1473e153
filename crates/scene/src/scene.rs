//! What does a chart draw on, and what remains when it has drawn?

use crate::geom::{Point, Rect};
use crate::hit::{Key, Spot};
use crate::item::{Datum, Item, Paint, Shape, TextStyle};
use crate::measure;
use crate::paint::Rgb;

/// Something that marks and guides draw on. `Scene` remembers; a canvas could paint.
pub trait Ink {
    /// Says what the next shapes stand for; none for guides.
    fn set_datum(&mut self, datum: Option<Datum>);
    /// Draws a shape. The hatch and dashes of the current datum are added by the ink.
    fn draw(&mut self, shape: Shape, paint: Paint);
}

/// A finished picture: items at fixed places, in drawing order.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// The colour under everything: hatches and separators are drawn in it.
    pub ground: Rgb,
    /// The items, first drawn first.
    pub items: Vec<Item>,
    /// Where series are named: a visitor points there to single one out.
    pub names: Vec<(String, Rect)>,
    datum: Option<Datum>,
}

impl Scene {
    /// An empty picture.
    pub fn new(width: f64, height: f64, ground: Rgb) -> Scene {
        Scene { width, height, ground, items: Vec::new(), names: Vec::new(), datum: None }
    }

    /// Writes one line of text.
    pub fn write(&mut self, at: Point, text: &str, style: TextStyle) {
        self.draw(Shape::Text { at, text: text.to_string(), style }, Paint::default());
    }

    /// Puts another picture into this one, its data renamed.
    pub fn place(&mut self, other: Scene, at: Point, rename: &dyn Fn(Key) -> Key) {
        for mut item in other.items {
            item.datum = item.datum.map(rename);
            item.shape.shift(at);
            self.items.push(item);
        }
    }

    /// The place of every datum, in the order of series, then of data.
    pub fn spots(&self) -> Vec<Spot> {
        // by series, then by datum, the place of each among those found: no sort, whatever the order of drawing
        let mut found: Vec<Spot> = Vec::new();
        let mut places: Vec<Vec<Option<u32>>> = Vec::new();
        for item in &self.items {
            let (Some(key), Some(bounds)) = (item.datum, bounds(&item.shape)) else { continue };
            if places.len() <= key.series_idx {
                places.resize(key.series_idx + 1, Vec::new());
            }
            let Some(series) = places.get_mut(key.series_idx) else { continue };
            if series.len() <= key.datum_idx {
                series.resize(key.datum_idx + 1, None);
            }
            let Some(place) = series.get_mut(key.datum_idx) else { continue };
            match place.and_then(|place| found.get_mut(place as usize)) {
                Some(spot) => spot.bounds = spot.bounds.union(bounds),
                None => {
                    *place = Some(found.len() as u32);
                    found.push(Spot { key, bounds });
                }
            }
        }
        places.iter().flatten().flatten().filter_map(|place| found.get(*place as usize).copied()).collect()
    }

    /// How many items are seen: places for the keyboard are not.
    pub fn n_marks(&self) -> usize {
        self.items.iter().filter(|item| !matches!(item.shape, Shape::Circle { radius, .. } if radius <= 0.0)).count()
    }

    /// Writes all letters larger or smaller, in place.
    pub fn scale_letters(&mut self, factor: f64) {
        for item in &mut self.items {
            if let Shape::Text { style, .. } = &mut item.shape {
                style.size *= factor;
            }
        }
    }

    /// The boxes of all texts, as measured: for tests that labels neither collide nor leave the picture.
    pub fn text_boxes(&self) -> Vec<(Rect, &str)> {
        self.items
            .iter()
            .filter_map(|item| match &item.shape {
                Shape::Text { at, text, style } => Some((measure::text_box(*at, text, *style), text.as_str())),
                _ => None,
            })
            .collect()
    }
}

impl Ink for Scene {
    fn set_datum(&mut self, datum: Option<Datum>) {
        self.datum = datum;
    }

    fn draw(&mut self, shape: Shape, mut paint: Paint) {
        let mut key: Option<Key> = None;
        if let Some(datum) = &self.datum {
            key = datum.key;
            paint.hatch = datum.hatch;
            if let Some(stroke) = &mut paint.stroke {
                stroke.dash.clone_from(&datum.dash);
            }
        }
        self.items.push(Item { shape, paint, datum: key });
    }
}

fn bounds(shape: &Shape) -> Option<Rect> {
    match shape {
        Shape::Rect(rect) => Some(*rect),
        Shape::Circle { center, radius } => {
            Some(Rect::new(center.x - radius, center.y - radius, 2.0 * radius, 2.0 * radius))
        }
        Shape::Path { points, .. } => {
            points.iter().map(|point| Rect::new(point.x, point.y, 0.0, 0.0)).reduce(Rect::union)
        }
        Shape::Text { .. } => None,
    }
}
