//! The footer of a Parquet file: its columns and the pieces in which they stand.

use crate::thrift::{Thrift, read_struct};

/// How values are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stored {
    Bool,
    Int32,
    Int64,
    /// A moment of old writers: nanoseconds of the day, then the Julian day.
    Int96,
    Float,
    Double,
    Bytes,
    /// Bytes, always so many.
    Fixed(usize),
}

/// What stored values mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A number, or bytes of which nothing is said.
    Plain,
    /// Words.
    Text,
    /// An integer without sign.
    Unsigned,
    /// So many digits of the integer stand after the point.
    Decimal(usize),
    /// Days since 1970.
    Date,
    /// So many units of time a second, of the day.
    Time(i64),
    /// So many units of time a second, since 1970; an instant of UTC, or the time of a clock that is not named.
    Moment(i64, bool),
    /// A number of half precision (IEEE 754 binary16), little-endian.
    Half,
    /// Sixteen bytes of a UUID (RFC 9562).
    Uuid,
    /// A shape, in WKB.
    Geometry,
    /// Bytes that are no text.
    Opaque,
}

/// A column that holds values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Leaf {
    pub(crate) name: String,
    pub(crate) stored: Stored,
    pub(crate) meaning: Meaning,
    /// The level of a value that is there; below it something around it is missing.
    pub(crate) most_defined: u32,
    /// How many lists stand around it.
    pub(crate) most_repeated: u32,
}

/// The values of one column in one group of rows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chunk {
    pub(crate) start: u64,
    pub(crate) n_bytes: u64,
    pub(crate) codec: i64,
    pub(crate) n_values: usize,
    /// The least and the greatest value, as stored.
    pub(crate) bounds: Option<(Vec<u8>, Vec<u8>)>,
}

/// Rows that stand together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    pub(crate) n_rows: usize,
    /// In the order of the leaves.
    pub(crate) chunks: Vec<Chunk>,
}

/// What the footer says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Footer {
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) groups: Vec<Group>,
}

/// Whether a footer says that columns are encrypted (FileMetaData, field 8).
pub(crate) fn is_encrypted(mut bytes: &[u8]) -> bool {
    read_struct(&mut bytes).is_some_and(|meta| meta.field(8).is_some())
}

/// Reads the footer; none when it is not one.
pub(crate) fn read_footer(mut bytes: &[u8]) -> Option<Footer> {
    let meta = read_struct(&mut bytes)?;
    let leaves = read_leaves(meta.list(2))?;
    let groups = meta.list(4).iter().map(|group| read_group(group, leaves.len())).collect::<Option<_>>()?;
    Some(Footer { leaves, groups })
}

/// The most values that a column has in one group of rows: its cells as text take some ten bytes each, and a worker has 4 GB.
pub(crate) const MOST_VALUES: usize = 20_000_000;

/// The most bytes of a page that are inflated, or of texts that share their beginnings.
pub(crate) const MOST_BYTES: usize = 1 << 28;

fn read_group(group: &Thrift<'_>, n_leaves: usize) -> Option<Group> {
    let chunks: Vec<Chunk> = group.list(1).iter().map(read_chunk).collect::<Option<_>>()?;
    let n_rows = group.count(3)?;
    (chunks.len() == n_leaves).then_some(Group { n_rows, chunks })
}

fn read_chunk(chunk: &Thrift<'_>) -> Option<Chunk> {
    let meta = chunk.field(3)?;
    // some writers give a dictionary's place as 0 when there is none
    let start = [meta.count(11), meta.count(9)].into_iter().flatten().filter(|start| *start > 0).min();
    let bounds = meta.field(12).and_then(|bounds| Some((bounds.bytes(6)?.to_vec(), bounds.bytes(5)?.to_vec())));
    // what no page can hold is no count
    let n_values = meta.count(5).filter(|n_values| *n_values <= MOST_VALUES)?;
    // a column without values may have no page
    let start = start.or((n_values == 0).then_some(0))?;
    Some(Chunk { start: start as u64, n_bytes: meta.count(7)? as u64, codec: meta.int(4)?, n_values, bounds })
}

/// The tree of the schema comes as a list, each element before its children.
fn read_leaves(elements: &[Thrift<'_>]) -> Option<Vec<Leaf>> {
    let (root, mut rest) = elements.split_first()?;
    let mut leaves = Vec::new();
    for _ in 0..root.count(5)? {
        read_element(&mut rest, &mut Vec::new(), (0, 0), Around::Nothing, &mut leaves)?;
    }
    Some(leaves)
}

/// What stands around an element: of a list or a map, the repeated group and its one child are no steps of a name
/// (LogicalTypes.md, "Nested types").
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    /// A list, or a map.
    Nest,
    /// The repeated group of a list.
    Items,
}

