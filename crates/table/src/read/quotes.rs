//! Quotes that are opened and never closed: a program that exports without escaping swallows the lines that follow.

use std::borrow::Cow;

/// The text without the quotes that would swallow whole lines, and the lines where they stood. A quote that opens a cell is
/// one of them when its line and the lines that it takes in each hold the delimiters of a row.
pub(super) fn close_quotes(text: &str, delimiter: u8) -> (Cow<'_, str>, Vec<u64>) {
    let mut cut: Vec<usize> = Vec::new();
    let mut lines = Vec::new();
    let mut at = Cursor { text: text.as_bytes(), place: 0, line: 1 };
    let mut n_delimiters = None;
    while at.place < text.len() {
        let row = at.row(delimiter);
        n_delimiters = n_delimiters.or(Some(row.n_delimiters).filter(|n| *n > 0));
        let expected = n_delimiters.unwrap_or(0);
        match row.opened.filter(|_| expected > 0 && !(row.is_closed && row.n_delimiters == expected)) {
            Some((quote, after)) if swallows(text, quote, after, delimiter, expected) => {
                cut.push(quote);
                lines.push(row.line);
                // the lines behind are read again
                (at.place, at.line) = (after, row.line + 1);
            }
            _ => {}
        }
    }
    if cut.is_empty() {
        return (Cow::Borrowed(text), lines);
    }
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for quote in cut {
        kept.push_str(text.get(from..quote).unwrap_or_default());
        from = quote + 1;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    (Cow::Owned(kept), lines)
}

/// Whether the line of a quote, and the next one that it takes in, are rows of their own.
fn swallows(text: &str, quote: usize, after: usize, delimiter: u8, expected: usize) -> bool {
    let count = |line: &str| line.bytes().filter(|byte| *byte == delimiter).count();
    let begin = text.get(..quote).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |end| end + 1);
    let own = text.get(begin..after).unwrap_or_default();
    let next = text.get(after..).unwrap_or_default().lines().find(|line| !line.trim().is_empty());
    // of a quoted cell that ends with its line, nothing is left open
    count(own) == expected && next.is_some_and(|next| count(next) == expected)
}

struct Cursor<'a> {
    text: &'a [u8],
    place: usize,
    line: u64,
}

/// A row as a reader of quotes sees it.
struct Row {
    line: u64,
    n_delimiters: usize,
    /// Where the quote stands that was still open at the end of a line, and where the next line begins.
    opened: Option<(usize, usize)>,
    /// Whether each quote that opens a cell is closed at its end.
    is_closed: bool,
}

impl Cursor<'_> {
    /// Reads to the end of the row.
    fn row(&mut self, delimiter: u8) -> Row {
        let mut row = Row { line: self.line, n_delimiters: 0, opened: None, is_closed: true };
        let (mut quoted, mut quote, mut is_start) = (false, 0, true);
        while let Some(byte) = self.text.get(self.place).copied() {
            self.place += 1;
            match byte {
                b'"' if quoted && self.text.get(self.place) == Some(&b'"') => self.place += 1,
                b'"' if quoted => {
                    quoted = false;
                    let next = self.text.get(self.place).copied();
                    row.is_closed &= next.is_none_or(|next| next == delimiter || matches!(next, b'\n' | b'\r' | b' '));
                }
                b'"' if is_start => (quoted, quote) = (true, self.place - 1),
                b'\n' | b'\r' => {
                    if byte == b'\r' && self.text.get(self.place) == Some(&b'\n') {
                        self.place += 1;
                    }
                    self.line += 1;
                    if !quoted {
                        return row;
                    }
                    if row.opened.is_none() {
                        row.opened = Some((quote, self.place));
                    }
                }
                byte if byte == delimiter && !quoted => {
                    row.n_delimiters += 1;
                    is_start = true;
                    continue;
                }
                _ => {}
            }
            is_start = false;
        }
        row.is_closed &= !quoted;
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_that_swallows_rows_is_closed() {
        for (text, kept, lines) in [
            ("a;b\n\"Foyer;450\nJudo;900\n", "a;b\nFoyer;450\nJudo;900\n", &[2][..]),
            (
                "a;b\r\n\"Foyer;450\r\nJudo;900\r\n\"Club;3\r\nSki;2\r\n",
                "a;b\r\nFoyer;450\r\nJudo;900\r\nClub;3\r\nSki;2\r\n",
                &[2, 4],
            ),
            // a cell of two lines is one
            ("a;b\n\"deux\nlignes\";2\n", "a;b\n\"deux\nlignes\";2\n", &[]),
            ("a;b\n1;\"deux\nlignes\"\nx;2\n", "a;b\n1;\"deux\nlignes\"\nx;2\n", &[]),
            ("a;b\n\"x;y\";2\n", "a;b\n\"x;y\";2\n", &[]),
            ("a;b\nl\"eau;2\n", "a;b\nl\"eau;2\n", &[]),
        ] {
            assert_eq!(close_quotes(text, b';'), (Cow::Borrowed(kept), lines.to_vec()), "{text}");
        }
    }
}
