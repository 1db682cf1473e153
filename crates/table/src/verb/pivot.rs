//! How do columns become rows, and rows columns?

use super::group::row_key;
use super::too_large;
use crate::column::{Cells, Column};
use crate::decimal::write_plain;
use crate::index::Index;
use crate::locale::write_iso;
use crate::notice::{Notice, Place};
use crate::table::Table;
use crate::unit;
use crate::value::{Value, Why};

/// Each of `columns` gives a row for each row: its name, its value. The names' units (`2023 (%)`) go to the values.
pub(super) fn longer(
    table: &Table,
    columns: &[String],
    names_to: &str,
    values_to: &str,
    key: &str,
    notices: &mut Vec<Notice>,
) -> Table {
    let folded: Vec<&Column> = columns.iter().filter_map(|name| table.column(name)).collect();
    let kept: Vec<&Column> =
        table.columns.iter().filter(|column| !folded.iter().any(|other| other.name == column.name)).collect();
    let Some(first) = folded.first() else { return table.clone() };
    if let Some(other) = folded.iter().find(|column| column.type_name() != first.type_name()) {
        notices.push(Notice::error(
            "longer.types",
            Place::column(key),
            format_args!(
                "« {} » et « {} » ne sont pas du même type : leurs valeurs ne tiennent pas dans une seule colonne.",
                first.name, other.name
            ),
            format_args!(
                "“{}” and “{}” are not of the same type: their values do not fit in one column.",
                first.name, other.name
            ),
        ));
        return table.clone();
    }
    let names: Vec<&str> = folded.iter().map(|column| name_without_unit(&column.name)).collect();
    let are_years = names.iter().all(|name| name.len() == 4 && name.parse::<u16>().is_ok());
    let mut name_column =
        Column::new(names_to, if are_years { Cells::Period(Vec::new()) } else { Cells::Text(Vec::new()) });
    let mut value_column = first.empty_like().named(values_to);
    let mut made: Vec<Column> = kept.iter().map(|column| column.empty_like()).collect();
    for row_idx in 0..table.n_rows() {
        for (column, name) in folded.iter().zip(&names) {
            made.iter_mut().zip(&kept).for_each(|(made, kept)| made.push_from(kept, row_idx));
            match name.parse() {
                Ok(year) if are_years => name_column.push(Value::Period(crate::day::Period::year(year))),
                _ => name_column.push(Value::Text(name)),
            }
            value_column.push_from(column, row_idx);
        }
    }
    made.extend([name_column, value_column]);
    Table { columns: made, set_aside: table.set_aside.clone() }
}

fn name_without_unit(name: &str) -> &str {
    match (unit::from_header(name), name.rsplit_once(['(', '['])) {
        (Some(_), Some((name, _))) => name.trim(),
        _ => name,
    }
}

/// One column for each value of `names_from`, one row for each combination of the other columns. A combination that no
/// row speaks of is absent, not zero; of two rows for one cell the first is kept and the notice says so.
pub(super) fn wider(table: &Table, names_from: &str, values_from: &str, key: &str, notices: &mut Vec<Notice>) -> Table {
    let (Some(names), Some(values)) = (table.column(names_from), table.column(values_from)) else {
        return table.clone();
    };
    let kept: Vec<&Column> =
        table.columns.iter().filter(|column| column.name != names.name && column.name != values.name).collect();
    let mut new_names: Vec<String> = Vec::new();
    let mut number_of_name = Index::default();
    let mut row_of_key = Index::default();
    let mut first_rows: Vec<usize> = Vec::new();
    // by new row, then by new column
    let mut cells: Vec<Vec<Option<Value<'_>>>> = Vec::new();
    let mut n_twice = 0;
    for row_idx in 0..table.n_rows() {
        let name = match names.value(row_idx) {
            Value::Text(text) => text.to_string(),
            Value::Number(number) => write_plain(number),
            Value::Period(period) => write_iso(period),
            Value::Missing(why) => why.words(crate::locale::Lang::Fr).to_string(),
        };
        let name_idx = number_of_name.number(&name);
        if name_idx == new_names.len() {
            new_names.push(name);
        }
        let made_idx = row_of_key.number(&row_key(&kept, row_idx));
        if let Some(notice) = too_large(new_names.len().saturating_mul(row_of_key.len()), key) {
            notices.push(notice);
            return table.clone();
        }
        if made_idx == cells.len() {
            first_rows.push(row_idx);
            cells.push(Vec::new());
        }
        let Some(row) = cells.get_mut(made_idx) else { continue };
        while row.len() <= name_idx {
            row.push(None);
        }
        match row.get_mut(name_idx) {
            Some(empty @ None) => *empty = Some(values.value(row_idx)),
            _ => n_twice += 1,
        }
    }
    if n_twice > 0 {
        notices.push(Notice::error(
            "wider.twice",
            Place::column(key),
            format_args!("{n_twice} ligne(s) donnent une seconde valeur à la même case ; la première est gardée. Regroupez d’abord avec « group »."),
            format_args!("{n_twice} row(s) give a second value to the same cell; the first is kept. Group first with “group”."),
        ));
    }
    let mut made: Vec<Column> = kept
        .iter()
        .map(|column| {
            let mut picked = column.empty_like();
            first_rows.iter().for_each(|&row_idx| picked.push_from(column, row_idx));
            picked
        })
        .collect();
    for (name_idx, name) in new_names.into_iter().enumerate() {
        let mut column = values.empty_like().named(&name);
        for made_idx in 0..first_rows.len() {
            let cell = cells.get(made_idx).and_then(|row| row.get(name_idx).copied().flatten());
            column.push(cell.unwrap_or(Value::Missing(Why::Absent)));
        }

        made.push(column);
    }
    Table { columns: made, set_aside: table.set_aside.clone() }
}
