//! What of the engine does a first picture not need? It goes into a file of its own, which comes after the picture.
//!
//! `src/late.rs` names the doors: functions that nothing calls before that file is here. What only they reach leaves the
//! first module; in its place stay calls through empty slots of the function table, which the second module fills when it is
//! started. Both share memory, tables and globals: it is one program still.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, Instruction, Module, TableSection,
};
use wasmparser::{ExternalKind, FunctionBody, KnownCustom, Name, Operator, Parser, Payload, TypeRef};

use crate::Outcome;
use crate::moved::{Made, Moved};

/// Where the doors are.
const DOORS: &str = "encart::late::doors::";

/// A module in two.
pub(crate) struct Split {
    /// What a first picture needs.
    pub(crate) first: Vec<u8>,
    /// What comes after it; it imports from the first, under `e`.
    pub(crate) later: Vec<u8>,
}

/// The names of the doors, as their source has them.
pub(crate) fn doors(source: &str) -> Vec<&str> {
    let inside = source.split_once("mod doors {").map_or("", |(_, inside)| inside);
    inside.split("pub(crate) fn ").skip(1).filter_map(|function| function.split('(').next()).collect()
}

/// Splits a module that still knows the names of its functions, behind all doors of these names.
pub(crate) fn split(module: &[u8], named: &[&str]) -> Outcome<Split> {
    let program = Program::read(module).map_err(|error| format!("la coupe du module : {error}"))?;
    let is_door =
        |name: &str, door: &str| name.split(DOORS).nth(1).is_some_and(|rest| rest.split("::").next() == Some(door));
    let doors: BTreeSet<u32> = program
        .names
        .iter()
        .filter(|(_, name)| named.iter().any(|door| is_door(name, door)))
        .map(|(idx, _)| *idx)
        .collect();
    if let Some(lost) = named.iter().find(|door| !program.names.values().any(|name| is_door(name, door))) {
        return Err(format!(
            "la coupe du module : la porte {lost} a disparu ; rien d’autre ne doit appeler ce qu’elle ouvre"
        ));
    }
    let first = program.reached(program.roots.iter().copied(), &doors);
    if let Some(door) = doors.iter().find(|door| program.roots.contains(door)) {
        return Err(format!("la coupe du module : {:?} est atteinte par la table", program.names.get(door)));
    }
    let later: Vec<u32> = program
        .reached(doors.iter().copied(), &BTreeSet::new())
        .into_iter()
        .filter(|idx| !first.contains(idx) && (*idx as usize) >= program.n_imported)
        .collect();
    let made = program
        .first(&first, &doors, &later)
        .and_then(|first| Ok(Split { first, later: program.later(&doors, &later)? }));
    made.map_err(|error| format!("la coupe du module : {error}"))
}

/// What is known of a module.
struct Program<'a> {
    bytes: &'a [u8],
    /// The type of every function, the imported first.
    types: Vec<u32>,
    n_imported: usize,
    bodies: Vec<FunctionBody<'a>>,
    names: BTreeMap<u32, String>,
    /// What is called from outside, or through the table.
    roots: BTreeSet<u32>,
    calls: Vec<BTreeSet<u32>>,
    n_params: Vec<usize>,
    /// The size of the function table.
    n_slots: u64,
    n_tables: usize,
    n_globals: usize,
}

