//! Are computed sentences those that a person would write? One line a case: what is written, what is read.
//! `_` stands for the no-break space, `~` for the narrow one between groups of three digits.

use encart_story::grammar::{Particle, after, letters, ordinal};
use encart_story::sentence::{Facts, Said, Verdict, check, say};
use encart_table::{Lang, Table, read_csv};

/// Years: one is missing, one is hidden, one is estimated, one is a bound.
const BUDGET: &str = "\
annee;depenses (€);recettes (€);dette (€);taux (%);logements;agents;solde (€);association;bénéficiaires;effectif
2018;1000;900;0;10;0;1;-50;s;≈ 20;n.d.
2019;1200;1000;500;12;1;2;-10;120;25 (e);3
2020;1200;1100;0;12,5;2;2;0;130;30;4
2021;1201;1250;0;9,96;-1;;20;< 11;31;5
2022;2400000;1300;250;10;1,5;4;-20;140;32 (p);5
2023;1500;1234567;250;0;21;1;35,5;;33;6
2024;1350;2500000000;1000;0,04;1000;80;-1;151;34;7
";

const COMMUNES: &str = "\
commune;population;vacants
Le Creusot;21000;2000
Autun;13000;1500
Les Bizots;450;1
La Clayette;1600;0
Tournus;5600;450
Uchizy;800;;
";

