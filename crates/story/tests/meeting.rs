//! Which words does a meeting hide when it asks to guess?

use encart_story::meeting::{holds_figure, is_figure};
use encart_table::Lang;

#[test]
fn values_are_figures_and_dates_are_not() {
    for (words, is) in [
        ("1 204 €", true),
        ("≈ 20", true),
        ("−3,5 %", true),
        ("> 50", true),
        ("16/20", true),
        ("31 %", true),
        ("2 024 habitants", true),
        ("2024", false),
        ("2021-2024", false),
        ("15 mars", false),
        ("1er janvier 2024", false),
        ("31/12/2024", false),
        ("Tournus", false),
        ("T1 2026", false),
        ("Zone 3", false),
        ("2024 %", true),
    ] {
        assert_eq!(is_figure(words, Lang::Fr), is, "{words}");
    }
}

#[test]
fn a_title_that_gives_the_answer_holds_a_figure() {
    for (words, is) in [
        ("En 2024, 12 communes publient", true),
        ("Population au 1er janvier 2024", false),
        ("Dépenses de 2019 à 2024, en k€", false),
        ("Mâcon perd 3 % de ses habitants", true),
        ("Émissions de CO2", false),
        ("5 mai 2024 : 3 votes", true),
        ("5 maisons", true),
    ] {
        assert_eq!(holds_figure(words, Lang::Fr), is, "{words}");
    }
    assert!(!holds_figure("May 2024, 3 May", Lang::En));
}
