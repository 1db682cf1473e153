//! What is a table after its steps, and may it be drawn?

use std::sync::Arc;

use crate::json::Json;
use crate::notice::{Level, Notice, Words};
use crate::table::Table;
use crate::verb::read::{read_common_steps, read_steps};
use crate::verb::{Step, run_common_steps, run_steps};

/// A table after its steps.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prepared {
    /// The table; widgets and what they show share it.
    pub table: Arc<Table>,
    /// What was done.
    pub done: Done,
    /// What was said while the steps were read and run.
    pub notices: Vec<Notice>,
    /// Whether a step could not be read or run: then the table is not what its author speaks of.
    pub is_misled: bool,
    /// Whether a step put the rows in order.
    pub is_sorted: bool,
}

/// What was done to a table: its steps, or where they were run elsewhere what each did, for a citizen. Words are made when
/// they are asked for: the picture does not wait.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// The steps that were run here.
    Steps(Arc<Vec<Step>>),
    /// What each did.
    Words(Vec<Words>),
}

impl Default for Done {
    fn default() -> Done {
        Done::Words(Vec::new())
    }
}

impl Done {
    /// What each step did, for a citizen.
    pub fn words(&self) -> Vec<Words> {
        match self {
            Done::Steps(steps) => steps.iter().map(Step::words).collect(),
            Done::Words(words) => words.clone(),
        }
    }

    /// Whether nothing was done.
    pub fn is_nothing(&self) -> bool {
        match self {
            Done::Steps(steps) => steps.is_empty(),
            Done::Words(words) => words.is_empty(),
        }
    }
}

impl From<Table> for Prepared {
    fn from(table: Table) -> Prepared {
        Prepared { table: Arc::new(table), ..Prepared::default() }
    }
}

impl Prepared {
    /// What steps, as they were read, and a run of them make.
    pub fn new(steps: Vec<Step>, read: Vec<Notice>, run: (Table, Vec<Notice>)) -> Prepared {
        let (table, said) = run;
        let is_misled = !read.is_empty() || said.iter().any(|notice| notice.level == Level::Error);
        Prepared {
            table: Arc::new(table),
            notices: read.into_iter().chain(said).collect(),
            is_misled,
            is_sorted: steps.iter().any(Step::sorts),
            done: Done::Steps(Arc::new(steps)),
        }
    }
}

/// Reads steps, as an author writes them, and runs them.
///
/// ```
/// use encart_table::{Json, prepare, read_csv};
/// let (table, _) = read_csv(b"annee;montant\n2023;10\n2024;12\n", &Default::default());
/// let steps = Json::parse(r#"[{"filter": "annee >= 2024"}]"#, "steps").unwrap();
/// let prepared = prepare(table, &steps);
/// assert_eq!(prepared.table.n_rows(), 1);
/// assert_eq!(prepared.done.words()[0].fr, "gardé : annee >= 2024");
/// ```
pub fn prepare(table: Table, steps: &Json) -> Prepared {
    let (steps, read) = read_steps(steps);
    let run = run_steps(table, &steps);
    Prepared::new(steps, read, run)
}

/// The same for the steps that most charts need; the others are not compiled where only this is called.
/// None when there is one of the others: then `prepare` must do it.
pub fn prepare_common(table: &Table, steps: &Json) -> Option<Prepared> {
    let (steps, read) = read_common_steps(steps)?;
    let run = run_common_steps(table.clone(), &steps);
    Some(Prepared::new(steps, read, run))
}
