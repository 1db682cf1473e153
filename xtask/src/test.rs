//! What must hold before a change is done? Everything, from spelling to the browser.

use std::process::Command;

use crate::{Outcome, build, cargo, install, root, run, serve, size, step};

/// Installs what is missing and runs every check, the quick ones first.
pub(crate) fn test() -> Outcome {
    install::wasm_target()?;
    install::npm_packages()?;
    install::chromium()?;
    step("mise en forme", || run(&mut cargo(&["fmt", "--all", "--check"])))?;
    step("relecture (clippy)", || {
        run(&mut cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-Dwarnings"]))
    })?;
    step("relecture du navigateur (clippy, wasm32)", || {
        run(&mut cargo(&[
            "clippy",
            "--quiet",
            "--package",
            "encart",
            "--lib",
            "--target",
            "wasm32-unknown-unknown",
            "--",
            "-Dwarnings",
        ]))
    })?;
    step("tests natifs", || run(&mut cargo(&["test", "--quiet", "--workspace"])))?;
    step("documentation", || {
        let mut doc =
            cargo(&["doc", "--quiet", "--no-deps", "--workspace", "--exclude", "xtask", "--document-private-items"]);
        run(doc.env("RUSTDOCFLAGS", "-Dwarnings"))
    })?;
    build::build()?;
    step("poids", size::check)?;
    step("tests du navigateur", browser)
}

fn browser() -> Outcome {
    run(&mut cargo(&["build", "--quiet", "--package", "encart-cli"]))?;
    let server = serve::start(0)?;
    let address = format!("http://127.0.0.1:{}", server.port);
    let folder = root().join("tests/browser");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).map_err(|error| error.to_string())?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".spec.mjs"));
    files.sort();
    run(Command::new("node")
        // what waits for what never comes fails, and says where
        .args(["--test", "--test-concurrency=2", "--test-timeout=600000"])
        .args(files)
        .env("ENCART_URL", address)
        .env("ENCART_CLI", root().join("target/debug/encart")))
}
