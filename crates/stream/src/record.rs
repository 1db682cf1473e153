//! Where are the cells of a record, when the file comes in pieces?
//!
//! Most lines have no quote: they are cut where they lie, eight bytes at a time, without a copy. From a line that has one on,
//! a piece goes through the csv-core automaton, which keeps a record that goes on in the next piece.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// The records of a file that comes in pieces.
#[derive(Debug)]
pub(crate) struct Records {
    delimiter: u8,
    reader: Reader,
    out: Vec<u8>,
    ends: Vec<usize>,
    n_out: usize,
    n_ends: usize,
    /// Whether the automaton holds the beginning of a record.
    is_within: bool,
    line: u64,
    bounds: Vec<(usize, usize)>,
}

/// One record: its line, and its cells.
pub(crate) struct Record<'a> {
    pub(crate) line: u64,
    pub(crate) bytes: &'a [u8],
    /// Where each cell begins and ends.
    pub(crate) bounds: &'a [(usize, usize)],
}

impl<'a> Record<'a> {
    pub(crate) fn n_cells(&self) -> usize {
        self.bounds.len()
    }

    /// Whether nothing is written in any cell.
    pub(crate) fn is_empty(&self) -> bool {
        (0..self.n_cells()).all(|idx| self.cell(idx).is_empty())
    }

    /// Whether a cell begins as a word for a total does: the words themselves are looked at only then.
    #[inline]
    pub(crate) fn may_say_total(&self) -> bool {
        self.bounds.iter().any(|(start, _)| {
            let first = self.bytes.get(*start).copied().unwrap_or(b'0');
            BEGINS_TOTAL.get(usize::from(first)).copied().unwrap_or(true) && self.begins_total(*start)
        })
    }

    fn begins_total(&self, start: usize) -> bool {
        let [first, second, third, fourth, ..] = self.bytes.get(start..).unwrap_or_default() else { return false };
        match first | 32 {
            b't' => (second | 32, third | 32, fourth | 32) == (b'o', b't', b'a'),
            b's' => (second | 32, third | 32, fourth | 32) == (b'o', b'u', b's'),
            b'e' => (second | 32, third | 32, fourth | 32) == (b'n', b's', b'e'),
            // a blank, or a mark, before the word
            _ => true,
        }
    }

    /// A cell, without the blanks around it; empty past the last.
    #[inline]
    pub(crate) fn cell(&self, idx: usize) -> &'a [u8] {
        let (start, end) = self.bounds.get(idx).copied().unwrap_or_default();
        let cell = self.bytes.get(start..end).unwrap_or_default();
        match cell {
            [first, .., last] if *first > b' ' && *last > b' ' => cell,
            cell => cell.trim_ascii(),
        }
    }
}

/// The bytes with which a word for a total begins, or a blank before it: `tot…`, `sous…`, `ense…`.
static BEGINS_TOTAL: [bool; 256] = {
    let (mut bytes, mut byte) = ([false; 256], 0);
    while byte < 256 {
        #[allow(clippy::indexing_slicing, reason = "at compile time, where an error is one of the compiler's")]
        {
            bytes[byte] = byte <= 32 || matches!(byte as u8 | 32, b't' | b's' | b'e') && byte < 128;
        }
        byte += 1;
    }
    bytes
};

/// For each byte of eight, its highest bit where the byte is zero, and nothing else (H. S. Warren, "Hacker's Delight",
/// 6-1: no carry passes from one byte to the next).
#[inline]
fn zeros(word: u64) -> u64 {
    const REST: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    !(((word & REST) + REST) | word | REST)
}

#[inline]
fn spread(byte: u8) -> u64 {
    u64::from(byte) * 0x0101_0101_0101_0101
}

impl Records {
    pub(crate) fn new(delimiter: u8, line: u64) -> Records {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        Records {
            delimiter,
            reader,
            out: vec![0; 4096],
            ends: vec![0; 64],
            n_out: 0,
            n_ends: 0,
            is_within: false,
            line,
            bounds: Vec::new(),
        }
    }

