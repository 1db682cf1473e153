//! How does a table cross from the worker that made it to the page that draws it? As bytes, never as shared types.
//!
//! Little-endian; a text is its length and its UTF-8; a list is its length and its items. Both sides are of one build:
//! there is no version, and bytes that do not read give nothing.

use crate::column::{Cells, Column};
use crate::day::{Grain, Period};
use crate::hedge::Hedge;
use crate::notice::{Level, Notice, Place, Words};
use crate::table::{Aside, SetAside, Table};
use crate::value::{Value, Why};
use crate::verb::prepare::{Done, Prepared};

/// What crosses: a table after its steps, what was said, and facts under their names (`producer`, `n_bytes` …).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parcel {
    /// The table after its steps.
    pub prepared: Prepared,
    /// What was said while the data were asked for and read.
    pub notices: Vec<Notice>,
    /// Facts of the source and of the load, by name.
    pub facts: Vec<(String, String)>,
    /// Why there is no table.
    pub failure: Option<Notice>,
}

const GRAINS: [Grain; 11] = [
    Grain::Minute,
    Grain::QuarterHour,
    Grain::HalfHour,
    Grain::Hour,
    Grain::Day,
    Grain::Week,
    Grain::Month,
    Grain::Quarter,
    Grain::Semester,
    Grain::Year,
    Grain::SchoolYear,
];

const WHYS: [Why; 11] = [
    Why::Empty,
    Why::NotAvailable,
    Why::NotCommunicated,
    Why::Secret,
    Why::NotApplicable,
    Why::NotSignificant,
    Why::Bounded,
    Why::SpreadsheetError,
    Why::Unreadable,
    Why::Absent,
    Why::Undefined,
];

const ASIDES: [Aside; 6] =
    [Aside::Title, Aside::Footnote, Aside::Total, Aside::RepeatedHeader, Aside::Metadata, Aside::Computed];

const LEVELS: [Level; 3] = [Level::Info, Level::Warning, Level::Error];

fn place_in<T: PartialEq>(list: &[T], item: &T) -> u8 {
    list.iter().position(|other| other == item).unwrap_or(0) as u8
}

/// Writes a parcel.
///
/// ```
/// use encart_table::wire::{Parcel, read_parcel, write_parcel};
/// let (table, notices) = encart_table::read_csv("a;b\nx;1,5\ny;s\n".as_bytes(), &Default::default());
/// let parcel = Parcel { prepared: table.into(), notices, ..Parcel::default() };
/// assert_eq!(read_parcel(&write_parcel(&parcel)), Some(parcel));
/// ```
pub fn write_parcel(parcel: &Parcel) -> Vec<u8> {
    let mut out = Writer(Vec::new());
    let prepared = &parcel.prepared;
    out.count(prepared.table.columns.len());
    prepared.table.columns.iter().for_each(|column| out.column(column));
    out.count(prepared.table.set_aside.len());
    for aside in &prepared.table.set_aside {
        out.byte(place_in(&ASIDES, &aside.aside));
        out.count(aside.line as usize);
        out.count(aside.cells.len());
        aside.cells.iter().for_each(|cell| out.text(cell));
    }
    out.count(prepared.done.words.len());
    prepared.done.words.iter().for_each(|words| out.words(words));
    out.notices(&prepared.notices);
    out.byte(u8::from(prepared.is_misled));
    out.byte(u8::from(prepared.is_sorted));
    out.notices(&parcel.notices);
    out.count(parcel.facts.len());
    for (name, fact) in &parcel.facts {
        out.text(name);
        out.text(fact);
    }
    out.notices(parcel.failure.as_slice());
    out.0
}

struct Writer(Vec<u8>);

