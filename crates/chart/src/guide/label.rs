//! Where do labels stand so that none covers another?

use encart_scene::measure::text_box;
use encart_scene::{Point, Rect, Scene, TextStyle};
use encart_table::order::order_by;

/// Moves labels along one axis so that neighbours are at least `gap` apart and all lie between `lo` and `hi`, their
/// order kept: end labels of lines never cross, and of those at one place the last is the highest, as parts of nothing in a
/// stack. Each moves as little as the crowd around it allows.
pub(crate) fn spread(wanted: &[f64], gap: f64, lo: f64, hi: f64) -> Vec<f64> {
    let wish = |idx: usize| wanted.get(idx).copied().unwrap_or(0.0);
    let order = order_by(wanted.len(), &mut |one, other| wish(one).total_cmp(&wish(other)).then(other.cmp(&one)));
    // crowds: (sum of wanted places of the first member, members); a crowd stands around the mean of its wishes
    let mut crowds: Vec<(f64, usize)> = Vec::new();
    for (rank, idx) in order.iter().enumerate() {
        crowds.push((wish(*idx) - gap * rank as f64, 1));
        while let [.., before, last] = crowds.as_slice() {
            if last.0 / last.1 as f64 > before.0 / before.1 as f64 {
                break;
            }
            let merged = (before.0 + last.0, before.1 + last.1);
            crowds.truncate(crowds.len() - 2);
            crowds.push(merged);
        }
    }
    let top = (hi - gap * wanted.len().saturating_sub(1) as f64).max(lo);
    let bases =
        crowds.iter().flat_map(|(sum, count)| std::iter::repeat_n((sum / *count as f64).clamp(lo, top), *count));
    let mut placed = vec![0.0; wanted.len()];
    for ((rank, idx), base) in order.iter().enumerate().zip(bases) {
        if let Some(place) = placed.get_mut(*idx) {
            *place = base + gap * rank as f64;
        }
    }
    placed
}

/// Whether a broken line goes through a box.
pub(crate) fn crosses(corners: &[Point], bounds: Rect) -> bool {
    corners.windows(2).any(|pair| {
        let [from, to] = pair else { return false };
        // the part of the segment above the box, then whether it lies beside it in height
        let (left, right) = (from.x.min(to.x).max(bounds.x), from.x.max(to.x).min(bounds.right()));
        let slope = if to.x == from.x { 0.0 } else { (to.y - from.y) / (to.x - from.x) };
        let y = |x: f64| from.y + (x - from.x) * slope;
        let (one, other) = if to.x == from.x { (from.y, to.y) } else { (y(left), y(right)) };
        left <= right && one.min(other) <= bounds.bottom() && one.max(other) >= bounds.y
    })
}

/// The first of some places where lines of text cover no other text and leave the picture nowhere.
pub(crate) fn free_place(scene: &Scene, places: &[Point], lines: &[&str], style: TextStyle) -> Option<Point> {
    let taken: Vec<Rect> = scene.text_boxes().into_iter().map(|(bounds, _)| bounds).collect();
    let boxes = |at: &Point| -> Vec<Rect> {
        let line = |(idx, line): (usize, &&str)| {
            text_box(Point::new(at.x, at.y + idx as f64 * (style.size + 2.0)), line, style)
        };
        lines.iter().enumerate().map(line).collect()
    };
    let is_free = |at: &&Point| {
        boxes(at)
            .iter()
            .all(|own| own.x >= 0.0 && own.right() <= scene.width && taken.iter().all(|other| !own.overlaps(*other)))
    };
    places.iter().find(is_free).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_through_a_box_or_beside_it() {
        let bounds = Rect::new(10.0, 10.0, 20.0, 10.0);
        for (from, to, is_crossed) in [
            ((0.0, 15.0), (50.0, 15.0), true),
            ((0.0, 5.0), (50.0, 5.0), false),
            ((0.0, 0.0), (15.0, 40.0), false),
            ((0.0, 0.0), (40.0, 40.0), true),
            ((20.0, 0.0), (20.0, 50.0), true),
            ((35.0, 0.0), (35.0, 50.0), false),
            ((0.0, 15.0), (9.0, 15.0), false),
        ] {
            let corners = [from, to].map(|(x, y)| Point::new(x, y));
            assert_eq!(crosses(&corners, bounds), is_crossed, "{from:?} {to:?}");
        }
    }

    #[test]
    fn labels_are_spread_without_crossing() {
        assert_eq!(spread(&[10.0, 50.0], 16.0, 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(spread(&[50.0, 48.0], 16.0, 0.0, 100.0), [57.0, 41.0]);
        assert_eq!(spread(&[98.0, 99.0], 16.0, 0.0, 100.0), [84.0, 100.0]);
        assert_eq!(spread(&[5.0, 5.0, 5.0], 10.0, 0.0, 100.0), [20.0, 10.0, 0.0], "the last is the highest");
        assert_eq!(spread(&[], 10.0, 0.0, 100.0), Vec::<f64>::new());
    }
}
