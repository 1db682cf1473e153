//! Is each format read as a person would read it? One file, one expected line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use encart_table::Notice;
use encart_table::csv_out::{Reader, write_csv};
use encart_table::read::read;

/// What was read, as plain CSV on one line, and the codes of what was said.
fn check(text: &str, expected: &str, codes: &[&str]) {
    let (table, notices) = read(text.as_bytes(), &Default::default());
    assert_eq!(write_csv(&table, Reader::Program).trim_end().replace("\r\n", " | "), expected, "{text}");
    assert_eq!(notices.iter().map(|Notice { code, .. }| *code).collect::<Vec<_>>(), codes, "{text}");
}

#[test]
fn instants_of_json_are_brought_to_the_legal_time_of_the_territory() {
    use encart_table::zone::Zone;
    for (zone, expected) in [(Zone::Paris, "2024-01-01T22:00"), (Zone::Fixed(240), "2024-01-02T01:00")] {
        let options = encart_table::ReadOptions { zone, ..Default::default() };
        let json =
            br#"[{"quand": "2024-01-01T21:00:00+00:00", "v": 1}, {"quand": "2024-01-02T04:00:00+00:00", "v": 2}]"#;
        let (table, _) = read(json, &options);
        let written = write_csv(&table, Reader::Program);
        assert!(written.contains(expected), "{zone:?}: {written}");
    }
}

