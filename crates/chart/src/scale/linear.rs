//! How do numbers spread along an axis, and at which round numbers are its ticks?

use std::ops::Range;

use encart_table::decimal::power_of_ten;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged};

/// A linear scale: Plotters maps with it, guides ask it for ticks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Linear {
    pub(crate) lo: f64,
    pub(crate) hi: f64,
    /// The ticks, ascending; the outer ones may lie inside the domain.
    pub(crate) ticks: Vec<f64>,
}

impl Linear {
    /// A scale without ticks.
    pub(crate) fn between(lo: f64, hi: f64) -> Linear {
        let (lo, hi) = if lo < hi { (lo, hi) } else { (lo - 0.5, lo + 0.5) };
        Linear { lo, hi, ticks: Vec::new() }
    }

    /// A scale from tick to tick around the values: three to six ticks at 1, 2, 2.5 or 5 times a power of ten.
    /// With `from_zero`, zero is in the domain whatever the values.
    pub(crate) fn nice(values: impl Iterator<Item = f64>, from_zero: bool) -> Linear {
        let (mut lo, mut hi) =
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), value| (lo.min(value), hi.max(value)));
        if from_zero || lo > hi {
            (lo, hi) = (lo.min(0.0), hi.max(0.0));
        }
        if lo == hi {
            (lo, hi) = if lo == 0.0 { (0.0, 1.0) } else { (lo.min(0.0), hi.max(0.0)) };
        }
        let step = nice_step((hi - lo) / 4.0);
        let (first, last) = ((lo / step).floor(), (hi / step).ceil());
        let n_ticks = (last - first).clamp(1.0, 20.0) as i32;
        // a multiple of the step, not a running sum: 0.1 + 0.2 would show
        let ticks: Vec<f64> = (0..=n_ticks).map(|idx| round_to(step, first + f64::from(idx))).collect();
        Linear { lo: ticks.first().copied().unwrap_or(lo), hi: ticks.last().copied().unwrap_or(hi), ticks }
    }

    /// How far along the axis a value is, 0 to 1 inside the domain.
    pub(crate) fn fraction(&self, value: f64) -> f64 {
        (value - self.lo) / (self.hi - self.lo)
    }

    /// The pixel of a value between the pixels of the domain's ends.
    pub(crate) fn px_from_value(&self, value: f64, (from, to): (f64, f64)) -> f64 {
        from + (to - from) * self.fraction(value)
    }
}

/// `step * count`, computed so that 3 × 0.1 is 0.3.
fn round_to(step: f64, count: f64) -> f64 {
    if step >= 1.0 {
        return step * count;
    }
    let inverse = (1.0 / step).round();
    if (inverse * step - 1.0).abs() < 1e-9 { count / inverse } else { step * count }
}

/// The smallest of 1, 2, 2.5, 5, 10 times a power of ten that is not below.
fn nice_step(rough: f64) -> f64 {
    let base_of = |exponent: i32| if exponent < 0 { 1.0 / power_of_ten(exponent) } else { power_of_ten(exponent) };
    let base = (-12..=15).map(base_of).rfind(|base| *base <= rough).unwrap_or_else(|| base_of(-12));
    let multiple = rough / base;
    let nice = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|nice| multiple <= nice * (1.0 + 1e-9)).unwrap_or(10.0);
    nice * base
}

impl Ranged for Linear {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (from, to): (i32, i32)) -> i32 {
        self.px_from_value(*value, (f64::from(from), f64::from(to))).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.ticks.clone()
    }

    fn range(&self) -> Range<f64> {
        self.lo..self.hi
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_three_to_seven() {
        for (values, from_zero, ticks) in [
            (&[106.0, 4049.0][..], true, &[0.0, 2000.0, 4000.0, 6000.0][..]),
            (&[31.0, 48.0], true, &[0.0, 20.0, 40.0, 60.0]),
            (&[0.12, 0.31], true, &[0.0, 0.1, 0.2, 0.3, 0.4]),
            (&[-3.0, 7.0], true, &[-5.0, -2.5, 0.0, 2.5, 5.0, 7.5]),
            (&[98.0, 103.0], false, &[98.0, 100.0, 102.0, 104.0]),
            (&[5.0], false, &[0.0, 2.0, 4.0, 6.0]),
            (&[0.0], true, &[0.0, 0.25, 0.5, 0.75, 1.0]),
            (&[], true, &[0.0, 0.25, 0.5, 0.75, 1.0]),
        ] {
            assert_eq!(Linear::nice(values.iter().copied(), from_zero).ticks, ticks, "{values:?}");
        }
    }
}
