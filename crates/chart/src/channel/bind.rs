//! Which columns become which channels, and what does that make of the kind?

use encart_table::day::read_period;
use encart_table::locale::write_list;
use encart_table::{Column, Hedge, Json, Lang, Notice, NumberFormat, Place, Prepared, Table, Value, Why};

use super::cells::{Measured, collect, fill_gaps};
use super::columns::{find_color, find_named, find_number, find_x, find_ys};
use super::order::{decide_layout, merge_rest, order_slots, sort_series};
use super::points::{Rows, classes, needs_number, point_name, points, quartiles};
use super::unused::{has_ends, say_unused};
use super::{Channels, Role, Series, Slot, whole};
use crate::choose::choose;
use crate::spec::{Kind, Layout, Order, Spec, Stretch, unknown_labels};

/// The most categories that bars show: a page twelve metres high is read by nobody.
const MOST_BARS: usize = 500;
/// The most places on the axis of a line: thirty years of days.
const MOST_POINTS: usize = 11_000;
/// The most rows that are points.
const MOST_ROWS: usize = 200_000;
/// The most small charts.
const MOST_FACETS: usize = 30;
/// The most series a stack can show, the last being "Autres".
const MOST_STACKED: usize = 6;
/// The most a palette can tell apart, the last being "Autres".
const MOST_SERIES: usize = 8;

/// Binds a table to the channels of a specification; none when no column can be drawn. What the author left open is
/// guessed from the types, and said.
pub fn bind(prepared: &Prepared, spec: &Spec, lang: Lang, notices: &mut Vec<Notice>) -> Option<Channels> {
    let table = &prepared.table;
    let kind = spec.kind.unwrap_or_else(|| choose(table, spec, notices));
    notices.extend(unknown_labels(&spec.labels, table));
    let x = find_x(table, spec, kind, notices)?;
    let ys = if kind == Kind::Histogram { vec![x] } else { find_ys(table, spec, x, notices)? };
    let y = *ys.first()?;
    let color = find_color(table, spec, ys.len(), notices);
    let unit = spec.unit.clone().or_else(|| y.unit.clone());
    let mut channels = Channels {
        kind,
        x_name: spec.label_of(&x.name),
        slot_name: spec.label_of(&x.name),
        x_unit: x.unit.clone(),
        slots: Vec::new(),
        is_time: x.is_period() && !kind.is_points(),
        series: Vec::new(),
        y_name: write_list(&ys.iter().map(|y| spec.label_of(&y.name)).collect::<Vec<_>>(), lang),
        color_name: color.map_or(String::new(), |color| spec.label_of(&color.name)),
        layout: Layout::Grouped,
        stretch: Stretch::Linear,
        breaks: Vec::new(),
        is_keyed: false,
        format: NumberFormat::for_values(&[], unit.as_deref(), lang),
        full: NumberFormat::full(&[], unit.as_deref(), lang),
        merged: Vec::new(),
        footnotes: table.footnotes(),
        groups: Vec::new(),
        facets: Vec::new(),
    };
    match kind {
        Kind::Scatter | Kind::Histogram if !x.is_number() => {
            notices.push(needs_number(&x.name));
            return None;
        }
        Kind::Scatter | Kind::Strip => {
            channels.slot_name = point_name(table, spec, x, color)
                .map_or_else(|| lang.pick("ligne", "row").to_string(), |column| spec.label_of(&column.name));
            channels.take_rows(points(table, spec, (x, y, color), lang, notices));
        }
        Kind::Histogram => {
            channels.take_rows(classes(x, lang, notices));
            channels.y_name = lang.pick("effectif", "count").to_string();
        }
        Kind::Box => {
            let category = Some(x).filter(|x| x.name != y.name);
            channels.take_rows(quartiles(category, y, lang, notices));
            order_slots(&mut channels, spec, prepared.is_sorted);
        }
        _ => {
            let facet = spec.facet.as_deref().and_then(|name| find_named(table, name, "facet", notices));
            let status = spec.status.as_deref().and_then(|name| find_named(table, name, "status", notices));
            let measured = Measured {
                x,
                ys: beside(table, spec, kind, &ys, notices)?,
                color,
                facet,
                status,
                are_counts: are_counts(spec, &ys),
            };
            let (slots, series, facets) = collect(&measured, spec, lang, notices)?;
            channels = Channels { slots, series, facets, ..channels };
            arrange(&mut channels, prepared, spec, color, notices);
            // a whole without one of its parts is another whole
            let is_whole = channels.is_stack() && !channels.is_keyed
                || channels.kind.is_whole()
                || matches!(channels.kind, Kind::Treemap | Kind::Sankey | Kind::Pyramid | Kind::Waterfall);
            if is_whole && notices.iter().any(|notice| notice.code == "channel.twice") {
                return None;
            }
            own_line_formats(&mut channels, table, spec, notices);
        }
    }
    is_drawable(&channels, notices).then_some(())?;
    check_stretch(&mut channels, spec, notices);
    say_unused(&channels, spec, notices);
    let unit = if kind == Kind::Histogram { None } else { unit };
    format_values(&mut channels, unit.as_deref(), lang);
    whole::check(&mut channels, notices);
    give_colors(&mut channels);
    Some(channels)
}

