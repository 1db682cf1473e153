//! Which columns and which groups of rows are needed?

use encart_table::expr::term::{Condition, Literal, Test};
use encart_table::table::fold;

use crate::decode::{Raw, one};
use crate::schema::{Footer, Group, Leaf, Meaning, Stored};

/// The places of the columns that are read: those that are asked; none when one that is asked is not there.
pub(crate) fn columns(footer: &Footer, asked: Option<&[String]>) -> Option<Vec<usize>> {
    let readable = || footer.leaves.iter().enumerate().filter(|(_, leaf)| leaf.meaning != Meaning::Opaque);
    let Some(asked) = asked.filter(|asked| !asked.is_empty()) else {
        return Some(readable().map(|(idx, _)| idx).collect());
    };
    let find = |name: &String| {
        let same = readable().find(|(_, leaf)| leaf.name == *name);
        same.or_else(|| readable().find(|(_, leaf)| fold(&leaf.name) == fold(name))).map(|(idx, _)| idx)
    };
    let mut found: Vec<usize> = asked.iter().map(find).collect::<Option<_>>()?;
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// Whether some row of a group may pass the conditions, as far as the bounds of its columns tell.
pub(crate) fn may_hold(group: &Group, footer: &Footer, conditions: &[Condition]) -> bool {
    conditions.iter().all(|condition| {
        let named = |leaf: &Leaf| leaf.name == condition.column;
        let Some(idx) = footer.leaves.iter().position(named) else { return true };
        let (Some(leaf), Some(chunk)) = (footer.leaves.get(idx), group.chunks.get(idx)) else { return true };
        let Some((least, most)) = &chunk.bounds else { return true };
        if leaf.most_repeated > 0 || !matches!(leaf.meaning, Meaning::Plain | Meaning::Text) {
            return true;
        }
        match leaf.stored {
            Stored::Bytes => may_hold_text(condition, least, most),
            stored => match (number(one(least, stored)), number(one(most, stored))) {
                (Some(least), Some(most)) => may_hold_number(condition, least, most),
                _ => true,
            },
        }
    })
}

fn number(raw: Raw<'_>) -> Option<f64> {
    match raw {
        Raw::Int(number) => Some(number as f64),
        Raw::Float(number) => Some(f64::from(number)),
        Raw::Double(number) => Some(number),
        _ => None,
    }
    .filter(|number| number.is_finite())
}

fn may_hold_number(condition: &Condition, least: f64, most: f64) -> bool {
    // `202401`, `20240131` are read as a month, a day, and those are compared by their year
    if [(1e5, 1e6), (1e7, 1e8), (1e9, 1e10), (1e11, 1e12)].iter().any(|(from, to)| least >= *from && most < *to) {
        return true;
    }
    // bounds of doubles may be rounded in single precision by their writer
    let slack = 1e-6 * least.abs().max(most.abs());
    let (least, most) = (least - slack, most + slack);
    condition.test == Test::Known
        || condition.literals.iter().any(|literal| match (literal, condition.test) {
            (Literal::Number(number), Test::OneOf) => least <= *number && *number <= most,
            (Literal::Number(number), Test::Less | Test::LessOrEqual) => least <= *number,
            (Literal::Number(number), Test::More | Test::MoreOrEqual) => most >= *number,
            _ => true,
        })
}

/// Of texts only equality is told, of words that cannot be read as numbers, dates or missing values.
fn may_hold_text(condition: &Condition, least: &[u8], most: &[u8]) -> bool {
    if condition.test != Test::OneOf {
        return true;
    }
    condition.literals.iter().any(|literal| match literal {
        // of a text that is filled up with blanks only the words are read
        Literal::Text(text) if is_word(text) => least.trim_ascii_end() <= text.as_bytes() && text.as_bytes() <= most,
        _ => true,
    })
}

fn is_word(text: &str) -> bool {
    text.len() > 3 && text == text.trim() && !text.bytes().any(|byte| byte.is_ascii_digit())
}
