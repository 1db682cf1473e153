//! Files that broke readers of open data, in small: each line is a situation that people met, and its right reading.
//!
//! The situations were reported in public (the names of the tests say which); the inputs are our own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use encart_table::csv_out::{Reader, write_csv};
use encart_table::{Notice, Table, read_csv};

/// The columns with their types and units: `commune:text, budget:number €`.
fn columns(table: &Table) -> String {
    let column = |column: &encart_table::Column| {
        let kind = match column.type_name() {
            "number" => "number",
            "date" => "period",
            _ => "text",
        };
        let unit = column.unit.as_deref().map_or(String::new(), |unit| format!(" {unit}"));
        format!("{}:{kind}{unit}", column.name)
    };
    table.columns.iter().map(column).collect::<Vec<_>>().join(", ")
}

/// What a file gives: its columns, its rows as plain CSV, the codes of what was said.
fn check(situation: &str, bytes: &[u8], expected: &str, rows: &str, codes: &[&str]) {
    let (table, notices) = read_csv(bytes, &Default::default());
    assert_eq!(columns(&table), expected, "{situation}");
    let written = write_csv(&table, Reader::Program);
    let written: Vec<&str> = written.trim_end().split("\r\n").skip(1).collect();
    assert_eq!(written.join(" | "), rows, "{situation}");
    let said: Vec<&str> = notices.iter().map(|Notice { code, .. }| *code).collect();
    for code in codes {
        assert!(said.contains(code), "{situation}: {code} is not among {said:?}");
    }
    let hidden = said.iter().filter(|code| !codes.contains(code) && **code != "cell.missing").collect::<Vec<_>>();
    assert!(hidden.is_empty(), "{situation}: {hidden:?}");
}

