//! How is a chart shown and walked: picture, focus ring, tooltip, spoken words?

use std::sync::Arc;

use encart_chart::Drawing;
use encart_chart::walk::Arrow;
use encart_scene::{Key, Point, hit};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{PageRef, footer, tip};
use crate::browser::svg;
use crate::state::Seen;

/// The whole figure of a widget that is ready.
pub(super) fn chart(seen: &Seen, page: PageRef) -> impl IntoView + use<> {
    let Some(first) = seen.drawing.get_untracked() else { return ().into_any() };
    let lang = first.lang;
    let drawing = seen.drawing.clone();
    let drawn = Signal::derive(move || drawing.get().unwrap_or_else(|| first.clone()));
    let footer = footer::footer(seen, drawn, page);
    view! {
        <figure aria-labelledby="title" on:pointerdown=move |_| page.with_value(|page| page.release()) on:focusin=move |_| page.with_value(|page| page.release())>
            <div class="head">
                <p class="title" id="title">{move || drawn.get().title.clone()}</p>
                {move || drawn.get().subtitle.clone().map(|subtitle| view! { <p class="subtitle">{subtitle}</p> })}
                <p class="spoken" id="summary">{move || drawn.get().summary.clone()}</p>
            </div>
            {picture(drawn, page)}
            <p class="spoken" id="keys">
                {lang.pick(
                    "Flèches : d’une valeur ou d’une série à l’autre. Début et Fin : première et dernière valeur. Échap : fermer. Toutes les valeurs sont dans le tableau.",
                    "Arrows: from one value or series to another. Home and End: first and last value. Escape: close. All values are in the table.",
                )}
            </p>
            <div class="notes">
                {move || drawn.get().notes.iter().map(|note| view! { <p>{note.clone()}</p> }).collect_view()}
            </div>
            {footer}
        </figure>
    }
    .into_any()
}

/// The picture with what floats over it. One tab stop; arrows walk; the pointer finds the nearest datum.
fn picture(drawn: Signal<Arc<Drawing>>, page: PageRef) -> impl IntoView {
    let lang = drawn.get_untracked().lang;
    let current = RwSignal::new(None::<Key>);
    let spoken = RwSignal::new(String::new());
    let canvas = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            svg::put(&canvas, &drawn.get().svg());
        }
    });
    let nearest = move |event: &PointerEvent| {
        let canvas = canvas.get_untracked()?;
        let bounds = Element::get_bounding_client_rect(&canvas);
        let drawing = drawn.get_untracked();
        let scale = drawing.scene.width / bounds.width().max(1.0);
        let x = (f64::from(event.client_x()) - bounds.left()) * scale;
        let y = (f64::from(event.client_y()) - bounds.top()) * scale;
        hit::nearest(&drawing.spots, Point::new(x, y))
    };
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let drawing = drawn.get_untracked();
        let key = event.key();
        if let Some(arrow) = Arrow::from_key(&key) {
            event.prevent_default();
            current.set(drawing.walk(current.get_untracked(), arrow));
            spoken.set(
                current
                    .get_untracked()
                    .and_then(|key| drawing.words_at(key))
                    .map_or(String::new(), |words| words.spoken),
            );
        } else if key == "Escape" && current.get_untracked().is_some() {
            event.stop_propagation();
            current.set(None);
            spoken.set(String::new());
        } else if key == "Enter" {
            current.get_untracked().into_iter().for_each(|key| page.with_value(|page| page.select(key)));
        }
    };
    let label = move || {
        let drawing = drawn.get();
        format!("{} {}", drawing.title, drawing.summary)
    };
    view! {
        <div
            class="picture"
            tabindex="0"
            role="application"
            aria-roledescription=lang.pick("graphique", "chart")
            aria-label=label
            aria-describedby="keys"
            on:keydown=on_key
            on:pointermove=move |event| {
                if event.pointer_type() == "mouse" && !is_on_tip(&event) {
                    current.set(nearest(&event));
                }
            }
            on:pointerdown=move |event| {
                if !is_on_tip(&event) {
                    current.set(nearest(&event));
                }
            }
            on:click=move |_| current.get_untracked().into_iter().for_each(|key| page.with_value(|page| page.select(key)))
            on:pointerleave=move |event: PointerEvent| {
                if event.pointer_type() == "mouse" {
                    current.set(None);
                }
            }
            on:blur=move |_| current.set(None)
        >
            <div class="canvas" aria-hidden="true" node_ref=canvas></div>
            {move || current.get().and_then(|key| tip::ring(&drawn.get(), key))}
            {move || current.get().and_then(|key| tip::tip(&drawn.get(), key))}
        </div>
        <p class="spoken" aria-live="polite" data-live="">{move || spoken.get()}</p>
    }
}

/// Whether the pointer is on the tooltip, which stays as long as it is read.
fn is_on_tip(event: &PointerEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest(".tip").ok().flatten().is_some())
}
