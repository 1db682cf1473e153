//! What of the engine does a first picture not need? It goes into files of their own, which come after the picture, or only
//! where a page asks for what they hold.
//!
//! `src/late.rs`, `src/apart.rs`, `src/meeting.rs` and `src/story.rs` name the doors: functions that nothing calls before
//! their file is here. What only they reach, by a call or through the function table, leaves the first module; in its place
//! stay calls through empty slots of that table, which their module fills when it is started. What two sets of doors reach
//! is in the file of the first of them: a file comes after those before it. All share memory, tables and globals: it is one program still.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, ImportSection, Instruction, Module, TableSection,
};
use wasmparser::{Parser, Payload};

use crate::Outcome;
use crate::moved::{Made, Moved};
use crate::program::Program;
use crate::sweep::{Own, Piece};

/// The doors of a file.
#[derive(Clone)]
pub(crate) struct Doors<'a> {
    /// Where they are: `encart::late::doors::`.
    pub(crate) path: &'a str,
    /// Their names, as their source has them.
    pub(crate) names: Vec<&'a str>,
}

impl<'a> Doors<'a> {
    /// The doors of a source.
    pub(crate) fn of(path: &'a str, source: &'a str) -> Doors<'a> {
        let inside = source.split_once("mod doors {").map_or("", |(_, inside)| inside);
        let names = inside.split("pub(crate) fn ").skip(1).filter_map(|function| function.split('(').next()).collect();
        Doors { path, names }
    }

    /// Whether a function of this name is one of them.
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.names.iter().any(|door| self.is(name, door))
    }

    fn is(&self, name: &str, door: &str) -> bool {
        name.split(self.path).nth(1).is_some_and(|rest| rest.split("::").next() == Some(door))
    }
}

/// A module in several.
pub(crate) struct Split {
    /// What a first picture needs.
    pub(crate) first: Vec<u8>,
    /// What comes after it, a file for each set of doors; it imports from the first under `e`, from those between under `l`.
    pub(crate) later: Vec<Vec<u8>>,
}

/// Splits a module that still knows the names of its functions, behind the doors of each set; `owns` is what
/// only each set leads to (`sweep.rs`): the module lacks its bytes already.
pub(crate) fn split(module: &[u8], sets: &[Doors<'_>], owns: &[Own]) -> Outcome<Split> {
    let made = |error| format!("la coupe du module : {error}");
    let mut program = Program::read(module).map_err(made)?;
    if program.has_waiting {
        return Err("la coupe du module : une liste de fonctions attend d’être mise dans la table".into());
    }
    let mut parts: Vec<Part> = Vec::new();
    for set in sets {
        if let Some(lost) = set.names.iter().find(|door| !program.names.values().any(|name| set.is(name, door))) {
            return Err(format!(
                "la coupe du module : la porte {lost} a disparu ; rien d’autre ne doit appeler ce qu’elle ouvre"
            ));
        }
        let doors = program.names.iter().filter(|(_, name)| set.holds(name)).map(|(idx, _)| *idx).collect();
        let Own { pieces, slots } = owns.get(parts.len()).cloned().unwrap_or_default();
        // what wasm-opt has merged with another has one name left: another's, and it is needed before
        let slots = slots.iter().filter_map(|(slot, names)| {
            let function = *program.slots.get(slot)?;
            let name = program.names.get(&function)?;
            let is_alone = program.slots.values().filter(|other| **other == function).count() == 1;
            (is_alone && names.iter().any(|own| name.starts_with(own.as_str()))).then_some((*slot, function))
        });
        let slots = slots.collect();
        parts.push(Part { doors, own: Vec::new(), pieces, slots });
    }
    let is_kept = |slot: &u32| !parts.iter().any(|part| part.slots.contains_key(slot));
    let kept: Vec<u32> =
        program.slots.iter().filter(|(slot, _)| is_kept(slot)).map(|(_, function)| *function).collect();
    program.roots.extend(kept);
    let doors: BTreeSet<u32> = parts.iter().flat_map(|part| &part.doors).copied().collect();
    if let Some(door) = doors.iter().find(|door| program.roots.contains(door)) {
        return Err(format!("la coupe du module : {:?} est atteinte par la table", program.names.get(door)));
    }
    let mut taken = program.reached(program.roots.iter().copied(), &doors);
    let first = taken.clone();
    for part in &mut parts {
        let closed = doors.difference(&part.doors).copied().collect();
        let called = part.doors.iter().chain(part.slots.values()).copied();
        let reached = program.reached(called, &closed);
        part.own = reached.difference(&taken).copied().filter(|idx| *idx as usize >= program.n_imported).collect();
        taken.extend(&part.own);
    }
    // a slot is filled by the file that holds its function
    let slots: Vec<(u32, u32)> = parts.iter_mut().flat_map(|part| std::mem::take(&mut part.slots)).collect();
    for (slot, function) in slots {
        if let Some(part) = parts.iter_mut().find(|part| part.own.contains(&function)) {
            part.slots.insert(slot, function);
        }
    }
    let cut =
        Cut { program: &program, first, doors: parts.iter().flat_map(|part| part.doors.clone()).collect(), parts };
    let later: Vec<Vec<u8>> = cut.parts.iter().map(|part| cut.later(part)).collect::<Made<_>>().map_err(made)?;
    Ok(Split { first: cut.first().map_err(made)?, later })
}

/// What goes into a file that comes later.
struct Part {
    doors: BTreeSet<u32>,
    /// Its functions.
    own: Vec<u32>,
    /// Its bytes.
    pieces: Vec<Piece>,
    /// The slots of the function table that it fills beside those of its doors.
    slots: BTreeMap<u32, u32>,
}

/// Where a program is cut.
struct Cut<'a> {
    program: &'a Program<'a>,
    first: BTreeSet<u32>,
    /// Every door, in the order of their slots.
    doors: Vec<u32>,
    parts: Vec<Part>,
}

