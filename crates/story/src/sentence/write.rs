//! How is an answer written: percent, points, rank, plural, particle?

use encart_table::locale::{Scale, n_decimals, write_number, write_period};
use encart_table::table::{fold, nearest};
use encart_table::{Hedge, Lang, NumberFormat, Why};

use super::eval::{Answer, Lack, Nature, Number, difference};
use super::parse::{Filter, Node, Trouble};
use crate::grammar::{Particle, after, capital, is_plural, letters, ordinal};

/// The ways of writing, in French and in English.
pub(super) const FILTERS: [(&str, &str); 24] = [
    ("pourcent", "percent"),
    ("points", "points"),
    ("ecart", "difference"),
    ("arrondi", "round"),
    ("absolu", "absolute"),
    ("signe", "signed"),
    ("entier", "full"),
    ("lettres", "letters"),
    ("feminin", "feminine"),
    ("rang", "rank"),
    ("sur", "of"),
    ("pluriel", "plural"),
    ("accord", "agree"),
    ("verbe", "verb"),
    ("sens", "trend"),
    ("qui", "who"),
    ("quand", "when"),
    ("valeur", "value"),
    ("unite", "unit"),
    ("nu", "bare"),
    ("de", "after_de"),
    ("a", "after_a"),
    ("que", "after_que"),
    ("majuscule", "capital"),
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
    /// What is written already.
    text: Option<String>,
}

/// What is written, and whether a value lacks.
pub(super) struct Written {
    pub(super) text: String,
    pub(super) is_missing: bool,
}

/// Writes an answer through its filters.
pub(super) fn write(answer: Answer, filters: &[Filter], lang: Lang) -> Result<Written, Trouble> {
    let lacks = |answer: &Answer| matches!(answer, Answer::Missing(Lack { printed: None, .. }));
    let is_missing = lacks(&answer);
    let is_change = matches!(answer, Answer::Change(..));
    let mut writing = Writing {
        answer,
        lang,
        decimals: None,
        is_signed: is_change,
        is_full: false,
        is_feminine: false,
        is_in_letters: false,
        is_rank: false,
        has_whole: false,
        has_unit: true,
        text: None,
    };
    for filter in filters {
        writing.apply(filter)?;
    }
    // what could not be computed on the way is missing too
    let is_missing = is_missing || writing.text.is_none() && lacks(&writing.answer);
    Ok(Written { text: writing.finish(), is_missing })
}

