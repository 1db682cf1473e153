//! How is a CKAN portal asked: its package, then its datastore or its file?
//!
//! The datastore takes equalities and columns, no grouping (`datastore_search_sql` is off by default). It gives a next
//! page even past the end, and numbers as text on many servers.

use encart_table::expr::term::{Condition, Literal, Test};
use encart_table::json::Object;
use encart_table::read::records::read_records;
use encart_table::{Json, Notice, Place};

use super::{Asked, File, Got, Move, Pages, Source, count_at, json_of, list_at, text_at};
use crate::origin::{Origin, day};
use crate::plan::{Ability, Field, Kind, Plan, plan};
use crate::request::{Answer, Request, refused};
use crate::url::{resolve, with_parameters};

const PORTAL: &str = "CKAN";
/// Rows of a page; servers allow 32,000 by default.
const PAGE: usize = 10_000;

#[derive(Debug)]
pub(super) struct Ckan {
    origin: String,
    id: String,
    found: Origin,
    resource: Option<String>,
    file: Option<String>,
    fields: Vec<Field>,
    plan: Plan,
    pages: Pages,
    notices: Vec<Notice>,
    state: State,
}

#[derive(Debug, PartialEq)]
enum State {
    /// Is the identifier that of a resource?
    Resource,
    Package,
    Fields,
    Rows,
    File,
}

impl Ckan {
    pub(super) fn new(origin: String, id: String) -> Ckan {
        Ckan {
            origin,
            id,
            found: Origin::default(),
            resource: None,
            file: None,
            fields: Vec::new(),
            plan: Plan::default(),
            pages: Pages::default(),
            notices: Vec::new(),
            state: State::Package,
        }
    }

    fn ask(&self, action: &str, parameters: &[(String, String)]) -> Move {
        Move::Ask(Request::get(with_parameters(&format!("{}/api/3/action/{action}", self.origin), parameters)))
    }

    fn describe(&mut self, package: &Json) {
        self.found = Origin {
            title: text_at(package, "title"),
            producer: text_at(package, "organization.title").or_else(|| text_at(package, "author")),
            licence: text_at(package, "license_title").or_else(|| text_at(package, "license_id")),
            updated: text_at(package, "metadata_modified").as_deref().and_then(day),
            frequency: None,
            page: text_at(package, "name").map(|name| format!("{}/dataset/{name}", self.origin)),
            file: self.file.clone(),
            schema: None,
        };
    }

    /// The resource that was asked, else the first that the datastore holds, else the first file that is a table.
    fn choose(&mut self, package: &Json) -> Option<()> {
        let resources = list_at(package, "resources");
        let is_asked = |resource: &&Json| self.resource.is_some() && text_at(resource, "id") == self.resource;
        let is_stored = |resource: &&Json| resource.get("datastore_active") == Some(&Json::Bool(true));
        let is_table = |resource: &&Json| {
            let format = text_at(resource, "format").unwrap_or_default().to_ascii_lowercase();
            ["csv", "json", "geojson", "xlsx", "ods", "tsv", "parquet"].contains(&format.as_str())
        };
        let chosen =
            resources.iter().find(is_asked).or(resources.iter().find(is_stored)).or(resources.iter().find(is_table))?;
        self.file = text_at(chosen, "url").and_then(|url| resolve(&url, &self.origin));
        self.found.file.clone_from(&self.file);
        if let Some(updated) = text_at(chosen, "last_modified").as_deref().and_then(day) {
            self.found.updated = Some(updated);
        }
        self.resource = text_at(chosen, "id").filter(|_| is_stored(&chosen));
        Some(())
    }

    fn read_file(&mut self) -> Move {
        self.state = State::File;
        let Some(address) = self.file.clone() else {
            return Move::Failed(Notice::error(
                "portal.no-file",
                Place::column("src"),
                format_args!("{PORTAL} ne donne pas d’adresse où lire ce jeu de données. Prévenez le producteur."),
                format_args!("{PORTAL} gives no address where this dataset can be read. Tell the producer."),
            ));
        };
        Move::Read(File { address, notices: std::mem::take(&mut self.notices), ..File::default() })
    }

    fn ask_rows(&self, size: usize) -> Move {
        let mut parameters = vec![
            ("resource_id".to_string(), self.resource.clone().unwrap_or_default()),
            ("limit".to_string(), size.to_string()),
            ("offset".to_string(), self.pages.records.len().to_string()),
        ];
        if self.state == State::Rows {
            // without an order two pages may repeat a row and lose another
            parameters.push(("sort".to_string(), "_id asc".to_string()));
        }
        if let Some(columns) = &self.plan.columns {
            let quoted: Vec<String> = columns.clone();
            parameters.push(("fields".to_string(), quoted.join(",")));
        }
        if !self.plan.conditions.is_empty() {
            let filters: Object = self
                .plan
                .conditions
                .iter()
                .map(|condition| {
                    (condition.column.clone(), Json::List(condition.literals.iter().map(value_of).collect()))
                })
                .collect();
            parameters.push(("filters".to_string(), Json::Object(filters).write()));
        }
        self.ask("datastore_search", &parameters)
    }

