//! How do words change beside a computed word: elision, contraction, plural, rank, numbers in letters?

use encart_table::Lang;
use encart_table::locale::write_number;
use encart_table::table::{fold, lower};

/// A preposition or a conjunction that changes before some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Particle {
    /// `de`, `d’`, `du`, `des`.
    De,
    /// `à`, `au`, `aux`.
    A,
    /// `que`, `qu’`.
    Que,
}

/// French words whose first letter is an aspirated `h`, or that keep the vowel before them: the beginnings of names
/// of places and of the numbers that are met in public figures.
const ASPIRATED: [&str; 33] = [
    "hague",
    "haie",
    "halle",
    "hallu",
    "halt",
    "ham",
    "hand",
    "hang",
    "harc",
    "harn",
    "haro",
    "hasard",
    "hauss",
    "haut",
    "havr",
    "haye",
    "hess",
    "hêtr",
    "hiérarch",
    "hippie",
    "hoch",
    "hockey",
    "holl",
    "homard",
    "hongr",
    "hont",
    "hors",
    "houil",
    "huit",
    "hurl",
    "héron",
    "héros",
    "onz",
];

/// Names of départements and regions that stand with an article, and the form of it: the linking word of INSEE's
/// Code officiel géographique (TNCC). `2` le, `3` la, `4` les, `5` l’; the others stand without one.
const WITH_ARTICLE: [(u8, &[&str]); 4] = [
    (
        2,
        &[
            "Calvados",
            "Cantal",
            "Cher",
            "Doubs",
            "Finistère",
            "Gard",
            "Gers",
            "Jura",
            "Loiret",
            "Lot",
            "Morbihan",
            "Nord",
            "Pas-de-Calais",
            "Puy-de-Dôme",
            "Bas-Rhin",
            "Haut-Rhin",
            "Rhône",
            "Tarn",
            "Var",
            "Vaucluse",
            "Territoire de Belfort",
            "Val-de-Marne",
            "Val-d’Oise",
            "Centre-Val de Loire",
            "Grand Est",
        ],
    ),
    (
        3,
        &[
            "Charente",
            "Charente-Maritime",
            "Corrèze",
            "Côte-d’Or",
            "Creuse",
            "Dordogne",
            "Drôme",
            "Corse-du-Sud",
            "Haute-Corse",
            "Haute-Garonne",
            "Gironde",
            "Loire",
            "Haute-Loire",
            "Loire-Atlantique",
            "Lozère",
            "Manche",
            "Marne",
            "Haute-Marne",
            "Mayenne",
            "Meuse",
            "Moselle",
            "Nièvre",
            "Haute-Saône",
            "Sarthe",
            "Savoie",
            "Haute-Savoie",
            "Seine-Maritime",
            "Somme",
            "Vendée",
            "Vienne",
            "Haute-Vienne",
            "Seine-Saint-Denis",
            "Guadeloupe",
            "Martinique",
            "Guyane",
            "Nouvelle-Aquitaine",
        ],
    ),
    (
        4,
        &[
            "Alpes-de-Haute-Provence",
            "Hautes-Alpes",
            "Alpes-Maritimes",
            "Ardennes",
            "Bouches-du-Rhône",
            "Côtes-d’Armor",
            "Landes",
            "Pyrénées-Atlantiques",
            "Hautes-Pyrénées",
            "Pyrénées-Orientales",
            "Yvelines",
            "Deux-Sèvres",
            "Vosges",
            "Hauts-de-Seine",
            "Hauts-de-France",
            "Pays de la Loire",
        ],
    ),
    (
        5,
        &[
            "Ain", "Aisne", "Allier", "Ardèche", "Ariège", "Aube", "Aude", "Aveyron", "Eure", "Hérault", "Indre",
            "Isère", "Oise", "Orne", "Yonne", "Essonne",
        ],
    ),
];

/// A name after a particle: `d’Autun`, `du Creusot`, `des Ardennes`, `de l’Ain`, `à La Rochelle`, `aux Ulis`, `qu’Autun`.
/// The name of a town has no article but the one that is part of it: `de Vienne` is the town, `de la Vienne` the
/// département.
///
/// ```
/// use encart_story::grammar::{Particle, after};
/// assert_eq!(after(Particle::De, "Le Creusot", false), "du Creusot");
/// assert_eq!(after(Particle::A, "Ain", false), "à l’Ain");
/// assert_eq!(after(Particle::De, "Vienne", true), "de Vienne");
/// ```
pub fn after(particle: Particle, name: &str, is_town: bool) -> String {
    let name = name.trim();
    if particle == Particle::Que {
        return if is_elided(name) { ["qu’", name].concat() } else { ["que ", name].concat() };
    }
    let (plain, contracted, plural) = match particle {
        Particle::De => ("de", "du", "des"),
        _ => ("à", "au", "aux"),
    };
    // the article that is part of the name of a commune
    for (article, joined) in [("Le ", contracted), ("LE ", contracted), ("Les ", plural), ("LES ", plural)] {
        if let Some(rest) = name.strip_prefix(article) {
            return [joined, " ", rest].concat();
        }
    }
    let folded = fold(&name.replace('\'', "’"));
    let is_named = |names: &[&str]| names.iter().any(|known| fold(known) == folded);
    let article = WITH_ARTICLE.iter().find(|(_, names)| !is_town && is_named(names)).map(|(form, _)| *form);
    match article {
        Some(2) => [contracted, " ", name].concat(),
        Some(3) => [plain, " la ", name].concat(),
        Some(4) => [plural, " ", name].concat(),
        Some(5) => [plain, " l’", name].concat(),
        _ if particle == Particle::De && is_elided(name) => ["d’", name].concat(),
        _ => [plain, " ", name].concat(),
    }
}

