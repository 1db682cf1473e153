//! How does the gallery come from the specifications of the tests: a card and a page for each kind?
//!
//! A program of its own: the build program would else be another with every change of a chart, and make all again.
#![allow(clippy::print_stderr, reason = "a program that speaks on the terminal")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use encart_chart::figure::render_figure;
use encart_chart::{Drawing, Env, draw, read_spec};
use encart_scene::svg::escape;
use encart_table::day::read_period;
use encart_table::json::Object;
use encart_table::locale::bind;
use encart_table::{Json, prepare, read_csv};

type Outcome<T = ()> = Result<T, String>;

fn main() -> std::process::ExitCode {
    match gallery() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("✗ {why}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// The root of the project.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Writes `www/galerie.html` and `www/galerie/*`.
fn gallery() -> Outcome {
    let www = root().join("www");
    let folder = www.join("galerie");
    fs::create_dir_all(&folder).map_err(|error| format!("{} : {error}", folder.display()))?;
    let kinds = read(&www.join("galerie.json"))?;
    let kinds = Json::parse(&kinds, "galerie.json").map_err(|notice| notice.words.fr)?;
    let mut cards = String::new();
    for kind in kinds.as_list().unwrap_or_default() {
        let text = |name: &str| kind.get(name).and_then(Json::as_str).unwrap_or_default();
        let word = text("kind");
        let mut examples = String::new();
        for (idx, name) in kind.get("specs").and_then(Json::as_list).unwrap_or_default().iter().enumerate() {
            let example = Example::read(name.as_str().unwrap_or_default())?;
            if idx == 0 {
                write(&folder.join(format!("{word}.svg")), &example.drawn(360.0).svg())?;
                card(&mut cards, word, text("fr"), text("en"), &bind(&example.drawn(360.0).brief()));
            }
            example.write(&mut examples)?;
        }
        let page = PAGE
            .replace("{name}", &escaped(text("fr")))
            .replace("{english}", &escaped(text("en")))
            .replace("{word}", word)
            .replace("{when}", &escaped(&bind(text("when"))))
            .replace("{not}", &escaped(&bind(text("not"))))
            .replace("{examples}", &examples);
        write(&folder.join(format!("{word}.html")), &page)?;
    }
    write(&www.join("galerie.html"), &INDEX.replace("{cards}", &cards))
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{} : {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Outcome {
    fs::write(path, text).map_err(|error| format!("{} : {error}", path.display()))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(text, &mut out);
    out
}

fn card(cards: &mut String, word: &str, name: &str, english: &str, brief: &str) {
    let (name, english, brief) = (escaped(name), escaped(english), escaped(brief));
    // a String takes all
    let _ = writeln!(
        cards,
        "<li><a href=\"galerie/{word}.html\"><img src=\"galerie/{word}.svg\" alt=\"{brief}\" loading=\"lazy\"><span class=\"name\">{name}</span> <span class=\"word\" lang=\"en\">{english} · <code>{word}</code></span></a></li>"
    );
}

/// A specification of the tests, as a page under `www/galerie` would write it.
struct Example {
    object: Object,
}

impl Example {
    fn read(name: &str) -> Outcome<Example> {
        let path = root().join("tests/specs").join(format!("{name}.json"));
        let mut object = Json::parse_object(&read(&path)?, name).map_err(|notice| notice.words.fr)?;
        if let Some(src) = object.get("src").and_then(Json::as_str) {
            let src = src.replace("../../www/", "../");
            object.set("src".into(), Json::Text(src));
        }
        Ok(Example { object })
    }

    fn drawn(&self, width: f64) -> Drawing {
        let (spec, _) = read_spec(&Json::Object(self.object.clone()).write());
        let data = match (&spec.data, &spec.src) {
            (Some(data), _) => data.clone().into_bytes(),
            (None, Some(src)) => fs::read(root().join("www/galerie").join(src)).unwrap_or_default(),
            (None, None) => Vec::new(),
        };
        let (table, _) = read_csv(&data, &spec.reading);
        let prepared = prepare(table, &spec.steps);
        let day = read_period("2026-11-23").unwrap_or(encart_table::Period::year(2026));
        draw(&prepared, &spec, &Env::new(width, day))
    }

    fn write(&self, page: &mut String) -> Outcome {
        let mut tag = String::from("<encart-chart");
        for (name, value) in self.object.iter() {
            let text = value.as_attribute().or_else(|| columns(value)).unwrap_or_else(|| value.write());
            // the one escape writes apostrophes too, which stand between these quotes as they are
            let _ = write!(tag, "\n  {name}=\"{}\"", escaped(&text).replace("&#39;", "'"));
        }
        tag.push('>');
        let drawing = self.drawn(640.0);
        let summary = escaped(&bind(&drawing.summary()));
        // the escape puts all on one line: line by line it does not
        let code = format!("<script type=\"module\" src=\"/encart/encart.js\"></script>\n\n{tag}</encart-chart>");
        let code = code.replace("../data/", "/donnees/").lines().map(escaped).collect::<Vec<_>>().join("\n");
        let figure = render_figure(&drawing);
        let _ = writeln!(
            page,
            "<section class=\"insert\">\n{tag}\n{figure}</encart-chart>\n<details class=\"snippet\"><summary>Ce qui est dit à qui ne voit pas l’image</summary><p>{summary}</p></details>\n<details class=\"snippet\"><summary>Le code de cet encart</summary><pre tabindex=\"0\"><code>{code}</code></pre><button type=\"button\" data-copy>Copier ce code</button></details>\n</section>"
        );
        Ok(())
    }
}

/// Names of columns as an attribute lists them.
fn columns(value: &Json) -> Option<String> {
    let name = |name: &Json| {
        let name = name.as_str()?;
        Some(if name.contains(',') { format!("`{name}`") } else { name.to_string() })
    };
    let names: Option<Vec<String>> = value.as_list()?.iter().map(name).collect();
    names.map(|names| names.join(", "))
}

const PAGE: &str = r#"<!doctype html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{name} : encart</title>
  <link rel="stylesheet" href="../site.css">
  <link rel="icon" href="data:,">
  <script type="module" src="/encart/encart.js"></script>
  <script type="module" src="../site.js"></script>
</head>
<body>
  <header>
    <p class="brand"><a href="../index.html">encart</a> · <a href="../galerie.html">galerie</a></p>
    <h1>{name}</h1>
    <p class="lead"><code>kind="{word}"</code> <span lang="en">{english}</span></p>
  </header>
  <main>
    <dl>
      <div><dt>Quand</dt><dd>{when}</dd></div>
      <div><dt>Quand non</dt><dd>{not}</dd></div>
    </dl>
{examples}    <p id="copied" role="status"></p>
  </main>
  <footer>Données réelles, datées, avec leur source ; celles qui sont d’essai le disent.</footer>
</body>
</html>
"#;

const INDEX: &str = r#"<!doctype html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Galerie : encart</title>
  <meta name="description" content="Tous les types de graphiques, avec des données publiques : quand les prendre, quand non, et le code à coller.">
  <link rel="stylesheet" href="site.css">
  <link rel="icon" href="data:,">
</head>
<body>
  <header>
    <p class="brand"><a href="index.html">encart</a></p>
    <h1>Galerie</h1>
    <p class="lead">Chaque type de graphique avec des données publiques : quand le prendre, quand non, le code à coller, ce qu’il dit à qui ne le voit pas.</p>
  </header>
  <main class="wide">
    <ul class="cards">
{cards}    </ul>
  </main>
  <footer>Données réelles, datées, avec leur source.</footer>
</body>
</html>
"#;
