//! How is the INSEE's Melodi asked, and what do its observations mean?
//!
//! Every observation has its dimensions, its attributes and one measure. A measure that is `{}` is withheld: the status
//! of confidentiality tells whether by statistical secrecy. It is never zero.

use encart_table::read::records::read_records;
use encart_table::{Column, Json, Table, Why};

use super::{Asked, Got, Move, Pages, Source, at_origin, count_at, json_of, list_at, text_at};
use crate::origin::Origin;
use crate::plan::read_number;
use crate::request::{Answer, Request, refused};
use crate::url::with_parameters;

const PORTAL: &str = "l’API Melodi de l’INSEE";
/// Observations of a page; the default gives 20.
const PAGE: usize = 10_000;

#[derive(Debug)]
pub(super) struct Melodi {
    origin: String,
    address: String,
    dataset: String,
    pages: Pages,
    found: Origin,
}

impl Melodi {
    pub(super) fn new(origin: String, dataset: String, parameters: Vec<(String, String)>) -> Melodi {
        let is_ours = |name: &str| ["maxResult", "page", "totalCount"].contains(&name);
        let mut parameters: Vec<(String, String)> = parameters.into_iter().filter(|(name, _)| !is_ours(name)).collect();
        parameters.push(("maxResult".to_string(), PAGE.to_string()));
        parameters.push(("totalCount".to_string(), "TRUE".to_string()));
        let address = with_parameters(&format!("{origin}/melodi/data/{}", crate::url::encode(&dataset)), &parameters);
        Melodi { origin, address, dataset, pages: Pages::default(), found: Origin::default() }
    }

    fn describe(&mut self, json: &Json) {
        let name =
            list_at(json, "publisher.label").iter().find(|label| text_at(label, "lang").as_deref() == Some("fr"));
        self.found = Origin {
            title: text_at(json, "title.fr"),
            producer: name.and_then(|label| text_at(label, "content")).or_else(|| text_at(json, "publisher.id")),
            licence: Some("lov2".to_string()),
            page: Some(format!("https://catalogue-donnees.insee.fr/fr/catalogue/recherche/{}", self.dataset)),
            file: Some(format!("{}/melodi/file/{}/{}_CSV_FR", self.origin, self.dataset, self.dataset)),
            ..Origin::default()
        };
    }
}

/// Dimensions and attributes as columns; the territory's code alone in `GEO_CODE` (`2025-COM-44109` is `44109`); the
/// measure in `OBS_VALUE`.
fn read_observations(observations: &[Json]) -> (Table, Vec<encart_table::Notice>) {
    let records: Vec<Json> = observations
        .iter()
        .map(|observation| {
            let of = |part: &str| observation.get(part).and_then(Json::as_object);
            let own = of("dimensions").into_iter().chain(of("attributes")).flat_map(|object| object.iter());
            let mut record: encart_table::json::Object =
                own.map(|(name, value)| (name.to_string(), value.clone())).collect();
            if let Some(code) =
                observation.at("dimensions.GEO").and_then(Json::as_str).and_then(|geo| geo.rsplit('-').next())
            {
                record.set("GEO_CODE".to_string(), Json::Text(code.to_string()));
            }
            Json::Object(record)
        })
        .collect();
    let (mut table, notices) = read_records(&records, &[], Default::default());
    let values = observations.iter().map(|observation| {
        let measures = observation.get("measures").and_then(Json::as_object);
        let measure = measures.and_then(|measures| measures.iter().find(|(name, _)| name.starts_with("OBS_VALUE")));
        let value = measure.and_then(|(_, measure)| measure.get("value")).and_then(read_number);
        let attribute = |name: &str| {
            observation.at("attributes").and_then(|attributes| attributes.get(name)).and_then(Json::as_str)
        };
        value.ok_or(match (attribute("CONF_STATUS"), attribute("OBS_STATUS")) {
            (Some("C" | "N" | "S"), _) => Why::Secret,
            (_, Some("O")) => Why::NotApplicable,
            _ => Why::NotAvailable,
        })
    });
    let values = Column::numbers("OBS_VALUE", values);
    table.columns.push(values);
    (table, notices)
}

impl Source for Melodi {
    fn start(&mut self, _: &Asked) -> Move {
        Move::Ask(Request::get(self.address.clone()))
    }

    fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move {
        if !answer.is_ok() {
            let said = answer.text();
            // an unknown dataset answers 500, with this sentence
            let is_unknown = answer.status == 500 && said.contains("erreur inattendue");
            let status = if is_unknown { 404 } else { answer.status };
            let said = (!said.trim_start().starts_with(['<', '{'])).then_some(said);
            return Move::Failed(refused(&Answer { status, ..answer.clone() }, PORTAL, said));
        }
        let json = match json_of(answer, PORTAL) {
            Ok(json) => json,
            Err(notice) => return Move::Failed(notice),
        };
        if self.pages.n_pages == 0 {
            self.describe(&json);
        }
        let page = list_at(&json, "observations");
        let more = self.pages.add(page, 1, count_at(&json, "paging.count"), &asked.limits);
        if let Some(next) = text_at(&json, "paging.next").filter(|_| more) {
            return Move::Ask(Request::get(at_origin(&next, &self.origin)));
        }
        let (table, mut notices) = read_observations(&self.pages.records);
        self.pages.check(&mut notices);
        Move::Got(Got { table, notices, n_taken: 0 })
    }

    fn origin(&self) -> Origin {
        self.found.clone()
    }
}
