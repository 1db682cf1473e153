//! Which figures of a step were computed, and where does each lead to how it was?

use crate::sentence::Computed;

/// What was computed in a step, in the order of its text.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// What the anchors of this step begin with; without one no figure leads anywhere.
    anchor: Option<String>,
    answers: Vec<Computed>,
}

impl Sources {
    pub(super) fn of_step(anchor: Option<String>) -> Sources {
        Sources { anchor, answers: Vec::new() }
    }

    /// Keeps how a figure was computed; the anchor where that is told. What is asked twice is told once.
    pub(super) fn keep(&mut self, answer: &Computed) -> Option<String> {
        let place = self.answers.iter().position(|known| known == answer);
        let idx = place.unwrap_or(self.answers.len());
        if place.is_none() {
            self.answers.push(answer.clone());
        }
        self.anchor_of(idx)
    }

    fn anchor_of(&self, idx: usize) -> Option<String> {
        Some([self.anchor.as_ref()?, "-calcul-", &(idx + 1).to_string()].concat())
    }

    /// All that was computed, each with its anchor.
    pub(super) fn all(&self) -> impl Iterator<Item = (Option<String>, &Computed)> {
        self.answers.iter().enumerate().map(|(idx, answer)| (self.anchor_of(idx), answer))
    }
}
