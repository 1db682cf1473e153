//! What comes out of a chart? One value: picture, words, table, source, notices.

use std::sync::Arc;

use encart_scene::svg::render_svg;
use encart_scene::{Key, Scene, Spot};
use encart_table::locale::spoken::speak;
use encart_table::table::join;
use encart_table::verb::prepare::Done;
use encart_table::{Lang, Notice, Place, Prepared, Table};

use crate::channel::{self, Channels};
use crate::env::Env;
use crate::guide::annotation::{breaks, say_marks, say_unplaced};
use crate::recipe::{Kitchen, draw_scene, is_horizontal};
use crate::say::{self, DatumWords};
use crate::source::{Source, source};
use crate::spec::{Kind, Preset, Spec};
use crate::tabular::{Twin, as_table, n_rows, twin};
use crate::theme::Theme;
use crate::view::Choices;

/// A finished chart. It owns everything: nothing in it asks for the table again.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The finding, or what is shown when the author gave none.
    pub title: String,
    /// What is measured.
    pub subtitle: Option<String>,
    /// What stands before the picture, where it is not alone.
    pub lead: Option<Lead>,
    /// The rows that it shows, where it is no picture.
    pub rows: Option<Rows>,
    /// The picture.
    pub scene: Scene,
    /// What must be known to read it rightly.
    pub notes: Vec<String>,
    /// What the picture leaves out or adds up in part: said where it is read.
    pub warnings: Vec<String>,
    /// Where the data come from.
    pub source: Source,
    /// What there is to say to the author.
    pub notices: Vec<Notice>,
    /// The place of every datum, for the pointer and the keyboard.
    pub spots: Vec<Spot>,
    /// The language of its words.
    pub lang: Lang,
    /// The colours of the series, for the tooltip.
    pub colors: Vec<encart_scene::Rgb>,
    /// Whether categories go down: arrow keys follow.
    pub is_horizontal: bool,
    /// The colours of its words.
    pub theme: Theme,
    /// How much wider the page's letters are than those that are measured.
    pub(crate) letters: f64,
    pub(crate) channels: Option<Channels>,
    // without what the visitor has left out, if anything
    shown: Option<Channels>,
    // what the author has marked, in words
    marks: Vec<String>,
    // what was done to the data before they were drawn
    done: Done,
}

/// What stands before a picture: a value in large letters and what is said of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lead {
    /// As markup.
    pub html: String,
    /// In sentences.
    pub words: String,
    /// Markup for its element `.rows`, or that follows it where nothing answers: it changes with what the visitor chooses,
    /// where the rest stays; empty when there is none.
    pub rows: String,
    /// What was chosen or found, for a voice.
    pub said: String,
    /// Which page of the rows is shown, for a voice.
    pub turned: String,
}

/// Rows that are shown as such, and not by a picture: which rows and columns of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The table that they are of.
    pub table: Arc<Table>,
    /// The rows, in the order in which they are shown.
    pub row_idxs: Vec<usize>,
    /// The columns.
    pub column_idxs: Vec<usize>,
}

impl Rows {
    /// As a table of their own.
    fn table(&self) -> Table {
        let columns = self.column_idxs.iter().filter_map(|idx| self.table.columns.get(*idx)).cloned();
        Table::new(columns.collect()).rows(&self.row_idxs)
    }
}

impl Drawing {
    /// The picture as SVG that says what it shows.
    pub fn svg(&self) -> String {
        render_svg(&self.scene, &self.label())
    }

    /// The same without words, to stand beside them.
    pub fn picture(&self) -> String {
        render_svg(&self.scene, "")
    }

    /// What the picture says where it stands alone: the title and two sentences.
    pub fn label(&self) -> String {
        speak(&[self.title.trim_end_matches('.'), ". ", &self.brief()].concat(), self.lang)
    }

    /// The summary in one or two sentences.
    pub fn brief(&self) -> String {
        let sentences = self.sentences();
        join(sentences.get(..2).unwrap_or(&sentences), " ")
    }

