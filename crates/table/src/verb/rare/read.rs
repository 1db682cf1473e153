//! How does a rare step, written as data, become a step of a query?

use super::{Cuts, Other, Over, Rare, Verb};
use crate::day::Grain;
use crate::json::{Json, Object};
use crate::notice::Words;
use crate::verb::Step;
use crate::verb::read::{Read, malformed, read_names};

/// Reads the value of one verb: what it does, and that in words.
type ReadVerb = fn(&Json) -> Option<(Verb, Words)>;

/// Reads a rare verb's value; none when there is no such verb.
pub(in crate::verb) fn read(verb: &str, value: &Json, key: &str) -> Option<Read> {
    let (read, example): (ReadVerb, &str) = match verb {
        "join" => (join, r#"{"join": {"src": "population.csv", "on": "code_insee"}}"#),
        "concat" => (concat, r#"{"concat": "budget-2025.csv"}"#),
        "window" => (window, r#"{"window": {"cumul": "running_total(montant)", "by": "commune"}}"#),
        "share" => (share, r#"{"share": {"of": "montant", "by": "annee", "name": "part"}}"#),
        "bin" => (bin, r#"{"bin": {"column": "age", "width": 10}}"#),
        "floor" => (floor, r#"{"floor": {"column": "date", "to": "month"}}"#),
        "per_inhabitant" => (rate, r#"{"per_inhabitant": {"of": "montant", "population": "population"}}"#),
        "top" => (top, r#"{"top": {"n": 10, "by": "montant", "name": "poste"}}"#),
        "complete" => (complete, r#"{"complete": ["annee", "poste"]}"#),
        "distinct" => (distinct, r#"{"distinct": ["siret"]}"#),
        _ => return None,
    };
    Some(Some(match read(value) {
        Some((verb, words)) => Ok(vec![Step::Rare(Box::new(Rare { verb, words }))]),
        None => Err(malformed(key, example)),
    }))
}

fn text(object: &Object, name: &str) -> Option<String> {
    object.get(name)?.as_str().map(str::to_string)
}

/// The names under a key; an empty list when the key is absent.
fn names(object: &Object, name: &str) -> Option<Vec<String>> {
    object.get(name).map_or(Some(Vec::new()), read_names)
}

/// Whether an object has no other key than these.
fn has_only(object: &Object, names: &[&str]) -> bool {
    object.iter().all(|(name, _)| names.contains(&name))
}

fn read_other(object: &Object) -> Option<Other> {
    let steps = object.get("steps").cloned().unwrap_or_default();
    Some(Other { src: text(object, "src")?, steps, table: None })
}

fn join(value: &Json) -> Option<(Verb, Words)> {
    let object =
        value.as_object().filter(|object| has_only(object, &["src", "on", "with", "kind", "columns", "steps"]))?;
    let here = read_names(object.get("on")?)?;
    let there = object.get("with").map_or(Some(here.clone()), read_names)?;
    let keeps_all = match object.get("kind").map(Json::as_str) {
        None | Some(Some("left")) => true,
        Some(Some("inner")) => false,
        _ => return None,
    };
    if here.is_empty() || here.len() != there.len() {
        return None;
    }
    let other = read_other(object)?;
    let (src, by) = (other.src.clone(), here.join(", "));
    let on = here.into_iter().zip(there).collect();
    let words = Words::fill(format_args!("joint à {src} par {by}"), format_args!("joined with {src} by {by}"));
    Some((Verb::Join { other, on, keeps_all, columns: names(object, "columns")? }, words))
}

fn concat(value: &Json) -> Option<(Verb, Words)> {
    let other = match value {
        Json::Text(src) => Other { src: src.clone(), steps: Json::Null, table: None },
        other => read_other(other.as_object().filter(|object| has_only(object, &["src", "steps"]))?)?,
    };
    let src = &other.src;
    let words =
        Words::fill(format_args!("complété par les lignes de {src}"), format_args!("followed by the rows of {src}"));
    Some((Verb::Concat(other), words))
}

/// `{"by": "commune", "cumul": "running_total(montant)", "moyenne": "rolling_mean(montant, 3)"}`.
fn window(value: &Json) -> Option<(Verb, Words)> {
    let object = value.as_object()?;
    let mut columns = Vec::new();
    for (name, what) in object.iter().filter(|(name, _)| *name != "by") {
        let (over, of) = Over::parse(what.as_str()?)?;
        columns.push((name.to_string(), over, of));
    }
    let written: Vec<String> = object
        .iter()
        .filter(|(name, _)| *name != "by")
        .map(|(name, what)| [name, " = ", what.as_str().unwrap_or("")].concat())
        .collect();
    let (by, list) = (names(object, "by")?, written.join(", "));
    let (fr, en) = match by.is_empty() {
        true => (String::new(), String::new()),
        false => (format!(", pour chaque {}", by.join(", ")), format!(", for each {}", by.join(", "))),
    };
    let words = Words::fill(
        format_args!("calculé de ligne en ligne : {list}{fr}"),
        format_args!("computed from row to row: {list}{en}"),
    );
    (!columns.is_empty()).then_some((Verb::Window { columns, by }, words))
}

fn share(value: &Json) -> Option<(Verb, Words)> {
    let object = value.as_object().filter(|object| has_only(object, &["of", "by", "name"]))?;
    let (of, by) = (text(object, "of")?, names(object, "by")?);
    let name = text(object, "name").unwrap_or_else(|| "part".to_string());
    let (fr, en) = match by.is_empty() {
        true => (String::new(), String::new()),
        false => (format!(" de chaque {}", by.join(", ")), format!(" of each {}", by.join(", "))),
    };
    let words = Words::fill(
        format_args!("{name} : part de {of} dans le total{fr}, en %"),
        format_args!("{name}: share of {of} in the total{en}, in %"),
    );
    Some((Verb::Share { of, by, name }, words))
}

fn bin(value: &Json) -> Option<(Verb, Words)> {
    let object = value.as_object().filter(|object| has_only(object, &["column", "width", "breaks", "name"]))?;
    let column = text(object, "column")?;
    let name = text(object, "name").unwrap_or_else(|| "tranche".to_string());
    let cuts = match (object.get("width"), object.get("breaks")) {
        (Some(Json::Number(width)), None) if *width > 0.0 => Cuts::Width(*width),
        (None, Some(Json::List(list))) => {
            let at: Option<Vec<f64>> =
                list.iter().map(|cut| if let Json::Number(cut) = cut { Some(*cut) } else { None }).collect();
            let at = at?;
            let is_rising = at.windows(2).all(|pair| matches!(pair, [low, high] if low < high));
            (is_rising && !at.is_empty()).then_some(Cuts::At(at))?
        }
        _ => return None,
    };
    let words = Words::fill(format_args!("{name} : {column} par tranches"), format_args!("{name}: {column} by ranges"));
    Some((Verb::Bin { column, cuts, name }, words))
}

/// The lengths of periods, as an author writes them.
const GRAINS: [(&str, Grain, &str); 10] = [
    ("quarter_hour", Grain::QuarterHour, "quart d’heure"),
    ("half_hour", Grain::HalfHour, "demi-heure"),
    ("hour", Grain::Hour, "heure"),
    ("day", Grain::Day, "jour"),
    ("week", Grain::Week, "semaine"),
    ("month", Grain::Month, "mois"),
    ("quarter", Grain::Quarter, "trimestre"),
    ("semester", Grain::Semester, "semestre"),
    ("year", Grain::Year, "année"),
    ("school_year", Grain::SchoolYear, "année scolaire"),
];

fn floor(value: &Json) -> Option<(Verb, Words)> {
    let object = value.as_object().filter(|object| has_only(object, &["column", "to", "name"]))?;
    let column = text(object, "column")?;
    let to = object.get("to")?.as_str()?;
    let (en, grain, fr) = GRAINS.iter().find(|(word, ..)| *word == to)?;
    let name = text(object, "name").unwrap_or_else(|| column.clone());
    let en = en.replace('_', " ");
    let words = Words::fill(
        format_args!("{name} : {column} ramené à l’unité « {fr} »"),
        format_args!("{name}: the {en} of {column}"),
    );
    Some((Verb::Floor { column, grain: *grain, name }, words))
}

fn rate(value: &Json) -> Option<(Verb, Words)> {
    let object = value.as_object().filter(|object| has_only(object, &["of", "population", "per", "name"]))?;
    let of = read_names(object.get("of")?)?;
    let population = text(object, "population")?;
    let per = match object.get("per") {
        None => 1.0,
        Some(Json::Number(per)) if *per > 0.0 => *per,
        _ => return None,
    };
    let named = match (object.get("name"), of.as_slice()) {
        (None, _) => None,
        (Some(Json::Text(name)), [_]) => Some(name.clone()),
        _ => return None,
    };
    let list = of.join(", ");
    let number = crate::decimal::write_plain(per);
    let (fr, en) = match per == 1.0 {
        true => ("par habitant".to_string(), "per inhabitant".to_string()),
        false => (format!("pour {number} habitants"), format!("per {number} inhabitants")),
    };
    let columns = of
        .into_iter()
        .map(|of| {
            let name = named.clone().unwrap_or_else(|| [&of, " ", &fr].concat());
            (of, name)
        })
        .collect();
    let words = Words::fill(format_args!("{list} {fr} ({population})"), format_args!("{list} {en} ({population})"));
    Some((Verb::PerInhabitant { columns, population, per }, words))
}

fn top(value: &Json) -> Option<(Verb, Words)> {
    let object = value.as_object().filter(|object| has_only(object, &["n", "by", "name", "others"]))?;
    let Json::Number(n) = object.get("n")? else { return None };
    let whole = *n >= 1.0 && n.floor() == *n;
    let (by, name) = (text(object, "by")?, text(object, "name")?);
    let others = text(object, "others").unwrap_or_else(|| "Autres".to_string());
    let number = crate::decimal::write_plain(*n);
    let words = Words::fill(
        format_args!("les {number} premiers par {by} ; le reste dans « {others} »"),
        format_args!("the first {number} by {by}; the rest in “{others}”"),
    );
    whole.then_some((Verb::Top { n: *n as usize, by, name, others }, words))
}

fn complete(value: &Json) -> Option<(Verb, Words)> {
    let columns = read_names(value).filter(|columns| columns.len() > 1)?;
    let list = columns.join(" × ");
    let words = Words::fill(
        format_args!("combinaisons absentes ajoutées, sans valeur : {list}"),
        format_args!("absent combinations added, without value: {list}"),
    );
    Some((Verb::Complete(columns), words))
}

fn distinct(value: &Json) -> Option<(Verb, Words)> {
    let columns = match value {
        Json::Bool(true) => Vec::new(),
        other => read_names(other)?,
    };
    let list = columns.join(", ");
    let words = if columns.is_empty() {
        Words::fill(format_args!("doublons retirés"), format_args!("duplicates removed"))
    } else {
        Words::fill(format_args!("doublons retirés : {list}"), format_args!("duplicates removed: {list}"))
    };
    Some((Verb::Distinct(columns), words))
}
