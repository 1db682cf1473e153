//! Does the file of a dataset keep its national schema?

use encart_schema::{Schema, address, recognise};
use encart_table::read::csv::{ReadOptions, Rows, read_rows};
use encart_table::sniff::{Format, sniff_format};
use encart_table::{Notice, Place};

use crate::{Call, load};

/// What the rows of a file do not keep of its schema: the one that is asked, or that the portal declares. Says which schema
/// the columns speak of when none is given, and what could not be checked.
pub(crate) fn check_file(call: &Call, file: &str, declared: Option<&str>) -> Vec<Notice> {
    let asked = call.schema.as_deref().or(declared);
    let Some(rows) = load_rows(file) else { return asked.map(|name| unchecked(file, name)).into_iter().collect() };
    let mut notices = encart_table::audit::audit(&rows);
    let names: Vec<&str> = rows.names.iter().map(String::as_str).collect();
    match asked {
        Some(name) => match load_schema(name) {
            Ok(schema) => notices.extend(schema.check(&rows)),
            Err(notice) => notices.push(notice),
        },
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
    notices
}

fn load_schema(name: &str) -> Result<Schema, Notice> {
    let unread = |cause: &str| {
        Notice::error(
            "schema.unread",
            Place::column("schema"),
            format_args!("le schéma « {name} » n’a pas pu être lu : {cause}"),
            format_args!("the schema “{name}” could not be read: {cause}"),
        )
    };
    let bytes = load::load_bytes(&address(name)).map_err(|failure| unread(failure.message()))?;
    Schema::read(&String::from_utf8(bytes).map_err(|_| unread("UTF-8"))?)
}

fn unchecked(file: &str, name: &str) -> Notice {
    Notice::warning(
        "schema.unchecked",
        Place::column("schema"),
        format_args!(
            "« {file} » n’est ni un CSV ni un classeur lisible : il n’a pas été vérifié contre le schéma {name}."
        ),
        format_args!(
            "“{file}” is neither a CSV nor a workbook that can be read: it was not held against the schema {name}."
        ),
    )
}

/// The rows of a text or of a workbook, as they are written.
fn load_rows(file: &str) -> Option<Rows> {
    let (path, sheet) = file.split_once('#').map_or((file, None), |(path, sheet)| (path, Some(sheet)));
    let bytes = load::load_bytes(path).ok()?;
    match sniff_format(&bytes) {
        Format::Text => read_rows(&bytes, &ReadOptions::default()),
        Format::Zip => {
            let sheet = encart_sheet::read(&bytes, sheet).ok()?;
            match sheet.file {
                Some(file) => read_rows(&file, &ReadOptions::default()),
                None => {
                    let reading = ReadOptions { delimiter: Some(b';'), ..ReadOptions::default() };
                    read_rows(sheet.csv.as_bytes(), &reading)
                }
            }
        }
        _ => None,
    }
}
