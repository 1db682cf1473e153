//! How does a CSV file, as French administrations publish it, become a table?

use csv::{ByteRecord, ReaderBuilder};

use crate::column::{Cells, Column};
use crate::infer::{Kind, Known, Written, infer_kind, infer_known_column};
use crate::locale::Lang;
use crate::notice::{Notice, Place, say_lines};
use crate::read::layout::{self, Layout};
use crate::read::records::Hint;
use crate::read::totals::{check_totals, say_hidden_total};
use crate::sniff::{self, Encoding};
use crate::table::{Aside, SetAside, Table};
use crate::value::Value;

/// What an author may ask of the reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// Every cell stays as it was written: no numbers, no dates, nothing set aside but titles.
    pub as_text: bool,
    /// Lines of totals stay rows.
    pub keep_totals: bool,
    /// A program wrote the file: its first line is the header, and every line below is a row.
    pub is_plain: bool,
    /// What stands between cells, when that is known.
    pub delimiter: Option<u8>,
    /// What is known of its columns.
    pub hints: Vec<Hint>,
}

impl ReadOptions {
    fn known_of(&self, hint: Option<&Hint>) -> Known {
        match hint.map_or(Known::Nothing, |hint| hint.known) {
            Known::Nothing if self.is_plain => Known::Exact,
            known => known,
        }
    }
}

/// A line of the file: its number and its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) number: u64,
    pub(crate) cells: Vec<String>,
}

impl Line {
    pub(crate) fn n_written(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
    }

    /// Whether nothing is written in a column.
    pub(crate) fn is_blank(&self, column: usize) -> bool {
        self.cells.get(column).is_none_or(|cell| cell.trim().is_empty())
    }

    /// The first cell in which something is written.
    pub(crate) fn first_written(&self) -> &str {
        self.cells.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty()).unwrap_or("")
    }
}

/// Reads a CSV. Never fails: whatever the bytes, there is a table (perhaps without columns) and there are notices.
///
/// ```
/// let csv = "Communes du Tournugeois\ncommune;population\nTournus;5 596\nLacrost;n.d.\n";
/// let (table, notices) = encart_table::read_csv(csv.as_bytes(), &Default::default());
/// assert_eq!(table.names(), ["commune", "population"]);
/// assert_eq!(table.column("population").unwrap().value(0).number(), Some(5596.0));
/// assert!(table.column("population").unwrap().value(1).is_missing());
/// assert_eq!(notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), ["csv.title", "cell.missing"]);
/// ```
pub fn read_csv(bytes: &[u8], options: &ReadOptions) -> (Table, Vec<Notice>) {
    if let Some(notice) = sniff::refuse(bytes) {
        return (Table::default(), vec![notice]);
    }
    let mut notices = Vec::new();
    let (text, encoding) = sniff::decode(bytes);
    say_encoding(encoding, &mut notices);
    if text.contains(['\u{fffd}', '\0']) {
        notices.push(Notice::warning(
            "csv.lost-letters",
            Place::whole(),
            format_args!(
                "des lettres ont été perdues avant la publication (�). Demandez au producteur un fichier en UTF-8."
            ),
            format_args!("letters were lost before publication (�). Ask the producer for a file in UTF-8."),
        ));
    }
    let delimiter = options.delimiter.unwrap_or_else(|| sniff::sniff_delimiter(&text));
    let lines = cut_lines(&text, delimiter, &mut notices);
    let Some(layout) = layout::find_layout(&lines, options) else {
        notices.push(Notice::error(
            "csv.no-rows",
            Place::whole(),
            format_args!("le fichier n’a pas de ligne de données. Vérifiez l’adresse."),
            format_args!("the file has no line of data. Check the address."),
        ));
        return (Table::default(), notices);
    };
    say_layout(&layout, &mut notices);
    let columns = make_columns(&layout, options, &mut notices);
    let table = Table { columns, set_aside: layout.set_aside.clone() };
    check_totals(&table, &mut notices);
    if !options.is_plain {
        say_hidden_total(&table, &layout.rows, &mut notices);
    }
    (table, notices)
}

