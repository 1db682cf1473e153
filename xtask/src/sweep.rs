//! What of the compiled module can no page ever reach, and is not sent to every visitor?
//!
//! A panic ends in a trap that the loader sees; its sentence, its file and its line are for a terminal that a browser
//! does not have. The compiler keeps them all the same: the code that writes panics, every `Debug`, the places in the
//! sources. Here the linker's own list of references (`--emit-relocs`) is walked once more from what the module
//! exports, as if those functions were silent: a function or a constant that is not met becomes a trap or zeros, in
//! place. wasm-opt then drops the traps; zeros weigh nothing once compressed.
//!
//! The same walk tells which constants only a door leads to, and which functions that are called through the table
//! (`split.rs`): they travel with the door's file.
//!
//! Format: WebAssembly tool conventions, "Linking", read by wasmparser.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rustc_demangle::demangle;
use wasmparser::{
    BinaryReaderError, DataKind, ElementItems, ElementKind, ExternalKind, FunctionBody, KnownCustom, Linking, Operator,
    Parser, Payload, RelocationType, SymbolInfo, TypeRef,
};

use crate::Outcome;
use crate::split::Doors;

/// The rooms of the standard library whose functions that never return exist to panic.
const LIBRARIES: [&str; 3] = ["core::", "alloc::", "std::"];

/// Exports that nobody calls: classes of wasm-streams, which leptos brings; the engine hands none to the page.
pub(crate) const UNCALLED: [&str; 3] = ["intounderlying", "__wbg_intounderlying", "_WASM_SPLIT_MARKER"];

/// What a silenced function does instead.
#[derive(Clone, Copy, PartialEq)]
enum Silence {
    Trap,
    /// `Ok(())`, as `fmt` answers it.
    WriteNothing,
}

/// A function or a range of bytes of the module's file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Function(u32),
    Constant(usize, usize),
}

#[derive(Default)]
struct Map {
    // by index; functions with one body share it under several names
    names: BTreeMap<u32, Vec<String>>,
    bodies: BTreeMap<u32, Range<usize>>,
    silences: BTreeMap<u32, Silence>,
    // what the linking section numbers; none for what is neither function nor constant
    symbols: Vec<Option<Thing>>,
    // where a reference stands in the file, and the symbol it names
    references: Vec<(usize, usize)>,
    // what is written down in a straight line for a call that now traps
    speeches: Vec<Range<usize>>,
    // where the data stand in the file
    data: Range<usize>,
    // where each segment's bytes begin in the file, and in memory
    segments: Vec<(usize, u32)>,
    roots: Vec<Thing>,
    // which function each slot of the table holds
    slots: Vec<(u32, u32)>,
    // the first call that no reference names
    unreferenced: Option<usize>,
}

/// A module with traps and zeros in the place of what is never met.
pub(crate) struct Swept {
    pub(crate) whole: Vec<u8>,
    /// The same with zeros in the place of what only doors lead to.
    pub(crate) first: Vec<u8>,
    /// What only each set of doors leads to.
    pub(crate) apart: Vec<Own>,
}

/// What only one set of doors leads to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Own {
    /// Bytes.
    pub(crate) pieces: Vec<Piece>,
    /// Slots of the function table, with the names of their functions.
    pub(crate) slots: BTreeMap<u32, Vec<String>>,
}

/// Bytes with their place in memory.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    pub(crate) address: u32,
    pub(crate) bytes: Vec<u8>,
}

