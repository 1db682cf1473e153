//! What does an expression give for one row?

use std::cmp::Ordering;

use super::{Expr, Function, Node, Operator};
use crate::day::{Grain, Period, read_period};
use crate::decimal::{power_of_ten, read_decimal};
use crate::number::{read_number, sniff_mark};
use crate::table::{Table, find_part, fold, lower};
use crate::value::{Value, Why};

/// What an expression gives for one row.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A number.
    Number(f64),
    /// A day, month, year …
    Period(Period),
    /// Words.
    Text(String),
    /// Yes or no.
    Truth(bool),
    /// Not known, and why.
    Missing(Why),
}

impl Outcome {
    pub(super) fn from_value(value: Value<'_>) -> Outcome {
        match value {
            Value::Number(number) => Outcome::Number(number),
            Value::Period(period) => Outcome::Period(period),
            Value::Text(text) => Outcome::Text(text.to_string()),
            Value::Missing(why) => Outcome::Missing(why),
        }
    }

    /// As a cell of a column. A truth is 1 or 0, so that it can be summed.
    pub fn as_value(&self) -> Value<'_> {
        match self {
            Outcome::Number(number) => Value::Number(*number),
            Outcome::Period(period) => Value::Period(*period),
            Outcome::Text(text) => Value::Text(text),
            Outcome::Truth(truth) => Value::Number(if *truth { 1.0 } else { 0.0 }),
            Outcome::Missing(why) => Value::Missing(*why),
        }
    }
}

impl Expr {
    /// The expression's outcome for a row.
    pub fn eval(&self, table: &Table, row_idx: usize) -> Outcome {
        eval(&self.node, table, row_idx)
    }
}

fn eval(node: &Node, table: &Table, row_idx: usize) -> Outcome {
    match node {
        Node::Number(number) => Outcome::Number(*number),
        Node::Text(text) => Outcome::Text(text.clone()),
        Node::Column(name) => match table.column(name) {
            Some(column) => Outcome::from_value(column.value(row_idx)),
            None => Outcome::Missing(Why::Absent),
        },
        Node::Negate(inner) => match eval(inner, table, row_idx) {
            Outcome::Number(number) => Outcome::Number(-number),
            Outcome::Missing(why) => Outcome::Missing(why),
            _ => Outcome::Missing(Why::Undefined),
        },
        Node::Not(inner) => match eval(inner, table, row_idx) {
            Outcome::Truth(truth) => Outcome::Truth(!truth),
            Outcome::Missing(why) => Outcome::Missing(why),
            _ => Outcome::Missing(Why::Undefined),
        },
        Node::Binary(operator, left, right) => {
            binary(*operator, eval(left, table, row_idx), eval(right, table, row_idx))
        }
        Node::Call(function, arguments) => {
            let outcomes: Vec<Outcome> = arguments.iter().map(|argument| eval(argument, table, row_idx)).collect();
            call(*function, &outcomes)
        }
    }
}

pub(super) fn binary(operator: Operator, left: Outcome, right: Outcome) -> Outcome {
    // `false and unknown` is false, `true or unknown` is true: the unknown would change nothing
    match (operator, &left, &right) {
        (Operator::And, Outcome::Truth(false), _) | (Operator::And, _, Outcome::Truth(false)) => {
            return Outcome::Truth(false);
        }
        (Operator::Or, Outcome::Truth(true), _) | (Operator::Or, _, Outcome::Truth(true)) => {
            return Outcome::Truth(true);
        }
        (_, Outcome::Missing(why), _) | (_, _, Outcome::Missing(why)) => return Outcome::Missing(*why),
        (Operator::And, Outcome::Truth(_), Outcome::Truth(_)) => return Outcome::Truth(true),
        (Operator::Or, Outcome::Truth(_), Outcome::Truth(_)) => return Outcome::Truth(false),
        _ => {}
    }
    // a year is also the number that it is written with
    let plain = |outcome: &Outcome| match outcome {
        Outcome::Number(number) => Some(*number),
        Outcome::Period(period) if period.grain == Grain::Year => Some(f64::from(period.ymd().year)),
        _ => None,
    };
    if let (Some(left), Some(right)) = (plain(&left), plain(&right)) {
        let number = match operator {
            Operator::Add => Some(left + right),
            Operator::Subtract => Some(left - right),
            Operator::Multiply => Some(left * right),
            Operator::Divide => Some(left / right),
            Operator::Remainder => Some(left - right * (left / right).floor()),
            _ => None,
        };
        if let Some(number) = number {
            return if number.is_finite() { Outcome::Number(number) } else { Outcome::Missing(Why::Undefined) };
        }
    }
    let Some(order) = compare(&left, &right) else { return Outcome::Missing(Why::Undefined) };
    match operator {
        Operator::Equal => Outcome::Truth(order == Ordering::Equal),
        Operator::Differs => Outcome::Truth(order != Ordering::Equal),
        Operator::Less => Outcome::Truth(order == Ordering::Less),
        Operator::LessOrEqual => Outcome::Truth(order != Ordering::Greater),
        Operator::More => Outcome::Truth(order == Ordering::Greater),
        Operator::MoreOrEqual => Outcome::Truth(order != Ordering::Less),
        _ => Outcome::Missing(Why::Undefined),
    }
}

