//! How is Hub'Eau asked?
//!
//! 200 says that everything is there, 206 that there is another page. Pages are asked by number up to twenty thousand
//! rows; real-time operations name the next page by a cursor.

use encart_table::Json;
use encart_table::read::json::read_json_value;
use encart_table::read::records::read_records;

use super::{Asked, Got, Move, Pages, Source, at_origin, count_at, json_of, list_at, text_at};
use crate::origin::Origin;
use crate::request::{Answer, Request, refused};
use crate::url::with_parameters;

const PORTAL: &str = "Hub’Eau";
/// Rows of a page; the most for every operation.
const PAGE: usize = 5_000;
/// Pages × rows.
const DEEPEST: usize = 20_000;

#[derive(Debug)]
pub(super) struct Hubeau {
    origin: String,
    operation: String,
    parameters: Vec<(String, String)>,
    pages: Pages,
}

impl Hubeau {
    pub(super) fn new(origin: String, operation: String, parameters: Vec<(String, String)>) -> Hubeau {
        let is_ours = |name: &str| ["page", "size", "cursor"].contains(&name);
        let parameters = parameters.into_iter().filter(|(name, _)| !is_ours(name)).collect();
        Hubeau { origin, operation, parameters, pages: Pages::default() }
    }

    fn ask(&self) -> Move {
        let mut parameters = self.parameters.clone();
        parameters.push(("page".to_string(), (self.pages.n_pages + 1).to_string()));
        parameters.push(("size".to_string(), PAGE.to_string()));
        Move::Ask(Request::get(with_parameters(&format!("{}/api/{}", self.origin, self.operation), &parameters)))
    }
}

impl Source for Hubeau {
    fn start(&mut self, _: &Asked) -> Move {
        self.ask()
    }

    fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move {
        if !answer.is_ok() {
            let json = Json::parse(&answer.text(), "src").ok();
            let said = json.and_then(|json| {
                let field = text_at(&json, "field_errors.0.message");
                field.or_else(|| text_at(&json, "message")).or_else(|| text_at(&json, "libelle"))
            });
            return Move::Failed(refused(answer, PORTAL, said));
        }
        let json = match json_of(answer, PORTAL) {
            Ok(json) => json,
            Err(notice) => return Move::Failed(notice),
        };
        let is_geo = json.get("features").is_some();
        let page = list_at(&json, if is_geo { "features" } else { "data" });
        let more = self.pages.add(page, 1, count_at(&json, "count"), &asked.limits);
        let next = text_at(&json, "next").filter(|_| more);
        match next {
            Some(next) if next.contains("cursor=") => return Move::Ask(Request::get(at_origin(&next, &self.origin))),
            Some(_) if (self.pages.n_pages + 1) * PAGE <= DEEPEST => return self.ask(),
            _ => {}
        }
        let (table, mut notices) = if is_geo {
            let features = [
                ("type".to_string(), Json::Text("FeatureCollection".into())),
                ("features".to_string(), Json::List(std::mem::take(&mut self.pages.records))),
            ];
            read_json_value(&Json::Object(features.into_iter().collect()), None, asked.zone)
        } else {
            read_records(&self.pages.records, &[], asked.zone)
        };
        if !is_geo {
            self.pages.check(&mut notices);
        }
        Move::Got(Got { table, notices, n_taken: 0 })
    }

    fn origin(&self) -> Origin {
        Origin {
            producer: Some("Hub’Eau (eaufrance)".to_string()),
            licence: Some("lov2".to_string()),
            page: Some("https://hubeau.eaufrance.fr/".to_string()),
            file: Some(with_parameters(&format!("{}/api/{}", self.origin, self.operation), &self.parameters)),
            ..Origin::default()
        }
    }
}