    fn page_size(&self) -> usize {
        let left = self.plan.limit.map_or(PAGE, |limit| limit.saturating_sub(self.pages.records.len()));
        left.clamp(1, PAGE)
    }

    fn got(&mut self, asked: &Asked) -> Move {
        let hints = self.plan.hints(&self.fields);
        let (mut table, mut notices) = read_records(&self.pages.records, &hints, asked.zone);
        // the server's own numbering is not the producer's
        table.columns.retain(|column| column.name != "_id");
        if self.plan.limit.is_none() {
            self.pages.check(&mut notices);
        }
        notices.append(&mut self.notices);
        Move::Got(Got { table, notices, n_taken: self.plan.n_taken })
    }
}

fn value_of(literal: &Literal) -> Json {
    match literal {
        Literal::Number(number) => Json::Number(*number),
        Literal::Text(text) => Json::Text(text.clone()),
    }
}

fn read_field(json: &Json) -> Option<Field> {
    let kind = match json.get("type")?.as_str()? {
        "text" | "varchar" => Kind::Text,
        "int4" | "int8" | "float8" | "numeric" | "int" => Kind::Number,
        "timestamp" | "date" | "timestamptz" => Kind::Date,
        _ => Kind::Other,
    };
    let name = json.get("id")?.as_str()?.to_string();
    // the server's own numbering
    (name != "_id").then_some(Field { name, kind, unit: None })
}

fn understands(condition: &Condition, kind: Kind, sent: &[Condition]) -> bool {
    // one list of values a column
    let is_new = sent.iter().all(|other| other.column != condition.column);
    is_new && condition.test == Test::OneOf && matches!(kind, Kind::Text | Kind::Number)
}

impl Source for Ckan {
    fn start(&mut self, _: &Asked) -> Move {
        let id = vec![("id".to_string(), self.id.clone())];
        if crate::address::is_uuid(&self.id) {
            self.state = State::Resource;
            return self.ask("resource_show", &id);
        }
        self.ask("package_show", &id)
    }

    fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move {
        let json = Json::parse(&answer.text(), "src").ok();
        // behind some proxies an error comes with 200
        let is_refused = json.as_ref().is_some_and(|json| json.get("success") == Some(&Json::Bool(false)));
        if !answer.is_ok() || is_refused {
            match self.state {
                // an identifier may also be that of a package
                State::Resource if answer.status != 0 => {
                    self.state = State::Package;
                    return self.ask("package_show", &[("id".to_string(), self.id.clone())]);
                }
                State::Fields | State::Rows if answer.status != 429 && self.file.is_some() => return self.read_file(),
                State::File => return Move::Failed(refused(answer, &answer.address, None)),
                _ => {}
            }
            let said = json
                .as_ref()
                .and_then(|json| text_at(json, "error.message").or_else(|| json.as_str().map(str::to_string)));
            let status = if is_refused && answer.is_ok() { 404 } else { answer.status };
            return Move::Failed(refused(&Answer { status, ..answer.clone() }, PORTAL, said));
        }
        let json = match json_of(answer, PORTAL) {
            Ok(json) => json,
            Err(notice) => return Move::Failed(notice),
        };
        let result = json.get("result").unwrap_or(&Json::Null);
        match self.state {
            State::Resource => {
                self.resource = text_at(result, "id");
                self.state = State::Package;
                let id = text_at(result, "package_id").unwrap_or_else(|| self.id.clone());
                self.ask("package_show", &[("id".to_string(), id)])
            }
            State::Package => {
                // DKAN gives a list of one
                let package = result.as_list().and_then(<[Json]>::first).unwrap_or(result);
                self.describe(package);
                if self.choose(package).is_none() {
                    let said = Some("aucun fichier CSV, JSON ou XLSX".to_string());
                    return Move::Failed(refused(&Answer { status: 404, ..answer.clone() }, PORTAL, said));
                }
                if self.resource.is_none() {
                    return self.read_file();
                }
                self.state = State::Fields;
                self.ask_rows(1)
            }
            State::Fields => {
                self.fields = list_at(result, "fields").iter().filter_map(read_field).collect();
                let ability = Ability { tests: understands, groups: None, sorts: false, limits: true, selects: true };
                self.plan = plan(&asked.steps, asked.wanted.as_deref(), &self.fields, &ability);
                self.state = State::Rows;
                self.ask_rows(self.page_size())
            }
            State::Rows => {
                let size = self.page_size();
                let records: Vec<Json> = list_at(result, "records").to_vec();
                let more = self.pages.add(&records, size, count_at(result, "total"), &asked.limits);
                let is_enough = self.plan.limit.is_some_and(|limit| self.pages.records.len() >= limit);
                // a server may give fewer than asked and still have more
                let has_more = self.pages.total.is_some_and(|total| total > self.pages.records.len() as u64);
                let goes_on = (more || has_more) && !records.is_empty() && self.pages.n_pages < asked.limits.requests;
                if goes_on && !is_enough && self.pages.records.len() < asked.limits.rows {
                    self.ask_rows(self.page_size())
                } else {
                    self.got(asked)
                }
            }
            State::File => Move::Failed(refused(answer, PORTAL, None)),
        }
    }

    fn origin(&self) -> Origin {
        self.found.clone()
    }
}
