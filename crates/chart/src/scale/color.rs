//! How does a value become a colour? Classes with round limits, each holding its upper one, in even steps of lightness.

use encart_scene::Rgb;

use super::continuous::Continuous;
use crate::theme::Theme;

/// Classes of values, each with its colour.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Classes {
    /// The upper limits, all but that of the last class.
    pub(crate) limits: Vec<f64>,
    pub(crate) colors: Vec<Rgb>,
}

impl Classes {
    /// Up to six classes between round limits; on both sides of zero when values of both signs are there.
    pub(crate) fn of(values: &[f64], theme: &Theme) -> Classes {
        let scale = Continuous::nice(values.iter().copied(), false);
        let inner = scale.ticks.len().saturating_sub(1);
        let limits: Vec<f64> = scale.ticks.get(1..inner).unwrap_or_default().to_vec();
        let n_classes = limits.len() + 1;
        let has_both = scale.lo < 0.0 && scale.hi > 0.0;
        let n_below = if has_both { limits.iter().filter(|limit| **limit <= 0.0).count() } else { 0 };
        let color = |idx: usize| match has_both {
            true if idx < n_below => theme.step(1, n_below - idx, n_below.max(n_classes - n_below)),
            true => theme.step(0, idx + 1 - n_below, n_below.max(n_classes - n_below)),
            false => theme.step(0, idx + 1, n_classes),
        };
        Classes { colors: (0..n_classes).map(color).collect(), limits }
    }

    /// The class of a value.
    pub(crate) fn idx(&self, value: f64) -> usize {
        self.limits.partition_point(|limit| *limit < value)
    }

    /// Its colour.
    pub(crate) fn color(&self, value: f64) -> Option<Rgb> {
        self.colors.get(self.idx(value)).copied()
    }
}
