//! How do many rows become one row a group?

use super::aggregate::{How, Measure, aggregate};
use crate::column::{Cells, Column};
use crate::csv_out;
use crate::index::Index;
use crate::notice::{Notice, Place};
use crate::sum::sum;
use crate::table::{Table, join};
use crate::value::{Value, Why};

/// The key of a row: its cells in the given columns, as files write them.
pub(crate) fn row_key(columns: &[&Column], row_idx: usize) -> String {
    // a unit separator cannot stand in a cell of a text file without being part of it on purpose
    let mut key = String::new();
    for column in columns {
        key.push_str(&csv_out::cell(column, row_idx, csv_out::Reader::Program));
        key.push(if column.value(row_idx).is_missing() { '\u{1e}' } else { '\u{1f}' });
    }
    key
}

/// One row a group, groups in the order of their first row. Missing values are left out of the measure and counted in
/// a notice: the reader must know that a sum is partial.
pub(super) fn group(table: &Table, by: &[String], measures: &[Measure], key: &str, notices: &mut Vec<Notice>) -> Table {
    let by_columns: Vec<&Column> = by.iter().filter_map(|name| table.column(name)).collect();
    let groups = groups(table, &by_columns);
    let first_rows: Vec<usize> = groups.iter().filter_map(|group| group.first().copied()).collect();
    let mut grouped = Table { columns: Vec::new(), set_aside: table.set_aside.clone() };
    for column in by_columns {
        let mut named = column.empty_like();
        first_rows.iter().for_each(|&row_idx| named.push(column.value(row_idx)));
        grouped.columns.push(named);
    }
    for measure in measures {
        let of = measure.of.as_deref().and_then(|name| table.column(name));
        let mut partial = Vec::new();
        grouped.columns.push(measured(measure, of, &groups, &mut partial));
        say_partial(measure, &partial, grouped.columns.get(..by.len()).unwrap_or_default(), key, notices);
    }
    grouped
}

/// The rows of each group, groups in the order of their first row.
pub(super) fn groups(table: &Table, by: &[&Column]) -> Vec<Vec<usize>> {
    let mut group_of_key = Index::default();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for row_idx in 0..table.n_rows() {
        let group_idx = group_of_key.number(&row_key(by, row_idx));
        match groups.get_mut(group_idx) {
            Some(group) => group.push(row_idx),
            None => groups.push(vec![row_idx]),
        }
    }
    groups
}

/// Says which groups lack values: `« total » est calculé sans 2 valeur(s) manquante(s) (2021, 2023).`
fn say_partial(measure: &Measure, partial: &[(usize, usize)], by: &[Column], key: &str, notices: &mut Vec<Notice>) {
    const SAID: usize = 5;
    let n_missing: usize = partial.iter().map(|(_, n_missing)| n_missing).sum();
    if n_missing == 0 || measure.how == How::Count {
        return;
    }
    let name = |group_idx: usize| {
        let cells = by.iter().map(|column| csv_out::cell(column, group_idx, csv_out::Reader::Program));
        join(&cells.collect::<Vec<_>>(), " ")
    };
    let mut names: Vec<String> = partial.iter().take(SAID).map(|(group_idx, _)| name(*group_idx)).collect();
    names.retain(|name| !name.is_empty());
    if partial.len() > SAID {
        names.push("…".to_string());
    }
    let list = if names.is_empty() { String::new() } else { format!(" ({})", join(&names, ", ")) };
    let s = if n_missing > 1 { "s" } else { "" };
    notices.push(Notice::warning(
        "group.partial",
        Place::column(key),
        format_args!("« {} » est calculé sans {n_missing} valeur{s} manquante{s}{list}.", measure.name),
        format_args!("“{}” is computed without {n_missing} missing value{s}{list}.", measure.name),
    ));
}

