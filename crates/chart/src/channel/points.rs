//! How do rows become points, classes of numbers or quartiles?

use encart_table::expr::unknown_column;
use encart_table::index::Index;
use encart_table::locale::n_decimals;
use encart_table::order::{order_by, sorted};
use encart_table::{Column, Lang, Notice, NumberFormat, Place, Table, Value, Why};

use super::cells::{label, unplaced};
use super::columns::find_number;
use super::{Role, Series, Slot};
use crate::scale::continuous::nice_step;
use crate::spec::Spec;

/// Slots with their series, and the names of the groups of points.
pub(super) struct Rows {
    pub(super) slots: Vec<Slot>,
    pub(super) series: Vec<Series>,
    pub(super) groups: Vec<String>,
}

/// The column that names points: the author's, or the first of words that has no other use.
pub(super) fn point_name<'a>(table: &'a Table, spec: &Spec, x: &Column, color: Option<&Column>) -> Option<&'a Column> {
    let is_free = |column: &&Column| {
        !column.is_number() && ![Some(x), color].iter().flatten().any(|other| other.name == column.name)
    };
    match &spec.label {
        Some(name) => table.column(name),
        None => table.columns.iter().find(is_free),
    }
}

/// A row is a slot; its measures are the series: where it is across, its value, its area.
pub(super) fn points(
    table: &Table,
    spec: &Spec,
    (x, y, color): (&Column, &Column, Option<&Column>),
    lang: Lang,
    notices: &mut Vec<Notice>,
) -> Rows {
    let size = spec.size.as_deref().and_then(|name| find_number(table, name, "size", notices));
    notices.extend(spec.label.as_deref().and_then(|name| unknown_column(table, name, "label")));
    let name = point_name(table, spec, x, color);
    let is_across = x.is_number();
    let group = if is_across { color } else { Some(x) };
    let mut names = Index::default();
    let mut groups: Vec<String> = Vec::new();
    let mut kept: Vec<(usize, Slot)> = Vec::new();
    let (mut n_without_x, mut n_without_group) = (0, 0);
    for row_idx in 0..x.n_rows() {
        if x.value(row_idx).is_missing() {
            n_without_x += 1;
            continue;
        }
        let group_name = group.map_or(Some(String::new()), |group| label(group.value(row_idx), lang));
        let Some(group_name) = group_name else {
            n_without_group += 1;
            continue;
        };
        let group_idx = names.number(&group_name);
        if group_idx == groups.len() {
            groups.push(group_name);
        }
        let row_name = name.and_then(|name| label(name.value(row_idx), lang));
        let label = row_name.unwrap_or_else(|| format!("{} {}", lang.pick("ligne", "row"), row_idx + 1));
        kept.push((row_idx, Slot { label, group: group_idx, ..Slot::default() }));
    }
    let group_name = group.map_or("", |group| &group.name);
    for (n_left, name, key) in [(n_without_x, x.name.as_str(), "x"), (n_without_group, group_name, "color")] {
        if n_left > 0 {
            notices.push(unplaced(n_left, name, key));
        }
    }
    // the keyboard goes from left to right, or from the smallest of a category to its largest
    let place = |idx: usize| {
        let (row_idx, slot) = kept.get(idx)?;
        let number = if is_across { x.value(*row_idx).number() } else { y.value(*row_idx).number() };
        Some((if is_across { 0 } else { slot.group }, number.unwrap_or(f64::INFINITY)))
    };
    let places: Vec<(usize, f64)> = (0..kept.len()).filter_map(place).collect();
    let order = order_by(places.len(), &mut |one, other| match (places.get(one), places.get(other)) {
        (Some(one), Some(other)) => one.0.cmp(&other.0).then_with(|| one.1.total_cmp(&other.1)),
        _ => std::cmp::Ordering::Equal,
    });
    let rows: Vec<usize> = order.iter().filter_map(|idx| kept.get(*idx).map(|(row_idx, _)| *row_idx)).collect();
    let series = |column: &Column, role: Role| {
        let value = |row_idx: &usize| match column.value(*row_idx) {
            Value::Number(number) => Ok(number),
            Value::Missing(why) => Err(why),
            _ => Err(Why::Unreadable),
        };
        let hedges = rows.iter().filter(|_| !column.hedges().is_empty()).map(|row_idx| column.hedge(*row_idx).cloned());
        let values: Vec<Result<f64, Why>> = rows.iter().map(value).collect();
        let numbers: Vec<f64> = values.iter().filter_map(|value| value.ok()).collect();
        let own_format = NumberFormat::full(&numbers, column.unit.as_deref(), lang);
        Series {
            name: spec.label_of(&column.name),
            values,
            hedges: hedges.collect(),
            role,
            own_format: (role != Role::Value).then_some(own_format),
            ..Series::default()
        }
    };
    let columns = [(Some(x).filter(|_| is_across), Role::Across), (Some(y), Role::Value), (size, Role::Size)];
    let series = columns.into_iter().filter_map(|(column, role)| Some(series(column?, role))).collect();
    let slots = order.iter().filter_map(|idx| kept.get(*idx).map(|(_, slot)| slot.clone())).collect();
    Rows { slots, series, groups: if group.is_some() { groups } else { Vec::new() } }
}

