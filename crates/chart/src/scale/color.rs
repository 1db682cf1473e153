//! How does a value become a colour? Classes between limits, each holding its upper one, in even steps of lightness.

use encart_scene::Rgb;
use encart_table::order::sorted;

use super::continuous::Continuous;
use crate::spec::Classing;
use crate::theme::Theme;

/// Classes of values, each with its colour.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Classes {
    /// The upper limits, all but that of the last class.
    pub(crate) limits: Vec<f64>,
    pub(crate) colors: Vec<Rgb>,
}

impl Classes {
    /// Up to six classes between round limits, five with as many values, or those of the author; on both sides of zero
    /// when values of both signs are there.
    pub(crate) fn of(values: &[f64], classing: &Classing, theme: &Theme) -> Classes {
        let scale = Continuous::nice(&mut values.iter().copied(), false);
        let limits = match classing {
            Classing::Even => {
                let inner = scale.ticks.len().saturating_sub(1);
                scale.ticks.get(1..inner).unwrap_or_default().to_vec()
            }
            Classing::Quantiles => quantiles(values),
            Classing::Limits(limits) => limits.clone(),
        };
        let has_both = values.iter().any(|value| *value < 0.0) && values.iter().any(|value| *value > 0.0);
        // no class holds values of both signs: its colour would say one of them
        let limits =
            if has_both && !limits.contains(&0.0) { sorted(&[limits.as_slice(), &[0.0]].concat()) } else { limits };
        let n_classes = limits.len() + 1;
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

/// How many classes hold as many values each.
const N_QUANTILES: usize = 5;

/// The values below which lie a fifth of all, two fifths and so on: values that are there, so that each class holds its
/// limit. Equal values stay together, and so some classes may hold more.
fn quantiles(values: &[f64]) -> Vec<f64> {
    let sorted = sorted(values);
    let at = |part: usize| sorted.get((sorted.len() * part).div_ceil(N_QUANTILES).checked_sub(1)?).copied();
    let mut limits: Vec<f64> = (1..N_QUANTILES).filter_map(at).collect();
    limits.dedup();
    limits.retain(|limit| Some(limit) != sorted.last());
    limits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_class_holds_both_signs() {
        let env = crate::Env::new(400.0, encart_table::Period::year(2026));
        let (theme, _) = Theme::for_env(&env, None);
        for classing in [Classing::Even, Classing::Quantiles, Classing::Limits(vec![-10.0, 10.0])] {
            let classes = Classes::of(&[-30.0, -5.0, 4.0, 20.0], &classing, &theme);
            assert_ne!(classes.color(-5.0), classes.color(4.0), "{classing:?}");
            assert_eq!(classes.colors.len(), classes.limits.len() + 1);
        }
    }

    #[test]
    fn quantiles_are_values_that_share_the_cells_out() {
        for (values, limits) in [
            (&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0][..], &[2.0, 4.0, 6.0, 8.0][..]),
            (&[5.0, 1.0, 4.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 4.0]),
            (&[1.0, 1.0, 1.0, 1.0, 9.0], &[1.0]),
            (&[3.0, 3.0], &[]),
            (&[], &[]),
        ] {
            assert_eq!(quantiles(values), limits, "{values:?}");
        }
    }
}
