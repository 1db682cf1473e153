//! What happens between an address with steps and a table that can be drawn, one request at a time?
//!
//! A `Job` does no input or output. Whoever runs it asks `next`, does what it says, and tells it what came: `head`, then
//! `chunk` by `chunk`, then `end`. The browser's worker, the program and the tests run the same job.

mod convert;
mod join;
mod order;
mod read;
mod retry;
mod say;

use encart_stream::Stream;
use encart_table::sniff::{Format, sniff_format};
use encart_table::verb::read::read_steps;
use encart_table::{Notice, Prepared};

use crate::address::read_address;
use crate::request::{Answer, Request};
use crate::source::{Asked, File, Got, Move, Source, incomplete, source};

pub use convert::{Conversion, Converted};
pub use order::{Order, Outcome, Report};
use read::drop_last_line;
pub use say::copied;
use say::{cut, too_large, too_large_whole, too_long};

/// What the job wants done next.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Fetch this, and tell `head`, `chunk` and `end`.
    Fetch(Request),
    /// Wait so many milliseconds, then ask again.
    Wait(u64),
    /// Read this file, of a format for which a reader must be brought, and tell `converted`.
    Convert(Conversion),
    /// Inflate these bytes, and tell `inflated`.
    Inflate(Vec<u8>),
    /// Nothing: `finish` gives what was made.
    Done,
}

/// Whether more of an answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// The next chunk.
    More,
    /// No more: give the download up, and tell `end`.
    Enough,
}

/// An address and steps on their way to a table.
#[derive(Debug)]
pub struct Job {
    order: Order,
    asked: Asked,
    read: Vec<Notice>,
    source: Option<Box<dyn Source>>,
    state: State,
    answer: Answer,
    /// The file that is read as it comes.
    stream: Option<Stream>,
    /// How often the request under way was tried.
    n_tries: usize,
    /// Whether a file may be read by ranges, is given up to be, or has shown that it cannot.
    ranges: Ranges,
    notices: Vec<Notice>,
    report: Report,
    started: Option<f64>,
    failure: Option<Notice>,
    prepared: Option<Prepared>,
}

#[derive(Debug)]
enum State {
    Start,
    /// An answer that the source waits for.
    Asking(Request),
    /// A file that is read as it comes.
    Reading(Request, File),
    Waiting(u64, Box<State>),
    Converting(Conversion, File),
    /// Ranges that a reader asked for: the one that is being fetched, and those after it.
    Ranging(Conversion, File, Vec<(u64, u64)>),
    Inflating(Vec<u8>, File),
    /// The rows are there; tables that steps need are on their way.
    Joining(Box<Got>, usize, Box<Job>),
    Done,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ranges {
    May,
    /// The file is Parquet, and large: the download is given up.
    GivenUp,
    /// The server gives none, or what came by ranges could not be read.
    MayNot,
}

impl Job {
    /// A job that has not begun.
    pub fn new(mut order: Order) -> Job {
        let notices = std::mem::take(&mut order.notices);
        let (steps, read) = read_steps(&order.steps);
        let asked = Asked { steps, wanted: order.wanted.clone(), limits: order.limits, zone: order.reading.zone };
        Job {
            order,
            asked,
            read,
            source: None,
            state: State::Start,
            answer: Answer::default(),
            stream: None,
            n_tries: 0,
            ranges: Ranges::May,
            notices,
            report: Report::default(),
            started: None,
            failure: None,
            prepared: None,
        }
    }

    /// What to do next. `now` is any clock, in milliseconds.
    pub fn next(&mut self, now: f64) -> Ask {
        let started = *self.started.get_or_insert(now);
        self.report.ms = now - started;
        if let State::Start = self.state {
            self.begin();
        }
        if let State::Joining(_, _, job) = &mut self.state {
            let ask = job.next(now);
            if ask != Ask::Done {
                return ask;
            }
            self.joined();
            return self.next(now);
        }
        if !matches!(self.state, State::Done) && self.report.ms > self.asked.limits.ms as f64 {
            self.fail(too_long(self.asked.limits.ms));
        }
        match std::mem::replace(&mut self.state, State::Done) {
            State::Asking(request) => {
                self.report.n_requests += 1;
                self.state = State::Asking(request.clone());
                Ask::Fetch(request)
            }
            State::Reading(request, file) => {
                self.report.n_requests += 1;
                self.state = State::Reading(request.clone(), file);
                Ask::Fetch(request)
            }
            State::Waiting(ms, then) => {
                self.state = *then;
                Ask::Wait(ms)
            }
            State::Converting(mut conversion, file) => {
                // the parts go to the reader, and come back if it needs more
                let parts = std::mem::take(&mut conversion.parts);
                self.state = State::Converting(conversion.clone(), file);
                Ask::Convert(Conversion { parts, ..conversion })
            }
            State::Ranging(conversion, file, ranges) => {
                let range = ranges.first().copied();
                let request = Request { address: file.address.clone(), range };
                self.report.n_requests += 1;
                self.state = State::Ranging(conversion, file, ranges);
                Ask::Fetch(request)
            }
            State::Inflating(bytes, file) => {
                self.state = State::Inflating(Vec::new(), file);
                Ask::Inflate(bytes)
            }
            State::Start | State::Joining(..) | State::Done => Ask::Done,
        }
    }

    fn begin(&mut self) {
        match read_address(&self.order.src) {
            Ok(address) => {
                let mut source = source(address);
                let next = source.start(&self.asked);
                self.source = Some(source);
                self.go(next);
            }
            Err(notice) => self.fail(notice),
        }
    }

