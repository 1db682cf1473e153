//! What do cells, parts, flows and steps make together?

use encart_table::locale::write_list;
use encart_table::order::order_by;

use super::Teller;
use crate::channel::Series;
use crate::recipe::waffle::squares;
use crate::say::percent;
use crate::say::series::extremes;
use crate::spec::Kind;

impl Teller<'_> {
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
    pub(super) fn cells(&self) -> Vec<String> {
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
    pub(super) fn parts(&self) -> Vec<String> {
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
    pub(super) fn surfaces(&self) -> Vec<String> {
        let mut all = self.all();
        let sum = encart_table::sum::sum(all.iter().map(|cell| cell.2)).unwrap_or(0.0);
        largest_first(&mut all);
        let is_part = self.n_unknown() > 0;
        let part = |cell: &(usize, usize, f64)| {
            let share = percent(cell.2 / sum.max(f64::MIN_POSITIVE) * 100.0, self.lang);
            let share = if is_part { String::new() } else { format!(" ({share})") };
            format!("{} {}{share}", self.label(cell.1), self.write(cell.2))
        };
        let parts: Vec<String> = all.iter().take(3).map(part).collect();
        let (sum, list) = (self.write(sum), write_list(&parts, self.lang));
        let (fr, en) = match is_part {
            true => ("Valeurs connues, en tout", "Known values, in all"),
            false => ("En tout", "In all"),
        };
        vec![self.lang.pick(
            format!("{fr} : {sum}. Les plus grandes parts : {list}."),
            format!("{en}: {sum}. The largest parts: {list}."),
        )]
    }

    /// How many on each side, and the age that has most.
    pub(super) fn ages(&self) -> Vec<String> {
        let channels = self.channels;
        if channels.full.unit.as_deref() == Some("%") {
            return self.ages_in_percent();
        }
        let sums: Vec<(&str, f64)> = channels
            .values()
            .filter_map(|(_, series)| Some((series.name.as_str(), encart_table::sum::sum(series.known())?)))
            .collect();
        let whole: f64 = sums.iter().map(|(_, sum)| sum).sum();
        let is_part = self.n_unknown() > 0;
        let side = |(name, sum): &(&str, f64)| {
            let share = percent(sum / whole.max(f64::MIN_POSITIVE) * 100.0, self.lang);
            let share = if is_part { String::new() } else { format!(" ({share})") };
            format!("{name}{} {}{share}", self.colon(), channels.full.write(*sum))
        };
        let sides: Vec<String> = sums.iter().map(side).collect();
        let totals = (0..channels.slots.len()).filter_map(|slot| Some((slot, channels.total(slot)?)));
        let totals: Vec<(usize, f64)> = totals.collect();
        let known = if is_part { self.lang.pick("Valeurs connues : ", "Known values: ") } else { "" };
        let mut sentences = vec![format!("{known}{}.", sides.join(", "))];
        if let Some((_, most)) = extremes(&totals).filter(|_| !is_part) {
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
    pub(super) fn flows(&self) -> Vec<String> {
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
    pub(super) fn steps(&self) -> Vec<String> {
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
}

fn largest_first(cells: &mut Vec<(usize, usize, f64)>) {
    let value = |idx: usize| cells.get(idx).map_or(0.0, |cell| cell.2);
    let order = order_by(cells.len(), &mut |one, other| value(other).total_cmp(&value(one)));
    *cells = order.into_iter().filter_map(|idx| cells.get(idx).copied()).collect();
}