#[test]
fn codes_by_name_and_value_together() {
    for (situation, file, columns, rows, codes) in [
        (
            "1: camelCase names of national schemas",
            "codeInsee,codePostal,anneeExercice,dateNotification,montantHT\n71270,71000,2021,20210301,1500\n71014,71400,2022,20220415,900\n",
            "codeInsee:text, codePostal:text, anneeExercice:period, dateNotification:period, montantHT:number",
            "71270,71000,2021,2021-03-01,1500 | 71014,71400,2022,2022-04-15,900",
            &["column.text", "period.compact"][..],
        ),
        (
            "s10: years among words are names",
            "horizon;nuits\nréférence;3\n2030;4\n2050;9\n",
            "horizon:text, nuits:number",
            "référence,3 | 2030,4 | 2050,9",
            &["column.text"],
        ),
        (
            "s14: horizons are years",
            "horizon;nuits\n2030;4\n2050;9\n",
            "horizon:period, nuits:number",
            "2030,4 | 2050,9",
            &[],
        ),
        (
            "1: a schema that is known decides",
            "nomAttribuant,idAttribuant,nomBeneficiaire,idBeneficiaire,montant\nD,22040000000000,Judo,78467200000000,1500\n",
            "nomAttribuant:text, idAttribuant:text, nomBeneficiaire:text, idBeneficiaire:text, montant:number",
            "D,22040000000000,Judo,78467200000000,1500",
            &["column.text"],
        ),
        (
            "2: NUMCOM, NUMDEP, and the header twice (CAF)",
            "NUMCOM;NUMDEP;NUMEPCI;TX\nNUMCOM;NUMDEP;NUMEPCI;TX\n71014;71;247100290;41.7\n71076;71;247100589;34.1\n",
            "NUMCOM:text, NUMDEP:text, NUMEPCI:text, TX:number",
            "71014,71,247100290,41.7 | 71076,71,247100589,34.1",
            &["column.text", "csv.repeated-header"],
        ),
        (
            "3: a plan of who pays",
            "projet;Etat;Région;Département;EPCI;Commune\nÉcole;180000;120000;90000;60000;150000\nPiste;75000;50000;25000;50000;50000\n",
            "projet:text, Etat:number, Région:number, Département:number, EPCI:number, Commune:number",
            "École,180000,120000,90000,60000,150000 | Piste,75000,50000,25000,50000,50000",
            &[],
        ),
        (
            "3: INSEE is the producer",
            "commune;population INSEE 2023\nAutun;13200\nTournus;5600\n",
            "commune:text, population INSEE 2023:number",
            "Autun,13200 | Tournus,5600",
            &[],
        ),
        (
            "4: autorisations d’engagement, crédits de paiement",
            "programme;AE;CP\nRoutes;840000,00;910250,75\nSport;125000,00;98000,00\n",
            "programme:text, AE:number, CP:number",
            "Routes,840000,910250.75 | Sport,125000,98000",
            &[],
        ),
        (
            "4: credits of round amounts",
            "operation;AP;CP 2024\nÉcole;1200000;40000\n",
            "operation:text, AP:number, CP 2024:number",
            "École,1200000,40000",
            &[],
        ),
        (
            "12: shares of EPCI",
            "état;EPCI (%)\nadopté;52\nlancé;44\n",
            "état:text, EPCI (%):number %",
            "adopté,52 | lancé,44",
            &[],
        ),
        (
            "5: digits that a spreadsheet lost",
            "association;siret;montant\nJudo;7,84671E+13;1500\nThéâtre;78467169500087;300\n",
            "association:text, siret:text, montant:number",
            "Judo,\"7,84671E+13\",1500 | Théâtre,78467169500087,300",
            &["code.lost-digits", "column.text"],
        ),
        (
            "6: references of decisions",
            "nom,referenceDecision,montant\nJudo,2.1,1500\nHarmonie,2.10,900.5\n",
            "nom:text, referenceDecision:text, montant:number",
            "Judo,2.1,1500 | Harmonie,2.10,900.5",
            &["column.text"],
        ),
        (
            "6: two writings of one number",
            "article,n\n1.10,1\n1.1,2\n",
            "article:text, n:number",
            "1.10,1 | 1.1,2",
            &["column.text"],
        ),
        (
            "30: counts typed 08, 09",
            "atelier;participants\nPoterie;12\nThéâtre;08\nChant;21\n",
            "atelier:text, participants:text",
            "Poterie,12 | Théâtre,08 | Chant,21",
            &["column.text"],
        ),
        (
            "37: house numbers",
            "numero;n\n0;1\n10;4\n2 bis;1\n",
            "numero:text, n:number",
            "0,1 | 10,4 | 2 bis,1",
            &["column.text"],
        ),
        (
            "stations of Météo-France, with days",
            "NUM_POSTE;ALTI;AAAAMMJJ;RR\n71105001;216;20240101;2.4\n71105001;216;20240102;0.0\n",
            "NUM_POSTE:text, ALTI:number, AAAAMMJJ:period, RR:number",
            "71105001,216,2024-01-01,2.4 | 71105001,216,2024-01-02,0",
            &["column.text", "period.compact"],
        ),
    ] {
        check(situation, file.as_bytes(), columns, rows, codes);
    }
}

