//! How is one place, or one series, singled out of a picture by its author?

use encart_chart::Drawing;
use encart_chart::spec::keys::Form;
use encart_scene::{Key, Point, Rgb, Shape, Spot};
use encart_table::json::Object;
use encart_table::table::fold_words;
use encart_table::{Notice, Place};

use crate::figure;

/// The keys that a chart has of its own, beside those that its engine draws.
pub const KEYS: [figure::Key; 1] = [(
    "focus",
    Form::Text,
    "nom d’une catégorie ou d’une série à faire ressortir : les autres sont grises",
    "name of a category or a series to single out: the others are grey",
)];

/// Takes the name out of a specification.
pub fn take(object: &mut Object) -> Option<String> {
    object.take("focus").and_then(|name| name.as_attribute()).filter(|name| !name.is_empty())
}

/// Singles a category or a series out of a drawing: what stands for another turns grey, its own name is written in
/// bold. A name that is not in the picture is said, and changes nothing.
pub fn single_out(drawing: &mut Drawing, name: &str) {
    let wanted = fold_words(name);
    let keys: Vec<Key> = drawing.spots.iter().map(|spot| spot.key).collect();
    let is_place = |key: &Key| drawing.place(*key).is_some_and(|place| fold_words(place) == wanted);
    let series = |key: &Key| {
        let words = drawing.words_at(*key)?;
        Some(words.lines.into_iter().find(|line| line.is_current)?.name)
    };
    let is_series = |key: &Key| series(key).is_some_and(|name| fold_words(&name) == wanted);
    let (own_place, own_series) = (keys.iter().find(|key| is_place(key)), keys.iter().find(|key| is_series(key)));
    let is_own: Box<dyn Fn(&Key) -> bool> = match (own_place.copied(), own_series.copied()) {
        (Some(own), _) => Box::new(move |key| key.datum_idx == own.datum_idx),
        (None, Some(own)) => Box::new(move |key| key.series_idx == own.series_idx),
        (None, None) => {
            drawing.notices.push(Notice::warning(
                "focus.unknown",
                Place::column("focus"),
                format_args!("« {name} » n’est ni une catégorie ni une série de l’image : rien ne ressort."),
                format_args!("“{name}” is neither a category nor a series of the picture: nothing is singled out."),
            ));
            return;
        }
    };
    let grey = drawing.theme.muted;
    // of series, the line through their points and the name at its end are of no single datum
    let others: Vec<Rgb> = match own_place {
        Some(_) => Vec::new(),
        None => {
            let kept = own_series.and_then(|own| drawing.colors.get(own.series_idx)).copied();
            drawing.colors.iter().copied().filter(|color| Some(*color) != kept).collect()
        }
    };
    for item in &mut drawing.scene.items {
        let is_other = match &item.datum {
            Some(key) => !is_own(key),
            // the stem of a mark ends in it
            None => stem_of(&item.shape, &drawing.spots).is_some_and(|key| !is_own(&key)),
        };
        let turn = |color: &mut Rgb| {
            if is_other || others.contains(color) {
                *color = grey;
            }
        };
        if let Shape::Text { text, style, .. } = &mut item.shape {
            if fold_words(text) == wanted {
                style.is_bold = true;
            } else if others.contains(&style.color) {
                style.color = drawing.theme.secondary;
            }
            continue;
        }
        item.paint.fill.iter_mut().for_each(turn);
        item.paint.stroke.iter_mut().map(|stroke| &mut stroke.color).for_each(turn);
    }
    if own_place.is_none() {
        for color in drawing.colors.iter_mut().filter(|color| others.contains(color)) {
            *color = grey;
        }
    }
}

/// The datum at one end of a line of two corners.
fn stem_of(shape: &Shape, spots: &[Spot]) -> Option<Key> {
    let Shape::Path { points, is_closed: false } = shape else { return None };
    let [start, end] = points.as_slice() else { return None };
    let is_at = |spot: &Spot, point: &Point| {
        let center = spot.bounds.center();
        (center.x - point.x).abs() < 1.0 && (center.y - point.y).abs() < 1.0
    };
    spots.iter().find(|spot| is_at(spot, start) || is_at(spot, end)).map(|spot| spot.key)
}
