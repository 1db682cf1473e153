//! How does a CSV file, as French administrations publish it, become a table?

use csv::{ByteRecord, ReaderBuilder};

use crate::column::{Cells, Column};
use crate::encoding::{compose, undo_double_encoding};
use crate::hedge::Hedge;
use crate::index::Index;
use crate::infer::{Kind, Known, Written, infer_kind, infer_known_column};
use crate::locale::Lang;
use crate::notice::{Notice, Place, say_lines};
use crate::read::details::say_details;
use crate::read::known::known_columns;
use crate::read::layout::{self, Layout};
use crate::read::quotes::close_quotes;
use crate::read::records::Hint;
use crate::read::totals::{self, check_totals, say_hidden_total};
use crate::sniff::{self, Encoding};
use crate::table::{Aside, SetAside, Table, fold};
use crate::value::Value;
use crate::zone::Zone;

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
    /// The legal time to which instants with an offset are brought.
    pub zone: Zone,
}

impl ReadOptions {
    /// What is known of a column: what its source says, else what its neighbours tell.
    fn known_of(&self, hint: Option<&Hint>, beside: Known) -> Known {
        match hint.map_or(Known::Nothing, |hint| hint.known) {
            Known::Nothing if beside != Known::Nothing => beside,
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

    /// How many cells there are up to the last in which something is written.
    pub(crate) fn n_filled(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |idx| idx + 1)
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
    let text = read_text(bytes, &mut notices);
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
    let (text, open) = close_quotes(&text, delimiter);
    say_open_quotes(&open, &mut notices);
    let lines = cut_lines(&text, delimiter);
    say_open_end(&text, &lines, &mut notices);
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
    totals::say_rows(&layout.no_totals, &mut notices);
    say_details(&layout.rows, &mut notices);
    if !options.is_plain {
        say_hidden_total(&table, layout.rows.last().copied(), &mut notices);
    }
    (table, notices)
}

/// The letters of a file, each written one way, and what was mended to have them.
pub(crate) fn read_text(bytes: &[u8], notices: &mut Vec<Notice>) -> String {
    let (text, encoding) = sniff::decode(bytes);
    say_encoding(encoding, notices);
    let text = match undo_double_encoding(&text) {
        Some(mended) => {
            notices.push(Notice::warning(
                "csv.double-encoding",
                Place::whole(),
                format_args!("les accents avaient été encodés deux fois (« Ã© » pour « é ») : ils sont rétablis. Prévenez le producteur."),
                format_args!("accents had been encoded twice (“Ã©” for “é”): they are restored. Tell the producer."),
            ));
            mended
        }
        None => text,
    };
    compose(text)
}

pub(super) fn say_encoding(encoding: Encoding, notices: &mut Vec<Notice>) {
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

fn say_open_quotes(lines: &[u64], notices: &mut Vec<Notice>) {
    let [first, ..] = lines else { return };
    notices.push(Notice::error(
        "csv.open-quote",
        Place::line(*first),
        format_args!("guillemet ouvert et jamais refermé ({}) : il est ôté, et les lignes qui suivent sont lues. Corrigez le fichier.", say_lines(lines, Lang::Fr)),
        format_args!("quote opened and never closed ({}): it is taken out, and the lines that follow are read. Correct the file.", say_lines(lines, Lang::En)),
    ));
}

/// The csv crate cuts; blank lines are left out by it, and line numbers stay those of the file.
pub(super) fn cut_lines(text: &str, delimiter: u8) -> Vec<Line> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut record, mut lines) = (ByteRecord::new(), Vec::new());
    let (mut counted, mut line) = (0, 1);
    // reading from memory has no error of its own; if the crate ever gives one, what was read is kept
    while let Ok(true) = reader.read_byte_record(&mut record) {
        // the crate counts a line that ends with CR LF when the LF is read, behind the record, and none that ends with CR
        let begin = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let blank = text.as_bytes().iter().skip(begin).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += n_line_ends(text.as_bytes(), counted, begin + blank);
        counted = begin + blank;
        let number = line;
        let cells = record.iter().map(|cell| sniff::decode_cell(cell).into_owned()).collect();
        lines.push(Line { number, cells });
    }
    lines
}

/// A quote that nothing closes, at the end of the file.
fn say_open_end(text: &str, lines: &[Line], notices: &mut Vec<Notice>) {
    let n_quotes = text.bytes().filter(|byte| *byte == b'"').count();
    let holds_lines = lines.last().is_some_and(|line| line.cells.iter().any(|cell| cell.contains(['\n', '\r'])));
    if n_quotes % 2 == 1 && holds_lines {
        let last = lines.last().map_or(1, |line| line.number);
        notices.push(Notice::warning(
            "csv.open-quote",
            Place::line(last),
            format_args!("un guillemet ouvert n’est jamais refermé : la suite du fichier tient dans une seule case, ou le fichier est coupé."),
            format_args!("a quote is opened and never closed: the rest of the file stands in one cell, or the file is cut."),
        ));
    }
}

/// The line of the record that begins at a place, behind the blank lines before it.
fn line_at(text: &[u8], begin: usize) -> u64 {
    let blank = text.iter().skip(begin).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    1 + n_line_ends(text, 0, begin + blank)
}

/// How many lines end between two places of a text: LF, CR LF, or CR alone.
fn n_line_ends(text: &[u8], from: usize, to: usize) -> u64 {
    let is_end = |idx: &usize| match text.get(*idx) {
        Some(b'\n') => true,
        Some(b'\r') => text.get(idx + 1) != Some(&b'\n'),
        _ => false,
    };
    (from..to).filter(is_end).count() as u64
}

fn words_of(aside: &SetAside) -> String {
    aside.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ; ")
}

pub(super) fn say_title(title: &SetAside) -> Notice {
    let text = words_of(title);
    Notice::info(
        "csv.title",
        Place::line(title.line),
        format_args!("ligne de titre au-dessus de l’en-tête, mise à part : « {text} »."),
        format_args!("title line above the header, set aside: “{text}”."),
    )
}

pub(super) fn say_note(note: &SetAside) -> Notice {
    let text = words_of(note);
    Notice::info(
        "csv.footnote",
        Place::line(note.line),
        format_args!("note sous les données, mise à part : « {text} »."),
        format_args!("note below the data, set aside: “{text}”."),
    )
}

pub(super) fn say_total(total: &SetAside) -> Notice {
    let text = words_of(total);
    Notice::info(
        "csv.total",
        Place::line(total.line),
        format_args!("ligne de total mise à part, pour ne pas la compter deux fois : « {text} »."),
        format_args!("line of totals set aside, so as not to count it twice: “{text}”."),
    )
}

/// A line that is no row, said.
pub(super) fn say_aside(aside: &SetAside) -> Notice {
    let text = words_of(aside);
    let place = Place::line(aside.line);
    match aside.aside {
        Aside::Title => say_title(aside),
        Aside::Footnote => say_note(aside),
        Aside::Total => say_total(aside),
        Aside::Metadata => Notice::info(
            "csv.metadata",
            place,
            format_args!("ligne sous l’en-tête qui décrit les colonnes, mise à part : « {text} »."),
            format_args!("line below the header that describes the columns, set aside: “{text}”."),
        ),
        Aside::Computed => Notice::info(
            "csv.computed",
            place,
            format_args!("ligne calculée à partir des autres, mise à part : « {text} »."),
            format_args!("line computed from the others, set aside: “{text}”."),
        ),
        Aside::RepeatedHeader => Notice::info(
            "csv.repeated-header",
            place,
            format_args!("l’en-tête est répété ; la ligne est mise à part."),
            format_args!("the header is repeated; the line is set aside."),
        ),
    }
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
    notices.extend(layout.set_aside.iter().map(say_aside));
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
        lines_where(&|row| row.cells.len() < layout.n_named),
        "csv.short",
        &format!("moins de {} cases ; les cases absentes sont manquantes", layout.n_named),
        &format!("fewer than {} cells; the absent ones are missing", layout.n_named),
    );
    let n_named = layout.n_named;
    say_lines_of(
        lines_where(&|row| n_columns > n_named && row.n_filled() > n_named),
        "csv.long",
        &format!(
            "plus de {n_named} cases, que l’en-tête ne nomme pas toutes ; celles en trop sont gardées dans des colonnes sans nom. Un séparateur est-il écrit dans une case sans guillemets ?"
        ),
        &format!(
            "more than {n_named} cells, which the header does not all name; the surplus is kept in unnamed columns. Is a delimiter written in a cell without quotes?"
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
/// The most columns that are read: as many as a spreadsheet has.
const MOST_COLUMNS: usize = 16_384;

fn name_columns(layout: &Layout<'_>, notices: &mut Vec<Notice>) -> Vec<(usize, String)> {
    let mut columns: Vec<(usize, String)> = Vec::new();
    // the names so far, and how many columns were given each
    let (mut known, mut n_same): (Index, Vec<usize>) = (Index::default(), Vec::new());
    let mut take = |name: &str| {
        let number = known.number(name);
        if number == n_same.len() {
            n_same.push(0);
        }
        n_same.get_mut(number).map_or(0, |n_same| std::mem::replace(n_same, *n_same + 1))
    };
    if layout.names.len() > MOST_COLUMNS {
        let n_left = layout.names.len() - MOST_COLUMNS;
        notices.push(Notice::warning(
            "csv.too-many-columns",
            Place::whole(),
            format_args!("colonnes au-delà de {MOST_COLUMNS}, non lues : {n_left}. Gardez les utiles."),
            format_args!("columns beyond {MOST_COLUMNS}, not read: {n_left}. Keep the useful ones."),
        ));
    }
    for (idx, written_name) in layout.names.iter().enumerate().take(MOST_COLUMNS) {
        let mut name = written_name.clone();
        if name.is_empty() {
            if layout.rows.iter().all(|row| row.cells.get(idx).is_none_or(|cell| cell.trim().is_empty())) {
                continue;
            }
            name = format!("colonne {}", idx + 1);
            if idx >= layout.n_named {
                columns.push((idx, name));
                continue;
            }
            notices.push(Notice::warning(
                "csv.unnamed-column",
                Place::column(&name),
                format_args!("la colonne {} n’a pas de nom dans l’en-tête ; elle s’appelle « {name} ».", idx + 1),
                format_args!("column {} has no name in the header; it is called “{name}”.", idx + 1),
            ));
        }
        let n_same = take(&name);
        if n_same > 0 {
            let mut renamed = format!("{name} ({})", n_same + 1);
            for number in n_same + 2.. {
                if take(&renamed) == 0 {
                    break;
                }
                renamed = format!("{name} ({number})");
            }
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
    let names: Vec<&str> = named.iter().map(|(_, name)| name.as_str()).collect();
    let beside = known_columns(&names);
    let make = |((idx, name), beside): ((usize, String), Known)| {
        let cells = cells_of(layout, idx);
        if options.as_text {
            let mut column = Column::new(name, Cells::Text(Vec::new()));
            cells.iter().for_each(|(_, cell)| column.push(Value::Text(cell)));
            return column;
        }
        let hint = options.hints.iter().find(|hint| hint.name == name || layout::clean_name(&hint.name) == name);
        let (column, said) = infer_known_column(&name, &cells, options.known_of(hint, beside), options.zone);
        notices.extend(said);
        let unit = hint.filter(|_| column.is_number()).and_then(|hint| hint.unit.clone());
        let unit = unit.or_else(|| column.unit.clone());
        column.with_unit(unit)
    };
    let mut columns: Vec<Column> = named.into_iter().zip(beside).map(make).collect();
    if !options.as_text {
        carry_mentions(&mut columns);
    }
    columns
}

/// What a year says of itself (`2023 (p)`) and what a column of codes says of the one before it (INSEE's series: `A`, `P`)
/// is said of the values of the row.
pub fn carry_mentions(columns: &mut [Column]) {
    let mut of_rows: Vec<(usize, Hedge)> = Vec::new();
    for column in columns.iter_mut().filter(|column| column.is_period()) {
        of_rows.extend(column.take_hedges());
    }
    for (row_idx, hedge) in of_rows {
        columns.iter_mut().filter(|column| column.is_number()).for_each(|column| column.add_hedge(row_idx, &hedge));
    }
    for idx in 1..columns.len() {
        let (before, rest) = columns.split_at_mut(idx);
        let (Some(number), Some(codes)) = (before.last_mut(), rest.first()) else { continue };
        if !number.is_number() || fold(codes.name.split(" (").next().unwrap_or_default()) != "codes" {
            continue;
        }
        let status = |value: Value<'_>| match value {
            Value::Text(text) => Hedge::from_status(text),
            _ => Some(None),
        };
        let all: Option<Vec<Option<Hedge>>> = codes.values().map(status).collect();
        for (row_idx, hedge) in all.into_iter().flatten().enumerate() {
            hedge.into_iter().for_each(|hedge| number.add_hedge(row_idx, &hedge));
        }
    }
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
    let text = read_text(bytes, &mut Vec::new());
    let delimiter = options.delimiter.unwrap_or_else(|| sniff::sniff_delimiter(&text));
    let (text, _) = close_quotes(&text, delimiter);
    let lines = cut_lines(&text, delimiter);
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
    // what must be mended is read as a whole
    if !close_quotes(&text, delimiter).1.is_empty()
        || undo_double_encoding(&text).is_some()
        || compose(text.clone()) != text
    {
        return None;
    }
    let lines = cut_lines(&text, delimiter);
    let layout = layout::find_layout(&lines, options)?;
    let titles = layout.set_aside.iter().filter(|aside| aside.aside == Aside::Title);
    titles.for_each(|title| notices.push(say_title(title)));
    say_made_names(&layout, &mut notices);
    let named = name_columns(&layout, &mut notices);
    let names: Vec<&str> = named.iter().map(|(_, name)| name.as_str()).collect();
    let beside = known_columns(&names);
    let columns = named
        .into_iter()
        .zip(beside)
        .map(|((idx, name), beside)| {
            let hint = options.hints.iter().find(|hint| hint.name == name || layout::clean_name(&hint.name) == name);
            let known = if options.as_text { Known::Text } else { options.known_of(hint, beside) };
            let kind = infer_kind(&name, &cells_of(&layout, idx), known, options.zone, &mut notices);
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
        let begin = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        if line_at(bytes, begin) >= first_line {
            header = record.iter().map(|cell| cell.trim_ascii().to_vec()).collect();
            rows_start = usize::try_from(reader.position().byte()).ok()?;
            rows_line = 1 + n_line_ends(bytes, 0, rows_start);
            break;
        }
    }
    let n_totals = layout.set_aside.iter().filter(|aside| aside.aside == Aside::Total).count();
    let keeps_totals = n_totals == 0 && layout.rows.iter().any(|row| totals::says_total(row));
    let n_columns = layout.names.len();
    Some(Head { delimiter, rows_start, rows_line, columns, header, n_columns, keeps_totals, notices })
}

/// Whether the cells of a line say that it is a total.
pub fn is_aside(cells: &[String]) -> bool {
    totals::says_total(&Line { number: 0, cells: cells.to_vec() })
}

/// Whether the cells of a line below the data are a note.
pub fn is_note(cells: &[String], n_columns: usize) -> bool {
    layout::is_footnote(&Line { number: 0, cells: cells.to_vec() }, n_columns)
}
