//! What does an author mean by `src`: a file, a dataset of a portal, or the page of a portal pasted from the browser?

use encart_table::table::nearest;
use encart_table::{Notice, Place};

use crate::url::{decode, origin_of, parameters, parts};

/// Where data are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A file, whole or relative to the page.
    File(String),
    /// A dataset of data.gouv.fr, or one of its resources.
    DataGouv {
        /// `https://www.data.gouv.fr`.
        origin: String,
        /// The slug or the identifier of the dataset.
        dataset: Option<String>,
        /// The identifier of the resource.
        resource: Option<String>,
    },
    /// A dataset of an Opendatasoft portal.
    Opendatasoft {
        /// `https://data.ofgl.fr`.
        origin: String,
        /// Its identifier.
        dataset: String,
    },
    /// A dataset or a resource of a CKAN portal.
    Ckan {
        /// `https://data.bordeaux-metropole.fr`, with a path when CKAN is below one.
        origin: String,
        /// The name of the dataset or the identifier of the resource.
        id: String,
    },
    /// A dataset of a Data Fair portal.
    DataFair {
        /// `https://data.ademe.fr`.
        origin: String,
        /// Its slug or identifier.
        dataset: String,
    },
    /// An operation of Hub'Eau.
    Hubeau {
        /// `https://hubeau.eaufrance.fr`.
        origin: String,
        /// `v1/niveaux_nappes/stations`.
        operation: String,
        /// The parameters.
        parameters: Vec<(String, String)>,
    },
    /// A list of geo.api.gouv.fr.
    Geo {
        /// `https://geo.api.gouv.fr`.
        origin: String,
        /// `communes`, `epcis/200069193/communes`.
        list: String,
        /// The parameters.
        parameters: Vec<(String, String)>,
    },
    /// A table of a Grist document.
    Grist {
        /// `https://grist.numerique.gouv.fr`.
        origin: String,
        /// The document.
        document: String,
        /// The table; the only one when it is not named.
        table: Option<String>,
    },
    /// A dataset of the INSEE's Melodi.
    Melodi {
        /// `https://api.insee.fr`.
        origin: String,
        /// `DS_POPULATIONS_REFERENCE`.
        dataset: String,
        /// The dimensions that are asked, and their values.
        parameters: Vec<(String, String)>,
    },
    /// A layer of a WFS server.
    Wfs {
        /// The server's address, without parameters.
        server: String,
        /// The layer.
        layer: String,
        /// Other parameters that the author gave.
        parameters: Vec<(String, String)>,
    },
    /// A collection of an OGC API Features server.
    Ogc {
        /// `https://geo.exemple.fr/collections/communes`.
        collection: String,
        /// Parameters that the author gave.
        parameters: Vec<(String, String)>,
    },
    /// JSON by pages, or JSON whose rows are at a path.
    Rest {
        /// The address.
        address: String,
        /// Where the rows are: `result.items`.
        path: Option<String>,
    },
}

/// The words before the colon.
const SCHEMES: [&str; 10] = ["datagouv", "ods", "ckan", "datafair", "hubeau", "geo", "grist", "melodi", "wfs", "rest"];

/// Reads what an author writes in `src`, or pastes from the address bar.
///
/// ```
/// use encart_portal::{Address, read_address};
/// let page = "https://data.ofgl.fr/explore/dataset/ofgl-base-communes/table/?sort=exer";
/// assert_eq!(read_address(page), read_address("ods:data.ofgl.fr/ofgl-base-communes"));
/// assert_eq!(read_address("donnees/budget.csv"), Ok(Address::File("donnees/budget.csv".into())));
/// ```
///
/// # Errors
/// A scheme that is not known, or an address that lacks a part, with an example.
pub fn read_address(src: &str) -> Result<Address, Notice> {
    let src = src.trim();
    let (scheme, rest) = src.split_once(':').unwrap_or(("", src));
    if let Some(scheme) = SCHEMES.iter().find(|known| **known == scheme) {
        return read_scheme(scheme, rest.trim()).ok_or_else(|| incomplete(src, scheme));
    }
    if let Some(address) = parts(src).and_then(|parts| read_page(src, &parts)) {
        return Ok(address);
    }
    let is_word = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if rest.starts_with("//")
        && !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str())
        && !scheme.is_empty()
    {
        return Err(no_address(src));
    }
    match nearest(scheme, &SCHEMES) {
        _ if ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) => Ok(Address::File(src.to_string())),
        Some(near) if is_word => Err(unknown_scheme(scheme, near)),
        _ => Ok(Address::File(src.to_string())),
    }
}

