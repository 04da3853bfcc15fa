//! On the server there is nothing to connect to: the state stays as it was rendered.

use crate::api::InboxCursor;
use crate::client::engine::Input;
use crate::client::outbox::{LocalFile, QueueFull};
use crate::client::store::Stretch;
use crate::client::{Console, Store};
use crate::protocol::message::SendMessage;
use crate::protocol::{ClientId, Room, Tab};

/// The way to the server, on the server: none.
#[derive(Clone, Debug)]
pub(crate) struct Link;

#[expect(
    clippy::unused_self,
    clippy::unnecessary_wraps,
    reason = "the browser's half has the same signatures"
)]
impl Link {
    pub(crate) fn new(_store: &Store) -> Self {
        Self
    }

    pub(crate) fn feed(&self, _input: Input) {}

    pub(crate) fn open(&self, _room: Option<Room>) {}

    pub(crate) fn send(
        &self,
        _message: SendMessage,
        _file: Option<LocalFile>,
    ) -> Result<(), QueueFull> {
        Ok(())
    }

    pub(crate) fn resend(&self, _client_id: ClientId) -> Result<(), QueueFull> {
        Ok(())
    }

    pub(crate) fn seen(&self, _room: &Room, _rev: i64) {}

    pub(crate) fn claim_next(&self, _console: Console) {}

    pub(crate) fn refresh_list(&self) {}

    pub(crate) fn load_more(&self, _tab: Tab, _next: Option<InboxCursor>) {}

    pub(crate) fn load_stretch(&self, _room: Room, _stretch: Stretch) {}

    pub(crate) fn sign_out(&self, _question: &str) {}
}
