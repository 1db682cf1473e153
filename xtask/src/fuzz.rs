//! Fuzzing: the targets of `fuzz/`, the inputs that each begins with, their build and their runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread::{available_parallelism, scope};

use crate::{Outcome, cargo, install, root, run, step};

/// What stands between the parts of an input (`encart_fuzz::SEPARATOR`).
const SEPARATOR: &[u8] = b"\x1e";

/// The line that stands in `fuzz/seeds` for it.
const LINE: &str = "%%%";

/// How many bytes of a table are enough to begin with.
const ENOUGH: usize = 2_000;

/// How the targets are compiled: each branch counts, as cargo-fuzz has it.
const FLAGS: [&str; 7] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "--cfg",
    "fuzzing",
];

/// How long an input may take, in seconds, and how much memory, in megabytes.
const LIMITS: [&str; 3] = ["-timeout=60", "-rss_limit_mb=3000", "-max_len=16384"];

type Seeds = fn() -> Outcome<Vec<Vec<u8>>>;

/// A target, and what it begins with beside its folder of `fuzz/seeds`.
const TARGETS: [(&str, Seeds); 9] = [
    ("draw", widgets),
    ("geometry", none),
    ("json", specifications),
    ("parquet", || whole_files("crates/parquet/tests/data")),
    ("portal", none),
    ("read", tables),
    ("sheet", none),
    ("steps", none),
    ("story", stories),
];

/// Compiles the targets and runs some, so many seconds each; all of them when none is named.
pub(crate) fn fuzz(seconds: u32, names: &[&str]) -> Outcome {
    if let Some(unknown) = names.iter().find(|name| TARGETS.iter().all(|target| target.0 != **name)) {
        let known: Vec<&str> = TARGETS.iter().map(|target| target.0).collect();
        return Err(format!("fuzz : la cible « {unknown} » n’existe pas. Il y a {}.", known.join(", ")));
    }
    compile()?;
    let wanted = TARGETS.iter().filter(|target| names.is_empty() || names.contains(&target.0));
    run_some(wanted.collect(), seconds, None)
}

/// Compiles the targets.
pub(crate) fn compile() -> Outcome {
    install::cpp_compiler()?;
    step("fuzz : compilation", || {
        let words = ["build", "--quiet", "--release", "--bins", "--manifest-path", "fuzz/Cargo.toml", "--target"];
        let mut build = cargo(&words);
        let build = build.args([&host()?]).env("CARGO_TARGET_DIR", folder());
        run(build.env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}")))
    })
}

/// Runs all targets, compiled already, so many seconds each; the number is where its chance begins.
pub(crate) fn run_all(seconds: u32, start: Option<u32>) -> Outcome {
    run_some(TARGETS.iter().collect(), seconds, start)
}

fn run_some(targets: Vec<&(&str, Seeds)>, seconds: u32, start: Option<u32>) -> Outcome {
    let programs = folder().join(host()?).join("release");
    let waiting = Mutex::new(targets);
    step(&format!("fuzz : {seconds} s par cible"), || {
        let next = || waiting.lock().ok().and_then(|mut waiting| waiting.pop());
        let work = || {
            let mut outcome = Ok(());
            while let Some((name, seeds)) = next() {
                let run = seeds().and_then(|seeds| fuzz_one(name, &seeds, &programs.join(name), seconds, start));
                outcome = outcome.and(run);
            }
            outcome
        };
        scope(|scope| {
            let n_cores = available_parallelism().map_or(1, usize::from);
            let workers: Vec<_> = (0..n_cores).map(|_| scope.spawn(work)).collect();
            workers.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(|_| Err("fuzz : arrêt".into())))
        })
    })
}

/// Where the programs, the inputs and what was said stand.
fn folder() -> PathBuf {
    root().join("target/fuzz")
}

