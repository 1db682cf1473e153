//! Of what does a sentence speak: which tables, which of their columns, which place in them?

use encart_table::day::read_period;
use encart_table::decimal::write_plain;
use encart_table::expr::{ExprError, unknown_column};
use encart_table::locale::write_period;
use encart_table::table::{fold, fold_words, nearest};
use encart_table::{Column, Lang, Notice, Period, Table, Value, Words};

use super::parse::trouble;

/// The tables of which sentences speak, the first being the one that is meant when none is named.
#[derive(Debug, Clone, Default)]
pub struct Facts<'a> {
    /// The language of the sentences.
    pub lang: Lang,
    data: Vec<Data<'a>>,
}

#[derive(Debug, Clone)]
struct Data<'a> {
    name: String,
    table: &'a Table,
    // the column whose cells name the rows
    places: usize,
}

/// A column of one of the tables, and the column that names its rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure<'a> {
    pub(crate) table: &'a Table,
    pub(crate) column: &'a Column,
    pub(crate) places: &'a Column,
    /// Where it is asked for.
    pub(crate) at: usize,
}

/// A place as it is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Key {
    Number(f64),
    Period(Period),
    Text(String),
    First,
    Last,
}

impl<'a> Facts<'a> {
    /// No table yet.
    pub fn new(lang: Lang) -> Facts<'a> {
        Facts { lang, data: Vec::new() }
    }

    /// Adds a table under a name. Its rows are named by the first column of dates, else of names (codes have no small
    /// letter), else of words, else the first.
    pub fn with(mut self, name: &str, table: &'a Table) -> Facts<'a> {
        let first = |is: fn(&Column) -> bool| table.columns.iter().position(is);
        let places = first(Column::is_period)
            .or_else(|| first(has_names))
            .or_else(|| first(|column| !column.is_number()))
            .unwrap_or_default();
        self.data.push(Data { name: name.to_string(), table, places });
        self
    }

    /// Adds a table whose rows are named by a column that the author chooses.
    ///
    /// # Errors
    /// The table has no such column.
    pub fn with_places(self, name: &str, table: &'a Table, places: &str) -> Result<Facts<'a>, Notice> {
        if let Some(notice) = unknown_column(table, places, "places") {
            return Err(notice);
        }
        let mut facts = self.with(name, table);
        if let (Some(data), Some(places)) = (facts.data.last_mut(), table.column_idx(places)) {
            data.places = places;
        }
        Ok(facts)
    }

    /// The column of a name, `depenses` or `budget.depenses`.
    pub(crate) fn measure(&self, at: usize, name: &str) -> Result<Measure<'a>, ExprError> {
        let of = |data: &Data<'a>, name: &str| {
            let idx = data.table.column_idx(name).or_else(|| data.table.idx_without_unit(name))?;
            let column = data.table.columns.get(idx)?;
            let places = data.table.columns.get(data.places)?;
            Some(Measure { table: data.table, column, places, at })
        };
        let (prefix, rest) = name.split_once('.').unwrap_or(("", name));
        let named = self.data.iter().filter(|data| data.name == prefix).find_map(|data| of(data, rest));
        self.data.iter().find_map(|data| of(data, name)).or(named).ok_or_else(|| self.unknown(at, name))
    }

    fn unknown(&self, at: usize, name: &str) -> ExprError {
        let bare = |name: &'a str| name.split_once(" (").map_or(name, |(bare, _)| bare);
        let mut names: Vec<&str> = Vec::new();
        for name in self.data.iter().flat_map(|data| data.table.names()).map(bare) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let (fr, en) = match nearest(name, &names) {
            Some(near) => (format!("Vouliez-vous dire « {near} » ?"), format!("Did you mean “{near}”?")),
            None if names.is_empty() => ("Aucune donnée n’est chargée.".to_string(), "No data are loaded.".to_string()),
            None => {
                let list = names.join(", ");
                (format!("Les colonnes sont : {list}."), format!("The columns are: {list}."))
            }
        };
        trouble(
            at,
            format!("les données n’ont pas de colonne « {name} ». {fr}"),
            format!("the data have no column “{name}”. {en}"),
        )
    }

    /// The table that is meant when none is named.
    pub(crate) fn table(&self) -> Option<&'a Table> {
        self.data.first().map(|data| data.table)
    }
}

fn has_names(column: &Column) -> bool {
    let is_name = |value| matches!(value, Value::Text(text) if text.chars().any(char::is_lowercase));
    column.values().any(is_name)
}

impl Key {
    /// The words for the first and the last row.
    pub(crate) fn named(word: &str) -> Option<Key> {
        match fold(word).as_str() {
            "dernier" | "derniere" | "last" => Some(Key::Last),
            "premier" | "premiere" | "first" => Some(Key::First),
            _ => None,
        }
    }

    /// As it is asked for.
    pub(crate) fn label(&self, lang: Lang) -> String {
        match self {
            Key::Number(number) => write_plain(*number),
            Key::Period(period) => write_period(*period, lang),
            Key::Text(text) => text.clone(),
            Key::First => lang.pick("premier", "first").to_string(),
            Key::Last => lang.pick("dernier", "last").to_string(),
        }
    }
}

