//! How is an answer written: percent, points, rank, plural, particle?

use encart_table::expr::ExprError;
use encart_table::locale::{Scale, write_list, write_number};
use encart_table::table::{fold, nearest};
use encart_table::{Hedge, Lang, NumberFormat, Why};

use super::answer::{Answer, Lack, Nature, Number, difference};
use super::digits::{decimals, last_number, percent_decimals, round};
use super::parse::{Filter, Node, trouble};
use super::question::unknown;
use crate::grammar::{Particle, after, capital, is_plural, letters, ordinal};

/// The ways of writing, in French and in English, with how many words they are given.
pub(crate) const FILTERS: [(&str, &str, usize, usize); 24] = [
    ("pourcent", "percent", 0, 0),
    ("points", "points", 0, 0),
    ("ecart", "difference", 0, 0),
    ("arrondi", "round", 0, 1),
    ("absolu", "absolute", 0, 0),
    ("signe", "signed", 0, 0),
    ("entier", "full", 0, 0),
    ("lettres", "letters", 0, 0),
    ("feminin", "feminine", 0, 0),
    ("rang", "rank", 0, 0),
    ("sur", "of", 0, 0),
    ("pluriel", "plural", 2, 3),
    ("accord", "agree", 2, 2),
    ("verbe", "verb", 3, 3),
    ("sens", "trend", 0, 0),
    ("qui", "who", 0, 0),
    ("quand", "when", 0, 0),
    ("valeur", "value", 0, 0),
    ("unite", "unit", 1, 1),
    ("nu", "bare", 0, 0),
    ("de", "after_de", 0, 1),
    ("a", "after_a", 0, 1),
    ("que", "after_que", 0, 1),
    ("majuscule", "capital", 0, 0),
];

/// An answer on its way to words.
struct Writing {
    answer: Answer,
    lang: Lang,
    decimals: Option<usize>,
    is_signed: bool,
    is_full: bool,
    is_feminine: bool,
    is_in_letters: bool,
    is_rank: bool,
    has_whole: bool,
    has_unit: bool,
    /// A change that is a number by now: percent comes too late.
    was_change: bool,
    /// What is written already.
    words: Option<Vec<String>>,
}

/// What is written, and whether a value lacks.
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) is_missing: bool,
}

/// Writes an answer through its filters.
pub(crate) fn write(answer: Answer, filters: &[Filter], lang: Lang) -> Result<Written, ExprError> {
    let lacks = |answer: &Answer| matches!(answer, Answer::Missing(Lack { printed: None, .. }));
    let was_missing = lacks(&answer);
    let n_unknown = match &answer {
        Answer::Number(number) => number.n_unknown,
        _ => 0,
    };
    let mut writing = Writing {
        is_signed: matches!(answer, Answer::Change(..)),
        answer,
        lang,
        decimals: None,
        is_full: false,
        is_feminine: false,
        is_in_letters: false,
        is_rank: false,
        has_whole: false,
        has_unit: true,
        was_change: false,
        words: None,
    };
    for filter in filters {
        writing.apply(filter)?;
    }
    // what could not be computed on the way is missing too
    let is_missing = was_missing || writing.words.is_none() && lacks(&writing.answer);
    let mut text = write_list(&writing.finish(), lang);
    if n_unknown > 0 {
        text = [text.as_str(), " (", &unknown(n_unknown, lang), ")"].concat();
    }
    Ok(Written { text, is_missing })
}

