//! What does a question compute of a column: its extreme, a rank, a part, a total?

use encart_table::day::read_period;
use encart_table::decimal::write_plain;
use encart_table::locale::write_period;
use encart_table::sum::{fifteen_digits, sum};
use encart_table::table::{fold, nearest};
use encart_table::{Lang, NumberFormat, Period, Value, Why};

use super::eval::{Answer, Answered, Nature, Number, Reader, cell, label};
use super::facts::{Key, Measure};
use super::parse::{Node, Trouble};
use crate::trajectory::Trajectory;

/// The questions, in French and in English, with how many things they are given.
pub(super) const QUESTIONS: [(&str, &str, usize, usize); 15] = [
    ("valeur", "value", 2, 2),
    ("evolution", "change", 3, 3),
    ("rang", "rank", 2, 3),
    ("max", "max", 1, 1),
    ("min", "min", 1, 1),
    ("part", "share", 2, 2),
    ("total", "sum", 1, 1),
    ("moyenne", "mean", 1, 1),
    ("mediane", "median", 1, 1),
    ("nombre", "count", 0, 1),
    ("trajectoire", "standing", 3, 4),
    ("premier", "first", 1, 1),
    ("dernier", "last", 1, 1),
    ("connu", "known", 1, 1),
    ("abs", "abs", 1, 1),
];

impl<'a> Reader<'a> {
    pub(super) fn call(&mut self, name: &str, arguments: &[Node], row_idx: Option<usize>) -> Answered {
        let folded = fold(name);
        let known = QUESTIONS.iter().find(|(fr, en, ..)| *fr == folded || *en == folded);
        let Some((question, _, least, most)) = known else {
            let lang = self.facts.lang;
            let names: Vec<&str> = QUESTIONS.iter().map(|(fr, en, ..)| lang.pick(*fr, *en)).collect();
            let guess = nearest(&folded, &names).map_or(names.join(", "), str::to_string);
            return Err(Trouble::new(
                1,
                format!("la question « {name} » n’existe pas. Vouliez-vous dire {guess} ?"),
                format!("there is no question “{name}”. Did you mean {guess}?"),
            ));
        };
        if arguments.len() < *least || arguments.len() > *most {
            return Err(Trouble::new(
                1,
                format!("« {name} » demande {least} chose(s), {} sont écrites.", arguments.len()),
                format!("“{name}” asks for {least} thing(s), {} are written.", arguments.len()),
            ));
        }
        match (*question, arguments) {
            ("nombre", []) => Ok(Answer::Number(Number::plain(self.facts.table().map_or(0, |t| t.n_rows()) as f64))),
            ("nombre", [node @ (Node::Binary(..) | Node::Not(_))]) => self.count(node),
            ("connu", [node]) => Ok(Answer::Truth(!matches!(self.eval(node, row_idx)?, Answer::Missing(..)))),
            ("abs", [node]) => Ok(match self.eval(node, row_idx)?.number() {
                Ok(number) => Answer::Number(Number { value: number.value.abs(), ..number }),
                Err(lack) => Answer::Missing(lack),
            }),
            (question, [Node::Name(column) | Node::Text(column), keys @ ..]) => {
                let measure = self.facts.measure(column)?;
                self.ask(question, &measure, keys)
            }
            _ => Err(Trouble::new(
                1,
                format!("« {name} » commence par une colonne, par exemple {name}(montant)."),
                format!("“{name}” begins with a column, such as {name}(amount)."),
            )),
        }
    }

    /// How many rows answer yes; those that do not know are said.
    fn count(&mut self, node: &Node) -> Answered {
        let n_rows = self.facts.table().map_or(0, |table| table.n_rows());
        let (mut count, mut unknown) = (0, 0);
        for row_idx in 0..n_rows {
            match self.eval(node, Some(row_idx))? {
                Answer::Truth(true) => count += 1,
                Answer::Truth(false) => {}
                _ => unknown += 1,
            }
        }
        let lang = self.facts.lang;
        self.reads.push(match lang {
            Lang::Fr => format!("{count} lignes sur {n_rows}, dont {unknown} sans réponse"),
            Lang::En => format!("{count} rows of {n_rows}, {unknown} of them without an answer"),
        });
        Ok(Answer::Number(Number::plain(f64::from(count))))
    }

