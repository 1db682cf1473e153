//! The steps that reshape a table, run in their order.
//!
//! Seven steps are common: every engine knows them. The others (`rare`) are read and run where data are prepared, off
//! the page's main thread, and are not compiled into what a first chart downloads.

pub mod aggregate;
pub mod cube;
pub mod filter;
pub mod group;
pub mod needs;
mod pivot;
pub mod prepare;
pub mod rare;
pub mod read;
mod sort;

use crate::column::{Cells, Column};
use crate::day::Period;
use crate::expr::{self, Expr, Outcome};
use crate::locale::Lang;
use crate::notice::{Notice, Place, Words};
use crate::table::{Table, join};
use crate::value::Value;
#[cfg(test)]
mod tests;

pub use aggregate::{How, Measure};
pub use rare::Rare;

/// One step of a query. Steps are data: they can be listed, sent to a portal, or said in words.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Keeps the rows for which the expression is true.
    Filter(Expr),
    /// Adds (or replaces) a column computed row by row.
    Derive {
        /// The column's name.
        name: String,
        /// What it holds.
        expr: Expr,
    },
    /// One row for each combination of `by`, with measures of the rows in it.
    Group {
        /// The columns that make the groups.
        by: Vec<String>,
        /// What is computed for each group.
        measures: Vec<Measure>,
    },
    /// Orders the rows; missing values stay last in both directions.
    Sort(Vec<SortKey>),
    /// Keeps the first rows.
    Limit(usize),
    /// Columns become rows: each named column gives a row with its name and its value.
    Longer {
        /// The columns to fold.
        columns: Vec<String>,
        /// The name of the new column of names.
        names_to: String,
        /// The name of the new column of values.
        values_to: String,
    },
    /// Rows become columns: one column for each value of `names_from`.
    Wider {
        /// The column whose values become names.
        names_from: String,
        /// The column whose values fill them.
        values_from: String,
    },
    /// One of the steps that few charts need.
    Rare(Box<Rare>),
}

impl Step {
    /// Whether it puts the rows in an order that its author chose.
    pub fn sorts(&self) -> bool {
        match self {
            Step::Sort(_) => true,
            Step::Rare(rare) => matches!(rare.verb, rare::Verb::Top { .. }),
            _ => false,
        }
    }

    /// What the step does, for a citizen: `gardé : annee >= 2015`.
    pub fn words(&self) -> Words {
        let (fr, en, with) = match self {
            Step::Filter(expr) => ("gardé", "kept", expr.source.clone()),
            Step::Derive { name, expr } => ("calculé", "computed", [name, " = ", &expr.source].concat()),
            Step::Group { by, measures } => {
                let said = |lang| join(&measures.iter().map(|measure| measure.words(lang)).collect::<Vec<_>>(), ", ");
                let (fr, en, by) = (said(Lang::Fr), said(Lang::En), join(by, ", "));
                let (par, of) = if by.is_empty() { ("", "") } else { (", par ", ", by ") };
                return Words::fill(format_args!("regroupé : {fr}{par}{by}"), format_args!("grouped: {en}{of}{by}"));
            }
            Step::Sort(keys) => {
                let said = |last: &'static str| {
                    let said =
                        |key: &SortKey| [key.column.as_str(), if key.is_descending { last } else { "" }].concat();
                    join(&keys.iter().map(said).collect::<Vec<_>>(), ", ")
                };
                let (fr, en) = (said(", du plus grand au plus petit"), said(", largest first"));
                return Words::fill(format_args!("trié : {fr}"), format_args!("sorted: {en}"));
            }
            Step::Limit(n_rows) => ("premières lignes", "first rows", n_rows.to_string()),
            Step::Longer { columns, .. } => ("colonnes mises en lignes", "columns made rows", join(columns, ", ")),
            Step::Wider { names_from, .. } => ("lignes mises en colonnes", "rows made columns", names_from.clone()),
            Step::Rare(rare) => return rare.words.clone(),
        };
        Words::fill(format_args!("{fr} : {with}"), format_args!("{en}: {with}"))
    }
}

/// A column to sort by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortKey {
    /// The column's name.
    pub column: String,
    /// Largest first.
    pub is_descending: bool,
}

/// Runs the steps in order. A step that names a column which does not exist is skipped with a notice, and the others
/// run: what was readable is kept. A step is named in notices by its place: `steps[2]`.
pub fn run_steps(table: Table, steps: &[Step]) -> (Table, Vec<Notice>) {
    run_each(table, steps, 0, rare::run)
}

/// The same for steps among which none is rare.
pub fn run_common_steps(table: Table, steps: &[Step]) -> (Table, Vec<Notice>) {
    run_each(table, steps, 0, |table, _, _, _| table)
}