fn say_encoding(encoding: Encoding, notices: &mut Vec<Notice>) {
    if encoding != Encoding::Utf8 {
        let name = encoding.name();
        notices.push(Notice::info(
            "csv.encoding",
            Place::whole(),
            format_args!("le fichier est en {name} ; il a été lu comme tel."),
            format_args!("the file is in {name}; it was read as such."),
        ));
    }
}

/// The csv crate cuts; blank lines are left out by it, and line numbers stay those of the file.
fn cut_lines(text: &str, delimiter: u8, notices: &mut Vec<Notice>) -> Vec<Line> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut record, mut lines) = (ByteRecord::new(), Vec::new());
    // reading from memory has no error of its own; if the crate ever gives one, what was read is kept
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let number = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(|cell| sniff::decode_cell(cell).into_owned()).collect();
        lines.push(Line { number, cells });
    }
    let n_quotes = text.bytes().filter(|byte| *byte == b'"').count();
    if n_quotes % 2 == 1 {
        let last = lines.last().map_or(1, |line| line.number);
        notices.push(Notice::warning(
            "csv.open-quote",
            Place::line(last),
            format_args!("un guillemet ouvert n’est jamais refermé : la suite du fichier tient dans une seule case, ou le fichier est coupé."),
            format_args!("a quote is opened and never closed: the rest of the file stands in one cell, or the file is cut."),
        ));
    }
    lines
}

fn words_of(aside: &SetAside) -> String {
    aside.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ; ")
}

fn say_title(title: &SetAside) -> Notice {
    let text = words_of(title);
    Notice::info(
        "csv.title",
        Place::line(title.line),
        format_args!("ligne de titre au-dessus de l’en-tête, mise à part : « {text} »."),
        format_args!("title line above the header, set aside: “{text}”."),
    )
}

fn say_made_names(layout: &Layout<'_>, notices: &mut Vec<Notice>) {
    if layout.names_are_made {
        notices.push(Notice::warning(
            "csv.no-header",
            Place::line(layout.rows.first().map_or(1, |row| row.number)),
            format_args!("le fichier n’a pas d’en-tête ; les colonnes sont nommées « colonne 1 », « colonne 2 »… Ajoutez une ligne d’en-tête."),
            format_args!("the file has no header; the columns are named “colonne 1”, “colonne 2”… Add a header line."),
        ));
    }
}

fn say_layout(layout: &Layout<'_>, notices: &mut Vec<Notice>) {
    for aside in &layout.set_aside {
        let text = words_of(aside);
        let place = Place::line(aside.line);
        notices.push(match aside.aside {
            Aside::Title => say_title(aside),
            Aside::Footnote => Notice::info(
                "csv.footnote",
                place,
                format_args!("note sous les données, mise à part : « {text} »."),
                format_args!("note below the data, set aside: “{text}”."),
            ),
            Aside::Total => Notice::info(
                "csv.total",
                place,
                format_args!("ligne de total mise à part, pour ne pas la compter deux fois : « {text} »."),
                format_args!("line of totals set aside, so as not to count it twice: “{text}”."),
            ),
            Aside::RepeatedHeader => Notice::info(
                "csv.repeated-header",
                place,
                format_args!("l’en-tête est répété ; la ligne est mise à part."),
                format_args!("the header is repeated; the line is set aside."),
            ),
        });
    }
    let n_columns = layout.names.len();
    say_made_names(layout, notices);
    let mut say_lines_of = |lines: Vec<u64>, code: &'static str, fr: &str, en: &str| {
        let Some(first) = lines.first() else { return };
        notices.push(Notice::warning(
            code,
            Place::line(*first),
            format_args!("{fr} ({}).", say_lines(&lines, Lang::Fr)),
            format_args!("{en} ({}).", say_lines(&lines, Lang::En)),
        ));
    };
    let lines_where = |test: &dyn Fn(&Line) -> bool| -> Vec<u64> {
        layout.rows.iter().filter(|row| test(row)).map(|row| row.number).collect()
    };
    say_lines_of(
        lines_where(&|row| row.cells.len() < n_columns),
        "csv.short",
        &format!("moins de {n_columns} cases ; les cases absentes sont manquantes"),
        &format!("fewer than {n_columns} cells; the absent ones are missing"),
    );
    say_lines_of(
        lines_where(&|row| row.cells.iter().skip(n_columns).any(|cell| !cell.trim().is_empty())),
        "csv.long",
        &format!(
            "plus de {n_columns} cases ; les cases en trop n’ont pas de colonne et ne sont pas lues. Un séparateur est-il écrit dans une case sans guillemets ?"
        ),
        &format!(
            "more than {n_columns} cells; the surplus cells have no column and are not read. Is a delimiter written in a cell without quotes?"
        ),
    );
    if !layout.empty_lines.is_empty() {
        notices.push(Notice::info(
            "csv.empty-rows",
            Place::line(layout.empty_lines.first().copied().unwrap_or(1)),
            format_args!("lignes sans aucune valeur, laissées de côté ({}).", say_lines(&layout.empty_lines, Lang::Fr)),
            format_args!("lines without any value, left out ({}).", say_lines(&layout.empty_lines, Lang::En)),
        ));
    }
}

