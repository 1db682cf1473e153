//! Parquet files: the columns that are asked, of the groups of rows that may matter, as a CSV.
//!
//! A file is read from its end: the footer says where each column of each group of rows lies, so that of a large file
//! only these bytes need come. `read` is asked again with what it said that it needs.
//!
//! The reader is our own. The `parquet` crate weighs 155 kB (brotli) in a page without its ZSTD, which is C and does not
//! compile for one; data.gouv.fr and the INSEE write ZSTD.

mod chunk;
mod decode;
mod schema;
mod select;
mod text;
mod thrift;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
mod wkb;

use encart_table::expr::term::Condition;
use encart_table::{Notice, Place};

use crate::chunk::{Cells, read_chunk, unread_codec};
use crate::schema::{Footer, Meaning, read_footer};

/// What is asked of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked<'a> {
    /// How many bytes the file has.
    pub size: u64,
    /// What of it has come: where each part begins, and its bytes.
    pub parts: Vec<(u64, &'a [u8])>,
    /// The columns that are wanted; all when that is not known.
    pub columns: Option<Vec<String>>,
    /// What rows must fulfil, as far as it helps to leave groups out: those that come are not filtered.
    pub conditions: Vec<Condition>,
}

/// What a file gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// These bytes, from the first to before the second place, are needed first.
    Needs(Vec<(u64, u64)>),
    /// The rows.
    Rows {
        /// With `;` between cells, the names of the columns first.
        csv: String,
        /// The columns that the file says are words, whatever they look like.
        texts: Vec<String>,
        /// What was left out.
        notices: Vec<Notice>,
    },
}

/// The last bytes, where the footer of most files is whole.
const TAIL: u64 = 1 << 16;

/// Reads what is asked, or says which bytes it needs.
///
/// # Errors
/// A file that is damaged, encrypted, or compressed in a way that is not read.
pub fn read(asked: &Asked<'_>) -> Result<Answer, Notice> {
    let size = asked.size;
    if size < 12 {
        return Err(damaged());
    }
    let Some(ending) = part(asked, size - 8, size) else {
        return Ok(Answer::Needs(vec![(size.saturating_sub(TAIL), size)]));
    };
    let (length, mark) = ending.split_at_checked(4).ok_or_else(damaged)?;
    if mark == b"PARE" {
        return Err(encrypted());
    }
    let length = u64::from(u32::from_le_bytes(length.try_into().map_err(|_| damaged())?));
    let start = (size - 8).checked_sub(length).filter(|_| mark == b"PAR1").ok_or_else(damaged)?;
    let Some(footer) = part(asked, start, size - 8) else { return Ok(Answer::Needs(vec![(start, size)])) };
    if schema::is_encrypted(footer) {
        return Err(encrypted());
    }
    let footer = read_footer(footer).ok_or_else(damaged)?;
    if let Some(group) = footer.groups.iter().find(|group| group.n_rows > schema::MOST_VALUES) {
        return Err(too_large(group.n_rows));
    }

    // whoever asked for a column that is not there is told which there are
    let columns = select::columns(&footer, asked.columns.as_deref());
    let mut columns = columns.or_else(|| select::columns(&footer, None)).unwrap_or_default();
    let is_kept = |group: &&schema::Group| group.n_rows > 0 && select::may_hold(group, &footer, &asked.conditions);
    let groups: Vec<&schema::Group> = footer.groups.iter().filter(is_kept).collect();
    let needs = needs(asked, &columns, &groups)?;
    if !needs.is_empty() {
        return Ok(Answer::Needs(needs));
    }
    let (mut csv, mut binary) = (Vec::new(), Vec::new());
    for (place, group) in groups.iter().enumerate() {
        let read = |idx: &usize| -> Option<Cells> {
            let (leaf, chunk) = (footer.leaves.get(*idx)?, group.chunks.get(*idx)?);
            let bytes = part(asked, chunk.start, chunk.start.checked_add(chunk.n_bytes)?)?;
            read_chunk(bytes, chunk, leaf, group.n_rows)
        };
        let mut cells: Vec<Cells> = columns.iter().map(read).collect::<Option<_>>().ok_or_else(damaged)?;
        binary.extend(columns.iter().zip(&cells).filter(|(_, cells)| cells.is_binary).map(|(idx, _)| *idx));
        if place == 0 {
            // a column of bytes that nothing explains is no column of a table
            columns.retain(|idx| !binary.contains(idx));
            cells.retain(|cells| !cells.is_binary);
            write_header(&footer, &columns, &mut csv);
        }
        write_rows(&cells, &mut csv);
    }
    if groups.is_empty() {
        write_header(&footer, &columns, &mut csv);
    }
    let csv = String::from_utf8(csv).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    let is_text = |idx: &&usize| footer.leaves.get(**idx).is_some_and(|leaf| leaf.meaning == Meaning::Text);
    let name = |idx: &usize| footer.leaves.get(*idx).map_or_else(String::new, |leaf| leaf.name.clone());
    let texts = columns.iter().filter(is_text).map(name).collect();
    Ok(Answer::Rows { csv, texts, notices: say_left(&footer, &binary) })
}