impl<'a> Program<'a> {
    fn read(bytes: &'a [u8]) -> Made<Program<'a>> {
        let mut program = Program {
            bytes,
            types: Vec::new(),
            n_imported: 0,
            bodies: Vec::new(),
            names: BTreeMap::new(),
            roots: BTreeSet::new(),
            calls: Vec::new(),
            n_params: Vec::new(),
            n_slots: 0,
            n_tables: 0,
            n_globals: 0,
        };
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::TypeSection(section) => {
                    for kind in section.into_iter_err_on_gc_types() {
                        program.n_params.push(kind?.params().len());
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        if let TypeRef::Func(kind) = import?.ty {
                            program.types.push(kind);
                        }
                    }
                    program.n_imported = program.types.len();
                }
                Payload::FunctionSection(section) => {
                    for kind in section {
                        program.types.push(kind?);
                    }
                }
                Payload::TableSection(section) => {
                    for table in section {
                        let initial = table?.ty.initial;
                        program.n_slots = if program.n_tables == 0 { initial } else { program.n_slots };
                        program.n_tables += 1;
                    }
                }
                Payload::GlobalSection(section) => program.n_globals = section.count() as usize,
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            program.roots.insert(export.index);
                        }
                    }
                }
                Payload::StartSection { func, .. } => _ = program.roots.insert(func),
                Payload::ElementSection(section) => {
                    for element in section {
                        if let wasmparser::ElementItems::Functions(functions) = element?.items {
                            for function in functions {
                                program.roots.insert(function?);
                            }
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    let mut called = BTreeSet::new();
                    for operator in body.get_operators_reader()? {
                        match operator? {
                            Operator::Call { function_index } | Operator::RefFunc { function_index } => {
                                called.insert(function_index);
                            }
                            _ => {}
                        }
                    }
                    program.calls.push(called);
                    program.bodies.push(body);
                }
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(names) = section.as_known() {
                        for part in names {
                            if let Name::Function(functions) = part? {
                                for function in functions {
                                    let function = function?;
                                    program.names.insert(function.index, function.name.to_string());
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(program)
    }

    /// All that is called from these functions on, without entering those that are closed.
    fn reached(&self, from: impl Iterator<Item = u32>, closed: &BTreeSet<u32>) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        let mut next: Vec<u32> = from.collect();
        while let Some(function) = next.pop() {
            if !closed.contains(&function) && found.insert(function) {
                let body = (function as usize).checked_sub(self.n_imported);
                next.extend(body.and_then(|idx| self.calls.get(idx)).into_iter().flatten());
            }
        }
        found
    }

    fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        (function as usize).checked_sub(self.n_imported).and_then(|idx| self.bodies.get(idx))
    }

    fn kind(&self, function: u32) -> u32 {
        self.types.get(function as usize).copied().unwrap_or_default()
    }

    /// What the functions that come later call of those that are here already.
    fn wanted(&self, later: &[u32]) -> BTreeSet<u32> {
        let own: BTreeSet<u32> = later.iter().copied().collect();
        let bodies = later.iter().filter_map(|idx| self.calls.get((*idx as usize).checked_sub(self.n_imported)?));
        bodies.flatten().copied().filter(|idx| !own.contains(idx)).collect()
    }

    /// The first module: a door is a call through its slot.
    fn first(&self, first: &BTreeSet<u32>, doors: &BTreeSet<u32>, later: &[u32]) -> Made<Vec<u8>> {
        let kept: Vec<u32> = (0..self.types.len() as u32)
            .filter(|idx| (*idx as usize) < self.n_imported || first.contains(idx) || doors.contains(idx))
            .collect();
        let mut moved = Moved::new(&kept);
        let mut module = Module::new();
        for payload in Parser::new(0).parse_all(self.bytes) {
            match payload? {
                Payload::FunctionSection(_) => {
                    let mut section = FunctionSection::new();
                    kept.iter().skip(self.n_imported).for_each(|idx| _ = section.function(self.kind(*idx)));
                    module.section(&section);
                }
                Payload::TableSection(tables) => {
                    let mut section = TableSection::new();
                    for (idx, table) in tables.into_iter().enumerate() {
                        let mut kind = moved.table_type(table?.ty)?;
                        if idx == 0 {
                            kind.minimum += doors.len() as u64;
                            kind.maximum = kind.maximum.map(|most| most + doors.len() as u64);
                        }
                        section.table(kind);
                    }
                    module.section(&section);
                }
                Payload::ExportSection(exports) => {
                    let mut section = ExportSection::new();
                    moved.parse_export_section(&mut section, exports)?;
                    section.export("m", ExportKind::Memory, 0);
                    (0..self.n_tables as u32)
                        .for_each(|idx| _ = section.export(&format!("t{idx}"), ExportKind::Table, idx));
                    (0..self.n_globals as u32)
                        .for_each(|idx| _ = section.export(&format!("g{idx}"), ExportKind::Global, idx));
                    for (name, function) in self.wanted(later).into_iter().enumerate() {
                        section.export(&format!("f{name}"), ExportKind::Func, moved.function_index(function)?);
                    }
                    module.section(&section);
                }
                Payload::CodeSectionStart { .. } => {
                    let mut section = CodeSection::new();
                    for function in kept.iter().skip(self.n_imported) {
                        match doors.iter().position(|door| door == function) {
                            Some(slot) => _ = section.function(&self.door(*function, slot)),
                            None => {
                                if let Some(body) = self.body(*function) {
                                    moved.parse_function_body(&mut section, body.clone())?;
                                }
                            }
                        }
                    }
                    module.section(&section);
                }
                other => moved.copy(&mut module, &other)?,
            }
        }
        Ok(module.finish())
    }

    fn door(&self, function: u32, slot: usize) -> Function {
        let mut door = Function::new([]);
        let kind = self.kind(function);
        let n_params = self.n_params.get(kind as usize).copied().unwrap_or_default();
        (0..n_params as u32).for_each(|param| _ = door.instruction(&Instruction::LocalGet(param)));
        door.instruction(&Instruction::I32Const((self.n_slots as usize + slot) as i32));
        door.instruction(&Instruction::CallIndirect { type_index: kind, table_index: 0 });
        door.instruction(&Instruction::End);
        door
    }

    /// The second module, which fills the slots of the doors.
    fn later(&self, doors: &BTreeSet<u32>, later: &[u32]) -> Made<Vec<u8>> {
        let wanted = self.wanted(later);
        let kept: Vec<u32> = wanted.iter().chain(later).copied().collect();
        let mut moved = Moved::new(&kept);
        let mut module = Module::new();
        let mut imports = ImportSection::new();
        for (name, function) in wanted.iter().enumerate() {
            imports.import("e", &format!("f{name}"), EntityType::Function(self.kind(*function)));
        }
        for payload in Parser::new(0).parse_all(self.bytes) {
            match payload? {
                Payload::TypeSection(section) => moved.copy(&mut module, &Payload::TypeSection(section))?,
                Payload::TableSection(tables) => {
                    for (idx, table) in tables.into_iter().enumerate() {
                        let mut kind = moved.table_type(table?.ty)?;
                        kind.minimum += if idx == 0 { doors.len() as u64 } else { 0 };
                        kind.maximum = kind.maximum.map(|most| most + if idx == 0 { doors.len() as u64 } else { 0 });
                        imports.import("e", &format!("t{idx}"), kind);
                    }
                }
                Payload::MemorySection(memories) => {
                    for memory in memories {
                        imports.import("e", "m", moved.memory_type(memory?)?);
                    }
                }
                Payload::GlobalSection(globals) => {
                    for (idx, global) in globals.into_iter().enumerate() {
                        imports.import("e", &format!("g{idx}"), moved.global_type(global?.ty)?);
                    }
                }
                _ => {}
            }
        }
        let (mut functions, mut code, mut elements) =
            (FunctionSection::new(), CodeSection::new(), ElementSection::new());
        for function in later {
            functions.function(self.kind(*function));
            if let Some(body) = self.body(*function) {
                moved.parse_function_body(&mut code, body.clone())?;
            }
        }
        let slots = doors.iter().map(|door| moved.function_index(*door)).collect::<Result<Vec<u32>, _>>()?;
        elements.active(None, &ConstExpr::i32_const(self.n_slots as i32), Elements::Functions(slots.into()));
        module.section(&imports).section(&functions).section(&elements).section(&code);
        Ok(module.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{MemorySection, MemoryType, NameMap, NameSection, RefType, TableType, TypeSection};

    /// Five functions: the outside calls 0, which calls the door 1 and what both need, 3; the door calls 2 and 3; 4 is nobody's.
    fn program() -> Vec<u8> {
        let (mut types, mut functions, mut code) = (TypeSection::new(), FunctionSection::new(), CodeSection::new());
        types.ty().function([], []);
        for calls in [&[1, 3][..], &[2, 3], &[], &[], &[]] {
            functions.function(0);
            let mut body = Function::new([]);
            calls.iter().for_each(|call| _ = body.instruction(&Instruction::Call(*call)));
            body.instruction(&Instruction::End);
            code.function(&body);
        }
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 3,
            maximum: Some(3),
            shared: false,
        });
        let mut memories = MemorySection::new();
        memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
        let mut exports = ExportSection::new();
        exports.export("start", ExportKind::Func, 0);
        let (mut names, mut map) = (NameSection::new(), NameMap::new());
        map.append(1, "encart::late::doors::hear::h0123456789abcdef");
        names.functions(&map);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&tables).section(&memories).section(&exports);
        module.section(&code).section(&names);
        module.finish()
    }

    fn program_of(module: &[u8]) -> Program<'_> {
        Program::read(module).expect("a module")
    }

    #[test]
    fn what_only_a_door_reaches_comes_later() {
        let Split { first, later } = split(&program(), &["hear"]).expect("two modules");
        let (first, later) = (program_of(&first), program_of(&later));
        // 0, the door as a call through its slot, 3; and later the door itself and 2
        assert_eq!((first.bodies.len(), later.bodies.len()), (3, 2));
        assert_eq!((first.n_slots, later.n_imported), (4, 1));
        // the shared one is called from where it is
        assert_eq!(later.calls[0], BTreeSet::from([0, 2]));
        assert_eq!(later.roots, BTreeSet::from([1]), "the slot holds the door");
    }

    #[test]
    fn the_doors_are_those_of_their_source() {
        let source = "use a; pub(crate) fn is_here() {} pub(crate) mod doors { pub(crate) fn hear(page: u8) {} }";
        assert_eq!(doors(source), ["hear"]);
        assert!(doors(include_str!("../../src/late.rs")).contains(&"turn"));
    }

    #[test]
    fn a_module_without_doors_is_refused() {
        let nameless = order_of(&program());
        assert!(split(&nameless, &["hear"]).is_err());
        // a door that was cut away is missed
        assert!(split(&program(), &["hear", "turn"]).is_err());
    }

    fn order_of(module: &[u8]) -> Vec<u8> {
        crate::order::order(module).expect("a module")
    }
}
