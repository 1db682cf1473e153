//! The columns that an author means, and those that are taken when nothing is said.

use encart_table::expr::unknown_column;
use encart_table::locale::write_period;
use encart_table::number::is_number;
use encart_table::{Column, Lang, Notice, Place, Table, Value};

use super::bind::has_value;
use crate::spec::{Kind, Spec};

pub(super) fn find_named<'a>(table: &'a Table, name: &str, key: &str, notices: &mut Vec<Notice>) -> Option<&'a Column> {
    // `émissions` is `émissions (t)`
    let found = table.column_idx(name).or_else(|| table.idx_without_unit(name));
    if found.is_none() {
        notices.extend(unknown_column(table, name, key));
    }
    found.and_then(|idx| table.columns.get(idx))
}

fn guessed(key: &str, name: &str, notices: &mut Vec<Notice>) {
    notices.push(Notice::info(
        "spec.guessed",
        Place::column(key),
        format_args!("n’est pas donné ; la colonne « {name} » est prise. Écrivez {key}=\"{name}\" pour le fixer."),
        format_args!("is not given; the column “{name}” is taken. Write {key}=\"{name}\" to fix it."),
    ));
}

pub(super) fn find_x<'a>(table: &'a Table, spec: &Spec, kind: Kind, notices: &mut Vec<Notice>) -> Option<&'a Column> {
    // the measure of a histogram is its x, whichever of the two names the author gave it
    let named = spec.x.as_ref().or_else(|| spec.y.first().filter(|_| matches!(kind, Kind::Histogram | Kind::Box)));
    if let Some(name) = named {
        return find_named(table, name, "x", notices);
    }
    let is_measured = matches!(kind, Kind::Histogram | Kind::Scatter);
    let is_free = |column: &&Column| !spec.y.contains(&column.name) && spec.color.as_ref() != Some(&column.name);
    let free = || table.columns.iter().filter(is_free);
    let x = free()
        .find(|column| column.is_period() && !is_measured)
        .or_else(|| free().find(|column| column.is_number() && is_measured))
        .or_else(|| free().find(|column| !column.is_number()))
        .or_else(|| free().next())?;
    guessed("x", &x.name, notices);
    Some(x)
}

pub(super) fn find_ys<'a>(
    table: &'a Table,
    spec: &Spec,
    x: &Column,
    notices: &mut Vec<Notice>,
) -> Option<Vec<&'a Column>> {
    if spec.y.is_empty() {
        let is_free = |column: &&Column| column.is_number() && column.name != x.name;
        let free = || table.columns.iter().filter(is_free);
        let y = free().find(|column| has_value(column)).or_else(|| free().next());
        if let Some(y) = y {
            guessed("y", &y.name, notices);
            return Some(vec![y]);
        }
        notices.push(Notice::error(
            "channel.no-number",
            Place::column("y"),
            format_args!("aucune colonne ne contient de nombres. Les colonnes sont : {}.", table.names().join(", ")),
            format_args!("no column holds numbers. The columns are: {}.", table.names().join(", ")),
        ));
        return None;
    }
    // a picture without one of its parts would be another: all that is wrong is said, and nothing is drawn
    let ys: Vec<Option<&Column>> = spec.y.iter().map(|name| find_number(table, name, "y", notices)).collect();
    ys.into_iter().collect()
}

/// A column of numbers; that there is none of this name, or that it holds something else, is said.
pub(super) fn find_number<'a>(
    table: &'a Table,
    name: &str,
    key: &str,
    notices: &mut Vec<Notice>,
) -> Option<&'a Column> {
    let column = find_named(table, name, key, notices)?;
    if column.is_number() {
        return Some(column);
    }
    // the cell that is no number; of codes, which look like numbers, there is none
    let example = column.values().find_map(|value| match value {
        Value::Text(text) => Some(text.to_string()).filter(|text| !is_number(text)),
        Value::Period(period) => Some(write_period(period, Lang::Fr)),
        _ => None,
    });
    let (fr, en) = match example {
        Some(cell) => (format!("elle contient « {cell} »"), format!("it holds “{cell}”")),
        None => (
            format!("elle est lue comme des codes ; number(`{name}`) en fait des nombres"),
            format!("it is read as codes; number(`{name}`) makes numbers of it"),
        ),
    };
    notices.push(Notice::error(
        "channel.not-number",
        Place::column(key),
        format_args!("la colonne « {name} » n’est pas faite de nombres ({fr})."),
        format_args!("the column “{name}” is not made of numbers ({en})."),
    ));
    None
}

pub(super) fn find_color<'a>(
    table: &'a Table,
    spec: &Spec,
    n_ys: usize,
    notices: &mut Vec<Notice>,
) -> Option<&'a Column> {
    let name = spec.color.as_ref()?;
    if n_ys > 1 {
        notices.push(Notice::error(
            "channel.color-and-ys",
            Place::column("color"),
            format_args!(
                "plusieurs colonnes en y font déjà les séries ; « color » est sans effet. Gardez l’un ou l’autre."
            ),
            format_args!("several y columns make the series already; “color” has no effect. Keep one of the two."),
        ));
        return None;
    }
    find_named(table, name, "color", notices)
}
