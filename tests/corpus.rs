//! Are awkward files read as a person would read them? One file, one expected line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use encart_table::csv_out::{Reader, write_csv};
use encart_table::{Notice, read_csv};

/// What was read, as plain CSV on one line, and the codes of what was said.
fn check(bytes: &[u8], expected: &str, codes: &[&str]) {
    let (table, notices) = read_csv(bytes, &Default::default());
    let shown = String::from_utf8_lossy(bytes);
    let written = write_csv(&table, Reader::Program).trim_end().replace("\r\n", " | ");
    assert_eq!(written, expected, "{shown}");
    let said: Vec<&str> = notices.iter().map(|Notice { code, .. }| *code).collect();
    assert_eq!(said, codes, "{shown}");
    for notice in &notices {
        assert!(notice.words.fr.chars().count() > 12 && notice.words.en.chars().count() > 12, "{notice:?}");
    }
}

#[test]
fn encodings() {
    check(b"ville;nb\nN\xeemes;1\n", "ville,nb | Nîmes,1", &["csv.encoding"]);
    check(b"\xef\xbb\xbfville;nb\nN\xc3\xaemes;1\n", "ville,nb | Nîmes,1", &[]);
    check(b"\xff\xfev\0;\0n\0\n\0a\0;\x00\x31\0\n\0", "v,n | a,1", &["csv.encoding"]);
    check("ville;nb\nN�mes;1\n".as_bytes(), "ville,nb | N�mes,1", &["csv.lost-letters"]);
    check(b"prix;nb\n\x80;1\n", "prix,nb | €,1", &["csv.encoding"]);
}

#[test]
fn delimiters_and_quotes() {
    check(b"a;b\n1,5;2\n", "a,b | 1.5,2", &[]);
    check(b"a,b\n1.5,2\n", "a,b | 1.5,2", &[]);
    check(b"a\tb\n1,5\t2\n", "a,b | 1.5,2", &[]);
    check(b"a|b\nx|2\n", "a,b | x,2", &[]);
    check(b"a;b\n\"x;y\";2\n", "a,b | x;y,2", &[]);
    check(b"a;b\n\"dit \"\"oui\"\"\";2\n", "a,b | \"dit \"\"oui\"\"\",2", &[]);
    check(b"a;b\r\n\"deux\r\nlignes\";2\r\n", "a,b | \"deux | lignes\",2", &[]);
    check(b"a;b\rx;2\r", "a,b | x,2", &[]);
    check(b"a;b\nl'eau;2\n", "a,b | l'eau,2", &[]);
    check(b"a;b\n\"jamais ferme;2\n", "", &["csv.open-quote", "csv.no-rows"]);
}

#[test]
fn titles_totals_and_notes() {
    check(b"Budget 2024\n\na;b\nx;1\ny;2\n", "a,b | x,1 | y,2", &["csv.title"]);
    check(b"Budget 2024;;\n;;\na;b;c\nx;1;2\ny;2;3\n", "a,b,c | x,1,2 | y,2,3", &["csv.title"]);
    check(b"a;b\nx;1\ny;2\nz;3\nTotal;6\n", "a,b | x,1 | y,2 | z,3", &["csv.total"]);
    check(b"a;b\nx;1\ny;2\nz;3\nTotal;7\n", "a,b | x,1 | y,2 | z,3", &["csv.total", "csv.total-differs"]);
    check(b"a;b\nx;1\ny;2\nz;3\nEnsemble du canton;6\n", "a,b | x,1 | y,2 | z,3", &["csv.total"]);
    check(b"a;b\nx;1\ny;2\nz;3\nSource : Insee\n", "a,b | x,1 | y,2 | z,3", &["csv.footnote"]);
    check(b"a;b\nx;1\ny;2\n* provisoire;\n", "a,b | x,1 | y,2", &["csv.footnote"]);
    // totals of each year, under another column than the first
    check(
        b"an;poste;b\n2020;x;1\n2020;y;2\n2020;Total;3\n2021;x;4\n2021;y;5\n2021;Total;9\n",
        "an,poste,b | 2020,x,1 | 2020,y,2 | 2021,x,4 | 2021,y,5",
        &["csv.total", "csv.total"],
    );
    // names that begin like notes and totals are rows
    check(
        b"a;b\nTotal Energies;1\nNotre-Dame;2\nChampagne;\n",
        "a,b | Total Energies,1 | Notre-Dame,2 | Champagne,",
        &["cell.missing"],
    );
    check(b"a;b\nx;1\n;;\ny;2\n", "a,b | x,1 | y,2", &["csv.empty-rows"]);
    check(b"a;b\nx;1\na;b\ny;2\n", "a,b | x,1 | y,2", &["csv.repeated-header"]);
}

