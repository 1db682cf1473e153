//! What do the data answer to a question?

use std::cmp::Ordering;

use encart_table::sum::fifteen_digits;
use encart_table::table::fold;
use encart_table::{Hedge, Lang, NumberFormat, Period, Value, Why};

use super::facts::{Facts, Key, Measure};
use super::parse::{Node, Operator, Trouble};

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// As the data have it, or computed.
    Measure,
    /// A part of a whole, from 0 to 1.
    Share,
    /// A rank among so many.
    Rank(usize),
}

/// A number with what it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) unit: Option<String>,
    pub(super) hedge: Option<Hedge>,
    pub(super) nature: Nature,
}

/// What the data answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    Number(Number),
    /// From one number to another.
    Change(Number, Number),
    /// A number and the place that has it.
    Extreme(Number, String),
    Text(String),
    Period(Period),
    Truth(bool),
    /// No value.
    Missing(Lack),
}

/// Why there is no value, and what the file prints in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lack {
    pub(super) why: Why,
    pub(super) printed: Option<String>,
}

impl Lack {
    /// What is printed, or the reason in the reader's words.
    pub(super) fn words(&self, lang: Lang) -> String {
        self.printed.clone().unwrap_or_else(|| self.why.words(lang).to_string())
    }
}

impl From<Why> for Answer {
    fn from(why: Why) -> Answer {
        Answer::Missing(Lack { why, printed: None })
    }
}

impl Answer {
    pub(super) fn number(self) -> Result<Number, Lack> {
        match self {
            Answer::Number(number) | Answer::Extreme(number, _) => Ok(number),
            Answer::Change(from, to) => Ok(difference(&from, &to)),
            Answer::Truth(truth) => Ok(Number::plain(if truth { 1.0 } else { 0.0 })),
            Answer::Missing(lack) => Err(lack),
            Answer::Text(_) | Answer::Period(_) => Err(Lack { why: Why::Undefined, printed: None }),
        }
    }
}

impl Number {
    pub(super) fn plain(value: f64) -> Number {
        Number { value, unit: None, hedge: None, nature: Nature::Measure }
    }

    /// As it stands in a list of what was read.
    pub(super) fn written(&self, lang: Lang) -> String {
        let written = NumberFormat::full(&[self.value], self.unit.as_deref(), lang).write(self.value);
        self.hedge.as_ref().map_or(written.clone(), |hedge| hedge.write(&written, lang))
    }
}

/// From one number to another, in the unit of the second.
pub(super) fn difference(from: &Number, to: &Number) -> Number {
    Number { value: fifteen_digits(to.value - from.value), hedge: weaker(from, to), ..to.clone() }
}

/// What is computed from two numbers is as unsure as the least sure.
fn weaker(one: &Number, other: &Number) -> Option<Hedge> {
    let rank = |number: &Number| number.hedge.as_ref().map_or(0, Hedge::rank);
    Hedge::of_rank(rank(one).max(rank(other)))
}

/// Answers questions, and remembers what it read.
pub(super) struct Reader<'a> {
    pub(super) facts: &'a Facts<'a>,
    /// `depenses, 2024 : 135 €`: what was read, in the order of reading.
    pub(super) reads: Vec<String>,
}

pub(super) type Answered = Result<Answer, Trouble>;

impl<'a> Reader<'a> {
    pub(super) fn answer(&mut self, node: &Node) -> Answered {
        self.eval(node, None)
    }

    /// Of a row where there is one: then a name is its cell.
    pub(super) fn eval(&mut self, node: &Node, row_idx: Option<usize>) -> Answered {
        Ok(match node {
            Node::Number(number) => Answer::Number(Number::plain(*number)),
            Node::Text(text) => Answer::Text(text.clone()),
            Node::Name(name) => match row_idx {
                Some(row_idx) => {
                    let measure = self.facts.measure(name)?;
                    cell(&measure, row_idx)
                }
                None if name == "vrai" || name == "true" => Answer::Truth(true),
                None if name == "faux" || name == "false" => Answer::Truth(false),
                None => {
                    self.facts.measure(name)?;
                    return Err(Trouble::new(
                        1,
                        format!("« {name} » est une colonne entière : écrivez {name}[2024] ou total({name})."),
                        format!("“{name}” is a whole column: write {name}[2024] or sum({name})."),
                    ));
                }
            },
            Node::Cell(name, key) => {
                let measure = self.facts.measure(name)?;
                let key = self.key(key)?;
                self.read(&measure, &key)?
            }
            Node::Negate(inner) => match self.eval(inner, row_idx)?.number() {
                Ok(number) => Answer::Number(Number { value: -number.value, ..number }),
                Err(lack) => Answer::Missing(lack),
            },
            Node::Not(inner) => match self.eval(inner, row_idx)? {
                Answer::Truth(truth) => Answer::Truth(!truth),
                _ => Answer::from(Why::Undefined),
            },
            Node::Binary(operator, left, right) => {
                let (left, right) = (self.eval(left, row_idx)?, self.eval(right, row_idx)?);
                binary(*operator, left, right)
            }
            Node::Call(name, arguments) => self.call(name, arguments, row_idx)?,
        })
    }

    pub(super) fn key(&mut self, node: &Node) -> Result<Key, Trouble> {
        if let Node::Name(name) = node {
            return Ok(match fold(name).as_str() {
                "dernier" | "derniere" | "last" => Key::Last,
                "premier" | "premiere" | "first" => Key::First,
                _ => Key::Text(name.clone()),
            });
        }
        Ok(match self.eval(node, None)? {
            Answer::Number(number) => Key::Number(number.value),
            Answer::Period(period) => Key::Period(period),
            Answer::Text(text) | Answer::Extreme(_, text) => Key::Text(text),
            _ => {
                return Err(Trouble::new(
                    1,
                    "ce qui est entre crochets n’est ni une date ni un nom.",
                    "what stands in brackets is neither a date nor a name.",
                ));
            }
        })
    }

