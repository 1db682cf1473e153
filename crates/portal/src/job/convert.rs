//! How is a file of another format read: a workbook, or Parquet, whole or by ranges?
//!
//! The reader is brought by whoever runs the job: a module that a page loads when it meets such a file. It makes a CSV,
//! and the CSV goes the way of all others.

use encart_table::expr::term::Condition;
use encart_table::infer::Known;
use encart_table::read::records::Hint;
use encart_table::sniff::{Format, sniff_format};
use encart_table::verb::Step;
use encart_table::verb::needs::needs;
use encart_table::{Json, Notice};

use super::{Job, Ranges, State};
use crate::request::{Answer, Request};
use crate::source::{File, incomplete};

/// What a reader is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    /// A workbook (`Zip`) or Parquet.
    pub format: Format,
    /// How many bytes the file has.
    pub size: u64,
    /// What of it has come: where each part begins, and its bytes.
    pub parts: Vec<(u64, Vec<u8>)>,
    /// The columns that matter; all when that is not known.
    pub columns: Option<Vec<String>>,
    /// Conditions that rows must fulfil in the end: what cannot hold such rows need not be read.
    pub conditions: Vec<Condition>,
    /// Of a workbook, the sheet that is meant.
    pub sheet: Option<String>,
}

impl Conversion {
    /// The name of the module that reads it.
    pub fn reader(&self) -> &'static str {
        if self.format == Format::Parquet { "parquet" } else { "sheet" }
    }

    /// All but the bytes, as the modules of a page read it.
    pub fn write_order(&self) -> String {
        let number = |number: u64| Json::Number(number as f64);
        let text = |text: &String| Json::Text(text.clone());
        let part = |(start, bytes): &(u64, Vec<u8>)| Json::List(vec![number(*start), number(bytes.len() as u64)]);
        let mut order = encart_table::json::Object::default();
        order.set("size".into(), number(self.size));
        order.set("parts".into(), Json::List(self.parts.iter().map(part).collect()));
        order.set("conditions".into(), Json::List(self.conditions.iter().map(Condition::write).collect()));
        if let Some(columns) = &self.columns {
            order.set("columns".into(), Json::List(columns.iter().map(text).collect()));
        }
        if let Some(sheet) = &self.sheet {
            order.set("sheet".into(), text(sheet));
        }
        Json::Object(order).write()
    }
}

/// What a reader makes of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Converted {
    /// It needs these bytes of the file first, from the first to before the second place; the parts come back.
    Needs(Vec<(u64, u64)>, Vec<(u64, Vec<u8>)>),
    /// The rows, with `;` between cells, the columns that hold words whatever they look like, and what was said.
    Csv(String, Vec<String>, Vec<Notice>),
    /// A file that was in an archive, to be read for what it is, and what was said.
    File(Vec<u8>, Vec<Notice>),
}

impl Job {
    pub(super) fn conversion(&self, format: Format, size: u64, parts: Vec<(u64, Vec<u8>)>, file: &File) -> Conversion {
        let steps = self.asked.steps.get(file.n_taken..).unwrap_or_default();
        let leading = steps.iter().map_while(|step| match step {
            Step::Filter(expr) => Some(expr.terms()),
            _ => None,
        });
        Conversion {
            format,
            size,
            parts,
            columns: needs(steps, self.asked.wanted.as_deref()),
            conditions: leading.flatten().flatten().collect(),
            sheet: file.sheet.clone(),
        }
    }

    /// What a reader that was brought made of the file; or why it could not.
    pub fn converted(&mut self, made: Result<Converted, Notice>) {
        if let State::Joining(_, _, job) = &mut self.state {
            return job.converted(made);
        }
        let State::Converting(conversion, mut file) = std::mem::replace(&mut self.state, State::Done) else { return };
        let is_typed = conversion.format == Format::Parquet;
        match made {
            Ok(Converted::Needs(ranges, _)) if self.report.n_requests + ranges.len() > self.asked.limits.requests => {
                self.fail(incomplete(0, None));
            }
            Ok(Converted::Needs(ranges, parts)) if !ranges.is_empty() => {
                self.state = State::Ranging(Conversion { parts, ..conversion }, file, ranges);
            }
            Ok(Converted::Csv(csv, texts, notices)) => {
                file.is_plain |= is_typed;
                let known = |name| Hint { name, known: Known::Text, unit: None };
                file.hints.extend(texts.into_iter().map(known));
                file.notices.extend(notices);
                let mut stream = self.stream_of(&file, Some(b';'));
                // piece by piece, so that rows which are added up need no room
                csv.as_bytes().chunks(1 << 16).for_each(|piece| stream.push(piece));
                self.read_stream(stream, file);
            }
            Ok(Converted::File(bytes, notices)) if sniff_format(&bytes) != Format::Zip => {
                file.notices.extend(notices);
                self.read(bytes, file);
            }
            // a server that compresses on its way says another size than the file has
            Err(notice) if notice.code == "parquet.damaged" && self.ranges == Ranges::GivenUp => self.whole(file),
            Ok(Converted::Needs(..) | Converted::File(..)) => self.fail(super::say::empty()),
            // a copy of a file in another format cannot be read: the file itself
            Err(_) if file.is_copy => self.tell(&Answer { address: file.address, status: 415, ..Answer::default() }),
            Err(notice) => self.fail(notice),
        }
    }

    /// Asks for the file as a whole.
    fn whole(&mut self, file: File) {
        self.ranges = Ranges::MayNot;
        self.state = State::Reading(Request::get(file.address.clone()), file);
    }

    /// A range has come, or not.
    pub(super) fn ranged(
        &mut self,
        answer: Answer,
        is_whole: bool,
        mut conversion: Conversion,
        file: File,
        mut ranges: Vec<(u64, u64)>,
    ) {
        const PARTIAL: u16 = 206;
        let asked = ranges.first().copied().unwrap_or_default();
        match answer.status {
            PARTIAL if is_whole && answer.body.len() as u64 == asked.1.saturating_sub(asked.0) => {
                conversion.parts.push((asked.0, answer.body));
                ranges.remove(0);
                self.state = match ranges.is_empty() {
                    true => State::Converting(conversion, file),
                    false => State::Ranging(conversion, file, ranges),
                };
            }
            // a server that knows no ranges gives the whole
            200 if is_whole => self.read(answer.body, file),
            _ => self.whole(file),
        }
    }
}