impl Writing {
    fn apply(&mut self, filter: &Filter) -> Result<(), ExprError> {
        let (at, folded) = (filter.at, fold(&filter.name));
        let Some((name, _, least, most)) = FILTERS.iter().find(|(fr, en, ..)| *fr == folded || *en == folded) else {
            let names: Vec<&str> = FILTERS.iter().map(|(fr, en, ..)| self.lang.pick(*fr, *en)).collect();
            let guess = nearest(&folded, &names).map_or(names.join(", "), str::to_string);
            let written = &filter.name;
            return Err(trouble(
                at,
                format!("l’écriture « {written} » n’existe pas. Vouliez-vous dire {guess} ?"),
                format!("there is no way of writing “{written}”. Did you mean {guess}?"),
            ));
        };
        let arguments = filter.arguments.as_slice();
        if arguments.len() < *least || arguments.len() > *most {
            return Err(given(name, *least, at));
        }
        let words: Vec<&str> = arguments.iter().filter_map(word).collect();
        // a value that is not there stays so, whatever is asked of it
        if let Answer::Missing(lack) = &self.answer {
            if let (Some(printed), "pluriel" | "accord", [one, many, ..]) = (&lack.printed, *name, words.as_slice()) {
                let word = if is_plural(last_number(printed), self.lang) { many } else { one };
                let both = [printed.as_str(), "\u{a0}", word].concat();
                self.words = Some(vec![if *name == "accord" { (*word).to_string() } else { both }]);
            }
            return Ok(());
        }
        let is_on_words = matches!(*name, "de" | "a" | "que" | "majuscule");
        if self.words.is_some() && !is_on_words {
            return Err(trouble(
                at,
                format!("« {name} » vient trop tard : les mots sont écrits déjà. Mettez-le avant."),
                format!("“{name}” comes too late: the words are written already. Put it before."),
            ));
        }
        match (*name, words.as_slice()) {
            ("de" | "a" | "que", kind) => {
                let particle = match *name {
                    "de" => Particle::De,
                    "a" => Particle::A,
                    _ => Particle::Que,
                };
                let is_town = match kind {
                    [] => false,
                    [kind] if matches!(fold(kind).as_str(), "commune" | "ville" | "town") => true,
                    _ => return Err(given(name, 0, at)),
                };
                if self.lang == Lang::Fr {
                    self.words = Some(self.finish().iter().map(|text| after(particle, text, is_town)).collect());
                }
            }
            ("majuscule", _) => {
                let mut words = self.finish();
                if let Some(first) = words.first_mut() {
                    *first = capital(first);
                }
                self.words = Some(words);
            }
            ("qui" | "quand" | "valeur", _) => {
                let Answer::Extreme(number, labels) = self.answer.clone() else {
                    return Err(trouble(
                        at,
                        format!("« {name} » se demande d’un extrême : max(montant) | {name}."),
                        format!("“{name}” is asked of an extreme: max(amount) | {name}."),
                    ));
                };
                match *name {
                    "valeur" => self.answer = Answer::Number(number),
                    _ => self.words = Some(labels),
                }
            }
            _ => self.apply_to_number(filter, name, &words)?,
        }
        Ok(())
    }

