//! How is a table asked for once, so that a choice among its rows is answered at once and without asking again?
//!
//! Widgets that share filters ask for their groups apart by the columns of the filters too: few rows, from which what any
//! choice gives is added up. What was chosen travels nowhere, and a page whose network is gone still answers.

use std::sync::Arc;

use super::group::{Counted, from_counted, group, groups};
use super::prepare::{Done, Prepared};
use super::read::{read_common_steps, read_names};
use super::{How, Measure, Step, run_common_steps};
use crate::column::Column;
use crate::csv_out::{self, Reader};
use crate::json::{Json, Object};
use crate::notice::{Notice, Words};
use crate::sum::Sum;
use crate::table::{Table, fold};
use crate::value::{Value, Why};

/// What is asked once, and what is done with it for each choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Cube {
    /// The columns by whose values rows are chosen.
    pub columns: Vec<String>,
    /// The steps for whoever reads the data.
    pub before: Json,
    grouped: Option<Grouped>,
    rest: Json,
    words: Vec<Words>,
    is_sorted: bool,
}

#[derive(Debug, Clone, PartialEq)]
struct Grouped {
    key: String,
    by: Vec<String>,
    measures: Vec<Measure>,
}

/// Rows that are chosen: a column, and the values of it that are kept, as files write them. No value keeps the rows that
/// have none.
pub type Chosen = (String, Vec<String>);

const N_ROWS: &str = "encart_rows";

/// What is asked of a measure's column, so that parts can be added up.
fn parts(how: How) -> Option<&'static [&'static str]> {
    match how {
        How::Sum | How::Mean | How::Share => Some(&["sum", "count"]),
        How::Min => Some(&["min", "count"]),
        How::Max => Some(&["max", "count"]),
        How::Count => Some(&["count"]),
        // the middle of parts is not the middle of all
        How::Median => None,
    }
}

fn part_name(idx: usize, part: &str) -> String {
    ["encart_", &idx.to_string(), "_", part].concat()
}

impl Cube {
    /// What steps ask for once when rows are chosen by the values of some columns; none when each choice must be asked for:
    /// a step that is not common, or a median.
    ///
    /// ```
    /// use encart_table::{Json, prepare, read_csv, verb::cube::Cube};
    /// let steps = Json::parse(r#"[{"group": {"by": "an", "total": "sum(n)"}}]"#, "steps").unwrap();
    /// let cube = Cube::of(&steps, &["quartier".into()]).unwrap();
    /// let (table, _) = read_csv(b"an;quartier;n\n2023;Nord;1\n2023;Sud;2\n2024;Nord;4\n", &Default::default());
    /// let made = prepare(table, &cube.before);
    /// let north = cube.slice(&made, &[("quartier".into(), vec!["Nord".into()])]);
    /// assert_eq!(north.table.column("total").unwrap().value(0).number(), Some(1.0));
    /// ```
    pub fn of(steps: &Json, columns: &[String]) -> Option<Cube> {
        let read = read_common_steps(steps)?;
        let verbs = verbs(steps)?;
        let is_first = |verb: &(usize, String, Json)| matches!(verb.1.as_str(), "filter" | "derive");
        let n_first = verbs.iter().take_while(|verb| is_first(verb)).count();
        let mut before: Vec<Json> = verbs.iter().take(n_first).map(one).collect();
        let mut n_read = n_first;
        let mut grouped = None;
        if let Some((step_idx, _, Json::Object(asked))) = verbs.get(n_first).filter(|(_, verb, _)| verb == "group") {
            let by = asked.get("by").map_or(Some(Vec::new()), read_names)?;
            let measures = asked.iter().filter(|(name, _)| *name != "by");
            let measures = measures.map(|(name, text)| Measure::parse(name, text.as_str()?));
            let measures: Vec<Measure> = measures.collect::<Option<_>>()?;
            before.push(ask(&by, columns, &measures)?);
            grouped = Some(Grouped { key: format!("steps[{step_idx}]"), by, measures });
            n_read += 1;
        }
        Some(Cube {
            columns: columns.to_vec(),
            before: Json::List(before),
            grouped,
            rest: Json::List(verbs.iter().skip(n_read).map(one).collect()),
            words: read.iter().map(Step::words).collect(),
            is_sorted: read.iter().any(Step::sorts),
        })
    }

