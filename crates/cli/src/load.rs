//! Where does the program find specifications and data: a file beside, or an address?

use std::path::Path;

use encart_chart::{Spec, read_spec};
use encart_table::read::read;
use encart_table::{Notice, Place, Table};

use crate::Failure;

/// A specification with its data, and all there was to say.
pub(crate) struct Loaded {
    pub(crate) spec: Spec,
    pub(crate) table: Table,
    pub(crate) notices: Vec<Notice>,
}

/// Reads a specification and its data; `src` is relative to the specification's file.
pub(crate) fn load_spec(path: &str) -> Result<Loaded, Failure> {
    let json =
        String::from_utf8(load_bytes(path)?).map_err(|_| Failure::author(format!("« {path} » n’est pas en UTF-8")))?;
    let (spec, mut notices) = read_spec(&json);
    let bytes = match (&spec.data, &spec.src) {
        (Some(data), _) => data.clone().into_bytes(),
        (None, Some(src)) => load_bytes(&beside(path, src))?,
        (None, None) => {
            notices.push(Notice::error(
                "spec.no-data",
                Place::column("src"),
                format_args!(
                    "aucune donnée : écrivez l’adresse du fichier dans « src », ou les données dans « data »."
                ),
                format_args!("no data: write the file’s address in “src”, or the data in “data”."),
            ));
            return Ok(Loaded { spec, table: Table::default(), notices });
        }
    };
    let (table, said) = read(&bytes, &spec.reading);
    notices.extend(said);
    Ok(Loaded { spec, table, notices })
}

fn is_address(path: &str) -> bool {
    path.starts_with("http://") || path.starts_with("https://")
}

fn beside(spec_path: &str, src: &str) -> String {
    if is_address(src) {
        return src.to_string();
    }
    if is_address(spec_path) {
        let folder = spec_path.rsplit_once('/').map_or(spec_path, |(folder, _)| folder);
        return format!("{folder}/{src}");
    }
    Path::new(spec_path).parent().unwrap_or(Path::new("")).join(src).to_string_lossy().into_owned()
}

/// The bytes of a file or of an address.
pub(crate) fn load_bytes(path: &str) -> Result<Vec<u8>, Failure> {
    const LARGEST: u64 = 512 * 1024 * 1024;
    if is_address(path) {
        let failed =
            |error: ureq::Error| Failure::author(format!("« {path} » ne répond pas ({error}). Vérifiez l’adresse."));
        let mut response = ureq::get(path).call().map_err(failed)?;
        return response.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(failed);
    }
    std::fs::read(path).map_err(|error| Failure::author(format!("« {path} » : lecture impossible ({error})")))
}
