//! The lines of a file by what they are: titles, header, metadata, rows, totals, notes.

use crate::infer::read_year;
use crate::number::is_number;
use crate::read::csv::{Line, ReadOptions};
use crate::read::details;
use crate::read::metadata;
use crate::read::totals::{self, Verdict};
use crate::table::{Aside, SetAside, fold};

/// How the lines of a file are laid out.
#[derive(Debug, PartialEq)]
pub(crate) struct Layout<'a> {
    pub(crate) names: Vec<String>,
    pub(crate) names_are_made: bool,
    pub(crate) header_line: Option<u64>,
    pub(crate) rows: Vec<&'a Line>,
    pub(crate) set_aside: Vec<SetAside>,
    pub(crate) empty_lines: Vec<u64>,
    /// How many columns the header names.
    pub(crate) n_named: usize,
    /// Rows whose label says total and whose numbers do not.
    pub(crate) no_totals: Vec<&'a Line>,
}

/// Finds the header below title lines, the notes at the end, the totals; none when no line is left to be a row.
pub(crate) fn find_layout<'a>(lines: &'a [Line], options: &ReadOptions) -> Option<Layout<'a>> {
    let n_columns = usual_width(lines);
    let header_idx = if options.is_plain { Some(0) } else { find_header(lines, n_columns) };
    let below = header_idx.filter(|_| !options.is_plain && !options.as_text);
    let second = below.and_then(|idx| find_second_header(lines, idx));
    // the last line of the header, and the first
    let (header_idx, top_idx) = match (header_idx, second) {
        (Some(idx), Some(Second::Above)) => (Some(idx), Some(idx - 1)),
        (Some(idx), Some(Second::Below | Second::Codes)) => (Some(idx + 1), Some(idx)),
        (idx, _) => (idx, idx),
    };
    let (header, body) = match header_idx {
        Some(idx) => (lines.get(idx), lines.get(idx + 1..).unwrap_or_default()),
        None => (None, lines),
    };
    let titles = lines.get(..top_idx.unwrap_or(0)).unwrap_or_default();
    let mut set_aside: Vec<SetAside> =
        titles.iter().filter(|line| line.n_written() > 0).map(|line| aside(Aside::Title, line)).collect();

    let top = top_idx.and_then(|idx| lines.get(idx));
    let mut names: Vec<String> = match (top, header) {
        (Some(top), Some(codes)) if second == Some(Second::Codes) => {
            set_aside.push(aside(Aside::Title, codes));
            top.cells.iter().map(|cell| clean_name(cell)).collect()
        }
        (Some(top), Some(header)) if second.is_some() => join_names(top, header),
        (_, Some(header)) => header.cells.iter().map(|cell| clean_name(cell)).collect(),
        (_, None) => (1..=n_columns).map(|number| format!("colonne {number}")).collect(),
    };
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    let is_free = !options.as_text && !options.is_plain;
    let n_apart = if is_free { n_notes_apart(body, names.len()) } else { 0 };

    let is_empty = |line: &&Line| !options.is_plain && line.n_written() == 0;
    let (empty, mut body): (Vec<&Line>, Vec<&Line>) = body.iter().partition(is_empty);
    let empty_lines = empty.iter().map(|line| line.number).collect();
    let n_notes = if is_free { body.iter().rev().take_while(|line| is_footnote(line, names.len())).count() } else { 0 };
    let n_notes = n_notes.max(n_apart);
    let notes = body.split_off(body.len() - n_notes);
    if is_free && header.is_some() {
        if body.first().is_some_and(|line| metadata::join_units(line, &mut names)) {
            set_aside.push(aside(Aside::Metadata, body.remove(0)));
        }
        let n_metadata = metadata::count(&body);
        set_aside.extend(body.drain(..n_metadata).map(|line| aside(Aside::Metadata, line)));
    }
    let n_named = names.len();
    let width = body.iter().map(|line| line.n_filled()).max().unwrap_or(0);
    if is_free && n_named > 0 && width > n_named {
        // R writes no name above its numbers of rows
        let counts =
            |(idx, line): (usize, &&Line)| line.cells.first().is_some_and(|cell| *cell == (idx + 1).to_string());
        let is_numbered = body.len() > 1 && width == n_named + 1 && body.iter().enumerate().all(counts);
        let at = if is_numbered { 0 } else { n_named };
        names.splice(at..at, std::iter::repeat_n(String::new(), width - n_named));
    }

    let judged = is_free && !options.keep_totals;
    let n_computed = if judged { details::n_computed(&body) } else { 0 };
    let computed = body.split_off(body.len() - n_computed);
    let is_header = |line: &Line| is_free && header.is_some_and(|header| header.cells == line.cells);
    let verdicts = if judged { totals::judge(&names, &body) } else { Vec::new() };
    let n_totals = verdicts.iter().filter(|verdict| **verdict == Some(Verdict::Total)).count();
    // a file of which hardly a row is left speaks of totals: they are its rows. Tables that cross two lists with their
    // wholes have more of them than of parts
    let totals_are_aside = (body.len() - n_totals) * 4 >= body.len();
    let (mut rows, mut no_totals) = (Vec::with_capacity(body.len()), Vec::new());
    for (idx, line) in body.iter().enumerate() {
        match verdicts.get(idx).copied().flatten() {
            _ if is_header(line) => set_aside.push(aside(Aside::RepeatedHeader, line)),
            Some(Verdict::Total) if totals_are_aside => set_aside.push(aside(Aside::Total, line)),
            verdict => {
                no_totals.extend(verdict.filter(|verdict| *verdict == Verdict::Row).map(|_| *line));
                rows.push(*line);
            }
        }
    }
    set_aside.extend(computed.iter().map(|line| aside(Aside::Computed, line)));
    set_aside.extend(notes.iter().map(|line| aside(Aside::Footnote, line)));
    ((!rows.is_empty() || options.is_plain) && !names.is_empty()).then_some(Layout {
        names,
        names_are_made: header.is_none(),
        header_line: header.map(|header| header.number),
        rows,
        set_aside,
        empty_lines,
        n_named,
        no_totals,
    })
}

