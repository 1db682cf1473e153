//! How do rows become series over slots?

use encart_table::index::Index;
use encart_table::locale::{write_number, write_period};
use encart_table::order::order_by;
use encart_table::{Column, Grain, Hedge, Lang, Notice, Period, Place, Value, Why};

use super::bind::too_many;
use super::{BETWEEN, Channels, Role, Series, Slot};
use crate::spec::{Kind, Spec, step};

/// The most values of a picture, drawn or missing.
const MOST_CELLS: usize = 1_000_000;

/// The columns whose cells become values.
pub(super) struct Measured<'a> {
    pub(super) x: &'a Column,
    pub(super) ys: Vec<(&'a Column, Role)>,
    pub(super) color: Option<&'a Column>,
    pub(super) facet: Option<&'a Column>,
    /// The column that says how sure each value is.
    pub(super) status: Option<&'a Column>,
    /// Whether rows are counted: where there is none the count is zero.
    pub(super) are_counts: bool,
}

/// The name of a cell as a category.
pub(super) fn label(value: Value<'_>, lang: Lang) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(number) => Some(write_number(number, encart_table::locale::n_decimals(number), lang)),
        Value::Period(period) => Some(write_period(period, lang)),
        Value::Missing(_) => None,
    }
}

fn period_of(value: Value<'_>) -> Option<Period> {
    if let Value::Period(period) = value { Some(period) } else { None }
}

/// The cells of the chart: the slots and series in the order in which the rows speak of them.
struct Cells {
    slots: Vec<Slot>,
    names: Vec<(Series, Option<Period>)>,
    /// By series, then by slot; none where no row speaks.
    values: Vec<Vec<Cell>>,
}

type Cell = Option<(Result<f64, Why>, Option<Hedge>)>;

impl Cells {
    fn at(&mut self, series_idx: usize, slot_idx: usize) -> Option<&mut Cell> {
        while self.values.len() <= series_idx {
            self.values.push(Vec::new());
        }
        let row = self.values.get_mut(series_idx)?;
        while row.len() <= slot_idx {
            row.push(None);
        }
        row.get_mut(slot_idx)
    }
}