    /// The head of what was fetched: status and headers. Status 0 when nothing came back.
    pub fn head(&mut self, answer: Answer) -> Flow {
        if let State::Joining(_, _, job) = &mut self.state {
            return job.head(answer);
        }
        self.answer = answer;
        self.stream = None;
        Flow::More
    }

    /// A part of the body.
    pub fn chunk(&mut self, bytes: &[u8]) -> Flow {
        if let State::Joining(_, _, job) = &mut self.state {
            return job.chunk(bytes);
        }
        self.report.n_bytes += bytes.len() as u64;
        match &mut self.stream {
            Some(stream) => stream.push(bytes),
            None => self.answer.body.extend_from_slice(bytes),
        }
        self.begin_stream();
        if self.is_better_by_ranges() {
            self.ranges = Ranges::GivenUp;
            return Flow::Enough;
        }
        if self.report.n_bytes > self.asked.limits.bytes {
            self.notices.push(too_large(self.asked.limits.bytes));
            return Flow::Enough;
        }
        Flow::More
    }

    /// A large Parquet file is read by ranges.
    fn is_better_by_ranges(&self) -> bool {
        const LARGE: u64 = 1_000_000;
        matches!(self.state, State::Reading(..))
            && self.ranges == Ranges::May
            && self.answer.is_ok()
            && self.answer.length.is_some_and(|length| length > LARGE && (self.answer.body.len() as u64) < length / 2)
            && sniff_format(&self.answer.body) == Format::Parquet
    }

    /// The end of what was fetched; whether it is whole, or stopped on the way.
    pub fn end(&mut self, is_whole: bool) {
        if let State::Joining(_, _, job) = &mut self.state {
            return job.end(is_whole);
        }
        let mut answer = std::mem::take(&mut self.answer);
        let state = std::mem::replace(&mut self.state, State::Done);
        if let (Ranges::GivenUp, State::Reading(_, file)) = (self.ranges, &state) {
            let conversion = self.conversion(Format::Parquet, answer.length.unwrap_or(0), Vec::new(), file);
            self.state = State::Converting(conversion, file.clone());
            return;
        }
        if let Some(ms) = self.wait(&answer, is_whole) {
            self.n_tries += 1;
            self.state = State::Waiting(ms, Box::new(state));
            return;
        }
        self.n_tries = 0;
        match state {
            State::Asking(request) => {
                answer.address = request.address;
                if !is_whole && answer.is_ok() {
                    answer.status = 0;
                }
                self.tell(&answer);
            }
            State::Reading(request, mut file) if answer.is_ok() => {
                file.next = answer.next.take();
                let is_limited = self.notices.iter().any(|notice| notice.code == "limit.bytes");
                match is_limited {
                    // of a part that we chose, the last line may be cut
                    true => match &mut self.stream {
                        Some(stream) => stream.cut(),
                        // of a workbook or of Parquet a part is nothing
                        None if !matches!(sniff_format(&answer.body), Format::Text | Format::Ndjson) => {
                            return self.fail(too_large_whole(self.asked.limits.bytes));
                        }
                        None => drop_last_line(&mut answer.body),
                    },
                    // of a part that came by accident nothing is drawn: nobody knows what it leaves out
                    false if !is_whole || self.is_interrupted(&answer.body) => return self.fail(cut(&request.address)),
                    false => {}
                }
                match self.stream.take() {
                    Some(stream) => self.read_stream(stream, file),
                    None => self.read(answer.body, file),
                }
            }
            State::Ranging(conversion, file, ranges) => self.ranged(answer, is_whole, conversion, file, ranges),
            State::Reading(request, file) => {
                answer.address = request.address;
                self.notices.extend(file.notices);
                self.tell(&answer);
            }
            other => self.state = other,
        }
    }

    /// An export of Opendatasoft that failed after it had begun says so in its last line, under a status of 200.
    fn is_interrupted(&self, body: &[u8]) -> bool {
        const WORDS: &[u8] = b"Streaming interrupted due to the following error";
        let is_in_body = body.windows(WORDS.len()).rev().take(2_000).any(|window| window == WORDS);
        is_in_body || self.stream.as_ref().is_some_and(|stream| stream.ends_with(WORDS))
    }

    fn tell(&mut self, answer: &Answer) {
        let Some(mut source) = self.source.take() else { return };
        let next = source.answer(&self.asked, answer);
        self.source = Some(source);
        self.go(next);
    }

    fn go(&mut self, next: Move) {
        match next {
            Move::Ask(_) | Move::Read(_) if self.report.n_requests >= self.asked.limits.requests => {
                self.fail(incomplete(0, None));
            }
            Move::Ask(request) => self.state = State::Asking(request),
            Move::Read(file) => self.state = State::Reading(Request::get(file.address.clone()), file),
            Move::Got(got) => self.got(got),
            Move::Failed(notice) => self.fail(notice),
        }
    }

    fn fail(&mut self, notice: Notice) {
        self.failure = Some(notice);
        self.state = State::Done;
    }

    /// What was made, when `next` has said that it is done.
    pub fn finish(self) -> Outcome {
        let origin = self.source.map(|source| source.origin()).unwrap_or_default();
        Outcome {
            prepared: self.prepared.unwrap_or_default(),
            notices: self.notices,
            origin,
            report: self.report,
            failure: self.failure,
        }
    }
}