#[test]
fn ragged_lines_and_odd_headers() {
    check(b"a;b;c\nx;1;2\ny;3\n", "a,b,c | x,1,2 | y,3,", &["csv.short", "cell.missing"]);
    check(b"a;b\nx;1\ny;2;trop\n", "a,b,colonne 3 | x,1, | y,2,trop", &["csv.long", "cell.missing"]);
    check(b"a;b\nx;1;\ny;2;\n", "a,b | x,1 | y,2", &[]);
    check(b"a;a\nx;1\ny;2\n", "a,a (2) | x,1 | y,2", &["csv.duplicate-column"]);
    check(b"a;;c\nx;1;2\ny;2;3\n", "a,colonne 2,c | x,1,2 | y,2,3", &["csv.unnamed-column"]);
    check(b"x;1\ny;2\n", "colonne 1,colonne 2 | x,1 | y,2", &["csv.no-header"]);
    check(b"commune;2021;2022\nx;1;2\ny;3;4\n", "commune,2021,2022 | x,1,2 | y,3,4", &[]);
}

#[test]
fn numbers_dates_and_codes() {
    check("a;b\nx;1 234,5\ny;1\u{a0}234\nz;1\u{202f}234,25\n".as_bytes(), "a,b | x,1234.5 | y,1234 | z,1234.25", &[]);
    check("a;b\nx;1'234\ny;2’345,5\n".as_bytes(), "a,b | x,1234 | y,2345.5", &[]);
    check("a;b\nx;12,5 €\ny;−3 €\n".as_bytes(), "a,b | x,12.5 | y,-3", &[]);
    check("a;b\nx;12,5 %\ny;3 %\n".as_bytes(), "a,b | x,12.5 | y,3", &[]);
    check("a;b\nx;12 €\ny;3 k€\n".as_bytes(), "a,b | x,12 | y,3 k€", &["unit.mixed", "cell.unreadable"]);
    check(b"code_insee;nb\n01053;1\n2A004;2\n", "code_insee,nb | 01053,1 | 2A004,2", &["column.text"]);
    check(b"ptot_epci_2021;nb\n103329;1\n75871;2\n", "ptot_epci_2021,nb | 103329,1 | 75871,2", &[]);
    check(b"chefLieu;nb\n97105;1\n2A004;2\n", "chefLieu,nb | 97105,1 | 2A004,2", &["column.text"]);
    check(b"secteur;nb\n01;1\n12;2\n", "secteur,nb | 01,1 | 12,2", &["column.text"]);
    check(b"jour;nb\n31/12/2024;1\n01/02/2025;2\n", "jour,nb | 2024-12-31,1 | 2025-02-01,2", &[]);
    check("mois;nb\njanv. 2024;1\nfévr. 2024;2\n".as_bytes(), "mois,nb | 2024-01,1 | 2024-02,2", &[]);
    check(b"periode;nb\n1922-1930;1\n1931-1940;2\n", "periode,nb | 1922-1930,1 | 1931-1940,2", &[]);
    check(b"a;b\nx;1,234\ny;5,678\n", "a,b | x,1.234 | y,5.678", &["number.ambiguous"]);
    check(b"a;b\nx;1,5\ny;2.75\nz;3,5\n", "a,b | x,1.5 | y,2.75 | z,3.5", &["number.mixed-marks"]);
    // once 2.125 in a column of commas was read as two thousand, without a word
    check(b"a;b\nx;1,5\ny;2.125\nz;3,25\n", "a,b | x,1.5 | y,2125 | z,3.25", &["number.ambiguous"]);
    check(
        b"a;b\nx;0,5\ny;12.5\nz;1.500\nt;7,25\n",
        "a,b | x,0.5 | y,12.5 | z,1.5 | t,7.25",
        &["number.ambiguous", "number.mixed-marks"],
    );
    // a population of 1975 is not a year, a compact date is not a quantity
    check(b"commune;population\nA;1975\nB;2012\n", "commune,population | A,1975 | B,2012", &[]);
    check(b"date;nb\n20240131;1\n20240229;2\n", "date,nb | 2024-01-31,1 | 2024-02-29,2", &["period.compact"]);
    check(b"sexe;Emploi (M)\nF;12\nH;13\n", "sexe,Emploi (M) | F,12 | H,13", &[]);
}