/// The same for the steps of a query from one on: those before it were run elsewhere.
pub fn run_steps_from(table: Table, steps: &[Step], first: usize) -> (Table, Vec<Notice>) {
    run_each(table, steps.get(first..).unwrap_or_default(), first, rare::run)
}

type RunRare = fn(Table, &Rare, &str, &mut Vec<Notice>) -> Table;

fn run_each(table: Table, steps: &[Step], first: usize, run_rare: RunRare) -> (Table, Vec<Notice>) {
    let mut notices = Vec::new();
    let mut table = table;
    for (idx, step) in steps.iter().enumerate() {
        let key = ["steps[", &(first + idx).to_string(), "]"].concat();
        table = run_step(table, step, &key, run_rare, &mut notices);
    }
    (table, notices)
}

fn run_step(table: Table, step: &Step, key: &str, run_rare: RunRare, notices: &mut Vec<Notice>) -> Table {
    let before = notices.len();
    match step {
        Step::Filter(expr) | Step::Derive { expr, .. } => notices.extend(expr::check(expr, &table, key)),
        Step::Group { by, measures } => {
            let of = measures.iter().filter_map(|measure| measure.of.as_ref());
            notices.extend(by.iter().chain(of).filter_map(|name| expr::unknown_column(&table, name, key)));
        }
        Step::Sort(keys) => {
            notices.extend(keys.iter().filter_map(|sort| expr::unknown_column(&table, &sort.column, key)))
        }
        Step::Longer { columns, .. } => {
            notices.extend(columns.iter().filter_map(|name| expr::unknown_column(&table, name, key)))
        }
        Step::Wider { names_from, values_from } => {
            notices.extend(
                [names_from, values_from].into_iter().filter_map(|name| expr::unknown_column(&table, name, key)),
            );
        }
        Step::Limit(_) | Step::Rare(_) => {}
    }
    if notices.len() > before {
        return table;
    }
    match step {
        Step::Filter(expr) => filter::filter(&table, expr, key, notices),
        Step::Derive { name, expr } => derive(table, name, expr),
        Step::Group { by, measures } => group::group(&table, by, measures, key, notices),
        Step::Sort(keys) => sort::sort(&table, keys),
        Step::Limit(n_rows) => table.rows(&(0..table.n_rows().min(*n_rows)).collect::<Vec<_>>()),
        Step::Longer { columns, names_to, values_to } => {
            pivot::longer(&table, columns, names_to, values_to, key, notices)
        }
        Step::Wider { names_from, values_from } => pivot::wider(&table, names_from, values_from, key, notices),
        Step::Rare(rare) => run_rare(table, rare, key, notices),
    }
}

/// A column computed row by row; its type is that of the first outcome that is known.
fn derive(mut table: Table, name: &str, expr: &Expr) -> Table {
    let as_year = |outcome: Outcome| match outcome {
        Outcome::Number(year) if expr.is_year() => Outcome::Period(Period::year(year as i32)),
        outcome => outcome,
    };
    let outcomes: Vec<Outcome> = (0..table.n_rows()).map(|row_idx| as_year(expr.eval(&table, row_idx))).collect();
    let cells = match outcomes.iter().map(Outcome::as_value).find(|value| !value.is_missing()) {
        Some(Value::Period(_)) => Cells::Period(Vec::new()),
        Some(Value::Text(_)) => Cells::Text(Vec::new()),
        _ => Cells::Number(Vec::new()),
    };
    let mut column = Column::new(name, cells);
    outcomes.iter().for_each(|outcome| column.push(outcome.as_value()));
    // what is computed from an unsure number is unsure
    let inputs: Vec<&Column> = expr.columns().iter().filter_map(|name| table.column(name)).collect();
    let rank = |row_idx: usize| inputs.iter().map(|input| input.rank(row_idx)).max().unwrap_or(0);
    let ranks: Vec<u8> = (0..table.n_rows()).map(rank).collect();
    let column = if column.is_number() { column.with_ranks(ranks) } else { column };
    table.set_column(column);
    table
}

/// What is said instead of making more cells than a page can hold.
pub(crate) fn too_large(n_cells: usize, key: &str) -> Option<Notice> {
    const MOST_CELLS: usize = 20_000_000;
    (n_cells > MOST_CELLS).then(|| {
        Notice::error(
            "steps.too-large",
            Place::column(key),
            format_args!("cette étape ferait plus de {MOST_CELLS} cases : filtrez ou regroupez avant elle."),
            format_args!("this step would make more than {MOST_CELLS} cells: filter or group before it."),
        )
    })
}
