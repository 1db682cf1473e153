//! What do the data say to a key figure: value, change, standing, classes, comparisons, and how each was computed?

use encart_table::expr::ExprError;
use encart_table::number::{Mark, read_number};
use encart_table::{Column, Lang, Notice, Place, Value, Why};

use super::Figure;
use super::asked::{Asked, of_unit};
use super::place::{Where, place, place_of_labels, span};
use crate::sentence::Facts;
use crate::sentence::answer::{Answer, Number};
use crate::sentence::eval::{Reader, cell};
use crate::sentence::facts::{Key, Measure};
use crate::sentence::parse::{Filter, Node, Tag, read_tag, trouble};
use crate::sentence::question::Course;
use crate::sentence::write::write;
use crate::trajectory::{Direction, Standing};

/// Below this a base is said to be small: a choice of ours, told in the README. No official rule gives one number.
const LEAST_BASE: f64 = 30.0;

/// All that a key figure says, in words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    pub(super) value: String,
    /// `2024`, `Tournus`: the date or the place of the value.
    pub(super) place: Option<Where>,
    pub(super) is_missing: bool,
    pub(super) change: Option<Change>,
    pub(super) standing: Option<Stood>,
    pub(super) class: Option<String>,
    /// Other values, by name.
    pub(super) others: Vec<(String, String)>,
    /// How many the value is drawn from, and whether they are few.
    pub(super) base: Option<(String, bool)>,
    /// What was computed, and from what.
    pub(super) how: Vec<String>,
}

/// How the value has changed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    pub(super) sign: i8,
    /// `+12 %`, and `+120 €` where it is something else.
    pub(super) words: Vec<String>,
    pub(super) since: Where,
    /// Whether that is what is wished, where it is known.
    pub(super) is_better: Option<bool>,
    /// Why it is not known.
    pub(super) lack: Option<String>,
}

/// How the value stands to its target.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stood {
    pub(super) standing: Standing,
    pub(super) words: String,
    /// Parts of the way and of the time, from 0 to 1.
    pub(super) covered: f64,
    pub(super) elapsed: f64,
    /// The start and the target, with their dates.
    pub(super) ends: [(String, Where); 2],
    pub(super) expected: String,
}

impl Asked<'_> {
    /// All that is said of it.
    pub(super) fn tell(&self, figure: &Figure, lang: Lang, notices: &mut Vec<Notice>) -> Option<Told> {
        let facts = match Facts::new(lang).with_places("", self.source, &self.places) {
            Ok(facts) => facts,
            Err(notice) => {
                notices.push(notice);
                return None;
            }
        };
        let mut telling = Telling { asked: self, figure, facts: &facts, lang, notices };
        let mut told = telling.tell()?;
        // a line that is read for two things is said once
        let mut lines: Vec<String> = Vec::new();
        let formula = (!matches!(self.node, Node::Name(..)))
            .then(|| [lang.pick("calcul\u{a0}: ", "computed: "), &self.formula].concat());
        for line in formula.into_iter().chain(told.how) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        told.how = lines;
        Some(told)
    }
}

struct Telling<'a, 'b> {
    asked: &'b Asked<'a>,
    figure: &'b Figure,
    facts: &'b Facts<'b>,
    lang: Lang,
    notices: &'b mut Vec<Notice>,
}

