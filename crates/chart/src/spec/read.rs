//! How does JSON become a specification, with every misspelling said and nothing lost?

use super::annotation::read_annotations;
use super::keys::{FORMS, Form};
use super::{Cache, Classing, Kind, Layout, Order, Orientation, Preset, Spec, Stretch};
use encart_civic::Frequency;
use encart_table::day::read_period;
use encart_table::decimal::read_decimal;
use encart_table::json::{Json, Object};
use encart_table::locale::bind;
use encart_table::number::{Mark, read_number};
use encart_table::order::sorted;
use encart_table::table::nearest;
use encart_table::{Lang, Notice, Place};

/// Reads a specification. What cannot be read is said and left at its default; the rest holds.
///
/// ```
/// let (spec, notices) = encart_chart::read_spec(r#"{ "kind": "line", "tilte": "Les impôts baissent" }"#);
/// assert_eq!(spec.kind, Some(encart_chart::spec::Kind::Line));
/// assert_eq!(notices[0].code, "spec.unknown-key");
/// assert!(notices[0].words.fr.contains("title"));
/// ```
pub fn read_spec(json: &str) -> (Spec, Vec<Notice>) {
    match Json::parse_object(json, "spec") {
        Ok(object) => read_object(&object, &[]),
        Err(notice) => (Spec::default(), vec![notice]),
    }
}

/// Reads a specification from a JSON object that was parsed already; `own` are the keys of its tag that were taken out, for
/// what is said of a misspelt one.
pub fn read_object(object: &Object, own: &[&str]) -> (Spec, Vec<Notice>) {
    let (mut spec, mut notices, mut n_unknown) = (Spec::default(), Vec::new(), 0);
    for (name, value) in object.iter() {
        match FORMS.iter().find(|(key, _)| *key == name) {
            _ if name == "$schema" => {}
            Some((key, form)) => set(&mut spec, key, *form, value, &mut notices),
            None => {
                n_unknown += 1;
                if n_unknown <= MOST_UNKNOWN {
                    notices.push(unknown_key(name, own));
                }
            }
        }
    }
    if let Some(n_more) = n_unknown.checked_sub(MOST_UNKNOWN).filter(|n_more| *n_more > 0) {
        notices.push(Notice::error(
            "spec.unknown-key",
            Place::whole(),
            format_args!("{n_more} autre(s) clé(s) n’existent pas : ce texte est-il bien une configuration ?"),
            format_args!("{n_more} other key(s) do not exist: is this text a specification?"),
        ));
    }
    (spec, notices)
}

/// How many unknown keys are said: who wrote more has a file of something else.
const MOST_UNKNOWN: usize = 20;

fn unknown_key(name: &str, own: &[&str]) -> Notice {
    let known: Vec<&str> = own.iter().copied().chain(FORMS.iter().map(|(key, _)| *key)).collect();
    let (fr, en) = match nearest(name, &known) {
        Some(near) => (format!("Vouliez-vous dire « {near} » ?"), format!("Did you mean “{near}”?")),
        None => (format!("Les clés sont : {}.", known.join(", ")), format!("The keys are: {}.", known.join(", "))),
    };
    Notice::error(
        "spec.unknown-key",
        Place::column(name),
        format_args!("cette clé n’existe pas, elle est sans effet. {fr}"),
        format_args!("there is no such key, it has no effect. {en}"),
    )
}

pub(super) fn bad_value(key: &str, found: &str, fr: &str, en: &str) -> Notice {
    Notice::error(
        "spec.bad-value",
        Place::column(key),
        format_args!("« {found} » ne convient pas ; {fr}"),
        format_args!("“{found}” does not suit; {en}"),
    )
}