/// Whether a word drops the vowel of the small word before it.
fn is_elided(word: &str) -> bool {
    let word: String = word.chars().map(lower).collect();
    let begins = |start: &&str| word.starts_with(*start);
    // before a semi-vowel usage keeps it: de Yaoundé, de Yvetot is d’Yvetot
    let is_vowel =
        word.starts_with(['a', 'e', 'i', 'o', 'u', 'é', 'è', 'ê', 'ë', 'à', 'â', 'î', 'ï', 'ô', 'û', 'œ', 'æ', 'h']);
    let is_y = word.starts_with('y') && word.chars().nth(1).is_some_and(|letter| !"aeiou".contains(letter));
    let is_number = word.starts_with(|letter: char| letter.is_ascii_digit());
    (is_vowel || is_y) && !is_number && !ASPIRATED.iter().any(begins)
}

/// Whether so many ask for the plural: in French from two on, whatever the sign; in English all but one.
pub fn is_plural(count: f64, lang: Lang) -> bool {
    lang.pick(count.abs() >= 2.0, count.abs() != 1.0)
}

/// A rank: `1er`, `1re`, `2e`; `1st`, `2nd`, `3rd`, `11th`.
///
/// ```
/// use encart_story::grammar::ordinal;
/// use encart_table::Lang;
/// assert_eq!(ordinal(1, true, Lang::Fr), "1re");
/// assert_eq!(ordinal(22, false, Lang::En), "22nd");
/// ```
pub fn ordinal(rank: usize, is_feminine: bool, lang: Lang) -> String {
    let ending = match (lang, rank % 100, rank % 10) {
        (Lang::Fr, ..) if rank == 1 => {
            if is_feminine {
                "re"
            } else {
                "er"
            }
        }
        (Lang::Fr, ..) => "e",
        (Lang::En, 11..=13, _) => "th",
        (Lang::En, _, 1) => "st",
        (Lang::En, _, 2) => "nd",
        (Lang::En, _, 3) => "rd",
        (Lang::En, ..) => "th",
    };
    [&write_number(rank as f64, 0, lang), ending].concat()
}

const UNITS_FR: [&str; 20] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
];
const TENS_FR: [&str; 10] =
    ["", "dix", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"];
const UNITS_EN: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS_EN: [&str; 10] = ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A whole number in letters, to 9,999; none beyond. French in the spelling that schools teach (`vingt et un`,
/// `quatre-vingts`, `deux cents`), feminine where it is counted so: `vingt et une`.
///
/// ```
/// use encart_story::grammar::letters;
/// use encart_table::Lang;
/// assert_eq!(letters(281, false, Lang::Fr).as_deref(), Some("deux cent quatre-vingt-un"));
/// ```
pub fn letters(number: usize, is_feminine: bool, lang: Lang) -> Option<String> {
    let at = |words: &[&'static str], idx: usize| words.get(idx).copied().unwrap_or_default().to_string();
    let below_hundred = |number: usize| match lang {
        Lang::En if number < 20 => at(&UNITS_EN, number),
        Lang::En if number.is_multiple_of(10) => at(&TENS_EN, number / 10),
        Lang::En => [at(&TENS_EN, number / 10), at(&UNITS_EN, number % 10)].join("-"),
        Lang::Fr => below_hundred_fr(number, is_feminine),
    };
    let below_thousand = |number: usize| {
        let (hundreds, rest) = (number / 100, number % 100);
        let hundred = match (lang, hundreds) {
            (_, 0) => return below_hundred(rest),
            (Lang::Fr, 1) => "cent".to_string(),
            (Lang::Fr, _) => [at(&UNITS_FR, hundreds).as_str(), if rest == 0 { " cents" } else { " cent" }].concat(),
            (Lang::En, _) => [&at(&UNITS_EN, hundreds), " hundred"].concat(),
        };
        match rest {
            0 => hundred,
            _ => [hundred, below_hundred(rest)].join(lang.pick(" ", " and ")),
        }
    };
    match (number / 1000, number % 1000) {
        (0, rest) => Some(below_thousand(rest)),
        (thousands @ 1..=9, rest) => {
            let thousand = match lang {
                Lang::Fr if thousands == 1 => "mille".to_string(),
                Lang::Fr => [&at(&UNITS_FR, thousands), " mille"].concat(),
                Lang::En => [&at(&UNITS_EN, thousands), " thousand"].concat(),
            };
            // one thousand and one
            let link = if lang == Lang::En && rest < 100 { " and " } else { " " };
            let rest = (rest > 0).then(|| below_thousand(rest));
            Some(rest.map_or(thousand.clone(), |rest| [thousand, rest].join(link)))
        }
        _ => None,
    }
}

fn below_hundred_fr(number: usize, is_feminine: bool) -> String {
    let unit = |number: usize| match number {
        1 if is_feminine => "une".to_string(),
        _ => UNITS_FR.get(number).copied().unwrap_or_default().to_string(),
    };
    let (ten, rest) = (number / 10, number % 10);
    let name = TENS_FR.get(ten).copied().unwrap_or_default();
    match (ten, rest) {
        (0 | 1, _) => unit(number),
        (8, 0) => "quatre-vingts".to_string(),
        (7, 1) => "soixante et onze".to_string(),
        (7 | 9, _) => [name, "-", &unit(10 + rest)].concat(),
        (_, 0) => name.to_string(),
        (2..=6, 1) => [name, " et ", &unit(1)].concat(),
        _ => [name, "-", &unit(rest)].concat(),
    }
}

/// A text with its first letter large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