#[test]
fn missing_is_never_zero() {
    check(
        b"a;b\nx;1\ny;n.d.\nz;s\nt;-\nu;\nv;NC\nw;2\n",
        "a,b | x,1 | y, | z, | t, | u, | v, | w,2",
        &["cell.missing"],
    );
    check(
        b"a;b\nx;1\ny;2\nz;3\nt;4\nu;5\nv;6\nw;7\nq;8\nr;9\np;dix\n",
        "a,b | x,1 | y,2 | z,3 | t,4 | u,5 | v,6 | w,7 | q,8 | r,9 | p,dix",
        &["cell.unreadable"],
    );
    check(b"a;b\nx;n.d.\ny;NC\n", "a,b | x, | y,", &["cell.missing"]);
    check(b"classe;b\nS;1\nES;2\n", "classe,b | S,1 | ES,2", &[]);
}

#[test]
fn headers_of_two_lines() {
    let people = "2023 F,2023 H,2024 F,2024 H | A,1,2,3,4 | B,5,6,7,8";
    // groups above, the names below are the same twice
    check(b";2023;;2024;\ncommune;F;H;F;H\nA;1;2;3;4\nB;5;6;7;8\n", &format!("commune,{people}"), &[]);
    check(
        b"Population\n;2023;;2024;\ncommune;F;H;F;H\nA;1;2;3;4\nB;5;6;7;8\n",
        &format!("commune,{people}"),
        &["csv.title"],
    );
    // the other way round: what has no group is named above
    check(b"commune;2023;;2024;\n;F;H;F;H\nA;1;2;3;4\nB;5;6;7;8\n", &format!("commune,{people}"), &[]);
    // names for people, then codes for programs (INSEE)
    check(
        b"Libell\xe9;Population 2021\nLIBGEO;P21_POP\nA;1\nB;2\nC;3\n",
        "Libellé,Population 2021 | A,1 | B,2 | C,3",
        &["csv.encoding", "csv.title"],
    );
    // once a first row in capitals was taken for codes
    check(b"commune;nb\nTOURNUS;NC\nLACROST;12\n", "commune,nb | TOURNUS, | LACROST,12", &["cell.missing"]);
    // cells that are one down both lines, in a workbook; groups of three
    check(b"commune;2023;;2024;\ncommune;F;H;F;H\nA;1;2;3;4\n", "commune,2023 F,2023 H,2024 F,2024 H | A,1,2,3,4", &[]);
    check(
        b"commune;2023;;;2024;;\n;F;H;T;F;H;T\nA;1;2;3;4;5;6\nB;1;2;3;4;5;6\n",
        "commune,2023 F,2023 H,2023 T,2024 F,2024 H,2024 T | A,1,2,3,4,5,6 | B,1,2,3,4,5,6",
        &[],
    );
    // one line of names, whatever stands below, is a header of one line
    check(b"pays;langue\nFR;FR\nDE;DE\n", "pays,langue | FR,FR | DE,DE", &[]);
    check(b"a;;c\nx;y;z\nu;v;w\n", "a,colonne 2,c | x,y,z | u,v,w", &["csv.unnamed-column"]);
    check(b"Titre;;\na;a;b\nx;1;2\ny;3;4\n", "a,a (2),b | x,1,2 | y,3,4", &["csv.title", "csv.duplicate-column"]);
}