/// The slots, the series and the names of the facets. None when most of the rows would be left out.
pub(super) fn collect(
    measured: &Measured<'_>,
    spec: &Spec,
    lang: Lang,
    notices: &mut Vec<Notice>,
) -> Option<(Vec<Slot>, Vec<Series>, Vec<String>)> {
    let Measured { x, ys, color, facet, status, are_counts } = measured;
    let mut statuses = Statuses::default();
    let mut cells = Cells { slots: Vec::new(), names: Vec::new(), values: Vec::new() };
    let mut facets: Vec<String> = Vec::new();
    let (mut slot_of_label, mut facet_of_name, mut series_of_name) =
        (Index::default(), Index::default(), Index::default());
    let (mut n_without_x, mut n_without_series, mut n_twice) = (0, 0, 0);
    let (mut twice_at, mut unnamed) = (String::new(), None);
    // a label that two columns would share tells neither
    let labels: Vec<String> = ys.iter().map(|(y, _)| spec.label_of(&y.name)).collect();
    let is_shared = |label: &String| labels.iter().filter(|other| *other == label).count() > 1;
    let named = |(idx, (y, _)): (usize, &(&Column, Role))| {
        labels.get(idx).filter(|label| !is_shared(label)).unwrap_or(&y.name).clone()
    };
    let names: Vec<String> = ys.iter().enumerate().map(named).collect();
    // a row without a value has nothing to lose
    let has_value = |row_idx: usize| ys.iter().any(|(y, _)| !y.value(row_idx).is_missing());
    for row_idx in 0..x.n_rows() {
        let x_value = x.value(row_idx);
        let Some(slot_label) = label(x_value, lang) else {
            n_without_x += usize::from(has_value(row_idx));
            continue;
        };
        let slot_idx = slot_of_label.number(&slot_label);
        if slot_idx == cells.slots.len() {
            cells.slots.push(Slot { label: slot_label.clone(), period: period_of(x_value), ..Slot::default() });
        }
        // a row without one of the names has no place
        let of = |column: Option<&Column>| column.map(|column| label(column.value(row_idx), lang));
        let (color_name, facet_name) = (of(*color), of(*facet));
        if color_name == Some(None) || facet_name == Some(None) {
            n_without_series += usize::from(has_value(row_idx));
            unnamed = if color_name == Some(None) { *color } else { *facet };
            continue;
        }
        let facet_idx = facet_name.flatten().map_or(0, |name| {
            let facet_idx = facet_of_name.number(&name);
            if facet_idx == facets.len() {
                facets.push(name);
            }
            facet_idx
        });
        let status = status.map(|column| status_of(column, row_idx, lang, &mut statuses));
        for ((y, role), label) in ys.iter().zip(&names) {
            let name = match (&color_name, role) {
                (Some(Some(name)), Role::Value) => name.clone(),
                (Some(Some(name)), Role::Lower | Role::Upper) => [name, BETWEEN, label].concat(),
                _ => label.clone(),
            };
            let series_idx = series_of_name.number(&format!("{name}\n{}\n{facet_idx}", *role as usize));
            if series_idx == cells.names.len() {
                let series = Series { name, role: *role, facet: facet_idx, ..Series::default() };
                cells.names.push((series, color.and_then(|color| period_of(color.value(row_idx)))));
            }
            let (n_slots, n_series) = (cells.slots.len(), cells.names.len());
            if n_slots.saturating_mul(n_series) > MOST_CELLS {
                notices.push(too_many(n_slots * n_series, MOST_CELLS, "x"));
                return None;
            }
            let said = status.clone().unwrap_or_default();
            let value = match (y.value(row_idx), said.why) {
                // what is said to be secret or missing is no value, whatever stands in its cell
                (Value::Number(_), Some(why)) => {
                    statuses.n_hidden += 1;
                    Err(why)
                }
                (Value::Missing(Why::Empty | Why::NotAvailable), Some(why)) => Err(why),
                (Value::Number(number), None) => Ok(number),
                (Value::Missing(why), _) => Err(why),
                _ => Err(Why::Unreadable),
            };
            let hedge = y.hedge(row_idx).cloned().or(said.hedge.filter(|_| value.is_ok()));
            match cells.at(series_idx, slot_idx) {
                Some(empty @ None) => *empty = Some((value, hedge)),
                _ => {
                    n_twice += 1;
                    if twice_at.is_empty() {
                        twice_at.clone_from(&slot_label);
                    }
                }
            }
        }
    }
    for (n_left, column, key) in [(n_without_x, Some(*x), "x"), (n_without_series, unnamed, "color")] {
        if let Some(column) = column.filter(|_| n_left > 0) {
            notices.push(unplaced(n_left, &spec.label_of(&column.name), key));
        }
    }
    statuses.say(notices);
    if n_twice > 0 {
        // the step that adds them up, to be pasted
        let by: Vec<&str> =
            [Some(*x), *color, *facet].into_iter().flatten().map(|column| column.name.as_str()).collect();
        let y = ys.first().map_or("", |(y, _)| y.name.as_str());
        let is_rate = ys.first().is_some_and(|(y, _)| y.unit.as_deref().is_some_and(|unit| unit.starts_with('%')));
        // a sum of rates is none
        let step = if is_rate { "filter".to_string() } else { step::group(&by, y, "sum") };
        let or_color = if color.is_none() { (", ou color", ", or color") } else { ("", "") };
        notices.push(Notice::error(
            "channel.twice",
            Place::column("y"),
            format_args!("{n_twice} ligne(s) donnent une seconde valeur au même endroit (par exemple « {twice_at} »). Ajoutez une étape, {step}{}.", or_color.0),
            format_args!("{n_twice} row(s) give a second value to the same place (such as “{twice_at}”). Add a step, {step}{}.", or_color.1),
        ));
        // most of the rows would be left out: that is another picture than the title's
        if n_twice * 2 > x.n_rows() {
            return None;
        }
    }
    let is_by_time = color.is_some_and(Column::is_period);
    let (slots, mut series) = lay_out(cells, x, is_by_time, *are_counts);
    if !facets.is_empty() {
        let is_alone = color.is_none() && ys.len() == 1;
        for series in &mut series {
            let name = facets.get(series.facet).map_or("", String::as_str);
            series.name = if is_alone { name.to_string() } else { [name, BETWEEN, &series.name].concat() };
        }
    }
    Some((slots, series, facets))
}

/// What the status of a row says of its values.
#[derive(Debug, Clone, PartialEq, Default)]
struct Status {
    hedge: Option<Hedge>,
    why: Option<Why>,
}

/// What a column of status says that the author should know: words that are not known, numbers that are none.
#[derive(Default)]
struct Statuses {
    /// Numbers beside which the status says that they are none.
    n_hidden: usize,
    n_rows: usize,
    words: Vec<String>,
    column: String,
}

fn status_of(column: &Column, row_idx: usize, lang: Lang, statuses: &mut Statuses) -> Status {
    let cell = column.value(row_idx);
    // a column of reasons alone was read as reasons
    if let Value::Missing(why) = cell {
        return Status { why: Some(why).filter(|why| *why != Why::Empty), hedge: None };
    }
    let Some(word) = label(cell, lang) else { return Status::default() };
    let (hedge, why) = (Hedge::from_status(&word), Why::from_status(&word));
    if hedge.is_none() && why.is_none() {
        statuses.column.clone_from(&column.name);
        statuses.n_rows += 1;
        if !statuses.words.contains(&word) {
            statuses.words.push(word);
        }
    }
    Status { hedge: hedge.flatten(), why }
}

