//! Which rows does a condition keep?

use crate::expr::{Expr, Outcome};
use crate::notice::{Notice, Place};
use crate::table::Table;

/// What is said of rows that do not tell whether a condition holds.
pub fn unknown(n_unknown: usize, source: &str, key: &str) -> Notice {
    Notice::info(
        "filter.unknown",
        Place::column(key),
        format_args!(
            "{n_unknown} ligne(s) ne disent pas si « {source} » est vrai (valeur manquante) ; elles ne sont pas retenues."
        ),
        format_args!("{n_unknown} row(s) do not tell whether “{source}” is true (missing value); they are not kept."),
    )
}

/// What is said of a condition that keeps no row.
pub fn nothing(n_rows: usize, source: &str, key: &str) -> Notice {
    Notice::warning(
        "filter.nothing",
        Place::column(key),
        format_args!("aucune des {n_rows} lignes ne répond à « {source} »."),
        format_args!("none of the {n_rows} rows answers “{source}”."),
    )
}

/// Keeps the rows for which the expression is true, and counts those for which it has no answer.
pub(super) fn filter(table: &Table, expr: &Expr, key: &str, notices: &mut Vec<Notice>) -> Table {
    let mut kept = Vec::new();
    let mut n_unknown = 0;
    for row_idx in 0..table.n_rows() {
        match expr.eval(table, row_idx) {
            Outcome::Truth(true) => kept.push(row_idx),
            Outcome::Missing(_) => n_unknown += 1,
            _ => {}
        }
    }
    if n_unknown > 0 {
        notices.push(unknown(n_unknown, &expr.source, key));
    }
    if kept.is_empty() && table.n_rows() > 0 {
        notices.push(nothing(table.n_rows(), &expr.source, key));
    }
    table.rows(&kept)
}
