//! What is received of an address: a small file whole, or the beginning of a large one?

use std::cell::RefCell;

use encart_table::encoding::decode_cell;
use encart_table::{Notice, Place};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReadableStreamDefaultReader, Response, Url};

use crate::fail::Failure;

/// Above this, in bytes, a file is read off the main thread.
const LARGEST: usize = 200_000;

/// What came of an address.
#[derive(Debug)]
pub(crate) enum Received {
    /// All of it, and whether a copy may be put aside.
    Whole { bytes: Vec<u8>, may_keep: bool },
    /// A large one has begun to come: for the first who takes it.
    Begun(RefCell<Option<Begun>>),
    /// Nothing: the data engine asks again, waits, or finds a copy.
    Nothing,
}

impl Received {
    /// Data that stand in the page: of these no copy is needed.
    pub(super) fn inline(data: &str) -> Received {
        Received::Whole { bytes: data.as_bytes().to_vec(), may_keep: false }
    }

    /// Whether its server lets a copy be put aside.
    pub(super) fn may_keep(&self) -> bool {
        match self {
            Received::Whole { may_keep, .. } => *may_keep,
            Received::Begun(begun) => begun.borrow().as_ref().is_none_or(|begun| begun.may_keep),
            Received::Nothing => true,
        }
    }
}

/// A body that is on its way.
#[derive(Debug)]
pub(crate) struct Begun {
    /// Its beginning.
    pub(super) head: Vec<u8>,
    /// The reader of the rest.
    pub(super) reader: ReadableStreamDefaultReader,
    /// The length of the whole, if the server said it.
    pub(super) length: Option<String>,
    /// Whether its server lets a copy be put aside.
    may_keep: bool,
}

/// Whether an address is that of a file, not of a portal's dataset (`ods:…`).
pub(crate) fn is_plain(src: &str) -> bool {
    let end = src.find([':', '/', '?', '#', '.']);
    let has_scheme = end.is_some_and(|idx| src.as_bytes().get(idx) == Some(&b':'));
    !has_scheme || src.starts_with("http://") || src.starts_with("https://")
}

/// An address relative to another, whole; only http(s) is fetched.
pub(crate) fn resolve(address: &str, base: &str) -> Result<String, Failure> {
    let url = Url::new_with_base(address, base).ok();
    let is_web = |url: &Url| ["http:", "https:"].contains(&url.protocol().as_str());
    url.filter(is_web).map(|url| url.href()).ok_or_else(|| {
        Failure::of_content(Notice::error(
            "fetch.address",
            Place::column("src"),
            format_args!("« {address} » n’est pas une adresse. Écrivez par exemple /donnees/budget.csv ou https://…"),
            format_args!("“{address}” is not an address. Write for example /donnees/budget.csv or https://…"),
        ))
    })
}

/// The answer of an address, if it is a good one. Whoever answers is not told the page's whole address, which may hold what
/// is not for others, whatever the policy of the page.
async fn answer(address: &str, signal: Option<&AbortSignal>) -> Option<Response> {
    let options = Object::new();
    let signal = signal.map_or(JsValue::UNDEFINED, JsValue::from);
    for (name, value) in
        [("credentials", "same-origin".into()), ("referrerPolicy", "no-referrer".into()), ("signal", signal)]
    {
        // refused only by an object that takes no more names
        let _ = Reflect::set(&options, &name.into(), &value);
    }
    let coming = web_sys::window()?.fetch_with_str_and_init(address, options.unchecked_ref());
    let response: Response = JsFuture::from(coming).await.ok()?.dyn_into().ok()?;
    (response.status() == 200).then_some(response)
}

/// The text of an address; nothing when it does not come.
pub(crate) async fn fetch_text(address: &str) -> Option<String> {
    let bytes = JsFuture::from(answer(address, None).await?.array_buffer().ok()?).await.ok()?;
    Some(decode_cell(&Uint8Array::new(&bytes).to_vec()).trim_start_matches('\u{feff}').to_string())
}

/// Fetches an address. No header of ours: a plain request needs no permission from the host it goes to.
pub(super) async fn fetch(address: &str, signal: Option<&AbortSignal>) -> Received {
    let Some(response) = answer(address, signal).await else { return Received::Nothing };
    let header = |name: &str| response.headers().get(name).ok().flatten();
    // a page of something: the data engine follows, or says so
    if header("link").is_some_and(|link| link.contains("next")) {
        return Received::Nothing;
    }
    let reader = response.body().map(|body| body.get_reader().unchecked_into::<ReadableStreamDefaultReader>());
    let Some(reader) = reader else { return Received::Nothing };
    let control = header("cache-control").unwrap_or_default().to_ascii_lowercase();
    let may_keep = !["no-store", "private"].iter().any(|word| control.contains(word));
    let mut bytes = Vec::new();
    loop {
        // cut on its way: the data engine asks again
        let Ok(part) = JsFuture::from(reader.read()).await else { return Received::Nothing };
        let Ok(value) = Reflect::get(&part, &JsValue::from_str("value")) else { return Received::Nothing };
        let Ok(chunk) = value.dyn_into::<Uint8Array>() else {
            return Received::Whole { bytes, may_keep };
        };
        let start = bytes.len();
        bytes.resize(start + chunk.length() as usize, 0);
        chunk.copy_to(bytes.get_mut(start..).unwrap_or_default());
        if bytes.len() > LARGEST {
            let length = header("content-length");
            return Received::Begun(RefCell::new(Some(Begun { head: bytes, reader, length, may_keep })));
        }
    }
}

/// A specification's own file did not come.
pub(super) fn unreached(address: &str) -> Failure {
    Failure::of_network(Notice::error(
        "fetch.unreachable",
        Place::column("spec"),
        format_args!("{address} ne répond pas, ou pas par une spécification. Vérifiez l’adresse."),
        format_args!("{address} does not answer, or not with a specification. Check the address."),
    ))
}