impl Statuses {
    fn say(&self, notices: &mut Vec<Notice>) {
        let Statuses { n_hidden, n_rows, words, column } = self;
        if *n_hidden > 0 {
            notices.push(Notice::warning(
                "channel.hidden",
                Place::column("status"),
                format_args!(
                    "nombres écrits, mais dits secrets ou manquants, qui ne sont pas dessinés : {n_hidden}. Videz leurs cellules ou corrigez le statut."
                ),
                format_args!("numbers written, but said to be secret or missing, which are not drawn: {n_hidden}. Empty their cells or correct the status."),
            ));
        }
        if *n_rows > 0 {
            let list = words.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
            let s = if *n_rows > 1 { "s" } else { "" };
            notices.push(Notice::error(
                "channel.status",
                Place::column("status"),
                format_args!("« {column} » dit ce qui n’est pas connu ({list}) de {n_rows} valeur{s}, montrée{s} sans réserve : écrivez estimé, provisoire, révisé, prévision, secret ou définitif."),
                format_args!("“{column}” says what is not known ({list}) of {n_rows} value{s}, shown without reserve: write estimated, provisional, revised, forecast, secret or final."),
            ));
        }
    }
}

/// Rows that have no place in the picture.
pub(super) fn unplaced(n_left: usize, name: &str, key: &str) -> Notice {
    let s = if n_left > 1 { "s" } else { "" };
    let (fr, en) = if n_left > 1 { ("ne sont pas dessinées", "are") } else { ("n’est pas dessinée", "is") };
    Notice::warning(
        "channel.unplaced",
        Place::column(key),
        format_args!("{n_left} ligne{s} sans « {name} » {fr}."),
        format_args!("{n_left} row{s} without “{name}” {en} not drawn."),
    )
}

/// Cells as series over slots; time goes forward, whatever the order of the rows.
fn lay_out(cells: Cells, x: &Column, is_by_time: bool, are_counts: bool) -> (Vec<Slot>, Vec<Series>) {
    let n_slots = cells.slots.len();
    let slot_order = if x.is_period() {
        let start = |idx: usize| cells.slots.get(idx).and_then(|slot| slot.period);
        order_by(n_slots, &mut |one, other| start(one).cmp(&start(other)))
    } else {
        (0..n_slots).collect()
    };
    // of one facet, then of the next; values before the lines and ranges beside them
    let key = |idx: usize| {
        let (series, period) = cells.names.get(idx)?;
        Some((series.facet, series.role != Role::Value, period.filter(|_| is_by_time)))
    };
    let series_order = order_by(cells.names.len(), &mut |one, other| key(one).cmp(&key(other)));
    let series = series_order.iter().filter_map(|series_idx| {
        let (series, row) = (&cells.names.get(*series_idx)?.0, cells.values.get(*series_idx)?);
        let cell = |slot_idx: &usize| row.get(*slot_idx).and_then(Option::as_ref);
        let absent = if are_counts { Ok(0.0) } else { Err(Why::Absent) };
        let values = slot_order.iter().map(|idx| cell(idx).map_or(absent, |(value, _)| *value));
        let has_hedges = row.iter().flatten().any(|(_, hedge)| hedge.is_some());
        let hedges = slot_order.iter().filter(|_| has_hedges).map(|idx| cell(idx).and_then(|(_, hedge)| hedge.clone()));
        Some(Series { values: values.collect(), hedges: hedges.collect(), ..series.clone() })
    });
    let series = series.collect();
    (slot_order.iter().filter_map(|idx| cells.slots.get(*idx).cloned()).collect(), series)
}

/// A regular series of periods that lacks some gets them as absent: a gap is seen, not bridged. A series whose periods
/// are irregular by nature (censuses) is left as it is.
pub(super) fn fill_gaps(channels: &mut Channels, lang: Lang) {
    const MOST: usize = 2000;
    let periods: Vec<Period> = channels.slots.iter().filter_map(|slot| slot.period).collect();
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return };
    // of two periods nobody can tell the step
    if periods.len() < 3 || channels.kind == Kind::Slope || periods.iter().any(|period| period.grain != first.grain) {
        return;
    }
    let mut all = vec![*first];
    while let Some(period) = all.last().filter(|period| **period < *last && all.len() < MOST) {
        all.push(period.step(1));
    }
    let is_regular = all.last() == Some(last) && periods.iter().all(|period| all.contains(period));
    // most are there, days without weekends too; or each has one beside it, so that a hole is one
    let least = if first.grain == Grain::Day { 90 } else { 60 };
    let n_apart = periods.chunk_by(|one, next| one.step(1) == *next).filter(|run| run.len() < 2).count();
    let is_dense = periods.len() * 100 >= all.len() * least || n_apart == 0;
    if all.len() == periods.len() || !is_regular || !is_dense {
        return;
    }
    let places: Vec<Option<usize>> =
        all.iter().map(|period| periods.iter().position(|other| other == period)).collect();
    for series in &mut channels.series {
        let at = |idx: &Option<usize>| idx.and_then(|idx| series.values.get(idx).copied());
        let values = places.iter().map(|idx| at(idx).unwrap_or(Err(Why::Absent))).collect();
        if !series.hedges.is_empty() {
            series.hedges = places.iter().map(|idx| series.hedges.get((*idx)?).cloned().flatten()).collect();
        }
        series.values = values;
    }
    let slot = |period: &Period| Slot { label: write_period(*period, lang), period: Some(*period), ..Slot::default() };
    channels.slots = all.iter().map(slot).collect();
}
