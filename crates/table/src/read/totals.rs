//! Totals among the rows: told by their numbers, whatever their word, and held against the sum of the others.

use crate::column::Column;
use crate::decimal::Decimal;
use crate::index::Index;
use crate::infer::name::is_rate;
use crate::infer::{Kind, Known, Written, infer_kind};
use crate::locale::{Lang, NumberFormat};
use crate::notice::{Notice, Place, say_lines};
use crate::number::{self, is_number};
use crate::read::csv::Line;
use crate::read::details::{is_part, names_part};
use crate::table::{Table, fold};
use crate::unit;
use crate::value::{Value, Why};
use crate::zone::Zone;

/// What a line whose label says total turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Its numbers are the sums of its group: it is set aside.
    Total,
    /// They are not: it is a row, `Ensemble` is a list of an election.
    Row,
}

/// Whether a word says total, and no other thing.
fn is_total_word(cell: &str) -> bool {
    const WORDS: &str = "total|totaux|sous-total|sous total|ensemble|tous|toutes|tout|tous ages|tous sexes|les deux sexes|\
        deux sexes|_t|t|ens|ens.|tot|tot.|total general|both sexes";
    const STARTS: &str = "total |totaux |sous-total |sous total |ensemble |tous |toutes |total:|sous-totaux";
    let may = |byte: u8| b"tTsSeElLdDbB_".contains(&byte);
    if !cell.trim_start().bytes().next().is_some_and(may) {
        return false;
    }
    let folded = fold(cell);
    WORDS.split('|').any(|word| folded == word) || STARTS.split('|').any(|start| folded.starts_with(start))
}

/// `Total`, `Sous-total`: words that name nothing else, when their numbers cannot be checked.
pub(super) fn is_plain_total(cell: &str) -> bool {
    const STARTS: &str = "total general|total des |total du |total de |sous-total|sous total|totaux|total hors ";
    let folded = fold(cell);
    folded == "total" || STARTS.split('|').any(|start| folded.starts_with(start))
}

/// Whether a cell of the line says total, and another is a number.
pub(super) fn may_be_total(line: &Line) -> bool {
    let has_number = || line.cells.iter().any(|cell| is_number(cell) && Why::from_token(cell).is_none());
    line.cells.iter().any(|cell| is_total_word(cell)) && has_number()
}

/// Whether a line of a file that comes in pieces says total in a word that names nothing else.
pub(super) fn says_total(line: &Line) -> bool {
    let first = line.first_written();
    let exact = |cell: &String| is_total_word(cell) && is_plain_total(cell) && fold(cell).len() <= 10;
    (is_total_word(first) && is_plain_total(first) || line.cells.iter().any(exact)) && may_be_total(line)
}

/// For each line whether it is a total; none of lines that do not say so.
pub(super) fn judge(names: &[String], body: &[&Line]) -> Vec<Option<Verdict>> {
    let mut verdicts: Vec<Option<Verdict>> = vec![None; body.len()];
    let candidates: Vec<usize> =
        (0..body.len()).filter(|idx| body.get(*idx).is_some_and(|line| may_be_total(line))).collect();
    if candidates.is_empty() {
        return verdicts;
    }
    let mut sums = Sums::new(names, body, &candidates);
    // `Total classe 5` beside `Total classe 1`
    let start = |text: &str| text.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let mut proven: Vec<String> = Vec::new();
    for idx in &candidates {
        let verdict = sums.verdict(*idx, &candidates);
        if verdict == Verdict::Total {
            for column in sums.labels(*idx) {
                let word = start(&fold(sums.cell(*idx, column)));
                if !proven.contains(&word) {
                    proven.push(word);
                }
            }
        }
        if let Some(place) = verdicts.get_mut(*idx) {
            *place = Some(verdict);
        }
    }
    // a word that is a total elsewhere in the file is one where a part of the sum is hidden
    for idx in &candidates {
        let is_proven =
            || sums.labels(*idx).iter().any(|column| proven.contains(&start(&fold(sums.cell(*idx, *column)))));
        if let Some(place @ Some(Verdict::Row)) = verdicts.get_mut(*idx)
            && is_proven()
            && (sums.has_hidden_part(*idx, &sums.group(*idx)) || sums.is_of_one_row(*idx, &candidates))
        {
            *place = Some(Verdict::Total);
        }
    }
    verdicts
}