/// Sweeps a module, and tells what the doors of each set lead to, those of the sets before being open.
pub(crate) fn sweep(module: &[u8], sets: &[Doors<'_>]) -> Outcome<Swept> {
    let map = read(module).map_err(|error| format!("le module compilé : {error}"))?;
    if map.references.is_empty() || map.silences.is_empty() {
        return Err("le module compilé ne dit plus ses références ou ses noms : revoir sweep.rs".into());
    }
    if let Some(at) = map.unreferenced {
        return Err(format!("l’éditeur de liens a écrit un appel sans référence (octet {at}) : revoir sweep.rs"));
    }
    let met = walk(module, &map, &BTreeSet::new());
    let mut swept = module.to_vec();
    for (index, body) in &map.bodies {
        let silence = match map.silences.get(index) {
            None if met.contains(&Thing::Function(*index)) => continue,
            silence => silence.copied().unwrap_or(Silence::Trap),
        };
        let body = swept.get_mut(body.clone()).unwrap_or_default();
        // no locals; then `i32.const 0; return` or nothing; then `unreachable` to the last byte, `end`
        let start: &[u8] = if silence == Silence::WriteNothing { &[0, 0x41, 0, 0x0f] } else { &[0] };
        if body.len() > start.len() {
            body.fill(0);
            body.iter_mut().zip(start).for_each(|(byte, new)| *byte = *new);
            body.iter_mut().last().into_iter().for_each(|byte| *byte = 0x0b);
        }
    }
    for speech in &map.speeches {
        // `unreachable`, whatever is on the stack
        swept.get_mut(speech.clone()).unwrap_or_default().fill(0);
    }
    let constants = map.symbols.iter().flatten().filter_map(|thing| match thing {
        Thing::Constant(start, end) => Some((*start..*end, met.contains(thing))),
        Thing::Function(_) => None,
    });
    let (kept, swept_away): (Vec<_>, Vec<_>) = constants.partition(|(_, is_met)| *is_met);
    swept_away.into_iter().for_each(|(bytes, _)| swept.get_mut(bytes).unwrap_or_default().fill(0));
    // constants that the linker merged share bytes
    for (bytes, _) in kept {
        if let (Some(to), Some(from)) = (swept.get_mut(bytes.clone()), module.get(bytes)) {
            to.copy_from_slice(from);
        }
    }
    let (mut first, mut apart) = (swept.clone(), vec![Own::default(); sets.len()]);
    let turns = turns(module, &map, sets);
    for (owner, range) in owners(&map, &turns) {
        let address = map.segments.iter().rev().find(|(start, _)| *start <= range.start);
        let (Some((start, base)), Some(bytes)) = (address, first.get_mut(range.clone())) else { continue };
        if let (Some(own), true) = (apart.get_mut(owner), bytes.iter().any(|byte| *byte != 0)) {
            own.pieces.push(Piece { address: base + (range.start - start) as u32, bytes: bytes.to_vec() });
            bytes.fill(0);
        }
    }
    for (own, met) in apart.iter_mut().zip(turns.iter().skip(1)) {
        let is_own = |(_, function): &&(u32, u32)| met.contains(&Thing::Function(*function));
        let name = |(slot, function): &(u32, u32)| (*slot, map.names.get(function).cloned().unwrap_or_default());
        own.slots = map.slots.iter().filter(is_own).map(name).collect();
    }
    Ok(Swept { whole: swept, first, apart })
}

/// What is met first without any door, then with those of each set, those of the sets before being open.
fn turns(module: &[u8], map: &Map, sets: &[Doors<'_>]) -> Vec<BTreeSet<Thing>> {
    let mut met_before = BTreeSet::new();
    let turn = |open: usize| {
        let is_closed = |name: &String| sets.iter().skip(open).any(|doors| doors.holds(name));
        let is_door = |(index, names): (&u32, &Vec<String>)| names.iter().any(is_closed).then_some(*index);
        let met = walk(module, map, &map.names.iter().filter_map(is_door).collect());
        let new = met.difference(&met_before).cloned().collect();
        met_before = met;
        new
    };
    (0..=sets.len()).map(turn).collect()
}

/// The bytes that only a set of doors leads to, with the number of the set.
fn owners(map: &Map, turns: &[BTreeSet<Thing>]) -> Vec<(usize, Range<usize>)> {
    // of each byte of the data, the first set that leads to it: none for what needs no door
    let mut owner: Vec<Option<usize>> = vec![None; map.data.len()];
    let mut is_taken = vec![false; map.data.len()];
    for (open, met) in turns.iter().enumerate() {
        for thing in met {
            let Thing::Constant(start, end) = thing else { continue };
            for at in start.saturating_sub(map.data.start)..end.saturating_sub(map.data.start) {
                if let (Some(taken), Some(owner)) = (is_taken.get_mut(at), owner.get_mut(at))
                    && !std::mem::replace(taken, true)
                {
                    *owner = open.checked_sub(1);
                }
            }
        }
    }
    let mut ranges: Vec<(usize, Range<usize>)> = Vec::new();
    for (at, owner) in owner.into_iter().enumerate().filter_map(|(at, owner)| Some((at + map.data.start, owner?))) {
        match ranges.last_mut() {
            Some((last, range)) if *last == owner && range.end == at => range.end += 1,
            _ => ranges.push((owner, at..at + 1)),
        }
    }
    ranges
}

fn read(module: &[u8]) -> Result<Map, BinaryReaderError> {
    let mut map = Map::default();
    // by section number, the file's offset of its content
    let mut sections: Vec<usize> = Vec::new();
    let mut segments: Vec<usize> = Vec::new();
    let mut n_functions = 0;
    let mut bodies: Vec<FunctionBody<'_>> = Vec::new();
    let mut relocations = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Some((_, range)) = payload.as_section() {
            sections.push(range.start);
        }
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    n_functions += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    let is_called = !UNCALLED.iter().any(|start| export.name.starts_with(start));
                    if export.kind == ExternalKind::Func && is_called {
                        map.roots.push(Thing::Function(export.index));
                    }
                }
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    let element = element?;
                    if let ElementKind::Active { offset_expr, .. } = &element.kind
                        && let Operator::I32Const { value } = offset_expr.get_operators_reader().read()?
                        && let ElementItems::Functions(functions) = element.items
                    {
                        for (slot, function) in (value as u32..).zip(functions) {
                            map.slots.push((slot, function?));
                        }
                    }
                }
            }
            Payload::StartSection { func, .. } => map.roots.push(Thing::Function(func)),
            Payload::CodeSectionEntry(body) => {
                map.bodies.insert(n_functions, body.range());
                bodies.push(body);
                n_functions += 1;
            }
            Payload::DataSection(data) => {
                map.data = data.range();
                for segment in data {
                    let segment = segment?;
                    let start = segment.range.end - segment.data.len();
                    segments.push(start);
                    if let DataKind::Active { offset_expr, .. } = segment.kind
                        && let Operator::I32Const { value } = offset_expr.get_operators_reader().read()?
                    {
                        map.segments.push((start, value as u32));
                    }
                }
            }
            Payload::CustomSection(custom) => match custom.as_known() {
                KnownCustom::Linking(linking) => {
                    for part in linking.subsections() {
                        match part? {
                            Linking::SymbolTable(symbols) => {
                                for symbol in symbols {
                                    map.symbols.push(read_symbol(symbol?, &segments, &mut map.names));
                                }
                            }
                            Linking::InitFuncs(functions) => {
                                for function in functions {
                                    let symbol = function?.symbol_index as usize;
                                    map.roots.extend(map.symbols.get(symbol).cloned().flatten());
                                }
                            }
                            _ => {}
                        }
                    }
                }
                KnownCustom::Reloc(part) => relocations.push(part),
                _ => {}
            },
            _ => {}
        }
    }
    for part in relocations {
        let Some(start) = sections.get(part.section_index() as usize) else { continue };
        for entry in part.entries() {
            let entry = entry?;
            // the index of a type is no symbol's
            if entry.ty != RelocationType::TypeIndexLeb {
                map.references.push((start + entry.offset as usize, entry.index as usize));
            }
        }
    }
    map.references.sort_unstable();
    for (index, body) in map.bodies.keys().zip(&bodies) {
        let names = map.names.get(index).map(Vec::as_slice).unwrap_or_default();
        map.silences.extend(silence(names, body)?.map(|silence| (*index, silence)));
    }
    for body in &bodies {
        map.unreferenced = map.unreferenced.or(unreferenced_call(body, &map.references)?);
    }
    let traps = |index: u32| map.silences.get(&index) == Some(&Silence::Trap);
    let mut speeches = Vec::new();
    for (_, body) in map.bodies.keys().zip(&bodies).filter(|(index, _)| !map.silences.contains_key(index)) {
        find_speeches(body, &traps, &mut speeches)?;
    }
    let is_spoken = |at: &usize| {
        let next = speeches.partition_point(|speech: &Range<usize>| speech.end <= *at);
        speeches.get(next).is_some_and(|speech| speech.contains(at))
    };
    map.references.retain(|(at, _)| !is_spoken(at));
    map.speeches = speeches;
    Ok(map)
}

