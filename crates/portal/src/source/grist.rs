//! How is a table of a Grist document asked?
//!
//! Columns have an identifier for queries and a label for people: the table's columns bear the labels. Dates are seconds
//! since 1970, lists begin with "L", errors with "E".

use encart_table::expr::term::{Condition, Literal, Test};
use encart_table::json::Object;
use encart_table::locale::write_iso;
use encart_table::read::records::read_records;
use encart_table::{Grain, Json, Notice, Period, Place};

use super::{Asked, Got, Move, Source, json_of, list_at, text_at};
use crate::origin::Origin;
use crate::plan::{Ability, Field, Kind, Plan, plan};
use crate::request::{Answer, Request, refused};
use crate::url::{encode, with_parameters};

const PORTAL: &str = "Grist";

#[derive(Debug)]
pub(super) struct Grist {
    origin: String,
    document: String,
    table: Option<String>,
    columns: Vec<GristColumn>,
    plan: Plan,
    state: State,
}

#[derive(Debug)]
struct GristColumn {
    id: String,
    label: String,
    kind: String,
}

#[derive(Debug, PartialEq)]
enum State {
    Tables,
    Columns,
    Records,
}

impl Grist {
    pub(super) fn new(origin: String, document: String, table: Option<String>) -> Grist {
        Grist { origin, document, table, columns: Vec::new(), plan: Plan::default(), state: State::Tables }
    }

    fn base(&self) -> String {
        format!("{}/api/docs/{}/tables", self.origin, encode(&self.document))
    }

    fn table_address(&self, route: &str) -> String {
        format!("{}/{}/{route}", self.base(), encode(self.table.as_deref().unwrap_or("")))
    }

    fn read_columns(&mut self, json: &Json) {
        let read = |column: &Json| {
            let id = text_at(column, "id")?;
            let label = text_at(column, "fields.label").unwrap_or_else(|| id.clone());
            Some(GristColumn { id, label, kind: text_at(column, "fields.type").unwrap_or_default() })
        };
        self.columns = list_at(json, "columns").iter().filter_map(read).collect();
        // two labels that are the same tell nothing apart: then the identifiers do
        let labels: Vec<String> = self.columns.iter().map(|column| column.label.clone()).collect();
        for column in &mut self.columns {
            if labels.iter().filter(|label| **label == column.label).count() > 1 {
                column.label.clone_from(&column.id);
            }
        }
    }

    fn fields(&self) -> Vec<Field> {
        let kind = |kind: &str| match kind {
            "Text" | "Choice" => Kind::Text,
            "Numeric" | "Int" => Kind::Number,
            "Date" => Kind::Date,
            kind if kind.starts_with("DateTime") => Kind::Date,
            _ => Kind::Other,
        };
        self.columns
            .iter()
            .map(|column| Field { name: column.label.clone(), kind: kind(&column.kind), unit: None })
            .collect()
    }

    fn records_address(&self) -> String {
        let mut parameters = Vec::new();
        if !self.plan.conditions.is_empty() {
            let filter: Object = self
                .plan
                .conditions
                .iter()
                .filter_map(|condition| {
                    let column = self.columns.iter().find(|column| column.label == condition.column)?;
                    let values = condition.literals.iter().map(|literal| match literal {
                        Literal::Number(number) => Json::Number(*number),
                        Literal::Text(text) => Json::Text(text.clone()),
                    });
                    Some((column.id.clone(), Json::List(values.collect())))
                })
                .collect();
            parameters.push(("filter".to_string(), Json::Object(filter).write()));
        }
        if let Some(limit) = self.plan.limit {
            parameters.push(("limit".to_string(), limit.to_string()));
        }
        with_parameters(&self.table_address("records"), &parameters)
    }

    /// A record under the labels, its cells as words and numbers.
    fn read_record(&self, record: &Json) -> Json {
        let cells = self.columns.iter().map(|column| {
            let cell = record.at("fields").and_then(|fields| fields.get(&column.id)).unwrap_or(&Json::Null);
            (column.label.clone(), read_cell(cell, &column.kind))
        });
        Json::Object(cells.collect())
    }
}

fn read_cell(cell: &Json, kind: &str) -> Json {
    match cell {
        Json::Number(seconds) if kind == "Date" || kind.starts_with("DateTime") => {
            let start = (seconds / 86_400.0).floor() as i32;
            Json::Text(write_iso(Period::from_day(start, Grain::Day)))
        }
        Json::List(list) => match list.split_first() {
            Some((Json::Text(code), values)) if code == "L" => Json::List(values.to_vec()),
            // an error of a formula, a cell still being computed
            _ => Json::Null,
        },
        other => other.clone(),
    }
}

fn understands(condition: &Condition, kind: Kind, sent: &[Condition]) -> bool {
    // one list of values a column
    let is_new = sent.iter().all(|other| other.column != condition.column);
    is_new && condition.test == Test::OneOf && matches!(kind, Kind::Text | Kind::Number)
}

impl Source for Grist {
    fn start(&mut self, _: &Asked) -> Move {
        if self.table.is_none() {
            return Move::Ask(Request::get(self.base()));
        }
        self.state = State::Columns;
        Move::Ask(Request::get(self.table_address("columns")))
    }

    fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move {
        if !answer.is_ok() {
            let said = Json::parse(&answer.text(), "src").ok().and_then(|json| text_at(&json, "error"));
            return Move::Failed(refused(answer, PORTAL, said));
        }
        let json = match json_of(answer, PORTAL) {
            Ok(json) => json,
            Err(notice) => return Move::Failed(notice),
        };
        match self.state {
            State::Tables => {
                let tables: Vec<String> =
                    list_at(&json, "tables").iter().filter_map(|table| text_at(table, "id")).collect();
                let [only] = tables.as_slice() else {
                    let list = tables.join(", ");
                    return Move::Failed(Notice::error(
                        "grist.table",
                        Place::column("src"),
                        format_args!(
                            "ce document a plusieurs tables ({list}) : nommez-en une, grist:{}/{}/{}.",
                            self.origin,
                            self.document,
                            tables.first().map_or("Table1", String::as_str)
                        ),
                        format_args!(
                            "this document has several tables ({list}): name one, grist:{}/{}/{}.",
                            self.origin,
                            self.document,
                            tables.first().map_or("Table1", String::as_str)
                        ),
                    ));
                };
                self.table = Some(only.clone());
                self.state = State::Columns;
                Move::Ask(Request::get(self.table_address("columns")))
            }
            State::Columns => {
                self.read_columns(&json);
                let ability = Ability { tests: understands, groups: None, sorts: false, limits: true, selects: false };
                self.plan = plan(&asked.steps, asked.wanted.as_deref(), &self.fields(), &ability);
                self.state = State::Records;
                Move::Ask(Request::get(self.records_address()))
            }
            State::Records => {
                let records: Vec<Json> =
                    list_at(&json, "records").iter().map(|record| self.read_record(record)).collect();
                let hints = self.plan.hints(&self.fields());
                let (table, notices) = read_records(&records, &hints, asked.zone);
                Move::Got(Got { table, notices, n_taken: self.plan.n_taken })
            }
        }
    }

    fn origin(&self) -> Origin {
        Origin {
            page: Some(format!("{}/{}", self.origin, self.document)),
            file: self.table.as_ref().map(|table| {
                format!("{}/api/docs/{}/download/csv?tableId={}", self.origin, encode(&self.document), encode(table))
            }),
            ..Origin::default()
        }
    }
}
