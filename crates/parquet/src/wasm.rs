//! What does JavaScript see of the reader?

use encart_table::expr::term::Condition;
use encart_table::wire::{Parcel, write_parcel};
use encart_table::{Json, Notice};

use crate::{Answer, Asked, read};

/// Reads what is asked, `{"size": …, "parts": [[start, length] …], "columns": […], "conditions": […]}`, of the parts, one
/// after the other in `bytes`. Gives a parcel with the fact `csv` and a fact `text` for each column of words, or with a fact `needs` for each range: `4-65540`.
#[wasm_bindgen::prelude::wasm_bindgen(js_name = read)]
pub fn read_parcel(order: String, bytes: Vec<u8>) -> Vec<u8> {
    let parcel = match Json::parse_object(&order, "order").and_then(|order| read(&asked(&Json::Object(order), &bytes)))
    {
        Ok(Answer::Rows { csv, texts, notices }) => {
            let texts = texts.into_iter().map(|name| ("text".to_string(), name));
            facts(std::iter::once(("csv".to_string(), csv)).chain(texts).collect(), notices)
        }
        Ok(Answer::Needs(needs)) => {
            let need = |(start, end)| ("needs".to_string(), format!("{start}-{end}"));
            facts(needs.into_iter().map(need).collect(), Vec::new())
        }
        Err(failure) => Parcel { failure: Some(failure), ..Parcel::default() },
    };
    write_parcel(&parcel)
}

fn facts(facts: Vec<(String, String)>, notices: Vec<Notice>) -> Parcel {
    Parcel { facts, notices, ..Parcel::default() }
}

fn asked<'a>(order: &Json, mut bytes: &'a [u8]) -> Asked<'a> {
    let list = |name: &str| order.get(name).and_then(Json::as_list);
    let parts = list("parts").unwrap_or_default().iter().filter_map(|part| {
        let [Json::Number(start), Json::Number(length)] = part.as_list()? else { return None };
        let (part, rest) = bytes.split_at_checked(*length as usize)?;
        bytes = rest;
        Some((*start as u64, part))
    });
    Asked {
        parts: parts.collect(),
        size: match order.get("size") {
            Some(Json::Number(size)) => *size as u64,
            _ => 0,
        },
        columns: list("columns")
            .map(|names| names.iter().filter_map(|name| Some(name.as_str()?.to_string())).collect()),
        conditions: list("conditions").unwrap_or_default().iter().filter_map(Condition::read).collect(),
    }
}