impl Cut<'_> {
    /// What the functions of a file call of those that are here already.
    fn wanted(&self, part: &Part) -> BTreeSet<u32> {
        let own: BTreeSet<u32> = part.own.iter().copied().collect();
        let calls = |idx: &u32| self.program.calls.get((*idx as usize).checked_sub(self.program.n_imported)?);
        part.own.iter().filter_map(calls).flatten().copied().filter(|idx| !own.contains(idx)).collect()
    }

    /// What files that come later call of each other and of the first, by name.
    fn shared(&self) -> BTreeMap<u32, String> {
        let wanted: BTreeSet<u32> = self.parts.iter().flat_map(|part| self.wanted(part)).collect();
        wanted.into_iter().enumerate().map(|(name, function)| (function, format!("f{name}"))).collect()
    }

    /// Whether a function is in a file between the first and another.
    fn is_between(&self, function: u32) -> bool {
        !self.doors.contains(&function) && self.parts.iter().any(|part| part.own.contains(&function))
    }

    fn n_doors(&self) -> u64 {
        self.doors.len() as u64
    }

    /// The first module: a door is a call through its slot.
    fn first(&self) -> Made<Vec<u8>> {
        let program = self.program;
        let kept: Vec<u32> = (0..program.types.len() as u32)
            .filter(|idx| (*idx as usize) < program.n_imported || self.first.contains(idx) || self.doors.contains(idx))
            .collect();
        let mut moved = Moved::new(&kept);
        let mut module = Module::new();
        for payload in Parser::new(0).parse_all(program.bytes) {
            match payload? {
                Payload::FunctionSection(_) => {
                    let mut section = FunctionSection::new();
                    kept.iter().skip(program.n_imported).for_each(|idx| _ = section.function(program.kind(*idx)));
                    module.section(&section);
                }
                Payload::TableSection(tables) => {
                    let mut section = TableSection::new();
                    for (idx, table) in tables.into_iter().enumerate() {
                        let mut kind = moved.table_type(table?.ty)?;
                        if idx == 0 {
                            kind.minimum += self.n_doors();
                            kind.maximum = kind.maximum.map(|most| most + self.n_doors());
                        }
                        section.table(kind);
                    }
                    module.section(&section);
                }
                Payload::ExportSection(exports) => {
                    let mut section = ExportSection::new();
                    moved.parse_export_section(&mut section, exports)?;
                    section.export("m", ExportKind::Memory, 0);
                    (0..program.n_tables as u32)
                        .for_each(|idx| _ = section.export(&format!("t{idx}"), ExportKind::Table, idx));
                    (0..program.n_globals as u32)
                        .for_each(|idx| _ = section.export(&format!("g{idx}"), ExportKind::Global, idx));
                    for (function, name) in self.shared() {
                        if !self.is_between(function) {
                            section.export(&name, ExportKind::Func, moved.function_index(function)?);
                        }
                    }
                    module.section(&section);
                }
                Payload::ElementSection(_) => {
                    let is_kept =
                        |(slot, _): &(&u32, &u32)| !self.parts.iter().any(|part| part.slots.contains_key(slot));
                    let mut section = ElementSection::new();
                    fill(&mut section, program.slots.iter().filter(is_kept), &mut moved)?;
                    module.section(&section);
                }
                Payload::CodeSectionStart { .. } => {
                    let mut section = CodeSection::new();
                    for function in kept.iter().skip(program.n_imported) {
                        match self.doors.iter().position(|door| door == function) {
                            Some(slot) => _ = section.function(&self.door(*function, slot)),
                            None => {
                                if let Some(body) = program.body(*function) {
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
        let kind = self.program.kind(function);
        let n_params = self.program.n_params.get(kind as usize).copied().unwrap_or_default();
        (0..n_params as u32).for_each(|param| _ = door.instruction(&Instruction::LocalGet(param)));
        door.instruction(&Instruction::I32Const((self.program.n_slots as usize + slot) as i32));
        door.instruction(&Instruction::CallIndirect { type_index: kind, table_index: 0 });
        door.instruction(&Instruction::End);
        door
    }

    /// A module that comes later, which fills the slots of its doors.
    fn later(&self, part: &Part) -> Made<Vec<u8>> {
        let program = self.program;
        let (wanted, shared) = (self.wanted(part), self.shared());
        let kept: Vec<u32> = wanted.iter().chain(&part.own).copied().collect();
        let mut moved = Moved::new(&kept);
        let mut module = Module::new();
        let mut imports = ImportSection::new();
        for (function, name) in shared.iter().filter(|(function, _)| wanted.contains(function)) {
            let from = if self.is_between(*function) { "l" } else { "e" };
            imports.import(from, name, EntityType::Function(program.kind(*function)));
        }
        for payload in Parser::new(0).parse_all(program.bytes) {
            match payload? {
                Payload::TypeSection(section) => moved.copy(&mut module, &Payload::TypeSection(section))?,
                Payload::TableSection(tables) => {
                    for (idx, table) in tables.into_iter().enumerate() {
                        let mut kind = moved.table_type(table?.ty)?;
                        let n_doors = if idx == 0 { self.n_doors() } else { 0 };
                        kind.minimum += n_doors;
                        kind.maximum = kind.maximum.map(|most| most + n_doors);
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
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        let (mut exports, mut elements) = (ExportSection::new(), ElementSection::new());
        for function in &part.own {
            functions.function(program.kind(*function));
            if let Some(body) = program.body(*function) {
                moved.parse_function_body(&mut code, body.clone())?;
            }
            if let Some(name) = shared.get(function).filter(|_| self.is_between(*function)) {
                exports.export(name, ExportKind::Func, moved.function_index(*function)?);
            }
        }
        let base = self.doors.iter().position(|door| part.doors.contains(door)).unwrap_or_default();
        let slots = part.doors.iter().map(|door| moved.function_index(*door)).collect::<Result<Vec<u32>, _>>()?;
        let base = ConstExpr::i32_const((program.n_slots as usize + base) as i32);
        elements.active(None, &base, Elements::Functions(slots.into()));
        fill(&mut elements, part.slots.iter(), &mut moved)?;
        module.section(&imports).section(&functions);
        // a file that no other calls has nothing to show
        if !exports.is_empty() {
            module.section(&exports);
        }
        let mut data = DataSection::new();
        for piece in &part.pieces {
            data.active(0, &ConstExpr::i32_const(piece.address as i32), piece.bytes.iter().copied());
        }
        module.section(&elements).section(&code);
        if !data.is_empty() {
            module.section(&data);
        }
        Ok(module.finish())
    }
}

/// Fills slots of the function table, those that follow each other together.
fn fill<'a>(
    section: &mut ElementSection,
    slots: impl Iterator<Item = (&'a u32, &'a u32)>,
    moved: &mut Moved,
) -> Made<()> {
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (slot, function) in slots {
        let function = moved.function_index(*function)?;
        match runs.last_mut() {
            Some((start, run)) if *start + run.len() as u32 == *slot => run.push(function),
            _ => runs.push((*slot, vec![function])),
        }
    }
    for (start, run) in runs {
        section.active(None, &ConstExpr::i32_const(start as i32), Elements::Functions(run.into()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{MemorySection, MemoryType, NameMap, NameSection, RefType, TableType, TypeSection};

    /// Seven functions: the outside calls 0, which calls the doors 1 and 5 and what all need, 3; the door 1 calls 2 and 3; 4 is
    /// nobody's; the door 5, of another file, calls 2, 3 and 6.
    fn program() -> Vec<u8> {
        with_elements(&ElementSection::new(), &[])
    }

    /// The same, with functions in its table from the slot 1 on, and more names.
    fn program_with(slots: &[u32], also: &[(u32, &str)]) -> Vec<u8> {
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(slots.into()));
        with_elements(&elements, also)
    }

    fn with_elements(elements: &ElementSection, also: &[(u32, &str)]) -> Vec<u8> {
        let (mut types, mut functions, mut code) = (TypeSection::new(), FunctionSection::new(), CodeSection::new());
        types.ty().function([], []);
        for calls in [&[1, 3, 5][..], &[2, 3], &[], &[], &[], &[2, 3, 6], &[]] {
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
        let doors =
            [(1, "encart::late::doors::hear::h0123456789abcdef"), (5, "encart::apart::doors::tell::h0123456789abcdef")];
        let all: BTreeMap<u32, &str> = doors.iter().chain(also).copied().collect();
        all.into_iter().for_each(|(function, name)| map.append(function, name));
        names.functions(&map);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&tables).section(&memories).section(&exports);
        if !elements.is_empty() {
            module.section(elements);
        }
        module.section(&code).section(&names);
        module.finish()
    }

    fn program_of(module: &[u8]) -> Program<'_> {
        Program::read(module).expect("a module")
    }

    fn late() -> Doors<'static> {
        Doors { path: "encart::late::doors::", names: vec!["hear"] }
    }

    #[test]
    fn what_only_a_door_reaches_comes_later() {
        let word = Piece { address: 1024, bytes: b"mot".to_vec() };
        let apart = Doors { path: "encart::apart::doors::", names: vec!["tell"] };
        let Split { first, later } =
            split(&program(), &[late(), apart], &[Own::default(), Own { pieces: vec![word], ..Own::default() }])
                .expect("three modules");
        assert!(later[1].windows(3).any(|bytes| bytes == b"mot"), "its words travel with it");
        let (first, later): (_, Vec<_>) = (program_of(&first), later.iter().map(|part| program_of(part)).collect());
        let n_bodies: Vec<usize> = later.iter().map(|part| part.bodies.len()).collect();
        // 0, the doors as calls through their slots, 3; the door 1 and 2, which both sets need; the door 5 and 6
        assert_eq!((first.bodies.len(), n_bodies), (4, vec![2, 2]));
        assert_eq!((first.n_slots, later[0].n_imported, later[1].n_imported), (5, 1, 2));
        // the shared one is called from where it is
        assert_eq!(later[0].calls[0], BTreeSet::from([0, 2]));
        assert_eq!(later[1].calls[0], BTreeSet::from([0, 1, 3]));
        // (the slot, its door); 2 is given to the next file
        assert_eq!((&later[0].slots, &later[0].roots), (&BTreeMap::from([(3, 1)]), &BTreeSet::from([2])));
        assert_eq!((&later[1].slots, &later[1].roots), (&BTreeMap::from([(4, 2)]), &BTreeSet::new()));
    }

    #[test]
    fn a_slot_is_filled_by_the_file_that_holds_its_function() {
        // the table holds 4 at 1, which nobody calls but through it, and 6 at 2, which the door 5 calls too
        let slots =
            |names: [&str; 2]| BTreeMap::from([(1, vec![names[0].to_string()]), (2, vec![names[1].to_string()])]);
        let apart = Doors { path: "encart::apart::doors::", names: vec!["tell"] };
        let own = Own { slots: slots(["of_story", "of_story"]), ..Own::default() };
        let module = program_with(&[4, 6], &[(4, "of_story"), (6, "of_story")]);
        let Split { first, later } =
            split(&module, &[late(), apart.clone()], &[own, Own::default()]).expect("three modules");
        let (first, later): (_, Vec<_>) = (program_of(&first), later.iter().map(|part| program_of(part)).collect());
        assert_eq!(first.slots, BTreeMap::new(), "they are empty until its file is here");
        assert_eq!(later[0].slots.keys().copied().collect::<Vec<_>>(), [1, 2, 3], "its two and its door's");
        assert_eq!(later[1].slots.keys().copied().collect::<Vec<_>>(), [4]);
        // what is not its own by name stays in the first
        let own = Own { slots: slots(["of_another", "of_another"]), ..Own::default() };
        let Split { first, .. } = split(&module, &[late(), apart], &[own, Own::default()]).expect("three modules");
        assert_eq!(program_of(&first).slots.keys().copied().collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_list_that_waits_for_a_code_is_refused() {
        let mut module = program_with(&[4], &[]);
        assert!(split(&module, &[late()], &[]).is_ok());
        let mut waiting = ElementSection::new();
        waiting.passive(Elements::Functions(vec![4].into()));
        module = with_elements(&waiting, &[]);
        assert!(split(&module, &[late()], &[]).is_err());
    }

    #[test]
    fn the_doors_are_those_of_their_source() {
        let source = "use a; pub(crate) fn is_here() {} pub(crate) mod doors { pub(crate) fn hear(page: u8) {} }";
        assert_eq!(Doors::of("", source).names, ["hear"]);
        assert!(Doors::of("", include_str!("../../src/late.rs")).names.contains(&"turn"));
    }

    #[test]
    fn a_module_without_doors_is_refused() {
        let nameless = order_of(&program());
        assert!(split(&nameless, &[late()], &[]).is_err());
        // a door that was cut away is missed
        let lost = Doors { names: vec!["hear", "turn"], ..late() };
        assert!(split(&program(), &[lost], &[]).is_err());
    }

    fn order_of(module: &[u8]) -> Vec<u8> {
        crate::order::order(module).expect("a module")
    }
}
