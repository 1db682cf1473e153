//! What suits some data: charts that were drawn before they are proposed, each with its reason and a title.

use encart_table::infer::name::is_rate;
use encart_table::infer::speaks_of_codes;
use encart_table::locale::write_period;
use encart_table::notice::Words;
use encart_table::table::fold;
use encart_table::{Column, Grain, Json, Lang, Level, NumberFormat, Period, Table, Value, prepare};

use crate::choose::n_distinct;
use crate::drawing::draw;
use crate::env::Env;
use crate::spec::read::read_spec;
use crate::spec::step;

/// A kind with the columns that it would take, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The word of the kind.
    pub kind: &'static str,
    /// What to write: `x`, `y`, `color`, `steps` … with their columns.
    pub channels: Vec<(&'static str, String)>,
    /// Why it suits.
    pub why: Words,
    /// A first title, drawn from the data.
    pub title: Words,
}

/// The most that are proposed.
const MOST: usize = 5;
const MANY: usize = 1_000;

/// The charts that suit a table, the most telling first, five at most. Each was drawn without an error, at the width
/// and in the language of `env`.
///
/// ```
/// let file = "annee;poste;montant\n2021;Voirie;10\n2022;Voirie;12\n2023;Voirie;9\n2023;École;20\n";
/// let (table, _) = encart_table::read_csv(file.as_bytes(), &Default::default());
/// let env = encart_chart::Env::new(640.0, encart_table::Period::year(2026));
/// let suggestions = encart_chart::suggest::suggest(&table, &env);
/// assert_eq!(suggestions[0].kind, "line");
/// assert_eq!(suggestions[0].channels[0], ("x", "annee".to_string()));
/// ```
pub fn suggest(table: &Table, env: &Env) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = Vec::new();
    for candidate in candidates(table) {
        if found.len() < MOST
            && !found.iter().any(|other| is_alike(other, &candidate))
            && is_drawn(table, &candidate, env)
        {
            found.push(candidate);
        }
    }
    found
}

/// Whether a measure can be drawn: numbers that are no index, no code, no year, no coordinate, and differ.
pub fn is_measure(column: &Column) -> bool {
    const PLACES: [&str; 14] = [
        "lat",
        "lon",
        "lng",
        "latitude",
        "longitude",
        "x",
        "y",
        "coordx",
        "coordy",
        "coordonnee x",
        "coordonnee y",
        "x_lambert93",
        "y_lambert93",
        "altitude",
    ];
    if !column.is_number() || speaks_of_codes(&column.name) || PLACES.contains(&fold(&column.name).as_str()) {
        return false;
    }
    let known: Vec<f64> = column.values().filter_map(Value::number).collect();
    let counts = |first: f64| known.iter().enumerate().all(|(idx, number)| *number == first + idx as f64);
    let is_index = known.len() > 2 && (counts(0.0) || counts(1.0)) || column.name.starts_with("colonne ");
    let are_years = known.iter().all(|number| number.fract() == 0.0 && (1900.0..2100.0).contains(number));
    !known.is_empty() && !is_index && !are_years && n_distinct(Some(column), 2) > 1
}

/// A category: a few names, none of them a code, and no column of one name a row among many.
fn is_category(column: &Column) -> bool {
    let is_text = !column.is_number() && !column.is_period() && !speaks_of_codes(&column.name);
    // capitals and figures are a code
    let is_code = |value: Value<'_>| match value {
        Value::Text(text) => text.chars().all(|letter| letter.is_ascii_digit() || letter.is_ascii_uppercase()),
        _ => true,
    };
    is_text && !column.values().all(is_code) && n_distinct(Some(column), 2) > 1
}

/// The column by which a reader would choose rows: a few names, each of several rows.
pub fn chooser(table: &Table) -> Option<&Column> {
    const MOST_NAMES: usize = 40;
    table.columns.iter().find(|column| {
        let n_names = n_distinct(Some(column), MOST_NAMES + 1);
        is_category(column) && (2..=MOST_NAMES).contains(&n_names) && n_names * 3 <= table.n_rows()
    })
}