fn read_symbol(symbol: SymbolInfo<'_>, segments: &[usize], names: &mut BTreeMap<u32, Vec<String>>) -> Option<Thing> {
    match symbol {
        SymbolInfo::Func { index, name, .. } => {
            // without the hash that tells instances apart
            names.entry(index).or_default().extend(name.map(|name| format!("{:#}", demangle(name))));
            Some(Thing::Function(index))
        }
        SymbolInfo::Data { symbol: Some(place), .. } => {
            let start = segments.get(place.index as usize)? + place.offset as usize;
            Some(Thing::Constant(start, start + place.size as usize))
        }
        _ => None,
    }
}

/// A function is silenced when every one of its names asks for it.
fn silence(names: &[String], body: &FunctionBody<'_>) -> Result<Option<Silence>, BinaryReaderError> {
    let is_library =
        |name: &String| LIBRARIES.iter().any(|library| name.trim_start_matches(['<', '&']).starts_with(library));
    Ok(match names {
        [] => None,
        _ if names.iter().all(|name| name.ends_with("as core::fmt::Debug>::fmt")) => Some(Silence::WriteNothing),
        _ if names.iter().all(is_library) && never_returns(body)? => Some(Silence::Trap),
        _ => None,
    })
}

/// Whether the function's last word is a trap that nothing jumps over.
fn never_returns(body: &FunctionBody<'_>) -> Result<bool, BinaryReaderError> {
    let (mut depth, mut is_trap) = (0, false);
    for operator in body.get_operators_reader()? {
        let operator = operator?;
        let leaves = match &operator {
            Operator::Return => true,
            Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => *relative_depth == depth,
            Operator::BrTable { targets } => {
                let mut targets_read = targets.targets();
                targets.default() == depth || targets_read.any(|target| target.is_ok_and(|target| target == depth))
            }
            _ => false,
        };
        if leaves {
            return Ok(false);
        }
        match operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => depth += 1,
            Operator::End if depth == 0 => return Ok(is_trap),
            Operator::End => depth -= 1,
            _ => {}
        }
        is_trap = matches!(operator, Operator::Unreachable);
    }
    Ok(false)
}

