//! Which part of its whole is each row?

use super::partitions;
use crate::column::Column;
use crate::notice::{Notice, Place};
use crate::sum::sum;
use crate::table::Table;
use crate::value::{Value, Why};

/// The part of each row in the sum of its partition, in percent. Of a whole that lacks a part there are no shares.
pub(super) fn share(
    mut table: Table,
    of: &str,
    by: &[String],
    name: &str,
    key: &str,
    notices: &mut Vec<Notice>,
) -> Table {
    let Some(column) = table.column(of) else { return table };
    let mut shares = vec![Err(Why::Undefined); table.n_rows()];
    let mut n_unknown = 0;
    for rows in partitions(&table, by) {
        let cells: Vec<Value<'_>> = rows.iter().map(|&row_idx| column.value(row_idx)).collect();
        let known: Option<Vec<f64>> = cells.iter().map(|cell| cell.number()).collect();
        let whole = known.and_then(sum).filter(|whole| *whole != 0.0);
        n_unknown += usize::from(whole.is_none());
        for (row_idx, cell) in rows.iter().zip(cells) {
            let outcome = match (cell, whole) {
                (Value::Number(part), Some(whole)) => Ok(part / whole * 100.0),
                (Value::Missing(why), _) => Err(why),
                _ => Err(Why::Undefined),
            };
            if let Some(place) = shares.get_mut(*row_idx) {
                *place = outcome;
            }
        }
    }
    if n_unknown > 0 {
        notices.push(Notice::warning(
            "share.unknown-whole",
            Place::column(key),
            format_args!("{n_unknown} total(aux) de « {of} » inconnus (valeur manquante ou total nul) : leurs parts ne sont pas calculées."),
            format_args!("{n_unknown} total(s) of “{of}” are unknown (missing value or zero total): their shares are not computed."),
        ));
    }
    let column = Column::numbers(name, shares).with_unit(Some("%".to_string()));
    table.set_column(column);
    table
}
