//! A collection of an OGC API Features server: what it is, then its features page by page.
//!
//! OGC 17-069r4, "OGC API – Features – Part 1": `/collections/{id}` describes it, `/collections/{id}/items` gives its features
//! with `limit`, `numberMatched` and a link `next`.

use encart_table::Json;
use encart_table::read::geojson::read_features;

use super::page::{next_page, total};
use super::{Asked, Got, Move, Pages, Source, json_of, list_at, text_at};
use crate::origin::Origin;
use crate::request::{Answer, Request, refused};
use crate::url::with_parameters;

const PORTAL: &str = "le serveur (OGC API)";
const PAGE: usize = 1_000;

#[derive(Debug)]
pub(super) struct Ogc {
    /// `https://host/collections/communes`.
    collection: String,
    parameters: Vec<(String, String)>,
    pages: Pages,
    found: Origin,
    is_described: bool,
    seen: Vec<String>,
}

impl Ogc {
    pub(super) fn new(collection: String, parameters: Vec<(String, String)>) -> Ogc {
        let mut ogc = Ogc {
            collection,
            parameters,
            pages: Pages::default(),
            found: Origin::default(),
            is_described: false,
            seen: Vec::new(),
        };
        ogc.found.page = Some(ogc.collection.clone());
        ogc.found.file = Some(ogc.items(None));
        ogc
    }

    fn items(&self, limit: Option<usize>) -> String {
        let own = |name: &str| self.parameters.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        let mut parameters = self.parameters.clone();
        if !own("f") {
            parameters.push(("f".into(), "json".into()));
        }
        if let Some(limit) = limit.filter(|_| !own("limit")) {
            parameters.push(("limit".into(), limit.to_string()));
        }
        with_parameters(&[&self.collection, "/items"].concat(), &parameters)
    }

    fn ask(&mut self, address: String) -> Move {
        self.seen.push(address.clone());
        Move::Ask(Request::get(address))
    }

    /// What the server says of the collection.
    fn describe(&mut self, json: &Json) {
        self.found.title = text_at(json, "title");
        let of = |rel: &str| list_at(json, "links").iter().find(|link| text_at(link, "rel").as_deref() == Some(rel));
        self.found.licence = of("license")
            .and_then(|link| text_at(link, "title").or_else(|| text_at(link, "href")))
            .or_else(|| text_at(json, "license"));
        self.found.producer = text_at(json, "attribution").or_else(|| text_at(json, "providers.0.name"));
    }
}

impl Source for Ogc {
    fn start(&mut self, _: &Asked) -> Move {
        Move::Ask(Request::get(with_parameters(&self.collection, &[("f".into(), "json".into())])))
    }

    fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move {
        if !self.is_described {
            self.is_described = true;
            // what is not described may still be given
            if let (true, Ok(json)) = (answer.is_ok(), json_of(answer, PORTAL)) {
                self.describe(&json);
            }
            let first = self.items(Some(PAGE));
            return self.ask(first);
        }
        let json = match json_of(answer, PORTAL) {
            Ok(json) if answer.is_ok() => json,
            Err(notice) if answer.is_ok() => return Move::Failed(notice),
            described => {
                let said =
                    described.ok().and_then(|json| text_at(&json, "description").or_else(|| text_at(&json, "detail")));
                return Move::Failed(refused(answer, PORTAL, said));
            }
        };
        let (page, next) = (list_at(&json, "features"), next_page(&json, answer));
        let may_go_on = self.pages.add(page, 1, total(&json, true), &asked.limits);
        if let Some(next) = next.filter(|next| may_go_on && !self.seen.contains(next)) {
            return self.ask(next);
        }
        let mut notices = Vec::new();
        self.pages.check(&mut notices);
        let (table, said) = read_features(&self.pages.records, asked.zone);
        notices.extend(said);
        Move::Got(Got { table, notices, n_taken: 0 })
    }

    fn origin(&self) -> Origin {
        self.found.clone()
    }
}
