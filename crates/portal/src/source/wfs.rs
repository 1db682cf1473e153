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
    /// Whether the server was asked who publishes.
    is_described: bool,
    found: Origin,
}

impl Wfs {
    pub(super) fn new(server: String, layer: String, parameters: Vec<(String, String)>) -> Wfs {
        Wfs { server, layer, parameters, pages: Pages::default(), is_described: false, found: Origin::default() }
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

/// The words of the first element of this name, whatever its prefix and its attributes.
fn element(text: &str, name: &str) -> Option<String> {
    let mut rest = text;
    loop {
        rest = rest.get(rest.find(name)? + name.len()..)?;
        if matches!(rest.as_bytes().first(), Some(b'>' | b' ' | b'\n')) {
            break;
        }
    }
    let words = rest.get(rest.find('>')? + 1..)?;
    Some(unescape(words.get(..words.find('<')?)?.trim()))
}

/// Text as it was before it was put in XML (XML 1.0, 4.1 and 4.6).
fn unescape(text: &str) -> String {
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        words.push_str(before);
        let end = after.find(';').unwrap_or(0);
        let letter = after.get(1..end).and_then(letter);
        words.push(letter.unwrap_or('&'));
        rest = after.get(if letter.is_some() { end + 1 } else { 1 }..).unwrap_or_default();
    }
    words.push_str(rest);
    words
}

fn letter(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('’'),
        _ => char::from_u32(name.get(1..)?.parse().ok().filter(|_| name.starts_with('#'))?),
    }
}

/// The sentence of an OGC exception report.
fn exception(text: &str) -> Option<String> {
    element(text, "ExceptionText")
}

/// Who publishes, and under which licence, as the capabilities of a server say it. Servers that say nothing write « NONE »,
/// others that access is open to all: only what speaks of a licence, in less than a paragraph, is one.
fn publisher(text: &str) -> Origin {
    const LONGEST: usize = 120;
    let said =
        |name: &str| element(text, name).filter(|words| !words.is_empty() && !words.eq_ignore_ascii_case("none"));
    let is_licence = |words: &String| {
        let lower = words.to_ascii_lowercase();
        words.len() <= LONGEST && ["licen", "odbl", "cc-by", "cc by", "cc0"].iter().any(|known| lower.contains(known))
    };
    let licence = said("AccessConstraints").filter(is_licence);
    Origin { producer: said("ProviderName"), licence, ..Origin::default() }
}

impl Source for Wfs {
    fn start(&mut self, _: &Asked) -> Move {
        Move::Ask(Request::get(self.capabilities()))
    }

    fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move {
        if !self.is_described {
            self.is_described = true;
            // what is not described may still be given
            if answer.is_ok() {
                self.found = publisher(&answer.text());
            }
            return Move::Ask(Request::get(self.address(Some(0))));
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
        Move::Got(Got { table, notices, n_taken: 0 })
    }

    fn origin(&self) -> Origin {
        Origin { file: Some(self.address(None)), ..self.found.clone() }
    }
}
