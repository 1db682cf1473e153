//! Which datum stands at a place: one that is named, or one under the pointer?

use encart_scene::{Key, Spot};
use encart_table::table::{find_part, fold};

use crate::drawing::Drawing;

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
