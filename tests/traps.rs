//! Does what hurt the users of other tools hurt ours? One test a trap, named after what went wrong, and where.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use encart_chart::{Drawing, Env, draw, read_spec};
use encart_table::csv_out::{Reader, write_csv};
use encart_table::sniff::decode;
use encart_table::{Json, Lang, Notice, Period, Prepared, Value, prepare, read_csv};

/// A file after its steps, with what was said.
fn read(file: impl AsRef<[u8]>, steps: &str) -> (Prepared, Vec<Notice>) {
    let (table, notices) = read_csv(file.as_ref(), &Default::default());
    (prepare(table, &Json::parse(steps, "steps").unwrap()), notices)
}

/// The table after the steps as plain CSV on one line.
fn rows(file: impl AsRef<[u8]>, steps: &str) -> String {
    write_csv(&read(file, steps).0.table, Reader::Program).trim_end().replace("\r\n", " | ")
}

/// A column's number in a row.
fn number(file: &str, steps: &str, column: &str, row_idx: usize) -> Option<f64> {
    read(file, steps).0.table.column(column).unwrap().value(row_idx).number()
}

fn drawn(file: &str, spec: &str) -> Drawing {
    let (spec, notices) = read_spec(spec);
    assert_eq!(notices, []);
    let (table, _) = read_csv(file.as_bytes(), &Default::default());
    draw(&prepare(table, &spec.steps), &spec, &Env::new(700.0, Period::year(2026)))
}

fn codes(notices: &[Notice]) -> Vec<&'static str> {
    notices.iter().map(|notice| notice.code).collect()
}

mod encodings_numbers_and_missing_values {
    use super::*;

    #[test]
    fn a_decimal_comma_is_a_decimal_comma_papaparse_143_and_327() {
        assert_eq!(number("a;b\nx;1234,5\n", "[]", "b", 0), Some(1234.5));
    }

    #[test]
    fn decimal_commas_are_no_delimiters_papaparse_1005() {
        assert_eq!(rows("a;b;c\nx;1,5;2,5\ny;3,5;4,5\n", "[]"), "a,b,c | x,1.5,2.5 | y,3.5,4.5");
    }

    #[test]
    fn semicolons_make_columns_papaparse_606_datasette_lite_90_schemas_254() {
        for delimiter in [";", ",", "\t", "|"] {
            assert_eq!(rows(["a", "b\nx", "2\n"].join(delimiter), "[]"), "a,b | x,2", "{delimiter:?}");
        }
    }

    #[test]
    fn a_byte_of_latin_1_stops_nothing_datagouv_mcp_17() {
        assert_eq!(rows(b"d\xe9partement;nb\r\nAri\xe8ge;1\r\n", "[]"), "département,nb | Ariège,1");
        assert_eq!(decode(b"\xe9").0, "é");
    }

