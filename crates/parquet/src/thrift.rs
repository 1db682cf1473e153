//! What do the structures of a Parquet file say? Thrift's compact protocol, as a tree.
//!
//! Apache Thrift, "Thrift Compact protocol encoding"; what the fields mean is in parquet.thrift of Apache Parquet.

/// A value of the protocol.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Thrift<'a> {
    Bool(bool),
    Int(i64),
    Bytes(&'a [u8]),
    List(Vec<Thrift<'a>>),
    Struct(Vec<(i64, Thrift<'a>)>),
    /// A kind that Parquet's structures use for nothing we read.
    Other,
}

impl<'a> Thrift<'a> {
    /// The field of a structure.
    pub(crate) fn field(&self, id: i64) -> Option<&Thrift<'a>> {
        match self {
            Thrift::Struct(fields) => fields.iter().find(|(other, _)| *other == id).map(|(_, value)| value),
            _ => None,
        }
    }

    pub(crate) fn int(&self, id: i64) -> Option<i64> {
        match self.field(id)? {
            Thrift::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// A field that counts bytes, values or places.
    pub(crate) fn count(&self, id: i64) -> Option<usize> {
        self.int(id).and_then(|number| usize::try_from(number).ok())
    }

    pub(crate) fn bytes(&self, id: i64) -> Option<&'a [u8]> {
        match self.field(id)? {
            Thrift::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(crate) fn text(&self, id: i64) -> Option<String> {
        self.bytes(id).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    /// The items of a list; none when there is no such field.
    pub(crate) fn list(&self, id: i64) -> &[Thrift<'a>] {
        match self.field(id) {
            Some(Thrift::List(items)) => items,
            _ => &[],
        }
    }
}

/// Reads a structure at the beginning of the bytes, and leaves what follows it.
pub(crate) fn read_struct<'a>(bytes: &mut &'a [u8]) -> Option<Thrift<'a>> {
    const DEEPEST: usize = 16;
    structure(bytes, DEEPEST)
}

/// A number in groups of seven bits, the lowest first (ULEB128).
pub(crate) fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(bytes, 1)?.first().copied()?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// A number whose sign is its lowest bit.
pub(crate) fn zigzag(bytes: &mut &[u8]) -> Option<i64> {
    let number = varint(bytes)?;
    Some((number >> 1) as i64 ^ -((number & 1) as i64))
}

/// The first bytes, and leaves the others.
pub(crate) fn take<'a>(bytes: &mut &'a [u8], n_bytes: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(n_bytes)?;
    *bytes = rest;
    Some(taken)
}

fn byte(bytes: &mut &[u8]) -> Option<u8> {
    take(bytes, 1)?.first().copied()
}

fn structure<'a>(bytes: &mut &'a [u8], depth: usize) -> Option<Thrift<'a>> {
    let depth = depth.checked_sub(1)?;
    let (mut fields, mut id) = (Vec::new(), 0);
    loop {
        let head = byte(bytes)?;
        if head == 0 {
            return Some(Thrift::Struct(fields));
        }
        id = match head >> 4 {
            0 => zigzag(bytes)?,
            delta => id + i64::from(delta),
        };
        let value = match head & 0x0f {
            1 => Thrift::Bool(true),
            2 => Thrift::Bool(false),
            kind => value(bytes, kind, depth)?,
        };
        fields.push((id, value));
    }
}

fn value<'a>(bytes: &mut &'a [u8], kind: u8, depth: usize) -> Option<Thrift<'a>> {
    Some(match kind {
        1 | 2 => Thrift::Bool(byte(bytes)? == 1),
        3 => Thrift::Int(i64::from(byte(bytes)? as i8)),
        4..=6 => Thrift::Int(zigzag(bytes)?),
        7 => take(bytes, 8).map(|_| Thrift::Other)?,
        8 => {
            let n_bytes = usize::try_from(varint(bytes)?).ok()?;
            Thrift::Bytes(take(bytes, n_bytes)?)
        }
        9 | 10 => {
            let depth = depth.checked_sub(1)?;
            let head = byte(bytes)?;
            let n_items = match head >> 4 {
                15 => varint(bytes)?,
                n_items => u64::from(n_items),
            };
            let items = (0..n_items).map(|_| match head & 0x0f {
                12 => structure(bytes, depth),
                kind => value(bytes, kind, depth),
            });
            Thrift::List(items.collect::<Option<_>>()?)
        }
        11 => {
            let depth = depth.checked_sub(1)?;
            let n_items = varint(bytes)?;
            let kinds = if n_items > 0 { byte(bytes)? } else { 0 };
            for _ in 0..n_items {
                value(bytes, kinds >> 4, depth)?;
                value(bytes, kinds & 0x0f, depth)?;
            }
            Thrift::Other
        }
        12 => structure(bytes, depth)?,
        _ => return None,
    })
}
