//! The `encart` program: its commands and their options.

mod board;
mod check;
mod load;
mod out;
mod read;
mod render;
mod say;
mod schema;
mod snapshot;
mod story;
mod suggest;

use encart_chart::spec::keys::Key;
use encart_story::widget::{TAGS, Widget};
use std::ffi::OsString;
use std::process::ExitCode;

use encart_portal::job::Order;
use encart_table::{Json, Lang, Notice, ReadOptions};

const USAGE: &str = "encart: des données ouvertes au graphique, sans serveur

  encart render spec.json [-o image.svg|figure.html] [--width 640] [--dark] [--date AAAA-MM-JJ]
      dessine le graphique ; .html est le contenu statique à placer dans la balise
  encart render recit.md -o recit.html
      écrit un récit comme un document : titres, textes dont les chiffres sont calculés, images avec leur tableau
  encart check spec.json|recit.md|fichier|adresse [--steps '[…]']
      dit tout ce qui a été lu, réparé ou mal compris, et ce qu’il en a coûté ; sort avec 1 s’il faut corriger
  encart read fichier|adresse [--steps '[…]'] [-o table.csv|table.json] [--format csv|json] [--text]
      écrit la table telle qu’elle a été lue ; --text laisse chaque case telle qu’écrite
  encart suggest fichier|adresse [--steps '[…]']
      dit quels graphiques conviennent aux données, pourquoi, et la balise à coller pour chacun
  encart say fichier|adresse [--places colonne] --sentence 'En cinq ans : {{ evolution(depenses, 2019, 2024) | pourcent }}'
      écrit la phrase avec ce que les données répondent, et ce qui a été lu pour chaque réponse
      (--places : la colonne dont les cases nomment les lignes)
  encart snapshot spec.json -o dossier/
      garde une copie que le site peut servir lui-même : données après les étapes, configuration, contenu statique ;
      écrit la balise à coller
  encart schema
      écrit le schéma JSON de la configuration

  --schema scdl/subventions|schema.json   (check) vérifie aussi le fichier contre son schéma de données

  --lang en   messages en anglais
  --version   la version du programme";

/// What went wrong, and the code to exit with: 1 for what an author must mend, 2 for a wrong call.
pub(crate) struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    pub(crate) fn author(message: impl Into<String>) -> Failure {
        Failure { code: 1, message: message.into() }
    }

    pub(crate) fn call(message: impl Into<String>) -> Failure {
        Failure { code: 2, message: message.into() }
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }
}

/// The call: a command, its file, its options.
#[derive(Debug, Default)]
pub(crate) struct Call {
    pub(crate) input: Option<String>,
    pub(crate) out: Option<String>,
    pub(crate) format: Option<String>,
    pub(crate) width: Option<f64>,
    pub(crate) date: Option<String>,
    pub(crate) is_dark: bool,
    pub(crate) as_text: bool,
    pub(crate) steps: Option<String>,
    pub(crate) schema: Option<String>,
    pub(crate) sentence: Option<String>,
    /// The column whose cells name the rows.
    pub(crate) places: Option<String>,
    pub(crate) lang: Lang,
}

impl Call {
    /// What is asked of a source, with the steps and the options of the call.
    pub(crate) fn order(&self, src: &str) -> Order {
        Order {
            src: src.to_string(),
            steps: self.steps.clone().map(Json::Text).unwrap_or_default(),
            reading: ReadOptions { as_text: self.as_text, ..ReadOptions::default() },
            ..Order::default()
        }
    }

    /// The file that the command works on.
    pub(crate) fn file(&self) -> Result<&str, Failure> {
        self.input.as_deref().ok_or_else(|| Failure::call("quel fichier ? Essayez : encart --help"))
    }
}

fn main() -> ExitCode {
    match run(std::env::args_os().skip(1)) {
        Ok(code) => code,
        Err(failure) => {
            out::say(&format!("encart : {}", failure.message));
            ExitCode::from(failure.code)
        }
    }
}

