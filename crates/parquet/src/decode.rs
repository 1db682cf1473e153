//! Which numbers and bytes do the encodings of Parquet hold?
//!
//! Apache Parquet, "Parquet encoding definitions" (Encodings.md).

use crate::schema::{MOST_BYTES, Stored};
use crate::thrift::{take, varint, zigzag};

/// A value as it is stored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Raw<'a> {
    Bool(bool),
    Int(i64),
    /// Nanoseconds of the day, and the Julian day.
    Int96(u64, u32),
    Float(f32),
    Double(f64),
    Bytes(&'a [u8]),
}

/// Little-endian, of one to eight bytes.
fn little(bytes: &[u8]) -> u64 {
    match <[u8; 8]>::try_from(bytes) {
        Ok(bytes) => u64::from_le_bytes(bytes),
        Err(_) => bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    }
}

/// Numbers of `width` bits one after the other, the lowest bit first.
pub(crate) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    width: usize,
}

impl<'a> Bits<'a> {
    pub(crate) fn new(bytes: &'a [u8], width: usize) -> Bits<'a> {
        Bits { bytes, at: 0, width }
    }
}

impl Iterator for Bits<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let (first, shift) = (self.at / 8, self.at % 8);
        let last = (self.at + self.width).div_ceil(8);
        let bytes = self.bytes.get(first..last)?;
        self.at += self.width;
        let number = match self.bytes.get(first..first + 8).map(<[u8; 8]>::try_from) {
            Some(Ok(bytes)) if shift + self.width <= 64 => u128::from(u64::from_le_bytes(bytes)) >> shift,
            _ => bytes.iter().rev().fold(0_u128, |number, byte| number << 8 | u128::from(*byte)) >> shift,
        };
        let mask = if self.width >= 64 { u64::MAX } else { (1 << self.width) - 1 };
        Some(number as u64 & mask)
    }
}

/// Runs of one number and groups of eight numbers ("RLE/bit-packing hybrid").
pub(crate) fn hybrid(mut bytes: &[u8], width: usize, count: usize) -> Option<Vec<u32>> {
    let mut numbers = Vec::with_capacity(count.min(1 << 20));
    while numbers.len() < count {
        let head = varint(&mut bytes)?;
        let left = count - numbers.len();
        if head & 1 == 1 {
            let n_groups = usize::try_from(head >> 1).ok()?;
            let n_bytes = n_groups.checked_mul(width)?.min(bytes.len());
            let packed = take(&mut bytes, n_bytes)?;
            let before = numbers.len();
            match width {
                0 => numbers.resize(before + left.min(n_groups.saturating_mul(8)), 0),
                8 => numbers.extend(packed.iter().take(left).map(|byte| u32::from(*byte))),
                _ => numbers.extend(
                    Bits::new(packed, width).take(left.min(n_groups.saturating_mul(8))).map(|number| number as u32),
                ),
            }
            (numbers.len() > before).then_some(())?;
        } else {
            let n_times = usize::try_from(head >> 1).ok()?.min(left);
            let number = little(take(&mut bytes, width.div_ceil(8))?) as u32;
            (n_times > 0).then_some(())?;
            numbers.resize(numbers.len() + n_times, number);
        }
    }
    Some(numbers)
}

/// Differences in blocks (DELTA_BINARY_PACKED), `most` numbers at most: equal ones take no bytes. Leaves what follows.
pub(crate) fn delta(bytes: &mut &[u8], most: usize) -> Option<Vec<i64>> {
    let block = usize::try_from(varint(bytes)?).ok()?;
    let n_mini = usize::try_from(varint(bytes)?).ok().filter(|n_mini| *n_mini > 0)?;
    let count = usize::try_from(varint(bytes)?).ok().filter(|count| *count <= most)?;
    let mut value = zigzag(bytes)?;
    let mut numbers = Vec::with_capacity(count.min(1 << 20));
    if count > 0 {
        numbers.push(value);
    }
    let per_mini = block / n_mini;
    (per_mini > 0).then_some(())?;
    while numbers.len() < count {
        let least = zigzag(bytes)?;
        let widths = take(bytes, n_mini)?;
        for width in widths {
            if numbers.len() >= count {
                break;
            }
            let width = usize::from(*width);
            (width <= 64).then_some(())?;
            let packed = take(bytes, per_mini.checked_mul(width)?.div_ceil(8))?;
            let mut bits = Bits::new(packed, width);
            for _ in 0..per_mini.min(count - numbers.len()) {
                value = value.wrapping_add(least).wrapping_add(bits.next()? as i64);
                numbers.push(value);
            }
        }
    }
    Some(numbers)
}

/// Lengths, then all texts in a row (DELTA_LENGTH_BYTE_ARRAY).
pub(crate) fn delta_lengths<'a>(bytes: &mut &'a [u8], most: usize) -> Option<Vec<&'a [u8]>> {
    let lengths = delta(bytes, most)?;
    lengths.into_iter().map(|length| take(bytes, usize::try_from(length).ok()?)).collect()
}

