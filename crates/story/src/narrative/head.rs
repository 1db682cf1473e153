//! How are lines `key: value` read: at the head of a story, in its blocks? And which keys has a story?

use encart_chart::spec::keys::Form;
use encart_table::json::{Json, Object};
use encart_table::{Notice, Place};

use crate::figure::Key;

/// Every key that a story has of its own; the others at its head are given to all its pictures.
pub const KEYS: [Key; 8] = [
    ("title", Form::Text, "titre du récit", "title of the story"),
    ("subtitle", Form::Text, "de quoi il parle, en une phrase", "what it is about, in a sentence"),
    ("author", Form::Text, "qui l’a écrit", "who wrote it"),
    ("date", Form::Text, "quand il a été écrit", "when it was written"),
    (
        "link",
        Form::Text,
        "nom par lequel une adresse mène à une étape ; celui du fichier s’il manque",
        "name by which an address leads to a step; that of the file when it is missing",
    ),
    (
        "glossary",
        Form::Text,
        "adresse d’un fichier JSON de définitions, un pour tout le site",
        "address of a JSON file of definitions, one for a whole site",
    ),
    ("lang", Form::Text, "langue du récit : fr ou en", "language of the story: fr or en"),
    (
        "level",
        Form::Text,
        "niveau de son titre parmi les titres de la page, 1 à 4 ; 2 si rien n’est dit",
        "level of its title among the headings of the page, 1 to 4; 2 when nothing is said",
    ),
];

/// Every key that the tag of a story has of its own.
pub const TAG_KEYS: [Key; 2] = [
    (
        "form",
        Form::OneOf(&["scroll", "document"]),
        "scroll, l’image reste à côté du texte quand la page est large ; document, chaque image à sa place",
        "scroll, the picture stays beside the text where the page is wide; document, each picture in its place",
    ),
    (
        "offline",
        Form::Text,
        "adresse de encart-hors-ligne.js, copié à la racine du site : la page s’ouvre alors sans réseau",
        "address of encart-hors-ligne.js, copied to the root of the site: the page then opens without a network",
    ),
];

/// Reads lines `key: value`, or one JSON object. An indented line goes on with the value before it; a line that begins with
/// `#` is a remark. `line` is the first one's, from 1.
pub(super) fn read_lines(text: &str, line: u64, notices: &mut Vec<Notice>) -> Object {
    if text.trim_start().starts_with('{') {
        return Json::parse_object(text, "encart").unwrap_or_else(|mut notice| {
            notice.place.line = Some(line + notice.place.line.unwrap_or(1).saturating_sub(1));
            notices.push(notice);
            Object::default()
        });
    }
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (idx, written) in (line..).zip(text.lines()) {
        let trimmed = written.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if written.starts_with([' ', '\t'])
            && let Some((_, value)) = pairs.last_mut()
        {
            value.push(' ');
            value.push_str(trimmed);
            continue;
        }
        match trimmed.split_once(':') {
            Some((name, value)) => pairs.push((name.trim().to_string(), value.trim().to_string())),
            None => notices.push(Notice::error(
                "story.no-pair",
                Place::line(idx),
                format_args!("« {trimmed} » n’est pas de la forme « clé : valeur » : la ligne n’est pas lue."),
                format_args!("“{trimmed}” is not of the form “key: value”: the line is not read."),
            )),
        }
    }
    Object::from_iter(pairs.into_iter().map(|(name, value)| {
        let value = read_value(value.trim());
        (name, value)
    }))
}

/// A list or an object is JSON, where it is some (`{{` begins a question to the data); all else is text.
fn read_value(value: &str) -> Json {
    let is_json = value.starts_with('[') || value.starts_with('{') && !value.starts_with("{{");
    let json = is_json.then(|| Json::parse(value, "encart").ok()).flatten();
    json.unwrap_or_else(|| Json::Text(unquote(value).to_string()))
}

/// A value between quotation marks is what stands between them.
fn unquote(value: &str) -> &str {
    let between = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark).filter(|inner| !inner.contains(mark));
    between('"').or_else(|| between('\'')).unwrap_or(value)
}

/// Takes a text out of an object; none when it is empty.
pub(super) fn take_text(object: &mut Object, name: &str) -> Option<String> {
    object.take(name).and_then(|value| value.as_attribute()).filter(|text| !text.is_empty())
}

/// Reads a glossary: a JSON object of terms and their definitions.
///
/// # Errors
/// It is no JSON object.
pub fn read_glossary(json: &str, address: &str) -> Result<Vec<(String, String)>, Notice> {
    let object = Json::parse_object(json, address)?;
    Ok(object.iter().filter_map(|(term, meaning)| Some((term.to_string(), meaning.as_attribute()?))).collect())
}
