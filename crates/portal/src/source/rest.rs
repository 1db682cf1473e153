//! How is JSON read that comes by pages, from an interface that nobody described?

use encart_table::Json;
use encart_table::read::json::read_json_value;

use super::{Asked, Got, Move, Source, at_origin, count_at, incomplete, json_of, list_at, text_at};
use crate::origin::Origin;
use crate::request::{Answer, Request, refused};

/// Where interfaces put the address of the next page.
const NEXT: [&str; 9] = [
    "next",
    "next_page",
    "links.next",
    "links.next.href",
    "_links.next",
    "_links.next.href",
    "paging.next",
    "pagination.next",
    "meta.next",
];

/// Where they say how many rows there are.
const TOTALS: [&str; 7] = ["total", "total_count", "count", "meta.total", "totalCount", "nhits", "numberMatched"];

#[derive(Debug)]
pub(super) struct Rest {
    address: String,
    path: Option<String>,
    /// The rows of the pages so far, when their list is found.
    rows: Vec<Json>,
    seen: Vec<String>,
    total: Option<u64>,
}

impl Rest {
    pub(super) fn new(address: String, path: Option<String>) -> Rest {
        Rest { address, path, rows: Vec::new(), seen: Vec::new(), total: None }
    }

    /// The list of rows of a page.
    fn list<'a>(&self, json: &'a Json) -> Option<&'a [Json]> {
        match &self.path {
            Some(path) => json.at(path)?.as_list(),
            None => match json {
                Json::List(list) => Some(list),
                json => ["results", "data", "items", "records", "value"]
                    .into_iter()
                    .find_map(|name| json.get(name)?.as_list()),
            },
        }
    }
}

impl Source for Rest {
    fn start(&mut self, _: &Asked) -> Move {
        self.seen.push(self.address.clone());
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
        self.total = TOTALS.iter().find_map(|path| count_at(&json, path)).or(self.total);
        let Some(list) = self.list(&json) else {
            let (table, notices) = read_json_value(&json, self.path.as_deref(), asked.zone);
            return Move::Got(Got { table, notices, n_taken: 0 });
        };
        self.rows.extend_from_slice(list);
        let next = NEXT.iter().find_map(|path| text_at(&json, path)).filter(|_| !list.is_empty());
        let origin = crate::url::parts(&self.address).map_or(String::new(), |parts| parts.origin.to_string());
        let next = next.map(|next| at_origin(&next, &origin)).filter(|next| !self.seen.contains(next));
        if let Some(next) =
            next.filter(|_| self.seen.len() < asked.limits.requests && self.rows.len() < asked.limits.rows)
        {
            self.seen.push(next.clone());
            return Move::Ask(Request::get(next));
        }
        let is_geo = list_at(&json, "features").len() == list.len() && json.get("features").is_some();
        let (table, mut notices) = match is_geo {
            true => read_json_value(&json, None, asked.zone),
            false => read_json_value(&Json::List(std::mem::take(&mut self.rows)), None, asked.zone),
        };
        if let Some(total) = self.total.filter(|total| *total > table.n_rows() as u64 && table.n_rows() > 0) {
            notices.push(incomplete(table.n_rows() as u64, Some(total)));
        }
        Move::Got(Got { table, notices, n_taken: 0 })
    }

    fn origin(&self) -> Origin {
        Origin { file: Some(self.address.clone()), ..Origin::default() }
    }
}
