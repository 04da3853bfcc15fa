//! What scripts say: each part fetches its texts in the page's language when it is first asked for, by
//! their names, so that no page carries them. Server only.

#[expect(dead_code, reason = "the scripts read them by their names")]
mod alerts;
#[expect(dead_code, reason = "the script reads them by their names")]
mod customer;
#[expect(dead_code, reason = "the script reads them by their names")]
mod files;
#[expect(dead_code, reason = "the script reads them by their names")]
mod keys;
#[expect(dead_code, reason = "the script reads them by their names")]
mod lists;
#[expect(dead_code, reason = "the script reads them by their names")]
mod palette;
#[expect(dead_code, reason = "the script reads them by their names")]
mod search;
#[expect(dead_code, reason = "the script reads them by their names")]
mod trays;

use std::collections::BTreeMap;

use super::refusal;
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
    /// Filters, views, the selection and snoozing.
    Lists,
    /// Files to customers.
    Files,
    /// Stickers, emoji, and the lists that open while one types.
    Trays,
    /// The customer's panel.
    Customer,
    /// Alerts.
    Alerts,
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
            "lists" => Some(Self::Lists),
            "files" => Some(Self::Files),
            "trays" => Some(Self::Trays),
            "customer" => Some(Self::Customer),
            "alerts" => Some(Self::Alerts),
            _ => None,
        }
    }

    /// Everything it says.
    pub(crate) fn texts(self, lang: Lang) -> Said {
        let mut said = Said::new();
        if self != Self::Alerts {
            add::<Shared>(&mut said, lang);
        }
        match self {
            Self::Search => {
                add::<DateTexts>(&mut said, lang);
                add::<search::Texts>(&mut said, lang);
            }
            Self::Palette => add::<palette::Texts>(&mut said, lang),
            Self::Keys => add::<keys::Texts>(&mut said, lang),
            Self::Lists => {
                add::<DateTexts>(&mut said, lang);
                add::<lists::Texts>(&mut said, lang);
            }
            Self::Files => {
                add::<refusal::Texts>(&mut said, lang);
                add::<files::Texts>(&mut said, lang);
            }
            Self::Trays => add::<trays::Texts>(&mut said, lang),
            Self::Customer => add::<customer::Texts>(&mut said, lang),
            Self::Alerts => add::<alerts::Texts>(&mut said, lang),
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
