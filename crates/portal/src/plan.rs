//! Which steps does the portal run, and which do we?
//!
//! Only leading steps go to the portal, in order: conditions, then one grouping, then an order with a limit. The plan
//! speaks of the source's own columns. What a portal is asked to sum, it is asked to count too: a sum without its
//! missing parts is said here as it would be if all rows had come.

use encart_table::expr::term::{Condition, Literal, Test};
use encart_table::read::records::Hint;
use encart_table::table::fold;
use encart_table::verb::group::Counted;
use encart_table::verb::needs::needs;
use encart_table::verb::{How, Measure, SortKey, Step};
use encart_table::{Column, Json, Notice, Table, Why};

use crate::source::falls_back;

/// What kind of values a column of a portal holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words and codes.
    Text,
    /// Numbers.
    Number,
    /// Days, with or without an hour.
    Date,
    /// Anything else: truths, lists, geometries.
    Other,
}

/// A column of a portal's dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in queries and answers.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// The unit that the portal gives.
    pub unit: Option<String>,
}

impl Field {
    /// What the reader of the records must know of it.
    pub fn hint(&self) -> Hint {
        use encart_table::infer::Known;
        let known = match self.kind {
            Kind::Text => Known::Text,
            Kind::Number => Known::Plain,
            Kind::Date => Known::Date,
            Kind::Other => Known::Nothing,
        };
        Hint { name: self.name.clone(), known, unit: self.unit.clone() }
    }
}

/// What a portal can be asked.
#[derive(Debug, Clone, Copy)]
pub struct Ability {
    /// Whether it understands a condition on a column of this kind, beside those that it is sent already.
    pub tests: fn(&Condition, Kind, &[Condition]) -> bool,
    /// By how many columns it groups and adds up: at least, at most; `None` when it does not.
    pub groups: Option<(usize, usize)>,
    /// Whether it can put rows in the order of a column of numbers or dates, missing values last.
    pub sorts: bool,
    /// Whether it can give the first rows only, in the order of the source.
    pub limits: bool,
    /// Whether it can leave columns out.
    pub selects: bool,
}

/// A number that a portal computes for each group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// Its name in the answer: `a0`, `a1` …
    pub name: String,
    /// Sum, Min, Max or Count.
    pub how: How,
    /// Of which column; none for a count of rows.
    pub of: Option<String>,
}

/// A grouping that the portal does.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouping {
    /// The columns that make the groups, by the portal's names.
    pub by: Vec<String>,
    /// What the portal computes.
    pub aggregates: Vec<Aggregate>,
    measures: Vec<Measure>,
    key: String,
}

/// What the portal is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// Conditions that all must hold.
    pub conditions: Vec<Condition>,
    /// The grouping.
    pub grouping: Option<Grouping>,
    /// The order of the rows.
    pub sort: Vec<SortKey>,
    /// How many rows.
    pub limit: Option<usize>,
    /// The columns; all when there is none.
    pub columns: Option<Vec<String>>,
    /// How many leading steps the portal has done: ours begin after them.
    pub n_taken: usize,
}

impl Plan {
    /// What the reader must know of the columns that were asked: each is there, whatever came.
    pub fn hints(&self, fields: &[Field]) -> Vec<Hint> {
        let is_asked = |field: &&Field| self.columns.as_ref().is_none_or(|columns| columns.contains(&field.name));
        fields.iter().filter(is_asked).map(Field::hint).collect()
    }

    /// Groups are for us after all, whatever the portal said; the notice of it.
    pub(crate) fn ungroup(&mut self, portal: &str, said: Option<&str>) -> Notice {
        self.grouping = None;
        self.n_taken = 0;
        falls_back(portal, said)
    }

    /// Whether the portal does anything that could be done here.
    pub fn is_any(&self) -> bool {
        !self.conditions.is_empty() || self.grouping.is_some() || !self.sort.is_empty() || self.limit.is_some()
    }
}

fn find<'a>(fields: &'a [Field], name: &str) -> Option<&'a Field> {
    fields
        .iter()
        .find(|field| field.name == name)
        .or_else(|| fields.iter().find(|field| fold(&field.name) == fold(name)))
}

