//! How is a WFS server asked for the features of a layer?

use encart_table::read::geojson::read_features;
use encart_table::{Notice, Place};

use super::{Asked, Got, Move, Pages, Source, count_at, incomplete, json_of, list_at, text_at};
use crate::origin::Origin;
use crate::request::{Answer, Request, refused};
use crate::url::with_parameters;

const PORTAL: &str = "le serveur WFS";
const PAGE: usize = 1_000;

#[derive(Debug)]
pub(super) struct Wfs {
    server: String,
    layer: String,
    parameters: Vec<(String, String)>,
    pages: Pages,
    /// The rows, while the server is asked who publishes them.
    got: Option<Got>,
    found: Origin,
}

impl Wfs {
    pub(super) fn new(server: String, layer: String, parameters: Vec<(String, String)>) -> Wfs {
        Wfs { server, layer, parameters, pages: Pages::default(), got: None, found: Origin::default() }
    }

    fn address(&self, start: Option<usize>) -> String {
        let own = |name: &str| self.parameters.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        let mut parameters: Vec<(String, String)> =
            [("SERVICE", "WFS"), ("VERSION", "2.0.0"), ("REQUEST", "GetFeature"), ("TYPENAMES", &self.layer)]
                .into_iter()
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect();
        if !own("OUTPUTFORMAT") {
            parameters.push(("OUTPUTFORMAT".to_string(), "application/json".to_string()));
        }
        // degrees, or coordinates come in the layer's own projection
        if !own("SRSNAME") {
            parameters.push(("SRSNAME".to_string(), "EPSG:4326".to_string()));
        }
        parameters.extend(self.parameters.iter().cloned());
        if let Some(start) = start {
            parameters.push(("COUNT".to_string(), PAGE.to_string()));
            parameters.push(("STARTINDEX".to_string(), start.to_string()));
        }
        with_parameters(&self.server, &parameters)
    }

    /// What the server says of itself, without the list of its layers, which may be long.
    fn capabilities(&self) -> String {
        const ASKED: &str =
            "SERVICE=WFS&VERSION=2.0.0&REQUEST=GetCapabilities&SECTIONS=ServiceIdentification,ServiceProvider";
        [self.server.as_str(), if self.server.contains('?') { "&" } else { "?" }, ASKED].concat()
    }
}

/// The words of the first element of this name, whatever its prefix.
fn element(text: &str, name: &str) -> Option<String> {
    let start = text.find(&[name, ">"].concat())? + name.len() + 1;
    let rest = text.get(start..)?;
    let words = rest.get(..rest.find('<')?)?.trim();
    Some(words.replace("&apos;", "’").replace("&#39;", "’").replace("&amp;", "&"))
}

/// The sentence of an OGC exception report.
fn exception(text: &str) -> Option<String> {
    element(text, "ExceptionText")
}

/// Who publishes, and under which licence, as the capabilities of a server say it: servers that say nothing write « NONE »,
/// and conditions that are a paragraph name no licence.
fn publisher(text: &str) -> Origin {
    const LONGEST: usize = 120;
    let said =
        |name: &str| element(text, name).filter(|words| !words.is_empty() && !words.eq_ignore_ascii_case("none"));
    let licence = said("AccessConstraints").filter(|words| words.len() <= LONGEST);
    Origin { producer: said("ProviderName"), licence, ..Origin::default() }
}

impl Source for Wfs {
    fn start(&mut self, _: &Asked) -> Move {
        Move::Ask(Request::get(self.address(Some(0))))
    }

    fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move {
        if let Some(got) = self.got.take() {
            if answer.is_ok() {
                self.found = publisher(&answer.text());
            }
            return Move::Got(got);
        }
        // an exception is XML even when JSON was asked, and may come with 200
        let said = exception(&answer.text());
        if !answer.is_ok() || said.is_some() {
            let status = if answer.is_ok() { 400 } else { answer.status };
            return Move::Failed(refused(&Answer { status, ..answer.clone() }, PORTAL, said));
        }
        let json = match json_of(answer, PORTAL) {
            Ok(json) => json,
            Err(notice) => return Move::Failed(notice),
        };
        let total = count_at(&json, "numberMatched").or_else(|| count_at(&json, "totalFeatures"));
        let page = list_at(&json, "features");
        let mut notices = Vec::new();
        // a server that knows no STARTINDEX gives the same again
        let is_same = self.pages.n_pages > 0 && !page.is_empty() && self.pages.records.starts_with(page);
        // a server that caps gives short pages: without a total only an empty one is the last
        if !is_same && self.pages.add(page, 1, total, &asked.limits) {
            return Move::Ask(Request::get(self.address(Some(self.pages.records.len()))));
        }
        if is_same && page.len() >= PAGE {
            notices.push(incomplete(page.len() as u64, None));
        }
        self.pages.check(&mut notices);
        let mut ids: Vec<String> = self.pages.records.iter().filter_map(|feature| text_at(feature, "id")).collect();
        let n_ids = ids.len();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() < n_ids {
            let n_twice = n_ids - ids.len();
            notices.push(Notice::warning(
                "wfs.twice",
                Place::column("src"),
                format_args!("{n_twice} objet(s) sont revenus deux fois d’une page à l’autre : d’autres manquent sans doute. Ajoutez SORTBY à l’adresse."),
                format_args!("{n_twice} feature(s) came twice from one page to the next: others are probably missing. Add SORTBY to the address."),
            ));
        }
        let (table, said) = read_features(&self.pages.records, asked.zone);
        notices.extend(said);
        self.got = Some(Got { table, notices, n_taken: 0 });
        Move::Ask(Request::get(self.capabilities()))
    }

    fn origin(&self) -> Origin {
        Origin { file: Some(self.address(None)), ..self.found.clone() }
    }
}
