//! JSON that comes by pages, from an interface that nobody described.

use encart_table::Json;
use encart_table::read::json::read_json_value;

use super::page::{next_page, total};
use super::{Asked, Got, Move, Source, incomplete, json_of, list_at, text_at};
use crate::origin::Origin;
use crate::request::{Answer, Request, refused};

/// Where interfaces put the rows.
const LISTS: [&str; 8] = ["results", "data", "items", "records", "value", "features", "rows", "result"];

#[derive(Debug)]
pub(super) struct Rest {
    address: String,
    path: Option<String>,
    /// The rows of the pages so far.
    rows: Vec<Json>,
    seen: Vec<String>,
    total: Option<u64>,
    /// Whether its author said that it comes by pages.
    is_interface: bool,
    found: Origin,
}

impl Rest {
    pub(super) fn new(address: String, path: Option<String>, is_interface: bool) -> Rest {
        let found = Origin { file: Some(address.clone()), ..Origin::default() };
        Rest { seen: vec![address.clone()], address, path, rows: Vec::new(), total: None, is_interface, found }
    }

    /// Where the rows of a page are, and how many.
    fn find(&self, json: &Json) -> Option<(&str, usize)> {
        if let Some(path) = &self.path {
            return Some((path, json.at(path)?.as_list()?.len()));
        }
        if let Json::List(list) = json {
            return Some(("", list.len()));
        }
        LISTS.into_iter().find_map(|name| Some((name, json.get(name)?.as_list()?.len())))
    }

    /// All rows, in what the last page says of them.
    fn whole(&mut self, json: &Json, name: &str) -> Json {
        let rows = std::mem::take(&mut self.rows);
        // the names of lists stand beside them
        let are_lists = rows.iter().all(|row| matches!(row, Json::List(_)));
        match json {
            Json::Object(object) if self.path.is_none() || are_lists && object.get(name).is_some() => {
                let mut whole = object.clone();
                whole.set(name.to_string(), Json::List(rows));
                Json::Object(whole)
            }
            _ => Json::List(rows),
        }
    }
}

impl Source for Rest {
    fn start(&mut self, _: &Asked) -> Move {
        Move::Ask(Request::get(self.address.clone()))
    }

    fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move {
        let host = crate::url::parts(&answer.address).map_or("le serveur", |parts| parts.host);
        if !answer.is_ok() {
            let json = Json::parse(&answer.text(), "src").ok();
            let said = json.and_then(|json| {
                ["message", "error.message", "error", "detail"].into_iter().find_map(|path| text_at(&json, path))
            });
            return Move::Failed(refused(answer, host, said));
        }
        let json = match json_of(answer, host) {
            Ok(json) => json,
            Err(notice) => return Move::Failed(notice),
        };
        // some interfaces answer 200 with an error
        if let Some(said) = json.at("error.message").and_then(Json::as_str) {
            return Move::Failed(refused(&Answer { status: 400, ..answer.clone() }, host, Some(said.to_string())));
        }
        self.total = total(&json, self.is_interface).or(self.total);
        self.found.licence = text_at(&json, "license").or_else(|| self.found.licence.take());
        self.found.producer = text_at(&json, "source").or_else(|| self.found.producer.take());
        let promised = next_page(&json, answer);
        let Some((name, n_rows)) = self.find(&json) else {
            let (table, mut notices) = read_json_value(&json, self.path.as_deref(), asked.zone);
            if promised.is_some() && table.n_rows() > 0 {
                notices.push(incomplete(table.n_rows() as u64, self.total));
            }
            return Move::Got(Got { table, notices, n_taken: 0 });
        };
        let name = name.to_string();
        self.rows.extend_from_slice(match name.as_str() {
            "" => json.as_list().unwrap_or_default(),
            name => list_at(&json, name),
        });
        let next = promised.as_ref().filter(|next| n_rows > 0 && !self.seen.contains(next));
        let has_room = self.seen.len() < asked.limits.requests && self.rows.len() < asked.limits.rows;
        if let Some(next) = next.filter(|_| has_room) {
            self.seen.push(next.clone());
            return Move::Ask(Request::get(next.clone()));
        }
        let (n_read, is_cut) = (self.rows.len() as u64, next.is_some());
        let whole = self.whole(&json, &name);
        let (table, mut notices) = read_json_value(&whole, None, asked.zone);
        let lacks = self.total.is_some_and(|total| total > n_read);
        if (lacks || is_cut) && table.n_rows() > 0 {
            notices.push(incomplete(n_read, self.total));
        }
        Move::Got(Got { table, notices, n_taken: 0 })
    }

    fn origin(&self) -> Origin {
        self.found.clone()
    }
}
