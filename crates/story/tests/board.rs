//! What do the choices of a board hold, with what does it begin, and how is what is chosen said?
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use std::sync::Arc;

use encart_chart::Env;
use encart_chart::spec::read::read_object;
use encart_story::board::Board;
use encart_table::json::Json;
use encart_table::{Lang, Table, read_csv};

const POPULATION: &[u8] = "commune;annee;population\nÉpinal;2019;10\nTournus;2019;20\nTournus;2023;30\n".as_bytes();
const BUDGET: &[u8] = "commune;axe\nCluny;Énergie\nTournus;\n".as_bytes();

fn board(json: &str) -> Board {
    Board::take(&mut Json::parse_object(json, "spec").unwrap())
}

fn tables() -> Vec<Arc<Table>> {
    [POPULATION, BUDGET].map(|bytes| Arc::new(read_csv(bytes, &Default::default()).0)).to_vec()
}

fn pairs(view: &[(&str, &str)]) -> Vec<(String, String)> {
    view.iter().map(|(word, value)| (word.to_string(), value.to_string())).collect()
}

const ALL: &str = r#"{"territory": "commune", "period": "annee", "filters": ["axe"]}"#;

#[test]
fn the_choices_are_the_values_of_all_tables_in_the_order_of_their_readers() {
    let choices = board(ALL).choices(&tables(), Lang::Fr);
    let values = |idx: usize| choices[idx].values.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>();
    assert_eq!(values(0), ["Cluny", "Épinal", "Tournus"], "accents do not count");
    assert_eq!(values(1), ["2019", "2023"]);
    assert_eq!(values(2), ["Énergie", "sans valeur"], "what is missing is last");
}

