//! Which kinds suit some data, and why?

use encart_table::index::Index;
use encart_table::notice::Words;
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

/// A name is shown, a code is not: capitals and digits.
fn is_code(column: &Column) -> bool {
    let is_code = |value: Value<'_>| match value {
        Value::Text(text) => text.chars().all(|letter| letter.is_ascii_digit() || letter.is_ascii_uppercase()),
        _ => true,
    };
    column.values().all(is_code)
}

/// How many different values a column has, counted up to `most`.
fn n_distinct(column: Option<&Column>, most: usize) -> usize {
    let mut seen = Index::default();
    for value in column.into_iter().flat_map(Column::values) {
        match value {
            Value::Text(text) => seen.number(text),
            Value::Number(number) => seen.number(&number.to_bits().to_string()),
            Value::Period(period) => seen.number(&period.start.to_string()),
            Value::Missing(_) => continue,
        };
        if seen.len() >= most {
            break;
        }
    }
    seen.len()
}

/// A kind with the columns that it would take, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The word of the kind.
    pub kind: &'static str,
    /// What to write: `x`, `y`, `color` … with their columns.
    pub channels: Vec<(&'static str, String)>,
    /// Why it suits.
    pub why: Words,
}

/// The kinds that suit a table, the most telling first.
///
/// ```
/// let file = "annee;poste;montant\n2021;Voirie;10\n2022;Voirie;12\n2023;Voirie;9\n2023;École;20\n";
/// let (table, _) = encart_table::read_csv(file.as_bytes(), &Default::default());
/// let suggestions = encart_chart::suggest::suggest(&table);
/// assert_eq!(suggestions[0].kind, "line");
/// assert_eq!(suggestions[0].channels[0], ("x", "annee".to_string()));
/// ```
pub fn suggest(table: &Table) -> Vec<Suggestion> {
    const MANY: usize = 1_000;
    let time = table.columns.iter().find(|column| column.is_period() && n_distinct(Some(column), 2) > 1);
    let numbers: Vec<&Column> = table.columns.iter().filter(|column| column.is_number()).collect();
    let is_category = |column: &&Column| {
        let is_text = !column.is_number() && !column.is_period() && !is_code(column);
        is_text && (2..=60).contains(&n_distinct(Some(column), MANY))
    };
    let categories: Vec<&Column> = table.columns.iter().filter(is_category).collect();
    let n_rows = table.n_rows();
    let mut found = Vec::new();
    let mut add = |kind, channels: &[(&'static str, Option<&&Column>)], fr: String, en: String| {
        let channels = channels.iter().filter_map(|(key, column)| Some((*key, (*column)?.name.clone()))).collect();
        found.push(Suggestion { kind, channels, why: Words { fr, en } });
    };
    let (first, second) = (numbers.first(), numbers.get(1));
    let Some(y) = first else { return found };
    let category = categories.first();
    let n_of = |column: Option<&&Column>| n_distinct(column.copied(), MANY);
    if let Some(x) = time.as_ref() {
        let n_periods = n_distinct(Some(x), MANY);
        if n_periods > 2 && (category.is_none() || n_of(category) <= 8) {
            add(
                "line",
                &[("x", Some(x)), ("y", first), ("color", category.filter(|_| n_of(category) <= 8))],
                format!("« {} » est une date : une courbe montre l’évolution", x.name),
                format!("“{}” is a date: a line shows the trend", x.name),
            );
        }
        if n_periods == 2 && category.is_some() {
            add(
                "slope",
                &[("x", Some(x)), ("y", first), ("color", category)],
                format!("deux dates et des catégories : une pente par catégorie ({})", n_of(category)),
                format!("two dates and categories: a slope each ({})", n_of(category)),
            );
        }
        if n_periods > 2 && (9..=30).contains(&n_of(category)) {
            add(
                "line",
                &[("x", Some(x)), ("y", first), ("facet", category)],
                format!("{} séries : un petit graphique chacune", n_of(category)),
                format!("{} series: a small chart each", n_of(category)),
            );
        }
    }
    if let Some(x) = category {
        let is_one_each = n_of(category) == n_rows;
        if is_one_each || time.is_none() && n_rows <= n_of(category) * 2 {
            add(
                "bar",
                &[("x", category), ("y", first)],
                format!("« {} » est une catégorie : des barres comparent, de la plus grande à la plus petite", x.name),
                format!("“{}” is a category: bars compare, from the largest to the smallest", x.name),
            );
        }
        let is_part = |value: Value<'_>| value.number().is_some_and(|number| number >= 0.0);
        if is_one_each && n_rows <= 6 && y.values().all(is_part) {
            add(
                "donut",
                &[("x", category), ("y", first)],
                "peu de valeurs, toutes positives : si elles font un tout, un anneau montre les parts".into(),
                "few values, none negative: if they make one whole, a ring shows the parts".into(),
            );
        }
        if n_rows >= n_of(category) * 8 {
            add(
                "box",
                &[("x", category), ("y", first)],
                format!("beaucoup de lignes par « {} » : les quartiles montrent l’étendue", x.name),
                format!("many rows for each “{}”: quartiles show the spread", x.name),
            );
        }
        if let Some(other) = categories.get(1).filter(|_| n_rows > n_of(category)) {
            add(
                "heat",
                &[("x", category), ("y", first), ("color", categories.get(1))],
                format!("deux catégories : une grille croise « {} » et « {} »", x.name, other.name),
                format!("two categories: a grid crosses “{}” and “{}”", x.name, other.name),
            );
        }
    }
    if let (Some(x), Some(y)) = (first, second)
        && n_rows >= 12
    {
        add(
            "scatter",
            &[("x", first), ("y", second), ("color", category.filter(|_| n_of(category) <= 8))],
            format!("deux mesures : un nuage de points montre si « {} » et « {} » vont ensemble", x.name, y.name),
            format!("two measures: points show whether “{}” and “{}” go together", x.name, y.name),
        );
    }
    if n_rows >= 30 {
        add(
            "histogram",
            &[("x", first)],
            format!("{n_rows} lignes : combien tombent dans chaque tranche de « {} »", y.name),
            format!("{n_rows} rows: how many fall in each class of “{}”", y.name),
        );
    }
    found
}
