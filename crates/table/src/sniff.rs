//! What a file is, by its bytes: which format, which delimiter, or no table at all.

pub use crate::encoding::{Encoding, decode, decode_cell};
use crate::notice::{Notice, Place};

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
    /// Another file that is no text: a picture, a database, an archive of another kind.
    Binary,
}

/// Files that are no text, or no table, by their first bytes: what they are in French and in English.
/// Sources: the formats' own specifications, and the `file` program's magic numbers.
const OTHERS: [(&[u8], &str, &str); 32] = [
    (b"\x89PNG", "une image PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "une image JPEG", "a JPEG picture"),
    (b"GIF8", "une image GIF", "a GIF picture"),
    (b"II*\0", "une image TIFF", "a TIFF picture"),
    (b"MM\0*", "une image TIFF", "a TIFF picture"),
    (b"SQLite format 3", "une base SQLite ou un GeoPackage", "an SQLite database or a GeoPackage"),
    (b"\0\x01\0\0Standard", "une base Access", "an Access database"),
    (b"ARROW1", "un fichier Arrow", "an Arrow file"),
    (b"Obj\x01", "un fichier Avro", "an Avro file"),
    (b"7z\xbc\xaf\x27\x1c", "une archive 7z", "a 7z archive"),
    (b"Rar!", "une archive RAR", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "un fichier comprimé (zstd)", "a compressed file (zstd)"),
    (b"BZh91AY&SY", "un fichier comprimé (bzip2)", "a compressed file (bzip2)"),
    (b"\xfd7zXZ", "un fichier comprimé (xz)", "a compressed file (xz)"),
    (b"PK\x05\x06", "une archive vide", "an empty archive"),
    (b"\0\0\x27\x0a", "un fichier de formes (shapefile)", "a shapefile"),
    (b"fgb\x03", "un fichier FlatGeobuf", "a FlatGeobuf file"),
    (b"\x93NUMPY", "un tableau NumPy", "a NumPy array"),
    (b"\x89HDF", "un fichier HDF5", "an HDF5 file"),
    (b"CDF\x01", "un fichier NetCDF", "a NetCDF file"),
    (b"CDF\x02", "un fichier NetCDF", "a NetCDF file"),
    (b"RDX2\n", "un fichier de R", "a file of R"),
    (b"RDX3\n", "un fichier de R", "a file of R"),
    (b"\x80\x04\x95", "un objet Python (pickle)", "a Python object (pickle)"),
    (b"\x7fELF", "un programme", "a program"),
    (b"glTF", "un modèle en trois dimensions", "a three-dimensional model"),
    (b"BEGIN:VCALENDAR", "un agenda (iCalendar)", "a calendar (iCalendar)"),
    (b"BEGIN:VCARD", "une carte de visite (vCard)", "a business card (vCard)"),
    (b"version https://git-lfs", "un renvoi vers un autre fichier (Git LFS)", "a pointer to another file (Git LFS)"),
    (b"{\\rtf", "un document (RTF)", "a document (RTF)"),
    (b"%!PS", "un document (PostScript)", "a document (PostScript)"),
    (b"<svg", "une image SVG", "an SVG picture"),
];

/// Those whose first bytes are letters, which a header may have too: no text has a sign of control behind them.
const LETTERED: [(&[u8], &str, &str); 4] = [
    (b"ORC", "un fichier ORC", "an ORC file"),
    (b"PARE", "un fichier Parquet chiffré", "an encrypted Parquet file"),
    (b"RIFF", "une image ou un son", "a picture or a sound"),
    (b"GRIB", "un fichier GRIB", "a GRIB file"),
];

/// What a file that is no table is, in French and in English.
fn other(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const TAR: usize = 257;
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 0x0e..=0x1d | 0x1f);
    let is_lettered = start.iter().take(16).any(is_control);
    let lettered = LETTERED.iter().filter(|_| is_lettered);
    let found = OTHERS.iter().chain(lettered).find(|(magic, ..)| start.starts_with(magic));
    found.map(|(_, fr, en)| (*fr, *en)).or_else(|| {
        if bytes.get(TAR..).is_some_and(|rest| rest.starts_with(b"ustar")) {
            return Some(("une archive tar", "a tar archive"));
        }
        // a text has few signs of control; the form with a zero in every second byte is UTF-16
        let n_control = start.iter().filter(|byte| is_control(byte)).count();
        (!is_utf16(bytes) && n_control * 50 > start.len()).then_some(("un fichier binaire", "a binary file"))
    })
}

/// Whether bytes begin as a text in UTF-16 does.
fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [first, 0, second, 0, ..] => *first != 0 && *second != 0,
        [0, first, 0, second, ..] => *first != 0 && *second != 0,
        _ => false,
    }
}

