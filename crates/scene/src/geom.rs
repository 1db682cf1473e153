//! Where are things, in CSS pixels from the top left?

/// A point.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// Rightwards.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// A point.
    pub fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }
}

/// A rectangle whose sides are never negative.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left side.
    pub x: f64,
    /// Top side.
    pub y: f64,
    /// Width, zero at least.
    pub width: f64,
    /// Height, zero at least.
    pub height: f64,
}

impl Rect {
    /// A rectangle; a negative size becomes zero.
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Rect {
        Rect { x, y, width: width.max(0.0), height: height.max(0.0) }
    }

    /// The same with so many pixels more on every side.
    pub fn grown(self, by: f64) -> Rect {
        Rect::new(self.x - by, self.y - by, self.width + 2.0 * by, self.height + 2.0 * by)
    }

    /// The rectangle between two corners, whichever they are.
    pub fn between(one: Point, other: Point) -> Rect {
        Rect::new(one.x.min(other.x), one.y.min(other.y), (one.x - other.x).abs(), (one.y - other.y).abs())
    }

    /// The right side.
    pub fn right(self) -> f64 {
        self.x + self.width
    }

    /// The bottom side.
    pub fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// The middle.
    pub fn center(self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The smallest rectangle around both.
    pub fn union(self, other: Rect) -> Rect {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Rect::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(self, other: Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// The distance from a point: zero inside.
    pub fn distance(self, point: Point) -> f64 {
        let dx = (self.x - point.x).max(point.x - self.right()).max(0.0);
        let dy = (self.y - point.y).max(point.y - self.bottom()).max(0.0);
        (dx * dx + dy * dy).sqrt()
    }
}

/// The segments of parallel lines that lie in a rectangle. `slope` is how far a line moves down for each pixel to the
/// right (1, -1 or 0); lines are `pitch` pixels apart along the vertical, and keep their places from one rectangle to
/// the next, so that neighbouring areas hatch alike.
pub fn hatch_lines(rect: Rect, slope: f64, pitch: f64) -> Vec<(Point, Point)> {
    // a line is y = slope * x + offset
    let offsets = [
        rect.y - slope * rect.x,
        rect.y - slope * rect.right(),
        rect.bottom() - slope * rect.x,
        rect.bottom() - slope * rect.right(),
    ];
    let lowest = offsets.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = offsets.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if pitch <= 0.0 || !lowest.is_finite() || !highest.is_finite() || (highest - lowest) / pitch > 4000.0 {
        return Vec::new();
    }
    let mut lines = Vec::new();
    let mut offset = (lowest / pitch).ceil() * pitch;
    while offset < highest {
        let (mut left, mut right) = (rect.x, rect.right());
        if slope != 0.0 {
            let at_top = (rect.y - offset) / slope;
            let at_bottom = (rect.bottom() - offset) / slope;
            left = left.max(at_top.min(at_bottom));
            right = right.min(at_top.max(at_bottom));
        }
        if left < right {
            lines.push((Point::new(left, slope * left + offset), Point::new(right, slope * right + offset)));
        }
        offset += pitch;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hatches_stay_in_their_rectangle() {
        let rect = Rect::new(3.0, 5.0, 40.0, 21.0);
        for slope in [1.0, -1.0, 0.0] {
            let lines = hatch_lines(rect, slope, 8.0);
            assert!(lines.len() >= 2, "{slope}");
            for (from, to) in lines {
                for point in [from, to] {
                    assert!(rect.distance(point) < 1e-9, "{slope}: {point:?}");
                }
            }
        }
    }
}
