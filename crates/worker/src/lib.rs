//! How are data fetched, read and stepped off the page's main thread? What JavaScript sees of the data engine: `run`.
#![cfg(target_arch = "wasm32")]

mod body;

use encart_portal::job::{Conversion, Converted, Flow, Order};
use encart_portal::{Answer, Ask, FetchError, Job, Outcome, Request, next_of_link};
use encart_table::wire::{Parcel, read_parcel, write_parcel};
use encart_table::{Json, Level, Notice, Place};
use gloo::timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use body::Body;

/// Makes what an order asks for, and gives it as a parcel. `fetch(address, range)` gives a `Response`, or throws the
/// word of a [`FetchError`];
/// `convert(name, bytes, order)` gives the parcel that a reader of another format makes (`sheet`, `parquet`), or the bytes
/// in a gzip; `copy(address)` gives the last good `Response`, or throws, where copies are kept; `accept()` hears that what was
/// fetched could be read.
#[wasm_bindgen]
pub async fn run(
    order: String,
    fetch: Function,
    convert: Function,
    copy: Option<Function>,
    accept: Function,
) -> Vec<u8> {
    let order = match Json::parse_object(&order, "order") {
        Ok(order) => Order::read(&order),
        Err(notice) => return write_parcel(&Parcel { failure: Some(notice), ..Parcel::default() }),
    };
    let (mut outcome, _) = work(order.clone(), &fetch, &convert).await;
    if outcome.failure.is_none() {
        // nothing comes of it here
        let _ = accept.call0(&JsValue::NULL);
    }
    if let (Some(cause), Some(copy)) = (&outcome.failure, copy)
        && cause.is_passing()
    {
        let (mut copied, date) = work(order, &copy, &convert).await;
        if let (None, Some(date)) = (&copied.failure, date) {
            // the day for everyone, the cause for the webmaster
            copied.notices.insert(0, encart_portal::job::copied(&date));
            copied.notices.insert(1, Notice { level: Level::Warning, ..cause.clone() });
            outcome = copied;
        }
    }
    write_parcel(&pack(outcome))
}

/// Runs a job to its end; with the date of the oldest copy that it was given, if it was given copies.
async fn work(order: Order, fetch: &Function, convert: &Function) -> (Outcome, Option<String>) {
    let (mut job, mut oldest) = (Job::new(order), None);
    loop {
        match job.next(now()) {
            Ask::Fetch(request) => {
                let date = ask(&mut job, &request, fetch).await;
                oldest = [oldest, date].into_iter().flatten().min();
            }
            Ask::Wait(ms) => TimeoutFuture::new(u32::try_from(ms).unwrap_or(u32::MAX)).await,
            Ask::Inflate(bytes) => {
                let inflated = call(convert, "gzip", &bytes, "").await;
                job.inflated(inflated);
            }
            Ask::Convert(conversion) => {
                let bytes: Vec<&[u8]> = conversion.parts.iter().map(|(_, bytes)| bytes.as_slice()).collect();
                let name = conversion.reader();
                let made = call(convert, name, &bytes.concat(), &conversion.write_order()).await;
                let parcel = made.and_then(|bytes| read_parcel(&bytes)).ok_or_else(|| no_reader(name));
                job.converted(parcel.and_then(|parcel| read_converted(parcel, conversion)));
            }
            Ask::Done => return (job.finish(), oldest),
        }
    }
}

/// What a reader's parcel says.
fn read_converted(parcel: Parcel, conversion: Conversion) -> Result<Converted, Notice> {
    if let Some(failure) = parcel.failure {
        return Err(failure);
    }
    let (mut needs, mut csv, mut file, mut texts) = (Vec::new(), None, None, Vec::new());
    for (name, fact) in parcel.facts {
        match (name.as_str(), fact.split_once('-')) {
            ("csv", _) => csv = Some(fact),
            // each byte is the letter of its number
            ("file", _) => file = Some(fact.chars().filter_map(|letter| u8::try_from(letter).ok()).collect()),
            ("text", _) => texts.push(fact),
            ("needs", Some((start, end))) => needs.extend(start.parse().ok().zip(end.parse().ok())),
            _ => {}
        }
    }
    match (csv, file) {
        (Some(csv), _) => Ok(Converted::Csv(csv, texts, parcel.notices)),
        (None, Some(file)) => Ok(Converted::File(file, parcel.notices)),
        (None, None) => Ok(Converted::Needs(needs, conversion.parts)),
    }
}

fn now() -> f64 {
    js_sys::Date::now()
}

/// Fetches, and tells the job what came, chunk by chunk. Gives the date of the copy, when it was one.
async fn ask(job: &mut Job, request: &Request, fetch: &Function) -> Option<String> {
    let address = JsValue::from_str(&request.address);
    let range = JsValue::from(request.range_header());
    let promise =
        fetch.call2(&JsValue::NULL, &address, &range).ok().and_then(|promise| promise.dyn_into::<Promise>().ok());
    let response = match promise {
        Some(promise) => JsFuture::from(promise).await.and_then(|response| response.dyn_into::<Response>()),
        None => Err(JsValue::UNDEFINED),
    };
    let response = match response {
        Ok(response) => response,
        Err(cause) => {
            let error = FetchError::of_word(&cause.as_string().unwrap_or_default());
            job.head(Answer { address: request.address.clone(), error, ..Answer::default() });
            job.end(true);
            return None;
        }
    };
    let header = |name: &str| response.headers().get(name).ok().flatten();
    job.head(Answer {
        address: request.address.clone(),
        status: response.status(),
        retry_after: header("retry-after"),
        next: header("link").as_deref().and_then(next_of_link),
        length: header("content-length").and_then(|length| length.parse().ok()),
        ..Answer::default()
    });
    let body = Body::of(&response);
    let is_whole = loop {
        match body.next().await {
            Ok(Some(chunk)) => {
                if job.chunk(&chunk) == Flow::Enough {
                    break false;
                }
            }
            Ok(None) => break true,
            Err(_) => break false,
        }
    };
    job.end(is_whole);
    header("encart-date")
}

/// What another reader makes of some bytes; none when it cannot.
async fn call(convert: &Function, name: &str, bytes: &[u8], order: &str) -> Option<Vec<u8>> {
    let (name, bytes, order) = (JsValue::from_str(name), Uint8Array::from(bytes), JsValue::from_str(order));
    let promise = convert.call3(&JsValue::NULL, &name, &bytes, &order).ok()?.dyn_into::<Promise>().ok()?;
    let made = JsFuture::from(promise).await.ok()?;
    Some(made.dyn_into::<Uint8Array>().ok()?.to_vec())
}

fn no_reader(name: &str) -> Notice {
    Notice::error(
        "file.no-reader",
        Place::column("src"),
        format_args!("le lecteur de ce format ({name}) n’a pas pu être chargé. Donnez l’adresse d’un CSV."),
        format_args!("the reader of this format ({name}) could not be loaded. Give the address of a CSV."),
    )
}

/// What the job made, with the facts of the source and of the load under their names.
fn pack(outcome: Outcome) -> Parcel {
    let mut facts: Vec<(String, String)> =
        outcome.origin.facts().into_iter().map(|(name, fact)| (name.to_string(), fact.to_string())).collect();
    facts.extend(outcome.report.facts());
    Parcel { prepared: outcome.prepared, notices: outcome.notices, facts, failure: outcome.failure }
}
