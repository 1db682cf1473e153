//! What does a widget hold while it is on the page, and what happens to it?

mod hold;
mod tell;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Weak};

use any_spawner::Executor;
use encart_chart::spec::Preset;
use encart_chart::{Drawing, View, draw};
use encart_scene::Key;
use encart_scene::hit::Columns;
use encart_table::{Lang, Notice, Place};
use gloo::events::EventListener;
use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use leptos::task::tick;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlSlotElement, ShadowRoot};

use crate::browser::event::log;
use crate::browser::width::{self, Width};
use crate::browser::{place, sheet};
use crate::fail::Failure;
use crate::load::{Given, Loaded, Task, load};
use crate::widget::turn::Turn;
use crate::widget::{Follower, Open, act, follow, group, is_painted};
use crate::{apart, late};

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stage {
    /// The static content, or the title alone.
    Waiting,
    /// The chart.
    Ready,
    /// The static content and a sentence.
    Failed(Failure),
}

/// What the parts of a widget follow.
pub(crate) struct Seen {
    /// What is shown.
    pub(crate) stage: ArcRwSignal<Stage>,
    /// The chart, when there is one.
    pub(crate) drawing: ArcRwSignal<Option<Arc<Drawing>>>,
    /// The datum in focus.
    pub(crate) current: ArcRwSignal<Option<Key>>,
    /// What is open under the footer.
    pub(crate) open: ArcRwSignal<Open>,
}

/// A widget on the page; dropping it takes it off and closes all that it opened.
pub(crate) struct Widget {
    page: Rc<Page>,
    _followers: [Follower; 3],
    _width: Option<Width>,
    _listeners: Vec<EventListener>,
}

/// The widget's place on the page and its data.
pub(crate) struct Page {
    pub(crate) host: HtmlElement,
    pub(crate) shell: HtmlElement,
    pub(crate) seen: Seen,
    slot: Option<HtmlSlotElement>,
    given: RefCell<Given>,
    pub(crate) loaded: RefCell<Option<Loaded>>,
    loading: RefCell<Option<Task>>,
    // what the visitor has chosen to see
    pub(crate) view: RefCell<View>,
    // where the mouse was pressed on the picture
    pub(crate) drag: Cell<Option<f64>>,
    // where the data of the picture are, once the pointer has come to it
    pub(crate) columns: RefCell<Option<(Weak<Drawing>, Columns)>>,
    // what stands above the picture, as it was put there
    pub(crate) head: RefCell<String>,
    // the picture on its way to the next, while it is
    pub(crate) turn: RefCell<Option<Turn>>,
    // what hears that the page's address changes, where the author allows links
    pub(crate) hash: RefCell<Option<EventListener>>,
    // what listens beyond the shell, for a story or a copy
    pub(crate) ears: RefCell<Vec<EventListener>>,
    // what listens as long as it is shown to a meeting
    pub(crate) meeting: RefCell<Vec<EventListener>>,
    // what was said of the shell itself, whatever is drawn
    added: RefCell<Vec<Notice>>,
    // everything that was said on the way, for "Données et méthode"
    notices: RefCell<Vec<Notice>>,
    // how much wider the page's letters are than those that are measured
    letters: Cell<f64>,
    // whether the last touch put its datum in focus: it has not chosen it yet
    pub(crate) is_first_touch: Cell<bool>,
    // the newest request wins
    generation: Cell<u32>,
    pub(crate) width: Cell<f64>,
    // the height that the page kept for the widget before it came
    reserved: Cell<Option<f64>>,
    // the picture's height that fills it
    pub(crate) height: Cell<Option<f64>>,
}

impl Widget {
    /// Shows a widget in the first element of a shadow root that holds a slot too: the static content shows until it is
    /// ready.
    pub(crate) fn mount(host: HtmlElement, root: ShadowRoot, given: Given) -> Widget {
        sheet::adopt(&root);
        let seen = Seen {
            stage: ArcRwSignal::new(Stage::Waiting),
            drawing: ArcRwSignal::new(None),
            current: ArcRwSignal::new(None),
            open: ArcRwSignal::new(Open::Nothing),
        };
        let shell = root.first_child().and_then(|shell| shell.dyn_into().ok()).unwrap_or_else(|| host.clone());
        let slot = root.query_selector("slot").ok().flatten().and_then(|slot| slot.dyn_into().ok());
        let reserved = host.get_bounding_client_rect().height();
        let page = Rc::new(Page {
            width: Cell::new(place::width(&host, &shell)),
            host,
            shell,
            seen,
            slot,
            given: RefCell::new(given),
            loaded: RefCell::new(None),
            loading: RefCell::new(None),
            view: RefCell::new(View::default()),
            drag: Cell::new(None),
            columns: RefCell::new(None),
            head: RefCell::new(String::new()),
            turn: RefCell::new(None),
            hash: RefCell::new(None),
            ears: RefCell::new(Vec::new()),
            meeting: RefCell::new(Vec::new()),
            added: RefCell::new(Vec::new()),
            notices: RefCell::new(Vec::new()),
            letters: Cell::new(1.0),
            is_first_touch: Cell::new(false),
            generation: Cell::new(0),
            reserved: Cell::new((reserved > 0.0).then_some(reserved)),
            height: Cell::new(None),
        });
        page.set_class();
        // that it runs already is said as an error
        let _ = Executor::init_wasm_bindgen();
        let followers = follow(&page);
        page.measure_letters();
        let width = {
            let weak = Rc::downgrade(&page);
            width::watch(&page.host, move || {
                if let Some(page) = weak.upgrade() {
                    page.resized();
                }
            })
        };
        group::join(&page);
        page.load();
        let listeners = act::listen(&page);
        Widget { page, _followers: followers, _width: width, _listeners: listeners }
    }

