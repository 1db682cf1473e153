//! What do the data answer to a node: a cell, an operation, a condition?

use std::cmp::Ordering;

use encart_table::expr::{ExprError, Operator};
use encart_table::sum::fifteen_digits;
use encart_table::table::{fold, fold_words};
use encart_table::{Hedge, Period, Value, Why, Words};

use super::answer::{Answer, Lack, Nature, Number, weaker};
use super::facts::{Facts, Key, Measure};
use super::parse::{Node, trouble};

/// Answers questions, and remembers what it read.
pub(crate) struct Reader<'a> {
    pub(crate) facts: &'a Facts<'a>,
    /// `depenses, 2024 : 135 €`: what was read, in the order of reading.
    pub(crate) reads: Vec<String>,
    /// What its author must know though there is an answer.
    pub(crate) doubts: Vec<Words>,
}

pub(crate) type Answered = Result<Answer, ExprError>;

impl<'a> Reader<'a> {
    pub(crate) fn new(facts: &'a Facts<'a>) -> Reader<'a> {
        Reader { facts, reads: Vec::new(), doubts: Vec::new() }
    }

    pub(crate) fn answer(&mut self, node: &Node) -> Answered {
        self.eval(node, None)
    }

    /// Of a row where there is one: then a name is its cell.
    pub(crate) fn eval(&mut self, node: &Node, row_idx: Option<usize>) -> Answered {
        Ok(match node {
            Node::Known(_, answer) => (**answer).clone(),
            Node::Number(number, unit) => Answer::Number(Number::with_unit(*number, unit.clone())),
            Node::Text(_, text) => Answer::Text(text.clone()),
            Node::Name(at, name) => match (row_idx, fold(name).as_str()) {
                (_, "vrai" | "true") => Answer::Truth(true),
                (_, "faux" | "false") => Answer::Truth(false),
                (Some(row_idx), _) => cell(&self.facts.measure(*at, name)?, row_idx),
                (None, _) => {
                    self.facts.measure(*at, name)?;
                    return Err(trouble(
                        *at,
                        format!("« {name} » est une colonne entière : écrivez {name}[2024] ou total({name})."),
                        format!("“{name}” is a whole column: write {name}[2024] or sum({name})."),
                    ));
                }
            },
            Node::Cell(at, name, key) => {
                let measure = self.facts.measure(*at, name)?;
                let key = self.key(key)?;
                self.read(&measure, &key)?
            }
            Node::Negate(at, inner) => match self.eval(inner, row_idx)?.number(*at)? {
                Ok(number) => Answer::Number(Number { value: -number.value, ..number }),
                Err(lack) => Answer::Missing(lack),
            },
            Node::Not(at, inner) => match self.eval(inner, row_idx)? {
                Answer::Truth(truth) => Answer::Truth(!truth),
                Answer::Missing(lack) => Answer::Missing(lack),
                _ => return Err(no_condition(*at)),
            },
            Node::Binary(at, operator, left, right) => {
                let (one, other) = (self.eval(left, row_idx)?, self.eval(right, row_idx)?);
                match operator {
                    Operator::And | Operator::Or => joined(*operator, one, other, *at)?,
                    _ if operator.strength() == Operator::COMPARISON => {
                        no_date_in_digits(left)?;
                        no_date_in_digits(right)?;
                        compared(*operator, one, other, *at)?
                    }
                    _ => {
                        let is_literal = |node: &Node| matches!(node, Node::Number(..));
                        computed(*operator, one, other, *at, is_literal(left) || is_literal(right))?
                    }
                }
            }
            Node::Call(at, name, arguments) => self.call(*at, name, arguments, row_idx)?,
        })
    }

    pub(crate) fn key(&mut self, node: &Node) -> Result<Key, ExprError> {
        if let Node::Name(_, name) = node {
            return Ok(Key::named(name).unwrap_or_else(|| Key::Text(name.clone())));
        }
        no_date_in_digits(node)?;
        Ok(match self.eval(node, None)? {
            Answer::Number(number) => Key::Number(number.value),
            Answer::Period(period) => Key::Period(period),
            Answer::Text(text) => Key::Text(text),
            Answer::Extreme(_, labels) if labels.len() == 1 => Key::Text(labels.concat()),
            _ => {
                return Err(trouble(
                    node.at(),
                    "ce qui nomme la ligne n’est ni une date ni un nom.",
                    "what names the row is neither a date nor a name.",
                ));
            }
        })
    }

    pub(crate) fn read(&mut self, measure: &Measure<'a>, key: &Key) -> Answered {
        let lang = self.facts.lang;
        let Some(row_idx) = measure.row(key)? else {
            self.doubts.extend(measure.nowhere(key));
            self.reads.push(self.line(&measure.column.name, &key.label(lang), Why::Absent.words(lang)));
            return Ok(Answer::from(Why::Absent));
        };
        let answer = cell(measure, row_idx);
        self.reads.push(self.line(&measure.column.name, &measure.label(row_idx, lang), &answer.words(lang)));
        Ok(answer)
    }

    pub(crate) fn line(&self, column: &str, place: &str, written: &str) -> String {
        [column, ", ", place, self.facts.lang.pick("\u{a0}: ", ": "), written].concat()
    }
}

