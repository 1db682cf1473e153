//! Which rows are the largest, and what is the rest together?

use crate::column::Column;
use crate::order::order_by;
use crate::sum::sum;
use crate::table::Table;
use crate::value::{Value, Why};

/// The `n` largest rows, in descending order, and one more row: the sum of every column of numbers over the rest (not
/// of percentages: they do not add up), or missing where one of them is.
pub(super) fn top(table: Table, n: usize, by: &str, name: &str, others: &str) -> Table {
    let Some(ranked) = table.column(by) else { return table };
    let size = |row_idx: usize| ranked.value(row_idx).number().unwrap_or(f64::NEG_INFINITY);
    let order = order_by(table.n_rows(), &mut |one, other| size(other).total_cmp(&size(one)));
    let (first, rest) = order.split_at(n.min(order.len()));
    let mut made = table.rows(first);
    if rest.is_empty() {
        return made;
    }
    for (made, column) in made.columns.iter_mut().zip(&table.columns) {
        made.push(match () {
            () if column.name == name => Value::Text(others),
            () if column.is_number() && column.unit.as_deref() != Some("%") => rest_of(column, rest),
            () => Value::Missing(Why::NotApplicable),
        });
    }
    made
}

/// The known ones added up; a part of them when some are missing, which `group.partial` says of the columns it names.
fn rest_of(column: &Column, rest: &[usize]) -> Value<'static> {
    let known = rest.iter().filter_map(|&row_idx| column.value(row_idx).number());
    sum(known).map_or(Value::Missing(Why::Absent), Value::Number)
}
