//! Of what does a sentence speak: which tables, which of their columns, which place in them?

use encart_table::day::read_period;
use encart_table::table::{fold, nearest};
use encart_table::{Column, Lang, Period, Table, Value};

use super::parse::Trouble;

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
pub(super) struct Measure<'a> {
    pub(super) table: &'a Table,
    pub(super) column: &'a Column,
    pub(super) places: &'a Column,
}

/// A place as it is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Key {
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

    /// Adds a table under a name. `places` is the column whose cells name the rows; when absent it is the first column of
    /// dates, else of names (codes have no small letter), else of words, else the first.
    pub fn with(mut self, name: &str, table: &'a Table, places: Option<&str>) -> Facts<'a> {
        let first = |is: fn(&Column) -> bool| table.columns.iter().position(is);
        let named = places.and_then(|name| table.column_idx(name));
        let places = named
            .or_else(|| first(Column::is_period))
            .or_else(|| first(has_names))
            .or_else(|| first(|column| !column.is_number()))
            .unwrap_or_default();
        self.data.push(Data { name: name.to_string(), table, places });
        self
    }

    /// The column of a name, `depenses` or `budget.depenses`.
    pub(super) fn measure(&self, name: &str) -> Result<Measure<'a>, Trouble> {
        let of = |data: &Data<'a>, name: &str| {
            let column = data.table.column(name).or_else(|| without_unit(data.table, name))?;
            let places = data.table.columns.get(data.places)?;
            Some(Measure { table: data.table, column, places })
        };
        let (prefix, rest) = name.split_once('.').unwrap_or(("", name));
        let named = self.data.iter().filter(|data| data.name == prefix).find_map(|data| of(data, rest));
        self.data.iter().find_map(|data| of(data, name)).or(named).ok_or_else(|| self.unknown(name))
    }

    fn unknown(&self, name: &str) -> Trouble {
        let bare = |name: &'a str| name.split_once(" (").map_or(name, |(bare, _)| bare);
        let names: Vec<&str> = self.data.iter().flat_map(|data| data.table.names()).map(bare).collect();
        let (fr, en) = match nearest(name, &names) {
            Some(near) => (format!("Vouliez-vous dire « {near} » ?"), format!("Did you mean “{near}”?")),
            None if names.is_empty() => ("Aucune donnée n’est chargée.".to_string(), "No data are loaded.".to_string()),
            None => {
                let list = names.join(", ");
                (format!("Les colonnes sont : {list}."), format!("The columns are: {list}."))
            }
        };
        Trouble::new(
            1,
            format!("les données n’ont pas de colonne « {name} ». {fr}"),
            format!("the data have no column “{name}”. {en}"),
        )
    }

    /// The table that is meant when none is named.
    pub(super) fn table(&self) -> Option<&'a Table> {
        self.data.first().map(|data| data.table)
    }
}

fn has_names(column: &Column) -> bool {
    let is_name = |value| matches!(value, Value::Text(text) if text.chars().any(char::is_lowercase));
    column.values().any(is_name)
}

/// `depenses` is `depenses (€)`: nobody writes the unit in a sentence.
fn without_unit<'a>(table: &'a Table, name: &str) -> Option<&'a Column> {
    let mut found = table.columns.iter().filter(|column| {
        column.name.split_once(" (").is_some_and(|(bare, rest)| rest.ends_with(')') && fold(bare) == fold(name))
    });
    // of two nobody knows which is meant
    found.next().filter(|_| found.next().is_none())
}

impl<'a> Measure<'a> {
    /// The row of a place; none when the data do not name it.
    ///
    /// # Errors
    /// Several rows of the same place: one number cannot speak for them.
    pub(super) fn row(&self, key: &Key) -> Result<Option<usize>, Trouble> {
        let known = || self.in_order().into_iter().filter(|row_idx| !self.column.value(*row_idx).is_missing());
        let rows: Vec<usize> = match key {
            Key::First => return Ok(known().next()),
            Key::Last => return Ok(known().next_back()),
            key => (0..self.table.n_rows()).filter(|row_idx| is_at(self.places.value(*row_idx), key)).collect(),
        };
        match rows.as_slice() {
            [] => Ok(None),
            [row_idx] => Ok(Some(*row_idx)),
            several => {
                let (count, name) = (several.len(), &self.places.name);
                Err(Trouble::new(
                    1,
                    format!(
                        "{count} lignes ont la même valeur de « {name} » : ajoutez une étape « group » ou « filter »."
                    ),
                    format!("{count} rows have the same value of “{name}”: add a “group” or “filter” step."),
                ))
            }
        }
    }

    /// The rows, in the order of time where they are periods, else as they stand.
    pub(super) fn in_order(&self) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..self.table.n_rows()).collect();
        if self.places.is_period() {
            rows.sort_by_key(|row_idx| match self.places.value(*row_idx) {
                Value::Period(period) => period.start,
                _ => i32::MIN,
            });
        }
        rows
    }

    /// The numbers of the column, by row.
    pub(super) fn numbers(&self) -> Vec<(usize, f64)> {
        let numbers = self.column.values().enumerate();
        numbers.filter_map(|(row_idx, value)| Some((row_idx, value.number()?))).collect()
    }
}

fn is_at(value: Value<'_>, key: &Key) -> bool {
    match (value, key) {
        (Value::Period(period), Key::Period(other)) => period == *other,
        (Value::Period(period), Key::Number(year)) => {
            f64::from(period.ymd().year) == *year && period == Period::year(period.ymd().year)
        }
        (Value::Period(period), Key::Text(text)) => read_period(text) == Some(period),
        (Value::Number(number), Key::Number(other)) => number == *other,
        (Value::Text(text), Key::Text(other)) => fold(text) == fold(other),
        (Value::Text(text), Key::Number(number)) => text == encart_table::decimal::write_plain(*number),
        _ => false,
    }
}