/// Two values of one type; a period also with a year written as a number, or a date written as a text.
fn compare(left: &Outcome, right: &Outcome) -> Option<Ordering> {
    match (left, right) {
        (Outcome::Number(left), Outcome::Number(right)) => left.partial_cmp(right),
        (Outcome::Text(left), Outcome::Text(right)) => Some(left.cmp(right)),
        (Outcome::Period(left), Outcome::Period(right)) => Some(left.begin().cmp(&right.begin())),
        (Outcome::Truth(left), Outcome::Truth(right)) => Some(left.cmp(right)),
        (Outcome::Period(period), Outcome::Number(year)) => f64::from(period.ymd().year).partial_cmp(year),
        (Outcome::Period(period), Outcome::Text(text)) => Some(period.begin().cmp(&read_period(text)?.begin())),
        // what is chosen is written between quotes, whatever the column holds
        (Outcome::Number(number), Outcome::Text(text)) => number.partial_cmp(&read_decimal(text, 0)?),
        (Outcome::Number(_) | Outcome::Text(_), Outcome::Period(_)) => compare(right, left).map(Ordering::reverse),
        _ => None,
    }
}

fn call(function: Function, arguments: &[Outcome]) -> Outcome {
    if let (Function::IsMissing, [only]) = (function, arguments) {
        return Outcome::Truth(matches!(only, Outcome::Missing(_)));
    }
    if let (Function::If, [condition, yes, no]) = (function, arguments) {
        return match condition {
            Outcome::Truth(true) => yes.clone(),
            Outcome::Truth(false) => no.clone(),
            Outcome::Missing(why) => Outcome::Missing(*why),
            _ => Outcome::Missing(Why::Undefined),
        };
    }
    if let Some(Outcome::Missing(why)) = arguments.iter().find(|argument| matches!(argument, Outcome::Missing(_))) {
        return Outcome::Missing(*why);
    }
    match (function, arguments) {
        (Function::Abs, [Outcome::Number(number)]) => Outcome::Number(number.abs()),
        (Function::Round, [Outcome::Number(number)]) => Outcome::Number(number.round()),
        (Function::Round, [Outcome::Number(number), Outcome::Number(decimals)]) => {
            let decimals = decimals.clamp(-12.0, 12.0) as i32;
            let power = power_of_ten(decimals);
            let rounded =
                if decimals < 0 { (number / power).round() * power } else { (number * power).round() / power };
            Outcome::Number(rounded)
        }
        (Function::Year, [Outcome::Period(period)]) => Outcome::Number(f64::from(period.ymd().year)),
        (Function::Month, [Outcome::Period(period)]) => Outcome::Number(f64::from(period.ymd().month)),
        (Function::Lower, [Outcome::Text(text)]) => Outcome::Text(text.chars().map(lower).collect()),
        (Function::Contains, [Outcome::Text(text), Outcome::Text(part)]) => {
            let (text, part) = (fold(text), fold(part));
            Outcome::Truth(part.is_empty() || find_part(&text, &part).is_some())
        }
        (Function::StartsWith, [Outcome::Text(text), Outcome::Text(part)]) => {
            Outcome::Truth(fold(text).starts_with(&fold(part)))
        }
        (Function::Departement, [Outcome::Text(code)]) => departement(code),
        // the first nine digits of a SIRET are the SIREN of whom it belongs to (code de commerce, R. 123-220)
        (Function::Siren, [Outcome::Text(code)])
            if [9, 14].contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            part(code, 9)
        }
        (Function::Number, [Outcome::Number(number)]) => Outcome::Number(*number),
        // of a text that a file or a portal calls a text
        (Function::Number, [Outcome::Text(text)]) => match Why::from_token(text) {
            Some(why) => Outcome::Missing(why),
            None => {
                let (mark, _) = sniff_mark(&mut std::iter::once(text.as_str()));
                read_number(text, mark).map_or(Outcome::Missing(Why::Unreadable), |read| Outcome::Number(read.value))
            }
        },
        _ => Outcome::Missing(Why::Undefined),
    }
}

