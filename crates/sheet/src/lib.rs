//! Workbooks (XLSX, ODS): one of their sheets, as the CSV that its author would have exported; and ZIP archives of files.
//!
//! A sheet goes the way of a CSV from here on: titles, header, totals, notes, units, missing values are found by the one
//! reader that knows French files, and line 14 of a notice is row 14 of the sheet.
//!
//! The reader is our own. calamine, the best crate for it, weighs 268 kB (brotli) in a page, most of it tables of
//! encodings and parts of workbooks that hold no data; and it does not tell the percentages and euros of OpenDocument.

mod archive;
mod choose;
mod format;
mod grid;
mod ods;
mod unpack;
mod xlsx;
mod xml;

use encart_table::{Notice, Place};

use crate::archive::Archive;
use crate::choose::{Book, choose};
use crate::ods::Ods;
use crate::xlsx::Xlsx;

/// What was read of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The rows of one sheet, with `;` between cells.
    pub csv: String,
    /// Of an archive, one of its files instead, which may have any form.
    pub file: Option<Vec<u8>>,
    /// What had to be decided.
    pub notices: Vec<Notice>,
}

/// Reads one sheet: the one that is named (`budget.xlsx#Recettes`), else the first seen one that holds a table.
///
/// # Errors
/// A workbook that is damaged, protected by a password, or of another format; a sheet that it does not have.
pub fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, Notice> {
    let archive = Archive::open(bytes).ok_or_else(damaged)?;
    if !archive.names().any(|(name, _)| ["content.xml", "[Content_Types].xml"].contains(&name)) {
        let (file, notices) = unpack::unpack(&archive, wanted)?;
        return Ok(Sheet { csv: String::new(), file: Some(file), notices });
    }
    let book: Box<dyn Book> = match archive.text("content.xml") {
        Some(content) => Box::new(Ods::open(content)),
        None => Box::new(Xlsx::open(archive).ok_or_else(damaged)?),
    };
    let (grid, mut notices) = choose(&*book, wanted)?;
    if grid.is_too_large() {
        return Err(too_large());
    }
    let (csv, far) = grid.into_csv();
    notices.extend(far.map(|column| {
        Notice::warning(
            "sheet.far",
            Place::whole(),
            format_args!("ce qui est écrit à partir de la {column}e colonne, loin à droite du tableau, n’est pas lu."),
            format_args!("what stands from column {column} on, far to the right of the table, is not read."),
        )
    }));
    Ok(Sheet { csv, file: None, notices })
}

fn too_large() -> Notice {
    Notice::error(
        "sheet.too-large",
        Place::column("src"),
        format_args!(
            "la feuille a plus de cases qu’une page ne peut en lire (cases vides comprises). Effacez ce qui est loin du tableau, ou publiez-la en CSV."
        ),
        format_args!(
            "the sheet has more cells than a page can read (empty ones included). Delete what is far from the table, or publish it as CSV."
        ),
    )
}

fn damaged() -> Notice {
    Notice::error(
        "sheet.damaged",
        Place::column("src"),
        format_args!(
            "le classeur ne peut pas être lu : abîmé, protégé par un mot de passe, ou d’un autre format que XLSX et ODS. Publiez-le en CSV."
        ),
        format_args!(
            "the workbook cannot be read: damaged, protected by a password, or of another format than XLSX and ODS. Publish it as CSV."
        ),
    )
}

/// What JavaScript sees of the reader: the order `{"sheet": …}` and the bytes of a workbook give a parcel whose fact
/// `csv` is the sheet.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(js_name = read)]
pub fn read_parcel(order: String, bytes: Vec<u8>) -> Vec<u8> {
    use encart_table::Json;
    use encart_table::wire::{Parcel, write_parcel};
    let order = Json::parse(&order, "order").unwrap_or_default();
    write_parcel(&match read(&bytes, order.get("sheet").and_then(Json::as_str)) {
        Ok(Sheet { csv, file, notices }) => {
            // a fact is a text: each byte is the letter of its number
            let fact = match file {
                Some(file) => ("file".to_string(), file.into_iter().map(char::from).collect()),
                None => ("csv".to_string(), csv),
            };
            Parcel { facts: vec![fact], notices, ..Parcel::default() }
        }
        Err(failure) => Parcel { failure: Some(failure), ..Parcel::default() },
    })
}