/// The numbers of a file, by column, and its rows that say nothing of a total.
struct Sums<'a> {
    body: &'a [&'a Line],
    /// The columns of numbers, each with its cells and whether it is a rate.
    measures: Vec<(usize, Vec<Option<f64>>, bool)>,
    /// The other columns.
    dimensions: Vec<usize>,
    plain: Vec<usize>,
    /// Rows by what they hold in some columns: the groups that were asked for.
    groups: Vec<Groups>,
}

struct Groups {
    columns: Vec<usize>,
    /// The group of each row.
    numbers: Vec<usize>,
    rows: Vec<Vec<usize>>,
}

impl<'a> Sums<'a> {
    fn new(names: &[String], body: &'a [&'a Line], candidates: &[usize]) -> Sums<'a> {
        let mut is_plain = vec![true; body.len()];
        // a part of another row is in its sum already
        let parts = body.iter().enumerate().filter(|(_, line)| is_part(line)).map(|(idx, _)| idx);
        for idx in candidates.iter().copied().chain(parts) {
            if let Some(plain) = is_plain.get_mut(idx) {
                *plain = false;
            }
        }
        let plain: Vec<usize> = (0..body.len()).filter(|idx| is_plain.get(*idx) == Some(&true)).collect();
        let (mut measures, mut dimensions) = (Vec::new(), Vec::new());
        for (column, name) in names.iter().enumerate() {
            let cell =
                |idx: &usize| body.get(*idx).map_or("", |line| line.cells.get(column).map_or("", String::as_str));
            let cells: Vec<Written<'_>> = plain.iter().map(|idx| (0, cell(idx))).collect();
            match infer_kind(name, &cells, Known::Nothing, Zone::default(), &mut Vec::new()) {
                kind @ Kind::Number { unit, .. } => {
                    let numbers = (0..body.len()).map(|idx| kind.read(cell(&idx)).number()).collect();
                    let unit = unit.map(|unit| unit.as_str().to_string()).or_else(|| unit::from_header(name));
                    measures.push((column, numbers, is_rate(name, unit.as_deref())));
                }
                _ => dimensions.push(column),
            }
        }
        Sums { body, measures, dimensions, plain, groups: Vec::new() }
    }

    fn cell(&self, row: usize, column: usize) -> &str {
        self.body.get(row).and_then(|line| line.cells.get(column)).map_or("", |cell| cell.trim())
    }

    /// The columns in which a row says total.
    fn labels(&self, row: usize) -> Vec<usize> {
        self.dimensions.iter().filter(|column| is_total_word(self.cell(row, **column))).copied().collect()
    }

    /// The columns that tell the group of a row: those that it fills, without those in which it says total.
    fn others(&self, row: usize) -> Vec<usize> {
        let is_other = |column: &&usize| {
            let cell = self.cell(row, **column);
            !cell.is_empty() && !is_total_word(cell)
        };
        self.dimensions.iter().filter(is_other).copied().collect()
    }

    fn key(&self, row: usize, columns: &[usize]) -> String {
        columns.iter().flat_map(|column| [self.cell(row, *column), "\u{1f}"]).collect()
    }

    /// The rows of which a row would be the total: those that are as it is in every other column, and say no total where
    /// it does.
    fn group(&self, row: usize) -> Vec<usize> {
        let (labels, others) = (self.labels(row), self.others(row));
        let Some(groups) = self.groups.iter().find(|groups| groups.columns == others) else { return Vec::new() };
        let number = groups.numbers.get(row);
        let rows = number.and_then(|number| groups.rows.get(*number)).map(Vec::as_slice).unwrap_or_default();
        let is_summed = |other: &usize| {
            *other != row
                && self.body.get(*other).is_some_and(|line| !is_part(line))
                && labels.iter().all(|column| !is_total_word(self.cell(*other, *column)))
        };
        rows.iter().filter(|other| is_summed(other)).copied().collect()
    }

    fn index(&mut self, row: usize) {
        let others = self.others(row);
        if self.groups.iter().any(|groups| groups.columns == others) {
            return;
        }
        let (mut keys, mut rows, mut numbers) = (Index::default(), Vec::<Vec<usize>>::new(), Vec::new());
        for idx in 0..self.body.len() {
            let number = keys.number(&self.key(idx, &others));
            numbers.push(number);
            match rows.get_mut(number) {
                Some(rows) => rows.push(idx),
                None => rows.push(vec![idx]),
            }
        }
        self.groups.push(Groups { columns: others, numbers, rows });
    }

    fn verdict(&mut self, row: usize, candidates: &[usize]) -> Verdict {
        let labels = self.labels(row);
        if labels.is_empty() || self.measures.is_empty() {
            return Verdict::Row;
        }
        self.index(row);
        let group = self.group(row);
        if group.len() > 1 && self.adds_up(row, &group, 1.0) {
            return Verdict::Total;
        }
        let before = candidates.partition_point(|other| *other < row);
        let (subtotals, _) = candidates.split_at(before);
        let previous = subtotals.last().map_or(0, |other| other + 1);
        let place = |row: usize| self.plain.partition_point(|idx| *idx < row);
        let since = self.plain.get(place(previous)..place(row)).unwrap_or_default();
        // totals below one another are few: of a long file each group has its own
        const MOST: usize = 200;
        let is_short = candidates.len() <= MOST;
        let ways = [since, &self.plain, subtotals];
        // lines with their details below: each amount stands there twice
        let is_word = labels.iter().any(|column| self.cell(row, *column).len() > 2);
        let is_twice = |parts: &[usize]| is_word && parts.len() > 3 && self.adds_up(row, parts, 2.0);
        if is_short && ways.into_iter().any(|parts| parts.len() > 1 && self.adds_up(row, parts, 1.0) || is_twice(parts))
        {
            return Verdict::Total;
        }
        let says_plainly = labels.iter().any(|column| is_plain_total(self.cell(row, *column)));
        if says_plainly && self.may_be(row, if group.is_empty() { &self.plain } else { &group }) {
            return Verdict::Total;
        }
        Verdict::Row
    }

    /// Whether the numbers of a row are the sums of those of others, within the rounding of what is printed; a column of
    /// rates need not be.
    fn adds_up(&self, row: usize, parts: &[usize], n_times: f64) -> bool {
        let mut n_sums = 0;
        for (_, numbers, is_rate) in &self.measures {
            let Some(total) = numbers.get(row).copied().flatten() else { continue };
            let total = total * n_times;
            let known: Vec<f64> = parts.iter().filter_map(|idx| numbers.get(*idx).copied().flatten()).collect();
            let sum = crate::sum::sum(known.iter().copied()).unwrap_or(0.0);
            let n_decimals = known.iter().chain([&total]).map(|value| Decimal::of(*value).decimals).max().unwrap_or(0);
            let step = 1.0 / crate::decimal::power_of_ten(n_decimals as i32);
            // each part is rounded by half a step at most; small totals leave no room
            let room = (0.5 * step * (known.len() as f64 + 1.0)).min((0.01 * total.abs()).max(0.5 * step))
                + 1e-9 * total.abs();
            let has_secret = known.len() < parts.len();
            let fits = (sum - total).abs() <= room || has_secret && known.len() > 1 && sum > 0.0 && total > sum;
            if fits && !known.is_empty() {
                n_sums += usize::from(!has_secret || (sum - total).abs() <= room);
            } else if !is_rate {
                return false;
            }
        }
        n_sums > 0
    }

    /// Whether a row that plainly says total may be one: no part is larger than it (the list may be a part of the whole,
    /// its parts may overlap), and its rates are no less than all of theirs.
    fn may_be(&self, row: usize, parts: &[usize]) -> bool {
        self.measures.iter().all(|(_, numbers, is_rate)| {
            let Some(total) = numbers.get(row).copied().flatten() else { return true };
            let known: Vec<f64> = parts.iter().filter_map(|idx| numbers.get(*idx).copied().flatten()).collect();
            let least = known.iter().copied().fold(f64::INFINITY, f64::min);
            let most = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            *is_rate && least <= total || least < 0.0 || total >= most
        })
    }
}