    /// What the data say in words, whatever the visitor has left out. Made when it is asked for: the picture does not wait.
    pub fn summary(&self) -> String {
        join(&self.sentences(), " ")
    }

    fn sentences(&self) -> Vec<String> {
        if let Some(lead) = &self.lead {
            return vec![lead.words.clone()];
        }
        match &self.channels {
            Some(channels) => say::summarize(channels, &self.marks),
            None => vec![
                self.lang
                    .pick(
                        "Ces données ne permettent pas de dessiner le graphique.",
                        "These data do not allow the chart to be drawn.",
                    )
                    .to_string(),
            ],
        }
    }

    /// A datum in words; none when there is no such datum.
    pub fn words_at(&self, key: Key) -> Option<DatumWords> {
        say::say_datum(self.seen()?, key)
    }

    /// The data as they are shown.
    pub(crate) fn seen(&self) -> Option<&Channels> {
        self.shown.as_ref().or(self.channels.as_ref())
    }

    /// Its table: all that the data hold, whatever the visitor has left out. Made when it is asked for: of a hundred
    /// thousand points it is longer than the picture.
    pub fn twin(&self) -> Twin {
        let none = || Twin { head: Vec::new(), rows: Vec::new() };
        self.channels.as_ref().map_or_else(none, twin)
    }

    /// The same as values: what files are made of.
    pub(crate) fn table(&self) -> Table {
        match (&self.rows, &self.channels) {
            (Some(rows), _) => rows.table(),
            (None, Some(channels)) => as_table(channels),
            (None, None) => Table::new(Vec::new()),
        }
    }

    /// What a visitor may choose on it.
    pub fn choices(&self) -> Option<Choices> {
        self.channels.as_ref().map(Choices::of).filter(|choices| choices.is_any())
    }

    /// The names of all its places, whatever is shown of them.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.channels.iter().flat_map(|channels| &channels.slots).map(|slot| slot.label.as_str())
    }

    /// How many rows its table has.
    pub fn n_rows(&self) -> usize {
        match &self.rows {
            Some(rows) => rows.row_idxs.len(),
            None => self.channels.as_ref().map_or(0, n_rows),
        }
    }

    /// What was done to the data before they were drawn, a sentence a step.
    pub fn steps(&self) -> Vec<String> {
        self.done.words().iter().map(|words| words.get(self.lang).to_string()).collect()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.lead.is_none() && self.channels.as_ref().is_none_or(Channels::is_empty)
    }

    /// Leaves the picture out: what stands before it says all, and the table is complete.
    pub fn leave_picture(&mut self) {
        self.scene = Scene::new(self.scene.width, 0.0, self.theme.ground);
        self.spots.clear();
        self.notes.clear();
    }
}

/// Letters wider than this are taken for that wide.
const MOST_LETTERS: f64 = 1.5;