    /// What is written of a number only.
    fn apply_to_number(&mut self, filter: &Filter, name: &str, words: &[&str]) -> Result<(), ExprError> {
        let at = filter.at;
        let number = match self.answer.clone().number(at)? {
            Ok(number) => number,
            Err(lack) => {
                self.answer = Answer::Missing(lack);
                return Ok(());
            }
        };
        match (name, words) {
            ("pourcent", _) => self.as_percent(at)?,
            ("points", _) => {
                // of a column without a unit its author knows
                if number.nature != Nature::Points && !number.is_bare() {
                    return Err(trouble(
                        at,
                        "« points » s’écrit d’un écart entre deux pourcentages.",
                        "“points” is written of a difference of two percentages.",
                    ));
                }
                self.answer = Answer::Number(Number { nature: Nature::Points, unit: None, ..number });
            }
            ("ecart" | "absolu", _) => {
                self.was_change |= matches!(self.answer, Answer::Change(..));
                let is_absolute = name == "absolu";
                let value = if is_absolute { number.value.abs() } else { number.value };
                self.answer = Answer::Number(Number { value, ..number });
                self.is_signed = !is_absolute;
            }
            ("arrondi", _) => match filter.arguments.as_slice() {
                [] => (self.decimals, self.is_full) = (Some(0), true),
                [Node::Number(decimals, None)] if (0.0..=6.0).contains(decimals) => {
                    self.decimals = Some(*decimals as usize);
                }
                _ => {
                    return Err(trouble(
                        at,
                        "« arrondi » demande un nombre de décimales, de 0 à 6.",
                        "“round” asks for a number of decimals, 0 to 6.",
                    ));
                }
            },
            ("signe", _) => self.is_signed = true,
            ("entier", _) => self.is_full = true,
            ("lettres", _) if number.unit.is_some() && self.has_unit || number.nature == Nature::Points => {
                return Err(trouble(
                    at,
                    "« lettres » s’écrit d’un nombre sans unité : ajoutez « nu » avant.",
                    "“letters” is written of a number without a unit: put “bare” before it.",
                ));
            }
            ("lettres", _) => self.is_in_letters = true,
            ("feminin", _) => self.is_feminine = true,
            ("rang", _) => self.is_rank = true,
            ("sur", _) if !matches!(number.nature, Nature::Rank(_)) => {
                return Err(trouble(
                    at,
                    "« sur » s’écrit d’un rang : rang(population, Tournus) | sur.",
                    "“of” is written of a rank: rank(population, Tournus) | of.",
                ));
            }
            ("sur", _) => self.has_whole = true,
            ("nu", _) => self.has_unit = false,
            ("unite", [unit]) => {
                // € per inhabitant is still €; € is not k€
                let is_told_otherwise = number.unit.as_deref().is_some_and(|own| !unit.starts_with(own));
                if is_told_otherwise || number.nature == Nature::Points {
                    let own = number.unit.unwrap_or_else(|| "points".to_string());
                    return Err(trouble(
                        at,
                        format!("la valeur est en {own} : changer le mot ne la convertit pas."),
                        format!("the value is in {own}: another word does not convert it."),
                    ));
                }
                self.was_change |= matches!(self.answer, Answer::Change(..));
                self.answer = Answer::Number(Number { unit: Some((*unit).to_string()), ..number });
            }
            ("pluriel", [one, many, none @ ..]) => {
                let (count, scale) = self.rounded(&number);
                let text = match none.first() {
                    Some(none) if count == 0.0 => (*none).to_string(),
                    _ if scale != Scale::One => {
                        // 1,2 M d’habitants
                        let unit = Some((*many).to_string());
                        self.write_number(&Number { unit, nature: Nature::Measure, ..number })
                    }
                    _ => {
                        self.has_unit = false;
                        let word = if is_plural(count, self.lang) { many } else { one };
                        let written = self.write_number(&Number { hedge: None, ..number.clone() });
                        hedged(&number, &[&written, "\u{a0}", word].concat(), self.lang)
                    }
                };
                self.words = Some(vec![text]);
            }
            ("accord", [one, many]) => {
                let (count, scale) = self.rounded(&number);
                let is_many = scale != Scale::One || is_plural(count, self.lang);
                self.words = Some(vec![if is_many { many } else { one }.to_string()]);
            }
            ("verbe", [up, down, same]) => self.words = Some(vec![by_sign(&number, up, down, same).to_string()]),
            ("sens", _) if !matches!(self.answer, Answer::Change(..)) && number.nature != Nature::Points => {
                return Err(trouble(
                    at,
                    "« sens » se dit d’une évolution : evolution(montant, 2019, 2024) | sens.",
                    "“trend” is said of a change: change(amount, 2019, 2024) | trend.",
                ));
            }
            ("sens", _) => {
                let (up, down) = self.lang.pick(("en hausse", "en baisse"), ("up", "down"));
                self.words = Some(vec![by_sign(&number, up, down, "stable").to_string()]);
            }
            _ => return Err(given(name, 2, at)),
        }
        Ok(())
    }

    /// A change as a part of where it starts; a ratio as it is. What starts at zero or below, or falls below it, has no
    /// percent, and between percentages a change is in points: `10 %` to `12 %` is not `+2 %`.
    fn as_percent(&mut self, at: usize) -> Result<(), ExprError> {
        self.answer = match &self.answer {
            Answer::Change(from, to) if from.is_percent() => Answer::Number(difference(from, to)),
            Answer::Change(from, to) if from.value > 0.0 && to.value >= 0.0 => {
                let hedge = difference(from, to).hedge;
                Answer::Number(Number { hedge, ..Number::share((to.value / from.value - 1.0) * 100.0) })
            }
            Answer::Change(..) => Answer::from(Why::Undefined),
            Answer::Number(number) | Answer::Extreme(number, _)
                if number.is_percent() || number.nature == Nature::Points =>
            {
                Answer::Number(number.clone())
            }
            Answer::Number(number) if number.unit.is_none() && !self.was_change && number.nature == Nature::Measure => {
                Answer::Number(Number { hedge: number.hedge.clone(), ..Number::share(number.value * 100.0) })
            }
            _ => {
                return Err(trouble(
                    at,
                    "« pourcent » s’écrit d’une évolution ou d’un rapport, avant « absolu » et « ecart » : evolution(montant, 2019, 2024) | pourcent | absolu.",
                    "“percent” is written of a change or a ratio, before “absolute” and “difference”: change(amount, 2019, 2024) | percent | absolute.",
                ));
            }
        };
        Ok(())
    }