#[test]
fn periods_are_decided_by_column() {
    for (situation, file, periods, codes) in [
        ("46: days below the thirteenth", "date\n05/03/2020\n06/03/2020\n", "2020-03-05 | 2020-03-06", &[][..]),
        (
            "47: one date proves the month first",
            "date\n01/05/2024\n06/25/2024\n03/04/2024\n",
            "2024-01-05 | 2024-06-25 | 2024-03-04",
            &["period.month-first"],
        ),
        (
            "50: seasons",
            "saison\n2008-09\n2009-10\n2010-11\n2012-13\n",
            "2008-2009 | 2009-2010 | 2010-2011 | 2012-2013",
            &[],
        ),
        (
            "50: school years that could be months",
            "annee_scolaire\n2009-10\n2010-11\n2011-12\n",
            "2009-2010 | 2010-2011 | 2011-2012",
            &[],
        ),
        ("50: seasons with a bar", "saison\n2009/10\n2010/11\n", "2009-2010 | 2010-2011", &[]),
        ("51: months stay months", "mois\n2009-10\n2009-11\n2009-12\n", "2009-10 | 2009-11 | 2009-12", &[]),
        (
            "52: quarters",
            "t\n2023Q1\n1er trimestre 2023\nT1 23\n3ème trimestre 2023\n2023-T4\n",
            "2023-Q1 | 2023-Q1 | 2023-Q1 | 2023-Q3 | 2023-Q4",
            &[],
        ),
        ("52: months of statistical offices", "t\n2024M01\n2024M02\n", "2024-01 | 2024-02", &[]),
        ("53: AAAAMM", "mois\n202311\n202312\n202401\n", "2023-11 | 2023-12 | 2024-01", &["period.compact"]),
        (
            "54: AAAAMMJJHH",
            "AAAAMMJJHH\n2024010106\n2024010107\n",
            "2024-01-01T06:00 | 2024-01-01T07:00",
            &["period.compact"],
        ),
        ("55: years of a program", "annee\n2018.0\n2019.0\n", "2018 | 2019", &[]),
        ("57: times of day are no dates", "heure\n00:10\n23:50\n", "00:10 | 23:50", &[]),
        ("57: months without year are no years", "mois\n01 janvier\n04 avril\n", "01 janvier | 04 avril", &[]),
        ("weeks by their column's name", "semaine\nS1 2023\nS2 2023\n", "2023-W01 | 2023-W02", &["period.week"]),
        (
            "weeks by one that is no half-year",
            "periode\nS1 2023\nS2 2023\nS3 2023\nS4 2023\nS5 2023\n",
            "2023-W01 | 2023-W02 | 2023-W03 | 2023-W04 | 2023-W05",
            &["period.week"],
        ),
        ("half-years", "semestre\nS1 2023\nS2 2023\n", "2023-S1 | 2023-S2", &[]),
        (
            "periods of two lengths are said",
            "periode\n2022\nT1 2023\nT2 2023\n",
            "2022 | 2023-Q1 | 2023-Q2",
            &["period.mixed"],
        ),
        ("waves of a survey", "vague\n2022\n2023\n", "2022 | 2023", &[]),
        (
            "48: hours",
            "date_heure\n2024-01-15 06:00:00\n2024-01-15 07:00:00\n",
            "2024-01-15T06:00 | 2024-01-15T07:00",
            &[],
        ),
        ("48: half hours", "heure\n2024-01-15T06:00\n2024-01-15T06:30\n", "2024-01-15T06:00 | 2024-01-15T06:30", &[]),
        (
            "48: one time for all is not kept, and said",
            "relevé\n2024-01-15 12:00\n2024-01-16 12:00\n",
            "2024-01-15 | 2024-01-16",
            &["period.time"],
        ),
        (
            "49: midnight of Paris in UTC",
            "exercice\n2019-12-31T23:00:00+00:00\n2020-12-31T23:00:00+00:00\n",
            "2020-01-01 | 2021-01-01",
            &["period.zone"],
        ),
        (
            "49: midnight of a summer day",
            "jour\n2024-07-13T22:00:00Z\n2024-07-14T22:00:00Z\n",
            "2024-07-14 | 2024-07-15",
            &["period.zone"],
        ),
        ("49: days of UTC", "jour\n2024-01-01T00:00:00Z\n2024-07-14T00:00:00Z\n", "2024-01-01 | 2024-07-14", &[]),
        ("51: intervals of years are texts", "periode\n2004_2006\n2005_2007\n", "2004_2006 | 2005_2007", &[]),
        (
            "32: several dates in a cell are a text",
            "dates\n2017-03-29 2017-04-05\n2017-05-02\n",
            "2017-03-29 2017-04-05 | 2017-05-02",
            &[],
        ),
    ] {
        // a second column, so that the file is a table
        let file: String = file
            .lines()
            .enumerate()
            .map(|(idx, line)| format!("{line};{}\n", if idx == 0 { "nom" } else { "x" }))
            .collect();
        let (table, notices) = read_csv(file.as_bytes(), &Default::default());
        let written = write_csv(&table, Reader::Program);
        let cells: Vec<&str> = written.trim_end().split("\r\n").skip(1).map(|row| row.trim_end_matches(",x")).collect();
        assert_eq!(cells.join(" | "), periods, "{situation}");
        let said: Vec<&str> = notices.iter().map(|notice| notice.code).collect();
        assert_eq!(said, codes, "{situation}");
    }
}

#[test]
fn mentions_of_a_year_are_of_the_values_of_its_row() {
    let (table, _) = read_csv("Année;Naissances\n2021;405\n2022 (p);390\n2023*;377\n".as_bytes(), &Default::default());
    assert!(table.columns[0].is_period() && table.columns[0].hedges().is_empty());
    let said: Vec<String> = table.columns[1]
        .hedges()
        .iter()
        .map(|(row, hedge)| format!("{row} {}", hedge.words(encart_table::Lang::Fr)))
        .collect();
    assert_eq!(said, ["1 provisoire", "2 *"]);
}

