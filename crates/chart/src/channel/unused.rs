//! Which keys did an author write that the kind has no use for?

use encart_table::{Notice, Place};

use super::Channels;
use crate::spec::kind::word;
use crate::spec::{Classing, Kind, Order, Orientation, Spec, Stretch};

/// Whether a kind draws the range around a value.
pub(super) fn has_ends(kind: Kind) -> bool {
    kind.is_line() && kind.has_axis() || matches!(kind, Kind::Bar | Kind::Dot)
}

/// Says every key that changes nothing in what is drawn.
pub(super) fn say_unused(channels: &Channels, spec: &Spec, notices: &mut Vec<Notice>) {
    let kind = channels.kind;
    let is_cells = !kind.is_points() && !matches!(kind, Kind::Histogram | Kind::Box);
    let has_range = has_ends(kind) && spec.y.len() <= 1 && !channels.is_stack();
    let has_order = is_cells && !channels.is_time;
    let is_bar = matches!(kind, Kind::Bar | Kind::Dot | Kind::Lollipop | Kind::Waterfall);
    for (key, is_given, is_used) in [
        ("color", spec.color.is_some(), is_cells || kind == Kind::Scatter),
        ("size", spec.size.is_some(), kind == Kind::Scatter),
        ("label", spec.label.is_some(), kind.is_points()),
        ("facet", spec.facet.is_some(), is_cells),
        ("scales", spec.has_free_scales, spec.facet.is_some()),
        ("line", !spec.line.is_empty(), kind == Kind::Bar),
        ("line_axis", spec.has_line_axis, kind == Kind::Bar && !spec.line.is_empty()),
        ("status", spec.status.is_some(), is_cells),
        ("classes", spec.classing != Classing::Even, kind == Kind::Heat),
        ("lower", spec.lower.is_some(), has_range && spec.upper.is_some()),
        ("upper", spec.upper.is_some(), has_range && spec.lower.is_some()),
        ("forecast", spec.forecast.is_some(), channels.is_time),
        ("target", spec.target.is_some(), kind.has_axis()),
        ("annotations", !spec.annotations.is_empty(), kind.has_axis()),
        ("layout", spec.layout.is_some(), matches!(kind, Kind::Bar | Kind::Area)),
        ("scale", spec.stretch != Stretch::Linear, kind.has_axis()),
        ("orientation", spec.orientation != Orientation::Auto, is_bar),
        ("order", spec.order != Order::Auto, has_order),
    ] {
        if is_given && !is_used {
            let kind = word(kind);
            notices.push(Notice::warning(
                "spec.unused",
                Place::column(key),
                format_args!("est sans effet ici, avec kind=\"{kind}\" et les autres clés : ôtez-le."),
                format_args!("has no effect here, with kind=\"{kind}\" and the other keys: take it out."),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Env, draw, read_spec};
    use encart_table::{Period, read_csv};

    // Keys that a kind does not know were once dropped without a word.
    #[test]
    fn what_has_no_effect_is_said() {
        let file = "annee;poste;montant;agents\n2021;Voirie;10;3\n2022;École;20;4\n";
        let (table, _) = read_csv(file.as_bytes(), &Default::default());
        for (spec, key, code) in [
            (r#"{"kind": "line", "x": "annee", "y": "montant"}"#, "", ""),
            (r#"{"kind": "line", "x": "annee", "y": "montant", "line": "agents"}"#, "line", "spec.unused"),
            (r#"{"kind": "line", "x": "annee", "y": "montant", "lower": "agents"}"#, "lower", "spec.unused"),
            (r#"{"kind": "scatter", "x": "agents", "y": "montant", "facet": "poste"}"#, "facet", "spec.unused"),
            (r#"{"kind": "histogram", "x": "montant", "color": "poste"}"#, "color", "spec.unused"),
            (r#"{"kind": "pie", "x": "poste", "y": "montant", "target": 3}"#, "target", "spec.unused"),
            (r#"{"kind": "bar", "x": "poste", "y": "montant", "forecast": "2022"}"#, "forecast", "spec.unused"),
            (r#"{"kind": "bar", "x": "poste", "y": "montant", "scales": "free"}"#, "scales", "spec.unused"),
            (r#"{"kind": "scatter", "x": "agents", "y": "montant", "size": "poste"}"#, "size", "channel.not-number"),
            (r#"{"kind": "scatter", "x": "agents", "y": "montant", "label": "nom"}"#, "label", "column.unknown"),
            (r#"{"kind": "bar", "x": "poste", "y": "montant", "line": "poste"}"#, "line", "channel.not-number"),
            (
                r#"{"x": "poste", "y": "montant", "annotations": [{"at": "Fêtes", "text": "Bal"}]}"#,
                "annotations",
                "annotation.place",
            ),
        ] {
            let (read, mut notices) = read_spec(spec);
            notices.extend(draw(&table.clone().into(), &read, &Env::new(600.0, Period::year(2026))).notices);
            let graver = notices.iter().find(|notice| notice.level > encart_table::Level::Info);
            let found = graver.map(|notice| (notice.place.column.as_deref().unwrap_or_default(), notice.code));
            assert_eq!(found.unwrap_or_default(), (key, code), "{spec}");
        }
    }
}