    /// Takes a new specification.
    pub(crate) fn set(&self, given: Given) {
        self.page.given.replace(given);
        self.page.load();
    }
}

impl Drop for Widget {
    fn drop(&mut self) {
        // an answer that is still on its way finds nobody
        self.page.generation.set(self.page.generation.get() + 1);
        drop(self.page.loading.take());
        // they hold the page
        drop((self.page.ears.take(), self.page.meeting.take()));
        self.page.shell.remove();
    }
}

impl Page {
    /// Whether what a visitor did is answered by what only this tag has.
    pub(crate) fn hears_apart(self: &Rc<Self>, event: &Event) -> bool {
        apart::is_here() && apart::doors::hear(self, event)
    }

    /// Whether the tag holds static content.
    pub(crate) fn has_content(&self) -> bool {
        let nodes = self.slot.as_ref().map(HtmlSlotElement::assigned_nodes);
        nodes.is_some_and(|nodes| {
            nodes.iter().filter_map(|node| node.dyn_into::<web_sys::Node>().ok()).any(|node| {
                let is_script = node.node_name().eq_ignore_ascii_case("script");
                !is_script && !node.text_content().unwrap_or_default().trim().is_empty()
            })
        })
    }

    /// The title, when it is known before anything is loaded.
    pub(crate) fn title(&self) -> Option<String> {
        self.given.borrow().title()
    }

    /// What is shown now.
    pub(crate) fn drawing(&self) -> Option<Arc<Drawing>> {
        self.seen.drawing.get_untracked()
    }

    /// Everything that was said on the way.
    pub(crate) fn notices(&self) -> Vec<Notice> {
        self.notices.borrow().clone()
    }

    /// What the load took and gave, by name.
    pub(crate) fn facts(&self) -> Vec<(String, String)> {
        self.loaded.borrow().as_ref().map_or_else(Vec::new, |loaded| loaded.facts.clone())
    }

    /// One of these facts; nothing when there is none of this name.
    pub(crate) fn fact(&self, name: &str) -> String {
        self.facts().into_iter().find(|(other, _)| other == name).map_or_else(String::new, |(_, fact)| fact)
    }

    /// The group of widgets that it follows.
    pub(crate) fn group(&self) -> Option<String> {
        self.loaded.borrow().as_ref()?.spec.group.clone()
    }

    /// The name under which links bring back what is seen.
    pub(crate) fn link(&self) -> Option<String> {
        self.loaded.borrow().as_ref()?.spec.link.clone()
    }

    pub(crate) fn lang(&self) -> Lang {
        self.loaded.borrow().as_ref().and_then(|loaded| loaded.spec.lang).unwrap_or_else(|| place::lang(&self.host))
    }

    /// Loads again and shows what comes. What is shown now stays until then.
    pub(crate) fn load(self: &Rc<Self>) {
        let generation = self.generation.get() + 1;
        self.generation.set(generation);
        let page = Rc::downgrade(self);
        let given = self.given.borrow().clone();
        let base = place::base();
        let host = self.host.clone();
        let work = async move {
            let mut loaded = load(given, base, host).await;
            let Some(page) = page.upgrade().filter(|page| page.generation.get() == generation) else { return };
            if apart::is_here() && apart::doors::ask_again(&page, &mut loaded) {
                return;
            }
            match loaded {
                Ok(loaded) => {
                    page.loaded.replace(Some(loaded));
                    page.arrive().await;
                }
                Err(failure) => {
                    // a visitor may ask to try again
                    late::bring().await;
                    if page.generation.get() != generation {
                        return;
                    }
                    // not those of the chart that was shown before
                    page.notices.replace(vec![failure.notice.clone()]);
                    page.fail(failure);
                }
            }
        };
        // the one before, if it is under way, is given up
        drop(self.loading.replace(Some(Task::begin(Box::pin(work)))));
    }

