//! How is an Opendatasoft portal asked (Explore API v2.1)?
//!
//! The dataset's description tells the types of its fields, without which a condition on a date silently keeps nothing.
//! Groups are asked of `/records` (20,000 at most); rows of `/exports`, which has no limit and no pages to lose rows in.

use encart_table::expr::term::{Condition, Literal, Test};
use encart_table::read::records::read_records;
use encart_table::verb::How;
use encart_table::{Json, Notice};

use super::{Asked, File, Got, Move, Source, count_at, falls_back, incomplete, json_of, list_at, text_at};
use crate::origin::{Origin, day};
use crate::plan::{Ability, Field, Grouping, Kind, Plan, bounds, is_comparable, plan};
use crate::request::{Answer, Request, refused};
use crate::url::with_parameters;

const PORTAL: &str = "Opendatasoft";
/// The most rows that `/records` gives at once.
const MOST_RECORDS: usize = 100;
/// The most groups that it gives.
const MOST_GROUPS: usize = 20_000;

#[derive(Debug)]
pub(super) struct Opendatasoft {
    base: String,
    page: String,
    found: Origin,
    fields: Vec<Field>,
    plan: Plan,
    total: Option<u64>,
    notices: Vec<Notice>,
    state: State,
}

#[derive(Debug)]
enum State {
    Dataset,
    Groups,
    Records,
    Count,
    Export,
}

impl Opendatasoft {
    pub(super) fn new(origin: String, dataset: String) -> Opendatasoft {
        let dataset = crate::url::encode(&dataset);
        Opendatasoft {
            base: format!("{origin}/api/explore/v2.1/catalog/datasets/{dataset}"),
            page: format!("{origin}/explore/dataset/{dataset}/"),
            found: Origin::default(),
            fields: Vec::new(),
            plan: Plan::default(),
            total: None,
            notices: Vec::new(),
            state: State::Dataset,
        }
    }

    fn describe(&mut self, json: &Json) {
        let meta = |name: &str| text_at(json, &format!("metas.default.{name}"));
        self.found = Origin {
            title: meta("title"),
            producer: meta("publisher").or_else(|| meta("attributions.0")),
            licence: meta("license"),
            updated: meta("data_processed").or_else(|| meta("modified")).as_deref().and_then(day),
            frequency: None,
            page: Some(self.page.clone()),
            file: Some(format!("{}/exports/csv?use_labels=true", self.base)),
            schema: None,
        };
        self.total = count_at(json, "metas.default.records_count");
        self.fields = list_at(json, "fields").iter().filter_map(read_field).collect();
    }

    /// What to ask once the fields are known.
    fn query(&mut self) -> Move {
        if let Some(grouping) = &self.plan.grouping {
            self.state = State::Groups;
            return Move::Ask(Request::get(self.groups_address(grouping)));
        }
        if let Some(limit) = self.plan.limit.filter(|limit| *limit <= MOST_RECORDS) {
            self.state = State::Records;
            return Move::Ask(Request::get(self.address("/records", Some(limit))));
        }
        if self.plan.conditions.is_empty() {
            return self.export(self.total);
        }
        self.state = State::Count;
        let mut parameters = vec![("limit".to_string(), "1".to_string())];
        parameters.extend(self.where_clause());
        Move::Ask(Request::get(with_parameters(&[&self.base, "/records"].concat(), &parameters)))
    }

    fn export(&mut self, total: Option<u64>) -> Move {
        self.state = State::Export;
        let limit = self.plan.limit;
        let expected = total.map(|total| limit.map_or(total, |limit| total.min(limit as u64)));
        let address = self.address("/exports/csv", limit);
        Move::Read(File {
            address: with_parameters(&address, &[("with_bom".into(), "false".into())]),
            is_plain: true,
            hints: self.plan.hints(&self.fields),
            expected,
            n_taken: self.plan.n_taken,
            notices: std::mem::take(&mut self.notices),
            ..File::default()
        })
    }

    fn where_clause(&self) -> Option<(String, String)> {
        let written: Vec<String> = self
            .plan
            .conditions
            .iter()
            .filter_map(|condition| {
                let kind = self.fields.iter().find(|field| field.name == condition.column)?.kind;
                write_condition(condition, kind)
            })
            .collect();
        (!written.is_empty()).then(|| ("where".to_string(), written.join(" and ")))
    }

    fn address(&self, route: &str, limit: Option<usize>) -> String {
        let mut parameters = Vec::new();
        if let Some(columns) = &self.plan.columns {
            parameters
                .push(("select".to_string(), columns.iter().map(|name| quote(name)).collect::<Vec<_>>().join(",")));
        }
        parameters.extend(self.where_clause());
        if !self.plan.sort.is_empty() {
            let keys =
                self.plan.sort.iter().map(|key| {
                    [quote(&key.column).as_str(), if key.is_descending { " desc" } else { " asc" }].concat()
                });
            parameters.push(("order_by".to_string(), keys.collect::<Vec<_>>().join(",")));
        }
        if let Some(limit) = limit {
            parameters.push(("limit".to_string(), limit.to_string()));
        }
        with_parameters(&[&self.base, route].concat(), &parameters)
    }

    fn groups_address(&self, grouping: &Grouping) -> String {
        let aggregates = grouping.aggregates.iter().map(|aggregate| {
            let of = aggregate.of.as_deref().map_or("*".to_string(), quote);
            let how = match aggregate.how {
                How::Sum => "sum",
                How::Min => "min",
                How::Max => "max",
                _ => "count",
            };
            format!("{how}({of}) as {}", aggregate.name)
        });
        let by: Vec<String> = grouping.by.iter().map(|name| quote(name)).collect();
        let select: Vec<String> = by.iter().cloned().chain(aggregates).collect();
        let mut parameters = vec![("select".to_string(), select.join(","))];
        parameters.extend(self.where_clause());
        if !by.is_empty() {
            parameters.push(("group_by".to_string(), by.join(",")));
            parameters.push(("limit".to_string(), MOST_GROUPS.to_string()));
        }
        with_parameters(&[&self.base, "/records"].concat(), &parameters)
    }