    fn ask(&mut self, question: &str, measure: &Measure<'a>, keys: &[Node]) -> Answered {
        let keys: Vec<Key> = keys.iter().map(|key| self.key(key)).collect::<Result<_, _>>()?;
        let numbers = measure.numbers();
        let n_missing = measure.table.n_rows() - numbers.len();
        let unit = measure.column.unit.clone();
        let all =
            |value: f64| Answer::Number(Number { value, unit: unit.clone(), hedge: None, nature: Nature::Measure });
        let values = || numbers.iter().map(|(_, value)| *value);
        match (question, keys.as_slice()) {
            ("valeur", [key]) => self.read(measure, key),
            ("evolution", [from, to]) => {
                let (from, to) = (self.read(measure, from)?, self.read(measure, to)?);
                Ok(match (from, to) {
                    (Answer::Number(from), Answer::Number(to)) => Answer::Change(from, to),
                    (Answer::Missing(lack), _) | (_, Answer::Missing(lack)) => Answer::from(lack.why),
                    _ => Answer::from(Why::Undefined),
                })
            }
            ("rang", [key, order @ ..]) => {
                let number = match self.read(measure, key)? {
                    Answer::Number(number) => number,
                    other => return Ok(other),
                };
                let is_rising =
                    matches!(order, [Key::Text(word)] if matches!(fold(word).as_str(), "croissant" | "ascending"));
                let is_before = |value: f64| if is_rising { value < number.value } else { value > number.value };
                let rank = 1 + values().filter(|value| is_before(*value)).count();
                self.say_missing(n_missing);
                let nature = Nature::Rank(numbers.len());
                Ok(Answer::Number(Number { value: rank as f64, unit: None, hedge: number.hedge, nature }))
            }
            ("max" | "min", []) => {
                let by = |one: &(usize, f64), other: &(usize, f64)| one.1.total_cmp(&other.1);
                // of equals the first is named
                let found = match question {
                    "max" => numbers.iter().copied().rev().max_by(by),
                    _ => numbers.iter().copied().min_by(by),
                };
                self.say_missing(n_missing);
                let Some((row_idx, _)) = found else { return Ok(Answer::from(Why::Absent)) };
                let label = label(measure, row_idx, self.facts.lang);
                Ok(match cell(measure, row_idx) {
                    Answer::Number(number) => {
                        self.reads.push(self.line(&measure.column.name, &label, &number.written(self.facts.lang)));
                        Answer::Extreme(number, label)
                    }
                    other => other,
                })
            }
            ("part", [key]) => {
                let part = match self.read(measure, key)? {
                    Answer::Number(number) => number,
                    other => return Ok(other),
                };
                let whole = sum(values());
                self.say_total(measure, whole);
                // of a whole that lacks a part no share is known
                if n_missing > 0 {
                    self.say_missing(n_missing);
                    return Ok(Answer::from(Why::Undefined));
                }
                Ok(match whole {
                    Some(whole) if whole > 0.0 => {
                        let value = fifteen_digits(part.value / whole);
                        Answer::Number(Number { value, unit: None, hedge: part.hedge, nature: Nature::Share })
                    }
                    _ => Answer::from(Why::Undefined),
                })
            }
            ("total", []) => {
                let whole = sum(values());
                self.say_total(measure, whole);
                self.say_missing(n_missing);
                Ok(whole.map_or(Answer::from(Why::Absent), all))
            }
            ("moyenne", []) => {
                self.say_missing(n_missing);
                let mean = sum(values()).map(|total| fifteen_digits(total / numbers.len() as f64));
                Ok(mean.map_or(Answer::from(Why::Absent), all))
            }
            ("mediane", []) => {
                self.say_missing(n_missing);
                let sorted = encart_table::order::sorted(&values().collect::<Vec<f64>>());
                let middle = |idx: usize| sorted.get(idx).copied();
                let half = sorted.len() / 2;
                let median = match sorted.len() % 2 {
                    1 => middle(half),
                    _ => half.checked_sub(1).and_then(middle).zip(middle(half)).map(|(low, high)| (low + high) / 2.0),
                };
                Ok(median.map_or(Answer::from(Why::Absent), all))
            }
            ("trajectoire", [Key::Number(target), date, start @ ..]) => {
                self.standing(measure, *target, date, start.first().unwrap_or(&Key::First))
            }
            ("nombre", []) => Ok(Answer::Number(Number::plain(numbers.len() as f64))),
            ("premier" | "dernier", []) => {
                let row = measure.row(if question == "premier" { &Key::First } else { &Key::Last })?;
                Ok(match row.map(|row_idx| measure.places.value(row_idx)) {
                    Some(Value::Period(period)) => Answer::Period(period),
                    Some(Value::Text(text)) => Answer::Text(text.to_string()),
                    Some(Value::Number(number)) => Answer::Number(Number::plain(number)),
                    _ => Answer::from(Why::Absent),
                })
            }
            _ => Err(Trouble::new(
                1,
                format!("« {question} » est écrit avec trop de choses."),
                format!("“{question}” is written with too many things."),
            )),
        }
    }

