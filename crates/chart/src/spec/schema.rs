//! What does the JSON Schema of a specification say?

use serde_json::{Value as Json, json};

use super::keys::{Form, KEYS, Key};

/// The specification as a JSON Schema (draft 2020-12), for editors that complete and check; `own` are the keys that other
/// tags than the chart's have of their own.
pub fn json_schema(tags: &[&str], own: &[Key]) -> Json {
    let mut properties = serde_json::Map::new();
    for key in KEYS.iter().chain(own) {
        let mut form = match key.form {
            Form::Text | Form::Column => json!({ "type": "string" }),
            Form::Columns => {
                json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
            }
            Form::OneOf(words) => json!({ "enum": words }),
            Form::Switch => json!({ "enum": ["on", "off", true, false] }),
            Form::Number => json!({ "type": ["number", "string"] }),
            Form::Annotations => annotations_schema(),
            Form::Pixels => json!({ "type": ["number", "string"] }),
            Form::Steps => steps_schema(),
            Form::List => json!({ "type": "array", "items": { "type": "object" } }),
        };
        if let Some(object) = form.as_object_mut() {
            object.insert("description".into(), json!(format!("{} / {}", key.fr, key.en)));
        }
        match properties.get_mut(key.name) {
            // the same word in two tags
            Some(other) => *other = json!({ "anyOf": [other.clone(), form] }),
            None => drop(properties.insert(key.name.into(), form)),
        }
    }
    let tags: Vec<&str> = std::iter::once("chart").chain(tags.iter().copied()).collect();
    properties.insert("tag".into(), json!({ "enum": tags }));
    properties.insert("$schema".into(), json!({ "type": "string" }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "encart",
        "type": "object",
        "properties": properties,
        "additionalProperties": false
    })
}

fn annotations_schema() -> Json {
    let text = json!({ "type": ["string", "number"] });
    let properties = json!({
        "text": { "type": "string" }, "at": text, "from": text, "to": text,
        "value": { "type": ["number", "string"] }, "break": { "type": "boolean" }
    });
    json!({
        "type": "array",
        "items": { "type": "object", "properties": properties, "required": ["text"], "additionalProperties": false }
    })
}

fn steps_schema() -> Json {
    let names = json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
    let texts = json!({ "type": "object", "additionalProperties": { "type": "string" } });
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "filter": { "type": "string" },
                "derive": texts,
                "group": { "type": "object", "properties": { "by": names }, "required": ["by"], "additionalProperties": { "type": "string" } },
                "sort": names,
                "limit": { "type": "integer", "minimum": 0 },
                "longer": { "type": "object", "properties": { "columns": names, "names": { "type": "string" }, "values": { "type": "string" } }, "required": ["columns", "names", "values"], "additionalProperties": false },
                "join": { "type": "object" }, "concat": { "type": ["string", "object"] }, "window": { "type": "object" },
                "share": { "type": ["string", "object"] }, "bin": { "type": "object" }, "floor": { "type": "object" },
                "per_inhabitant": { "type": "object" }, "top": { "type": "object" }, "complete": { "type": "object" },
                "distinct": { "type": ["string", "array", "object", "boolean"] },
                "wider": { "type": "object", "properties": { "names": { "type": "string" }, "values": { "type": "string" } }, "required": ["names", "values"], "additionalProperties": false }
            }
        }
    })
}