impl Sums<'_> {
    /// Whether the only row since the last total has the same numbers.
    fn is_of_one_row(&self, row: usize, candidates: &[usize]) -> bool {
        let is_only = row
            .checked_sub(1)
            .filter(|part| candidates.binary_search(part).is_err())
            .is_some_and(|part| part == 0 || candidates.binary_search(&(part - 1)).is_ok());
        is_only && self.adds_up(row, &[row - 1], 1.0)
    }

    /// Whether each sum lacks a part that is not known, and is more than the parts that are.
    fn has_hidden_part(&self, row: usize, parts: &[usize]) -> bool {
        self.measures.iter().all(|(_, numbers, is_rate)| {
            let Some(total) = numbers.get(row).copied().flatten() else { return true };
            let known: Vec<f64> = parts.iter().filter_map(|idx| numbers.get(*idx).copied().flatten()).collect();
            let sum = crate::sum::sum(known.iter().copied()).unwrap_or(0.0);
            *is_rate || known.len() < parts.len() && total >= sum
        })
    }
}

/// Rows that say total and are not: said, since a reader may take them for one.
pub(super) fn say_rows(lines: &[&Line], notices: &mut Vec<Notice>) {
    // one letter, or a name that begins with the word, is not taken for a total
    let is_word = |cell: &&String| {
        is_total_word(cell)
            && cell.trim().len() > 2
            && !["total ", "ensemble ", "tous ", "toutes "].iter().any(|start| fold(cell).starts_with(start))
    };
    let lines: Vec<&&Line> = lines.iter().filter(|line| line.cells.iter().any(|cell| is_word(&cell))).collect();
    let [first, ..] = lines.as_slice() else { return };
    let numbers: Vec<u64> = lines.iter().map(|line| line.number).collect();
    let label = first.cells.iter().find(|cell| is_total_word(cell)).map_or("", |cell| cell.trim());
    let level = if is_plain_total(label) { Notice::warning } else { Notice::info };
    notices.push(level(
        "csv.no-total",
        Place::line(first.number),
        format_args!("« {label} » n’est pas la somme des autres lignes ({}) : gardée comme une ligne. Si c’est un total, écartez-la par une étape filter.", say_lines(&numbers, Lang::Fr)),
        format_args!("“{label}” is not the sum of the other rows ({}): kept as a row. If it is a total, remove it with a filter step.", say_lines(&numbers, Lang::En)),
    ));
}

