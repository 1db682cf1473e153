//! What the name of a column says of its values: codes, years, dates, or a measure.
//!
//! A name never decides alone: it confirms values that look like what it names.

use crate::table::{self, fold, is_letter};

/// The words of a name, without case and accents: `codeInsee`, `code_insee` and `CODE INSEE` are `code`, `insee`; letters
/// and figures part, `P21_POP` is `p`, `21`, `pop`.
pub(crate) fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let letters: Vec<char> = name.chars().collect();
    for (idx, letter) in letters.iter().enumerate() {
        let before = idx.checked_sub(1).and_then(|idx| letters.get(idx)).copied().unwrap_or(' ');
        let after = letters.get(idx + 1).copied().unwrap_or(' ');
        let is_lower = |letter: char| is_letter(letter) && table::lower(letter) == letter;
        let is_upper = |letter: char| is_letter(letter) && table::lower(letter) != letter;
        // `codeInsee`, `idRAEMontant`, `2024T`
        let is_border = is_lower(before) && is_upper(*letter)
            || is_upper(before) && is_upper(*letter) && is_lower(after)
            || before.is_ascii_digit() != letter.is_ascii_digit();
        let is_word = is_letter(*letter) || letter.is_ascii_digit();
        if is_border || !is_word {
            words.extend(Some(fold(&word)).filter(|word| !word.is_empty()));
            word.clear();
        }
        if is_word {
            word.push(*letter);
        }
    }
    words.extend(Some(fold(&word)).filter(|word| !word.is_empty()));
    words
}

/// Words that name what is counted or measured, without the `s` of several: no code and no year goes by them.
const MEASURES: &str = "population pop nombre nb nbre montant total totale somme taux part effectif prix cout budget credit \
    depense recette valeur moyenne moyen mediane surface superficie volume duree evolution indice ratio \
    foyer menage logement habitant emploi voix consommation production emission tonnage salaire revenu \
    pourcentage altitude longueur participant visite visiteur vente hauteur";

/// Words that name codes wherever they stand in a name, and the numbers of digits that such codes have (a first zero may
/// be lost). Lengths: INSEE's Code officiel géographique, La Poste, SIRENE.
const CODES: [(&str, u8, u8); 14] = [
    ("code codes id ids uid identifiant num numero n° ref reference matricule", 1, 20),
    ("chapitre", 1, 4),
    ("article compte uai", 1, 8),
    ("cpv", 7, 8),
    ("siren", 8, 9),
    ("siret", 13, 14),
    ("codgeo", 1, 9),
    ("depcom postal cp", 4, 5),
    ("ape naf", 2, 5),
    ("rna", 9, 10),
    ("tel telephone mobile fax", 9, 11),
    ("insee", 3, 5),
    ("iban", 10, 30),
    ("cog", 1, 5),
];

/// Words that name the level of a territory: they name its codes when the name has no other word than these.
const LEVELS: [(&str, u8, u8); 6] = [
    ("dep dept departement", 1, 3),
    ("reg region", 1, 2),
    ("epci", 9, 9),
    ("iris", 8, 9),
    ("com cp", 4, 5),
    ("insee", 3, 5),
];

fn is_among(word: &str, list: &str) -> bool {
    table::is_among(word, list, ' ')
}

/// Whether a word names a measure, of one or of several.
fn names_measure(word: &str) -> bool {
    is_among(word.strip_suffix('s').unwrap_or(word), MEASURES)
}

/// The lengths of the codes that a word names.
fn lengths(word: &str, list: &[(&str, u8, u8)]) -> Option<(u8, u8)> {
    list.iter().find(|(words, ..)| is_among(word, words)).map(|(_, least, most)| (*least, *most))
}

/// `NUMCOM`, `CODDEP`, `NUM_POSTE`: a word that is two, with the lengths of its codes.
fn joined(word: &str) -> Option<(u8, u8)> {
    let rest = ["code", "cod", "num", "id"].iter().find_map(|start| word.strip_prefix(start))?;
    let is_other = is_among(rest, "geo poste postal commune etab acad canton voie");
    lengths(rest, &LEVELS).or(is_other.then_some((1, 12)))
}

/// The lengths of the codes that a name speaks of.
pub(crate) fn code_lengths(name: &str) -> Option<(usize, usize)> {
    let mut words = words_of(name);
    if name.contains(['°', 'º']) && words.first().is_some_and(|word| word == "n") {
        words.push("n°".into());
    }
    if words.iter().any(|word| names_measure(word)) || crate::unit::from_header(name).is_some() {
        return None;
    }
    let code = words.iter().find_map(|word| {
        // « INSEE » names its producer too, and CP is also « crédits de paiement »
        let own = lengths(word, &CODES).filter(|_| !matches!(word.as_str(), "insee" | "cp"));
        own.or_else(|| joined(word))
    });
    let level = || {
        let level = words.iter().find_map(|word| lengths(word, &LEVELS).map(|found| (word, found)))?;
        let is_beside = |word: &str| is_among(word, "commune communes de du la le l d lieu naissance siege geo");
        let is_year = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let fits = |word: &String| lengths(word, &LEVELS).is_some() || is_beside(word) || is_year(word);
        // « CP 2024 » is an amount of a year
        let is_budget = level.0 == "cp" && words.len() > 1;
        (words.iter().all(fits) && !is_budget).then_some(level.1)
    };
    // `code_insee`: the narrower of the two
    let narrow =
        |list: &[(&str, u8, u8)]| words.iter().find_map(|word| lengths(word, list).filter(|(least, _)| *least > 1));
    let found = match code {
        Some(code) => Some(narrow(&CODES).or_else(|| narrow(&LEVELS)).unwrap_or(code)),
        None => level(),
    };
    found.map(|(least, most)| (usize::from(least), usize::from(most)))
}

