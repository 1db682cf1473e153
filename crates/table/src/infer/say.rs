//! What is said of a column: its decimal mark, its units, its hedges, what is missing, why numerals are text.

use super::{Written, differs};
use crate::column::Column;
use crate::day::Decided;
use crate::locale::Lang;
use crate::notice::{Notice, Place, say_lines};
use crate::number::{Mark, read_number};
use crate::unit::{self, Unit};
use crate::value::{Value, Why};

/// What is said of a column whose values say themselves how sure they are: at the first line, with the lines in words.
pub fn hedged(name: &str, first: u64, fr: &str, en: &str) -> Notice {
    Notice::info(
        "cell.hedged",
        Place::cell(first, name),
        format_args!("valeurs avec une mention, gardée ({fr}) ; une borne n’est pas un nombre."),
        format_args!("values with a remark, which is kept ({en}); a bound is no number."),
    )
}

pub(super) fn say_mark(name: &str, mark: Mark, is_open: bool, cells: &[Written<'_>], notices: &mut Vec<Notice>) {
    if is_open {
        let (fr, en) = match mark {
            Mark::Comma => ("la virgule est lue comme une virgule décimale", "the comma is read as a decimal comma"),
            Mark::Point => ("le point est lu comme un point décimal", "the point is read as a decimal point"),
        };
        notices.push(Notice::warning(
            "number.ambiguous",
            Place::column(name),
            format_args!("rien ne dit si « 1,234 » vaut mille ou un : {fr}. Vérifiez une valeur."),
            format_args!("nothing tells whether “1,234” is a thousand or one: {en}. Check one value."),
        ));
    }
    let mixed: Vec<u64> = cells.iter().filter(|(_, cell)| differs(cell, mark)).map(|(line, _)| *line).collect();
    let own = if mark == Mark::Comma { ',' } else { '.' };
    let is_unsure = |cell: &str| {
        let (one, other) = (read_number(cell, mark), read_number(cell, mark.other()));
        !cell.contains([own]) && one.zip(other).is_some_and(|(one, other)| one.value != other.value)
    };
    let unsure: Vec<u64> = cells.iter().filter(|(_, cell)| is_unsure(cell)).map(|(line, _)| *line).collect();
    if let ([first, ..], false) = (unsure.as_slice(), is_open) {
        let (fr, en) = if mixed.is_empty() { ("des milliers", "thousands") } else { ("une décimale", "a decimal") };
        notices.push(Notice::warning(
            "number.ambiguous",
            Place::cell(*first, name),
            format_args!(
                "le séparateur peut être celui des milliers ou des décimales ({}) ; il est lu comme {fr}. Vérifiez.",
                say_lines(&unsure, Lang::Fr)
            ),
            format_args!(
                "the mark may be of thousands or of decimals ({}); it is read as {en}. Check.",
                say_lines(&unsure, Lang::En)
            ),
        ));
    }
    if let [first, ..] = mixed.as_slice() {
        notices.push(Notice::warning(
            "number.mixed-marks",
            Place::cell(*first, name),
            format_args!(
                "virgules et points décimaux mêlés ({}) ; chaque nombre est lu avec le sien.",
                say_lines(&mixed, Lang::Fr)
            ),
            format_args!(
                "decimal commas and points are mixed ({}); each number is read with its own.",
                say_lines(&mixed, Lang::En)
            ),
        ));
    }
}

/// The unit that the cells carry: that of the header where some cells carry none, else the first one met. Others are
/// said, and their values are not read as if they were it.
pub(super) fn unit_of_cells(name: &str, cells: &[Written<'_>], notices: &mut Vec<Notice>) -> Option<Unit> {
    let mut units = cells.iter().filter_map(|(line, cell)| unit::split_cell(cell).1.map(|unit| (*line, unit)));
    let (first_line, first) = units.next()?;
    let is_bare = |(_, cell): &&Written<'_>| {
        let cell = cell.trim();
        unit::split_cell(cell).1.is_none() && cell.ends_with(|last: char| last.is_ascii_digit())
    };
    let n_bare = cells.iter().filter(is_bare).count();
    let of_header = unit::from_header(name);
    // what a bare number is in: the header says it, or a plain currency does
    let is_plain = matches!(first, "€" | "$" | "£");
    match of_header.as_deref() {
        Some(of_header) if n_bare > 0 => {
            let mut all = std::iter::once((first_line, first)).chain(units);
            if let Some((line, other)) = all.find(|(_, unit)| !unit::is_same(unit, of_header)) {
                notices.push(Notice::error(
                    "unit.mixed",
                    Place::cell(line, name),
                    format_args!("le titre de la colonne dit « {of_header} », une case « {other} » : seules les valeurs en « {of_header} » sont lues. Mettez tout à la même unité."),
                    format_args!("the header says “{of_header}”, a cell “{other}”: only the values in “{of_header}” are read. Bring all to one unit."),
                ));
                return Unit::new(of_header);
            }
            return Unit::new(first);
        }
        None if n_bare > 0 && !is_plain => {
            let is_rare = n_bare > units.clone().count() + 1;
            let (fr, en) = match is_rare {
                true => ("elle n’est pas lue", "it is not read"),
                false => ("les autres sont lues dans cette unité", "the others are read in that unit"),
            };
            notices.push(Notice::error(
                "unit.mixed",
                Place::cell(first_line, name),
                format_args!("une case dit « {first} », et d’autres n’ont pas d’unité : {fr}. Écrivez la même unité partout, ou dans le titre de la colonne."),
                format_args!("a cell says “{first}”, and others have no unit: {en}. Write one unit everywhere, or in the header."),
            ));
            if is_rare {
                return None;
            }
        }
        _ => {}
    }
    if let Some((line, unit)) = units.find(|(_, unit)| *unit != first) {
        notices.push(Notice::error(
            "unit.mixed",
            Place::cell(line, name),
            format_args!("la colonne mêle les unités « {first} » et « {unit} » : seules les valeurs en « {first} » sont lues. Mettez tout à la même unité."),
            format_args!("the column mixes the units “{first}” and “{unit}”: only the values in “{first}” are read. Bring all to one unit."),
        ));
    }
    Unit::new(first)
}

/// One notice a column: how many cells hold no value, by reason, with their lines.
pub(crate) fn say_missing(column: &Column, cells: &[Written<'_>], notices: &mut Vec<Notice>) {
    let mut by_why: Vec<(Why, Vec<u64>)> = Vec::new();
    for (value, (line, _)) in column.values().zip(cells) {
        let Value::Missing(why) = value else { continue };
        if why == Why::Unreadable {
            continue;
        }
        match by_why.iter_mut().find(|(other, _)| *other == why) {
            Some((_, lines)) => lines.push(*line),
            None => by_why.push((why, vec![*line])),
        }
    }
    let Some(first) = by_why.first().and_then(|(_, lines)| lines.first()).copied() else { return };
    let n_missing: usize = by_why.iter().map(|(_, lines)| lines.len()).sum();
    let list = |lang: Lang| {
        let colon = lang.pick(" : ", ": ");
        let parts = by_why.iter().map(|(why, lines)| [why.words(lang), colon, &say_lines(lines, lang)].concat());
        parts.collect::<Vec<_>>().join(lang.pick(" ; ", "; "))
    };
    let (plural_fr, plural_en) = if n_missing > 1 { ("s", "s") } else { ("", "") };
    notices.push(Notice::info(
        "cell.missing",
        Place::cell(first, column.name.as_str()),
        format_args!("{n_missing} valeur{plural_fr} manquante{plural_fr} ({}).", list(Lang::Fr)),
        format_args!("{n_missing} missing value{plural_en} ({}).", list(Lang::En)),
    ));
}

/// Why numerals are text: their column's name speaks of codes, and they look like them.
pub(crate) fn say_code(name: &str, notices: &mut Vec<Notice>) {
    notices.push(as_text(Notice::info, name, "son nom parle de codes", "its name speaks of codes"));
}

/// Why numerals are text: one begins with a zero, or has a letter of Corsica.
pub(crate) fn say_zero(name: &str, cell: &str, notices: &mut Vec<Notice>) {
    let (fr, en) = (format!("« {cell} » est un code"), format!("“{cell}” is a code"));
    notices.push(as_text(Notice::info, name, &fr, &en));
}

/// Why numerals are text: two of them would be one number.
pub(super) fn say_same(name: &str, (one, other): (&str, &str), notices: &mut Vec<Notice>) {
    let (fr, en) = (
        format!("« {one} » et « {other} » seraient le même nombre"),
        format!("“{one}” and “{other}” would be one number"),
    );
    notices.push(as_text(Notice::info, name, &fr, &en));
}

/// Why numerals are text: too many cells beside them are none.
pub(super) fn say_words(name: &str, cell: &str, notices: &mut Vec<Notice>) {
    let (fr, en) = (format!("« {cell} » n’est pas un nombre"), format!("“{cell}” is not a number"));
    notices.push(as_text(Notice::warning, name, &fr, &en));
}

/// Why numerals are text: they follow each other as classes do, `4`, `5-6`, `> 6`.
pub(super) fn say_classes(name: &str, cell: &str, notices: &mut Vec<Notice>) {
    let (fr, en) = (
        format!("ses valeurs se suivent comme des classes (« {cell} »)"),
        format!("its values follow each other as classes do (“{cell}”)"),
    );
    notices.push(as_text(Notice::info, name, &fr, &en));
}

/// Why numerals are text: their source says so.
pub(super) fn say_source(name: &str, notices: &mut Vec<Notice>) {
    let (fr, en) =
        ("la source, ou son schéma, dit que c’est du texte", "its source, or its schema, says that it is text");
    notices.push(as_text(Notice::info, name, fr, en));
}

type Say = fn(&'static str, Place, std::fmt::Arguments<'_>, std::fmt::Arguments<'_>) -> Notice;

/// Numerals that stay text, why, and how to overrule it: once a column.
fn as_text(level: Say, name: &str, fr: &str, en: &str) -> Notice {
    level(
        "column.text",
        Place::column(name),
        format_args!(
            "lue comme du texte, non comme des nombres : {fr}. Pour en faire des nombres : une étape derive, number(`{name}`)."
        ),
        format_args!("read as text, not as numbers: {en}. To make numbers of it: a derive step, number(`{name}`)."),
    )
}

/// What is said of a column of periods.
pub(super) fn say_decided(name: &str, decided: Decided, notices: &mut Vec<Notice>) {
    let mut say = |is_so: bool, code, fr: &str, en: &str| {
        if is_so {
            notices.push(Notice::info(code, Place::column(name), format_args!("{fr}"), format_args!("{en}")));
        }
    };
    say(
        decided.is_compact,
        "period.compact",
        "nombres lus comme des dates (AAAAMM, AAAAMMJJ …), d’après le nom de la colonne.",
        "numbers read as dates (YYYYMM, YYYYMMDD …), after the name of the column.",
    );
    say(
        decided.is_month_first,
        "period.month-first",
        "le mois est lu avant le jour : une des dates le montre.",
        "the month is read before the day: one of the dates shows it.",
    );
    say(
        decided.is_week,
        "period.week",
        "« S » suivi d’un numéro est lu comme une semaine.",
        "“S” and a number are read as a week.",
    );
    say(
        decided.moves,
        "period.zone",
        "instants ramenés à l’heure légale (Paris, ou celle de la clé timezone).",
        "instants brought to legal time (Paris, or that of the timezone key).",
    );
    say(
        decided.leaves_time,
        "period.time",
        "l’heure (ou les secondes) n’est pas gardée : elle ne distingue pas les lignes.",
        "the time (or the seconds) is not kept: it does not tell rows apart.",
    );
}

/// Periods of two lengths in one column.
pub(super) fn say_mixed(name: &str, one: &str, other: &str, notices: &mut Vec<Notice>) {
    notices.push(Notice::warning(
        "period.mixed",
        Place::column(name),
        format_args!("périodes de longueurs différentes (« {one} », « {other} ») : elles ne se comparent pas sur un même axe. Gardez-en une par une étape filter."),
        format_args!("periods of different lengths (“{one}”, “{other}”): they do not compare on one axis. Keep one with a filter step."),
    ));
}

/// Identifiers that a spreadsheet wrote as `8,03E+13`.
pub(super) fn say_lost_digits(name: &str, cells: &[Written<'_>], notices: &mut Vec<Notice>) {
    let lost: Vec<&Written<'_>> = cells.iter().filter(|(_, cell)| super::has_exponent(cell)).collect();
    let Some((first, example)) = lost.first() else { return };
    let lines: Vec<u64> = lost.iter().map(|(line, _)| *line).collect();
    notices.push(Notice::error(
        "code.lost-digits",
        Place::cell(*first, name),
        format_args!(
            "« {example} » : un tableur a perdu des chiffres de l’identifiant ({}). Redemandez le fichier, cette colonne au format texte.",
            say_lines(&lines, Lang::Fr)
        ),
        format_args!(
            "“{example}”: a spreadsheet lost digits of the identifier ({}). Ask for the file again, with this column as text.",
            say_lines(&lines, Lang::En)
        ),
    ));
}
