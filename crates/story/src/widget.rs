//! Which tag does a specification speak of, and how is it drawn?

use encart_chart::spec::read::read_object;
use encart_chart::{Drawing, Env, Spec};
use encart_table::json::{Json, Object};
use encart_table::{Notice, Place, Prepared};

use crate::board::{self, Board};
use crate::figure::{self, Figure, Key};
use crate::focus;
use crate::listing::{self, Listing, Memory};
use crate::narrative;

/// The tags that show more than a chart, without `encart-`.
pub const TAGS: [&str; 4] = ["board", "figure", "story", "table"];

/// What a tag shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Widget {
    /// `<encart-chart>`.
    #[default]
    Chart,
    /// `<encart-chart>` of which one place or series is singled out.
    Focus(String),
    /// `<encart-board>`; the shell knows its widgets and draws it.
    Board(Box<Board>),
    /// `<encart-figure>`.
    Figure(Box<Figure>),
    /// `<encart-story>`; the shell knows its text and its pictures.
    Story(Box<narrative::Tag>),
    /// `<encart-table>`.
    Table(Box<Listing>),
}

/// What is said of names that are one choice.
pub(crate) fn same_name(column: &str, first: &str, other: &str) -> Notice {
    Notice::info(
        "choice.same-name",
        Place::column(column),
        format_args!(
            "« {other} » et « {first} » sont un même choix, qui montre toutes leurs lignes. Corrigez le fichier si ce sont deux noms."
        ),
        format_args!(
            "“{other}” and “{first}” are one choice, which shows the rows of both. Correct the file if they are two names."
        ),
    )
}

impl Widget {
    /// Takes what a tag has of its own out of a specification; what is left is a chart's. The tag is its name without
    /// `encart-`: a file names it under `tag`.
    pub fn take(tag: &str, object: &mut Object) -> (Widget, Vec<Notice>) {
        // a file may name the tag that it is for
        object.take("tag");
        match tag {
            "board" => (Widget::Board(Box::new(Board::take(object))), Vec::new()),
            "figure" => (Widget::Figure(Box::new(Figure::take(object))), Vec::new()),
            "story" => (Widget::Story(Box::new(narrative::Tag::take(object))), Vec::new()),
            "table" => (Widget::Table(Box::new(Listing::take(object))), Vec::new()),
            "chart" | "" => (focus::take(object).map_or(Widget::Chart, Widget::Focus), Vec::new()),
            other => (Widget::Chart, vec![unknown(other)]),
        }
    }

    /// The keys that a tag has of its own.
    pub fn keys(tag: &str) -> &'static [Key] {
        match tag {
            "chart" | "" => &focus::KEYS,
            "board" => &board::KEYS,
            "figure" => &figure::KEYS,
            "story" => &narrative::TAG_KEYS,
            "table" => &listing::KEYS,
            _ => &[],
        }
    }

    /// Reads a specification from JSON.
    ///
    /// ```
    /// let (_, _, notices) = encart_story::widget::Widget::read(r#"{"tag": "figure", "vaule": "depenses"}"#);
    /// assert!(notices[0].words.fr.contains("« value »"));
    /// ```
    pub fn read(json: &str) -> (Widget, Spec, Vec<Notice>) {
        let mut object = match Json::parse_object(json, "spec") {
            Ok(object) => object,
            Err(notice) => return (Widget::Chart, Spec::default(), vec![notice]),
        };
        let tag = object.get("tag").and_then(Json::as_attribute).unwrap_or_default();
        let (widget, mut notices) = Widget::take(&tag, &mut object);
        let own: Vec<&str> = Widget::keys(&tag).iter().map(|key| key.0).collect();
        let (spec, said) = read_object(&object, &own);
        notices.extend(said);
        (widget, spec, notices)
    }

    /// Draws it for a place; what takes long is kept in the memory for the next drawing.
    pub fn draw(&self, prepared: &Prepared, spec: &Spec, env: &Env, memory: &Memory) -> Drawing {
        match self {
            Widget::Chart => encart_chart::draw(prepared, spec, env),
            Widget::Focus(name) => {
                let mut drawing = encart_chart::draw(prepared, spec, env);
                focus::single_out(&mut drawing, name);
                drawing
            }
            Widget::Board(board) => board.draw(&[], &[], spec, env),
            Widget::Figure(figure) => figure.draw(prepared, spec, env),
            Widget::Story(tag) => tag.draw(spec, env),
            Widget::Table(listing) => listing.draw(prepared, spec, env, memory),
        }
    }
}

fn unknown(tag: &str) -> Notice {
    Notice::error(
        "spec.bad-value",
        Place::column("tag"),
        format_args!("« {tag} » n’est pas une balise ; les balises sont : chart, board, figure, story, table."),
        format_args!("“{tag}” is no tag; the tags are: chart, board, figure, story, table."),
    )
}
