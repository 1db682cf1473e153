//! Is a story read as its author wrote it, and does its document stay true when the data change?
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use encart_chart::Env;
use encart_story::narrative::{Document, Made, Part, Story};
use encart_story::widget::Widget;
use encart_table::day::read_period;
use encart_table::json::Json;
use encart_table::{prepare, read_csv};

/// What the widgets' shells do: the data of each picture stand in it.
fn made(story: &Story) -> Vec<Made> {
    let make = |object: &encart_table::json::Object, tag: &str| {
        let mut object = object.clone();
        object.set("tag".into(), Json::Text(tag.replace("data", "chart")));
        let (widget, spec, _) = Widget::read(&Json::Object(object).write());
        let (table, _) = read_csv(spec.data.clone().unwrap().as_bytes(), &spec.reading);
        Made { widget, prepared: prepare(table, &spec.steps), spec, failure: None }
    };
    story.pictures.iter().map(|picture| make(&picture.object, &picture.tag)).collect()
}

fn write(text: &str) -> Document {
    let (story, _) = Story::read(text);
    story.linear(&made(&story), &[], &Env::new(640.0, read_period("2026-11-22").unwrap()))
}

const HEAD: &str = "---\ntitle: Budget\n---\n## Hier\n\n";

/// A story of one step, whose data say 120 in 2019 and something in 2024.
fn budget(after: u32, text: &str) -> Document {
    let csv = format!("\"annee;depenses\\n2019;120\\n2024;{after}\"");
    let json = format!("{{\"data\": {csv}, \"x\": \"annee\", \"y\": \"depenses\", \"kind\": \"bar\"}}");
    write(&format!("{HEAD}```encart\n{json}\n```\n\n{text}\n"))
}

#[test]
fn words_become_markup_and_no_value_becomes_a_mark() {
    let check = |text: &str, expected: &str| {
        let html = budget(135, text).html;
        assert!(html.contains(expected), "{text}\n{html}");
    };
    check("Du *texte*.", "<p>Du <em>texte</em>.</p>");
    check("En 2024 : {{ depenses[2024] }}.", "<p>En 2024\u{a0}: <span data-said>135</span>.</p>");
    // a value between stars, in a table whose cells are cut at bars
    check(
        "| an | dépenses |\n|---|---|\n| 2024 | **{{ evolution(depenses, 2019, 2024) | pourcent }}** |",
        "<td><strong><span data-said>+13\u{a0}%</span></strong></td>",
    );
    // HTML is words
    check("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
    check("Du <b onclick=\"x\">gras</b>.", "&lt;b onclick=");
    // below the step's heading, which is below the title
    check("### Comment lire", "<h4>Comment lire</h4>");
    check("###### Très bas", "<h6>Très bas</h6>");
    check("[site](https://example.fr)", "<a href=\"https://example.fr\">site</a>");
    check("Voir [a].\n\n[a]: https://example.fr", "<a href=\"https://example.fr\">a</a>");
    check(
        "![La mairie](m.jpg \"Ville de Tournus\")",
        "alt=\"La mairie\" /> <small>Crédit\u{a0}: Ville de Tournus</small>",
    );
    // the whole of a choice, however many paragraphs
    check(
        "{{ si depenses[2024] > 130 }}Plus.\n\nBien plus.{{ sinon }}Moins.{{ fin }}",
        "<p>Plus.</p>\n<p>Bien plus.</p>",
    );
    // an answer opens what was read for it
    check(
        "{{ depenses[2024] }}",
        "<strong>135</strong>\u{a0}: <code>depenses[2024]</code>, lu dans les données\u{a0}: depenses, 2024\u{a0}: 135</li>",
    );
}

#[test]
fn with_other_data_the_sentences_change_and_a_broken_claim_is_marked() {
    const TEXT: &str = "Les dépenses {{ evolution(depenses, 2019, 2024) | verbe(\"ont augmenté\", \"ont baissé\", \"n’ont pas changé\") }}.\n\nvérifier : depenses[2024] > depenses[2019]";
    let before = budget(135, TEXT);
    assert!(before.html.contains("<span data-said>ont augmenté</span>"), "{}", before.html);
    assert!(!before.html.contains("À vérifier") && !before.html.contains("vérifier :"), "{}", before.html);
    assert_eq!(before.notices, []);
    let after = budget(100, TEXT);
    assert!(after.html.contains("<span data-said>ont baissé</span>"), "{}", after.html);
    let mark =
        after.html.find("À vérifier\u{a0}: les données disent maintenant le contraire de ce passage (depenses, 2024");
    assert!(mark.is_some_and(|mark| mark < after.html.find("Les dépenses").unwrap()), "{}", after.html);
    // the author hears where
    assert_eq!(
        after.notices.iter().map(|notice| (notice.code, notice.place.line)).collect::<Vec<_>>(),
        [("claim.broken", Some(12))]
    );
}

#[test]
fn a_claim_is_about_the_passage_that_it_stands_in_or_below() {
    let check = |text: &str, passages: &[(&str, usize)]| {
        let (story, notices) = Story::read(&format!("# Titre\n\n{text}\n"));
        let found: Vec<(&str, usize)> = story.steps[0]
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Passage(passage) => Some((passage.text.trim(), passage.claims.len())),
                _ => None,
            })
            .collect();
        assert_eq!(found, passages, "{text}");
        assert_eq!(notices, []);
    };
    check("Un.\n\nDeux.\n\nvérifier : a > b", &[("Un.", 0), ("Deux.", 1)]);
    check("Un.\nvérifier : a > b\n\nDeux.", &[("Un.", 1), ("Deux.", 0)]);
    check("Un.\n\nverifier: a > b\nvérifier: b > c", &[("Un.", 2)]);
    check("One.\n\ncheck: a > b", &[("One.", 1)]);
    check("- à vérifier : rien\n- deux", &[("- à vérifier : rien\n- deux", 0)]);
    let (_, notices) = Story::read("# Titre\n\nvérifier : a > b\n");
    assert_eq!((notices[0].code, notices[0].place.line), ("story.lone-claim", Some(3)));
}