pub(crate) fn cell(measure: &Measure<'_>, row_idx: usize) -> Answer {
    let hedge = measure.column.hedge(row_idx).cloned();
    match measure.column.value(row_idx) {
        Value::Number(value) => {
            Answer::Number(Number { hedge, ..Number::with_unit(value, measure.column.unit.clone()) })
        }
        Value::Period(period) => Answer::Period(period),
        Value::Text(text) => Answer::Text(text.to_string()),
        Value::Missing(why) => {
            let printed = hedge.and_then(|hedge| if let Hedge::Bound(printed) = hedge { Some(printed) } else { None });
            Answer::Missing(Lack { why, printed })
        }
    }
}

/// What is asked where a condition is expected, and is none.
pub(crate) fn no_condition(at: usize) -> ExprError {
    trouble(
        at,
        "ce n’est pas une condition : comparez, par exemple depenses[2024] > 0.",
        "this is no condition: compare, such as spending[2024] > 0.",
    )
}

/// `2024-03` without quotes is 2021: nobody means it.
fn no_date_in_digits(node: &Node) -> Result<(), ExprError> {
    let Node::Binary(at, Operator::Subtract | Operator::Divide, left, right) = node else { return Ok(()) };
    let is_digits = |node: &Node| matches!(node, Node::Number(_, None));
    if is_digits(right) && (is_digits(left) || no_date_in_digits(left).is_err()) {
        return Err(trouble(
            *at,
            "une date qui n’est pas une année s’écrit entre guillemets : \"2024-03\".",
            "a date that is no year is written in quotes: \"2024-03\".",
        ));
    }
    Ok(())
}

fn joined(operator: Operator, left: Answer, right: Answer, at: usize) -> Answered {
    let decides = operator == Operator::Or;
    Ok(match (left, right) {
        // what is not known decides nothing, unless the other decides alone
        (Answer::Truth(one), Answer::Missing(lack)) | (Answer::Missing(lack), Answer::Truth(one)) => {
            if one == decides {
                Answer::Truth(decides)
            } else {
                Answer::Missing(lack)
            }
        }
        (Answer::Truth(one), Answer::Truth(other)) => Answer::Truth(if decides { one || other } else { one && other }),
        (Answer::Missing(lack), Answer::Missing(_)) => Answer::Missing(lack),
        _ => return Err(no_condition(at)),
    })
}

/// How two answers compare; none when it cannot be told.
fn compared(operator: Operator, left: Answer, right: Answer, at: usize) -> Answered {
    let is_equality = matches!(operator, Operator::Equal | Operator::Differs);
    let equality = |is_equal: bool| Ok(Answer::Truth(is_equal == (operator == Operator::Equal)));
    let order = match (left, right) {
        (Answer::Missing(lack), _) | (_, Answer::Missing(lack)) => return Ok(Answer::Missing(lack.computed())),
        (Answer::Text(one), Answer::Text(other)) if is_equality => {
            return equality(fold_words(&one) == fold_words(&other));
        }
        (Answer::Extreme(_, labels), Answer::Text(text)) | (Answer::Text(text), Answer::Extreme(_, labels))
            if is_equality =>
        {
            return equality(labels.iter().any(|label| fold_words(label) == fold_words(&text)));
        }
        (Answer::Truth(one), Answer::Truth(other)) if is_equality => return equality(one == other),
        (Answer::Period(one), other) => of_periods(one, &other, at)?,
        (other, Answer::Period(one)) => of_periods(one, &other, at)?.map(Ordering::reverse),
        (one, other) => match (one.number(at)?, other.number(at)?) {
            (Ok(one), Ok(other)) => {
                one.agrees(&other, at)?;
                one.value.partial_cmp(&other.value)
            }
            (Err(lack), _) | (_, Err(lack)) => return Ok(Answer::Missing(lack)),
        },
    };
    let Some(order) = order else { return Ok(Answer::from(Why::Undefined)) };
    Ok(Answer::Truth(match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::More => order.is_gt(),
        Operator::MoreOrEqual => order.is_ge(),
        Operator::Differs => order.is_ne(),
        _ => order.is_eq(),
    }))
}

