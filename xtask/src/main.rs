//! Which task of the build runs? `cargo xtask demo | test | fuzz | build | size | bench`.
#![allow(clippy::print_stdout, reason = "a program that speaks on the terminal")]

mod build;
mod fuzz;
mod install;
mod moved;
mod order;
mod program;
mod sections;
mod serve;
mod size;
mod slim;
mod split;
mod sweep;
mod test;

use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// What stopped a task, in one sentence.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// How long each fuzz target runs when nobody says, in seconds.
const HALF_HOUR: u32 = 1_800;

const USAGE: &str = "cargo xtask demo [--port 8080]   construit et sert le site
cargo xtask test                 vérifie tout ce qui est rapide
cargo xtask test heard           fait lire les pages par un lecteur d’écran (Orca, Chromium)
cargo xtask test engines         ouvre et imprime les pages dans Firefox et WebKit
cargo xtask test servers         interroge MapServer, pygeoapi, datasette et Django
cargo xtask test all             vérifie tout
cargo xtask fuzz [SECONDES [CIBLE …]]  donne n’importe quoi à lire et à dessiner (une demi-heure par cible)
cargo xtask build                construit pkg/dist
cargo xtask bench data           mesure la lecture face aux lecteurs du marché (Chromium, npm)
cargo xtask bench charts         mesure le dessin face aux bibliothèques du marché
cargo xtask bench board          mesure un tableau de bord de douze encarts face à crossfilter2
cargo xtask size [--accept]      pèse pkg/dist (brotli) face à pkg/size.json";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["build"] => build::build(),
        ["size"] => build::build().and_then(|()| size::check()),
        ["size", "--accept"] => build::build().and_then(|()| size::accept()),
        ["test"] => test::test(),
        ["test", "heard"] => test::heard(),
        ["test", "engines"] => test::engines(),
        ["test", "servers"] => test::servers(),
        ["test", "all"] => test::all(),
        ["fuzz"] => fuzz::fuzz(HALF_HOUR, &[]),
        ["fuzz", seconds, names @ ..] => match seconds.parse() {
            Ok(seconds) => fuzz::fuzz(seconds, names),
            Err(_) => Err(format!("fuzz {seconds} : un nombre de secondes est attendu")),
        },
        ["bench", name @ ("board" | "data" | "charts")] => bench(name),
        ["demo"] => demo(8080),
        ["demo", "--port", port] => {
            port.parse().map_err(|_| format!("--port {port} : un nombre est attendu")).and_then(demo)
        }
        _ => Err(format!("quelle tâche ?\n{USAGE}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            println!("✗ {why}");
            ExitCode::FAILURE
        }
    }
}

fn demo(port: u16) -> Outcome {
    build::build()?;
    let server = serve::start(port)?;
    println!("Le site est à l’adresse http://127.0.0.1:{}/ (Ctrl+C pour arrêter)", server.port);
    server.wait()
}

/// Builds, installs the peers, and measures.
fn bench(name: &str) -> Outcome {
    build::build()?;
    install::chromium()?;
    install::peers()?;
    run(&mut cargo(&["build", "--quiet", "--release", "--package", "encart-cli"]))?;
    run(Command::new("node").arg(root().join("bench").join(format!("{name}.mjs"))))
}

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}

/// Runs a step, with a line before it and its time after it.
pub(crate) fn step(name: &str, run: impl FnOnce() -> Outcome) -> Outcome {
    println!("▸ {name}");
    let start = Instant::now();
    run()?;
    println!("  {name} : {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// Runs a command at the root; what it prints is seen.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let name = command.get_program().to_string_lossy().into_owned();
    let status =
        command.current_dir(root()).status().map_err(|error| format!("« {name} » ne se lance pas ({error})"))?;
    if status.success() { Ok(()) } else { Err(format!("« {name} » a échoué : {command:?}")) }
}

/// Cargo with these words, in the target folder that everything shares.
pub(crate) fn cargo(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    let (name, rest) = words.split_first().unwrap_or((&"", &[]));
    command.arg(name);
    // no version moves by itself
    if *name != "fmt" {
        command.arg("--locked");
    }
    command.args(rest);
    command
}