impl Telling<'_, '_> {
    fn tell(&mut self) -> Option<Told> {
        let rows = &self.asked.rows;
        if let Some((answer, reads)) = &self.asked.whole {
            let written = self.heard("value", write(answer.clone(), &self.asked.filters, self.lang))?;
            let mut how = reads.clone();
            let number = answer.clone().number(1).ok().and_then(Result::ok);
            let first = self.asked.source.columns.first().map(|column| &column.name);
            let column = self.asked.of_all_rows.as_ref().or(first).map_or("", String::as_str);
            let place = self.facts.measure(1, column).ok().and_then(|measure| match answer {
                Answer::Extreme(_, labels) => Some(place_of_labels(&measure, labels, self.lang)),
                _ if self.asked.of_all_rows.is_some() => span(&measure),
                _ => None,
            });
            self.say_unused();
            return Some(Told {
                value: written.text,
                place,
                is_missing: written.is_missing,
                change: None,
                standing: None,
                class: self.class(number.as_ref()),
                others: self.others(None, &mut how),
                base: self.base(None, &mut how),
                how,
            });
        }
        let measure = Measure { table: rows, column: rows.columns.get(1)?, places: rows.columns.first()?, at: 1 };
        let key = self.key(self.figure.at.as_deref()).unwrap_or(Key::Last);
        let printed = if self.figure.at.is_none() { last_printed(&measure) } else { None };
        let row_idx = printed.map_or_else(|| self.heard("at", measure.row(&key)), |row_idx| Some(Some(row_idx)))?;
        // where no value is known, the last row says why
        let row_idx = row_idx.or_else(|| self.figure.at.is_none().then(|| last_row(&measure)).flatten());
        let Some(row_idx) = row_idx else {
            let label = key.label(self.lang);
            let words = measure.nowhere(&key);
            self.notices.push(Notice::warning(
                "figure.nowhere",
                Place::column("at"),
                format_args!("aucune ligne pour « {label} ». {}", words.as_ref().map_or("", |words| &words.fr)),
                format_args!("no row for “{label}”. {}", words.as_ref().map_or("", |words| &words.en)),
            ));
            return Some(self.missing(Why::Absent, Some(Where::Name(label))));
        };
        let place = place(&measure, row_idx, self.lang);
        let mut how = Vec::new();
        let answer = self.read(row_idx, &mut how);
        let mut written = self.heard("value", write(answer.clone(), &self.asked.filters, self.lang))?;
        // a bound is of the column's unit, if it does not say its own
        if let (Answer::Missing(_), Some(unit)) = (&answer, measure.column.unit.as_deref())
            && written.text.ends_with(|letter: char| letter.is_ascii_digit())
        {
            written.text.extend(["\u{a0}", unit]);
        }
        let number = answer.number(1).ok().and_then(Result::ok);
        let change = self.change(&measure, row_idx, &mut how);
        Some(Told {
            value: written.text,
            place: Some(place),
            is_missing: written.is_missing,
            change,
            standing: self.standing(&measure, row_idx, &mut how),
            class: self.class(number.as_ref()),
            others: self.others(Some(row_idx), &mut how),
            base: self.base(Some(row_idx), &mut how),
            how,
        })
    }

    /// A value of all rows has no other to be compared with.
    fn say_unused(&mut self) {
        let figure = self.figure;
        for (key, value) in
            [("at", &figure.at), ("since", &figure.since), ("target", &figure.target), ("start", &figure.start)]
        {
            if value.is_some() {
                self.notices.push(Notice::warning(
                    "spec.unused",
                    Place::column(key),
                    format_args!("est sans effet : la valeur est calculée sur toutes les lignes. Filtrez-les, ou nommez une colonne."),
                    format_args!("has no effect: the value is computed from all rows. Filter them, or name a column."),
                ));
            }
        }
    }

    fn missing(&self, why: Why, place: Option<Where>) -> Told {
        Told {
            value: ["[", why.words(self.lang), "]"].concat(),
            place,
            is_missing: true,
            change: None,
            standing: None,
            class: None,
            others: Vec::new(),
            base: None,
            how: Vec::new(),
        }
    }

