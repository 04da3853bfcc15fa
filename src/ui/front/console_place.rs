//! Addresses of the console: `/?tab=mine`, `/c/conversation:U1?tab=mine`.

use crate::protocol::{Room, Tab};

/// What an address of the console names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ConsolePlace {
    /// The list.
    pub tab: Tab,
    /// The open conversation; absent also when the address names none that could exist.
    pub room: Option<Room>,
}

impl ConsolePlace {
    /// Reads an address of this site; `None` when it is not one of the console's.
    pub(crate) fn parse(address: &str) -> Option<Self> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let query = query.split_once('#').map_or(query, |(query, _)| query);
        let tab = query.split('&').find_map(|pair| pair.strip_prefix("tab="));
        let tab = Tab::ALL
            .into_iter()
            .find(|known| Some(known.as_str()) == tab);
        let room = match path {
            "/" => None,
            path => {
                let room = path.strip_prefix("/c/")?;
                room.replace("%3A", ":").replace("%3a", ":").parse().ok()
            }
        };
        Some(Self {
            tab: tab.unwrap_or_default(),
            room,
        })
    }

    /// The address. A room's text holds nothing that an address would have to escape.
    pub(crate) fn href(&self) -> String {
        let path = match &self.room {
            Some(room) => format!("/c/{room}"),
            None => "/".to_owned(),
        };
        if self.tab == Tab::default() {
            path
        } else {
            format!("{path}?tab={}", self.tab.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_back_as_they_were() {
        for href in [
            "/",
            "/?tab=waiting",
            "/c/conversation:U1",
            "/c/conversation:shop:C2?tab=closed",
        ] {
            let place = ConsolePlace::parse(href).expect("an address of the console");
            assert_eq!(place.href(), href);
        }
        let escaped = ConsolePlace::parse("/c/conversation%3AU1?lang=th").map(|place| place.href());
        assert_eq!(escaped.as_deref(), Some("/c/conversation:U1"));
        assert_eq!(
            ConsolePlace::parse("/c/nonsense?tab=x"),
            Some(ConsolePlace::default())
        );
        assert_eq!(ConsolePlace::parse("/login"), None);
        assert_eq!(ConsolePlace::parse("#thread"), None);
    }
}
