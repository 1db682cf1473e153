//! The kind that is drawn when the author names none.

use encart_table::decimal::write_plain;
use encart_table::index::Index;
use encart_table::{Column, Notice, Place, Table, Value};

use crate::spec::{Kind, Spec};

/// The kind that is drawn when the author names none: over time a line, of two measures points, else bars. Said, with
/// the reason.
pub(crate) fn choose(table: &Table, spec: &Spec, notices: &mut Vec<Notice>) -> Kind {
    let x = match &spec.x {
        Some(name) => table.column(name),
        None => table.columns.iter().find(|column| column.is_period()),
    };
    let is_measured = spec.x.is_some() && x.is_some_and(Column::is_number) && n_distinct(x, 13) > 12;
    let (kind, word, fr, en) = match x {
        Some(x) if x.is_period() && n_distinct(Some(x), 3) > 2 => (
            Kind::Line,
            "line",
            "des valeurs au fil du temps se lisent en courbe",
            "values over time are read as a line",
        ),
        Some(_) if is_measured && !spec.y.is_empty() => (
            Kind::Scatter,
            "scatter",
            "deux mesures se comparent en nuage de points",
            "two measures are compared as points",
        ),
        _ => (Kind::Bar, "bar", "des catégories se comparent en barres", "categories are compared as bars"),
    };
    notices.push(Notice::info(
        "kind.chosen",
        Place::column("kind"),
        format_args!("est choisi d’après les données : {fr}. Écrivez kind=\"{word}\" pour le fixer."),
        format_args!("is chosen from the data: {en}. Write kind=\"{word}\" to fix it."),
    ));
    kind
}

/// How many different values a column has, counted up to `most`.
pub(crate) fn n_distinct(column: Option<&Column>, most: usize) -> usize {
    let mut seen = Index::default();
    for value in column.into_iter().flat_map(Column::values) {
        match value {
            Value::Text(text) => seen.number(text),
            Value::Number(number) => seen.number(&write_plain(number)),
            Value::Period(period) => seen.number(&write_plain(period.begin() as f64)),
            Value::Missing(_) => continue,
        };
        if seen.len() >= most {
            break;
        }
    }
    seen.len()
}
