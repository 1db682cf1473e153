//! How is each portal asked, and what do its answers mean?

mod ckan;
mod data_fair;
mod data_gouv;
mod file;
mod geo_api;
mod grist;
mod hubeau;
mod melodi;
mod ogc;
mod opendatasoft;
pub(crate) mod page;
mod rest;
mod tabular;
mod wfs;

use encart_table::read::records::Hint;
use encart_table::verb::Step;
use encart_table::zone::Zone;
use encart_table::{Json, Notice, Place, Table};

use crate::address::Address;
use crate::origin::Origin;
use crate::request::{Answer, Limits, Request};

/// What is asked of a source.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Asked {
    pub(crate) steps: Vec<Step>,
    /// The columns that are looked at after the steps, when that is known.
    pub(crate) wanted: Option<Vec<String>>,
    pub(crate) limits: Limits,
    /// The legal time to which instants are brought.
    pub(crate) zone: Zone,
}

/// What a source wants next.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Move {
    /// An answer, whole.
    Ask(Request),
    /// A file, read as it comes. Where it cannot be had, the source is told by `answer`.
    Read(File),
    /// Nothing more: here are the rows.
    Got(Got),
    /// Nothing more: there are no rows.
    Failed(Notice),
}

/// A file with what is known of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct File {
    pub(crate) address: String,
    /// Whether a program wrote it: its first line is the header, all below are rows.
    pub(crate) is_plain: bool,
    pub(crate) hints: Vec<Hint>,
    /// Of a workbook, the sheet that is meant.
    pub(crate) sheet: Option<String>,
    /// Whether the source has the same in another format, for when this one cannot be read.
    pub(crate) is_copy: bool,
    /// How many rows the portal says there are.
    pub(crate) expected: Option<u64>,
    /// The address of what follows, where its server gave one.
    pub(crate) next: Option<String>,
    pub(crate) n_taken: usize,
    pub(crate) notices: Vec<Notice>,
}

/// The rows of a source.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Got {
    pub(crate) table: Table,
    pub(crate) notices: Vec<Notice>,
    /// How many leading steps the source has done.
    pub(crate) n_taken: usize,
}

/// A portal's dataset, being asked.
pub(crate) trait Source: std::fmt::Debug {
    fn start(&mut self, asked: &Asked) -> Move;
    fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move;
    /// What is known of the dataset by now.
    fn origin(&self) -> Origin;
    /// Whether it is a file at an address, of which nobody knows what it is.
    fn is_file(&self) -> bool {
        false
    }
}

/// The source of an address.
pub(crate) fn source(address: Address) -> Box<dyn Source> {
    match address {
        Address::File(address) => Box::new(file::Plain::new(address)),
        Address::DataGouv { origin, dataset, resource } => {
            Box::new(data_gouv::DataGouv::new(origin, dataset, resource))
        }
        Address::Opendatasoft { origin, dataset } => Box::new(opendatasoft::Opendatasoft::new(origin, dataset)),
        Address::Ckan { origin, id } => Box::new(ckan::Ckan::new(origin, id)),
        Address::DataFair { origin, dataset } => Box::new(data_fair::DataFair::new(origin, dataset)),
        Address::Hubeau { origin, operation, parameters } => {
            Box::new(hubeau::Hubeau::new(origin, operation, parameters))
        }
        Address::Geo { origin, list, parameters } => Box::new(geo_api::GeoApi::new(origin, list, parameters)),
        Address::Grist { origin, document, table } => Box::new(grist::Grist::new(origin, document, table)),
        Address::Melodi { origin, dataset, parameters } => Box::new(melodi::Melodi::new(origin, dataset, parameters)),
        Address::Wfs { server, layer, parameters } => Box::new(wfs::Wfs::new(server, layer, parameters)),
        Address::Ogc { collection, parameters } => Box::new(ogc::Ogc::new(collection, parameters)),
        Address::Rest { address, path } => Box::new(rest::Rest::new(address, path, true)),
    }
}

/// The source of a JSON file that turned out to be a page of something: its first page is here.
pub(crate) fn paged(address: String) -> Box<dyn Source> {
    Box::new(rest::Rest::new(address, None, false))
}

/// Records that come page by page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pages {
    pub(crate) records: Vec<Json>,
    pub(crate) n_pages: usize,
    /// How many there are in all, when the portal says it.
    pub(crate) total: Option<u64>,
}