/// The linker names what every call aims at, one byte after the call's own; code that it made itself might not be named.
fn unreferenced_call(
    body: &FunctionBody<'_>,
    references: &[(usize, usize)],
) -> Result<Option<usize>, BinaryReaderError> {
    for operator in body.get_operators_reader()?.into_iter_with_offsets() {
        if let (Operator::Call { .. }, at) = operator?
            && references.binary_search_by_key(&(at + 1), |(at, _)| *at).is_err()
        {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// Where a function does nothing but write down what a panic will say: its message, its place, its numbers.
fn find_speeches(
    body: &FunctionBody<'_>,
    traps: &dyn Fn(u32) -> bool,
    speeches: &mut Vec<Range<usize>>,
) -> Result<(), BinaryReaderError> {
    let mut operators = body.get_operators_reader()?;
    let mut start = operators.original_position();
    while !operators.eof() {
        let operator = operators.read()?;
        let end = operators.original_position();
        match operator {
            Operator::Call { function_index } if traps(function_index) => {
                speeches.push(start..end);
                start = end;
            }
            Operator::I32Const { .. }
            | Operator::I64Const { .. }
            | Operator::F64Const { .. }
            | Operator::LocalGet { .. }
            | Operator::LocalSet { .. }
            | Operator::LocalTee { .. }
            | Operator::GlobalGet { .. }
            | Operator::I32Load { .. }
            | Operator::I64Load { .. }
            | Operator::I32Store { .. }
            | Operator::I64Store { .. }
            | Operator::F64Store { .. }
            | Operator::I32Add
            | Operator::I32Sub => {}
            _ => start = end,
        }
    }
    Ok(())
}

/// Everything that is met on the way from the roots, through functions that are not silenced nor closed.
fn walk(module: &[u8], map: &Map, closed: &BTreeSet<u32>) -> BTreeSet<Thing> {
    let mut met = BTreeSet::new();
    let mut next = map.roots.clone();
    // what stands outside of every constant that has a name is kept, with all that it names
    let constants: BTreeSet<(usize, usize)> = map
        .symbols
        .iter()
        .flatten()
        .filter_map(|thing| if let Thing::Constant(start, end) = thing { Some((*start, *end)) } else { None })
        .collect();
    for (at, symbol) in &map.references {
        let holds = |(start, end): &(usize, usize)| (*start..*end).contains(at);
        // merged constants overlap, but none is long: one that starts near enough before the reference holds it
        if map.data.contains(at) && !constants.range(..=(*at, usize::MAX)).rev().take(64).any(holds) {
            next.extend(map.symbols.get(*symbol).cloned().flatten());
        }
    }
    while let Some(thing) = next.pop() {
        if is_place(module, map, &thing) || !met.insert(thing.clone()) {
            continue;
        }
        let within = match &thing {
            Thing::Function(index) if map.silences.contains_key(index) || closed.contains(index) => continue,
            Thing::Function(index) => map.bodies.get(index).cloned().unwrap_or_default(),
            Thing::Constant(start, end) => *start..*end,
        };
        let first = map.references.partition_point(|(at, _)| *at < within.start);
        let references = map.references.get(first..).unwrap_or_default();
        for (_, symbol) in references.iter().take_while(|(at, _)| *at < within.end) {
            next.extend(map.symbols.get(*symbol).cloned().flatten());
        }
    }
    met
}

/// A `core::panic::Location`: the address of a file's name, its length, a line, a column.
fn is_place(module: &[u8], map: &Map, thing: &Thing) -> bool {
    let Thing::Constant(start, end) = thing else { return false };
    let word = |idx: usize| {
        let at = start + 4 * idx;
        module.get(at..at + 4).and_then(|word| Some(u32::from_le_bytes(word.try_into().ok()?) as usize))
    };
    let first = map.references.partition_point(|(at, _)| at < start);
    let within = map.references.get(first..).unwrap_or_default().iter().take_while(|(at, _)| at < end);
    let [(at, symbol)] = within.copied().collect::<Vec<_>>()[..] else { return false };
    let (Some(Some(Thing::Constant(name, _))), Some(length)) = (map.symbols.get(symbol), word(1)) else { return false };
    let is_source = module.get(*name..name + length).is_some_and(|name| name.ends_with(b".rs"));
    end - start == 16 && at == *start && is_source
}

#[cfg(test)]
mod tests {
    use wasmparser::BinaryReader;

    use super::*;

    const END: u8 = 0x0b;
    const TRAP: u8 = 0x00;
    const BLOCK: [u8; 2] = [0x02, 0x40];

    /// A body without locals.
    fn body(code: &[u8]) -> Vec<u8> {
        [&[0], code, &[END]].concat()
    }

    #[test]
    fn a_function_that_may_return_is_no_panic() {
        for (code, expected) in [
            (vec![TRAP], true),
            (vec![0x10, 7, TRAP], true),                          // call, trap
            ([&BLOCK[..], &[0x0c, 0, END, TRAP]].concat(), true), // br to the block's end
            (vec![], false),
            (vec![0x0f, TRAP], false),                                      // return, trap
            ([&BLOCK[..], &[0x0c, 1, END, TRAP]].concat(), false),          // br out of the function
            ([&BLOCK[..], &[0x41, 0, 0x0d, 1, END, TRAP]].concat(), false), // br_if out of the function
            ([&BLOCK[..], &[0x41, 0, 0x0e, 1, 0, 1, END, TRAP]].concat(), false), // br_table
            ([&BLOCK[..], &[TRAP, END]].concat(), false),                   // the trap is the block's, not the end
        ] {
            let bytes = body(&code);
            let made = FunctionBody::new(BinaryReader::new(&bytes, 0));
            assert!(never_returns(&made).is_ok_and(|found| found == expected), "{code:x?}");
        }
    }

    #[test]
    fn a_function_keeps_its_voice_when_one_of_its_names_needs_it() {
        let bytes = body(&[TRAP]);
        let made = FunctionBody::new(BinaryReader::new(&bytes, 0));
        for (names, expected) in [
            (&["<u8 as core::fmt::Debug>::fmt"][..], Some(Silence::WriteNothing)),
            (&["<u8 as core::fmt::Debug>::fmt", "<u8 as core::fmt::Display>::fmt"], None),
            (&["core::panicking::panic_fmt"], Some(Silence::Trap)),
            (&["core::panicking::panic_fmt", "encart::fail"], None),
            (&[], None),
        ] {
            let names: Vec<String> = names.iter().map(|name| name.to_string()).collect();
            assert!(silence(&names, &made).is_ok_and(|silence| silence == expected), "{names:?}");
        }
    }
}