/// A period before, at or after another; none when one holds the other: March 2024 is neither before nor after 2024.
fn of_periods(one: Period, other: &Answer, at: usize) -> Result<Option<Ordering>, ExprError> {
    let other = match other {
        Answer::Period(other) => Some(*other),
        Answer::Number(number) if number.is_bare() && number.value.abs() < 1e4 => {
            Some(Period::year(number.value.floor() as i32))
        }
        Answer::Text(text) => encart_table::day::read_period(text),
        _ => None,
    };
    let Some(other) = other else {
        return Err(trouble(
            at,
            "une date se compare à une date : 2024 ou \"2024-03\".",
            "a date is compared with a date: 2024 or \"2024-03\".",
        ));
    };
    Ok(match () {
        () if one == other => Some(Ordering::Equal),
        () if one.end() <= other.begin() => Some(Ordering::Less),
        () if other.end() <= one.begin() => Some(Ordering::Greater),
        () => None,
    })
}

/// A sum of one's own. A percentage of something is a part of it; the ratio of two of a unit has none.
fn computed(operator: Operator, left: Answer, right: Answer, at: usize, has_literal: bool) -> Answered {
    let (left, right) = match (left.number(at)?, right.number(at)?) {
        (Ok(left), Ok(right)) => (left, right),
        (Err(lack), _) | (_, Err(lack)) => return Ok(Answer::Missing(lack)),
    };
    let hedge = weaker(&left, &right);
    let n_unknown = left.n_unknown.max(right.n_unknown);
    let (of_left, of_right) = (left.is_percent(), right.is_percent());
    let kept = |number: &Number| (number.unit.clone(), number.nature);
    let (value, (unit, nature)) = match operator {
        Operator::Add | Operator::Subtract => {
            let moves = |one: &Number, other: &Number| one.is_percent() && other.nature == Nature::Points;
            if !moves(&left, &right) {
                left.agrees(&right, at)?;
            }
            let value = if operator == Operator::Add { left.value + right.value } else { left.value - right.value };
            let is_between = of_left && of_right && operator == Operator::Subtract;
            let kept = if left.is_bare() { kept(&right) } else { kept(&left) };
            (value, if is_between { (None, Nature::Points) } else { kept })
        }
        // 12 % of 2 000 is 240
        Operator::Multiply if of_left && !has_literal => (left.value * right.value / 100.0, kept(&right)),
        Operator::Multiply if of_right && !has_literal => (left.value * right.value / 100.0, kept(&left)),
        Operator::Multiply => {
            let one = if left.is_bare() { &right } else { &left };
            let is_per = one.unit.as_deref().is_some_and(|unit| unit.contains('/'));
            let is_alone = left.is_bare() || right.is_bare();
            let kept = if is_alone && (has_literal || !is_per) { kept(one) } else { (None, Nature::Measure) };
            (left.value * right.value, kept)
        }
        _ => {
            if !right.is_bare() && !left.is_bare() && left.unit != right.unit && is_scaled(&left, &right) {
                left.agrees(&right, at)?;
            }
            let value =
                if of_right && !of_left { left.value / (right.value / 100.0) } else { left.value / right.value };
            (value, if right.is_bare() || of_right && !of_left { kept(&left) } else { (None, Nature::Measure) })
        }
    };
    // a rank that is reckoned with is a number
    let nature = if let Nature::Rank(_) = nature { Nature::Measure } else { nature };
    Ok(match value.is_finite() {
        true => Answer::Number(Number { value: fifteen_digits(value), unit, hedge, nature, n_unknown }),
        false => Answer::from(Why::Undefined),
    })
}

/// Whether two units are one at two sizes, as k€ and €: their ratio would be false by a thousand.
fn is_scaled(one: &Number, other: &Number) -> bool {
    let bare = |unit: &str| unit.trim_start_matches(['k', 'M', 'G', 'T', 'd']).to_string();
    match (&one.unit, &other.unit) {
        (Some(one), Some(other)) => bare(one) == bare(other),
        _ => false,
    }
}
