//! Of which type is a column: numbers, dates, or words and codes?

use crate::column::{Cells, Column};
use crate::day::{Period, read_period};
use crate::hedge::{self, Hedge};
use crate::locale::Lang;
use crate::notice::{Notice, Place, say_lines};
use crate::number::{Mark, Reading, read_number, sniff_mark};
use crate::table::fold;
use crate::unit;
use crate::value::{Value, Why};

/// A cell as written, with its line in the file.
pub type Written<'a> = (u64, &'a str);

/// The column that the cells make, and what had to be decided to make it.
/// A column is of numbers (or dates) when at least nine of ten written values are; the others are kept as unreadable
/// and listed. A column whose name or values speak of codes stays text.
pub fn infer_column(name: &str, cells: &[Written<'_>]) -> (Column, Vec<Notice>) {
    infer_known_column(name, cells, Known::Nothing)
}

/// What is known of a column before its cells are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Known {
    /// Nothing: a CSV without a schema.
    #[default]
    Nothing,
    /// It holds words or codes: a portal or a schema says so.
    Text,
    /// A program wrote it: a column of numbers has no word in it.
    Exact,
    /// Its numbers are written as programs write them, with a decimal point and no unit.
    Plain,
    /// It holds days, or nothing.
    Date,
}

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// As words and codes.
    Text,
    /// As years of four digits.
    Year,
    /// As days, months, quarters …
    Period,
    /// As numbers.
    Number {
        /// The decimal mark of most.
        mark: Mark,
        /// Whether some are written with the other mark only.
        is_mixed: bool,
        /// The unit that cells carry; a cell with another one is not read as if it were this.
        unit: Option<&'static str>,
    },
}

impl Kind {
    /// The value of a cell: missing when the cell gives a reason, or says something of another kind.
    pub fn read(self, cell: &str) -> Value<'_> {
        self.read_hedged(cell).0
    }

    /// The value of a cell, and what the cell says beside it.
    pub fn read_hedged(self, cell: &str) -> (Value<'_>, Option<Hedge>) {
        let cell = cell.trim();
        if self == Kind::Text {
            return (if cell.is_empty() { Value::Missing(Why::Empty) } else { Value::Text(cell) }, None);
        }
        if let Some(why) = Why::from_token(cell) {
            return (Value::Missing(why), None);
        }
        let value = match self {
            Kind::Year => cell.parse().ok().map(|year| Value::Period(Period::year(year))),
            Kind::Number { mark, is_mixed, unit } => {
                let fits = |reading: &Reading| reading.unit.is_none() || reading.unit == unit;
                match read_either(cell, mark, is_mixed) {
                    Some(reading) => Some(reading).filter(fits).map(|reading| Value::Number(reading.value)),
                    None => {
                        let read = |text: &str| read_either(text, mark, is_mixed).filter(fits);
                        let Some((text, hedge)) = hedge::split(cell, &|text| read(text).is_some()) else {
                            return (Value::Missing(Why::Unreadable), None);
                        };
                        let number = text.and_then(read).map(|reading| Value::Number(reading.value));
                        return (number.unwrap_or(Value::Missing(Why::Bounded)), Some(hedge));
                    }
                }
            }
            _ => read_period(cell).map(Value::Period),
        };
        (value.unwrap_or(Value::Missing(Why::Unreadable)), None)
    }

    /// A column without rows for such cells.
    pub fn empty(self, name: &str) -> Column {
        match self {
            Kind::Text => Column::new(name, Cells::Text(Vec::new())),
            Kind::Number { unit, .. } => {
                let unit = unit.map(str::to_string).or_else(|| unit::from_header(name));
                Column::new(name, Cells::Number(Vec::new())).with_unit(unit)
            }
            Kind::Year | Kind::Period => Column::new(name, Cells::Period(Vec::new())),
        }
    }
}

