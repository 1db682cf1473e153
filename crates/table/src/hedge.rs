//! What does a cell say beside its number: about, estimated, provisional, a note, or only a bound?
//!
//! Conventions of INSEE and the ministries' statistical services: (e) estimated, (p) provisional, (r) revised, (sd)
//! semi-definitive.

use crate::locale::Lang;
use crate::table::{find_part, fold, is_among};

/// What stands beside a number, or in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hedge {
    /// `≈ 20`, `environ 20`.
    About,
    /// `1 234 (e)`.
    Estimated,
    /// `1 234 (p)`, and `(sd)`.
    Provisional,
    /// `1 234 (r)`.
    Revised,
    /// `1 234 (prév.)`.
    Forecast,
    /// The mark of a footnote: `1 234*`, `1 234 (1)`.
    Note(String),
    /// No number, but what is printed: `< 11`, `plus de 50`, `50 à 80`.
    Bound(String),
}

const ABOUT: [&str; 4] = ["≈", "~", "environ ", "env. "];
const BOUNDS: [&str; 10] = ["<=", ">=", "≤", "≥", "<", ">", "moins de ", "plus de ", "au moins ", "au plus "];
const STATUS: [(&str, Hedge); 11] = [
    ("(e)", Hedge::Estimated),
    ("(p)", Hedge::Provisional),
    ("(sd)", Hedge::Provisional),
    ("(r)", Hedge::Revised),
    ("(f)", Hedge::Forecast),
    ("(prév.)", Hedge::Forecast),
    ("(prévision)", Hedge::Forecast),
    (" e", Hedge::Estimated),
    (" p", Hedge::Provisional),
    (" r", Hedge::Revised),
    ("(provisoire)", Hedge::Provisional),
];

impl Hedge {
    /// What a word or a code in a column of status says: of a final value, nothing; none for a word that is not known.
    /// Codes are those of SDMX (code list CL_OBS_STATUS 2.2).
    ///
    /// ```
    /// use encart_table::Hedge;
    /// assert_eq!(Hedge::from_status("Provisoire"), Some(Some(Hedge::Provisional)));
    /// assert_eq!(Hedge::from_status("Prévisions"), Some(Some(Hedge::Forecast)));
    /// assert_eq!(Hedge::from_status("estimées"), Some(Some(Hedge::Estimated)));
    /// assert_eq!(Hedge::from_status("A"), Some(None));
    /// assert_eq!(Hedge::from_status("bleu"), None);
    /// ```
    pub fn from_status(word: &str) -> Option<Option<Hedge>> {
        let word = word.trim();
        let word = word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(word);
        let folded = fold(word.strip_suffix('.').unwrap_or(word));
        // prévisions, estimées, révisés
        let singular = folded.strip_suffix('s').filter(|stem| stem.len() > 1).unwrap_or(&folded);
        let stem = singular.strip_suffix("ee").map_or(singular.to_string(), |stem| [stem, "e"].concat());
        const NONE: &str = "a|b||definitif|definitive|final|normal|observe|realise";
        let hedges = [
            (Hedge::Estimated, "e|i|estime|estimation|estimated|imputed"),
            (Hedge::Provisional, "p|v|sd|provisoire|provisional|semi-definitif"),
            (Hedge::Revised, "r|revise|revised"),
            (Hedge::Forecast, "f|prev|prevu|prevue|prevision|previsionnel|forecast|projection|projete"),
        ];
        let found = hedges.into_iter().find(|(_, words)| is_among(&stem, words, '|')).map(|(hedge, _)| hedge);
        (found.is_some() || is_among(&stem, NONE, '|')).then_some(found)
    }

    /// A written number with its hedge, as a reader reads it.
    pub fn write(&self, number: &str, lang: Lang) -> String {
        match self {
            Hedge::About => ["≈ ", number].concat(),
            Hedge::Bound(printed) => printed.clone(),
            other => [number, " (", other.words(lang), ")"].concat(),
        }
    }
}

impl Hedge {
    /// The same in a picture, where there is little room: `1 234 (p)`.
    pub fn write_short(&self, number: &str) -> String {
        match self.letter() {
            Some(letter) => [number, " (", letter, ")"].concat(),
            None => self.write(number, Lang::Fr),
        }
    }

