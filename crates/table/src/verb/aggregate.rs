//! What is one number for many?

use crate::locale::Lang;
use crate::sum::sum;
use crate::value::Why;

/// How many numbers become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Their sum.
    Sum,
    /// Their arithmetic mean.
    Mean,
    /// The middle one; the mean of the two in the middle when they are even in number.
    Median,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// How many rows, missing values included when no column is named.
    Count,
    /// The group's sum as a percentage of the sum of all groups (of rows, when no column is named).
    Share,
}

impl How {
    /// The names an author writes, in the order of documentation.
    pub const NAMES: [(&'static str, How); 7] = [
        ("sum", How::Sum),
        ("mean", How::Mean),
        ("median", How::Median),
        ("min", How::Min),
        ("max", How::Max),
        ("count", How::Count),
        ("share", How::Share),
    ];
}

/// A number computed for each group.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// The new column's name.
    pub name: String,
    /// How it is computed.
    pub how: How,
    /// Of which column; none for a count or share of rows.
    pub of: Option<String>,
}

impl Measure {
    /// In words: `total = somme de montant`.
    pub fn words(&self, lang: Lang) -> String {
        let (fr, en) = match self.how {
            How::Sum => ("somme", "sum"),
            How::Mean => ("moyenne", "mean"),
            How::Median => ("médiane", "median"),
            How::Min => ("minimum", "minimum"),
            How::Max => ("maximum", "maximum"),
            How::Count => ("nombre", "number"),
            How::Share => ("part", "share"),
        };
        let of = self.of.as_deref().unwrap_or(lang.pick("lignes", "rows"));
        [self.name.as_str(), " = ", lang.pick(fr, en), lang.pick(" de ", " of "), of].concat()
    }

    /// Reads `sum(montant)`, `count`, `count()`, `share(montant)`; none when it is not one of the known ways.
    pub fn parse(name: &str, text: &str) -> Option<Measure> {
        let (how, of) = match text.trim().split_once('(') {
            Some((how, rest)) => (how.trim(), rest.trim_end().strip_suffix(')')?.trim().trim_matches('`')),
            None => (text.trim(), ""),
        };
        let how = How::NAMES.iter().find(|(known, _)| *known == how)?.1;
        let of = (!of.is_empty()).then(|| of.to_string());
        let needs_column = !matches!(how, How::Count | How::Share);
        (of.is_some() || !needs_column).then(|| Measure { name: name.to_string(), how, of })
    }
}

/// One number for the numbers that are known. Of nothing known: nothing, never zero; but a count of nothing is 0.
pub fn aggregate(how: How, known: &[f64]) -> Result<f64, Why> {
    let fold = |pick: fn(f64, f64) -> f64| known.iter().copied().reduce(pick);
    let number = match how {
        How::Count => Some(known.len() as f64),
        How::Sum | How::Share => sum(known.iter().copied()),
        How::Mean => sum(known.iter().copied()).map(|total| total / known.len() as f64),
        How::Min => fold(f64::min),
        How::Max => fold(f64::max),
        How::Median => {
            let sorted = crate::order::sorted(known);
            let middle = sorted.len() / 2;
            match (sorted.get(middle.wrapping_sub(1)), sorted.get(middle)) {
                (Some(low), Some(high)) if sorted.len().is_multiple_of(2) => Some((low + high) / 2.0),
                (_, high) => high.copied(),
            }
        }
    };
    number.ok_or(Why::Absent)
}