fn no_address(src: &str) -> Notice {
    Notice::error(
        "fetch.address",
        Place::column("src"),
        format_args!(
            "« {src} » n’est pas une adresse que l’on puisse lire. Écrivez par exemple /donnees/budget.csv ou https://…"
        ),
        format_args!("“{src}” is not an address that can be read. Write for example /donnees/budget.csv or https://…"),
    )
}

fn unknown_scheme(scheme: &str, near: &str) -> Notice {
    let list = SCHEMES.join(", ");
    Notice::error(
        "src.scheme",
        Place::column("src"),
        format_args!("« {scheme}: » n’est pas connu. Vouliez-vous dire « {near}: » ? Il y a : {list}."),
        format_args!("“{scheme}:” is not known. Did you mean “{near}:”? There are: {list}."),
    )
}

fn incomplete(src: &str, scheme: &str) -> Notice {
    let example = match scheme {
        "datagouv" => "datagouv:budget-de-la-ville",
        "ods" => "ods:data.ofgl.fr/ofgl-base-communes",
        "ckan" => "ckan:donnees.exemple.fr/budget-2024",
        "datafair" => "datafair:data.ademe.fr/dpe03existant",
        "hubeau" => "hubeau:v1/qualite_nappes/stations?code_departement=71",
        "geo" => "geo:communes?codeDepartement=71",
        "grist" => "grist:grist.numerique.gouv.fr/document/Table1",
        "melodi" => "melodi:DS_POPULATIONS_REFERENCE?GEO=COM-71270",
        "wfs" => "wfs:https://data.geopf.fr/wfs/ows#BDTOPO_V3:commune",
        _ => "rest:https://exemple.fr/api/actions#result.items",
    };
    Notice::error(
        "src.incomplete",
        Place::column("src"),
        format_args!("« {src} » n’est pas une adresse complète. Écrivez par exemple {example}"),
        format_args!("“{src}” is not a whole address. Write for example {example}"),
    )
}

/// Whether a text is an identifier of a resource.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Host and rest of `host/a/b`, the host as an origin; `https://host/a/b` does as well.
fn host_and_path(text: &str) -> Option<(String, Vec<&str>)> {
    if let Some(parts) = parts(text) {
        return Some((parts.origin.to_string(), parts.path));
    }
    let mut path = text.split(['?', '#']).next()?.split('/').filter(|part| !part.is_empty());
    let host = path.next()?;
    Some((origin_of(host), path.collect()))
}

