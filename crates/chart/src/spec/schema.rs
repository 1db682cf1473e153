//! What does the JSON Schema of a specification say?

use serde_json::{Value as Json, json};

use super::keys::{Form, KEYS};

/// The specification as a JSON Schema (draft 2020-12), for editors that complete and check.
pub fn json_schema() -> Json {
    let mut properties = serde_json::Map::new();
    for key in KEYS {
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
        };
        if let Some(object) = form.as_object_mut() {
            object.insert("description".into(), json!(format!("{} / {}", key.fr, key.en)));
        }
        properties.insert(key.name.into(), form);
    }
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
                "wider": { "type": "object", "properties": { "names": { "type": "string" }, "values": { "type": "string" } }, "required": ["names", "values"], "additionalProperties": false }
            }
        }
    })
}
