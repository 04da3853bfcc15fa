//! What the outbox and the fetchers need from the rest of the house: LINE in a channel's name,
//! and someone to tell about what changed.

use futures_util::future::BoxFuture;

use crate::db::outbox::ChangedMessage;
use crate::line::LineChannel;
use crate::protocol::{ChannelId, ConversationId};

/// Gives access to LINE.
pub trait LineAccess: Send + Sync {
    /// LINE in the channel's name, with its present credentials; `None` when there is no such
    /// channel or its credentials cannot be read.
    fn line(&self, channel: ChannelId) -> BoxFuture<'_, Option<LineChannel>>;
}

/// Hears of changes after they were committed, to publish them.
pub trait Changes: Send + Sync {
    /// Messages changed, and with each its conversation. In the order of their `rev`.
    fn messages_changed(&self, changed: Vec<ChangedMessage>) -> BoxFuture<'_, ()>;

    /// Something else about a conversation changed, such as the contact's name.
    fn conversation_changed(&self, conversation: ConversationId) -> BoxFuture<'_, ()>;

    /// LINE no longer takes the channel's access token: its messages wait.
    fn channel_paused(&self, channel: ChannelId, reason: String) -> BoxFuture<'_, ()>;

    /// LINE takes the channel's access token again.
    fn channel_resumed(&self, channel: ChannelId) -> BoxFuture<'_, ()>;
}
