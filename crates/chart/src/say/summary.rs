//! Which sentences stand for the whole picture: what it is, from where to where, its extremes, what is missing?

mod parts;
mod spread;

use encart_table::locale::write_list;
use encart_table::{Lang, Why};

use super::series::{extremes, say_change, say_series, since, until, when};
use crate::channel::{Channels, Role, Series};
use crate::spec::{Kind, Layout};

/// The sentences, the first saying what is shown, the second what matters most; the last names what is marked.
pub(crate) fn summarize(channels: &Channels, marks: &[String]) -> Vec<String> {
    let lang = channels.full.lang;
    let shares = (channels.is_percent() && channels.full.unit.as_deref() != Some("%")).then(|| channels.as_shares());
    // what is missing is missing of the values, not of each share of a whole that is not known
    let given = Teller { channels, lang };
    let channels = shares.as_ref().unwrap_or(channels);
    if channels.is_empty() {
        return vec![lang.pick("Aucune valeur à représenter.", "No value to show.").to_string()];
    }
    let teller = Teller { channels, lang };
    let mut sentences = vec![teller.head()];
    sentences.extend(match channels.kind {
        Kind::Slope => teller.slopes(),
        Kind::Dumbbell => teller.gaps(),
        Kind::Scatter => teller.points(),
        Kind::Strip => teller.strips(),
        Kind::Histogram => teller.classes(),
        Kind::Box => teller.boxes(),
        Kind::Heat => teller.cells(),
        Kind::Pie | Kind::Donut | Kind::Waffle => teller.parts(),
        Kind::Treemap => teller.surfaces(),
        Kind::Pyramid => teller.ages(),
        Kind::Sankey => teller.flows(),
        Kind::Waterfall => teller.steps(),
        _ => teller.series(),
    });
    sentences.extend(given.missing());
    if !marks.is_empty() {
        sentences.push(format!("{} {}.", lang.pick("Repères :", "Marks:"), marks.join(lang.pick(" ; ", "; "))));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

struct Teller<'a> {
    channels: &'a Channels,
    lang: Lang,
}

impl Teller<'_> {
    /// What the picture is.
    fn kind(&self) -> &'static str {
        let channels = self.channels;
        let (fr, en) = match channels.kind {
            Kind::Bar if channels.layout == Layout::Diverging => {
                ("Barres de part et d’autre d’un milieu", "Diverging bars")
            }
            Kind::Bar if channels.is_percent() => ("Barres en parts de 100\u{a0}%", "Bars as shares of 100%"),
            Kind::Bar => ("Diagramme en barres", "Bar chart"),
            Kind::Line => ("Courbe", "Line chart"),
            Kind::Step => ("Courbe en escalier", "Step chart"),
            Kind::Area if channels.is_percent() => ("Aires en parts de 100\u{a0}%", "Areas as shares of 100%"),
            Kind::Area if channels.is_stack() => ("Aires empilées", "Stacked areas"),
            Kind::Area => ("Aire", "Area chart"),
            Kind::Dot => ("Points", "Dot plot"),
            Kind::Lollipop => ("Points sur tiges", "Lollipop chart"),
            Kind::Dumbbell => ("Écarts", "Dumbbell chart"),
            Kind::Slope => ("Pentes", "Slope chart"),
            Kind::Scatter if channels.of_role(Role::Size).is_some() => ("Nuage de bulles", "Bubble chart"),
            Kind::Scatter => ("Nuage de points", "Scatter plot"),
            Kind::Histogram => ("Histogramme", "Histogram"),
            Kind::Box => ("Boîtes à moustaches", "Box plot"),
            Kind::Strip => ("Bandes de points", "Strip plot"),
            Kind::Heat => ("Grille colorée", "Heat grid"),
            Kind::Pie => ("Diagramme circulaire", "Pie chart"),
            Kind::Donut => ("Anneau", "Donut chart"),
            Kind::Treemap => ("Surfaces proportionnelles", "Treemap"),
            Kind::Waffle => ("Carrés", "Waffle chart"),
            Kind::Pyramid => ("Pyramide", "Population pyramid"),
            Kind::Sankey => ("Flux", "Flow diagram"),
            Kind::Waterfall => ("Cascade", "Waterfall chart"),
            Kind::Sparkline => ("Courbes miniatures", "Sparklines"),
        };
        self.lang.pick(fr, en)
    }

    /// `Courbe : habitants, de 2020 à 2021.`
    fn head(&self) -> String {
        let channels = self.channels;
        let (kind, y) = (self.kind(), &channels.y_name);
        let is_share = channels.is_percent();
        let unit = channels
            .full
            .unit
            .as_deref()
            .map(|unit| format!(" ({unit})"))
            .filter(|unit| !is_share && !y.ends_with(unit.as_str()) && !unit.contains(&format!("({y})")));
        let unit = unit.unwrap_or_default();
        if channels.kind == Kind::Scatter {
            let x = &channels.x_name;
            return self.lang.pick(format!("{kind} : {y}{unit} selon {x}."), format!("{kind}: {y}{unit} by {x}."));
        }
        let head = match (channels.slots.first(), channels.slots.last(), channels.is_time) {
            (Some(only), _, true) if channels.slots.len() == 1 => {
                format!("{kind}{} {y}{unit}, {}", self.colon(), when(only, self.lang))
            }
            (Some(first), Some(last), true) => self.lang.pick(
                format!("{kind} : {y}{unit}, {} {}", since(first), until(last)),
                format!("{kind}: {y}{unit}, from {} to {}", first.label, last.label),
            ),
            _ => {
                let x = &channels.x_name;
                let (n, fr, en) = match channels.kind {
                    Kind::Histogram => (channels.slots.len(), "classe", "class"),
                    Kind::Strip => (channels.groups.len(), "catégorie", "categor"),
                    _ => (channels.slots.len(), "catégorie", "categor"),
                };
                let s = if n > 1 { "s" } else { "" };
                let ends = match (en, n > 1) {
                    ("class", true) => "es",
                    ("class", false) => "",
                    (_, true) => "ies",
                    (_, false) => "y",
                };
                self.lang.pick(
                    format!("{kind} : {y}{unit} selon {x}, {n} {fr}{s}"),
                    format!("{kind}: {y}{unit} by {x}, {n} {en}{ends}"),
                )
            }
        };
        match channels.facets.len() {
            0 => format!("{head}."),
            n => self.lang.pick(format!("{head}, {n} petits graphiques."), format!("{head}, {n} small charts.")),
        }
    }

    fn label(&self, slot_idx: usize) -> &str {
        self.channels.slots.get(slot_idx).map_or("", |slot| slot.label.as_str())
    }

    fn write(&self, value: f64) -> String {
        self.channels.format.write(value)
    }

    fn signed(&self, value: f64) -> String {
        let written = self.write(value);
        if value > 0.0 { ["+", &written].concat() } else { written }
    }

    fn colon(&self) -> &'static str {
        self.lang.pick("\u{a0}:", ":")
    }

    /// The totals of a stack, then each series.
    fn series(&self) -> Vec<String> {
        const SAID: usize = 4;
        let channels = self.channels;
        let mut sentences = Vec::new();
        if channels.is_stack() && channels.layout == Layout::Stacked && !channels.is_keyed {
            let totals = (0..channels.slots.len())
                .map(|idx| channels.total(idx).filter(|_| channels.is_whole(idx)).ok_or(Why::Undefined));
            let total = Series { name: "Total".into(), values: totals.collect(), ..Series::default() };
            sentences.push(say_series(channels, &total, true));
        }
        let all = channels.series.iter().filter(|series| matches!(series.role, Role::Value | Role::Line));
        let all: Vec<&Series> = all.collect();
        for series in all.iter().take(SAID) {
            sentences.push(say_series(channels, series, all.len() > 1));
        }
        if let Some(rest) = all.len().checked_sub(SAID).filter(|rest| *rest > 0) {
            let s = if rest > 1 { "s" } else { "" };
            sentences.push(self.lang.pick(
                format!("{rest} autre{s} série{s} dans le tableau."),
                format!("{rest} more series in the table."),
            ));
        }
        sentences
    }

    /// How many rise and fall, then each.
    fn slopes(&self) -> Vec<String> {
        let channels = self.channels;
        let last = channels.slots.len().saturating_sub(1);
        let change = |series: &Series| Some((series.at(0)?, series.at(last)?));
        let count = |is: &dyn Fn(f64, f64) -> bool| {
            channels.values().filter_map(|(_, series)| change(series)).filter(|(from, to)| is(*from, *to)).count()
        };
        let (up, down) = (count(&|from, to| to > from), count(&|from, to| to < from));
        let verb = |n: usize, one: &'static str, many: &'static str| if n > 1 { many } else { one };
        let mut parts = Vec::new();
        if up > 0 {
            parts.push(format!(
                "{up} {}",
                self.lang.pick(verb(up, "augmente", "augmentent"), verb(up, "rises", "rise"))
            ));
        }
        if down > 0 {
            parts.push(format!(
                "{down} {}",
                self.lang.pick(verb(down, "baisse", "baissent"), verb(down, "falls", "fall"))
            ));
        }
        let mut sentences = vec![format!("{}.", write_list(&parts, self.lang))];
        sentences.retain(|sentence| sentence.len() > 1);
        let to = self.lang.pick("à", "to");
        for (_, series) in channels.values().take(8) {
            if let Some((from, end)) = change(series) {
                let (start, finish) = (self.write(from), self.write(end));
                let ends = format!("{start} ({}) {to} {finish} ({})", self.label(0), self.label(last));
                let from_word = self.lang.pick("de", "from");
                let change = say_change(&channels.full, from, end);
                sentences.push(format!("{}{} {from_word} {ends}{change}.", series.name, self.colon()));
            }
        }
        sentences
    }

    /// Where the ends of a category are farthest from each other, and nearest.
    fn gaps(&self) -> Vec<String> {
        // a slot, its lowest and its highest series
        type Gap = (usize, (usize, f64), (usize, f64));
        let channels = self.channels;
        let ends = |slot_idx: usize| {
            let known: Vec<(usize, f64)> =
                channels.values().filter_map(|(idx, series)| Some((idx, series.at(slot_idx)?))).collect();
            let (lowest, highest) = extremes(&known)?;
            (known.len() > 1).then_some((slot_idx, lowest, highest))
        };
        let gap = |(_, low, high): &Gap| high.1 - low.1;
        let all: Vec<_> = (0..channels.slots.len()).filter_map(ends).collect();
        let name = |idx: usize| channels.series.get(idx).map_or("", |series| series.name.as_str());
        let tell = |word: &str, found: Option<&Gap>| {
            let (slot, low, high) = found?;
            let (low_value, high_value) = (self.write(low.1), self.write(high.1));
            let (low, high) = (name(low.0), name(high.0));
            Some(format!(
                "{word}{} {} ({low}{} {low_value}, {high}{} {high_value}).",
                self.colon(),
                self.label(*slot),
                self.colon(),
                self.colon()
            ))
        };
        let largest = all.iter().max_by(|one, other| gap(one).total_cmp(&gap(other)));
        let smallest = all.iter().min_by(|one, other| gap(one).total_cmp(&gap(other)));
        let words = self.lang.pick(("Plus grand écart", "Plus petit écart"), ("Largest gap", "Smallest gap"));
        let second = tell(words.1, smallest.filter(|_| all.len() > 1));
        tell(words.0, largest).into_iter().chain(second).collect()
    }

    /// How many values are not known, of those of which something is said.
    fn n_unknown(&self) -> usize {
        let channels = self.channels;
        let n_of = |(series_idx, series): (usize, &Series)| {
            let is_unknown =
                |slot_idx: &usize| series.at(*slot_idx).is_none() && channels.is_told(series_idx, *slot_idx);
            (0..channels.slots.len()).filter(is_unknown).count()
        };
        channels.values().map(n_of).sum()
    }

    fn missing(&self) -> Option<String> {
        let n_missing = self.n_unknown();
        let is_sparse = matches!(self.channels.kind, Kind::Sankey | Kind::Treemap);
        if n_missing == 0 || is_sparse {
            return None;
        }
        let s = if n_missing > 1 { "s" } else { "" };
        Some(self.lang.pick(format!("{n_missing} valeur{s} manquante{s}."), format!("{n_missing} missing value{s}.")))
    }
}
