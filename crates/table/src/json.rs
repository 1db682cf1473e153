//! What does a JSON text hold: which values, in the author's order?
//!
//! hifijson cuts the text; the values are our own, because a `derive` step may use the column that the line above it
//! makes, and because serde_json would cost each visitor kilobytes more.

use hifijson::token::{Expect, Lex as _};
use hifijson::{num::LexWrite as _, str::LexAlloc as _};

use crate::decimal::{read_decimal, write_plain};
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
        if self.0.is_empty() {
            *self = other;
            return;
        }
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
        let mut lexer = Lexer::new(text.as_bytes());
        let parsed = lexer.exactly_one(Lexer::ws_peek, |next, lexer| read_value(next, lexer, DEEPEST));
        parsed.map_err(|_| {
            let n_read = text.len() - lexer.as_slice().len();
            let read = text.as_bytes().get(..n_read).unwrap_or_default();
            let line = read.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            // letters, not the bytes that they are written with
            let is_letter = |byte: &&u8| **byte & 0xC0 != 0x80;
            let column = read.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().iter().filter(is_letter).count() + 1;
            Notice::error(
                "spec.json",
                Place::cell(line, place),
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

type Lexer<'a> = hifijson::SliceLexer<'a>;

/// Deeper lists and objects than this are no data, and would fill the stack.
const DEEPEST: usize = 128;

/// The value that begins with this byte.
fn read_value(next: u8, lexer: &mut Lexer<'_>, depth: usize) -> Result<Json, hifijson::Error> {
    let depth = depth.checked_sub(1).ok_or(hifijson::Error::Depth)?;
    match next {
        b'a'..=b'z' => {
            let word = lexer.null_or_bool().ok_or(Expect::Value)?;
            Ok(word.map_or(Json::Null, Json::Bool))
        }
        b'0'..=b'9' | b'-' => {
            let (digits, _) = lexer.num_string().validated()?;
            Ok(read_number(digits))
        }
        b'"' => Ok(Json::Text(lexer.discarded().str_string()?.into_owned())),
        b'[' => {
            let mut list = Vec::new();
            lexer.discarded().seq(b']', Lexer::ws_peek, |next, lexer| {
                list.push(read_value(next, lexer, depth)?);
                Ok::<_, hifijson::Error>(())
            })?;
            Ok(Json::List(list))
        }
        b'{' => {
            // by number: an object of statistics may have a hundred thousand names
            let (mut names, mut object) = (Index::default(), Object::default());
            lexer.discarded().seq(b'}', Lexer::ws_peek, |next, lexer| {
                lexer.expect(|_| Some(next), b'"').ok_or(Expect::String)?;
                let name = lexer.str_string()?.into_owned();
                lexer.expect(Lexer::ws_peek, b':').ok_or(Expect::Colon)?;
                let next = lexer.ws_peek().ok_or(Expect::Value)?;
                let (number, value) = (names.number(&name), read_value(next, lexer, depth)?);
                match object.0.get_mut(number) {
                    Some((_, old)) => *old = value,
                    None => object.0.push((name, value)),
                }
                Ok::<_, hifijson::Error>(())
            })?;
            Ok(Json::Object(object))
        }
        _ => Err(Expect::Value.into()),
    }
}

/// `-12.5e3`; what no column of numbers can hold stays as it is written.
fn read_number(written: &str) -> Json {
    let (sign, digits) = written.strip_prefix('-').map_or((1.0, written), |digits| (-1.0, digits));
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let exponent = exponent.trim_start_matches('+').parse().unwrap_or(i32::MAX / 2);
    match read_decimal(mantissa, exponent) {
        Some(size) => Json::Number(sign * size),
        None => Json::Text(written.to_string()),
    }
}