/// What a file is. Only its first kilobyte is looked at.
///
/// ```
/// use encart_table::sniff::{Format, sniff_format};
/// assert_eq!(sniff_format(b"a;b\n1;2\n"), Format::Text);
/// assert_eq!(sniff_format(b"ORCID;nom\n1;A\n"), Format::Text);
/// assert_eq!(sniff_format(b"{\"a\":1}\n{\"a\":2}\n"), Format::Ndjson);
/// ```
pub fn sniff_format(bytes: &[u8]) -> Format {
    if is_utf16(bytes) {
        let start = bytes.get(..bytes.len().min(4096) & !1).unwrap_or_default();
        return sniff_format(decode(start).0.as_bytes());
    }
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
    if other(bytes).is_some() {
        return Format::Binary;
    }
    // only letters of ASCII are looked at
    let text: String = start.iter().map(|byte| char::from(*byte)).collect();
    let text = text.trim_start_matches(['ï', '»', '¿', ' ', '\n', '\r', '\t', '\u{1e}']);
    let begins = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    // a comment, a piece of a page, an error that a server writes
    let is_piece = || {
        ["<!--", "<div", "<body", "<head", "<p>", "<p ", "<br", "<b>", "<script", "<?php", "<table", "<center", "<h1"]
            .iter()
            .any(|word| begins(word))
    };
    if begins("<!doctype") || begins("<html") || is_piece() {
        return Format::Html;
    }
    if begins("<?xml")
        || begins("<ows:")
        || begins("<ServiceException")
        || begins("<rss")
        || begins("<feed")
        || begins("<kml")
        || begins("<gpx")
    {
        return Format::Xml;
    }
    let opens = |sign: char| {
        text.strip_prefix(sign)
            .is_some_and(|rest| rest.trim_start().starts_with(['{', '[', '"', '}', ']']) || rest.trim().is_empty())
    };
    if opens('{') || opens('[') {
        // a line may be longer than what was looked at
        let skipped = bytes.iter().take_while(|byte| !matches!(byte, b'{' | b'[')).count();
        let bytes = bytes.get(skipped..).unwrap_or_default();
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
        let (first, rest) = bytes.split_at_checked(end).unwrap_or((bytes, b""));
        let is_whole = matches!(first.trim_ascii_end(), [_, .., b'}' | b']']);
        let is_blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0x1e;
        let goes_on = matches!(rest.iter().find(|byte| !is_blank(byte)), Some(b'{' | b'['));
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
        Format::Binary => {
            let (fr, en) = other(bytes).unwrap_or_default();
            Some(Notice::error(
                "file.binary",
                Place::whole(),
                format_args!(
                    "le fichier est {fr}, pas une table. Publiez un CSV, un classeur XLSX ou ODS, ou un fichier Parquet."
                ),
                format_args!(
                    "the file is {en}, not a table. Publish a CSV, an XLSX or ODS workbook, or a Parquet file."
                ),
            ))
        }
        Format::Xls if has_password(bytes) => error(
            "file.password",
            "le classeur est protégé par un mot de passe. Enregistrez-le sans mot de passe.",
            "the workbook is protected by a password. Save it without a password.",
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

/// Whether a container of Microsoft holds an encrypted workbook (MS-OFFCRYPTO, 2.3.4.4: the stream `EncryptedPackage`).
fn has_password(bytes: &[u8]) -> bool {
    let name: Vec<u8> = b"EncryptedPackage".iter().flat_map(|byte| [*byte, 0]).collect();
    bytes.windows(name.len()).any(|window| window == name)
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
            (b"\x89PNG\r\n\x1a\n", Some("file.binary")),
            (b"SQLite format 3\0", Some("file.binary")),
            (b"PARE\x15", Some("file.binary")),
            (b"a;b\0\0\x01\x02;\0\0", Some("file.binary")),
            (b"BEGIN:VCALENDAR\r\n", Some("file.binary")),
            (b"<!-- x --><!DOCTYPE html>", Some("file.html")),
            (b"<br />\n<b>Warning</b>", Some("file.html")),
            (
                &[
                    0xd0, 0xcf, 0x11, 0xe0, b'E', 0, b'n', 0, b'c', 0, b'r', 0, b'y', 0, b'p', 0, b't', 0, b'e', 0,
                    b'd', 0, b'P', 0, b'a', 0, b'c', 0, b'k', 0, b'a', 0, b'g', 0, b'e', 0,
                ],
                Some("file.password"),
            ),
            (b"< 20;12\n20-39;15", None),
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
            (b"\x1e{\"a\":1}\n\x1e{\"a\":2}", Format::Ndjson),
            (&[b"{\"a\":\"", [b'x'; 2000].as_slice(), b"\"}\n{\"a\":2}"].concat(), Format::Ndjson),
            (b"\xff\xfe[\0{\0}\0]\0", Format::Json),
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