impl Channels {
    fn take_rows(&mut self, Rows { slots, series, groups }: Rows) {
        (self.slots, self.series, self.groups) = (slots, series, groups);
    }
}

/// Whether the last grouping of the steps makes these columns by counting rows.
fn are_counts(spec: &Spec, ys: &[&Column]) -> bool {
    let mut groups = spec.steps.as_list().unwrap_or_default().iter().rev().filter_map(|step| step.get("group"));
    let Some(group) = groups.next() else { return false };
    let is_count = |y: &&Column| {
        group.get(&y.name).and_then(Json::as_str).is_some_and(|how| how.trim_start().starts_with("count"))
    };
    ys.iter().all(is_count)
}

/// The columns that are measured: those of y, with the lines and the range beside them.
fn beside<'a>(
    table: &'a Table,
    spec: &Spec,
    kind: Kind,
    ys: &[&'a Column],
    notices: &mut Vec<Notice>,
) -> Option<Vec<(&'a Column, Role)>> {
    let mut all: Vec<(&Column, Role)> = ys.iter().map(|y| (*y, Role::Value)).collect();
    let lines = spec.line.iter().filter(|_| kind == Kind::Bar).map(|name| (name, "line", Role::Line));
    let ends = [(&spec.lower, "lower", Role::Lower), (&spec.upper, "upper", Role::Upper)];
    let ends = ends.into_iter().filter_map(|(name, key, role)| Some((name.as_ref()?, key, role)));
    let ends = ends.filter(|_| ys.len() == 1 && has_ends(kind));
    for (name, key, role) in lines.chain(ends) {
        all.push((find_number(table, name, key, notices)?, role));
    }
    Some(all)
}

/// Lines on a scale of their own have a unit of their own.
fn own_line_formats(channels: &mut Channels, table: &Table, spec: &Spec, notices: &mut Vec<Notice>) {
    let lang = channels.full.lang;
    if spec.has_line_axis && !channels.facets.is_empty() {
        notices.push(Notice::warning(
            "line.axis",
            Place::column("line_axis"),
            format_args!("est sans effet avec facet : ôtez l’un des deux."),
            format_args!("has no effect with facet: take one of them out."),
        ));
        return;
    }
    let mut has_any = false;
    for series in channels.series.iter_mut().filter(|series| spec.has_line_axis && series.role == Role::Line) {
        let known: Vec<f64> = series.known().collect();
        let is_own = |column: &&Column| spec.label_of(&column.name) == series.name;
        let unit = table.columns.iter().find(is_own).and_then(|column| column.unit.as_deref());
        series.own_format = Some(NumberFormat::full(&known, unit, lang));
        has_any = true;
    }
    if has_any {
        notices.push(Notice::warning(
            "line.axis",
            Place::column("line_axis"),
            format_args!("deux échelles sur une image font voir des rencontres qui n’en sont pas : deux graphiques l’un sous l’autre se lisent mieux."),
            format_args!("two scales in one picture show meetings that are none: two charts one below the other read better."),
        ));
    }
}

