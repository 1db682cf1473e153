//! What does the chart's table twin hold? All that is drawn, as it is drawn.

use encart_table::{Cells, Column, Table, Value, Why};

use crate::channel::{Channels, Series};
use crate::say::say_cell;
use crate::spec::Kind;

/// The table twin: one row a slot, one column a series, every cell in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Twin {
    /// The names of the columns; the first is the x column's.
    pub head: Vec<String>,
    /// The rows; the first cell names the row.
    pub rows: Vec<Vec<String>>,
}

/// Makes the twin.
pub(crate) fn twin(channels: &Channels) -> Twin {
    if is_long(channels) {
        let head = vec![channels.x_name.clone(), channels.color_name.clone(), with_unit(channels, &channels.y_name)];
        let row = |(series_idx, slot_idx): (usize, usize)| {
            let (slot, series) = (channels.slots.get(slot_idx)?, channels.series.get(series_idx)?);
            Some(vec![slot.label.clone(), series.name.clone(), say_cell(channels, series_idx, slot_idx)])
        };
        return Twin { head, rows: pairs(channels).into_iter().filter_map(row).collect() };
    }
    let names = (0..channels.series.len()).map(|series_idx| name_with_unit(channels, series_idx));
    let head: Vec<String> = std::iter::once(channels.slot_name.clone()).chain(names).collect();
    let rows = channels.slots.iter().enumerate().map(|(slot_idx, slot)| {
        let values = (0..channels.series.len()).map(|series_idx| say_cell(channels, series_idx, slot_idx));
        std::iter::once(slot.label.clone()).chain(values).collect()
    });
    Twin { head, rows: rows.collect() }
}

/// How many rows it has.
pub(crate) fn n_rows(channels: &Channels) -> usize {
    if is_long(channels) { pairs(channels).len() } else { channels.slots.len() }
}

/// Where most pairs of a slot and a series are none, a row is a pair.
fn is_long(channels: &Channels) -> bool {
    matches!(channels.kind, Kind::Treemap | Kind::Sankey) && channels.n_values() > 1
}

/// The pairs of which a row of the data speaks: series, slot.
fn pairs(channels: &Channels) -> Vec<(usize, usize)> {
    let slots = (0..channels.slots.len()).flat_map(|slot_idx| {
        let speaks = move |series: &Series| !matches!(series.values.get(slot_idx), None | Some(Err(Why::Absent)));
        channels.values().filter(move |(_, series)| speaks(series)).map(move |(series_idx, _)| (series_idx, slot_idx))
    });
    slots.collect()
}

/// `Montant (€)`: the unit once, in the head, not in every cell.
fn name_with_unit(channels: &Channels, series_idx: usize) -> String {
    let name = channels.series.get(series_idx).map_or("", |series| series.name.as_str());
    name_and(name, channels.full_of(series_idx).unit.as_deref())
}

fn with_unit(channels: &Channels, name: &str) -> String {
    name_and(name, channels.full.unit.as_deref())
}

/// A name with its unit, unless it says it already: `Montant (€)`.
pub fn name_and(name: &str, unit: Option<&str>) -> String {
    match unit {
        Some(unit) if !name.ends_with(&format!("({unit})")) && name != unit => format!("{name} ({unit})"),
        _ => name.to_string(),
    }
}

/// What is drawn as a table: numbers as numbers, dates as dates.
pub(crate) fn as_table(channels: &Channels) -> Table {
    if is_long(channels) {
        let pairs = pairs(channels);
        let slots =
            pairs.iter().filter_map(|(_, slot_idx)| channels.slots.get(*slot_idx)).map(|slot| slot.label.clone());
        let series = pairs.iter().filter_map(|(idx, _)| channels.series.get(*idx)).map(|series| series.name.clone());
        let value =
            |(series_idx, slot_idx): &(usize, usize)| channels.series.get(*series_idx)?.values.get(*slot_idx).copied();
        return Table::new(vec![
            Column::texts(channels.x_name.as_str(), slots),
            Column::texts(channels.color_name.as_str(), series),
            Column::numbers(with_unit(channels, &channels.y_name), pairs.iter().filter_map(value)),
        ]);
    }
    let is_time = channels.slots.iter().all(|slot| slot.period.is_some());
    let mut x = Column::new(
        channels.slot_name.as_str(),
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
        let name = name_with_unit(channels, series_idx);
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
