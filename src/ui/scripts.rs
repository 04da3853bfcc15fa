//! What the scripts say that have a pane or a dialog of their own: they fetch it in the page's language
//! when they are first asked for, so that no page carries it. Server only.

#[expect(dead_code, reason = "the script reads them by their names")]
mod keys;
#[expect(dead_code, reason = "the script reads them by their names")]
mod palette;
#[expect(dead_code, reason = "the script reads them by their names")]
mod search;

use std::collections::BTreeMap;

use super::settings::Section;
use super::words::{DateTexts, Group, Lang, Shared, texts_in};
use crate::protocol::Role;

/// The parts that have texts, by the names in their addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SaidBy {
    /// The search.
    Search,
    /// The palette.
    Palette,
    /// The list of keys.
    Keys,
}

/// Texts by their names.
pub(crate) type Said = BTreeMap<&'static str, &'static str>;

impl SaidBy {
    /// Of an address.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "search" => Some(Self::Search),
            "palette" => Some(Self::Palette),
            "keys" => Some(Self::Keys),
            _ => None,
        }
    }

    /// Everything it says.
    pub(crate) fn texts(self, lang: Lang) -> Said {
        let mut said = Said::new();
        add::<Shared>(&mut said, lang);
        match self {
            Self::Search => {
                add::<DateTexts>(&mut said, lang);
                add::<search::Texts>(&mut said, lang);
            }
            Self::Palette => add::<palette::Texts>(&mut said, lang),
            Self::Keys => add::<keys::Texts>(&mut said, lang),
        }
        said
    }
}

/// The pages that somebody may go to: title and address.
pub(crate) fn pages(role: Role, lang: Lang) -> Vec<(&'static str, String)> {
    let shared = texts_in::<Shared>(lang);
    let settings = Section::ALL
        .into_iter()
        .filter(|section| role >= section.role());
    let settings = settings.map(|section| (section.title(lang), section.href()));
    std::iter::once((shared.inbox(), "/".to_owned()))
        .chain(settings)
        .collect()
}

fn add<G: Group>(said: &mut Said, lang: Lang) {
    let texts = G::TABLES[lang as usize];
    said.extend(G::TEXTS.iter().copied().zip(texts.iter().copied()));
}
