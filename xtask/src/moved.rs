//! How is a module written again with its functions in other places?

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{DataCountSection, Module, Section, StartSection};
use wasmparser::Payload;

/// Nothing but the module's own form can be wrong.
pub(crate) type Made<T> = Result<T, Error<Infallible>>;

/// Where each function has gone.
pub(crate) struct Moved {
    places: Vec<u32>,
}

impl Moved {
    /// The functions of the new module, by their numbers in the old one.
    pub(crate) fn new(kept: &[u32]) -> Moved {
        let most = kept.iter().max().map_or(0, |most| *most as usize + 1);
        let mut places = vec![u32::MAX; most];
        for (new, old) in kept.iter().enumerate() {
            if let Some(place) = places.get_mut(*old as usize) {
                *place = new as u32;
            }
        }
        Moved { places }
    }

    /// Writes a section as it is, but for the places of functions. Those of functions, of code and of a custom kind are not
    /// written here.
    pub(crate) fn copy(&mut self, module: &mut Module, payload: &Payload<'_>) -> Made<()> {
        match payload {
            Payload::TypeSection(section) => written(module, section, |into, from| self.parse_type_section(into, from)),
            Payload::ImportSection(section) => {
                written(module, section, |into, from| self.parse_import_section(into, from))
            }
            Payload::TableSection(section) => {
                written(module, section, |into, from| self.parse_table_section(into, from))
            }
            Payload::MemorySection(section) => {
                written(module, section, |into, from| self.parse_memory_section(into, from))
            }
            Payload::GlobalSection(section) => {
                written(module, section, |into, from| self.parse_global_section(into, from))
            }
            Payload::ExportSection(section) => {
                written(module, section, |into, from| self.parse_export_section(into, from))
            }
            Payload::ElementSection(section) => {
                written(module, section, |into, from| self.parse_element_section(into, from))
            }
            Payload::DataSection(section) => written(module, section, |into, from| self.parse_data_section(into, from)),
            Payload::StartSection { func, .. } => {
                module.section(&StartSection { function_index: self.function_index(*func)? });
                Ok(())
            }
            Payload::DataCountSection { count, .. } => {
                module.section(&DataCountSection { count: *count });
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn written<From: Clone, Into: Default + Section>(
    module: &mut Module,
    section: &From,
    write: impl FnOnce(&mut Into, From) -> Made<()>,
) -> Made<()> {
    let mut into = Into::default();
    write(&mut into, section.clone())?;
    module.section(&into);
    Ok(())
}

impl Reencode for Moved {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Made<u32> {
        Ok(self.places.get(function as usize).copied().unwrap_or(u32::MAX))
    }
}
