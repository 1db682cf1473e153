//! How many digits does a sentence bear?

use encart_table::decimal::{power_of_ten, read_decimal};
use encart_table::locale::n_decimals;

/// The number that a bound ends with: 80 of `50 à 80`; a bound without one asks for the plural.
pub(crate) fn last_number(printed: &str) -> f64 {
    let digits: String = printed.chars().rev().take_while(|letter| !letter.is_alphabetic()).collect();
    let digits: String = digits.chars().rev().filter(char::is_ascii_digit).collect();
    read_decimal(&digits, 0).unwrap_or(2.0)
}

/// The nearest number of so many decimals.
pub(crate) fn round(value: f64, decimals: usize) -> f64 {
    let power = power_of_ten(decimals as i32);
    (value * power).round() / power
}

/// As many decimals as a sentence bears: none from a thousand on, one from a hundred on, two below, cents of an amount;
/// more where it would be written as the zero that it is not.
pub(crate) fn decimals(value: f64, unit: Option<&str>) -> usize {
    let most = match value.abs() {
        1000.0.. => 0,
        100.0.. => 1,
        _ => 2,
    };
    let visible = (most..6).find(|decimals| value == 0.0 || round(value, *decimals) != 0.0).unwrap_or(6);
    match visible.min(n_decimals(round(value, visible))) {
        1 if unit == Some("€") => 2,
        decimals => decimals,
    }
}

/// Of a percentage one decimal below ten, none above; more where it would be written as the zero or the hundred that it is
/// not.
pub(crate) fn percent_decimals(value: f64) -> usize {
    let least = if value.abs() < 10.0 { 1 } else { 0 };
    let is_apart = |edge: f64, decimals: usize| value.abs() == edge || round(value, decimals).abs() != edge;
    let visible = (least..6).find(|decimals| is_apart(0.0, *decimals) && is_apart(100.0, *decimals)).unwrap_or(6);
    visible.min(n_decimals(round(value, visible)))
}
