//! Which sentences stand for the whole picture: what it is, from where to where, its extremes, what is missing?

use encart_table::locale::{write_list, write_number};
use encart_table::order::order_by;
use encart_table::{Lang, Why};

use super::percent;
use super::series::{extremes, say_change, say_series, since, until};
use crate::channel::{Channels, Role, Series};
use crate::guide::annotation::{placed, say};
use crate::recipe::waffle::squares;
use crate::spec::{Kind, Layout, Spec};

/// The sentences, the first saying what is shown, the second what matters most.
pub(crate) fn summarize(channels: &Channels, spec: &Spec) -> Vec<String> {
    let lang = channels.full.lang;
    if channels.is_empty() {
        return vec![lang.pick("Aucune valeur à représenter.", "No value to show.").to_string()];
    }
    if channels.is_percent() && channels.full.unit.as_deref() != Some("%") {
        return summarize(&channels.as_shares(), spec);
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
    sentences.extend(teller.missing());
    let marks: Vec<String> = placed(spec, channels).iter().map(|placed| say(placed, channels, lang)).collect();
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
            .filter(|unit| !is_share && !y.ends_with(unit.as_str()));
        let unit = unit.unwrap_or_default();
        if channels.kind == Kind::Scatter {
            let x = &channels.x_name;
            return self.lang.pick(format!("{kind} : {y}{unit} selon {x}."), format!("{kind}: {y}{unit} by {x}."));
        }
        let head = match (channels.slots.first(), channels.slots.last(), channels.is_time) {
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
        if channels.is_stack() && channels.layout == Layout::Stacked {
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
                let change = say_change(channels, from, end);
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

    /// How many, from where to where, and whether the two measures go together.
    fn points(&self) -> Vec<String> {
        let channels = self.channels;
        let (Some((x_idx, across)), Some((_, values))) = (channels.of_role(Role::Across), channels.values().next())
        else {
            return Vec::new();
        };
        let pairs: Vec<(f64, f64)> =
            values.placed().filter_map(|(slot_idx, y)| Some((across.at(slot_idx)?, y))).collect();
        let n = pairs.len();
        let range = |name: &str, series: &Series, write: &dyn Fn(f64) -> String| {
            let known: Vec<(usize, f64)> = series.placed().collect();
            let (low, high) = extremes(&known)?;
            let words = self.lang.pick(("de", "à"), ("from", "to"));
            Some(format!("{name} {} {} {} {}", words.0, write(low.1), words.1, write(high.1)))
        };
        let x_format = channels.full_of(x_idx);
        let ranges: Vec<String> = [
            range(&channels.x_name, across, &|value| x_format.write(value)),
            range(&channels.y_name, values, &|value| channels.full.write(value)),
        ]
        .into_iter()
        .flatten()
        .collect();
        let count = write_number(n as f64, 0, self.lang);
        let s = if n > 1 { "s" } else { "" };
        let mut sentences =
            vec![format!("{count} point{s}{} {}.", self.colon(), ranges.join(self.lang.pick(" ; ", "; ")))];
        sentences.extend(correlation(&pairs).filter(|_| n >= 8).map(|r| self.together(r)));
        sentences
    }

    /// A correlation in words; the limits are those of common use, not of a test.
    fn together(&self, r: f64) -> String {
        const CLEAR: f64 = 0.7;
        const SOME: f64 = 0.4;
        let words = match (r.abs(), r > 0.0) {
            (CLEAR.., true) => ("Les deux augmentent nettement ensemble", "Both clearly rise together"),
            (CLEAR.., false) => {
                ("Quand l’un augmente, l’autre baisse nettement", "When one rises, the other clearly falls")
            }
            (SOME.., true) => ("Les deux tendent à augmenter ensemble", "Both tend to rise together"),
            (SOME.., false) => {
                ("Quand l’un augmente, l’autre tend à baisser", "When one rises, the other tends to fall")
            }
            _ => ("Aucun lien d’ensemble n’apparaît", "No overall link appears"),
        };
        let r = write_number(r, 2, self.lang);
        let because = ("cela ne dit pas pourquoi", "this does not say why");
        format!(
            "{} (r = {r}{} {}).",
            self.lang.pick(words.0, words.1),
            self.lang.pick(" ;", ";"),
            self.lang.pick(because.0, because.1)
        )
    }

    /// The lowest and highest points.
    fn strips(&self) -> Vec<String> {
        let Some((_, series)) = self.channels.values().next() else { return Vec::new() };
        let known: Vec<(usize, f64)> = series.placed().collect();
        let Some((low, high)) = extremes(&known) else { return Vec::new() };
        let n = write_number(known.len() as f64, 0, self.lang);
        let (low_name, high_name) = (self.label(low.0), self.label(high.0));
        let (low, high) = (self.channels.full.write(low.1), self.channels.full.write(high.1));
        vec![self.lang.pick(
            format!("{n} valeurs, de {low} ({low_name}) à {high} ({high_name})."),
            format!("{n} values, from {low} ({low_name}) to {high} ({high_name})."),
        )]
    }

    /// How many rows, and the class that has most.
    fn classes(&self) -> Vec<String> {
        let Some((_, series)) = self.channels.values().next() else { return Vec::new() };
        let known: Vec<(usize, f64)> = series.placed().collect();
        let Some((_, most)) = extremes(&known) else { return Vec::new() };
        let sum = encart_table::sum::sum(series.known()).unwrap_or(0.0);
        let (n, count) = (write_number(sum, 0, self.lang), write_number(most.1, 0, self.lang));
        let (class, share) = (self.label(most.0), percent(most.1 / sum.max(1.0) * 100.0, self.lang));
        vec![self.lang.pick(
            format!("{n} valeurs ; classe la plus nombreuse : {class} ({count}, soit {share})."),
            format!("{n} values; most numerous class: {class} ({count}, or {share})."),
        )]
    }

    /// The highest and the lowest median, and where half of the values are.
    fn boxes(&self) -> Vec<String> {
        let Some((median_idx, medians)) = self.channels.values().next() else { return Vec::new() };
        let known: Vec<(usize, f64)> = medians.placed().collect();
        let Some((low, high)) = extremes(&known) else { return Vec::new() };
        let quartile = |offset: usize, slot_idx: usize| {
            let idx = (median_idx + offset).checked_sub(1)?;
            self.channels.series.get(idx).and_then(|series| series.at(slot_idx)).map(|value| self.write(value))
        };
        let tell = |(slot_idx, value): (usize, f64)| {
            let half = quartile(0, slot_idx).zip(quartile(2, slot_idx)).filter(|(from, to)| from != to);
            let (name, value) = (self.label(slot_idx), self.write(value));
            let half = half.map(|(from, to)| {
                self.lang.pick(
                    format!(", la moitié entre {from} et {to}"),
                    format!(", half of them between {from} and {to}"),
                )
            });
            format!("{name} ({value}{})", half.unwrap_or_default())
        };
        let words = self.lang.pick(("Médiane la plus haute", "la plus basse"), ("Highest median", "lowest"));
        match low.0 == high.0 {
            true => vec![format!("{}{} {}.", self.lang.pick("Médiane", "Median"), self.colon(), tell(high))],
            false => vec![format!(
                "{}{} {}{} {}{} {}.",
                words.0,
                self.colon(),
                tell(high),
                self.lang.pick(" ;", ";"),
                words.1,
                self.colon(),
                tell(low)
            )],
        }
    }

    /// All cells with their series, slot and value.
    fn all(&self) -> Vec<(usize, usize, f64)> {
        let cells = self
            .channels
            .values()
            .flat_map(|(idx, series)| series.placed().map(move |(slot, value)| (idx, slot, value)));
        cells.collect()
    }

    fn name(&self, series_idx: usize) -> &str {
        self.channels.series.get(series_idx).map_or("", |series| series.name.as_str())
    }

    /// The lowest and the highest cell.
    fn cells(&self) -> Vec<String> {
        let all = self.all();
        let by_value = |one: &&(usize, usize, f64), other: &&(usize, usize, f64)| one.2.total_cmp(&other.2);
        let (Some(low), Some(high)) = (all.iter().min_by(by_value), all.iter().rev().max_by(by_value)) else {
            return Vec::new();
        };
        let place = |cell: &(usize, usize, f64)| format!("{}, {}", self.name(cell.0), self.label(cell.1));
        let (low_value, high_value) = (self.write(low.2), self.write(high.2));
        vec![self.lang.pick(
            format!("Maximum {high_value} ({}) ; minimum {low_value} ({}).", place(high), place(low)),
            format!("Highest {high_value} ({}); lowest {low_value} ({}).", place(high), place(low)),
        )]
    }

    /// Each part of the whole.
    fn parts(&self) -> Vec<String> {
        let channels = self.channels;
        let Some((_, series)) = channels.values().next() else { return Vec::new() };
        let is_percent = channels.format.unit.as_deref() == Some("%");
        let part = |(slot_idx, value): (usize, f64)| {
            let share = percent(channels.share(0, slot_idx).unwrap_or(0.0), self.lang);
            match is_percent {
                true => format!("{} {}", self.label(slot_idx), self.write(value)),
                false => format!("{} {share} ({})", self.label(slot_idx), self.write(value)),
            }
        };
        let parts: Vec<String> = series.placed().map(part).collect();
        let mut sentences = vec![format!("{}.", write_list(&parts, self.lang))];
        if let Some(sum) = channels.sum().filter(|_| !is_percent) {
            sentences.push(format!("{}{} {}.", self.lang.pick("En tout", "In all"), self.colon(), self.write(sum)));
        }
        if channels.kind == Kind::Waffle
            && let (_, Some(each)) = squares(channels)
        {
            let each = channels.full.write(each);
            sentences.push(self.lang.pick(format!("Un carré vaut {each}."), format!("One square is {each}.")));
        }
        sentences
    }

    /// The whole, and its largest parts.
    fn surfaces(&self) -> Vec<String> {
        let mut all = self.all();
        let sum = encart_table::sum::sum(all.iter().map(|cell| cell.2)).unwrap_or(0.0);
        largest_first(&mut all);
        let part = |cell: &(usize, usize, f64)| {
            let share = percent(cell.2 / sum.max(f64::MIN_POSITIVE) * 100.0, self.lang);
            format!("{} {} ({share})", self.label(cell.1), self.write(cell.2))
        };
        let parts: Vec<String> = all.iter().take(3).map(part).collect();
        let (sum, list) = (self.write(sum), write_list(&parts, self.lang));
        vec![self.lang.pick(
            format!("En tout : {sum}. Les plus grandes parts : {list}."),
            format!("In all: {sum}. The largest parts: {list}."),
        )]
    }

    /// How many on each side, and the age that has most.
    fn ages(&self) -> Vec<String> {
        let channels = self.channels;
        let sums: Vec<(&str, f64)> = channels
            .values()
            .filter_map(|(_, series)| Some((series.name.as_str(), encart_table::sum::sum(series.known())?)))
            .collect();
        if channels.full.unit.as_deref() == Some("%") {
            return self.ages_in_percent();
        }
        let whole: f64 = sums.iter().map(|(_, sum)| sum).sum();
        let side = |(name, sum): &(&str, f64)| {
            let share = percent(sum / whole.max(f64::MIN_POSITIVE) * 100.0, self.lang);
            format!("{name}{} {} ({share})", self.colon(), channels.full.write(*sum))
        };
        let sides: Vec<String> = sums.iter().map(side).collect();
        let totals = (0..channels.slots.len()).filter_map(|slot| Some((slot, channels.total(slot)?)));
        let totals: Vec<(usize, f64)> = totals.collect();
        let mut sentences = vec![format!("{}.", sides.join(", "))];
        if let Some((_, most)) = extremes(&totals) {
            let (age, count) = (self.label(most.0), channels.full.write(most.1));
            sentences.push(self.lang.pick(
                format!("Âge le plus nombreux : {age} ({count})."),
                format!("Most numerous age: {age} ({count})."),
            ));
        }
        sentences
    }

    /// Of shares there is no sum: the age that has most on each side.
    fn ages_in_percent(&self) -> Vec<String> {
        let most = |(_, series): (usize, &Series)| {
            let known: Vec<(usize, f64)> = series.placed().collect();
            let (_, most) = extremes(&known)?;
            let (age, share) = (self.label(most.0), self.write(most.1));
            Some(format!("{}{} {age} ({share})", series.name, self.colon()))
        };
        let most: Vec<String> = self.channels.values().filter_map(most).collect();
        let words = self.lang.pick("Âge le plus nombreux, ", "Most numerous age, ");
        vec![format!("{words}{}.", most.join(", "))]
    }

    /// How many flows, and the largest.
    fn flows(&self) -> Vec<String> {
        let mut all = self.all();
        largest_first(&mut all);
        let flow = |cell: &(usize, usize, f64)| {
            let towards = self.lang.pick("vers", "to");
            format!("{} {towards} {} ({})", self.label(cell.1), self.name(cell.0), self.write(cell.2))
        };
        let list: Vec<String> = all.iter().take(3).map(flow).collect();
        let (n, list) = (all.len(), write_list(&list, self.lang));
        vec![self.lang.pick(format!("{n} flux. Les plus grands : {list}."), format!("{n} flows. The largest: {list}."))]
    }

    /// What adds most, what takes most away, and what is left.
    fn steps(&self) -> Vec<String> {
        let channels = self.channels;
        let Some((_, series)) = channels.values().next() else { return Vec::new() };
        let steps: Vec<(usize, f64)> = series.placed().filter(|(slot, _)| !channels.is_total(*slot)).collect();
        let mut sentences = Vec::new();
        if let Some((low, high)) = extremes(&steps) {
            let words = self
                .lang
                .pick(("Ce qui ajoute le plus", "Ce qui retire le plus"), ("Largest addition", "Largest reduction"));
            for (word, step) in
                [(words.0, Some(high).filter(|step| step.1 > 0.0)), (words.1, Some(low).filter(|step| step.1 < 0.0))]
            {
                sentences.extend(step.map(|(slot, value)| {
                    format!("{word}{} {} ({}).", self.colon(), self.label(slot), self.signed(value))
                }));
            }
        }
        let last = series.placed().filter(|(slot, _)| channels.is_total(*slot)).last();
        sentences
            .extend(last.map(|(slot, value)| format!("{}{} {}.", self.label(slot), self.colon(), self.write(value))));
        sentences
    }

    fn missing(&self) -> Option<String> {
        let n_missing =
            self.channels.values().flat_map(|(_, series)| &series.values).filter(|value| value.is_err()).count();
        let is_sparse = matches!(self.channels.kind, Kind::Sankey | Kind::Treemap);
        if n_missing == 0 || is_sparse {
            return None;
        }
        let s = if n_missing > 1 { "s" } else { "" };
        Some(self.lang.pick(format!("{n_missing} valeur{s} manquante{s}."), format!("{n_missing} missing value{s}.")))
    }
}

fn largest_first(cells: &mut Vec<(usize, usize, f64)>) {
    let value = |idx: usize| cells.get(idx).map_or(0.0, |cell| cell.2);
    let order = order_by(cells.len(), &mut |one, other| value(other).total_cmp(&value(one)));
    *cells = order.into_iter().filter_map(|idx| cells.get(idx).copied()).collect();
}

/// Pearson's coefficient; none when one of the measures does not vary.
fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let (mean_x, mean_y) =
        (pairs.iter().map(|pair| pair.0).sum::<f64>() / n, pairs.iter().map(|pair| pair.1).sum::<f64>() / n);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        let (dx, dy) = (x - mean_x, y - mean_y);
        (xy, xx, yy) = (xy + dx * dy, xx + dx * dx, yy + dy * dy);
    }
    (xx > 0.0 && yy > 0.0).then(|| xy / (xx.sqrt() * yy.sqrt()))
}
