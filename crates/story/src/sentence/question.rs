//! What does a question compute of a column: its extreme, a rank, a part, a total?

use encart_table::day::read_period;
use encart_table::decimal::write_plain;
use encart_table::expr::ExprError;
use encart_table::locale::write_period;
use encart_table::sum::{fifteen_digits, sum};
use encart_table::table::{fold, nearest};
use encart_table::{Hedge, Lang, NumberFormat, Period, Table, Value, Why, Words};

use super::answer::{Answer, Nature, Number, weaker};
use super::digits::decimals;
use super::eval::{Answered, Reader, cell, no_condition};
use super::facts::{Key, Measure};
use super::parse::{Node, trouble};
use crate::trajectory::{Direction, Standing, Trajectory};

/// The questions, in French and in English, with how many things they are given.
pub(crate) const QUESTIONS: [(&str, &str, usize, usize); 15] = [
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
    ("trajectoire", "standing", 3, 5),
    ("premier", "first", 1, 1),
    ("dernier", "last", 1, 1),
    ("connu", "known", 1, 1),
    ("abs", "abs", 1, 1),
];

/// The question of a name, in either language.
fn question(name: &str) -> Option<&'static (&'static str, &'static str, usize, usize)> {
    let folded = fold(name);
    QUESTIONS.iter().find(|(fr, en, ..)| *fr == folded || *en == folded)
}

