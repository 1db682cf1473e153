//! Which columns become x, y and colour, and what series do they make?

mod columns;

use encart_table::day::{Grain, Ymd};
use encart_table::index::Index;
use encart_table::locale::{write_list, write_number, write_period};
use encart_table::order::order_by;
use encart_table::{Column, Hedge, Lang, Notice, NumberFormat, Period, Place, Prepared, Value, Why};

use columns::{find_color, find_x, find_ys};

use crate::spec::{Kind, Layout, Order, Spec};

/// A place on the x channel: a category or a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// As the reader reads it.
    pub label: String,
    /// The period, when x is time.
    pub period: Option<Period>,
}

/// One value a slot, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its values, in the order of the slots.
    pub values: Vec<Result<f64, Why>>,
}

impl Series {
    /// The values that are known.
    pub fn known(&self) -> impl Iterator<Item = f64> + '_ {
        self.values.iter().filter_map(|value| value.ok())
    }
}

/// The data of a chart, bound to its channels: no pixel yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Channels {
    /// The name of the x column.
    pub x_name: String,
    /// The slots, in drawing order.
    pub slots: Vec<Slot>,
    /// Whether x is time.
    pub is_time: bool,
    /// The series, in drawing order: the first at the base of a stack.
    pub series: Vec<Series>,
    /// The name of what is measured.
    pub y_name: String,
    /// The name of the column that makes series; empty when there is one series.
    pub color_name: String,
    /// How bars of several series stand together.
    pub layout: Layout,
    /// How values are written in the picture.
    pub format: NumberFormat,
    /// How values are written in the table, in the tooltip and aloud.
    pub full: NumberFormat,
    /// The names merged into "Autres", with none when nothing was merged.
    pub merged: Vec<String>,
    /// What cells say beside their value, by the name of the series and the label of the slot.
    pub hedges: Vec<(String, String, Hedge)>,
    /// The notes that stood below the data.
    pub footnotes: Vec<String>,
}

impl Channels {
    /// The known values of a slot added up; none when none is known.
    pub fn total(&self, slot_idx: usize) -> Option<f64> {
        let values = self.series.iter().filter_map(|series| series.values.get(slot_idx).and_then(|value| value.ok()));
        encart_table::sum::sum(values)
    }

    /// Whether every series has a value in a slot: else its total is partial.
    pub fn is_whole(&self, slot_idx: usize) -> bool {
        self.series.iter().all(|series| series.values.get(slot_idx).is_some_and(|value| value.is_ok()))
    }

    /// The total of which parts are shares: none when a part is missing, or when it is zero.
    pub fn whole(&self, slot_idx: usize) -> Option<f64> {
        self.total(slot_idx).filter(|total| self.is_whole(slot_idx) && *total > 0.0)
    }

    /// The part of a value in its slot's total, in percent.
    pub fn share(&self, series_idx: usize, slot_idx: usize) -> Option<f64> {
        let value = self.series.get(series_idx)?.values.get(slot_idx)?.ok()?;
        self.whole(slot_idx).map(|total| value / total * 100.0)
    }

    /// Whether bars stand for shares of 100 %.
    pub fn is_percent(&self) -> bool {
        self.layout == Layout::Percent && self.series.len() > 1
    }

    /// The same with every value as its share: what a picture of shares shows, and its summary says.
    pub(crate) fn as_shares(&self) -> Channels {
        let format = NumberFormat {
            lang: self.full.lang,
            unit: Some("%".into()),
            decimals: 1,
            scale: encart_table::locale::Scale::One,
        };
        let mut shares = Channels { format: format.clone(), full: format, ..self.clone() };
        for (series_idx, series) in shares.series.iter_mut().enumerate() {
            for (slot_idx, value) in series.values.iter_mut().enumerate() {
                *value = value.and_then(|_| self.share(series_idx, slot_idx).ok_or(Why::Undefined));
            }
        }
        shares
    }

