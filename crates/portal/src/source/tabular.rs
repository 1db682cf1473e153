//! How is the tabular API of data.gouv.fr asked?
//!
//! Its profile tells the types. Its sort is not used: on values that repeat, its pages lose rows and repeat others with
//! a right total. Whole tables come from `/data/csv/` (50,000 rows at most). Query strings are written by hand: an
//! aggregate has no `=`, and a column or a value that holds `=` or `&` breaks the API's own reading.

use encart_table::expr::term::{Condition, Literal, Test};
use encart_table::verb::How;
use encart_table::{Json, Notice};

use super::{Asked, File, Got, Move, Pages, count_at, json_of, list_at, text_at};
use crate::plan::{Ability, Field, Grouping, Kind, Plan, bounds, is_comparable, plan};
use crate::request::{Answer, Request, refused};
use crate::url::encode;

const PORTAL: &str = "l’API tabulaire de data.gouv.fr";
/// The most rows of `/data/csv/`.
const MOST: u64 = 50_000;
/// Rows of a page of aggregates; the API has allowed 50, then 200.
const PAGE: usize = 50;

#[derive(Debug)]
pub(super) struct Tabular {
    base: String,
    file: String,
    fields: Vec<Field>,
    plan: Plan,
    pages: Pages,
    n_rows: Option<u64>,
    notices: Vec<Notice>,
    state: State,
}

#[derive(Debug, PartialEq)]
enum State {
    Profile,
    Groups,
    Rows,
}

impl Tabular {
    pub(super) fn new(base: String, resource: String, file: String) -> Tabular {
        Tabular {
            base: format!("{base}/api/resources/{}", encode(&resource)),
            file,
            fields: Vec::new(),
            plan: Plan::default(),
            pages: Pages::default(),
            n_rows: None,
            notices: Vec::new(),
            state: State::Profile,
        }
    }

    pub(super) fn start(&mut self, _: &Asked) -> Move {
        Move::Ask(Request::get(format!("{}/profile/", self.base)))
    }

    pub(super) fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move {
        if !answer.is_ok() {
            let said = Json::parse(&answer.text(), "src").ok().and_then(|json| text_at(&json, "errors.0.detail"));
            if self.state == State::Groups {
                // aggregation is allowed for few resources only
                return self.fall_back(said.as_deref());
            }
            return Move::Failed(refused(answer, PORTAL, said));
        }
        let json = match json_of(answer, PORTAL) {
            Ok(json) => json,
            Err(notice) => return Move::Failed(notice),
        };
        match self.state {
            State::Profile => {
                self.read_profile(&json);
                let ability =
                    Ability { tests: understands, groups: Some((1, 4)), sorts: false, limits: false, selects: true };
                self.plan = plan(&asked.steps, asked.wanted.as_deref(), &self.fields, &ability);
                if self.plan.grouping.is_some() {
                    self.state = State::Groups;
                    return self.ask_groups();
                }
                self.rows()
            }
            State::Groups => {
                let more = self.pages.add(list_at(&json, "data"), PAGE, None, &asked.limits);
                if more { self.ask_groups() } else { self.groups() }
            }
            State::Rows => Move::Failed(refused(answer, PORTAL, None)),
        }
    }

    fn read_profile(&mut self, json: &Json) {
        let profile = json.get("profile").unwrap_or(json);
        self.n_rows = count_at(profile, "total_lines");
        let columns = profile.get("columns_fields").or(profile.get("columns")).and_then(Json::as_object);
        let header = list_at(profile, "header").iter().filter_map(Json::as_str);
        self.fields = header
            .map(|name| {
                let column = columns.and_then(|columns| columns.get(name));
                let kind = match column.and_then(|column| column.get("python_type")).and_then(Json::as_str) {
                    Some("int" | "float") => Kind::Number,
                    Some("date" | "datetime") => Kind::Date,
                    Some("string") => Kind::Text,
                    _ => Kind::Other,
                };
                Field { name: name.to_string(), kind, unit: None }
            })
            .collect();
    }

    fn conditions(&self) -> Vec<String> {
        let mut written = Vec::new();
        for condition in &self.plan.conditions {
            let kind = self.fields.iter().find(|field| field.name == condition.column).map(|field| field.kind);
            let column = encode(&condition.column);
            if let (Some(Kind::Date), Some(bounds)) = (kind, bounds(condition)) {
                let write = |(is_from, day): (bool, String)| {
                    format!("{column}__{}={day}", if is_from { "greater" } else { "strictly_less" })
                };
                written.extend(bounds.into_iter().map(write));
                continue;
            }
            let value = condition.literals.first().map(value_of).unwrap_or_default();
            match condition.test {
                Test::OneOf => written.push(format!("{column}__exact={value}")),
                Test::Differs => {
                    written.push(format!("{column}__isnotnull"));
                    written.push(format!("{column}__differs={value}"));
                }
                Test::Less => written.push(format!("{column}__strictly_less={value}")),
                Test::LessOrEqual => written.push(format!("{column}__less={value}")),
                Test::More => written.push(format!("{column}__strictly_greater={value}")),
                Test::MoreOrEqual => written.push(format!("{column}__greater={value}")),
                Test::Known => written.push(format!("{column}__isnotnull")),
            }
        }
        written
    }

