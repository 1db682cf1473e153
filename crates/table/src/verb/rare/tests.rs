//! What does each rare step make of a small table?

use crate::csv_out::{Reader, write_csv};
use crate::json::Json;
use crate::table::Table;
use crate::verb::read::read_steps;
use crate::verb::{Step, run_steps};
use crate::{Notice, read_csv};

fn table(csv: &str) -> Table {
    read_csv(csv.replace(' ', "\n").as_bytes(), &Default::default()).0
}

/// Runs steps on a table written `header row row`; `other` is what every address gives.
fn run(csv: &str, other: &str, steps: &str) -> (String, Vec<Notice>) {
    let (mut steps, mut notices) = read_steps(&Json::parse(steps, "steps").unwrap());
    for step in &mut steps {
        if let Step::Rare(rare) = step
            && let Some(needed) = rare.other_mut().filter(|_| !other.is_empty())
        {
            needed.table = Some(table(other));
        }
    }
    let (made, said) = run_steps(table(csv), &steps);
    notices.extend(said);
    (write_csv(&made, Reader::Program).trim_end().replace("\r\n", " "), notices)
}

const BUDGET: &str = "annee;poste;montant 2023;a;10 2023;b;30 2024;a;20 2024;b;60";

#[test]
fn rare_steps_make_what_they_say() {
    for (csv, steps, expected) in [
        (
            BUDGET,
            r#"[{"window": {"by": "poste", "cumul": "running_total(montant)", "hausse": "change(montant)"}}]"#,
            "annee,poste,montant,cumul,hausse 2023,a,10,10, 2023,b,30,30, 2024,a,20,30,10 2024,b,60,90,30",
        ),
        (
            "m;v 1;10 2;n.d. 3;30 4;45",
            r#"[{"window": {"cumul": "running_total(v)", "moyenne": "rolling_mean(v, 2)", "pct": "change_percent(v)", "base": "index(v)"}}]"#,
            "m,v,cumul,moyenne,pct,base 1,10,10,,,100 2,,,,, 3,30,,,,300 4,45,,37.5,50,450",
        ),
        (
            "c;v a;5 b;9 c;9 d;n.d. e;1",
            r#"[{"window": {"rang": "rank(v)", "rang_bas": "rank_ascending(v)"}}]"#,
            "c,v,rang,rang_bas a,5,3,2 b,9,1,3 c,9,1,3 d,,, e,1,4,1",
        ),
        (
            BUDGET,
            r#"[{"share": {"of": "montant", "by": "annee"}}]"#,
            "annee,poste,montant,part 2023,a,10,25 2023,b,30,75 2024,a,20,25 2024,b,60,75",
        ),
        ("c;v a;5 b;n.d.", r#"[{"share": {"of": "v", "name": "p"}}]"#, "c,v,p a,5, b,,"),
        (
            "age;n 4;1 10;1 19;1 25;1 n.d.;1",
            r#"[{"bin": {"column": "age", "width": 10}}]"#,
            "age,n,tranche 4,1,0 à 9 10,1,10 à 19 19,1,10 à 19 25,1,20 à 29 ,1,",
        ),
        (
            "note;n 0,4;1 0,5;1 2,5;1",
            r#"[{"bin": {"column": "note", "breaks": [0.5, 1, 2], "name": "t"}}]"#,
            "note,n,t 0.4,1,\"moins de 0,5\" 0.5,1,\"0,5 à moins de 1\" 2.5,1,2 et plus",
        ),
        (
            "date;n 2024-08-31;1 2024-09-01;2",
            r#"[{"floor": {"column": "date", "to": "school_year", "name": "rentrée"}}]"#,
            "date,n,rentrée 2024-08-31,1,2023-2024 2024-09-01,2,2024-2025",
        ),
        (
            "date;n 2024-12-30;1 2025-01-05;2 2025-01-06;3",
            r#"[{"floor": {"column": "date", "to": "week"}}, {"group": {"by": "date", "total": "sum(n)"}}]"#,
            "date,total 2025-W01,3 2025-W02,3",
        ),
        (
            "c;montant;population a;100;50 b;30;0 c;n.d.;10",
            r#"[{"per_inhabitant": {"of": "montant", "population": "population", "name": "taux", "per": 1000}}]"#,
            "c,montant,population,taux a,100,50,2000 b,30,0, c,,10,",
        ),
        (
            "c;v;pct a;1;10 b;4;20 c;2;30 d;3;40",
            r#"[{"top": {"n": 2, "by": "v", "name": "c"}}]"#,
            "c,v,pct b,4,20 d,3,40 Autres,3,40",
        ),
        (
            "annee;poste;v 2023;a;1 2024;b;2",
            r#"[{"complete": ["annee", "poste"]}]"#,
            "annee,poste,v 2023,a,1 2024,b,2 2023,b, 2024,a,",
        ),
        ("a;b 1;x 1;x 1;y", r#"[{"distinct": true}]"#, "a,b 1,x 1,y"),
        ("a;b 1;x 1;x 1;y", r#"[{"distinct": "a"}]"#, "a,b 1,x"),
    ] {
        assert_eq!(run(csv, "", steps).0, expected, "{steps}");
    }
}

#[test]
fn two_tables_become_one() {
    for (csv, other, steps, expected, codes) in [
        (
            "code;v 01053;1 2A004;2 71270;3",
            "insee;pop 1053;41000 2a004;70000",
            r#"[{"join": {"src": "x", "on": "code", "with": "insee"}}]"#,
            "code,v,pop 01053,1,41000 2A004,2,70000 71270,3,",
            &["join.lone"][..],
        ),
        (
            "code;v 01;1 02;2",
            "code;v 01;9 01;8",
            r#"[{"join": {"src": "x", "on": "code", "kind": "inner"}}]"#,
            "code,v,v (2) 01,1,9",
            &["join.twice", "join.lone"],
        ),
        (
            "nom;v SAINT-DENIS;1 Évry;2 mâcon;3",
            "nom;pop Saint-Denis;9 evry;8 ÉVRY;7 Mâcon;6",
            r#"[{"join": {"src": "x", "on": "nom"}}]"#,
            "nom,v,pop SAINT-DENIS,1,9 Évry,2, mâcon,3,6",
            &["join.same-name", "join.lone"],
        ),
        // a name that another row found as it is written is that row's; numbers and signs are what they are
        (
            "nom;v Arçon;1 Arcon;2",
            "nom;pop Arçon;9",
            r#"[{"join": {"src": "x", "on": "nom"}}]"#,
            "nom,v,pop Arçon,1,9 Arcon,2,",
            &["join.lone"],
        ),
        ("n;v -1;5 2;6", "n;w 1;9 2;8", r#"[{"join": {"src": "x", "on": "n"}}]"#, "n,v,w -1,5, 2,6,8", &["join.lone"]),
        ("annee;v 2023;1", "annee;v;note 2024;2;x", r#"[{"concat": "x"}]"#, "annee,v,note 2023,1, 2024,2,x", &[]),
        ("c;v a;1", "c;v b;beaucoup", r#"[{"concat": {"src": "x"}}]"#, "c,v a,1 b,beaucoup", &["concat.types"]),
        ("c;v a;1", "", r#"[{"concat": "x"}]"#, "c,v a,1", &["join.not-loaded"]),
    ] {
        let (made, notices) = run(csv, other, steps);
        assert_eq!(made, expected, "{steps}");
        assert_eq!(notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), codes, "{steps}");
    }
}

#[test]
fn a_rare_step_that_cannot_be_read_or_run_is_said() {
    for (steps, code) in [
        (r#"[{"join": {"src": "x"}}]"#, "steps.malformed"),
        (r#"[{"join": {"src": "x", "on": "c", "typo": 1}}]"#, "steps.malformed"),
        (r#"[{"window": {"cumul": "running_total"}}]"#, "steps.malformed"),
        (r#"[{"bin": {"column": "montant", "breaks": [2, 1]}}]"#, "steps.malformed"),
        (r#"[{"bin": {"column": "poste", "width": 2}}]"#, "bin.not-numbers"),
        (r#"[{"floor": {"column": "poste", "to": "month"}}]"#, "floor.not-dates"),
        (r#"[{"floor": {"column": "annee", "to": "month"}}]"#, "floor.longer"),
        (r#"[{"share": {"of": "montnat"}}]"#, "column.unknown"),
        (r#"[{"tpo": {"n": 1}}]"#, "steps.unknown"),
    ] {
        let (_, notices) = run(BUDGET, "", steps);
        assert_eq!(notices.first().map(|notice| notice.code), Some(code), "{steps}");
    }
}