    /// The letter that stands for it.
    pub fn letter(&self) -> Option<&'static str> {
        match self {
            Hedge::Estimated => Some("e"),
            Hedge::Provisional => Some("p"),
            Hedge::Revised => Some("r"),
            Hedge::Forecast => Some("f"),
            _ => None,
        }
    }

    /// The word that it stands for, in the reader's language; of a note, its mark.
    pub fn words(&self, lang: Lang) -> &str {
        match self {
            Hedge::About => "≈",
            Hedge::Estimated => lang.pick("estimé", "estimated"),
            Hedge::Provisional => lang.pick("provisoire", "provisional"),
            Hedge::Revised => lang.pick("révisé", "revised"),
            Hedge::Forecast => lang.pick("prévision", "forecast"),
            Hedge::Note(text) | Hedge::Bound(text) => text,
        }
    }

    /// How unsure a number is that is computed from one with this hedge: 0 when a note or a bound says nothing of it.
    pub fn rank(&self) -> u8 {
        match self {
            Hedge::Forecast => 5,
            Hedge::About => 4,
            Hedge::Estimated => 3,
            Hedge::Provisional => 2,
            Hedge::Revised => 1,
            Hedge::Note(_) | Hedge::Bound(_) => 0,
        }
    }

    /// The hedge of a rank.
    pub fn of_rank(rank: u8) -> Option<Hedge> {
        match rank {
            5 => Some(Hedge::Forecast),
            4 => Some(Hedge::About),
            3 => Some(Hedge::Estimated),
            2 => Some(Hedge::Provisional),
            1 => Some(Hedge::Revised),
            _ => None,
        }
    }

    /// A number for the kind, and the text.
    pub(crate) fn parts(&self) -> (u8, &str) {
        match self {
            Hedge::About => (0, ""),
            Hedge::Estimated => (1, ""),
            Hedge::Provisional => (2, ""),
            Hedge::Revised => (3, ""),
            Hedge::Note(mark) => (4, mark),
            Hedge::Bound(printed) => (5, printed),
            Hedge::Forecast => (6, ""),
        }
    }

    /// The hedge of such parts.
    pub(crate) fn from_parts(kind: u8, text: &str) -> Option<Hedge> {
        Some(match kind {
            0 => Hedge::About,
            1 => Hedge::Estimated,
            2 => Hedge::Provisional,
            3 => Hedge::Revised,
            4 => Hedge::Note(text.to_string()),
            5 => Hedge::Bound(text.to_string()),
            6 => Hedge::Forecast,
            _ => return None,
        })
    }
}

/// What a cell says that is not wholly a number: the text of its number, if it has one, and the hedge. `is_number` tells
/// whether a text is wholly a number.
///
/// ```
/// use encart_table::hedge::{Hedge, split};
/// let is_number = |text: &str| text.parse::<f64>().is_ok();
/// assert_eq!(split("≈ 20", &is_number), Some((Some("20"), Hedge::About)));
/// assert_eq!(split("1234 (p)", &is_number), Some((Some("1234"), Hedge::Provisional)));
/// assert_eq!(split("50 à 80", &is_number), Some((None, Hedge::Bound("50 à 80".into()))));
/// assert_eq!(split("12 rue", &is_number), None);
/// ```
pub fn split<'a>(cell: &'a str, is_number: &dyn Fn(&str) -> bool) -> Option<(Option<&'a str>, Hedge)> {
    let cell = cell.trim();
    let number = |text: Option<&'a str>| text.map(str::trim).filter(|text| is_number(text));
    let after = |starts: &[&str]| {
        let start =
            starts.iter().find(|start| cell.get(..start.len()).is_some_and(|head| fold(head) == start.trim_end()))?;
        cell.get(start.len()..)
    };
    if let Some(rest) = after(&ABOUT) {
        // `≈ 300 (1)`
        let text = number(Some(rest)).or_else(|| split(rest, is_number).and_then(|(text, _)| text))?;
        return Some((Some(text), Hedge::About));
    }
    let is_range = |mark: &str| {
        let at = find_part(cell, mark);
        at.is_some_and(|at| number(cell.get(..at)).is_some() && number(cell.get(at + mark.len()..)).is_some())
    };
    if number(after(&BOUNDS)).is_some() || [" à ", " a ", " ou ", "-", "–"].into_iter().any(is_range) {
        return Some((None, Hedge::Bound(cell.to_string())));
    }
    for (mark, hedge) in STATUS {
        if let Some(text) = number(cell.strip_suffix(mark)) {
            return Some((Some(text), hedge));
        }
    }
    // Eurostat's flags: `12.5 b`, `10.4 bu` (code list OBS_FLAG); a house number has no decimals
    if let Some((before, flags)) = cell.rsplit_once(' ')
        && before.contains(['.', ','])
        && flags.len() <= 3
        && !flags.is_empty()
        && flags.bytes().all(|flag| b"bcdefinprsuz".contains(&flag))
        && let Some(text) = number(Some(before))
    {
        let hedge = match flags {
            flags if flags.contains(['e', 's']) => Hedge::Estimated,
            flags if flags.contains('p') => Hedge::Provisional,
            flags if flags.contains('f') => Hedge::Forecast,
            flags if flags.contains('r') => Hedge::Revised,
            flags => Hedge::Note(flags.to_string()),
        };
        return Some((Some(text), hedge));
    }
    // `1 234*`, `1 234 (2)`, `1 234²`
    let at = cell.find(is_mark)?;
    let mark = cell.get(at..)?.trim_matches(is_bracket);
    let is_note = (1..=3).contains(&mark.chars().count())
        && mark.chars().all(|letter| letter.is_ascii_digit() || is_mark(letter) && !is_bracket(letter));
    let text = number(cell.get(..at)).filter(|_| is_note)?;
    Some((Some(text), Hedge::Note(mark.to_string())))
}