    fn address(&self, route: &str, parameters: &[String]) -> String {
        let mut address = format!("{}{route}", self.base);
        for (idx, parameter) in parameters.iter().enumerate() {
            address.push(if idx == 0 { '?' } else { '&' });
            address.push_str(parameter);
        }
        address
    }

    fn ask_groups(&self) -> Move {
        let Some(grouping) = &self.plan.grouping else { return self.file() };
        let mut parameters = self.conditions();
        parameters.extend(grouping.by.iter().map(|name| format!("{}__groupby", encode(name))));
        for aggregate in &grouping.aggregates {
            let Some(of) = aggregate.of.as_deref().or(grouping.by.first().map(String::as_str)) else { continue };
            let parameter = format!("{}__{}", encode(of), word(aggregate.how));
            if !parameters.contains(&parameter) {
                parameters.push(parameter);
            }
        }
        parameters.push(format!("page={}", self.pages.n_pages + 1));
        parameters.push(format!("page_size={PAGE}"));
        Move::Ask(Request::get(self.address("/data/", &parameters)))
    }

    fn fall_back(&mut self, said: Option<&str>) -> Move {
        self.notices.push(self.plan.ungroup(PORTAL, said));
        self.rows()
    }

    fn groups(&mut self) -> Move {
        let records = std::mem::take(&mut self.pages.records);
        let Some(grouping) = &self.plan.grouping else { return self.rows() };
        // a count of rows is the count of a key: of rows without the key the API does not tell how many there are
        let lacks_key =
            |record: &Json| grouping.by.iter().any(|name| record.get(name).is_none_or(|key| *key == Json::Null));
        if records.iter().any(lacks_key) || grouping.by.is_empty() {
            return self.fall_back(None);
        }
        let renamed: Vec<Json> = records.iter().map(|record| rename(record, grouping)).collect();
        let (table, mut notices) = grouping.finish(&renamed, &self.fields);
        notices.append(&mut self.notices);
        Move::Got(Got { table, notices, n_taken: self.plan.n_taken })
    }

    fn rows(&mut self) -> Move {
        // how many rows will be left, only the API knows: it refuses when they are too many, and the file is read
        if self.n_rows.is_some_and(|n_rows| n_rows > MOST) && self.plan.conditions.is_empty() {
            return self.file();
        }
        self.state = State::Rows;
        let mut parameters = self.conditions();
        if let Some(columns) = &self.plan.columns {
            parameters
                .push(format!("columns={}", columns.iter().map(|name| encode(name)).collect::<Vec<_>>().join(",")));
        }
        let expected = self.n_rows.filter(|_| self.plan.conditions.is_empty());
        Move::Read(File {
            address: self.address("/data/csv/", &parameters),
            is_plain: true,
            hints: self.plan.hints(&self.fields),
            expected,
            n_taken: self.plan.n_taken,
            notices: std::mem::take(&mut self.notices),
            ..File::default()
        })
    }

    fn file(&self) -> Move {
        Move::Read(File { address: self.file.clone(), notices: self.notices.clone(), ..File::default() })
    }
}

fn word(how: How) -> &'static str {
    match how {
        How::Sum => "sum",
        How::Min => "min",
        How::Max => "max",
        _ => "count",
    }
}

/// `montant__sum` under the name that the plan gave it.
fn rename(record: &Json, grouping: &Grouping) -> Json {
    let keys = grouping.by.iter().map(|name| (name.clone(), record.get(name).cloned().unwrap_or_default()));
    let numbers = grouping.aggregates.iter().map(|aggregate| {
        let of = aggregate.of.as_deref().or(grouping.by.first().map(String::as_str)).unwrap_or_default();
        let value = record.get(&format!("{of}__{}", word(aggregate.how))).cloned().unwrap_or_default();
        (aggregate.name.clone(), value)
    });
    Json::Object(keys.chain(numbers).collect())
}

fn value_of(literal: &Literal) -> String {
    match literal {
        Literal::Number(number) => encart_table::decimal::write_plain(*number),
        Literal::Text(text) => encode(text),
    }
}

fn understands(condition: &Condition, kind: Kind, _: &[Condition]) -> bool {
    let is_safe = |text: &str| !text.contains(['=', '&', '"']);
    let values_are_safe = condition.literals.iter().all(|literal| match literal {
        Literal::Number(_) => true,
        Literal::Text(text) => is_safe(text),
    });
    let is_one = condition.literals.len() <= 1;
    is_safe(&condition.column) && values_are_safe && is_one && is_comparable(condition, kind)
}
