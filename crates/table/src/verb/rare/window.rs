//! What is computed along the rows: running totals, rolling means, changes, indices, ranks?

use crate::column::Column;
use crate::decimal::read_decimal;
use crate::sum::Sum;
use crate::table::Table;
use crate::value::{Value, Why};

use super::partitions;

/// What is computed along the rows of a partition, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Over {
    /// The sum of the rows so far. After a missing value it is not known any more.
    RunningTotal,
    /// The mean of the row and the so many before it; missing until there are enough, and when one of them is.
    RollingMean(usize),
    /// The difference from the row before.
    Change,
    /// The difference from the row before, in percent of it.
    ChangePercent,
    /// 100 for the first known value, the others in proportion.
    Index100,
    /// 1 for the largest; equal values share a rank, and the next rank counts them all.
    Rank,
    /// 1 for the smallest.
    RankAscending,
}

impl Over {
    /// Reads `running_total(montant)`, `rolling_mean(montant, 3)`, `change`, `change_percent`, `index`, `rank`,
    /// `rank_ascending`; with the column's name.
    pub fn parse(text: &str) -> Option<(Over, String)> {
        let (how, rest) = text.trim().split_once('(')?;
        let inside = rest.trim_end().strip_suffix(')')?.trim();
        let (of, n) = match inside.rsplit_once(',') {
            Some((of, n)) => (of.trim(), Some(read_decimal(n.trim(), 0)?)),
            None => (inside, None),
        };
        let of = of.trim_matches('`').to_string();
        let over = match (how.trim(), n) {
            ("running_total", None) => Over::RunningTotal,
            ("rolling_mean", Some(n)) if n >= 2.0 && n.floor() == n => Over::RollingMean(n as usize),
            ("change", None) => Over::Change,
            ("change_percent", None) => Over::ChangePercent,
            ("index", None) => Over::Index100,
            ("rank", None) => Over::Rank,
            ("rank_ascending", None) => Over::RankAscending,
            _ => return None,
        };
        (!of.is_empty()).then_some((over, of))
    }

    /// The outcomes for the cells of a partition, in order.
    fn compute(self, cells: &[Value<'_>]) -> Vec<Result<f64, Why>> {
        let number = |cell: &Value<'_>| match cell {
            Value::Number(number) => Ok(*number),
            Value::Missing(why) => Err(*why),
            _ => Err(Why::Undefined),
        };
        let numbers: Vec<Result<f64, Why>> = cells.iter().map(number).collect();
        let finite = |number: f64| if number.is_finite() { Ok(number) } else { Err(Why::Undefined) };
        match self {
            Over::RunningTotal => {
                let (mut total, mut lost) = (Sum::default(), None);
                let mut add = |number: &Result<f64, Why>| {
                    match (number, lost) {
                        (_, Some(why)) => return Err(why),
                        (Err(why), None) => {
                            lost = Some(*why);
                            return Err(*why);
                        }
                        (Ok(number), None) => total.add(*number),
                    }
                    total.total().ok_or(Why::Absent)
                };
                numbers.iter().map(&mut add).collect()
            }
            Over::RollingMean(n) => rolling_mean(&numbers, n),
            Over::Change | Over::ChangePercent => (0..numbers.len())
                .map(|idx| {
                    let now = numbers.get(idx).copied().unwrap_or(Err(Why::Undefined))?;
                    let before =
                        idx.checked_sub(1).and_then(|idx| numbers.get(idx)).copied().unwrap_or(Err(Why::Undefined))?;
                    if self == Over::Change {
                        finite(now - before)
                    } else {
                        finite((now - before) / before.abs() * 100.0)
                    }
                })
                .collect(),
            Over::Index100 => {
                let base = numbers.iter().find_map(|number| number.ok());
                numbers.iter().map(|number| finite((*number)? / base.ok_or(Why::Undefined)? * 100.0)).collect()
            }
            Over::Rank | Over::RankAscending => {
                let is_before = |other: f64, own: f64| if self == Over::Rank { other > own } else { other < own };
                let mut sorted: Vec<f64> =
                    crate::order::sorted(&numbers.iter().filter_map(|number| number.ok()).collect::<Vec<_>>());
                if self == Over::Rank {
                    sorted.reverse();
                }
                numbers
                    .iter()
                    .map(|number| {
                        let own = (*number)?;
                        Ok(sorted.partition_point(|other| is_before(*other, own)) as f64 + 1.0)
                    })
                    .collect()
            }
        }
    }
}

/// The mean of each number and of those before it, `n` in all: the difference of two sums from the first row on, so that a
/// long window takes no longer than a short one.
fn rolling_mean(numbers: &[Result<f64, Why>], n: usize) -> Vec<Result<f64, Why>> {
    let (mut sum, mut sums, mut missing) = (Sum::default(), vec![Sum::default()], Vec::new());
    let mean = |(idx, number): (usize, &Result<f64, Why>)| {
        match number {
            Ok(number) => sum.add(*number),
            Err(why) => missing.push((idx, *why)),
        }
        sums.push(sum);
        let from = (idx + 1).checked_sub(n).ok_or(Why::Undefined)?;
        let first = missing.partition_point(|(at, _)| *at < from);
        if let Some((_, why)) = missing.get(first) {
            return Err(*why);
        }
        let before = sums.get(from).copied().unwrap_or_default();
        Some(sum.since(before) / n as f64).filter(|mean| mean.is_finite()).ok_or(Why::Undefined)
    };
    numbers.iter().enumerate().map(mean).collect()
}

pub(super) fn window(mut table: Table, columns: &[(String, Over, String)], by: &[String]) -> Table {
    let partitions = partitions(&table, by);
    for (name, over, of) in columns {
        let Some(column) = table.column(of) else { continue };
        let mut outcomes = vec![Err(Why::Absent); table.n_rows()];
        for rows in &partitions {
            let cells: Vec<Value<'_>> = rows.iter().map(|&row_idx| column.value(row_idx)).collect();
            for (row_idx, outcome) in rows.iter().zip(over.compute(&cells)) {
                if let Some(place) = outcomes.get_mut(*row_idx) {
                    *place = outcome;
                }
            }
        }
        let unit = match over {
            Over::ChangePercent => Some("%".to_string()),
            Over::Index100 | Over::Rank | Over::RankAscending => None,
            _ => column.unit.clone(),
        };
        table.set_column(Column::numbers(name.as_str(), outcomes).with_unit(unit));
    }
    table
}
