//! How does the shell learn that its container changed width?

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// An observer that stops when it is dropped.
pub(crate) struct Width {
    observer: ResizeObserver,
    _changed: Closure<dyn FnMut()>,
}

impl Drop for Width {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls back whenever the element's box changes.
pub(crate) fn watch(element: &Element, changed: impl FnMut() + 'static) -> Option<Width> {
    let changed = Closure::<dyn FnMut()>::new(changed);
    let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(Width { observer, _changed: changed })
}