/// The letters with which the mark of a note begins.
fn is_mark(letter: char) -> bool {
    matches!(letter, '*' | '†' | '²' | '³' | '¹' | '⁴'..='⁹') || is_bracket(letter) && letter != ' '
}

fn is_bracket(letter: char) -> bool {
    matches!(letter, '(' | ')' | '[' | ']' | ' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::{Mark, read_number};

    #[test]
    fn hedges_are_told_from_words_and_codes() {
        let is_number =
            |text: &str| read_number(text, Mark::Comma).is_some() || read_number(text, Mark::Point).is_some();
        let note = |mark: &str| Some(Hedge::Note(mark.to_string()));
        for (cell, number, hedge) in [
            ("≈ 20", Some("20"), Some(Hedge::About)),
            ("~1 250,5", Some("1 250,5"), Some(Hedge::About)),
            ("Environ 300", Some("300"), Some(Hedge::About)),
            ("≈ 300 (1)", Some("300"), Some(Hedge::About)),
            ("12,5 (e)", Some("12,5"), Some(Hedge::Estimated)),
            ("12,5 p", Some("12,5"), Some(Hedge::Provisional)),
            ("1 234 (sd)", Some("1 234"), Some(Hedge::Provisional)),
            ("1 234 (r)", Some("1 234"), Some(Hedge::Revised)),
            ("1 234 (prév.)", Some("1 234"), Some(Hedge::Forecast)),
            ("1 234*", Some("1 234"), note("*")),
            ("1 234 **", Some("1 234"), note("**")),
            ("1 234 (1)", Some("1 234"), note("1")),
            ("12 %²", Some("12 %"), note("²")),
            ("< 11", None, Some(Hedge::Bound("< 11".into()))),
            ("Plus de 50 %", None, Some(Hedge::Bound("Plus de 50 %".into()))),
            ("50 à 80", None, Some(Hedge::Bound("50 à 80".into()))),
            ("50-80", None, Some(Hedge::Bound("50-80".into()))),
            ("12.5 b", Some("12.5"), note("b")),
            ("12.9 ep", Some("12.9"), Some(Hedge::Estimated)),
            ("12 b", None, None),
            ("12 rue", None, None),
            ("2A004", None, None),
            ("1E3", None, None),
            ("12 (rue)", None, None),
            ("< 20 ans", None, None),
            ("", None, None),
            ("*", None, None),
            ("(12)", None, None),
        ] {
            let found = split(cell, &is_number);
            assert_eq!(found.as_ref().map(|(_, hedge)| hedge.clone()), hedge, "{cell}");
            assert_eq!(found.and_then(|(number, _)| number), number, "{cell}");
        }
    }

    #[test]
    fn a_hedge_is_read_back_as_it_was_meant() {
        for (hedge, fr, en) in [
            (Hedge::About, "≈ 20", "≈ 20"),
            (Hedge::Provisional, "20 (provisoire)", "20 (provisional)"),
            (Hedge::Note("1".into()), "20 (1)", "20 (1)"),
            (Hedge::Bound("< 11".into()), "< 11", "< 11"),
        ] {
            assert_eq!((hedge.write("20", Lang::Fr), hedge.write("20", Lang::En)), (fr.into(), en.into()));
        }
    }
}
