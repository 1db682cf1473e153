//! What does a fresh machine lack, and how does it get it?

use std::path::Path;
use std::process::{Command, Stdio};

use crate::{Outcome, root, run, step};

fn exists(program: &str) -> bool {
    let status = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// The wasm target of the toolchain.
pub(crate) fn wasm_target() -> Outcome {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .map_err(|error| format!("rustc ne se lance pas ({error})"))?;
    let sysroot = String::from_utf8_lossy(&sysroot.stdout).trim().to_string();
    if Path::new(&sysroot).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    step("installation de la cible wasm", || {
        run(Command::new("rustup").args(["target", "add", TARGET])).map_err(|_| {
            format!("la cible {TARGET} manque : installez-la avec « rustup target add {TARGET} » (https://rustup.rs).")
        })
    })
}

/// The npm packages of xtask/package.json, at their exact versions.
pub(crate) fn npm_packages() -> Outcome {
    npm_install("xtask", "outils npm")
}

/// The peers of bench/package.json.
pub(crate) fn peers() -> Outcome {
    npm_install("bench", "lecteurs et bibliothèques du marché")
}

fn npm_install(folder: &str, what: &str) -> Outcome {
    let path = root().join(folder);
    let wanted = std::fs::read_to_string(path.join("package.json"))
        .map_err(|error| format!("{folder}/package.json : {error}"))?;
    let stamp = path.join("node_modules/.encart");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    if !exists("node") || !exists("npm") {
        return Err("Node.js 20 et npm manquent : installez-les depuis https://nodejs.org, puis relancez.".into());
    }
    step(&format!("installation : {what}"), || {
        run(Command::new("npm").args([
            "install",
            "--prefix",
            folder,
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]))?;
        std::fs::write(&stamp, &wanted).map_err(|error| format!("{} : {error}", stamp.display()))
    })
}

/// Debian's Chromium, for the browser tests.
pub(crate) fn chromium() -> Outcome {
    if exists("chromium") {
        return Ok(());
    }
    const HOW: &str = "chromium manque : installez-le (« sudo apt-get install chromium »), puis relancez.";
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0\n"));
    if !is_root || !exists("apt-get") {
        return Err(HOW.into());
    }
    step("installation de chromium", || {
        let apt = |words: &[&str]| {
            run(Command::new("apt-get").args(words).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()))
        };
        apt(&["update", "-qq"])
            .and_then(|()| apt(&["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"]))
            .map_err(|_| HOW.to_string())
    })
}