#[test]
fn totals_by_their_numbers() {
    for (situation, file, rows, codes) in [
        (
            "75: the whole of each year, in the long form",
            "annee;sexe;pop\n2021;Ensemble;250\n2021;Hommes;120\n2021;Femmes;130\n2022;Ensemble;253\n2022;Hommes;118\n2022;Femmes;135\n",
            "2021,Hommes,120 | 2021,Femmes,130 | 2022,Hommes,118 | 2022,Femmes,135",
            &["csv.total"][..],
        ),
        (
            "75: SDMX",
            "TIME_PERIOD,SEX,OBS_VALUE\n2021,_T,250\n2021,M,120\n2021,F,130\n",
            "2021,M,120 | 2021,F,130",
            &["csv.total"],
        ),
        ("75: T among codes", "sexe;pop\nH;120\nF;130\nT;250\n", "H,120 | F,130", &["csv.total"]),
        (
            "75: totals of two columns",
            "sexe;age;pop\nTous;Tous;10\nTous;0-19;4\nTous;20+;6\nH;Tous;5\nF;Tous;5\nH;0-19;2\nF;0-19;2\nH;20+;3\nF;20+;3\nX;0-19;0\nX;20+;0\n",
            "H,0-19,2 | F,0-19,2 | H,20+,3 | F,20+,3 | X,0-19,0 | X,20+,0",
            &["csv.total"],
        ),
        (
            "76: a list of an election",
            "nuance;voix\nEnsemble;7200\nRN;6900\nNFP;7000\n",
            "Ensemble,7200 | RN,6900 | NFP,7000",
            &["csv.no-total"],
        ),
        (
            "76: an association",
            "association;montant\nHarmonie;3000\nEnsemble;800\nJudo;1500\n",
            "Harmonie,3000 | Ensemble,800 | Judo,1500",
            &["csv.no-total"],
        ),
        (
            "42: subtotals and the total of all",
            "chapitre;2022\n011 Charges;120\n012 Personnel;300\nSous-total fonctionnement;420\n20 Études;10\n21 Travaux;90\nSous-total investissement;100\nTOTAL GÉNÉRAL;520\n",
            "011 Charges,120 | 012 Personnel,300 | 20 Études,10 | 21 Travaux,90",
            &["csv.total"],
        ),
        (
            "a total of a list that is cut",
            "poste;n\nA;10\nB;20\nTotal;100\n",
            "A,10 | B,20",
            &["csv.total", "csv.total-differs"],
        ),
        (
            "a total that is less than a part is none",
            "client;n\nA;10\nTotal;20\nB;300\nC;5\n",
            "A,10 | Total,20 | B,300 | C,5",
            &["csv.no-total"],
        ),
        (
            "a hidden part",
            "an;sexe;n\n2021;H;4\n2021;F;6\n2021;Ensemble;10\n2022;H;s\n2022;F;7\n2022;Ensemble;12\n",
            "2021,H,4 | 2021,F,6 | 2022,H, | 2022,F,7",
            &["csv.total"],
        ),
        (
            "75: two lists and their wholes, crossed",
            "annee;sexe;age;n\n2021;Ensemble;Ensemble;100\n2021;H;Ensemble;48\n2021;F;Ensemble;52\n2021;Ensemble;0-19;30\n2021;Ensemble;20+;70\n2021;H;0-19;14\n2021;H;20+;34\n2021;F;0-19;16\n2021;F;20+;36\n",
            "2021,H,0-19,14 | 2021,H,20+,34 | 2021,F,0-19,16 | 2021,F,20+,36",
            &["csv.total"],
        ),
        (
            "parts that are named below their whole",
            "poste;n\nVoirie;100\ndont éclairage;30\nÉcole;50\nTotal;150\n",
            "Voirie,100 | dont éclairage,30 | École,50",
            &["csv.total", "csv.part-of"],
        ),
        (
            "a mean and a change below years",
            "annee;n\n2021;10\n2022;20\n2023;30\nMoyenne;20\nÉvolution 2021-2023;200 %\n",
            "2021,10 | 2022,20 | 2023,30",
            &["csv.computed"],
        ),
        (
            "a total that differs beside a subtotal",
            "poste;n\nA;10\nB;20\nSous-total;30\nC;5\nTotal;40\n",
            "A,10 | B,20 | C,5",
            &["csv.total", "csv.total-differs"],
        ),
        ("a département", "dep;n\nAisne;5\nSomme;9\nOise;4\n", "Aisne,5 | Somme,9 | Oise,4", &[]),
    ] {
        let (table, notices) = read_csv(file.as_bytes(), &Default::default());
        let written = write_csv(&table, Reader::Program);
        assert_eq!(written.trim_end().split("\r\n").skip(1).collect::<Vec<_>>().join(" | "), rows, "{situation}");
        let mut said: Vec<&str> =
            notices.iter().map(|notice| notice.code).filter(|code| *code != "cell.missing").collect();
        said.dedup();
        assert_eq!(said, codes, "{situation}");
    }
}

