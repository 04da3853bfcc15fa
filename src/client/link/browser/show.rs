//! What the operator sees of the connection: its state, and what went wrong.

use std::time::Duration;

use leptos::prelude::*;

use super::Link;
use crate::client::engine::{LinkState, Output};
use crate::client::store::{Connection, ToastKind, ToastText};
use crate::protocol::ErrorCode;

/// How long "all is here again" is shown.
const CAUGHT_UP: Duration = Duration::from_secs(3);

impl Link {
    /// What the operator is to be told.
    pub(super) fn tell(&self, output: Output) {
        let text = match output {
            Output::Refused { error, .. }
                if error.code == ErrorCode::AlreadyClaimed
                    && error.operator.as_ref().map(|o| o.id)
                        == Some(self.store.me.with_untracked(|me| me.id)) =>
            {
                return;
            }
            Output::Refused {
                command,
                room,
                error,
            } => ToastText::Refused {
                command,
                room,
                error,
            },
            Output::Unanswered { command, room } => ToastText::Unanswered { command, room },
            Output::Gone(room) => {
                self.store.drop_thread(&room);
                if self.store.open.get_untracked().as_ref() == Some(&room) {
                    self.store.open.set(None);
                }
                ToastText::RoomGone { room }
            }
            _ => return,
        };
        self.store.toast(ToastKind::Error, text);
    }

    pub(super) fn show(&self, state: LinkState) {
        let before = self.store.connection.get_untracked();
        let shown = match state {
            LinkState::Disconnected => Connection::Starting,
            LinkState::Connecting | LinkState::Authenticating => match before {
                Connection::Starting => Connection::Starting,
                _ => Connection::Connecting,
            },
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
