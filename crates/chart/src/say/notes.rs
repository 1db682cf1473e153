//! What must be known to read a picture rightly?

use encart_table::locale::write_list;
use encart_table::{Hedge, Lang, NumberFormat};

use crate::channel::{Channels, Role, Series};
use crate::guide::annotation::{Placed, is_numbered, placed, say};
use crate::mark::lines::starts_at_zero;
use crate::spec::{Classing, Kind, Spec, Stretch};

/// The notes under the plot that the data ask for, the author's first.
pub(crate) fn notes(channels: &Channels, spec: &Spec, width: f64) -> Vec<String> {
    let lang = channels.full.lang;
    let mut notes: Vec<String> = spec.note.iter().cloned().collect();
    if is_numbered(width) {
        let number = |(idx, placed): (usize, &Placed)| format!("{}. {}.", idx + 1, say(placed, channels, lang));
        notes.extend(placed(spec, channels).iter().enumerate().map(number));
    }
    notes.extend(say_axis(channels, spec));
    notes.extend(say_reading(channels, spec));
    if !channels.merged.is_empty() {
        let list = write_list(&channels.merged, lang);
        notes.push(lang.pick(format!("Autres : {list}."), format!("Others: {list}.")));
    }
    let is_area = channels.kind == Kind::Area && channels.is_stack();
    if channels.is_percent() || is_area {
        let is_drawn = |idx| if channels.is_percent() { channels.whole(idx).is_some() } else { channels.is_whole(idx) };
        let partial: Vec<String> = channels
            .slots
            .iter()
            .enumerate()
            .filter(|(idx, _)| !is_drawn(*idx))
            .map(|(_, slot)| slot.label.clone())
            .collect();
        if !partial.is_empty() {
            let list = write_list(&partial, lang);
            let (fr, en) = match channels.is_percent() {
                true => (
                    "Parts non calculables, le tout étant nul ou inconnu",
                    "Shares that cannot be computed, the whole being nil or unknown",
                ),
                false => ("Non dessiné, une part n’étant pas connue", "Not drawn, a part being unknown"),
            };
            notes.push(lang.pick(format!("{fr} : {list}."), format!("{en}: {list}.")));
        }
    }
    if let Some(missing) = say_missing(channels) {
        notes.push(missing);
    }
    notes.extend(say_hedges(channels));
    notes
}

/// That a part is a part, when the visitor has chosen one: `de 2019 à 2023, sans Hommes`.
pub(crate) fn say_part(shown: &Channels, all: &Channels, hidden: &[String]) -> Option<String> {
    let lang = all.full.lang;
    let (first, last) = (&shown.slots.first()?.label, &shown.slots.last()?.label);
    let [start, from, to, only, without] = lang.pick(
        ["Vous voyez une partie des données\u{a0}: ", "de ", " à ", "seulement ", "sans "],
        ["You see a part of the data: ", "from ", " to ", "only ", "without "],
    );
    let mut parts = Vec::new();
    if all.is_time && shown.slots.len() < all.slots.len() {
        parts.push(if first == last { [only, first].concat() } else { [from, first, to, last].concat() });
    }
    if !hidden.is_empty() {
        parts.push([without, &write_list(hidden, lang)].concat());
    }
    (!parts.is_empty()).then(|| [start, &parts.join(", "), "."].concat())
}

