//! How is a key figure written: in HTML, and in a sentence?

use encart_chart::html::element;
use encart_scene::svg::escape;
use encart_table::Lang;
use encart_table::locale::bind;

use super::tell::{Change, Stood, Told};
use crate::trajectory::Standing;

/// The value in large letters, then a line for each thing that is said of it. The static figure and the live widget share it.
pub(super) fn write(told: &Told, lang: Lang) -> String {
    let mut html = String::from("<div class=\"lead\">\n<p class=\"value\">");
    let (number, unit) = in_two(&told.value);
    element(&mut html, if told.is_missing { "span class=\"none\"" } else { "strong" }, number);
    if !unit.is_empty() {
        html.push('\u{a0}');
        element(&mut html, "span class=\"unit\"", unit);
    }
    if let Some(place) = &told.place {
        html.push(' ');
        element(&mut html, "span class=\"when\"", &place.at(lang));
    }
    html.push_str("</p>\n");
    let mut line = |class: &str, sign: &str, words: &str| {
        html.push_str(&["<p class=\"", class, "\">"].concat());
        if !sign.is_empty() {
            element(&mut html, "span class=\"sign\" aria-hidden=\"true\"", sign);
            html.push(' ');
        }
        escape(&bind(words), &mut html);
        html.push_str("</p>\n");
    };
    if let Some(class) = &told.class {
        line("class", "", class);
    }
    if let Some(change) = &told.change {
        line("change", if change.lack.is_some() { "" } else { sign(change) }, &change_words(change, lang));
    }
    if let Some(stood) = &told.standing {
        let (name, sign) = named(stood.standing);
        line(&["standing ", name].concat(), sign, &standing_words(stood, lang));
        html.push_str(&way(stood));
    }
    if !told.others.is_empty() {
        html.push_str("<ul class=\"others\">");
        for (name, value) in &told.others {
            html.push_str("<li>");
            element(&mut html, "span", &[name.as_str(), lang.pick("\u{a0}:", ":")].concat());
            html.push(' ');
            element(&mut html, "b", value);
            html.push_str("</li>");
        }
        html.push_str("</ul>\n");
    }
    if let Some((base, is_small)) = &told.base {
        element(
            &mut html,
            if *is_small { "p class=\"base warning\"" } else { "p class=\"base\"" },
            &base_words(base, *is_small, lang),
        );
        html.push('\n');
    }
    if !told.how.is_empty() {
        html.push_str("<details class=\"how\">");
        element(&mut html, "summary", lang.pick("Comment c’est calculé", "How it is computed"));
        html.push_str("<ul>");
        told.how.iter().for_each(|line| element(&mut html, "li", &bind(line)));
        html.push_str("</ul></details>\n");
    }
    html.push_str("</div>");
    html
}

/// The same in sentences.
pub(super) fn words(told: &Told, lang: Lang) -> String {
    let mut first = told.value.clone();
    if let Some(place) = &told.place {
        first = [&first, " ", &place.at(lang)].concat();
    }
    let mut sentences = vec![first];
    sentences.extend(told.class.clone());
    sentences.extend(told.change.as_ref().map(|change| change_words(change, lang)));
    sentences.extend(told.standing.as_ref().map(|stood| standing_words(stood, lang)));
    let colon = lang.pick("\u{a0}: ", ": ");
    sentences.extend(told.others.iter().map(|(name, value)| [name, colon, value].concat()));
    sentences.extend(told.base.as_ref().map(|(base, is_small)| base_words(base, *is_small, lang)));
    sentences.iter().map(|sentence| [&crate::grammar::capital(sentence), "."].concat()).collect::<Vec<_>>().join(" ")
}

/// The number and its unit; of millions, `M€` is the unit.
fn in_two(value: &str) -> (&str, &str) {
    match value.rsplit_once('\u{a0}') {
        Some((number, unit)) if number.chars().any(|letter| letter.is_ascii_digit()) => (number, unit),
        _ => (value, ""),
    }
}

