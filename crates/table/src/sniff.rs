//! What are these bytes: which encoding, which delimiter, or not a table at all?

use std::borrow::Cow;

use crate::notice::{Notice, Place};

/// How the bytes were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little-endian first byte pair.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// Windows-1252, which holds Latin-1's letters.
    Windows1252,
}

impl Encoding {
    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
            Encoding::Windows1252 => "Windows-1252",
        }
    }
}

/// Windows-1252's letters for bytes 0x80 to 0x9F (WHATWG Encoding Standard, index-windows-1252).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of the bytes and the encoding they were taken for. Every byte string has a text.
pub fn decode(bytes: &[u8]) -> (String, Encoding) {
    let (text, encoding) = match bytes {
        [0xff, 0xfe, rest @ ..] => (decode_utf16(rest, u16::from_le_bytes), Encoding::Utf16Le),
        [0xfe, 0xff, rest @ ..] => (decode_utf16(rest, u16::from_be_bytes), Encoding::Utf16Be),
        // without a mark, UTF-16 of a European text has a zero in every second byte
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => {
            (decode_utf16(bytes, u16::from_le_bytes), Encoding::Utf16Le)
        }
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => {
            (decode_utf16(bytes, u16::from_be_bytes), Encoding::Utf16Be)
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_string(), Encoding::Utf8),
            // cut in the middle of a letter: still UTF-8
            Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
                (whole_letters(bytes), Encoding::Utf8)
            }
            Err(_) => (bytes.iter().map(|byte| letter(*byte)).collect(), Encoding::Windows1252),
        },
    };
    // some producers write the mark twice
    (text.trim_start_matches('\u{feff}').to_string(), encoding)
}

/// The letters before the one that is cut, and a mark for that one.
fn whole_letters(bytes: &[u8]) -> String {
    let n_whole = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let whole = bytes.get(..n_whole).and_then(|whole| std::str::from_utf8(whole).ok());
    [whole.unwrap_or_default(), "\u{fffd}"].concat()
}

/// The text of one cell: UTF-8, else Windows-1252.
pub fn decode_cell(cell: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(cell.iter().map(|byte| letter(*byte)).collect()),
    }
}

fn letter(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{fffd}'),
        _ => char::from(byte),
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks(2).map(|pair| match pair {
        [first, second] => unit([*first, *second]),
        _ => 0xfffd,
    });
    char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
}

/// What a file is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Nothing but blanks.
    Empty,
    /// A text that is none of the others: lines and delimiters, one hopes.
    Text,
    /// One JSON value.
    Json,
    /// A JSON value on each line.
    Ndjson,
    /// A web page.
    Html,
    /// XML: an error of a geographic server, a feed.
    Xml,
    /// A PDF.
    Pdf,
    /// A zip archive: a workbook (XLSX, ODS) or several files.
    Zip,
    /// A workbook of before 2007.
    Xls,
    /// Parquet.
    Parquet,
    /// Compressed with gzip: what is in it, only the inside tells.
    Gzip,
}

/// What a file is. Only its first kilobyte is looked at.
///
/// ```
/// use encart_table::sniff::{Format, sniff_format};
/// assert_eq!(sniff_format(b"a;b\n1;2\n"), Format::Text);
/// assert_eq!(sniff_format(b"{\"a\":1}\n{\"a\":2}\n"), Format::Ndjson);
/// ```
pub fn sniff_format(bytes: &[u8]) -> Format {
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Format::Empty;
    }
    for (magic, format) in [
        (&b"PK\x03\x04"[..], Format::Zip),
        (&[0xd0, 0xcf, 0x11, 0xe0], Format::Xls),
        (b"%PDF", Format::Pdf),
        (b"PAR1", Format::Parquet),
        (&[0x1f, 0x8b], Format::Gzip),
    ] {
        if start.starts_with(magic) {
            return format;
        }
    }
    // only letters of ASCII are looked at
    let text: String = start.iter().map(|byte| char::from(*byte)).collect();
    let text = text.trim_start_matches(['ï', '»', '¿', ' ', '\n', '\r', '\t']);
    let begins = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if begins("<!doctype") || begins("<html") {
        return Format::Html;
    }
    if begins("<?xml") || begins("<ows:") || begins("<ServiceException") {
        return Format::Xml;
    }
    let opens = |sign: char| {
        text.strip_prefix(sign)
            .is_some_and(|rest| rest.trim_start().starts_with(['{', '[', '"', '}', ']']) || rest.trim().is_empty())
    };
    if opens('{') || opens('[') {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let is_whole = first.trim_end().ends_with(['}', ']']) && first.len() > 1;
        let goes_on = rest.trim_start().starts_with(['{', '[']);
        return if is_whole && goes_on { Format::Ndjson } else { Format::Json };
    }
    Format::Text
}

