//! What stands in an XML file, element by element?

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesEnd, BytesStart, Event};

/// An element that begins, one that ends, or text.
pub(crate) enum Node<'a> {
    /// With whether it is empty: it has no end of its own.
    Start(Element<'a>, bool),
    End(Ending<'a>),
    Text(Cow<'a, str>),
}

/// The tag of an element.
pub(crate) struct Element<'a>(BytesStart<'a>);

/// The tag that ends an element.
pub(crate) struct Ending<'a>(BytesEnd<'a>);

impl Ending<'_> {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

impl Element<'_> {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, its prefix left out: `r:id` is `id`.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let mut found = None;
        self.each(&mut |other, value| {
            if other == name {
                found = Some(value.to_string());
            }
        });
        found
    }

    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }

    /// Each attribute with its value.
    pub(crate) fn each(&self, hear: &mut dyn FnMut(&str, &str)) {
        let mut attributes = self.0.attributes();
        // names that come twice are not looked for: in a sheet of a million cells that takes a third of the time
        attributes.with_checks(false);
        for attribute in attributes.flatten() {
            if let Ok(value) = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
                hear(attribute.key.local_name().into_inner(), &value);
            }
        }
    }
}

/// A file being read.
pub(crate) struct Nodes<'a> {
    reader: Reader<&'a [u8]>,
    is_broken: bool,
}

impl<'a> Nodes<'a> {
    pub(crate) fn of(xml: &'a str) -> Nodes<'a> {
        let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
        // `Eau & gaz`, as programs that know no XML write it
        reader.config_mut().allow_dangling_amp = true;
        Nodes { reader, is_broken: false }
    }

    /// Whether the file was read to its end: what a broken one holds is known in part only.
    pub(crate) fn is_whole(&self) -> bool {
        !self.is_broken
    }

    /// What follows; nothing at the end, or where the file is broken.
    pub(crate) fn next(&mut self) -> Option<Node<'a>> {
        loop {
            let Ok(event) = self.reader.read_event() else {
                self.is_broken = true;
                return None;
            };
            return Some(match event {
                Event::Start(start) => Node::Start(Element(start), false),
                Event::Empty(start) => Node::Start(Element(start), true),
                Event::End(end) => Node::End(Ending(end)),
                Event::Text(text) => Node::Text(text.xml10_content()),
                Event::CData(text) => Node::Text(text.xml10_content()),
                Event::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(letter)) => Node::Text(letter.to_string().into()),
                    _ => Node::Text(entity(&name.xml10_content()).into()),
                },
                Event::Eof => return None,
                _ => continue,
            });
        }
    }
}

fn entity(name: &str) -> &'static str {
    match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}
