//! How do the sources become `pkg/dist`: loader, glue, WebAssembly engine, plain JavaScript engine?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;

use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::order::order;
use crate::sections::{without_features, without_relocations};
use crate::slim::slim;
use crate::split::{Doors, Split, split};
use crate::sweep::{Own, Swept, sweep};
use crate::{Outcome, cargo, install, root, run, step};

/// Only what browsers have had since 2022; `--all-features` emits proposals that they refuse.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How the module is made small. A function with one caller stays its own unless it is tiny: a module of small functions
/// says less that is new, and compresses 4 % better. Flattening first gives the optimizer its largest choice; nothing
/// of ours lives in the first kilobyte of memory, the far end of the stack.
const SMALLER: [&str; 9] = [
    // a door that does nothing but open is one all the same
    "--no-inline=*::doors::*",
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--one-caller-inline-max-function-size",
    "25",
    // names, for `split`; `order` drops them
    "-g",
];

/// Passes run until nothing changes: a third of a percent less for twice the time, where every byte counts.
const SMALLEST: &str = "--converge";

/// The files of the engine after the first: how each is named, where its doors are, and their source.
const FILES: [(&str, &str, &str); 4] = [
    ("later", "encart::late::doors::", include_str!("../../src/late.rs")),
    ("apart", "encart::apart::doors::", include_str!("../../src/apart.rs")),
    ("meeting", "encart::meeting::doors::", include_str!("../../src/meeting.rs")),
    ("story", "encart::story::doors::", include_str!("../../src/story.rs")),
];

/// What watches the exports of an engine.
const GUARD: &str = include_str!("../../pkg/guard.js");

/// What keeps a page for a day without a network: a site copies it to its root.
pub(crate) const OFFLINE: &str = "encart-hors-ligne.js";

/// The list of sums of what is published.
const SUMS: &str = "SHA256SUMS";

/// Where the browser's files go.
pub(crate) fn dist() -> PathBuf {
    root().join("pkg/dist")
}

/// A module of the browser: a package compiled, bound, and made small.
struct Module {
    /// The cargo package.
    package: &'static str,
    /// The name of its files in `dist`.
    name: &'static str,
    /// What its JavaScript exports.
    exports: &'static str,
    /// Whether parts of it come later.
    is_in_parts: bool,
}

/// The engine draws; the data engine, in a worker, asks portals and reads what is large or rare; workbooks and Parquet have
/// readers of their own, that come when one is met. The longest to compile is the last: the others are made small meanwhile.
const MODULES: [Module; 4] = [
    Module { package: "encart-parquet", name: "parquet", exports: "read", is_in_parts: false },
    Module { package: "encart-sheet", name: "sheet", exports: "read", is_in_parts: false },
    Module { package: "encart-worker", name: "data-engine", exports: "run", is_in_parts: false },
    Module { package: "encart", name: "engine", exports: "Handle, mount, version", is_in_parts: true },
];

/// Installs what is missing and builds everything. A module is made small while the next is compiled: the end of a
/// compilation is the work of one core.
pub(crate) fn build() -> Outcome {
    install::wasm_target()?;
    install::npm_packages()?;
    let dist = dist();
    fs::create_dir_all(&dist).map_err(say(&dist))?;
    std::thread::scope(|scope| {
        let (send, compiled) = mpsc::channel();
        let finishing = scope.spawn(|| compiled.into_iter().try_for_each(|(module, made)| finish(module, &made)));
        for module in &MODULES {
            let made = compile(module)?;
            // who finishes has stopped: its own sentence says why
            if send.send((module, made)).is_err() {
                break;
            }
        }
        drop(send);
        finishing.join().unwrap_or_else(|_| Err("la construction s’est arrêtée".into()))
    })?;
    step("chargeur", || {
        // what both scripts need is written into both: a page waits for no third
        let build = format!("--define:BUILD=\"{}\"", build_id(&dist)?);
        let words = ["--bundle", build.as_str()];
        minify(&root().join("pkg/encart.js"), &dist.join("encart.js"), &words)?;
        minify(&root().join("pkg/data.js"), &dist.join("data.js"), &words)?;
        minify(&root().join("pkg").join(OFFLINE), &dist.join(OFFLINE), &[])?;
        for file in ["LICENSE-APACHE", "LICENSE-MIT", "pkg/encart.css", "pkg/package.json"] {
            let from = root().join(file);
            fs::copy(&from, dist.join(from.file_name().unwrap_or_default())).map_err(say(&from))?;
        }
        write_sums(&dist)
    })?;
    step("galerie", || run(&mut cargo(&["run", "--quiet", "--package", "encart-gallery"])))
}

