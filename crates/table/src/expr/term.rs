//! Which simple conditions must all hold for an expression to be true?
//!
//! A portal can be asked `annee >= 2015`; it cannot be asked any expression. The planner takes an expression apart
//! where `and` joins it, and sends the terms that a portal understands.

use super::eval::{Outcome, binary};
use super::{Expr, Function, Node, Operator};
use crate::json::Json;
use crate::value::Value;

/// What a value of a column is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A number.
    Number(f64),
    /// Words, a code, or a date as an author writes it.
    Text(String),
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// It is one of the literals.
    OneOf,
    /// It is known and is not the literal.
    Differs,
    /// It is below the literal.
    Less,
    /// It is the literal or below.
    LessOrEqual,
    /// It is above the literal.
    More,
    /// It is the literal or above.
    MoreOrEqual,
    /// It is known.
    Known,
}

/// A condition on one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The column's name.
    pub column: String,
    /// How its values are compared.
    pub test: Test,
    /// With what: one literal, several for `OneOf`, none for `Known`.
    pub literals: Vec<Literal>,
}

const TESTS: [(&str, Test); 7] = [
    ("=", Test::OneOf),
    ("!=", Test::Differs),
    ("<", Test::Less),
    ("<=", Test::LessOrEqual),
    (">", Test::More),
    (">=", Test::MoreOrEqual),
    ("known", Test::Known),
];

impl Condition {
    /// The condition as a list: the column, the test, the literals.
    ///
    /// ```
    /// use encart_table::{Json, expr::{parse, term::Condition}};
    /// let condition = parse("annee >= 2015").unwrap().terms().remove(0).unwrap();
    /// assert_eq!(condition.write().write(), r#"["annee",">=",2015]"#);
    /// assert_eq!(Condition::read(&condition.write()), Some(condition));
    /// ```
    pub fn write(&self) -> Json {
        let test = TESTS.iter().find(|(_, test)| *test == self.test).map_or("", |(name, _)| name);
        let literals = self.literals.iter().map(|literal| match literal {
            Literal::Number(number) => Json::Number(*number),
            Literal::Text(text) => Json::Text(text.clone()),
        });
        Json::List(
            [Json::Text(self.column.clone()), Json::Text(test.to_string())].into_iter().chain(literals).collect(),
        )
    }

    /// The condition of a list that `write` made; none of any other value.
    pub fn read(json: &Json) -> Option<Condition> {
        let [column, test, literals @ ..] = json.as_list()? else { return None };
        let literal = |json: &Json| match json {
            Json::Number(number) => Some(Literal::Number(*number)),
            Json::Text(text) => Some(Literal::Text(text.clone())),
            _ => None,
        };
        Some(Condition {
            column: column.as_str()?.to_string(),
            test: TESTS.iter().find(|(name, _)| Some(*name) == test.as_str())?.1,
            literals: literals.iter().map(literal).collect::<Option<_>>()?,
        })
    }

    /// Whether a value passes, as the expression would have it; none when that is not known.
    pub fn holds(&self, value: Value<'_>) -> Option<bool> {
        if self.test == Test::Known {
            return Some(!value.is_missing());
        }
        let operator = match self.test {
            Test::OneOf | Test::Known => Operator::Equal,
            Test::Differs => Operator::Differs,
            Test::Less => Operator::Less,
            Test::LessOrEqual => Operator::LessOrEqual,
            Test::More => Operator::More,
            Test::MoreOrEqual => Operator::MoreOrEqual,
        };
        let answers = self.literals.iter().map(|literal| {
            let literal = match literal {
                Literal::Number(number) => Outcome::Number(*number),
                Literal::Text(text) => Outcome::Text(text.clone()),
            };
            match binary(operator, Outcome::from_value(value), literal) {
                Outcome::Truth(truth) => Some(truth),
                _ => None,
            }
        });
        // as `or` has it
        let mut known = Some(false);
        for answer in answers {
            match answer {
                Some(true) => return Some(true),
                Some(false) => {}
                None => known = None,
            }
        }
        known
    }
}

impl Expr {
    /// The terms that `and` joins: a condition where one column is compared with a literal, none where it is anything
    /// else.
    ///
    /// ```
    /// use encart_table::expr::{parse, term::Test};
    /// let terms = parse("annee >= 2015 and (dep = '71' or dep = '01') and a > b").unwrap().terms();
    /// assert_eq!(terms[0].as_ref().unwrap().test, Test::MoreOrEqual);
    /// assert_eq!(terms[1].as_ref().unwrap().literals.len(), 2);
    /// assert!(terms[2].is_none());
    /// ```
    pub fn terms(&self) -> Vec<Option<Condition>> {
        let mut terms = Vec::new();
        split(&self.node, &mut terms);
        terms
    }

    /// The columns that the expression reads.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns = Vec::new();
        collect(&self.node, &mut columns);
        columns
    }
}

fn collect<'a>(node: &'a Node, columns: &mut Vec<&'a str>) {
    match node {
        Node::Number(_) | Node::Text(_) => {}
        Node::Column(name) => columns.push(name),
        Node::Negate(inner) | Node::Not(inner) => collect(inner, columns),
        Node::Binary(_, left, right) => [left, right].into_iter().for_each(|node| collect(node, columns)),
        Node::Call(_, arguments) => arguments.iter().for_each(|node| collect(node, columns)),
    }
}

fn split(node: &Node, terms: &mut Vec<Option<Condition>>) {
    match node {
        Node::Binary(Operator::And, left, right) => {
            split(left, terms);
            split(right, terms);
        }
        other => terms.push(condition(other)),
    }
}

fn condition(node: &Node) -> Option<Condition> {
    match node {
        // equalities of one column: one of several values
        Node::Binary(Operator::Or, left, right) => {
            let (left, right) = (condition(left)?, condition(right)?);
            let is_choice = left.test == Test::OneOf && right.test == Test::OneOf && left.column == right.column;
            is_choice.then(|| Condition { literals: [left.literals, right.literals].concat(), ..left })
        }
        Node::Binary(operator, left, right) => {
            let (column, literal, is_turned) = match (&**left, &**right) {
                (Node::Column(column), literal) => (column, literal, false),
                (literal, Node::Column(column)) => (column, literal, true),
                _ => return None,
            };
            let literal = match literal {
                Node::Number(number) => Literal::Number(*number),
                Node::Negate(inner) => match **inner {
                    Node::Number(number) => Literal::Number(-number),
                    _ => return None,
                },
                Node::Text(text) => Literal::Text(text.clone()),
                _ => return None,
            };
            let test = match (operator, is_turned) {
                (Operator::Equal, _) => Test::OneOf,
                (Operator::Differs, _) => Test::Differs,
                (Operator::Less, false) | (Operator::More, true) => Test::Less,
                (Operator::LessOrEqual, false) | (Operator::MoreOrEqual, true) => Test::LessOrEqual,
                (Operator::More, false) | (Operator::Less, true) => Test::More,
                (Operator::MoreOrEqual, false) | (Operator::LessOrEqual, true) => Test::MoreOrEqual,
                _ => return None,
            };
            Some(Condition { column: column.clone(), test, literals: vec![literal] })
        }
        Node::Not(inner) => match &**inner {
            Node::Call(Function::IsMissing, arguments) => match arguments.as_slice() {
                [Node::Column(column)] => {
                    Some(Condition { column: column.clone(), test: Test::Known, literals: Vec::new() })
                }
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
