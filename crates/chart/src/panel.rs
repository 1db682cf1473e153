//! What stands in the panels where a visitor chooses what to see, and takes the chart away?

use encart_scene::svg::escape;

use crate::drawing::Drawing;
use crate::html::element;
use crate::view::{Sort, View};

/// The orders of categories by their words in markup.
pub const SORTS: [(&str, Option<Sort>); 4] =
    [("auto", None), ("largest", Some(Sort::Largest)), ("smallest", Some(Sort::Smallest)), ("name", Some(Sort::Name))];

/// The same orders in words, French then English.
const ORDERS: [(&str, &str); 4] = [
    ("celui du graphique", "as in the chart"),
    ("plus grandes valeurs d’abord", "largest values first"),
    ("plus petites valeurs d’abord", "smallest values first"),
    ("alphabétique", "alphabetical"),
];

/// More periods than this are chosen among some of them.
const MOST_OPTIONS: usize = 400;

/// What the lists of the panel say for what is seen: each by its name in markup with its value.
pub fn chosen(drawing: &Drawing, view: &View) -> [(&'static str, String); 3] {
    let sort = SORTS.iter().find(|(_, sort)| *sort == view.sort).map_or("auto", |(word, _)| word);
    let (from, to) = window(drawing, view);
    [("sort", sort.to_string()), ("from", from.to_string()), ("to", to.to_string())]
}

/// What has been chosen to be seen, in a few words.
pub fn said(drawing: &Drawing, view: &View) -> String {
    let lang = drawing.lang;
    let (from, to) = window(drawing, view);
    let label = |idx: usize| drawing.labels().nth(idx).unwrap_or_default().to_string();
    match (view.window, view.sort) {
        (Some(_), _) if from == to => label(from),
        (Some(_), _) => [label(from), label(to)].join(lang.pick(" à ", " to ")),
        (None, Some(_)) => {
            let words = SORTS.iter().zip(ORDERS).find(|((_, sort), _)| *sort == view.sort);
            words.map_or("", |(_, (fr, en))| lang.pick(fr, en)).to_string()
        }
        (None, None) => lang.pick("tout est montré", "all is shown").to_string(),
    }
}

/// The first and the last period that are seen.
fn window(drawing: &Drawing, view: &View) -> (usize, usize) {
    let last = drawing.labels().count().saturating_sub(1);
    let (from, to) = view.window.unwrap_or((0, last));
    (from.min(to), from.max(to).min(last))
}

/// What a visitor may choose: a place by its name, an order, a part of the periods.
pub fn explore(drawing: &Drawing, view: &View) -> String {
    let mut html = String::from("<p class=\"choices\">");
    let Some(choices) = drawing.choices() else { return html };
    let lang = drawing.lang;
    if choices.has_search {
        label(&mut html, lang.pick("Chercher", "Search"));
        html.push_str("<input type=\"search\" data-choose=\"search\"></label>");
    }
    if choices.has_sort {
        label(&mut html, lang.pick("Ordre", "Order"));
        let words = ORDERS.map(|words| lang.pick(words.0, words.1));
        let options = SORTS.iter().zip(words).map(|((value, sort), words)| (*value, words, *sort == view.sort));
        select(&mut html, "sort", &mut options.map(|(value, words, is_chosen)| (value.to_string(), words, is_chosen)));
    }
    if choices.has_window {
        let labels: Vec<&str> = drawing.labels().collect();
        let last = labels.len().saturating_sub(1);
        let (from, to) = window(drawing, view);
        for (name, words, chosen) in [("from", lang.pick("De", "From"), from), ("to", lang.pick("à", "to"), to)] {
            label(&mut html, words);
            let every = labels.len().div_ceil(MOST_OPTIONS).max(1);
            let is_option = |idx: &usize| idx.is_multiple_of(every) || *idx == last || *idx == chosen;
            let options = labels.iter().enumerate().filter(|(idx, _)| is_option(idx));
            select(&mut html, name, &mut options.map(|(idx, label)| (idx.to_string(), *label, idx == chosen)));
        }
    }
    html.push_str("<button type=\"button\" data-do=\"reset\">");
    html.push_str(lang.pick("Tout revoir", "See all"));
    html.push_str("</button></p>");
    html
}

fn label(html: &mut String, words: &str) {
    html.push_str("<label>");
    html.push_str(words);
    html.push(' ');
}

fn select(html: &mut String, name: &str, options: &mut dyn Iterator<Item = (String, &str, bool)>) {
    html.push_str("<select data-choose=\"");
    html.push_str(name);
    html.push_str("\">");
    for (value, words, is_chosen) in options {
        html.push_str("<option value=\"");
        html.push_str(&value);
        html.push_str(if is_chosen { "\" selected>" } else { "\">" });
        escape(words, html);
        html.push_str("</option>");
    }
    html.push_str("</select></label>");
}

/// What a visitor may take away: the picture, the data, a citation, and where the author allows it a link to what is seen.
pub fn files(drawing: &Drawing, citation: &str, has_link: bool) -> String {
    let mut html = String::from("<p class=\"choices\">");
    let words = drawing.lang.pick(
        ["Image (PNG)", "Image (SVG)", "Tableur (CSV)", "Programme (CSV)", "JSON", "Copier le tableau"],
        ["Image (PNG)", "Image (SVG)", "Spreadsheet (CSV)", "Program (CSV)", "JSON", "Copy the table"],
    );
    let button = |html: &mut String, name: &str, words: &str| {
        html.push_str("<button type=\"button\" data-do=\"");
        html.push_str(name);
        html.push_str("\">");
        html.push_str(words);
        html.push_str("</button>");
    };
    // what stands before a picture is not in it
    let n_pictures = if drawing.lead.is_some() { 2 } else { 0 };
    for (name, words) in ["png", "svg", "csv", "plain", "json", "copy"].into_iter().zip(words).skip(n_pictures) {
        button(&mut html, name, words);
    }
    if has_link {
        button(&mut html, "link", drawing.lang.pick("Copier le lien de cette vue", "Copy a link to this view"));
    }
    html.push_str("</p>");
    element(&mut html, "p data-citation", citation);
    button(&mut html, "cite", drawing.lang.pick("Copier la citation", "Copy the citation"));
    html.push_str("<p class=\"said\" role=\"status\" data-said></p>");
    html
}