fn sign(change: &Change) -> &'static str {
    match change.sign {
        1 => "▲",
        -1 => "▼",
        _ => "＝",
    }
}

fn change_words(change: &Change, lang: Lang) -> String {
    let since = change.since.since(lang);
    if let Some(lack) = &change.lack {
        return lang.pick(
            format!("changement {since} non calculable\u{a0}: {lack}"),
            format!("change {since} not computable: {lack}"),
        );
    }
    if change.sign == 0 {
        return [lang.pick("stable ", "unchanged "), &since].concat();
    }
    let mut words = change.words.first().cloned().unwrap_or_default();
    words = [&words, " ", &since].concat();
    if let Some(whole) = change.words.get(1) {
        words = [&words, " (", whole, ")"].concat();
    }
    match change.is_better {
        Some(true) => [words.as_str(), lang.pick(", dans le sens souhaité", ", the wished way")].concat(),
        Some(false) => {
            [words.as_str(), lang.pick(", à l’opposé du sens souhaité", ", against the wished way")].concat()
        }
        None => words,
    }
}

fn standing_words(stood: &Stood, lang: Lang) -> String {
    let [(from, start), (target, date)] = &stood.ends;
    let (start, date) = (start.bare(lang), date.bare(lang));
    let words = &stood.words;
    let expected = &stood.expected;
    let goal = lang.pick(format!("objectif {target} en {date}"), format!("target {target} in {date}"));
    let goal = if date.len() > 4 {
        lang.pick(format!("objectif {target} ({date})"), format!("target {target} ({date})"))
    } else {
        goal
    };
    match stood.standing {
        Standing::Reached | Standing::Missed => lang.pick(
            format!("{words} : {goal}, départ {from} ({start})"),
            format!("{words}: {goal}, start {from} ({start})"),
        ),
        _ => lang.pick(
            format!("{words} : à cette date, la ligne droite de {from} ({start}) à l’{goal} passe par {expected}"),
            format!("{words}: at this date, the straight line from {from} ({start}) to the {goal} is at {expected}"),
        ),
    }
}

fn base_words(base: &str, is_small: bool, lang: Lang) -> String {
    let colon = lang.pick("\u{a0}: ", ": ");
    let words = [lang.pick("Base", "Base"), colon, base].concat();
    match is_small {
        true => {
            [words.as_str(), lang.pick(", un petit effectif : à lire avec prudence", ", few: to be read with care")]
                .concat()
        }
        false => words,
    }
}

/// The class of a standing, and its sign: shapes that do not need colour.
fn named(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Reached => ("reached", "✔"),
        Standing::Ahead => ("ahead", "▶▶"),
        Standing::OnTrack => ("on-track", "▶"),
        Standing::Behind => ("behind", "◀"),
        Standing::Missed => ("missed", "✖"),
    }
}

/// The way that is covered, as a bar, and a line where it is to be by now.
fn way(stood: &Stood) -> String {
    let (covered, elapsed) = (stood.covered * 100.0, stood.elapsed * 100.0);
    let number = |value: f64| encart_table::decimal::write_plain((value * 10.0).round() / 10.0);
    let mut svg = String::from(
        "<svg class=\"way\" width=\"240\" height=\"12\" viewBox=\"0 0 100 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
    );
    svg.push_str("<rect y=\"4\" width=\"100\" height=\"4\" fill=\"currentColor\" opacity=\"0.25\"/>");
    svg.push_str(&["<rect y=\"3\" width=\"", &number(covered), "\" height=\"6\" fill=\"currentColor\"/>"].concat());
    let x = number(elapsed.clamp(0.5, 99.5) - 0.5);
    svg.push_str(&["<rect x=\"", &x, "\" width=\"1\" height=\"12\" fill=\"currentColor\"/></svg>\n"].concat());
    svg
}
