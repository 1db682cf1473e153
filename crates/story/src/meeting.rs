//! Which words are figures, that a meeting may be asked to guess before it sees them?

use encart_table::Lang;
use encart_table::locale::month_name;

/// The years that a picture may name.
const YEARS: std::ops::RangeInclusive<u32> = 1500..=2199;

/// Whether words of a picture are a value: they begin with a number, after a sign if there is one, and it is no date.
///
/// ```
/// use encart_story::meeting::is_figure;
/// use encart_table::Lang;
/// assert!(is_figure("≈ 1 204 €", Lang::Fr));
/// assert!(!is_figure("15 mars", Lang::Fr));
/// ```
pub fn is_figure(words: &str, lang: Lang) -> bool {
    let bare = words.trim().trim_start_matches(|letter: char| "+-−≈><≥≤~ \u{a0}\u{202f}".contains(letter));
    bare.starts_with(|letter: char| letter.is_ascii_digit()) && holds_figure(bare, lang)
}

/// Words without the percentage or the amount before or after them, where a name stands beside it; none where none does.
///
/// ```
/// use encart_story::meeting::without_figure;
/// assert_eq!(without_figure("patrimoine 46 %").as_deref(), Some("patrimoine …"));
/// assert_eq!(without_figure("48 % Cas d’usage").as_deref(), Some("… Cas d’usage"));
/// assert_eq!(without_figure("villes > 100 000 hab."), None);
/// ```
pub fn without_figure(words: &str) -> Option<String> {
    const UNITS: [char; 2] = ['%', '€'];
    let is_number = |letter: char| letter.is_ascii_digit() || " ,.+-−\u{a0}\u{202f}".contains(letter);
    let name = |rest: &str| rest.contains(char::is_alphabetic).then(|| rest.trim().to_string());
    let is_told = |number: &str| number.contains(|letter: char| letter.is_ascii_digit());
    let words = words.trim();
    if let Some(before) = words.strip_suffix(UNITS) {
        let rest = before.trim_end_matches(is_number);
        return name(rest).filter(|_| is_told(before.get(rest.len()..).unwrap_or_default())).map(|rest| rest + " …");
    }
    let (number, rest) = words.split_once(UNITS)?;
    let is_bare = is_told(number) && number.chars().all(is_number);
    name(rest).filter(|_| is_bare).map(|rest| ["… ", &rest].concat())
}

/// Whether words hold a number that is neither a year, nor in a date, nor part of a name (`T1`, `CO2`).
pub fn holds_figure(words: &str, lang: Lang) -> bool {
    // 31/12/2024 is a date, 16/20 a mark
    let is_date = |word: &&str| word.matches('/').count() == 2;
    let words: Vec<&str> = words.split(' ').filter(|word| !is_date(word)).collect();
    let words = words.join(" ");
    let mut rest = words.as_str();
    let mut before = ' ';
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        before = rest.get(..start).and_then(|skipped| skipped.chars().next_back()).unwrap_or(before);
        let from = rest.get(start..).unwrap_or_default();
        let end = from.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        if !before.is_alphabetic() && !is_dated(number, after, lang) {
            return true;
        }
        before = number.chars().next_back().unwrap_or(before);
        rest = after;
    }
    false
}

/// Whether a number is a year, or belongs to a date.
fn is_dated(number: &str, after: &str, lang: Lang) -> bool {
    let value: u32 = number.parse().unwrap_or(u32::MAX);
    let next = after.chars().next().unwrap_or(' ');
    let goes_on = after.chars().nth(1).is_some_and(|letter| letter.is_ascii_digit());
    if number.len() == 4 && YEARS.contains(&value) {
        let unit = after.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let is_number = matches!(next, ',' | '.') && goes_on || unit.starts_with(['%', '€', '‰']);
        return !is_number;
    }
    // 1er mars, 15 mars, 15 mars 2024
    let day = after.strip_prefix("er").unwrap_or(after);
    let word = day.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let names = |month| [month_name(month, false, lang), month_name(month, true, lang)];
    (1..=31).contains(&value) && word.len() < day.len() && (1..=12).flat_map(names).any(|name| starts_with(word, name))
}

/// Whether words begin with a word, and not with a longer one.
fn starts_with(words: &str, word: &str) -> bool {
    words.strip_prefix(word).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
}
