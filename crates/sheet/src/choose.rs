//! Which sheet of a workbook is meant?

use encart_table::table::{fold, nearest};
use encart_table::{Notice, Place};

use crate::grid::Grid;

/// A workbook, whatever its form.
pub(crate) trait Book {
    /// Its sheets, in order.
    fn sheets(&self) -> Vec<Named>;
    /// The cells of a sheet; none when they cannot be read.
    fn read(&self, name: &str) -> Option<Grid>;
}

/// A sheet's name, and whether the workbook shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) is_seen: bool,
}

/// The sheet that is named; else the first seen one that holds a table, else the first that holds anything. When there
/// was a choice, it is said, with the way to choose otherwise.
pub(crate) fn choose(book: &dyn Book, wanted: Option<&str>) -> Result<(Grid, Vec<Notice>), Notice> {
    let sheets = book.sheets();
    if let Some(wanted) = wanted {
        let found = sheets.iter().find(|sheet| fold(&sheet.name) == fold(wanted));
        let grid = found.ok_or_else(|| no_sheet(&sheets, wanted))?;
        return Ok((book.read(&grid.name).ok_or_else(crate::damaged)?, Vec::new()));
    }
    let seen: Vec<&Named> = sheets.iter().filter(|sheet| sheet.is_seen).collect();
    let mut written = None;
    for sheet in &seen {
        let grid = book.read(&sheet.name).ok_or_else(crate::damaged)?;
        if grid.is_table() {
            return Ok((grid, say_others(&seen, &sheet.name)));
        }
        if written.is_none() && !grid.is_empty() {
            written = Some((grid, say_others(&seen, &sheet.name)));
        }
    }
    written.ok_or_else(no_table)
}

fn say_others(seen: &[&Named], name: &str) -> Vec<Notice> {
    let others: Vec<&str> = seen.iter().map(|sheet| sheet.name.as_str()).filter(|other| *other != name).collect();
    let Some(first) = others.first() else { return Vec::new() };
    let list = others.join(", ");
    vec![Notice::info(
        "sheet.others",
        Place::whole(),
        format_args!(
            "la feuille « {name} » est lue ; il y a aussi : {list}. Pour une autre, ajoutez son nom à l’adresse : #{first}"
        ),
        format_args!(
            "the sheet “{name}” is read; there are also: {list}. For another, add its name to the address: #{first}"
        ),
    )]
}

fn no_sheet(sheets: &[Named], wanted: &str) -> Notice {
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let list = names.join(", ");
    let meant = nearest(wanted, &names);
    let (meant_fr, meant_en) = match meant {
        Some(meant) => (format!(" Vouliez-vous dire « {meant} » ?"), format!(" Did you mean “{meant}”?")),
        None => (String::new(), String::new()),
    };
    Notice::error(
        "sheet.unknown",
        Place::column("src"),
        format_args!("le classeur n’a pas de feuille « {wanted} ».{meant_fr} Il y a : {list}."),
        format_args!("the workbook has no sheet “{wanted}”.{meant_en} There are: {list}."),
    )
}

fn no_table() -> Notice {
    Notice::error(
        "sheet.empty",
        Place::column("src"),
        format_args!("aucune feuille du classeur ne contient de données."),
        format_args!("no sheet of the workbook holds data."),
    )
}
