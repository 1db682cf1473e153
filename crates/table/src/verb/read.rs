//! How do the steps of a specification, written as data, become steps of a query?

use super::rare;
use super::{How, Measure, SortKey, Step};
use crate::expr;
use crate::json::{Json, Object};
use crate::notice::{Notice, Place};
use crate::table::nearest;

/// The steps that every engine knows.
const COMMON: [&str; 7] = ["filter", "derive", "group", "sort", "limit", "longer", "wider"];

/// What reading one verb gives: its steps, what is wrong with them, or nothing when its value has not the right form.
pub(super) type Read = Option<Result<Vec<Step>, Notice>>;

/// Reads the value of a verb that is not common; the outer none says that there is no such verb.
type ReadRare = fn(&str, &Json, &str) -> Option<Read>;

/// Reads `[{"filter": "annee >= 2015"}, {"group": {"by": "poste", "total": "sum(montant)"}}]`, or the same as a text.
/// A step that cannot be read is said and left out; the others hold.
pub fn read_steps(value: &Json) -> (Vec<Step>, Vec<Notice>) {
    read_each(value, rare::read::read, &rare::NAMES)
}

/// The same, for steps that are all common ones; none when one of them is not.
pub(super) fn read_common_steps(value: &Json) -> Option<(Vec<Step>, Vec<Notice>)> {
    let read = read_each(value, |_, _, _| None, &[]);
    let is_unknown = |notice: &Notice| notice.code == "steps.unknown";
    (!read.1.iter().any(is_unknown)).then_some(read)
}

fn read_each(value: &Json, read_rare: ReadRare, rare: &[&str]) -> (Vec<Step>, Vec<Notice>) {
    let parsed = match value {
        Json::Text(text) if text.trim().is_empty() => Ok(Json::Null),
        Json::Text(text) => Json::parse(text, "steps"),
        other => Ok(other.clone()),
    };
    let list = match parsed {
        Ok(Json::Null) => Vec::new(),
        Ok(Json::List(list)) => list,
        Err(notice) => return (Vec::new(), vec![notice]),
        Ok(_) => {
            let notice = Notice::error(
                "steps.not-list",
                Place::column("steps"),
                format_args!("une liste d’étapes est attendue : [{{\"filter\": \"annee >= 2015\"}}]."),
                format_args!("a list of steps is expected: [{{\"filter\": \"annee >= 2015\"}}]."),
            );
            return (Vec::new(), vec![notice]);
        }
    };
    let (mut steps, mut notices) = (Vec::new(), Vec::new());
    for (idx, step) in list.iter().enumerate() {
        let key = format!("steps[{idx}]");
        match step.as_object() {
            Some(object) => read_step(object, &key, read_rare, rare, &mut steps, &mut notices),
            None => notices.push(malformed(&key, "{\"filter\": \"annee >= 2015\"}")),
        }
    }
    (steps, notices)
}

pub(super) fn malformed(key: &str, example: &str) -> Notice {
    Notice::error(
        "steps.malformed",
        Place::column(key),
        format_args!("cette étape n’a pas la forme attendue, par exemple {example}."),
        format_args!("this step does not have the expected form, for example {example}."),
    )
}

