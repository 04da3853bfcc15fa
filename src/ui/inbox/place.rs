//! Addresses of the console: `/?tab=mine`, `/c/conversation:U1?tab=mine`.

use crate::protocol::{Room, Tab};

/// What an address of the console names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The list.
    pub tab: Tab,
    /// The open conversation; absent also when the address names none that could exist.
    pub room: Option<Room>,
}

impl Place {
    /// Reads the path and the value of `?tab=`.
    pub(crate) fn parse(path: &str, tab: Option<&str>) -> Self {
        Self {
            tab: Tab::ALL
                .into_iter()
                .find(|known| Some(known.as_str()) == tab)
                .unwrap_or_default(),
            room: path
                .strip_prefix("/c/")
                .and_then(|room| room.replace("%3A", ":").replace("%3a", ":").parse().ok()),
        }
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
            let (path, tab) = href.split_once("?tab=").unwrap_or((href, "all"));
            assert_eq!(Place::parse(path, Some(tab)).href(), href);
        }
        let escaped = Place::parse("/c/conversation%3AU1", None);
        assert_eq!(escaped.href(), "/c/conversation:U1");
        assert_eq!(Place::parse("/c/nonsense", Some("x")), Place::default());
    }
}