/// Whether numbers may be added up: amounts and counts, not rates.
fn is_additive(column: &Column) -> bool {
    !is_rate(&column.name, column.unit.as_deref())
}

/// How telling a measure is: amounts that are named first, then others in their order.
fn rank(column: &Column) -> u8 {
    const TELLING: [&str; 12] = [
        "montant",
        "population",
        "depense",
        "recette",
        "effectif",
        "nombre",
        "total",
        "valeur",
        "obs_value",
        "value",
        "voix",
        "taux",
    ];
    let folded = fold(&column.name);
    if TELLING.iter().any(|word| folded.starts_with(word)) { 0 } else { 1 + u8::from(!is_additive(column)) }
}

struct Draft<'a> {
    table: &'a Table,
    found: Vec<Suggestion>,
}

impl Draft<'_> {
    fn add(&mut self, kind: &'static str, channels: &[(&'static str, String)], title: Words, fr: String, en: String) {
        let channels = channels.iter().filter(|(_, value)| !value.is_empty()).cloned().collect();
        self.found.push(Suggestion { kind, channels, why: Words { fr, en }, title });
    }

    /// The rows of which one says all, or that are added up: `group`, and before it the length of a period.
    fn sum_by(&self, by: &[&Column], y: &Column, grain: Option<(&'static str, &Column)>) -> String {
        let mut steps = Vec::new();
        if let Some((grain, column)) = grain {
            steps.push(step::floor(&column.name, grain));
        }
        let names: Vec<&str> = by.iter().map(|column| column.name.as_str()).collect();
        let how = if is_additive(y) { "sum" } else { "mean" };
        steps.push(step::group(&names, &y.name, how));
        format!("[{}]", steps.join(", "))
    }

    fn n_rows(&self) -> usize {
        self.table.n_rows()
    }
}

/// Whether each combination of these columns is one row.
pub fn are_keys(table: &Table, columns: &[&Column]) -> bool {
    let mut seen = encart_table::index::Index::default();
    for row_idx in 0..table.n_rows() {
        let key: String = columns.iter().map(|column| format!("{:?}\u{1f}", column.value(row_idx))).collect();
        if seen.number(&key) != row_idx {
            return false;
        }
    }
    true
}

/// The grain to which days of several years are brought, so that a line has points to join and few enough to be read.
fn grain_of(time: &Column) -> Option<&'static str> {
    let periods: Vec<Period> =
        time.values().filter_map(|value| if let Value::Period(period) = value { Some(period) } else { None }).collect();
    let (first, last) = (periods.iter().min()?, periods.iter().max()?);
    if !periods.iter().all(|period| period.grain <= Grain::Day) {
        return None;
    }
    match last.start - first.start {
        1_400.. => Some("year"),
        90.. => Some("month"),
        ..2 => Some("hour").filter(|_| periods.iter().any(|period| period.grain < Grain::Day)),
        _ => Some("day"),
    }
}

