//! How is a Data Fair portal asked?
//!
//! Lines come by pages of 10,000 that name the next (`after=`); groups by one column come from `values_agg`, one number
//! a request, a thousand groups at most.

use encart_table::expr::term::{Condition, Literal, Test};
use encart_table::read::records::read_records;
use encart_table::verb::How;
use encart_table::{Json, Notice};

use super::{Asked, Got, Move, Pages, Source, at_origin, count_at, json_of, list_at, text_at};
use crate::origin::{Origin, day, frequency};
use crate::plan::{Ability, Field, Kind, Plan, bounds, is_comparable, plan};
use crate::request::{Answer, Request, refused};
use crate::url::with_parameters;

const PORTAL: &str = "Data Fair";
const PAGE: usize = 10_000;
const MOST_GROUPS: usize = 1_000;

#[derive(Debug)]
pub(super) struct DataFair {
    origin: String,
    base: String,
    found: Origin,
    fields: Vec<Field>,
    plan: Plan,
    pages: Pages,
    /// The groups so far: key, rows, then the numbers of each aggregate.
    groups: Vec<Json>,
    n_asked: usize,
    notices: Vec<Notice>,
    state: State,
}

#[derive(Debug, PartialEq)]
enum State {
    Dataset,
    Groups,
    Lines,
}

impl DataFair {
    pub(super) fn new(origin: String, dataset: String) -> DataFair {
        let base = format!("{origin}/data-fair/api/v1/datasets/{}", crate::url::encode(&dataset));
        DataFair {
            origin,
            base,
            found: Origin::default(),
            fields: Vec::new(),
            plan: Plan::default(),
            pages: Pages::default(),
            groups: Vec::new(),
            n_asked: 0,
            notices: Vec::new(),
            state: State::Dataset,
        }
    }

    fn describe(&mut self, json: &Json) {
        self.found = Origin {
            title: text_at(json, "title"),
            producer: text_at(json, "origin").or_else(|| text_at(json, "owner.name")),
            licence: text_at(json, "license.title"),
            updated: text_at(json, "dataUpdatedAt").or_else(|| text_at(json, "updatedAt")).as_deref().and_then(day),
            frequency: text_at(json, "frequency").as_deref().and_then(frequency).map(str::to_string),
            page: text_at(json, "page")
                .or_else(|| text_at(json, "slug").map(|slug| format!("{}/datasets/{slug}", self.origin))),
            file: Some(format!("{}/full", self.base)),
            schema: None,
        };
        self.fields = list_at(json, "schema").iter().filter_map(read_field).collect();
    }

    fn conditions(&self) -> Vec<(String, String)> {
        let mut written = Vec::new();
        for condition in &self.plan.conditions {
            let kind = self.fields.iter().find(|field| field.name == condition.column).map(|field| field.kind);
            let column = &condition.column;
            let mut push = |test: &str, value: String| written.push((format!("{column}_{test}"), value));
            if let (Some(Kind::Date), Some(bounds)) = (kind, bounds(condition)) {
                bounds.into_iter().for_each(|(is_from, day)| push(if is_from { "gte" } else { "lt" }, day));
                continue;
            }
            let value = condition.literals.first().map(value_of).unwrap_or_default();
            match condition.test {
                Test::OneOf => push("eq", value),
                Test::Differs => {
                    push("exists", "true".to_string());
                    push("neq", value);
                }
                Test::Less => push("lt", value),
                Test::LessOrEqual => push("lte", value),
                Test::More => push("gt", value),
                Test::MoreOrEqual => push("gte", value),
                Test::Known => push("exists", "true".to_string()),
            }
        }
        written
    }

    /// The next number to ask for the groups: counts of known values and sums, one a request. The rows of a group come
    /// with each of them.
    fn ask_groups(&mut self) -> Option<Move> {
        let grouping = self.plan.grouping.as_ref()?;
        let field = grouping.by.first()?;
        let asked: Vec<_> = grouping.aggregates.iter().filter(|aggregate| aggregate.of.is_some()).collect();
        let mut parameters =
            vec![("field".to_string(), field.clone()), ("agg_size".to_string(), MOST_GROUPS.to_string())];
        match asked.get(self.n_asked) {
            Some(aggregate) => {
                let metric = match aggregate.how {
                    How::Sum => "sum",
                    How::Min => "min",
                    How::Max => "max",
                    _ => "value_count",
                };
                parameters.push(("metric".to_string(), metric.to_string()));
                parameters.push(("metric_field".to_string(), aggregate.of.clone().unwrap_or_default()));
            }
            None if self.n_asked == 0 => {}
            None => return None,
        }
        parameters.extend(self.conditions());
        Some(Move::Ask(Request::get(with_parameters(&format!("{}/values_agg", self.base), &parameters))))
    }

    /// Takes one number of each group. False when the groups are not all there: too many, or rows without the key.
    fn take_groups(&mut self, json: &Json) -> bool {
        let Some(grouping) = &self.plan.grouping else { return false };
        let Some(field) = grouping.by.first() else { return false };
        let groups = list_at(json, "aggs");
        let n_rows: u64 = groups.iter().filter_map(|group| count_at(group, "total")).sum();
        if count_at(json, "total_other").unwrap_or(0) > 0 || count_at(json, "total") != Some(n_rows) {
            return false;
        }
        let of_rows =
            grouping.aggregates.iter().find(|aggregate| aggregate.of.is_none()).map(|aggregate| aggregate.name.clone());
        let asked = grouping
            .aggregates
            .iter()
            .filter(|aggregate| aggregate.of.is_some())
            .nth(self.n_asked)
            .map(|aggregate| aggregate.name.clone());
        for group in groups {
            let key = group.get("value").cloned().unwrap_or_default();
            let known = self.groups.iter_mut().find(|known| known.get(field) == Some(&key));
            let number = asked.clone().map(|name| (name, group.get("metric").cloned().unwrap_or_default()));
            match (known, number) {
                (Some(Json::Object(known)), Some((name, number))) => known.set(name, number),
                (Some(_), _) => {}
                (None, number) => {
                    let rows = of_rows.clone().map(|name| (name, group.get("total").cloned().unwrap_or_default()));
                    let entries = [(field.clone(), key)].into_iter().chain(rows).chain(number);
                    self.groups.push(Json::Object(entries.collect()));
                }
            }
        }
        self.n_asked += 1;
        true
    }

