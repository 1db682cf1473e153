//! How is a length printed? The only printer of floats in a picture: the same letters everywhere.

/// A length with two decimals at most and no trailing zero: `12`, `12.5`, `-0.25`. Not a number prints as `0`.
pub fn push_number(text: &mut String, value: f64) {
    const LARGEST: f64 = 1e9;
    let hundredths = if value.is_finite() { (value.clamp(-LARGEST, LARGEST) * 100.0).round() as i64 } else { 0 };
    if hundredths < 0 {
        text.push('-');
    }
    let hundredths = hundredths.unsigned_abs();
    text.push_str(&(hundredths / 100).to_string());
    let rest = hundredths % 100;
    if rest > 0 {
        text.push('.');
        text.push(char::from(b'0' + (rest / 10) as u8));
        if rest % 10 > 0 {
            text.push(char::from(b'0' + (rest % 10) as u8));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short() {
        for (value, expected) in [
            (12.0, "12"),
            (12.5, "12.5"),
            (-0.25, "-0.25"),
            (0.004, "0"),
            (-0.001, "0"),
            (1.005, "1"),
            (99.999, "100"),
            (f64::NAN, "0"),
            (0.07, "0.07"),
        ] {
            let mut text = String::new();
            push_number(&mut text, value);
            assert_eq!(text, expected, "{value}");
        }
    }
}