    /// How the last known value stands on the straight line from the first, or from a place, to a target.
    fn standing(&mut self, measure: &Measure<'a>, target: f64, date: &Key, start: &Key) -> Answered {
        let date = match date {
            Key::Number(year) => read_period(&write_plain(*year)),
            Key::Text(text) => read_period(text),
            Key::Period(period) => Some(*period),
            Key::First | Key::Last => None,
        };
        let at = |key: &Key| -> Result<Option<(Period, f64)>, Trouble> {
            let row = measure.row(key)?;
            let found = row.map(|row_idx| (measure.places.value(row_idx), measure.column.value(row_idx)));
            Ok(match found {
                Some((Value::Period(period), Value::Number(value))) => Some((period, value)),
                _ => None,
            })
        };
        let Some(date) = date.filter(|_| measure.places.is_period()) else {
            return Err(Trouble::new(
                1,
                "une trajectoire demande des lignes datées, une valeur à atteindre et sa date : trajectoire(emissions, 60, 2030).",
                "a standing asks for dated rows, a value to reach and its date: standing(emissions, 60, 2030).",
            ));
        };
        self.read(measure, start)?;
        self.read(measure, &Key::Last)?;
        let (Some(start), Some(now)) = (at(start)?, at(&Key::Last)?) else { return Ok(Answer::from(Why::Absent)) };
        let trajectory = Trajectory { start, now, target: (date, target) };
        let (Some(standing), Some(expected)) = (trajectory.standing(), trajectory.expected()) else {
            return Ok(Answer::from(Why::Undefined));
        };
        let lang = self.facts.lang;
        let write = |value: f64| NumberFormat::full(&[value], measure.column.unit.as_deref(), lang).write(value);
        let (now, date) = (write_period(now.0, lang), write_period(date, lang));
        let (expected, target) = (write(expected), write(target));
        self.reads.push(lang.pick(
            format!("ligne droite jusqu’à {target} ({date})\u{a0}: {expected} attendus ({now}) ; cinq points d’écart font une avance ou un retard"),
            format!("straight line to {target} ({date}): {expected} expected ({now}); five points off are ahead or behind"),
        ));
        Ok(Answer::Text(standing.words(lang).to_string()))
    }

    fn say_total(&mut self, measure: &Measure<'a>, total: Option<f64>) {
        let lang = self.facts.lang;
        if let Some(total) = total {
            let unit = measure.column.unit.as_deref();
            let written = NumberFormat::full(&[total], unit, lang).write(total);
            self.reads.push(self.line(&measure.column.name, lang.pick("total", "total"), &written));
        }
    }

    /// Values that are not known are in no total, no mean and no rank: it is said.
    fn say_missing(&mut self, n_missing: usize) {
        if n_missing > 0 {
            let several = n_missing > 1;
            self.reads.push(match self.facts.lang {
                Lang::Fr if several => format!("{n_missing} valeurs manquent et ne sont pas comptées"),
                Lang::Fr => "une valeur manque et n’est pas comptée".to_string(),
                Lang::En if several => format!("{n_missing} values are missing and not counted"),
                Lang::En => "one value is missing and not counted".to_string(),
            });
        }
    }
}