    /// The value of a row, with what it was computed from.
    fn read(&self, row_idx: usize, how: &mut Vec<String>) -> Answer {
        let mut reader = Reader::new(self.facts);
        let mut names = Vec::new();
        let _ = reader.of_row(&self.asked.node, &mut names);
        let alone = match names.as_slice() {
            [(at, name)] if matches!(self.asked.node, Node::Name(..)) => self.facts.measure(*at, name).ok(),
            _ => None,
        };
        let unit = self.asked.rows.columns.get(1).and_then(|column| column.unit.clone());
        for (at, name) in &names {
            let Ok(measure) = self.facts.measure(*at, name) else { continue };
            let label = measure.label(row_idx, self.lang);
            let mut answer = cell(&measure, row_idx);
            if let (Answer::Number(number), true) = (&mut answer, alone.is_some()) {
                number.unit = unit.clone();
            }
            let line = reader.line(&measure.column.name, &label, &answer.words(self.lang));
            reader.reads.push(line);
        }
        let answer = match alone {
            // what the cell itself says: a bound, a reason
            Some(measure) => Ok(cell(&measure, row_idx)),
            None => reader.eval(&self.asked.node, Some(row_idx)),
        };
        how.append(&mut reader.reads);
        let answer = answer.unwrap_or(Answer::from(Why::Undefined));
        of_unit(answer, unit.as_deref(), self.figure.numerator.is_some())
    }

    fn change(&mut self, measure: &Measure<'_>, row_idx: usize, how: &mut Vec<String>) -> Option<Change> {
        let key = self.key(Some(self.figure.since.as_deref()?))?;
        let from_idx = self.heard("since", measure.row(&key))?;
        let Some(from_idx) = from_idx else {
            let label = key.label(self.lang);
            self.notices.push(Notice::warning(
                "figure.nowhere",
                Place::column("since"),
                format_args!("aucune ligne pour « {label} » : le changement n’est pas dit."),
                format_args!("no row for “{label}”: the change is not said."),
            ));
            return None;
        };
        if from_idx == row_idx {
            self.notices.push(Notice::warning(
                "figure.same-date",
                Place::column("since"),
                format_args!("c’est la date de la valeur elle-même : aucun changement n’est dit."),
                format_args!("this is the date of the value itself: no change is said."),
            ));
            return None;
        }
        let (from, to) = (self.read(from_idx, how), self.read(row_idx, &mut Vec::new()));
        let since = place(measure, from_idx, self.lang);
        let (from, to) = match (from, to) {
            (Answer::Number(from), Answer::Number(to)) => (from, to),
            // what hides the change is said
            (Answer::Missing(lack), _) | (_, Answer::Missing(lack)) => {
                let why = lack.words(self.lang);
                return Some(Change { sign: 0, words: Vec::new(), since, is_better: None, lack: Some(why) });
            }
            _ => return None,
        };
        let sign = crate::sentence::answer::difference(&from, &to).value;
        let change = Answer::Change(from.clone(), to.clone());
        let percent = Filter { at: 1, name: "pourcent".to_string(), arguments: Vec::new() };
        let percent = write(change.clone(), &[percent], self.lang).ok().filter(|written| !written.is_missing);
        let whole = write(change, &[], self.lang).ok();
        let mut words: Vec<String> = percent.into_iter().chain(whole).map(|written| written.text).collect();
        // between percentages both are points
        words.dedup();
        let wish = self.figure.better.as_deref().and_then(Direction::named);
        let is_better = wish.filter(|_| sign != 0.0).map(|wish| (sign > 0.0) == (wish == Direction::Up));
        Some(Change { sign: signum(sign), words, since, is_better, lack: None })
    }

