//! Specifications that were drawn wrongly, in small: each line is a situation that people met, and what its picture and its
//! words must say.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use encart_chart::audit::audit;
use encart_chart::link::read_link;
use encart_chart::suggest::suggest;
use encart_chart::{Drawing, Env, draw, read_spec};
use encart_story::listing::Memory;
use encart_story::widget::Widget;
use encart_table::csv_out::Reader;
use encart_table::{Json, Lang, Level, Period, prepare, read_csv};

/// Draws a specification whose data stand in it.
fn drawn(spec: &str) -> Drawing {
    let (spec, said) = read_spec(spec);
    assert!(said.iter().all(|notice| notice.level != Level::Error), "{said:?}");
    let (table, _) = read_csv(spec.data.clone().unwrap_or_default().as_bytes(), &spec.reading);
    draw(&prepare(table, &spec.steps), &spec, &Env::new(640.0, Period::year(2026)))
}

/// The words of a picture with plain spaces.
fn words(drawing: &Drawing) -> String {
    let all = [vec![drawing.summary()], drawing.notes.clone()].concat().join(" ");
    all.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn words_say_what_is_drawn() {
    for (situation, spec, has, has_not) in [
        (
            "s01: prices as they are printed",
            r#"{"kind":"bar","data":"commune;prix (€)\nA;3,49\nB;3,51","x":"commune","y":"prix (€)"}"#,
            "3,51 €",
            "4 €",
        ),
        (
            "s01b: rates as they are printed",
            r#"{"kind":"line","data":"annee;taux (%)\n2019;38,1\n2023;38,6","x":"annee","y":"taux (%)"}"#,
            "De 38,1 % en 2019 à 38,6 %",
            "39 %",
        ),
        (
            "s04: nothing is computed across a break",
            r#"{"kind":"line","data":"an;part (%)\n2019;17\n2020;17\n2021;24\n2022;24","x":"an","y":"part (%)","annotations":[{"at":"2021","break":true,"text":"Nouvelle méthode"}]}"#,
            "De 17 % en 2019 à 17 % en 2020 (0 point) ; après la rupture, de 24 % en 2021 à 24 % en 2022",
            "+7",
        ),
        (
            "s22: a per cent of degrees means nothing",
            r#"{"kind":"line","data":"an;température (°C)\n1960;10,2\n2020;12,4","x":"an","y":"température (°C)"}"#,
            "(+2,2 °C)",
            "+22 %",
        ),
        (
            "s04b: an event keeps its own date",
            r#"{"kind":"line","data":"mois;prix\n2021-06;74\n2021-12;275\n2022-08;493","x":"mois","y":"prix","annotations":[{"at":"2022-02","text":"Guerre en Ukraine"}]}"#,
            "Guerre en Ukraine (février 2022)",
            "(décembre 2021)",
        ),
        (
            "a break between two dates cuts between them",
            r#"{"kind":"line","data":"mois;prix\n2021-06;74\n2021-12;275\n2022-08;493\n2022-12;500","x":"mois","y":"prix","annotations":[{"at":"2022-02","break":true,"text":"Méthode"}]}"#,
            "De 74 en juin 2021 à 275 en décembre 2021 (+272 %) ; après la rupture, de 493 en août 2022",
            "+576",
        ),
        (
            "s02: of a side with a secret no share is said",
            r#"{"kind":"pyramid","data":"âge;sexe;agents\n- de 30;Femmes;41\n- de 30;Hommes;28\n50+;Femmes;190\n50+;Hommes;s","x":"âge","y":"agents","color":"sexe"}"#,
            "Valeurs connues : Femmes : 231, Hommes : 28.",
            "%",
        ),
        (
            "s02b: of surfaces with a secret no share is said",
            r#"{"kind":"treemap","data":"poste;k€\nA;50\nB;30\nC;s","x":"poste","y":"k€"}"#,
            "Valeurs connues, en tout : 80. Les plus grandes parts : A 50 et B 30.",
            "%",
        ),
        (
            "s05: a date that stacked areas leave out is said",
            r#"{"kind":"area","data":"an;secteur;MWh\n2020;A;10\n2020;B;s\n2021;A;11\n2021;B;20\n2022;A;12\n2022;B;21","x":"an","y":"MWh","color":"secteur"}"#,
            "Non dessiné, une part n’étant pas connue : 2020.",
            "2020 et 2021",
        ),
        (
            "s07c: a category that is new lacks one value before",
            r#"{"kind":"bar","data":"an;effet;M€\n2022;vert;12\n2022;gris;61\n2023;vert;15\n2023;gris;60\n2023;non coté;4","x":"an","y":"M€","color":"effet","layout":"percent"}"#,
            "1 valeur manquante.",
            "3 valeurs",
        ),
        (
            "s14: points have a line around their value, and no pale area",
            r#"{"kind":"dot","data":"horizon;nuits;bas;haut\n2030;8;5;12\n2050;14;9;22","x":"horizon","y":"nuits","lower":"bas","upper":"haut"}"#,
            "Trait : de « bas » à « haut »",
            "Zone claire",
        ),
        (
            "s19: bars side by side have their own ranges",
            r#"{"kind":"bar","data":"horizon;scénario;nuits;bas;haut\nA;sobre;8;5;12\nB;sobre;9;6;13\nA;tendance;14;9;22\nB;tendance;16;11;25","x":"horizon","y":"nuits","color":"scénario","lower":"bas","upper":"haut"}"#,
            "Trait : de « bas » à « haut »",
            "Total",
        ),
        (
            "s19: one year is no span of years",
            r#"{"kind":"bar","data":"an;€\n2024;32000","x":"an","y":"€"}"#,
            "en 2024",
            "de 2024 à 2024",
        ),
        (
            "s21: days have their article",
            r#"{"kind":"line","data":"jour;repas\n2019-01-07;13\n2019-01-08;15\n2019-01-09;16\n2019-01-10;9\n2019-01-11;8\n2019-01-12;8","x":"jour","y":"repas"}"#,
            "entre le 9 janvier 2019 et le 10 janvier 2019",
            "entre 9",
        ),
        (
            "60: series on other dates stay in the order of time",
            r#"{"kind":"line","data":"date;lieu;v\n2020;A;1\n2021;B;2\n2022;A;3\n2023;B;5","x":"date","y":"v","color":"lieu"}"#,
            "A : de 1 en 2020 à 3 en 2022 (+200 %). B : de 2 en 2021 à 5 en 2023",
            "de 0",
        ),
        (
            "61: years without a value at both ends stay on the axis",
            r#"{"kind":"line","data":"an;v\n2018;\n2019;3\n2020;4\n2021;","x":"an","y":"v"}"#,
            "Courbe : v, de 2018 à 2021. De 3 en 2019 à 4 en 2020",
            "à 0",
        ),
        (
            "63: no share of a whole that is not known",
            r#"{"kind":"area","data":"an;s;v\n2019;A;3\n2019;B;1\n2020;A;\n2020;B;\n2021;A;4\n2021;B;4","x":"an","y":"v","color":"s","layout":"percent"}"#,
            "2 valeurs manquantes. Parts non calculables, le tout étant nul ou inconnu : 2020.",
            " 0,0 %",
        ),
        (
            "65: negative values are not stacked",
            r#"{"kind":"bar","data":"poste;type;v\nA;x;3\nA;y;-1\nB;x;4\nB;y;2","x":"poste","y":"v","color":"type","layout":"stacked"}"#,
            "y : de 2 (B) à −1 (A)",
            "Total",
        ),
        (
            "65: a negative value is no part of a disc",
            r#"{"kind":"pie","data":"poste;v\nA;3\nB;-1\nC;4","x":"poste","y":"v"}"#,
            "Diagramme en barres",
            "%",
        ),
        (
            "a part that is named below its whole is no part of a disc",
            r#"{"kind":"donut","data":"poste;n\nVoirie;100\ndont éclairage;30\nÉcole;50","x":"poste","y":"n"}"#,
            "Diagramme en barres",
            "Anneau",
        ),
        (
            "columns of years are no places of a slope",
            r#"{"kind":"slope","data":"commune;2013;2023\nA;3;4\nB;5;6\nC;1;2","x":"commune","y":["2013","2023"]}"#,
            "Diagramme en barres : 2013 et 2023 selon commune, 3 catégories",
            "Pentes",
        ),
        (
            "69: a disc with a zero is whole",
            r#"{"kind":"pie","data":"poste;v\nA;60\nB;0\nC;40","x":"poste","y":"v"}"#,
            "A 60,0 % (60), C 40,0 % (40) et B 0,0 % (0). En tout : 100.",
            "autre",
        ),
        (
            "a negative number has no side in a pyramid",
            r#"{"kind":"pyramid","data":"age;Hommes;Femmes\n0-4;120;115\n5-9;-30;128","x":"age","y":["Hommes","Femmes"]}"#,
            "Diagramme en barres",
            "Pyramide",
        ),
        (
            "66: no logarithm over a linear axis",
            r#"{"kind":"line","data":"an;n\n2018;1\n2019;0\n2020;12","x":"an","y":"n","scale":"log"}"#,
            "De 1 en 2018",
            "ogarithmique",
        ),
        (
            "77: a change that is not nil",
            r#"{"kind":"line","data":"mois;cours\n2024-01;48,823456\n2024-02;48,824123","x":"mois","y":"cours"}"#,
            "hausse de moins de 0,1 %",
            "+0,0 %",
        ),
        (
            "77: neighbours are told apart",
            r#"{"kind":"bar","data":"a;cours\nx;48,824123\ny;48,823990","x":"a","y":"cours"}"#,
            "48,8241",
            "De 48,824 (x) à 48,824",
        ),
        (
            "70: a small share",
            r#"{"kind":"donut","data":"poste;montant\nPersonnel;1250000\nAchats;800000\nDivers;90","x":"poste","y":"montant"}"#,
            "< 0,1 %",
            "0,0 %",
        ),
        (
            "48: hours in words",
            r#"{"kind":"line","data":"heure;MW\n2024-01-15T06:00;48200\n2024-01-15T06:30;48500","x":"heure","y":"MW"}"#,
            "15 janvier 2024 à 6 h 30",
            "seconde valeur",
        ),
        (
            "s06c: years of a date",
            r#"{"kind":"bar","data":"date;GWh\n2022-01-15;9\n2023-01-15;7","x":"an","y":"GWh","steps":[{"derive":{"an":"year(date)"}}]}"#,
            "2022",
            "2 022",
        ),
        (
            "s20: a column without its unit",
            r#"{"kind":"line","data":"an;émissions (t)\n2019;640\n2020;655","x":"an","y":"émissions"}"#,
            "640 t",
            "?",
        ),
        (
            "s07b: where nobody is counted there are none",
            r#"{"kind":"bar","data":"axe;état\nMobilité;en cours\nMobilité;terminée\nBâtiments;en cours","x":"axe","y":"actions","color":"état","steps":[{"group":{"by":["axe","état"],"actions":"count()"}}]}"#,
            "Total : de 2 (Mobilité) à 1 (Bâtiments)",
            "manquante",
        ),
        (
            "s07b: values that are all alike are said once",
            r#"{"kind":"bar","data":"axe;n\nMobilité;1\nBâtiments;1","x":"axe","y":"n"}"#,
            "1 partout.",
            "(Mobilité)",
        ),
        (
            "a year of which nothing is known lacks all",
            r#"{"kind":"line","data":"an;a;b\n2019;1;2\n2020;;\n2021;3;4\n2022;3;5","x":"an","y":["a","b"]}"#,
            "2 valeurs manquantes",
            "?",
        ),
        (
            "s16: milestones lack nothing between their dates",
            r#"{"kind":"line","data":"an;type;kt\n2018;constaté;1030\n2020;constaté;905\n2018;trajectoire;1030\n2030;trajectoire;721\n2040;trajectoire;0","x":"an","y":"kt","color":"type"}"#,
            "trajectoire : de 1 030 en 2018 à 0 en 2040",
            "manquante",
        ),
        (
            "s07: one colour a category is one bar a row",
            r#"{"kind":"bar","data":"action;état;avancement (%)\nCantines;en cours;70\nCovoiturage;terminée;100\nÉcole;en retard;20","x":"action","y":"avancement (%)","color":"état"}"#,
            "70 %",
            "manquante",
        ),
        (
            "s17: the seven classes of a diagnosis keep their order",
            r#"{"kind":"bar","data":"commune;classe;logements\nT;A;12\nT;B;45\nT;C;210\nT;D;480\nT;E;390\nT;F;160\nT;G;70","x":"commune","y":"logements","color":"classe","layout":"percent","order":"data"}"#,
            "A : 0,9 % (T). B : 3,3 % (T). C : 15,4 % (T). D",
            "Autres",
        ),
        (
            "71: classes of age keep their order in a stack",
            r#"{"kind":"bar","data":"an;âge;n\n2021;10 à 14 ans;1\n2021;5 à 9 ans;2\n2021;moins de 5 ans;3\n2022;10 à 14 ans;1\n2022;5 à 9 ans;2\n2022;moins de 5 ans;4","x":"an","y":"n","color":"âge"}"#,
            "moins de 5 ans : de 3 en 2021 à 4 en 2022 (+33 %). 5 à 9 ans",
            "?",
        ),
        (
            "s24: columns are named as the public reads them",
            r#"{"kind":"bar","data":"nomBeneficiaire;montant (€)\nÉcole;3\nHand;2","x":"nomBeneficiaire","y":"montant","labels":"nomBeneficiaire : Association ; montant : Subvention"}"#,
            "Subvention (€) selon Association",
            "nomBeneficiaire",
        ),
        (
            "s24: series are named as the public reads them",
            r#"{"kind":"line","data":"an;dep_tot (€);rec_tot (€)\n2021;1;2\n2022;3;4","x":"an","y":["dep_tot","rec_tot"],"labels":{"dep_tot":"Dépenses","rec_tot":"Recettes"}}"#,
            "Dépenses : de 1 € en 2021",
            "dep_tot",
        ),
        (
            "39: whole numbers have no decimals",
            r#"{"kind":"bar","data":"bureau;votes\nMairie;103,0\nÉcole;74,0","x":"bureau","y":"votes"}"#,
            "De 103 (Mairie) à 74 (École)",
            ",0",
        ),
        (
            "64: a series at zero for long stays at zero",
            r#"{"kind":"area","data":"an;s;v\n2019;A;3\n2019;B;0\n2020;A;2\n2020;B;0\n2021;A;4\n2021;B;1","x":"an","y":"v","color":"s"}"#,
            "B : de 0 en 2019 à 1 en 2021",
            "manquante",
        ),
        (
            "75: a total is not stacked with its parts",
            r#"{"kind":"bar","data":"annee;sexe;pop\n2021;Ensemble;250\n2021;Hommes;120\n2021;Femmes;130\n2022;Ensemble;253\n2022;Hommes;118\n2022;Femmes;135","x":"annee","y":"pop","color":"sexe"}"#,
            "de 250 en 2021 à 253 en 2022",
            "500",
        ),
        (
            "76: a list of an election is drawn",
            r#"{"kind":"bar","data":"nuance;voix\nEnsemble;7200\nRN;6900\nNFP;7000","x":"nuance","y":"voix"}"#,
            "Ensemble",
            "aside",
        ),
    ] {
        let said = words(&drawn(spec));
        assert!(said.contains(has), "{situation}: « {has} » is not in {said}");
        assert!(!said.contains(has_not), "{situation}: « {has_not} » is in {said}");
    }
}

#[test]
fn a_picture_that_would_lack_a_part_is_not_drawn() {
    for (situation, spec, code) in [
        (
            "3: one of several measures is words",
            r#"{"kind":"bar","data":"p;a;b\nx;1;oui\ny;2;non","x":"p","y":["a","b"]}"#,
            "channel.not-number",
        ),
        (
            "11: one of several measures is not there",
            r#"{"kind":"bar","data":"p;a;b\nx;1;2\ny;2;3","x":"p","y":["a","c"]}"#,
            "column.unknown",
        ),
        (
            "11: a line that is not there",
            r#"{"kind":"bar","data":"p;a\nx;1\ny;2","x":"p","y":"a","line":"c"}"#,
            "column.unknown",
        ),
        (
            "30: counts that are read as codes",
            r#"{"kind":"bar","data":"p;n\nx;12\ny;08","x":"p","y":"n"}"#,
            "channel.not-number",
        ),
    ] {
        let drawing = drawn(spec);
        assert!(drawing.is_empty(), "{situation}");
        assert!(drawing.notices.iter().any(|notice| notice.code == code), "{situation}: {:?}", drawing.notices);
    }
    // the message quotes what is no number, never what is one
    let drawing = drawn(r#"{"kind":"bar","data":"p;n\nx;12\ny;2 bis\nz;14","x":"p","y":"n"}"#);
    let said = drawing.notices.iter().find(|notice| notice.code == "channel.not-number").expect("said");
    assert!(said.words.fr.contains("2 bis") && !said.words.fr.contains("« 12 »"), "{}", said.words.fr);
}

#[test]
fn what_stands_alone_between_missing_values_is_drawn() {
    let lonely = "annee;part\\n2010;4\\n2011;\\n2012;6\\n2013;\\n2014;9";
    for (layout, data) in [
        ("plain", lonely.to_string()),
        (
            "range",
            lonely
                .replace("part", "part;bas;haut")
                .replace(";4", ";4;3;5")
                .replace(";6", ";6;5;7")
                .replace(";9", ";9;8;10"),
        ),
    ] {
        let range =
            if layout == "range" { r#","lower":"bas","upper":"haut","kind":"line""# } else { r#","kind":"area""# };
        let svg = drawn(&format!(r#"{{"data":"{data}","x":"annee","y":"part"{range}}}"#)).svg();
        let n_strokes = svg.matches("stroke-width=\"5\"").count() + svg.matches("stroke-width=\"4\"").count();
        assert!(n_strokes >= 3, "{layout}: {n_strokes} {svg}");
    }
    // of a stack of which every place lacks a part nothing is drawn: no picture
    let hollow = drawn(
        r#"{"kind":"area","data":"an;s;v\n2020;A;1\n2020;B;s\n2021;A;2\n2021;B;s\n2022;A;3\n2022;B;s","x":"an","y":"v","color":"s"}"#,
    );
    assert!(hollow.is_empty());
}

#[test]
fn rows_that_have_no_place_are_said_to_the_citizen() {
    for (spec, said) in [
        (
            r#"{"kind":"histogram","data":"nom;âge\na;3\nb;n.d.\nc;5\nd;9","x":"âge"}"#,
            "Attention : 1 ligne sans « âge » n’est pas dessinée.",
        ),
        (
            r#"{"kind":"box","data":"lieu;âge\na;3\na;n.d.\na;5\nb;9\nb;","x":"lieu","y":"âge"}"#,
            "Attention : 2 lignes sans « âge » ne sont pas dessinées.",
        ),
        (
            r#"{"kind":"bar","data":"lieu;n\na;3\n;4","x":"lieu","y":"n"}"#,
            "Attention : 1 ligne sans « lieu » n’est pas dessinée.",
        ),
    ] {
        assert_eq!(drawn(spec).warnings, [said], "{spec}");
    }
}

#[test]
fn days_of_one_month_are_named_on_their_axis() {
    let days: String =
        (1..=21).filter(|day| !(4..20).contains(day)).map(|day| format!("2024-01-{day:02};{day}\\n")).collect();
    let svg = drawn(&format!(r#"{{"kind":"line","data":"jour;v\n{days}","x":"jour","y":"v"}}"#)).svg();
    for label in [">1 janv.<", ">11 janv.<", ">21 janv.<", ">2024<"] {
        assert!(svg.contains(label), "{label}: {svg}");
    }
}

#[test]
fn periods_of_two_lengths_are_not_drawn_on_one_axis() {
    let drawing = drawn(
        r#"{"kind":"line","data":"période;n\n2021;100\n2022;110\nT1 2023;30\nT2 2023;28","x":"période","y":"n"}"#,
    );
    assert!(drawing.is_empty());
    assert!(drawing.notices.iter().any(|notice| notice.code == "channel.mixed-periods"));
}

#[test]
fn categories_stand_in_the_order_that_readers_know() {
    for (situation, spec, labels) in [
        (
            "71: ages",
            r#"{"kind":"bar","data":"tranche;pop\n11 à 17 ans;52\n3 à 5 ans;21\n80 ans ou plus;45\n6 à 10 ans;37\nMoins de 3 ans;19","x":"tranche","y":"pop"}"#,
            "Moins de 3 ans, 3 à 5 ans, 6 à 10 ans, 11 à 17 ans, 80 ans ou plus",
        ),
        (
            "71: ages of a pyramid",
            r#"{"kind":"pyramid","data":"age;sexe;pop\n10-14;H;40\n10-14;F;38\n100-104;H;1\n100-104;F;3\n5-9;H;35\n5-9;F;33\nMoins de 1 an;H;7\nMoins de 1 an;F;6","x":"age","y":"pop","color":"sexe"}"#,
            "Moins de 1 an, 5-9, 10-14, 100-104",
        ),
        (
            "58: months",
            r#"{"kind":"bar","data":"mois;n\navril;9\njanvier;3\nmars;5","x":"mois","y":"n"}"#,
            "janvier, mars, avril",
        ),
    ] {
        assert_eq!(drawn(spec).labels().collect::<Vec<_>>().join(", "), labels, "{situation}");
    }
}

#[test]
fn names_at_the_ends_of_areas_stand_in_the_order_of_the_stack() {
    let svg = drawn(r#"{"kind":"area","data":"annee;filiere;part\n2018;Fioul;40\n2019;Fioul;20\n2020;Fioul;0\n2018;Gaz;50\n2019;Gaz;60\n2020;Gaz;55\n2018;Bois;10\n2019;Bois;20\n2020;Bois;45\n2018;Solaire;0\n2019;Solaire;0\n2020;Solaire;0","x":"annee","y":"part","color":"filiere"}"#).svg();
    let height = |name: &str| {
        let text = svg
            .lines()
            .filter(|line| line.starts_with("<text"))
            .find(|line| line.contains(&format!(">{name}")))
            .expect(name);
        text.split("y=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse::<f64>().ok()).expect(name)
    };
    // the largest at the base, and above it the others, those that end at zero too
    let heights = ["Solaire", "Fioul", "Bois", "Gaz"].map(height);
    assert!(heights.windows(2).all(|pair| pair[0] < pair[1]), "72: {heights:?}");
}

#[test]
fn long_names_are_read_on_a_narrow_screen() {
    let name = "Dotations globales de fonctionnement versées par l’État au titre de la solidarité rurale";
    let spec = format!(r#"{{"kind":"bar","data":"poste;montant\n{name};980000\nEau;8000","x":"poste","y":"montant"}}"#);
    let (spec, _) = read_spec(&spec);
    let (table, _) = read_csv(spec.data.clone().unwrap_or_default().as_bytes(), &spec.reading);
    let drawing = draw(&table.into(), &spec, &Env::new(320.0, Period::year(2026)));
    let texts: Vec<String> =
        drawing.svg().lines().filter(|line| line.starts_with("<text")).map(str::to_string).collect();
    assert!(texts.iter().any(|text| text.contains(">Dotations globales")), "74: {texts:?}");
    assert!(drawing.twin().rows.iter().any(|row| row[0] == name), "74: the whole name is in the table");
}

#[test]
fn each_series_has_its_own_range() {
    let rows = "A;sobre;8;5;12\\nB;sobre;9;6;13\\nA;tendance;14;9;22\\nB;tendance;16;11;25";
    for (kind, color, n_ranges) in [("bar", "#212121", 4), ("dot", "#084860", 2), ("dot", "#e96872", 2)] {
        let spec = format!(
            r#"{{"kind":"{kind}","data":"horizon;scénario;nuits;bas;haut\n{rows}","x":"horizon","y":"nuits","color":"scénario","lower":"bas","upper":"haut","orientation":"vertical"}}"#
        );
        let svg = drawn(&spec).svg();
        let is_range =
            |path: &&str| path.starts_with("<path") && path.contains(&format!("stroke=\"{color}\" stroke-width=\"2\""));
        assert_eq!(svg.lines().filter(is_range).count(), n_ranges, "{kind}: {svg}");
    }
}

#[test]
fn milestones_are_joined_and_missing_years_are_not() {
    for (situation, data, n_lines) in [
        (
            "s16: a trajectory beside what was measured",
            "2018;constaté;1030\\n2020;constaté;905\\n2018;trajectoire;1030\\n2030;trajectoire;721\\n2040;trajectoire;0",
            2,
        ),
        (
            "62: a survey every other year",
            "2010;A;1\\n2011;A;2\\n2012;A;3\\n2013;A;3\\n2014;A;4\\n2010;B;4\\n2012;B;6\\n2014;B;7",
            2,
        ),
        (
            "years that follow each other, then milestones",
            "2018;A;1\\n2019;A;2\\n2020;A;3\\n2018;B;4\\n2030;B;6\\n2040;B;7",
            2,
        ),
        ("two dates have no rhythm", "2018;A;1\\n2019;A;2\\n2020;A;3\\n2021;A;3\\n2018;B;4\\n2021;B;6", 1),
        ("a hole in years that follow each other", "2015;A;10\\n2016;A;11\\n2017;A;12\\n2022;A;40\\n2023;A;41", 2),
        (
            "60: a year that a yearly series lacks",
            "2010;A;1\\n2011;A;2\\n2012;A;2\\n2013;A;3\\n2010;B;4\\n2011;B;5\\n2013;B;6",
            2,
        ),
        ("a year whose value is not known", "2010;A;1\\n2012;A;2\\n2014;A;3\\n2010;B;4\\n2012;B;s\\n2014;B;6", 1),
    ] {
        let spec = format!(r#"{{"kind":"line","data":"an;type;kt\n{data}","x":"an","y":"kt","color":"type"}}"#);
        let drawing = drawn(&spec);
        let svg = drawing.svg();
        // stretches of two points and more, not the lines of the axis
        let n_found = svg.lines().filter(|path| path.contains("stroke-width=\"2.5\"") && path.contains('L')).count();
        assert_eq!(n_found, n_lines, "{situation}: {svg}");
    }
}

#[test]
fn a_trajectory_may_be_a_column_of_its_own() {
    let drawing = drawn(
        r#"{"kind":"line","data":"an;mesure;trajectoire\n2018;1030;1030\n2019;980;\n2020;905;\n2030;;721\n2040;;0","x":"an","y":["mesure","trajectoire"]}"#,
    );
    let n_lines =
        drawing.svg().lines().filter(|path| path.contains("stroke-width=\"2.5\"") && path.contains('L')).count();
    assert_eq!(n_lines, 2);
    assert!(!words(&drawing).contains("anquante"), "{}", words(&drawing));
    assert_eq!(drawing.labels().count(), 5, "no year is invented");
}

#[test]
fn a_range_is_spoken() {
    let drawing = drawn(
        r#"{"kind":"bar","data":"lieu;part (%);bas;haut\nA;62;57;67\nB;40;35;45","x":"lieu","y":"part","lower":"bas","upper":"haut"}"#,
    );
    let spoken = drawing.words_at(drawing.spots[0].key).unwrap().spoken.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(spoken.contains("62 %, de 57 % à 67 %"), "{spoken}");
}

#[test]
fn an_axis_of_counts_has_whole_numbers() {
    for data in ["1;0;2;1;1", "1;1;1", "0;0;0", "3;4"] {
        let rows: String = data.split(';').enumerate().map(|(idx, n)| format!("2024-{:02};{n}\\n", idx + 1)).collect();
        let svg = drawn(&format!(r#"{{"kind":"bar","data":"mois;dossiers\n{rows}","x":"mois","y":"dossiers"}}"#)).svg();
        for half in [">0,5", ">0,25", ">1,5", ">2,5"] {
            assert!(!svg.contains(half), "{data}: {half}");
        }
    }
}

#[test]
fn flows_in_a_circle_are_refused() {
    let drawing = drawn(
        r#"{"kind":"sankey","data":"source;cible;montant\nImpôts;Budget;600\nBudget;Événements;200\nÉvénements;Budget;120","x":"source","y":"montant","color":"cible"}"#,
    );
    let said = drawing.notices.iter().find(|notice| notice.code == "kind.refused").expect("said");
    assert!(said.words.fr.contains("revient"), "{}", said.words.fr);
    let passed = drawn(
        r#"{"kind":"sankey","data":"source;cible;montant\nImpôts;Budget;600\nBudget;Écoles;200","x":"source","y":"montant","color":"cible"}"#,
    );
    assert!(!passed.notices.iter().any(|notice| notice.code == "kind.refused"));
}

#[test]
fn a_value_that_hides_the_others_is_said() {
    let far =
        drawn(r#"{"kind":"bar","data":"t;m\nRoutes;4500000000000\nBâti;1250000\nEspaces;120000","x":"t","y":"m"}"#);
    let said = audit(&far);
    let said = said.first().expect("said");
    assert!(said.words.fr.contains("« Routes » vaut 3\u{202f}600\u{202f}000 fois"), "{}", said.words.fr);
}

#[test]
fn a_label_of_no_column_is_said_with_the_one_that_is_meant() {
    let drawing = drawn(r#"{"kind":"bar","data":"lieu;part\nA;1\nB;2","x":"lieu","y":"part","labels":"parts : Part"}"#);
    let said = drawing.notices.iter().find(|notice| notice.place.column.as_deref() == Some("labels")).expect("said");
    assert!(said.words.fr.contains("Vouliez-vous dire « part »"), "{}", said.words.fr);
}

#[test]
fn what_an_author_should_look_at_is_said() {
    for (spec, code) in [
        (
            r#"{"kind":"bar","data":"an;Logements;Bureaux;Total\n2021;10;5;15\n2022;20;10;30","x":"an","y":["Logements","Bureaux","Total"],"layout":"stacked"}"#,
            "channel.total-stacked",
        ),
        (
            r#"{"kind":"line","data":"an;ville;n\n2021;Mâcon;1\n2022;Mâcon;2\n2022;MACON;3\n2023;MACON;4","x":"an","y":"n","color":"ville"}"#,
            "channel.same-name",
        ),
        (r#"{"kind":"pie","data":"poste;n\nEau;5\nEAU;3\nGaz;2","x":"poste","y":"n"}"#, "channel.same-name"),
        (
            r#"{"kind":"bar","data":"lieu;n;bas;haut\nA;5;3;8\nB;6;9;4","x":"lieu","y":"n","lower":"bas","upper":"haut"}"#,
            "channel.ends",
        ),
    ] {
        let said: Vec<&str> = audit(&drawn(spec)).iter().map(|notice| notice.code).collect();
        assert_eq!(said, [code], "{spec}");
    }
}

#[test]
fn rows_to_be_added_up_are_said_with_the_step_to_paste() {
    for (is_stack, spec) in [
        (
            true,
            r#"{"kind":"bar","data":"an;domaine;association;€\n2024;Culture;École;32000\n2024;Culture;Harmonie;9500\n2024;Sport;Hand;18000\n2023;Sport;Hand;15000","x":"an","y":"€","color":"domaine"}"#,
        ),
        (
            false,
            r#"{"kind":"bar","data":"le \"grand\" poste;n\nVoirie;1\nVoirie;2\nÉcole;4\nEau;3","x":"le \"grand\" poste","y":"n"}"#,
        ),
    ] {
        let drawing = drawn(spec);
        let said = drawing.notices.iter().find(|notice| notice.code == "channel.twice").expect("said");
        assert_eq!(drawing.is_empty(), is_stack, "a stack without a part is another stack: {spec}");
        let step = &said.words.fr[said.words.fr.find('{').unwrap()..=said.words.fr.rfind('}').unwrap()];
        let step = Json::parse(step, "step").expect(step);
        // the step that is proposed makes the picture
        let with = spec.replacen('{', &format!("{{\"steps\":[{}],", step.write()), 1);
        assert!(!drawn(&with).notices.iter().any(|notice| notice.code == "channel.twice"), "{spec}");
    }
}

#[test]
fn the_first_chart_that_is_proposed_is_the_one_that_a_journalist_would_take() {
    for (situation, file, kind, x, y) in [
        (
            "1: no index, no code",
            "codeInsee;commune;montant\n71270;Mâcon;12\n71014;Autun;9\n71543;Tournus;4\n",
            "bar",
            "commune",
            "montant",
        ),
        ("10: no number of row", ";bureau;votes\n0;Mairie;103\n1;École;74\n2;Halle;80\n", "bar", "bureau", "votes"),
        ("53: months written as numbers", "mois;tonnage\n202311;41\n202312;45\n202401;39\n", "line", "mois", "tonnage"),
        (
            "48: hours",
            "date_heure;pm10\n2024-01-15 06:00;12\n2024-01-15 07:00;18\n2024-01-15 08:00;31\n",
            "line",
            "date_heure",
            "pm10",
        ),
        (
            "27: amounts, never identifiers",
            "nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,montant\nV,21710014000015,2024-01-07,2.1,Judo,78467169500087,1500\nV,21710014000015,2024-03-02,2.10,Harmonie,39012345600017,900\nV,21710014000015,2024-06-12,2.11,Judo,78467169500087,300\n",
            "line",
            "dateConvention",
            "montant",
        ),
    ] {
        let (table, _) = read_csv(file.as_bytes(), &Default::default());
        let found = suggest(&table, &Env::new(640.0, Period::year(2026)));
        let first = found.first().expect(situation);
        let of = |name: &str| first.channels.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
        assert_eq!((first.kind, of("x"), of("y")), (kind, Some(x), Some(y)), "{situation}");
        assert!(found.len() <= 5 && !first.title.get(Lang::Fr).is_empty(), "{situation}");
    }
    // 78: two communes of one name are not added up, two measures of which one is a part of the other are no finding
    for (file, kind) in [
        ("commune;dep;population\nSaint-Denis;93;113000\nSaint-Denis;974;154000\nSainte-Marie;972;19000\n", "bar"),
        (
            "commune;population municipale;population totale\nA;10;11\nB;20;21\nC;30;31\nD;40;42\nE;50;52\nF;60;61\nG;70;73\nH;80;82\nI;90;95\nJ;99;104\nK;12;13\nL;15;17\n",
            "scatter",
        ),
    ] {
        let (table, _) = read_csv(file.as_bytes(), &Default::default());
        assert!(suggest(&table, &Env::new(640.0, Period::year(2026))).iter().all(|found| found.kind != kind), "{file}");
    }
}

#[test]
fn a_key_figure_says_what_it_is() {
    let told = |json: &str| {
        let (widget, spec, _) = Widget::read(json);
        let (table, _) = read_csv(spec.data.clone().unwrap_or_default().as_bytes(), &spec.reading);
        let prepared = prepare(table, &spec.steps);
        let drawing = widget.draw(&prepared, &spec, &Env::new(640.0, Period::year(2026)), &Memory::default());
        drawing.lead.map_or(String::new(), |lead| lead.words).replace(['\u{a0}', '\u{202f}'], " ")
    };
    for (situation, spec, has, has_not) in [
        (
            "s11: where nothing is known, why and when",
            r#"{"tag":"figure","data":"millésime;taux (%)\n2019;n.d.","value":"taux","title":"Pauvreté"}"#,
            "non disponible",
            "dernier",
        ),
        (
            "a column named by a year is a column",
            r#"{"tag":"figure","data":"commune;2019;2023\nMâcon;33 638;34 448\nTournus;5 594;5 646","value":"2023","at":"Tournus","title":"t"}"#,
            "5 646",
            "2 023",
        ),
        (
            "the start alone is not on its way",
            r#"{"tag":"figure","data":"an;taux (%)\n2019;38,1\n2020;n.d.\n2023;s","value":"taux","title":"t","target":"20","target_date":"2030","better":"down"}"#,
            "38,1 %",
            "dans les temps",
        ),
        (
            "s09: a record has its date and its unit",
            r#"{"tag":"figure","data":"date;pic (GW)\n2012-02-08;102,1\n2024-01-11;83,3","value":"max(pic)","unit":"GW","title":"Le record"}"#,
            "102,1 GW au 8 février 2012",
            "2024",
        ),
        (
            "26: a total of several years says which",
            r#"{"tag":"figure","data":"an;montant (€)\n2021;100\n2022;200\n2023;300","value":"total(montant)","title":"Versé"}"#,
            "600 € de 2021 à 2023",
            "en 2023",
        ),
        (
            "s10: years among words are names",
            r#"{"tag":"figure","data":"horizon;nuits (jours)\nréférence;3\n2030;4\n2050;9 à 22","value":"nuits","places":"horizon","at":"2050","title":"t"}"#,
            "9 à 22",
            "pas de donnée",
        ),
    ] {
        let words = told(spec);
        assert!(words.contains(has) && !words.contains(has_not), "{situation}: {words}");
    }
}

/// What a table says when something is chosen of its rows, to its reader and to its author, and what is downloaded then.
fn found(spec: &str, chosen: &[(&str, &str)]) -> (String, Vec<&'static str>, String) {
    let (widget, spec, _) = Widget::read(spec);
    let (table, _) = read_csv(spec.data.clone().unwrap_or_default().as_bytes(), &spec.reading);
    let mut env = Env::new(640.0, Period::year(2026));
    env.view.chosen = chosen.iter().map(|(word, value)| (word.to_string(), value.to_string())).collect();
    let drawing = widget.draw(&prepare(table, &spec.steps), &spec, &env, &Memory::default());
    let csv = drawing.csv(Reader::Program);
    (
        drawing.lead.map_or(String::new(), |lead| lead.said),
        drawing.notices.iter().map(|notice| notice.code).collect(),
        csv,
    )
}

#[test]
fn names_that_are_written_in_several_ways_are_one_choice() {
    let rows = r#"{"tag":"table","data":"service;annee\nVoirie;2021\nVOIRIE;2022\nSports;2021\nÉcole Saint-Exupéry;2021\necole saint exupery;2022\nŒuvres;2021","filters":"service"}"#;
    for (situation, chosen, said) in [
        ("44: in capitals", ("filtre", "service=Voirie"), "2 lignes trouvées sur 6"),
        ("44: whichever is chosen", ("filtre", "service=VOIRIE"), "2 lignes trouvées sur 6"),
        ("44: without accents and hyphens", ("filtre", "service=École Saint-Exupéry"), "2 lignes trouvées sur 6"),
        ("45: searched without accents", ("cherche", "ecole exupery"), "2 lignes trouvées sur 6"),
        ("45: searched without œ", ("cherche", "oeuvres"), "1 ligne trouvée sur 6"),
        ("45: searched with a hyphen", ("cherche", "saint-exupéry"), "2 lignes trouvées sur 6"),
    ] {
        let (words, codes, _) = found(rows, &[chosen]);
        assert_eq!(words.replace(['\u{a0}', '\u{202f}'], " "), said, "{situation}");
        assert!(codes.contains(&"choice.same-name"), "{situation}: it is said");
    }
    let (_, _, csv) = found(rows, &[("filtre", "service=Sports")]);
    assert_eq!(csv.trim_end(), "service,annee\r\nSports,2021", "79: the rows that are shown are downloaded");
    // in a picture: what the author singles out, what a link leaves out
    let spec =
        r#"{"kind":"bar","data":"commune;n\nSaint-Étienne;3\nMâcon;2","x":"commune","y":"n","focus":"SAINT ETIENNE"}"#;
    let (widget, spec, _) = Widget::read(spec);
    let (table, _) = read_csv(spec.data.clone().unwrap_or_default().as_bytes(), &spec.reading);
    let drawing = widget.draw(&table.into(), &spec, &Env::new(640.0, Period::year(2026)), &Memory::default());
    assert!(!drawing.notices.iter().any(|notice| notice.code == "focus.unknown"));
    let drawing = drawn(
        r#"{"kind":"line","data":"an;s;v\n2020;École;1\n2021;École;2\n2020;Voirie;1\n2021;Voirie;2","x":"an","y":"v","color":"s"}"#,
    );
    let (view, lost) = read_link(&[("sans".to_string(), "ECOLE".to_string())], &drawing);
    assert_eq!((view.hidden, lost), (vec!["École".to_string()], vec![]));
}

#[test]
fn cells_that_are_addresses_or_geometries_are_read() {
    let (widget, spec, _) = Widget::read(
        r#"{"tag":"table","data":"nom;Délibération;geo;label\nA;https://exemple.fr/actes/2024-12.pdf?v=1;\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[4.9,46.5]}\";\nB;https://exemple.fr/;POLYGON ((4 46, 5 46, 5 47));\nC;;;bio"}"#,
    );
    let (table, _) = read_csv(spec.data.clone().unwrap_or_default().as_bytes(), &spec.reading);
    let drawing = widget.draw(&table.into(), &spec, &Env::new(640.0, Period::year(2026)), &Memory::default());
    let rows = drawing.lead.unwrap().rows.replace('\u{a0}', " ");
    for has in [
        ">Délibération, PDF</a>",
        ">exemple.fr</a>",
        "point (46,5000 ; 4,9000)",
        ">zone<",
        "–</span><span class=\"spoken\">",
    ] {
        assert!(rows.contains(has), "{has}: {rows}");
    }
}
