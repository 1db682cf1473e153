//! Which colours and sizes does a chart have? Everything here, nothing in a mark.

use encart_scene::paint::{blend, contrast, repair_contrast};
use encart_scene::{Anchor, Rgb, TextStyle};
use encart_table::locale::write_number;
use encart_table::{Notice, Place};

use crate::env::{Env, Scheme};
use crate::spec::Preset;

/// Colours and sizes of one drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Under everything.
    pub ground: Rgb,
    /// Text: 87 % of the ground's opposite.
    pub ink: Rgb,
    /// Secondary text: 4.5:1 from the ground at least.
    pub secondary: Rgb,
    /// Hairlines of the grid.
    pub grid: Rgb,
    /// The line at zero.
    pub zero: Rgb,
    /// What is not in focus; "Autres".
    pub muted: Rgb,
    /// Categories: each 3:1 from the ground and from its neighbours.
    pub palette: [Rgb; 8],
    /// Size of axis and value labels.
    pub label_size: f64,
    /// The width of a line that is read.
    pub line_width: f64,
}

// Searched in OKLCH so that two luminance bands alternate and hues stay apart for every colour vision.
const LIGHT: [Rgb; 8] = [
    Rgb(0x08, 0x48, 0x60),
    Rgb(0xe9, 0x68, 0x72),
    Rgb(0x5c, 0x26, 0x8b),
    Rgb(0xae, 0x8e, 0x0d),
    Rgb(0x84, 0x05, 0x47),
    Rgb(0x2a, 0x96, 0xed),
    Rgb(0x64, 0x37, 0x00),
    Rgb(0xd3, 0x6d, 0xbd),
];
const DARK: [Rgb; 8] = [
    Rgb(0x16, 0xd1, 0xc9),
    Rgb(0x66, 0x53, 0xbe),
    Rgb(0xc7, 0xc0, 0x26),
    Rgb(0x88, 0x5b, 0x0a),
    Rgb(0xac, 0xb8, 0xfd),
    Rgb(0xa7, 0x3b, 0x7f),
    Rgb(0xff, 0xa6, 0x83),
    Rgb(0x06, 0x73, 0x4c),
];

impl Theme {
    /// The theme of a place, and what had to be changed of the site's colours.
    pub fn for_env(env: &Env, preset: Option<Preset>) -> (Theme, Vec<Notice>) {
        let ground = env.ground.unwrap_or(match env.scheme {
            Scheme::Light => Rgb(0xff, 0xff, 0xff),
            Scheme::Dark => Rgb(0x14, 0x17, 0x1c),
        });
        // the ground decides: a site may be dark whatever the visitor's preference
        let is_light = ground.luminance() > 0.18;
        let (end, mut palette) = if is_light { (Rgb(0, 0, 0), LIGHT) } else { (Rgb(0xff, 0xff, 0xff), DARK) };
        let mut notices = Vec::new();
        if preset == Some(Preset::Sober) {
            // two greys that differ from the ground and from each other; patterns tell more than two apart
            let (dark, pale) = (ground.mix(end, 0.87), repair_contrast(ground.mix(end, 0.45), ground, 3.1));
            palette = [dark, pale, dark, pale, dark, pale, dark, pale];
        }
        let brands = if matches!(preset, None | Some(Preset::Projector)) { env.brand } else { [None, None] };
        for (idx, (color, brand)) in palette.iter_mut().zip(brands).enumerate() {
            let Some(brand) = brand else { continue };
            *color = repair_contrast(brand, ground, 3.0);
            if *color != brand {
                let key = format!("--encart-brand-{}", idx + 1);
                let (from, to) = (brand.hex(), color.hex());
                let ratio = write_number(contrast(brand, ground), 1, encart_table::Lang::En);
                notices.push(Notice::info(
                    "theme.contrast",
                    Place::column(&key),
                    format_args!("{from} ne se détache pas assez du fond ({ratio}:1 pour 3:1) ; {to} le remplace."),
                    format_args!(
                        "{from} does not stand out enough from the ground ({ratio}:1 for 3:1); {to} replaces it."
                    ),
                ));
            }
        }
        // a projector is read from afar; alone on the screen, beside words or not, from three metres
        let label_size = match preset {
            Some(Preset::Projector) if env.is_projected => (env.width / 36.0).clamp(18.0, 32.0).round(),
            Some(Preset::Projector) => (env.width / 50.0).clamp(18.0, 32.0).round(),
            _ => (env.width / 86.0).clamp(13.0, 24.0).round(),
        };
        let theme = Theme {
            ground,
            ink: ground.mix(end, 0.87),
            secondary: repair_contrast(ground.mix(end, 0.6), ground, 4.6),
            grid: ground.mix(end, 0.12),
            zero: ground.mix(end, 0.6),
            muted: repair_contrast(ground.mix(end, 0.45), ground, 3.0),
            palette,
            label_size,
            line_width: if label_size > 20.0 { label_size / 8.0 } else { 2.5 },
        };
        (theme, notices)
    }