fn candidates(table: &Table) -> Vec<Suggestion> {
    let time = table.columns.iter().find(|column| column.is_period() && n_distinct(Some(column), 2) > 1);
    let mut measures: Vec<&Column> = table.columns.iter().filter(|column| is_measure(column)).collect();
    measures.sort_by_key(|column| rank(column));
    let categories: Vec<&Column> = table.columns.iter().filter(|column| is_category(column)).collect();
    let mut draft = Draft { table, found: Vec::new() };
    let Some(y) = measures.first().copied() else { return Vec::new() };
    let n_of = |column: &Column| n_distinct(Some(column), MANY);
    // the category that tells rows apart best: few names first, then the finer ones
    let few = categories.iter().copied().filter(|column| n_of(column) <= 8).max_by_key(|column| n_of(column));
    let one_each = categories.iter().copied().find(|column| n_of(column) == table.n_rows());
    if let Some(x) = time {
        over_time(&mut draft, x, y, few, &categories);
    }
    by_category(&mut draft, y, few, one_each, &categories, time);
    if let Some(other) = measures.iter().skip(1).copied().find(|other| is_finding(y, other)) {
        let named = one_each.map(|column| column.name.clone()).unwrap_or_default();
        if draft.n_rows() >= 12 {
            draft.add(
                "scatter",
                &[("x", y.name.clone()), ("y", other.name.clone()), ("label", named)],
                titled(&format!("{} face à {}", other.name, y.name), &format!("{} against {}", other.name, y.name)),
                "deux mesures qui ne sont pas la part l’une de l’autre : vont-elles ensemble ?".into(),
                "two measures of which neither is a part of the other: do they go together?".into(),
            );
        }
    }
    if draft.n_rows() >= 30 {
        let n_rows = draft.n_rows();
        draft.add(
            "histogram",
            &[("x", y.name.clone())],
            titled(&format!("Comment « {} » se répartit", y.name), &format!("How “{}” is spread", y.name)),
            format!("{n_rows} lignes : combien tombent dans chaque tranche"),
            format!("{n_rows} rows: how many fall in each class"),
        );
    }
    draft.found
}

fn titled(fr: &str, en: &str) -> Words {
    Words { fr: fr.to_string(), en: en.to_string() }
}

fn over_time(draft: &mut Draft<'_>, x: &Column, y: &Column, few: Option<&Column>, categories: &[&Column]) {
    let table = draft.table;
    let n_periods = n_distinct(Some(x), MANY);
    let name = |column: Option<&Column>| column.map_or(String::new(), |column| column.name.clone());
    let (title, fr, en) = (
        over_years(x, y),
        format!("« {} » est une date : une courbe montre l’évolution", x.name),
        format!("“{}” is a date: a line shows the trend", x.name),
    );
    let is_alone = are_keys(table, &[x]);
    let keyed = few.filter(|few| !is_alone && are_keys(table, &[x, few]));
    if n_periods == 2 {
        if let Some(color) = categories.iter().copied().find(|color| are_keys(table, &[x, color])) {
            draft.add(
                "slope",
                &[("x", x.name.clone()), ("y", y.name.clone()), ("color", color.name.clone())],
                title,
                format!("deux dates et des catégories : une pente par « {} »", color.name),
                format!("two dates and categories: a slope for each “{}”", color.name),
            );
        }
        return;
    }
    let many = categories
        .iter()
        .copied()
        .find(|color| (9..=30).contains(&n_distinct(Some(color), MANY)) && are_keys(table, &[x, color]));
    if is_alone || keyed.is_some() {
        draft.add("line", &[("x", x.name.clone()), ("y", y.name.clone()), ("color", name(keyed))], title, fr, en);
    } else if let Some(facet) = many {
        draft.add(
            "line",
            &[("x", x.name.clone()), ("y", y.name.clone()), ("facet", facet.name.clone())],
            title,
            format!("des séries nombreuses au fil du temps : un petit graphique par « {} »", facet.name),
            format!("many series over time: a small chart for each “{}”", facet.name),
        );
    } else {
        let grain = grain_of(x).map(|grain| (grain, x));
        let steps = draft.sum_by(&[x], y, grain);
        let kind = if n_periods > 3 || grain.is_some() { "line" } else { "bar" };
        draft.add(kind, &[("x", x.name.clone()), ("y", y.name.clone()), ("steps", steps)], title, fr, en);
    }
}