const FR: &[(&str, &str)] = &[
    // a value with its unit
    ("{{ depenses[2019] }}", "1~200_€"),
    ("{{ valeur(depenses, 2019) }}", "1~200_€"),
    ("{{ budget.depenses[2019] }}", "1~200_€"),
    ("{{ \"depenses (€)\"[2019] }}", "1~200_€"),
    ("{{ valeur(« depenses », 2019) }}", "1~200_€"),
    ("{{ depenses[2022] }}", "2,4_M€"),
    ("{{ depenses[2022] | entier }}", "2~400~000_€"),
    ("{{ recettes[2024] }}", "2,5_Md€"),
    ("{{ solde[2018] }}", "−50_€"),
    ("{{ solde[2018] | absolu }}", "50_€"),
    ("{{ solde[2023] | signe }}", "+35,50_€"),
    ("{{ solde[2018] | signe }}", "−50_€"),
    ("{{ solde[2020] | signe }}", "0_€"),
    ("{{ solde[2023] | arrondi }}", "36_€"),
    ("{{ depenses[2022] | arrondi }}", "2~400~000_€"),
    ("{{ depenses[2022] | arrondi(1) }}", "2,4_M€"),
    ("{{ solde[2023] | arrondi(2) }}", "35,50_€"),
    ("{{ taux[2020] }}", "12,5_%"),
    ("{{ depenses[2019] | nu }}", "1~200"),
    ("{{ logements[2024] | unite(\"logements\") }}", "1~000_logements"),
    ("{{ logements[2019] | unite(\"logements\") }}", "1_logement"),
    // the latest and the first, so that the sentence is true next year
    ("{{ depenses[dernier] }}", "1~350_€"),
    ("{{ depenses[premier] }}", "1~000_€"),
    ("{{ dernier(depenses) }}", "2024"),
    ("{{ premier(association) }}", "2019"),
    ("{{ association[dernier] }}", "151"),
    // missing, hidden, bounds, hedges: said as they are
    ("{{ depenses[2031] }}", "[pas de donnée]"),
    ("{{ association[2018] }}", "[secret statistique]"),
    ("{{ association[2023] }}", "[non renseigné]"),
    ("{{ association[2021] }}", "< 11"),
    ("{{ bénéficiaires[2018] }}", "≈ 20"),
    ("{{ bénéficiaires[2019] }}", "25 (estimé)"),
    ("{{ bénéficiaires[2022] }}", "32 (provisoire)"),
    ("{{ effectif[2018] }}", "[non disponible]"),
    ("{{ evolution(association, 2018, 2024) }}", "[secret statistique]"),
    // of a bound nothing is computed, and what is counted is still said
    ("{{ evolution(association, 2019, 2021) }}", "[une borne seulement]"),
    ("{{ rang(association, 2021) }}", "[une borne seulement]"),
    ("{{ association[2021] + 1 }}", "[une borne seulement]"),
    ("{{ association[2021] | pluriel(\"association\", \"associations\") }}", "< 11_associations"),
    ("{{ bénéficiaires[2019] | pluriel(\"foyer\", \"foyers\") }}", "25_foyers (estimé)"),
    ("{{ evolution(association, 2018, 2024) | pourcent }}", "[secret statistique]"),
    ("{{ part(association, 2024) }}", "[non calculable]"),
    ("{{ association[2018] + 1 }}", "[secret statistique]"),
    // changes: signs, percent, points
    ("{{ evolution(depenses, 2018, 2019) }}", "+200_€"),
    ("{{ evolution(depenses, 2019, 2018) }}", "−200_€"),
    ("{{ evolution(depenses, 2019, 2020) }}", "0_€"),
    ("{{ evolution(depenses, 2018, 2019) | pourcent }}", "+20_%"),
    ("{{ evolution(depenses, 2019, 2018) | pourcent }}", "−17_%"),
    ("{{ evolution(depenses, 2019, 2018) | pourcent | absolu }}", "17_%"),
    ("{{ evolution(depenses, 2019, 2020) | pourcent }}", "0_%"),
    ("{{ evolution(depenses, 2020, 2021) | pourcent }}", "+0,1_%"),
    ("{{ evolution(depenses, 2019, 2024) | pourcent | arrondi(1) }}", "+12,5_%"),
    ("{{ évolution(depenses, 2018, 2019) | pourcent }}", "+20_%"),
    ("{{ evolution(depenses, premier, dernier) | pourcent }}", "+35_%"),
    ("{{ evolution(dette, 2018, 2019) | pourcent }}", "[non calculable]"),
    ("{{ evolution(solde, 2018, 2019) | pourcent }}", "[non calculable]"),
    ("{{ evolution(solde, 2018, 2019) }}", "+40_€"),
    ("{{ evolution(taux, 2018, 2019) }}", "+2_points"),
    ("{{ evolution(taux, 2019, 2020) }}", "+0,5_point"),
    ("{{ evolution(taux, 2019, 2018) }}", "−2_points"),
    ("{{ evolution(taux, 2018, 2022) }}", "0_point"),
    // between percentages there is no percent
    ("{{ evolution(taux, 2018, 2019) | pourcent }}", "+2_points"),
    ("{{ evolution(taux, 2018, 2021) | points }}", "−0,04_point"),
    ("{{ evolution(taux, 2018, 2019) | points | absolu }}", "2_points"),
    ("{{ evolution(taux, 2018, 2019) | absolu }}", "2_points"),
    ("{{ evolution(taux, 2019, 2018) | ecart }}", "−2_points"),
    ("{{ taux[2019] - taux[2018] }}", "2_points"),
    ("{{ abs(taux[2018] - taux[2019]) }}", "2_points"),
    ("{{ taux[2018] + (taux[2019] - taux[2018]) }}", "12_%"),
    // a fall below zero is no percent; what is not all is not a hundred
    ("{{ evolution(solde, 2023, 2024) | pourcent }}", "[non calculable]"),
    ("{{ depenses[2020] / depenses[2021] | pourcent }}", "99,9_%"),
    ("{{ evolution(bénéficiaires, 2018, 2020) }}", "≈ +10"),
    // words that follow the sign
    ("{{ evolution(depenses, 2018, 2019) | verbe(\"a augmenté\", \"a baissé\", \"est stable\") }}", "a augmenté"),
    ("{{ evolution(depenses, 2019, 2018) | verbe(\"a augmenté\", \"a baissé\", \"est stable\") }}", "a baissé"),
    ("{{ evolution(depenses, 2019, 2020) | verbe(\"a augmenté\", \"a baissé\", \"est stable\") }}", "est stable"),
    (
        "{{ evolution(depenses, 2019, 2020) | verbe(\"montent\", \"baissent\", \"n’ont pas bougé\") }}",
        "n’ont pas bougé",
    ),
    ("{{ evolution(depenses, 2018, 2019) | sens }}", "en hausse"),
    ("{{ evolution(depenses, 2019, 2018) | sens }}", "en baisse"),
    ("{{ evolution(depenses, 2019, 2020) | sens }}", "stable"),
    // zero, one, one and a half, two, minus one: the plural begins at two
    ("{{ logements[2018] | pluriel(\"logement\", \"logements\") }}", "0_logement"),
    ("{{ logements[2018] | pluriel(\"logement\", \"logements\", \"aucun logement\") }}", "aucun logement"),
    ("{{ logements[2019] | pluriel(\"logement\", \"logements\") }}", "1_logement"),
    ("{{ logements[2020] | pluriel(\"logement\", \"logements\") }}", "2_logements"),
    ("{{ logements[2021] | pluriel(\"logement\", \"logements\") }}", "−1_logement"),
    ("{{ logements[2022] | pluriel(\"logement\", \"logements\") }}", "1,5_logement"),
    ("{{ logements[2024] | pluriel(\"logement\", \"logements\") }}", "1~000_logements"),
    ("{{ evolution(taux, 2020, 2021) | pluriel(\"point\", \"points\") }}", "−2,5_points"),
    ("{{ recettes[2023] | pluriel(\"euro\", \"euros\") }}", "1,23_M_d’euros"),
    ("{{ taux[2018] / 5.01 | nu | pluriel(\"pour cent\", \"pour cent\") }}", "2_pour cent"),
    ("{{ logements[2019] | unite(\"décès\") }}", "1_décès"),
    ("{{ logements[2023] | pluriel(\"cheval\", \"chevaux\") }}", "21_chevaux"),
    ("{{ agents[2018] | accord(\"agent est parti\", \"agents sont partis\") }}", "agent est parti"),
    ("{{ agents[2019] | accord(\"agent est parti\", \"agents sont partis\") }}", "agents sont partis"),
    ("{{ agents[2021] | pluriel(\"agent\", \"agents\") }}", "[non renseigné]"),
    ("{{ evolution(agents, 2018, 2019) | pluriel(\"agent\", \"agents\") }}", "+1_agent"),
    // in letters, in both genders
    ("{{ agents[2018] | lettres }}", "un"),
    ("{{ agents[2018] | féminin | lettres }}", "une"),
    ("{{ logements[2023] | lettres }}", "vingt et un"),
    ("{{ logements[2023] | lettres | feminin }}", "vingt et une"),
    ("{{ agents[2024] | lettres }}", "quatre-vingts"),
    ("{{ agents[2019] | lettres | majuscule }}", "Deux"),
    ("{{ logements[2018] | lettres }}", "zéro"),
    ("{{ logements[2022] | lettres }}", "1,5"),
    ("{{ agents[2019] | lettres | pluriel(\"agent\", \"agents\") }}", "deux_agents"),
    // ranks
    ("{{ rang(depenses, 2022) }}", "1er"),
    ("{{ rang(depenses, 2022) | féminin }}", "1re"),
    ("{{ rang(depenses, 2023) }}", "2e"),
    ("{{ rang(depenses, 2018, croissant) }}", "1er"),
    ("{{ rang(depenses, 2023) | sur }}", "2e sur 7"),
    // equals share their rank
    ("{{ rang(depenses, 2019) }}", "5e"),
    ("{{ rang(depenses, 2020) }}", "5e"),
    ("{{ rang(association, 2018) }}", "[secret statistique]"),
    ("{{ rang(association, 2024) | sur }}", "1er sur 4"),
    ("{{ agents[2018] | rang }}", "1er"),
    // extremes: the value, and who or when
    ("{{ max(depenses) }}", "2,4_M€"),
    ("{{ max(depenses) | quand }}", "2022"),
    // equals are all named
    ("{{ min(dette) | quand }}", "2018, 2020 et 2021"),
    ("{{ min(depenses) | quand }}", "2018"),
    ("{{ min(solde) }}", "−50_€"),
    ("{{ max(depenses) | quand }} : {{ max(depenses) | valeur | entier }}", "2022 : 2~400~000_€"),
    // parts, totals, means
    ("{{ part(dette, 2024) }}", "50_%"),
    ("{{ part(dette, 2022) }}", "13_%"),
    ("{{ total(dette) }}", "2~000_€"),
    ("{{ moyenne(taux) }}", "7,79_%"),
    ("{{ mediane(effectif) }}", "5 (une valeur inconnue n’est pas comptée)"),
    ("{{ total(association) }}", "541 (3 valeurs inconnues ne sont pas comptées)"),
    ("{{ total(bénéficiaires) }}", "≈ 205"),
    ("{{ nombre(association > 125) }}", "3 (3 valeurs inconnues ne sont pas comptées)"),
    ("{{ nombre(depenses > moyenne(depenses)) }}", "1"),
    ("{{ nombre(connu(association)) }}", "4"),
    ("{{ nombre() }}", "7"),
    ("{{ nombre(association) }}", "4"),
    ("{{ nombre(depenses > 1200) }}", "4"),
    ("{{ nombre(dette = 0) | pluriel(\"année\", \"années\") }} sans dette", "3_années sans dette"),
    // targets: on a straight line from the first known value, within five points
    ("{{ trajectoire(dette, 2000, 2030) }}", "dans les temps"),
    ("{{ trajectoire(dette, 3000, 2030) }}", "en retard"),
    ("{{ trajectoire(dette, 1200, 2030) | majuscule }}", "En avance"),
    ("{{ trajectoire(dette, 900, 2030) }}", "objectif atteint"),
    ("{{ trajectoire(dette, 1500, 2024) }}", "objectif manqué"),
    ("{{ trajectoire(dette, 3000, 2030, 2020) }}", "en retard"),
    ("{{ trajectoire(dette, 0, 2030) }}", "[non calculable]"),
    ("{{ trajectoire(dette, 900, 2030, baisse) }}", "en retard"),
    ("{{ trajectoire(dette, 1000, 2030, 2019, baisse) }}", "objectif atteint"),
    ("{{ trajectoire(bénéficiaires, 60, 2030) }}", "≈ en retard"),
    // sums of one's own
    ("{{ recettes[2019] - depenses[2019] }}", "−200_€"),
    ("{{ depenses[2019] / recettes[2019] | arrondi(1) }}", "1,2"),
    ("{{ depenses[2018] / recettes[2019] | pourcent }}", "100_%"),
    ("{{ depenses[2019] / agents[2019] | unite(\"€ par agent\") }}", "600_€ par agent"),
    ("{{ depenses[2019] / dette[2018] }}", "[non calculable]"),
    ("{{ abs(solde[2018]) }}", "50_€"),
    ("{{ taux[2018] * recettes[2019] }}", "100_€"),
    ("{{ recettes[2019] / taux[2018] }}", "10~000_€"),
    ("{{ dernier(depenses) - premier(depenses) }}", "6"),
    // choices
    ("{{ si taux[2018] < 12 % }}moins{{ fin }}", "moins"),
    ("{{ SI depenses[2018] = 1000 € ET NON faux }}mille{{ Fin }}", "mille"),
    ("{{ si part(dette, 2024) > 40 % }}beaucoup{{ fin }}", "beaucoup"),
    ("{{ si premier(depenses) < \"2018-06\" }}avant{{ fin }}", "[passage non vérifiable]"),
    ("{{ si premier(depenses) < \"2019-06\" }}avant{{ fin }}", "avant"),
    ("{{ si solde[2020] < 0 }}déficit{{ sinon }}non{{ fin }}", "non"),
    ("{{ si min(dette) = \"2020\" }}parmi{{ fin }}", "parmi"),
    ("La dette {{ si dette[2024] > dette[2023] }}augmente{{ sinon }}baisse{{ fin }}.", "La dette augmente."),
    ("{{ si vrai }}A{{ fin si }}.", "A."),
    (
        "La dette {{ si dette[2020] > dette[2019] }}augmente{{ sinon si dette[2020] = dette[2019] }}stagne{{ sinon }}baisse{{ fin }}.",
        "La dette baisse.",
    ),
];

