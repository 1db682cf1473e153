//! Which datum stands at a place: one that is named, one under the pointer, the one that another picture had?

use encart_scene::{Key, Scene, Spot, Tween};
use encart_table::table::{find_part, fold};

use crate::drawing::Drawing;
use crate::spec::Kind;

impl Drawing {
    /// The name of the place of a datum: its category, its period, its row.
    pub fn place(&self, key: Key) -> Option<&str> {
        self.seen()?.slots.get(key.datum_idx).map(|slot| slot.label.as_str())
    }

    /// The first datum at a place of this name.
    pub fn at_place(&self, name: &str) -> Option<Key> {
        self.first(&|label| label == name)
    }

    /// The first datum whose place begins with these letters, or holds them; accents and capitals aside.
    pub fn find(&self, letters: &str) -> Option<Key> {
        let letters = fold(letters.trim());
        if letters.is_empty() {
            return None;
        }
        let begins = self.first(&|label| fold(label).starts_with(&letters));
        begins.or_else(|| self.first(&|label| find_part(&fold(label), &letters).is_some()))
    }

    fn first(&self, is_wanted: &dyn Fn(&str) -> bool) -> Option<Key> {
        let is_there = |spot: &&Spot| self.place(spot.key).is_some_and(is_wanted);
        self.spots.iter().find(is_there).map(|spot| spot.key)
    }

    /// Of surfaces in groups, the group of a datum: a visitor may see it alone.
    pub fn group_of(&self, key: Key) -> Option<&str> {
        let channels = self.seen()?;
        let is_grouped = channels.kind == Kind::Treemap && self.scene.names.len() > 1;
        channels.series.get(key.series_idx).filter(|_| is_grouped).map(|series| series.name.as_str())
    }

    /// The way to this drawing's picture from another's, as far as that one has come: a series and a place are the same
    /// by their names.
    pub fn turn(&self, before: &Drawing, scene: &Scene) -> Tween {
        let (Some(old), Some(new)) = (before.seen(), self.seen()) else {
            return Tween::new(scene, self.scene.clone(), |_| None);
        };
        let slot = |idx: usize| {
            let label = &old.slots.get(idx)?.label;
            new.slots.iter().position(|slot| slot.label == *label)
        };
        let slots: Vec<Option<usize>> = (0..old.slots.len()).map(slot).collect();
        let rename = |key: Key| {
            // of points the series is the group, whose place among the groups stays
            let series_idx = match old.series.get(key.series_idx).filter(|_| !new.kind.is_points()) {
                Some(series) => {
                    new.series.iter().position(|other| other.name == series.name && other.facet == series.facet)?
                }
                None => key.series_idx,
            };
            Some(Key { series_idx, datum_idx: slots.get(key.datum_idx).copied().flatten()? })
        };
        Tween::new(scene, self.scene.clone(), rename)
    }

    /// Which of the shown places is nearest to a distance from the left, in pixels.
    pub fn slot_near(&self, x: f64) -> Option<usize> {
        let distance = |spot: &Spot| (spot.bounds.center().x - x).abs();
        let nearest = self.spots.iter().min_by(|one, other| distance(one).total_cmp(&distance(other)));
        nearest.map(|spot| spot.key.datum_idx)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Env, draw, read_spec};
    use encart_table::{Period, read_csv};

    #[test]
    fn a_bar_moves_to_the_new_place_of_its_category() {
        use crate::view::{Sort, View};
        use encart_scene::Shape;
        let (table, _) = read_csv("poste;a\nVoirie;2\nÉcole;4\nEau;3\n".as_bytes(), &Default::default());
        let (spec, _) = read_spec(r#"{"kind": "bar", "x": "poste", "y": "a", "orientation": "horizontal"}"#);
        let drawn = |sort| {
            let view = View { sort, ..View::default() };
            draw(&table.clone().into(), &spec, &Env { view, ..Env::new(600.0, Period::year(2026)) })
        };
        let (before, after) = (drawn(Some(Sort::Largest)), drawn(Some(Sort::Smallest)));
        let tops = |scene: &encart_scene::Scene| -> Vec<i64> {
            let bars = scene.items.iter().filter(|item| item.datum.is_some());
            let top = |item: &encart_scene::Item| match item.shape {
                Shape::Rect(rect) => Some(rect.y.round() as i64),
                _ => None,
            };
            bars.filter_map(top).collect()
        };
        // each begins where it was, upside down, and ends where it is
        let tween = after.turn(&before, &before.scene);
        let mut upside_down = tops(&after.scene);
        upside_down.reverse();
        assert_eq!(tops(&tween.at(0.0)), upside_down);
        assert_eq!(tween.at(1.0), after.scene);
    }

    #[test]
    fn a_place_is_found_by_some_of_its_letters() {
        let (table, _) = read_csv("poste;a\nVoirie;2\nÉcole;4\nLes écoles;3\n".as_bytes(), &Default::default());
        let (spec, _) = read_spec(r#"{"kind": "bar", "x": "poste", "y": "a"}"#);
        let drawing = draw(&table.into(), &spec, &Env::new(600.0, Period::year(2026)));
        for (letters, place) in
            [("ecol", Some("École")), ("LES", Some("Les écoles")), ("oirie", Some("Voirie")), ("x", None), ("", None)]
        {
            assert_eq!(drawing.find(letters).and_then(|key| drawing.place(key)), place, "{letters}");
        }
        let middle = drawing.spots[1].bounds.center().x;
        assert_eq!(drawing.slot_near(middle), Some(drawing.spots[1].key.datum_idx));
    }
}