    fn standing(&mut self, measure: &Measure<'_>, row_idx: usize, how: &mut Vec<String>) -> Option<Stood> {
        let target = number_of(self.figure.target.as_deref()?);
        let date = self.figure.target_date.as_deref().and_then(encart_table::day::read_period);
        let (Some(target), Some(date), true) = (target, date, measure.places.is_period()) else {
            self.notices.push(Notice::warning(
                "figure.target",
                Place::column("target"),
                format_args!(
                    "un objectif demande un nombre (target), sa date (target_date, comme 2030 ou 2025-12) et des lignes datées : il n’est pas montré."
                ),
                format_args!("a target asks for a number (target), its date (target_date, as 2030 or 2025-12) and dated rows: it is not shown."),
            ));
            return None;
        };
        let start = self.key(self.figure.start.as_deref()).unwrap_or(Key::First);
        let now = match measure.places.value(row_idx) {
            Value::Period(period) => Key::Period(period),
            _ => Key::Last,
        };
        let direction = self.figure.better.as_deref().and_then(Direction::named);
        let facts = Facts::new(self.lang).with("", &self.asked.rows);
        let mut reader = Reader::new(&facts);
        let course = self.heard("target", reader.course(1, measure, [&start, &now], (date, target), direction))?;
        how.append(&mut reader.reads);
        let Course { trajectory, standing, expected, hedge } = course.ok()?;
        let words = standing.words(self.lang);
        let written = |value: f64| {
            let number = Number::with_unit(value, measure.column.unit.clone());
            write(Answer::Number(number), &[], self.lang).map_or(String::new(), |written| written.text)
        };
        Some(Stood {
            standing,
            words: hedge.map_or(words.to_string(), |hedge| hedge.write(words, self.lang)),
            covered: trajectory.covered().unwrap_or(1.0).clamp(0.0, 1.0),
            elapsed: trajectory.elapsed().unwrap_or(1.0).clamp(0.0, 1.0),
            ends: [
                (written(trajectory.start.1), Where::Date(trajectory.start.0)),
                (written(target), Where::Date(date)),
            ],
            expected: written(expected),
        })
    }

    /// The first class that suits: `bon < 10 ; moyen < 25 ; mauvais`.
    fn class(&mut self, number: Option<&Number>) -> Option<String> {
        let value = number?.value;
        for class in self.figure.thresholds.as_deref()?.split(';') {
            let class = class.trim();
            let Some(at) = class.find(['<', '>', '≤', '≥']) else { return Some(class.to_string()) };
            let (name, rest) = (class.get(..at)?.trim(), class.get(at..)?);
            let sign: String = rest.chars().take_while(|letter| "<>=≤≥".contains(*letter)).collect();
            let Some(limit) = number_of(rest.get(sign.len()..)?) else {
                self.notices.push(Notice::warning(
                    "figure.thresholds",
                    Place::column("thresholds"),
                    format_args!(
                        "« {class} » n’est pas une classe. Écrivez par exemple : bon < 10 ; moyen < 25 ; mauvais."
                    ),
                    format_args!("“{class}” is no class. Write for example: good < 10; fair < 25; poor."),
                ));
                return None;
            };
            let suits = match sign.as_str() {
                "<" => value < limit,
                ">" => value > limit,
                "<=" | "≤" => value <= limit,
                _ => value >= limit,
            };
            if suits {
                return Some(name.to_string());
            }
        }
        None
    }

    /// `Département : taux_departement ; Médiane : mediane(taux)`.
    fn others(&mut self, row_idx: Option<usize>, how: &mut Vec<String>) -> Vec<(String, String)> {
        let asked = self.figure.compare.as_deref().unwrap_or("");
        let mut others = Vec::new();
        for other in asked.split(';').map(str::trim).filter(|other| !other.is_empty()) {
            let (name, source) = other.split_once(':').unwrap_or((other, other));
            let mut reads = vec![[name.trim(), " = ", source.trim()].concat()];
            if let Some(text) = self.other("compare", source.trim(), row_idx, &mut reads) {
                how.append(&mut reads);
                others.push((name.trim().to_string(), text));
            }
        }
        others
    }

    fn base(&mut self, row_idx: Option<usize>, how: &mut Vec<String>) -> Option<(String, bool)> {
        let source = self.figure.base.clone()?;
        let node = self.heard("base", read_value(&source))?.0;
        let mut reader = Reader::new(self.facts);
        let answer = self.heard("base", reader.eval(&node, row_idx))?;
        how.append(&mut reader.reads);
        let is_small = answer.clone().number(1).ok().and_then(Result::ok).is_some_and(|base| base.value < LEAST_BASE);
        let full = Filter { at: 1, name: "entier".to_string(), arguments: Vec::new() };
        let written = self.heard("base", write(answer, &[full], self.lang))?;
        Some((written.text, is_small))
    }

