//! What may an author ask for? One specification, whether attributes, JSON or object.

pub mod annotation;
mod facts;
pub mod french;
pub mod keys;
pub mod kind;
pub mod read;
pub mod schema;
pub(crate) mod step;

use encart_civic::Frequency;
use encart_table::expr::unknown_column;
use encart_table::table::{bare_name, fold};
use encart_table::{Json, Lang, Level, Notice, ReadOptions, Table};

pub use annotation::Annotation;
pub use kind::Kind;

/// How several series stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// On top of each other: the whole is their sum.
    Stacked,
    /// Beside each other.
    Grouped,
    /// As shares of 100 %.
    Percent,
    /// As shares on both sides of a middle: answers from one end of a scale to the other.
    Diverging,
}

/// How values become lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stretch {
    /// The same difference, the same length.
    #[default]
    Linear,
    /// The same ratio, the same length: values above zero.
    Log,
    /// Linear around zero, logarithmic beyond: values of both signs.
    Symlog,
}

/// Which way bars grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Orientation {
    /// Upwards when labels fit below, else rightwards.
    #[default]
    Auto,
    /// Upwards.
    Vertical,
    /// Rightwards.
    Horizontal,
}

/// In which order categories stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By value for categories, by date for dates, as in the data after a `sort` step.
    #[default]
    Auto,
    /// As in the data.
    Data,
    /// Largest first.
    Value,
}

/// Colours and sizes for an occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// The library's own colours, whatever the site's.
    Neutral,
    /// Large type, read from afar.
    Projector,
    /// Greys and patterns: for a printer without colours.
    Sober,
}

/// Where classes of colours are cut.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Classing {
    /// Between round numbers, evenly.
    #[default]
    Even,
    /// So that each holds as many values.
    Quantiles,
    /// Where the author says, ascending.
    Limits(Vec<f64>),
}

/// What is kept in the visitor's browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cache {
    /// The last good copy of each answer, shown with its date when the source fails.
    #[default]
    Auto,
    /// Nothing.
    None,
}

/// The specification of a chart. `Spec::default()` is every default, written once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spec {
    /// The address of the data.
    pub src: Option<String>,
    /// The data themselves, as CSV text.
    pub data: Option<String>,
    /// The kind of chart.
    pub kind: Option<Kind>,
    /// The column of the x channel.
    pub x: Option<String>,
    /// The columns of the y channel: one series each when there are several.
    pub y: Vec<String>,
    /// The column that makes series.
    pub color: Option<String>,
    /// Of points: the column of their area.
    pub size: Option<String>,
    /// Of points: the column of their name.
    pub label: Option<String>,
    /// The column that makes small multiples, one a value.
    pub facet: Option<String>,
    /// Whether small multiples have scales of their own.
    pub has_free_scales: bool,
    /// Beside bars, the columns that are drawn as lines.
    pub line: Vec<String>,
    /// Whether these lines have a scale of their own.
    pub has_line_axis: bool,
    /// The column that says how sure each value is.
    pub status: Option<String>,
    /// The lower end of a range around y.
    pub lower: Option<String>,
    /// Its upper end.
    pub upper: Option<String>,
    /// The period from which on values are forecast, as written.
    pub forecast: Option<String>,
    /// A value to reach, drawn as a line.
    pub target: Option<f64>,
    /// Lines, periods, events, breaks and notes.
    pub annotations: Vec<Annotation>,
    /// How values become lengths.
    pub stretch: Stretch,
    /// Where classes of colours are cut.
    pub classing: Classing,
    /// How several series stand together; decided from the data when absent.
    pub layout: Option<Layout>,
    /// Which way bars grow.
    pub orientation: Orientation,
    /// In which order categories stand.
    pub order: Order,
    /// A name that widgets share whose focus is one: a place in focus in one is in focus in all.
    pub group: Option<String>,
    /// The name in the page's address of what a visitor sees of this chart.
    pub link: Option<String>,
    /// The names that the public reads, by column.
    pub labels: Vec<(String, String)>,
    /// The unit of y, when the data do not say it or say it badly.
    pub unit: Option<String>,
    /// The steps between the data and the chart, as written: whoever loads the data reads and runs them.
    pub steps: Json,
    /// The finding, in a sentence.
    pub title: Option<String>,
    /// The level of the title among the headings of the page, 2 to 6.
    pub heading: Option<u32>,
    /// What is measured, where, when.
    pub subtitle: Option<String>,
    /// What the reader must know to read it rightly.
    pub note: Option<String>,
    /// Who made the data.
    pub producer: Option<String>,
    /// The licence: a preset or a name.
    pub licence: Option<String>,
    /// The date of the data, as written.
    pub updated: Option<String>,
    /// The legal time to which instants with an offset are brought, by its IANA name.
    pub timezone: Option<String>,
    /// How often they are renewed.
    pub frequency: Option<Frequency>,
    /// The page that presents the dataset.
    pub page: Option<String>,
    /// The address of the whole file, when it is not that of `src`.
    pub file: Option<String>,
    /// Colours and sizes, when they are not those of the place.
    pub theme: Option<Preset>,
    /// Patterns beside colours.
    pub has_patterns: bool,
    /// The language of the interface; the page's when absent.
    pub lang: Option<Lang>,
    /// The height of the picture in pixels; decided from the width when absent.
    pub height: Option<f64>,
    /// Whether a copy of a good answer is put aside for a bad day.
    pub cache: Cache,
    /// How the file is read.
    pub reading: ReadOptions,
}

impl Spec {
    /// The name of a column as the public reads it: that of the author, for the column itself or without its unit.
    pub fn label_of(&self, name: &str) -> String {
        label_of(&self.labels, name)
    }
}

/// Labels of columns that a table does not have; a board may speak of those of another widget, so that nothing is wrong yet.
pub fn unknown_labels(labels: &[(String, String)], table: &Table) -> Vec<Notice> {
    let unknown = labels.iter().filter(|(name, _)| table.idx_without_unit(name).is_none());
    let said = unknown.filter_map(|(name, _)| unknown_column(table, name, "labels"));
    said.map(|notice| Notice { level: Level::Info, ..notice }).collect()
}

/// The name of a column as the public reads it, of labels by column.
pub fn label_of(labels: &[(String, String)], name: &str) -> String {
    let exact = labels.iter().find(|(own, _)| own == name);
    let bare = fold(bare_name(name));
    let own = exact.or_else(|| labels.iter().find(|(own, _)| fold(own) == bare));
    own.map_or(name, |(_, label)| label).to_string()
}