fn measured(
    measure: &Measure,
    of: Option<&Column>,
    groups: &[Vec<usize>],
    partial: &mut Vec<(usize, usize)>,
) -> Column {
    if let Some(column) = of.filter(|column| column.is_period() && matches!(measure.how, How::Min | How::Max)) {
        return first_or_last_period(measure, column, groups);
    }
    let mut numbers = Vec::with_capacity(groups.len());
    for (group_idx, group) in groups.iter().enumerate() {
        let Some(column) = of else {
            numbers.push(Ok(group.len() as f64));
            continue;
        };
        let known: Vec<Value<'_>> =
            group.iter().map(|&row_idx| column.value(row_idx)).filter(|value| !value.is_missing()).collect();
        if known.len() < group.len() {
            partial.push((group_idx, group.len() - known.len()));
        }
        numbers.push(if measure.how == How::Count {
            Ok(known.len() as f64)
        } else {
            // a group whose every value is hidden for one reason keeps that reason
            let why = group.first().map(|&row_idx| column.value(row_idx));
            let known: Vec<f64> = known.into_iter().filter_map(Value::number).collect();
            aggregate(measure.how, &known).map_err(|absent| match why {
                Some(Value::Missing(why)) => why,
                _ => absent,
            })
        });
    }
    if measure.how == How::Share {
        take_shares(&mut numbers, partial.is_empty());
    }
    let unit = unit_of(measure, of.and_then(|column| column.unit.clone()));
    let ranks = groups.iter().map(|group| match of.filter(|_| measure.how != How::Count) {
        Some(column) => group.iter().map(|&row_idx| column.rank(row_idx)).max().unwrap_or(0),
        None => 0,
    });
    Column::numbers(measure.name.as_str(), numbers).with_unit(unit).with_ranks(ranks)
}

/// Parts in percent of their sum. Of a whole that is not known there are none.
fn take_shares(numbers: &mut [Result<f64, Why>], is_whole: bool) {
    let known = numbers.iter().filter_map(|number| number.ok());
    let whole = sum(known).filter(|whole| *whole != 0.0 && is_whole);
    for number in numbers {
        *number = match (*number, whole) {
            (Ok(part), Some(whole)) => Ok(part / whole * 100.0),
            (Ok(_), None) => Err(Why::Undefined),
            (Err(why), _) => Err(why),
        };
    }
}

fn unit_of(measure: &Measure, unit: Option<String>) -> Option<String> {
    match measure.how {
        How::Count => None,
        How::Share => Some("%".to_string()),
        _ => unit,
    }
}

fn first_or_last_period(measure: &Measure, column: &Column, groups: &[Vec<usize>]) -> Column {
    let mut made = Column::new(measure.name.as_str(), Cells::Period(Vec::new()));
    for group in groups {
        let periods = group.iter().filter_map(|&row_idx| match column.value(row_idx) {
            Value::Period(period) => Some(period),
            _ => None,
        });
        let found = if measure.how == How::Min { periods.min() } else { periods.max() };
        made.push(found.map_or(Value::Missing(Why::Absent), Value::Period));
    }
    made
}

/// Which of some keys are the same once they are read: the first row of each group, and the group of each row.
pub fn merge_keys(keys: &[Column], n_rows: usize) -> (Vec<usize>, Vec<usize>) {
    let columns: Vec<&Column> = keys.iter().collect();
    let (mut index, mut first, mut groups) = (Index::default(), Vec::new(), Vec::with_capacity(n_rows));
    for row_idx in 0..n_rows {
        let group = index.number(&row_key(&columns, row_idx));
        if group == first.len() {
            first.push(row_idx);
        }
        groups.push(group);
    }
    (first, groups)
}

/// What someone else computed for a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// The number; none when the group has no known value. For a share, the group's sum or count of rows.
    pub value: Option<f64>,
    /// How many rows of the group lack the value.
    pub n_missing: usize,
    /// Why there is no number, when there is none.
    pub why: Why,
    /// How unsure the least sure of its numbers is (`Hedge::rank`).
    pub rank: u8,
}

/// The table of groups that someone else made: the columns of the keys, and each measure with its unit. Shares are taken
/// here, and groups that lack values are said, as `group` does.
pub fn from_counted(
    by: Vec<Column>,
    measures: Vec<(Measure, Vec<Counted>, Option<String>)>,
    key: &str,
) -> (Table, Vec<Notice>) {
    let n_keys = by.len();
    let (mut table, mut notices) = (Table::new(by), Vec::new());
    for (measure, groups, unit) in measures {
        let mut numbers: Vec<Result<f64, Why>> = groups.iter().map(|group| group.value.ok_or(group.why)).collect();
        let partial: Vec<(usize, usize)> =
            groups.iter().enumerate().map(|(idx, group)| (idx, group.n_missing)).filter(|(_, n)| *n > 0).collect();
        if measure.how == How::Share {
            take_shares(&mut numbers, partial.is_empty());
        }
        let unit = unit_of(&measure, unit);
        let ranks = groups.iter().map(|group| if measure.how == How::Count { 0 } else { group.rank });
        table.columns.push(Column::numbers(measure.name.as_str(), numbers).with_unit(unit).with_ranks(ranks));
        say_partial(&measure, &partial, table.columns.get(..n_keys).unwrap_or_default(), key, &mut notices);
    }
    (table, notices)
}
