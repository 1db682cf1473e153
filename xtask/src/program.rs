//! What is known of a module that is to be cut: its functions, what each calls, and what its function table holds?

use std::collections::{BTreeMap, BTreeSet};

use wasmparser::{ElementKind, ExternalKind, FunctionBody, KnownCustom, Name, Operator, Parser, Payload, TypeRef};

use crate::moved::Made;

/// What is known of a module.
pub(crate) struct Program<'a> {
    pub(crate) bytes: &'a [u8],
    /// The type of every function, the imported first.
    pub(crate) types: Vec<u32>,
    pub(crate) n_imported: usize,
    pub(crate) bodies: Vec<FunctionBody<'a>>,
    pub(crate) names: BTreeMap<u32, String>,
    /// What is called from outside, or through slots of the table that no later file fills.
    pub(crate) roots: BTreeSet<u32>,
    /// Which function each slot of the table holds.
    pub(crate) slots: BTreeMap<u32, u32>,
    pub(crate) calls: Vec<BTreeSet<u32>>,
    pub(crate) n_params: Vec<usize>,
    /// The size of the function table.
    pub(crate) n_slots: u64,
    /// Whether a list of functions waits for a code that puts it in the table: no file could be given it.
    pub(crate) has_waiting: bool,
    pub(crate) n_tables: usize,
    pub(crate) n_globals: usize,
}

impl<'a> Program<'a> {
    /// Reads a module.
    pub(crate) fn read(bytes: &'a [u8]) -> Made<Program<'a>> {
        let mut program = Program {
            bytes,
            types: Vec::new(),
            n_imported: 0,
            bodies: Vec::new(),
            names: BTreeMap::new(),
            roots: BTreeSet::new(),
            slots: BTreeMap::new(),
            calls: Vec::new(),
            n_params: Vec::new(),
            n_slots: 0,
            has_waiting: false,
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
                        let element = element?;
                        let wasmparser::ElementItems::Functions(functions) = element.items else { continue };
                        program.has_waiting |= !matches!(element.kind, ElementKind::Active { .. });
                        let start = match element.kind {
                            ElementKind::Active { offset_expr, .. } => {
                                match offset_expr.get_operators_reader().read()? {
                                    Operator::I32Const { value } => Some(value as u32),
                                    _ => None,
                                }
                            }
                            _ => None,
                        };
                        for (at, function) in functions.into_iter().enumerate() {
                            match start {
                                Some(start) => _ = program.slots.insert(start + at as u32, function?),
                                None => _ = program.roots.insert(function?),
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
    pub(crate) fn reached(&self, from: impl Iterator<Item = u32>, closed: &BTreeSet<u32>) -> BTreeSet<u32> {
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

    /// The body of a function that is not imported.
    pub(crate) fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        (function as usize).checked_sub(self.n_imported).and_then(|idx| self.bodies.get(idx))
    }

    /// The type of a function.
    pub(crate) fn kind(&self, function: u32) -> u32 {
        self.types.get(function as usize).copied().unwrap_or_default()
    }
}
