//! How does markup of ours enter the page, where a policy may ask for trusted types?

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

thread_local! {
    // one policy a page, named so that a site can allow it: `trusted-types encart`
    static POLICY: Option<(JsValue, Function)> = make_policy();
    static SAME: Closure<dyn Fn(JsValue) -> JsValue> = Closure::new(|html: JsValue| html);
}

fn make_policy() -> Option<(JsValue, Function)> {
    let factory = Reflect::get(&js_sys::global(), &"trustedTypes".into()).ok().filter(JsValue::is_object)?;
    let create: Function = Reflect::get(&factory, &"createPolicy".into()).ok()?.dyn_into().ok()?;
    let rules = Object::new();
    SAME.with(|same| Reflect::set(&rules, &"createHTML".into(), same.as_ref())).ok()?;
    let policy = create.call2(&factory, &"encart".into(), &rules).ok()?;
    let html: Function = Reflect::get(&policy, &"createHTML".into()).ok()?.dyn_into().ok()?;
    Some((policy, html))
}

/// Puts markup of ours into an element: all of it comes from `encart_chart::html`, `encart_scene::svg` and the frames of
/// `crate::widget`, which escape. False where trusted types are required and the policy is not allowed.
pub(crate) fn put(element: &Element, markup: &str) -> bool {
    let trusted =
        POLICY.with(|policy| policy.as_ref().and_then(|(policy, html)| html.call1(policy, &markup.into()).ok()));
    let html = trusted.unwrap_or_else(|| JsValue::from_str(markup));
    Reflect::set(element, &"innerHTML".into(), &html).is_ok()
}