/// How many rows fall in each class. Classes are as wide as a round number; each holds its upper limit, the first its
/// lower one too. Their number follows the square root of the number of rows, from 5 to 20.
pub(super) fn classes(column: &Column, lang: Lang, notices: &mut Vec<Notice>) -> Rows {
    let numbers = sorted(&column.values().filter_map(Value::number).collect::<Vec<_>>());
    let n_left = column.n_rows() - numbers.len();
    if n_left > 0 {
        notices.push(unplaced(n_left, &column.name, "x"));
    }
    let (lo, hi) = (numbers.first().copied().unwrap_or(0.0), numbers.last().copied().unwrap_or(0.0));
    let wanted = (numbers.len() as f64).sqrt().clamp(5.0, 20.0);
    let step = if hi > lo { nice_step((hi - lo) / wanted) } else { 1.0 };
    let first = (lo / step).floor();
    let n_classes = (((hi / step).ceil() - first).max(1.0) as usize).min(60);
    let limit = |idx: usize| encart_table::sum::fifteen_digits((first + idx as f64) * step);
    let limits: Vec<f64> = (0..=n_classes).map(limit).collect();
    let format = NumberFormat::full(&limits, column.unit.as_deref(), lang);
    let mut counts = vec![0.0; n_classes];
    for number in &numbers {
        // the first class whose upper limit is not below
        let idx = limits.get(1..).unwrap_or_default().partition_point(|limit| limit < number);
        if let Some(count) = counts.get_mut(idx.min(n_classes - 1)) {
            *count += 1.0;
        }
    }
    let slot = |edges: &[f64]| {
        let &[from, to] = edges else { return Slot::default() };
        let label = format!("{} {} {}", format.write_bare(from), lang.pick("à", "to"), format.write(to));
        Slot { label, edges: Some((from, to)), ..Slot::default() }
    };
    let name = lang.pick("effectif", "count").to_string();
    Rows {
        slots: limits.windows(2).map(slot).collect(),
        series: vec![Series { name, values: counts.into_iter().map(Ok).collect(), ..Series::default() }],
        groups: Vec::new(),
    }
}

