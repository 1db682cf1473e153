//! What may an author write on a plot: a line, a period, an event, a break, a note?

use encart_table::json::Json;
use encart_table::locale::bind;
use encart_table::{Notice, Place};

use super::read::{bad_value, number};

/// What stands on a plot beside the data. Which of its places are given decides what it is: `value` alone is a line
/// across; `from` and `to` a period; `at` alone an event; `at` and `value` a note beside a point.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Annotation {
    /// Its words.
    pub text: String,
    /// A place on the axis of slots: a period or a category, as it is labelled or written.
    pub at: Option<String>,
    /// The first place of a period.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
    /// A value.
    pub value: Option<f64>,
    /// Whether what is measured changes there: lines are cut.
    pub is_break: bool,
}

/// Reads a list of annotations; what cannot be read is said, the rest holds.
pub(super) fn read_annotations(json: &Json, notices: &mut Vec<Notice>) -> Vec<Annotation> {
    let parsed = json.as_str().and_then(|text| Json::parse(text, "annotations").ok());
    let json = parsed.as_ref().unwrap_or(json);
    let mut annotations = Vec::new();
    let items = json.as_list().unwrap_or(std::slice::from_ref(json));
    if items.len() > MOST {
        notices.push(bad_value(
            "annotations",
            &items.len().to_string(),
            &format!("on en dessine {MOST} au plus."),
            &format!("{MOST} at most are drawn."),
        ));
    }
    for item in items.iter().take(MOST) {
        let text = |name: &str| item.get(name).and_then(Json::as_attribute).filter(|text| !text.is_empty());
        let value = text("value");
        let annotation = Annotation {
            text: bind(&text("text").unwrap_or_default()),
            at: text("at"),
            from: text("from"),
            to: text("to"),
            value: value.as_deref().and_then(number),
            is_break: text("break").is_some_and(|word| word != "false" && word != "off"),
        };
        let is_placed = annotation.at.is_some() || annotation.from.is_some() || annotation.value.is_some();
        let is_read = value.is_some() == annotation.value.is_some();
        if is_placed && is_read && !annotation.text.is_empty() {
            annotations.push(annotation);
        } else {
            notices.push(Notice::error(
                "spec.annotation",
                Place::column("annotations"),
                format_args!("{} : écrivez par exemple {EXAMPLE}.", item.sketch()),
                format_args!("{}: write for example {EXAMPLE}.", item.sketch()),
            ));
        }
    }
    annotations
}

/// How many are drawn: each is kept clear of all the others.
const MOST: usize = 200;

const EXAMPLE: &str = r#"[{ "at": "2020", "text": "Confinement" }, { "value": 40, "text": "Objectif" }]"#;