/// What an axis that does not start at zero, or is no ruler, asks the reader to know.
fn say_axis(channels: &Channels, spec: &Spec) -> Option<String> {
    let lang = channels.full.lang;
    let known = || channels.values().flat_map(|(_, series)| series.known());
    let is_scaled =
        matches!(channels.kind, Kind::Line | Kind::Step | Kind::Dot | Kind::Box | Kind::Strip | Kind::Scatter);
    let words = match (channels.kind, channels.stretch) {
        (kind, Stretch::Log | Stretch::Symlog) if is_scaled || kind.is_length() => lang.pick(
            "Échelle logarithmique : d’une graduation à la suivante, la valeur est multipliée.",
            "Logarithmic scale: from one tick to the next the value is multiplied.",
        ),
        (Kind::Sparkline, _) if channels.n_values() > 1 => lang.pick(
            "Chaque courbe a son échelle : leurs hauteurs ne se comparent pas.",
            "Every line has its own scale: their heights do not compare.",
        ),
        (Kind::Slope | Kind::Sparkline | Kind::Dumbbell, _) if !starts_at_zero(&mut known()) => lang.pick(
            "L’échelle ne part pas de zéro : elle montre les écarts.",
            "The scale does not start at zero: it shows differences.",
        ),
        (Kind::Box | Kind::Strip | Kind::Dot, _)
            if is_scaled && !starts_at_zero(&mut channels.series.iter().flat_map(Series::known)) =>
        {
            lang.pick("L’axe ne part pas de zéro.", "The axis does not start at zero.")
        }
        (Kind::Line | Kind::Step, _)
            if spec.has_free_scales
                && !channels.facets.is_empty()
                && channels.values().any(|(_, series)| !starts_at_zero(&mut series.known())) =>
        {
            lang.pick(
                "Chaque petit graphique a son échelle, qui ne part pas toujours de zéro.",
                "Every small chart has its own scale, which does not always start at zero.",
            )
        }
        (Kind::Line | Kind::Step, _) if !starts_at_zero(&mut channels.series.iter().flat_map(Series::known)) => {
            lang.pick("L’axe vertical ne part pas de zéro.", "The vertical axis does not start at zero.")
        }
        (Kind::Scatter, _) if !starts_at_zero(&mut known()) => {
            lang.pick("L’axe vertical ne part pas de zéro.", "The vertical axis does not start at zero.")
        }
        _ => return None,
    };
    Some(words.to_string())
}

/// How a kind that is less known is read.
fn say_reading(channels: &Channels, spec: &Spec) -> Option<String> {
    let lang = channels.full.lang;
    match channels.kind {
        Kind::Box => {
            let has_few = (0..channels.slots.len()).any(|idx| channels.is_few(idx));
            let words = lang.pick(
                [
                    "Boîte : la moitié du milieu ; trait : la médiane ; aux bouts, la plus petite et la plus grande valeur.",
                    " Points : moins de quatre valeurs.",
                ],
                [
                    "Box: the middle half; stroke: the median; at the ends, the smallest and the largest value.",
                    " Points: fewer than four values.",
                ],
            );
            Some([words[0], if has_few { words[1] } else { "" }].concat())
        }
        Kind::Heat if spec.classing == Classing::Quantiles => Some(
            lang.pick(
                "Chaque couleur compte à peu près autant de cases.",
                "Each colour holds about the same number of cells.",
            )
            .to_string(),
        ),
        Kind::Bar if channels.series.iter().any(Series::has_own_axis) => Some(
            lang.pick(
                "Deux échelles : barres à gauche, courbe à droite. Leurs hauteurs ne se comparent pas.",
                "Two scales: bars at the left, line at the right. Their heights do not compare.",
            )
            .to_string(),
        ),
        Kind::Heat => {
            Some(lang.pick("Chaque couleur comprend sa borne haute.", "Each colour holds its upper limit.").to_string())
        }
        Kind::Histogram => {
            Some(lang.pick("Chaque classe comprend sa borne haute.", "Each class holds its upper limit.").to_string())
        }
        Kind::Scatter => {
            let (_, sizes) = channels.of_role(Role::Size)?;
            let (lo, hi) = sizes.known().fold((f64::INFINITY, 0.0_f64), |(lo, hi), size| (lo.min(size), hi.max(size)));
            let [lo, hi] = [lo, hi].map(|size| NumberFormat::for_values(&[size], None, lang).write(size));
            let words =
                lang.pick(["Aire des points\u{a0}: ", ", de ", " à "], ["Area of the points: ", ", from ", " to "]);
            Some([words[0], &sizes.name, words[1], &lo, words[2], &hi, "."].concat())
        }
        kind if kind.is_line() && kind.has_axis() || matches!(kind, Kind::Bar | Kind::Dot) && !channels.is_stack() => {
            let _ = channels.of_role(Role::Lower).zip(channels.of_role(Role::Upper))?;
            let (lower, upper) = (spec.label_of(spec.lower.as_deref()?), spec.label_of(spec.upper.as_deref()?));
            let (fr, en) = if kind.is_line() { ("Zone claire", "Pale area") } else { ("Trait", "Line") };
            Some(
                lang.pick(
                    format!("{fr} : de « {lower} » à « {upper} »."),
                    format!("{en}: from “{lower}” to “{upper}”."),
                ),
            )
        }
        _ => None,
    }
}

