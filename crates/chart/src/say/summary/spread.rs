//! How do many values spread: points, classes, quartiles?

use encart_table::locale::write_number;

use super::Teller;
use crate::channel::{Role, Series};
use crate::say::percent;
use crate::say::series::extremes;

impl Teller<'_> {
    /// How many, from where to where, and whether the two measures go together.
    pub(super) fn points(&self) -> Vec<String> {
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
    pub(super) fn strips(&self) -> Vec<String> {
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
    pub(super) fn classes(&self) -> Vec<String> {
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
    pub(super) fn boxes(&self) -> Vec<String> {
        let Some((median_idx, medians)) = self.channels.values().next() else { return Vec::new() };
        let known: Vec<(usize, f64)> = medians.placed().collect();
        let Some((low, high)) = extremes(&known) else { return Vec::new() };
        let quartile = |offset: usize, slot_idx: usize| {
            let idx = (median_idx + offset).checked_sub(1)?;
            self.channels.series.get(idx).and_then(|series| series.at(slot_idx)).map(|value| self.write(value))
        };
        let tell = |(slot_idx, value): (usize, f64)| {
            let half = quartile(0, slot_idx)
                .zip(quartile(2, slot_idx))
                .filter(|(from, to)| from != to && !self.channels.is_few(slot_idx));
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