fn read_scheme(scheme: &str, rest: &str) -> Option<Address> {
    let (before_query, query) = rest.split_once('?').unwrap_or((rest, ""));
    match scheme {
        "datagouv" => {
            if let Some(page) = parts(rest) {
                return read_page(rest, &page);
            }
            let (origin, names) = match before_query.split('/').collect::<Vec<_>>().as_slice() {
                [host, names @ ..] if host.contains('.') => (origin_of(host), names.to_vec()),
                names => ("https://www.data.gouv.fr".to_string(), names.to_vec()),
            };
            let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
            match names.as_slice() {
                [resource] if is_uuid(resource) => {
                    Some(Address::DataGouv { origin, dataset: None, resource: Some(resource.to_string()) })
                }
                [dataset] => Some(Address::DataGouv { origin, dataset: Some(dataset.to_string()), resource: None }),
                [dataset, resource] => Some(Address::DataGouv {
                    origin,
                    dataset: Some(dataset.to_string()),
                    resource: Some(resource.to_string()),
                }),
                _ => None,
            }
        }
        "ods" => {
            let (origin, path) = host_and_path(before_query)?;
            // `ods:angersloiremetropole/…`: the portals of the company's own domain
            let is_short = !origin.contains('.') && !origin.contains("localhost");
            let origin = if is_short { [&origin, ".opendatasoft.com"].concat() } else { origin };
            Some(Address::Opendatasoft { origin, dataset: path.last()?.to_string() })
        }
        "ckan" => {
            let (origin, path) = host_and_path(before_query)?;
            let (id, below) = path.split_last()?;
            let origin = below.iter().fold(origin, |origin, part| [&origin, "/", part].concat());
            Some(Address::Ckan { origin, id: id.to_string() })
        }
        "datafair" => {
            let (origin, path) = host_and_path(before_query)?;
            Some(Address::DataFair { origin, dataset: path.last()?.to_string() })
        }
        "hubeau" => {
            let (origin, operation) = with_default_origin(before_query, "https://hubeau.eaufrance.fr");
            let operation = operation.strip_prefix("api/").unwrap_or(operation).to_string();
            (operation.split('/').count() >= 3).then(|| Address::Hubeau {
                origin,
                operation,
                parameters: parameters(query),
            })
        }
        "geo" => {
            let (origin, list) = with_default_origin(before_query, "https://geo.api.gouv.fr");
            (!list.is_empty()).then(|| Address::Geo { origin, list: list.to_string(), parameters: parameters(query) })
        }
        "grist" => {
            let (origin, path) = host_and_path(before_query)?;
            let (document, table) = match path.as_slice() {
                [document] => (document, None),
                [document, table] => (document, Some(table)),
                _ => return None,
            };
            Some(Address::Grist { origin, document: document.to_string(), table: table.map(|table| table.to_string()) })
        }
        "melodi" => {
            let (origin, dataset) = with_default_origin(before_query, "https://api.insee.fr");
            (!dataset.is_empty()).then(|| Address::Melodi {
                origin,
                dataset: dataset.to_string(),
                parameters: parameters(query),
            })
        }
        "wfs" => {
            let (server, layer) = rest.split_once('#')?;
            let (server, query) = server.split_once('?').unwrap_or((server, ""));
            let server = if parts(server).is_some() {
                server.to_string()
            } else {
                let (host, path) = server.split_once('/')?;
                [&origin_of(host), "/", path].concat()
            };
            let layer = decode(layer);
            (!layer.is_empty()).then(|| Address::Wfs { server, layer, parameters: wfs_parameters(query).2 })
        }
        _ => {
            let (address, path) = rest.split_once('#').unwrap_or((rest, ""));
            let path = (!path.is_empty()).then(|| path.to_string());
            (!address.is_empty()).then(|| Address::Rest { address: address.to_string(), path })
        }
    }
}

/// An origin that the author may name before the path (a server of another instance), else the usual one.
fn with_default_origin<'a>(path: &'a str, usual: &str) -> (String, &'a str) {
    if let Some(parts) = parts(path) {
        let rest = path.get(parts.origin.len()..).unwrap_or("");
        return (parts.origin.to_string(), rest.trim_matches('/'));
    }
    match path.split_once('/') {
        Some((host, rest)) if host.contains('.') || host.starts_with("localhost:") => {
            (origin_of(host), rest.trim_matches('/'))
        }
        _ => (usual.to_string(), path.trim_matches('/')),
    }
}

/// The layer, its case forgiven, whether it is a WFS request, and the parameters that are the author's own.
fn wfs_parameters(query: &str) -> (Option<String>, bool, Vec<(String, String)>) {
    const OURS: [&str; 8] =
        ["service", "version", "request", "typename", "typenames", "count", "startindex", "resulttype"];
    let (mut layer, mut is_wfs, mut own) = (None, false, Vec::new());
    for (name, value) in parameters(query) {
        let folded = name.to_ascii_lowercase();
        is_wfs |= folded == "service" && value.eq_ignore_ascii_case("wfs");
        if folded == "typename" || folded == "typenames" {
            layer = Some(value.clone());
        }
        // of the formats that are read here, the one that the server knows
        let is_other = folded == "outputformat" && !value.to_ascii_lowercase().contains("json");
        if !OURS.contains(&folded.as_str()) && !is_other {
            own.push((name, value));
        }
    }
    (layer, is_wfs, own)
}