    /// What the rows of a choice give: the same as the steps of this cube after a filter.
    pub fn slice(&self, made: &Prepared, chosen: &[Chosen]) -> Prepared {
        let found: Vec<(&Column, &[String])> =
            chosen.iter().filter_map(|(name, values)| Some((made.table.column(name)?, values.as_slice()))).collect();
        let is_kept = |row_idx: &usize| found.iter().all(|(column, values)| holds(column, *row_idx, values));
        let kept = || -> Vec<usize> { (0..made.table.n_rows()).filter(is_kept).collect() };
        let steps = read_common_steps(&self.rest).unwrap_or_default();
        let mut notices = made.notices.clone();
        if self.grouped.is_some() {
            // said of parts; what the choice lacks is said below
            notices.retain(|notice| notice.code != "group.partial");
        }
        let table = match &self.grouped {
            None if found.is_empty() && steps.is_empty() => made.table.clone(),
            None => run(made.table.rows(&kept()), &steps, &mut notices),
            Some(grouped) => run(grouped.add_up(&made.table.rows(&kept()), &mut notices), &steps, &mut notices),
        };
        let said = found.iter().map(|(column, values)| {
            let values = values.join(", ");
            Words::fill(
                format_args!("gardé : {} = {values}", column.name),
                format_args!("kept: {} = {values}", column.name),
            )
        });
        let is_bad = |notice: &Notice| notice.level == crate::notice::Level::Error;
        Prepared {
            table,
            done: Done { words: said.chain(self.words.iter().cloned()).collect(), ..Done::default() },
            is_misled: made.is_misled || notices.iter().any(is_bad),
            notices,
            is_sorted: self.is_sorted,
        }
    }
}

fn run(table: Table, steps: &[Step], notices: &mut Vec<Notice>) -> Arc<Table> {
    let (table, said) = run_common_steps(table, steps);
    notices.extend(said);
    Arc::new(table)
}

/// Whether the cell of a row is one of some values.
fn holds(column: &Column, row_idx: usize, values: &[String]) -> bool {
    match column.value(row_idx) {
        Value::Missing(_) => values.iter().any(String::is_empty),
        Value::Text(text) => values.iter().any(|value| value == text),
        _ => values.contains(&csv_out::cell(column, row_idx, Reader::Program)),
    }
}

/// The verbs of steps, one by one, each with the place of its step.
fn verbs(steps: &Json) -> Option<Vec<(usize, String, Json)>> {
    let parsed = match steps {
        Json::Text(text) if text.trim().is_empty() => return Some(Vec::new()),
        Json::Text(text) => Json::parse(text, "steps").ok()?,
        Json::Null => return Some(Vec::new()),
        other => other.clone(),
    };
    let steps = parsed.as_list()?.iter().enumerate();
    let verbs = steps.filter_map(|(idx, step)| Some((idx, step.as_object()?)));
    let verbs =
        verbs.flat_map(|(idx, step)| step.iter().map(move |(verb, value)| (idx, verb.to_string(), value.clone())));
    Some(verbs.collect())
}

fn one((_, verb, value): &(usize, String, Json)) -> Json {
    let mut step = Object::default();
    step.set(verb.clone(), value.clone());
    Json::Object(step)
}