fn by_category(
    draft: &mut Draft<'_>,
    y: &Column,
    few: Option<&Column>,
    one_each: Option<&Column>,
    categories: &[&Column],
    time: Option<&Column>,
) {
    let n_rows = draft.n_rows();
    let n_of = |column: &Column| n_distinct(Some(column), MANY);
    if let Some(x) = one_each.filter(|x| n_of(x) <= 60) {
        draft.add(
            "bar",
            &[("x", x.name.clone()), ("y", y.name.clone())],
            leading(x, y),
            format!("« {} » est une catégorie : des barres comparent, de la plus grande à la plus petite", x.name),
            format!("“{}” is a category: bars compare, from the largest to the smallest", x.name),
        );
        let is_part = |value: Value<'_>| value.number().is_some_and(|number| number >= 0.0);
        if n_rows <= 6 && is_additive(y) && y.values().all(is_part) {
            draft.add(
                "donut",
                &[("x", x.name.clone()), ("y", y.name.clone())],
                leading(x, y),
                "peu de valeurs, toutes positives : si elles font un tout, un anneau montre les parts".into(),
                "few values, none negative: if they make one whole, a ring shows the parts".into(),
            );
        }
    } else if let Some(x) = few.filter(|x| !are_homonyms(draft.table, x)).or_else(|| {
        categories.iter().copied().find(|column| n_of(column) < n_rows && !are_homonyms(draft.table, column))
    }) {
        let mut steps = draft.sum_by(&[x], y, None);
        let n_names = n_of(x);
        if n_names > 12 {
            let top = step::top(10, &y.name, &x.name);
            steps = format!("{}, {top}]", steps.trim_end_matches(']'));
        }
        draft.add(
            "bar",
            &[("x", x.name.clone()), ("y", y.name.clone()), ("steps", steps)],
            titled(&format!("{} par {}", y.name, x.name), &format!("{} by {}", y.name, x.name)),
            format!("{n_rows} lignes pour {n_names} noms : additionnées par « {} », des barres comparent", x.name),
            format!("{n_rows} rows for {n_names} names: added up by “{}”, bars compare", x.name),
        );
        if n_rows >= n_names * 8 && time.is_none() {
            draft.add(
                "box",
                &[("x", x.name.clone()), ("y", y.name.clone())],
                titled(&format!("L’étendue de « {} »", y.name), &format!("The spread of “{}”", y.name)),
                format!("beaucoup de lignes par « {} » : les quartiles montrent l’étendue", x.name),
                format!("many rows for each “{}”: quartiles show the spread", x.name),
            );
        }
    }
    let pair = few.zip(
        categories.iter().copied().find(|other| few.is_some_and(|few| few.name != other.name) && n_of(other) <= 30),
    );
    if let Some((x, other)) = pair.filter(|(x, other)| are_keys(draft.table, &[x, other])) {
        draft.add(
            "heat",
            &[("x", x.name.clone()), ("y", y.name.clone()), ("color", other.name.clone())],
            titled(
                &format!("{} par {} et {}", y.name, x.name, other.name),
                &format!("{} by {} and {}", y.name, x.name, other.name),
            ),
            format!("deux catégories : une grille croise « {} » et « {} »", x.name, other.name),
            format!("two categories: a grid crosses “{}” and “{}”", x.name, other.name),
        );
    }
}

/// Whether a name stands for several things: its rows have different codes. Two communes of one name are not added up.
fn are_homonyms(table: &Table, names: &Column) -> bool {
    let is_code = |column: &&Column| !column.is_number() && !column.is_period() && speaks_of_codes(&column.name);
    let n_names = n_distinct(Some(names), MANY);
    table.columns.iter().filter(is_code).any(|codes| {
        let keys =
            (0..table.n_rows()).map(|row_idx| format!("{:?}\u{1f}{:?}", names.value(row_idx), codes.value(row_idx)));
        let mut seen = encart_table::index::Index::default();
        for key in keys {
            seen.number(&key);
        }
        // most names have one code, and some have several
        seen.len() > n_names && (seen.len() - n_names) * 2 <= seen.len()
    })
}

