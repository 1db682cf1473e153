//! How is a page kept for a day without a network, and how old is the copy that is seen?
//!
//! The script of the service worker is the site's (`encart-hors-ligne.js`): it keeps what a page names, and says which copies
//! it gave.

use std::rc::Rc;

use encart_table::day::read_period;
use encart_table::locale::write_period;
use encart_table::{Notice, Place};
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, EventTarget};

use super::{act, group};
use crate::browser::event::log;
use crate::browser::{part, place};
use crate::state::Page;

/// What marks a page that is kept.
const KEPT: &str = "data-kept";

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// Calls a method of an object that a browser may lack.
fn call(object: &JsValue, name: &str, argument: &JsValue) -> Option<JsValue> {
    get(object, name)?.dyn_into::<Function>().ok()?.call1(object, argument).ok()
}

fn container() -> Option<JsValue> {
    get(&web_sys::window()?.navigator(), "serviceWorker")
}

/// Begins to keep the page, once.
pub(crate) fn keep(page: &Page, address: Option<&str>) {
    let Some(address) = address.filter(|_| !page.host.has_attribute(KEPT)) else { return };
    let (Some(container), Some(own)) = (container(), group::all().into_iter().find(|own| std::ptr::eq(&**own, page)))
    else {
        return;
    };
    // refused only for a name that no attribute can have
    let _ = page.host.set_attribute(KEPT, "");
    let target: &EventTarget = container.unchecked_ref();
    let listeners = ["message", "controllerchange"].map(|name| act::listen_to(&own, target, name));
    page.ears.borrow_mut().extend(listeners);
    // what the page shows has come when its widgets have
    page.ears.borrow_mut().push(act::listen_to(&own, &page.host, "encart-ready"));
    let address = place::whole_address(address);
    // the site's own worker stays
    let other = get(&container, "controller").and_then(|worker| get(&worker, "scriptURL")?.as_string());
    if let Some(other) = other.filter(|other| *other != address) {
        return own.add_notice(taken(&other));
    }
    let Some(promise) = call(&container, "register", &address.as_str().into()) else { return };
    spawn_local(async move {
        if let (Ok(promise), page) = (promise.dyn_into::<Promise>(), own)
            && JsFuture::from(promise).await.is_err()
        {
            page.add_notice(refused(&address));
            log(&page.host, &[refused(&address)], page.lang());
        }
    });
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
        format_args!("{address} n’a pas pu être installé : copiez encart-hors-ligne.js à la racine du site."),
        format_args!("{address} could not be installed: copy encart-hors-ligne.js to the root of the site."),
    )
}

/// Names all that the page shows: what the site gave, and what was fetched elsewhere.
fn name_all() {
    let Some(controller) = container().and_then(|container| get(&container, "controller")) else { return };
    let Some(performance) = get(&js_sys::global(), "performance") else { return };
    let entries = call(&performance, "getEntriesByType", &"resource".into());
    let here = place::address();
    let mut addresses = Array::of1(&here.split('#').next().unwrap_or_default().into());
    for entry in entries.iter().flat_map(|entries| Array::from(entries).to_vec()) {
        let text = |name: &str| get(&entry, name).and_then(|text| text.as_string()).unwrap_or_default();
        let is_own = here.split('/').take(3).eq(text("name").split('/').take(3));
        let kind = text("initiatorType");
        // what measures an audience is no part of the page
        if kind == "fetch" || is_own && kind != "beacon" {
            addresses.extend(get(&entry, "name"));
        }
    }
    let message = Object::new();
    let _ = Reflect::set(&message, &"encart".into(), &addresses);
    call(&controller, "postMessage", &message);
}

/// A worker has come, or says how old its copies are.
pub(crate) fn hear(page: &Rc<Page>, event: &Event) -> bool {
    if !page.host.has_attribute(KEPT) {
        return false;
    }
    match event.type_().as_str() {
        "controllerchange" => name_all(),
        "encart-ready" => {
            name_all();
            return false;
        }
        "message" => {
            let day = get(event, "data").and_then(|data| get(&data, "encart")).and_then(|day| day.as_string());
            let Some(day) = day else { return false };
            let (lang, words) =
                (page.lang(), day.get(..10).and_then(read_period).map(|day| write_period(day, page.lang())));
            let words = words.map_or_else(String::new, |day| {
                [lang.pick("Sans réseau : copie du ", "No network: copy of "), &day].concat()
            });
            part::say(&page.shell, ".kept", &words);
            part::say(&page.shell, ".meeting .age", &words);
        }
        _ => return false,
    }
    true
}
