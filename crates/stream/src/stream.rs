//! Which part of the file is the head, which the body, which the tail, and what becomes of each?

use encart_table::expr::term::Condition;
use encart_table::infer::Kind;
use encart_table::notice::{Notice, Place};
use encart_table::read::csv::{Head, ReadOptions, is_aside, is_note, read_csv, read_head};
use encart_table::verb::Step;
use encart_table::verb::needs::needs;
use encart_table::{Table, Why};

use crate::accumulate::Lines;
use crate::condition::Asked;
use crate::fold::{Fold, Source, find};
use crate::record::{Record, Records};
use crate::rows::Rows;

/// A file that ends within this many bytes is read as a whole.
const WHOLE: usize = 1 << 20;
/// Of a longer one, this many tell how the rest is read.
const HEAD: usize = 1 << 16;
/// The last bytes wait for the end of the file: notes stand there.
const TAIL: usize = 1 << 14;

/// Of a file whose every column must be kept, because one that is asked is not there, this many rows are.
const MOST_UNKNOWN: usize = 100_000;

/// A CSV that comes in pieces.
#[derive(Debug)]
pub struct Stream {
    reading: ReadOptions,
    steps: Vec<Step>,
    /// How many of the steps are done already.
    first: usize,
    wanted: Option<Vec<String>>,
    most_rows: usize,
    /// How many bytes are a whole file, the head, and the tail.
    sizes: (usize, usize, usize),
    /// What has come and was not read yet.
    waiting: Vec<u8>,
    body: Option<Body>,
}

/// What a file became.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Streamed {
    /// The table after the steps that were taken.
    pub table: Table,
    /// What was said.
    pub notices: Vec<Notice>,
    /// How many leading steps were run.
    pub n_taken: usize,
    /// How many rows the file has.
    pub n_rows: usize,
    /// How many cells of the columns that were looked at lack a value, by reason.
    pub missing: Vec<(Why, usize)>,
}

impl Stream {
    /// A file that has not begun to come. The `first` steps are done; `wanted` are the columns that are looked at after
    /// the others. Of rows that nothing adds up, `most_rows` are kept.
    pub fn new(
        reading: ReadOptions,
        steps: &[Step],
        first: usize,
        wanted: Option<&[String]>,
        most_rows: usize,
    ) -> Stream {
        let wanted = wanted.map(<[String]>::to_vec);
        Stream {
            reading,
            steps: steps.to_vec(),
            first,
            wanted,
            most_rows,
            sizes: (WHOLE, HEAD, TAIL),
            waiting: Vec::new(),
            body: None,
        }
    }

    /// Takes a piece of the file.
    pub fn push(&mut self, piece: &[u8]) {
        self.waiting.extend_from_slice(piece);
        let (whole, head, tail) = self.sizes;
        if self.body.is_none() && self.waiting.len() > whole + tail {
            self.body = self.begin(head);
        }
        if let Some(body) = &mut self.body
            && self.waiting.len() > 2 * tail
        {
            // whole lines; a line longer than what has come waits for its end
            let ready = self.waiting.get(..self.waiting.len() - tail).unwrap_or_default();
            if let Some(end) = ready.iter().rposition(|byte| *byte == b'\n') {
                body.read(ready.get(..=end).unwrap_or_default());
                self.waiting.drain(..=end);
            }
        }
    }

    /// Reads the head, and puts it back as rows; none when the file cannot be read in pieces.
    fn begin(&mut self, head: usize) -> Option<Body> {
        let end = self.waiting.get(..head)?.iter().rposition(|byte| *byte == b'\n')? + 1;
        let head = read_head(self.waiting.get(..end)?, &self.reading)?;
        let Head { delimiter, rows_start, rows_line, columns, header, n_columns, keeps_totals, notices } = head;
        let columns: Vec<Source> = columns.into_iter().map(|(idx, name, kind)| Source { idx, name, kind }).collect();
        let mut inner = Inner::new(&self.reading, header, n_columns, notices);
        inner.reading.keep_totals |= keeps_totals;
        inner.n_taken = self.first;
        inner.share_out(&self.steps, self.wanted.as_deref(), columns, self.most_rows);
        self.waiting.drain(..rows_start);
        Some(Body { records: Records::new(delimiter, rows_line), body: inner })
    }

    /// Whether these words stand in the last lines that came.
    pub fn ends_with(&self, words: &[u8]) -> bool {
        self.waiting.windows(words.len()).any(|window| window == words)
    }

    /// The file goes on, but no more of it is wanted: the line that is cut is left out.
    pub fn cut(&mut self) {
        let end = self.waiting.iter().rposition(|byte| *byte == b'\n');
        self.waiting.truncate(end.map_or(0, |end| end + 1));
    }

