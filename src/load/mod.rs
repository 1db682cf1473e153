//! How do a specification and its data arrive?
//!
//! A small CSV that leaves nothing to decide, with common steps, is read here, at once: nothing else is downloaded for it.
//! All the rest (portals, other formats, large files, rarer steps, an address that fails) is the data engine's, off the
//! main thread.

mod data;
mod fetch;
mod share;
mod task;

use std::rc::Rc;

use encart_chart::Spec;
use encart_chart::spec::Cache;
use encart_chart::spec::read::read_object;
use encart_table::encoding::decode_cell;
use encart_table::json::{Json, Object, not_object};
use encart_table::read::common::read_common;
use encart_table::value::say_counts;
use encart_table::verb::prepare::prepare_common;
use encart_table::wire::Parcel;
use encart_table::{Lang, Notice, Place, Prepared, Table};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::apart;
use crate::fail::Failure;
use crate::late;
pub(crate) use data::{DataEngine, bring_part, files, not_loaded, use_engine};
use fetch::Received;
pub(crate) use fetch::{fetch_text, is_plain, resolve};
pub(crate) use share::Download;
pub(crate) use task::Task;

/// What the page gives: a specification in layers, not yet completed by the file that `spec` may name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    object: Object,
    notices: Vec<Notice>,
}

/// A specification with its table after its steps, and all there was to say. The downloads are kept as long as the widget
/// shows them: another widget that names the same address takes them from here.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub(crate) spec: Spec,
    /// The whole of it, of a tag that shows more than a chart.
    pub(crate) whole: Option<Object>,
    pub(crate) prepared: Prepared,
    pub(crate) notices: Vec<Notice>,
    /// What the load took and gave, by name: `n_bytes`, `n_rows_read`, `ms`, `missing.fr` …
    pub(crate) facts: Vec<(String, String)>,
    _downloads: Vec<Download>,
}

impl Given {
    /// Reads the three layers, by their place in the list; what does not parse or is no object is said and skipped.
    pub(crate) fn read(layers: &str) -> Given {
        let mut given = Given::default();
        let layers = match Json::parse(layers, "spec") {
            Ok(Json::List(layers)) => layers,
            Ok(_) => Vec::new(),
            Err(notice) => {
                given.notices.push(notice);
                Vec::new()
            }
        };
        for (idx, layer) in layers.into_iter().enumerate() {
            match (idx, layer) {
                (_, Json::Null) => {}
                (0, Json::Text(inline)) if inline.trim().is_empty() => {}
                (0, Json::Text(inline)) => given.layer(&inline, "script"),
                (_, Json::Object(object)) => given.object.merge(object),
                (_, other) => given.notices.push(not_object("spec", &other)),
            }
        }
        given
    }

    fn layer(&mut self, json: &str, place: &str) {
        match Json::parse_object(json, place) {
            Ok(object) => self.object.merge(object),
            Err(notice) => self.notices.push(notice),
        }
    }

    /// The title, when it is known before anything is loaded.
    pub(crate) fn title(&self) -> Option<String> {
        self.object.get("title").and_then(Json::as_str).map(str::to_string)
    }
}

/// The tag that needs nothing beside.
const CHART: &str = "encart-chart";

/// Loads a specification and its data. The address of data is relative to the page, or to the file that names it.
pub(crate) async fn load(given: Given, base: String, host: HtmlElement) -> Result<Loaded, Failure> {
    let Given { mut object, mut notices } = given;
    let mut downloads = Vec::new();
    if let Some(Json::Text(address)) = object.take("spec") {
        let address = fetch::resolve(&address, &base)?;
        let download = share::download(&address);
        let received = download.received().await?;
        downloads.push(download);
        let Received::Whole { bytes, .. } = &*received else { return Err(fetch::unreached(&address)) };
        let json = decode_cell(bytes);
        let mut of_file = Given::default();
        of_file.layer(json.trim_start_matches('\u{feff}'), &address);
        notices.extend(of_file.notices);
        if let Some(src) = of_file.object.get("src").and_then(Json::as_str).filter(|src| fetch::is_plain(src)) {
            let src = fetch::resolve(src, &address)?;
            of_file.object.set("src".into(), Json::Text(src));
        }
        of_file.object.merge(object);
        object = of_file.object;
    }
    if (host.local_name() != CHART || object.get("focus").is_some()) && !apart::bring(&host).await {
        return Err(data::not_loaded());
    }
    // more than a chart, or in a board
    let (mut whole, mut own) = (None, Vec::new());
    if apart::is_here() {
        apart::doors::take(&host, &mut object, (&mut whole, &mut own));
    }
    let (spec, said) = read_object(&object, &own);
    notices.extend(said);
    let loading = Loading { spec, whole, base, notices, downloads };
    loading.load().await
}