/// Shares the steps out. `wanted` are the columns that are looked at after the steps, when that is known.
pub fn plan(steps: &[Step], wanted: Option<&[String]>, fields: &[Field], ability: &Ability) -> Plan {
    let mut plan = Plan::default();
    let mut is_ordered = false;
    let mut rest = steps.iter().enumerate().peekable();
    while let Some((idx, step)) = rest.next() {
        let is_taken = match step {
            Step::Filter(expr) if plan.grouping.is_none() && plan.limit.is_none() => {
                let mut is_whole = true;
                for term in expr.terms() {
                    match term.and_then(|term| send(term, fields, ability, &plan.conditions)) {
                        Some(condition) => plan.conditions.push(condition),
                        None => is_whole = false,
                    }
                }
                is_whole
            }
            Step::Group { by, measures } if plan.grouping.is_none() && plan.limit.is_none() => {
                // the first groups of the source's order, only the source's rows tell
                let rest = steps.get(idx + 1..).unwrap_or_default();
                let cut = rest.iter().position(|step| matches!(step, Step::Limit(_)));
                let ordered = rest.iter().position(|step| matches!(step, Step::Sort(_)));
                if cut.is_none_or(|cut| ordered.is_some_and(|ordered| ordered < cut)) {
                    plan.grouping = group(by, measures, fields, ability, &format!("steps[{idx}]"));
                }
                plan.grouping.is_some()
            }
            // an order alone is ours: pages that a portal sorts by values that repeat lose rows and repeat others
            Step::Sort(keys) if ability.sorts && !is_ordered && plan.limit.is_none() && plan.grouping.is_none() => {
                let is_followed = matches!(rest.peek(), Some((_, Step::Limit(_))));
                let sent: Option<Vec<SortKey>> = keys
                    .iter()
                    .map(|key| {
                        let field = find(fields, &key.column)?;
                        let is_sortable = matches!(field.kind, Kind::Number | Kind::Date);
                        is_sortable.then(|| SortKey { column: field.name.clone(), is_descending: key.is_descending })
                    })
                    .collect();
                match sent.filter(|_| is_followed) {
                    Some(keys) => {
                        plan.sort = keys;
                        is_ordered = true;
                        true
                    }
                    None => false,
                }
            }
            Step::Limit(n_rows) if ability.limits && plan.grouping.is_none() && plan.limit.is_none() => {
                plan.limit = Some(*n_rows);
                true
            }
            _ => false,
        };
        if !is_taken {
            break;
        }
        plan.n_taken = idx + 1;
    }
    // what was asked in part is done again here, on what came
    if plan.grouping.is_none() && ability.selects {
        plan.columns = needs(steps, wanted)
            .and_then(|names| names.iter().map(|name| Some(find(fields, name)?.name.clone())).collect());
        // a line of one empty cell is no line: a second column keeps it
        if let Some(columns) = &mut plan.columns {
            let beside = fields.iter().filter(|field| !columns.contains(&field.name)).map(|field| field.name.clone());
            let beside: Vec<String> = beside.take(2_usize.saturating_sub(columns.len())).collect();
            columns.extend(beside);
        }
    }
    plan
}

/// A condition by the portal's names, if it understands it. A number compared with text, or a text with a number, is
/// for our own check: it has something to say.
fn send(condition: Condition, fields: &[Field], ability: &Ability, sent: &[Condition]) -> Option<Condition> {
    let field = find(fields, &condition.column)?;
    let fits = condition.literals.iter().all(|literal| match (field.kind, literal) {
        (Kind::Number, Literal::Number(_)) | (Kind::Text, Literal::Text(_)) => true,
        (Kind::Date, Literal::Text(text)) => day_of(text).is_some(),
        (Kind::Date, Literal::Number(year)) => is_year(*year),
        _ => false,
    });
    let condition = Condition { column: field.name.clone(), ..condition };
    let is_understood = fits && field.kind != Kind::Other && (ability.tests)(&condition, field.kind, sent);
    is_understood.then_some(condition)
}

fn is_year(number: f64) -> bool {
    number.floor() == number && (1000.0..3000.0).contains(&number)
}

/// The day that a text of a condition names, when it names one.
fn day_of(text: &str) -> Option<encart_table::Period> {
    encart_table::day::read_period(text).filter(|period| period.grain == encart_table::Grain::Day)
}

/// Whether a comparison means the same there as here. Texts are compared by their order in the alphabet here, and by a
/// database's own there: only equality is the same.
pub(crate) fn is_comparable(condition: &Condition, kind: Kind) -> bool {
    match kind {
        Kind::Text => matches!(condition.test, Test::OneOf | Test::Differs | Test::Known),
        Kind::Date => condition.test == Test::Known || bounds(condition).is_some(),
        Kind::Number => true,
        Kind::Other => false,
    }
}

/// A condition on dates as bounds: from a day on (true), before a day (false). A year means all of its days, and a day
/// all of its hours, as they do here. None for what bounds cannot say.
pub(crate) fn bounds(condition: &Condition) -> Option<Vec<(bool, String)>> {
    use encart_table::locale::write_iso;
    use encart_table::{Grain, Period};
    let [literal] = condition.literals.as_slice() else { return None };
    let (first, next) = match literal {
        Literal::Text(text) => {
            let day = day_of(text)?;
            (write_iso(day), write_iso(day.step(1)))
        }
        Literal::Number(year) => {
            let year = Period::year(*year as i32);
            (write_iso(Period { grain: Grain::Day, ..year }), write_iso(Period { grain: Grain::Day, ..year.step(1) }))
        }
    };
    Some(match condition.test {
        Test::OneOf => vec![(true, first), (false, next)],
        Test::Less => vec![(false, first)],
        Test::LessOrEqual => vec![(false, next)],
        Test::More => vec![(true, next)],
        Test::MoreOrEqual => vec![(true, first)],
        Test::Differs | Test::Known => return None,
    })
}