fn set(spec: &mut Spec, key: &str, form: Form, value: &Json, notices: &mut Vec<Notice>) {
    if *value == Json::Null {
        return;
    }
    if form == Form::Steps {
        spec.steps = value.clone();
        return;
    }
    if form == Form::Annotations {
        spec.annotations = read_annotations(value, notices);
        return;
    }
    if form == Form::Columns {
        let names = read_columns(value);
        *(if key == "line" { &mut spec.line } else { &mut spec.y }) = names;
        return;
    }
    if key == "classes"
        && let Some(limits) = read_limits(value)
    {
        spec.classing = Classing::Limits(limits);
        return;
    }
    if key == "labels" {
        spec.labels = read_labels(value);
        return;
    }
    let is_list = key == "classes" && matches!(value, Json::List(_));
    let Some(text) = value.as_attribute().or_else(|| is_list.then(|| value.sketch())) else {
        notices.push(bad_value(key, &value.sketch(), "un texte est attendu.", "a text is expected."));
        return;
    };
    let mut bad = |fr: &str, en: &str| notices.push(bad_value(key, &text, fr, en));
    if let Form::OneOf(words) = form
        && !words.contains(&text.as_str())
    {
        let list = words.join(", ");
        let (fr, en) = match nearest(&text, words) {
            Some(near) => (format!("vouliez-vous dire « {near} » ?"), format!("did you mean “{near}”?")),
            None => (format!("les valeurs sont : {list}."), format!("the values are: {list}.")),
        };
        bad(&fr, &en);
        return;
    }
    let filled = (!text.is_empty()).then(|| text.clone());
    match key {
        "src" => spec.src = filled,
        "data" => spec.data = filled,
        "kind" => spec.kind = Kind::named(&text),
        "x" => spec.x = filled,
        "color" => spec.color = filled,
        "layout" => {
            spec.layout = Some(match text.as_str() {
                "stacked" => Layout::Stacked,
                "grouped" => Layout::Grouped,
                "percent" => Layout::Percent,
                _ => Layout::Diverging,
            });
        }
        "orientation" => {
            spec.orientation = match text.as_str() {
                "vertical" => Orientation::Vertical,
                "horizontal" => Orientation::Horizontal,
                _ => Orientation::Auto,
            };
        }
        "order" => {
            spec.order = match text.as_str() {
                "data" => Order::Data,
                "value" => Order::Value,
                _ => Order::Auto,
            };
        }
        "size" => spec.size = filled,
        "label" => spec.label = filled,
        "facet" => spec.facet = filled,
        "scales" => spec.has_free_scales = text == "free",
        "line_axis" => spec.has_line_axis = text == "own",
        "status" => spec.status = filled,
        "classes" => match text.as_str() {
            "quantiles" => spec.classing = Classing::Quantiles,
            "even" => spec.classing = Classing::Even,
            _ => bad(
                "écrivez even, quantiles, ou des seuils comme 500 ; 1000 ; 2000.",
                "write even, quantiles, or limits such as 500; 1000; 2000.",
            ),
        },
        "link" => spec.link = filled,
        "lower" => spec.lower = filled,
        "upper" => spec.upper = filled,
        "forecast" => match read_period(&text) {
            Some(_) => spec.forecast = filled,
            None => bad("écrivez une période comme 2026 ou 2026-03.", "write a period such as 2026 or 2026-03."),
        },
        "target" => match number(&text) {
            Some(target) => spec.target = Some(target),
            None => bad("écrivez un nombre, comme 1000 ou 2,5.", "write a number, such as 1000 or 2.5."),
        },
        "scale" => {
            spec.stretch = match text.as_str() {
                "log" => Stretch::Log,
                "symlog" => Stretch::Symlog,
                _ => Stretch::Linear,
            };
        }
        "group" => spec.group = filled,
        "theme" => {
            spec.theme = Some(match text.as_str() {
                "neutre" => Preset::Neutral,
                "projecteur" => Preset::Projector,
                _ => Preset::Sober,
            });
        }
        "unit" => spec.unit = filled,
        "title" => spec.title = filled.as_deref().map(bind),
        "heading" => spec.heading = text.parse().ok(),
        "subtitle" => spec.subtitle = filled.as_deref().map(bind),
        "note" => spec.note = filled.as_deref().map(bind),
        "producer" => spec.producer = filled,
        "licence" => spec.licence = filled,
        "updated" => {
            if read_period(&text).is_none() {
                bad(
                    "écrivez une date comme 2026-03-31, 2026-03 ou 2026.",
                    "write a date such as 2026-03-31, 2026-03 or 2026.",
                );
            } else {
                spec.updated = filled;
            }
        }
        "frequency" => spec.frequency = Frequency::named(&text),
        "page" => spec.page = filled,
        "file" => spec.file = filled,
        "patterns" => match text.as_str() {
            "on" | "true" | "" => spec.has_patterns = true,
            "off" | "false" => spec.has_patterns = false,
            _ => bad("écrivez on ou off.", "write on or off."),
        },
        "lang" => spec.lang = Some(Lang::from_tag(&text)),
        "height" => match read_decimal(text.strip_suffix("px").unwrap_or(&text).trim_end(), 0) {
            Some(height) if (80.0..=4000.0).contains(&height) => spec.height = Some(height),
            _ => bad("écrivez un nombre de pixels, de 80 à 4000.", "write a number of pixels, 80 to 4000."),
        },
        "cache" => spec.cache = if text == "none" { Cache::None } else { Cache::Auto },
        "timezone" => spec.timezone = filled,
        "totals" => spec.reading.keep_totals = text == "keep",
        _ => {}
    }
}