/// Bytes of the file, when they have come.
fn part<'a>(asked: &Asked<'a>, start: u64, end: u64) -> Option<&'a [u8]> {
    asked.parts.iter().find_map(|(at, bytes)| {
        let from = usize::try_from(start.checked_sub(*at)?).ok()?;
        let to = usize::try_from(end.checked_sub(*at)?).ok()?;
        bytes.get(from..to)
    })
}

/// The bytes of columns that have not come; neighbours are asked at once.
fn needs(asked: &Asked<'_>, columns: &[usize], groups: &[&schema::Group]) -> Result<Vec<(u64, u64)>, Notice> {
    const NEAR: u64 = 1 << 15;
    let mut needs: Vec<(u64, u64)> = Vec::new();
    for chunk in groups.iter().flat_map(|group| columns.iter().filter_map(|idx| group.chunks.get(*idx))) {
        if let Some(name) = unread_codec(chunk.codec) {
            return Err(codec(name));
        }
        let end = chunk.start.checked_add(chunk.n_bytes).filter(|end| *end <= asked.size).ok_or_else(damaged)?;
        if part(asked, chunk.start, end).is_none() {
            needs.push((chunk.start, end));
        }
    }
    needs.sort_unstable();
    let mut joined: Vec<(u64, u64)> = Vec::new();
    for (start, end) in needs {
        match joined.last_mut() {
            Some((_, last)) if start <= last.saturating_add(NEAR) => *last = end.max(*last),
            _ => joined.push((start, end)),
        }
    }
    Ok(joined)
}

fn write_header(footer: &Footer, columns: &[usize], csv: &mut Vec<u8>) {
    for (place, idx) in columns.iter().enumerate() {
        if place > 0 {
            csv.push(b';');
        }
        let name = footer.leaves.get(*idx).map_or("", |leaf| leaf.name.as_str());
        csv.extend_from_slice(format!("\"{}\"", name.replace('"', "\"\"")).as_bytes());
    }
    csv.push(b'\n');
}

fn write_rows(columns: &[Cells], csv: &mut Vec<u8>) {
    let n_rows = columns.first().map_or(0, Cells::n_rows);
    for row_idx in 0..n_rows {
        let start = csv.len();
        for (place, column) in columns.iter().enumerate() {
            if place > 0 {
                csv.push(b';');
            }
            csv.extend_from_slice(column.get(row_idx));
        }
        // a line without anything would be no line
        if csv.len() == start {
            csv.extend_from_slice(b"\"\"");
        }
        csv.push(b'\n');
    }
}

fn say_left(footer: &Footer, binary: &[usize]) -> Vec<Notice> {
    let is_left = |(idx, leaf): &(usize, &schema::Leaf)| leaf.meaning == Meaning::Opaque || binary.contains(idx);
    let left: Vec<&str> =
        footer.leaves.iter().enumerate().filter(is_left).map(|(_, leaf)| leaf.name.as_str()).collect();
    let list = left.join(", ");
    let notice = (!left.is_empty()).then(|| {
        Notice::info(
            "parquet.left-out",
            Place::whole(),
            format_args!("colonnes qui ne sont ni texte, ni nombre, ni date, laissées de côté : {list}."),
            format_args!("columns that are neither text, number nor date, left out: {list}."),
        )
    });
    notice.into_iter().collect()
}

fn damaged() -> Notice {
    Notice::error(
        "parquet.damaged",
        Place::column("src"),
        format_args!("le fichier Parquet est abîmé ou coupé. Prévenez le producteur, ou donnez l’adresse d’un CSV."),
        format_args!("the Parquet file is damaged or cut. Tell the producer, or give the address of a CSV."),
    )
}

fn too_large(n_rows: usize) -> Notice {
    Notice::error(
        "parquet.too-large",
        Place::column("src"),
        format_args!(
            "le fichier Parquet a un groupe de {n_rows} lignes : {} au plus sont lues d’un coup. Demandez au producteur des groupes plus petits, ou une partie des données.",
            schema::MOST_VALUES
        ),
        format_args!(
            "the Parquet file has a group of {n_rows} rows: {} at most are read at once. Ask the producer for smaller groups, or for a part of the data.",
            schema::MOST_VALUES
        ),
    )
}

fn encrypted() -> Notice {
    Notice::error(
        "parquet.encrypted",
        Place::column("src"),
        format_args!("le fichier Parquet est chiffré. Le jeu de données doit être public."),
        format_args!("the Parquet file is encrypted. The dataset must be public."),
    )
}

fn codec(name: &str) -> Notice {
    Notice::error(
        "parquet.codec",
        Place::column("src"),
        format_args!(
            "le fichier Parquet est compressé en {name}, qui n’est pas lu. Demandez ZSTD, Snappy ou GZIP, ou donnez l’adresse d’un CSV."
        ),
        format_args!(
            "the Parquet file is compressed with {name}, which is not read. Ask for ZSTD, Snappy or GZIP, or give the address of a CSV."
        ),
    )
}