    /// The portal did not take the query: everything is asked, nothing computed there.
    fn fall_back(&mut self, answer: &Answer) -> Move {
        let said = Json::parse(&answer.text(), "src").ok().and_then(|json| text_at(&json, "message"));
        self.notices.push(falls_back(PORTAL, said.as_deref()));
        self.plan = Plan::default();
        self.export(self.total)
    }
}

/// A field's description as what the planner must know. A list holds several values in one cell, where `=` means "one
/// of them is": such a column is for our own conditions.
fn read_field(json: &Json) -> Option<Field> {
    let annotation = |name: &str| json.at(&format!("annotations.{name}"));
    let is_list = annotation("multivalued").is_some_and(|value| *value != Json::Null && *value != Json::Bool(false));
    let kind = match json.get("type")?.as_str()? {
        _ if is_list => Kind::Other,
        "text" => Kind::Text,
        "int" | "double" => Kind::Number,
        "date" | "datetime" => Kind::Date,
        _ => Kind::Other,
    };
    let unit = annotation("unit").map(|unit| unit.as_str().map(str::to_string).or_else(|| text_at(unit, "0")));
    Some(Field { name: json.get("name")?.as_str()?.to_string(), kind, unit: unit.flatten() })
}

/// An identifier of ODSQL: in back quotes, whatever its letters.
fn quote(name: &str) -> String {
    ["`", name, "`"].concat()
}

/// A literal of ODSQL.
fn write_literal(literal: &Literal) -> String {
    match literal {
        Literal::Number(number) => encart_table::decimal::write_plain(*number),
        Literal::Text(text) => ["\"", &text.replace('\\', "\\\\").replace('"', "\\\""), "\""].concat(),
    }
}

fn write_condition(condition: &Condition, kind: Kind) -> Option<String> {
    let column = quote(&condition.column);
    if kind == Kind::Date && condition.test != Test::Known {
        let parts = bounds(condition)?
            .into_iter()
            .map(|(is_from, day)| format!("{column} {} date'{day}'", if is_from { ">=" } else { "<" }));
        return Some(parts.collect::<Vec<_>>().join(" and "));
    }
    let first = condition.literals.first().map(write_literal).unwrap_or_default();
    Some(match condition.test {
        Test::OneOf if condition.literals.len() == 1 => format!("{column} = {first}"),
        Test::OneOf => {
            format!("{column} in ({})", condition.literals.iter().map(write_literal).collect::<Vec<_>>().join(", "))
        }
        // a search engine counts what is missing among what differs
        Test::Differs => format!("{column} is not null and {column} != {first}"),
        Test::Less => format!("{column} < {first}"),
        Test::LessOrEqual => format!("{column} <= {first}"),
        Test::More => format!("{column} > {first}"),
        Test::MoreOrEqual => format!("{column} >= {first}"),
        Test::Known => format!("{column} is not null"),
    })
}

fn understands(condition: &Condition, kind: Kind, _: &[Condition]) -> bool {
    let is_named = !condition.column.contains('`');
    is_named && is_comparable(condition, kind)
}

impl Source for Opendatasoft {
    fn start(&mut self, _: &Asked) -> Move {
        Move::Ask(Request::get(self.base.clone()))
    }

    fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move {
        if !answer.is_ok() {
            let is_query = (400..500).contains(&answer.status) && ![401, 403, 404, 429].contains(&answer.status);
            if is_query && self.plan.is_any() && !matches!(self.state, State::Dataset) {
                return self.fall_back(answer);
            }
            let said = Json::parse(&answer.text(), "src").ok();
            let said = said.and_then(|json| text_at(&json, "message").or_else(|| text_at(&json, "error")));
            return Move::Failed(refused(answer, PORTAL, said));
        }
        let json = match json_of(answer, PORTAL) {
            Ok(json) => json,
            Err(notice) => return Move::Failed(notice),
        };
        match self.state {
            State::Dataset => {
                self.describe(&json);
                let ability =
                    Ability { tests: understands, groups: Some((0, 8)), sorts: true, limits: true, selects: true };
                self.plan = plan(&asked.steps, asked.wanted.as_deref(), &self.fields, &ability);
                self.query()
            }
            State::Groups => {
                let records = list_at(&json, "results");
                let Some(grouping) = self.plan.grouping.as_ref().filter(|_| records.len() < MOST_GROUPS) else {
                    return self.fall_back(answer);
                };
                let (table, mut notices) = grouping.finish(records, &self.fields);
                notices.append(&mut self.notices);
                Move::Got(Got { table, notices, n_taken: self.plan.n_taken })
            }
            State::Count => self.export(count_at(&json, "total_count")),
            State::Records | State::Export => {
                let hints = self.plan.hints(&self.fields);
                let records = list_at(&json, "results");
                let (table, mut notices) = read_records(records, &hints, asked.zone);
                let most = self.plan.limit.unwrap_or(0) as u64;
                let expected = count_at(&json, "total_count").map(|total| total.min(most));
                if let Some(expected) = expected.filter(|expected| *expected > records.len() as u64) {
                    notices.push(incomplete(records.len() as u64, Some(expected)));
                }
                notices.append(&mut self.notices);
                Move::Got(Got { table, notices, n_taken: self.plan.n_taken })
            }
        }
    }

    fn origin(&self) -> Origin {
        self.found.clone()
    }
}
