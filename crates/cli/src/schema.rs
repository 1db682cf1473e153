//! Does the file of a dataset keep its national schema?

use encart_schema::{Schema, address, recognise};
use encart_table::read::csv::{ReadOptions, Rows, read_rows};
use encart_table::sniff::{Format, sniff_format};
use encart_table::{Notice, Place};

use crate::{Call, Failure, load};

/// What the rows of a file do not keep of its schema: the one that is asked, or that the portal declares. Says which schema
/// the columns speak of when none is given.
pub(crate) fn check_file(call: &Call, file: &str, declared: Option<&str>) -> Result<Vec<Notice>, Failure> {
    let Some(rows) = load_rows(file)? else { return Ok(Vec::new()) };
    let mut notices = encart_table::audit::audit(&rows);
    let names: Vec<&str> = rows.names.iter().map(String::as_str).collect();
    match call.schema.as_deref().or(declared) {
        Some(name) => {
            let json = String::from_utf8(load::load_bytes(&address(name))?)
                .map_err(|_| Failure::author(format!("le schéma « {name} » n’est pas en UTF-8")))?;
            match Schema::read(&json) {
                Ok(schema) => notices.extend(schema.check(&rows)),
                Err(notice) => notices.push(notice),
            }
        }
        None => notices.extend(recognise(&names).map(|name| {
            Notice::info(
                "schema.recognised",
                Place::whole(),
                format_args!(
                    "les colonnes sont celles du schéma {name} : ajoutez --schema {name} pour vérifier chaque ligne."
                ),
                format_args!("the columns are those of the schema {name}: add --schema {name} to check each line."),
            )
        })),
    }
    Ok(notices)
}

/// The rows of a text or of a workbook, as they are written.
fn load_rows(file: &str) -> Result<Option<Rows>, Failure> {
    let (path, sheet) = file.split_once('#').map_or((file, None), |(path, sheet)| (path, Some(sheet)));
    let bytes = load::load_bytes(path)?;
    Ok(match sniff_format(&bytes) {
        Format::Text => read_rows(&bytes, &ReadOptions::default()),
        Format::Zip => encart_sheet::read(&bytes, sheet).ok().and_then(|sheet| {
            let reading = ReadOptions { delimiter: Some(b';'), ..ReadOptions::default() };
            read_rows(sheet.csv.as_bytes(), &reading)
        }),
        _ => None,
    })
}