/// Whether the numbers of the last row are the sums of those above.
fn ends_with_sums(table: &Table) -> bool {
    let Some(last_idx) = table.n_rows().checked_sub(1) else { return false };
    let additive = table.columns.iter().filter(|column| column.is_number() && column.unit.as_deref() != Some("%"));
    let is_sum = |column: &Column| {
        let above = crate::sum::sum(column.values().take(last_idx).filter_map(Value::number));
        matches!((above, column.value(last_idx).number()), (Some(above), Some(last)) if above > 0.0 && (above - last).abs() <= above * 1e-3)
    };
    let sums: Vec<bool> = additive.map(is_sum).collect();
    // a row with its own date is one of them
    last_idx >= 3 && !sums.is_empty() && !sums.contains(&false) && !table.columns.iter().any(Column::is_period)
}

/// A last line without the word total whose numbers are the sums of the lines above is said: an author must decide.
pub(super) fn say_hidden_total(table: &Table, last: Option<&Line>, notices: &mut Vec<Notice>) {
    let Some(last) = last.filter(|_| ends_with_sums(table)) else { return };
    let label = last.first_written();
    notices.push(Notice::warning(
        "csv.hidden-total",
        Place::line(last.number),
        format_args!("la dernière ligne (« {label} ») est la somme des autres : sans étape filter (ou total_row) qui l’écarte, elle est comptée deux fois."),
        format_args!("the last line (“{label}”) is the sum of the others: unless a filter step (or total_row) removes it, it is counted twice."),
    ));
}