    /// What a cell says beside its value: that it is estimated, or the bound in its place.
    pub fn hedge(&self, series_idx: usize, slot_idx: usize) -> Option<&Hedge> {
        let (series, slot) = (self.series.get(series_idx)?, self.slots.get(slot_idx)?);
        self.hedges
            .iter()
            .find(|(name, label, _)| *name == series.name && *label == slot.label)
            .map(|(.., hedge)| hedge)
    }

    /// Why a cell has no value: in words, or as its bound is printed.
    pub fn why_words(&self, series_idx: usize, slot_idx: usize, why: Why) -> &str {
        match self.hedge(series_idx, slot_idx) {
            Some(Hedge::Bound(printed)) => printed,
            _ => why.words(self.full.lang),
        }
    }

    /// Whether there is no value at all.
    pub fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.known().next().is_none())
    }
}

/// The most categories that bars show: a page twelve metres high is read by nobody.
const MOST_BARS: usize = 500;
/// The most places on the axis of a line: thirty years of days.
const MOST_POINTS: usize = 11_000;
/// The most series a stack can show, the last being "Autres".
const MOST_STACKED: usize = 6;
/// The most a palette can tell apart, the last being "Autres".
const MOST_SERIES: usize = 8;

/// Binds a table to the channels of a specification; none when no column can be drawn. What the author left open is
/// guessed from the types, and said.
pub fn bind(prepared: &Prepared, spec: &Spec, lang: Lang, notices: &mut Vec<Notice>) -> Option<Channels> {
    let table = &prepared.table;
    let x = find_x(table, spec, notices)?;
    let ys = find_ys(table, spec, x, notices)?;
    let color = find_color(table, spec, ys.len(), notices);
    let mut cells = collect(x, &ys, color, lang, notices)?;
    let most = if spec.kind == Kind::Bar { MOST_BARS } else { MOST_POINTS };
    let n_slots = cells.slots.len();
    if n_slots > most {
        notices.push(Notice::error(
            "channel.too-many",
            Place::column("x"),
            format_args!("{n_slots} places sur l’axe : ajoutez une étape top, group ou filter."),
            format_args!("{n_slots} places on the axis: add a top, group or filter step."),
        ));
        return None;
    }
    let hedges = std::mem::take(&mut cells.hedges);
    let unit = spec.unit.clone().or_else(|| ys.first().and_then(|y| y.unit.clone()));
    let (slots, series) = lay_out(cells, x, color.is_some_and(Column::is_period));
    let mut channels = Channels {
        x_name: x.name.clone(),
        slots,
        is_time: x.is_period(),
        series,
        y_name: write_list(&ys.iter().map(|y| y.name.clone()).collect::<Vec<_>>(), lang),
        color_name: color.map_or(String::new(), |color| color.name.clone()),
        layout: Layout::Grouped,
        format: NumberFormat::for_values(&[], unit.as_deref(), lang),
        full: NumberFormat::full(&[], unit.as_deref(), lang),
        merged: Vec::new(),
        hedges,
        footnotes: table.footnotes(),
    };
    if channels.is_time {
        fill_gaps(&mut channels, lang);
    }
    channels.layout = decide_layout(&channels, spec, unit.as_deref(), notices);
    let is_stack = spec.kind == Kind::Bar && channels.layout != Layout::Grouped && channels.series.len() > 1;
    if is_stack && color.is_some_and(|color| !color.is_period()) {
        sort_series(&mut channels);
    }
    let most = if is_stack { MOST_STACKED } else { MOST_SERIES };
    merge_rest(&mut channels, most, is_stack, lang, notices);
    order_slots(&mut channels, spec, prepared.is_sorted);
    let mut values: Vec<f64> = channels.series.iter().flat_map(Series::known).collect();
    channels.full = NumberFormat::full(&values, unit.as_deref(), lang);
    if is_stack && channels.layout == Layout::Stacked {
        // what is written in the picture of a stack is its totals
        values = (0..channels.slots.len()).filter_map(|slot_idx| channels.total(slot_idx)).collect();
    }
    channels.format = NumberFormat::for_values(&values, unit.as_deref(), lang);
    Some(channels)
}

