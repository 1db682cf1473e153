//! Which cells does a column have in one group of rows?

use encart_table::csv_out::push_one_line;

use crate::decode::{Raw, delta, delta_lengths, delta_texts, hybrid, one, plain, unsplit, width};
use crate::schema::{Chunk, Leaf, MOST_BYTES, MOST_VALUES, Meaning, Stored};
use crate::text::write_value;
use crate::thrift::{Thrift, read_struct, take};

/// The cells of a column: texts, each once or more often, and for each row the number of its text, from 1; 0 is none.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    texts: Vec<u8>,
    ends: Vec<usize>,
    rows: Vec<u32>,
    /// The values of the list under way, by their texts.
    list: Vec<u32>,
    /// Whether something was met that is no text, where nothing says what it is.
    pub(crate) is_binary: bool,
}

impl Cells {
    /// The cell of a row, as it stands in a CSV.
    pub(crate) fn get(&self, row_idx: usize) -> &[u8] {
        self.rows.get(row_idx).map_or(&[], |number| self.text(*number))
    }

    fn text(&self, number: u32) -> &[u8] {
        let Some(text) = (number as usize).checked_sub(1) else { return &[] };
        let start = text.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(text).and_then(|end| self.texts.get(start..*end)).unwrap_or_default()
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    fn add(&mut self, raw: Raw<'_>, leaf: &Leaf) -> u32 {
        if let (Meaning::Plain, Raw::Bytes(bytes)) = (leaf.meaning, raw)
            && let Some(shape) = crate::wkb::as_geojson(bytes)
        {
            // GeoParquet before 2.0 says nothing of a shape in the schema of its columns
            push_one_line(shape.as_bytes(), &mut self.texts);
        } else if let (Meaning::Plain, Raw::Bytes(bytes)) = (leaf.meaning, raw)
            && std::str::from_utf8(bytes).is_err()
        {
            self.is_binary = true;
        } else {
            write_value(raw, leaf, &mut self.texts);
        }
        self.ends.push(self.texts.len());
        self.ends.len() as u32
    }

    /// Ends the list under way: a row is written as its items, with commas.
    fn end_list(&mut self) {
        let list = std::mem::take(&mut self.list);
        match list.as_slice() {
            [] => {}
            [only] => self.rows.push(*only),
            _ => {
                let mut joined = Vec::new();
                for number in list {
                    let text = unquote(self.text(number));
                    if !joined.is_empty() && !text.is_empty() {
                        joined.extend_from_slice(b", ");
                    }
                    joined.extend_from_slice(&text);
                }
                push_one_line(&joined, &mut self.texts);
                self.ends.push(self.texts.len());
                self.rows.push(self.ends.len() as u32);
            }
        }
    }
}

/// A text as it was before it stood between quotes.
fn unquote(cell: &[u8]) -> Vec<u8> {
    match cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\"")) {
        Some(inner) => String::from_utf8_lossy(inner).replace("\"\"", "\"").into_bytes(),
        None => cell.to_vec(),
    }
}

/// The bytes of a page, as they were before they were compressed.
fn inflate(bytes: &[u8], codec: i64, n_bytes: usize) -> Option<Vec<u8>> {
    use std::io::Read;
    if n_bytes > MOST_BYTES || codec == 1 && snap::raw::decompress_len(bytes).ok()? > n_bytes {
        return None;
    }
    match codec {
        0 => Some(bytes.to_vec()),
        1 => snap::raw::Decoder::new().decompress_vec(bytes).ok(),
        2 => {
            let mut inflated = Vec::with_capacity(n_bytes);
            let most = n_bytes as u64 + 1;
            flate2::read::MultiGzDecoder::new(bytes).take(most).read_to_end(&mut inflated).ok()?;
            Some(inflated)
        }
        6 => {
            let mut inflated = Vec::with_capacity(n_bytes);
            ruzstd::decoding::FrameDecoder::new().decode_all_to_vec(bytes, &mut inflated).ok()?;
            Some(inflated)
        }
        _ => None,
    }
}

