//! What background work tells the consoles: messages that LINE took or refused, files that came,
//! names that were found.

use super::change::{
    conversation_changed, message_changed, only_conversation_changed, stored_conversation,
    stored_message,
};
use crate::db::outbox::ChangedMessage;
use crate::db::{Conn, DbError};
use crate::protocol::ConversationId;
use crate::realtime::Publication;

/// The events for messages of one conversation that this transaction changed.
pub(crate) async fn tell_messages(
    conn: &mut Conn<'_>,
    conversation: ConversationId,
    changed: &[ChangedMessage],
) -> Result<Vec<Publication>, DbError> {
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let conversation = stored_conversation(conn, conversation).await?;
    let mut told = Vec::with_capacity(changed.len() + 1);
    for change in changed {
        let message = stored_message(conn, change.message).await?;
        told.push(message_changed(&conversation.room, message, None));
    }
    told.push(conversation_changed(&conversation, None));
    Ok(told)
}

/// The events for a conversation that this transaction changed, and for messages in it.
pub(crate) async fn tell_conversation(
    conn: &mut Conn<'_>,
    conversation: ConversationId,
    changed: &[ChangedMessage],
) -> Result<Vec<Publication>, DbError> {
    if changed.is_empty() {
        let conversation = stored_conversation(conn, conversation).await?;
        return Ok(vec![only_conversation_changed(&conversation, None)]);
    }
    tell_messages(conn, conversation, changed).await
}
