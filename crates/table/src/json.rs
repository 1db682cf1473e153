//! What does a JSON text hold: which values, in the author's order?
//!
//! serde_json parses; its own `Value` is not used, because it sorts keys (a `derive` step may use the column that the
//! line above it makes) and because its map and its numbers would cost each visitor 10 kB.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::decimal::write_plain;
use crate::index::Index;
use crate::notice::{Notice, Place};

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Object),
}

/// Names and values, in the author's order; of two values for one name the later wins.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object(Vec<(String, Json)>);

impl FromIterator<(String, Json)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Json)>>(entries: I) -> Object {
        let mut object = Object::default();
        entries.into_iter().for_each(|(name, value)| object.set(name, value));
        object
    }
}

impl Object {
    /// How many names there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// Gives a name a value.
    pub fn set(&mut self, name: String, value: Json) {
        match self.0.iter_mut().find(|(other, _)| *other == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Takes a name away with its value.
    pub fn take(&mut self, name: &str) -> Option<Json> {
        let idx = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.remove(idx).1)
    }

    /// Takes over everything that another object says.
    pub fn merge(&mut self, other: Object) {
        other.0.into_iter().for_each(|(name, value)| self.set(name, value));
    }

    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl Json {
    /// Parses a text. `place` names it in the notice: a key, or an address.
    ///
    /// ```
    /// use encart_table::json::Json;
    /// assert_eq!(Json::parse("[1, true]", "steps"), Ok(Json::List(vec![Json::Number(1.0), Json::Bool(true)])));
    /// assert_eq!(Json::parse("[1,\n 2", "steps").unwrap_err().place.line, Some(2));
    /// ```
    pub fn parse(text: &str, place: &str) -> Result<Json, Notice> {
        serde_json::from_str(text).map_err(|error| {
            let column = error.column();
            Notice::error(
                "spec.json",
                Place::cell(error.line() as u64, place),
                format_args!("ce n’est pas du JSON valable (caractère {column} de la ligne). Une virgule ou un guillemet manque-t-il ?"),
                format_args!("this is not valid JSON (character {column} of the line). Is a comma or a quote missing?"),
            )
        })
    }

    /// Parses an object.
    pub fn parse_object(text: &str, place: &str) -> Result<Object, Notice> {
        match Json::parse(text, place)? {
            Json::Object(object) => Ok(object),
            other => Err(not_object(place, &other)),
        }
    }

    /// The text, when it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    /// The object, when it is one.
    pub fn as_object(&self) -> Option<&Object> {
        if let Json::Object(object) = self { Some(object) } else { None }
    }

    /// The text that an attribute would hold for this value; none for lists, objects and null.
    pub fn as_attribute(&self) -> Option<String> {
        match self {
            Json::Text(text) => Some(text.trim().to_string()),
            Json::Number(number) => Some(write_plain(*number)),
            Json::Bool(truth) => Some((if *truth { "true" } else { "false" }).to_string()),
            _ => None,
        }
    }

    /// The list, when it is one.
    pub fn as_list(&self) -> Option<&[Json]> {
        if let Json::List(list) = self { Some(list) } else { None }
    }

    /// The number, when it is one.
    pub fn as_number(&self) -> Option<f64> {
        if let Json::Number(number) = self { Some(*number) } else { None }
    }

    /// The value of a name in an object; none in anything else.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.as_object()?.get(name)
    }

    /// The value at the end of a path of names: `result.records`. An empty path is the value itself.
    pub fn at(&self, path: &str) -> Option<&Json> {
        path.split('.').filter(|name| !name.is_empty()).try_fold(self, |json, name| match json {
            Json::List(list) => list.get(name.parse::<usize>().ok()?),
            json => json.get(name),
        })
    }

    /// As JSON text, on one line.
    ///
    /// ```
    /// use encart_table::Json;
    /// let json = Json::parse(r#"{ "a": [1, null, "d’\"ici\""] }"#, "").unwrap();
    /// assert_eq!(json.write(), r#"{"a":[1,null,"d’\"ici\""]}"#);
    /// ```
    pub fn write(&self) -> String {
        let mut out = String::new();
        self.write_to(&mut out);
        out
    }

    fn write_to(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
            Json::Number(number) => out.push_str(&write_plain(*number)),
            Json::Text(text) => write_text(text, out),
            Json::List(list) => {
                out.push('[');
                for (idx, item) in list.iter().enumerate() {
                    out.push_str(if idx > 0 { "," } else { "" });
                    item.write_to(out);
                }
                out.push(']');
            }
            Json::Object(object) => {
                out.push('{');
                for (idx, (name, value)) in object.iter().enumerate() {
                    out.push_str(if idx > 0 { "," } else { "" });
                    write_text(name, out);
                    out.push(':');
                    value.write_to(out);
                }
                out.push('}');
            }
        }
    }

    /// The value for a message: a list or an object only by its brackets.
    pub fn sketch(&self) -> String {
        let brackets = match self {
            Json::List(_) => "[…]",
            Json::Object(_) => "{…}",
            _ => "null",
        };
        self.as_attribute().unwrap_or_else(|| brackets.to_string())
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => {
                out.push_str(if letter < '\u{10}' { "\\u000" } else { "\\u001" });
                out.push(char::from_digit(u32::from(letter) % 16, 16).unwrap_or('0'));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// What is said of a value that should be an object.
pub fn not_object(place: &str, found: &Json) -> Notice {
    let found = found.sketch();
    Notice::error(
        "spec.not-object",
        Place::column(place),
        format_args!("un objet JSON est attendu : {{ \"src\": \"…\", \"kind\": \"bar\" }} ; il y a « {found} »."),
        format_args!("a JSON object is expected: {{ \"src\": \"…\", \"kind\": \"bar\" }}; there is “{found}”."),
    )
}

struct JsonVisitor;

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json, E> {
        Ok(Json::Bool(truth))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number as f64))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        // by number: an object of statistics may have a hundred thousand names
        let (mut names, mut object) = (Index::default(), Object::default());
        while let Some(name) = entries.next_key::<String>()? {
            let (number, value) = (names.number(&name), entries.next_value()?);
            match object.0.get_mut(number) {
                Some((_, old)) => *old = value,
                None => object.0.push((name, value)),
            }
        }
        Ok(Json::Object(object))
    }
}
