//! What stands in an XML file, element by element?

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element that begins, one that ends, or text.
pub(crate) enum Node<'a> {
    /// With whether it is empty: it has no end of its own.
    Start(Element<'a>, bool),
    End(String),
    Text(String),
}

/// The tag of an element.
pub(crate) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> String {
        self.0.local_name().as_ref().to_string()
    }

    /// The value of an attribute, its prefix left out: `r:id` is `id`.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let attribute = self.0.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
    }

    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }
}

/// A file being read.
pub(crate) struct Nodes<'a>(Reader<&'a [u8]>);

impl<'a> Nodes<'a> {
    pub(crate) fn of(xml: &'a str) -> Nodes<'a> {
        Nodes(Reader::from_str(xml.trim_start_matches('\u{feff}')))
    }
}

impl<'a> Iterator for Nodes<'a> {
    type Item = Node<'a>;

    /// What follows; nothing at the end, or where the file is damaged.
    fn next(&mut self) -> Option<Node<'a>> {
        loop {
            return Some(match self.0.read_event().ok()? {
                Event::Start(start) => Node::Start(Element(start), false),
                Event::Empty(start) => Node::Start(Element(start), true),
                Event::End(end) => Node::End(end.local_name().as_ref().to_string()),
                Event::Text(text) => Node::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Node::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(letter)) => Node::Text(letter.to_string()),
                    _ => Node::Text(entity(&name.xml10_content()).to_string()),
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
