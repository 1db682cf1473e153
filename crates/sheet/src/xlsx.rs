//! Workbooks of Excel: their sheets and cells.
//!
//! ECMA-376, "Office Open XML File Formats", part 1, 18: workbook, worksheets, shared strings, styles.

use crate::archive::Archive;
use crate::choose::{Book, Named};
use crate::format::{Shown, built_in, read_format, read_plain, write_number};
use crate::grid::Grid;
use crate::xml::{Node, Nodes};

/// A workbook: its sheets, and what their cells point to.
pub(crate) struct Xlsx<'a> {
    archive: Archive<'a>,
    sheets: Vec<(Named, String)>,
    strings: Vec<String>,
    /// By style: what its number format shows.
    formats: Vec<Shown>,
    /// The day that dates count from, in days since 1970.
    first_day: i32,
}

/// Targets of a file's relations, by identifier: `rId1` → `worksheets/sheet1.xml`.
fn relations(archive: &Archive<'_>, path: &str) -> Vec<(String, String, String)> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let xml = archive.text(format!("{folder}/_rels/{file}.rels").trim_start_matches('/'));
    let (mut relations, mut nodes) = (Vec::new(), Nodes::of(xml.as_deref().unwrap_or_default()));
    while let Some(node) = nodes.next() {
        let Node::Start(element, _) = node else { continue };
        if let (Some(id), Some(target), Some(kind)) = (element.get("Id"), element.get("Target"), element.get("Type")) {
            // from the root of the archive, or from the folder of the file
            let target = target.replace('\\', "/");
            let target = match target.strip_prefix('/') {
                Some(target) => target.to_string(),
                None => join_path(folder, &target),
            };
            relations.push((id, target, kind));
        }
    }
    relations
}