    #[test]
    fn french_words_are_sorted_as_the_french_sort_them_wet_boew_7642() {
        let sorted = rows("nom;n\nZut;1\nÉcole;2\neau;3\nÉtang;4\n", r#"[{"sort":"nom"}]"#);
        assert_eq!(sorted, "nom,n | eau,3 | École,2 | Étang,4 | Zut,1");
    }

    #[test]
    fn a_number_is_drawn_the_same_however_its_digits_are_written_wet_boew_7503() {
        let spec = r#"{"kind":"bar","x":"a","y":"b","title":"T"}"#;
        assert_eq!(drawn("a;b\nx;1758.00\ny;12.50\n", spec).svg(), drawn("a;b\nx;1758\ny;12.5\n", spec).svg());
    }

    #[test]
    fn spaces_in_a_number_are_neither_zero_nor_one_dsfr_data_301() {
        for space in [" ", "\u{a0}", "\u{202f}"] {
            assert_eq!(number(&format!("a;b\nx;1{space}234,5\n"), "[]", "b", 0), Some(1234.5), "{space:?}");
        }
    }

    #[test]
    fn a_code_that_begins_with_zero_is_found_and_a_number_in_its_place_is_said_dsfr_data_924() {
        let file = "departement;n\n01;1\n2A;2\n971;3\n";
        assert_eq!(rows(file, r#"[{"filter":"departement = '01'"}]"#), "departement,n | 01,1");
        let (prepared, _) = read(file, r#"[{"filter":"departement = 1"}]"#);
        assert_eq!(codes(&prepared.notices), ["expr.text-and-number"]);
        assert!(prepared.is_misled);
    }

    #[test]
    fn what_is_missing_passes_no_filter_dsfr_data_278() {
        let file = "a;b\nx;1\ny;n.d.\nz;3\n";
        for (filter, kept) in [
            ("b < 2", "a,b | x,1"),
            ("b != 1", "a,b | z,3"),
            ("not (b > 2)", "a,b | x,1"),
            ("b <= 3", "a,b | x,1 | z,3"),
        ] {
            assert_eq!(rows(file, &format!(r#"[{{"filter":"{filter}"}}]"#)), kept, "{filter}");
        }
    }

    #[test]
    fn a_spreadsheet_gets_quotes_a_mark_and_no_formula_dsfr_data_291() {
        let (table, _) = read_csv("a;b\n=1+2;\"x;y\"\n@cmd;1\n".as_bytes(), &Default::default());
        let csv = write_csv(&table, Reader::Spreadsheet(Lang::Fr));
        assert!(csv.starts_with('\u{feff}'), "{csv}");
        assert!(csv.contains("'=1+2;\"x;y\"") && csv.contains("'@cmd"), "{csv}");
    }

    #[test]
    fn zero_is_a_value_and_nothing_is_none_cdc_1384_1423_2848_covid19_dashboard_61_m_chart_238() {
        let drawing = drawn("a;b\nx;0\ny;n.d.\nz;-3\n", r#"{"kind":"bar","x":"a","y":"b","title":"T","order":"data"}"#);
        let twin = drawing.twin();
        let cells: Vec<&str> = twin.rows.iter().map(|row| row[1].as_str()).collect();
        assert_eq!(cells, ["0", "non disponible", "−3"]);
        assert!(
            drawing.csv(encart_table::csv_out::Reader::Spreadsheet(drawing.lang)).contains("y;;non disponible\r\n"),
            "{}",
            drawing.csv(encart_table::csv_out::Reader::Spreadsheet(drawing.lang))
        );
        assert!(drawing.summary().contains("1 valeur manquante"), "{}", drawing.summary());
    }

    #[test]
    fn missing_values_are_sorted_last_both_ways_cdc_2702() {
        let file = "a;b\nx;2\ny;n.d.\nz;3\n";
        assert_eq!(rows(file, r#"[{"sort":"b"}]"#), "a,b | x,2 | z,3 | y,");
        assert_eq!(rows(file, r#"[{"sort":"-b"}]"#), "a,b | z,3 | x,2 | y,");
    }
}

mod a_field_log_on_the_nearest_peer {
    use super::*;

    #[test]
    fn a_series_without_a_value_is_no_zero_in_picture_words_and_table_bug_029() {
        let long = "an;polluant;ug\n2000;NO2;40\n2001;NO2;38\n2001;PM10;25\n";
        let wide = "an;NO2;PM10\n2000;40;\n2001;38;25\n";
        for (file, spec) in [
            (long, r#"{"kind":"line","x":"an","y":"ug","color":"polluant","title":"T"}"#),
            (wide, r#"{"kind":"line","x":"an","y":["NO2","PM10"],"title":"T"}"#),
        ] {
            let drawing = drawn(file, spec);
            let first = drawing.twin().rows[0].clone();
            assert!(first[2] == "pas de donnée" || first[2] == "non renseigné", "{first:?}");
            assert!(!drawing.summary().contains(" 0 "), "{}", drawing.summary());
            assert!(
                drawing.notes.iter().any(|note| note.starts_with("Valeur manquante : PM10")),
                "{:?}",
                drawing.notes
            );
            assert!(
                drawing.csv(encart_table::csv_out::Reader::Spreadsheet(drawing.lang)).contains("40;;"),
                "{}",
                drawing.csv(encart_table::csv_out::Reader::Spreadsheet(drawing.lang))
            );
        }
    }

    #[test]
    fn a_group_without_a_number_has_no_sum_mean_least_or_most_bug_028() {
        let file = "a;b\nx;n.d.\nx;s\ny;0\n";
        for how in ["sum", "mean", "min", "max"] {
            let steps = format!(r#"[{{"group":{{"by":"a","m":"{how}(b)"}}}}]"#);
            assert_eq!((number(file, &steps, "m", 0), number(file, &steps, "m", 1)), (None, Some(0.0)), "{how}");
        }
    }

    #[test]
    fn the_last_of_dates_is_a_date_bug_023() {
        let file = "a;jour\nx;2024-03-01\nx;2026-01-15\n";
        let (prepared, _) = read(file, r#"[{"group":{"by":"a","dernier":"max(jour)"}}]"#);
        assert_eq!(
            prepared.table.column("dernier").unwrap().value(0),
            Value::Period(Period::day(2026, 1, 15).unwrap())
        );
    }

    #[test]
    fn the_beginning_of_a_text_is_no_number_bug_032() {
        for text in ["75A", "1922-1930", "12 rue", "1E3"] {
            assert_eq!(rows(format!("a;b\nx;{text}\ny;{text}\n"), "[]"), format!("a,b | x,{text} | y,{text}"));
        }
        assert_eq!(rows("a;mois\nx;2024-09\n", "[]"), "a,mois | x,2024-09");
    }

    #[test]
    fn the_extremes_of_many_values_are_found_bug_038() {
        let mut file = String::from("a;b\n");
        (0..130_000).for_each(|idx| file.push_str(&format!("x;{}\n", (idx * 7919) % 130_003)));
        let steps = r#"[{"group":{"by":"a","least":"min(b)","most":"max(b)"}}]"#;
        assert_eq!((number(&file, steps, "least", 0), number(&file, steps, "most", 0)), (Some(0.0), Some(130_002.0)));
    }

    #[test]
    fn a_word_twice_in_a_cell_counts_its_row_once_bug_037() {
        let file = "theme;n\n\"sport, sport\";1\nculture;2\n";
        assert_eq!(
            rows(file, r#"[{"group":{"by":"theme","lignes":"count()"}}]"#),
            "theme,lignes | \"sport, sport\",1 | culture,1"
        );
    }

    #[test]
    fn the_table_holds_every_series_and_row_bug_035_pg_032() {
        let mut file = String::from("jour;a;b\n");
        (1..=300).for_each(|idx| file.push_str(&format!("{idx}e point;{idx};{}\n", idx * 2)));
        let drawing = drawn(&file, r#"{"kind":"line","x":"jour","y":["a","b"],"title":"T"}"#);
        assert_eq!((drawing.twin().head.len(), drawing.twin().rows.len()), (3, 300));
        assert_eq!(drawing.twin().rows[299], ["300e point", "300", "600"]);
    }

    #[test]
    fn neighbours_of_a_ranking_are_told_apart_am_088() {
        let drawing = drawn("a;b\nx;10,41\ny;9,98\n", r#"{"kind":"bar","x":"a","y":"b","title":"T"}"#);
        let svg = drawing.svg();
        assert!(svg.contains("10,4") && (svg.contains("9,98") || svg.contains("10,0")), "{svg}");
    }

    #[test]
    fn codes_give_the_codes_above_them_am_103() {
        let file = "code_insee;siret\n01053;21710001200014\n2A004;21200004600017\n97105;21971105500010\n";
        let steps = r#"[{"derive":{"dep":"departement(code_insee)"}},{"derive":{"siren":"siren(siret)"}}]"#;
        let (prepared, _) = read(file, steps);
        let column = |name: &str| {
            let column = prepared.table.column(name).unwrap();
            column.values().map(|value| format!("{value:?}")).collect::<Vec<_>>()
        };
        assert_eq!(column("dep"), [r#"Text("01")"#, r#"Text("2A")"#, r#"Text("971")"#]);
        assert_eq!(column("siren"), [r#"Text("217100012")"#, r#"Text("212000046")"#, r#"Text("219711055")"#]);
    }

    #[test]
    fn a_share_is_of_its_own_year_am_110() {
        let file = "an;reponse;n\n2023;oui;30\n2023;non;70\n2025;oui;10\n2025;non;10\n";
        let (table, _) = read_csv(file.as_bytes(), &Default::default());
        let steps = Json::parse(r#"[{"share":{"of":"n","by":"an","name":"part"}}]"#, "steps").unwrap();
        let (steps, _) = encart_table::verb::read::read_steps(&steps);
        let (table, _) = encart_table::run_steps(table, &steps);
        let shares: Vec<Option<f64>> = table.column("part").unwrap().values().map(Value::number).collect();
        assert_eq!(shares, [Some(30.0), Some(70.0), Some(50.0), Some(50.0)]);
    }

    #[test]
    fn one_writer_of_numbers_for_all_that_is_said_dsfr_data_303_highcharts_9902() {
        let drawing = drawn("an;b\n2023;5825,5\n2024;6130,25\n", r#"{"kind":"line","x":"an","y":"b","title":"T"}"#);
        let table = &drawing.twin().rows[1][1];
        assert_eq!(table, "6\u{202f}130,25");
        let said: Vec<String> =
            drawing.spots.iter().map(|spot| drawing.words_at(spot.key).unwrap().lines[0].value.clone()).collect();
        assert!(said.contains(table), "{said:?}");
    }

    #[test]
    fn the_date_shown_is_the_data_s_or_none_dsfr_data_305() {
        let spec = r#"{"kind":"bar","x":"a","y":"b","title":"T","producer":"Ville"}"#;
        let drawing = drawn("a;b\nx;1\n", spec);
        assert!(!format!("{:?}", drawing.source).contains("2026"), "{:?}", drawing.source);
    }

    #[test]
    fn what_is_computed_from_an_unsure_number_is_unsure() {
        // once 20, about, and 7, provisional, made a plain 27
        let file = "an;b\n2023;≈ 20\n2023;7 (p)\n2024;5\n2024;22 (p)\n2025;9\n2025;18\n";
        for (steps, column, words) in [
            (r#"[{"group":{"by":"an","t":"sum(b)"}}]"#, "t", ["≈ 27", "27 (provisoire)", "27"]),
            (
                r#"[{"group":{"by":"an","t":"max(b)"}},{"derive":{"u":"t * 2"}}]"#,
                "u",
                ["≈ 40", "44 (provisoire)", "36"],
            ),
        ] {
            let (prepared, _) = read(file, steps);
            let made = prepared.table.column(column).unwrap();
            let said: Vec<String> = (0..3)
                .map(|row_idx| {
                    let number = made.value(row_idx).number().unwrap().to_string();
                    made.hedge(row_idx).map_or(number.clone(), |hedge| hedge.write(&number, Lang::Fr))
                })
                .collect();
            assert_eq!(said, words, "{steps}");
        }
    }

    #[test]
    fn a_picture_that_would_leave_most_rows_out_is_not_drawn() {
        let file = "dep;n\n71;1\n71;2\n71;3\n71;4\n01;5\n";
        let drawing = drawn(file, r#"{"kind":"bar","x":"dep","y":"n","title":"T"}"#);
        assert!(drawing.is_empty());
        assert!(codes(&drawing.notices).contains(&"channel.twice"));
    }

    #[test]
    fn more_categories_than_can_be_read_are_not_drawn() {
        let mut file = String::from("commune;n\n");
        (0..600).for_each(|idx| file.push_str(&format!("commune {idx}e;{idx}\n")));
        let drawing = drawn(&file, r#"{"kind":"bar","x":"commune","y":"n","title":"T"}"#);
        assert!(drawing.is_empty());
        assert!(codes(&drawing.notices).contains(&"channel.too-many"));
    }

    #[test]
    fn the_rest_of_a_ranking_is_known_in_part_and_says_so() {
        let file = "dep;n\n75;9\n13;8\n71;3\n01;2\n984;n.d.\n";
        let steps = r#"[{"top":{"n":2,"by":"n","name":"dep"}}]"#;
        let (table, _) = read_csv(file.as_bytes(), &Default::default());
        let (steps, _) = encart_table::verb::read::read_steps(&Json::parse(steps, "steps").unwrap());
        let (table, notices) = encart_table::run_steps(table, &steps);
        assert_eq!(write_csv(&table, Reader::Program), "dep,n\r\n75,9\r\n13,8\r\nAutres,5\r\n");
        assert_eq!(codes(&notices), ["group.partial"]);
    }
}