const FR_COMMUNES: &[(&str, &str)] = &[
    ("La population {{ max(population) | qui | de }}", "La population du Creusot"),
    ("{{ max(population) | qui | a }}", "au Creusot"),
    ("{{ min(population) | qui | de }}", "des Bizots"),
    ("{{ min(population) | qui | à }}", "aux Bizots"),
    ("{{ \"Autun\" | de }}", "d’Autun"),
    ("{{ \"Autun\" | que }}", "qu’Autun"),
    ("{{ \"Vienne\" | de }}", "de la Vienne"),
    ("{{ \"Vienne\" | de(commune) }}", "de Vienne"),
    ("plus {{ \"Tournus\" | que }}", "plus que Tournus"),
    ("{{ \"La Clayette\" | de }}", "de La Clayette"),
    ("{{ \"La Clayette\" | a }}", "à La Clayette"),
    ("{{ \"Uchizy\" | de }}", "d’Uchizy"),
    ("{{ population[Tournus] }}", "5~600"),
    ("{{ population[\"Le Creusot\"] | pluriel(\"habitant\", \"habitants\") }}", "21~000_habitants"),
    // a name is found without quotes, whatever its case, accents and hyphens
    ("{{ population[Le Creusot] }}", "21~000"),
    ("{{ population[LE-CREUSOT] }} et {{ population[ les bizots ] }}", "21~000 et 450"),
    ("{{ si max(population) = \"le-creusot\" }}la première{{ fin }}", "la première"),
    ("{{ population[\"le creusot\"] }}", "21~000"),
    ("{{ vacants[\"Les Bizots\"] | pluriel(\"logement vacant\", \"logements vacants\") }}", "1_logement vacant"),
    ("{{ vacants[\"La Clayette\"] | pluriel(\"logement vacant\", \"logements vacants\") }}", "0_logement vacant"),
    ("{{ vacants[Uchizy] | pluriel(\"logement vacant\", \"logements vacants\") }}", "[non renseigné]"),
    ("{{ rang(population, Tournus) | féminin | sur }} communes", "3e sur 6 communes"),
    ("{{ rang(population, \"Le Creusot\") | féminin }}", "1re"),
    ("{{ part(population, Autun) }}", "31_%"),
    ("{{ nombre(population < 1000) | lettres }} communes", "deux communes"),
    ("{{ nombre(population < 500) | lettres | féminin }} commune", "une commune"),
    ("{{ si max(population) = \"Le Creusot\" }}la première{{ fin }}", "la première"),
    ("{{ si non (population[Autun] > 20000) et population[Tournus] > 5000 }}oui{{ sinon }}non{{ fin }}", "oui"),
    ("{{ si vacants[Uchizy] > 3 }}trop{{ sinon }}peu{{ fin }}", "[passage non vérifiable]"),
];