/// Something other than a text table, said in one sentence: a web page, a PDF …
pub fn refuse(bytes: &[u8]) -> Option<Notice> {
    let error = |code, fr: &str, en: &str| {
        Some(Notice::error(code, Place::whole(), format_args!("{fr}"), format_args!("{en}")))
    };
    match sniff_format(bytes) {
        Format::Text => None,
        Format::Empty => error(
            "file.empty",
            "le fichier est vide. Vérifiez l’adresse, ou demandez au producteur si la publication a réussi.",
            "the file is empty. Check the address, or ask the producer whether publication succeeded.",
        ),
        Format::Html => error(
            "file.html",
            "l’adresse renvoie une page web, pas un fichier de données. Copiez l’adresse du lien de téléchargement, pas celle de la page.",
            "the address answers with a web page, not a data file. Copy the address of the download link, not of the page.",
        ),
        Format::Pdf | Format::Xml => error(
            "file.binary",
            "le fichier est un document (PDF, XML), pas une table. Demandez au producteur un CSV.",
            "the file is a document (PDF, XML), not a table. Ask the producer for a CSV.",
        ),
        Format::Xls => error(
            "file.xls",
            "le fichier est un classeur d’avant 2007 (.xls). Enregistrez-le au format XLSX, ODS ou CSV.",
            "the file is a workbook of before 2007 (.xls). Save it as XLSX, ODS or CSV.",
        ),
        Format::Json | Format::Ndjson | Format::Zip | Format::Parquet | Format::Gzip => error(
            "file.other-format",
            "le fichier n’est pas un CSV (JSON, classeur, Parquet ou archive).",
            "the file is no CSV (JSON, workbook, Parquet or archive).",
        ),
    }
}

/// The delimiter that cuts the first lines most evenly into the most cells; `;` before `,` when both do, since `,` is
/// the French decimal mark.
pub fn sniff_delimiter(text: &str) -> u8 {
    const CANDIDATES: [u8; 4] = [b';', b'\t', b'|', b','];
    let mut best = (0, b';');
    for candidate in CANDIDATES {
        let counts = count_outside_quotes(text, candidate);
        // the count that most lines share
        let lines_with = |count: usize| counts.iter().filter(|other| **other == count).count();
        let shared = counts.iter().copied().filter(|count| *count > 0).max_by_key(|count| (lines_with(*count), *count));
        let Some(count) = shared else { continue };
        let score = lines_with(count) * 100 / counts.len().max(1) + count.min(20);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    best.1
}

/// How often a byte stands outside quotes on each of the first lines that are not blank.
fn count_outside_quotes(text: &str, delimiter: u8) -> Vec<usize> {
    const LINES: usize = 200;
    let (mut counts, mut count, mut quoted, mut blank) = (Vec::new(), 0, false, true);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                if !blank {
                    counts.push(count);
                }
                (count, blank) = (0, true);
                if counts.len() == LINES {
                    return counts;
                }
                continue;
            }
            _ if byte == delimiter && !quoted => count += 1,
            _ => {}
        }
        blank = blank && byte.is_ascii_whitespace();
    }
    if !blank {
        counts.push(count);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found() {
        for (bytes, text, encoding) in [
            (&b"caf\xc3\xa9"[..], "café", Encoding::Utf8),
            (b"\xef\xbb\xbfcaf\xc3\xa9", "café", Encoding::Utf8),
            (b"\xef\xbb\xbf\xef\xbb\xbfcaf\xc3\xa9", "café", Encoding::Utf8),
            (b"caf\xe9 \x80 \x92 \x9c", "café € ’ œ", Encoding::Windows1252),
            (b"\xff\xfec\0a\0f\0\xe9\0", "café", Encoding::Utf16Le),
            (b"\xfe\xff\0c\0a\0f\0\xe9", "café", Encoding::Utf16Be),
            (b"c\0a\0f\0\xe9\0", "café", Encoding::Utf16Le),
            (b"coupe: caf\xc3", "coupe: caf\u{fffd}", Encoding::Utf8),
        ] {
            assert_eq!(decode(bytes), (text.to_string(), encoding));
        }
    }

    #[test]
    fn the_delimiter_is_found() {
        for (text, delimiter) in [
            ("a;b\n1,5;2,5\n3,5;4,5\n", b';'),
            ("a,b\n1.5,2.5\n", b','),
            ("a\tb\n1,5\t2,5\n", b'\t'),
            ("a|b|c\n1|2|3\n", b'|'),
            ("nom;adresse\n\"Dupont; Jean\";\"1, rue\"\nDurand;\"2, rue, bis\"\n", b';'),
            ("Titre du fichier, avec une virgule\n\na;b;c\n1;2;3\n4;5;6\n", b';'),
        ] {
            assert_eq!(char::from(sniff_delimiter(text)), char::from(delimiter), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_table_is_named() {
        for (bytes, code) in [
            (&b""[..], Some("file.empty")),
            (b" \n ", Some("file.empty")),
            (b"\n<!DOCTYPE html><html>", Some("file.html")),
            (b"PK\x03\x04...", Some("file.other-format")),
            (&[0xd0, 0xcf, 0x11, 0xe0, 1], Some("file.xls")),
            (b"%PDF-1.7", Some("file.binary")),
            (b"<?xml version=\"1.0\"?><ows:ExceptionReport/>", Some("file.binary")),
            (b"{\"a\":1}", Some("file.other-format")),
            (b"a;b\n1;2", None),
        ] {
            assert_eq!(refuse(bytes).map(|notice| notice.code), code);
        }
    }

    #[test]
    fn the_format_is_what_the_bytes_say() {
        for (bytes, format) in [
            (&b"\xef\xbb\xbf[{\"a\":1}]"[..], Format::Json),
            (b"{\n  \"a\": 1\n}", Format::Json),
            (b"{}", Format::Json),
            (b"[", Format::Json),
            (b"{\"a\":1}\n{\"a\":2}", Format::Ndjson),
            (b"{\"a\":1}", Format::Json),
            (b"[note];valeur\nx;1", Format::Text),
            (b"PAR1\x15", Format::Parquet),
            (&[0x1f, 0x8b, 8], Format::Gzip),
            (b"<HTML><body>", Format::Html),
        ] {
            assert_eq!(sniff_format(bytes), format, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
