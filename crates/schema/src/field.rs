//! What must the cells of a column be?

use encart_table::Json;
use encart_table::day::{Ymd, days_from_ymd, ymd_from_days};
use encart_table::json::Object;
use encart_table::number::{Mark, read_number};
use regex::Regex;

/// A column of a schema.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) rules: Vec<Rule>,
    /// Patterns in a dialect that is not read (a look ahead, a reference back).
    pub(crate) unread: Vec<String>,
}

/// A rule that each cell keeps or not.
#[derive(Debug)]
pub(crate) enum Rule {
    Required,
    Unique,
    Type(Type),
    Pattern(Regex, String),
    Enum(Vec<String>),
    /// At least, at most.
    Bounds(Option<f64>, Option<f64>, Mark),
    Length(usize, usize),
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// The types whose text can be told from others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    Number(Mark),
    Integer,
    Boolean(Vec<String>),
    /// By the pattern of `strptime`: `%d/%m/%Y`.
    Date(String),
    Year,
    YearMonth,
    GeoPoint(String),
    Json,
    Email,
    Uri,
    Uuid,
}

impl Field {
    pub(crate) fn read(field: &Object) -> Option<Field> {
        let text = |name: &str| field.get(name).and_then(Json::as_str);
        let constraints = field.get("constraints").and_then(Json::as_object);
        let constraint = |name: &str| constraints.and_then(|constraints| constraints.get(name));
        let is_true = |name: &str| constraint(name) == Some(&Json::Bool(true));
        let number = |name: &str| match constraint(name) {
            Some(Json::Number(number)) => Some(*number),
            Some(Json::Text(text)) => text.parse().ok(),
            _ => None,
        };
        let mark = if text("decimalChar") == Some(",") { Mark::Comma } else { Mark::Point };
        let (mut rules, mut unread) = (Vec::new(), Vec::new());
        if is_true("required") {
            rules.push(Rule::Required);
        }
        rules.extend(read_type(field, mark).map(Rule::Type));
        if let Some(pattern) = constraint("pattern").and_then(Json::as_str) {
            // a pattern is of the whole text
            match Regex::new(&format!("^(?:{pattern})$")) {
                Ok(regex) => rules.push(Rule::Pattern(regex, pattern.to_string())),
                Err(_) => unread.push(pattern.to_string()),
            }
        }
        if let Some(list) = constraint("enum").and_then(Json::as_list) {
            let write = |item: &Json| item.as_str().map_or_else(|| item.write(), str::to_string);
            rules.push(Rule::Enum(list.iter().map(write).collect()));
        }
        let (least, most) = (number("minimum"), number("maximum"));
        if least.or(most).is_some() {
            rules.push(Rule::Bounds(least, most, mark));
        }
        let (shortest, longest) = (number("minLength"), number("maxLength"));
        if shortest.or(longest).is_some() {
            let longest = longest.map_or(usize::MAX, |longest| longest as usize);
            rules.push(Rule::Length(shortest.unwrap_or(0.0) as usize, longest));
        }
        if is_true("unique") {
            rules.push(Rule::Unique);
        }
        Some(Field { name: text("name")?.to_string(), rules, unread })
    }
}

fn read_type(field: &Object, mark: Mark) -> Option<Type> {
    let text = |name: &str| field.get(name).and_then(Json::as_str).unwrap_or("");
    let format = text("format");
    let list = |name: &str, usual: &[&str]| -> Vec<String> {
        match field.get(name).and_then(Json::as_list) {
            Some(items) => items.iter().filter_map(|item| Some(item.as_str()?.to_string())).collect(),
            None => usual.iter().map(|word| word.to_string()).collect(),
        }
    };
    let by_format = |usual: &str| match format {
        "" | "default" => Some(Type::Date(usual.to_string())),
        "any" => None,
        pattern => Some(Type::Date(pattern.to_string())),
    };
    match text("type") {
        "number" => Some(Type::Number(mark)),
        "integer" => Some(Type::Integer),
        "boolean" => Some(Type::Boolean(
            [
                list("trueValues", &["true", "True", "TRUE", "1"]),
                list("falseValues", &["false", "False", "FALSE", "0"]),
            ]
            .concat(),
        )),
        "date" => by_format("%Y-%m-%d"),
        "datetime" => by_format("%Y-%m-%dT%H:%M:%SZ").filter(|_| !format.is_empty() && format != "default"),
        "time" => by_format("%H:%M:%S"),
        "year" => Some(Type::Year),
        "yearmonth" => Some(Type::YearMonth),
        "geopoint" => Some(Type::GeoPoint(format.to_string())),
        "geojson" | "object" | "array" => Some(Type::Json),
        _ => match format {
            "email" => Some(Type::Email),
            "uri" => Some(Type::Uri),
            "uuid" => Some(Type::Uuid),
            _ => None,
        },
    }
}

