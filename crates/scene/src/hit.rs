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

/// The spot of a datum.
pub fn find(spots: &[Spot], key: Key) -> Option<&Spot> {
    // of one series the spots stand in the order of the data: of a hundred thousand most are found at once
    let guess = spots.get(key.datum_idx).filter(|spot| spot.key == key);
    guess.or_else(|| spots.iter().find(|spot| spot.key == key))
}

/// The spots by the column of the picture in which their middle lies, so that of a hundred thousand few are looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// Where the first column begins.
    left: f64,
    /// The places of the spots, column by column.
    order: Vec<u32>,
    /// Where each column begins in `order`, and where the last ends.
    starts: Vec<u32>,
    /// Half the width of the widest spot.
    reach: f64,
}

/// The width of a column, in pixels.
const COLUMN: f64 = 8.0;
/// More columns than a picture has: what lies beyond is counted to the last.
const MOST_COLUMNS: f64 = 1000.0;

impl Columns {
    /// Puts them in columns.
    pub fn of(spots: &[Spot]) -> Columns {
        let left = spots.iter().fold(f64::INFINITY, |left, spot| left.min(spot.bounds.center().x));
        let right = spots.iter().fold(left, |right, spot| right.max(spot.bounds.center().x));
        let n_columns = ((right - left) / COLUMN).clamp(0.0, MOST_COLUMNS) as usize + 1;
        let column = |spot: &Spot| (((spot.bounds.center().x - left) / COLUMN) as usize).min(n_columns - 1);
        let mut starts = vec![0; n_columns + 1];
        for spot in spots {
            starts.iter_mut().skip(column(spot) + 1).take(1).for_each(|count| *count += 1);
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut next = starts.clone();
        let mut order = vec![0; spots.len()];
        for (spot_idx, spot) in spots.iter().enumerate() {
            if let Some(place) = next.get_mut(column(spot)) {
                order.iter_mut().skip(*place as usize).take(1).for_each(|at| *at = spot_idx as u32);
                *place += 1;
            }
        }
        let reach = spots.iter().fold(0.0, |reach: f64, spot| reach.max(spot.bounds.width / 2.0));
        Columns { left, order, starts, reach }
    }

    /// The datum nearest to a point, by the distance to its mark, then to the mark's middle; none when there is no datum.
    /// The spots are those that were put in columns.
    pub fn nearest(&self, spots: &[Spot], point: Point) -> Option<Key> {
        let mut best: Option<(f64, f64, usize, Key)> = None;
        let n_columns = self.starts.len().saturating_sub(1);
        let home = (((point.x - self.left) / COLUMN).max(0.0) as usize).min(n_columns.saturating_sub(1));
        for step in 0..n_columns {
            // the middles of what lies further out are further across than this
            let across = (step as f64 - 1.0) * COLUMN - self.reach;
            if best.is_some_and(|(least, ..)| across > least) {
                break;
            }
            let sides = [home.checked_sub(step), (step > 0).then_some(home + step)];
            for column in sides.into_iter().flatten() {
                for spot_idx in self.inside(column) {
                    let Some(spot) = spots.get(*spot_idx as usize) else { continue };
                    let center = spot.bounds.center();
                    let middle = (center.x - point.x).abs() + (center.y - point.y).abs();
                    let one = (spot.bounds.distance(point), middle, *spot_idx as usize, spot.key);
                    let is_nearer = |best: &(f64, f64, usize, Key)| (one.0, one.1, one.2) < (best.0, best.1, best.2);
                    if best.as_ref().is_none_or(is_nearer) {
                        best = Some(one);
                    }
                }
            }
        }
        best.map(|(.., key)| key)
    }

    fn inside(&self, column: usize) -> &[u32] {
        let at = |idx: usize| self.starts.get(idx).map(|start| *start as usize);
        let range = at(column).zip(at(column + 1));
        range.and_then(|(from, to)| self.order.get(from..to)).unwrap_or(&[])
    }
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
        let nearest = |spots: &[Spot], x: f64, y: f64| Columns::of(spots).nearest(spots, Point::new(x, y));
        assert_eq!(nearest(&spots(), 104.0, 3.0), Some(key(0, 1)));
        assert_eq!(nearest(&spots(), 190.0, 70.0), Some(key(1, 2)));
        assert_eq!(nearest(&spots(), -500.0, 4.0), Some(key(0, 0)));
        assert_eq!(nearest(&spots(), 5000.0, 60.0), Some(key(1, 2)));
        assert_eq!(nearest(&[], 0.0, 0.0), None);
        // a wide mark whose middle is far, under the finger all the same
        let wide = Spot { key: key(3, 0), bounds: Rect::new(0.0, 100.0, 900.0, 20.0) };
        let near = Spot { key: key(3, 1), bounds: Rect::new(20.0, 130.0, 4.0, 4.0) };
        assert_eq!(nearest(&[near, wide], 22.0, 110.0), Some(key(3, 0)));
    }

    #[test]
    fn columns_find_what_a_look_at_all_finds() {
        // the low bits of multiples of a prime spread without order
        let part = |idx: usize, factor: usize| ((idx * factor) % 997) as f64;
        let spots: Vec<Spot> = (0..500)
            .map(|idx| Spot {
                key: key(idx % 3, idx),
                bounds: Rect::new(part(idx, 389), part(idx, 641) / 3.0, part(idx, 211) / 20.0, 6.0),
            })
            .collect();
        let columns = Columns::of(&spots);
        for idx in 0..300 {
            let point = Point::new(part(idx, 557) * 1.2 - 80.0, part(idx, 283) / 2.5 - 20.0);
            let distance =
                |key: Option<Key>| key.and_then(|key| find(&spots, key)).map(|spot| spot.bounds.distance(point));
            let least = spots.iter().map(|spot| spot.bounds.distance(point)).fold(f64::INFINITY, f64::min);
            assert_eq!(distance(columns.nearest(&spots, point)), Some(least), "{point:?}");
        }
    }
}
