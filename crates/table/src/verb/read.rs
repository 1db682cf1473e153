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
    read_each::<true>(value, rare::read::read, &rare::NAMES)
}

/// The same, for steps that are all common ones and right; none when one of them is not: the data engine says why.
pub(super) fn read_common_steps(value: &Json) -> Option<Vec<Step>> {
    let (steps, wrong) = read_each::<false>(value, |_, _, _| None, &[]);
    wrong.is_empty().then_some(steps)
}

/// What is wrong with a step, in words where they are wanted.
#[inline(always)]
fn say<const SAYS: bool>(words: impl FnOnce() -> Notice) -> Notice {
    if SAYS { words() } else { Notice::error("steps", Place::whole(), format_args!(""), format_args!("")) }
}

fn read_each<const SAYS: bool>(value: &Json, read_rare: ReadRare, rare: &[&str]) -> (Vec<Step>, Vec<Notice>) {
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
            return (Vec::new(), vec![say::<SAYS>(not_list)]);
        }
    };
    let (mut steps, mut notices) = (Vec::new(), Vec::new());
    for (idx, step) in list.iter().enumerate() {
        let key = format!("steps[{idx}]");
        match step.as_object() {
            Some(object) => read_step::<SAYS>(object, &key, read_rare, rare, &mut steps, &mut notices),
            None => notices.push(say::<SAYS>(|| malformed(&key, example("filter")))),
        }
    }
    (steps, notices)
}

fn not_list() -> Notice {
    Notice::error(
        "steps.not-list",
        Place::column("steps"),
        format_args!("une liste d’étapes est attendue : [{{\"filter\": \"annee >= 2015\"}}]."),
        format_args!("a list of steps is expected: [{{\"filter\": \"annee >= 2015\"}}]."),
    )
}

pub(super) fn malformed(key: &str, example: &str) -> Notice {
    Notice::error(
        "steps.malformed",
        Place::column(key),
        format_args!("cette étape n’a pas la forme attendue, par exemple {example}."),
        format_args!("this step does not have the expected form, for example {example}."),
    )
}

fn read_step<const SAYS: bool>(
    object: &Object,
    key: &str,
    read_rare: ReadRare,
    rare: &[&str],
    steps: &mut Vec<Step>,
    notices: &mut Vec<Notice>,
) {
    for (verb, value) in object.iter() {
        let read = match verb {
            "filter" => value.as_str().map(|text| read_expr::<SAYS>(text, key).map(|expr| vec![Step::Filter(expr)])),
            "derive" => value.as_object().map(|columns| {
                let derived = columns.iter().map(|(name, text)| {
                    let expr = read_expr::<SAYS>(text.as_str().unwrap_or(""), key)?;
                    Ok(Step::Derive { name: name.to_string(), expr })
                });
                derived.collect()
            }),
            "group" => value.as_object().map(|group| read_group::<SAYS>(group, key)),
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
                    notices.push(say::<SAYS>(|| unknown(verb, rare, key)));
                    continue;
                }
            },
        };
        match read {
            Some(Ok(read)) => steps.extend(read),
            Some(Err(notice)) => notices.push(notice),
            None => notices.push(say::<SAYS>(|| malformed(key, example(verb)))),
        }
    }
}

fn unknown(verb: &str, rare: &[&str], key: &str) -> Notice {
    let verbs = [&COMMON, rare].concat();
    let near = nearest(verb, &verbs);
    let list = near.map_or_else(|| verbs.join(", "), str::to_string);
    Notice::error(
        "steps.unknown",
        Place::column(key),
        format_args!("l’étape « {verb} » n’existe pas. Vouliez-vous dire : {list} ?"),
        format_args!("there is no step “{verb}”. Did you mean: {list}?"),
    )
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

fn read_expr<const SAYS: bool>(text: &str, key: &str) -> Result<expr::Expr, Notice> {
    expr::read::<SAYS>(text).map_err(|error| say::<SAYS>(|| error.notice(key, text)))
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
fn read_group<const SAYS: bool>(group: &Object, key: &str) -> Result<Vec<Step>, Notice> {
    let by = match group.get("by") {
        Some(names) => read_names(names).ok_or_else(|| say::<SAYS>(|| malformed(key, example("group"))))?,
        None => Vec::new(),
    };
    let mut measures = Vec::new();
    for (name, text) in group.iter().filter(|(name, _)| *name != "by") {
        let measure = text.as_str().and_then(|text| Measure::parse(name, text));
        measures.push(measure.ok_or_else(|| say::<SAYS>(|| no_measure(name, text, key)))?);
    }
    Ok(vec![Step::Group { by, measures }])
}

fn no_measure(name: &str, text: &Json, key: &str) -> Notice {
    let said = text.sketch();
    let known: Vec<&str> = How::NAMES.iter().map(|(known, _)| *known).collect();
    let known = known.join(", ");
    Notice::error(
        "steps.measure",
        Place::column(key),
        format_args!("« {name} » : {said} n’est pas une mesure. Écrivez par exemple sum(montant) ; il y a {known}."),
        format_args!("“{name}”: {said} is not a measure. Write for example sum(montant); there are {known}."),
    )
}