#[test]
fn a_picture_goes_on_with_the_one_before() {
    let text = "---\ntitle: T\nsrc: a.csv\nproducer: Ville\n---\n```encart\nkind: bar\nx: annee\nunit: €\n```\n\n```encart suite\nkind: line\nunit:\n```\n\n```encart table\nsrc: b.csv\n# une remarque\ncolumns: a,\n  b\n```\n";
    let (story, notices) = Story::read(text);
    assert_eq!(notices, []);
    let written = |idx: usize| Json::Object(story.pictures[idx].object.clone()).write();
    assert_eq!(written(0), r#"{"src":"a.csv","producer":"Ville","kind":"bar","x":"annee","unit":"€"}"#);
    assert_eq!(written(1), r#"{"src":"a.csv","producer":"Ville","kind":"line","x":"annee"}"#);
    assert_eq!(written(2), r#"{"producer":"Ville","src":"b.csv","columns":"a, b"}"#);
    assert_eq!(
        story.pictures.iter().map(|picture| picture.tag.as_str()).collect::<Vec<_>>(),
        ["chart", "chart", "table"]
    );
    assert_eq!(story.pictures.iter().map(|picture| picture.line).collect::<Vec<_>>(), [6, 12, 17]);
}

#[test]
fn what_cannot_be_read_is_said_with_its_line() {
    let check = |text: &str, code: &str, line: Option<u64>| {
        let (_, notices) = Story::read(text);
        let said: Vec<_> = notices.iter().map(|notice| (notice.code, notice.place.line)).collect();
        assert_eq!(said, [(code, line)], "{text}");
    };
    check("## Sans titre\n", "story.no-title", None);
    check("---\ntitle: T\nceci\n---\n", "story.no-pair", Some(3));
    check("---\ntitle: T\nlevel: 9\n---\n", "spec.bad-value", None);
    check("# T\n\n```encart char\nx: a\n```\n", "story.bad-block", Some(3));
    check("# T\n\n```encart suite\nx: a\n```\n", "story.no-picture-before", Some(3));
    // the text that follows is kept
    let (story, notices) = Story::read("---\ntitle: T\n\n## Un\n");
    assert_eq!((notices[0].code, story.steps[1].title.as_deref()), ("story.open-head", Some("Un")));
}

#[test]
fn what_a_document_cannot_show_is_said() {
    let check = |text: &str, code: &str| {
        let document = budget(135, text);
        let codes: Vec<_> = document.notices.iter().map(|notice| notice.code).collect();
        assert_eq!(codes, [code], "{text}\n{}", document.html);
    };
    check("![](m.jpg)", "story.no-alt");
    check("[ici](javascript:alert(1))", "story.bad-address");
    check("![Le port](mailto:mairie@exemple.fr)", "story.bad-address");
    check("{{ depense[2024] }}", "sentence.unread");
    assert!(!budget(135, "[ici](javascript:alert(1))").html.contains("javascript"));
}

#[test]
fn a_file_of_another_system_is_the_same_story() {
    let text = "---\ntitle: T\n---\n## Un\n\nDu texte.\n\n```encart\nx: a\n```\n";
    assert_eq!(Story::read(&format!("\u{feff}{}", text.replace('\n', "\r\n"))), Story::read(text));
}

#[test]
fn anchors_are_there_where_the_author_gives_a_name() {
    let check = |head: &str, is_there: bool| {
        let html = write(&format!("---\ntitle: T\n{head}---\n## Un\n## Deux\n## Trois\n")).html;
        assert_eq!(html.contains("<a href=\"#recit-3\">Trois</a>"), is_there, "{html}");
        assert_eq!(html.contains("<h3 id=\"recit-3\">Trois</h3>"), is_there);
        assert_eq!(html.contains("id="), is_there, "without a name nothing can clash with the page");
    };
    check("link: recit\n", true);
    check("", false);
}

#[test]
fn the_glossary_holds_the_terms_that_are_used() {
    let (story, _) = Story::read("# T\n\nLes Intercommunalités et la dette.\n");
    let terms = [("intercommunalité", "Un groupement."), ("point", "Un écart.")];
    let terms: Vec<(String, String)> =
        terms.iter().map(|(term, words)| (term.to_string(), words.to_string())).collect();
    let html = story.linear(&[], &terms, &Env::new(640.0, read_period("2026-11-22").unwrap())).html;
    assert!(html.contains("<dt>intercommunalité</dt>\n<dd>Un groupement.</dd>"), "{html}");
    assert!(!html.contains("<dt>point</dt>"), "{html}");
}

#[test]
fn a_term_leads_to_its_definition_where_it_first_stands_in_a_step() {
    let text = "---\ntitle: T\nlink: recit\n---\n## La dette\n\nLa dette, *la dette* et [la dette](x.html).\n\n## Encore\n\n### Les dettes\n\nSa **dette**.\n";
    let (story, _) = Story::read(text);
    let terms = [("dette".to_string(), "Ce qui reste à rendre.".to_string())];
    let html = story.linear(&[], &terms, &Env::new(640.0, read_period("2026-11-22").unwrap())).html;
    let lead = "<a data-term href=\"#recit-mot-1\">dette</a>";
    assert_eq!(html.matches(lead).count(), 2, "{html}");
    assert!(html.contains(&format!("<p>La {lead}, <em>la dette</em>")), "{html}");
    assert!(html.contains(&format!("<strong>{lead}</strong>")), "neither in a heading nor in a link: {html}");
    assert!(html.contains("<dt id=\"recit-mot-1\">dette</dt>"), "{html}");
}

#[test]
fn each_figure_leads_to_how_it_was_computed() {
    let text = "---\ntitle: T\nsubtitle: En {{ dernier(depenses) }}\nlink: recit\n---\n## Hier\n\n{{ depenses[2024] }}, oui {{ depenses[2024] }}, [voir {{ depenses[2019] }}](x.html)\n\n```encart\n{\"data\": \"annee;depenses\\n2019;120\\n2024;135\", \"x\": \"annee\", \"y\": \"depenses\", \"kind\": \"bar\", \"title\": \"De {{ min(depenses) }}\"}\n```\n\n## Et {{ max(depenses) }}\n";
    let html = write(text).html;
    let lead = "<a data-said href=\"#recit-1-calcul-2\" title=\"Comment ce chiffre est calculé\">135</a>";
    assert!(
        html.contains(&format!("<p>{lead}, oui {lead}, <a href=\"x.html\">voir <span data-said>120</span></a></p>")),
        "{html}"
    );
    for (place, source) in [
        // what is asked twice is told once; what stands above the steps is told in the first
        ("1-calcul-1", "dernier(depenses)"),
        ("1-calcul-2", "depenses[2024]"),
        ("1-calcul-3", "depenses[2019]"),
        // a picture's words too
        ("1-calcul-4", "min(depenses)"),
        ("2-calcul-1", "max(depenses)"),
    ] {
        let at = html.find(&format!("<li id=\"recit-{place}\">")).unwrap_or_else(|| panic!("{place}\n{html}"));
        let end = html[at..].find("</li>").unwrap();
        assert!(html[at..at + end].contains(&format!("<code>{source}</code>")), "{place}\n{html}");
    }
}

#[test]
fn rows_are_named_as_the_picture_names_them() {
    // a file of one year, whose dates came first: “2023 reste la plus grande commune”
    let picture = r#"{"data": "commune;annee;population\nTournus;2023;5701\nViré;2023;1225\n", "kind": "bar", "x": "commune", "y": "population"}"#;
    let html =
        write(&format!("{HEAD}```encart\n{picture}\n```\n\n{{{{ max(population) | qui }}}} est la plus grande.\n"))
            .html;
    assert!(html.contains(">Tournus</span> est la plus grande"), "{html}");
}

#[test]
fn what_was_perhaps_meant_is_said() {
    for (text, code, line) in [
        ("Un.\n\nvérifié : a > b", Some("story.near-claim"), Some(5)),
        ("Un.\n\nÀ vérifier : rien", None, None),
        // notes are never told to the public
        ("Un.\n\n```note\nSecret.\n```", None, None),
    ] {
        let (story, notices) = Story::read(&format!("# Titre\n\n{text}\n"));
        let said: Vec<_> = notices.iter().map(|notice| (notice.code, notice.place.line)).collect();
        assert_eq!(said, code.map(|code| (code, line)).into_iter().collect::<Vec<_>>(), "{text}");
        let html = story.linear(&[], &[], &Env::new(640.0, read_period("2026-11-22").unwrap())).html;
        assert!(!html.contains("Secret"), "{html}");
    }
}

#[test]
fn dates_are_told_in_their_order() {
    let text = "# T\n\n```chronologie\n2018-10-07 : l’obligation entre en vigueur\n2016-10-07 : la loi est promulguée, {{ depenses[2024] }}\nun jour\n```\n";
    let (story, notices) = Story::read(text);
    let said: Vec<_> = notices.iter().map(|notice| (notice.code, notice.place.line)).collect();
    assert_eq!(said, [("story.no-date", Some(6))]);
    let html = story.linear(&[], &[], &Env::new(640.0, read_period("2026-11-22").unwrap())).html;
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("{words}\n{html}"));
    assert!(at("<strong>7 octobre 2016</strong>\u{a0}: la loi") < at("<strong>7 octobre 2018</strong>"));
    assert!(at("octobre 2018") < at("<li>un jour</li>"), "nothing is lost");
}

#[test]
fn a_picture_whose_data_did_not_come_leaves_the_words() {
    let (story, _) = Story::read("# T\n\nDu texte.\n\n```encart\nsrc: a.csv\n```\n\nEt la suite.\n");
    let failure = encart_table::Notice::error(
        "fetch.unreachable",
        encart_table::Place::whole(),
        format_args!("l’adresse ne répond pas."),
        format_args!("the address does not answer."),
    );
    let made = [Made { failure: Some(failure), ..Made::default() }];
    let document = story.linear(&made, &[], &Env::new(640.0, read_period("2026-11-22").unwrap()));
    for words in ["Du texte.", "Une image manque ici", "Et la suite."] {
        assert!(document.html.contains(words), "{}", document.html);
    }
    assert_eq!((document.notices[0].code, document.notices[0].place.line), ("fetch.unreachable", Some(5)));
}

#[test]
fn a_block_is_of_a_tag_that_a_story_shows() {
    for tag in ["story", "map", "x><img src=x onerror=alert(1)", "chart onclick=alert(1)"] {
        let (story, notices) = Story::read(&format!("# Titre\n\n```encart\ntag: {tag}\nsrc: a.csv\n```\n"));
        assert_eq!(notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), ["story.bad-block"], "{tag}");
        assert_eq!(story.pictures[0].tag, "chart", "{tag}");
    }
}