impl Pages {
    /// Takes a page; whether another one should be asked, as far as counting tells: a short or empty page is the last.
    pub(crate) fn add(&mut self, page: &[Json], size: usize, total: Option<u64>, limits: &Limits) -> bool {
        self.records.extend_from_slice(page);
        self.n_pages += 1;
        self.total = total.or(self.total);
        let n_records = self.records.len();
        let is_all = self.total.is_some_and(|total| n_records as u64 >= total);
        page.len() >= size && !page.is_empty() && !is_all && n_records < limits.rows && self.n_pages < limits.requests
    }

    /// Says when not all rows have come.
    pub(crate) fn check(&self, notices: &mut Vec<Notice>) {
        if let Some(total) = self.total.filter(|total| *total > self.records.len() as u64) {
            notices.push(incomplete(self.records.len() as u64, Some(total)));
        }
    }
}

/// Not all rows have come: what is drawn is a part, and says so.
pub(crate) fn incomplete(n_rows: u64, total: Option<u64>) -> Notice {
    let (fr, en) = match total {
        Some(total) => (format!("{n_rows} lignes lues sur {total}"), format!("{n_rows} rows read of {total}")),
        None => (format!("{n_rows} lignes lues, il y en a d’autres"), format!("{n_rows} rows read, there are more")),
    };
    Notice::warning(
        "portal.incomplete",
        Place::column("src"),
        format_args!(
            "données incomplètes : {fr}. Filtrez ou regroupez par une étape, ou donnez l’adresse du fichier entier."
        ),
        format_args!("incomplete data: {en}. Filter or group with a step, or give the address of the whole file."),
    )
}

/// The portal did not take the query: all rows are asked, and the work is done here.
pub(crate) fn falls_back(portal: &str, said: Option<&str>) -> Notice {
    let said = said.map(|said| said.chars().take(200).collect::<String>()).unwrap_or_default();
    let (fr, en) = match said.as_str() {
        "" => (String::new(), String::new()),
        said => (format!(" (« {said} »)"), format!(" (“{said}”)")),
    };
    Notice::info(
        "portal.falls-back",
        Place::column("steps"),
        format_args!("{portal} ne fait pas ce calcul{fr} : les lignes sont demandées et le calcul est fait ici."),
        format_args!("{portal} does not compute this{en}: the rows are asked for and it is computed here."),
    )
}

/// The body of an answer as JSON; otherwise what it is instead.
pub(crate) fn json_of(answer: &Answer, portal: &str) -> Result<Json, Notice> {
    Json::parse(&answer.text(), "src").map_err(|_| {
        let what = encart_table::sniff::refuse(&answer.body).map(|notice| notice.words);
        let is_cut = answer.text().trim_start().starts_with(['{', '[']);
        let (fr, en) = match what {
            _ if is_cut => ("la réponse est coupée.".to_string(), "the answer is cut.".to_string()),
            Some(words) => (words.fr, words.en),
            None => ("la réponse n’est pas du JSON.".to_string(), "the answer is no JSON.".to_string()),
        };
        Notice::error(
            "portal.not-json",
            Place::column("src"),
            format_args!("{portal}, {} : {fr}", answer.address),
            format_args!("{portal}, {}: {en}", answer.address),
        )
    })
}

/// A text in an answer, when it is not empty.
pub(crate) fn text_at(json: &Json, path: &str) -> Option<String> {
    json.at(path)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_string)
}

/// A count in an answer.
pub(crate) fn count_at(json: &Json, path: &str) -> Option<u64> {
    crate::plan::read_number(json.at(path)?).filter(|count| *count >= 0.0).map(|count| count as u64)
}

/// The list in an answer, empty when there is none.
pub(crate) fn list_at<'a>(json: &'a Json, path: &str) -> &'a [Json] {
    json.at(path).and_then(Json::as_list).unwrap_or_default()
}

/// An address that a portal gave, at the host that we asked: a portal behind a proxy names itself otherwise.
pub(crate) fn at_origin(address: &str, origin: &str) -> String {
    match crate::url::parts(address) {
        Some(parts) => [origin, address.get(parts.origin.len()..).unwrap_or("")].concat(),
        None if address.starts_with('/') => [origin, address].concat(),
        None => address.to_string(),
    }
}
