//! Which rows do leading conditions keep, cell by cell?

use encart_table::expr::term::{Condition, Literal, Test};
use encart_table::index::Index;
use encart_table::infer::Kind;
use encart_table::number::Mark;

use crate::number::{plain_number, read_cell};

/// A condition on one column, asked of each row.
#[derive(Debug)]
pub(crate) struct Asked {
    /// The column's place in the file.
    pub(crate) column: usize,
    kind: Kind,
    condition: Condition,
    /// For a comparison with one number: the number.
    number: Option<f64>,
    mark: Mark,
    /// What each text that came before answered.
    texts: Index,
    answers: Vec<Option<bool>>,
}

impl Asked {
    pub(crate) fn new(column: usize, kind: Kind, condition: Condition) -> Asked {
        let (number, mark) = match (kind, condition.literals.as_slice()) {
            (Kind::Number { mark, .. }, [Literal::Number(number)]) => (Some(*number), mark),
            _ => (None, Mark::Comma),
        };
        Asked { column, kind, condition, number, mark, texts: Index::default(), answers: Vec::new() }
    }

    /// Whether the cell passes; none when it does not tell.
    pub(crate) fn holds(&mut self, cell: &[u8]) -> Option<bool> {
        if let (Some(number), Some(value)) = (self.number, plain_number(cell, self.mark)) {
            return Some(match self.condition.test {
                Test::OneOf => value == number,
                Test::Differs => value != number,
                Test::Less => value < number,
                Test::LessOrEqual => value <= number,
                Test::More => value > number,
                Test::MoreOrEqual => value >= number,
                Test::Known => true,
            });
        }
        let known = self.texts.number_of(cell) as usize;
        if let Some(answer) = self.answers.get(known) {
            return *answer;
        }
        let text = encart_table::sniff::decode_cell(cell);
        let answer = self.condition.holds(read_cell(&mut self.kind, &text).0);
        self.answers.push(answer);
        answer
    }
}