/// The columns that have a place: where each is in a line, and its name. A column that nothing names and nothing fills is
/// left out; one that has a name already takes a number.
fn name_columns(layout: &Layout<'_>, notices: &mut Vec<Notice>) -> Vec<(usize, String)> {
    let mut columns: Vec<(usize, String)> = Vec::new();
    for (idx, written_name) in layout.names.iter().enumerate() {
        let mut name = written_name.clone();
        if name.is_empty() {
            if layout.rows.iter().all(|row| row.cells.get(idx).is_none_or(|cell| cell.trim().is_empty())) {
                continue;
            }
            name = format!("colonne {}", idx + 1);
            notices.push(Notice::warning(
                "csv.unnamed-column",
                Place::column(&name),
                format_args!("la colonne {} n’a pas de nom dans l’en-tête ; elle s’appelle « {name} ».", idx + 1),
                format_args!("column {} has no name in the header; it is called “{name}”.", idx + 1),
            ));
        }
        let numbered = [&name, " ("].concat();
        let n_same = columns.iter().filter(|(_, other)| *other == name || other.starts_with(&numbered)).count();
        if n_same > 0 && columns.iter().any(|(_, other)| *other == name) {
            let renamed = format!("{name} ({})", n_same + 1);
            notices.push(Notice::warning(
                "csv.duplicate-column",
                Place::column(&name),
                format_args!("deux colonnes portent ce nom ; la seconde s’appelle « {renamed} »."),
                format_args!("two columns have this name; the second is called “{renamed}”."),
            ));
            name = renamed;
        }
        columns.push((idx, name));
    }
    columns
}

fn cells_of<'a>(layout: &Layout<'a>, idx: usize) -> Vec<Written<'a>> {
    layout.rows.iter().map(|row| (row.number, row.cells.get(idx).map_or("", String::as_str))).collect()
}

fn make_columns(layout: &Layout<'_>, options: &ReadOptions, notices: &mut Vec<Notice>) -> Vec<Column> {
    let named = name_columns(layout, notices);
    let make = |(idx, name): (usize, String)| {
        let cells = cells_of(layout, idx);
        if options.as_text {
            let mut column = Column::new(name, Cells::Text(Vec::new()));
            cells.iter().for_each(|(_, cell)| column.push(Value::Text(cell)));
            return column;
        }
        let hint = options.hints.iter().find(|hint| hint.name == name);
        let (column, said) = infer_known_column(&name, &cells, options.known_of(hint));
        notices.extend(said);
        let unit = hint.filter(|_| column.is_number()).and_then(|hint| hint.unit.clone());
        let unit = unit.or_else(|| column.unit.clone());
        column.with_unit(unit)
    };
    named.into_iter().map(make).collect()
}

/// The rows of a file as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The names of the columns.
    pub names: Vec<String>,
    /// The line of each row, and its cells.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Reads the rows of a CSV without a look at what they hold: titles, totals and notes are left out as `read_csv` does.