impl Type {
    fn holds(&self, cell: &str) -> bool {
        let number = |text: &str| read_plain(text, Mark::Point).is_some();
        match self {
            Type::Number(mark) => read_plain(cell, *mark).is_some(),
            Type::Integer => {
                let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
                !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
            }
            Type::Boolean(words) => words.iter().any(|word| word == cell),
            Type::Date(pattern) => keeps_pattern(cell, pattern),
            Type::Year => keeps_pattern(cell, "%Y"),
            Type::YearMonth => keeps_pattern(cell, "%Y-%m"),
            Type::GeoPoint(format) => {
                let inside = match format.as_str() {
                    "array" => cell.strip_prefix('[').and_then(|cell| cell.strip_suffix(']')),
                    "object" => return Json::parse(cell, "").is_ok(),
                    _ => Some(cell),
                };
                let parts = inside.and_then(|inside| inside.split_once(','));
                parts.is_some_and(|(lon, lat)| number(lon.trim()) && number(lat.trim()))
            }
            Type::Json => matches!(Json::parse(cell, ""), Ok(Json::Object(_) | Json::List(_))),
            Type::Email => cell
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !cell.contains(' ')),
            Type::Uri => cell.split_once(':').is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty()),
            Type::Uuid => cell.len() == 36 && cell.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-'),
        }
    }

    fn words(&self) -> (String, String) {
        let (fr, en) = match self {
            Type::Number(Mark::Comma) => ("un nombre à virgule décimale", "a number with a decimal comma"),
            Type::Number(Mark::Point) => {
                ("un nombre à point décimal, sans espace", "a number with a decimal point, without spaces")
            }
            Type::Integer => ("un nombre entier", "a whole number"),
            Type::Boolean(words) => {
                let list = words.join(", ");
                return (format!("l’un de : {list}"), format!("one of: {list}"));
            }
            Type::Date(pattern) => {
                let shown = pattern.replace("%Y", "AAAA").replace("%m", "MM").replace("%d", "JJ").replace('%', "");
                return (format!("une date de la forme {shown}"), format!("a date of the form {shown}"));
            }
            Type::Year => ("une année de quatre chiffres", "a year of four digits"),
            Type::YearMonth => ("un mois de la forme AAAA-MM", "a month of the form YYYY-MM"),
            Type::GeoPoint(format) if format == "array" => {
                ("un point de la forme [longitude, latitude]", "a point of the form [longitude, latitude]")
            }
            Type::GeoPoint(_) => {
                ("un point de la forme « longitude, latitude »", "a point of the form “longitude, latitude”")
            }
            Type::Json => ("du JSON", "JSON"),
            Type::Email => ("une adresse électronique", "an e-mail address"),
            Type::Uri => ("une adresse", "an address"),
            Type::Uuid => ("un identifiant UUID", "a UUID"),
        };
        (fr.to_string(), en.to_string())
    }
}

/// A number without groups and units, as Table Schema has it.
fn read_plain(cell: &str, mark: Mark) -> Option<f64> {
    let is_bare = |byte: u8| byte.is_ascii_digit() || b".,-+eE".contains(&byte);
    let is_zero_led = cell
        .trim_start_matches(['-', '+'])
        .strip_prefix('0')
        .is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()));
    let other = if mark == Mark::Comma { '.' } else { ',' };
    if !cell.bytes().all(is_bare) || cell.contains(other) {
        return None;
    }
    match is_zero_led {
        // `007` is a number in Python, from which the specification comes
        true => cell.replace(',', ".").parse().ok(),
        false => read_number(cell, mark).map(|reading| reading.value).or_else(|| cell.replace(',', ".").parse().ok()),
    }
}

