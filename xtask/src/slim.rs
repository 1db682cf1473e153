//! What in the compiled module speaks to nobody, and is not sent to every visitor?
//!
//! A panic ends in a trap that the loader sees; its sentence, its file and its line are for a terminal that a browser
//! does not have. The compiler keeps them all the same: the code that writes panics, every `Debug`, and the table of
//! places in the sources. This takes them out of the bound module; wasm-opt then drops what only they needed.

use std::collections::HashMap;

use walrus::ir::{Instr, InstrSeqId, Value};
use walrus::{ConstExpr, DataKind, FunctionBuilder, FunctionKind, LocalFunction, Module};

use crate::Outcome;

/// The rooms of the standard library whose functions that never return exist to panic.
const LIBRARIES: [&str; 3] = ["core::", "alloc::", "std::"];

/// Classes of wasm-streams, which gloo-net brings: wasm-bindgen exports them, the engine hands none to the page.
const NOBODY_CALLS: [&str; 2] = ["intounderlying", "__wbg_intounderlying"];

/// What those classes and an unused door of js-sys run: nobody can call it.
/// Nor does anything show a number but `encart_table::locale`: the standard library's printing of floats only serves
/// the sentences above, and would be a mistake, loud here, anywhere else.
const NOBODY_RUNS: [&str; 3] =
    ["wasm_streams", "js_sys::futures::future_to_promise", "<f64 as core::fmt::Display>::fmt"];

/// Half of a sentence of serde that a reader of JSON never shows: ours says line, column and what to mend.
const NOBODY_READS: [&str; 2] =
    ["serde_core::de::Unexpected as core::fmt::Display", "serde_core::de::WithDecimalPoint as core::fmt::Display"];

/// A module with the names that its imports had and have now.
pub(crate) struct Slim {
    /// The module.
    pub(crate) module: Vec<u8>,
    renamed: HashMap<String, String>,
}

impl Slim {
    /// The glue with the imports' names as they are now.
    pub(crate) fn rename(&self, glue: &str) -> String {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let mut renamed = String::with_capacity(glue.len());
        for word in glue.split_inclusive(|letter| !is_name(letter)) {
            let name = word.trim_end_matches(|letter| !is_name(letter));
            renamed.push_str(self.renamed.get(name).map_or(name, String::as_str));
            renamed.push_str(word.get(name.len()..).unwrap_or_default());
        }
        renamed
    }
}

/// The module without what nobody reads or calls.
pub(crate) fn slim(module: &[u8]) -> Outcome<Slim> {
    let mut module = Module::from_buffer(module).map_err(|error| format!("le module lié : {error:#}"))?;
    let uncalled: Vec<_> = module
        .exports
        .iter()
        .filter(|export| NOBODY_CALLS.iter().any(|start| export.name.starts_with(start)))
        .map(|export| export.id())
        .collect();
    for id in uncalled {
        module.exports.delete(id);
    }
    let silenced: Vec<_> = module
        .funcs
        .iter_local()
        .filter_map(|(id, function)| {
            let name = plain_name(module.funcs.get(id).name.as_deref()?);
            silence(&name, function).map(|body| (id, body))
        })
        .collect();
    if silenced.is_empty() {
        return Err("aucune fonction de panique reconnue : les noms du compilateur ont changé, revoir slim.rs".into());
    }
    for (id, body) in silenced {
        let ty = module.types.get(module.funcs.get(id).ty());
        let (params, results) = (ty.params().to_vec(), ty.results().to_vec());
        let args = params.iter().map(|ty| module.locals.add(*ty)).collect();
        let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
        match body {
            Silence::Trap => builder.func_body().unreachable(),
            Silence::WriteNothing => builder.func_body().i32_const(0),
        };
        module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(args));
    }
    blank_places(&mut module);
    walrus::passes::gc::run(&mut module);
    let renamed = shorten_imports(&mut module);
    Ok(Slim { module: module.emit_wasm(), renamed })
}

/// wasm-bindgen tells imports apart by a hash in their names, which no compression shortens: a number does.
fn shorten_imports(module: &mut Module) -> HashMap<String, String> {
    let mut renamed = HashMap::new();
    for (idx, import) in module.imports.iter_mut().enumerate() {
        let short = format!("i{idx}");
        renamed.insert(std::mem::replace(&mut import.name, short.clone()), short);
    }
    renamed
}

