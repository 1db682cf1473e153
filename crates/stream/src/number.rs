//! Which number do plain digits say, without a text being made of them?

use encart_table::infer::Kind;
use encart_table::number::Mark;
use encart_table::unit::{Unit, split_cell};
use encart_table::{Hedge, Value, Why};

const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// The number of a cell of sign, digits and one decimal mark, fifteen digits at most: a whole number divided by a power of
/// ten, both exact, is the nearest double (as `encart_table::decimal` gives). Anything else (spaces, units, exponents,
/// leading zeros) is none: the reader of cells decides.
pub(crate) fn plain_number(cell: &[u8], mark: Mark) -> Option<f64> {
    let (is_negative, digits) = match cell {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if let [b'0', b'0'..=b'9', ..] = digits {
        return None;
    }
    let decimal = if mark == Mark::Comma { b',' } else { b'.' };
    let (mut mantissa, mut n_digits, mut n_decimals, mut has_mark) = (0u64, 0, 0usize, false);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + u64::from(byte - b'0');
                n_digits += 1;
                n_decimals += usize::from(has_mark);
            }
            byte if *byte == decimal && !has_mark && n_digits > 0 => has_mark = true,
            _ => return None,
        }
        if n_digits > 15 {
            return None;
        }
    }
    if n_digits == 0 || (has_mark && n_decimals == 0) {
        return None;
    }
    let value = mantissa as f64 / POWERS.get(n_decimals).copied()?;
    Some(if is_negative { -value } else { value })
}

/// The value of a cell, and what it says beside it. A unit that the head did not show is learnt from the first cell that
/// carries one.
pub(crate) fn read_cell<'a>(kind: &mut Kind, cell: &'a str) -> (Value<'a>, Option<Hedge>) {
    let read = kind.read_hedged(cell);
    if let (Value::Missing(Why::Unreadable), Kind::Number { unit: unit @ None, .. }) = (read.0, &mut *kind) {
        let (_, found) = split_cell(cell);
        if found.is_some() {
            *unit = found.and_then(Unit::new);
            return kind.read_hedged(cell);
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_number_of_the_reader_of_cells_or_none() {
        use encart_table::number::read_number;
        for cell in [
            "0",
            "12",
            "-3,25",
            "0,5",
            "123456789012345",
            "1 234",
            "01",
            "1,",
            ",5",
            "",
            "-",
            "1.5",
            "12 €",
            "1e5",
            "0,001",
        ] {
            let plain = plain_number(cell.as_bytes(), Mark::Comma);
            let read = read_number(cell, Mark::Comma).map(|reading| reading.value);
            assert!(plain.is_none() || plain == read, "{cell}: {plain:?} {read:?}");
        }
        assert_eq!(plain_number(b"-3,25", Mark::Comma), Some(-3.25));
        assert_eq!(plain_number(b"1947.40", Mark::Point), Some(1947.4));
    }
}