/// The names of the codecs that are not read.
pub(crate) fn unread_codec(codec: i64) -> Option<&'static str> {
    match codec {
        0 | 1 | 2 | 6 => None,
        3 => Some("LZO"),
        4 => Some("Brotli"),
        5 | 7 => Some("LZ4"),
        _ => Some("?"),
    }
}

/// A page: how many values, how they are encoded, the levels, the values.
struct Page {
    n_values: usize,
    encoding: i64,
    repeated: Vec<u32>,
    defined: Vec<u32>,
    /// The values begin here.
    start: usize,
    bytes: Vec<u8>,
}

/// How many bits tell a level.
fn bits(most: u32) -> usize {
    (u32::BITS - most.leading_zeros()) as usize
}

/// Reads the cells of a chunk; none when its bytes are not what they should be.
pub(crate) fn read_chunk(mut bytes: &[u8], chunk: &Chunk, leaf: &Leaf, n_rows: usize) -> Option<Cells> {
    let mut cells = Cells { rows: Vec::with_capacity(n_rows.min(1 << 20)), ..Cells::default() };
    let (mut n_read, mut n_words) = (0, 0);
    while n_read < chunk.n_values {
        let header = read_struct(&mut bytes)?;
        let (n_inflated, n_packed) = (header.count(2)?, header.count(3)?);
        let packed = take(&mut bytes, n_packed)?;
        match header.int(1)? {
            2 => {
                let detail = header.field(7)?;
                let words = inflate(packed, chunk.codec, n_inflated)?;
                for raw in plain(&words, leaf.stored, detail.count(1)?)? {
                    cells.add(raw, leaf);
                }
                n_words = cells.ends.len();
            }
            0 => {
                let page = read_page(header.field(5)?, inflate(packed, chunk.codec, n_inflated)?, leaf)?;
                n_read += page.n_values;
                (n_read <= chunk.n_values).then_some(())?;
                add_page(&page, leaf, n_words, &mut cells)?;
            }
            3 => {
                let page = read_page_v2(header.field(8)?, packed, chunk.codec, n_inflated, leaf)?;
                n_read += page.n_values;
                (n_read <= chunk.n_values).then_some(())?;
                add_page(&page, leaf, n_words, &mut cells)?;
            }
            _ => {}
        }
    }
    cells.end_list();
    (cells.rows.len() == n_rows).then_some(cells)
}

fn read_page(detail: &Thrift<'_>, bytes: Vec<u8>, leaf: &Leaf) -> Option<Page> {
    const RLE: i64 = 3;
    let n_values = detail.count(1).filter(|n_values| *n_values <= MOST_VALUES)?;
    let mut rest = bytes.as_slice();
    let mut levels = |most: u32, encoding: Option<i64>| -> Option<Vec<u32>> {
        match most {
            0 => Some(Vec::new()),
            _ if encoding == Some(RLE) => {
                let n_bytes = u32::from_le_bytes(take(&mut rest, 4)?.try_into().ok()?) as usize;
                hybrid(take(&mut rest, n_bytes)?, bits(most), n_values)
            }
            _ => None,
        }
    };
    let repeated = levels(leaf.most_repeated, detail.int(4))?;
    let defined = levels(leaf.most_defined, detail.int(3))?;
    let start = bytes.len() - rest.len();
    Some(Page { n_values, encoding: detail.int(2)?, repeated, defined, start, bytes })
}