#[test]
fn a_column_that_no_table_has_is_no_choice() {
    assert!(board(r#"{"filters": "quartier"}"#).choices(&tables(), Lang::Fr).is_empty());
}

#[test]
fn a_board_begins_with_what_its_author_says() {
    let check = |chosen: &str, expected: &[&str]| {
        let board = board(&format!(
            r#"{{"territory": "commune", "filters": ["axe"], "chosen": {}}}"#,
            Json::Text(chosen.into()).write()
        ));
        let began = board.begin(&board.choices(&tables(), Lang::Fr));
        assert_eq!(began.iter().map(|(_, pair)| pair.as_str()).collect::<Vec<_>>(), expected, "{chosen}");
    };
    check("commune=Tournus", &["commune=Tournus"]);
    check("Commune = Tournus ; axe = Énergie", &["commune=Tournus", "axe=Énergie"]);
    // a place that is not there: the first, which the board shows and says
    check("commune=Paris", &["commune=Cluny"]);
    check("", &["commune=Cluny"]);
}

#[test]
fn what_is_chosen_is_said_in_both_languages() {
    let check = |view: &[(&str, &str)], fr: &str, en: &str| {
        let board = board(ALL);
        for (lang, said) in [(Lang::Fr, fr), (Lang::En, en)] {
            let choices = board.choices(&tables(), lang);
            let object = Json::parse_object(&format!(r#"{{"lang": "{}"}}"#, lang.pick("fr", "en")), "spec").unwrap();
            let (spec, _) = read_object(&object, &[]);
            let mut env = Env { lang, ..Env::new(760.0, encart_table::day::read_period("2026-11-22").unwrap()) };
            env.view.chosen = pairs(view);
            let lead = board.draw(&choices, &[], &spec, &env).lead.unwrap();
            assert_eq!(lead.said, said);
            assert!(lead.rows.contains(said), "what a voice says stands there: {}", lead.rows);
        }
    };
    check(
        &[("filtre", "commune=Tournus")],
        "commune\u{a0}: Tournus ; 2019 à 2023 ; axe\u{a0}: tout",
        "commune: Tournus; 2019 to 2023; axe: all",
    );
    check(
        &[("filtre", "commune=Épinal"), ("de", "2023"), ("a", "2023"), ("filtre", "axe=Énergie")],
        "commune\u{a0}: Épinal ; 2023 ; axe\u{a0}: Énergie",
        "commune: Épinal; 2023; axe: Énergie",
    );
}

#[test]
fn what_no_widget_has_is_said_with_what_resembles_it() {
    let check = |json: &str, expected: &[&str]| {
        let board = board(json);
        let choices = board.choices(&tables(), Lang::Fr);
        let notices = board.notices(&choices, &tables());
        let said: Vec<String> = notices.iter().map(|notice| notice.sentence(Lang::Fr)).collect();
        assert_eq!(said.len(), expected.len(), "{said:?}");
        for (said, expected) in said.iter().zip(expected) {
            assert!(said.contains(expected), "{said}");
        }
    };
    check(ALL, &[]);
    check(
        r#"{"territory": "comune"}"#,
        &["« comune », qui n’est colonne d’aucun encart. Vouliez-vous dire « commune » ?"],
    );
    check(
        r#"{"territory": "commune", "chosen": "commune=Tournuss"}"#,
        &["« Tournuss », qui n’est aucune valeur de « commune ». Vouliez-vous dire « Tournus » ?"],
    );
    check(
        r#"{"territory": "commune", "chosen": "comune=Tournus"}"#,
        &["« comune », qui n’est rien que l’on choisisse"],
    );
}

#[test]
fn an_index_helps_from_three_widgets_on() {
    let check = |titles: &[&str], is_there: bool| {
        let titles: Vec<String> = titles.iter().map(ToString::to_string).collect();
        let env = Env::new(760.0, encart_table::day::read_period("2026-11-22").unwrap());
        let (spec, _) = read_object(&Default::default(), &[]);
        let rows = Board::default().draw(&[], &titles, &spec, &env).lead.unwrap().rows;
        assert_eq!(rows.contains("<nav aria-label=\"Sommaire du tableau de bord\">"), is_there, "{rows}");
        assert!(!is_there || titles.iter().all(|title| rows.contains(title.as_str())));
    };
    check(&["Un", "Deux"], false);
    check(&["Un", "Deux", "Trois"], true);
}

#[test]
fn on_paper_a_board_says_what_is_chosen_and_when_it_was_printed() {
    let board = board(ALL);
    let mut env = Env::new(760.0, encart_table::day::read_period("2026-11-22").unwrap());
    env.is_still = true;
    env.view.chosen = pairs(&[("filtre", "commune=Tournus")]);
    let (spec, _) = read_object(&Default::default(), &[]);
    let lead = board.draw(&board.choices(&tables(), Lang::Fr), &[], &spec, &env).lead.unwrap();
    assert_eq!(lead.html, "");
    assert!(lead.rows.contains("commune\u{a0}: Tournus"), "{}", lead.rows);
    assert!(lead.rows.contains("édité le 22 novembre 2026"), "{}", lead.rows);
    assert!(!lead.rows.contains("<button"), "nobody presses paper");
}

#[test]
fn what_is_no_widget_is_said() {
    for (json, n_widgets, said) in [
        (r#"{"widgets": [{"tag": "figure"}, "budget.csv"]}"#, 1, "« budget.csv » n’est pas un encart"),
        (r#"{"widgets": "[{\"tag\": \"figure\"}]"}"#, 1, ""),
        (r#"{"widgets": "figure"}"#, 0, "« figure » n’est pas un encart"),
        (r#"{"widgets": ""}"#, 0, ""),
        (
            r#"{"widgets": "[{\"tag\": \"figure\"} {\"tag\": \"chart\"}]"}"#,
            0,
            "ce n’est pas du JSON valable (caractère 20",
        ),
        (r#"{"widgets": {"tag": "figure"}}"#, 0, "« {…} » n’est pas un encart"),
    ] {
        let board = board(json);
        let words = board.unread.first().map_or(String::new(), |notice| notice.words.fr.to_string());
        assert!(
            board.widgets.len() == n_widgets && words.starts_with(said) && words.is_empty() == said.is_empty(),
            "{json}: {words}"
        );
    }
}