/// From where to where a measure went, between the first and the last period.
fn over_years(x: &Column, y: &Column) -> Words {
    let mut rows: Vec<(Period, f64)> = (0..x.n_rows())
        .filter_map(|row_idx| match (x.value(row_idx), y.value(row_idx)) {
            (Value::Period(period), Value::Number(number)) => Some((period, number)),
            _ => None,
        })
        .collect();
    rows.sort_by_key(|(period, _)| *period);
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return titled(&y.name, &y.name) };
    let is_alone = rows.windows(2).all(|pair| matches!(pair, [one, next] if one.0 != next.0));
    let words = |lang: Lang| {
        let (from, to) = (write_period(first.0, lang), write_period(last.0, lang));
        let name = &y.name;
        if !is_alone {
            return lang.pick(format!("{name}, de {from} à {to}"), format!("{name}, from {from} to {to}"));
        }
        let format = NumberFormat::for_values(&[first.1, last.1], y.unit.as_deref(), lang);
        let (one, other) = (format.write(first.1), format.write(last.1));
        lang.pick(
            format!("{name} : de {one} ({from}) à {other} ({to})"),
            format!("{name}: from {one} ({from}) to {other} ({to})"),
        )
    };
    Words { fr: words(Lang::Fr), en: words(Lang::En) }
}

/// Who comes first.
fn leading(x: &Column, y: &Column) -> Words {
    let rows = (0..x.n_rows()).filter_map(|row_idx| match (x.value(row_idx), y.value(row_idx)) {
        (Value::Text(name), Value::Number(number)) => Some((name.to_string(), number)),
        _ => None,
    });
    let most = rows.max_by(|one, other| one.1.total_cmp(&other.1));
    let Some((name, number)) = most else { return titled(&y.name, &y.name) };
    let written = |lang| NumberFormat::for_values(&[number], y.unit.as_deref(), lang).write(number);
    Words {
        fr: format!("{} : {name} en tête, {}", y.name, written(Lang::Fr)),
        en: format!("{}: {name} first, {}", y.name, written(Lang::En)),
    }
}

/// Whether two measures may tell something together: not when one is a part of the other, or nearly the same.
fn is_finding(one: &Column, other: &Column) -> bool {
    let pairs: Vec<(f64, f64)> =
        one.values().zip(other.values()).filter_map(|(one, other)| Some((one.number()?, other.number()?))).collect();
    let first_word = |column: &Column| fold(&column.name).split([' ', '_']).next().map(str::to_string);
    let is_below = pairs.iter().all(|(one, other)| one >= other) || pairs.iter().all(|(one, other)| one <= other);
    let is_same_unit = one.unit == other.unit;
    !(first_word(one) == first_word(other) || is_below && is_same_unit && is_additive(one) && is_additive(other))
}

fn is_alike(one: &Suggestion, other: &Suggestion) -> bool {
    one.kind == other.kind && one.channels.iter().take(2).eq(other.channels.iter().take(2))
}

/// The specification of a suggestion, with the steps that it asks for.
pub fn specification(suggestion: &Suggestion, lang: Lang) -> String {
    let text = |text: &str| Json::Text(text.to_string());
    let mut object = encart_table::json::Object::default();
    object.set("kind".into(), text(suggestion.kind));
    object.set("title".into(), text(suggestion.title.get(lang)));
    for (name, value) in &suggestion.channels {
        object.set((*name).to_string(), if *name == "y" { Json::List(vec![text(value)]) } else { text(value) });
    }
    Json::Object(object).write()
}

fn is_drawn(table: &Table, suggestion: &Suggestion, env: &Env) -> bool {
    let (spec, said) = read_spec(&specification(suggestion, Lang::Fr));
    let prepared = prepare(table.clone(), &spec.steps);
    let drawing = draw(&prepared, &spec, env);
    let is_error = |level: Level| level == Level::Error;
    let refused = drawing.notices.iter().any(|notice| is_error(notice.level) || notice.code == "kind.refused");
    !drawing.is_empty() && !refused && !said.iter().any(|notice| is_error(notice.level))
}