#[test]
fn a_total_that_differs_says_why_it_may() {
    for (file, why) in [
        ("poste;n\nA;10,4\nB;20,4\nC;30,4\nTotal;61,3\n", "arrondies"),
        ("poste;n\nA;10\nB;20\nTotal;100\n", "une ligne manque"),
    ] {
        let (_, notices) = read_csv(file.as_bytes(), &Default::default());
        let said = notices.iter().find(|notice| notice.code == "csv.total-differs").expect(file);
        assert!(said.words.fr.contains(why), "{}", said.words.fr);
    }
}

#[test]
fn numbers_that_almost_are() {
    for (situation, file, columns, rows, codes) in [
        (
            "28: a few words among numbers",
            "service;effectif\nVoirie;35\nÉtat civil;12\nPetite enfance;en cours de recrutement\n",
            "service:text, effectif:number",
            "Voirie,35 | État civil,12 | Petite enfance,en cours de recrutement",
            &["cell.unreadable"][..],
        ),
        (
            "29: errors of spreadsheets",
            "a;b\nx;120000\ny;########\nz;#N/A\nw;#VALEUR!\nv;#DIV/0 !\nu;Err:502\n",
            "a:text, b:number",
            "x,120000 | y, | z, | w, | v, | u,",
            &[],
        ),
        (
            "31: accounts",
            "a;b\nx;(1 000,00)\ny;25,50-\nz;–3\nw;-   €\n",
            "a:text, b:number €",
            "x,-1000 | y,-25.5 | z,-3 | w,0",
            &[],
        ),
        (
            "32: a unit that all carry",
            "a;prix m²;évolution;v\nAutun;1 250 €/m²;+2,5 pts;30 km/h\nMâcon;1 900 €/m²;-0,5 pt;50 km/h\n",
            "a:text, prix m²:number €/m², évolution:number points, v:number km/h",
            "Autun,1250,2.5,30 | Mâcon,1900,-0.5,50",
            &[],
        ),
        ("32: a currency before", "a;b\nx;USD 755,45\ny;USD 80,10\n", "a:text, b:number $", "x,755.45 | y,80.1", &[]),
        (
            "33: flags of Eurostat",
            "geo\t2021 \t2022 \nFR\t12.1\t11.9 p\nDE\t10.4 bu\t10.6 e\nIT\t: c\t: z\n",
            "geo:text, 2021:number, 2022:number",
            "FR,12.1,11.9 | DE,10.4,10.6 | IT,,",
            &["cell.hedged"],
        ),
        (
            "15: small whole numbers are no classes",
            "h;v\na;3\nb;4\nc;7 (p)\n",
            "h:text, v:number",
            "a,3 | b,4 | c,7",
            &["cell.hedged"],
        ),
        (
            "10: estimates and a bound",
            "an;projets\n2020;≈ 0\n2022;≈ 20\n2023;> 50\n",
            "an:period, projets:number",
            "2020,0 | 2022,20 | 2023,> 50",
            &["cell.hedged"],
        ),
        (
            "38: signs of INSEE",
            "a;b\nx;12,5\ny;///\nz;s\nw;…\nv;n.s.\n",
            "a:text, b:number",
            "x,12.5 | y, | z, | w, | v,",
            &[],
        ),
        (
            "20: missing words of programs",
            "a;b\nx;1\ny;\\N\nz;<NA>\nw;NaT\nv;(null)\nu;néant\nt;N/R\n",
            "a:text, b:number",
            "x,1 | y, | z, | w, | v, | u, | t,",
            &[],
        ),
        ("20: missing in words", "a;b\nx;oui\ny;\\N\nz;null\n", "a:text, b:text", "x,oui | y, | z,", &[]),
        (
            "4: spending by year is no year",
            "commune;Dépenses par habitant et par an (€)\nA;1900\nB;2100\n",
            "commune:text, Dépenses par habitant et par an (€):number €",
            "A,1900 | B,2100",
            &[],
        ),
        (
            "populations like years",
            "commune;population\nA;1987\nB;2012\n",
            "commune:text, population:number",
            "A,1987 | B,2012",
            &[],
        ),
    ] {
        check(situation, file.as_bytes(), columns, rows, codes);
    }
    let (table, _) = read_csv("a;b\nx;1\ny;///\nz;s\nw;#REF!\n".as_bytes(), &Default::default());
    let reasons: Vec<String> = (1..4).map(|row| format!("{:?}", table.columns[1].value(row))).collect();
    assert_eq!(reasons, ["Missing(NotApplicable)", "Missing(Secret)", "Missing(SpreadsheetError)"]);
}

