//! In which order do rows stand?

use std::cmp::Ordering;

use super::SortKey;
use crate::order::order_by;
use crate::table::{Table, fold};
use crate::value::Value;

/// Sorts by the first key, then the next; rows that are equal keep their order; missing values stay last.
pub(super) fn sort(table: &Table, keys: &[SortKey]) -> Table {
    let row_idxs = order_by(table.n_rows(), &mut |left, right| {
        let orders = keys.iter().filter_map(|key| {
            let column = table.column(&key.column)?;
            Some(compare(column.value(left), column.value(right), key.is_descending))
        });
        orders.into_iter().find(|order| *order != Ordering::Equal).unwrap_or(Ordering::Equal)
    });
    table.rows(&row_idxs)
}

fn compare(left: Value<'_>, right: Value<'_>, is_descending: bool) -> Ordering {
    let order = match (left, right) {
        (Value::Missing(_), Value::Missing(_)) => return Ordering::Equal,
        (Value::Missing(_), _) => return Ordering::Greater,
        (_, Value::Missing(_)) => return Ordering::Less,
        (Value::Number(left), Value::Number(right)) => left.total_cmp(&right),
        (Value::Period(left), Value::Period(right)) => left.cmp(&right),
        // accents and case do not decide, except between words that are otherwise the same
        (Value::Text(left), Value::Text(right)) => fold(left).cmp(&fold(right)).then_with(|| left.cmp(right)),
        _ => Ordering::Equal,
    };
    if is_descending { order.reverse() } else { order }
}
