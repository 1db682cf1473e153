//! What does the static content look like: one `<figure>` that makes sense alone?

use encart_scene::svg::render_narrowing_svg;
use encart_table::locale::bind;

use crate::drawing::Drawing;
use crate::html::{close, element, source_line, table};

/// The chart as HTML to put inside the tag: picture, summary, table and source, with nothing that a content
/// management system would refuse: no script, no style, no id. It reads well when its parts are split or stripped.
pub fn render_figure(drawing: &Drawing) -> String {
    let mut html = String::from("<figure>\n<p><strong>");
    encart_scene::svg::escape(&drawing.title, &mut html);
    html.push_str("</strong></p>\n");
    let paragraph = |html: &mut String, words: &str| {
        element(html, "p", &bind(words));
        html.push('\n');
    };
    if let Some(subtitle) = &drawing.subtitle {
        paragraph(&mut html, subtitle);
    }
    if let Some(lead) = &drawing.lead {
        html.push_str(&lead.html);
        html.push_str(&lead.rows);
    }
    if drawing.scene.height > 0.0 {
        html.push_str(&render_narrowing_svg(&drawing.scene, &drawing.label()));
    }
    // what stands before the picture is the summary
    if drawing.lead.is_none() {
        paragraph(&mut html, &drawing.summary());
    }
    for note in drawing.warnings.iter().chain(&drawing.notes) {
        paragraph(&mut html, note);
    }
    if drawing.n_rows() > 0 && drawing.rows.is_none() {
        html.push_str("<details>");
        element(&mut html, "summary", drawing.lang.pick("Les données en tableau", "The data as a table"));
        html.push('\n');
        html.push_str(&table(drawing, &drawing.title));
        html.push_str("\n</details>\n");
    }
    let source = source_line(drawing, false);
    if !source.is_empty() {
        html.push_str("<figcaption>");
        html.push_str(&source);
        close(&mut html, "figcaption");
        html.push('\n');
    }
    html.push_str("</figure>\n");
    html
}