/// A specification on its way to its data.
struct Loading {
    spec: Spec,
    whole: Option<Object>,
    base: String,
    notices: Vec<Notice>,
    downloads: Vec<Download>,
}

impl Loading {
    async fn load(mut self) -> Result<Loaded, Failure> {
        let (received, address) = match (&self.spec.data, &self.spec.src) {
            (Some(data), _) => (Rc::new(Received::inline(data)), None),
            (None, Some(src)) if fetch::is_plain(src) => {
                let address = fetch::resolve(src, &self.base)?;
                let download = share::download(&address);
                let received = download.received().await?;
                self.downloads.push(download);
                (received, Some(address))
            }
            (None, Some(_)) => (Rc::new(Received::Nothing), None),
            (None, None) => {
                self.notices.push(Notice::error(
                    "spec.no-data",
                    Place::column("src"),
                    format_args!(
                        "aucune donnée : écrivez l’adresse du fichier dans « src », ou les données dans « data »."
                    ),
                    format_args!("no data: write the file’s address in “src”, or the data in “data”."),
                ));
                return Err(Failure::from_notices(&self.notices));
            }
        };
        if let Received::Whole { bytes, may_keep } = &*received
            && let Some((table, said)) = read_common(bytes, &self.spec.reading)
            && let Some(prepared) = prepare_common(&table, &self.spec.steps)
        {
            if let Some(address) = address {
                let is_kept = *may_keep && self.spec.cache == Cache::Auto;
                data::keep(&address, is_kept.then_some(bytes.as_slice()));
            }
            self.notices.extend(said);
            let facts = read_here(&table, bytes.len());
            return Ok(self.done(prepared, facts));
        }
        self.ask_engine(&received, address).await
    }

    /// Has the data engine do it, with what has been received already.
    async fn ask_engine(mut self, received: &Rc<Received>, address: Option<String>) -> Result<Loaded, Failure> {
        let download = share::order(&self.spec, &self.base, received.clone(), address);
        // what reads its answer travels beside it
        spawn_local(async { _ = late::bring().await });
        let made = download.received().await?;
        self.downloads.push(download);
        let Received::Whole { bytes, .. } = &*made else { return Err(data::not_loaded()) };
        let parcel = late::bring().await.then(|| late::doors::read_parcel(bytes)).flatten();
        let Some(parcel) = parcel else { return Err(data::not_loaded()) };
        let Parcel { mut prepared, mut notices, facts, failure } = parcel;
        if let Some(notice) = failure {
            return Err(if notice.is_passing() { Failure::of_network(notice) } else { Failure::of_content(notice) });
        }
        facts.iter().for_each(|(name, fact)| self.spec.take_fact(name, fact));
        // some of what was said on the way is for the citizen too: a copy, a part of the rows
        notices.append(&mut prepared.notices);
        prepared.notices = notices;
        Ok(self.done(prepared, facts))
    }

    fn done(self, prepared: Prepared, facts: Vec<(String, String)>) -> Loaded {
        let Loading { spec, whole, notices, downloads, .. } = self;
        Loaded { spec, whole, prepared, notices, facts, _downloads: downloads }
    }
}

/// What a file that was read here took and gave, as the data engine says it of others.
fn read_here(table: &Table, n_bytes: usize) -> Vec<(String, String)> {
    let mut missing = Vec::new();
    table.columns.iter().for_each(|column| column.count_missing(&mut missing));
    let facts = [
        ("n_bytes", n_bytes.to_string()),
        ("n_rows_read", table.n_rows().to_string()),
        ("missing.fr", say_counts(&missing, Lang::Fr)),
        ("missing.en", say_counts(&missing, Lang::En)),
    ];
    facts.into_iter().map(|(name, fact)| (name.to_string(), fact)).collect()
}