/// The name of a cell as a category.
fn label(value: Value<'_>, lang: Lang) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(number) => Some(write_number(number, encart_table::locale::n_decimals(number), lang)),
        Value::Period(period) => Some(write_period(period, lang)),
        Value::Missing(_) => None,
    }
}

/// The cells of the chart: the slots and series in the order in which the rows speak of them.
struct Cells {
    slots: Vec<Slot>,
    names: Vec<(String, Option<Period>)>,
    /// By series, then by slot; none where no row speaks.
    values: Vec<Vec<Option<Result<f64, Why>>>>,
    hedges: Vec<(String, String, Hedge)>,
}

impl Cells {
    fn at(&mut self, series_idx: usize, slot_idx: usize) -> Option<&mut Option<Result<f64, Why>>> {
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

fn collect(x: &Column, ys: &[&Column], color: Option<&Column>, lang: Lang, notices: &mut Vec<Notice>) -> Option<Cells> {
    let mut cells = Cells { slots: Vec::new(), names: Vec::new(), values: Vec::new(), hedges: Vec::new() };
    let mut slot_of_label = Index::default();
    let (mut n_without_x, mut n_without_series, mut n_twice) = (0, 0, 0);
    let mut twice_at = String::new();
    for row_idx in 0..x.n_rows() {
        let x_value = x.value(row_idx);
        let Some(slot_label) = label(x_value, lang) else {
            n_without_x += 1;
            continue;
        };
        let period = match x_value {
            Value::Period(period) => Some(period),
            _ => None,
        };
        let slot_idx = slot_of_label.number(&slot_label);
        if slot_idx == cells.slots.len() {
            cells.slots.push(Slot { label: slot_label.clone(), period });
        }
        for y in ys {
            let name = match color {
                None => Some((y.name.clone(), None)),
                Some(color) => {
                    let value = color.value(row_idx);
                    let period = if let Value::Period(period) = value { Some(period) } else { None };
                    label(value, lang).map(|name| (name, period))
                }
            };
            let Some(name) = name else {
                n_without_series += 1;
                continue;
            };
            let series_idx = cells.names.iter().position(|other| *other == name).unwrap_or_else(|| {
                cells.names.push(name);
                cells.names.len() - 1
            });
            if let (Some(hedge), Some((name, _))) = (y.hedge(row_idx), cells.names.get(series_idx)) {
                cells.hedges.push((name.clone(), slot_label.clone(), hedge.clone()));
            }
            let value = match y.value(row_idx) {
                Value::Number(number) => Ok(number),
                Value::Missing(why) => Err(why),
                _ => Err(Why::Unreadable),
            };
            match cells.at(series_idx, slot_idx) {
                Some(empty @ None) => *empty = Some(value),
                _ => {
                    n_twice += 1;
                    if twice_at.is_empty() {
                        twice_at.clone_from(&slot_label);
                    }
                }
            }
        }
    }
    for (n_left, name, key) in
        [(n_without_x, x.name.as_str(), "x"), (n_without_series, color.map_or("", |color| &color.name), "color")]
    {
        if n_left > 0 {
            notices.push(Notice::warning(
                "channel.unplaced",
                Place::column(key),
                format_args!("{n_left} ligne(s) sans « {name} » ne sont pas dessinées."),
                format_args!("{n_left} row(s) without “{name}” are not drawn."),
            ));
        }
    }
    if n_twice > 0 {
        notices.push(Notice::error(
            "channel.twice",
            Place::column("y"),
            format_args!("{n_twice} ligne(s) donnent une seconde valeur au même endroit (par exemple « {twice_at} ») ; la première est dessinée. Ajoutez une étape group, ou color."),
            format_args!("{n_twice} row(s) give a second value to the same place (such as “{twice_at}”); the first is drawn. Add a group step, or color."),
        ));
        // most of the rows would be left out: that is another picture than the title's
        if n_twice * 2 > x.n_rows() {
            return None;
        }
    }
    Some(cells)
}

/// Cells as series over slots; time goes forward, whatever the order of the rows.
fn lay_out(cells: Cells, x: &Column, color_is_time: bool) -> (Vec<Slot>, Vec<Series>) {
    let n_slots = cells.slots.len();
    let slot_order = if x.is_period() {
        let start = |idx: usize| cells.slots.get(idx).and_then(|slot| slot.period);
        order_by(n_slots, &mut |one, other| start(one).cmp(&start(other)))
    } else {
        (0..n_slots).collect()
    };
    let n_series = cells.names.len();
    let series_order = if color_is_time {
        let start = |idx: usize| cells.names.get(idx).and_then(|(_, period)| *period);
        order_by(n_series, &mut |one, other| start(one).cmp(&start(other)))
    } else {
        (0..n_series).collect()
    };
    let series = series_order.iter().filter_map(|series_idx| {
        let name = cells.names.get(*series_idx)?.0.clone();
        let row = cells.values.get(*series_idx)?;
        let value = |slot_idx: &usize| row.get(*slot_idx).copied().flatten().unwrap_or(Err(Why::Absent));
        Some(Series { name, values: slot_order.iter().map(value).collect() })
    });
    let series = series.collect();
    (slot_order.iter().filter_map(|idx| cells.slots.get(*idx).cloned()).collect(), series)
}

/// A regular series of periods that lacks some gets them as absent: a gap is seen, not bridged. A series whose periods
/// are irregular by nature (censuses) is left as it is.
fn fill_gaps(channels: &mut Channels, lang: Lang) {
    const MOST: usize = 2000;
    let periods: Vec<Period> = channels.slots.iter().filter_map(|slot| slot.period).collect();
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return };
    if periods.iter().any(|period| period.grain != first.grain) {
        return;
    }
    let mut all = vec![*first];
    while let Some(period) = all.last().filter(|period| **period < *last && all.len() < MOST) {
        all.push(period.step(1));
    }
    let is_regular = all.last() == Some(last) && periods.iter().all(|period| all.contains(period));
    // days without weekends are regular too
    let least = if first.grain == Grain::Day { 90 } else { 60 };
    if all.len() == periods.len() || !is_regular || periods.len() * 100 < all.len() * least {
        return;
    }
    let place = |period: &Period| periods.iter().position(|other| other == period);
    for series in &mut channels.series {
        let values = all
            .iter()
            .map(|period| place(period).and_then(|idx| series.values.get(idx).copied()).unwrap_or(Err(Why::Absent)));
        series.values = values.collect();
    }
    channels.slots =
        all.iter().map(|period| Slot { label: write_period(*period, lang), period: Some(*period) }).collect();
}

/// What the author chose; else a stack when adding makes sense: one column, no negative value, no percentage.
fn decide_layout(channels: &Channels, spec: &Spec, unit: Option<&str>, notices: &mut Vec<Notice>) -> Layout {
    let has_negative = channels.series.iter().flat_map(Series::known).any(|value| value < 0.0);
    match spec.layout {
        Some(Layout::Percent) if has_negative => {
            notices.push(Notice::error(
                "layout.negative",
                Place::column("layout"),
                format_args!(
                    "des valeurs sont négatives : elles ne sont pas des parts d’un tout. Les barres sont groupées."
                ),
                format_args!("some values are negative: they are not parts of a whole. The bars are grouped."),
            ));
            Layout::Grouped
        }
        Some(Layout::Stacked) if has_negative && channels.series.len() > 1 => {
            notices.push(Notice::error(
                "layout.negative",
                Place::column("layout"),
                format_args!("des valeurs sont négatives : leur empilement tromperait. Les barres sont groupées."),
                format_args!("some values are negative: stacking them would mislead. The bars are grouped."),
            ));
            Layout::Grouped
        }
        Some(layout) => layout,
        None if has_negative || unit.is_some_and(|unit| unit.starts_with('%')) => Layout::Grouped,
        // several columns may be measures that nobody adds up: planned and spent
        None if spec.y.len() > 1 => Layout::Grouped,
        None => Layout::Stacked,
    }
}

/// The largest series first, so that it stands at the base.
fn sort_series(channels: &mut Channels) {
    let total = |series: &Series| encart_table::sum::sum(series.known()).unwrap_or(0.0);
    let totals: Vec<f64> = channels.series.iter().map(total).collect();
    let at = |idx: usize| totals.get(idx).copied().unwrap_or(0.0);
    let order = order_by(totals.len(), &mut |one, other| at(other).total_cmp(&at(one)));
    channels.series = order.into_iter().filter_map(|idx| channels.series.get(idx).cloned()).collect();
}

/// Series past `most` become "Autres": added up in a stack, where sums mean something; else they stay and are muted.
fn merge_rest(channels: &mut Channels, most: usize, is_stack: bool, lang: Lang, notices: &mut Vec<Notice>) {
    let n_series = channels.series.len();
    if n_series <= most {
        return;
    }
    if !is_stack {
        notices.push(Notice::warning(
            "channel.many-series",
            Place::column("color"),
            format_args!("{n_series} séries : les {} dernières sont en gris, faute de couleurs distinctes. Filtrez, ou regroupez.", n_series - most),
            format_args!("{n_series} series: the last {} are grey, for want of distinct colours. Filter, or group.", n_series - most),
        ));
        return;
    }
    let rest = channels.series.split_off(most - 1);
    let n_slots = channels.slots.len();
    let values = (0..n_slots).map(|slot_idx| {
        let cells: Vec<Result<f64, Why>> =
            rest.iter().filter_map(|series| series.values.get(slot_idx).copied()).collect();
        // a part that is missing makes the sum partial: it is missing too
        match cells.iter().find_map(|cell| cell.err()) {
            Some(why) => Err(why),
            None => encart_table::sum::sum(cells.iter().filter_map(|cell| cell.ok())).ok_or(Why::Absent),
        }
    });
    channels.merged = rest.iter().map(|series| series.name.clone()).collect();
    let others = Series { name: lang.pick("Autres", "Others").to_string(), values: values.collect() };
    channels.series.push(others);
    let list = channels.merged.join(", ");
    notices.push(Notice::info(
        "channel.others",
        Place::column("color"),
        format_args!("« Autres » regroupe : {list}."),
        format_args!("“Others” adds up: {list}."),
    ));
}

fn order_slots(channels: &mut Channels, spec: &Spec, is_sorted: bool) {
    let by_value = match spec.order {
        Order::Value => true,
        Order::Data => false,
        Order::Auto => spec.kind == Kind::Bar && !channels.is_time && !is_sorted,
    };
    if !by_value {
        return;
    }
    let stands_alone = channels.layout == Layout::Grouped;
    let key = |slot_idx: usize| {
        let first = channels.series.first().and_then(|series| series.values.get(slot_idx)?.ok());
        if stands_alone { first } else { channels.total(slot_idx) }
    };
    let keys: Vec<Option<f64>> = (0..channels.slots.len()).map(key).collect();
    let order = order_by(keys.len(), &mut |one, other| match (
        keys.get(one).copied().flatten(),
        keys.get(other).copied().flatten(),
    ) {
        (Some(one), Some(other)) => other.total_cmp(&one),
        (one, other) => one.is_none().cmp(&other.is_none()),
    });
    channels.slots = order.iter().filter_map(|idx| channels.slots.get(*idx).cloned()).collect();
    for series in &mut channels.series {
        series.values = order.iter().filter_map(|idx| series.values.get(*idx).copied()).collect();
    }
}

/// The year of a slot, when x is time.
pub fn year(slot: &Slot) -> Option<i32> {
    slot.period.map(|period| {
        let Ymd { year, .. } = period.ymd();
        year
    })
}
