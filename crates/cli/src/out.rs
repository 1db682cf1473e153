//! Where do the program's words and files go?

use std::io::Write;

use crate::{Call, Failure};

/// To the standard output. A reader that closed its end (`| head`) is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::call(format!("écriture impossible : {error}")))
        }
        _ => Ok(()),
    }
}

/// To the standard error; when even that is closed there is nobody to tell.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", without_controls(text));
}

/// Without the letters that a terminal obeys: what a file says is only read.
pub(crate) fn without_controls(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect()
}

/// To the file of `-o`, else to the standard output.
pub(crate) fn write(call: &Call, text: &str) -> Result<(), Failure> {
    match &call.out {
        Some(path) => std::fs::write(path, text)
            .map_err(|error| Failure::call(format!("« {path} » : écriture impossible ({error})"))),
        None => print(text),
    }
}
