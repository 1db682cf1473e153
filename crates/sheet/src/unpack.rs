//! A ZIP archive of files: the table among them.

use encart_table::table::{fold, nearest};
use encart_table::{Notice, Place};

use crate::archive::Archive;

/// The file that is named (`archive.zip#donnees.csv`), else the largest that may be a table.
///
/// # Errors
/// An archive without such a file: what it holds is said.
pub(crate) fn unpack(archive: &Archive<'_>, wanted: Option<&str>) -> Result<(Vec<u8>, Vec<Notice>), Notice> {
    let mut files: Vec<(&str, usize)> = archive.names().filter(|(name, _)| !name.starts_with("__MACOSX/")).collect();
    // the largest first; of two as large, the first
    files.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let is_table = |name: &&&str| {
        let extension = name.rsplit_once('.').map(|(_, extension)| fold(extension)).unwrap_or_default();
        ["csv", "txt", "tsv", "tab", "json", "geojson", "ndjson", "jsonl", "geojsonl"].contains(&extension.as_str())
    };
    let last = |name: &str| name.rsplit('/').next().map(fold).unwrap_or_default();
    let chosen = match wanted {
        Some(wanted) => {
            let is_it = |name: &&&str| fold(name) == fold(wanted) || last(name) == fold(wanted);
            names.iter().find(is_it).ok_or_else(|| unknown(&names, wanted))?
        }
        None => names.iter().find(is_table).ok_or_else(|| no_table(&names))?,
    };
    let bytes = archive.bytes(chosen).ok_or_else(crate::damaged)?;
    let others: Vec<&str> = names.iter().filter(is_table).copied().filter(|other| other != chosen).collect();
    Ok((bytes, vec![say_chosen(chosen, &others, wanted.is_some())]))
}

fn say_chosen(chosen: &str, others: &[&str], is_named: bool) -> Notice {
    let Some(first) = others.first() else {
        return Notice::info(
            "zip.file",
            Place::whole(),
            format_args!("le fichier « {chosen} » de l’archive est lu."),
            format_args!("the file “{chosen}” of the archive is read."),
        );
    };
    let list = list(others);
    let (fr, en) = if is_named { ("", "") } else { (", le plus grand", ", the largest") };
    Notice::info(
        "zip.file",
        Place::whole(),
        format_args!(
            "le fichier « {chosen} » de l’archive est lu{fr} ; il y a aussi : {list}. Pour un autre, ajoutez son nom à l’adresse : #{first}"
        ),
        format_args!(
            "the file “{chosen}” of the archive is read{en}; there are also: {list}. For another, add its name to the address: #{first}"
        ),
    )
}

fn list(names: &[&str]) -> String {
    const MOST: usize = 12;
    let shown = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    if names.len() > MOST { shown + " …" } else { shown }
}

fn unknown(names: &[&str], wanted: &str) -> Notice {
    let meant = nearest(wanted, names).or(names.first().copied()).unwrap_or_default();
    let list = list(names);
    Notice::error(
        "zip.unknown",
        Place::column("src"),
        format_args!("l’archive n’a pas de fichier « {wanted} » (peut-être « {meant} »). Il y a : {list}."),
        format_args!("the archive has no file “{wanted}” (perhaps “{meant}”). There are: {list}."),
    )
}

fn no_table(names: &[&str]) -> Notice {
    let list = list(names);
    Notice::error(
        "zip.no-table",
        Place::column("src"),
        format_args!(
            "l’archive ne contient pas de table lisible (CSV, JSON). Il y a : {list}. Publiez le fichier utile hors de l’archive."
        ),
        format_args!(
            "the archive holds no table that can be read (CSV, JSON). There are: {list}. Publish the useful file outside of the archive."
        ),
    )
}