/// The column that is added up, or whose mean or median is asked, and nothing else.
pub(crate) fn column_of_all_rows(node: &Node) -> Option<&str> {
    let Node::Call(_, name, arguments) = node else { return None };
    let is_of_all = question(name).is_some_and(|(fr, ..)| matches!(*fr, "total" | "moyenne" | "mediane"));
    match arguments.as_slice() {
        [Node::Name(_, column)] if is_of_all => Some(column),
        _ => None,
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn call(&mut self, at: usize, name: &str, arguments: &[Node], row_idx: Option<usize>) -> Answered {
        let Some((question, _, least, most)) = question(name) else {
            let lang = self.facts.lang;
            let names: Vec<&str> = QUESTIONS.iter().map(|(fr, en, ..)| lang.pick(*fr, *en)).collect();
            let guess = nearest(&fold(name), &names).map_or(names.join(", "), str::to_string);
            return Err(trouble(
                at,
                format!("la question « {name} » n’existe pas. Vouliez-vous dire {guess} ?"),
                format!("there is no question “{name}”. Did you mean {guess}?"),
            ));
        };
        if arguments.len() < *least || arguments.len() > *most {
            let given = arguments.len();
            // 9,5 is two things
            let is_cut = matches!(arguments, [.., Node::Number(..)]) && given > *most;
            let (fr, en) = match is_cut {
                true => {
                    (" Les décimales s’écrivent après un point : 9.5.", " Decimals are written after a point: 9.5.")
                }
                false => ("", ""),
            };
            return Err(trouble(
                at,
                format!("« {name} » demande {least} chose(s), {given} sont écrites.{fr}"),
                format!("“{name}” asks for {least} thing(s), {given} are written.{en}"),
            ));
        }
        match (*question, arguments) {
            ("nombre", []) => {
                let n_rows = self.facts.table().map_or(0, Table::n_rows);
                self.reads.push(
                    self.facts
                        .lang
                        .pick(format!("lignes de la table : {n_rows}"), format!("rows of the table: {n_rows}")),
                );
                Ok(Answer::Number(Number::plain(n_rows as f64)))
            }
            ("nombre", [node @ (Node::Binary(..) | Node::Not(..) | Node::Call(..))]) => self.count(at, node),
            ("connu", [node]) => Ok(Answer::Truth(!matches!(self.eval(node, row_idx)?, Answer::Missing(..)))),
            ("abs", [node]) => Ok(match self.eval(node, row_idx)?.number(at)? {
                Ok(number) => Answer::Number(Number { value: number.value.abs(), ..number }),
                Err(lack) => Answer::Missing(lack),
            }),
            (question, [Node::Name(at, column) | Node::Text(at, column), keys @ ..]) => {
                let measure = self.facts.measure(*at, column)?;
                self.ask(at, question, &measure, keys)
            }
            _ => Err(trouble(
                at,
                format!("« {name} » commence par une colonne, par exemple {name}(montant)."),
                format!("“{name}” begins with a column, such as {name}(amount)."),
            )),
        }
    }

    /// How many rows answer yes; those that do not know are said.
    fn count(&mut self, at: usize, node: &Node) -> Answered {
        let mut names = Vec::new();
        let node = self.of_row(node, &mut names)?;
        let mut tables = names.iter().map(|(at, name)| Ok((*at, self.facts.measure(*at, name)?.table)));
        let Some(table) = tables.next() else {
            return Err(trouble(
                at,
                "« nombre » compte les lignes d’une colonne : nombre(population > 1000).",
                "“count” counts the rows of a column: count(population > 1000).",
            ));
        };
        let (_, table): (usize, &Table) = table?;
        for other in tables {
            let (at, other): (usize, &Table) = other?;
            if !std::ptr::eq(table, other) {
                return Err(trouble(
                    at,
                    "on compte les lignes d’un seul jeu de données : joignez-les par une étape « join ».",
                    "rows are counted in one dataset: join them with a “join” step.",
                ));
            }
        }
        let n_rows = table.n_rows();
        let (mut count, mut unknown) = (0, 0);
        for row_idx in 0..n_rows {
            match self.eval(&node, Some(row_idx))? {
                Answer::Truth(true) => count += 1,
                Answer::Truth(false) => {}
                Answer::Missing(_) => unknown += 1,
                _ => return Err(no_condition(node.at())),
            }
        }
        let lang = self.facts.lang;
        let s = if count > 1 { "s" } else { "" };
        let mut read = lang.pick(format!("{count} ligne{s} sur {n_rows}"), format!("{count} row{s} of {n_rows}"));
        if unknown > 0 {
            read += &lang.pick(format!(" ; {unknown} sans réponse"), format!("; {unknown} without an answer"));
        }
        self.reads.push(read);
        Ok(Answer::Number(Number { n_unknown: unknown, ..Number::plain(f64::from(count)) }))
    }

    /// What is asked of a row: what is the same for all rows is answered now; the columns that are read are named, with where.
    pub(crate) fn of_row(&mut self, node: &Node, names: &mut Vec<(usize, String)>) -> Result<Node, ExprError> {
        let mut boxed = |node: &Node| Ok(Box::new(self.of_row(node, names)?));
        Ok(match node {
            Node::Name(at, name) if !matches!(fold(name).as_str(), "vrai" | "true" | "faux" | "false") => {
                names.push((*at, name.clone()));
                node.clone()
            }
            Node::Negate(at, inner) => Node::Negate(*at, boxed(inner)?),
            Node::Not(at, inner) => Node::Not(*at, boxed(inner)?),
            Node::Binary(at, operator, left, right) => Node::Binary(*at, *operator, boxed(left)?, boxed(right)?),
            Node::Call(at, name, arguments)
                if question(name).is_some_and(|(fr, ..)| matches!(*fr, "connu" | "abs")) =>
            {
                let arguments = arguments.iter().map(|node| self.of_row(node, names)).collect::<Result<_, _>>()?;
                Node::Call(*at, name.clone(), arguments)
            }
            Node::Call(at, ..) | Node::Cell(at, ..) => Node::Known(*at, Box::new(self.answer(node)?)),
            other => other.clone(),
        })
    }

    fn ask(&mut self, at: &usize, question: &str, measure: &Measure<'a>, keys: &[Node]) -> Answered {
        let at = *at;
        let keys: Vec<Key> = keys.iter().map(|key| self.key(key)).collect::<Result<_, _>>()?;
        let numbers = measure.numbers();
        // the mean, the total: as unsure as the least sure value, and without those that are not known
        let all = |value: f64| {
            let ranks = numbers.iter().filter_map(|(row_idx, _)| measure.column.hedge(*row_idx)).map(Hedge::rank);
            let hedge = Hedge::of_rank(ranks.max().unwrap_or(0));
            let n_unknown = measure.table.n_rows() - numbers.len();
            Answer::Number(Number { hedge, n_unknown, ..Number::with_unit(value, measure.column.unit.clone()) })
        };
        let values = || numbers.iter().map(|(_, value)| *value);
        match (question, keys.as_slice()) {
            ("valeur", [key]) => self.read(measure, key),
            ("evolution", [from, to]) => {
                let (from, to) = (self.read(measure, from)?, self.read(measure, to)?);
                match (from, to) {
                    (Answer::Number(from), Answer::Number(to)) => Ok(Answer::Change(from, to)),
                    (Answer::Missing(lack), _) | (_, Answer::Missing(lack)) => Ok(Answer::Missing(lack.computed())),
                    (other, _) => other.number(at).map(|_| Answer::from(Why::Undefined)),
                }
            }
            ("rang", [key, order @ ..]) => {
                let is_rising = match order {
                    [] => false,
                    [Key::Text(word)] if matches!(fold(word).as_str(), "croissant" | "ascending") => true,
                    [Key::Text(word)] if matches!(fold(word).as_str(), "decroissant" | "descending") => false,
                    _ => {
                        return Err(trouble(
                            at,
                            "l’ordre d’un rang est « croissant » ou « decroissant ».",
                            "the order of a rank is “ascending” or “descending”.",
                        ));
                    }
                };
                let number = match self.read(measure, key)? {
                    Answer::Missing(lack) => return Ok(Answer::Missing(lack.computed())),
                    other => match other.number(at)? {
                        Ok(number) => number,
                        Err(lack) => return Ok(Answer::Missing(lack)),
                    },
                };
                let is_before = |value: f64| if is_rising { value < number.value } else { value > number.value };
                let rank = 1 + values().filter(|value| is_before(*value)).count();
                self.say_unknown(measure, numbers.len());
                let nature = Nature::Rank(numbers.len());
                Ok(Answer::Number(Number { hedge: number.hedge, nature, ..Number::plain(rank as f64) }))
            }
            ("max" | "min", []) => {
                let best =
                    values().reduce(|best, value| if question == "max" { best.max(value) } else { best.min(value) });
                self.say_unknown(measure, numbers.len());
                let rows: Vec<usize> =
                    numbers.iter().filter(|(_, value)| Some(*value) == best).map(|(row_idx, _)| *row_idx).collect();
                let Some(row_idx) = rows.first() else { return Ok(Answer::from(Why::Absent)) };
                let labels: Vec<String> = rows.iter().map(|idx| measure.label(*idx, self.facts.lang)).collect();
                Ok(match cell(measure, *row_idx) {
                    Answer::Number(number) => {
                        let extreme = Answer::Extreme(number, labels);
                        self.reads.push(self.line(&measure.column.name, question, &extreme.words(self.facts.lang)));
                        extreme
                    }
                    other => other,
                })
            }
            ("part", [key]) => {
                let part = match self.read(measure, key)?.number(at)? {
                    Ok(part) => part,
                    Err(lack) => return Ok(Answer::Missing(lack)),
                };
                let whole = sum(values());
                self.say_total(measure, whole);
                self.say_unknown(measure, numbers.len());
                let has_negative = values().any(|value| value < 0.0);
                if has_negative {
                    self.reads.push(self.facts.lang.pick(
                        "un total dont une part est négative n’a pas de parts".to_string(),
                        "a total with a negative part has no shares".to_string(),
                    ));
                }
                Ok(match whole {
                    // of a whole that lacks a part no share is known
                    Some(whole) if whole > 0.0 && !has_negative && numbers.len() == measure.table.n_rows() => {
                        let Answer::Number(all) = all(whole) else { return Ok(Answer::from(Why::Undefined)) };
                        let hedge = weaker(&part, &all);
                        Answer::Number(Number { hedge, ..Number::share(part.value / whole * 100.0) })
                    }
                    _ => Answer::from(Why::Undefined),
                })
            }
            ("total", []) if measure.column.unit.as_deref().is_some_and(|unit| unit.starts_with(['%', '‰'])) => {
                Err(trouble(
                    at,
                    "des pourcentages ne s’additionnent pas : demandez la moyenne, ou recalculez le taux.",
                    "percentages are not added: ask for the mean, or compute the rate again.",
                ))
            }
            ("total", []) => {
                let whole = sum(values());
                self.say_total(measure, whole);
                self.say_unknown(measure, numbers.len());
                Ok(whole.map_or(Answer::from(Why::Absent), all))
            }
            ("moyenne", []) => {
                self.say_unknown(measure, numbers.len());
                self.reads.push(self.facts.lang.pick(
                    "moyenne simple : chaque ligne compte autant".to_string(),
                    "plain mean: each row counts alike".to_string(),
                ));
                let mean = sum(values()).map(|total| fifteen_digits(total / numbers.len() as f64));
                Ok(mean.map_or(Answer::from(Why::Absent), all))
            }
            ("mediane", []) => {
                self.say_unknown(measure, numbers.len());
                let n_values = numbers.len();
                let name = &measure.column.name;
                self.reads.push(self.facts.lang.pick(
                    format!("{name}, valeur du milieu de {n_values} valeurs"),
                    format!("{name}, the middle one of {n_values} values"),
                ));
                let sorted = encart_table::order::sorted(&values().collect::<Vec<f64>>());
                let middle = |idx: usize| sorted.get(idx).copied();
                let half = sorted.len() / 2;
                let median = match sorted.len() % 2 {
                    1 => middle(half),
                    _ => half.checked_sub(1).and_then(middle).zip(middle(half)).map(|(low, high)| (low + high) / 2.0),
                };
                Ok(median.map(fifteen_digits).map_or(Answer::from(Why::Absent), all))
            }
            ("trajectoire", [Key::Number(target), date, rest @ ..]) => {
                let towards = |key: &Key| match key {
                    Key::Text(word) => Direction::named(word),
                    _ => None,
                };
                let direction = rest.iter().find_map(towards);
                let start = rest.iter().find(|key| towards(key).is_none()).unwrap_or(&Key::First);
                self.standing(at, measure, (*target, date), start, direction)
            }
            ("nombre", []) => {
                let n_known = measure.column.values().filter(|value| !value.is_missing()).count();
                Ok(Answer::Number(Number::plain(n_known as f64)))
            }
            ("premier" | "dernier", []) => {
                let row_idx = measure.edge(question == "dernier").first().copied();
                Ok(match row_idx.map(|row_idx| measure.places.value(row_idx)) {
                    Some(Value::Period(period)) => Answer::Period(period),
                    Some(Value::Text(text)) => Answer::Text(text.to_string()),
                    Some(Value::Number(number)) => Answer::Number(Number::plain(number)),
                    _ => Answer::from(Why::Absent),
                })
            }
            _ => Err(trouble(
                at,
                format!("« {question} » est écrit avec autre chose que ce qu’il demande."),
                format!("“{question}” is written with other things than it asks for."),
            )),
        }
    }

    /// How the last known value stands on the straight line from the first, or from a place, to a target.
    fn standing(
        &mut self,
        at: usize,
        measure: &Measure<'a>,
        (target, date): (f64, &Key),
        start: &Key,
        direction: Option<Direction>,
    ) -> Answered {
        let date = match date {
            Key::Number(year) => read_period(&write_plain(*year)),
            Key::Text(text) => read_period(text),
            Key::Period(period) => Some(*period),
            Key::First | Key::Last => None,
        };
        let Some(date) = date.filter(|_| measure.places.is_period()) else {
            return Err(trouble(
                at,
                "une trajectoire demande des lignes datées, une valeur à atteindre et sa date : trajectoire(emissions, 60, 2030).",
                "a standing asks for dated rows, a value to reach and its date: standing(emissions, 60, 2030).",
            ));
        };
        let course = match self.course(at, measure, [start, &Key::Last], (date, target), direction)? {
            Ok(course) => course,
            Err(why) => return Ok(Answer::from(why)),
        };
        let words = course.standing.words(self.facts.lang);
        Ok(Answer::Text(course.hedge.map_or(words.to_string(), |hedge| hedge.write(words, self.facts.lang))))
    }

    /// The way of a measure from one place to another, on the straight line to a target; why there is none where a value
    /// lacks, or there is no way or no time to speak of.
    pub(crate) fn course(
        &mut self,
        at: usize,
        measure: &Measure<'a>,
        [start, now]: [&Key; 2],
        target: (Period, f64),
        direction: Option<Direction>,
    ) -> Result<Result<Course, Why>, ExprError> {
        let mut point = |key: &Key| -> Result<Option<(Period, Number)>, ExprError> {
            let answer = self.read(measure, key)?;
            let place = measure.row(key)?.map(|row_idx| measure.places.value(row_idx));
            Ok(match (place, answer.number(at)?) {
                (Some(Value::Period(period)), Ok(number)) => Some((period, number)),
                _ => None,
            })
        };
        let (Some(start), Some(now)) = (point(start)?, point(now)?) else { return Ok(Err(Why::Absent)) };
        // of the start alone nothing is on its way
        if start.0 == now.0 {
            return Ok(Err(Why::Absent));
        }
        let hedge = weaker(&start.1, &now.1);
        let trajectory = Trajectory { start: (start.0, start.1.value), now: (now.0, now.1.value), target, direction };
        let (Some(standing), Some(expected)) = (trajectory.standing(), trajectory.expected()) else {
            return Ok(Err(Why::Undefined));
        };
        let course = Course { trajectory, standing, expected, hedge };
        self.reads.push(course.rule(measure.column.unit.as_deref(), self.facts.lang));
        Ok(Ok(course))
    }

    fn say_total(&mut self, measure: &Measure<'a>, total: Option<f64>) {
        let lang = self.facts.lang;
        if let Some(total) = total {
            let unit = measure.column.unit.as_deref();
            let written = NumberFormat::full(&[total], unit, lang).write(total);
            self.reads.push(self.line(&measure.column.name, lang.pick("total", "total"), &written));
        }
    }

    /// Values that are not known are in no total, no mean and no rank: the author hears it, and it stands with what was read.
    fn say_unknown(&mut self, measure: &Measure<'a>, n_known: usize) {
        let n_unknown = measure.table.n_rows() - n_known;
        if n_unknown > 0 {
            let words = Words { fr: unknown(n_unknown, Lang::Fr), en: unknown(n_unknown, Lang::En) };
            self.reads.push(words.get(self.facts.lang).to_string());
            self.doubts.push(words);
        }
    }
}

/// A measure on its way to a target, and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Course {
    pub(crate) trajectory: Trajectory,
    pub(crate) standing: Standing,
    /// What the straight line asks for by now.
    pub(crate) expected: f64,
    pub(crate) hedge: Option<Hedge>,
}

