//! How wide is a text, without asking a browser?
//!
//! Advance widths of Helvetica and of the fonts with its metrics (Adobe core 14 AFM), in thousandths of the font size,
//! with a margin for the page's own font: measured on the letters of French labels, DejaVu Sans (the widest of the
//! usual system fonts) is 1.12 to 1.17 times as wide. The same table natively and in the browser, so that a layout is
//! a value that can be tested.

use crate::geom::{Point, Rect};
use crate::item::{Anchor, TextStyle};

const FIRST: u32 = 0x20;
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// The margin for the page's font, and for semibold letters.
const MARGIN: f64 = 1.16;
const BOLD: f64 = 1.12;

fn letter_width(letter: char) -> f64 {
    let width = match letter {
        '\u{a0}' | '\u{202f}' | '’' | 'î' | 'ï' => 278,
        'À' | 'Â' | 'É' | 'È' | 'Ê' | 'Ë' | 'Ç' | 'Ù' | 'Û' => 700,
        'Î' | 'Ï' | '°' | '²' | '³' => 400,
        '…' | '—' | 'œ' | 'Œ' | 'æ' | 'Æ' => 1000,
        '−' | '≈' | '±' => 584,
        ' '..='~' => WIDTHS.get((letter as u32 - FIRST) as usize).copied().unwrap_or(600),
        '\u{2e80}'.. => 1000,
        _ => 560,
    };
    f64::from(width) / 1000.0
}

/// The width of a text in pixels, with the margin.
pub fn text_width(text: &str, size: f64, is_bold: bool) -> f64 {
    let width: f64 = text.chars().map(letter_width).sum();
    width * size * MARGIN * if is_bold { BOLD } else { 1.0 }
}

/// The box that a text occupies, from the top of its capitals to the bottom of its descenders.
pub fn text_box(at: Point, text: &str, style: TextStyle) -> Rect {
    let width = text_width(text, style.size, style.is_bold);
    let left = match style.anchor {
        Anchor::Start => at.x,
        Anchor::Middle => at.x - width / 2.0,
        Anchor::End => at.x - width,
    };
    Rect::new(left, at.y - 0.8 * style.size, width, style.size)
}

/// The text cut into lines of at most `width` pixels, between words; a word that is wider stands alone; at most
/// `n_lines`, the last ending in `…` when words are left.
pub fn wrap(text: &str, width: f64, n_lines: usize, size: f64) -> Vec<String> {
    let fits = |line: &str| text_width(line, size, false) <= width;
    let mut lines: Vec<String> = Vec::new();
    let mut is_joined = false;
    for part in parts(text) {
        let (word, ends_with_space) = part.strip_suffix([' ', '\n']).map_or((part, false), |word| (word, true));
        match lines.last_mut() {
            Some(line)
                if word.is_empty() || fits(&[line.as_str(), if is_joined { "" } else { " " }, word].concat()) =>
            {
                line.push_str(if is_joined || word.is_empty() { "" } else { " " });
                line.push_str(word);
            }
            _ if word.is_empty() => {}
            _ => lines.push(word.to_string()),
        }
        is_joined = !ends_with_space && !word.is_empty();
    }
    let is_cut = lines.len() > n_lines;
    lines.truncate(n_lines);
    for line in &mut lines {
        *line = shorten(line, width, size);
    }
    if let Some(last) = lines.last_mut().filter(|last| is_cut && !last.ends_with('…')) {
        *last = shorten(&format!("{last}…"), width, size);
    }
    lines
}

/// The parts of a text between which a line may end: after a space, and after a hyphen inside a word; never inside a number
/// whose digits stand in groups of three (`10 000`).
fn parts(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let is_digit = |idx: usize| bytes.get(idx).is_some_and(u8::is_ascii_digit);
    let in_number = |idx: usize| idx > 0 && is_digit(idx - 1) && (1..=3).all(|next| is_digit(idx + next));
    let is_end = |idx: usize| match bytes.get(idx) {
        Some(b' ') => !in_number(idx),
        Some(b'\n' | b'-') => true,
        _ => false,
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for end in (0..bytes.len()).filter(|idx| is_end(*idx)).map(|idx| idx + 1).chain([bytes.len()]) {
        parts.extend(text.get(start..end).filter(|part| !part.is_empty()));
        start = end;
    }
    parts
}

/// Whether a text stands whole on so many lines of `width` pixels, no word cut.
pub fn wraps_whole(text: &str, width: f64, n_lines: usize, size: f64) -> bool {
    let words_fit = parts(text).iter().all(|part| text_width(part.trim_end(), size, false) <= width);
    words_fit && wrap(text, width, n_lines + 1, size).len() <= n_lines
}

/// The text itself when it fits, else its beginning and `…`.
pub fn shorten(text: &str, width: f64, size: f64) -> String {
    if text_width(text, size, false) <= width {
        return text.to_string();
    }
    let mut letters: Vec<char> = text.trim_end_matches('…').chars().collect();
    while letters.len() > 1 {
        letters.pop();
        let shorter = format!("{}…", letters.iter().collect::<String>().trim_end());
        if text_width(&shorter, size, false) <= width {
            return shorter;
        }
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_wraps_between_words_and_says_when_it_is_cut() {
        let width = text_width("Dispositif structuré", 13.0, false);
        assert_eq!(
            wrap("Dispositif structuré autour de la donnée", width, 3, 13.0),
            ["Dispositif structuré", "autour de la", "donnée"]
        );
        assert_eq!(
            wrap("Dispositif structuré autour de la donnée", width, 2, 13.0),
            ["Dispositif structuré", "autour de la…"]
        );
        let half = text_width("Ille-et-", 13.0, false);
        assert_eq!(wrap("Ille-et-Vilaine", half + 20.0, 3, 13.0), ["Ille-et-", "Vilaine"]);
        assert_eq!(wrap("Ille-et-Vilaine", 400.0, 3, 13.0), ["Ille-et-Vilaine"]);
        assert_eq!(wrap("5 - 9 ans", 400.0, 3, 13.0), ["5 - 9 ans"]);
        // a number stays whole
        assert_eq!(wrap("10 000 et plus", 50.0, 3, 13.0), ["10 000", "et plus"]);
        assert_eq!(wrap("Anticonstitutionnellement", 60.0, 2, 13.0).len(), 1);
        assert!(wrap("Anticonstitutionnellement", 60.0, 2, 13.0)[0].ends_with('…'));
    }
}