    /// The end of the file.
    pub fn finish(self) -> Streamed {
        match self.body {
            Some(body) => body.finish(&self.waiting),
            None => {
                let (table, notices) = read_csv(&self.waiting, &self.reading);
                let n_rows = table.n_rows();
                let mut missing = Vec::new();
                table.columns.iter().for_each(|column| column.count_missing(&mut missing));
                Streamed { table, notices, n_rows, n_taken: self.first, missing }
            }
        }
    }
}

#[derive(Debug)]
enum Sink {
    Fold(Box<Fold>),
    Rows(Rows),
}

#[derive(Debug)]
struct Body {
    records: Records,
    body: Inner,
}

/// What happens to a row; apart from the reader, which lends it.
#[derive(Debug)]
struct Inner {
    reading: ReadOptions,
    header: Vec<Vec<u8>>,
    /// Conditions by step.
    asked: Vec<(usize, String, Vec<Asked>, usize)>,
    sink: Sink,
    n_taken: usize,
    n_rows: usize,
    n_columns: usize,
    notices: Vec<Notice>,
    short: Lines,
    long: Lines,
    empty: Lines,
    totals: Lines,
    /// Rows of the tail, kept until it is known which of them are notes.
    tail: Option<Vec<Kept>>,
}

#[derive(Debug)]
struct Kept {
    line: u64,
    cells: Vec<String>,
}

impl Body {
    fn read(&mut self, piece: &[u8]) {
        let Body { records, body } = self;
        records.read(piece, &mut |record| body.row(record));
    }

    fn finish(mut self, tail: &[u8]) -> Streamed {
        self.body.tail = Some(Vec::new());
        let Body { mut records, mut body } = self;
        records.finish(tail, &mut |record| body.row(record));
        body.finish()
    }
}

impl Inner {
    fn new(reading: &ReadOptions, header: Vec<Vec<u8>>, n_columns: usize, notices: Vec<Notice>) -> Inner {
        Inner {
            reading: reading.clone(),
            header,
            asked: Vec::new(),
            sink: Sink::Rows(Rows::new(Vec::new(), 0)),
            n_taken: 0,
            n_rows: 0,
            n_columns,
            notices,
            short: Lines::default(),
            long: Lines::default(),
            empty: Lines::default(),
            totals: Lines::default(),
            tail: None,
        }
    }

    /// Which leading steps are run here: conditions that can be asked cell by cell, then a grouping that can be added up.
    fn share_out(&mut self, steps: &[Step], wanted: Option<&[String]>, columns: Vec<Source>, most_rows: usize) {
        for (idx, step) in steps.iter().enumerate().skip(self.n_taken) {
            match step {
                Step::Filter(expr) => {
                    let asked: Option<Vec<Asked>> = expr.terms().into_iter().map(|term| ask(term?, &columns)).collect();
                    let Some(asked) = asked else { break };
                    self.asked.push((idx, expr.source.clone(), asked, 0));
                    self.n_taken = idx + 1;
                }
                Step::Group { by, measures } => {
                    let by: Option<Vec<Source>> = by.iter().map(|name| find(&columns, name).cloned()).collect();
                    let fold = by.and_then(|by| Fold::new(by, measures, &columns, format!("steps[{idx}]")));
                    if let Some(fold) = fold {
                        self.sink = Sink::Fold(Box::new(fold));
                        self.n_taken = idx + 1;
                        return;
                    }
                    break;
                }
                _ => break,
            }
        }
        let rest = steps.get(self.n_taken..).unwrap_or_default();
        let needed = needs(rest, wanted);
        let found: Option<Vec<Source>> = needed.iter().flatten().map(|name| find(&columns, name).cloned()).collect();
        self.sink = Sink::Rows(match (needed, found) {
            (Some(_), Some(mut found)) => {
                found.sort_by_key(|source| source.idx);
                Rows::new(found, most_rows)
            }
            // a column that is not there: whoever asks for it says so, and which there are
            (Some(_), None) => Rows::new(columns, most_rows.min(MOST_UNKNOWN)),
            (None, _) => Rows::new(columns, most_rows),
        });
    }

    fn row(&mut self, record: &Record<'_>) {
        if record.is_empty() && !self.reading.is_plain {
            self.empty.add(record.line);
            return;
        }
        if let Some(tail) = &mut self.tail {
            let cells =
                (0..record.n_cells()).map(|idx| encart_table::sniff::decode_cell(record.cell(idx)).into_owned());
            tail.push(Kept { line: record.line, cells: cells.collect() });
            return;
        }
        self.take(record);
    }

    fn take(&mut self, record: &Record<'_>) {
        if !self.reading.is_plain && !self.reading.as_text && self.is_aside(record) {
            return;
        }
        self.n_rows += 1;
        if record.n_cells() != self.n_columns {
            if record.n_cells() < self.n_columns {
                self.short.add(record.line);
            } else if (self.n_columns..record.n_cells()).any(|idx| !record.cell(idx).is_empty()) {
                self.long.add(record.line);
            }
        }
        for (_, _, asked, n_unknown) in &mut self.asked {
            let mut passes = Some(true);
            for condition in asked.iter_mut() {
                match condition.holds(record.cell(condition.column)) {
                    Some(true) => {}
                    Some(false) => {
                        passes = Some(false);
                        break;
                    }
                    None => passes = None,
                }
            }
            if passes.is_none() {
                *n_unknown += 1;
            }
            if passes != Some(true) {
                return;
            }
        }
        match &mut self.sink {
            Sink::Fold(fold) => fold.add(record),
            Sink::Rows(rows) => rows.add(record),
        }
    }