fn read_step(
    object: &Object,
    key: &str,
    read_rare: ReadRare,
    rare: &[&str],
    steps: &mut Vec<Step>,
    notices: &mut Vec<Notice>,
) {
    for (verb, value) in object.iter() {
        let read = match verb {
            "filter" => value.as_str().map(|text| read_expr(text, key).map(|expr| vec![Step::Filter(expr)])),
            "derive" => value.as_object().map(|columns| {
                let derived = columns.iter().map(|(name, text)| {
                    let expr = read_expr(text.as_str().unwrap_or(""), key)?;
                    Ok(Step::Derive { name: name.to_string(), expr })
                });
                derived.collect()
            }),
            "group" => value.as_object().map(|group| read_group(group, key)),
            "sort" => read_names(value).map(|names| {
                let sort_key = |name: &String| match name.strip_prefix('-') {
                    Some(name) => SortKey { column: name.trim().to_string(), is_descending: true },
                    None => SortKey { column: name.clone(), is_descending: false },
                };
                Ok(vec![Step::Sort(names.iter().map(sort_key).collect())])
            }),
            "limit" => match value {
                Json::Number(n_rows) if *n_rows >= 0.0 && n_rows.floor() == *n_rows => {
                    Some(Ok(vec![Step::Limit(*n_rows as usize)]))
                }
                _ => None,
            },
            "longer" => value.as_object().and_then(|longer| {
                Some(Ok(vec![Step::Longer {
                    columns: read_names(longer.get("columns")?)?,
                    names_to: longer.get("names")?.as_str()?.to_string(),
                    values_to: longer.get("values")?.as_str()?.to_string(),
                }]))
            }),
            "wider" => value.as_object().and_then(|wider| {
                Some(Ok(vec![Step::Wider {
                    names_from: wider.get("names")?.as_str()?.to_string(),
                    values_from: wider.get("values")?.as_str()?.to_string(),
                }]))
            }),
            _ => match read_rare(verb, value, key) {
                Some(read) => read,
                None => {
                    let verbs = [&COMMON, rare].concat();
                    let near = nearest(verb, &verbs);
                    let list = near.map_or_else(|| verbs.join(", "), str::to_string);
                    notices.push(Notice::error(
                        "steps.unknown",
                        Place::column(key),
                        format_args!("l’étape « {verb} » n’existe pas. Vouliez-vous dire : {list} ?"),
                        format_args!("there is no step “{verb}”. Did you mean: {list}?"),
                    ));
                    continue;
                }
            },
        };
        match read {
            Some(Ok(read)) => steps.extend(read),
            Some(Err(notice)) => notices.push(notice),
            None => notices.push(malformed(key, example(verb))),
        }
    }
}

fn example(verb: &str) -> &'static str {
    match verb {
        "derive" => "{\"derive\": {\"par_habitant\": \"montant / population\"}}",
        "group" => "{\"group\": {\"by\": \"poste\", \"total\": \"sum(montant)\"}}",
        "sort" => "{\"sort\": \"-montant\"}",
        "limit" => "{\"limit\": 10}",
        "longer" => "{\"longer\": {\"columns\": [\"2023\", \"2024\"], \"names\": \"annee\", \"values\": \"montant\"}}",
        "wider" => "{\"wider\": {\"names\": \"annee\", \"values\": \"montant\"}}",
        _ => "{\"filter\": \"annee >= 2015\"}",
    }
}

fn read_expr(text: &str, key: &str) -> Result<expr::Expr, Notice> {
    expr::parse(text).map_err(|error| error.notice(key, text))
}

/// One name or a list of names.
pub(super) fn read_names(value: &Json) -> Option<Vec<String>> {
    match value {
        Json::Text(name) => Some(vec![name.clone()]),
        Json::List(names) => names.iter().map(|name| name.as_str().map(str::to_string)).collect(),
        _ => None,
    }
}

/// `{"by": ["annee", "poste"], "total": "sum(montant)"}`: every key but `by` names a measure; without `by` all rows are
/// one group.
fn read_group(group: &Object, key: &str) -> Result<Vec<Step>, Notice> {
    let by = match group.get("by") {
        Some(names) => read_names(names).ok_or_else(|| malformed(key, example("group")))?,
        None => Vec::new(),
    };
    let mut measures = Vec::new();
    for (name, text) in group.iter().filter(|(name, _)| *name != "by") {
        let measure = text.as_str().and_then(|text| Measure::parse(name, text));
        measures.push(measure.ok_or_else(|| {
            let said = text.sketch();
            let known: Vec<&str> = How::NAMES.iter().map(|(known, _)| *known).collect();
            let known = known.join(", ");
            Notice::error(
                "steps.measure",
                Place::column(key),
                format_args!(
                    "« {name} » : {said} n’est pas une mesure. Écrivez par exemple sum(montant) ; il y a {known}."
                ),
                format_args!("“{name}”: {said} is not a measure. Write for example sum(montant); there are {known}."),
            )
        })?);
    }
    Ok(vec![Step::Group { by, measures }])
}
