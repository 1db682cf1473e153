//! What of the bound module is longer than it need be: exports that nobody calls, imports and closures told apart by hashes?

use std::collections::HashMap;

use walrus::Module;

use crate::Outcome;
use crate::sweep::UNCALLED;

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

/// The module without the exports that nobody calls, its imports and closures named by number: wasm-bindgen tells them apart by a
/// hash in their names, which no compression shortens.
pub(crate) fn slim(module: &[u8]) -> Outcome<Slim> {
    let mut module = Module::from_buffer(module).map_err(|error| format!("le module lié : {error:#}"))?;
    let is_uncalled = |name: &str| UNCALLED.iter().any(|start| name.starts_with(start));
    let uncalled: Vec<_> =
        module.exports.iter().filter(|export| is_uncalled(&export.name)).map(walrus::Export::id).collect();
    uncalled.into_iter().for_each(|id| module.exports.delete(id));
    walrus::passes::gc::run(&mut module);
    let mut renamed = HashMap::new();
    // those of the glue: the plain engine has one import from elsewhere
    for (idx, import) in module.imports.iter_mut().filter(|import| import.module.ends_with("_bg.js")).enumerate() {
        let short = format!("i{idx}");
        renamed.insert(std::mem::replace(&mut import.name, short.clone()), short);
    }
    // closures come back by a name with a hash, too
    for (idx, export) in module.exports.iter_mut().filter(|export| export.name.contains("__closures__")).enumerate() {
        let short = format!("e{idx}");
        renamed.insert(std::mem::replace(&mut export.name, short.clone()), short);
    }
    Ok(Slim { module: module.emit_wasm(), renamed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_renamed() {
        let renamed = HashMap::from([("__wbg_get_1".to_string(), "i0".to_string())]);
        let slim = Slim { module: Vec::new(), renamed };
        let glue = "__wbg_get_1: f, __wbg_get_12: g, $__wbg_get_1;";
        assert_eq!(slim.rename(glue), "i0: f, __wbg_get_12: g, $i0;");
    }
}
