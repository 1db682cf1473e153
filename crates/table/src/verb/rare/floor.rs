//! In which week, month, quarter, year or school year does each day fall?

use crate::column::{Cells, Column};
use crate::day::Grain;
use crate::notice::{Notice, Place};
use crate::table::Table;
use crate::value::{Value, Why};

pub(super) fn floor(
    mut table: Table,
    column: &str,
    grain: Grain,
    name: &str,
    key: &str,
    notices: &mut Vec<Notice>,
) -> Table {
    let Some(periods) = table.column(column) else { return table };
    if !periods.is_period() {
        notices.push(Notice::error(
            "floor.not-dates",
            Place::column(key),
            format_args!("« {column} » n’est pas une colonne de dates."),
            format_args!("“{column}” is not a column of dates."),
        ));
        return table;
    }
    let mut made = Column::new(name, Cells::Period(Vec::new()));
    let mut n_longer = 0;
    for value in periods.values() {
        made.push(match value {
            Value::Period(period) => match period.floor(grain) {
                Some(floored) => Value::Period(floored),
                None => {
                    n_longer += 1;
                    Value::Missing(Why::Undefined)
                }
            },
            other => other,
        });
    }
    if n_longer > 0 {
        notices.push(Notice::warning(
            "floor.longer",
            Place::column(key),
            format_args!("{n_longer} période(s) de « {column} » sont plus longues que l’unité demandée : elles n’y tiennent pas et sont laissées vides."),
            format_args!("{n_longer} period(s) of “{column}” are longer than the unit asked for: they do not fit and are left empty."),
        ));
    }
    table.set_column(made);
    table
}