    /// The colour of the n-th series; past the eighth all are muted.
    pub fn series(&self, idx: usize) -> Rgb {
        self.palette.get(idx).copied().unwrap_or(self.muted)
    }

    /// The `n`-th of so many steps of one hue, from 1, the first the palest: even in lightness, from what is just seen on
    /// the ground to the full colour.
    pub fn step(&self, hue: usize, n: usize, of: usize) -> Rgb {
        const SEEN: f64 = 1.3;
        let full = self.strong(hue);
        let tints = (1..40).map(|part| blend(self.ground, full, f64::from(part) / 40.0));
        let first = tints.into_iter().find(|tint| contrast(*tint, self.ground) >= SEEN).unwrap_or(full);
        if of <= 1 { full } else { blend(first, full, n.saturating_sub(1) as f64 / (of - 1) as f64) }
    }

    /// A hue at its farthest from the ground, still a colour.
    fn strong(&self, hue: usize) -> Rgb {
        const FAR: f64 = 7.0;
        repair_contrast(self.series(hue), self.ground, FAR)
    }

    /// The answer of this rank among so many on a scale: two hues that grow stronger away from a neutral middle.
    pub fn diverging(&self, rank: usize, n: usize) -> Rgb {
        const PALE: f64 = 3.05;
        let (place, middle) = (2 * rank + 1, n);
        if place == middle {
            return self.muted;
        }
        let (hue, distance) = if place < middle { (1, n / 2 - rank) } else { (0, rank + 1 - n.div_ceil(2)) };
        let full = self.strong(hue);
        let tints = (0..40).map(|part| blend(full, self.ground, f64::from(part) / 40.0));
        let pale = tints.into_iter().take_while(|tint| contrast(*tint, self.ground) >= PALE).last().unwrap_or(full);
        let half = (n / 2).max(1);
        if half == 1 { full } else { blend(pale, full, (distance.saturating_sub(1)) as f64 / (half - 1) as f64) }
    }

    /// A label of the axes: secondary, from this end.
    pub fn label(&self, anchor: Anchor) -> TextStyle {
        TextStyle { size: self.label_size, is_bold: false, color: self.secondary, anchor, halo: None }
    }