/// A path from a folder: `../worksheets/sheet1.xml`, `./styles.xml`.
fn join_path(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

impl<'a> Xlsx<'a> {
    /// Opens a workbook; none when the archive is not one.
    pub(crate) fn open(archive: Archive<'a>) -> Option<Xlsx<'a>> {
        const EPOCH_1900: i32 = -25_569;
        const EPOCH_1904: i32 = -24_107;
        let path = relations(&archive, "").into_iter().find(|(_, _, kind)| kind.ends_with("/officeDocument"))?.1;
        let relations = relations(&archive, &path);
        let xml = archive.text(&path)?;
        let (mut sheets, mut first_day) = (Vec::new(), EPOCH_1900);
        let mut nodes = Nodes::of(&xml);
        while let Some(node) = nodes.next() {
            let Node::Start(element, _) = node else { continue };
            match element.name() {
                "workbookPr" if matches!(element.get("date1904").as_deref(), Some("1" | "true")) => {
                    first_day = EPOCH_1904;
                }
                "sheet" => {
                    let id = element.get("id")?;
                    let Some((_, target, kind)) = relations.iter().find(|(other, ..)| *other == id) else { continue };
                    let is_seen = element.get("state").is_none_or(|state| state == "visible");
                    // pages that are one chart hold no cells
                    if kind.ends_with("/worksheet") {
                        sheets.push((Named { name: element.get("name")?, is_seen }, target.clone()));
                    }
                }
                _ => {}
            }
        }
        let beside = |kind: &str| {
            let found = relations.iter().find(|(_, _, other)| other.ends_with(kind));
            found.and_then(|(_, target, _)| archive.text(target)).unwrap_or_default()
        };
        let (strings, formats) = (read_strings(&beside("/sharedStrings"))?, read_formats(&beside("/styles"))?);
        Some(Xlsx { archive, sheets, strings, formats, first_day })
    }

    fn cell(&self, kind: &str, shown: Shown, text: &str) -> String {
        match kind {
            "s" => {
                let place = text.trim().parse::<usize>().ok().and_then(|idx| self.strings.get(idx));
                place.cloned().unwrap_or_else(|| "#N/A".to_string())
            }
            "b" => (if text.trim() == "1" { "oui" } else { "non" }).to_string(),
            "d" => text.trim().trim_end_matches("T00:00:00").to_string(),
            "str" | "inlineStr" => text.trim().to_string(),
            // `#DIV/0!`, `#REF!` …: no value, whichever the error
            "e" => "#N/A".to_string(),
            _ => match read_plain(text) {
                Some(number) => write_number(number, shown, self.first_day),
                None => text.trim().to_string(),
            },
        }
    }
}

impl Book for Xlsx<'_> {
    fn sheets(&self) -> Vec<Named> {
        self.sheets.iter().map(|(named, _)| named.clone()).collect()
    }

    fn read(&self, name: &str) -> Option<Grid> {
        let (_, path) = self.sheets.iter().find(|(named, _)| named.name == name)?;
        let xml = self.archive.text(path)?;
        let mut grid = Grid::default();
        let (mut row, mut column) = (0, 0);
        let (mut kind, mut shown, mut text) = (String::new(), Shown::Number, String::new());
        let mut is_value = false;
        let mut nodes = Nodes::of(&xml);
        while let Some(node) = nodes.next() {
            match node {
                Node::Start(element, is_empty) => match element.name() {
                    "row" => {
                        row = element.number("r").map_or(row + 1, |number| number);
                        column = 0;
                    }
                    "c" => {
                        kind.clear();
                        shown = Shown::Number;
                        text.clear();
                        element.each(&mut |name, value| match name {
                            "r" => column = read_place(value).map_or(column, |(_, column)| column),
                            "t" => kind.push_str(value),
                            "s" => {
                                let style = value.parse().ok().and_then(|style: usize| self.formats.get(style));
                                shown = style.copied().unwrap_or_default();
                            }
                            _ => {}
                        });
                        column += usize::from(is_empty);
                    }
                    "v" | "t" => is_value = !is_empty,
                    "mergeCell" => {
                        let area = element.get("ref").unwrap_or_default();
                        let (first, last) = area.split_once(':').unwrap_or((&area, &area));
                        if let (Some(first), Some(last)) = (read_place(first), read_place(last)) {
                            // of a block the first column: a title above several columns is no value of each
                            grid.merge(first.1, first.0, last.0);
                        }
                    }
                    _ => {}
                },
                Node::Text(part) if is_value => text.push_str(&part),
                Node::Text(_) => {}
                Node::End(ending) => match ending.name() {
                    "v" | "t" => is_value = false,
                    "c" => {
                        grid.put(row.saturating_sub(1), column, self.cell(&kind, shown, &text));
                        column += 1;
                    }
                    _ => {}
                },
            }
        }
        nodes.is_whole().then_some(grid)
    }
}

/// `B3` is row 2, column 1, counted from 0.
fn read_place(place: &str) -> Option<(usize, usize)> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let n_letters = letters.clone().count();
    let column = letters.fold(0_usize, |column, letter| {
        column.saturating_mul(26).saturating_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    let row: usize = place.get(n_letters..)?.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// The texts that cells point to; a text of several styles is one, its reading aids (`rPh`) are none.
fn read_strings(xml: &str) -> Option<Vec<String>> {
    let (mut strings, mut text, mut nodes) = (Vec::new(), String::new(), Nodes::of(xml));
    let (mut is_text, mut is_aid) = (false, false);
    while let Some(node) = nodes.next() {
        match node {
            Node::Start(element, is_empty) => match element.name() {
                "si" if is_empty => strings.push(String::new()),
                "t" => is_text = !is_empty,
                "rPh" => is_aid = !is_empty,
                _ => {}
            },
            Node::Text(part) if is_text && !is_aid => text.push_str(&part),
            Node::Text(_) => {}
            Node::End(ending) => match ending.name() {
                "si" => strings.push(std::mem::take(&mut text).trim().to_string()),
                "t" => is_text = false,
                "rPh" => is_aid = false,
                _ => {}
            },
        }
    }
    nodes.is_whole().then_some(strings)
}

/// By style of cells: what its format shows.
fn read_formats(xml: &str) -> Option<Vec<Shown>> {
    let (mut own, mut formats, mut is_cells) = (Vec::new(), Vec::new(), false);
    let mut nodes = Nodes::of(xml);
    while let Some(node) = nodes.next() {
        match node {
            Node::Start(element, _) => match element.name() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (element.number("numFmtId"), element.get("formatCode")) {
                        own.push((id, read_format(&code)));
                    }
                }
                "cellXfs" => is_cells = true,
                "xf" if is_cells => {
                    let id = element.number("numFmtId").unwrap_or(0);
                    let found = own.iter().find(|(other, _)| *other == id);
                    formats.push(found.map_or_else(|| built_in(id), |(_, shown)| *shown));
                }
                _ => {}
            },
            Node::End(ending) if ending.name() == "cellXfs" => is_cells = false,
            _ => {}
        }
    }
    nodes.is_whole().then_some(formats)
}
