//! What an author should look at in a picture that is drawn: for `encart check`, no page carries it.

use encart_table::locale::write_number;
use encart_table::{Lang, Notice, Place};

use crate::drawing::Drawing;
use crate::spec::Stretch;

/// A length that is thousands of times the others hides them: an amount in cents, or a total among its parts.
pub fn outlier(drawing: &Drawing) -> Option<Notice> {
    const FAR: f64 = 1_000.0;
    let channels = drawing.channels.as_ref()?;
    let mut sizes: Vec<(f64, usize)> =
        channels.values().flat_map(|(_, series)| series.placed()).map(|(slot, value)| (value.abs(), slot)).collect();
    sizes.sort_by(|one, other| other.0.total_cmp(&one.0));
    let [(most, slot_idx), (second, _), ..] = sizes.as_slice() else { return None };
    let is_far =
        channels.kind.is_length() && channels.stretch == Stretch::Linear && *second > 0.0 && most / second >= FAR;
    is_far.then(|| {
        let name = channels.slots.get(*slot_idx).map_or("", |slot| slot.label.as_str());
        let times = |lang| write_number((most / second).floor(), 0, lang);
        Notice::warning(
            "channel.outlier",
            Place::column("y"),
            format_args!("« {name} » vaut {} fois la valeur suivante : les autres ne se voient plus. Vérifiez son unité, ou écartez-la par une étape filter.", times(Lang::Fr)),
            format_args!("“{name}” is {} times the next value: the others cannot be seen. Check its unit, or remove it with a filter step.", times(Lang::En)),
        )
    })
}
