//! What the operator sees of the connection: its state, and what went wrong.

use std::time::Duration;

use leptos::prelude::*;

use super::{Link, alerts};
use crate::client::engine::LinkState;
use crate::client::store::{Connection, ToastKind, ToastText};
use crate::protocol::{ErrorCode, ErrorPayload, Room};

/// How long "all is here again" is shown.
const CAUGHT_UP: Duration = Duration::from_secs(3);

impl Link {
    /// A command was refused.
    pub(super) fn refused(&self, error: ErrorPayload) {
        let owner = error.operator.as_ref().map(|owner| owner.id);
        let is_mine = owner == Some(self.store.me.with_untracked(|me| me.id));
        // Claimed twice by oneself.
        if error.code != ErrorCode::AlreadyClaimed || !is_mine {
            self.failed(ToastText::Refused(error));
        }
    }

    /// A conversation is not there, or not for this operator.
    pub(super) fn gone(&self, room: &Room) {
        self.store.drop_thread(room);
        if self.store.open.get_untracked().as_ref() == Some(room) {
            self.store.open.set(None);
        }
        self.failed(ToastText::RoomGone);
    }

    /// Tells the operator that something did not work.
    pub(super) fn failed(&self, text: ToastText) {
        self.store.toast(ToastKind::Error, text);
    }

    pub(super) fn show(&self, state: LinkState) {
        let before = self.store.connection.get_untracked();
        let shown = match state {
            LinkState::Disconnected => Connection::Starting,
            LinkState::Connecting | LinkState::Authenticating if before == Connection::Starting => {
                Connection::Starting
            }
            LinkState::Connecting | LinkState::Authenticating => Connection::Connecting,
            LinkState::Connected { resumed: false } if before == Connection::Starting => {
                Connection::Live
            }
            LinkState::Connected { .. } => Connection::CaughtUp,
            LinkState::Reconnecting { at } => Connection::Reconnecting {
                retry_at: self.server_time(at),
            },
            LinkState::Offline => Connection::Offline,
            LinkState::Polling => Connection::Polling,
            LinkState::SignedOut => Connection::SignedOut,
        };
        self.store.connection.set(shown);
        alerts::connection(shown);
        if shown == Connection::CaughtUp {
            let connection = self.store.connection;
            set_timeout(
                move || {
                    if connection.try_get_untracked() == Some(Connection::CaughtUp) {
                        connection.set(Connection::Live);
                    }
                },
                CAUGHT_UP,
            );
        }
        if shown == Connection::SignedOut {
            go_to_login();
        }
    }
}

/// A full page load, so that nothing of this operator stays in memory.
pub(super) fn go_to_login() {
    // A browser that refuses to go there leaves the "signed out" state on the screen.
    let _ = window().location().assign("/login");
}