/// How many of the last lines stand apart from the data, below an empty line, each with its first cell alone: notes,
/// whatever they say.
fn n_notes_apart(body: &[Line], n_columns: usize) -> usize {
    let is_note = |line: &&Line| line.n_written() == 1 && !line.is_blank(0);
    let notes: Vec<&Line> = body.iter().rev().take_while(is_note).collect();
    let before = body.len() - notes.len();
    let (Some(first), Some(above)) = (notes.last(), before.checked_sub(1).and_then(|idx| body.get(idx))) else {
        return 0;
    };
    let is_apart = above.n_written() == 0 || first.number > above.number + 1;
    let is_table = n_columns > 1 && body.get(..before).unwrap_or_default().iter().any(|line| line.n_written() > 1);
    if is_apart && is_table { notes.len() } else { 0 }
}

pub(super) fn aside(aside: Aside, line: &Line) -> SetAside {
    SetAside { aside, line: line.number, cells: line.cells.clone() }
}

/// The number of cells that most lines have, among the first thousand; of two as frequent, the larger.
pub(super) fn usual_width(lines: &[Line]) -> usize {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for line in lines.iter().take(1000) {
        let width = line.cells.len();
        match counts.iter_mut().find(|(_, other)| *other == width) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, width)),
        }
    }
    counts.into_iter().max().map_or(0, |(_, width)| width)
}

/// The first line that fills most columns, if its cells are names; none when it is already data.
pub(super) fn find_header(lines: &[Line], n_columns: usize) -> Option<usize> {
    const DEEPEST: usize = 40;
    let fills = |line: &Line| {
        line.n_written() >= n_columns.div_ceil(2).max(n_columns.min(2)) && line.cells.len() <= n_columns + 1
    };
    let idx = lines.iter().take(DEEPEST).position(fills)?;
    let header = lines.get(idx)?;
    let is_value = |cell: &String| {
        let cell = cell.trim();
        let is_year = cell.len() == 4 && cell.bytes().all(|byte| byte.is_ascii_digit());
        !is_year && is_number(cell)
    };
    let n_values = header.cells.iter().filter(|cell| is_value(cell)).count();
    (n_values * 2 < header.n_written()).then_some(idx)
}

