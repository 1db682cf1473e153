//! In which order do the functions of a module compress best?
//!
//! Compression looks for what it has seen, and names what is near in fewer bits than what is far. Functions are laid so that
//! each resembles those just before it: two in a hundred bytes less, for the same instructions.

use std::collections::HashMap;

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{FunctionBody, Parser, Payload, TypeRef};

use crate::Outcome;
use crate::moved::{Made, Moved};
use crate::size::brotli;

/// How likeness is measured.
struct Measure {
    /// How many bytes in a row count as something in common: two or three instructions.
    run: usize,
    /// What a likeness with one function still counts one function later.
    fading: f64,
    /// A run of bytes that more functions share tells nothing of them.
    common: usize,
    /// Keeps the shortest functions from being the most alike of all.
    least: usize,
}

/// No measure is the best for every module: they differ by two in a thousand bytes, and the smallest is kept.
const MEASURES: [Measure; 4] = [
    Measure { run: 6, fading: 0.95, common: 200, least: 50 },
    Measure { run: 6, fading: 0.9, common: 1000, least: 50 },
    Measure { run: 5, fading: 0.95, common: 200, least: 20 },
    Measure { run: 7, fading: 0.95, common: 200, least: 50 },
];

/// The module with its functions in the order that compresses best; nothing else in it changes but what is for tools alone.
pub(crate) fn order(module: &[u8]) -> Outcome<Vec<u8>> {
    let mut best: Option<(usize, Vec<u8>)> = None;
    for measure in &MEASURES {
        let made = ordered(module, measure).map_err(|error| format!("l’ordre des fonctions : {error}"))?;
        let size = brotli(&made)?;
        if best.as_ref().is_none_or(|(least, _)| size < *least) {
            best = Some((size, made));
        }
    }
    best.map(|(_, made)| made).ok_or_else(|| "l’ordre des fonctions : aucune mesure".to_string())
}

fn ordered(module: &[u8], measure: &Measure) -> Made<Vec<u8>> {
    let (mut n_imported, mut types, mut bodies) = (0, Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    n_imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::FunctionSection(section) => types = section.into_iter().collect::<Result<Vec<u32>, _>>()?,
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
    }
    let order = by_likeness(&bodies.iter().map(FunctionBody::as_bytes).collect::<Vec<_>>(), measure);
    let kept: Vec<u32> =
        (0..n_imported).chain(order.iter().map(|old| n_imported + old)).map(|idx| idx as u32).collect();
    let mut moved = Moved::new(&kept);
    let mut written = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::FunctionSection(_) => {
                let mut section = FunctionSection::new();
                order.iter().filter_map(|old| types.get(*old)).for_each(|kind| _ = section.function(*kind));
                written.section(&section);
            }
            Payload::CodeSectionStart { .. } => {
                let mut section = CodeSection::new();
                for body in order.iter().filter_map(|old| bodies.get(*old)) {
                    moved.parse_function_body(&mut section, body.clone())?;
                }
                written.section(&section);
            }
            other => moved.copy(&mut written, &other)?,
        }
    }
    Ok(written.finish())
}

/// From the longest function on, always the one that is most like those before it, the nearer the more: likeness is what two
/// share of runs of bytes, a rare run counting for more.
fn by_likeness(bodies: &[&[u8]], measure: &Measure) -> Vec<usize> {
    let mut numbers: HashMap<&[u8], usize> = HashMap::new();
    let mut holders: Vec<Vec<usize>> = Vec::new();
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for (idx, body) in bodies.iter().enumerate() {
        let mut own = Vec::new();
        for run in body.windows(measure.run) {
            let number = *numbers.entry(run).or_insert(holders.len());
            if number == holders.len() {
                holders.push(Vec::new());
            }
            if let Some(holders) = holders.get_mut(number).filter(|holders| holders.last() != Some(&idx)) {
                holders.push(idx);
                own.push(number);
            }
        }
        runs.push(own);
    }
    let mut likeness = vec![0.0_f64; bodies.len()];
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    let mut order = Vec::new();
    let length = |idx: usize| bodies.get(idx).map_or(0, |body| body.len());
    let mut n_runs = 0;
    while !left.is_empty() {
        let rate = |idx: usize| {
            let size = runs.get(idx).map_or(0, Vec::len) + n_runs + measure.least;
            (likeness.get(idx).copied().unwrap_or(0.0) / size as f64, length(idx))
        };
        let best = (0..left.len()).max_by(|one, other| {
            let rate_at = |place: &usize| left.get(*place).map_or((0.0, 0), |idx| rate(*idx));
            let (one, other) = (rate_at(one), rate_at(other));
            one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))
        });
        let next = left.swap_remove(best.unwrap_or(0));
        order.push(next);
        likeness.iter_mut().for_each(|likeness| *likeness *= measure.fading);
        let own = runs.get(next).map_or(&[][..], Vec::as_slice);
        n_runs = own.len();
        for holders in own.iter().filter_map(|number| holders.get(*number)) {
            let weight = 1.0 / holders.len() as f64;
            for holder in holders.iter().filter(|_| (2..=measure.common).contains(&holders.len())) {
                if let Some(likeness) = likeness.get_mut(*holder) {
                    *likeness += weight;
                }
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_function_stands_beside_those_it_resembles() {
        let bodies: [&[u8]; 5] = [b"abcdefghijklmno", b"0123456789!?", b"abcdefghijkl", b"0123456789", b"zz"];
        for measure in &MEASURES {
            assert_eq!(by_likeness(&bodies, measure), [0, 2, 1, 3, 4]);
        }
    }
}