    /// A value or a name that the reader looks for: in ink, with a halo over what it crosses.
    pub fn value(&self, anchor: Anchor) -> TextStyle {
        TextStyle { color: self.ink, halo: Some(self.ground), ..self.label(anchor) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encart_table::Period;

    #[test]
    fn neighbours_and_ground_differ_by_three_to_one() {
        for scheme in [Scheme::Light, Scheme::Dark] {
            let (theme, _) = Theme::for_env(&Env { scheme, ..Env::new(600.0, Period::year(2026)) }, None);
            for (idx, color) in theme.palette.iter().enumerate() {
                assert!(contrast(*color, theme.ground) >= 3.0, "{scheme:?} {}", color.hex());
                if let Some(next) = theme.palette.get(idx + 1) {
                    assert!(contrast(*color, *next) >= 3.0, "{scheme:?} {} {}", color.hex(), next.hex());
                }
            }
            assert!(contrast(theme.muted, theme.ground) >= 3.0);
            assert!(contrast(theme.secondary, theme.ground) >= 4.5);
        }
    }

    #[test]
    fn what_is_read_from_afar_is_large_and_its_lines_are_thick() {
        for (width, preset, is_projected, label_size, line_width) in [
            (340.0, None, false, 13.0, 2.5),
            (760.0, None, false, 13.0, 2.5),
            (760.0, Some(Preset::Projector), false, 18.0, 2.5),
            (1010.0, Some(Preset::Projector), true, 28.0, 3.5),
            (1760.0, Some(Preset::Projector), true, 32.0, 4.0),
        ] {
            let (theme, _) = Theme::for_env(&Env { is_projected, ..Env::new(width, Period::year(2026)) }, preset);
            assert_eq!((theme.label_size, theme.line_width), (label_size, line_width), "{width} {preset:?}");
        }
    }

    #[test]
    fn greys_for_print_differ_from_the_ground_and_from_each_other() {
        let mut env = Env::new(600.0, Period::year(2026));
        env.brand = [Rgb::parse("#ffe600"), None];
        let (theme, notices) = Theme::for_env(&env, Some(Preset::Sober));
        assert_eq!(notices, [], "the site’s colours are not looked at");
        for pair in theme.palette.windows(2) {
            assert!(contrast(pair[0], pair[1]) >= 3.0 && contrast(pair[0], theme.ground) >= 3.0);
            assert!(pair.iter().all(|Rgb(r, g, b)| r == g && g == b), "{pair:?}");
        }
    }

    // Tints of one hue begin paler than marks may be: those have an edge (`recipe::heat::edge`) in the muted grey.
    #[test]
    fn steps_grow_evenly_and_are_seen() {
        use encart_scene::paint::oklab;
        for scheme in [Scheme::Light, Scheme::Dark] {
            let (theme, _) = Theme::for_env(&Env { scheme, ..Env::new(600.0, Period::year(2026)) }, None);
            for (hue, of) in [(0, 3), (0, 5), (1, 4), (0, 6)] {
                let steps: Vec<Rgb> = (1..=of).map(|n| theme.step(hue, n, of)).collect();
                assert!(contrast(steps[0], theme.ground) >= 1.3, "{scheme:?} {}", steps[0].hex());
                assert!(contrast(steps[of - 1], theme.ground) >= 4.5);
                let light: Vec<f64> = steps.iter().map(|color| oklab(*color)[0]).collect();
                let gaps: Vec<f64> = light.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
                let (least, most) =
                    (gaps.iter().copied().fold(1.0, f64::min), gaps.iter().copied().fold(0.0, f64::max));
                assert!(least > 0.04 && most - least < 0.03, "{scheme:?} {hue} {of}: {gaps:?}");
            }
        }
    }

    #[test]
    fn answers_of_a_scale_are_seen_and_words_on_them_read() {
        for scheme in [Scheme::Light, Scheme::Dark] {
            let (theme, _) = Theme::for_env(&Env { scheme, ..Env::new(600.0, Period::year(2026)) }, None);
            for n in 2..=7 {
                for rank in 0..n {
                    let color = theme.diverging(rank, n);
                    assert!(contrast(color, theme.ground) >= 3.0, "{scheme:?} {rank}/{n} {}", color.hex());
                    let black_or_white = contrast(color, Rgb(0, 0, 0)).max(contrast(color, Rgb(255, 255, 255)));
                    assert!(black_or_white >= 4.5, "{scheme:?} {rank}/{n} {}", color.hex());
                }
            }
        }
    }

    #[test]
    fn a_pale_brand_is_repaired_and_said() {
        let mut env = Env::new(600.0, Period::year(2026));
        env.brand = [Rgb::parse("#ffe600"), None];
        let (theme, notices) = Theme::for_env(&env, None);
        assert!(contrast(theme.palette[0], theme.ground) >= 3.0);
        assert_eq!(notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), ["theme.contrast"]);
    }
}