    fn lines(&mut self) -> Move {
        self.state = State::Lines;
        let size = self.plan.limit.map_or(PAGE, |limit| limit.clamp(1, PAGE));
        let mut parameters = vec![("size".to_string(), size.to_string())];
        if let Some(columns) = &self.plan.columns {
            parameters.push(("select".to_string(), columns.join(",")));
        }
        if !self.plan.sort.is_empty() {
            let keys =
                self.plan.sort.iter().map(|key| [if key.is_descending { "-" } else { "" }, &key.column].concat());
            parameters.push(("sort".to_string(), keys.collect::<Vec<_>>().join(",")));
        }
        parameters.extend(self.conditions());
        Move::Ask(Request::get(with_parameters(&format!("{}/lines", self.base), &parameters)))
    }

    fn fall_back(&mut self, said: Option<&str>) -> Move {
        self.notices.push(self.plan.ungroup(PORTAL, said));
        self.lines()
    }
}

fn value_of(literal: &Literal) -> String {
    match literal {
        Literal::Number(number) => encart_table::decimal::write_plain(*number),
        Literal::Text(text) => text.clone(),
    }
}

fn read_field(json: &Json) -> Option<Field> {
    let name = json.get("key")?.as_str()?.to_string();
    if ["_id", "_i", "_rand", "_score"].contains(&name.as_str()) {
        return None;
    }
    let format = json.get("format").and_then(Json::as_str).unwrap_or("");
    let is_list = json.get("separator").is_some_and(|separator| *separator != Json::Null);
    let kind = match json.get("type").and_then(Json::as_str) {
        _ if is_list => Kind::Other,
        Some("number" | "integer") => Kind::Number,
        Some("string") if format.starts_with("date") => Kind::Date,
        Some("string") => Kind::Text,
        _ => Kind::Other,
    };
    Some(Field { name, kind, unit: None })
}

fn understands(condition: &Condition, kind: Kind, sent: &[Condition]) -> bool {
    // a parameter is given once: an equality, or bounds that differ
    let is_bound = |test: Test| !matches!(test, Test::OneOf | Test::Differs | Test::Known);
    let clashes = |other: &Condition| {
        let are_bounds = is_bound(other.test) && is_bound(condition.test) && kind == Kind::Number;
        other.column == condition.column && (!are_bounds || other.test == condition.test)
    };
    let is_one = condition.literals.len() <= 1;
    is_one && !sent.iter().any(clashes) && is_comparable(condition, kind)
}

impl Source for DataFair {
    fn start(&mut self, _: &Asked) -> Move {
        Move::Ask(Request::get(self.base.clone()))
    }

    fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move {
        if !answer.is_ok() {
            // its errors are sentences in French, as text
            let said = answer.text();
            if answer.status == 400 && self.state == State::Groups {
                return self.fall_back(Some(&said));
            }
            if answer.status == 400 && self.state == State::Lines && self.plan.is_any() && self.pages.n_pages == 0 {
                self.plan = Plan::default();
                return self.fall_back(Some(&said));
            }
            let said = (!said.trim_start().starts_with('<')).then_some(said);
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
                    Ability { tests: understands, groups: Some((1, 1)), sorts: true, limits: true, selects: true };
                self.plan = plan(&asked.steps, asked.wanted.as_deref(), &self.fields, &ability);
                if self.plan.limit.is_some_and(|limit| limit > PAGE) {
                    // an order over several pages is ours
                    self.plan = Plan {
                        conditions: self.plan.conditions.clone(),
                        columns: self.plan.columns.clone(),
                        ..Plan::default()
                    };
                }
                self.state = State::Groups;
                self.ask_groups().unwrap_or_else(|| self.lines())
            }
            State::Groups => {
                if !self.take_groups(&json) {
                    return self.fall_back(None);
                }
                if let Some(next) = self.ask_groups() {
                    return next;
                }
                let Some(grouping) = &self.plan.grouping else { return self.lines() };
                let (table, mut notices) = grouping.finish(&self.groups, &self.fields);
                notices.append(&mut self.notices);
                Move::Got(Got { table, notices, n_taken: self.plan.n_taken })
            }
            State::Lines => {
                let page = list_at(&json, "results");
                let more = self.pages.add(page, 1, count_at(&json, "total"), &asked.limits);
                let is_enough = self.plan.limit.is_some_and(|limit| self.pages.records.len() >= limit);
                let next = text_at(&json, "next").filter(|_| more && !is_enough);
                if let Some(next) = next {
                    return Move::Ask(Request::get(at_origin(&next, &self.origin)));
                }
                self.pages.records.truncate(self.plan.limit.unwrap_or(usize::MAX));
                let hints = self.plan.hints(&self.fields);
                let (mut table, mut notices) = read_records(&self.pages.records, &hints, asked.zone);
                table.columns.retain(|column| !["_id", "_i", "_rand", "_score"].contains(&column.name.as_str()));
                if self.plan.limit.is_none() {
                    self.pages.check(&mut notices);
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
