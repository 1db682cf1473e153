//! Stored values as the cells of a CSV.

use encart_table::csv_out::push_one_line;
use encart_table::day::ymd_from_days;
use encart_table::decimal::{write_scientific, write_unmistakable};

use crate::decode::Raw;
use crate::schema::{Leaf, Meaning};

/// Writes a value as a cell; nothing when it says that there is none (a number that is none, NaN).
pub(crate) fn write_value(raw: Raw<'_>, leaf: &Leaf, out: &mut Vec<u8>) {
    match (leaf.meaning, raw) {
        (_, Raw::Bool(truth)) => out.extend_from_slice(if truth { b"oui" } else { b"non" }),
        (Meaning::Decimal(scale), Raw::Int(number)) => write_decimal(i128::from(number), scale, out),
        (Meaning::Decimal(scale), Raw::Bytes(bytes)) => write_decimal(big(bytes), scale, out),
        (Meaning::Date, Raw::Int(days)) => write_day(days, out),
        (Meaning::Time(per_second), Raw::Int(time)) => write_time(time.div_euclid(per_second), out),
        (Meaning::Moment(per_second, is_utc), Raw::Int(time)) => write_moment(time.div_euclid(per_second), is_utc, out),
        (Meaning::Half, Raw::Bytes([low, high])) => write_number(half(u16::from_le_bytes([*low, *high])), out),
        (Meaning::Uuid, Raw::Bytes(bytes)) => write_uuid(bytes, out),
        (Meaning::Geometry, Raw::Bytes(bytes)) => {
            push_one_line(crate::wkb::as_geojson(bytes).unwrap_or_default().as_bytes(), out);
        }
        // the Julian day that began at noon of 1 January 1970 is 2,440,588
        (_, Raw::Int96(nanoseconds, day)) => {
            let seconds = (i64::from(day) - 2_440_588) * 86_400 + (nanoseconds / 1_000_000_000) as i64;
            write_moment(seconds, false, out);
        }
        (Meaning::Unsigned, Raw::Int(number)) => {
            let bits = if leaf.stored == crate::schema::Stored::Int32 { u64::from(u32::MAX) } else { u64::MAX };
            write_digits(u128::from(number as u64 & bits), out);
        }
        (_, Raw::Int(number)) => write_decimal(i128::from(number), 0, out),
        (_, Raw::Float(number)) => write_number(widen(number), out),
        (_, Raw::Double(number)) => write_number(number, out),
        (_, Raw::Bytes(bytes)) => push_one_line(bytes, out),
    }
}

/// Big-endian, the first bit the sign.
fn big(bytes: &[u8]) -> i128 {
    let sign = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) { -1 } else { 0 };
    bytes.iter().fold(sign, |number, byte| number << 8 | i128::from(*byte))
}

/// The digits of a number; eighteen at a time, since 64 bits are divided much faster than 128.
fn write_digits(number: u128, out: &mut Vec<u8>) {
    const EIGHTEEN: u128 = 1_000_000_000_000_000_000;
    let is_long = number >= EIGHTEEN;
    if is_long {
        write_digits(number / EIGHTEEN, out);
    }
    let start = out.len();
    let mut rest = (number % EIGHTEEN) as u64;
    while rest > 0 || out.len() == start || is_long && out.len() < start + 18 {
        out.push(b'0' + (rest % 10) as u8);
        rest /= 10;
    }
    if let Some(digits) = out.get_mut(start..) {
        digits.reverse();
    }
}

/// The digits of an integer with a point before the last ones. Three decimals get a fourth, that nobody takes them for
/// thousands.
fn write_decimal(number: i128, scale: usize, out: &mut Vec<u8>) {
    if number < 0 {
        out.push(b'-');
    }
    let start = out.len();
    write_digits(number.unsigned_abs(), out);
    if scale > 0 {
        while out.len() - start <= scale {
            out.insert(start, b'0');
        }
        out.insert(out.len() - scale, b'.');
        if scale == 3 {
            out.push(b'0');
        }
    }
}

