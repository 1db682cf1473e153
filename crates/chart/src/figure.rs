//! What does the static content look like: one `<figure>` that makes sense alone?

use encart_scene::svg::escape;

use crate::drawing::Drawing;

/// The chart as HTML to put inside the tag: picture, summary, table and source, with nothing that a content
/// management system would refuse: no script, no style, no id. It reads well in any order of its parts.
pub fn render_figure(drawing: &Drawing) -> String {
    let mut html = String::from("<figure>\n");
    if !drawing.title.is_empty() {
        element(&mut html, "p", |html| element_inline(html, "strong", &drawing.title));
    }
    if let Some(subtitle) = &drawing.subtitle {
        text(&mut html, "p", subtitle);
    }
    html.push_str(&drawing.svg());
    text(&mut html, "p", &drawing.summary);
    for note in &drawing.notes {
        text(&mut html, "p", note);
    }
    table(&mut html, drawing);
    source(&mut html, drawing);
    html.push_str("</figure>\n");
    html
}

fn text(html: &mut String, tag: &str, words: &str) {
    element(html, tag, |html| escape(words, html));
}

fn element(html: &mut String, tag: &str, inside: impl FnOnce(&mut String)) {
    html.push_str(&format!("<{tag}>"));
    inside(html);
    html.push_str(&format!("</{tag}>\n"));
}

fn element_inline(html: &mut String, tag: &str, words: &str) {
    html.push_str(&format!("<{tag}>"));
    escape(words, html);
    html.push_str(&format!("</{tag}>"));
}

fn table(html: &mut String, drawing: &Drawing) {
    if drawing.twin.rows.is_empty() {
        return;
    }
    element(html, "details", |html| {
        element_inline(html, "summary", drawing.lang.pick("Les données en tableau", "The data as a table"));
        html.push_str("\n<table>\n<caption>");
        escape(&drawing.title, html);
        html.push_str("</caption>\n<thead><tr>");
        for name in &drawing.twin.head {
            html.push_str("<th scope=\"col\">");
            escape(name, html);
            html.push_str("</th>");
        }
        html.push_str("</tr></thead>\n<tbody>\n");
        for row in &drawing.twin.rows {
            html.push_str("<tr>");
            for (idx, cell) in row.iter().enumerate() {
                let tag = if idx == 0 { "th" } else { "td" };
                html.push_str(if idx == 0 { "<th scope=\"row\">" } else { "<td>" });
                escape(cell, html);
                html.push_str(&format!("</{tag}>"));
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody>\n</table>\n");
    });
}

fn source(html: &mut String, drawing: &Drawing) {
    let source = &drawing.source;
    let mut parts: Vec<String> = Vec::new();
    let escaped = |words: &str| {
        let mut out = String::new();
        escape(words, &mut out);
        out
    };
    let link = |address: &str, words: &str| format!("<a href=\"{}\">{}</a>", escaped(address), escaped(words));
    if let Some(producer) = &source.producer {
        parts.push(match &source.page {
            Some(page) => link(page, producer),
            None => escaped(producer),
        });
    }
    if let Some((name, url)) = &source.licence {
        parts.push(url.map_or_else(|| escaped(name), |url| link(url, name)));
    }
    parts.extend(source.updated.iter().map(|words| escaped(words)));
    parts.extend(source.frequency.iter().map(|words| escaped(words)));
    if let Some(file) = &source.file {
        parts.push(link(file, drawing.lang.pick("Fichier complet", "Whole file")));
    }
    if !parts.is_empty() {
        let line = parts.join(" · ");
        element(html, "figcaption", |html| html.push_str(&line));
    }
}