#[test]
fn lines_between_header_and_data() {
    for (situation, file, columns, rows, codes) in [
        (
            "17: a line of units",
            "Année;Recettes;Dépenses\n;(k€);(k€)\n2021;120;110\n2022;125;118\n",
            "Année:period, Recettes (k€):number k€, Dépenses (k€):number k€",
            "2021,120,110 | 2022,125,118",
            &["csv.metadata"][..],
        ),
        (
            "18: a series of INSEE",
            "\"Libellé\";\"Indice\";\"Codes\"\n\"idBank\";\"001759970\";\"\"\n\"Dernière mise à jour\";\"12/01/2024 08:45\";\"\"\n\"Période\";\"\";\"\"\n\"2023-12\";\"118.39\";\"P\"\n\"2023-11\";\"118.23\";\"A\"\n\"2023-10\";\"118.52\";\"A\"\n\"2023-09\";\"118.38\";\"A\"\n",
            "Libellé:period, Indice:number, Codes:text",
            "2023-12,118.39,P | 2023-11,118.23,A | 2023-10,118.52,A | 2023-09,118.38,A",
            &["csv.metadata"],
        ),
        (
            "7: keys and values above",
            "Nom;Département;;;\nId;22890001700013;;;\nbénéficiaire;objet;montant;date;nature\nJudo;tatamis;1500;12/03/2023;don\nHarmonie;sons;900,50;02/05/2023;don\n",
            "bénéficiaire:text, objet:text, montant:number, date:period, nature:text",
            "Judo,tatamis,1500,2023-03-12,don | Harmonie,sons,900.5,2023-05-02,don",
            &["csv.title"],
        ),
        (
            "a first row without a number is a row",
            "commune;n\nAutun;en cours\nMâcon;12\nCluny;15\nGivry;18\n",
            "commune:text, n:number",
            "Autun,en cours | Mâcon,12 | Cluny,15 | Givry,18",
            &["cell.unreadable"],
        ),
    ] {
        check(situation, file.as_bytes(), columns, rows, codes);
    }
    let (table, _) = read_csv("Libellé;Indice;Codes\nidBank;001;\nPériode;;\n2023-12;118.39;P\n2023-11;118.23;A\n2023-10;118.52;A\n2023-09;118.38;A\n".as_bytes(), &Default::default());
    assert_eq!(table.columns[1].hedges(), [(0, encart_table::Hedge::Provisional)]);
}