    /// Reads the records of a piece that ends with a line, and tells each.
    pub(crate) fn read(&mut self, piece: &[u8], tell: &mut dyn FnMut(&Record<'_>)) {
        let mut rest = piece;
        if !self.is_within {
            let n_read = self.read_plain(piece, tell);
            rest = piece.get(n_read..).unwrap_or_default();
        }
        if !rest.is_empty() {
            self.read_quoted(rest, tell);
        }
    }

    /// The end of the file: a last line that nothing ends is a line.
    pub(crate) fn finish(&mut self, piece: &[u8], tell: &mut dyn FnMut(&Record<'_>)) {
        self.read_quoted(piece, tell);
        self.read_quoted(&[], tell);
    }

    /// Reads the lines before the first quote, and gives where the line of the quote begins; all of them without a quote.
    fn read_plain(&mut self, piece: &[u8], tell: &mut dyn FnMut(&Record<'_>)) -> usize {
        let (delimiters, newlines, quotes) = (spread(self.delimiter), spread(b'\n'), spread(b'"'));
        let (mut start, mut line_start) = (0, 0);
        let Records { bounds, line, .. } = self;
        bounds.clear();
        // a mark at a place; false at a quote
        let mut mark = |at: usize| {
            match piece.get(at) {
                Some(b'"') => return false,
                Some(b'\n') => {
                    bounds.push((start, at));
                    let written = piece.get(line_start..at).unwrap_or_default();
                    if !matches!(written, [] | [b'\r']) {
                        tell(&Record { line: *line, bytes: piece, bounds });
                    }
                    bounds.clear();
                    *line += 1;
                    line_start = at + 1;
                }
                _ => bounds.push((start, at)),
            }
            start = at + 1;
            true
        };
        let mut chunks = piece.chunks_exact(8);
        let mut at = 0;
        for chunk in &mut chunks {
            let word = chunk.try_into().map_or(0, u64::from_le_bytes);
            let mut hits = zeros(word ^ delimiters) | zeros(word ^ newlines) | zeros(word ^ quotes);
            while hits != 0 {
                if !mark(at + (hits.trailing_zeros() / 8) as usize) {
                    return line_start;
                }
                hits &= hits - 1;
            }
            at += 8;
        }
        for byte in chunks.remainder() {
            if (*byte == self.delimiter || *byte == b'\n' || *byte == b'"') && !mark(at) {
                return line_start;
            }
            at += 1;
        }
        line_start
    }

    fn read_quoted(&mut self, mut piece: &[u8], tell: &mut dyn FnMut(&Record<'_>)) {
        let is_end = piece.is_empty();
        if !self.is_within {
            self.reader.set_line(self.line);
        }
        loop {
            // of a record that goes on, the line where it began
            if self.n_out == 0 && self.n_ends == 0 && !self.is_within {
                self.line = self.reader.line();
            }
            let (result, n_in, n_out, n_ends) = self.reader.read_record(
                piece,
                self.out.get_mut(self.n_out..).unwrap_or_default(),
                self.ends.get_mut(self.n_ends..).unwrap_or_default(),
            );
            piece = piece.get(n_in..).unwrap_or_default();
            self.n_out += n_out;
            self.n_ends += n_ends;
            match result {
                ReadRecordResult::Record => {
                    self.bounds.clear();
                    let mut start = 0;
                    for end in self.ends.get(..self.n_ends).unwrap_or_default() {
                        self.bounds.push((start, *end));
                        start = *end;
                    }
                    let bytes = self.out.get(..self.n_out).unwrap_or_default();
                    tell(&Record { line: self.line, bytes, bounds: &self.bounds });
                    (self.n_out, self.n_ends, self.is_within) = (0, 0, false);
                }
                ReadRecordResult::OutputFull => self.out.resize(self.out.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty if is_end => {}
                ReadRecordResult::InputEmpty => {
                    self.is_within = self.n_out > 0 || self.n_ends > 0;
                    if !self.is_within {
                        self.line = self.reader.line();
                    }
                    return;
                }
                ReadRecordResult::End => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_found_at_their_places() {
        for bytes in [*b"\0bcdefgh", *b"ab\0d\0\0gh", [0xff, 0x80, 0x01, 0x00, 0x7f, 0x81, 0x00, 0x00]] {
            let hits = zeros(u64::from_le_bytes(bytes));
            for (idx, byte) in bytes.iter().enumerate() {
                assert_eq!((hits >> (idx * 8)) & 0xff == 0x80, *byte == 0, "{bytes:?} {idx}");
            }
        }
    }
}