    /// What is written, an item for each place that is named.
    fn finish(&self) -> Vec<String> {
        if let Some(words) = &self.words {
            return words.clone();
        }
        vec![match &self.answer {
            Answer::Missing(lack) => {
                let words = lack.words(self.lang);
                if lack.printed.is_some() { words } else { ["[", &words, "]"].concat() }
            }
            Answer::Number(number) | Answer::Extreme(number, _) => self.write_number(number),
            Answer::Change(from, to) => self.write_number(&difference(from, to)),
            other => other.words(self.lang),
        }]
    }

    fn format(&self, number: &Number) -> NumberFormat {
        let unit = number.unit.as_deref().filter(|_| self.has_unit);
        let mut format = match self.is_full {
            true => NumberFormat::full(&[number.value], unit, self.lang),
            false => NumberFormat::for_values(&[number.value], unit, self.lang),
        };
        let is_computed = matches!(number.nature, Nature::Share | Nature::Points);
        format.decimals = match self.decimals {
            Some(decimals) => decimals,
            None if self.is_full || format.scale != Scale::One => format.decimals,
            None if is_computed => percent_decimals(number.value),
            None => decimals(number.value, unit),
        };
        if number.nature == Nature::Points {
            let is_many = is_plural(round(number.value, format.decimals), self.lang);
            format.unit = Some(if is_many { "points" } else { "point" }.to_string()).filter(|_| self.has_unit);
        }
        format
    }

    /// A number as it is read, of one or of millions.
    fn rounded(&self, number: &Number) -> (f64, Scale) {
        let format = self.format(number);
        let value = if format.scale == Scale::One { round(number.value, format.decimals) } else { number.value };
        (value, format.scale)
    }

    fn write_number(&self, number: &Number) -> String {
        let value = number.value;
        let whole = (value >= 0.0 && value == value.floor() && value < 1e6).then_some(value as usize);
        let is_rank = self.is_rank || matches!(number.nature, Nature::Rank(_));
        let written = match whole {
            Some(rank) if is_rank => {
                let rank = ordinal(rank, self.is_feminine, self.lang);
                match number.nature {
                    Nature::Rank(of) if self.has_whole => {
                        let of = write_number(of as f64, 0, self.lang);
                        [rank.as_str(), self.lang.pick(" sur ", " of "), &of].concat()
                    }
                    _ => rank,
                }
            }
            Some(whole) if self.is_in_letters && letters(whole, self.is_feminine, self.lang).is_some() => {
                letters(whole, self.is_feminine, self.lang).unwrap_or_default()
            }
            _ => {
                let format = self.format(number);
                let written = format.write(value);
                let is_zero = round(value, format.decimals + 6) == 0.0;
                if self.is_signed && value > 0.0 && !is_zero { ["+", &written].concat() } else { written }
            }
        };
        hedged(number, &written, self.lang)
    }
}

fn hedged(number: &Number, written: &str, lang: Lang) -> String {
    match &number.hedge {
        None | Some(Hedge::Note(_)) => written.to_string(),
        Some(hedge) => hedge.write(written, lang),
    }
}

fn word(argument: &Node) -> Option<&str> {
    match argument {
        Node::Text(_, text) | Node::Name(_, text) => Some(text),
        _ => None,
    }
}

fn given(name: &str, least: usize, at: usize) -> ExprError {
    match (name, least) {
        ("unite", _) => {
            trouble(at, "« unite » demande l’unité : unite(\"€\").", "“unit” asks for the unit: unit(\"€\").")
        }
        ("verbe", _) => trouble(
            at,
            "« verbe » demande trois mots entre guillemets : verbe(\"a augmenté\", \"a baissé\", \"est restée stable\").",
            "“verb” asks for three words in quotes: verb(\"rose\", \"fell\", \"did not change\").",
        ),
        ("de" | "a" | "que", _) => trouble(
            at,
            format!("« {name} » ne demande rien, ou le mot commune : Vienne et Mayenne sont aussi des villes."),
            format!("“{name}” asks for nothing, or for the word town: Vienne and Mayenne are towns too."),
        ),
        (_, 0) => trouble(
            at,
            format!("« {name} » ne demande rien entre parenthèses."),
            format!("“{name}” asks for nothing in brackets."),
        ),
        _ => trouble(
            at,
            format!("« {name} » demande des mots entre guillemets : {name}(\"logement\", \"logements\")."),
            format!("“{name}” asks for words in quotes: {name}(\"home\", \"homes\")."),
        ),
    }
}

fn by_sign<'a>(number: &Number, up: &'a str, down: &'a str, same: &'a str) -> &'a str {
    if number.value > 0.0 {
        up
    } else if number.value < 0.0 {
        down
    } else {
        same
    }
}
