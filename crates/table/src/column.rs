//! What is a column? One type of cell, a name, a unit, and the reason of every missing cell.

use crate::day::Period;
use crate::decimal::LARGEST;
use crate::hedge::Hedge;
use crate::value::{Value, Why};

/// The cells of a column, one type for all. A missing cell holds a placeholder that nobody reads.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Numbers in the column's unit.
    Number(Vec<f64>),
    /// Days, months, years …
    Period(Vec<Period>),
    /// Words and codes.
    Text(Vec<String>),
}

/// A named column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The name, as the header writes it (trimmed).
    pub name: String,
    /// The unit of its numbers, when the header or the cells said it (`€`, `%`, `k€`).
    pub unit: Option<String>,
    cells: Cells,
    missing: Vec<Option<Why>>,
    /// The few cells that say something beside their value, by row.
    hedges: Vec<(usize, Hedge)>,
}

impl Column {
    /// A column without rows, of the same type as `cells` will be pushed.
    pub fn new(name: impl Into<String>, cells: Cells) -> Column {
        let n_rows = match &cells {
            Cells::Number(cells) => cells.len(),
            Cells::Period(cells) => cells.len(),
            Cells::Text(cells) => cells.len(),
        };
        Column { name: name.into(), unit: None, cells, missing: vec![None; n_rows], hedges: Vec::new() }
    }

    /// Numbers, or why not.
    pub fn numbers(name: impl Into<String>, cells: impl IntoIterator<Item = Result<f64, Why>>) -> Column {
        let mut column = Column::new(name, Cells::Number(Vec::new()));
        for cell in cells {
            column.push(match cell {
                Ok(number) => Value::Number(number),
                Err(why) => Value::Missing(why),
            });
        }
        column
    }

    /// Words, none missing.
    pub fn texts<S: Into<String>>(name: impl Into<String>, cells: impl IntoIterator<Item = S>) -> Column {
        Column::new(name, Cells::Text(cells.into_iter().map(Into::into).collect()))
    }

    /// The same column with a unit.
    pub fn with_unit(mut self, unit: Option<String>) -> Column {
        self.unit = unit;
        self
    }

    /// The same column under another name.
    pub fn named(mut self, name: &str) -> Column {
        self.name = name.to_string();
        self
    }

    /// An empty column of the same name, type and unit.
    pub fn empty_like(&self) -> Column {
        let cells = match self.cells {
            Cells::Number(_) => Cells::Number(Vec::new()),
            Cells::Period(_) => Cells::Period(Vec::new()),
            Cells::Text(_) => Cells::Text(Vec::new()),
        };
        Column { name: self.name.clone(), unit: self.unit.clone(), cells, missing: Vec::new(), hedges: Vec::new() }
    }

    /// How many rows.
    pub fn n_rows(&self) -> usize {
        self.missing.len()
    }

