//! Which laws hold whatever the data?
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use encart_chart::spec::kind::KINDS;
use encart_chart::suggest::{specification, suggest};
use encart_chart::{Env, draw, read_spec};
use encart_scene::svg::escape;
use encart_scene::{Move, hit};
use encart_table::csv_out::{Reader, write_csv};
use encart_table::day::{days_from_ymd, read_period, ymd_from_days};
use encart_table::decimal::{read_decimal, write_plain};
use encart_table::locale::{write_iso, write_number};
use encart_table::number::{Mark, read_number};
use encart_table::order::order_by;
use encart_table::read::common::read_common;
use encart_table::sum::sum;
use encart_table::verb::cube::Cube;
use encart_table::{Json, Lang, Level, Notice, Period, Prepared, expr, prepare, read_csv};
use proptest::prelude::*;

/// Bytes that look like files: the letters that readers act on come often.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let letters = prop::sample::select(b";,\t|\"\n\r0123456789.- \xe9\xc3\xa9abTotal%/\0\xff\xfe\xef".to_vec());
    prop::collection::vec(prop_oneof![4 => letters, 1 => any::<u8>()], 0..400)
}

/// Cells as offices write them, a kind a column with now and then one of another kind.
fn column_of(kind: usize) -> BoxedStrategy<String> {
    let words = prop::sample::select(vec![
        "Mâcon",
        "Tournus",
        "Total",
        "Ensemble",
        "École",
        "12 rue",
        "11 à 17 ans",
        "80 ans ou plus",
        "_T",
        "T",
    ]);
    let codes = prop::sample::select(vec![
        "01053",
        "71270",
        "2A004",
        "971",
        "1",
        "22",
        "247100290",
        "78467169500087",
        "8,03E+13",
    ]);
    let numbers = prop::sample::select(vec![
        "1", "12", "1 234,5", "12,5", "3.25", "1.234", "-4", "0", "", "n.d.", "s", "12 %", "30 km/h", "7 (p)", "< 11",
        "///", "1200 €", "(12,00)", "-   €", "#REF!", "en cours",
    ]);
    let periods = prop::sample::select(vec![
        "2019",
        "2020",
        "2021 (p)",
        "2021-11",
        "2021-12",
        "2010-11",
        "31/12/2021",
        "06/25/2024",
        "2024-01-15",
        "2024-01-15T06:00",
        "2024-01-15T23:00Z",
        "T1 2023",
        "2023Q2",
        "202311",
        "20240131",
        "janv. 2024",
        "2018.0",
    ]);
    let (one, other): (BoxedStrategy<&str>, BoxedStrategy<&str>) = match kind {
        0 => (words.clone().boxed(), numbers.boxed()),
        1 => (codes.boxed(), words.boxed()),
        2 => (periods.boxed(), words.boxed()),
        _ => (numbers.boxed(), words.boxed()),
    };
    prop_oneof![12 => one, 1 => other].prop_map(String::from).boxed()
}

/// A file of an office: names that speak of codes, years or amounts, columns of one kind each.
fn office_file() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "annee",
        "code_insee",
        "commune",
        "montant (€)",
        "Région",
        "CP",
        "AE",
        "date",
        "mois",
        "population",
        "id",
        "siret",
        "taux",
        "sexe",
        "v",
        "idBeneficiaire",
        "Codes",
        "a (2)",
        "part (%)",
        "",
    ]);
    let columns = prop::collection::vec((name, 0..4usize), 1..5);
    (columns, 1..14usize, any::<bool>()).prop_flat_map(|(columns, n_rows, is_narrow)| {
        let header = columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
        // columns of one value each are as usual as others
        let cells: Vec<BoxedStrategy<Vec<String>>> = columns
            .iter()
            .map(|(_, kind)| match is_narrow {
                true => column_of(*kind).prop_map(move |cell| vec![cell; n_rows]).boxed(),
                false => prop::collection::vec(column_of(*kind), n_rows).boxed(),
            })
            .collect();
        cells.prop_map(move |cells| {
            let row = |row: usize| cells.iter().map(|column| column[row].clone()).collect::<Vec<_>>().join(";") + "\n";
            format!("{header}\n{}", (0..n_rows).map(row).collect::<String>())
        })
    })
}