#[test]
fn values_that_say_how_sure_they_are() {
    check(
        "a;b\nx;12\ny;< 11\nz;≈ 20\nt;50 à 80\nu;14 (p)\nv;15*\nw;9\nq;31\n* provisoire\n".as_bytes(),
        "a,b | x,12 | y,< 11 | z,20 | t,50 à 80 | u,14 | v,15 | w,9 | q,31",
        &["csv.footnote", "cell.hedged", "cell.missing"],
    );
    // a column of nothing else, whose name gives a unit
    check("a;part (%)\nx;≈ 15\ny;< 16\n".as_bytes(), "a,part (%) | x,15 | y,< 16", &["cell.hedged", "cell.missing"]);
    // names of classes are no hedges
    check("a;tranche (€)\nx;< 100\ny;100 à 200\n".as_bytes(), "a,tranche (€) | x,< 100 | y,100 à 200", &[]);
    check(
        b"age;nb\n< 20;12\n20-39;15\n40-59;18\n60-79;11\n> 79;4\n",
        "age,nb | < 20,12 | 20-39,15 | 40-59,18 | 60-79,11 | > 79,4",
        &[],
    );
    check(b"a;part\nx;12 % (e)\ny;13 %\n", "a,part | x,12 | y,13", &["cell.hedged"]);
    // once four numbers of six made the last two rooms disappear, and stars of hotels became numbers
    check(
        b"pieces;nb\n1;12\n2;15\n3;18\n4;11\n5-6;4\n> 6;2\n",
        "pieces,nb | 1,12 | 2,15 | 3,18 | 4,11 | 5-6,4 | > 6,2",
        &["column.text"],
    );
    check(b"classe;nb\n3*;12\n4*;15\n", "classe,nb | 3*,12 | 4*,15", &[]);
}

#[test]
fn what_is_not_a_table() {
    for (situation, bytes, code) in [
        ("23: an empty file", &b""[..], "file.empty"),
        ("23: a web page", b"<!doctype html><p>Connexion", "file.html"),
        ("23: a header alone", b"a;b\n", "csv.no-rows"),
        ("23: a workbook of before 2007", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file.xls"),
        ("an archive", b"PK\x03\x04", "file.other-format"),
        ("no text", b"\0\0\0\0", "file.binary"),
    ] {
        let (table, notices) = read_csv(bytes, &Default::default());
        assert!(table.columns.is_empty(), "{situation}: {notices:?}");
        assert!(notices.iter().any(|notice| notice.code == code), "{situation}: {code}: {notices:?}");
    }
}

/// The files of the gallery and of the pages leave nothing to decide: a first chart needs no second engine. One says `≈`.
#[test]
fn public_files_in_order_are_read_by_the_first_engine() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/www/data");
    let mut whole = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let is_csv = path.extension().is_some_and(|extension| extension == "csv");
        if is_csv && encart_table::read::common::read_common(&bytes, &Default::default()).is_none() {
            whole.push(path.file_stem().unwrap().to_string_lossy().into_owned());
        }
    }
    assert_eq!(whole, ["data-publica-obligation-2021-2023"]);
}