/// `montant : Montant (€) ; commune : Commune`, or an object.
pub fn read_labels(value: &Json) -> Vec<(String, String)> {
    let mut labels: Vec<(String, String)> = match value.as_object() {
        Some(object) => {
            object.iter().filter_map(|(name, label)| Some((name.to_string(), label.as_attribute()?))).collect()
        }
        None => {
            let text = value.as_attribute().unwrap_or_default();
            let pairs = text.split(';').filter_map(|part| part.split_once(':'));
            pairs.map(|(name, label)| (name.trim().to_string(), label.trim().to_string())).collect()
        }
    };
    labels.retain(|(_, label)| !label.is_empty());
    labels
}

/// `500 ; 1000`, or a list: at most six numbers, ascending.
fn read_limits(value: &Json) -> Option<Vec<f64>> {
    let limits: Option<Vec<f64>> = match value {
        Json::List(list) => list.iter().map(|limit| number(&limit.as_attribute()?)).collect(),
        _ => value.as_attribute()?.split(';').map(number).collect(),
    };
    let mut limits = sorted(&limits?);
    limits.dedup();
    (1..=6).contains(&limits.len()).then_some(limits)
}

/// A number as an author writes it, in French or in English: `−5`, `1 000`, `2,5`. `1,000` may be one or a thousand: it is
/// none.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let read = |mark| read_number(text, mark).map(|reading| reading.value);
    read(Mark::Comma).filter(|_| !text.ends_with(",000")).or_else(|| read(Mark::Point).filter(|_| !text.contains(',')))
}

/// The names of columns: a list, or a text with commas between them.
pub fn read_columns(value: &Json) -> Vec<String> {
    match (value, value.as_attribute()) {
        (Json::List(list), _) => list.iter().filter_map(Json::as_attribute).collect(),
        (_, text) => split_columns(&text.unwrap_or_default()),
    }
}