/// Whether a name speaks of a reference, whose figures may be parted by points: `2.10` is not `2.1`.
pub(crate) fn is_reference(name: &str) -> bool {
    let words = words_of(name);
    words.iter().any(|word| {
        [
            "ref",
            "reference",
            "article",
            "version",
            "chapitre",
            "rubrique",
            "code",
            "id",
            "numero",
            "num",
            "section",
            "ligne",
            "lot",
        ]
        .contains(&word.as_str())
    })
}

/// Whether a name speaks of what is counted or measured, or gives a unit.
pub(crate) fn is_measure(name: &str) -> bool {
    words_of(name).iter().any(|word| names_measure(word)) || crate::unit::from_header(name).is_some()
}

/// Whether numbers of this name and unit are rates, which no sum makes: a part, a mean, a price, a degree.
///
/// ```
/// use encart_table::infer::name::is_rate;
/// assert!(is_rate("taux_chomage", None) && is_rate("prix", Some("€/m²")));
/// assert!(!is_rate("departement", None) && !is_rate("menages", None));
/// ```
pub fn is_rate(name: &str, unit: Option<&str>) -> bool {
    const WORDS: [&str; 13] =
        ["taux", "tx", "pct", "part", "parts", "indice", "ratio", "prix", "score", "note", "age", "densite", "tarif"];
    const STARTS: [&str; 4] = ["moyen", "median", "pourcent", "temperature"];
    let is_rate = |word: &String| WORDS.contains(&word.as_str()) || STARTS.iter().any(|start| word.starts_with(start));
    unit.is_some_and(|unit| unit.starts_with(['%', '‰', '°']) || unit.contains('/'))
        || words_of(name).iter().any(is_rate)
}

/// Whether a name speaks of years, and not of what is counted by year (`Dépenses par an`).
pub(crate) fn speaks_of_years(name: &str) -> bool {
    const YEARS: [&str; 18] = [
        "annee",
        "annees",
        "an",
        "year",
        "exercice",
        "millesime",
        "session",
        "campagne",
        "periode",
        "period",
        "date",
        "vague",
        "horizon",
        "edition",
        "time",
        "promotion",
        "rentree",
        "saison",
    ];
    let words = words_of(name);
    let is_rate = words.iter().any(|word| word == "par" || word == "per");
    // `anneeEffectifs`, `pop_millesime`: a word that leads or ends a name rules it
    let rules = |word: Option<&String>| {
        word.is_some_and(|word| ["annee", "year", "millesime", "exer"].contains(&word.as_str()))
    };
    let is_ruled = rules(words.first()) || rules(words.last());
    let speaks = words.iter().any(|word| YEARS.contains(&word.as_str())) && !is_measure(name);
    !is_rate && (speaks || is_ruled && crate::unit::from_header(name).is_none())
}

/// Whether a name speaks of weeks, so that `S1 2023` is one.
pub(crate) fn speaks_of_weeks(name: &str) -> bool {
    words_of(name).iter().any(|word| matches!(word.as_str(), "semaine" | "semaines" | "week" | "sem"))
}

/// Whether a name speaks of days or months, so that `20240131` is one.
pub(crate) fn speaks_of_time(name: &str) -> bool {
    const TIME: [&str; 14] = [
        "date",
        "dates",
        "jour",
        "day",
        "periode",
        "period",
        "mois",
        "month",
        "time",
        "aaaamm",
        "aaaammjj",
        "aaaammjjhh",
        "yyyymm",
        "yyyymmdd",
    ];
    words_of(name).iter().any(|word| TIME.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_into_its_words() {
        for (name, words) in [
            ("codeInsee", &["code", "insee"][..]),
            ("CODE_INSEE", &["code", "insee"]),
            ("idRAE", &["id", "rae"]),
            ("anneeExercice", &["annee", "exercice"]),
            ("P21_POP", &["p", "21", "pop"]),
            ("N° d’ordre", &["n", "d", "ordre"]),
            ("Année", &["annee"]),
        ] {
            assert_eq!(words_of(name), words, "{name}");
        }
    }

    #[test]
    fn a_name_speaks_of_codes_of_some_length() {
        for (name, lengths) in [
            ("codeInsee", Some((3, 5))),
            ("code_insee_commune", Some((3, 5))),
            ("NUMCOM", Some((4, 5))),
            ("CODGEO", Some((1, 9))),
            ("DEPCOM", Some((4, 5))),
            ("idBeneficiaire", Some((1, 20))),
            ("Code postal", Some((4, 5))),
            ("CP", Some((4, 5))),
            ("CP 2024", None),
            ("epci_2024", Some((9, 9))),
            ("population INSEE 2023", None),
            ("population_epci", None),
            ("EPCI (%)", None),
            ("Région", Some((1, 2))),
            ("Commune", None),
            ("montant", None),
        ] {
            assert_eq!(code_lengths(name), lengths, "{name}");
        }
    }
}
