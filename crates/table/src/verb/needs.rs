//! Which columns of the source do steps, and what is made of their table, need?

use super::Step;
use crate::table::fold;

/// The columns of the source that the steps read, and those of `wanted` that no step makes: all that must be fetched or
/// read. None when every column may matter: `wanted` is not known, or a step speaks of all columns.
///
/// ```
/// use encart_table::{Json, verb::{needs::needs, read::read_steps}};
/// let json = r#"[{"filter": "annee > 2015"}, {"group": {"by": "poste", "total": "sum(montant)"}}]"#;
/// let (steps, _) = read_steps(&Json::parse(json, "steps").unwrap());
/// assert_eq!(needs(&steps, None), Some(vec!["annee".to_string(), "poste".to_string(), "montant".to_string()]));
/// ```
pub fn needs(steps: &[Step], wanted: Option<&[String]>) -> Option<Vec<String>> {
    let (mut needed, mut made): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut add = |name: &str, made: &[String]| {
        let is_same = |other: &String| fold(other) == fold(name);
        if !made.iter().any(is_same) && !needed.iter().any(is_same) {
            needed.push(name.to_string());
        }
    };
    for step in steps {
        match step {
            Step::Filter(expr) => expr.columns().into_iter().for_each(|name| add(name, &made)),
            Step::Derive { name, expr } => {
                expr.columns().into_iter().for_each(|name| add(name, &made));
                made.push(name.clone());
            }
            Step::Group { by, measures } => {
                let of = measures.iter().filter_map(|measure| measure.of.as_ref());
                by.iter().chain(of).for_each(|name| add(name, &made));
                // after it there are no other columns
                return Some(needed);
            }
            Step::Sort(keys) => keys.iter().for_each(|key| add(&key.column, &made)),
            Step::Limit(_) => {}
            Step::Longer { .. } | Step::Wider { .. } => return None,
            Step::Rare(rare) => {
                use super::rare::Verb;
                rare.needs().into_iter().for_each(|name| add(name, &made));
                match &rare.verb {
                    Verb::Join { .. } | Verb::Concat(_) | Verb::Distinct(_) => return None,
                    Verb::Window { columns, .. } => made.extend(columns.iter().map(|(name, ..)| name.clone())),
                    Verb::PerInhabitant { columns, .. } => made.extend(columns.iter().map(|(_, name)| name.clone())),
                    Verb::Share { name, .. } | Verb::Bin { name, .. } | Verb::Floor { name, .. } => {
                        made.push(name.clone());
                    }
                    Verb::Top { .. } | Verb::Complete(_) => {}
                }
            }
        }
    }
    wanted?.iter().for_each(|name| add(name, &made));
    Some(needed)
}