#[test]
fn quotes_lines_and_cells() {
    for (situation, file, columns, rows, codes) in [
        (
            "21: stray quotes",
            "association;objet;montant\n\"Les amis\" de Tournus;fête;1200\nClub \"Le Rail;sortie;300\n\"Foyer rural;livres;450\nJudo;tatamis;900\nTennis;filets;200\n",
            "association:text, objet:text, montant:number",
            "Les amis de Tournus,fête,1200 | \"Club \"\"Le Rail\",sortie,300 | Foyer rural,livres,450 | Judo,tatamis,900 | Tennis,filets,200",
            &["csv.open-quote"][..],
        ),
        (
            "24: cells beyond the header",
            "commune;Nom;Voix\nTournus;DUPONT;1200;MARTIN;900\nVers;DUPONT;60;MARTIN;50\n",
            "commune:text, Nom:text, Voix:number, colonne 4:text, colonne 5:number",
            "Tournus,DUPONT,1200,MARTIN,900 | Vers,DUPONT,60,MARTIN,50",
            &["csv.long"],
        ),
        (
            "24: the rows that R numbers",
            "nom;n\n1;a;5\n2;b;6\n",
            "colonne 1:number, nom:text, n:number",
            "1,a,5 | 2,b,6",
            &["csv.long", "csv.unnamed-column"],
        ),
        (
            "16: line breaks in a header",
            "\"nombre\nde sites\";\"taux (%)\"\n12;58,3\n7;71\n",
            "nombre de sites:number, taux (%):number %",
            "12,58.3 | 7,71",
            &[],
        ),
        (
            "43: the separator of Excel",
            "sep=;\ncommune;montant\nAutun;12\n",
            "commune:text, montant:number",
            "Autun,12",
            &["csv.title"],
        ),
    ] {
        check(situation, file.as_bytes(), columns, rows, codes);
    }
    // CR LF and CR: a line is the one that an editor shows
    for (file, line) in [
        ("a;b\r\n1;2\r\n3;oups\r\n5;6\r\n5;6\r\n", 3),
        ("a;b\r1;2\r3;oups\r5;6\r5;6\r", 3),
        ("a;b\n\n1;2\n3;oups\n5;6\n5;6\n", 4),
    ] {
        let (_, notices) = read_csv(file.as_bytes(), &Default::default());
        let said = notices.iter().find(|notice| notice.code == "cell.unreadable").expect(file);
        assert_eq!(said.place.line, Some(line), "{file:?}");
    }
}

#[test]
fn letters() {
    for (situation, bytes, name, codes) in [
        ("40: encoded twice", "commune;n\nÃ‰vry;1\nMÃ¢con;2\n".as_bytes(), "Évry", &["csv.double-encoding"][..]),
        ("41: Excel for Mac", b"commune;n\n\x83vry;1\nM\x89con;2\nSaint-\x83tienne;3\n", "Évry", &["csv.encoding"]),
        ("41: a program older than Windows", b"commune;n\nOrl\x82ans;1\nAn\x82e;2\n", "Orléans", &["csv.encoding"]),
        ("14: two encodings in one file", b"commune;n\nM\xc3\xa2con;1\n\xc9vry;2\n", "Mâcon", &["csv.encoding"]),
        ("42: a letter in two parts", "commune;n\nMa\u{302}con;1\nMâcon;2\n".as_bytes(), "Mâcon", &[]),
    ] {
        let (table, notices) = read_csv(bytes, &Default::default());
        assert_eq!(table.columns[0].value(0), encart_table::Value::Text(name), "{situation}");
        assert_eq!(notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), codes, "{situation}");
    }
}

#[test]
fn a_unit_of_one_cell_is_not_that_of_the_column() {
    for (situation, file, columns, rows, codes) in [
        (
            "thousands in one cell, euros in the header",
            "poste;Montant (€)\nÉcoles;1 500 000\nVoirie;850 k€\nSport;12 000\n",
            "poste:text, Montant (€):number €",
            "Écoles,1500000 | Voirie,850 k€ | Sport,12000",
            &["unit.mixed", "cell.unreadable"][..],
        ),
        (
            "a change in percent among counts",
            "an;n\n2019;1 000\n2020;1 200\n2021;+5 %\n",
            "an:period, n:number",
            "2019,1000 | 2020,1200 | 2021,+5 %",
            &["unit.mixed", "cell.unreadable"],
        ),
        (
            "euros on the first line only, as accountants write",
            "poste;Montant\nÉcoles;1 500 €\nSport;12 000\n",
            "poste:text, Montant:number €",
            "Écoles,1500 | Sport,12000",
            &[],
        ),
        (
            "a day that cannot be is missing, the others are days",
            "date;n\n01/02/2023;12\n13/02/2023;15\n31/02/2023;18\n01/03/2023;20\n",
            "date:period, n:number",
            "2023-02-01,12 | 2023-02-13,15 | ,18 | 2023-03-01,20",
            &["cell.unreadable"],
        ),
    ] {
        check(situation, file.as_bytes(), columns, rows, codes);
    }
}

