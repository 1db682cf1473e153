//! What does JavaScript see of the engine? `mount`, a handle with `set` and `unmount`, and `version`.
#![cfg(target_arch = "wasm32")]

mod apart;
mod browser;
mod fail;
mod late;
mod load;
mod meeting;
mod state;
mod story;
mod widget;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlElement, ShadowRoot};

use load::{DataEngine, Given, use_engine};
use state::Widget;

/// What gives memory out: as fast as the standard library's allocator for the sizes of a page, and two kilobytes lighter
/// for each visitor (two-level segregated fit; M. Masmano and others, "TLSF: a New Dynamic Memory Allocator", 2004).
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The version of the engine, shown by "Données et méthode": published is not loaded.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_string()
}

/// A widget on a page. JavaScript keeps it; when it is freed the widget is gone with all that it opened.
#[wasm_bindgen]
pub struct Handle {
    widget: Option<Widget>,
}

/// Shows a widget in the shadow root of its element, which holds a `div` for it and a slot. `data` is the loader's way to the data engine. The specification
/// comes as one JSON list of three layers, the later winning: the text of a JSON script inside the element, the element's
/// attributes, and the object set by a script.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, root: ShadowRoot, layers: &str, data: DataEngine) -> Handle {
    use_engine(data);
    let given = Given::read(layers);
    Handle { widget: root.dyn_into().ok().map(|root| Widget::mount(host, root, given)) }
}

#[wasm_bindgen]
impl Handle {
    /// Takes a new specification and draws again.
    pub fn set(&self, layers: &str) {
        if let Some(widget) = &self.widget {
            widget.set(Given::read(layers));
        }
    }

    /// Takes the widget off the page and closes all that it opened.
    pub fn unmount(&mut self) {
        self.widget = None;
    }
}
