//! What does a visitor see of a widget, stage by stage?
//!
//! The frame of each stage is markup written once (`frame`); what changes in it follows signals, part by part, so that
//! the keyboard's place in the picture and an open table survive a new drawing.

pub(crate) mod act;
pub(crate) mod apart;
pub(crate) mod board;
mod chart;
mod explore;
mod files;
pub(crate) mod float;
pub(crate) mod footer;
mod frame;
pub(crate) mod group;
mod legend;
pub(crate) mod link;
pub(crate) mod meeting;
pub(crate) mod offline;
mod paper;
pub(crate) mod story;
pub(crate) mod surroundings;
pub(crate) mod turn;
pub(crate) mod words;

use std::cell::RefCell;
use std::rc::Rc;

use encart_chart::Drawing;
use leptos::prelude::{Get, RenderEffect, Set};

use crate::browser::markup;
use crate::late;
use crate::state::{Page, Stage};
pub(crate) use chart::is_painted;
pub(crate) use footer::Open;

/// What makes a widget's parts follow its signals, as long as it is kept.
pub(crate) type Follower = RenderEffect<()>;

/// Fills what a new drawing changes.
fn fill(page: &Rc<Page>, drawing: &Drawing) {
    chart::fill(page, drawing);
    legend::fill(page, drawing);
}

/// Makes a widget's parts follow its signals.
pub(crate) fn follow(page: &Rc<Page>) -> [Follower; 3] {
    let framed = RefCell::new(None);
    let frame = effect(page, move |page| {
        let stage = page.seen.stage.get();
        let drawing = page.seen.drawing.get();
        let (lang, has_content) = (page.lang(), page.has_content());
        let wanted = Some((stage.clone(), lang));
        if *framed.borrow() != wanted {
            framed.replace(wanted);
            // a new frame has nothing open, nothing in focus and nothing in its head
            page.head.take();
            page.seen.open.set(Open::Nothing);
            page.seen.current.set(None);
            let is_let_in = markup::put(
                &page.shell,
                &frame::frame(&stage, lang, page.title(), has_content, page.host.has_attribute("debug")),
            );
            if !is_let_in {
                page.refuse_markup();
            }
        }
        if let (Stage::Ready, Some(drawing)) = (stage, drawing) {
            fill(page, &drawing);
        }
    });
    let float = effect(page, |page| {
        let (current, drawing) = (page.seen.current.get(), page.seen.drawing.get());
        if let Some(drawing) = drawing.filter(|_| late::is_here()) {
            late::doors::fill_float(&page.shell, &drawing, current);
        }
    });
    let footer = effect(page, |page| {
        let (open, drawing) = (page.seen.open.get(), page.seen.drawing.get());
        if let Some(drawing) = drawing.filter(|_| late::is_here()) {
            late::doors::fill_footer(page, &drawing, open);
        }
    });
    [frame, float, footer]
}

/// Runs now, and again whenever a signal that it reads changes.
fn effect(page: &Rc<Page>, run: impl Fn(&Rc<Page>) + 'static) -> Follower {
    let page = page.clone();
    boxed_effect(Box::new(move || run(&page)))
}

/// Compiled once, whatever runs.
fn boxed_effect(run: Box<dyn Fn()>) -> Follower {
    RenderEffect::new(move |_| run())
}