impl Writing {
    fn apply(&mut self, filter: &Filter) -> Result<(), Trouble> {
        let name = fold(&filter.name);
        let known = FILTERS.iter().find(|(fr, en)| *fr == name || *en == name).map(|(fr, _)| *fr);
        let texts: Vec<&str> = filter
            .arguments
            .iter()
            .filter_map(|argument| match argument {
                Node::Text(text) | Node::Name(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let at = filter.at;
        let wants = |fr: &str, en: &str| Err(Trouble::new(at, fr, en));
        match (known, texts.as_slice()) {
            (Some("pourcent"), _) => self.as_percent(),
            (Some("points"), _) => self.as_points(),
            (Some("ecart"), _) => {
                self.answer = self.take_number().map_or_else(Answer::Missing, Answer::Number);
                self.is_signed = true;
            }
            (Some("arrondi"), _) => match filter.arguments.as_slice() {
                [] => self.decimals = Some(0),
                [Node::Number(decimals)] if (0.0..=6.0).contains(decimals) => self.decimals = Some(*decimals as usize),
                _ => {
                    return wants(
                        "« arrondi » demande un nombre de décimales, de 0 à 6.",
                        "“round” asks for a number of decimals, 0 to 6.",
                    );
                }
            },
            (Some("absolu"), _) => {
                self.answer = match self.take_number() {
                    Ok(number) => Answer::Number(Number { value: number.value.abs(), ..number }),
                    Err(lack) => Answer::Missing(lack),
                };
                self.is_signed = false;
            }
            (Some("signe"), _) => self.is_signed = true,
            (Some("entier"), _) => self.is_full = true,
            (Some("lettres"), _) => self.is_in_letters = true,
            (Some("feminin"), _) => self.is_feminine = true,
            (Some("rang"), _) => self.is_rank = true,
            (Some("sur"), _) => self.has_whole = true,
            (Some("nu"), _) => self.has_unit = false,
            (Some("unite"), [unit]) => {
                let unit = (*unit).to_string();
                self.answer = match self.take_number() {
                    Ok(number) => Answer::Number(Number { unit: Some(unit), ..number }),
                    Err(lack) => Answer::Missing(lack),
                };
            }
            (Some("pluriel"), [one, many, none @ ..]) => {
                let Some(count) = self.count() else { return Ok(()) };
                let word = if is_plural(count, self.lang) { many } else { one };
                self.text = Some(match none.first() {
                    Some(none) if count == 0.0 => (*none).to_string(),
                    _ => {
                        self.has_unit = false;
                        [&self.finish(), "\u{a0}", word].concat()
                    }
                });
            }
            (Some("accord"), [one, many]) => {
                let Some(count) = self.count() else { return Ok(()) };
                self.text = Some(if is_plural(count, self.lang) { many } else { one }.to_string());
            }
            (Some("verbe"), [up, down, same @ ..]) => {
                let Some(change) = self.count() else { return Ok(()) };
                let same = same.first().copied().unwrap_or(self.lang.pick("est stable", "is stable"));
                self.text = Some(pick_by_sign(change, up, down, same).to_string());
            }
            (Some("sens"), _) => {
                let Some(change) = self.count() else { return Ok(()) };
                let (up, down) = self.lang.pick(("en hausse", "en baisse"), ("up", "down"));
                self.text = Some(pick_by_sign(change, up, down, "stable").to_string());
            }
            (Some("qui" | "quand"), _) => {
                if let Answer::Extreme(_, label) = &self.answer {
                    self.answer = Answer::Text(label.clone());
                }
            }
            (Some("valeur"), _) => {
                if let Answer::Extreme(number, _) = &self.answer {
                    self.answer = Answer::Number(number.clone());
                }
            }
            (Some(particle @ ("de" | "a" | "que")), _) => {
                let particle = match particle {
                    "de" => Particle::De,
                    "a" => Particle::A,
                    _ => Particle::Que,
                };
                let text = self.finish();
                self.text = Some(if self.lang == Lang::Fr { after(particle, &text) } else { text });
            }
            (Some("majuscule"), _) => self.text = Some(capital(&self.finish())),
            (Some("unite"), _) => {
                return wants("« unite » demande l’unité : unite(\"€\").", "“unit” asks for the unit: unit(\"€\").");
            }
            (Some(name), _) => {
                return wants(
                    &format!("« {name} » demande des mots entre guillemets : {name}(\"logement\", \"logements\")."),
                    &format!("“{name}” asks for words in quotes: {name}(\"home\", \"homes\")."),
                );
            }
            (None, _) => {
                let names: Vec<&str> = FILTERS.iter().map(|(fr, en)| self.lang.pick(*fr, *en)).collect();
                let guess = nearest(&name, &names).map_or(names.join(", "), str::to_string);
                return wants(
                    &format!("l’écriture « {} » n’existe pas. Vouliez-vous dire {guess} ?", filter.name),
                    &format!("there is no way of writing “{}”. Did you mean {guess}?", filter.name),
                );
            }
        }
        Ok(())
    }

    /// The number of what is to be written; of a change, its difference.
    fn take_number(&self) -> Result<Number, Lack> {
        self.answer.clone().number()
    }

    fn count(&self) -> Option<f64> {
        self.take_number().ok().map(|number| number.value)
    }

    /// A change as a part of where it starts; a part of a whole as it is. What starts at zero or below has no percent,
    /// and between percentages a change is in points: `10 %` to `12 %` is not `+2 %`.
    fn as_percent(&mut self) {
        self.answer = match &self.answer {
            Answer::Change(from, _) if is_percent(from) => return self.as_points(),
            Answer::Change(from, to) if from.value > 0.0 => {
                let value = encart_table::sum::fifteen_digits((to.value / from.value - 1.0) * 100.0);
                Answer::Number(Number { value, unit: Some("%".to_string()), ..difference(from, to) })
            }
            Answer::Change(..) => Answer::from(Why::Undefined),
            Answer::Number(number) | Answer::Extreme(number, _) if !is_percent(number) => {
                let value = encart_table::sum::fifteen_digits(number.value * 100.0);
                Answer::Number(Number { value, unit: Some("%".to_string()), nature: Nature::Measure, ..number.clone() })
            }
            other => other.clone(),
        };
        if let (Answer::Number(number), None) = (&self.answer, self.decimals) {
            self.decimals = Some(percent_decimals(number.value));
        }
    }

    fn as_points(&mut self) {
        self.answer = match self.take_number() {
            Ok(number) => {
                let (one, many) = self.lang.pick(("point", "points"), ("point", "points"));
                self.decimals = self.decimals.or(Some(percent_decimals(number.value)));
                let rounded = round(number.value, self.decimals.unwrap_or(0));
                let unit = if is_plural(rounded, self.lang) { many } else { one };
                Answer::Number(Number { unit: Some(unit.to_string()), ..number })
            }
            Err(lack) => Answer::Missing(lack),
        };
    }

    fn finish(&self) -> String {
        if let Some(text) = &self.text {
            return text.clone();
        }
        let number = match &self.answer {
            Answer::Missing(lack) => {
                let words = lack.words(self.lang);
                return if lack.printed.is_some() { words } else { ["[", &words, "]"].concat() };
            }
            Answer::Text(text) => return text.clone(),
            Answer::Period(period) => return write_period(*period, self.lang),
            Answer::Truth(truth) => {
                return if *truth { self.lang.pick("oui", "yes") } else { self.lang.pick("non", "no") }.to_string();
            }
            Answer::Number(number) | Answer::Extreme(number, _) => number.clone(),
            Answer::Change(from, to) if is_percent(from) => {
                let mut points = Writing { answer: Answer::Number(difference(from, to)), text: None, ..*self };
                points.as_points();
                return points.finish();
            }
            Answer::Change(from, to) => difference(from, to),
        };
        self.write_number(&number)
    }

    fn write_number(&self, number: &Number) -> String {
        let value = number.value;
        let whole = || (value >= 0.0 && value == value.floor() && value < 1e6).then_some(value as usize);
        if let (Nature::Rank(of), Some(rank)) = (number.nature, whole()) {
            let rank = ordinal(rank, self.is_feminine, self.lang);
            return match self.has_whole {
                true => {
                    [rank.as_str(), self.lang.pick(" sur ", " of "), &write_number(of as f64, 0, self.lang)].concat()
                }
                false => rank,
            };
        }
        if let (true, Some(rank)) = (self.is_rank, whole()) {
            return ordinal(rank, self.is_feminine, self.lang);
        }
        if let (true, Some(words)) = (self.is_in_letters, whole().and_then(|n| letters(n, self.is_feminine, self.lang)))
        {
            return words;
        }
        let number = match number.nature {
            Nature::Share => Number { value: value * 100.0, unit: Some("%".to_string()), ..number.clone() },
            _ => number.clone(),
        };
        let unit = number.unit.as_deref().filter(|_| self.has_unit);
        let mut format = match self.is_full {
            true => NumberFormat::full(&[number.value], unit, self.lang),
            false => NumberFormat::for_values(&[number.value], unit, self.lang),
        };
        let is_share = number.nature == Nature::Share;
        format.decimals = match self.decimals {
            Some(decimals) => decimals,
            None if is_share => percent_decimals(number.value),
            None if self.is_full || format.scale != Scale::One => format.decimals,
            None => decimals(number.value, unit),
        };
        let written = format.write(number.value);
        let is_zero = round(number.value, format.decimals + 6) == 0.0;
        let written = match self.is_signed && number.value > 0.0 && !is_zero {
            true => ["+", &written].concat(),
            false => written,
        };
        match &number.hedge {
            None | Some(Hedge::Note(_)) => written,
            Some(hedge) => hedge.write(&written, self.lang),
        }
    }
}

fn is_percent(number: &Number) -> bool {
    number.unit.as_deref().is_some_and(|unit| unit.starts_with('%')) || number.nature == Nature::Share
}

fn pick_by_sign<'a>(value: f64, up: &'a str, down: &'a str, same: &'a str) -> &'a str {
    if value > 0.0 {
        up
    } else if value < 0.0 {
        down
    } else {
        same
    }
}

fn round(value: f64, decimals: usize) -> f64 {
    let power = encart_table::decimal::power_of_ten(decimals as i32);
    (value * power).round() / power
}

/// As many decimals as a sentence bears: none from a thousand on, one from a hundred on, two below, cents of an amount;
/// more where it would be written as the zero that it is not.
fn decimals(value: f64, unit: Option<&str>) -> usize {
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

/// Of a percentage one decimal below ten, none above; more where it would be written as the zero that it is not.
fn percent_decimals(value: f64) -> usize {
    let least = if value.abs() < 10.0 { 1 } else { 0 };
    let visible = (least..4).find(|decimals| value == 0.0 || round(value, *decimals) != 0.0).unwrap_or(4);
    visible.min(n_decimals(round(value, visible)))
}
