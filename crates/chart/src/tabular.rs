//! What does the chart's table twin hold? All that is drawn, as it is drawn, and its download.

use encart_table::csv_out::{Reader, write_csv};
use encart_table::{Cells, Column, Lang, Table, Value};

use crate::channel::Channels;
use crate::say::say_cell;

/// The table twin: one row a slot, one column a series, every cell in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Twin {
    /// The names of the columns; the first is the x column's.
    pub head: Vec<String>,
    /// The rows; the first cell names the row.
    pub rows: Vec<Vec<String>>,
    /// The same as a CSV file, numbers as numbers.
    pub csv: String,
}

/// Makes the twin.
pub(crate) fn twin(channels: &Channels, lang: Lang) -> Twin {
    let names = channels.series.iter().map(|series| name_with_unit(channels, &series.name));
    let head: Vec<String> = std::iter::once(channels.x_name.clone()).chain(names).collect();
    let rows = channels.slots.iter().enumerate().map(|(slot_idx, slot)| {
        let values = (0..channels.series.len()).map(|series_idx| say_cell(channels, series_idx, slot_idx));
        std::iter::once(slot.label.clone()).chain(values).collect()
    });
    let rows = rows.collect();
    Twin { head, rows, csv: write_csv(&as_table(channels), Reader::Spreadsheet(lang)) }
}

/// `Montant (€)`: the unit once, in the head, not in every cell.
fn name_with_unit(channels: &Channels, name: &str) -> String {
    match &channels.full.unit {
        Some(unit) if !name.ends_with(&format!("({unit})")) => format!("{name} ({unit})"),
        _ => name.to_string(),
    }
}

fn as_table(channels: &Channels) -> Table {
    let is_time = channels.slots.iter().all(|slot| slot.period.is_some());
    let mut x = Column::new(
        channels.x_name.as_str(),
        if is_time { Cells::Period(Vec::new()) } else { Cells::Text(Vec::new()) },
    );
    for slot in &channels.slots {
        x.push(match slot.period {
            Some(period) if is_time => Value::Period(period),
            _ => Value::Text(&slot.label),
        });
    }
    let mut columns = vec![x];
    let lang = channels.full.lang;
    for (series_idx, series) in channels.series.iter().enumerate() {
        let name = name_with_unit(channels, &series.name);
        // what numbers alone do not say stands beside them
        let mention = |slot_idx: usize| match (series.values.get(slot_idx), channels.hedge(series_idx, slot_idx)) {
            (_, Some(hedge)) => hedge.words(lang).to_string(),
            (Some(Err(why)), None) => why.words(lang).to_string(),
            _ => String::new(),
        };
        let mentions: Vec<String> = (0..channels.slots.len()).map(mention).collect();
        let has_any = mentions.iter().any(|mention| !mention.is_empty());
        let beside = Column::texts([name.as_str(), " – ", lang.pick("mention", "remark")].concat(), mentions);
        columns.push(Column::numbers(name, series.values.iter().copied()));
        columns.extend(has_any.then_some(beside));
    }
    Table::new(columns)
}