impl Course {
    /// The rule by which it is told, with its numbers.
    fn rule(&self, unit: Option<&str>, lang: Lang) -> String {
        let write = |value: f64| {
            let full = NumberFormat::full(&[value], unit, lang);
            NumberFormat { decimals: full.decimals.min(decimals(value, unit)), ..full }.write(value)
        };
        let (now, date) = (self.trajectory.now.0, self.trajectory.target.0);
        let (now, date) = (write_period(now, lang), write_period(date, lang));
        let (expected, target) = (write(self.expected), write(self.trajectory.target.1));
        lang.pick(
            format!("ligne droite jusqu’à {target} ({date})\u{a0}: elle passe par {expected} ({now}) ; un écart de cinq pour cent du chemin est une avance ou un retard"),
            format!("straight line to {target} ({date}): it is at {expected} ({now}); five per cent of the way off is ahead or behind"),
        )
    }
}

/// What is said of values that are not known.
pub(crate) fn unknown(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Fr, 1) => "une valeur inconnue n’est pas comptée".to_string(),
        (Lang::Fr, _) => format!("{count} valeurs inconnues ne sont pas comptées"),
        (Lang::En, 1) => "one unknown value is not counted".to_string(),
        (Lang::En, _) => format!("{count} unknown values are not counted"),
    }
}