/// The département of a commune's or an IRIS' code INSEE: two letters, three overseas (`971`). A code that lost its first
/// zero to a spreadsheet has one letter less.
fn departement(code: &str) -> Outcome {
    let is_corsican = |place: usize, byte: u8| place == 1 && code.starts_with('2') && matches!(byte, b'A' | b'B');
    let is_code = code.bytes().enumerate().all(|(place, byte)| byte.is_ascii_digit() || is_corsican(place, byte));
    let is_overseas = ["97", "98"].iter().any(|start| code.starts_with(start));
    match code.len() {
        _ if !is_code => Outcome::Missing(Why::Undefined),
        5 | 9 => part(code, if is_overseas { 3 } else { 2 }),
        4 | 8 => departement(&["0", code].concat()),
        _ => Outcome::Missing(Why::Undefined),
    }
}

fn part(code: &str, n_letters: usize) -> Outcome {
    code.get(..n_letters).map_or(Outcome::Missing(Why::Undefined), |part| Outcome::Text(part.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::{Cells, Column};
    use crate::expr::{check, parse};

    fn table() -> Table {
        let mut year = Column::new("annee", Cells::Period(Vec::new()));
        year.push(Value::Period(Period::year(2020)));
        Table::new(vec![
            year,
            Column::numbers("montant", [Ok(10.0)]),
            Column::numbers("cache", [Err(Why::Secret)]),
            Column::texts("type", ["École"]),
            Column::texts("code", ["01053"]),
            Column::numbers("Montant voté", [Ok(4.0)]),
        ])
    }

    #[test]
    fn expressions_give_what_arithmetic_gives() {
        let number = |number| Outcome::Number(number);
        let truth = |truth| Outcome::Truth(truth);
        for (source, expected) in [
            ("1 + 2 * 3", number(7.0)),
            ("(1 + 2) * 3", number(9.0)),
            ("10 - 2 - 3", number(5.0)),
            ("-montant + 1", number(-9.0)),
            ("-2 * 3", number(-6.0)),
            ("montant / 0", Outcome::Missing(Why::Undefined)),
            ("montant + cache", Outcome::Missing(Why::Secret)),
            ("`Montant voté` * 2", number(8.0)),
            ("montant >= 10 and annee = 2020", truth(true)),
            ("annee < \"2020-06-01\"", truth(true)),
            ("not (montant > 10)", truth(true)),
            ("not montant > 10 and 1 = 1", truth(true)),
            ("cache > 1 and 1 = 2", truth(false)),
            ("cache > 1 or 1 = 1", truth(true)),
            ("cache > 1", Outcome::Missing(Why::Secret)),
            ("code = '01053'", truth(true)),
            ("montant = \"10\"", truth(true)),
            ("annee - 2000", number(20.0)),
            ("contains(type, 'ecole')", truth(true)),
            ("if(montant > 5, 'grand', 'petit')", Outcome::Text("grand".into())),
            ("is_missing(cache)", truth(true)),
            ("round(2.345, 2)", number(2.35)),
            ("round(1234, -2)", number(1200.0)),
            ("contains(\"abc\", \"\")", Outcome::Truth(true)),
            ("year(annee) % 100", number(20.0)),
            ("departement(code)", Outcome::Text("01".into())),
            ("departement('2A004')", Outcome::Text("2A".into())),
            ("departement('97105')", Outcome::Text("971".into())),
            ("departement('1053')", Outcome::Text("01".into())),
            ("departement('Boyer')", Outcome::Missing(Why::Undefined)),
            ("siren('21710001200014')", Outcome::Text("217100012".into())),
            ("siren('Mâcon-Nord12')", Outcome::Missing(Why::Undefined)),
            ("departement('1.053')", Outcome::Missing(Why::Undefined)),
            ("number('1 234,5')", number(1234.5)),
            ("number('n.d.')", Outcome::Missing(Why::NotAvailable)),
            ("number('douze')", Outcome::Missing(Why::Unreadable)),
        ] {
            let expr = parse(source).expect(source);
            assert_eq!(expr.eval(&table(), 0), expected, "{source}");
        }
    }

    #[test]
    fn an_error_says_where() {
        for (source, at) in [
            ("montant /", 10),
            ("(montant", 9),
            ("montant montant", 9),
            ("racine(4)", 1),
            ("'ouvert", 1),
            ("1 # 2", 3),
            ("abs()", 1),
            ("1.2.3", 1),
            ("", 1),
        ] {
            assert_eq!(parse(source).map_err(|error| error.at), Err(at), "{source}");
        }
        assert!(parse(&"(".repeat(5000)).is_err());
    }

    #[test]
    fn what_the_table_cannot_answer_is_said() {
        for (source, code) in [
            ("montnat > 1", Some("column.unknown")),
            ("code = 1053", Some("expr.text-and-number")),
            ("montant = 1053", None),
        ] {
            let notices = check(&parse(source).expect(source), &table(), "steps[0].filter");
            assert_eq!(notices.first().map(|notice| notice.code), code, "{source}");
        }
    }
}