/// The same for a column of which something is known.
pub fn infer_known_column(name: &str, cells: &[Written<'_>], known: Known) -> (Column, Vec<Notice>) {
    let mut notices = Vec::new();
    let kind = infer_kind(name, cells, known, &mut notices);
    let column = read_column(name, cells, kind, &mut notices);
    say_missing(&column, cells, &mut notices);
    (column, notices)
}

/// How the cells of a column are to be read, and what had to be decided.
pub fn infer_kind(name: &str, cells: &[Written<'_>], known: Known, notices: &mut Vec<Notice>) -> Kind {
    let written: Vec<&str> =
        cells.iter().map(|(_, cell)| *cell).filter(|cell| Why::from_token(cell).is_none()).collect();
    let n_written = written.len();
    let (least, of) = if known == Known::Exact { (1, 1) } else { (9, 10) };
    let enough = |n_read: usize| n_read > 0 && n_read * of >= n_written * least;
    let number = Kind::Number { mark: Mark::Comma, is_mixed: false, unit: None };
    match known {
        Known::Plain if n_written == 0 => return number,
        Known::Date if n_written == 0 => return Kind::Period,
        Known::Text => return Kind::Text,
        _ => {}
    }
    if is_code(name, &written) || (n_written == 0 && !cells.iter().any(|(_, cell)| cell.trim().len() > 1)) {
        return Kind::Text;
    }
    if n_written == 0 {
        // nothing but reasons (`n.d.`, `NC`): numbers that nobody has. Single letters may be classes
        return number;
    }
    if is_year(name, &written) {
        return Kind::Year;
    }
    let (mark, is_open) = match known {
        Known::Plain => (Mark::Point, false),
        _ => sniff_mark(written.iter().copied()),
    };
    let is_mixed = written.iter().any(|cell| differs(cell, mark));
    let is_number = |cell: &str| read_either(cell, mark, is_mixed).is_some();
    let mut n_numbers = written.iter().filter(|cell| is_number(cell)).count();
    // an estimate in a column whose name gives a unit, `part (%)`, is no name of a class
    let is_estimate = |cell: &&str| cell.starts_with("≈");
    let are_many = n_numbers * 3 >= n_written || name.ends_with(')') && written.iter().any(is_estimate);
    if known != Known::Plain && n_numbers < n_written && are_many && !are_classes(&written) {
        // among numbers, what is nearly one says how sure it is
        n_numbers += written.iter().filter(|cell| !is_number(cell) && hedge::split(cell, &is_number).is_some()).count();
    }
    let are_periods = || enough(written.iter().filter(|cell| read_period(cell).is_some()).count());
    if enough(n_numbers) && !(is_date(name) && are_periods()) {
        if known != Known::Plain {
            say_mark(name, mark, is_open, cells, notices);
        }
        return Kind::Number { mark, is_mixed, unit: unit_of_cells(name, cells, notices) };
    }
    if are_periods() { Kind::Period } else { Kind::Text }
}

/// Words that name a column of codes in national schemas: one of them says it; the name of a territory's level does when
/// the name has no other word (`dep`, `epci_2024`): `population_epci` counts people.
fn is_code(name: &str, written: &[&str]) -> bool {
    const CODES: [&str; 16] = [
        "code",
        "codes",
        "insee",
        "siren",
        "siret",
        "cp",
        "postal",
        "codgeo",
        "uai",
        "ape",
        "naf",
        "rna",
        "id",
        "identifiant",
        "tel",
        "telephone",
    ];
    const LEVELS: [&str; 7] = ["dep", "dept", "departement", "reg", "region", "epci", "iris"];
    let folded = fold(name);
    let words = || folded.split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric());
    let is_level = |word: &str| LEVELS.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit());
    let names_a_code = words().any(|word| CODES.contains(&word))
        || words().all(is_level) && words().any(|word| LEVELS.contains(&word));
    let leads_with_zero = |cell: &&str| {
        let mut digits = cell.bytes();
        digits.next() == Some(b'0')
            && digits.next().is_some_and(|byte| byte.is_ascii_digit())
            && digits.all(|byte| byte.is_ascii_digit())
    };
    names_a_code || written.iter().any(|cell| leads_with_zero(cell) || is_corsican(cell, written))
}

/// `2A004` among codes of its length: the one cell that tells codes of communes or départements from numbers.
fn is_corsican(cell: &str, written: &[&str]) -> bool {
    let rest = cell.strip_prefix("2A").or(cell.strip_prefix("2B"));
    rest.is_some_and(|rest| [0, 3].contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit()))
        && written.iter().all(|other| other.len() == cell.len())
}

/// Whether a word of the column's name is one of these.
fn is_named(name: &str, words: &[&str]) -> bool {
    let folded = fold(name);
    folded.split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric()).any(|part| words.contains(&part))
}