    /// Another value, of the same row where it speaks of rows.
    fn other(&mut self, key: &str, source: &str, row_idx: Option<usize>, how: &mut Vec<String>) -> Option<String> {
        let (node, filters) = self.heard(key, read_value(source))?;
        let mut reader = Reader::new(self.facts);
        let mut answer = self.heard(key, reader.eval(&node, row_idx))?;
        // what is compared is of one unit
        let unit = self.asked.rows.columns.get(1).and_then(|column| column.unit.clone());
        if let Answer::Number(number) = &mut answer
            && number.unit.is_none()
        {
            *number = Number {
                hedge: number.hedge.clone(),
                n_unknown: number.n_unknown,
                ..Number::with_unit(number.value, unit)
            };
        }
        how.append(&mut reader.reads);
        Some(self.heard(key, write(answer, &filters, self.lang))?.text)
    }

    /// A date, a place, or the words for the first and the last.
    fn key(&self, text: Option<&str>) -> Option<Key> {
        let text = text?.trim();
        let is_dated = self.asked.rows.columns.first().is_some_and(Column::is_period);
        let period = encart_table::day::read_period(text).filter(|_| is_dated).map(Key::Period);
        Key::named(text).or(period).or_else(|| Some(Key::Text(text.to_string())))
    }

    /// What can be read; what cannot is said under its key.
    fn heard<T>(&mut self, key: &str, found: Result<T, ExprError>) -> Option<T> {
        match found {
            Ok(found) => Some(found),
            Err(error) => {
                let figure = self.figure;
                let source = match key {
                    "at" => &figure.at,
                    "since" => &figure.since,
                    "target" => &figure.target,
                    "compare" => &figure.compare,
                    "base" => &figure.base,
                    _ => &figure.value,
                };
                self.notices.push(error.notice(key, source.as_deref().unwrap_or(&self.asked.formula)));
                None
            }
        }
    }
}

fn read_value(source: &str) -> Result<(Node, Vec<Filter>), ExprError> {
    match read_tag(source)? {
        Tag::Value(asked) => Ok((asked.node, asked.filters)),
        _ => Err(trouble(1, "une valeur est attendue.", "a value is expected.")),
    }
}

/// A number as an author writes it: `12,5`, `1 200`, `12.5`.
fn number_of(text: &str) -> Option<f64> {
    let mark = if text.contains(',') { Mark::Comma } else { Mark::Point };
    read_number(text.trim(), mark).map(|reading| reading.value)
}

fn signum(value: f64) -> i8 {
    if value > 0.0 {
        1
    } else if value < 0.0 {
        -1
    } else {
        0
    }
}

/// The only row of the last date for which something is printed: a number, or a bound.
fn last_printed(measure: &Measure<'_>) -> Option<usize> {
    let start = |row_idx: usize| match (measure.places.value(row_idx), measure.column.value(row_idx)) {
        (Value::Period(period), Value::Number(_) | Value::Missing(Why::Bounded)) => Some(period.begin()),
        _ => None,
    };
    let starts: Vec<(i64, usize)> =
        (0..measure.table.n_rows()).filter_map(|row_idx| Some((start(row_idx)?, row_idx))).collect();
    let last = starts.iter().map(|(start, _)| *start).max()?;
    let mut rows = starts.iter().filter(|(start, _)| *start == last);
    match (rows.next(), rows.next()) {
        (Some((_, row_idx)), None) => Some(*row_idx),
        _ => None,
    }
}

/// The last row, by its date where rows are dated.
fn last_row(measure: &Measure<'_>) -> Option<usize> {
    let begin = |row_idx: &usize| match measure.places.value(*row_idx) {
        Value::Period(period) => period.begin(),
        _ => 0,
    };
    (0..measure.table.n_rows()).max_by_key(begin)
}
