//! What must hold before a change is done? Everything, from spelling to the browser.

use std::process::Command;

use crate::{Outcome, build, cargo, fuzz, install, root, run, serve, size, step};

/// Installs what is missing and runs every check, the quick ones first.
pub(crate) fn test() -> Outcome {
    install::wasm_target()?;
    install::npm_packages()?;
    install::chromium()?;
    install::voice()?;
    step("mise en forme", || {
        run(&mut cargo(&["fmt", "--all", "--check"]))?;
        run(&mut cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))
    })?;
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
    fuzz::compile()?;
    let fuzzing = std::thread::spawn(|| fuzz::run_all(20, Some(22)));
    let built = build::build();
    fuzzing.join().unwrap_or_else(|_| Err("fuzz : arrêt".into()))?;
    built?;
    step("poids", size::check)?;
    step("tests du navigateur", browser)
}

/// What may be compiled here (`deny.toml`): the licences, the sources and the bans of both workspaces. What is known of
/// vulnerabilities is in a list that needs the network: `cargo deny check advisories`.
fn dependencies() -> Outcome {
    install::cargo_deny()?;
    step("dépendances", || {
        ["Cargo.toml", "fuzz/Cargo.toml"].into_iter().try_for_each(|manifest| {
            let words = ["--offline", "--locked", "--manifest-path", manifest, "--config", "deny.toml", "check"];
            run(Command::new("cargo").arg("deny").args(words).args(["licenses", "bans", "sources"]))
        })
    })
}

/// Everything: the quick run, the dependencies, servers of data, a screen reader, the other engines, ten minutes of fuzzing a target.
pub(crate) fn all() -> Outcome {
    test()?;
    dependencies()?;
    servers()?;
    heard()?;
    engines()?;
    fuzz::fuzz(600, &[])
}

fn browser() -> Outcome {
    run(&mut cargo(&["build", "--quiet", "--package", "encart-cli"]))?;
    specs("tests/browser", 2)
}

/// What a screen reader says of the pages, in a real window: Orca beside Debian's Chromium.
pub(crate) fn heard() -> Outcome {
    build::build()?;
    install::screen_reader()?;
    step("ce qu’entend un lecteur d’écran", || specs("tests/heard", 1))
}

/// The pages in Debian's Firefox and WebKit: on the screen, by keys, on paper.
pub(crate) fn engines() -> Outcome {
    build::build()?;
    install::other_engines()?;
    step("autres navigateurs", || specs("tests/engines", 1))
}

/// The connectors against servers that others wrote.
pub(crate) fn servers() -> Outcome {
    let programs = install::servers()?;
    run(&mut cargo(&["build", "--quiet", "--package", "encart-cli"]))?;
    step("serveurs de données", || {
        run(Command::new("node")
            .args(["--test", "tests/servers/servers.spec.mjs"])
            .env("ENCART_PYTHON", &programs)
            .env("ENCART_CLI", root().join("target/debug/encart")))
    })
}

/// Runs the tests of a folder, so many files at once, against the site.
fn specs(folder: &str, n_files: usize) -> Outcome {
    let server = serve::start(0)?;
    let address = format!("http://127.0.0.1:{}", server.port);
    let folder = root().join(folder);
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).map_err(|error| error.to_string())?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".spec.mjs"));
    files.sort();
    run(Command::new("node")
        // what waits for what never comes fails, and says where
        .args(["--test", &format!("--test-concurrency={n_files}"), "--test-timeout=600000"])
        .args(files)
        .env("ENCART_URL", address)
        .env("ENCART_CLI", root().join("target/debug/encart")))
}