#[test]
fn what_was_read_right_stays_right() {
    for (situation, file, columns, rows, codes) in [
        (
            "8: several dates in a cell are no date",
            "beneficiaire;montant;dates_versement\nAmicale;1500;2017-03-29 2017-04-05\nJudo club;2000;2017-05-02\n",
            "beneficiaire:text, montant:number, dates_versement:text",
            "Amicale,1500,2017-03-29 2017-04-05 | Judo club,2000,2017-05-02",
            &[][..],
        ),
        (
            "9: a first header cell that is empty",
            ",total,ecart\nAutun,120,3.6\nMâcon,388,-0.2\n",
            "colonne 1:text, total:number, ecart:number",
            "Autun,120,3.6 | Mâcon,388,-0.2",
            &["csv.unnamed-column"],
        ),
        (
            "13: years below groups",
            "Commune;Naissances;;Décès;\n;2021;2022;2021;2022\nAutun;98;101;160;155\nMâcon;410;402;350;349\n",
            "Commune:text, Naissances 2021:number, Naissances 2022:number, Décès 2021:number, Décès 2022:number",
            "Autun,98,101,160,155 | Mâcon,410,402,350,349",
            &[],
        ),
        (
            "19: metadata in pairs above, a comma behind",
            "\"Data Source\",\"World Development Indicators\",\n\n\"Country Name\",\"Country Code\",\"1960\",\"1961\",\n\"France\",\"FRA\",\"46649927\",\"47240543\",\n\"Italie\",\"ITA\",\"50199700\",\"\",\n",
            "Country Name:text, Country Code:text, 1960:number, 1961:number",
            "France,FRA,46649927,47240543 | Italie,ITA,50199700,",
            &["csv.title"],
        ),
        (
            "25: coordinates in one cell",
            "nom,coordonneesXY,pdc\nGare,\"[4.8357 , 46.3069]\",4\nHalle,\"[4.9111,46.5622]\",2\n",
            "nom:text, coordonneesXY:text, pdc:number",
            "Gare,\"[4.8357 , 46.3069]\",4 | Halle,\"[4.9111,46.5622]\",2",
            &[],
        ),
        (
            "26: decimals in quotes",
            "nom,aire,pop\n\"Parc\",\"12,5\",\"1200\"\n\"Square\",\"3,25\",\"300\"\n",
            "nom:text, aire:number, pop:number",
            "Parc,12.5,1200 | Square,3.25,300",
            &[],
        ),
        (
            "26: a geometry as text",
            "WKT,nom,aire_ha\n\"POINT (4.83 46.30)\",Parc,12.5\n\"POLYGON ((4.8 46.3,4.9 46.3,4.8 46.3))\",Square,3.25\n",
            "WKT:text, nom:text, aire_ha:number",
            "POINT (4.83 46.30),Parc,12.5 | \"POLYGON ((4.8 46.3,4.9 46.3,4.8 46.3))\",Square,3.25",
            &[],
        ),
        (
            "34: a mark that could be either is said",
            "ville;budget\nAutun;1.500\nMâcon;12.250\n",
            "ville:text, budget:number",
            "Autun,1.5 | Mâcon,12.25",
            &["number.ambiguous"],
        ),
        (
            "35: a sign of percent in each cell",
            "liste;part\nA;47,70 %\nB;52,30 %\n",
            "liste:text, part:number %",
            "A,47.7 | B,52.3",
            &[],
        ),
        (
            "36: negative percents are numbers",
            "poste;Évol. %\nÉnergie;-100\nVoirie;21\nEau;-12\n",
            "poste:text, Évol. %:number",
            "Énergie,-100 | Voirie,21 | Eau,-12",
            &[],
        ),
        (
            "43: a first line that names the delimiter",
            "sep=;\ncommune;montant\nAutun;12,5\nMâcon;14\n",
            "commune:text, montant:number",
            "Autun,12.5 | Mâcon,14",
            &["csv.title"],
        ),
        (
            "58: months without a year stay words",
            "Mois;Visites\nJanvier;120\nFévrier;98\nAoût;198\n",
            "Mois:text, Visites:number",
            "Janvier,120 | Février,98 | Août,198",
            &[],
        ),
        (
            "59: ISO weeks over the new year",
            "semaine;passages\n2025-W52;4\n2026-W01;5\n",
            "semaine:period, passages:number",
            "2025-W52,4 | 2026-W01,5",
            &[],
        ),
    ] {
        check(situation, file.as_bytes(), columns, rows, codes);
    }
}
