//! Which page is shown and what it shows first: settled by the server, handed on inside the page.
//!
//! The server renders from a [`Page`] and writes it into the document; the browser reads it there
//! and renders the same. Nothing is fetched twice and nothing waits.

use serde::{Deserialize, Serialize};

use crate::api::ConsoleStart;
use crate::protocol::{ErrorCode, Room};

/// The element that holds the page's data.
pub(crate) const ELEMENT: &str = "page";

/// One page with its data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Page {
    /// `/login`.
    Login {
        /// Where to go after log-in: a path of this site.
        next: String,
        /// Why a form sent without script was refused.
        error: Option<ErrorCode>,
    },
    /// `/` and `/c/{room}`.
    Inbox {
        /// The conversation that the address names.
        room: Option<Room>,
        /// What the console shows first.
        start: Box<ConsoleStart>,
    },
    /// What the server said cannot be read.
    Failed,
}

#[cfg(feature = "ssr")]
impl Page {
    /// The page that is being rendered; the request's handler provides it as a context.
    pub(crate) fn current() -> Self {
        leptos::prelude::use_context().unwrap_or(Self::Failed)
    }

    /// As JSON that may stand inside a `<script>`.
    pub(crate) fn to_script(&self) -> String {
        // An empty element makes the browser show that the page failed, and reload.
        let json = serde_json::to_string(self).unwrap_or_default();
        json.replace('<', "\\u003c")
    }
}

#[cfg(not(feature = "ssr"))]
impl Page {
    /// The page that the server rendered.
    pub(crate) fn current() -> Self {
        let element = leptos::prelude::document().get_element_by_id(ELEMENT);
        element
            .and_then(|element| element.text_content())
            .and_then(|json| crate::protocol::reading::read(&json).ok())
            .unwrap_or(Self::Failed)
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_element() {
        let page = Page::Login {
            next: "/</script><script>".to_owned(),
            error: None,
        };
        let script = page.to_script();
        assert!(!script.contains('<'), "{script}");
        assert_eq!(serde_json::from_str::<Page>(&script).ok(), Some(page));
    }
}