impl Writer {
    fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    fn count(&mut self, count: usize) {
        self.0.extend_from_slice(&(count as u32).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn words(&mut self, words: &Words) {
        self.text(&words.fr);
        self.text(&words.en);
    }

    fn notices(&mut self, notices: &[Notice]) {
        self.count(notices.len());
        for notice in notices {
            self.byte(place_in(&LEVELS, &notice.level));
            self.text(notice.code);
            self.count(notice.place.line.unwrap_or(0) as usize);
            self.text(notice.place.column.as_deref().unwrap_or(""));
            self.words(&notice.words);
        }
    }

    fn column(&mut self, column: &Column) {
        self.text(&column.name);
        self.text(column.unit.as_deref().unwrap_or(""));
        self.byte(if column.is_number() { 0 } else { u8::from(!column.is_period()) + 1 });
        self.count(column.n_rows());
        for value in column.values() {
            match value {
                Value::Missing(why) => self.byte(place_in(&WHYS, &why) + 1),
                _ => self.byte(0),
            }
            match value {
                Value::Number(number) => self.0.extend_from_slice(&number.to_le_bytes()),
                Value::Period(period) => {
                    self.count(period.start as usize);
                    self.count(usize::from(period.minute));
                    self.byte(place_in(&GRAINS, &period.grain));
                }
                Value::Text(text) => self.text(text),
                Value::Missing(_) => {}
            }
        }
        self.count(column.hedges().len());
        for (row_idx, hedge) in column.hedges() {
            self.count(*row_idx);
            let (kind, text) = hedge.parts();
            self.byte(kind);
            self.text(text);
        }
    }
}

/// Reads a parcel; none when the bytes are not one.
pub fn read_parcel(bytes: &[u8]) -> Option<Parcel> {
    let mut reader = Reader(bytes);
    let n_columns = reader.count()?;
    let mut table = Table::default();
    for _ in 0..n_columns {
        table.columns.push(reader.column()?);
    }
    for _ in 0..reader.count()? {
        let (aside, line) = (*ASIDES.get(reader.byte()? as usize)?, reader.count()? as u64);
        let mut cells = Vec::new();
        for _ in 0..reader.count()? {
            cells.push(reader.text()?.to_string());
        }
        table.set_aside.push(SetAside { aside, line, cells });
    }
    let mut words = Vec::new();
    for _ in 0..reader.count()? {
        words.push(reader.words()?);
    }
    let notices = reader.notices()?;
    let (is_misled, is_sorted) = (reader.byte()? == 1, reader.byte()? == 1);
    let prepared =
        Prepared { table: table.into(), done: Done { words, ..Done::default() }, notices, is_misled, is_sorted };
    let notices = reader.notices()?;
    let mut facts = Vec::new();
    for _ in 0..reader.count()? {
        facts.push((reader.text()?.to_string(), reader.text()?.to_string()));
    }
    let failure = reader.notices()?.pop();
    Some(Parcel { prepared, notices, facts, failure })
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n_bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n_bytes)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn count(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?) as usize)
    }

    fn text(&mut self) -> Option<&'a str> {
        let n_bytes = self.count()?;
        std::str::from_utf8(self.take(n_bytes)?).ok()
    }

    fn words(&mut self) -> Option<Words> {
        Some(Words { fr: self.text()?.to_string(), en: self.text()?.to_string() })
    }

    fn notices(&mut self) -> Option<Vec<Notice>> {
        let mut notices = Vec::new();
        for _ in 0..self.count()? {
            let level = *LEVELS.get(self.byte()? as usize)?;
            let code = known_code(self.text()?);
            let line = Some(self.count()? as u64).filter(|line| *line > 0);
            let column = Some(self.text()?.to_string()).filter(|column| !column.is_empty());
            notices.push(Notice { level, code, place: Place { line, column }, words: self.words()? });
        }
        Some(notices)
    }

    fn column(&mut self) -> Option<Column> {
        let name = self.text()?;
        let unit = Some(self.text()?.to_string()).filter(|unit| !unit.is_empty());
        let cells = match self.byte()? {
            0 => Cells::Number(Vec::new()),
            1 => Cells::Period(Vec::new()),
            _ => Cells::Text(Vec::new()),
        };
        let mut column = Column::new(name, cells).with_unit(unit);
        for _ in 0..self.count()? {
            let why = self.byte()?;
            let value = if why > 0 {
                Value::Missing(*WHYS.get(why as usize - 1)?)
            } else if column.is_number() {
                Value::Number(f64::from_le_bytes(self.take(8)?.try_into().ok()?))
            } else if column.is_period() {
                let (start, minute) = (self.count()? as u32 as i32, self.count()? as u16);
                Value::Period(Period { start, minute, grain: *GRAINS.get(self.byte()? as usize)? })
            } else {
                Value::Text(self.text()?)
            };
            column.push(value);
        }
        let mut hedges = Vec::new();
        for _ in 0..self.count()? {
            hedges.push((self.count()?, Hedge::from_parts(self.byte()?, self.text()?)?));
        }
        column.set_hedges(hedges);
        Some(column)
    }
}

/// The code of a notice for ever: there are a hundred of them, each is kept once.
fn known_code(code: &str) -> &'static str {
    use std::cell::RefCell;
    thread_local! {
        static KNOWN: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        known.iter().find(|other| **other == code).copied().unwrap_or_else(|| {
            let kept: &'static str = Box::leak(code.to_string().into_boxed_str());
            known.push(kept);
            kept
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parcel_arrives_as_it_left() {
        let mut days = Column::new("jour", Cells::Period(Vec::new()));
        days.push(Value::Period(Period::school_year(1969)));
        days.push(Value::Missing(Why::Undefined));
        let mut few = Column::numbers("n", [Ok(-1.5), Err(Why::Bounded)]).with_unit(Some("k€".into()));
        few.set_hedges(vec![(0, Hedge::About), (1, Hedge::Bound("< 11".into()))]);
        let columns = vec![days, few, Column::texts("t", ["", "é"])];
        let total = SetAside { aside: Aside::Total, line: 9, cells: vec!["Total".into(), "12 000".into()] };
        let notice = Notice::error("a.b", Place::cell(12, "n"), format_args!("été"), format_args!("summer"));
        let parcel = Parcel {
            prepared: Prepared {
                done: Done { words: vec![Words { fr: "gardé".into(), en: "kept".into() }], ..Done::default() },
                notices: vec![notice.clone()],
                is_misled: true,
                ..Table { columns, set_aside: vec![total] }.into()
            },
            notices: vec![notice.clone(), Notice::info("c", Place::whole(), format_args!("x"), format_args!("y"))],
            facts: vec![("producer".into(), "INSEE".into())],
            failure: Some(notice),
        };
        let bytes = write_parcel(&parcel);
        assert_eq!(read_parcel(&bytes), Some(parcel));
        // cut anywhere, it gives nothing rather than something else
        for n_bytes in 0..bytes.len() {
            assert_eq!(read_parcel(&bytes[..n_bytes]), None, "{n_bytes}");
        }
    }
}