/// Makes a compiled module small, as WebAssembly and as JavaScript.
fn finish(module: &Module, Compiled { path: compiled, first, apart }: &Compiled) -> Outcome {
    let (work, dist) = (work_folder(module)?, dist());
    if is_done(module, compiled, &work, &dist) {
        return Ok(());
    }
    // a build that is cut short leaves half of the new beside half of the old: the next makes all
    let done = work.join("done.wasm");
    if done.exists() {
        fs::remove_file(&done).map_err(say(&done))?;
    }
    // neither needs the other, and each takes a minute of one core
    let (small, plain) = std::thread::scope(|scope| {
        let small = scope
            .spawn(|| step(&format!("{} : WebAssembly", module.name), || engine(module, (first, apart), &work, &dist)));
        let plain = step(&format!("{} : JavaScript", module.name), || plain_engine(module, compiled, &work, &dist));
        (small.join().unwrap_or_else(|_| Err(format!("{} : la construction s’est arrêtée", module.name))), plain)
    });
    small.and(plain)?;
    fs::copy(compiled, &done).map(|_| ()).map_err(say(&work))
}

/// Where what is made of a module on the way stands.
fn work_folder(module: &Module) -> Outcome<PathBuf> {
    let work = root().join("target/encart").join(module.name);
    fs::create_dir_all(&work).map_err(say(&work))?;
    Ok(work)
}

/// Whether what was made last was made from the same module, by this very program: making it small takes a minute.
fn is_done(module: &Module, compiled: &Path, work: &Path, dist: &Path) -> bool {
    let done = work.join("done.wasm");
    let is_same = fs::read(&done).ok().zip(fs::read(compiled).ok()).is_some_and(|(done, compiled)| done == compiled);
    let age = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    let program = std::env::current_exe().ok().and_then(|path| age(&path));
    let parts = FILES.iter().filter(|_| module.is_in_parts).map(|(file, ..)| format!("-{file}.wasm"));
    let endings = [".wasm", ".js", "-plain.js"].map(str::to_string);
    let mut made = endings.into_iter().chain(parts).map(|ending| [module.name, &ending].concat());
    is_same && age(&done) > program && made.all(|name| dist.join(name).exists())
}

/// The sums of what is published, as `sha256sum --check` reads them.
fn write_sums(dist: &Path) -> Outcome {
    let name_of = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().to_string();
    let entries = fs::read_dir(dist).map_err(say(dist))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.retain(|path| name_of(path) != SUMS);
    paths.sort();
    let mut sums = String::new();
    for path in paths {
        let bytes = fs::read(&path).map_err(say(&path))?;
        let digits: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        sums.push_str(&format!("{digits}  {}\n", name_of(&path)));
    }
    fs::write(dist.join(SUMS), sums).map_err(say(dist))
}

fn say(path: &Path) -> impl Fn(std::io::Error) -> String + use<> {
    let path = path.display().to_string();
    move |error| format!("{path} : {error}")
}

/// A compiled module, swept.
struct Compiled {
    /// The whole.
    path: PathBuf,
    /// Without the bytes that only doors lead to.
    first: PathBuf,
    /// Those bytes, for each set of doors.
    apart: Vec<Own>,
}

/// The sets of doors of the engine, in the order of their files.
fn doors(module: &Module) -> Vec<Doors<'static>> {
    FILES.iter().filter(|_| module.is_in_parts).map(|(_, path, source)| Doors::of(path, source)).collect()
}

fn compile(module: &Module) -> Outcome<Compiled> {
    step(&format!("{} : compilation (deux minutes la première fois)", module.name), || {
        let mut build = cargo(&["build", "--quiet", "--lib", "--package", module.package, "--profile", "web"]);
        build.args(["--target", "wasm32-unknown-unknown"]).env("CARGO_TARGET_DIR", root().join("target"));
        // panics name source files: what is published names no folder of this machine, and is the same from any
        let home =
            std::env::var_os("CARGO_HOME").map(PathBuf::from).or(std::env::home_dir().map(|home| home.join(".cargo")));
        let registry = home.unwrap_or_default().join("registry/src");
        let flags = format!(
            "--remap-path-prefix={}=encart\u{1f}--remap-path-prefix={}=crates\u{1f}-Clink-arg=--emit-relocs",
            root().display(),
            registry.display()
        );
        run(build.env("CARGO_ENCODED_RUSTFLAGS", flags))
    })?;
    let file = format!("{}.wasm", module.package.replace('-', "_"));
    let compiled = root().join("target/wasm32-unknown-unknown/web").join(file);
    let work = work_folder(module)?;
    let (path, first) = (work.join("swept.wasm"), work.join("first.wasm"));
    let Swept { whole, first: bare, apart } = sweep(&fs::read(&compiled).map_err(say(&compiled))?, &doors(module))?;
    for (path, swept) in [(&path, &whole), (&first, &bare)] {
        fs::write(path, without_relocations(swept)).map_err(say(path))?;
    }
    Ok(Compiled { path, first, apart })
}

