//! Which steps do few charts need, and how do they run?

mod bin;
mod complete;
mod distinct;
mod floor;
mod join;
mod rate;
pub(super) mod read;
mod share;
mod top;
mod window;

use super::group::groups;
use crate::column::Column;
use crate::day::Grain;
use crate::expr::unknown_column;
use crate::json::Json;
use crate::notice::{Notice, Words};
use crate::table::Table;

pub use window::Over;

/// The verbs, as an author writes them.
pub const NAMES: [&str; 10] =
    ["join", "concat", "window", "share", "bin", "floor", "per_inhabitant", "top", "complete", "distinct"];

/// A step that few charts need.
#[derive(Debug, Clone, PartialEq)]
pub struct Rare {
    /// What it does.
    pub verb: Verb,
    /// What it does, for a citizen.
    pub words: Words,
}

/// What a rare step does.
#[derive(Debug, Clone, PartialEq)]
pub enum Verb {
    /// Adds the columns of another table, by equal keys.
    Join {
        /// The other table.
        other: Other,
        /// The column here, the column there.
        on: Vec<(String, String)>,
        /// Whether rows without a match stay (with missing cells) or go.
        keeps_all: bool,
        /// The columns taken from there; all when none is named.
        columns: Vec<String>,
    },
    /// Adds the rows of another table below.
    Concat(Other),
    /// A column computed along the rows, as they stand, within each partition.
    Window {
        /// The new columns: name, what is computed, of which column.
        columns: Vec<(String, Over, String)>,
        /// The columns that make the partitions.
        by: Vec<String>,
    },
    /// The part, in percent, of each row in the sum of its partition.
    Share {
        /// The column of the parts.
        of: String,
        /// The columns that make the partitions; none for one whole.
        by: Vec<String>,
        /// The new column.
        name: String,
    },
    /// Numbers into ranges.
    Bin {
        /// The column of numbers.
        column: String,
        /// The bounds, ascending; a value belongs to the range that begins with it.
        cuts: Cuts,
        /// The new column.
        name: String,
    },
    /// Days into weeks, months, years …
    Floor {
        /// The column of dates.
        column: String,
        /// How long the new periods last.
        grain: Grain,
        /// The new column.
        name: String,
    },
    /// Amounts per inhabitant.
    PerInhabitant {
        /// The columns of amounts, each with the name of the new column.
        columns: Vec<(String, String)>,
        /// The column of inhabitants.
        population: String,
        /// Per how many inhabitants: 1, 1000 …
        per: f64,
    },
    /// The largest rows; the sum of the rest in one more.
    Top {
        /// How many.
        n: usize,
        /// The column of numbers that ranks and is summed.
        by: String,
        /// The column of names.
        name: String,
        /// What the rest is called.
        others: String,
    },
    /// A row, of missing values, for each combination that no row speaks of.
    Complete(Vec<String>),
    /// The first row of those that are equal in these columns; in all when none is named.
    Distinct(Vec<String>),
}

/// The bounds of ranges.
#[derive(Debug, Clone, PartialEq)]
pub enum Cuts {
    /// Every so much, from a multiple of it.
    Width(f64),
    /// At these values.
    At(Vec<f64>),
}

/// Another table that a step needs: where it comes from, and the table once it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    /// Its address, as an author writes it in `src`.
    pub src: String,
    /// The steps that it goes through first.
    pub steps: Json,
    /// The table, when whoever loads has put it here.
    pub table: Option<Table>,
}

impl Rare {
    /// The other table that the step needs.
    pub fn other(&self) -> Option<&Other> {
        match &self.verb {
            Verb::Join { other, .. } | Verb::Concat(other) => Some(other),
            _ => None,
        }
    }

    /// The same, to put the table in.
    pub fn other_mut(&mut self) -> Option<&mut Other> {
        match &mut self.verb {
            Verb::Join { other, .. } | Verb::Concat(other) => Some(other),
            _ => None,
        }
    }

    /// The columns that the step reads.
    pub fn needs(&self) -> Vec<&str> {
        match &self.verb {
            Verb::Join { on, .. } => on.iter().map(|(here, _)| here.as_str()).collect(),
            Verb::Concat(_) => Vec::new(),
            Verb::Window { columns, by } => {
                columns.iter().map(|(_, _, of)| of.as_str()).chain(by.iter().map(String::as_str)).collect()
            }
            Verb::Share { of, by, .. } => by.iter().map(String::as_str).chain([of.as_str()]).collect(),
            Verb::Bin { column, .. } | Verb::Floor { column, .. } => vec![column],
            Verb::PerInhabitant { columns, population, .. } => {
                columns.iter().map(|(of, _)| of.as_str()).chain([population.as_str()]).collect()
            }
            Verb::Top { by, name, .. } => vec![by, name],
            Verb::Complete(columns) | Verb::Distinct(columns) => columns.iter().map(String::as_str).collect(),
        }
    }
}

/// Runs a rare step. When it names a column that the table has not, the table stays and the notice says so.
pub(super) fn run(table: Table, rare: &Rare, key: &str, notices: &mut Vec<Notice>) -> Table {
    let unknown: Vec<Notice> = rare.needs().iter().filter_map(|name| unknown_column(&table, name, key)).collect();
    if !unknown.is_empty() {
        notices.extend(unknown);
        return table;
    }
    match &rare.verb {
        Verb::Join { other, on, keeps_all, columns } => join::join(table, other, on, *keeps_all, columns, key, notices),
        Verb::Concat(other) => join::concat(table, other, key, notices),
        Verb::Window { columns, by } => window::window(table, columns, by),
        Verb::Share { of, by, name } => share::share(table, of, by, name, key, notices),
        Verb::Bin { column, cuts, name } => bin::bin(table, column, cuts, name, key, notices),
        Verb::Floor { column, grain, name } => floor::floor(table, column, *grain, name, key, notices),
        Verb::PerInhabitant { columns, population, per } => rate::rate(table, columns, population, *per),
        Verb::Top { n, by, name, others } => top::top(table, *n, (by, name, others), key, notices),
        Verb::Complete(columns) => complete::complete(table, columns, key, notices),
        Verb::Distinct(columns) => distinct::distinct(table, columns, key, notices),
    }
}

/// The rows of each partition, in order; one partition when no column is named.
fn partitions(table: &Table, by: &[String]) -> Vec<Vec<usize>> {
    let columns: Vec<&Column> = by.iter().filter_map(|name| table.column(name)).collect();
    groups(table, &columns)
}

#[cfg(test)]
mod tests;