/// What a silenced function does instead.
enum Silence {
    Trap,
    /// `Ok(())`, as `fmt` answers it.
    WriteNothing,
}

fn silence(name: &str, function: &LocalFunction) -> Option<Silence> {
    if name.ends_with("core::fmt::Debug>::fmt") || NOBODY_READS.iter().any(|sentence| name.contains(sentence)) {
        return Some(Silence::WriteNothing);
    }
    if NOBODY_RUNS.iter().any(|start| name.contains(start)) {
        return Some(Silence::Trap);
    }
    let is_library = LIBRARIES.iter().any(|library| name.trim_start_matches(['<', '&']).starts_with(library));
    (is_library && never_returns(function)).then_some(Silence::Trap)
}

/// `core[c5930c85a12de822]::fmt` and `core::fmt::h0123…` both name `core::fmt`.
fn plain_name(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((inside, next)) = after.split_once(']') else { break };
        plain.push_str(before);
        if inside.len() < 8 || !inside.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            plain.push('[');
            plain.push_str(inside);
            plain.push(']');
        }
        rest = next;
    }
    plain.push_str(rest);
    match plain.rsplit_once("::h") {
        Some((start, hash)) if hash.len() == 16 => start.to_string(),
        _ => plain,
    }
}

/// Whether the function's last word is a trap that nothing jumps over.
fn never_returns(function: &LocalFunction) -> bool {
    let entry = function.entry_block();
    let ends_in_trap = matches!(function.block(entry).instrs.last(), Some((Instr::Unreachable(_), _)));
    ends_in_trap && !leaves(function, entry, entry)
}

fn leaves(function: &LocalFunction, block: InstrSeqId, entry: InstrSeqId) -> bool {
    function.block(block).instrs.iter().any(|(instr, _)| match instr {
        Instr::Return(_) => true,
        Instr::Br(jump) => jump.block == entry,
        Instr::BrIf(jump) => jump.block == entry,
        Instr::BrTable(jump) => jump.default == entry || jump.blocks.contains(&entry),
        Instr::Block(inner) => leaves(function, inner.seq, entry),
        Instr::Loop(inner) => leaves(function, inner.seq, entry),
        Instr::IfElse(inner) => leaves(function, inner.consequent, entry) || leaves(function, inner.alternative, entry),
        _ => false,
    })
}

/// Empties every `core::panic::Location` (address and length of a file's name, line, column; four bytes each) and the
/// names that they point to. Nothing else points there: a name ends in `.rs` and no text of ours does.
fn blank_places(module: &mut Module) {
    const WORD: usize = 4;
    let starts: Vec<(walrus::DataId, usize)> = module
        .data
        .iter()
        .filter_map(|data| match data.kind {
            DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } => {
                Some((data.id(), usize::try_from(start).ok()?))
            }
            _ => None,
        })
        .collect();
    let mut blanks = Vec::new();
    let bytes = |address: usize, length: usize| {
        starts.iter().find_map(|(id, start)| {
            let from = address.checked_sub(*start)?;
            module.data.get(*id).value.get(from..from.checked_add(length)?)
        })
    };
    let word =
        |address: usize| bytes(address, WORD).and_then(|word| Some(u32::from_le_bytes(word.try_into().ok()?) as usize));
    for (id, start) in &starts {
        for address in (*start..start + module.data.get(*id).value.len()).step_by(WORD) {
            let (Some(name), Some(length)) = (word(address), word(address + WORD)) else { continue };
            let is_position = |word: Option<usize>| word.is_some_and(|number| (1..100_000).contains(&number));
            if length < 256
                && bytes(name, length).is_some_and(|name| name.ends_with(b".rs"))
                && is_position(word(address + 2 * WORD))
                && is_position(word(address + 3 * WORD))
            {
                blanks.extend([(address, 4 * WORD), (name, length)]);
            }
        }
    }
    for (id, start) in starts {
        let value = &mut module.data.get_mut(id).value;
        for (address, length) in &blanks {
            if let Some(blank) = address.checked_sub(start).and_then(|from| value.get_mut(from..from + length)) {
                blank.fill(0);
            }
        }
    }
}
