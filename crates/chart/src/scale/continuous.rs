//! How do numbers spread along an axis, linearly or by their logarithm, and at which round numbers are its ticks?

use std::ops::Range;

use encart_table::decimal::power_of_ten;
use encart_table::locale::n_decimals;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged};

use crate::spec::Stretch;

/// A scale of numbers: Plotters maps with it, guides ask it for ticks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Continuous {
    pub(crate) lo: f64,
    pub(crate) hi: f64,
    /// The ticks, ascending; the outer ones may lie inside the domain.
    pub(crate) ticks: Vec<f64>,
    /// How values become lengths.
    pub(crate) stretch: Stretch,
    /// Of a symlog scale, up to where it is linear on both sides of zero.
    pub(crate) linear_to: f64,
}

impl Continuous {
    /// A scale without ticks.
    pub(crate) fn between(lo: f64, hi: f64) -> Continuous {
        let (lo, hi) = if lo < hi { (lo, hi) } else { (lo - 0.5, lo + 0.5) };
        Continuous { lo, hi, ticks: Vec::new(), stretch: Stretch::Linear, linear_to: 1.0 }
    }

    /// A scale from tick to tick around the values: three to seven ticks at 1, 2, 2.5 or 5 times a power of ten.
    /// With `from_zero`, zero is in the domain whatever the values.
    pub(crate) fn nice(values: &mut dyn Iterator<Item = f64>, from_zero: bool) -> Continuous {
        let mut are_whole = true;
        let (mut lo, mut hi) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), value| {
            are_whole &= value.fract() == 0.0;
            (lo.min(value), hi.max(value))
        });
        if from_zero || lo > hi {
            (lo, hi) = (lo.min(0.0), hi.max(0.0));
        }
        if lo == hi {
            (lo, hi) = if lo == 0.0 { (0.0, 1.0) } else { (lo.min(0.0), hi.max(0.0)) };
        }
        let around = |n_steps: f64| {
            let step = nice_step((hi - lo) / n_steps);
            // nobody counts half files
            let step = match are_whole {
                true if step < 1.0 => 1.0,
                true => step.floor(),
                false => step,
            };
            (step, (lo / step).floor(), (hi / step).ceil())
        };
        let length = |(step, first, last): (f64, f64, f64)| step * (last - first);
        let (coarse, fine) = (around(4.0), around(5.0));
        // a finer step where the coarse one would leave much of the plot empty, unless its ticks need more digits
        let word = if lo.abs().max(hi.abs()) >= 1e6 { 1e6 } else { 1.0 };
        let is_longer = n_decimals(fine.0 / word) > n_decimals(coarse.0 / word);
        let is_waste = length(fine) < 0.85 * length(coarse) && !is_longer;
        let (step, first, last) = if is_waste { fine } else { coarse };
        let n_ticks = (last - first).clamp(1.0, 20.0) as i32;
        // a multiple of the step, not a running sum: 0.1 + 0.2 would show
        let ticks: Vec<f64> = (0..=n_ticks).map(|idx| round_to(step, first + f64::from(idx))).collect();
        let (lo, hi) = (ticks.first().copied().unwrap_or(lo), ticks.last().copied().unwrap_or(hi));
        Continuous { ticks, ..Continuous::between(lo, hi) }
    }

    /// A logarithmic scale from power of ten to power of ten around the values; of values of both signs when it is to be
    /// linear around zero. None when a logarithm cannot show the values.
    pub(crate) fn logarithmic(values: &mut dyn Iterator<Item = f64>, stretch: Stretch) -> Option<Continuous> {
        let (mut least, mut most, mut lowest, mut highest) = (f64::INFINITY, 0.0_f64, f64::INFINITY, f64::NEG_INFINITY);
        for value in values {
            (lowest, highest) = (lowest.min(value), highest.max(value));
            if value != 0.0 {
                (least, most) = (least.min(value.abs()), most.max(value.abs()));
            }
        }
        if most == 0.0 || stretch == Stretch::Log && lowest <= 0.0 {
            return None;
        }
        let (first, last) = (log10(least).floor() as i32, log10(most).ceil() as i32);
        let first = first.max(last - 9);
        let power = |exponent: i32| if exponent < 0 { 1.0 / power_of_ten(exponent) } else { power_of_ten(exponent) };
        let powers: Vec<f64> = (first..=last.max(first + 1)).map(power).collect();
        let mut ticks = powers.clone();
        if stretch == Stretch::Symlog {
            let below = powers.iter().rev().map(|tick| -tick).filter(|_| lowest < 0.0);
            let above = powers.iter().copied().filter(|_| highest > 0.0);
            ticks = below.chain([0.0]).chain(above).collect();
        } else if ticks.len() < 4 {
            // few powers of ten: twos and fives between them
            let between = powers.windows(2).flat_map(|pair| pair.first().map(|low| [*low, 2.0 * low, 5.0 * low]));
            ticks = between.flatten().chain(powers.last().copied()).collect();
        }
        let (lo, hi) = (ticks.first().copied()?, ticks.last().copied()?);
        Some(Continuous { lo, hi, ticks, stretch, linear_to: power(first) })
    }

    /// Where a value is before the ends of the domain are put to 0 and 1.
    fn stretched(&self, value: f64) -> f64 {
        match self.stretch {
            Stretch::Linear => value,
            Stretch::Log => log10(value.max(f64::MIN_POSITIVE)),
            // linear up to the first power of ten, which is one unit of length as each power above it
            Stretch::Symlog => {
                let size = value.abs() / self.linear_to;
                let length = if size <= 1.0 { size } else { 1.0 + log10(size) };
                if value < 0.0 { -length } else { length }
            }
        }
    }

    /// How far along the axis a value is, 0 to 1 inside the domain.
    pub(crate) fn fraction(&self, value: f64) -> f64 {
        let lo = self.stretched(self.lo);
        (self.stretched(value) - lo) / (self.stretched(self.hi) - lo)
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
pub(crate) fn nice_step(rough: f64) -> f64 {
    let base_of = |exponent: i32| if exponent < 0 { 1.0 / power_of_ten(exponent) } else { power_of_ten(exponent) };
    let base = (-12..=15).map(base_of).rfind(|base| *base <= rough).unwrap_or_else(|| base_of(-12));
    let multiple = rough / base;
    let nice = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|nice| multiple <= nice * (1.0 + 1e-9)).unwrap_or(10.0);
    nice * base
}

