//! ZIP archives: the files that they hold.
//!
//! PKWARE, "APPNOTE.TXT – .ZIP File Format Specification" 6.3: the directory at the end, files stored or deflated. A
//! workbook needs no more of it.

use std::io::Read;

use encart_table::encoding::decode_utf16;

/// An archive: the names of its files, how each is packed, and where.
pub(crate) struct Archive<'a> {
    bytes: &'a [u8],
    files: Vec<(String, File)>,
}

#[derive(Clone, Copy)]
struct File {
    method: u16,
    n_packed: usize,
    n_inflated: usize,
    /// Where its own header begins.
    start: usize,
}

/// A little-endian number of two or four bytes.
fn number(bytes: &[u8], at: usize, n_bytes: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(n_bytes)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

impl<'a> Archive<'a> {
    /// Reads the directory; none when there is none, or when its files need a password.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Archive<'a>> {
        const END: &[u8] = b"PK\x05\x06";
        const LONGEST_COMMENT: usize = 1 << 16;
        let from = bytes.len().saturating_sub(LONGEST_COMMENT + 22);
        let end = from + bytes.get(from..)?.windows(END.len()).rposition(|window| window == END)?;
        let n_files = number(bytes, end + 10, 2)?;
        let mut at = number(bytes, end + 16, 4)?;
        let mut files = Vec::new();
        for _ in 0..n_files {
            if !bytes.get(at..)?.starts_with(b"PK\x01\x02") || number(bytes, at + 8, 2)? & 1 == 1 {
                return None;
            }
            let size = |at: usize| number(bytes, at, 2);
            let (name, extra, comment) = (size(at + 28)?, size(at + 30)?, size(at + 32)?);
            let file = File {
                method: u16::try_from(size(at + 10)?).ok()?,
                n_packed: number(bytes, at + 20, 4)?,
                n_inflated: number(bytes, at + 24, 4)?,
                start: number(bytes, at + 42, 4)?,
            };
            // some programs of Windows write `dossier\fichier.csv`
            let path = String::from_utf8_lossy(bytes.get(at + 46..at + 46 + name)?).replace('\\', "/");
            files.push((path, file));
            at += 46 + name + extra + comment;
        }
        Some(Archive { bytes, files })
    }

    /// The text of a file; none when it is not there, or neither UTF-8 nor UTF-16.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        let bytes = self.bytes(path)?;
        match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => Some(decode_utf16(rest, u16::from_le_bytes)),
            [0xfe, 0xff, rest @ ..] => Some(decode_utf16(rest, u16::from_be_bytes)),
            _ => String::from_utf8(bytes).ok(),
        }
    }

    /// The names of the files, folders left out, with how large each is.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, usize)> {
        self.files.iter().filter(|(name, _)| !name.ends_with('/')).map(|(name, file)| (name.as_str(), file.n_inflated))
    }

    /// The bytes of a file; none when it is not there, or damaged. Names are compared without case, as Excel does.
    pub(crate) fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        const MOST: u64 = 250_000_000;
        let (_, file) = self.files.iter().find(|(other, _)| other.eq_ignore_ascii_case(path))?;
        let header = self.bytes.get(file.start..)?;
        let start = 30 + number(header, 26, 2)? + number(header, 28, 2)?;
        let packed = header.get(start..start.checked_add(file.n_packed)?)?;
        let mut inflated = Vec::with_capacity(file.n_inflated.min(packed.len().saturating_mul(32)));
        match file.method {
            0 => inflated.extend_from_slice(packed),
            8 => drop(flate2::read::DeflateDecoder::new(packed).take(MOST).read_to_end(&mut inflated).ok()?),
            _ => return None,
        }
        Some(inflated)
    }
}