/// The order of slots and series, and what is put together.
fn arrange(
    channels: &mut Channels,
    prepared: &Prepared,
    spec: &Spec,
    color: Option<&Column>,
    notices: &mut Vec<Notice>,
) {
    let lang = channels.full.lang;
    if channels.is_time {
        fill_gaps(channels, lang);
    }
    channels.is_keyed = color.is_some() && is_keyed(channels);
    channels.layout = decide_layout(channels, spec, channels.full.unit.clone().as_deref(), notices);
    let is_stack = channels.is_stack();
    let is_diverging = channels.layout == Layout::Diverging;
    let is_ordered = is_diverging || spec.order == Order::Data || color.is_none_or(Column::is_period);
    let is_sorted = is_stack && !is_ordered && !sort_series(channels);
    let is_many = matches!(channels.kind, Kind::Heat | Kind::Sankey | Kind::Treemap | Kind::Sparkline);
    if !is_many && channels.facets.is_empty() {
        // the least of those that are sorted by size become one; of an order of their own none is less
        let most = if is_sorted { MOST_STACKED } else { MOST_SERIES };
        merge_rest(channels, most, is_stack && !is_diverging, lang, notices);
    }
    order_slots(channels, spec, prepared.is_sorted);
    match channels.kind {
        Kind::Waterfall => add_up(channels),
        Kind::Slope if !whole::lacks_moments(channels) => keep_ends(channels, notices),
        _ => {}
    }
    mark_forecast(channels, spec);
    let are_joined: Vec<bool> = channels.series.iter().map(|series| channels.are_milestones(series)).collect();
    for (series, is_joined) in channels.series.iter_mut().zip(are_joined) {
        series.are_milestones = is_joined;
    }
}

/// Whether each slot has a value of one series alone: the colour says what the slot is, and no value lacks.
fn is_keyed(channels: &Channels) -> bool {
    let n_said = |slot_idx: usize| {
        let is_said = |series: &&Series| series.values.get(slot_idx) != Some(&Err(Why::Absent));
        channels.series.iter().filter(is_said).count()
    };
    let is_bar = matches!(channels.kind, Kind::Bar | Kind::Lollipop | Kind::Dot) && channels.facets.is_empty();
    let is_alone = channels.series.iter().all(|series| series.role == Role::Value);
    is_bar
        && is_alone
        && !channels.is_time
        && channels.slots.len() > 1
        && (0..channels.slots.len()).all(|slot_idx| n_said(slot_idx) == 1)
}

/// Of more than two moments a slope shows the first and the last.
fn keep_ends(channels: &mut Channels, notices: &mut Vec<Notice>) {
    let n_slots = channels.slots.len();
    if n_slots <= 2 {
        return;
    }
    fn ends<T>(all: &mut Vec<T>) {
        let last = all.pop();
        all.truncate(1);
        all.extend(last);
    }
    ends(&mut channels.slots);
    for series in &mut channels.series {
        ends(&mut series.values);
        if !series.hedges.is_empty() {
            ends(&mut series.hedges);
        }
    }
    notices.push(Notice::info(
        "slope.ends",
        Place::column("kind"),
        format_args!("{n_slots} moments : le premier et le dernier sont dessinés."),
        format_args!("{n_slots} moments: the first and the last are drawn."),
    ));
}

/// A waterfall ends at what its steps make: the last row when it says so, else a slot of its own. A row that is what
/// those before add up to is a level, not a step.
fn add_up(channels: &mut Channels) {
    let lang = channels.full.lang;
    let Some(series) = channels.series.first_mut() else { return };
    let mut level = Ok(0.0);
    let mut is_last = false;
    for (slot, value) in channels.slots.iter_mut().zip(&series.values) {
        let folded = encart_table::table::fold(&slot.label);
        let is_named = ["total", "solde", "resultat", "balance", "net"].iter().any(|word| folded.starts_with(word));
        let is_sum = |level: f64, value: f64| level != 0.0 && (level - value).abs() <= value.abs() * 1e-6;
        slot.is_total = is_named && matches!((level, value), (Ok(level), Ok(value)) if is_sum(level, *value));
        is_last = slot.is_total;
        if !slot.is_total {
            level = level.and_then(|level: f64| value.map(|value| level + value));
        }
    }
    if !is_last {
        let label = lang.pick("Solde", "Balance").to_string();
        channels.slots.push(Slot { label, is_total: true, ..Slot::default() });
        series.values.push(level.map(encart_table::sum::fifteen_digits).map_err(|_| Why::Undefined));
        if !series.hedges.is_empty() {
            series.hedges.push(None);
        }
    }
}

/// From the period on that the author names, values are forecast.
fn mark_forecast(channels: &mut Channels, spec: &Spec) {
    let Some(from) = spec.forecast.as_deref().and_then(read_period) else { return };
    let is_forecast = |slot: &Slot| slot.period.is_some_and(|period| period.begin() >= from.begin());
    for series in &mut channels.series {
        if series.hedges.is_empty() {
            series.hedges = vec![None; series.values.len()];
        }
        for ((slot, hedge), value) in channels.slots.iter().zip(&mut series.hedges).zip(&series.values) {
            if is_forecast(slot) && hedge.is_none() && value.is_ok() {
                *hedge = Some(Hedge::Forecast);
            }
        }
    }
}