/// The decimal logarithm of a number above zero: its power of ten, exactly, and by the series of the inverse hyperbolic
/// tangent what is left, whose fourth root is near one.
fn log10(value: f64) -> f64 {
    let (mut rest, mut whole) = (value, 0.0);
    while rest >= 10.0 {
        (rest, whole) = (rest / 10.0, whole + 1.0);
    }
    while rest < 1.0 && rest > 0.0 {
        (rest, whole) = (rest * 10.0, whole - 1.0);
    }
    let root = rest.sqrt().sqrt();
    let z = (root - 1.0) / (root + 1.0);
    let (mut power, mut sum) = (z, 0.0);
    for n in 0..16 {
        sum += power / (2.0 * f64::from(n) + 1.0);
        power *= z * z;
    }
    whole + 8.0 * sum / std::f64::consts::LN_10
}

impl Ranged for Continuous {
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
    fn logarithms_are_those_of_the_tables() {
        for (value, expected) in
            [(1.0, 0.0), (1000.0, 3.0), (0.01, -2.0), (5.0, 0.698_970_004_34), (9.99, 0.999_565_488_2)]
        {
            assert!((log10(value) - expected).abs() < 1e-9, "{value}: {}", log10(value));
        }
    }

    #[test]
    fn logarithms_go_from_power_to_power() {
        for (values, stretch, ticks) in [
            (&[3.0, 4_000.0][..], Stretch::Log, Some(&[1.0, 10.0, 100.0, 1_000.0, 10_000.0][..])),
            (&[12.0, 80.0], Stretch::Log, Some(&[10.0, 20.0, 50.0, 100.0])),
            (&[0.0, 80.0], Stretch::Log, None),
            (&[-20.0, 0.0, 300.0], Stretch::Symlog, Some(&[-1000.0, -100.0, -10.0, 0.0, 10.0, 100.0, 1000.0])),
            (&[0.0], Stretch::Symlog, None),
        ] {
            let scale = Continuous::logarithmic(&mut values.iter().copied(), stretch);
            assert_eq!(scale.as_ref().map(|scale| scale.ticks.as_slice()), ticks, "{values:?}");
            if let Some(scale) = scale {
                let middle = scale.fraction(if stretch == Stretch::Log { (scale.lo * scale.hi).sqrt() } else { 0.0 });
                assert!((middle - 0.5).abs() < 1e-9, "{values:?}: {middle}");
            }
        }
    }

    #[test]
    fn ticks_are_round_and_three_to_seven() {
        for (values, from_zero, ticks) in [
            (&[106.0, 4049.0][..], true, &[0.0, 1000.0, 2000.0, 3000.0, 4000.0, 5000.0][..]),
            (&[31.0, 48.0], true, &[0.0, 10.0, 20.0, 30.0, 40.0, 50.0]),
            (&[0.12, 0.31], true, &[0.0, 0.1, 0.2, 0.3, 0.4]),
            (&[-3.0, 7.0], true, &[-4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0]),
            (&[98.0, 103.0], false, &[98.0, 99.0, 100.0, 101.0, 102.0, 103.0]),
            (&[5.0], false, &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
            (&[0.0], true, &[0.0, 1.0]),
            (&[], true, &[0.0, 1.0]),
        ] {
            assert_eq!(Continuous::nice(&mut values.iter().copied(), from_zero).ticks, ticks, "{values:?}");
        }
    }
}
