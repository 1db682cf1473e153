//! In which range does each number fall?

use super::Cuts;
use crate::column::{Cells, Column};
use crate::locale::{Lang, write_number};
use crate::notice::{Notice, Place};
use crate::table::Table;
use crate::value::{Value, Why};

/// A column of ranges, `10 à 19` for whole numbers and `0,5 à moins de 1` for others: lower bound included, upper not.
pub(super) fn bin(
    mut table: Table,
    column: &str,
    cuts: &Cuts,
    name: &str,
    key: &str,
    notices: &mut Vec<Notice>,
) -> Table {
    let Some(numbers) = table.column(column) else { return table };
    if !numbers.is_number() {
        notices.push(Notice::error(
            "bin.not-numbers",
            Place::column(key),
            format_args!("« {column} » n’est pas une colonne de nombres : elle n’a pas de tranches."),
            format_args!("“{column}” is not a column of numbers: it has no ranges."),
        ));
        return table;
    }
    let is_whole = |number: f64| number.floor() == number;
    let all_whole = numbers.values().filter_map(Value::number).all(is_whole)
        && match cuts {
            Cuts::Width(width) => is_whole(*width),
            Cuts::At(at) => at.iter().all(|cut| is_whole(*cut)),
        };
    let write = |number: f64| {
        let decimals = crate::locale::n_decimals(number).min(6);
        write_number(number, decimals, Lang::Fr)
    };
    let between = |low: f64, high: f64| match all_whole {
        true if high - low <= 1.0 => write(low),
        true => format!("{} à {}", write(low), write(high - 1.0)),
        false => format!("{} à moins de {}", write(low), write(high)),
    };
    let label = |number: f64| match cuts {
        Cuts::Width(width) => {
            let low = (number / width).floor() * width;
            between(low, low + width)
        }
        Cuts::At(at) => {
            let above = at.iter().position(|cut| number < *cut);
            match above {
                Some(0) => format!("moins de {}", write(at.first().copied().unwrap_or(0.0))),
                Some(idx) => between(at.get(idx - 1).copied().unwrap_or(0.0), at.get(idx).copied().unwrap_or(0.0)),
                None => format!("{} et plus", write(at.last().copied().unwrap_or(0.0))),
            }
        }
    };
    let mut made = Column::new(name, Cells::Text(Vec::new()));
    for value in numbers.values() {
        match value {
            Value::Number(number) => made.push(Value::Text(&label(number))),
            Value::Missing(why) => made.push(Value::Missing(why)),
            _ => made.push(Value::Missing(Why::Undefined)),
        }
    }
    table.set_column(made);
    table
}