fn read_page_v2(detail: &Thrift<'_>, packed: &[u8], codec: i64, n_inflated: usize, leaf: &Leaf) -> Option<Page> {
    let n_values = detail.count(1).filter(|n_values| *n_values <= MOST_VALUES)?;
    let (n_defined, n_repeated) = (detail.count(5)?, detail.count(6)?);
    let mut rest = packed;
    let repeated = take(&mut rest, n_repeated)?;
    let defined = take(&mut rest, n_defined)?;
    let levels = |most: u32, bytes| if most == 0 { Some(Vec::new()) } else { hybrid(bytes, bits(most), n_values) };
    let is_packed = detail.field(7) != Some(&Thrift::Bool(false));
    let n_values_bytes = n_inflated.checked_sub(n_defined.checked_add(n_repeated)?)?;
    let bytes = if is_packed && !rest.is_empty() { inflate(rest, codec, n_values_bytes)? } else { rest.to_vec() };
    Some(Page {
        n_values,
        encoding: detail.int(4)?,
        repeated: levels(leaf.most_repeated, repeated)?,
        defined: levels(leaf.most_defined, defined)?,
        start: 0,
        bytes,
    })
}

/// Adds the rows of a page.
fn add_page(page: &Page, leaf: &Leaf, n_words: usize, cells: &mut Cells) -> Option<()> {
    let is_there = |level: &&u32| **level == leaf.most_defined;
    let n_there = if leaf.most_defined == 0 { page.n_values } else { page.defined.iter().filter(is_there).count() };
    let numbers = read_values(page, leaf, n_words, n_there, cells)?;
    let mut numbers = numbers.into_iter();
    for idx in 0..page.n_values {
        let is_there = leaf.most_defined == 0 || page.defined.get(idx) == Some(&leaf.most_defined);
        let number = if is_there { numbers.next()? } else { 0 };
        match page.repeated.get(idx) {
            None => cells.rows.push(number),
            Some(level) => {
                if *level == 0 {
                    cells.end_list();
                }
                cells.list.push(number);
            }
        }
    }
    Some(())
}

/// The numbers of the values of a page among the texts.
fn read_values(page: &Page, leaf: &Leaf, n_words: usize, count: usize, cells: &mut Cells) -> Option<Vec<u32>> {
    let bytes = page.bytes.get(page.start..)?;
    let mut add_all = |raws: Vec<Raw<'_>>| -> Option<Vec<u32>> {
        (raws.len() >= count).then(|| raws.into_iter().take(count).map(|raw| cells.add(raw, leaf)).collect())
    };
    let mut rest = bytes;
    match page.encoding {
        0 => add_all(plain(bytes, leaf.stored, count)?),
        // words of the dictionary
        2 | 8 => {
            if count == 0 {
                return Some(Vec::new());
            }
            let (width, rest) = bytes.split_first()?;
            (*width <= 32).then_some(())?;
            let numbers = hybrid(rest, usize::from(*width), count)?;
            numbers.into_iter().map(|number| ((number as usize) < n_words).then_some(number + 1)).collect()
        }
        3 if leaf.stored == Stored::Bool => {
            let n_bytes = u32::from_le_bytes(take(&mut rest, 4)?.try_into().ok()?) as usize;
            let truths = hybrid(take(&mut rest, n_bytes)?, 1, count)?;
            add_all(truths.into_iter().map(|truth| Raw::Bool(truth == 1)).collect())
        }
        // differences of numbers of 32 bits wrap at 32 bits
        5 if leaf.stored == Stored::Int32 => add_all(
            delta(&mut rest, page.n_values)?.into_iter().map(|number| Raw::Int(i64::from(number as i32))).collect(),
        ),
        5 => add_all(delta(&mut rest, page.n_values)?.into_iter().map(Raw::Int).collect()),
        6 => add_all(delta_lengths(&mut rest, page.n_values)?.into_iter().map(Raw::Bytes).collect()),
        7 => {
            let texts = delta_texts(&mut rest, page.n_values)?;
            add_all(texts.iter().map(|text| one(text, leaf.stored)).collect())
        }
        9 => {
            let whole = unsplit(bytes, width(leaf.stored)?);
            add_all(plain(&whole, leaf.stored, count)?)
        }
        _ => None,
    }
}
