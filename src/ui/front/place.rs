//! The one register of pages. What is to be known of a page before it is rendered is one `match`
//! here; what it shows first is fetched in `http::pages`. Server only: the browser goes no further
//! than [`ConsolePlace`] by itself.

use super::ConsolePlace;
use crate::protocol::Role;
use crate::ui::settings::{Section, title};
use crate::ui::words::Lang;

/// A page that has an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The console with one of its lists, and perhaps a chat.
    Console(ConsolePlace),
    /// The log-in.
    Login,
    /// The list of sections, or one of them.
    Settings(Option<Section>),
    /// Where one chooses a password, with the token that lets one.
    Invitation(String),
}

/// Who gets past the door of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// Those who are not signed in; others have no business there.
    Guests,
    /// Those who are signed in and have at least this role.
    Operators(Role),
    /// Whoever holds this token, signed in or not.
    Holder(String),
}

/// What the rail marks as the part of Sala that one is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RailEntry {
    /// The chats.
    Inbox,
    /// How Sala is set.
    Settings,
}

impl Place {
    /// The addresses of all places, as the router writes them. Whether one of them leads anywhere
    /// says [`Place::parse`].
    pub(crate) const ROUTES: [&str; 6] = [
        "/",
        "/c/{room}",
        "/login",
        "/settings",
        "/settings/{section}",
        "/invitation/{token}",
    ];

    /// Where pages were before, and where they are.
    pub(crate) const MOVED: [(&str, Self); 1] =
        [("/connections", Self::Settings(Some(Section::Connections)))];

    /// Reads an address of this site; `None` where there is nothing.
    pub(crate) fn parse(address: &str) -> Option<Self> {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        match path {
            "/login" => Some(Self::Login),
            "/settings" => Some(Self::Settings(None)),
            path => {
                if let Some(slug) = path.strip_prefix("/settings/") {
                    return Some(Self::Settings(Some(Section::parse(slug)?)));
                }
                match path.strip_prefix("/invitation/") {
                    Some("") => None,
                    Some(token) => Some(Self::Invitation(token.to_owned())),
                    None => Some(Self::Console(ConsolePlace::parse(address)?)),
                }
            }
        }
    }

    /// The address.
    pub(crate) fn href(&self) -> String {
        match self {
            Self::Console(place) => place.href(),
            Self::Login => "/login".to_owned(),
            Self::Settings(None) => "/settings".to_owned(),
            Self::Settings(Some(section)) => section.href(),
            Self::Invitation(token) => format!("/invitation/{token}"),
        }
    }

    /// What the window is called; the console counts what is unread in front of it.
    pub(crate) fn title(&self, lang: Lang) -> String {
        match self {
            // Nothing of whom it is for: whatever passes the link on shows the title.
            Self::Console(_) | Self::Login | Self::Invitation(_) => "Sala".to_owned(),
            Self::Settings(None) => format!("{} · Sala", title(lang)),
            Self::Settings(Some(section)) => {
                format!("{} · {} · Sala", section.title(lang), title(lang))
            }
        }
    }

    /// Who may see it.
    pub(crate) fn door(&self) -> Door {
        match self {
            Self::Console(_) | Self::Settings(None) => Door::Operators(Role::Operator),
            Self::Login => Door::Guests,
            Self::Settings(Some(section)) => Door::Operators(section.role()),
            Self::Invitation(token) => Door::Holder(token.clone()),
        }
    }

    /// Where the rail says that one is.
    pub(crate) fn rail(&self) -> Option<RailEntry> {
        match self {
            Self::Console(_) => Some(RailEntry::Inbox),
            Self::Login | Self::Invitation(_) => None,
            Self::Settings(_) => Some(RailEntry::Settings),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_by_its_own_address() {
        let mut places = vec![
            Place::Console(ConsolePlace::default()),
            Place::Login,
            Place::Settings(None),
            Place::Invitation("Zt8rLq2Vn5".to_owned()),
        ];
        places.extend(Section::ALL.map(|section| Place::Settings(Some(section))));
        for place in places {
            assert_eq!(Place::parse(&place.href()).as_ref(), Some(&place));
            let asked = format!("{}?lang=th", place.href());
            assert_eq!(Place::parse(&asked), Some(place), "{asked}");
        }
    }

    #[test]
    fn what_is_not_in_the_register_is_nowhere() {
        for nowhere in [
            "/nowhere",
            "/settings/",
            "/settings/acounts",
            "/login/x",
            "/invitation/",
            "",
            "x",
        ] {
            assert_eq!(Place::parse(nowhere), None, "{nowhere:?}");
        }
    }

    #[test]
    fn old_addresses_lead_to_places_and_are_none_themselves() {
        for (old, place) in Place::MOVED {
            assert_eq!(Place::parse(old), None, "{old}");
            assert_eq!(Place::parse(&place.href()), Some(place));
        }
    }
}
