//! Which charts suit a dataset, and what is to be pasted for each?

use encart_chart::suggest::{Suggestion, suggest};
use encart_scene::svg::escape;

use crate::{Call, Failure, load, out, say_notices};

/// `encart suggest adresse`: the kinds that suit the rows, the most telling first, each with its reason and its tag.
pub(crate) fn suggestions(call: &Call) -> Result<(), Failure> {
    let src = call.file()?;
    let outcome = load::run(call.order(src), "");
    if let Some(failure) = outcome.failure {
        say_notices(&outcome.notices, call.lang);
        return Err(Failure::author(failure.sentence(call.lang)));
    }
    let found = suggest(&outcome.prepared.table);
    if found.is_empty() {
        return Err(Failure::author(call.lang.pick(
            "aucune colonne de nombres : rien à dessiner. Essayez encart read pour voir les colonnes.",
            "no column of numbers: nothing to draw. Try encart read to see the columns.",
        )));
    }
    let written: Vec<String> = found.iter().map(|suggestion| write(suggestion, src, call)).collect();
    out::write(call, &written.join("\n"))
}

/// The reason, then the tag to paste.
fn write(suggestion: &Suggestion, src: &str, call: &Call) -> String {
    let mut tag = format!("{}\n  <encart-chart src=\"", suggestion.why.get(call.lang));
    escape(src, &mut tag);
    tag.push_str(&format!("\" kind=\"{}\"", suggestion.kind));
    for (name, column) in &suggestion.channels {
        tag.push_str(&format!(" {name}=\""));
        // of several columns one whose name holds a comma stands between back quotes
        let quoted = if *name == "y" && column.contains(',') { format!("`{column}`") } else { column.clone() };
        escape(&quoted, &mut tag);
        tag.push('"');
    }
    tag.push_str("></encart-chart>\n");
    tag
}
