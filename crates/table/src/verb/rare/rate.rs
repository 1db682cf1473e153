//! How much is an amount per inhabitant?

use crate::column::Column;
use crate::table::Table;
use crate::value::{Value, Why};

pub(super) fn rate(mut table: Table, columns: &[(String, String)], population: &str, per: f64) -> Table {
    for (of, name) in columns {
        let (Some(amounts), Some(people)) = (table.column(of), table.column(population)) else { continue };
        let rates: Vec<Result<f64, Why>> = (0..table.n_rows())
            .map(|row_idx| match (amounts.value(row_idx), people.value(row_idx)) {
                (Value::Number(amount), Value::Number(people)) if people > 0.0 => Ok(amount / people * per),
                (Value::Missing(why), _) | (_, Value::Missing(why)) => Err(why),
                _ => Err(Why::Undefined),
            })
            .collect();
        let unit = match (&amounts.unit, per == 1.0) {
            (Some(unit), true) => Some(format!("{unit}/hab.")),
            (Some(unit), false) => Some(unit.clone()),
            (None, _) => None,
        };
        let column = Column::numbers(name.as_str(), rates).with_unit(unit);
        table.set_column(column);
    }
    table
}