    /// The cell of a row; past the end it is absent.
    pub fn value(&self, row_idx: usize) -> Value<'_> {
        match self.missing.get(row_idx) {
            None => return Value::Missing(Why::Absent),
            Some(Some(why)) => return Value::Missing(*why),
            Some(None) => {}
        }
        let value = match &self.cells {
            Cells::Number(cells) => cells.get(row_idx).map(|cell| Value::Number(*cell)),
            Cells::Period(cells) => cells.get(row_idx).map(|cell| Value::Period(*cell)),
            Cells::Text(cells) => cells.get(row_idx).map(|cell| Value::Text(cell)),
        };
        value.unwrap_or(Value::Missing(Why::Absent))
    }

    /// What the cell of a row says beside its value: that it is about, estimated, provisional, or what bound it prints.
    pub fn hedge(&self, row_idx: usize) -> Option<&Hedge> {
        let place = self.hedges.binary_search_by_key(&row_idx, |(row, _)| *row).ok()?;
        self.hedges.get(place).map(|(_, hedge)| hedge)
    }

    /// The cells that say something beside their value, by row.
    pub fn hedges(&self) -> &[(usize, Hedge)] {
        &self.hedges
    }

    /// Says it of the last cell.
    pub fn set_hedge(&mut self, hedge: Hedge) {
        let row_idx = self.n_rows().saturating_sub(1);
        self.hedges.push((row_idx, hedge));
    }

    /// Says it of a row that has a value and says nothing yet.
    pub(crate) fn add_hedge(&mut self, row_idx: usize, hedge: &Hedge) {
        if !self.value(row_idx).is_missing()
            && let Err(place) = self.hedges.binary_search_by_key(&row_idx, |(row, _)| *row)
        {
            self.hedges.insert(place, (row_idx, hedge.clone()));
        }
    }

    /// Takes away what the cells say beside their values.
    pub(crate) fn take_hedges(&mut self) -> Vec<(usize, Hedge)> {
        std::mem::take(&mut self.hedges)
    }

    /// The same column, with the hedges of these ranks, one a row.
    pub fn with_ranks(mut self, ranks: impl IntoIterator<Item = u8>) -> Column {
        let hedged = ranks.into_iter().enumerate().filter_map(|(idx, rank)| Some((idx, Hedge::of_rank(rank)?)));
        self.hedges = hedged.filter(|(idx, _)| !self.value(*idx).is_missing()).collect();
        self
    }

    /// How unsure what is computed from the cell of a row is.
    pub fn rank(&self, row_idx: usize) -> u8 {
        self.hedge(row_idx).map_or(0, Hedge::rank)
    }

    /// Says it of rows, in their order.
    pub(crate) fn set_hedges(&mut self, hedges: Vec<(usize, Hedge)>) {
        self.hedges = hedges;
    }

    /// Adds the cell of another column of the same type, with what it says beside its value.
    pub fn push_from(&mut self, other: &Column, row_idx: usize) {
        self.push(other.value(row_idx));
        if let Some(hedge) = other.hedge(row_idx) {
            self.set_hedge(hedge.clone());
        }
    }

    /// Every cell in order.
    pub fn values(&self) -> impl Iterator<Item = Value<'_>> {
        (0..self.n_rows()).map(|row_idx| self.value(row_idx))
    }

    /// Adds how many cells are missing, by reason.
    pub fn count_missing(&self, counts: &mut Vec<(Why, usize)>) {
        for why in self.missing.iter().flatten() {
            match counts.iter_mut().find(|(other, _)| other == why) {
                Some((_, count)) => *count += 1,
                None => counts.push((*why, 1)),
            }
        }
    }

    /// Whether the cells are numbers.
    pub fn is_number(&self) -> bool {
        matches!(self.cells, Cells::Number(_))
    }

    /// Whether the cells are days, months, years …
    pub fn is_period(&self) -> bool {
        matches!(self.cells, Cells::Period(_))
    }

    /// The type in one official word of Table Schema (`number`, `date`, `string`).
    pub fn type_name(&self) -> &'static str {
        match self.cells {
            Cells::Number(_) => "number",
            Cells::Period(_) => "date",
            Cells::Text(_) => "string",
        }
    }

    /// Adds a cell. A value of another type than the column's is kept as unreadable, never converted in silence.
    pub fn push(&mut self, value: Value<'_>) {
        let mut why = None;
        match (&mut self.cells, value) {
            (Cells::Number(cells), Value::Number(number)) if number.abs() <= LARGEST => cells.push(number),
            (Cells::Period(cells), Value::Period(period)) => cells.push(period),
            (Cells::Text(cells), Value::Text(text)) => cells.push(text.to_string()),
            (cells, other) => {
                why = Some(match other {
                    Value::Missing(why) => why,
                    Value::Number(_) => Why::Undefined,
                    _ => Why::Unreadable,
                });
                match cells {
                    Cells::Number(cells) => cells.push(0.0),
                    Cells::Period(cells) => cells.push(Period::year(0)),
                    Cells::Text(cells) => cells.push(String::new()),
                }
            }
        }
        self.missing.push(why);
    }
}
