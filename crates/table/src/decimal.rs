//! Which decimal digits is a number, and which number are they?
//!
//! Public figures have fifteen significant digits at most, and for those the arithmetic below is exact: a whole number
//! below 2^53 divided by a power of ten up to 10^22 is rounded once (W. D. Clinger, "How to Read Floating Point Numbers
//! Accurately", 1990). The standard library's conversions, right to the last bit for every number there is, would cost
//! each visitor 20 kB.

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// The largest magnitude that a column holds: a million thousand millions. Beyond, doubles soon skip whole numbers, and
/// no public figure is meant.
pub const LARGEST: f64 = 1e15;

/// Ten to a power without its sign: exact up to 22, infinite beyond.
pub fn power_of_ten(exponent: i32) -> f64 {
    POWERS.get(exponent.unsigned_abs() as usize).copied().unwrap_or(f64::INFINITY)
}

/// The number that plain digits say: `1234.5`, `.5`, `12`, with a power of ten to multiply it by. Digits past the
/// eighteenth significant one do not change a double and are left out. None when it is not digits, or too large.
pub fn read_decimal(text: &str, exponent: i32) -> Option<f64> {
    const MOST: u64 = 1_000_000_000_000_000_000;
    let (mut mantissa, mut shift, mut is_fraction, mut n_digits) = (0u64, exponent, false, 0);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                n_digits += 1;
                if mantissa < MOST / 10 {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                    shift -= i32::from(is_fraction);
                } else {
                    shift += i32::from(!is_fraction);
                }
            }
            b'.' if !is_fraction => is_fraction = true,
            _ => return None,
        }
    }
    let value = match shift {
        _ if n_digits == 0 => return None,
        0 => mantissa as f64,
        1.. => mantissa as f64 * power_of_ten(shift),
        -22..0 => mantissa as f64 / power_of_ten(shift),
        _ => mantissa as f64 / power_of_ten(22) / power_of_ten(shift + 22),
    };
    (value <= LARGEST).then_some(value)
}

/// A number's shortest decimal writing: the whole number `digits` with its last `decimals` after the mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// Whether it is below zero.
    pub is_negative: bool,
    /// All the digits; the last is no zero after the mark.
    pub digits: u64,
    /// How many of them stand after the decimal mark.
    pub decimals: u32,
}

impl Decimal {
    /// The fewest decimals that read back as the same number; of a number that has no end, sixteen digits or so.
    pub fn of(value: f64) -> Decimal {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let size = if value.is_finite() { value.abs() } else { 0.0 };
        let is_negative = value < 0.0;
        let mut longest = Decimal { is_negative, digits: size.round() as u64, decimals: 0 };
        for (decimals, power) in POWERS.iter().enumerate() {
            let scaled = (size * power).round();
            if scaled >= EXACT && decimals > 0 {
                break;
            }
            longest = Decimal { is_negative, digits: scaled as u64, decimals: decimals as u32 };
            if scaled / power == size {
                break;
            }
        }
        longest.trimmed()
    }

    /// Without zeros at the end of the decimals: sums of decimals have them where a double's last bit is noise.
    fn trimmed(mut self) -> Decimal {
        while self.decimals > 0 && self.digits.is_multiple_of(10) {
            self.digits /= 10;
            self.decimals -= 1;
        }
        self
    }

    /// Rounded half away from zero to so many decimals at most.
    pub fn round(self, decimals: u32) -> Decimal {
        let mut rounded = self;
        if let Some(n_dropped) = self.decimals.checked_sub(decimals) {
            let power = 10u64.saturating_pow(n_dropped);
            rounded.digits = self.digits.saturating_add(power / 2) / power;
            rounded.decimals = decimals;
        }
        rounded = rounded.trimmed();
        rounded.is_negative = self.is_negative && rounded.digits > 0;
        rounded
    }

    /// The digits before and after the mark.
    pub fn parts(self) -> (String, String) {
        let decimals = self.decimals as usize;
        let mut whole = self.digits.to_string();
        while whole.len() <= decimals {
            whole.insert(0, '0');
        }
        let fraction = whole.split_off(whole.len() - decimals);
        (whole, fraction)
    }
}

/// The number as programs write it: `-1234.5`.
pub fn write_plain(value: f64) -> String {
    let decimal = Decimal::of(value);
    let (whole, fraction) = decimal.parts();
    let sign = if decimal.is_negative && decimal.digits > 0 { "-" } else { "" };
    let mark = if fraction.is_empty() { "" } else { "." };
    [sign, &whole, mark, &fraction].concat()
}

/// A number beyond the digits that a column holds, as programs write it: `1.0e20`, `-2.5e-18`.
pub fn write_scientific(value: f64) -> String {
    let (mut mantissa, mut exponent) = (value.abs(), 0);
    while mantissa >= 10.0 && exponent < 400 {
        (mantissa, exponent) = (mantissa / 10.0, exponent + 1);
    }
    while mantissa < 1.0 && mantissa > 0.0 && exponent > -400 {
        (mantissa, exponent) = (mantissa * 10.0, exponent - 1);
    }
    let written = write_plain(crate::sum::fifteen_digits(mantissa));
    let sign = if value < 0.0 { "-" } else { "" };
    let point = if written.contains('.') { "" } else { ".0" };
    [sign, &written, point, "e", &exponent.to_string()].concat()
}

/// The number as programs write it, for a file of which nobody knows its decimal mark: three decimals get a fourth, that
/// `1.234` is never taken for a thousand.
pub fn write_unmistakable(value: f64) -> String {
    let mut written = write_plain(value);
    if written.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) {
        written.push('0');
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_numbers_are_those_of_the_standard_library() {
        for text in [
            "0",
            "1",
            "0.1",
            "0.3",
            "1234.5",
            "1.005",
            "2874",
            "999999999999999",
            "0.000001",
            "48.856614",
            "1e15",
            "123456789.12",
            "0.7",
            "100",
            "33.33333333333333",
            "1947.4",
            "0.0000123",
        ] {
            let value: f64 = text.parse().unwrap();
            assert_eq!(write_plain(value).parse::<f64>().unwrap(), value, "{text}");
            if !text.contains('e') {
                assert_eq!(read_decimal(text, 0), Some(value), "{text}");
                assert_eq!(write_plain(value), text);
            }
        }
        assert_eq!(read_decimal("1.23", 5), Some(123_000.0));
        assert_eq!(write_plain(-9e15), "-9000000000000000");
        assert_eq!(write_plain(-0.0), "0");
        // 100.1 + 101.0032, whose last bit is noise
        assert_eq!(write_plain(201.103_200_000_000_02), "201.1032");
        for text in ["", ".", "1.2.3", "-1", "12a"] {
            assert_eq!(read_decimal(text, 0), None, "{text}");
        }
        assert_eq!(read_decimal("1", 16), None);
    }
}
