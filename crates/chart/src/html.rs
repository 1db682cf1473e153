//! How is the chart written as HTML around its picture? Pieces that the static figure and the live widget share.
//!
//! Text goes through the one escape (`encart_scene::svg`), addresses through the one door (`crate::source`).

use encart_scene::Key;
use encart_scene::svg::escape;
use encart_table::locale::bind;
use encart_table::order::order_by;
use encart_table::table::join;
use encart_table::{Level, Notice};

use crate::drawing::Drawing;
use crate::say::DatumWords;

/// Appends `<tag>words</tag>`; `open` is the tag with its attributes, which are ours.
pub fn element(html: &mut String, open: &str, words: &str) {
    html.push('<');
    html.push_str(open);
    html.push('>');
    escape(words, html);
    close(html, open);
}

/// An opening tag with attributes whose values are escaped.
pub fn open(html: &mut String, tag: &str, attributes: &[(&str, &str)]) {
    html.push('<');
    html.push_str(tag);
    for (name, value) in attributes {
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        escape(value, html);
        html.push('"');
    }
    html.push('>');
}

pub(crate) fn close(html: &mut String, open: &str) {
    html.push_str("</");
    html.push_str(open.split(' ').next().unwrap_or(open));
    html.push('>');
}

fn link(html: &mut String, address: &str, words: &str) {
    html.push_str("<a href=\"");
    escape(address, html);
    html.push_str("\">");
    escape(words, html);
    html.push_str("</a>");
}

/// The title, the subtitle, and what stands before the picture.
pub fn head(drawing: &Drawing) -> String {
    let mut html = String::new();
    element(&mut html, "p class=\"title\"", &drawing.title);
    if let Some(subtitle) = &drawing.subtitle {
        element(&mut html, "p class=\"subtitle\"", subtitle);
    }
    drawing.lead.iter().for_each(|lead| html.push_str(&lead.html));
    html
}

/// The warnings and the notes, a paragraph each.
pub fn notes(drawing: &Drawing) -> String {
    let mut html = String::new();
    drawing.warnings.iter().for_each(|warning| element(&mut html, "p class=\"warning\"", &bind(warning)));
    drawing.notes.iter().for_each(|note| element(&mut html, "p", &bind(note)));
    html
}

/// `Source : producteur · licence · Données du … · mise à jour annuelle · en retard · Fichier complet`.
pub fn source(drawing: &Drawing) -> String {
    source_line(drawing, true)
}

/// Fixed content is read long after it is written: it does not say that the data are late today.
pub(crate) fn source_line(drawing: &Drawing, is_dated: bool) -> String {
    let source = &drawing.source;
    let mut parts: Vec<String> = Vec::new();
    let mut part = |address: Option<&str>, words: &str| {
        let mut html = String::new();
        match address {
            Some(address) => link(&mut html, address, words),
            None => escape(words, &mut html),
        }
        parts.push(html);
    };
    if let Some(producer) = &source.producer {
        part(source.page.as_deref(), &[drawing.lang.pick("Source : ", "Source: "), producer].concat());
    }
    if let Some((name, url)) = &source.licence {
        part(*url, name);
    }
    source.updated.iter().for_each(|words| part(None, words));
    source.frequency.iter().for_each(|words| part(None, words));
    if let Some(file) = &source.file {
        part(Some(file), drawing.lang.pick("Fichier complet", "Whole file"));
    }
    for file in &source.others {
        part(Some(file), drawing.lang.pick("Fichier joint", "Joined file"));
    }
    if let Some(late) = source.late.as_ref().filter(|_| is_dated) {
        let mut html = String::from("<strong class=\"overdue\"><span aria-hidden=\"true\">◷ </span>");
        escape(late, &mut html);
        html.push_str("</strong>");
        parts.push(html);
    }
    // a line may end after the point, not before it
    join(&parts, "\u{a0}· ")
}

/// The most rows that a page shows in a table.
const MOST_ROWS: usize = 2_000;