/// Draws a table, after its steps, as a specification asks, for a place. Pure: the same arguments give the same bits
/// everywhere.
///
/// ```
/// use encart_chart::{Env, draw, read_spec};
/// use encart_table::{Period, read_csv};
/// let (table, _) = read_csv("annee;habitants\n2020;10\n2021;12\n".as_bytes(), &Default::default());
/// let (spec, _) = read_spec(r#"{ "kind": "line", "x": "annee", "y": "habitants", "title": "La commune grandit" }"#);
/// let drawing = draw(&table.into(), &spec, &Env::new(600.0, Period::year(2026)));
/// assert!(drawing.svg().starts_with("<svg"));
/// assert_eq!(drawing.summary(), "Courbe : habitants, de 2020 à 2021. De 10 en 2020 à 12 en 2021 (+20\u{a0}%).");
/// ```
pub fn draw(prepared: &Prepared, spec: &Spec, env: &Env) -> Drawing {
    let mut drawing = blank(prepared, spec, env);
    let (lang, letters) = (drawing.lang, drawing.letters);
    let theme = &drawing.theme;
    let notices = &mut drawing.notices;
    let table = &prepared.table;
    // a title speaks of what its steps make: without one of them the picture would say something else
    let mut channels = if prepared.is_misled { None } else { channel::bind(prepared, spec, lang, notices) };
    if let Some(channels) = &mut channels {
        channels.breaks = breaks(spec, channels);
    }
    let width = drawing.scene.width;
    let kitchen = |channels| Kitchen {
        channels,
        theme,
        spec,
        view: &env.view,
        shared: None,
        is_small: false,
        has_unit: true,
        width,
        height: if env.is_projected { env.height } else { spec.height.or(env.height) },
        is_projected: env.is_projected,
        has_patterns: spec.has_patterns || env.wants_patterns || spec.theme == Some(Preset::Sober),
    };
    let shown = channels.as_ref().and_then(|channels| env.view.of(channels));
    if let Some(channels) = &channels {
        let shown = shown.as_ref().unwrap_or(channels);
        let kitchen = kitchen(shown);
        let part = say::say_part(shown, channels, &env.view.hidden);
        drawing.scene = draw_scene(&kitchen);
        drawing.notes = part.into_iter().chain(say::notes(shown, spec, width)).collect();
        drawing.colors = kitchen.swatches();
        drawing.is_horizontal = is_horizontal(&kitchen);
        if channels.is_empty() {
            notices.push(Notice::warning(
                "chart.empty",
                Place::whole(),
                format_args!(
                    "aucune valeur à dessiner parmi {} ligne(s). Vérifiez les étapes et la colonne y.",
                    table.n_rows()
                ),
                format_args!("no value to draw among {} row(s). Check the steps and the y column.", table.n_rows()),
            ));
        }
        say_unplaced(spec, channels, notices);
        drawing.marks = say_marks(spec, channels, lang);
        if spec.title.is_none() {
            drawing.title = lang.pick(
                format!("{} selon {}", channels.y_name, channels.x_name),
                format!("{} by {}", channels.y_name, channels.x_name),
            );
        }
    }
    drawing.warnings = say::warnings(notices, lang);
    let is_of_series = |kind| !matches!(kind, Kind::Heat | Kind::Pie | Kind::Donut | Kind::Waffle);
    if !channels.as_ref().is_some_and(|channels| is_of_series(channels.kind)) {
        // a class or a part is no series: leaving it out would make another whole
        drawing.scene.names.clear();
    }
    drawing.scene.scale_letters(1.0 / letters);
    drawing.theme.label_size /= letters;
    drawing.spots = drawing.scene.spots();
    drawing.channels = channels;
    drawing.shown = shown;
    drawing
}