/// `recettes, dépenses` is two columns; a name with a comma stands between back quotes.
fn split_columns(text: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut is_quoted = false;
    for letter in text.chars() {
        match letter {
            '`' => is_quoted = !is_quoted,
            ',' if !is_quoted => names.push(String::new()),
            _ => {
                if let Some(name) = names.last_mut() {
                    name.push(letter);
                }
            }
        }
    }
    names.iter().map(|name| name.trim().to_string()).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read() {
        // a key that the reader forgot would leave the default
        for (key, form) in FORMS {
            let value = match form {
                Form::Steps => Json::parse("[{\"limit\": 3}]", "steps").expect("JSON"),
                _ if key == "classes" => Json::Text("quantiles".into()),
                _ if key == "labels" => Json::Text("pop : Habitants".into()),
                Form::OneOf(words) => Json::Text(words.last().expect("words").to_string()),
                Form::Pixels | Form::Number => Json::Number(300.0),
                Form::Annotations => {
                    Json::parse(r#"[{"at": "2020", "text": "Confinement"}]"#, "annotations").expect("JSON")
                }
                Form::Switch => Json::Bool(true),
                _ => Json::Text("2026".into()),
            };
            let mut object = Object::default();
            object.set(key.to_string(), value);
            let (spec, notices) = read_object(&object, &[]);
            assert_eq!(notices, [], "{key}");
            assert_ne!(spec, Spec::default(), "{key}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_and_the_rest_holds() {
        for (json, codes) in [
            (r#"{"kidn": "line", "x": "annee"}"#, &["spec.unknown-key"][..]),
            (r#"{"kind": "pei", "x": "annee"}"#, &["spec.bad-value"]),
            (r#"{"updated": "hier", "x": "annee"}"#, &["spec.bad-value"]),
            (r#"{"height": "haut", "x": "annee"}"#, &["spec.bad-value"]),
            (r#"{"title": {}, "x": "annee"}"#, &["spec.bad-value"]),
            (r#"{"patterns": "on", "x": "annee", "$schema": "encart.schema.json"}"#, &[]),
        ] {
            let (spec, notices) = read_spec(json);
            assert_eq!(notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), codes, "{json}");
            assert_eq!(spec.x.as_deref(), Some("annee"), "{json}");
        }
        for (json, code) in [("{", "spec.json"), ("[]", "spec.not-object")] {
            assert_eq!(read_spec(json).1[0].code, code);
        }
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for (text, value) in [
            ("50", Some(50.0)),
            ("-3", Some(-3.0)),
            ("−2,5", Some(-2.5)),
            ("2.5", Some(2.5)),
            ("1 000", Some(1000.0)),
            ("50 %", Some(50.0)),
            ("1,000", None),
            ("beaucoup", None),
        ] {
            assert_eq!(number(text), value, "{text}");
        }
    }

    #[test]
    fn classes_have_a_name_or_limits() {
        for (json, classing, n_notices) in [
            (r#"{"classes": "quantiles"}"#, Classing::Quantiles, 0),
            (r#"{"classes": "1 000 ; 500,5;500,5"}"#, Classing::Limits(vec![500.5, 1000.0]), 0),
            (r#"{"classes": [3, 1]}"#, Classing::Limits(vec![1.0, 3.0]), 0),
            (r#"{"classes": 12}"#, Classing::Limits(vec![12.0]), 0),
            (r#"{"classes": "quartiles"}"#, Classing::Even, 1),
            (r#"{"classes": "−5; 0; 5"}"#, Classing::Limits(vec![-5.0, 0.0, 5.0]), 0),
            (r#"{"classes": [-2.5, 2.5]}"#, Classing::Limits(vec![-2.5, 2.5]), 0),
            // one or a thousand?
            (r#"{"classes": "1,000; 5,000"}"#, Classing::Even, 1),
            // one that cannot be read is not left out in silence
            (r#"{"classes": [500, {}, 1000]}"#, Classing::Even, 1),
            (r#"{"classes": "1;2;3;4;5;6;7"}"#, Classing::Even, 1),
            (r#"{"classes": [1, 2, 3, 4, 5, 6, 7]}"#, Classing::Even, 1),
        ] {
            let (spec, notices) = read_spec(json);
            assert_eq!((spec.classing, notices.len()), (classing, n_notices), "{json}");
        }
    }

    #[test]
    fn several_columns_are_one_text() {
        assert_eq!(split_columns("recettes, `dépenses, toutes`"), ["recettes", "dépenses, toutes"]);
    }
}