/// The group step that is asked: apart by the columns of the choice too, with the parts of each measure.
fn ask(by: &[String], columns: &[String], measures: &[Measure]) -> Option<Json> {
    let others = columns.iter().filter(|column| !by.iter().any(|other| fold(other) == fold(column)));
    let names = by.iter().chain(others).map(|name| Json::Text(name.clone()));
    let mut asked = Object::default();
    asked.set("by".into(), Json::List(names.collect()));
    asked.set(N_ROWS.into(), Json::Text("count".into()));
    for (idx, measure) in measures.iter().enumerate() {
        let parts = parts(measure.how)?;
        let Some(of) = &measure.of else { continue };
        for part in parts {
            asked.set(part_name(idx, part), Json::Text([part, "(`", of, "`)"].concat()));
        }
    }
    let mut step = Object::default();
    step.set("group".into(), Json::Object(asked));
    Some(Json::Object(step))
}

impl Grouped {
    /// Adds the parts up that the rows of a choice hold.
    fn add_up(&self, rows: &Table, notices: &mut Vec<Notice>) -> Table {
        let by: Vec<&Column> = self.by.iter().filter_map(|name| rows.column(name)).collect();
        let groups = groups(rows, &by);
        let keys = by.iter().map(|column| {
            let mut key = column.empty_like();
            groups.iter().filter_map(|group| group.first()).for_each(|row_idx| key.push(column.value(*row_idx)));
            key
        });
        let keys: Vec<Column> = keys.collect();
        let mut measures = Vec::new();
        let mut periods = Vec::new();
        for (idx, measure) in self.measures.iter().enumerate() {
            let part = |name: &str| rows.column(&part_name(idx, name));
            let counted = groups.iter().map(|group| self.count(measure.how, group, rows.column(N_ROWS), &part));
            let of = part("sum").or_else(|| part("min")).or_else(|| part("max"));
            let mut counted: Vec<Counted> = counted.collect();
            if of.is_some_and(Column::is_period) {
                periods.push((idx, measure));
                // as `group` does: a first or a last day is not called partial
                counted.iter_mut().for_each(|counted| counted.n_missing = 0);
            }
            measures.push((measure.clone(), counted, of.and_then(|column| column.unit.clone())));
        }
        let (mut table, said) = from_counted(keys, measures, &self.key);
        notices.extend(said);
        // the first and the last day are no numbers
        for (idx, measure) in periods {
            let name = part_name(idx, if measure.how == How::Min { "min" } else { "max" });
            let of = Measure { of: Some(name), ..measure.clone() };
            let made = group(rows, &self.by, &[of], &self.key, &mut Vec::new());
            made.columns.into_iter().last().into_iter().for_each(|column| table.set_column(column));
        }
        table.set_aside = rows.set_aside.clone();
        table
    }

    fn count<'a>(
        &self,
        how: How,
        group: &[usize],
        n_rows: Option<&Column>,
        part: &dyn Fn(&str) -> Option<&'a Column>,
    ) -> Counted {
        let total = |column: Option<&Column>| {
            let mut sum = Sum::default();
            let numbers = group.iter().filter_map(|row_idx| column?.value(*row_idx).number());
            numbers.for_each(|number| sum.add(number));
            sum.total()
        };
        let all = total(n_rows).unwrap_or(0.0);
        let known = part("count").map(|count| total(Some(count)).unwrap_or(0.0));
        let of = part("sum").or_else(|| part("min")).or_else(|| part("max"));
        let numbers = group.iter().filter_map(|row_idx| of?.value(*row_idx).number());
        let value = match how {
            How::Sum | How::Share if of.is_some() => total(of),
            How::Mean => total(of).zip(known).filter(|(_, known)| *known > 0.0).map(|(sum, known)| sum / known),
            How::Min => numbers.reduce(f64::min),
            How::Max => numbers.reduce(f64::max),
            _ => Some(known.unwrap_or(all)),
        };
        let first = group.first().and_then(|row_idx| Some(of?.value(*row_idx)));
        Counted {
            value,
            n_missing: known.map_or(0, |known| (all - known).max(0.0) as usize),
            why: if let Some(Value::Missing(why)) = first { why } else { Why::Absent },
            rank: group.iter().map(|row_idx| of.map_or(0, |column| column.rank(*row_idx))).max().unwrap_or(0),
        }
    }
}
