//! What is done once the rows are there: are the tables that steps need fetched, and the steps run?

use encart_table::Prepared;
use encart_table::verb::{Step, run_steps_from};

use super::say::empty;
use super::{Job, Order, State};
use crate::source::Got;

impl Job {
    /// The rows of the source: what is left to do is ours, when the tables that steps need have come.
    pub(super) fn got(&mut self, mut got: Got) {
        self.notices.append(&mut got.notices);
        self.report.n_rows_read += got.table.n_rows();
        let missing = &mut self.report.missing;
        got.table.columns.iter().for_each(|column| column.count_missing(missing));
        self.go_on(got);
    }

    pub(super) fn go_on(&mut self, got: Got) {
        if got.table.columns.is_empty() {
            let gravest = self.notices.iter().find(|notice| notice.level == encart_table::Level::Error);
            let notice = gravest.cloned().unwrap_or_else(empty);
            return self.fail(notice);
        }
        self.join_or_run(got);
    }

    fn join_or_run(&mut self, got: Got) {
        let needed = self.asked.steps.iter().enumerate().find_map(|(idx, step)| match step {
            Step::Rare(rare) => rare.other().filter(|other| other.table.is_none()).map(|other| (idx, other.clone())),
            _ => None,
        });
        if let Some((idx, other)) = needed {
            let order = Order { src: other.src, steps: other.steps, wanted: None, ..self.order.clone() };
            self.state = State::Joining(Box::new(got), idx, Box::new(Job::new(order)));
            return;
        }
        let steps = &self.asked.steps;
        let run = run_steps_from(got.table, steps, got.n_taken);
        let prepared = Prepared::new(steps, std::mem::take(&mut self.read), run);
        self.report.n_rows_kept = prepared.table.n_rows();
        self.prepared = Some(prepared);
        self.state = State::Done;
    }

    /// The table that a step needs has come, or not.
    pub(super) fn joined(&mut self) {
        let State::Joining(got, idx, job) = std::mem::replace(&mut self.state, State::Done) else { return };
        let made = job.finish();
        self.report.n_bytes += made.report.n_bytes;
        self.report.n_requests += made.report.n_requests;
        self.notices.extend(made.notices);
        self.notices.extend(made.prepared.notices);
        if let Some(failure) = made.failure {
            return self.fail(failure);
        }
        if let Some(Step::Rare(rare)) = self.asked.steps.get_mut(idx)
            && let Some(other) = rare.other_mut()
        {
            other.table = Some(std::sync::Arc::unwrap_or_clone(made.prepared.table));
        }
        self.join_or_run(*got);
    }
}