#[test]
fn json_in_all_its_forms() {
    for text in [
        r#"[{"a": "x", "b": 1.5}, {"a": "y", "b": 2}]"#,
        r#"{"total_count": 2, "results": [{"a": "x", "b": 1.5}, {"a": "y", "b": 2}]}"#,
        r#"{"success": true, "result": {"records": [{"a": "x", "b": "1.5"}, {"a": "y", "b": "2"}]}}"#,
        r#"{"records": [{"id": 7, "fields": {"a": "x", "b": 1.5}}, {"id": 8, "fields": {"a": "y", "b": 2}}]}"#,
        r#"{"fields": [{"id": "a"}, {"id": "b"}], "records": [["x", 1.5], ["y", 2]]}"#,
        r#"[["a", "b"], ["x", 1.5], ["y", 2]]"#,
        r#"{"a": ["x", "y"], "b": [1.5, 2]}"#,
        r#"{"meta": {"n": 2}, "bilan": {"lignes": [{"a": "x", "b": 1.5}, {"a": "y", "b": 2}]}}"#,
        "{\"a\": \"x\", \"b\": 1.5}\n{\"a\": \"y\", \"b\": 2}\n",
    ] {
        check(text, "a,b | x,1.5 | y,2", &[]);
    }
    check("[]", "", &["json.no-rows"]);
    check(r#"{"results": []}"#, "", &[]);
    for text in [
        r#"{"meta": [{"name": "a", "type": "String"}, {"name": "b", "type": "Float64"}], "data": [["x", 1.5], ["y", 2]], "rows": 2}"#,
        r#"{"data": {"cols": [{"name": "a"}, {"name": "b"}], "rows": [["x", 1.5], ["y", 2]]}}"#,
        r#"{"meta": {"view": {"columns": [{"name": "a", "fieldName": "a_"}, {"name": "b"}]}}, "data": [["x", 1.5], ["y", 2]]}"#,
        r#"{"columns": ["a", "b"], "rows": [["x", 1.5], ["y", 2]], "truncated": false}"#,
        r#"{"columns": ["a", "b"], "index": [0, 1], "data": [["x", 1.5], ["y", 2]]}"#,
        r#"{"schema": {"fields": [{"name": "a"}, {"name": "b"}]}, "rows": [{"f": [{"v": "x"}, {"v": 1.5}]}, {"f": [{"v": "y"}, {"v": 2}]}]}"#,
        r#"{"a": {"0": "x", "1": "y"}, "b": {"0": 1.5, "1": 2}}"#,
        r#"{"0": {"a": "x", "b": 1.5}, "1": {"a": "y", "b": 2}}"#,
        "[\"a\", \"b\"]\n[\"x\", 1.5]\n[\"y\", 2]\n",
        "\u{1e}{\"a\": \"x\", \"b\": 1.5}\n\u{1e}{\"a\": \"y\", \"b\": 2}\n",
    ] {
        check(text, "a,b | x,1.5 | y,2", &[]);
    }
    let lines: Vec<String> = (0..2).map(|n| format!("{{\"a\": {n}, \"b\": \"{}\"}}\n", "y".repeat(1010))).collect();
    assert_eq!(read(lines.concat().as_bytes(), &Default::default()).0.n_rows(), 2);
    check(r#"{"Mâcon": {"n": 1}, "Cluny": {"n": 2}}"#, "index,n | Mâcon,1 | Cluny,2", &[]);
    check(r#"{"a": 1, "b": 2}"#, "a,b | 1,2", &[]);
    // what is no table
    check(r#"{"error": 404, "message": "introuvable"}"#, "", &["json.no-rows"]);
    check(r#"{"meta": [{"name": "a"}], "lignes": [[1], [2]]}"#, "", &["json.no-rows"]);
    check(
        r#"{"class": "collection", "link": {"item": [{"class": "dataset", "href": "https://exemple.fr/1"}]}}"#,
        "",
        &["jsonstat.collection"],
    );
    check(r#"[{"a": 1}, {"a": "#, "", &["json.broken"]);
}

#[test]
fn cells_of_json() {
    // absent, null and empty are missing, never zero
    check(
        r#"[{"a": 1}, {"a": null}, {"b": 0}, {"a": "", "b": 2}]"#,
        "a,b | 1, | , | ,0 | ,2",
        &["cell.missing", "cell.missing"],
    );
    check(
        r#"[{"lieu": {"ville": "Mâcon", "dep": 71}, "ok": true, "tags": ["a", "b"]}]"#,
        "lieu.ville,lieu.dep,ok,tags | Mâcon,71,oui,\"a, b\"",
        &["column.text"],
    );
    // a decimal point in JSON is never a thousands mark
    check(r#"[{"v": 1.234}, {"v": 5.678}]"#, "v | 1.234 | 5.678", &[]);
    check(
        r#"[{"annee": 2023, "code_insee": 1053, "n": 2023}]"#,
        "annee,code_insee,n | 2023,1053,2023",
        &["column.text"],
    );
    // a geometry is one cell
    check(
        r#"[{"n": 1, "p": {"type": "Point", "coordinates": [4.8, 46.3]}}]"#,
        "n,p | 1,\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[4.8,46.3]}\"",
        &[],
    );
}

#[test]
fn places_on_the_earth() {
    check(
        r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "f.1", "properties": {"nom": "Tournus"}, "geometry": null}, {"type": "Feature", "id": "f.2", "properties": {"nom": "Mâcon"}, "geometry": {"type": "Point", "coordinates": [4.8, 46.3]}}]}"#,
        "id,nom,geometry | f.1,Tournus, | f.2,Mâcon,\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[4.8,46.3]}\"",
        &["cell.missing"],
    );
    check(r#"{"type": "FeatureCollection", "features": []}"#, "", &[]);
    check(
        "{\"type\": \"Feature\", \"properties\": {\"nom\": \"a\"}, \"geometry\": null}\n{\"type\": \"Feature\", \"properties\": {\"nom\": \"b\"}, \"geometry\": null}\n",
        "nom,geometry | a, | b,",
        &["cell.missing"],
    );
    check(
        r#"{"type": "Feature", "properties": {"n": 1}, "geometry": {"type": "Point", "coordinates": [836000, 6580000]}}"#,
        "n,geometry | 1,\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[836000,6580000]}\"",
        &["geojson.projection"],
    );
    // two triangles that share a side: the arc is read forwards for one, backwards for the other
    check(
        r#"{"type": "Topology", "transform": {"scale": [0.5, 0.5], "translate": [1, 2]}, "arcs": [[[0, 0], [2, 0]], [[2, 0], [-1, 2], [-1, -2]], [[0, 0], [1, -2], [1, 2]]], "objects": {"z": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0, 1]], "properties": {"n": "haut"}}, {"type": "Polygon", "arcs": [[2, -1]], "properties": {"n": "bas"}}]}}}"#,
        "n,geometry | haut,\"{\"\"type\"\":\"\"Polygon\"\",\"\"coordinates\"\":[[[1,2],[2,2],[1.5,3],[1,2]]]}\" | bas,\"{\"\"type\"\":\"\"Polygon\"\",\"\"coordinates\"\":[[[1,2],[1.5,1],[2,2],[1,2]]]}\"",
        &[],
    );
}

#[test]
fn statistical_cubes() {
    let dense = r#"{"class": "dataset", "id": ["geo", "an"], "size": [2, 2], "dimension": {"geo": {"category": {"index": ["F", "M"], "label": {"F": "Femmes", "M": "Hommes"}}}, "an": {"category": {"index": {"2023": 0, "2024": 1}}}}, "value": [1, 2, null, 4], "status": {"2": "s"}}"#;
    check(
        dense,
        "geo (code),geo,an,value,status | F,Femmes,2023,1, | F,Femmes,2024,2, | M,Hommes,2023,,s | M,Hommes,2024,4,",
        &["cell.missing", "cell.missing"],
    );
    // of a sparse cube, what nobody speaks of is no row
    check(
        r#"{"class": "dataset", "id": ["geo", "an"], "size": [1, 3], "dimension": {"geo": {"category": {"label": {"71": "Saône-et-Loire"}}}, "an": {"category": {"index": {"2022": 0, "2023": 1, "2024": 2}}}}, "value": {"0": 1.5, "2": 3}}"#,
        "geo (code),geo,an,value | 71,Saône-et-Loire,2022,1.5 | 71,Saône-et-Loire,2024,3",
        &["column.text"],
    );
    check(
        "DATAFLOW,FREQ,GEO,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nFR1:DS(1.0),Q,FRANCE,2024-Q1,1.5,A\nFR1:DS(1.0),Q,FRANCE,2024-Q2,NaN,M\n",
        "DATAFLOW,FREQ,GEO,TIME_PERIOD,OBS_VALUE,OBS_STATUS | FR1:DS(1.0),Q,FRANCE,2024-Q1,1.5,A | FR1:DS(1.0),Q,FRANCE,2024-Q2,,M",
        &["cell.missing"],
    );
}

#[test]
fn lines_of_json_that_are_cut() {
    check("{\"a\": 1}\n{\"a\": 2}\n{\"a\"", "a | 1 | 2", &["json.bad-lines"]);
}

#[test]
fn the_time_and_the_place_of_json_fg_are_kept() {
    let feature = |time: &str, properties: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","time":{time},"place":{{"type":"Point","coordinates":[4.9,46.5]}},"geometry":null,"properties":{{{properties}}}}}]}}"#
        )
    };
    const POINT: &str = r#""{""type"":""Point"",""coordinates"":[4.9,46.5]}""#;
    for (time, properties, header, cells) in [
        (r#"{"date":"2024-03-01"}"#, r#""n":1"#, "n,geometry,time", ["1,", ",2024-03-01"]),
        (r#"{"interval":["2023","2024"]}"#, r#""n":1"#, "n,geometry,time_start,time_end", ["1,", ",2023,2024"]),
        (r#"{"interval":["2023",".."]}"#, r#""n":1"#, "n,geometry,time_start,time_end", ["1,", ",2023,"]),
        (r#"{"date":"2024-03-01"}"#, r#""time":5"#, "time,geometry,time (2)", ["5,", ",2024-03-01"]),
        ("null", r#""n":1"#, "n,geometry", ["1,", ""]),
    ] {
        let said: &[&str] = if time.contains("..") { &["cell.missing"] } else { &[] };
        check(&feature(time, properties), &format!("{header} | {}{POINT}{}", cells[0], cells[1]), said);
    }
}
