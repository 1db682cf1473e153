//! What does the page tell about the place of a widget: width, ground, colours, language, day?

use encart_chart::{Env, Scheme};
use encart_scene::Rgb;
use encart_scene::measure::text_width;
use encart_table::day::{Grain, Period};
use encart_table::{Lang, Notice, Place};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, Document, Element, EventTarget, HtmlCanvasElement, HtmlElement, ShadowRoot};

use super::{media, part};

/// The environment of a widget, as it is now.
pub(crate) fn env(host: &HtmlElement, width: f64) -> Env {
    let is_print = media::is_print();
    let mut env = Env::new(width, today());
    env.lang = lang(host);
    env.ground = if is_print { None } else { property(host, "--encart-ground").or_else(|| ground(host)) };
    env.scheme = if !is_print && has_dark_canvas() { Scheme::Dark } else { Scheme::Light };
    env.brand = [property(host, "--encart-brand-1"), property(host, "--encart-brand-2")];
    env.wants_patterns = is_print || media::matches("(forced-colors: active)");
    env
}

/// The day of the visitor's clock, in the visitor's time.
pub(crate) fn today() -> Period {
    let now = js_sys::Date::new_0();
    let minutes = now.get_time() / 60_000.0 - now.get_timezone_offset();
    Period::from_day((minutes / 1440.0).floor() as i32, Grain::Day)
}

/// The language of the nearest element that says one.
pub(crate) fn lang(host: &HtmlElement) -> Lang {
    let said = host.closest("[lang]").ok().flatten().and_then(|element| element.get_attribute("lang"));
    said.map_or(Lang::Fr, |tag| Lang::from_tag(&tag))
}

/// The number of pixels that the page gives to the picture; before there is one, to the widget.
pub(crate) fn width(host: &HtmlElement, shell: &HtmlElement) -> f64 {
    let picture = part::find(shell, ".picture").map_or(0, |picture| picture.client_width());
    if picture > 0 { f64::from(picture) } else { host.get_bounding_client_rect().width() }
}

/// Says another address for the page, without going there; refused where the page is a file.
pub(crate) fn set_address(address: &str) {
    let history = Reflect::get(&js_sys::global(), &"history".into());
    let replace = |history: &JsValue| Reflect::get(history, &"replaceState".into()).ok()?.dyn_into::<Function>().ok();
    if let Ok(history) = history
        && let Some(replace) = replace(&history)
    {
        let _ = replace.call3(&history, &JsValue::NULL, &"".into(), &address.into());
    }
}

/// The page's document.
pub(crate) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The height of the window.
pub(crate) fn window_height() -> f64 {
    web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or(0.0)
}

/// How far the page can be scrolled up from here, and down.
pub(crate) fn scroll_range() -> Option<(f64, f64)> {
    let above = web_sys::window()?.scroll_y().ok()?;
    let whole = document()?.document_element()?.scroll_height();
    Some((above, (f64::from(whole) - window_height() - above).max(0.0)))
}

/// The height that the words leave to the picture, when the widget is alone on the screen.
pub(crate) fn screen_height(shell: &HtmlElement) -> Option<f64> {
    if !shell.matches(":fullscreen,[data-on]").unwrap_or(false) {
        return None;
    }
    let height = |selector: &str| part::find(shell, selector).map_or(0, |part| part.client_height());
    const MARGINS: f64 = 120.0;
    let above = shell.get_bounding_client_rect().top();
    Some(window_height() - above - f64::from(height(".head") + height(".notes") + height(".footer")) - MARGINS)
}

fn computed(element: &Element, property: &str) -> Option<String> {
    let style = web_sys::window()?.get_computed_style(element).ok().flatten()?;
    style.get_property_value(property).ok()
}

/// The letters that the page writes with.
pub(crate) fn font(element: &Element) -> String {
    computed(element, "font-family").unwrap_or_default()
}

/// How much wider these letters are than those that a picture is measured with.
pub(crate) fn letters(shell: &Element) -> f64 {
    const SIZE: f64 = 100.0;
    let sample = "Évolution du nombre d’habitants 0123456789";
    let canvas = document().and_then(|document| document.create_element("canvas").ok());
    let context = canvas.and_then(|canvas| canvas.dyn_into::<HtmlCanvasElement>().ok()?.get_context("2d").ok()?);
    let Some(context) = context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok()) else {
        return 1.0;
    };
    context.set_font(&["100px ", &font(shell)].concat());
    let width = context.measure_text(sample).map_or(0.0, |measured| measured.width());
    // a small difference is within the margin of the measure
    let ratio = (width / text_width(sample, SIZE, false) * 20.0).ceil() / 20.0;
    ratio.max(1.0)
}

