//! The spoken form of what is written: what serves only to be heard, by a screen reader or a voice, reads its numbers,
//! signs and short forms in full.
//!
//! espeak-ng 1.51, the voice of Linux, reads « 5 701 » with a narrow no-break space as two numbers, « − » and « ≈ » in
//! English, and leaves « < » out.

use super::Lang;

/// Signs before a number.
const SIGNS: [(char, &str, &str); 6] = [
    ('\u{2212}', "moins ", "minus "),
    ('≈', "environ ", "about "),
    ('<', "moins de ", "less than "),
    ('>', "plus de ", "more than "),
    ('≤', "au plus ", "at most "),
    ('≥', "au moins ", "at least "),
];

/// Words after a number, longest first.
const WORDS: [(&str, &str, &str); 27] = [
    ("Md€", "milliards d’euros", "billion euros"),
    ("M€", "millions d’euros", "million euros"),
    ("k€", "milliers d’euros", "thousand euros"),
    ("Md", "milliards", "billion"),
    ("bn", "milliards", "billion"),
    ("M", "millions", "million"),
    ("€/hab.", "euros par habitant", "euros per inhabitant"),
    ("€/hab", "euros par habitant", "euros per inhabitant"),
    ("hab./km²", "habitants par kilomètre carré", "inhabitants per square kilometre"),
    ("hab/km²", "habitants par kilomètre carré", "inhabitants per square kilometre"),
    ("hab.", "habitants", "inhabitants"),
    ("µg/m³", "microgrammes par mètre cube", "micrograms per cubic metre"),
    ("€/m²", "euros par mètre carré", "euros per square metre"),
    ("km²", "kilomètres carrés", "square kilometres"),
    ("m²", "mètres carrés", "square metres"),
    ("m³", "mètres cubes", "cubic metres"),
    ("km/h", "kilomètres à l’heure", "kilometres an hour"),
    ("km", "kilomètres", "kilometres"),
    ("ha", "hectares", "hectares"),
    ("GWh", "gigawattheures", "gigawatt-hours"),
    ("MWh", "mégawattheures", "megawatt-hours"),
    ("kWh", "kilowattheures", "kilowatt-hours"),
    ("tCO2e", "tonnes équivalent CO2", "tonnes of CO2 equivalent"),
    ("kg", "kilogrammes", "kilograms"),
    ("t", "tonnes", "tonnes"),
    ("‰", "pour mille", "per thousand"),
    ("*", ", voir la note", ", see the note"),
];

/// What is said of a value, between brackets.
const MENTIONS: [(&str, &str, &str); 6] = [
    ("(p)", ", provisoire", ", provisional"),
    ("(sd)", ", provisoire", ", provisional"),
    ("(e)", ", estimé", ", estimated"),
    ("(r)", ", révisé", ", revised"),
    ("(f)", ", prévision", ", forecast"),
    ("(prév.)", ", prévision", ", forecast"),
];

/// Months as axes shorten them.
const MONTHS: [(&str, &str, &str); 12] = [
    ("janv.", "janvier", "January"),
    ("févr.", "février", "February"),
    ("avr.", "avril", "April"),
    ("juil.", "juillet", "July"),
    ("sept.", "septembre", "September"),
    ("oct.", "octobre", "October"),
    ("nov.", "novembre", "November"),
    ("déc.", "décembre", "December"),
    ("T1", "premier trimestre", "first quarter"),
    ("T2", "deuxième trimestre", "second quarter"),
    ("T3", "troisième trimestre", "third quarter"),
    ("T4", "quatrième trimestre", "fourth quarter"),
];

