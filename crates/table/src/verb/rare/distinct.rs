//! Which rows say the same twice?

use crate::column::Column;
use crate::index::Index;
use crate::notice::{Notice, Place};
use crate::table::Table;
use crate::verb::group::row_key;

/// The first of the rows that are equal in these columns (in all, when none is named); how many went is said.
pub(super) fn distinct(table: Table, columns: &[String], key: &str, notices: &mut Vec<Notice>) -> Table {
    let keys: Vec<&Column> = match columns {
        [] => table.columns.iter().collect(),
        _ => columns.iter().filter_map(|name| table.column(name)).collect(),
    };
    let (mut seen, mut kept) = (Index::default(), Vec::new());
    for row_idx in 0..table.n_rows() {
        if seen.number(&row_key(&keys, row_idx)) == kept.len() {
            kept.push(row_idx);
        }
    }
    let n_removed = table.n_rows() - kept.len();
    if n_removed > 0 {
        let (s, z) = if n_removed > 1 { ("s", "s") } else { ("", "") };
        notices.push(Notice::info(
            "distinct.removed",
            Place::column(key),
            format_args!("{n_removed} doublon{s} retiré{s}."),
            format_args!("{n_removed} duplicate{z} removed."),
        ));
    }
    table.rows(&kept)
}