/// Whether a text is a moment of the form of `strptime`, that there is.
fn keeps_pattern(cell: &str, pattern: &str) -> bool {
    let (mut rest, mut letters) = (cell, pattern.chars());
    let (mut year, mut month, mut day) = (2000, 1, 1);
    while let Some(letter) = letters.next() {
        if letter != '%' {
            let Some(after) = rest.strip_prefix(letter) else { return false };
            rest = after;
            continue;
        }
        let (n_digits, least, most) = match letters.next() {
            Some('Y') => (4, 0, 9999),
            Some('m') => (2, 1, 12),
            Some('d') => (2, 1, 31),
            Some('H') => (2, 0, 23),
            Some('M' | 'S') => (2, 0, 59),
            Some('y') => (2, 0, 99),
            // a form that nobody uses is not checked
            _ => return true,
        };
        let Some(Ok(number)) = rest.get(..n_digits).map(str::parse::<u32>) else { return false };
        if number < least || number > most {
            return false;
        }
        match (n_digits, most) {
            (4, _) => year = number as i32,
            (_, 12) => month = number,
            (_, 31) => day = number,
            _ => {}
        }
        rest = rest.get(n_digits..).unwrap_or("");
    }
    rest.is_empty() && ymd_from_days(days_from_ymd(year, month, day)) == Ymd { year, month, day }
}

impl Rule {
    /// Whether a cell that says something keeps the rule.
    pub(crate) fn is_kept(&self, cell: &str) -> bool {
        match self {
            Rule::Required | Rule::Unique => true,
            Rule::Type(kind) => kind.holds(cell),
            Rule::Pattern(regex, _) => regex.is_match(cell),
            Rule::Enum(list) => list.iter().any(|item| item == cell),
            Rule::Bounds(least, most, mark) => match read_plain(cell, *mark) {
                Some(number) => least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most),
                // of another type: that is said already
                None => true,
            },
            Rule::Length(shortest, longest) => (*shortest..=*longest).contains(&cell.chars().count()),
        }
    }

    pub(crate) fn code(&self) -> &'static str {
        match self {
            Rule::Required => "schema.required",
            Rule::Unique => "schema.unique",
            Rule::Type(_) => "schema.type",
            Rule::Pattern(..) => "schema.pattern",
            Rule::Enum(_) => "schema.enum",
            Rule::Bounds(..) => "schema.bounds",
            Rule::Length(..) => "schema.length",
        }
    }

    /// What is wrong with a cell, in French and in English.
    pub(crate) fn words(&self, cell: &str) -> (String, String) {
        let (fr, en) = match self {
            Rule::Required => {
                return ("la valeur est obligatoire et manque".into(), "the value is required and missing".into());
            }
            Rule::Unique => (
                "déjà vu, alors que chaque valeur doit être unique".into(),
                "seen already, while each value must be unique".into(),
            ),
            Rule::Type(kind) => {
                let (fr, en) = kind.words();
                (format!("n’est pas {fr}"), format!("is not {en}"))
            }
            Rule::Pattern(_, pattern) => {
                (format!("n’a pas la forme attendue : {pattern}"), format!("has not the form that is asked: {pattern}"))
            }
            Rule::Enum(list) => {
                let list = list.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
                (
                    format!("n’est pas l’une des valeurs permises : {list}"),
                    format!("is not one of the values allowed: {list}"),
                )
            }
            Rule::Bounds(least, most, _) => {
                let write = |bound: &Option<f64>| bound.map_or("…".to_string(), encart_table::decimal::write_plain);
                let (least, most) = (write(least), write(most));
                (format!("est hors des bornes, de {least} à {most}"), format!("is out of bounds, {least} to {most}"))
            }
            Rule::Length(shortest, longest) => {
                let longest = if *longest == usize::MAX { "…".to_string() } else { longest.to_string() };
                (
                    format!("est trop court ou trop long (de {shortest} à {longest} caractères)"),
                    format!("is too short or too long ({shortest} to {longest} letters)"),
                )
            }
        };
        (format!("« {cell} » {fr}"), format!("“{cell}” {en}"))
    }
}