fn node_tool(script: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(root().join("xtask/node_modules").join(script));
    command
}

fn engine(module: &Module, (compiled, apart): (&Path, &[Own]), work: &Path, dist: &Path) -> Outcome {
    let name = module.name;
    let bound = work.join("web");
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .out_name(name)
        .typescript(false)
        .remove_producers_section(true)
        .omit_default_module_path(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(&bound))
        .map_err(|error| format!("wasm-bindgen : {error:#}"))?;
    let (bound_module, glue) = (bound.join(format!("{name}_bg.wasm")), bound.join(format!("{name}.js")));
    slim_bound(&bound_module, &glue)?;
    let optimized = dist.join(format!("{name}.wasm"));
    let mut small = node_tool("binaryen/bin/wasm-opt");
    small.args(SMALLER).args(module.is_in_parts.then_some(SMALLEST)).args(FEATURES);
    run(small.arg(bound_module).arg("-o").arg(&optimized))?;
    if module.is_in_parts {
        let bytes = fs::read(&optimized).map_err(say(&optimized))?;
        let Split { first, later } = split(&bytes, &doors(module), apart)?;
        fs::write(&optimized, first).map_err(say(&optimized))?;
        for ((file, ..), part) in FILES.iter().zip(later) {
            let path = dist.join(format!("{name}-{file}.wasm"));
            fs::write(&path, &part).map_err(say(&path))?;
            reorder(&path)?;
        }
    }
    reorder(&optimized)?;
    let text = fs::read_to_string(&glue).map_err(say(&glue))?;
    fs::write(&glue, guarded(&text)?).map_err(say(&glue))?;
    minify(&glue, &dist.join(format!("{name}.js")), &[])
}

/// The same module through wasm2js, for pages whose policy refuses WebAssembly (ARCHITECTURE.md, "Engines, each twice").
fn plain_engine(module: &Module, compiled: &Path, work: &Path, dist: &Path) -> Outcome {
    let bound = work.join("plain");
    let bytes = fs::read(compiled).map_err(say(compiled))?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("engine", without_features(&bytes, &["reference-types", "multivalue"]))
        .typescript(false)
        .remove_producers_section(true);
    bindgen
        .bundler(true)
        .and_then(|bindgen| bindgen.generate(&bound))
        .map_err(|error| format!("wasm-bindgen : {error:#}"))?;
    slim_bound(&bound.join("engine_bg.wasm"), &bound.join("engine_bg.js"))?;
    let lowered = bound.join("lowered.wasm");
    run(node_tool("binaryen/bin/wasm-opt")
        .args(SMALLER)
        .args(["--signext-lowering", "--llvm-nontrapping-fptoint-lowering", "--llvm-memory-copy-fill-lowering"])
        .args(FEATURES)
        .arg(bound.join("engine_bg.wasm"))
        .arg("-o")
        .arg(&lowered))?;
    reorder(&lowered)?;
    run(node_tool("binaryen/bin/wasm2js").arg("-O").arg(&lowered).arg("-o").arg(bound.join("engine_wasm.js")))?;
    let glue_path = bound.join("engine_bg.js");
    let glue = fs::read_to_string(&glue_path).map_err(say(&glue_path))?;
    fs::write(&glue_path, renew_views(&glue)?).map_err(say(&glue_path))?;
    // what wasm-bindgen's bundler entry does, with the JavaScript module in the place of the WebAssembly one
    let entry = bound.join("entry.js");
    let text = format!(
        "import * as wasm from './engine_wasm.js';\nimport {{ __wbg_set_wasm }} from './engine_bg.js';\nimport {{ guard }} from './guard.js';\n__wbg_set_wasm(guard(wasm));\nexport {{ onTrap }} from './guard.js';\nexport {{ {} }} from './engine_bg.js';\n",
        module.exports
    );
    fs::write(bound.join("guard.js"), GUARD).map_err(say(&bound))?;
    fs::write(&entry, text).map_err(say(&entry))?;
    // without externrefs wasm-bindgen leaves this one question of its library open: where its heap's fixed slots end
    let slots = bound.join("slots.js");
    let heap = glue
        .lines()
        .find_map(|line| line.trim().strip_prefix("let heap = new Array("))
        .and_then(|rest| rest.split(')').next());
    let heap: Option<u32> = heap.and_then(|length| length.parse().ok());
    // a module that holds no JavaScript value has no heap, and does not ask
    if heap.is_none() && glue.contains("externref_statics_end") {
        return Err("la colle de wasm-bindgen a changé de forme : revoir le tas".into());
    }
    let heap = heap.unwrap_or(0);
    let text = format!("export const __wbindgen_externref_statics_end = () => {};\n", heap + 4);
    fs::write(&slots, text).map_err(say(&slots))?;
    let alias = format!("--alias:__wbindgen_externref_xform__={}", slots.display());
    minify(&entry, &dist.join(format!("{}-plain.js", module.name)), &["--bundle", &alias])
}