    /// A line of totals, or the header again. Looked at only when a cell begins as one of their words does.
    fn is_aside(&mut self, record: &Record<'_>) -> bool {
        let is_header = record.n_cells() == self.header.len()
            && self.header.first().is_some_and(|first| record.cell(0) == first.as_slice())
            && self.header.iter().enumerate().all(|(idx, name)| record.cell(idx) == name.as_slice());
        if is_header {
            return true;
        }
        if self.reading.keep_totals || !record.may_say_total() {
            return false;
        }
        let cells: Vec<String> =
            (0..record.n_cells()).map(|idx| encart_table::sniff::decode_cell(record.cell(idx)).into_owned()).collect();
        let is_total = is_aside(&cells);
        if is_total {
            self.totals.add(record.line);
        }
        is_total
    }

    fn finish(mut self) -> Streamed {
        // the notes at the end of the file are no rows
        let mut tail = self.tail.take().unwrap_or_default();
        let n_notes = match self.reading.is_plain || self.reading.as_text {
            true => 0,
            false => tail.iter().rev().take_while(|kept| is_note(&kept.cells, self.n_columns)).count(),
        };
        for note in tail.split_off(tail.len() - n_notes) {
            let text = note.cells.join(" ");
            self.notices.push(Notice::info(
                "csv.footnote",
                Place::line(note.line),
                format_args!("note sous les données, mise à part : « {} ».", text.trim()),
                format_args!("note below the data, set aside: “{}”.", text.trim()),
            ));
        }
        for kept in tail {
            let (mut bytes, mut bounds) = (Vec::new(), Vec::new());
            for cell in &kept.cells {
                let start = bytes.len();
                bytes.extend_from_slice(cell.as_bytes());
                bounds.push((start, bytes.len()));
            }
            self.take(&Record { line: kept.line, bytes: &bytes, bounds: &bounds });
        }
        self.say();
        let Inner { asked, sink, n_taken, n_rows, mut notices, .. } = self;
        let last = asked.last().map(|(idx, source, ..)| (*idx, source.clone()));
        for (idx, source, _, n_unknown) in asked.into_iter().filter(|(.., n_unknown)| *n_unknown > 0) {
            notices.push(encart_table::verb::filter::unknown(n_unknown, &source, &format!("steps[{idx}]")));
        }
        let last = last.filter(|_| n_rows > 0);
        let (missing, table) = match sink {
            Sink::Fold(fold) => (fold.missing(), fold.finish(&mut notices)),
            Sink::Rows(rows) => (rows.missing(), rows.finish(&mut notices)),
        };
        if let Some((idx, source)) = last.filter(|_| table.n_rows() == 0) {
            notices.push(encart_table::verb::filter::nothing(n_rows, &source, &format!("steps[{idx}]")));
        }
        Streamed { table, notices, n_taken, n_rows, missing }
    }

    fn say(&mut self) {
        let n_columns = self.n_columns;
        let said = [
            self.short.warn(
                "csv.short",
                &format!("moins de {n_columns} cases ; les cases absentes sont manquantes"),
                &format!("fewer than {n_columns} cells; the absent ones are missing"),
            ),
            self.long.warn(
                "csv.long",
                &format!("plus de {n_columns} cases ; les cases en trop n’ont pas de colonne et ne sont pas lues"),
                &format!("more than {n_columns} cells; the surplus cells have no column and are not read"),
            ),
            self.empty.warn(
                "csv.empty-rows",
                "lignes sans aucune valeur, laissées de côté",
                "lines without any value, left out",
            ),
            self.totals.warn(
                "csv.total",
                "lignes de total mises à part, pour ne pas les compter deux fois",
                "lines of totals set aside, so as not to count them twice",
            ),
        ];
        self.notices.extend(said.into_iter().flatten());
    }
}

fn ask(condition: Condition, columns: &[Source]) -> Option<Asked> {
    let source = find(columns, &condition.column)?;
    // text compared with a number, and the reverse: the whole reader has something to say of it
    let fits = condition.literals.iter().all(|literal| {
        use encart_table::expr::term::Literal;
        matches!(
            (source.kind, literal),
            (Kind::Text, Literal::Text(_))
                | (Kind::Number { .. }, Literal::Number(_))
                | (Kind::Year | Kind::Period(_), _)
        )
    });
    fits.then(|| Asked::new(source.idx, source.kind, condition))
}

#[cfg(test)]
mod tests;
