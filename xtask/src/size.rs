//! How heavy is what a visitor downloads, and did it grow?

use std::fs;

use serde_json::{Map, Value as Json, json};

use crate::build::dist;
use crate::{Outcome, root};

/// A rise of more than this part fails until the budget file is changed in the same commit, with its reason.
const RISE: f64 = 0.02;

/// What is weighed: a name, and the files that make it.
const WEIGHED: [(&str, &[&str]); 15] = [
    ("loader", &["encart.js"]),
    ("engine", &["engine.wasm"]),
    ("later", &["engine-later.wasm"]),
    ("apart", &["engine-apart.wasm"]),
    ("meeting", &["engine-meeting.wasm"]),
    ("story", &["engine-story.wasm"]),
    ("glue", &["engine.js"]),
    ("first-chart", &["encart.js", "engine.js", "engine.wasm"]),
    ("plain-engine", &["engine-plain.js"]),
    ("data-engine", &["data.js", "data-engine.js", "data-engine.wasm"]),
    ("plain-data-engine", &["data.js", "data-engine-plain.js"]),
    ("sheet", &["sheet.js", "sheet.wasm"]),
    ("plain-sheet", &["sheet-plain.js"]),
    ("parquet", &["parquet.js", "parquet.wasm"]),
    ("plain-parquet", &["parquet-plain.js"]),
];

pub(crate) fn brotli(bytes: &[u8]) -> Outcome<usize> {
    let params =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params).map_err(|error| format!("brotli : {error}"))
}

fn weigh() -> Outcome<Vec<(&'static str, usize)>> {
    let mut weights: Vec<(&str, usize)> = Vec::new();
    let weigh_file = |file: &&str| {
        let path = dist().join(file);
        let bytes = fs::read(&path).map_err(|error| format!("{} : {error}", path.display()))?;
        brotli(&bytes)
    };
    for (name, files) in WEIGHED {
        let sizes: Vec<usize> = files.iter().map(weigh_file).collect::<Outcome<_>>()?;
        weights.push((name, sizes.iter().sum()));
    }
    Ok(weights)
}

fn budget() -> Outcome<Map<String, Json>> {
    let path = root().join("pkg/size.json");
    let text = fs::read_to_string(&path).map_err(|error| format!("{} : {error}", path.display()))?;
    match serde_json::from_str(&text) {
        Ok(Json::Object(budget)) => Ok(budget),
        other => Err(format!("pkg/size.json n’est pas un objet : {other:?}")),
    }
}

/// Fails when something is over its budget, or more than 2 % over its last accepted size.
pub(crate) fn check() -> Outcome {
    let budget = budget()?;
    let mut over = Vec::new();
    println!("{:<14} {:>9} {:>9} {:>9}", "brotli 11", "octets", "accepté", "budget");
    for (name, bytes) in weigh()? {
        let number =
            |key: &str| budget.get(name).and_then(|entry| entry.get(key)).and_then(Json::as_u64).unwrap_or(0) as usize;
        let (accepted, most) = (number("accepted"), number("budget"));
        println!("{name:<14} {bytes:>9} {accepted:>9} {most:>9}");
        if bytes > most {
            over.push(format!("{name} dépasse son budget de {} octets", bytes - most));
        } else if bytes as f64 > accepted as f64 * (1.0 + RISE) {
            over.push(format!("{name} a grossi de plus de 2 % ({accepted} → {bytes}) : allégez, ou « cargo xtask size --accept » avec la raison dans pkg/size.json"));
        }
    }
    if over.is_empty() { Ok(()) } else { Err(over.join(" ; ")) }
}

/// Writes today's sizes as the accepted ones, unless one is over its budget; budgets and reasons stay.
pub(crate) fn accept() -> Outcome {
    let mut budget = budget()?;
    for (name, bytes) in weigh()? {
        let most = budget.get(name).and_then(|entry| entry.get("budget")).and_then(Json::as_u64);
        if let Some(most) = most.filter(|most| bytes as u64 > *most) {
            return Err(format!("{name} pèse {bytes} octets pour un budget de {most} : allégez d’abord"));
        }
        let entry = budget.entry(name).or_insert_with(|| json!({ "budget": bytes }));
        if let Some(entry) = entry.as_object_mut() {
            entry.insert("accepted".into(), json!(bytes));
        }
    }
    let text = format!("{:#}\n", Json::Object(budget));
    fs::write(root().join("pkg/size.json"), text).map_err(|error| format!("pkg/size.json : {error}"))?;
    check()
}
