//! What stands still in a widget, stage by stage: the markup that parts are filled into?

use encart_chart::html::element;
use encart_scene::svg::escape;
use encart_table::Lang;

use crate::state::Stage;

/// The markup of a stage.
pub(super) fn frame(stage: &Stage, lang: Lang, title: Option<String>, has_content: bool, is_debug: bool) -> String {
    let mut safe_title = String::new();
    escape(&title.unwrap_or_default(), &mut safe_title);
    match stage {
        // nothing for 400 ms (style.css), then the title over a still line; the static content, when there is some, stays
        Stage::Waiting => {
            let words = lang.pick("Chargement des données…", "Loading the data…");
            format!("<div class=\"late\"><p class=\"title\">{safe_title}</p><p class=\"calm\">{words}</p></div>")
        }
        Stage::Ready => lang.pick(CHART_FR, CHART_EN).to_string(),
        Stage::Failed(failure) => {
            let words = failure.calm_words(lang, has_content);
            let title = if has_content { "" } else { &safe_title };
            let hidden = if failure.may_retry { "" } else { " hidden" };
            let again = lang.pick("Réessayer", "Try again");
            let mut html = format!(
                "<p class=\"title\">{title}</p><p class=\"calm\" role=\"status\">{words} <button type=\"button\" data-do=\"retry\"{hidden}>{again}</button></p>"
            );
            // the webmaster's cause, where the webmaster asked for it
            if is_debug {
                element(&mut html, "p class=\"calm\"", &failure.notice.sentence(lang));
            }
            html
        }
    }
}

// the figure's empty title attribute keeps the browser from showing the tag's own as a bubble over everything
macro_rules! chart {
    ($series:literal, $table:literal, $method:literal, $explore:literal, $download:literal, $large:literal) => {
        concat!(
            "<figure title=\"\"><div class=\"head\"></div><p class=\"spoken\"></p>",
            "<div class=\"plot\"><div class=\"picture\" tabindex=\"0\" role=\"slider\" aria-valuemin=\"0\" aria-valuenow=\"0\" aria-describedby=\"keys\"><div class=\"canvas\" aria-hidden=\"true\"></div>",
            "<div class=\"ring\" aria-hidden=\"true\" hidden></div><div class=\"tip\" aria-hidden=\"true\" hidden></div></div>",
            "<div class=\"legend\" role=\"group\" aria-label=\"",
            $series,
            "\" hidden></div></div>",
            "<p id=\"keys\" hidden></p><p class=\"spoken\" aria-live=\"polite\" data-live></p><div class=\"notes\"></div>",
            "<div class=\"footer\"><div class=\"source\"></div><p class=\"actions\">",
            "<button type=\"button\" data-do=\"table\" aria-expanded=\"false\">",
            $table,
            "</button><button type=\"button\" data-do=\"method\" aria-expanded=\"false\">",
            $method,
            "</button><button type=\"button\" data-do=\"explore\" aria-expanded=\"false\">",
            $explore,
            "</button><button type=\"button\" data-do=\"download\" aria-expanded=\"false\">",
            $download,
            "</button><button type=\"button\" data-do=\"large\">",
            $large,
            "</button></p><div class=\"panel\" role=\"group\" tabindex=\"0\" hidden></div></div></figure>"
        )
    };
}

const CHART_FR: &str =
    chart!("Séries à montrer ou masquer", "Tableau", "Données et méthode", "Explorer", "Télécharger", "Plein écran");
const CHART_EN: &str =
    chart!("Series to show or hide", "Table", "Data and method", "Explore", "Download", "Full screen");