/// A drawing with its words, its source and its colours, and no picture: what another tag than the chart's fills.
pub fn blank(prepared: &Prepared, spec: &Spec, env: &Env) -> Drawing {
    let lang = spec.lang.unwrap_or(env.lang);
    let (mut theme, mut notices) = Theme::for_env(env, spec.theme);
    // wide letters are laid out as larger ones, then written in their size
    let letters = env.letters.clamp(1.0, MOST_LETTERS);
    theme.label_size *= letters;
    notices.extend(prepared.notices.iter().cloned());
    Drawing {
        title: spec.title.clone().unwrap_or_default(),
        subtitle: spec.subtitle.clone(),
        lead: None,
        rows: None,
        spots: Vec::new(),
        scene: Scene::new(env.width.clamp(240.0, 4000.0), 0.0, theme.ground),
        notes: Vec::new(),
        warnings: say::warnings(&notices, lang),
        done: prepared.done.clone(),
        source: source(spec, lang, env.today),
        notices,
        lang,
        colors: Vec::new(),
        is_horizontal: false,
        theme,
        letters,
        marks: Vec::new(),
        channels: None,
        shown: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_spec;
    use encart_table::{Period, prepare, read_csv};

    // A page in Montserrat or in Courier once had its labels clipped.
    #[test]
    fn wide_letters_have_room() {
        let (table, _) = read_csv(FILE.as_bytes(), &Default::default());
        let (spec, _) = read_spec(r#"{"kind": "bar", "x": "poste", "y": "montant", "color": "annee"}"#);
        let drawn =
            |letters| draw(&table.clone().into(), &spec, &Env { letters, ..Env::new(400.0, Period::year(2026)) });
        let (plain, wide) = (drawn(1.0), drawn(1.3));
        let sizes = |drawing: &Drawing| -> Vec<f64> {
            let size = |item: &encart_scene::Item| match &item.shape {
                encart_scene::Shape::Text { style, .. } => Some((style.size * 1e6).round() / 1e6),
                _ => None,
            };
            drawing.scene.items.iter().filter_map(size).collect()
        };
        assert!(sizes(&wide).iter().all(|size| *size == 13.0), "{:?}", sizes(&wide));
        assert_eq!(sizes(&plain).first(), Some(&13.0));
        // as wide as the page writes them, none leaves the picture
        for item in &wide.scene.items {
            let encart_scene::Shape::Text { at, text, style } = &item.shape else { continue };
            let written = encart_scene::TextStyle { size: style.size * 1.3, ..*style };
            let bounds = encart_scene::measure::text_box(*at, text, written);
            assert!(bounds.x >= -0.5 && bounds.right() <= 400.5, "{text}: {bounds:?}");
        }
    }

    const FILE: &str =
        "annee;poste;montant\n2021;Voirie;10\n2021;École;20\n2022;Voirie;\n2022;École;30\n2022;Fêtes;5\n";

    fn drawn(steps: &str) -> Drawing {
        let (table, _) = read_csv(FILE.as_bytes(), &Default::default());
        let (spec, _) = read_spec(&format!(r#"{{"x": "annee", "y": "total", "title": "Voirie", "steps": {steps}}}"#));
        draw(&prepare(table, &spec.steps), &spec, &Env::new(600.0, Period::year(2026)))
    }

    // A filter that could not be read was once skipped, and the whole town's spending drawn under the roads' title.
    #[test]
    fn without_one_of_its_steps_nothing_is_drawn() {
        for (steps, is_drawn) in [
            (r#"[{"filter": "poste = \"Voirie\""}, {"group": {"by": "annee", "total": "sum(montant)"}}]"#, true),
            (r#"[{"filter": "poste de = 3"}, {"group": {"by": "annee", "total": "sum(montant)"}}]"#, false),
            (r#"[{"filter": "postes = \"Voirie\""}, {"group": {"by": "annee", "total": "sum(montant)"}}]"#, false),
            (r#"[{"filtre": "poste = \"Voirie\""}, {"group": {"by": "annee", "total": "sum(montant)"}}]"#, false),
        ] {
            assert_eq!(!drawn(steps).is_empty(), is_drawn, "{steps}");
        }
    }

    // A sum without its missing part was once shown as a total, with a fall of 18 % that never was.
    #[test]
    fn a_sum_that_lacks_a_part_is_said_to_the_citizen() {
        let drawing = drawn(r#"[{"group": {"by": "annee", "total": "sum(montant)"}}]"#);
        assert_eq!(drawing.warnings, ["Attention : « total » est calculé sans 1 valeur manquante (2022)."]);
        assert_eq!(drawing.steps(), ["regroupé : total = somme de montant, par annee"]);
    }

    #[test]
    fn several_columns_are_not_added_up_unasked() {
        let (table, _) = read_csv("poste;prévu;réalisé\nVoirie;10;12\nÉcole;20;19\n".as_bytes(), &Default::default());
        let (spec, _) = read_spec(r#"{"x": "poste", "y": "prévu, réalisé"}"#);
        let drawing = draw(&table.into(), &spec, &Env::new(600.0, Period::year(2026)));
        assert!(!drawing.summary().contains("Total"), "{}", drawing.summary());
    }
}
