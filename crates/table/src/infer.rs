//! The type of a column: numbers, periods, or words and codes, decided from all its cells and its name together.

pub mod name;
pub(crate) mod say;

use crate::column::{Cells, Column};
use crate::day::{Grain, Period, Writing, read_period_as, writing_of};
use crate::hedge::{self, Hedge};
use crate::index::Index;
use crate::locale::Lang;
use crate::notice::{Notice, Place, say_lines};
use crate::number::{self, Mark, Reading, read_number, sniff_mark};
use crate::table::is_letter;
use crate::unit::{self, Unit};
use crate::value::{Value, Why};
use crate::zone::Zone;
pub(crate) use name::words_of;
pub use say::hedged;

/// Whether a name speaks of codes or identifiers, whatever its values look like.
pub fn speaks_of_codes(name: &str) -> bool {
    name::code_lengths(name).is_some()
}

/// A cell as written, with its line in the file.
pub type Written<'a> = (u64, &'a str);

/// The column that the cells make, and what had to be decided to make it.
/// A column is of numbers when more of its written values are than are not, of dates when nine of ten are; the others are
/// kept as unreadable, with their text, and listed. A column whose name and values speak of codes stays text.
pub fn infer_column(name: &str, cells: &[Written<'_>]) -> (Column, Vec<Notice>) {
    infer_known_column(name, cells, Known::Nothing, Zone::default())
}

/// What is known of a column before its cells are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Known {
    /// Nothing: a CSV without a schema.
    #[default]
    Nothing,
    /// It holds words or codes: a portal or a schema says so.
    Text,
    /// It holds amounts or counts, whatever its name: `CP` beside `AE` is no postal code.
    Quantity,
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
    Period(Writing),
    /// As numbers.
    Number {
        /// The decimal mark of most.
        mark: Mark,
        /// Whether some are written with the other mark only.
        is_mixed: bool,
        /// The unit that cells carry; a cell with another one is not read as if it were this.
        unit: Option<Unit>,
    },
}

impl Kind {
    /// The value of a cell: missing when the cell gives a reason, or says something of another kind.
    pub fn read(self, cell: &str) -> Value<'_> {
        self.read_hedged(cell).0
    }

    /// The value of a cell, and what the cell says beside it: of a number that cannot be read, its text.
    pub fn read_hedged(self, cell: &str) -> (Value<'_>, Option<Hedge>) {
        let cell = cell.trim();
        if self == Kind::Text {
            return (Why::from_program(cell).map_or(Value::Text(cell), Value::Missing), None);
        }
        if let Some(why) = Why::from_token(cell) {
            return (Value::Missing(why), None);
        }
        let value = match self {
            Kind::Year => match read_year(cell) {
                Some(year) => Some(Value::Period(Period::year(year))),
                None => {
                    let hedged = hedge::split(cell, &|text| read_year(text).is_some());
                    let Some((Some(text), hedge)) = hedged else { return (Value::Missing(Why::Unreadable), None) };
                    return (
                        read_year(text)
                            .map_or(Value::Missing(Why::Unreadable), |year| Value::Period(Period::year(year))),
                        Some(hedge),
                    );
                }
            },
            Kind::Number { mark, is_mixed, unit } => {
                let read = |text: &str| read_unit(text, mark, is_mixed, unit);
                match read(cell) {
                    Some(number) => Some(Value::Number(number)),
                    None => {
                        let Some((text, hedge)) = hedge::split(cell, &|text| read(text).is_some()) else {
                            return (Value::Missing(Why::Unreadable), Some(Hedge::Bound(cell.to_string())));
                        };
                        let number = text.and_then(read).map(Value::Number);
                        return (number.unwrap_or(Value::Missing(Why::Bounded)), Some(hedge));
                    }
                }
            }
            Kind::Period(writing) => read_period_as(cell, writing).map(Value::Period),
            Kind::Text => None,
        };
        (value.unwrap_or(Value::Missing(Why::Unreadable)), None)
    }

    /// A column without rows for such cells.
    pub fn empty(self, name: &str) -> Column {
        match self {
            Kind::Text => Column::new(name, Cells::Text(Vec::new())),
            Kind::Number { unit, .. } => {
                let unit = unit.map(|unit| unit.as_str().to_string()).or_else(|| unit::from_header(name));
                Column::new(name, Cells::Number(Vec::new())).with_unit(unit)
            }
            Kind::Year | Kind::Period(_) => Column::new(name, Cells::Period(Vec::new())),
        }
    }
}

