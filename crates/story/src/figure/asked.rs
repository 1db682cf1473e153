//! What does a key figure ask of the data: which value, on which rows?

use encart_table::expr::ExprError;
use encart_table::table::bare_name;
use encart_table::{Column, Lang, Notice, Table, Value};

use super::Figure;
use crate::sentence::Facts;
use crate::sentence::answer::{Answer, Lack, Nature, Number};
use crate::sentence::eval::Reader;
use crate::sentence::parse::{Filter, Node, Tag, read_tag, trouble};
use crate::sentence::question::column_of_all_rows;

/// What is asked, on the rows where it may be answered.
pub(super) struct Asked<'a> {
    /// The value's name.
    pub(super) name: String,
    /// The places and the value of each row.
    pub(super) rows: Table,
    pub(super) source: &'a Table,
    pub(super) places: String,
    /// As its author wrote it.
    pub(super) formula: String,
    pub(super) node: Node,
    pub(super) filters: Vec<Filter>,
    /// The value when it is the same for all rows.
    pub(super) whole: Option<(Answer, Vec<String>)>,
    /// The column of which all rows are read.
    pub(super) of_all_rows: Option<String>,
}

impl<'a> Asked<'a> {
    /// Reads what a figure asks of a table; what cannot be read is said.
    pub(super) fn read(
        figure: &Figure,
        table: &'a Table,
        unit: Option<&str>,
        lang: Lang,
        notices: &mut Vec<Notice>,
    ) -> Option<Asked<'a>> {
        let source = match (&figure.value, &figure.numerator, &figure.denominator) {
            (Some(value), ..) => quoted(table, value),
            (None, Some(above), Some(below)) => {
                let percent = if unit == Some("%") { " * 100" } else { "" };
                format!("({}) / ({}){percent}", quoted(table, above), quoted(table, below))
            }
            _ => return None,
        };
        let found = || -> Result<Asked<'a>, ExprError> {
            let Tag::Value(asked) = read_tag(&source)? else {
                return Err(trouble(1, "une valeur est attendue.", "a value is expected."));
            };
            let facts = Facts::new(lang);
            let facts = match &figure.places {
                Some(places) => facts
                    .with_places("", table, places)
                    .map_err(|notice| trouble(1, notice.words.fr.clone(), notice.words.en))?,
                None => facts.with("", table),
            };
            let mut reader = Reader::new(&facts);
            let first = table.columns.first().map_or("", |column| &column.name);
            let places = facts.measure(1, first)?.places.clone();
            let mut names = Vec::new();
            let node = reader.of_row(&asked.node, &mut names)?;
            let name = match names.as_slice() {
                [(_, name)] => {
                    let name = &facts.measure(1, name)?.column.name;
                    bare_name(name).to_string()
                }
                _ if figure.value.is_none() => lang.pick("rapport", "ratio").to_string(),
                _ => source.replace('`', ""),
            };
            let mut values = Column::numbers(name.clone(), []);
            let mut whole = None;
            if names.is_empty() {
                let answer = reader.answer(&asked.node)?;
                whole = Some((of_unit(answer, unit, figure.numerator.is_some()), reader.reads.clone()));
            } else if let (Node::Name(at, column), true) = (&asked.node, names.len() == 1)
                && let measure = facts.measure(*at, column)?
                && measure.column.is_number()
            {
                // with what its cells say beside their numbers
                let unit = unit.map(str::to_string).or_else(|| measure.column.unit.clone());
                values = measure.column.clone();
                (values.name, values.unit) = (name.clone(), unit);
            } else {
                for row_idx in 0..table.n_rows() {
                    push(&mut values, reader.eval(&node, Some(row_idx))?.number(asked.node.at())?);
                }
                let mut units = (0..table.n_rows())
                    .filter_map(|row_idx| reader.eval(&node, Some(row_idx)).ok()?.number(1).ok()?.ok()?.unit);
                values.unit = unit.map(str::to_string).or_else(|| units.next());
            }
            let rows = Table::new(if names.is_empty() { Vec::new() } else { vec![places.clone(), values] });
            Ok(Asked {
                name,
                rows,
                source: table,
                places: places.name.clone(),
                formula: source.clone(),
                node,
                of_all_rows: column_of_all_rows(&asked.node).map(str::to_string),
                filters: asked.filters,
                whole,
            })
        };
        match found() {
            Ok(asked) => Some(asked),
            Err(error) => {
                notices.push(error.notice("value", &source));
                None
            }
        }
    }

    /// Whether its rows are named by dates.
    pub(super) fn is_dated(&self) -> bool {
        self.rows.columns.first().is_some_and(Column::is_period) && self.rows.n_rows() > 2
    }
}

fn push(column: &mut Column, number: Result<Number, Lack>) {
    match number {
        Ok(number) => {
            column.push(Value::Number(number.value));
            if let Some(hedge) = number.hedge {
                column.set_hedge(hedge);
            }
        }
        Err(lack) => column.push(Value::Missing(lack.why)),
    }
}

/// The name of a column that is no word of an expression, between the marks that make it one.
fn quoted(table: &Table, source: &str) -> String {
    // `2023` is a number unless it is a column
    let is_word = source.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        && !source.starts_with(|first: char| first.is_ascii_digit());
    let is_column = || table.column_idx(source).or_else(|| table.idx_without_unit(source)).is_some();
    if !is_word && !source.contains('`') && is_column() { ["`", source, "`"].concat() } else { source.to_string() }
}

/// A number in the unit that its author gives; a ratio of a hundred is a percentage that was computed.
pub(super) fn of_unit(answer: Answer, unit: Option<&str>, is_ratio: bool) -> Answer {
    match answer {
        Answer::Number(number) if unit.is_some_and(|unit| number.unit.as_deref() != Some(unit)) => {
            let of = Number::with_unit(number.value, unit.map(str::to_string));
            let nature = if of.nature == Nature::Percent && is_ratio { Nature::Share } else { of.nature };
            Answer::Number(Number { unit: of.unit, nature, ..number })
        }
        Answer::Extreme(number, labels) => match of_unit(Answer::Number(number), unit, is_ratio) {
            Answer::Number(number) => Answer::Extreme(number, labels),
            other => other,
        },
        other => other,
    }
}