fn group(by: &[String], measures: &[Measure], fields: &[Field], ability: &Ability, key: &str) -> Option<Grouping> {
    ability.groups.filter(|(least, most)| (*least..=*most).contains(&by.len()))?;
    let found: Option<Vec<&Field>> = by.iter().map(|name| find(fields, name)).collect();
    // a date with its hour is not the day that we read; a list is not a word
    let found = found.filter(|found| found.iter().all(|field| matches!(field.kind, Kind::Text | Kind::Number)))?;
    let mut aggregates: Vec<Aggregate> = Vec::new();
    let mut add = |how: How, of: Option<&str>| {
        if !aggregates.iter().any(|other| other.how == how && other.of.as_deref() == of) {
            let name = format!("a{}", aggregates.len());
            aggregates.push(Aggregate { name, how, of: of.map(str::to_string) });
        }
    };
    add(How::Count, None);
    for measure in measures {
        let Some(of) = &measure.of else { continue };
        let field = find(fields, of).filter(|field| field.kind == Kind::Number)?;
        add(How::Count, Some(&field.name));
        match measure.how {
            How::Count => {}
            How::Sum | How::Mean | How::Share => add(How::Sum, Some(&field.name)),
            How::Min => add(How::Min, Some(&field.name)),
            How::Max => add(How::Max, Some(&field.name)),
            // portals estimate medians
            How::Median => return None,
        }
    }
    Some(Grouping {
        by: found.iter().map(|field| field.name.clone()).collect(),
        aggregates,
        measures: measures.to_vec(),
        key: key.to_string(),
    })
}

impl Grouping {
    /// The table that the grouping asks for, from the portal's answer: records with the columns of `by` and a number
    /// under the name of each aggregate. Says what a grouping here would have said.
    pub fn finish(&self, records: &[Json], fields: &[Field]) -> (Table, Vec<Notice>) {
        let keys: Vec<Json> = records
            .iter()
            .map(|record| {
                let cell = |name: &String| (name.clone(), record.get(name).cloned().unwrap_or_default());
                Json::Object(self.by.iter().map(cell).collect())
            })
            .collect();
        let hints: Vec<Hint> = fields.iter().map(Field::hint).collect();
        let (read, mut notices) = encart_table::read::records::read_records(&keys, &hints, Default::default());
        // a missing key is a group of its own, and needs no line of a file
        notices.retain(|notice| notice.code != "cell.missing");
        let columns: Vec<Column> = self
            .by
            .iter()
            .map(|name| {
                read.column(name).cloned().unwrap_or_else(|| Column::texts(name.as_str(), Vec::<String>::new()))
            })
            .collect();
        let number = |record: &Json, how: How, of: Option<&str>| -> Option<f64> {
            let aggregate = self.aggregates.iter().find(|other| other.how == how && other.of.as_deref() == of)?;
            read_number(record.get(&aggregate.name)?)
        };
        let counted: Vec<(Measure, Vec<Counted>, Option<String>)> = self
            .measures
            .iter()
            .map(|measure| {
                let field = measure.of.as_deref().and_then(|of| find(fields, of));
                let of = field.map(|field| field.name.as_str());
                let groups = records
                    .iter()
                    .map(|record| {
                        let n_rows = number(record, How::Count, None).unwrap_or(0.0);
                        let n_known = of.map_or(n_rows, |of| number(record, How::Count, Some(of)).unwrap_or(0.0));
                        let outcome = match measure.how {
                            How::Count => Some(n_known),
                            How::Share if of.is_none() => Some(n_rows),
                            How::Sum | How::Share => number(record, How::Sum, of),
                            How::Mean => number(record, How::Sum, of).map(|sum| sum / n_known),
                            how => number(record, how, of),
                        };
                        Counted {
                            value: outcome.filter(|_| n_known > 0.0 || measure.how == How::Count),
                            n_missing: (n_rows - n_known).max(0.0) as usize,
                            why: Why::Empty,
                            rank: 0,
                        }
                    })
                    .collect();
                (measure.clone(), groups, field.and_then(|field| field.unit.clone()))
            })
            .collect();
        let (table, said) = encart_table::verb::group::from_counted(columns, counted, &self.key);
        notices.extend(said);
        (table, notices)
    }
}

/// A number of an answer: some portals write them as text.
pub(crate) fn read_number(json: &Json) -> Option<f64> {
    use encart_table::number::{Mark, read_number};
    match json {
        Json::Number(number) => Some(*number),
        Json::Text(text) => read_number(text, Mark::Point).map(|reading| reading.value),
        _ => None,
    }
}
