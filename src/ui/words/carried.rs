//! How texts get to the browser: the page carries those of its language, and nothing else does.
//!
//! The server writes the groups that a page needs into an element of the page, one text a line.
//! The browser reads that once; a text is then a place in an array.

#[cfg(feature = "ssr")]
use super::{Lang, use_lang};

/// The element that holds the texts.
pub(crate) const ELEMENT: &str = "texts";

/// Most texts of one group, so that the browser has one type for all groups.
pub(crate) const MOST: usize = 192;

/// The texts of one group in one language, in the order of their lines.
#[cfg(feature = "ssr")]
pub(crate) type Slots = [&'static str];
/// The texts of one group in the page's language, in the order of their lines.
#[cfg(not(feature = "ssr"))]
pub(crate) type Slots = [&'static str; MOST];

/// What [`super::texts!`] makes of the texts of one part of the screen.
pub(crate) trait Group: Copy {
    /// The module's path: the same on both sides.
    const NAME: &'static str;
    /// What each text is called.
    #[cfg(feature = "ssr")]
    const TEXTS: &'static [&'static str] = &[];
    /// The tables, in the order of [`Lang`].
    #[cfg(feature = "ssr")]
    const TABLES: [&'static Slots; 4];

    /// The texts of one language.
    fn new(slots: &'static Slots) -> Self;
}

/// The texts of a part of the screen in the page's language.
#[cfg(feature = "ssr")]
pub(crate) fn use_texts<G: Group>() -> G {
    texts_in(use_lang())
}

/// The texts of a part of the screen in this language.
#[cfg(feature = "ssr")]
pub(crate) fn texts_in<G: Group>(lang: Lang) -> G {
    G::new(G::TABLES[lang as usize])
}

/// A group as a page carries it.
#[cfg(feature = "ssr")]
#[derive(Clone, Copy)]
pub(crate) struct Carried {
    /// The module's path.
    pub name: &'static str,
    tables: [&'static Slots; 4],
}

#[cfg(feature = "ssr")]
impl Carried {
    /// The texts of `G`.
    pub(crate) const fn of<G: Group>() -> Self {
        Self {
            name: G::NAME,
            tables: G::TABLES,
        }
    }
}

/// The content of the page's element: each group's name and then its texts, one a line; an empty
/// line between groups. No text holds a line break or a `<`: [`super::check`] sees to that.
#[cfg(feature = "ssr")]
pub(crate) fn to_script(groups: &[Carried], lang: Lang) -> String {
    let group = |group: &Carried| {
        let texts = group.tables[lang as usize].join("\n");
        format!("{}\n{texts}", group.name)
    };
    groups.iter().map(group).collect::<Vec<_>>().join("\n\n")
}

/// The texts of a part of the screen in the page's language.
#[cfg(not(feature = "ssr"))]
pub(crate) fn use_texts<G: Group>() -> G {
    G::new(carried(G::NAME))
}

/// A group of the page; read at the first call and kept as long as the page.
#[cfg(not(feature = "ssr"))]
fn carried(name: &str) -> &'static Slots {
    use std::sync::OnceLock;

    /// For a page without the group, which the server does not write.
    static NONE: Slots = [""; MOST];
    static GROUPS: OnceLock<Vec<(&str, &Slots)>> = OnceLock::new();

    let groups = GROUPS.get_or_init(|| {
        let element = leptos::prelude::document().get_element_by_id(ELEMENT);
        let content = element.and_then(|element| element.text_content());
        let content: &'static str = content.unwrap_or_default().leak();
        let group = |group: &'static str| {
            let (name, texts) = group.split_once('\n').unwrap_or_default();
            let mut slots = Box::new(NONE);
            for (slot, text) in slots.iter_mut().zip(texts.split('\n')) {
                *slot = text;
            }
            (name, &*Box::leak(slots))
        };
        content.split("\n\n").map(group).collect()
    });
    let found = groups.iter().find(|(known, _)| *known == name);
    found.map_or(&NONE, |(_, slots)| *slots)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::super::Shared;
    use super::*;

    #[test]
    fn a_page_carries_each_group_by_name_one_text_a_line() {
        let script = to_script(
            &[Carried::of::<Shared>(), Carried::of::<Shared>()],
            Lang::Ja,
        );
        let groups: Vec<_> = script.split("\n\n").collect();
        assert_eq!(groups.len(), 2);
        let mut lines = groups[0].lines();
        assert_eq!(lines.next(), Some("sala::ui::words::shared"));
        assert!(lines.any(|line| line == "キャンセル"), "{script}");
    }
}