fn read_element(
    rest: &mut &[Thrift<'_>],
    path: &mut Vec<String>,
    (defined, repeated): (u32, u32),
    around: Around,
    leaves: &mut Vec<Leaf>,
) -> Option<()> {
    const DEEPEST: usize = 16;
    let (element, after) = rest.split_first()?;
    *rest = after;
    let levels = match element.int(3) {
        Some(1) => (defined + 1, repeated),
        Some(2) => (defined + 1, repeated + 1),
        _ => (defined, repeated),
    };
    let n_children = element.count(5).unwrap_or(0);
    let logical = element.field(10).and_then(|logical| match logical {
        Thrift::Struct(fields) => fields.first().map(|(kind, _)| *kind),
        _ => None,
    });
    let is_nest = matches!(logical, Some(2 | 3)) || matches!(element.int(6), Some(1..=3));
    let inside = match around {
        _ if is_nest => Around::Nest,
        // a repeated group of several children is itself the item; the key and the value of a map keep their names
        Around::Nest if n_children == 1 => Around::Items,
        _ => Around::Nothing,
    };
    let is_repeated = element.int(3) == Some(2);
    let is_step = match around {
        Around::Nothing => true,
        Around::Nest => !is_repeated,
        Around::Items => false,
    };
    path.push(if is_step { element.text(4)? } else { String::new() });
    match element.count(5) {
        Some(n_children) if n_children > 0 => {
            for _ in 0..n_children {
                (path.len() < DEEPEST).then_some(())?;
                read_element(rest, path, levels, inside, leaves)?;
            }
        }
        _ => leaves.push(Leaf {
            name: name_of(path),
            stored: stored(element)?,
            meaning: meaning(element),
            most_defined: levels.0,
            most_repeated: levels.1,
        }),
    }
    path.pop();
    Some(())
}

/// `adresse.commune`; the steps that every list goes through are empty.
fn name_of(path: &[String]) -> String {
    path.iter().map(String::as_str).filter(|step| !step.is_empty()).collect::<Vec<_>>().join(".")
}

fn stored(element: &Thrift<'_>) -> Option<Stored> {
    Some(match element.int(1)? {
        0 => Stored::Bool,
        1 => Stored::Int32,
        2 => Stored::Int64,
        3 => Stored::Int96,
        4 => Stored::Float,
        5 => Stored::Double,
        6 => Stored::Bytes,
        7 => Stored::Fixed(element.count(2).filter(|n_bytes| *n_bytes > 0)?),
        _ => return None,
    })
}

/// Units of time in a second, of a TimeUnit: milliseconds, microseconds, nanoseconds.
fn per_second(time: &Thrift<'_>) -> i64 {
    let unit = time.field(2);
    match [1, 2, 3].into_iter().find(|id| unit.is_some_and(|unit| unit.field(*id).is_some())) {
        Some(1) => 1_000,
        Some(2) => 1_000_000,
        _ => 1_000_000_000,
    }
}

/// A decimal of more digits than the format allows is none.
fn decimal(scale: usize) -> Meaning {
    if scale <= 38 { Meaning::Decimal(scale) } else { Meaning::Opaque }
}

/// The logical type; the older converted type where there is none.
fn meaning(element: &Thrift<'_>) -> Meaning {
    let scale = || element.count(7).unwrap_or(0);
    if let Some(Thrift::Struct(fields)) = element.field(10)
        && let Some((kind, detail)) = fields.first()
    {
        return match kind {
            1 | 4 | 12 => Meaning::Text,
            5 => decimal(detail.count(1).unwrap_or_else(scale)),
            6 => Meaning::Date,
            7 => Meaning::Time(per_second(detail)),
            8 => Meaning::Moment(per_second(detail), detail.field(1) == Some(&Thrift::Bool(true))),
            10 if detail.field(2) == Some(&Thrift::Bool(false)) => Meaning::Unsigned,
            14 => Meaning::Uuid,
            15 => Meaning::Half,
            17 | 18 => Meaning::Geometry,
            // BSON
            13 => Meaning::Opaque,
            _ => Meaning::Plain,
        };
    }
    match element.int(6) {
        Some(0 | 4 | 19) => Meaning::Text,
        Some(5) => decimal(scale()),
        Some(6) => Meaning::Date,
        Some(7) => Meaning::Time(1_000),
        Some(8) => Meaning::Time(1_000_000),
        Some(9) => Meaning::Moment(1_000, false),
        Some(10) => Meaning::Moment(1_000_000, false),
        Some(11..=14) => Meaning::Unsigned,
        Some(20 | 21) => Meaning::Opaque,
        _ => Meaning::Plain,
    }
}