/// The dataset that the page of a portal presents.
fn read_page(src: &str, page: &crate::url::Parts<'_>) -> Option<Address> {
    let origin = page.origin.to_string();
    let path = page.path.as_slice();
    let (layer, is_wfs, own) = wfs_parameters(page.query);
    if let (true, Some(layer)) = (is_wfs, layer) {
        let server = src.split(['?', '#']).next().unwrap_or(src).to_string();
        return Some(Address::Wfs { server, layer, parameters: own });
    }
    if page.host == "www.data.gouv.fr" || page.host == "demo.data.gouv.fr" || page.host == "explore.data.gouv.fr" {
        return read_data_gouv_page(page);
    }
    match path {
        ["explore", "dataset" | "assets", dataset, ..] | ["explore", "embed", "dataset" | "assets", dataset, ..] => {
            Some(Address::Opendatasoft { origin, dataset: decode(dataset) })
        }
        ["api", operation @ ..] if page.host == "hubeau.eaufrance.fr" && operation.len() >= 3 => {
            Some(Address::Hubeau { origin, operation: operation.join("/"), parameters: parameters(page.query) })
        }
        list if page.host == "geo.api.gouv.fr" && !list.is_empty() => {
            Some(Address::Geo { origin, list: list.join("/"), parameters: parameters(page.query) })
        }
        ["melodi", "data", dataset] => {
            Some(Address::Melodi { origin, dataset: dataset.to_string(), parameters: parameters(page.query) })
        }
        [.., "catalogue", "recherche", dataset] if page.host == "catalogue-donnees.insee.fr" => {
            let origin = "https://api.insee.fr".to_string();
            Some(Address::Melodi { origin, dataset: dataset.to_string(), parameters: Vec::new() })
        }
        ["api", "docs", document, "tables", table, ..] => {
            Some(Address::Grist { origin, document: document.to_string(), table: Some(decode(table)) })
        }
        ["o", _, document, _, "p", ..] => Some(Address::Grist { origin, document: document.to_string(), table: None }),
        ["data-fair", "api", "v1", "datasets", dataset] => {
            Some(Address::DataFair { origin, dataset: dataset.to_string() })
        }
        ["datasets", dataset] | ["datasets", dataset, "full"] if !dataset.contains('.') => {
            Some(Address::DataFair { origin, dataset: dataset.to_string() })
        }
        [.., "collections", id] | [.., "collections", id, "items"] if !id.contains('.') => {
            let end = src.find("/collections/")? + "/collections/".len() + id.len();
            let own = parameters(page.query)
                .into_iter()
                .filter(|(name, _)| !matches!(name.as_str(), "offset" | "startindex"));
            Some(Address::Ogc { collection: src.get(..end)?.to_string(), parameters: own.collect() })
        }
        [.., "dataset", _, "resource", resource] => Some(Address::Ckan { origin, id: resource.to_string() }),
        ["dataset", dataset] | [_, "dataset", dataset] if !dataset.contains('.') => {
            Some(Address::Ckan { origin, id: dataset.to_string() })
        }
        _ => None,
    }
}

fn read_data_gouv_page(page: &crate::url::Parts<'_>) -> Option<Address> {
    let origin = match page.host {
        "explore.data.gouv.fr" => "https://www.data.gouv.fr",
        _ => page.origin,
    };
    let path: Vec<&str> = page.path.iter().copied().filter(|part| !["fr", "en", "es"].contains(part)).collect();
    let named = parameters(page.query).into_iter().find(|(name, _)| name == "resource_id").map(|(_, id)| id);
    let in_fragment = page.fragment.rsplit('/').next().filter(|id| is_uuid(id)).map(str::to_string);
    let origin = origin.to_string();
    match path.as_slice() {
        ["datasets", "r", resource] | ["api", "1", "datasets", "r", resource] | ["resources", resource, ..] => {
            Some(Address::DataGouv { origin, dataset: None, resource: Some(resource.to_string()) })
        }
        ["datasets", dataset, ..] => {
            Some(Address::DataGouv { origin, dataset: Some(dataset.to_string()), resource: named.or(in_fragment) })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