/// A printed total that is not the sum of the rows is said, never corrected: rounded parts seldom add up.
pub(super) fn check_totals(table: &Table, notices: &mut Vec<Notice>) {
    // several totals are of groups that only their author knows, but for one beside subtotals
    let Some(total) = table.total_line() else { return };
    let names = table.columns.iter().find(|column| !column.is_number() && !column.is_period());
    let is_detail = |row_idx: &usize| {
        names.is_some_and(|names| matches!(names.value(*row_idx), Value::Text(text) if names_part(text)))
    };
    let rows: Vec<usize> = (0..table.n_rows()).filter(|row_idx| !is_detail(row_idx)).collect();
    for (idx, column) in table.columns.iter().enumerate() {
        if !column.is_number()
            || column.unit.as_deref() == Some("%")
            || column.values().any(|value| value.is_missing() && value != Value::Missing(Why::Empty))
        {
            continue;
        }
        let Some(cell) = total.cells.get(idx) else { continue };
        let (mark, _) = number::sniff_mark(&mut std::iter::once(cell.as_str()));
        let printed = number::read_number(cell, mark).map(|reading| reading.value);
        let parts = || rows.iter().filter_map(|row_idx| column.value(*row_idx).number());
        let summed = crate::sum::sum(parts());
        let (Some(printed), Some(summed)) = (printed, summed) else { continue };
        let (least, most) = column
            .values()
            .filter_map(Value::number)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(value), most.max(value)));
        // among its parts it is a mean or a rate, no sum
        let is_mean = least <= printed && printed <= most && column.n_rows() > 1;
        if is_mean || (printed - summed).abs() <= 1e-6 * printed.abs().max(1.0) {
            continue;
        }
        let format = |lang| {
            NumberFormat::full(
                &[printed, summed],
                column.unit.as_deref().or(unit::from_header(&column.name).as_deref()),
                lang,
            )
        };
        let (fr, en) = (format(Lang::Fr), format(Lang::En));
        let n_decimals = parts().chain([printed]).map(|value| Decimal::of(value).decimals).max().unwrap_or(0);
        let why = match crate::sum::may_be_rounding(printed - summed, rows.len(), n_decimals as usize) {
            true => (
                "des parts arrondies peuvent l’expliquer, ou une ligne qui manque. Dites-le en note.",
                "rounded parts may explain it, or a row that is missing. Say so in a note.",
            ),
            false => (
                "une ligne manque, compte deux fois, ou le total est faux. Vérifiez auprès du producteur.",
                "a row is missing, counts twice, or the total is wrong. Ask the producer.",
            ),
        };
        notices.push(Notice::warning(
            "csv.total-differs",
            Place::cell(total.line, &column.name),
            format_args!(
                "le total imprimé est {}, la somme des lignes est {} ; {}",
                fr.write(printed),
                fr.write(summed),
                why.0
            ),
            format_args!(
                "the printed total is {}, the rows add up to {}; {}",
                en.write(printed),
                en.write(summed),
                why.1
            ),
        ));
    }
}
