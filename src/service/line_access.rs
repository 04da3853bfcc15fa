//! What the outbox, the fetchers and the animation need of channels: LINE in a channel's name.

use futures_util::future::BoxFuture;

use crate::line::LineChannel;
use crate::protocol::ChannelId;

/// Gives access to LINE.
pub trait LineAccess: Send + Sync {
    /// LINE in the channel's name, with its present credentials; `None` when there is no such
    /// channel or its credentials cannot be read.
    fn line(&self, channel: ChannelId) -> BoxFuture<'_, Option<LineChannel>>;
}