/// A text in the form that is only heard.
///
/// ```
/// use encart_table::Lang;
/// use encart_table::locale::spoken::speak;
/// assert_eq!(speak("Tournus : 5\u{202f}701\u{a0}habitants (p)", Lang::Fr), "Tournus : 5701 habitants, provisoire");
/// assert_eq!(speak("\u{2212}0,3\u{a0}% · ≈\u{a0}15\u{a0}M€ · 1 / 7", Lang::Fr), "moins 0,3 %, environ 15 millions d’euros, 1 sur 7");
/// ```
pub fn speak(text: &str, lang: Lang) -> String {
    let mut spoken = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let after = rest.get(letter.len_utf8()..).unwrap_or_default();
        let follows = after.trim_start();
        let is_before_number = follows.starts_with(|next: char| next.is_ascii_digit());
        let is_after_number = spoken.ends_with(|last: char| last.is_ascii_digit());
        // a unit stands behind a number and its space
        let is_at_unit = spoken.trim_end().ends_with(|last: char| last.is_ascii_digit());
        let is_at_word = !spoken.ends_with(char::is_alphanumeric);
        let word = |list: &[(&'static str, &'static str, &'static str)]| {
            let found = list.iter().find(|(short, ..)| {
                rest.strip_prefix(short).is_some_and(|next| !next.starts_with(|next: char| next.is_alphanumeric()))
            });
            found.map(|(short, fr, en)| (rest.get(short.len()..).unwrap_or_default(), lang.pick(*fr, *en)))
        };
        let sign = SIGNS.iter().find(|(sign, ..)| *sign == letter && is_before_number);
        let full = match letter {
            _ if is_at_unit => word(&WORDS).or_else(|| word(&MENTIONS)).or_else(|| word(&MONTHS)),
            '(' => word(&MENTIONS),
            _ if is_at_word => word(&MONTHS),
            _ => None,
        };
        rest = after;
        match (letter, sign, full) {
            (_, Some((_, fr, en)), _) => {
                spoken.push_str(lang.pick(fr, en));
                rest = follows;
            }
            (_, _, Some((next, words))) => {
                match words.starts_with(',') {
                    true => spoken.truncate(spoken.trim_end().len()),
                    false if is_after_number => spoken.push(' '),
                    false => {}
                }
                spoken.push_str(words);
                rest = next;
            }
            ('\u{202f}', ..) if is_after_number && after.starts_with(|next: char| next.is_ascii_digit()) => {}
            ('\u{202f}' | '\u{a0}', ..) => spoken.push(' '),
            ('·', ..) => {
                spoken.truncate(spoken.trim_end().len());
                spoken.push(',');
            }
            ('/', ..) if is_at_unit && is_before_number && after.starts_with(' ') => {
                spoken.push_str(lang.pick("sur", "of"))
            }
            ('\u{2013}', ..) if is_after_number && is_before_number => spoken.push_str(lang.pick(" à ", " to ")),
            _ => spoken.push(letter),
        }
    }
    spoken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_heard_is_in_full() {
        for (written, heard) in [
            ("1\u{202f}893\u{202f}703\u{a0}habitants", "1893703 habitants"),
            ("2021\u{a0}: 12", "2021 : 12"),
            ("de \u{2212}3 à \u{2212}0,5\u{a0}%", "de moins 3 à moins 0,5 %"),
            ("≈ 20", "environ 20"),
            ("<\u{a0}16\u{a0}%", "moins de 16 %"),
            ("part < seuil", "part < seuil"),
            ("188*, 3 sur 4", "188, voir la note, 3 sur 4"),
            ("12 (sd).", "12, provisoire."),
            ("1,2\u{a0}M d’habitants", "1,2 millions d’habitants"),
            ("3\u{a0}Md€ en 2024", "3 milliards d’euros en 2024"),
            ("45\u{a0}hab./km²", "45 habitants par kilomètre carré"),
            ("12 hab.", "12 habitants"),
            ("5 habitants", "5 habitants"),
            ("16 Monts", "16 Monts"),
            ("janv. 2024", "janvier 2024"),
            ("T2 2024", "deuxième trimestre 2024"),
            ("5 sept. 2024", "5 septembre 2024"),
            ("Source · Insee", "Source, Insee"),
            ("2 / 7", "2 sur 7"),
            ("21/12/2024", "21/12/2024"),
            ("50\u{2013}80", "50 à 80"),
            ("Grande Rue \u{2013} Tournus", "Grande Rue \u{2013} Tournus"),
        ] {
            assert_eq!(speak(written, Lang::Fr), heard, "{written}");
        }
        for (written, heard) in [
            ("5,701 inhabitants (p)", "5,701 inhabitants, provisional"),
            ("\u{2212}3 bn", "minus 3 billion"),
            ("< 11", "less than 11"),
            ("€101M", "€101 million"),
            ("1 / 7", "1 of 7"),
        ] {
            assert_eq!(speak(written, Lang::En), heard, "{written}");
        }
    }
}