/// A number in the column's unit, or without one.
fn read_unit(cell: &str, mark: Mark, is_mixed: bool, unit: Option<Unit>) -> Option<f64> {
    if let Some(reading) = read_either(cell, mark, is_mixed) {
        let fits = reading.unit.is_none() || unit.is_some_and(|unit| Some(unit.as_str()) == reading.unit);
        return fits.then_some(reading.value);
    }
    let unit = unit?;
    let (number, words) = unit::split_words(cell)?;
    let is_unit = unit::is_same(words, unit.as_str());
    is_unit.then(|| read_either(number, mark, is_mixed)).flatten().map(|reading| reading.value)
}

/// `2018`, and `2018.0` as programs write it.
pub(crate) fn read_year(cell: &str) -> Option<i32> {
    let cell = cell.strip_suffix(".0").or(cell.strip_suffix(",0")).unwrap_or(cell);
    number::whole(cell).filter(|_| cell.len() == 4).map(|year| year as i32)
}

/// The same for a column of which something is known; instants with an offset are brought to a zone.
pub fn infer_known_column(name: &str, cells: &[Written<'_>], known: Known, zone: Zone) -> (Column, Vec<Notice>) {
    let mut notices = Vec::new();
    let kind = infer_kind(name, cells, known, zone, &mut notices);
    let column = read_column(name, cells, kind, &mut notices);
    say::say_missing(&column, cells, &mut notices);
    (column, notices)
}

/// How the cells of a column are to be read, and what had to be decided.
pub fn infer_kind(name: &str, cells: &[Written<'_>], known: Known, zone: Zone, notices: &mut Vec<Notice>) -> Kind {
    let written: Vec<&str> =
        cells.iter().map(|(_, cell)| cell.trim()).filter(|cell| Why::from_token(cell).is_none()).collect();
    let n_written = written.len();
    let (least, of) = if known == Known::Exact { (1, 1) } else { (9, 10) };
    let enough = |n_read: usize| n_read > 0 && n_read * of >= n_written * least;
    let number = Kind::Number { mark: Mark::Comma, is_mixed: false, unit: None };
    match known {
        Known::Plain if n_written == 0 => return number,
        Known::Date if n_written == 0 => return Kind::Period(Writing { zone, ..Writing::default() }),
        Known::Text => {
            if name::code_lengths(name).is_some() {
                say::say_lost_digits(name, cells, notices);
            }
            if are_mostly_numerals(&written) {
                say::say_source(name, notices);
            }
            return Kind::Text;
        }
        _ => {}
    }
    if let Some(why) = code(name, &written, known) {
        say::say_lost_digits(name, cells, notices);
        // what has a letter is seen to be no number
        if are_mostly_numerals(&written) {
            match why {
                AsText::Code => say::say_code(name, notices),
                AsText::Zero(cell) => say::say_zero(name, cell, notices),
                AsText::Same(one, other) => say::say_same(name, (one, other), notices),
            }
        }
        return Kind::Text;
    }
    if n_written == 0 {
        // nothing but reasons (`n.d.`, `NC`): numbers that nobody has. Single letters may be classes
        let is_word = cells.iter().any(|(_, cell)| cell.trim().len() > 1);
        return if is_word { number } else { Kind::Text };
    }
    if known != Known::Quantity && are_years(name, &written) {
        return Kind::Year;
    }
    let (mark, is_open) = match known {
        Known::Plain => (Mark::Point, false),
        _ => sniff_mark(&mut written.iter().copied()),
    };
    let is_mixed = written.iter().any(|cell| differs(cell, mark));
    // most words have no figure and no dash: `- €` is a zero
    let may_be_number = |cell: &str| cell.bytes().any(|byte| byte.is_ascii_digit() || byte == b'-' || byte == 0xe2);
    let is_number = |cell: &str| may_be_number(cell) && read_either(cell, mark, is_mixed).is_some();
    let n_numerals = written.iter().filter(|cell| is_number(cell)).count();
    let mut n_numbers = n_numerals;
    // an estimate, `≈ 20`, is no name of a class, nor are flags behind decimals: `11.9 p`
    let is_estimate = |cell: &&str| cell.starts_with('≈');
    let is_flagged = |cell: &&str| {
        let hedged = hedge::split(cell, &is_number);
        cell.contains(['.', ',']) && matches!(hedged, Some((Some(_), hedge)) if !matches!(hedge, Hedge::Note(_)))
    };
    let are_many = n_numerals * 3 >= n_written || written.iter().any(is_estimate) || written.iter().all(is_flagged);
    let are_classes = || n_numerals < n_written && are_classes(&written);
    if known != Known::Plain && n_numerals < n_written && are_many && !are_classes() {
        // among numbers, what is nearly one says how sure it is
        n_numbers += written.iter().filter(|cell| !is_number(cell) && hedge::split(cell, &is_number).is_some()).count();
    }
    let speaks_of_time = known == Known::Date || known != Known::Quantity && name::speaks_of_time(name);
    let as_periods = |notices: &mut Vec<Notice>| {
        let (writing, decided) = writing_of(&written, speaks_of_time, name::speaks_of_weeks(name), zone)?;
        say::say_decided(name, decided, notices);
        let grain = |cell: &&str| read_period_as(cell, writing).map(|period| period.grain.max(Grain::Day));
        let mut dated = written.iter().filter_map(|cell| Some((*cell, grain(cell)?)));
        let first = dated.next();
        if let (Some(first), Some(other)) =
            (first, dated.find(|(_, grain)| Some(*grain) != first.map(|(_, first)| first)))
        {
            say::say_mixed(name, first.0, other.0, notices);
        }
        Some(Kind::Period(writing))
    };
    if enough(n_numbers) {
        if speaks_of_time && let Some(kind) = as_periods(notices) {
            return kind;
        }
        if known != Known::Plain {
            say::say_mark(name, mark, is_open, cells, notices);
        }
        return Kind::Number { mark, is_mixed, unit: say::unit_of_cells(name, cells, notices) };
    }
    if let Some(unit) =
        unit::shared_unit(&written, &is_number).filter(|_| known != Known::Exact && !are_numbered(&written))
    {
        say::say_mark(name, mark, is_open, cells, notices);
        return Kind::Number { mark, is_mixed, unit: Some(unit) };
    }
    if let Some(kind) = as_periods(notices) {
        return kind;
    }
    // more numbers than words: the words are what could not be given
    let is_word = |cell: &&str| !is_number(cell) && hedge::split(cell, &is_number).is_none();
    let are_words = || written.iter().copied().filter(is_word).all(is_plain_word);
    // `référence`, `2030`, `2050`: years among words are names too
    let is_year = |cell: &&&str| read_year(cell).is_some_and(|year| (1900..2100).contains(&year));
    let are_names = !name::is_measure(name) && written.iter().filter(is_year).count() == n_numbers;
    if known == Known::Nothing && n_numbers * 2 > n_written && !are_names && !are_classes() && are_words() {
        say::say_mark(name, mark, is_open, cells, notices);
        return Kind::Number { mark, is_mixed, unit: say::unit_of_cells(name, cells, notices) };
    }
    if n_numerals * 2 >= n_written && n_numerals > 0 {
        let word = written.iter().find(|cell| !is_number(cell)).copied().unwrap_or_default();
        let say = if are_classes() { say::say_classes } else { say::say_words };
        say(name, word, notices);
    }
    Kind::Text
}

/// Words in the place of a number: not a label that begins with one (`2 bis`), nor the letter of a bus line.
fn is_plain_word(cell: &str) -> bool {
    !cell.starts_with(|letter: char| letter.is_ascii_digit())
        && cell.chars().filter(|letter| is_letter(*letter)).count() > 2
}

/// Whether at least half are whole numbers or decimals, as a person sees them.
fn are_mostly_numerals(written: &[&str]) -> bool {
    let is_numeral = |cell: &&&str| {
        cell.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '−'))
            && cell.bytes().skip(1).all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b' '))
    };
    !written.is_empty() && written.iter().filter(is_numeral).count() * 2 >= written.len()
}