const EN: &[(&str, &str)] = &[
    ("{{ depenses[2019] }}", "€1,200"),
    ("{{ depenses[2022] }}", "€2.4M"),
    ("{{ change(depenses, 2018, 2019) | percent }}", "+20%"),
    ("{{ change(taux, 2018, 2019) }}", "+2_points"),
    ("{{ change(taux, 2019, 2020) }}", "+0.5_points"),
    ("{{ change(depenses, 2019, 2018) | verb(\"rose\", \"fell\", \"stood still\") }}", "fell"),
    ("{{ change(depenses, 2019, 2018) | trend }}", "down"),
    ("{{ logements[2018] | plural(\"home\", \"homes\") }}", "0_homes"),
    ("{{ logements[2019] | plural(\"home\", \"homes\") }}", "1_home"),
    ("{{ logements[2022] | plural(\"home\", \"homes\") }}", "1.5_homes"),
    ("{{ logements[2023] | letters }}", "twenty-one"),
    ("{{ rank(depenses, 2022) }}", "1st"),
    ("{{ rank(depenses, 2023) | of }}", "2nd of 7"),
    ("{{ max(depenses) | when }}", "2022"),
    ("{{ association[2018] }}", "[statistical secrecy]"),
    ("{{ sum(dette) }}", "€2,000"),
    ("{{ share(dette, 2024) }}", "50%"),
    ("{{ depenses[last] | full }}", "€1,350"),
    ("{{ if dette[2024] > dette[2023] }}more{{ else }}less{{ end }}", "more"),
    ("{{ share(dette, 2023) | round(1) }}", "12.5%"),
    ("{{ if association[2018] > 1 }}more{{ else }}less{{ end }}", "[passage that cannot be checked]"),
    ("{{ count(depenses > 1200) | letters | capital }}", "Four"),
    ("{{ known(association[2018]) }}", "no"),
];