/// What a text shares with the one before, and what it does not (DELTA_BYTE_ARRAY): the texts, one after the other.
pub(crate) fn delta_texts(bytes: &mut &[u8], most: usize) -> Option<Vec<Vec<u8>>> {
    let shared = delta(bytes, most)?;
    let rests = delta_lengths(bytes, most)?;
    let mut texts: Vec<Vec<u8>> = Vec::with_capacity(rests.len());
    let mut n_bytes = 0;
    for (shared, rest) in shared.into_iter().zip(rests) {
        let before = texts.last().map_or(&[][..], Vec::as_slice);
        let shared = before.get(..usize::try_from(shared).ok()?)?;
        n_bytes += shared.len() + rest.len();
        (n_bytes <= MOST_BYTES).then_some(())?;
        texts.push([shared, rest].concat());
    }
    Some(texts)
}

/// The first bytes of all values, then the second ones … (BYTE_STREAM_SPLIT), put back side by side.
pub(crate) fn unsplit(bytes: &[u8], width: usize) -> Vec<u8> {
    let count = bytes.len() / width.max(1);
    let byte = |idx: usize, place: usize| bytes.get(place * count + idx).copied().unwrap_or(0);
    (0..count).flat_map(|idx| (0..width).map(move |place| byte(idx, place))).collect()
}

/// How many bytes a stored value has, where all have as many.
pub(crate) fn width(stored: Stored) -> Option<usize> {
    match stored {
        Stored::Int32 | Stored::Float => Some(4),
        Stored::Int64 | Stored::Double => Some(8),
        Stored::Int96 => Some(12),
        Stored::Fixed(n_bytes) => Some(n_bytes),
        Stored::Bool | Stored::Bytes => None,
    }
}

/// Values one after the other (PLAIN).
pub(crate) fn plain<'a>(mut bytes: &'a [u8], stored: Stored, count: usize) -> Option<Vec<Raw<'a>>> {
    if stored == Stored::Bool {
        let truths: Vec<Raw<'_>> = Bits::new(bytes, 1).take(count).map(|bit| Raw::Bool(bit == 1)).collect();
        return (truths.len() == count).then_some(truths);
    }
    let mut values = Vec::with_capacity(count.min(bytes.len()));
    for _ in 0..count {
        let n_bytes = match width(stored) {
            Some(n_bytes) => n_bytes,
            None => little(take(&mut bytes, 4)?) as usize,
        };
        values.push(one(take(&mut bytes, n_bytes)?, stored));
    }
    Some(values)
}

/// A stored value alone, as it stands in a bound.
pub(crate) fn one(bytes: &[u8], stored: Stored) -> Raw<'_> {
    let number = little(bytes.get(..8).unwrap_or(bytes));
    match stored {
        Stored::Bool => Raw::Bool(number == 1),
        Stored::Int32 => Raw::Int(i64::from(number as u32 as i32)),
        Stored::Int64 => Raw::Int(number as i64),
        Stored::Int96 => Raw::Int96(number, little(bytes.get(8..12).unwrap_or_default()) as u32),
        Stored::Float => Raw::Float(f32::from_bits(number as u32)),
        Stored::Double => Raw::Double(f64::from_bits(number)),
        Stored::Bytes | Stored::Fixed(_) => Raw::Bytes(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_specification_are_read() {
        // Encodings.md, "Run Length Encoding / Bit-Packing Hybrid": 0 to 7 in three bits
        assert_eq!(hybrid(&[0b11, 0b1000_1000, 0b1100_0110, 0b1111_1010], 3, 8), Some((0..8).collect()));
        assert_eq!(hybrid(&[8 << 1, 5], 3, 8), Some(vec![5; 8]));
        // "Delta Encoding", example 1: 1, 2, 3, 4, 5 are a first value and differences of 1, without bits
        assert_eq!(delta(&mut &[8, 1, 5, 2, 2, 0][..], 5), Some(vec![1, 2, 3, 4, 5]));
        // example 2: 7, 5, 3, 1, 2, 3, 4, 5: the least difference is -2, the others are told in two bits
        assert_eq!(delta(&mut &[8, 1, 8, 14, 3, 2, 0xc0, 0x3f][..], 8), Some(vec![7, 5, 3, 1, 2, 3, 4, 5]));
        // "Byte Stream Split"
        let split = [0xaa, 0x00, 0xa3, 0xbb, 0x11, 0xb4, 0xcc, 0x22, 0xc5, 0xdd, 0x33, 0xd6];
        let whole = [0xaa, 0xbb, 0xcc, 0xdd, 0x00, 0x11, 0x22, 0x33, 0xa3, 0xb4, 0xc5, 0xd6];
        assert_eq!(unsplit(&split, 4), whole);
    }

    #[test]
    fn what_is_cut_gives_nothing() {
        assert_eq!(hybrid(&[0b11, 0b1000_1000], 3, 8), None);
        assert_eq!(hybrid(&[], 1, 1), None);
        assert_eq!(hybrid(&[0, 1], 1, 1), None);
        assert_eq!(delta(&mut &[8, 0, 5, 2][..], 5), None);
        assert_eq!(plain(&[4, 0, 0, 0, b'a'], Stored::Bytes, 1), None);
        // a million equal numbers in six bytes, of a page of five
        assert_eq!(delta(&mut &[8, 1, 0xc0, 0x84, 0x3d, 2, 2, 0][..], 5), None);
    }
}