/// Why numerals are codes.
enum AsText<'a> {
    /// Their column's name speaks of codes, and they look like them.
    Code,
    /// One begins with a zero, or has a letter of Corsica.
    Zero(&'a str),
    /// Two writings would become one number.
    Same(&'a str, &'a str),
}

/// Why the cells are codes, if they are: by their name and their look together, or by their look alone.
fn code<'a>(name: &str, written: &[&'a str], known: Known) -> Option<AsText<'a>> {
    if let Some(cell) = written.iter().find(|cell| leads_with_zero(cell) || is_corsican(cell, written)) {
        return Some(AsText::Zero(cell));
    }
    if known == Known::Quantity {
        return None;
    }
    if let Some((least, most)) = name::code_lengths(name) {
        let is_code = |cell: &&str| {
            let n_digits = cell.bytes().filter(u8::is_ascii_digit).count();
            let are_digits = n_digits == cell.len() || name::is_reference(name) && is_dotted(cell);
            are_digits && (least..=most).contains(&n_digits) || has_exponent(cell)
        };
        let mut numerals = written.iter().filter(|cell| number::is_number(cell)).peekable();
        if numerals.peek().is_some() && numerals.all(is_code) {
            return Some(AsText::Code);
        }
    }
    // `2.1` and `2.10`
    if written.iter().all(|cell| is_dotted(cell))
        && written.iter().any(|cell| cell.ends_with('0'))
        && !name::is_measure(name)
    {
        let (mut values, mut firsts) = (Index::default(), Vec::new());
        for cell in written {
            let short = cell.trim_end_matches('0');
            // `2.` and `2.0` are one number in two precisions
            if short.ends_with('.') {
                continue;
            }
            match firsts.get(values.number(short)) {
                None => firsts.push(*cell),
                Some(first) if first != cell => return Some(AsText::Same(first, cell)),
                Some(_) => {}
            }
        }
    }
    None
}