/// Lays the functions of a module as they compress best.
fn reorder(module: &Path) -> Outcome {
    let ordered = order(&fs::read(module).map_err(say(module))?)?;
    fs::write(module, ordered).map_err(say(module))
}

/// Takes from a bound module, and from its glue, what nobody needs.
fn slim_bound(module: &Path, glue: &Path) -> Outcome {
    let slim = slim(&fs::read(module).map_err(say(module))?)?;
    fs::write(module, &slim.module).map_err(say(module))?;
    let text = fs::read_to_string(glue).map_err(say(glue))?;
    fs::write(glue, slim.rename(&text)).map_err(say(glue))
}

/// The glue of a module, its exports watched; who loads the parts of an engine gets them as they are.
fn guarded(glue: &str) -> Outcome<String> {
    let taken = [
        ("    wasm = instance.exports;\n", "    wasm = guard(instance.exports);\n"),
        (
            "    wasm.__wbindgen_start();\n    return wasm;\n",
            "    wasm.__wbindgen_start();\n    return instance.exports;\n",
        ),
    ];
    let mut text = [GUARD, glue].concat();
    for (from, to) in taken {
        if text.matches(from).count() != 1 {
            return Err("la colle de wasm-bindgen a changé de forme : revoir guarded".into());
        }
        text = text.replace(from, to);
    }
    Ok(text)
}

/// The number of a build, in all inner addresses: eight digits of a hash of what is loaded (FNV-1a, 64 bits).
fn build_id(dist: &Path) -> Outcome<String> {
    let mut names: Vec<PathBuf> = fs::read_dir(dist).map_err(say(dist))?.flatten().map(|entry| entry.path()).collect();
    names.retain(|path| {
        MODULES
            .iter()
            .any(|module| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(module.name)))
    });
    names.extend(["load.js", "data.js"].map(|name| root().join("pkg").join(name)));
    names.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for path in names {
        for byte in fs::read(&path).map_err(say(&path))? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(format!("{:08x}", hash >> 32))
}

/// wasm2js gives memory a new buffer when it grows and does not detach the old one: the glue must look at which
/// buffer its views are over, not at whether it was detached.
fn renew_views(glue: &str) -> Outcome<String> {
    let mut renewed = String::with_capacity(glue.len());
    let mut count = 0;
    for line in glue.lines() {
        // if (cachedX === null || cachedX.byteLength === 0) {  or the longer form for DataView
        let renewed_line = match line.trim().strip_prefix("if (").and_then(|rest| rest.split_once(" === null ||")) {
            Some((view, _)) if view.starts_with("cached") && line.contains("Memory") => {
                count += 1;
                format!("if ({view} === null || {view}.buffer !== wasm.memory.buffer) {{")
            }
            _ => line.to_string(),
        };
        renewed.push_str(&renewed_line);
        renewed.push('\n');
    }
    if count == 0 {
        Err("la colle de wasm-bindgen a changé de forme : revoir renew_views".into())
    } else {
        Ok(renewed)
    }
}

fn minify(from: &Path, to: &Path, words: &[&str]) -> Outcome {
    // npm links a program or a script there, according to its settings: either runs by itself
    run(Command::new(root().join("xtask/node_modules/.bin/esbuild"))
        .arg(from)
        .args(["--minify", "--format=esm", "--target=es2022", "--log-level=warning"])
        .args(words)
        .arg(format!("--outfile={}", to.display())))
}