/// A picture cannot hold so many places.
pub(super) fn too_many(n: usize, most: usize, key: &'static str) -> Notice {
    Notice::error(
        "channel.too-many",
        Place::column(key),
        format_args!("{n} places, {most} au plus : ajoutez une étape top, group ou filter."),
        format_args!("{n} places, {most} at most: add a top, group or filter step."),
    )
}

/// Whether a picture can hold the data.
fn is_drawable(channels: &Channels, notices: &mut Vec<Notice>) -> bool {
    let most = match channels.kind {
        kind if kind.is_line() => MOST_POINTS,
        kind if kind.is_points() => MOST_ROWS,
        _ => MOST_BARS,
    };
    let (n_slots, n_facets) = (channels.slots.len(), channels.facets.len());
    for (n, most, key) in [(n_slots, most, "x"), (n_facets, MOST_FACETS, "facet")] {
        if n > most {
            notices.push(too_many(n, most, key));
            return false;
        }
    }
    let mut grains = channels.slots.iter().filter_map(|slot| slot.period).map(|period| period.grain);
    let first = grains.next();
    if channels.is_time && grains.any(|grain| Some(grain) != first) {
        notices.push(Notice::error(
            "channel.mixed-periods",
            Place::column("x"),
            format_args!(
                "des périodes de longueurs différentes ne se comparent pas : gardez-en une par une étape filter."
            ),
            format_args!("periods of different lengths do not compare: keep one with a filter step."),
        ));
        return false;
    }
    true
}

/// A logarithm knows no zero: neither the one that bars start from nor that of a value.
fn check_stretch(channels: &mut Channels, spec: &Spec, notices: &mut Vec<Notice>) {
    let has_length = channels.kind.is_length();
    let marks = spec.annotations.iter().filter_map(|annotation| annotation.value).chain(spec.target);
    let has_zero = channels.values().flat_map(|(_, series)| series.known()).chain(marks).any(|value| value <= 0.0);
    channels.stretch = spec.stretch;
    if spec.stretch != Stretch::Log || !has_length && !has_zero {
        return;
    }
    let (fr, en) = match has_length {
        true => (
            "ce qui se lit comme une longueur part de zéro ; prenez kind=\"dot\"",
            "what is read as a length starts at zero; take kind=\"dot\"",
        ),
        false => (
            "une valeur est nulle ou négative ; prenez scale=\"symlog\"",
            "a value is zero or negative; take scale=\"symlog\"",
        ),
    };
    notices.push(Notice::warning(
        "scale.log",
        Place::column("scale"),
        format_args!("l’échelle reste linéaire : {fr}."),
        format_args!("the scale stays linear: {en}."),
    ));
    channels.stretch = Stretch::Linear;
}

fn format_values(channels: &mut Channels, unit: Option<&str>, lang: Lang) {
    let shown = channels.series.iter().filter(|series| series.own_format.is_none());
    let mut values: Vec<f64> = shown.flat_map(Series::known).collect();
    channels.full = NumberFormat::full(&values, unit, lang);
    if channels.is_stack() && channels.layout == Layout::Stacked {
        // what is written in the picture of a stack is its totals
        values = (0..channels.slots.len()).filter_map(|slot_idx| channels.total(slot_idx)).collect();
    }
    channels.format = NumberFormat::for_values(&values, unit, lang);
}

/// Every series its colour: the same in all small charts; what the palette cannot tell apart is grey.
fn give_colors(channels: &mut Channels) {
    let n_merged = usize::from(!channels.merged.is_empty());
    let n_series = channels.series.len();
    let (mut facet, mut color) = (0, 0);
    for (idx, series) in channels.series.iter_mut().enumerate() {
        if series.facet != facet {
            (facet, color) = (series.facet, 0);
        }
        let is_rest = n_merged > 0 && idx + n_merged == n_series;
        // of lines that stand apart one colour is enough
        let own = if channels.kind == Kind::Sparkline { 0 } else { color };
        series.color = (own < MOST_SERIES && !is_rest).then_some(own);
        color += usize::from(matches!(series.role, Role::Value | Role::Line));
    }
}

/// Whether a column has a value.
pub(super) fn has_value(column: &Column) -> bool {
    column.values().any(|value: Value<'_>| !value.is_missing())
}
