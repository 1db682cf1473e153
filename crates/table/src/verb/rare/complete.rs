//! Which combinations does no row speak of?

use crate::column::Column;
use crate::index::Index;
use crate::notice::Notice;
use crate::table::Table;
use crate::value::{Value, Why};
use crate::verb::group::row_key;
use crate::verb::too_large;

/// Adds, below, one row for each combination of the columns' values that no row has: absent, never zero.
pub(super) fn complete(table: Table, columns: &[String], key: &str, notices: &mut Vec<Notice>) -> Table {
    let keys: Vec<&Column> = columns.iter().filter_map(|name| table.column(name)).collect();
    // the first row of each value of each column
    let values: Vec<Vec<usize>> = keys
        .iter()
        .map(|column| {
            let mut seen = Index::default();
            let mut firsts = Vec::new();
            for row_idx in 0..table.n_rows() {
                if seen.number(&row_key(&[column], row_idx)) == firsts.len() {
                    firsts.push(row_idx);
                }
            }
            firsts
        })
        .collect();
    let n_cells = values.iter().fold(table.columns.len(), |n_cells, firsts| n_cells.saturating_mul(firsts.len()));
    if let Some(notice) = too_large(n_cells, key) {
        notices.push(notice);
        return table;
    }
    let mut present = Index::default();
    (0..table.n_rows()).for_each(|row_idx| {
        present.number(&row_key(&keys, row_idx));
    });
    let n_present = present.len();
    let mut combinations: Vec<Vec<usize>> = vec![Vec::new()];
    for firsts in &values {
        combinations = combinations
            .iter()
            .flat_map(|rows| firsts.iter().map(|first| rows.iter().copied().chain([*first]).collect::<Vec<usize>>()))
            .collect();
    }
    let mut made: Vec<Column> = table.columns.clone();
    for rows in combinations {
        let key: String = keys.iter().zip(&rows).map(|(column, row_idx)| row_key(&[column], *row_idx)).collect();
        if present.number(&key) < n_present {
            continue;
        }
        for (made, column) in made.iter_mut().zip(&table.columns) {
            let at = keys.iter().position(|key| key.name == column.name).and_then(|idx| rows.get(idx));
            made.push(at.map_or(Value::Missing(Why::Absent), |row_idx| column.value(*row_idx)));
        }
    }
    Table { columns: made, set_aside: table.set_aside }
}