/// How many dots of the screen there are to a pixel.
pub(crate) fn dots() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio())
}

/// The code of what is said of them.
pub(crate) const UNREAD: &str = "theme.unread";

/// What the page says in its colours that is no colour.
pub(crate) fn unread_colors(host: &HtmlElement) -> Vec<Notice> {
    let mut notices = Vec::new();
    for name in ["--encart-ground", "--encart-brand-1", "--encart-brand-2"] {
        let value = computed(host, name).unwrap_or_default();
        if !value.trim().is_empty() && Rgb::parse(&value).is_none() {
            notices.push(Notice::warning(
                UNREAD,
                Place::column(name),
                format_args!(
                    "« {value} » n’est pas lu comme une couleur. Écrivez par exemple #084860 ou rgb(8, 72, 96)."
                ),
                format_args!("“{value}” is not read as a colour. Write for example #084860 or rgb(8, 72, 96)."),
            ));
        }
    }
    notices
}

fn property(host: &HtmlElement, name: &str) -> Option<Rgb> {
    computed(host, name).and_then(|value| Rgb::parse(&value))
}

/// The first colour behind the widget: its own, its parent's, its host's …; none when nothing is painted.
fn ground(host: &HtmlElement) -> Option<Rgb> {
    let mut behind: Option<Element> = Some(host.clone().into());
    while let Some(element) = behind {
        if let Some(color) = computed(&element, "background-color").and_then(|color| Rgb::parse(&color)) {
            return Some(color);
        }
        behind = element.parent_element().or_else(|| {
            let root: ShadowRoot = element.get_root_node().dyn_into().ok()?;
            Some(root.host())
        });
    }
    None
}

/// Whether the browser paints the bare page dark: the visitor prefers it and the page allows it.
fn has_dark_canvas() -> bool {
    let root = document().and_then(|document| document.document_element());
    let schemes = root.and_then(|root| computed(&root, "color-scheme")).unwrap_or_default();
    let allows = |scheme: &str| schemes.split_whitespace().any(|word| word == scheme);
    allows("dark") && (!allows("light") || media::matches("(prefers-color-scheme: dark)"))
}

/// The address of the page, with what follows its `#`.
pub(crate) fn address() -> String {
    web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// The address to which those of the page are relative.
pub(crate) fn base() -> String {
    document().and_then(|document| document.base_uri().ok().flatten()).unwrap_or_default()
}

/// The address of the page, without what follows its `#`.
pub(crate) fn path() -> String {
    address().split('#').next().unwrap_or_default().to_string()
}

/// Waits until all that the page itself brings is here, and what it begins then has begun.
pub(crate) async fn loaded() {
    let Some(window) = web_sys::window() else { return };
    if document().is_some_and(|document| document.ready_state() != "complete") {
        let loaded = Promise::new(&mut |resolve, _| _ = window.add_event_listener_with_callback("load", &resolve));
        // it is never refused
        let _ = JsFuture::from(loaded).await;
    }
    pause(2_000).await;
}

/// Waits so many milliseconds.
pub(crate) async fn pause(milliseconds: i32) {
    let Some(window) = web_sys::window() else { return };
    let over = Promise::new(&mut |resolve, _| {
        // refused nowhere
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = JsFuture::from(over).await;
}

/// Waits until what was changed has been laid out: whoever reads the page aloud knows of it.
pub(crate) async fn laid_out() {
    let Some(window) = web_sys::window() else { return };
    for _ in 0..2 {
        let frame = Promise::new(&mut |resolve, _| _ = window.request_animation_frame(&resolve));
        // it is never refused
        let _ = JsFuture::from(frame).await;
    }
}

/// The page's letters, which say when some have come.
pub(crate) fn fonts() -> Option<EventTarget> {
    js_sys::Reflect::get(&document()?.into(), &JsValue::from_str("fonts")).ok()?.dyn_into().ok()
}

/// An address of the page, whole.
pub(crate) fn whole_address(address: &str) -> String {
    web_sys::Url::new_with_base(address, &base()).map_or_else(|_| address.to_string(), |url| url.href())
}
