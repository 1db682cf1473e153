//! How is geo.api.gouv.fr asked for communes, EPCI, départements and régions?

use encart_table::read::json::read_json_value;
use encart_table::verb::needs::needs;
use encart_table::{Json, Table};

use super::{Asked, Got, Move, Source, json_of, text_at};
use crate::origin::Origin;
use crate::request::{Answer, Request, refused};
use crate::url::with_parameters;

const PORTAL: &str = "geo.api.gouv.fr";

#[derive(Debug)]
pub(super) struct GeoApi {
    address: String,
    parameters: Vec<(String, String)>,
}

impl GeoApi {
    pub(super) fn new(origin: String, list: String, parameters: Vec<(String, String)>) -> GeoApi {
        GeoApi { address: format!("{origin}/{list}"), parameters }
    }
}

impl Source for GeoApi {
    /// There are no pages. Fields that the steps or the chart name, and that the list gives only when asked, are asked.
    fn start(&mut self, asked: &Asked) -> Move {
        const USUAL: [&str; 8] =
            ["nom", "code", "codesPostaux", "siren", "codeEpci", "codeDepartement", "codeRegion", "population"];
        let needed = needs(&asked.steps, asked.wanted.as_deref()).unwrap_or_default();
        let roots = needed.iter().map(|name| name.split('.').next().unwrap_or(name));
        let is_asked = self.parameters.iter().any(|(name, _)| name == "fields");
        let extra: Vec<&str> = roots.filter(|name| !USUAL.contains(name) && *name != "geometry").collect();
        if !is_asked && !extra.is_empty() {
            let fields: Vec<&str> = USUAL.into_iter().chain(extra).collect();
            self.parameters.push(("fields".to_string(), fields.join(",")));
        }
        Move::Ask(Request::get(with_parameters(&self.address, &self.parameters)))
    }

    fn answer(&mut self, _: &Asked, answer: &Answer) -> Move {
        if !answer.is_ok() {
            let said = Json::parse(&answer.text(), "src").ok().and_then(|json| text_at(&json, "message"));
            return Move::Failed(refused(answer, PORTAL, said));
        }
        let json = match json_of(answer, PORTAL) {
            Ok(json) => json,
            Err(notice) => return Move::Failed(notice),
        };
        // one place is an object, several are a list
        let is_place = json.get("code").is_some();
        let list = if is_place { Json::List(vec![json]) } else { json };
        let (table, notices) = match &list {
            Json::List(places) if places.is_empty() => (Table::default(), Vec::new()),
            list => read_json_value(list, None, Default::default()),
        };
        Move::Got(Got { table, notices, n_taken: 0 })
    }

    fn origin(&self) -> Origin {
        Origin {
            producer: Some("INSEE, IGN (geo.api.gouv.fr)".to_string()),
            licence: Some("lov2".to_string()),
            page: Some("https://geo.api.gouv.fr/decoupage-administratif".to_string()),
            file: Some(with_parameters(&self.address, &self.parameters)),
            ..Origin::default()
        }
    }
}
