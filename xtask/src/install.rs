//! What does a fresh machine lack, and how does it get it?

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Outcome, root, run, step};

fn exists(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| folder.join(program).is_file())
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

/// The npm packages of xtask/package-lock.json: these versions, these sums.
pub(crate) fn npm_packages() -> Outcome {
    npm_install("xtask", "outils npm")
}

/// The peers of bench/package.json.
pub(crate) fn peers() -> Outcome {
    npm_install("bench", "lecteurs et bibliothèques du marché")
}

fn npm_install(folder: &str, what: &str) -> Outcome {
    let path = root().join(folder);
    let wanted = std::fs::read_to_string(path.join("package-lock.json"))
        .map_err(|error| format!("{folder}/package-lock.json : {error}"))?;
    let stamp = path.join("node_modules/.encart");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    if !exists("node") || !exists("npm") {
        return Err("Node.js 20 et npm manquent : installez-les depuis https://nodejs.org, puis relancez.".into());
    }
    step(&format!("installation : {what}"), || {
        run(Command::new("npm").args([
            "ci",
            "--prefix",
            folder,
            // what is downloaded runs no program of its own
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]))?;
        std::fs::write(&stamp, &wanted).map_err(|error| format!("{} : {error}", stamp.display()))
    })
}

/// Debian's Chromium, for the browser tests.
pub(crate) fn chromium() -> Outcome {
    debian("chromium", &["chromium", "fonts-liberation"])
}

/// cargo-deny, compiled here the first time.
pub(crate) fn cargo_deny() -> Outcome {
    let is_there =
        Command::new("cargo").args(["deny", "--version"]).stderr(Stdio::null()).stdout(Stdio::null()).status();
    if is_there.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    step("installation : cargo-deny (vingt minutes)", || {
        run(Command::new("cargo").args(["install", "--locked", "--quiet", "cargo-deny", "--version", "0.20.2"]))
    })
}

/// A C++ compiler, for libFuzzer.
pub(crate) fn cpp_compiler() -> Outcome {
    debian("c++", &["g++"])
}

/// A voice, for what is written only to be heard.
pub(crate) fn voice() -> Outcome {
    debian("espeak-ng", &["espeak-ng"])
}

/// A screen reader beside a real window: Orca, its bus, a screen without a screen, keys.
pub(crate) fn screen_reader() -> Outcome {
    const PACKAGES: [&str; 13] = [
        "orca",
        "at-spi2-core",
        "dbus-x11",
        "dconf-gsettings-backend",
        "gsettings-desktop-schemas",
        "libatk-adaptor",
        "libglib2.0-bin",
        "locales",
        "openbox",
        "python3-gi",
        "python3-pyatspi",
        "xdotool",
        "xvfb",
    ];
    chromium()?;
    debian("orca", &PACKAGES)?;
    let locales = Command::new("locale").arg("-a").output().map_err(|error| format!("locale : {error}"))?;
    if String::from_utf8_lossy(&locales.stdout).contains("fr_FR.utf8") {
        return Ok(());
    }
    step("langue du lecteur d’écran", || {
        run(Command::new("localedef").args(["-i", "fr_FR", "-f", "UTF-8", "fr_FR.UTF-8"]))
    })
}

/// Firefox and WebKit, what drives them, and what reads their paper.
pub(crate) fn other_engines() -> Outcome {
    debian("firefox-esr", &["firefox-esr"])?;
    debian("WebKitWebDriver", &["webkit2gtk-driver", "xvfb"])?;
    debian("pdftotext", &["poppler-utils"])?;
    npm_install("tests/engines", "pilote de Firefox")
}

/// Servers of data that others wrote; the folder of their programs.
pub(crate) fn servers() -> Outcome<PathBuf> {
    debian("mapserv", &["cgi-mapserver", "python3-venv"])?;
    let folder = root().join("target/servers");
    let (programs, stamp) = (folder.join("bin"), folder.join(".encart"));
    let list = root().join("tests/servers/requirements.txt");
    let wanted = std::fs::read_to_string(&list).map_err(|error| format!("{} : {error}", list.display()))?;
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(programs);
    }
    step("installation : serveurs de données", || {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        run(Command::new(programs.join("pip")).args(["install", "--quiet", "--requirement"]).arg(&list))?;
        std::fs::write(&stamp, &wanted).map_err(|error| format!("{} : {error}", stamp.display()))
    })?;
    Ok(programs)
}

/// Packages of Debian, where a program of theirs is missing.
fn debian(program: &str, packages: &[&str]) -> Outcome {
    if exists(program) {
        return Ok(());
    }
    let list = packages.join(" ");
    let how = format!("{program} manque : installez-le (« sudo apt-get install {list} »), puis relancez.");
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0\n"));
    if !is_root || !exists("apt-get") {
        return Err(how);
    }
    step(&format!("installation de {program}"), || {
        let apt = |words: &[&str]| {
            run(Command::new("apt-get").args(words).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()))
        };
        let install = [&["install", "-y", "-qq", "--no-install-recommends"], packages].concat();
        apt(&["update", "-qq"]).and_then(|()| apt(&install)).map_err(|_| how)
    })
}
