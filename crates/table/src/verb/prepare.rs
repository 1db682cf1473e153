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

/// What was done to a table, for a citizen: the words of steps that another engine ran, and steps that were run here, whose
/// words are made when they are asked for. The picture does not wait.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Done {
    /// What each step did. The other engine sends these.
    pub words: Vec<Words>,
    /// Steps that were run here.
    pub steps: Arc<Vec<Step>>,
}

impl Done {
    /// What each step did, in words.
    pub fn words(&self) -> Vec<Words> {
        self.words.iter().cloned().chain(self.steps.iter().map(Step::words)).collect()
    }

    /// Whether nothing was done.
    pub fn is_nothing(&self) -> bool {
        self.words.is_empty() && self.steps.is_empty()
    }
}

impl From<Table> for Prepared {
    fn from(table: Table) -> Prepared {
        Prepared { table: Arc::new(table), ..Prepared::default() }
    }
}

impl Prepared {
    /// What steps, as they were read, and a run of them make; told in words.
    pub fn new(steps: &[Step], read: Vec<Notice>, run: (Table, Vec<Notice>)) -> Prepared {
        let words = steps.iter().map(Step::words).collect();
        Prepared { done: Done { words, ..Done::default() }, ..Prepared::made(steps, read, run) }
    }

    fn made(steps: &[Step], read: Vec<Notice>, run: (Table, Vec<Notice>)) -> Prepared {
        let (table, said) = run;
        let is_misled = !read.is_empty() || said.iter().any(|notice| notice.level == Level::Error);
        Prepared {
            table: Arc::new(table),
            notices: read.into_iter().chain(said).collect(),
            is_misled,
            is_sorted: steps.iter().any(Step::sorts),
            done: Done::default(),
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
    Prepared::new(&steps, read, run)
}

/// The same for the steps that most charts need; the others are not compiled where only this is called.
/// None when there is one of the others: then `prepare` must do it.
pub fn prepare_common(table: &Table, steps: &Json) -> Option<Prepared> {
    let steps = read_common_steps(steps)?;
    let run = run_common_steps(table.clone(), &steps);
    let made = Prepared::made(&steps, Vec::new(), run);
    Some(Prepared { done: Done { steps: Arc::new(steps), ..Done::default() }, ..made })
}