/// Runs one target and says what came of it.
fn fuzz_one(name: &str, seeds: &[Vec<u8>], program: &Path, seconds: u32, start: Option<u32>) -> Outcome {
    let folder = folder();
    let corpus = folder.join("corpus").join(name);
    fs::create_dir_all(&corpus).map_err(|error| format!("{} : {error}", corpus.display()))?;
    let own = root().join("fuzz/seeds").join(name);
    let own = if own.is_dir() { whole_files(&own.display().to_string())? } else { Vec::new() };
    let own = own.iter().map(|seed| parts(&String::from_utf8_lossy(seed)));
    for (idx, seed) in own.chain(seeds.iter().cloned()).enumerate() {
        write(&corpus.join(format!("seed-{idx:03}")), &seed)?;
    }
    let log = folder.join(format!("{name}.log"));
    let output = fs::File::create(&log).map_err(|error| format!("{} : {error}", log.display()))?;
    // what else runs goes first
    let mut command = Command::new("nice");
    command.args(["-n", "10"]).arg(program).arg(&corpus).args(LIMITS).args(start.map(|start| format!("-seed={start}")));
    command.args([format!("-max_total_time={seconds}"), "-print_final_stats=1".into()]);
    command.arg(format!("-artifact_prefix={}/{name}-", folder.display()));
    let status = command.stdout(Stdio::null()).stderr(output).status();
    let status = status.map_err(|error| format!("{} ne se lance pas ({error})", program.display()))?;
    let said = String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned();
    let last = |word: &str| said.lines().rev().find(|line| line.contains(word)).unwrap_or_default().trim().to_string();
    println!("  {name} : {} · {}", last("number_of_executed_units"), last("cov:"));
    match status.success() {
        true => Ok(()),
        false => Err(format!(
            "fuzz : {name} s’est arrêté : {}. L’entrée est dans target/fuzz, ce qui a été dit dans {}.",
            [last("panicked at"), last("ERROR: libFuzzer")].join(" "),
            log.display()
        )),
    }
}

/// The parts of a seed, as a target reads them.
fn parts(seed: &str) -> Vec<u8> {
    let lines: Vec<&str> = seed.lines().collect();
    let parts: Vec<String> = lines.split(|line| *line == LINE).map(|part| part.join("\n")).collect();
    parts.join("\u{1e}").into_bytes()
}

/// The platform of this machine.
fn host() -> Outcome<String> {
    let said = Command::new("rustc").arg("-vV").output().map_err(|error| format!("rustc ne se lance pas ({error})"))?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    said.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_string)
        .ok_or("rustc -vV : pas de « host »".into())
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    fs::write(path, bytes).map_err(|error| format!("{} : {error}", path.display()))
}

fn files(folder: &str, ending: &str) -> Outcome<Vec<PathBuf>> {
    let folder = root().join(folder);
    let entries = fs::read_dir(&folder).map_err(|error| format!("{} : {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.is_file() && path.to_string_lossy().ends_with(ending));
    paths.sort();
    Ok(paths)
}

fn bytes(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{} : {error}", path.display()))
}

fn whole_files(folder: &str) -> Outcome<Vec<Vec<u8>>> {
    files(folder, "")?.iter().map(|path| bytes(path)).collect()
}

/// The first rows of a table.
fn first_rows(path: &Path) -> Outcome<Vec<u8>> {
    let mut bytes = bytes(path)?;
    if let Some(end) = bytes.iter().take(ENOUGH).rposition(|byte| *byte == b'\n') {
        bytes.truncate(end + 1);
    }
    Ok(bytes)
}

fn none() -> Outcome<Vec<Vec<u8>>> {
    Ok(Vec::new())
}

fn tables() -> Outcome<Vec<Vec<u8>>> {
    let paths = [files("tests/data", ".csv")?, files("www/data", ".csv")?].concat();
    paths.iter().map(|path| first_rows(path)).collect()
}

fn specification_files() -> Outcome<Vec<PathBuf>> {
    Ok([files("tests/specs", ".json")?, files("tests/figures", ".json")?, files("tests/tables", ".json")?].concat())
}

fn specifications() -> Outcome<Vec<Vec<u8>>> {
    specification_files()?.iter().map(|path| bytes(path)).collect()
}

/// Each specification with the first rows of the file that it names.
fn widgets() -> Outcome<Vec<Vec<u8>>> {
    let pair = |path: &PathBuf| {
        let json = bytes(path)?;
        let text = String::from_utf8_lossy(&json);
        let src = text.split("\"src\": \"").nth(1).and_then(|rest| rest.split('"').next());
        let table = src.map(|src| path.with_file_name(src)).map_or(Ok(Vec::new()), |table| first_rows(&table))?;
        Ok([&table, SEPARATOR, &json].concat())
    };
    specification_files()?.iter().map(pair).collect()
}

/// Each story of the site with the first rows of a table.
fn stories() -> Outcome<Vec<Vec<u8>>> {
    let table = first_rows(&root().join("www/data/communes-saone-et-loire-2021.csv"))?;
    let glossary = bytes(&root().join("www/recits/glossaire.json"))?;
    let whole = |path: &PathBuf| {
        Ok([&table, SEPARATOR, &bytes(path)?, SEPARATOR, b"{{ nombre() | lettres }}", SEPARATOR, &glossary].concat())
    };
    files("www/recits", ".md")?.iter().map(whole).collect()
}
