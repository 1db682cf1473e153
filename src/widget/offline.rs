//! How is a page kept for a day without a network, and how old is the copy that is seen?
//!
//! The script of the service worker is the site's (`encart-hors-ligne.js`): it keeps what a page names, and says which copies
//! it gave.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use encart_chart::spec::Cache;
use encart_table::day::read_period;
use encart_table::locale::write_period;
use encart_table::{Notice, Place};
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::task::tick;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, EventTarget, HtmlElement};

use super::{act, group};
use crate::browser::event::log;
use crate::browser::{part, place};
use crate::load;
use crate::state::Page;

/// The script of the service worker, by the end of its name.
const SCRIPT: &str = "encart-hors-ligne.js";

/// A tag whose page is kept.
struct Kept {
    page: Weak<Page>,
    /// What it says of the age of its copy.
    words: String,
}

thread_local! {
    /// How many things the page had when it named them.
    static N_NAMED: Cell<u32> = const { Cell::new(0) };
    /// What stories have asked for: their text, their glossary.
    static TEXTS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static KEPT: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

/// Does something with what a tag says of its copy, where its page is kept.
fn with<T>(page: &Page, act: impl FnOnce(&mut String) -> T) -> Option<T> {
    KEPT.with_borrow_mut(|all| {
        all.retain(|kept| kept.page.strong_count() > 0);
        all.iter_mut().find(|kept| std::ptr::eq(kept.page.as_ptr(), page)).map(|kept| act(&mut kept.words))
    })
}

/// A story asks for a file of its own.
pub(super) fn note(address: &str) {
    TEXTS.with_borrow_mut(|texts| texts.push(place::whole_address(address)));
}

/// What a tag says of the age of its copy; nothing while the network answers.
pub(super) fn words(page: &Page) -> String {
    with(page, |words| words.clone()).unwrap_or_default()
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    get(object, name)?.as_string()
}

/// Calls a method of an object that a browser may lack.
fn call(object: &JsValue, name: &str, argument: &JsValue) -> Option<JsValue> {
    get(object, name)?.dyn_into::<Function>().ok()?.call1(object, argument).ok()
}

fn container() -> Option<JsValue> {
    get(&web_sys::window()?.navigator(), "serviceWorker")
}

/// The service worker that the page has, and the address of its script.
fn controller() -> Option<(JsValue, String)> {
    let worker = get(&container()?, "controller")?;
    let script = text(&worker, "scriptURL")?;
    Some((worker, script))
}

/// A tag is drawn: its page begins to be kept, once; what is said of the copy stands again where it stood.
pub(crate) fn keep(page: &Page, address: Option<&str>) {
    let (Some(container), Some(own)) = (container(), group::own(page)) else { return };
    let Some(address) = address else { return leave() };
    if let Some(words) = with(page, |words| words.clone()) {
        if !words.is_empty() {
            spawn_local(async move {
                // once what is drawn is in its place
                tick().await;
                part::say(&own.shell, ".kept", &words);
            });
        }
        return;
    }
    KEPT.with_borrow_mut(|all| all.push(Kept { page: Rc::downgrade(&own), words: String::new() }));
    let address = place::whole_address(address);
    let target: &EventTarget = container.unchecked_ref();
    let listeners = ["message", "controllerchange"].map(|name| act::listen_to(&own, target, name));
    page.ears.borrow_mut().extend(listeners);
    // what the page shows has come when its widgets have
    page.ears.borrow_mut().extend(place::document().map(|document| act::listen_to(&own, &document, "encart-ready")));
    spawn_local(async move {
        // the site's own worker stays, and is not spoken to, be it yet to come
        place::loaded().await;
        if let Some(other) = registered(&container).await.filter(|other| *other != address) {
            own.add_notice(taken(&other));
            return log(&own.host, &[taken(&other)], own.lang());
        }
        let Some(promise) = call(&container, "register", &address.as_str().into()) else { return };
        if wait(promise).await.is_none() {
            own.add_notice(refused(&address));
            log(&own.host, &[refused(&address)], own.lang());
        }
    });
}

/// What a promise gives.
async fn wait(promise: JsValue) -> Option<JsValue> {
    JsFuture::from(promise.dyn_into::<Promise>().ok()?).await.ok()
}

/// The script of the worker that the page has, or will have.
async fn registered(container: &JsValue) -> Option<String> {
    let registration = wait(call(container, "getRegistration", &JsValue::UNDEFINED)?).await?;
    let worker = ["installing", "waiting", "active"].into_iter().find_map(|state| get(&registration, state))?;
    text(&worker, "scriptURL")
}

/// A page that was kept, and of which no tag asks for it any more, is left with all copies.
fn leave() {
    let Some((worker, _)) = controller().filter(|(_, script)| script.ends_with(SCRIPT)) else { return };
    let root = place::document().and_then(|document| document.document_element());
    let tags: Vec<HtmlElement> = root.map_or_else(Vec::new, |root| part::all(&root, "encart-board, encart-story"));
    let asks_not = |tag: &HtmlElement| {
        let whole = group::of_host(tag).and_then(|page| page.loaded.borrow().as_ref()?.whole.clone());
        whole.is_some_and(|whole| whole.get("offline").is_none())
    };
    if tags.iter().all(asks_not) {
        let message = Object::new();
        let _ = Reflect::set(&message, &"leaves".into(), &place::path().into());
        call(&worker, "postMessage", &message);
    }
}

fn taken(other: &str) -> Notice {
    Notice::warning(
        "offline.taken",
        Place::column("offline"),
        format_args!("le site a déjà un service worker ({other}), qui reste : la page n’est pas gardée."),
        format_args!("the site has a service worker already ({other}), which stays: the page is not kept."),
    )
}

fn refused(address: &str) -> Notice {
    Notice::error(
        "offline.refused",
        Place::column("offline"),
        format_args!(
            "{address} n’a pas pu être installé : copiez encart-hors-ligne.js à la racine du site, dont la politique de sécurité lui permet de demander ses fichiers (connect-src 'self')."
        ),
        format_args!(
            "{address} could not be installed: copy encart-hors-ligne.js to the root of the site, whose security policy lets it ask for its files (connect-src 'self')."
        ),
    )
}

/// All that has come to the page.
fn entries() -> Option<Array> {
    let performance = get(&js_sys::global(), "performance")?;
    call(&performance, "getEntriesByType", &"resource".into()).map(|entries| Array::from(&entries))
}

/// The addresses that widgets asked for, and those of which their authors want no copy.
fn asked() -> (Vec<String>, Vec<String>) {
    let (mut asked, mut uncopied) = (TEXTS.with_borrow(Clone::clone), Vec::new());
    for page in group::all() {
        let loaded = page.loaded.borrow();
        // of what is still to come its author may want none
        let Some(loaded) = loaded.as_ref() else { continue };
        let src = loaded.spec.src.as_deref().map(place::whole_address);
        match loaded.spec.cache {
            Cache::None => uncopied.extend(src),
            Cache::Auto => asked.extend(src),
        }
        asked.extend(page.host.get_attribute("spec").as_deref().map(place::whole_address));
    }
    (asked, uncopied)
}

/// Names all that the page shows: the page, what the site gave to show it, the files of encart, what its widgets asked for.
fn name_all() {
    let (Some((worker, _)), Some(entries)) = (controller(), entries()) else { return };
    N_NAMED.set(entries.length());
    let (here, files, (asked, uncopied)) = (place::path(), load::files(), asked());
    let addresses = Array::of1(&here.as_str().into());
    let root = place::document().and_then(|document| document.document_element());
    let links: Vec<Element> = root.map_or_else(Vec::new, |root| part::all(&root, "link[as=fetch]"));
    let preloaded: Vec<String> =
        links.iter().filter_map(|link| Some(place::whole_address(&link.get_attribute("href")?))).collect();
    for entry in entries.iter() {
        let (name, kind) =
            (text(&entry, "name").unwrap_or_default(), text(&entry, "initiatorType").unwrap_or_default());
        let is_own = here.split('/').take(3).eq(name.split('/').take(3));
        // an image that is asked for with words is one that measures an audience; data are asked for by a link too
        let is_shown = ["link", "css", "script", "other"].contains(&kind.as_str()) && !preloaded.contains(&name)
            || kind == "img" && !name.contains('?');
        let is_encart = name.starts_with(&files) || asked.contains(&name);
        if (is_own && is_shown || is_encart) && !uncopied.contains(&name) {
            addresses.push(&name.as_str().into());
        }
    }
    let message = Object::new();
    let _ = Reflect::set(&message, &"encart".into(), &addresses);
    call(&worker, "postMessage", &message);
}

/// A worker has come, or says how old its copies are.
pub(crate) fn hear(page: &Rc<Page>, event: &Event) -> bool {
    if with(page, |_| ()).is_none() {
        return false;
    }
    match event.type_().as_str() {
        "controllerchange" => name_all(),
        "encart-ready" => {
            name_all();
            return false;
        }
        "message" => {
            // what has just come may not have been told when it was drawn
            if entries().is_some_and(|entries| entries.length() > N_NAMED.get()) {
                name_all();
            }
            let day = get(event, "data").and_then(|data| text(&data, "encart"));
            let Some(day) = day.and_then(|day| read_period(day.get(..10)?)) else { return false };
            let lang = page.lang();
            let is_off = web_sys::window().is_some_and(|window| !window.navigator().on_line());
            let why = match is_off {
                true => lang.pick("Sans réseau : copie du ", "No network: copy of "),
                false => lang.pick("Une adresse ne répond pas : copie du ", "An address does not answer: copy of "),
            };
            let words = [why, &write_period(day, lang)].concat();
            part::say(&page.shell, ".kept", &words);
            part::say(&page.shell, ".meeting .age", &words);
            with(page, |kept| *kept = words);
        }
        _ => return false,
    }
    true
}
