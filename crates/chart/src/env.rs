//! What does a chart need to know of the place where it is shown?

use encart_scene::Rgb;
use encart_table::{Lang, Period};

use crate::view::View;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// Dark ink on a light ground.
    #[default]
    Light,
    /// Light ink on a dark ground.
    Dark,
}

/// The place where a chart is shown. The core never asks a clock or a window: it is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Env {
    /// The width of the container in pixels.
    pub width: f64,
    /// The height the picture should take, when the page has kept a place for it.
    pub height: Option<f64>,
    /// Whether the widget is alone on a screen, read from afar: everything fits that height, even in denser rows.
    pub is_projected: bool,
    /// The reader's language, when the specification does not say.
    pub lang: Lang,
    /// The day of reading: it decides whether the data are late, and nothing else.
    pub today: Period,
    /// Light or dark.
    pub scheme: Scheme,
    /// The page's ground, when it is not the theme's.
    pub ground: Option<Rgb>,
    /// The site's own colours, which replace the first two after a contrast repair.
    pub brand: [Option<Rgb>; 2],
    /// Patterns beside colours, whatever the author chose: on paper, in forced colours.
    pub wants_patterns: bool,
    /// How much wider the page's letters are than those that are measured (`encart_scene::measure`), 1 when they are not.
    pub letters: f64,
    /// Whether what is drawn will answer nobody: static content, paper.
    pub is_still: bool,
    /// What the visitor has chosen to see.
    pub view: View,
}

impl Env {
    /// A container of this width on a white page, in French.
    pub fn new(width: f64, today: Period) -> Env {
        Env {
            width,
            height: None,
            is_projected: false,
            lang: Lang::Fr,
            today,
            scheme: Scheme::Light,
            ground: None,
            brand: [None, None],
            wants_patterns: false,
            letters: 1.0,
            is_still: false,
            view: View::default(),
        }
    }
}