    /// Draws for the place as it is now.
    pub(crate) fn redraw(&self) -> bool {
        let loaded = self.loaded.borrow();
        let Some(loaded) = loaded.as_ref() else { return false };
        drop(self.turn.take());
        let mut env = place::env(&self.host, self.width.get());
        env.height = self.height.get();
        env.letters = self.letters.get();
        env.view = self.view.borrow().clone();
        env.is_projected = place::screen_height(&self.shell).is_some();
        let drawing = match &loaded.whole {
            Some(_) => apart::doors::draw(self, loaded, &env),
            None => draw(&loaded.prepared, &loaded.spec, &env),
        };
        let mut notices = loaded.notices.clone();
        notices.extend(drawing.notices.iter().cloned());
        notices.extend(self.added.borrow().iter().cloned());
        let is_empty = drawing.is_empty();
        self.paint(&drawing);
        self.notices.replace(notices);
        self.seen.drawing.set(Some(Arc::new(drawing)));
        !is_empty
    }

    /// The theme's colours for the words around the picture.
    fn paint(&self, drawing: &Drawing) {
        let theme = &drawing.theme;
        let style = self.shell.style();
        for (name, color) in [
            ("--ink", theme.ink),
            ("--secondary", theme.secondary),
            ("--ground", theme.ground),
            ("--hairline", theme.grid),
            ("--mark", theme.zero),
        ] {
            // refused only for a property that does not exist
            let _ = style.set_property(name, &color.hex());
        }
    }

    /// The first picture takes the place that the page kept, so that nothing around it moves.
    async fn arrive(self: &Rc<Self>) {
        let was_ready = self.seen.stage.get_untracked() == Stage::Ready;
        if let (false, true) = (was_ready, self.has_content()) {
            self.reserved.set(Some(self.host.get_bounding_client_rect().height()));
        }
        // a line of words keeps no place for a chart: it gives way
        self.reserved.set(self.reserved.get().filter(|height| *height >= hold::LEAST_PLACE));
        let is_turning = was_ready && late::is_here();
        if !(if is_turning { late::doors::turn(self) } else { self.redraw() }) {
            self.fail(Failure::from_notices(&self.notices()));
            return;
        }
        let generation = self.generation.get();
        if !was_ready {
            self.seen.stage.set(Stage::Ready);
        }
        // the page keeps its height until the picture is in it: not all browsers hold the place where a visitor reads
        let style = self.host.style();
        let least = style.get_property_value("min-height").unwrap_or_default();
        let height = self.host.get_bounding_client_rect().height().ceil() as i32;
        let _ = style.set_property("min-height", &format!("{height}px"));
        self.set_class();
        tick().await;
        let is_ready = self.seen.stage.get_untracked() == Stage::Ready;
        if let (Some(reserved), Some(drawing), false, true) =
            (self.reserved.get(), self.seen.drawing.get_untracked(), was_ready, is_ready)
            // a line under a value is no picture that could take the rest: the widget takes what it needs
            && drawing.lead.is_none()
        {
            let excess = self.shell.get_bounding_client_rect().height() - reserved;
            if excess != 0.0 && self.height.get().is_none() {
                self.height.set(Some(drawing.scene.height - excess));
                self.redraw();
                tick().await;
            }
            self.hold(reserved);
        }
        let _ = style.set_property("min-height", &least);
        // the policy may have refused the frame meanwhile
        if self.generation.get() != generation || self.seen.stage.get_untracked() != Stage::Ready {
            return;
        }
        self.wait_for_later().await;
        if self.generation.get() != generation {
            return;
        }
        log(&self.host, &self.notices(), self.lang());
        self.report("encart-ready");
    }

    /// What comes after the picture is here: its words, and what paints many marks.
    pub(crate) fn catch_up(self: &Rc<Self>) {
        self.forget_notice("engine.later");
        self.set_class();
        if let Some(drawing) = self.drawing() {
            late::doors::fill_words(self, &drawing);
            if is_painted(&drawing) {
                self.redraw();
            }
            late::doors::meet_page(self);
        }
    }

    /// Waits until the visitor's acts are answered. Where that never comes the picture stays, and it is said.
    async fn wait_for_later(self: &Rc<Self>) {
        if late::is_here() {
            return late::doors::meet_page(self);
        }
        if late::bring().await {
            return self.catch_up();
        }
        self.add_notice(Notice::error(
            "engine.later",
            Place::whole(),
            format_args!("engine-later.wasm n’est pas arrivé : le graphique se voit, sans résumé, et ne répond pas."),
            format_args!("engine-later.wasm did not come: the chart is seen, without summary, and does not respond."),
        ));
        self.set_class();
    }

    /// The classes that decide, in style.css, whether the static content or the chart shows, on screen and on paper.
    fn set_class(&self) {
        let stage = match self.seen.stage.get_untracked() {
            Stage::Waiting => "waiting",
            Stage::Ready => "ready",
            Stage::Failed(_) => "failed",
        };
        let content = if self.has_content() { " has-content" } else { "" };
        let is_large = |loaded: &Loaded| loaded.spec.theme == Some(Preset::Projector);
        // no words, no table, no keys: what is inside the tag has them
        let is_bare = self.added.borrow().iter().any(|notice| notice.code == "engine.later");
        let bare = if is_bare { " bare" } else { "" };
        let size = if self.loaded.borrow().as_ref().is_some_and(is_large) { " large" } else { "" };
        self.shell.set_class_name(&format!("encart {stage}{content}{size}{bare}"));
    }
}