proptest! {
    // What a choice gives from parts is what its rows would give.
    #[test]
    fn a_slice_of_a_cube_is_a_filter_of_the_table(
        rows in prop::collection::vec((0..4u32, 0..3u32, 0..3u32, prop::option::weighted(0.8, -50..500i32), 0..4u32), 1..60),
        quarter in prop::option::of(0..4u32), years in prop::collection::btree_set(0..3u32, 1..3),
        by in 0..4usize, has_derived: bool,
    ) {
        let line = |(an, quartier, axe, n, mark): &(u32, u32, u32, Option<i32>, u32)| {
            let quartier = if *quartier == 2 { String::new() } else { format!("Q{quartier}") };
            let n = n.map_or(["n.d.", "s", "< 11", ""][*mark as usize].to_string(), |n| if *mark == 0 { format!("{n} (p)") } else { n.to_string() });
            format!("{};{quartier};axe {axe};{n};0{mark}/0{}/2024\n", 2020 + an, axe + 1)
        };
        let file = format!("an;quartier;axe;n;jour\n{}", rows.iter().map(line).collect::<String>());
        let (table, _) = read_csv(file.as_bytes(), &Default::default());
        let by = [r#""by": "axe","#, r#""by": ["axe", "an"],"#, r#""by": "quartier","#, ""][by];
        let derived = if has_derived { r#"{"derive": {"m": "n * 2"}}, {"filter": "an != 2023"},"# } else { r#"{"derive": {"m": "n"}},"# };
        let steps = format!(r#"[{derived} {{"group": {{{by} "s": "sum(m)", "moy": "mean(n)", "bas": "min(n)", "haut": "max(n)", "lignes": "count", "connus": "count(n)", "dernier": "max(jour)"}}}}, {{"sort": "-s"}}]"#);
        let steps = Json::parse(&steps, "steps").unwrap();
        let cube = Cube::of(&steps, &["quartier".into(), "an".into()]).unwrap();
        let made = prepare(table.clone(), &cube.before);
        let mut chosen = vec![("an".to_string(), years.iter().map(|an| (2020 + an).to_string()).collect::<Vec<_>>())];
        let years: Vec<String> = years.iter().map(|an| format!("an = {}", 2020 + an)).collect();
        let mut filter = format!("({})", years.join(" or "));
        if let Some(quarter) = quarter {
            let value = if quarter == 2 { String::new() } else { format!("Q{quarter}") };
            filter.push_str(&if quarter == 2 { " and is_missing(quartier)".into() } else { format!(" and quartier = \"{value}\"") });
            chosen.push(("quartier".into(), vec![value]));
        }
        let mut all = vec![Json::parse(&format!(r#"{{"filter": {}}}"#, Json::Text(filter).write()), "steps").unwrap()];
        all.extend(steps.as_list().unwrap().iter().cloned());
        let here = prepare(table, &Json::List(all));
        let slice = cube.slice(&made, &chosen);
        let cells = |prepared: &Prepared| write_csv(&prepared.table, Reader::Program);
        prop_assert_eq!(cells(&slice), cells(&here));
        let partial = |prepared: &Prepared| -> Vec<String> {
            prepared.notices.iter().filter(|notice| notice.code == "group.partial").map(|notice| notice.words.fr.to_string()).collect()
        };
        prop_assert_eq!(partial(&slice), partial(&here));
    }

    #[test]
    fn reading_never_panics_and_keeps_columns_of_one_length(bytes in file()) {
        let (table, _) = read_csv(&bytes, &Default::default());
        prop_assert!(table.columns.iter().all(|column| column.n_rows() == table.n_rows()));
    }

    // A page reads the plain files itself, and downloads the reader of all others: both say the same of a plain one.
    #[test]
    fn a_common_reading_is_the_whole_one(bytes in file(), table in office_file()) {
        for bytes in [bytes, table.into_bytes()] {
            if let Some(common) = read_common(&bytes, &Default::default()) {
                prop_assert_eq!(common, read_csv(&bytes, &Default::default()), "{}", String::from_utf8_lossy(&bytes));
            }
        }
    }

    // Lines are conserved: each is the header, a row, set aside, or empty.
    #[test]
    fn no_line_is_lost(file in office_file()) {
        // a header of two lines, whose first leaves columns free, is of two lines
        prop_assume!(file.lines().next().is_some_and(|header| header.split(';').all(|name| !name.is_empty())));
        let (table, notices) = read_csv(file.as_bytes(), &Default::default());
        let n_lines = file.lines().filter(|line| !line.is_empty()).count();
        let n_empty = file.lines().filter(|line| !line.is_empty() && line.chars().all(|letter| letter == ';' || letter == ' ')).count();
        let has_header = !notices.iter().any(|notice| ["csv.no-header", "csv.no-rows"].contains(&notice.code));
        let n_told = table.n_rows() + table.set_aside.len() + n_empty + usize::from(has_header);
        prop_assert!(table.columns.is_empty() || n_told == n_lines, "{n_told} of {n_lines}: {file}");
    }

    // Numerals that stay text are said, with the reason.
    #[test]
    fn numerals_that_are_text_are_said(file in office_file()) {
        let (table, notices) = read_csv(file.as_bytes(), &Default::default());
        for column in table.columns.iter().filter(|column| !column.is_number() && !column.is_period()) {
            let texts: Vec<&str> = column.values().filter_map(|value| if let encart_table::Value::Text(text) = value { Some(text) } else { None }).collect();
            let is_numeral = |text: &&&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let n_numerals = texts.iter().filter(is_numeral).count();
            let is_said = notices.iter().any(|notice| {
                ["column.text", "code.lost-digits"].contains(&notice.code) && notice.place.column.as_deref() == Some(&column.name)
            });
            prop_assert!(n_numerals == 0 || n_numerals * 2 < texts.len() || is_said, "{}: {file}", column.name);
        }
    }

    // What is proposed is drawn, without an error.
    #[test]
    fn every_suggestion_is_drawn(file in office_file()) {
        let (table, _) = read_csv(file.as_bytes(), &Default::default());
        for found in suggest(&table, &Env::new(640.0, Period::year(2026))) {
            let (spec, said) = read_spec(&specification(&found, Lang::Fr));
            let drawing = draw(&prepare(table.clone(), &spec.steps), &spec, &Env::new(640.0, Period::year(2026)));
            let is_error = |notice: &Notice| notice.level == Level::Error;
            prop_assert!(!said.iter().any(is_error) && !drawing.notices.iter().any(is_error), "{found:?}: {file}");
            prop_assert!(!drawing.is_empty() && !drawing.spots.is_empty(), "{found:?}: {file}");
        }
    }

    // A picture has marks, and its words name no scale that it has not.
    #[test]
    fn a_picture_has_marks_and_its_words_are_its_own(file in office_file(), kind in 0..KINDS.len(), scale in 0..3usize) {
        let (table, _) = read_csv(file.as_bytes(), &Default::default());
        let (word, scale) = (KINDS[kind].0, ["linear", "log", "symlog"][scale]);
        let (spec, _) = read_spec(&format!(r#"{{"kind": "{word}", "scale": "{scale}"}}"#));
        let drawing = draw(&table.into(), &spec, &Env::new(640.0, Period::year(2026)));
        prop_assert!(drawing.is_empty() || !drawing.spots.is_empty(), "{word}: {file}");
        let says_log = drawing.notes.iter().any(|note| note.contains("ogarithmique"));
        let is_refused = drawing.notices.iter().any(|notice| notice.code == "scale.log");
        prop_assert!(!(says_log && (scale == "linear" || is_refused)), "{word} {scale}: {file}");
    }

    // A line that is set aside as a total holds the sums of the others within their rounding, or it is said that it does
    // not; one whose numbers are the sums is never a row, whatever its word.
    #[test]
    fn totals_that_are_set_aside_are_sums(
        rows in prop::collection::vec((1..500i64, 1..500i64), 3..12),
        word in prop::sample::select(vec!["Total", "TOTAL", "Ensemble", "Tous", "ENS", "Total général", "Sous-total"]),
        decimals in 0..2u32, off in prop_oneof![3 => Just(0i64), 1 => -400..400i64], is_first: bool,
    ) {
        let scale = 10i64.pow(decimals);
        let write = |number: i64| match decimals {
            0 => number.to_string(),
            _ => format!("{},{}", number / scale, number % scale),
        };
        let sums = rows.iter().fold((0, 0), |sums, row| (sums.0 + row.0, sums.1 + row.1));
        prop_assume!(sums.0 + off > 0);
        let total = format!("{word};{};{}\n", write(sums.0 + off), write(sums.1));
        let lines: String = rows.iter().enumerate().map(|(idx, row)| format!("poste {idx};{};{}\n", write(row.0), write(row.1))).collect();
        let file = if is_first { format!("poste;2022;2023\n{total}{lines}") } else { format!("poste;2022;2023\n{lines}{total}") };
        let (table, notices) = read_csv(file.as_bytes(), &Default::default());
        let is_aside = table.set_aside.iter().any(|line| line.cells[0] == word);
        let differs = notices.iter().any(|notice| notice.code == "csv.total-differs");
        prop_assert_eq!(table.n_rows(), rows.len() + usize::from(!is_aside), "{}", &file);
        prop_assert!(off != 0 || is_aside && !differs, "a sum is a row: {file}");
        prop_assert!(!is_aside || off == 0 || differs || word == "Sous-total", "another number is called a total: {file}");
    }

    // No word of a picture names a kind or a layout that is not the drawn one.
    #[test]
    fn words_name_the_kind_and_the_layout_that_are_drawn(
        rows in prop::collection::vec((0..5u32, 0..3u32, -20.0..200.0f64), 2..15), is_positive: bool,
        kind in 0..KINDS.len(), layout in 0..5usize, is_time: bool,
    ) {
        let x = |x: u32| if is_time { (2019 + x).to_string() } else { format!("poste {x}") };
        let value = |value: f64| write_number(if is_positive { value.abs() + 1.0 } else { value }, 1, Lang::Fr);
        let lines: String = rows.iter().map(|(at, of, number)| format!("{};type {of};{}\n", x(*at), value(*number))).collect();
        let (table, _) = read_csv(format!("x;type;n\n{lines}").as_bytes(), &Default::default());
        let asked = ["", "stacked", "grouped", "percent", "diverging"][layout];
        let layout = if asked.is_empty() { String::new() } else { format!(r#","layout":"{asked}""#) };
        let (spec, _) = read_spec(&format!(r#"{{"kind":"{}","x":"x","y":"n","color":"type"{layout}}}"#, KINDS[kind].0));
        let drawing = draw(&table.into(), &spec, &Env::new(640.0, Period::year(2026)));
        let said = |code: &str| drawing.notices.iter().any(|notice| notice.code == code);
        let summary = drawing.summary();
        let is_refused = said("kind.refused");
        let words = ["Diagramme en barres", "Courbe :", "Courbe en escalier", "Aire", "Points :", "Points sur tiges", "Écarts", "Pentes", "Nuage", "Histogramme", "Boîtes", "Bandes", "Grille", "Diagramme circulaire", "Anneau", "Surfaces", "Carrés", "Pyramide", "Flux", "Cascade", "Courbes miniatures"];
        let kinds = ["bar", "line", "step", "area", "dot", "lollipop", "dumbbell", "slope", "scatter", "histogram", "box", "strip", "heat", "pie", "donut", "treemap", "waffle", "pyramid", "sankey", "waterfall", "sparkline"];
        if !drawing.is_empty() {
            let drawn = if is_refused { "bar" } else { KINDS[kind].0 };
            let own = words[kinds.iter().position(|kind| *kind == drawn).unwrap()];
            let is_own = summary.starts_with(own) || drawn == "bar" && summary.starts_with("Barres");
            prop_assert!(is_own, "{drawn}: {summary}");
        }
        let has = |words: &str| summary.contains(words) || drawing.notes.iter().any(|note| note.contains(words));
        let has_layout = ["bar", "area"].contains(&KINDS[kind].0) && !said("layout.negative");
        // an area has no middle: answers are shares there
        prop_assert!(!has("en parts de 100") || has_layout && ["percent", "diverging"].contains(&asked), "{asked}: {summary}");
        prop_assert!(!has("de part et d’autre d’un milieu") || has_layout && asked == "diverging", "{asked}: {summary}");
        prop_assert!(!has("empilées") || has_layout && ["", "stacked"].contains(&asked), "{asked}: {summary}");
    }

    #[test]
    fn drawing_never_panics(bytes in file(), width in 0.0..5000.0f64, kind in 0..KINDS.len()) {
        let (table, _) = read_csv(&bytes, &Default::default());
        let (spec, _) = read_spec(&format!("{{\"kind\":\"{}\"}}", KINDS[kind].0));
        let drawing = draw(&table.into(), &spec, &Env::new(width, Period::year(2026)));
        let svg = drawing.svg();
        prop_assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }

    // For every kind, whatever the values: a picture without a hole in its numbers, words for each datum, each within
    // the reach of the keyboard.
    #[test]
    fn every_kind_draws_any_values(
        rows in prop::collection::vec((0..6u32, 0..4u32, prop::option::weighted(0.85, prop_oneof![
            4 => -50.0..500.0f64, 1 => Just(0.0), 1 => -1e12..1e12f64, 1 => -1e-6..1e-6f64
        ])), 1..40),
        width in 240.0..1600.0f64, is_time: bool, stretch in 0..3usize,
    ) {
        let cell = |value: &Option<f64>| value.map_or("n.d.".to_string(), |value| format!("{value}").replace('.', ","));
        let x = |x: u32| if is_time { (2000 + x).to_string() } else { format!("catégorie {x}") };
        let lines: Vec<String> = rows.iter().map(|(slot, group, value)| format!("{};groupe {group};{};{}\n", x(*slot), cell(value), slot * 7)).collect();
        let (table, _) = read_csv(format!("x;groupe;valeur;taille\n{}", lines.concat()).as_bytes(), &Default::default());
        for (word, kind) in KINDS {
            let x = if matches!(word, "scatter" | "histogram") { "taille" } else { "x" };
            let stretch = ["linear", "log", "symlog"][stretch];
            let (spec, _) = read_spec(&format!(r#"{{"kind": "{word}", "x": "{x}", "y": "valeur", "color": "groupe", "scale": "{stretch}", "target": 12}}"#));
            let drawing = draw(&table.clone().into(), &spec, &Env::new(width, Period::year(2026)));
            let svg = drawing.svg();
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"), "{word}: {svg}");
            prop_assert!(!drawing.summary().contains("NaN"), "{word}: {}", drawing.summary());
            prop_assert!(drawing.is_empty() || !drawing.spots.is_empty(), "{kind:?}");
            for spot in &drawing.spots {
                prop_assert!(drawing.words_at(spot.key).is_some(), "{word}: {:?}", spot.key);
            }
            let first = hit::next(&drawing.spots, None, Move::First);
            prop_assert_eq!(first.is_some(), !drawing.spots.is_empty());
        }
    }

    #[test]
    fn a_specification_never_panics(text in ".{0,200}") {
        let _ = read_spec(&text);
        let _ = expr::parse(&text);
    }

    #[test]
    fn numbers_written_for_the_french_are_read_back(value in -1e12..1e12f64, decimals in 0..4usize) {
        let rounded: f64 = format!("{value:.decimals$}").parse().unwrap();
        for (lang, mark) in [(Lang::Fr, Mark::Comma), (Lang::En, Mark::Point)] {
            let written = write_number(rounded, decimals, lang);
            let read = read_number(&written, mark).map(|reading| reading.value);
            prop_assert_eq!(read, Some(if rounded == 0.0 { 0.0 } else { rounded }), "{}", written);
        }
    }

    #[test]
    fn plain_numbers_of_fifteen_digits_are_read_back(digits in 0..1_000_000_000_000_000i64, decimals in 0..10i32) {
        let value: f64 = format!("{digits}e-{decimals}").parse().unwrap();
        prop_assert_eq!(write_plain(value).parse::<f64>().unwrap(), value);
        prop_assert_eq!(read_decimal(&digits.to_string(), -decimals), Some(value));
    }

    #[test]
    fn days_dates_and_their_writing_are_inverse(days in -200_000..200_000i32) {
        let date = ymd_from_days(days);
        prop_assert_eq!(days_from_ymd(date.year, date.month, date.day), days);
        let period = Period::day(date.year, date.month, date.day).unwrap();
        prop_assert_eq!(read_period(&write_iso(period)), Some(period));
    }

    #[test]
    fn a_sum_does_not_depend_on_the_order(cents in prop::collection::vec(-1_000_000_000i64..1_000_000_000, 1..200)) {
        let euros: Vec<f64> = cents.iter().map(|cents| *cents as f64 / 100.0).collect();
        let total = |values: &[f64]| (sum(values.iter().copied()).unwrap() * 100.0).round() as i64;
        let reversed: Vec<f64> = euros.iter().rev().copied().collect();
        prop_assert_eq!(total(&euros), cents.iter().sum::<i64>());
        prop_assert_eq!(total(&reversed), total(&euros));
    }

    #[test]
    fn an_order_is_a_permutation_in_order(values in prop::collection::vec(any::<i32>(), 0..100)) {
        let order = order_by(values.len(), &mut |one, other| values[one].cmp(&values[other]));
        let mut expected: Vec<usize> = (0..values.len()).collect();
        expected.sort_by_key(|idx| values[*idx]);
        prop_assert_eq!(order, expected);
    }

    #[test]
    fn what_is_escaped_holds_no_markup(text in any::<String>()) {
        let mut out = String::new();
        escape(&text, &mut out);
        prop_assert!(!out.contains(['<', '>', '"', '\'']));
        let without_entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].iter().fold(out, |out, entity| out.replace(entity, ""));
        prop_assert!(!without_entities.contains('&'));
    }

    #[test]
    fn a_table_written_and_read_again_is_the_same(cells in prop::collection::vec("[a-z\"; \n]{1,8}[a-z]", 2..20)) {
        let csv = format!("nom;rang\n{}", cells.iter().enumerate().map(|(idx, cell)| format!("\"{}\";{idx},5\n", cell.replace('"', "\"\""))).collect::<String>());
        let (table, _) = read_csv(csv.as_bytes(), &Default::default());
        let (again, _) = read_csv(write_csv(&table, Reader::Spreadsheet(Lang::Fr)).as_bytes(), &Default::default());
        prop_assert_eq!(again.columns, table.columns);
    }

    #[test]
    fn stacked_bars_add_up_and_arrows_reach_every_datum(values in prop::collection::vec(0..1000u32, 2..30)) {
        let rows: String = values.iter().enumerate().map(|(idx, value)| format!("{};s{};{value}\n", 2000 + idx / 2, idx % 2)).collect();
        let (table, _) = read_csv(format!("an;serie;nb\n{rows}").as_bytes(), &Default::default());
        let (spec, _) = read_spec("{\"kind\":\"bar\",\"x\":\"an\",\"y\":\"nb\",\"color\":\"serie\",\"layout\":\"stacked\",\"orientation\":\"vertical\"}");
        let drawing = draw(&table.into(), &spec, &Env::new(700.0, Period::year(2026)));
        // each stack's height is the sum of its parts' heights: no part overlaps another
        for (idx, one) in drawing.spots.iter().enumerate() {
            for other in drawing.spots.iter().skip(idx + 1).filter(|other| other.key.datum_idx == one.key.datum_idx) {
                let overlap = one.bounds.bottom().min(other.bounds.bottom()) - one.bounds.y.max(other.bounds.y);
                prop_assert!(overlap < 0.2 || one.bounds.height < 1.0 || other.bounds.height < 1.0 || one.bounds.width < 1.0 || other.bounds.width < 1.0, "{one:?} {other:?}");
            }
        }
        let mut reached = vec![];
        let mut at = hit::next(&drawing.spots, None, Move::First);
        while let Some(key) = at {
            reached.push(key);
            let next = hit::next(&drawing.spots, at, Move::Next);
            at = if next == at { hit::next(&drawing.spots, hit::next(&drawing.spots, at, Move::First), Move::NextSeries).filter(|next| !reached.contains(next)) } else { next };
        }
        prop_assert_eq!(reached.len(), drawing.spots.len());
    }
}