/// What is not certain and how it is drawn, in one note, and the footnotes to which marks on values point.
fn say_hedges(channels: &Channels) -> Vec<String> {
    let lang = channels.full.lang;
    let colon = lang.pick("\u{a0}: ", ": ");
    let (mut said, mut footnotes): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for hedge in channels.series.iter().flat_map(|series| &series.hedges).flatten() {
        let (list, note) = match (hedge, hedge.letter()) {
            (Hedge::Note(mark), _) => {
                let is_meant = |note: &&String| note.trim_start_matches(['(', '[']).starts_with(mark.as_str());
                (&mut footnotes, channels.footnotes.iter().find(is_meant).cloned())
            }
            // on a line a mark tells it; what is revised is as certain as the rest
            (Hedge::Revised, _) if channels.kind.is_line() => continue,
            (hedge, Some(letter)) => {
                let mark = match hedge {
                    Hedge::Forecast if channels.kind.is_line() => lang.pick("pointillé", "dashes").to_string(),
                    _ if channels.kind.is_line() => lang.pick("point évidé", "hollow point").to_string(),
                    Hedge::Revised => ["(", letter, ")"].concat(),
                    _ => ["(", letter, lang.pick("), en clair", "), pale")].concat(),
                };
                (&mut said, Some([mark.as_str(), colon, hedge.words(lang)].concat()))
            }
            _ => continue,
        };
        list.extend(note.filter(|note| !list.contains(note)));
    }
    let together = said.join(lang.pick("\u{a0}; ", "; "));
    let mut letters = together.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase().to_string());
    let together = first.map(|first| [first.as_str(), letters.as_str(), "."].concat());
    together.into_iter().chain(footnotes).collect()
}

/// `Valeurs manquantes : 2019 (secret statistique), 2021 (non disponible).`
fn say_missing(channels: &Channels) -> Option<String> {
    const SAID: usize = 6;
    let lang = channels.full.lang;
    let has_names = channels.series.len() > 1;
    let mut list = Vec::new();
    let has_names = has_names && !channels.kind.is_points();
    for (series_idx, series) in channels.values() {
        for (slot_idx, (slot, value)) in channels.slots.iter().zip(&series.values).enumerate() {
            if let Err(why) = value
                && channels.is_told(series_idx, slot_idx)
            {
                let name = if has_names { format!("{}, ", series.name) } else { String::new() };
                list.push(format!("{name}{} ({})", slot.label, channels.why_words(series_idx, slot_idx, *why)));
            }
        }
    }
    let n_missing = list.len();
    if n_missing == 0 {
        return None;
    }
    let head = match (lang, n_missing) {
        (Lang::Fr, 1) => "Valeur manquante :",
        (Lang::Fr, _) => "Valeurs manquantes :",
        (Lang::En, 1) => "Missing value:",
        (Lang::En, _) => "Missing values:",
    };
    if n_missing > SAID {
        list.truncate(SAID - 1);
        let rest = n_missing - list.len();
        list.push(lang.pick(format!("{rest} autres dans le tableau"), format!("{rest} more in the table")));
    }
    Some(format!("{head} {}.", write_list(&list, lang)))
}