/// Where the other line of a header of two lines is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Second {
    /// `;2023;;2024;` stands above `commune;femmes;hommes;femmes;hommes`.
    Above,
    /// `commune;2023;;2024;` stands above `;femmes;hommes;femmes;hommes`.
    Below,
    /// `CODGEO;P21_POP` stands below the names that people read.
    Codes,
}

/// Whether the header has a second line: one that groups names which alone would be the same or none, or a line of codes.
fn find_second_header(lines: &[Line], idx: usize) -> Option<Second> {
    let header = lines.get(idx)?;
    let above = idx.checked_sub(1).and_then(|above| lines.get(above));
    // a line of groups leaves the first column free, or names it alone; a title fills nothing else
    let is_group =
        |above: &&Line| above.is_blank(0) && above.n_written() > 0 || header.is_blank(0) && above.n_written() > 1;
    if above.filter(is_group).is_some() && has_twins(header) {
        return Some(Second::Above);
    }
    let below = lines.get(idx + 1)?;
    let columns = 0..header.cells.len();
    // `;2021;2022;2021;2022` is no row
    let are_years = || {
        has_twins(below) && below.cells.iter().all(|cell| cell.trim().is_empty() || read_year(cell.trim()).is_some())
    };
    if below.cells.len() > columns.len() || below.cells.iter().any(|cell| is_number(cell)) && !are_years() {
        return None;
    }
    // of cells that are one down both lines, the second says the same again
    let is_free = |column: usize| below.is_blank(column) || below.cells.get(column) == header.cells.get(column);
    let has_groups = columns.clone().any(|column| header.is_blank(column));
    if has_groups && is_free(0) && columns.clone().all(|column| !header.is_blank(column) || !below.is_blank(column)) {
        return Some(Second::Below);
    }
    // `CODGEO;P21_POP`: words of capitals may be values (`TOURNUS;NC`), one with a low line among them is a code
    let is_code = |line: &Line| {
        let is_of = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        let has_low_line = line.cells.iter().any(|cell| cell.contains('_'));
        has_low_line
            && line.cells.iter().all(|cell| {
                cell.starts_with(|letter: char| letter.is_ascii_uppercase()) && cell.trim().bytes().all(is_of)
            })
    };
    let next = lines.get(idx + 2)?;
    (is_code(below) && !is_code(header) && next.cells.iter().any(|cell| is_number(cell))).then_some(Second::Codes)
}

/// Whether two columns have one name.
pub(super) fn has_twins(header: &Line) -> bool {
    let cells = header.cells.iter().enumerate();
    let is_twin = |(idx, cell): (usize, &String)| {
        !cell.is_empty() && header.cells.iter().skip(idx + 1).any(|other| other == cell)
    };
    cells.into_iter().any(is_twin)
}

/// `2023` above `femmes` is `2023 femmes`; a group goes on over the cells that it leaves empty.
fn join_names(top: &Line, below: &Line) -> Vec<String> {
    let mut group = "";
    let name = |(column, own): (usize, &String)| {
        let over = top.cells.get(column).map_or("", |cell| cell.trim());
        if !over.is_empty() {
            group = over;
        }
        let own = if own.trim() == over { "" } else { own };
        clean_name(&[group, if group.is_empty() { "" } else { " " }, own].concat())
    };
    below.cells.iter().enumerate().map(name).collect()
}

/// A name on one line, without outer spaces, quotes or byte order mark.
pub(super) fn clean_name(cell: &str) -> String {
    cell.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}' || letter == '"')
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A line below the data that only its first cell fills and that speaks like a note, or stands alone without delimiter.
pub(super) fn is_footnote(line: &Line, n_columns: usize) -> bool {
    if n_columns < 2 || line.n_written() != 1 {
        return false;
    }
    const WORDS: [&str; 10] =
        ["source", "sources", "note", "notes", "champ", "lecture", "nb", "legende", "mise a jour", "donnees"];
    let text = fold(line.first_written());
    let speaks = |word: &&str| text.strip_prefix(*word).is_some_and(|rest| rest.trim_start().starts_with(':'));
    let is_marked = text.starts_with(['*', '(', '©']) && text.contains([' ']);
    line.cells.len() == 1 || text.chars().count() > 60 || is_marked || WORDS.iter().any(speaks)
}
