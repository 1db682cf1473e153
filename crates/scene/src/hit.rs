//! Which datum is nearest, and which comes next under an arrow key?

use crate::geom::{Point, Rect};

/// A datum's name: its series, then its place in the series. The order of keys is the order of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which series, from 0.
    pub series_idx: usize,
    /// Which datum of it, from 0, in the order of the x domain: the same index is the same x in every series.
    pub datum_idx: usize,
}

/// A datum's place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Which datum.
    pub key: Key,
    /// The box around its mark.
    pub bounds: Rect,
}

/// A move from datum to datum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// To the next datum of the series.
    Next,
    /// To the one before.
    Previous,
    /// To the next series, at the same x.
    NextSeries,
    /// To the series before, at the same x.
    PreviousSeries,
    /// To the first datum of the series.
    First,
    /// To the last.
    Last,
}

/// The datum nearest to a point; none when there is no datum.
pub fn nearest(spots: &[Spot], point: Point) -> Option<Key> {
    let middle = |spot: &Spot| {
        let center = spot.bounds.center();
        (center.x - point.x).abs() + (center.y - point.y).abs()
    };
    let mut closest: Option<&Spot> = None;
    let mut least = f64::INFINITY;
    for spot in spots {
        // of a hundred thousand, most are too far across to be looked at twice
        if spot.bounds.x - point.x > least || point.x - spot.bounds.right() > least {
            continue;
        }
        let distance = spot.bounds.distance(point);
        if distance < least || distance == least && closest.is_some_and(|closest| middle(spot) < middle(closest)) {
            (closest, least) = (Some(spot), distance);
        }
    }
    closest.map(|spot| spot.key)
}

/// Where a move leads. From nowhere it leads to the first datum (to the last for `Last`); at an end it stays.
pub fn next(spots: &[Spot], from: Option<Key>, to: Move) -> Option<Key> {
    let keys: Vec<Key> = spots.iter().map(|spot| spot.key).collect();
    let Some(from) = from.filter(|key| keys.contains(key)) else {
        return match to {
            Move::Last => keys
                .iter()
                .copied()
                .filter(|key| Some(key.series_idx) == keys.first().map(|first| first.series_idx))
                .max(),
            _ => keys.first().copied(),
        };
    };
    let in_series = |series_idx: usize| keys.iter().copied().filter(move |key| key.series_idx == series_idx);
    let found = match to {
        Move::Next => in_series(from.series_idx).filter(|key| *key > from).min(),
        Move::Previous => in_series(from.series_idx).filter(|key| *key < from).max(),
        Move::First => in_series(from.series_idx).min(),
        Move::Last => in_series(from.series_idx).max(),
        Move::NextSeries | Move::PreviousSeries => {
            let others = keys.iter().map(|key| key.series_idx);
            let series_idx = match to {
                Move::NextSeries => others.filter(|idx| *idx > from.series_idx).min(),
                _ => others.filter(|idx| *idx < from.series_idx).max(),
            };
            series_idx.and_then(|idx| in_series(idx).min_by_key(|key| key.datum_idx.abs_diff(from.datum_idx)))
        }
    };
    found.or(Some(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(series_idx: usize, datum_idx: usize) -> Key {
        Key { series_idx, datum_idx }
    }

    fn spots() -> Vec<Spot> {
        // two series of three data; the second has no datum in the middle
        [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2)]
            .map(|(series_idx, datum_idx)| Spot {
                key: key(series_idx, datum_idx),
                bounds: Rect::new(datum_idx as f64 * 100.0, series_idx as f64 * 50.0, 10.0, 10.0),
            })
            .to_vec()
    }

    #[test]
    fn arrows_walk_the_data() {
        for (from, to, expected) in [
            (None, Move::Next, key(0, 0)),
            (None, Move::Last, key(0, 2)),
            (Some(key(0, 0)), Move::Next, key(0, 1)),
            (Some(key(0, 2)), Move::Next, key(0, 2)),
            (Some(key(0, 0)), Move::Previous, key(0, 0)),
            (Some(key(0, 1)), Move::NextSeries, key(1, 0)),
            (Some(key(1, 0)), Move::Next, key(1, 2)),
            (Some(key(1, 2)), Move::PreviousSeries, key(0, 2)),
            (Some(key(1, 2)), Move::NextSeries, key(1, 2)),
            (Some(key(1, 2)), Move::First, key(1, 0)),
            (Some(key(0, 0)), Move::Last, key(0, 2)),
            (Some(key(9, 9)), Move::Next, key(0, 0)),
        ] {
            assert_eq!(next(&spots(), from, to), Some(expected), "{from:?} {to:?}");
        }
        assert_eq!(next(&[], None, Move::Next), None);
    }

    #[test]
    fn the_nearest_is_the_one_under_the_finger() {
        assert_eq!(nearest(&spots(), Point::new(104.0, 3.0)), Some(key(0, 1)));
        assert_eq!(nearest(&spots(), Point::new(190.0, 70.0)), Some(key(1, 2)));
        assert_eq!(nearest(&[], Point::default()), None);
    }
}