fn write_number(number: f64, out: &mut Vec<u8>) {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if !number.is_finite() {
        return;
    }
    if number.trunc() == number && number.abs() < EXACT {
        return write_decimal(number as i128, 0, out);
    }
    // cents and the like: the quotient of two whole numbers that are exact is the double nearest to that decimal
    for (decimals, power) in [(1, 10.0), (2, 100.0), (3, 1_000.0), (4, 10_000.0)] {
        let whole = (number * power).round();
        if whole.abs() < EXACT && whole / power == number {
            return write_decimal(whole as i128, decimals, out);
        }
    }
    // what a point and eighteen digits cannot write
    if number.abs() >= 1e18 || number.abs() < 1e-15 {
        return out.extend_from_slice(write_scientific(number).as_bytes());
    }
    out.extend_from_slice(write_unmistakable(number).as_bytes());
}

/// The shortest decimal that a single-precision number stands for: 0.1, not 0.10000000149.
fn widen(number: f32) -> f64 {
    let wide = f64::from(number);
    if !wide.is_finite() || wide == 0.0 || wide.trunc() == wide {
        return wide;
    }
    let magnitude = libm::floor(libm::log10(wide.abs())) as i32;
    let rounded = |n_digits: i32| {
        let decimals = n_digits - 1 - magnitude;
        let power = encart_table::decimal::power_of_ten(decimals.abs());
        if decimals >= 0 { (wide * power).round() / power } else { (wide / power).round() * power }
    };
    (6..=9).map(rounded).find(|rounded| *rounded as f32 == number).unwrap_or(wide)
}

fn write_two(number: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(&[b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8]);
}

fn write_day(days: i64, out: &mut Vec<u8>) {
    // from year 0 to year 9999: what is beyond is no date of a council
    const YEARS: std::ops::Range<i64> = -719_528..2_932_897;
    let Some(day) = YEARS.contains(&days).then(|| ymd_from_days(days as i32)) else { return };
    write_two(i64::from(day.year) / 100, out);
    write_two(i64::from(day.year) % 100, out);
    out.push(b'-');
    write_two(i64::from(day.month), out);
    out.push(b'-');
    write_two(i64::from(day.day), out);
}

/// A time; what no day has stays a number of seconds.
fn write_time(seconds: i64, out: &mut Vec<u8>) {
    if !(0..=86_400).contains(&seconds) {
        return write_decimal(i128::from(seconds), 0, out);
    }
    write_two(seconds / 3_600, out);
    out.push(b':');
    write_two(seconds / 60 % 60, out);
    out.push(b':');
    write_two(seconds % 60, out);
}

/// A day, with its hour unless that is midnight; an instant of UTC with both, and its mark: whoever reads it knows the
/// legal time.
fn write_moment(seconds: i64, is_utc: bool, out: &mut Vec<u8>) {
    let before = out.len();
    write_day(seconds.div_euclid(86_400), out);
    let time = seconds.rem_euclid(86_400);
    if out.len() > before && (time > 0 || is_utc) {
        out.push(b'T');
        write_time(time, out);
        out.extend_from_slice(if is_utc { b"Z" } else { b"" });
    }
}

/// The number of sixteen bits: a sign, five bits of exponent, ten of fraction (IEEE 754-2019, 3.6).
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let size = match exponent {
        0 => fraction / 1024.0 / 16_384.0,
        31 => f64::NAN,
        _ => (1.0 + fraction / 1024.0) * libm::exp2(f64::from(exponent - 15)),
    };
    // four digits are all that it has
    let size = widen(size as f32);
    if bits >> 15 == 1 { -size } else { size }
}

fn write_uuid(bytes: &[u8], out: &mut Vec<u8>) {
    for (idx, byte) in bytes.iter().enumerate() {
        out.extend_from_slice(if matches!(idx, 4 | 6 | 8 | 10) { b"-" } else { b"" });
        out.extend_from_slice(format!("{byte:02x}").as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::write_time;

    #[test]
    fn a_time_that_no_day_has_is_a_number() {
        let written = |seconds| {
            let mut out = Vec::new();
            write_time(seconds, &mut out);
            String::from_utf8(out).expect("text")
        };
        assert_eq!(
            [0, 86_399, 86_400, 86_401, -1, i64::MIN].map(written),
            ["00:00:00", "23:59:59", "24:00:00", "86401", "-1", "-9223372036854775808"]
        );
    }
}