/// None when there is no row.
pub fn read_rows(bytes: &[u8], options: &ReadOptions) -> Option<Rows> {
    let (text, _) = sniff::decode(bytes);
    let delimiter = options.delimiter.unwrap_or_else(|| sniff::sniff_delimiter(&text));
    let lines = cut_lines(&text, delimiter, &mut Vec::new());
    let layout = layout::find_layout(&lines, options)?;
    let rows = layout.rows.iter().map(|row| (row.number, row.cells.clone())).collect();
    Some(Rows { names: layout.names, rows })
}

/// What the beginning of a large file tells of the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Between cells.
    pub delimiter: u8,
    /// Where the first row begins, in bytes.
    pub rows_start: usize,
    /// Its line.
    pub rows_line: u64,
    /// The place, the name and the kind of each column.
    pub columns: Vec<(usize, String, Kind)>,
    /// The cells of the header as written.
    pub header: Vec<Vec<u8>>,
    /// How many cells a line has.
    pub n_columns: usize,
    /// Whether lines of totals are rows of this file.
    pub keeps_totals: bool,
    /// What was said of titles, of the encoding, of names, of kinds.
    pub notices: Vec<Notice>,
}

/// Reads the beginning of a file, cut at the end of a line. None when the file is no CSV, or cannot be read in pieces.
pub fn read_head(bytes: &[u8], options: &ReadOptions) -> Option<Head> {
    let (text, encoding) = sniff::decode(bytes);
    if sniff::refuse(bytes).is_some() || !matches!(encoding, Encoding::Utf8 | Encoding::Windows1252) {
        return None;
    }
    let mut notices = Vec::new();
    say_encoding(encoding, &mut notices);
    let delimiter = options.delimiter.unwrap_or_else(|| sniff::sniff_delimiter(&text));
    let lines = cut_lines(&text, delimiter, &mut Vec::new());
    let layout = layout::find_layout(&lines, options)?;
    let titles = layout.set_aside.iter().filter(|aside| aside.aside == Aside::Title);
    titles.for_each(|title| notices.push(say_title(title)));
    say_made_names(&layout, &mut notices);
    let columns = name_columns(&layout, &mut notices)
        .into_iter()
        .map(|(idx, name)| {
            let hint = options.hints.iter().find(|hint| hint.name == name);
            let known = if options.as_text { Known::Text } else { options.known_of(hint) };
            let kind = infer_kind(&name, &cells_of(&layout, idx), known, &mut notices);
            (idx, name, kind)
        })
        .collect();
    // where the rows begin is a place among the bytes, not among the letters
    let first_line = match (layout.header_line, layout.names_are_made) {
        (Some(header), false) => header,
        _ => 0,
    };
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let (mut record, mut header) = (ByteRecord::new(), Vec::new());
    let (mut rows_start, mut rows_line) = (0, 1);
    while first_line > 0 && reader.read_byte_record(&mut record).ok()? {
        let line = record.position().map_or(0, csv::Position::line);
        if line >= first_line {
            header = record.iter().map(|cell| cell.trim_ascii().to_vec()).collect();
            rows_start = usize::try_from(reader.position().byte()).ok()?;
            rows_line = reader.position().line();
            break;
        }
    }
    let n_totals = layout.set_aside.iter().filter(|aside| aside.aside == Aside::Total).count();
    let keeps_totals = n_totals == 0 && layout.rows.iter().any(|row| layout::is_total(row));
    let n_columns = layout.names.len();
    Some(Head { delimiter, rows_start, rows_line, columns, header, n_columns, keeps_totals, notices })
}

/// Whether the cells of a line say that it is a total.
pub fn is_aside(cells: &[String]) -> bool {
    layout::is_total(&Line { number: 0, cells: cells.to_vec() })
}

/// Whether the cells of a line below the data are a note.
pub fn is_note(cells: &[String], n_columns: usize) -> bool {
    layout::is_footnote(&Line { number: 0, cells: cells.to_vec() }, n_columns)
}