/// Four digits between 1800 and 2200 in every cell, under a name that speaks of years: a population of 1975 is none.
fn is_year(name: &str, written: &[&str]) -> bool {
    let year = |cell: &&str| (cell.len() == 4).then(|| cell.parse::<i32>().ok()).flatten();
    let words =
        ["annee", "annees", "an", "year", "exercice", "millesime", "session", "campagne", "periode", "period", "date"];
    is_named(name, &words) && written.iter().all(|cell| year(cell).is_some_and(|year| (1800..2200).contains(&year)))
}

/// Whether a name speaks of days, so that `20240131` is one.
fn is_date(name: &str) -> bool {
    is_named(name, &["date", "jour", "day", "periode", "mois"])
}

/// `1`, `2`, `3`, `4 et plus`: whole numbers one after the other, and what stands beside them, are names of classes.
fn are_classes(written: &[&str]) -> bool {
    let mut numbers = written.iter().filter_map(|cell| cell.trim().parse::<i64>().ok());
    let Some(first) = numbers.next() else { return false };
    let mut rest = numbers.enumerate().peekable();
    rest.peek().is_some() && rest.all(|(idx, number)| number == first + idx as i64 + 1)
}

/// Whether a cell is a number with the other decimal mark only.
fn differs(cell: &str, mark: Mark) -> bool {
    read_number(cell, mark).is_none() && read_number(cell, mark.other()).is_some()
}

/// A number of a column: with the column's mark; where both marks are met, a cell that writes only the other one is
/// read with it, never as a thousand times what it says.
fn read_either(cell: &str, mark: Mark, is_mixed: bool) -> Option<Reading> {
    let (own, other) = if mark == Mark::Comma { (',', '.') } else { ('.', ',') };
    if is_mixed && cell.contains([other]) && !cell.contains([own]) {
        return read_number(cell, mark.other()).or_else(|| read_number(cell, mark));
    }
    read_number(cell, mark).or_else(|| read_number(cell, mark.other()))
}

