//! How do the bytes of a file become rows: as they come, as a whole, or inflated first?

use encart_stream::{Stream, Streamed};
use encart_table::read::csv::ReadOptions;
use encart_table::sniff::{Format, sniff_format};
use encart_table::{Notice, Place, Table};

use super::say::too_large_whole;
use super::{Job, State};
use crate::request::Answer;
use crate::source::page::may_promise;
use crate::source::{File, Got, incomplete, paged};

impl Job {
    /// A text that is no JSON is read as it comes, once enough of it has come to tell.
    pub(super) fn begin_stream(&mut self) {
        const ENOUGH: usize = 1024;
        let State::Reading(_, file) = &self.state else { return };
        let is_ok = self.answer.is_ok();
        let may_begin = self.stream.is_none() && is_ok && self.answer.body.len() >= ENOUGH;
        if !may_begin || sniff_format(&self.answer.body) != Format::Text {
            return;
        }
        let mut stream = self.stream_of(file, None);
        let begun = std::mem::take(&mut self.answer.body);
        stream.push(&begun);
        self.stream = Some(stream);
    }

    pub(super) fn stream_of(&self, file: &File, delimiter: Option<u8>) -> Stream {
        let (wanted, reading) = (self.asked.wanted.as_deref(), self.order.reading.clone());
        let reading = ReadOptions { is_plain: file.is_plain, delimiter, hints: file.hints.clone(), ..reading };
        Stream::new(reading, &self.asked.steps, file.n_taken, wanted, self.asked.limits.rows)
    }

    /// The bytes of a file, whatever it is.
    pub(super) fn read(&mut self, bytes: Vec<u8>, file: File) {
        match sniff_format(&bytes) {
            format @ (Format::Zip | Format::Parquet) => {
                let conversion = self.conversion(format, bytes.len() as u64, vec![(0, bytes)], &file);
                self.state = State::Converting(conversion, file);
            }
            Format::Gzip => self.state = State::Inflating(bytes, file),
            Format::Json if self.is_page(&bytes, &file) => {
                self.source = Some(paged(file.address.clone()));
                self.notices.extend(file.notices);
                self.tell(&Answer {
                    address: file.address,
                    status: 200,
                    next: file.next,
                    body: bytes,
                    ..Answer::default()
                });
            }
            _ => {
                let options =
                    ReadOptions { is_plain: file.is_plain, hints: file.hints.clone(), ..self.order.reading.clone() };
                let (table, said) = encart_table::read::read(&bytes, &options);
                self.read_file(whole(table, said, file.n_taken), file);
            }
        }
    }

    /// Whether a JSON file is a page of something, which goes on, or of which more is said to be than it holds.
    fn is_page(&self, bytes: &[u8], file: &File) -> bool {
        let is_file = self.source.as_ref().is_some_and(|source| source.is_file());
        is_file && (file.next.is_some() || may_promise(bytes))
    }

    pub(super) fn read_stream(&mut self, stream: Stream, file: File) {
        self.read_file(stream.finish(), file);
    }

    pub(super) fn read_file(&mut self, read: Streamed, file: File) {
        let Streamed { table, notices, n_taken, n_rows, missing } = read;
        self.notices.extend(file.notices);
        self.notices.extend(notices);
        if let Some(expected) = file.expected.filter(|expected| *expected > n_rows as u64) {
            self.notices.push(incomplete(n_rows as u64, Some(expected)));
        }
        if file.next.is_some() {
            self.notices.push(incomplete(n_rows as u64, None));
        }
        self.report.n_rows_read += n_rows;
        self.report.missing = missing;
        self.go_on(Got { table, notices: Vec::new(), n_taken });
    }

    /// The bytes that were in the compressed ones; none when they could not be inflated.
    pub fn inflated(&mut self, bytes: Option<Vec<u8>>) {
        if let State::Joining(_, _, job) = &mut self.state {
            return job.inflated(bytes);
        }
        let State::Inflating(_, file) = std::mem::replace(&mut self.state, State::Done) else { return };
        match bytes {
            Some(bytes) if bytes.len() as u64 > self.asked.limits.bytes => {
                self.fail(too_large_whole(self.asked.limits.bytes));
            }
            Some(bytes) if sniff_format(&bytes) != Format::Gzip => self.read(bytes, file),
            _ => self.fail(Notice::error(
                "file.gzip",
                Place::whole(),
                format_args!("le fichier compressé (gzip) est abîmé. Prévenez le producteur."),
                format_args!("the compressed file (gzip) is damaged. Tell the producer."),
            )),
        }
    }
}

/// A table that was read as a whole.
fn whole(table: Table, notices: Vec<Notice>, n_taken: usize) -> Streamed {
    let (n_rows, mut missing) = (table.n_rows(), Vec::new());
    table.columns.iter().for_each(|column| column.count_missing(&mut missing));
    Streamed { table, notices, n_taken, n_rows, missing }
}

/// Of a part that was chosen, the last line may be cut.
pub(super) fn drop_last_line(body: &mut Vec<u8>) {
    let end = body.iter().rposition(|byte| *byte == b'\n');
    body.truncate(end.map_or(body.len(), |end| end + 1));
}
