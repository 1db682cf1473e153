//! How is what stands above the widgets of a board written: choices, what they are, an index?

use encart_chart::Env;
use encart_chart::html::{element, open};
use encart_chart::link::{FILTER, FROM, TO};
use encart_scene::svg::escape;
use encart_table::Lang;
use encart_table::locale::write_period;

use super::{Choice, Way};
use crate::narrative::MEETING;

/// What stands above the widgets.
pub(super) struct Bar<'a> {
    pub(super) choices: &'a [Choice],
    pub(super) view: &'a [(String, String)],
    pub(super) titles: &'a [String],
    pub(super) has_link: bool,
    pub(super) env: &'a Env,
    pub(super) lang: Lang,
}

/// An index of fewer widgets helps nobody.
const LEAST_INDEX: usize = 3;

impl Bar<'_> {
    fn pick(&self, fr: &'static str, en: &'static str) -> &'static str {
        self.lang.pick(fr, en)
    }

    /// The fields; they stay when something is chosen.
    pub(super) fn controls(&self) -> String {
        let mut html = String::from("<div class=\"lead board\">");
        if !self.choices.is_empty() {
            html.push_str("<div class=\"choices\">");
            self.choices.iter().for_each(|choice| self.choice(choice, &mut html));
            html.push_str("</div>");
        }
        html.push_str("</div><div class=\"rows\"></div>");
        html
    }

    fn choice(&self, choice: &Choice, html: &mut String) {
        match choice.way {
            Way::One => {
                html.push_str("<label>");
                escape(&choice.label, html);
                open(html, "select", &[("data-choose", FILTER), ("data-column", &choice.name)]);
                self.options(choice, true, html);
                html.push_str("</select></label>");
            }
            Way::Between => {
                open(html, "span", &[("class", "between"), ("role", "group"), ("aria-label", &choice.label)]);
                for (word, name) in [(FROM, self.pick("De", "From")), (TO, self.pick("à", "to"))] {
                    html.push_str("<label>");
                    html.push_str(name);
                    open(html, "select", &[("data-choose", word)]);
                    self.options(choice, false, html);
                    html.push_str("</select></label>");
                }
                html.push_str("</span>");
            }
            Way::Any => {
                html.push_str("<details class=\"any\">");
                element(html, "summary", &choice.label);
                open(html, "div", &[("role", "group"), ("aria-label", &choice.label)]);
                for (value, label) in &choice.values {
                    html.push_str("<label>");
                    let value = [&choice.name, "=", value].concat();
                    open(html, "input", &[("type", "checkbox"), ("data-choose", FILTER), ("data-value", &value)]);
                    escape(label, html);
                    html.push_str("</label>");
                }
                html.push_str("</div></details>");
            }
        }
    }

    fn options(&self, choice: &Choice, has_name: bool, html: &mut String) {
        for (value, label) in &choice.values {
            let value = if has_name { [&choice.name, "=", value].concat() } else { value.clone() };
            open(html, "option", &[("value", &value)]);
            escape(label, html);
            html.push_str("</option>");
        }
    }

    /// What is chosen, in words: `commune : Tournus ; 2019 à 2024 ; axe : tout`.
    pub(super) fn state(&self) -> String {
        let words = self.choices.iter().map(|choice| {
            let said = choice.say(&choice.chosen(self.view), self.lang);
            // dates say what they are
            if choice.way == Way::Between { said } else { [&choice.label, self.pick("\u{a0}: ", ": "), &said].concat() }
        });
        words.collect::<Vec<_>>().join(self.pick(" ; ", "; "))
    }

    /// What is chosen, the way back to all, and the index.
    pub(super) fn rows(&self) -> String {
        let mut html = String::new();
        let state = self.state();
        if self.env.is_still {
            let today = write_period(self.env.today, self.lang);
            let parts = [state, [self.pick("édité le ", "printed on "), &today].concat()];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            element(&mut html, "p class=\"count\"", &parts.join(" · "));
            return html;
        }
        if !state.is_empty() {
            open(&mut html, "p", &[("class", "count"), ("tabindex", "-1")]);
            element(&mut html, "span", &state);
            let button = |html: &mut String, name: &str, value: &str, words: &str| {
                open(html, "button", &[("type", "button"), (name, value), ("data-at", value)]);
                html.push_str(words);
                html.push_str("</button>");
            };
            button(&mut html, "data-choose", "tout", self.pick("Revenir au départ", "Back to the start"));
            if self.has_link {
                button(
                    &mut html,
                    "data-do",
                    "link",
                    self.pick("Copier le lien de cette vue", "Copy a link to this view"),
                );
                html.push_str("<span aria-live=\"polite\" data-said></span>");
            }
            html.push_str("</p>");
        }
        open(&mut html, "p", &[("class", "count")]);
        open(&mut html, "button", &[("type", "button"), ("data-choose", MEETING), ("data-at", "")]);
        html.extend([self.pick("Mode séance", "Meeting mode"), "</button>"]);
        element(&mut html, "span aria-live=\"polite\" class=\"kept\"", "");
        html.push_str("</p>");
        if self.titles.len() >= LEAST_INDEX {
            open(&mut html, "nav", &[("aria-label", self.pick("Sommaire du tableau de bord", "Index of the board"))]);
            html.push_str("<ol class=\"index\">");
            for (idx, title) in self.titles.iter().enumerate() {
                let idx = idx.to_string();
                html.push_str("<li>");
                open(
                    &mut html,
                    "button",
                    &[("type", "button"), ("data-choose", "aller"), ("data-value", &idx), ("data-at", &idx)],
                );
                escape(title, &mut html);
                html.push_str("</button></li>");
            }
            html.push_str("</ol></nav>");
        }
        html
    }
}
