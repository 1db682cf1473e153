//! What of the style sheets does a browser need? Not what only its reader does: comments, indents, line ends.

use std::error::Error;
use std::{env, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    ["style.css", "apart.css", "story.css"].iter().try_for_each(|name| minify(name))
}

fn minify(name: &str) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/{name}");
    let style = fs::read_to_string(["src/", name].concat())?;
    let bare: String = style.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest)).collect();
    let mut lines: String = bare.lines().map(str::trim).collect();
    for mark in ["{", "}", ";", ",", ">"] {
        for spaced in [format!(" {mark}"), format!("{mark} ")] {
            lines = lines.replace(&spaced, mark);
        }
    }
    let lines = lines.replace(": ", ":").replace(";}", "}");
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join(name), lines)?)
}
