//! Which rows are the largest, and what is the rest together?

use crate::column::Column;
use crate::notice::{Notice, Place};
use crate::order::order_by;
use crate::sum::sum;
use crate::table::Table;
use crate::value::{Value, Why};

/// The `n` largest rows, in descending order, and one more row: the sum of every column of numbers over the rest (not
/// of percentages: they do not add up). Where some of the rest have no value, the sum is of the others, and says so.
pub(super) fn top(
    table: Table,
    n: usize,
    (by, name, others): (&str, &str, &str),
    key: &str,
    notices: &mut Vec<Notice>,
) -> Table {
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
            () if column.is_number() && column.unit.as_deref() != Some("%") => {
                say_partial(column, rest, others, key, notices);
                rest_of(column, rest)
            }
            () => Value::Missing(Why::NotApplicable),
        });
    }
    made
}

/// The known ones added up.
fn rest_of(column: &Column, rest: &[usize]) -> Value<'static> {
    let known = rest.iter().filter_map(|&row_idx| column.value(row_idx).number());
    sum(known).map_or(Value::Missing(Why::Absent), Value::Number)
}

fn say_partial(column: &Column, rest: &[usize], others: &str, key: &str, notices: &mut Vec<Notice>) {
    let n_missing = rest.iter().filter(|&&row_idx| column.value(row_idx).is_missing()).count();
    if n_missing > 0 {
        let name = &column.name;
        notices.push(Notice::warning(
            "group.partial",
            Place::column(key),
            format_args!("« {others} » : {name} est calculé sans {n_missing} valeur(s) manquante(s)."),
            format_args!("“{others}”: {name} is computed without {n_missing} missing value(s)."),
        ));
    }
}
