//! How is a chart shown and walked: picture, focus, spoken words?

use std::sync::Arc;

use encart_chart::walk::Arrow;
use encart_chart::{Drawing, html};
use encart_scene::{Key, Point, hit};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{PageRef, float, footer, markup};
use crate::state::Seen;

/// The drawing that is shown now.
pub(super) type Drawn = Signal<Arc<Drawing>>;

/// The whole figure of a widget that is ready.
pub(super) fn chart(seen: &Seen, page: PageRef) -> Option<impl IntoView + use<>> {
    let first = seen.drawing.get_untracked()?;
    let drawing = seen.drawing.clone();
    let drawn = Signal::derive(move || drawing.get().unwrap_or_else(|| first.clone()));
    let release = move || page.with_value(|page| page.release());
    Some(view! {
        // an empty title keeps the browser from showing the tag's own as a bubble over everything
        <figure title="" aria-label=move || drawn.get().title.clone() on:click=move |_| release() on:keydown=move |_| release()>
            {markup("head", move || html::head(&drawn.get()))}
            <p class="spoken">{move || drawn.get().summary.clone()}</p>
            {picture(drawn, page)}
            {markup("notes", move || html::notes(&drawn.get()))}
            {footer::footer(seen, drawn)}
        </figure>
    })
}

/// The picture with what floats over it. One tab stop; arrows walk; the pointer finds the nearest datum.
fn picture(drawn: Drawn, page: PageRef) -> impl IntoView {
    let lang = drawn.get_untracked().lang;
    let current = RwSignal::new(None::<Key>);
    let spoken = RwSignal::new(String::new());
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let drawing = drawn.get_untracked();
        let (key, from) = (event.key(), current.get_untracked());
        if let Some(arrow) = Arrow::from_key(&key) {
            event.prevent_default();
            let to = drawing.walk(from, arrow);
            current.set(to);
            spoken.set(to.and_then(|key| drawing.words_at(key)).map_or(String::new(), |words| words.spoken));
        } else if key == "Escape" && from.is_some() {
            event.stop_propagation();
            current.set(None);
            spoken.set(String::new());
        } else if let (true, Some(from)) = (key == "Enter", from) {
            page.with_value(|page| page.select(from));
        }
    };
    let on_pointer = move |event: PointerEvent| {
        // a finger that scrolls moves too: only its touch counts
        let is_meant = event.type_() == "pointerdown" || event.pointer_type() == "mouse";
        if let Some(key) = nearest(&event, &drawn.get_untracked()).filter(|_| is_meant) {
            current.set(Some(key));
        }
    };
    let on_leave = move |event: PointerEvent| {
        if event.pointer_type() == "mouse" {
            current.set(None);
        }
    };
    let label = move || {
        let drawing = drawn.get();
        let keys = lang.pick(
            "Flèches : d’une valeur à l’autre. Début et Fin : première et dernière. Échap : fermer. Toutes les valeurs sont dans le tableau.",
            "Arrows: from one value to another. Home and End: first and last. Escape: close. All values are in the table.",
        );
        format!("{}. {keys}", drawing.title.trim_end_matches('.'))
    };
    view! {
        <div
            class="picture"
            tabindex="0"
            role="application"
            aria-roledescription=lang.pick("graphique", "chart")
            aria-label=label
            on:keydown=on_key
            on:pointermove=on_pointer
            on:pointerdown=on_pointer
            on:pointerleave=on_leave
            on:click=move |_| current.get_untracked().into_iter().for_each(|key| page.with_value(|page| page.select(key)))
            on:blur=move |_| {
                current.set(None);
                spoken.set(String::new());
            }
        >
            <div class="canvas" aria-hidden="true">{markup("svg", move || drawn.get().svg())}</div>
            {float::float(drawn, current)}
        </div>
        <p class="spoken" aria-live="polite" data-live="">{move || spoken.get()}</p>
    }
}

/// The datum nearest to the pointer; none while the pointer is on the words of one, which stay as long as they are read.
fn nearest(event: &PointerEvent, drawing: &Drawing) -> Option<Key> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let picture: HtmlElement = event.current_target()?.dyn_into().ok()?;
    if target.closest(".tip").ok().flatten().is_some() {
        return None;
    }
    let bounds = picture.get_bounding_client_rect();
    let scale = drawing.scene.width / bounds.width().max(1.0);
    let x = (f64::from(event.client_x()) - bounds.left()) * scale;
    let y = (f64::from(event.client_y()) - bounds.top()) * scale;
    hit::nearest(&drawing.spots, Point::new(x, y))
}
