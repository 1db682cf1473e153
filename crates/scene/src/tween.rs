//! What lies between two pictures? Marks of the same datum move, what is new appears, guides are those of the second.

use crate::geom::{Point, Rect};
use crate::hit::Key;
use crate::item::{Item, Paint, Shape};
use crate::paint::Rgb;
use crate::scene::Scene;

/// The way from a picture to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Tween {
    to: Scene,
    // for each item of the second picture where it comes from
    origins: Vec<Origin>,
}

#[derive(Debug, Clone, PartialEq)]
enum Origin {
    /// It was there.
    Same,
    /// It moves from here.
    Item(Item),
    /// It is new.
    New,
}

impl Tween {
    /// From a picture whose data have other names in the next: `rename` says which, or that a datum is no longer there.
    pub fn new(from: &Scene, to: Scene, rename: impl Fn(Key) -> Option<Key>) -> Tween {
        let mut before: Vec<Option<Item>> = from
            .items
            .iter()
            .map(|item| match item.datum {
                Some(key) => rename(key).map(|key| Item { datum: Some(key), ..item.clone() }),
                None => Some(item.clone()),
            })
            .collect();
        // each item of the first picture is taken once, in the order of drawing
        let mut origin = |item: &Item| {
            let place = before.iter().position(|other| other.as_ref() == Some(item));
            let place = place
                .or_else(|| before.iter().position(|other| other.as_ref().is_some_and(|other| is_alike(other, item))));
            match place.and_then(|place| before.get_mut(place)?.take()) {
                Some(other) if other == *item => Origin::Same,
                Some(other) => Origin::Item(other),
                None => Origin::New,
            }
        };
        let origins = to.items.iter().map(&mut origin).collect();
        Tween { to, origins }
    }

    /// The picture at a part of the way, from 0 to 1: at 1 it is the second one.
    pub fn at(&self, part: f64) -> Scene {
        let part = part.clamp(0.0, 1.0);
        if part >= 1.0 {
            return self.to.clone();
        }
        // soon under way, and slower towards the end
        let rest = 1.0 - part;
        let eased = 1.0 - rest * rest * rest;
        let items = self.to.items.iter().zip(&self.origins).map(|(item, origin)| match origin {
            Origin::Same => item.clone(),
            Origin::Item(from) => Item { shape: between(&from.shape, &item.shape, eased), ..item.clone() },
            Origin::New => faded(item, self.to.ground, eased),
        });
        let mut scene = Scene::new(self.to.width, self.to.height, self.to.ground);
        scene.names.clone_from(&self.to.names);
        scene.items = items.collect();
        scene
    }
}

/// Whether a mark may become another: of the same datum, or without one a path of the same colour. The line of a guide,
/// which has two ends, is none.
fn is_alike(from: &Item, to: &Item) -> bool {
    match (&from.shape, &to.shape) {
        _ if from.datum != to.datum => false,
        (Shape::Path { points, .. }, Shape::Path { points: others, .. }) => {
            points.len() == others.len() && (to.datum.is_some() || points.len() > 2 && from.paint == to.paint)
        }
        (Shape::Rect(_), Shape::Rect(_)) | (Shape::Circle { .. }, Shape::Circle { .. }) => to.datum.is_some(),
        _ => false,
    }
}

fn between(from: &Shape, to: &Shape, part: f64) -> Shape {
    let number = |from: f64, to: f64| from + (to - from) * part;
    let point = |from: Point, to: Point| Point::new(number(from.x, to.x), number(from.y, to.y));
    match (from, to) {
        (Shape::Rect(from), Shape::Rect(to)) => Shape::Rect(Rect::new(
            number(from.x, to.x),
            number(from.y, to.y),
            number(from.width, to.width),
            number(from.height, to.height),
        )),
        (Shape::Circle { center, radius }, Shape::Circle { center: last, radius: end }) => {
            Shape::Circle { center: point(*center, *last), radius: number(*radius, *end) }
        }
        (Shape::Path { points, .. }, Shape::Path { points: last, is_closed }) => Shape::Path {
            points: points.iter().zip(last).map(|(from, to)| point(*from, *to)).collect(),
            is_closed: *is_closed,
        },
        (_, to) => to.clone(),
    }
}

/// Out of the ground's colour.
fn faded(item: &Item, ground: Rgb, part: f64) -> Item {
    let mix = |color: Rgb| ground.mix(color, part);
    let mut shape = item.shape.clone();
    if let Shape::Text { style, .. } = &mut shape {
        style.color = mix(style.color);
    }
    let paint = Paint {
        fill: item.paint.fill.map(mix),
        stroke: item.paint.stroke.clone().map(|mut stroke| {
            stroke.color = mix(stroke.color);
            stroke
        }),
        hatch: item.paint.hatch,
    };
    Item { shape, paint, datum: item.datum }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::Datum;
    use crate::scene::Ink;

    fn bars(heights: &[(usize, f64)]) -> Scene {
        let mut scene = Scene::new(100.0, 100.0, Rgb(255, 255, 255));
        for (datum_idx, height) in heights {
            scene
                .set_datum(Some(Datum { key: Some(Key { series_idx: 0, datum_idx: *datum_idx }), ..Datum::default() }));
            scene.draw(Shape::Rect(Rect::new(0.0, 0.0, 10.0, *height)), Paint::fill(Rgb(0, 0, 0)));
            scene.set_datum(None);
        }
        scene
    }

    fn drawn(scene: &Scene) -> Vec<(f64, Option<Rgb>)> {
        let rect = |item: &Item| match item.shape {
            Shape::Rect(rect) => (rect.height, item.paint.fill),
            _ => (0.0, None),
        };
        scene.items.iter().map(rect).collect()
    }

    #[test]
    fn bars_move_from_where_their_datum_was_and_new_ones_appear() {
        let (from, to) = (bars(&[(0, 10.0), (1, 20.0), (2, 30.0)]), bars(&[(0, 40.0), (1, 20.0), (5, 50.0)]));
        // the second and the third datum have changed places; the first has gone
        let rename = |key: Key| {
            let datum_idx = [None, Some(1), Some(0)][key.datum_idx];
            datum_idx.map(|datum_idx| Key { datum_idx, ..key })
        };
        let tween = Tween::new(&from, to.clone(), rename);
        let (ink, ground) = (Some(Rgb(0, 0, 0)), Some(Rgb(255, 255, 255)));
        assert_eq!(drawn(&tween.at(0.0)), [(30.0, ink), (20.0, ink), (50.0, ground)]);
        let middle = drawn(&tween.at(0.5));
        assert!(middle[0].0 > 35.0 && middle[0].0 < 40.0 && middle[1].0 == 20.0);
        assert_eq!(tween.at(1.0), to);
        assert_eq!(tween.at(7.0), to);
    }
}