fn run(arguments: impl Iterator<Item = OsString>) -> Result<ExitCode, Failure> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut command, mut call) = (None, Call::default());
    while let Some(argument) = parser.next().map_err(wrong)? {
        match argument {
            lexopt::Arg::Short('o') | lexopt::Arg::Long("out") => call.out = Some(text(&mut parser)?),
            lexopt::Arg::Long("format") => call.format = Some(text(&mut parser)?),
            lexopt::Arg::Long("width") => {
                call.width =
                    Some(text(&mut parser)?.parse().map_err(|_| Failure::call("--width attend un nombre de pixels"))?)
            }
            lexopt::Arg::Long("date") => call.date = Some(text(&mut parser)?),
            lexopt::Arg::Long("lang") => call.lang = Lang::from_tag(&text(&mut parser)?),
            lexopt::Arg::Long("dark") => call.is_dark = true,
            lexopt::Arg::Long("text") => call.as_text = true,
            lexopt::Arg::Long("sentence") => call.sentence = Some(text(&mut parser)?),
            lexopt::Arg::Long("places") => call.places = Some(text(&mut parser)?),
            lexopt::Arg::Long("schema") => call.schema = Some(text(&mut parser)?),
            lexopt::Arg::Long("steps") => call.steps = Some(text(&mut parser)?),
            lexopt::Arg::Short('h') | lexopt::Arg::Long("help") => command = Some("help".to_string()),
            lexopt::Arg::Short('V') | lexopt::Arg::Long("version") => command = Some("version".to_string()),
            lexopt::Arg::Value(value) => {
                let value = value.to_string_lossy().into_owned();
                if command.is_none() {
                    command = Some(value);
                } else if call.input.is_none() {
                    call.input = Some(value);
                } else {
                    return Err(Failure::call(format!("« {value} » est de trop. Essayez : encart --help")));
                }
            }
            other => return Err(wrong(other.unexpected())),
        }
    }
    match command.as_deref() {
        Some("render") if call.input.as_deref().is_some_and(story::is_story) => {
            story::render(&call).map(|()| ExitCode::SUCCESS)
        }
        Some("check") if call.input.as_deref().is_some_and(story::is_story) => story::check(&call),
        Some("render") => render::render(&call).map(|()| ExitCode::SUCCESS),
        Some("check") => check::check(&call),
        Some("read") => read::read(&call).map(|()| ExitCode::SUCCESS),
        Some("say") => say::sentence(&call).map(|()| ExitCode::SUCCESS),
        Some("snapshot") => snapshot::snapshot(&call).map(|()| ExitCode::SUCCESS),
        Some("suggest") => suggest::suggestions(&call).map(|()| ExitCode::SUCCESS),
        Some("schema") => {
            let own = ["chart"].iter().chain(&TAGS).flat_map(|tag| Widget::keys(tag));
            let own: Vec<Key> = own.map(|(name, form, fr, en)| Key { name, form: *form, fr, en }).collect();
            let schema = encart_chart::spec::schema::json_schema(&TAGS, &own);
            out::write(&call, &format!("{schema:#}\n")).map(|()| ExitCode::SUCCESS)
        }
        Some("version") => out::print(concat!("encart ", env!("CARGO_PKG_VERSION"), "\n")).map(|()| ExitCode::SUCCESS),
        Some("help") => out::print(&format!("{USAGE}\n")).map(|()| ExitCode::SUCCESS),
        Some(other) => Err(Failure::call(format!(
            "« {other} » n’est pas une commande (render, check, read, suggest, say, snapshot, schema)"
        ))),
        None => Err(Failure::call(format!("quelle commande ?\n\n{USAGE}"))),
    }
}

/// The value of an option.
fn text(parser: &mut lexopt::Parser) -> Result<String, Failure> {
    let value = parser.value().map_err(wrong)?;
    value.into_string().map_err(|_| Failure::call("un argument n’est pas de l’Unicode"))
}

fn wrong(error: lexopt::Error) -> Failure {
    Failure::call(format!("{error}. Essayez : encart --help"))
}

/// The notices on the standard error, the gravest first.
pub(crate) fn say_notices(notices: &[Notice], lang: Lang) {
    let mut sorted: Vec<&Notice> = notices.iter().collect();
    sorted.sort_by_key(|notice| (std::cmp::Reverse(notice.level), notice.place.line));
    for notice in sorted {
        out::say(&format!("{} [{}] {}", notice.level.words(lang), notice.code, notice.sentence(lang)));
    }
}