    pub(super) fn read(&mut self, measure: &Measure<'a>, key: &Key) -> Answered {
        let Some(row_idx) = measure.row(key)? else {
            let label = self.label_of(key);
            self.reads.push(self.line(&measure.column.name, &label, Why::Absent.words(self.facts.lang)));
            return Ok(Answer::from(Why::Absent));
        };
        let answer = cell(measure, row_idx);
        let written = match &answer {
            Answer::Number(number) => number.written(self.facts.lang),
            Answer::Missing(lack) => lack.words(self.facts.lang),
            Answer::Text(text) => text.clone(),
            _ => String::new(),
        };
        let label = label(measure, row_idx, self.facts.lang);
        self.reads.push(self.line(&measure.column.name, &label, &written));
        Ok(answer)
    }

    pub(super) fn line(&self, column: &str, place: &str, written: &str) -> String {
        [column, ", ", place, self.facts.lang.pick("\u{a0}: ", ": "), written].concat()
    }

    fn label_of(&self, key: &Key) -> String {
        match key {
            Key::Number(number) => encart_table::decimal::write_plain(*number),
            Key::Period(period) => encart_table::locale::write_period(*period, self.facts.lang),
            Key::Text(text) => text.clone(),
            Key::First => self.facts.lang.pick("premier", "first").to_string(),
            Key::Last => self.facts.lang.pick("dernier", "last").to_string(),
        }
    }
}

pub(super) fn cell(measure: &Measure<'_>, row_idx: usize) -> Answer {
    let hedge = measure.column.hedge(row_idx).cloned();
    match measure.column.value(row_idx) {
        Value::Number(value) => {
            Answer::Number(Number { value, unit: measure.column.unit.clone(), hedge, nature: Nature::Measure })
        }
        Value::Period(period) => Answer::Period(period),
        Value::Text(text) => Answer::Text(text.to_string()),
        Value::Missing(why) => {
            let printed = hedge.and_then(|hedge| if let Hedge::Bound(printed) = hedge { Some(printed) } else { None });
            Answer::Missing(Lack { why, printed })
        }
    }
}

pub(super) fn label(measure: &Measure<'_>, row_idx: usize, lang: Lang) -> String {
    match measure.places.value(row_idx) {
        Value::Period(period) => encart_table::locale::write_period(period, lang),
        Value::Text(text) => text.to_string(),
        Value::Number(number) => encart_table::decimal::write_plain(number),
        Value::Missing(why) => why.words(lang).to_string(),
    }
}

fn binary(operator: Operator, left: Answer, right: Answer) -> Answer {
    use Operator::{And, Differs, Equal, Or};
    match (operator, &left, &right) {
        // what is not known decides nothing, unless the other decides alone
        (Or, Answer::Truth(true), _) | (Or, _, Answer::Truth(true)) => return Answer::Truth(true),
        (And, Answer::Truth(false), _) | (And, _, Answer::Truth(false)) => return Answer::Truth(false),
        (Or, Answer::Truth(_), Answer::Truth(_)) => return Answer::Truth(false),
        (And, Answer::Truth(_), Answer::Truth(_)) => return Answer::Truth(true),
        (Equal, Answer::Text(one), Answer::Text(other) | Answer::Extreme(_, other))
        | (Equal, Answer::Extreme(_, one), Answer::Text(other)) => return Answer::Truth(fold(one) == fold(other)),
        (Differs, Answer::Text(one), Answer::Text(other) | Answer::Extreme(_, other))
        | (Differs, Answer::Extreme(_, one), Answer::Text(other)) => return Answer::Truth(fold(one) != fold(other)),
        _ => {}
    }
    let as_year = |answer: Answer| match answer {
        Answer::Period(period) => Answer::Number(Number::plain(f64::from(period.ymd().year))),
        other => other,
    };
    let (left, right) = match (as_year(left).number(), as_year(right).number()) {
        (Ok(left), Ok(right)) => (left, right),
        (Err(lack), _) | (_, Err(lack)) => return Answer::Missing(lack),
    };
    let truth = |is: fn(Ordering) -> bool| Answer::Truth(is(left.value.total_cmp(&right.value)));
    let same_unit = left.unit == right.unit || left.unit.is_none() || right.unit.is_none();
    let unit = if same_unit { left.unit.clone().or(right.unit.clone()) } else { None };
    let hedge = weaker(&left, &right);
    let number = |value: f64, unit: Option<String>| match value.is_finite() {
        true => Answer::Number(Number { value: fifteen_digits(value), unit, hedge, nature: Nature::Measure }),
        false => Answer::from(Why::Undefined),
    };
    match operator {
        Operator::Add => number(left.value + right.value, unit),
        Operator::Subtract => number(left.value - right.value, unit),
        Operator::Multiply => {
            number(left.value * right.value, if left.unit.is_some() { left.unit } else { right.unit })
        }
        Operator::Divide => {
            let unit = if right.unit.is_none() { left.unit } else { None };
            number(left.value / right.value, unit)
        }
        Equal => truth(Ordering::is_eq),
        Differs => truth(Ordering::is_ne),
        Operator::Less => truth(Ordering::is_lt),
        Operator::LessOrEqual => truth(Ordering::is_le),
        Operator::More => truth(Ordering::is_gt),
        Operator::MoreOrEqual => truth(Ordering::is_ge),
        Or | And => Answer::from(Why::Undefined),
    }
}
