//! Which way does an arrow key lead on this chart?

use encart_scene::{Key, Move, hit};

use crate::drawing::Drawing;

/// A key of the keyboard that walks the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrow {
    /// ArrowLeft.
    Left,
    /// ArrowRight.
    Right,
    /// ArrowUp.
    Up,
    /// ArrowDown.
    Down,
    /// Home.
    Home,
    /// End.
    End,
}

impl Arrow {
    /// The arrow of a DOM key's name; none for every other key, which is the page's.
    pub fn from_key(name: &str) -> Option<Arrow> {
        Some(match name {
            "ArrowLeft" => Arrow::Left,
            "ArrowRight" => Arrow::Right,
            "ArrowUp" => Arrow::Up,
            "ArrowDown" => Arrow::Down,
            "Home" => Arrow::Home,
            "End" => Arrow::End,
            _ => return None,
        })
    }
}

impl Drawing {
    /// Whether there is more than one series to walk.
    pub fn has_series(&self) -> bool {
        self.spots
            .first()
            .zip(self.spots.last())
            .is_some_and(|(first, last)| first.key.series_idx != last.key.series_idx)
    }

    /// Where an arrow leads from a datum: along the axis of categories to the next datum, across it to the next series.
    /// With one series both ways walk the data.
    pub fn walk(&self, from: Option<Key>, arrow: Arrow) -> Option<Key> {
        let has_one_series = !self.has_series();
        let to = match (arrow, self.is_horizontal) {
            (Arrow::Home, _) => Move::First,
            (Arrow::End, _) => Move::Last,
            (Arrow::Right | Arrow::Down, _) if has_one_series => Move::Next,
            (Arrow::Left | Arrow::Up, _) if has_one_series => Move::Previous,
            (Arrow::Right, false) | (Arrow::Down, true) => Move::Next,
            (Arrow::Left, false) | (Arrow::Up, true) => Move::Previous,
            (Arrow::Down, false) | (Arrow::Right, true) => Move::NextSeries,
            (Arrow::Up, false) | (Arrow::Left, true) => Move::PreviousSeries,
        };
        hit::next(&self.spots, from, to)
    }
}