fn read_column(name: &str, cells: &[Written<'_>], kind: Kind, notices: &mut Vec<Notice>) -> Column {
    let mut column = kind.empty(name);
    let (mut unreadable, mut example) = (Vec::new(), "");
    let mut lines = Vec::new();
    for (line, cell) in cells {
        let (value, hedge) = kind.read_hedged(cell);
        if value == Value::Missing(Why::Unreadable) {
            unreadable.push(*line);
            example = if example.is_empty() { cell.trim() } else { example };
        }
        column.push(value);
        if let Some(hedge) = hedge {
            column.set_hedge(hedge);
            lines.push(*line);
        }
    }
    if let [first, ..] = lines.as_slice() {
        notices.push(hedged(name, *first, &say_lines(&lines, Lang::Fr), &say_lines(&lines, Lang::En)));
    }
    if let [first, ..] = unreadable.as_slice() {
        let (fr, en) = (say_lines(&unreadable, Lang::Fr), say_lines(&unreadable, Lang::En));
        let (kind_fr, kind_en) = if column.is_number() { ("un nombre", "a number") } else { ("une date", "a date") };
        notices.push(Notice::warning(
            "cell.unreadable",
            Place::cell(*first, name),
            format_args!("« {example} » n’est pas {kind_fr} ({fr}) ; la case est laissée vide, jamais à zéro. Corrigez le fichier."),
            format_args!("“{example}” is not {kind_en} ({en}); the cell is left empty, never zero. Correct the file."),
        ));
    }
    column
}

/// What is said of a column whose values say themselves how sure they are: at the first line, with the lines in words.
pub fn hedged(name: &str, first: u64, fr: &str, en: &str) -> Notice {
    Notice::info(
        "cell.hedged",
        Place::cell(first, name),
        format_args!("valeurs avec une mention, gardée ({fr}) ; une borne n’est pas un nombre."),
        format_args!("values with a remark, which is kept ({en}); a bound is no number."),
    )
}

fn say_mark(name: &str, mark: Mark, is_open: bool, cells: &[Written<'_>], notices: &mut Vec<Notice>) {
    if is_open {
        let (fr, en) = match mark {
            Mark::Comma => ("la virgule est lue comme une virgule décimale", "the comma is read as a decimal comma"),
            Mark::Point => ("le point est lu comme un point décimal", "the point is read as a decimal point"),
        };
        notices.push(Notice::warning(
            "number.ambiguous",
            Place::column(name),
            format_args!("rien ne dit si « 1,234 » vaut mille ou un : {fr}. Vérifiez une valeur."),
            format_args!("nothing tells whether “1,234” is a thousand or one: {en}. Check one value."),
        ));
    }
    let mixed: Vec<u64> = cells.iter().filter(|(_, cell)| differs(cell, mark)).map(|(line, _)| *line).collect();
    let own = if mark == Mark::Comma { ',' } else { '.' };
    let is_unsure = |cell: &str| {
        let (one, other) = (read_number(cell, mark), read_number(cell, mark.other()));
        !cell.contains([own]) && one.zip(other).is_some_and(|(one, other)| one.value != other.value)
    };
    let unsure: Vec<u64> = cells.iter().filter(|(_, cell)| is_unsure(cell)).map(|(line, _)| *line).collect();
    if let ([first, ..], false) = (unsure.as_slice(), is_open) {
        let (fr, en) = if mixed.is_empty() { ("des milliers", "thousands") } else { ("une décimale", "a decimal") };
        notices.push(Notice::warning(
            "number.ambiguous",
            Place::cell(*first, name),
            format_args!(
                "le séparateur peut être celui des milliers ou des décimales ({}) ; il est lu comme {fr}. Vérifiez.",
                say_lines(&unsure, Lang::Fr)
            ),
            format_args!(
                "the mark may be of thousands or of decimals ({}); it is read as {en}. Check.",
                say_lines(&unsure, Lang::En)
            ),
        ));
    }
    if let [first, ..] = mixed.as_slice() {
        notices.push(Notice::warning(
            "number.mixed-marks",
            Place::cell(*first, name),
            format_args!(
                "virgules et points décimaux mêlés ({}) ; chaque nombre est lu avec le sien.",
                say_lines(&mixed, Lang::Fr)
            ),
            format_args!(
                "decimal commas and points are mixed ({}); each number is read with its own.",
                say_lines(&mixed, Lang::En)
            ),
        ));
    }
}

/// The unit that the cells carry: the first one met. Others are said, and their values are not read as if they were it.
fn unit_of_cells(name: &str, cells: &[Written<'_>], notices: &mut Vec<Notice>) -> Option<&'static str> {
    let mut units = cells.iter().filter_map(|(line, cell)| unit::split_cell(cell).1.map(|unit| (*line, unit)));
    let (_, first) = units.next()?;
    if let Some((line, unit)) = units.find(|(_, unit)| *unit != first) {
        notices.push(Notice::error(
            "unit.mixed",
            Place::cell(line, name),
            format_args!("la colonne mêle les unités « {first} » et « {unit} » : seules les valeurs en « {first} » sont lues. Mettez tout à la même unité."),
            format_args!("the column mixes the units “{first}” and “{unit}”: only the values in “{first}” are read. Bring all to one unit."),
        ));
    }
    Some(first)
}

/// One notice a column: how many cells hold no value, by reason, with their lines.
fn say_missing(column: &Column, cells: &[Written<'_>], notices: &mut Vec<Notice>) {
    let mut by_why: Vec<(Why, Vec<u64>)> = Vec::new();
    for (value, (line, _)) in column.values().zip(cells) {
        let Value::Missing(why) = value else { continue };
        if why == Why::Unreadable {
            continue;
        }
        match by_why.iter_mut().find(|(other, _)| *other == why) {
            Some((_, lines)) => lines.push(*line),
            None => by_why.push((why, vec![*line])),
        }
    }
    let Some(first) = by_why.first().and_then(|(_, lines)| lines.first()).copied() else { return };
    let n_missing: usize = by_why.iter().map(|(_, lines)| lines.len()).sum();
    let list = |lang: Lang| {
        let colon = lang.pick(" : ", ": ");
        let parts = by_why.iter().map(|(why, lines)| [why.words(lang), colon, &say_lines(lines, lang)].concat());
        parts.collect::<Vec<_>>().join(lang.pick(" ; ", "; "))
    };
    let (plural_fr, plural_en) = if n_missing > 1 { ("s", "s") } else { ("", "") };
    notices.push(Notice::info(
        "cell.missing",
        Place::cell(first, column.name.as_str()),
        format_args!("{n_missing} valeur{plural_fr} manquante{plural_fr} ({}).", list(Lang::Fr)),
        format_args!("{n_missing} missing value{plural_en} ({}).", list(Lang::En)),
    ));
}