impl<'a> Measure<'a> {
    /// The row of a place; none when the data do not name it.
    ///
    /// # Errors
    /// Several rows of the same place: one number cannot speak for them. A name where rows are named by dates.
    pub(crate) fn row(&self, key: &Key) -> Result<Option<usize>, ExprError> {
        let rows: Vec<usize> = match key {
            Key::First | Key::Last => self.edge(*key == Key::Last),
            Key::Text(text) if self.places.is_period() && read_period(text).is_none() => {
                let name = &self.places.name;
                return Err(trouble(
                    self.at,
                    format!(
                        "les lignes sont nommées par « {name} », des dates : « {text} » n’en est pas une. Choisissez une autre colonne (places)."
                    ),
                    format!(
                        "the rows are named by “{name}”, which are dates: “{text}” is none. Choose another column (places)."
                    ),
                ));
            }
            key => (0..self.table.n_rows()).filter(|row_idx| is_at(self.places.value(*row_idx), key)).collect(),
        };
        // of several writings the one that is meant
        let is_exact = |row_idx: &usize| matches!((self.places.value(*row_idx), key), (Value::Text(text), Key::Text(other)) if text == other);
        let exact: Vec<usize> = rows.iter().copied().filter(is_exact).collect();
        let rows = if exact.is_empty() { rows } else { exact };
        match rows.as_slice() {
            [] => Ok(None),
            [row_idx] => Ok(Some(*row_idx)),
            several => {
                let (count, name) = (several.len(), &self.places.name);
                Err(trouble(
                    self.at,
                    format!(
                        "{count} lignes ont la même valeur de « {name} » : ajoutez une étape « group » ou « filter »."
                    ),
                    format!("{count} rows have the same value of “{name}”: add a “group” or “filter” step."),
                ))
            }
        }
    }

    /// The rows of the first or the last date that has a value; without dates, the first or the last row that has one.
    pub(crate) fn edge(&self, is_last: bool) -> Vec<usize> {
        let mut known = (0..self.table.n_rows()).filter(|row_idx| !self.column.value(*row_idx).is_missing());
        if !self.places.is_period() {
            let row = if is_last { known.next_back() } else { known.next() };
            return row.into_iter().collect();
        }
        let dated = |row_idx: usize| match self.places.value(row_idx) {
            Value::Period(period) => Some((period.begin(), row_idx)),
            _ => None,
        };
        let dated: Vec<(i64, usize)> = known.filter_map(dated).collect();
        let starts = dated.iter().map(|(start, _)| *start);
        let edge = if is_last { starts.max() } else { starts.min() };
        dated.iter().filter(|(start, _)| Some(*start) == edge).map(|(_, row_idx)| *row_idx).collect()
    }

    /// The numbers of the column, by row.
    pub(crate) fn numbers(&self) -> Vec<(usize, f64)> {
        let numbers = self.column.values().enumerate();
        numbers.filter_map(|(row_idx, value)| Some((row_idx, value.number()?))).collect()
    }

    /// What the data call a row.
    pub(crate) fn label(&self, row_idx: usize, lang: Lang) -> String {
        match self.places.value(row_idx) {
            Value::Period(period) => write_period(period, lang),
            Value::Text(text) => text.to_string(),
            Value::Number(number) => write_plain(number),
            Value::Missing(why) => why.words(lang).to_string(),
        }
    }

    /// What its author hears of a place that no row has.
    pub(crate) fn nowhere(&self, key: &Key) -> Option<Words> {
        let Key::Text(text) = key else { return None };
        let labels: Vec<&str> = self
            .places
            .values()
            .filter_map(|value| if let Value::Text(text) = value { Some(text) } else { None })
            .collect();
        let near = nearest(text, &labels);
        let fr = near.map_or(String::new(), |near| format!(" Vouliez-vous dire « {near} » ?"));
        let en = near.map_or(String::new(), |near| format!(" Did you mean “{near}”?"));
        let name = &self.places.name;
        Some(Words {
            fr: format!("aucune ligne de « {name} » ne se nomme « {text} ».{fr}"),
            en: format!("no row of “{name}” is named “{text}”.{en}"),
        })
    }
}

/// Whether two periods are one: `06:30` is also the half-hour that begins then.
fn is_same(one: Period, other: Period) -> bool {
    one == other || one.begin() == other.begin() && one.grain.minutes().is_some() && other.grain.minutes().is_some()
}

fn is_at(value: Value<'_>, key: &Key) -> bool {
    match (value, key) {
        (Value::Period(period), Key::Period(other)) => is_same(period, *other),
        (Value::Period(period), Key::Number(year)) => {
            f64::from(period.ymd().year) == *year && period == Period::year(period.ymd().year)
        }
        (Value::Period(period), Key::Text(text)) => read_period(text).is_some_and(|other| is_same(period, other)),
        (Value::Number(number), Key::Number(other)) => number == *other,
        (Value::Text(text), Key::Text(other)) => fold_words(text) == fold_words(other),
        (Value::Text(text), Key::Number(number)) => text == write_plain(*number),
        _ => false,
    }
}
