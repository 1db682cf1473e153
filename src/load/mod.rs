//! How do a specification and its data arrive?

mod fetch;
mod share;

use std::rc::Rc;

use encart_chart::Spec;
use encart_chart::spec::read::read_object;
use encart_table::json::{Json, Object, not_object};
use encart_table::verb::prepare::prepare_common;
use encart_table::{Notice, Place, Prepared, read_csv};

use crate::fail::Failure;
pub(crate) use share::Download;

/// What the page gives: a specification in layers, not yet completed by the file that `spec` may name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    object: Object,
    notices: Vec<Notice>,
}

/// A specification with its table, and all there was to say. The downloads are kept as long as the widget shows them:
/// another widget that names the same address takes them from here.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub(crate) spec: Spec,
    pub(crate) prepared: Prepared,
    pub(crate) notices: Vec<Notice>,
    pub(crate) n_bytes: usize,
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

/// Loads a specification and its data. The address of data is relative to the page, or to the file that names it.
pub(crate) async fn load(given: Given, base: String) -> Result<Loaded, Failure> {
    let Given { mut object, mut notices } = given;
    let mut downloads = Vec::new();
    if let Some(Json::Text(address)) = object.take("spec") {
        let address = fetch::resolve(&address, &base)?;
        let download = share::download(&address);
        let bytes = download.bytes().await?;
        downloads.push(download);
        let (json, _) = encart_table::sniff::decode(&bytes);
        let mut of_file = Given::default();
        of_file.layer(json.trim_start_matches('\u{feff}'), &address);
        notices.extend(of_file.notices);
        if let Some(src) = of_file.object.get("src").and_then(Json::as_str) {
            let src = fetch::resolve(src, &address)?;
            of_file.object.set("src".into(), Json::Text(src));
        }
        of_file.object.merge(object);
        object = of_file.object;
    }
    let (spec, said) = read_object(&object);
    notices.extend(said);
    let bytes = match (&spec.data, &spec.src) {
        (Some(data), _) => Rc::new(data.clone().into_bytes()),
        (None, Some(src)) => {
            let download = share::download(&fetch::resolve(src, &base)?);
            let bytes = download.bytes().await?;
            downloads.push(download);
            bytes
        }
        (None, None) => {
            notices.push(Notice::error(
                "spec.no-data",
                Place::column("src"),
                format_args!(
                    "aucune donnée : écrivez l’adresse du fichier dans « src », ou les données dans « data »."
                ),
                format_args!("no data: write the file’s address in “src”, or the data in “data”."),
            ));
            return Err(Failure::from_notices(&notices));
        }
    };
    let (table, said) = read_csv(&bytes, &spec.reading);
    notices.extend(said);
    if table.columns.is_empty() {
        return Err(Failure::from_notices(&notices));
    }
    let Some(prepared) = prepare_common(&table, &spec.steps) else {
        return Err(Failure::from_notices(&notices));
    };
    Ok(Loaded { spec, prepared, notices, n_bytes: bytes.len(), _downloads: downloads })
}