/// The table twin: complete, or its first rows with what is left out said.
pub fn table(drawing: &Drawing, title: &str) -> String {
    let twin = drawing.twin();
    let mut html = String::from("<table>");
    let n_rows = twin.rows.len();
    let mut caption = title.to_string();
    if n_rows > MOST_ROWS {
        let count = |n: usize| encart_table::locale::write_number(n as f64, 0, drawing.lang);
        let (shown, all) = (count(MOST_ROWS), count(n_rows));
        caption.push_str(&drawing.lang.pick(
            format!(" ({shown} premières lignes sur {all} : toutes sont dans le fichier à télécharger)"),
            format!(" (first {shown} rows of {all}: all are in the file to download)"),
        ));
    }
    element(&mut html, "caption", &caption);
    html.push_str("\n<thead><tr>");
    twin.head.iter().for_each(|name| element(&mut html, "th scope=\"col\"", name));
    html.push_str("</tr></thead>\n<tbody>");
    for row in twin.rows.iter().take(MOST_ROWS) {
        html.push_str("\n<tr>");
        for (idx, cell) in row.iter().enumerate() {
            element(&mut html, if idx == 0 { "th scope=\"row\"" } else { "td" }, cell);
        }
        html.push_str("</tr>");
    }
    html.push_str("\n</tbody></table>");
    html
}

/// "Données et méthode": the summary, what was read and what was said while reading it, the gravest first.
pub fn method(drawing: &Drawing, notices: &[Notice], read: &str, version: &str) -> String {
    let mut html = String::new();
    element(&mut html, "p", &bind(&drawing.summary()));
    element(&mut html, "p", read);
    let steps = drawing.steps();
    if !steps.is_empty() {
        element(&mut html, "p", drawing.lang.pick("Ce qui est fait des données :", "What is done with the data:"));
        html.push_str("<ol>");
        steps.iter().for_each(|step| element(&mut html, "li", step));
        html.push_str("</ol>");
    }
    let again = match steps.is_empty() {
        true => "",
        false => drawing.lang.pick(", refaites ces étapes dans un tableur", ", do these steps again in a spreadsheet"),
    };
    let check = drawing.lang.pick(
        ["Pour vérifier : ouvrez le fichier complet", again, " et comparez avec le tableau."],
        ["To check: open the whole file", again, " and compare with the table."],
    );
    let check = check.concat();
    if drawing.source.file.is_some() {
        element(&mut html, "p", &check);
    }
    if !notices.is_empty() {
        let words = drawing.lang.pick("Remarques à la lecture des données :", "Notices from reading the data:");
        element(&mut html, "p", words);
        html.push_str("<ul>");
        let rank = |idx: usize| notices.get(idx).map(|notice| (std::cmp::Reverse(notice.level), notice.place.line));
        let order = order_by(notices.len(), &mut |one, other| rank(one).cmp(&rank(other)));
        for notice in order.into_iter().filter_map(|idx| notices.get(idx)) {
            let open = if notice.level == Level::Info { "li" } else { "li class=\"grave\"" };
            element(&mut html, open, &notice.sentence(drawing.lang));
        }
        html.push_str("</ul>");
    }
    element(&mut html, "p class=\"version\"", version);
    html
}

/// The words of a datum: category or date, then the values with their swatches in drawing order.
pub fn tip(drawing: &Drawing, key: Key) -> String {
    let Some(DatumWords { heading, lines, .. }) = drawing.words_at(key) else { return String::new() };
    let mut html = String::new();
    element(&mut html, "span class=\"heading\"", &heading);
    for line in lines {
        html.push_str(if line.is_current { "<span class=\"line current\">" } else { "<span class=\"line\">" });
        if !line.name.is_empty() {
            // an SVG, since a policy refuses a colour in a style attribute
            if let Some(color) = drawing.colors.get(line.series_idx) {
                html.push_str(
                    "<svg class=\"swatch\" width=\"10\" height=\"10\"><rect width=\"10\" height=\"10\" fill=\"",
                );
                html.push_str(&color.hex());
                html.push_str("\"/></svg>");
            }
            element(&mut html, "span class=\"name\"", &line.name);
        }
        element(&mut html, "b", &line.value);
        html.push_str("</span>");
    }
    html
}