fn table(text: &str) -> Table {
    read_csv(text.as_bytes(), &Default::default()).0
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', "_").replace('\u{202f}', "~")
}

fn told(text: &str, csv: &str, lang: Lang) -> Said {
    let table = table(csv);
    say(text, &Facts::new(lang).with("budget", &table))
}

/// The lines that are not said as they should be.
fn wrong(cases: &[(&str, &str)], csv: &str, lang: Lang) -> Vec<String> {
    let heard = |(text, expected): &(&str, &str)| {
        let said = told(text, csv, lang);
        let found = plain(&said.text());
        (found != *expected).then(|| format!("{text}\n  {found}\n  {expected} {:?}", said.notices))
    };
    cases.iter().filter_map(heard).collect()
}

#[test]
fn french_sentences_are_those_that_a_person_would_write() {
    let wrong = [wrong(FR, BUDGET, Lang::Fr), wrong(FR_COMMUNES, COMMUNES, Lang::Fr)].concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn english_sentences_too() {
    let wrong = wrong(EN, BUDGET, Lang::En);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_of_places_take_their_article() {
    for (particle, name, expected) in [
        (Particle::De, "Ain", "de l’Ain"),
        (Particle::De, "Saône-et-Loire", "de Saône-et-Loire"),
        (Particle::De, "Côte-d'Or", "de la Côte-d'Or"),
        (Particle::De, "Nièvre", "de la Nièvre"),
        (Particle::De, "Jura", "du Jura"),
        (Particle::De, "Ardennes", "des Ardennes"),
        (Particle::De, "Yonne", "de l’Yonne"),
        (Particle::De, "Yvelines", "des Yvelines"),
        (Particle::De, "Île-de-France", "d’Île-de-France"),
        (Particle::De, "Bourgogne-Franche-Comté", "de Bourgogne-Franche-Comté"),
        (Particle::De, "Hauts-de-France", "des Hauts-de-France"),
        (Particle::De, "Hauteville", "de Hauteville"),
        (Particle::De, "Hyères", "d’Hyères"),
        (Particle::De, "Évry", "d’Évry"),
        (Particle::De, "Yutz", "de Yutz"),
        (Particle::De, "Yzeure", "d’Yzeure"),
        (Particle::De, "L’Isle-Adam", "de L’Isle-Adam"),
        (Particle::De, "Le Havre", "du Havre"),
        (Particle::De, "LE CREUSOT", "du CREUSOT"),
        (Particle::De, "saône-et-loire", "de saône-et-loire"),
        (Particle::De, "JURA", "du JURA"),
        (Particle::De, "hors-sol", "de hors-sol"),
        (Particle::De, "handicap", "de handicap"),
        (Particle::De, "onze", "de onze"),
        (Particle::De, "huit", "de huit"),
        (Particle::De, "une", "d’une"),
        (Particle::A, "Hérault", "à l’Hérault"),
        (Particle::A, "Jura", "au Jura"),
        (Particle::A, "Mâcon", "à Mâcon"),
        (Particle::Que, "une", "qu’une"),
        (Particle::Que, "Mâcon", "que Mâcon"),
    ] {
        assert_eq!(after(particle, name, false), expected, "{particle:?} {name}");
    }
}

#[test]
fn numbers_in_letters_and_ranks() {
    for (number, fr, en) in [
        (0, "zéro", "zero"),
        (16, "seize", "sixteen"),
        (17, "dix-sept", "seventeen"),
        (20, "vingt", "twenty"),
        (31, "trente et un", "thirty-one"),
        (70, "soixante-dix", "seventy"),
        (71, "soixante et onze", "seventy-one"),
        (77, "soixante-dix-sept", "seventy-seven"),
        (80, "quatre-vingts", "eighty"),
        (81, "quatre-vingt-un", "eighty-one"),
        (91, "quatre-vingt-onze", "ninety-one"),
        (99, "quatre-vingt-dix-neuf", "ninety-nine"),
        (100, "cent", "one hundred"),
        (200, "deux cents", "two hundred"),
        (201, "deux cent un", "two hundred and one"),
        (280, "deux cent quatre-vingts", "two hundred and eighty"),
        (1000, "mille", "one thousand"),
        (1001, "mille un", "one thousand and one"),
        (2200, "deux mille deux cents", "two thousand two hundred"),
    ] {
        assert_eq!(letters(number, false, Lang::Fr).as_deref(), Some(fr));
        assert_eq!(letters(number, false, Lang::En).as_deref(), Some(en));
    }
    assert_eq!(letters(61, true, Lang::Fr).as_deref(), Some("soixante et une"));
    assert_eq!(letters(10_000, false, Lang::Fr), None);
    for (rank, fr, en) in
        [(1, "1er", "1st"), (2, "2e", "2nd"), (11, "11e", "11th"), (23, "23e", "23rd"), (112, "112e", "112th")]
    {
        assert_eq!((ordinal(rank, false, Lang::Fr).as_str(), ordinal(rank, false, Lang::En).as_str()), (fr, en));
    }
}

#[test]
fn what_cannot_be_read_says_what_where_and_what_to_do() {
    let mut wrong = Vec::new();
    for (text, shown, words) in [
        ("{{ depences[2019] }}", "[…]", "Vouliez-vous dire « depenses »"),
        ("{{ evolutoin(depenses, 2018, 2019) }}", "[…]", "Vouliez-vous dire evolution"),
        ("{{ depenses[2019] | pourcents }}", "[…]", "Vouliez-vous dire pourcent"),
        ("{{ depenses }}", "[…]", "écrivez depenses[2024] ou total(depenses)"),
        ("{{ depenses[2019 }}", "[…]", "« ] » est attendu"),
        ("{{ depenses[2019]", "[…]", "« }} » qui ferme manque"),
        // what cannot be read decides nothing: neither branch is told
        ("{{ si depenses[2019] > }}A{{ sinon }}B{{ fin }}.", "[…].", "est attendu ici"),
        ("{{ si faux }}A{{ sinon si ( }}B{{ sinon }}C{{ fin }}.", ".", "est attendu ici"),
        ("{{ si vrai }}A{{ fin depenses }}.", "A[…].", "il manque un signe"),
        ("{{ si faux }}{{ ) }}{{ fin }}.", ".", "est attendu ici"),
        ("{{ fin }}", "[…]", "aucun « si » n’est ouvert"),
        ("{{ si vrai }}oui", "oui[…]", "n’est pas fermé"),
        ("{{ evolution(depenses, 2018) }}", "[…]", "demande 3 chose(s)"),
        ("{{ logements[2019] | pluriel }}", "[…]", "demande des mots entre guillemets"),
        ("{{ depenses[2019] @ }}", "[…]", "n’est pas compris"),
        // positions are those of what is wrong
        ("{{ recettes[2019] + depences[2019] }}", "[…]", "position 18 : les données n’ont pas"),
        // what is meant is told
        ("{{ depenses[2019] > 9,5 }}", "[…]", "s’écrivent après un point"),
        ("{{ nombre(taux > 9,5) }}", "[…]", "s’écrivent après un point"),
        ("{{ nombre(depenses > 20 000) }}", "[…]", "s’écrit sans espace"),
        ("{{ rang(depenses, Le Creusot) }}", "[…]", "s’écrit entre guillemets"),
        ("{{ depenses[Le Creusot] }}", "[…]", "« Le Creusot » n’en est pas une"),
        ("{{ depenses[2024-03] }}", "[…]", "s’écrit entre guillemets : \"2024-03\""),
        ("{{ si dernier(depenses) > 2024-03 }}A{{ fin }}", "[…]", "s’écrit entre guillemets : \"2024-03\""),
        ("{{ depenses[Autun] }}", "[…]", "« Autun » n’en est pas une"),
        ("{{ si depenses[2018] < depenses[2019] < 3 }}A{{ fin }}", "[…]", "se joignent par « et »"),
        ("{{ si depenses[2018] }}A{{ sinon }}B{{ fin }}", "[…]", "ce n’est pas une condition"),
        ("{{ si depenses[2018] | entier > 3 }}A{{ fin }}", "[…]", "une condition ne s’écrit pas"),
        ("{{ si \"depenses\" > 3 }}A{{ fin }}", "[…]", "est un texte"),
        ("{{ nombre(\"depenses\" > 3) }}", "[…]", "compte les lignes d’une colonne"),
        ("{{ nombre(depenses + 1) }}", "[…]", "ce n’est pas une condition"),
        ("{{ taux[2018] % 3 }}", "[…]", "suit un nombre"),
        ("{{ si faux }}A{{ sinon }}B{{ sinon }}C{{ fin }}", "B", "a déjà un « sinon »"),
        // units that do not go together
        ("{{ taux[2018] + depenses[2018] }}", "[…]", "ne se comparent ni ne s’additionnent"),
        ("{{ si depenses[2018] > 2 k€ }}A{{ fin }}", "[…]", "ne se comparent ni ne s’additionnent"),
        ("{{ depenses[2018] / 2 k€ }}", "[…]", "ne se comparent ni ne s’additionnent"),
        ("{{ depenses[2018] | unite(\"k€\") }}", "[…]", "ne la convertit pas"),
        ("{{ total(taux) }}", "[…]", "ne s’additionnent pas"),
        ("{{ rang(depenses, 2018, petit) }}", "[…]", "« croissant » ou « decroissant »"),
        // ways of writing that have nothing to write
        ("{{ depenses[2018] | pourcent }}", "[…]", "d’une évolution ou d’un rapport"),
        ("{{ evolution(agents, 2018, 2019) | absolu | pourcent }}", "[…]", "avant « absolu »"),
        ("{{ evolution(agents, 2018, 2019) | unite(\"agents\") | pourcent }}", "[…]", "avant « absolu »"),
        ("{{ depenses[2018] | points }}", "[…]", "deux pourcentages"),
        ("{{ depenses[2018] | lettres }}", "[…]", "sans unité"),
        ("{{ depenses[2018] | sur }}", "[…]", "d’un rang"),
        ("{{ depenses[2018] | qui }}", "[…]", "d’un extrême"),
        ("{{ depenses[2018] | sens }}", "[…]", "d’une évolution"),
        ("{{ \"Autun\" | pourcent }}", "[…]", "est un texte"),
        ("{{ \"Autun\" | de | absolu }}", "[…]", "vient trop tard"),
        ("{{ depenses[2018] | absolu(3) }}", "[…]", "ne demande rien"),
        ("{{ evolution(depenses, 2018, 2019) | verbe(\"monte\", \"baisse\") }}", "[…]", "demande trois mots"),
        ("{{ ((((((((((((((((((((((((((((((((((((((((((1 }}", "[…]", "trop de parenthèses"),
    ] {
        let said = told(text, BUDGET, Lang::Fr);
        let notices: String = said.notices.iter().map(|notice| notice.words.fr.clone()).collect();
        if said.text() != shown || !notices.contains(words) {
            wrong.push(format!("{text}\n  {} {notices}\n  {shown} {words}", said.text()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // a row for each of two places: one number cannot speak for them
    let said = told("{{ n[2024] }}", "annee;n\n2024;1\n2024;2\n", Lang::Fr);
    assert!(said.notices[0].words.fr.contains("2 lignes"), "{:?}", said.notices);
}

#[test]
fn every_computed_value_says_what_it_read() {
    let said = told("{{ evolution(depenses, 2018, 2019) | pourcent }}", BUDGET, Lang::Fr);
    let [encart_story::sentence::Part::Computed(computed)] = said.parts.as_slice() else { panic!("{said:?}") };
    assert_eq!(computed.source, "evolution(depenses, 2018, 2019) | pourcent");
    let reads: Vec<String> = computed.reads.iter().map(|read| plain(read)).collect();
    assert_eq!(reads, ["depenses (€), 2018_: 1~000_€", "depenses (€), 2019_: 1~200_€"]);
    // what a total lacks is said
    let said = told("{{ total(association) }}", BUDGET, Lang::Fr);
    let [encart_story::sentence::Part::Computed(computed)] = said.parts.as_slice() else { panic!("{said:?}") };
    assert!(computed.reads.iter().any(|read| read.contains("3 valeurs inconnues")), "{computed:?}");
}

#[test]
fn its_author_hears_what_the_reader_may_not() {
    for (text, csv, words) in [
        ("{{ population[Autum] }}", COMMUNES, "Vouliez-vous dire « Autun »"),
        ("{{ rang(vacants, Tournus) }}", COMMUNES, "une valeur inconnue"),
        ("{{ moyenne(association) }}", BUDGET, "3 valeurs inconnues"),
    ] {
        let notices: String = told(text, csv, Lang::Fr).notices.iter().map(|notice| notice.words.fr.clone()).collect();
        assert!(notices.contains(words), "{text}: {notices}");
    }
    let table = table(COMMUNES);
    assert!(
        Facts::new(Lang::Fr).with_places("", &table, "comune").is_err_and(|notice| notice.words.fr.contains("commune"))
    );
    let facts = Facts::new(Lang::Fr).with_places("", &table, "population").expect("a column");
    assert_eq!(say("{{ commune[13000] }}", &facts).text(), "Autun");
}

#[test]
fn a_claim_is_held_against_the_data() {
    let table = table(BUDGET);
    let facts = Facts::new(Lang::Fr).with("budget", &table);
    for (claim, expected) in [
        ("depenses[2024] > depenses[2018]", "holds"),
        ("depenses[2024] > depenses[2022]", "broken"),
        ("max(depenses) = 2400000", "holds"),
        ("association[2018] > 3", "undecided"),
        ("association[2018] > 3 ou dette[2024] > 3", "holds"),
        ("depences[2018] > 3", "undecided"),
        ("rang(depenses, 2022) = 1", "holds"),
        ("dernier(depenses) = 2024", "holds"),
    ] {
        let (verdict, notices) = check(claim, &facts);
        let found = match verdict {
            Verdict::Holds => "holds",
            Verdict::Broken(_) => "broken",
            Verdict::Undecided(_) => "undecided",
        };
        assert_eq!(found, expected, "{claim}");
        assert_eq!(notices.is_empty(), expected == "holds", "{claim} {notices:?}");
    }
}

#[test]
fn the_readme_explains_every_key_of_a_tag() {
    let readme = include_str!("../../../README.md");
    for tag in ["chart"].iter().chain(&encart_story::widget::TAGS) {
        for (key, _, meaning, _) in encart_story::widget::Widget::keys(tag) {
            assert!(readme.contains(&format!("| `{key}` | {meaning} |")), "{tag} {key}");
        }
    }
}

#[test]
fn the_readme_explains_every_word() {
    let readme = include_str!("../../../README.md");
    for word in encart_story::sentence::words() {
        let is_said = [format!("`{word}`"), format!("`{word}("), format!(" {word}("), format!("`{word},")];
        assert!(is_said.iter().any(|said| readme.contains(said.as_str())), "{word}");
    }
}