/// `01053`: digits whose first is a zero.
pub(crate) fn leads_with_zero(cell: &str) -> bool {
    cell.len() > 1 && cell.starts_with('0') && cell.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2.10`: two whole numbers of at most three digits and a point.
fn is_dotted(cell: &str) -> bool {
    let is_part = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    cell.split_once('.').is_some_and(|(whole, rest)| is_part(whole) && is_part(rest))
}

/// `8,03E+13`: what a spreadsheet leaves of a long identifier.
fn has_exponent(cell: &str) -> bool {
    let parts =
        cell.trim().split_once(['E', 'e']).and_then(|(mantissa, rest)| Some((mantissa, rest.strip_prefix('+')?)));
    parts.is_some_and(|(mantissa, exponent)| {
        mantissa.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
            && exponent.parse::<u8>().is_ok_and(|exponent| exponent >= 5)
    })
}

/// `2A004` among codes of its length: the one cell that tells codes of communes or départements from numbers.
fn is_corsican(cell: &str, written: &[&str]) -> bool {
    let rest = cell.strip_prefix("2A").or(cell.strip_prefix("2B"));
    rest.is_some_and(|rest| [0, 3].contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit()))
        && written.iter().all(|other| other.len() == cell.len())
}

/// Four digits between 1800 and 2199 in every cell, perhaps with a mention (`2023 (p)`), under a name that speaks of
/// years; or years that follow each other at one step, under a name that speaks of no measure: a population of 1975 is none.
fn are_years(name: &str, written: &[&str]) -> bool {
    let read = |cell: &&str| {
        read_year(cell).or_else(|| {
            let (text, _) = hedge::split(cell, &|text| read_year(text).is_some())?;
            read_year(text?)
        })
    };
    let Some(mut years) = written.iter().map(read).collect::<Option<Vec<i32>>>() else { return false };
    if !years.iter().all(|year| (1800..2200).contains(year)) {
        return false;
    }
    if name::speaks_of_years(name) {
        return true;
    }
    if name::is_measure(name) {
        return false;
    }
    years.sort_unstable();
    years.dedup();
    let steps: Vec<i32> = years.windows(2).filter_map(|pair| Some(pair.get(1)? - pair.first()?)).collect();
    let is_regular = steps.iter().all(|step| Some(step) == steps.first() && *step <= 10);
    (!steps.is_empty() && is_regular) && years.iter().all(|year| (1900..2100).contains(year))
}

/// `1`, `2`, `3`, `4 et plus`, `5-6`: whole numbers one after the other, which what stands beside them carries on, are
/// names of classes; `3`, `4`, `7 (p)` are numbers.
fn are_classes(written: &[&str]) -> bool {
    let mut last: Option<i64> = None;
    let mut n_numbers = 0;
    for cell in written {
        let numbers = whole_numbers(cell);
        let is_number = cell.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number && matches!(hedge::split(cell, &|text| text.parse::<i64>().is_ok()), Some((Some(_), _))) {
            return false;
        }
        let (Some(first), Some(most)) = (numbers.first(), numbers.iter().max()) else { continue };
        let follows = last.is_none_or(|last| *first == last + 1 || *first == last && (!is_number || n_numbers == 0));
        if !follows {
            return false;
        }
        n_numbers += usize::from(is_number);
        last = Some(*most);
    }
    n_numbers > 1
}

/// The whole numbers in a text.
fn whole_numbers(text: &str) -> Vec<i64> {
    text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

/// `3 ans`, `4 ans`, `5 ans`: one after the other, with words, they are names of classes.
fn are_numbered(written: &[&str]) -> bool {
    let number = |cell: &&str| unit::split_words(cell).and_then(|(number, _)| number.parse::<i64>().ok());
    let Some(numbers) = written.iter().map(number).collect::<Option<Vec<i64>>>() else { return false };
    numbers.len() > 2 && numbers.windows(2).all(|pair| matches!(pair, [one, next] if *next == one + 1))
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
        let is_unreadable = value == Value::Missing(Why::Unreadable);
        if is_unreadable {
            unreadable.push(*line);
            example = if example.is_empty() { cell.trim() } else { example };
        }
        column.push(value);
        if let Some(hedge) = hedge {
            column.set_hedge(hedge);
            lines.extend((!is_unreadable).then_some(*line));
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