/// Smallest, quartiles and largest by category, with the number of rows. Quartiles as spreadsheets compute them: linear
/// between the two nearest rows (definition 7 of R. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", 1996).
pub(super) fn quartiles(x: Option<&Column>, y: &Column, lang: Lang, notices: &mut Vec<Notice>) -> Rows {
    let mut names = Index::default();
    let mut slots: Vec<Slot> = Vec::new();
    let mut numbers: Vec<Vec<f64>> = Vec::new();
    let (mut n_without_x, mut n_without_y) = (0, 0);
    for row_idx in 0..y.n_rows() {
        let name = x.map_or(Some(y.name.clone()), |x| label(x.value(row_idx), lang));
        let (Some(name), Some(number)) = (name.clone(), y.value(row_idx).number()) else {
            *(if name.is_none() { &mut n_without_x } else { &mut n_without_y }) += 1;
            continue;
        };
        let idx = names.number(&name);
        if idx == slots.len() {
            slots.push(Slot { label: name, ..Slot::default() });
            numbers.push(Vec::new());
        }
        if let Some(of_slot) = numbers.get_mut(idx) {
            of_slot.push(number);
        }
    }
    let x_name = x.map_or("", |x| &x.name);
    for (n_left, name, key) in [(n_without_x, x_name, "x"), (n_without_y, &y.name, "y")] {
        if n_left > 0 {
            notices.push(unplaced(n_left, name, key));
        }
    }
    let numbers: Vec<Vec<f64>> = numbers.iter().map(|numbers| sorted(numbers)).collect();
    // between two rows a digit more than the rows have
    let decimals = numbers.iter().flatten().map(|number| n_decimals(*number)).max().unwrap_or(0).min(6) as i32;
    let power = encart_table::decimal::power_of_ten(decimals + 1);
    let rounded = |value: f64| (value * power).round() / power;
    let names = lang.pick(
        ["minimum", "1er quartile", "médiane", "3e quartile", "maximum"],
        ["minimum", "1st quartile", "median", "3rd quartile", "maximum"],
    );
    let part = |(idx, name): (usize, &str)| Series {
        name: name.to_string(),
        values: numbers
            .iter()
            .map(|numbers| quantile(numbers, idx as f64 / 4.0).map(rounded).ok_or(Why::Absent))
            .collect(),
        role: if idx == 2 { Role::Value } else { Role::Quantile },
        ..Series::default()
    };
    let mut series: Vec<Series> = names.into_iter().enumerate().map(part).collect();
    let counts: Vec<f64> = numbers.iter().map(|numbers| numbers.len() as f64).collect();
    series.push(Series {
        name: lang.pick("effectif", "count").to_string(),
        own_format: Some(NumberFormat::full(&counts, None, lang)),
        values: counts.into_iter().map(Ok).collect(),
        role: Role::Size,
        ..Series::default()
    });
    Rows { slots, series, groups: Vec::new() }
}

/// A quantile of sorted numbers.
fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let place = part * sorted.len().checked_sub(1)? as f64;
    let (below, above) = (sorted.get(place.floor() as usize)?, sorted.get(place.ceil() as usize)?);
    Some(encart_table::sum::fifteen_digits(below + (above - below) * (place - place.floor())))
}

/// Says that a kind needs numbers along x.
pub(super) fn needs_number(name: &str) -> Notice {
    Notice::error(
        "channel.not-number",
        Place::column("x"),
        format_args!("la colonne « {name} » n’est pas faite de nombres : ce graphique en demande en x."),
        format_args!("the column “{name}” is not made of numbers: this chart needs them in x."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_those_of_spreadsheets() {
        for (numbers, quartiles) in [
            (&[1.0, 2.0, 3.0, 4.0][..], [1.0, 1.75, 2.5, 3.25, 4.0]),
            (&[7.0], [7.0; 5]),
            (&[1.0, 2.0, 4.0, 8.0, 16.0], [1.0, 2.0, 4.0, 8.0, 16.0]),
        ] {
            let found = [0.0, 0.25, 0.5, 0.75, 1.0].map(|part| quantile(numbers, part));
            assert_eq!(found, quartiles.map(Some), "{numbers:?}");
        }
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn a_class_holds_its_upper_limit() {
        let column = Column::numbers("age", [0.0, 10.0, 10.0, 10.5, 20.0, 50.0].map(Ok));
        let Rows { slots, series, .. } = classes(&column, Lang::Fr, &mut Vec::new());
        let counts: Vec<f64> = series[0].known().collect();
        assert_eq!(slots.iter().map(|slot| slot.label.as_str()).collect::<Vec<_>>()[0], "0 à 10");
        assert_eq!(counts, [3.0, 2.0, 0.0, 0.0, 1.0]);
    }
}
