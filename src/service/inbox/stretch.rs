//! A stretch of a conversation's history other than its end: around a message that was found, and
//! on from there.

use super::Inbox;
use crate::protocol::{
    Conversation, JOIN_LATEST, Message, MessageId, Room, ThreadCursor, ThreadPage,
};
use crate::service::ServiceError;
use crate::service::change::stored_conversation;

/// Messages on each side of one.
const AROUND: u32 = JOIN_LATEST / 2;

impl Inbox {
    /// A message with those before and behind it.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`]; [`ServiceError::NotFound`] for a message that the
    /// conversation does not have or that its operator took back.
    pub async fn thread_around(
        &self,
        room: &Room,
        message: MessageId,
    ) -> Result<ThreadPage, ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let id = self.find(&mut conn, room).await?;
        let place = conn.place_in(message, id).await?;
        let place = place.ok_or(ServiceError::NotFound("This chat has no such message."))?;
        let mut messages = conn.messages_before(id, Some(place), AROUND + 1).await?;
        let has_older = messages.len() > AROUND as usize;
        if has_older {
            messages.remove(0);
        }
        let mut behind = conn.messages_from(id, place, AROUND + 2).await?;
        let has_newer = behind.len() > AROUND as usize + 1;
        behind.truncate(AROUND as usize + 1);
        messages.extend(behind);
        let conversation = stored_conversation(&mut conn, id).await?;
        Ok(self.stretch(conversation, messages, has_older, has_newer))
    }

    /// The messages behind a place.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`].
    pub async fn thread_after(
        &self,
        room: &Room,
        after: &ThreadCursor,
    ) -> Result<ThreadPage, ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let id = self.find(&mut conn, room).await?;
        let place = after.order_key();
        // The message of that place comes along, unless it was taken back.
        let mut messages = conn.messages_from(id, place, JOIN_LATEST + 2).await?;
        messages.retain(|message| message.order_key() != place);
        let has_newer = messages.len() > JOIN_LATEST as usize;
        messages.truncate(JOIN_LATEST as usize);
        let conversation = stored_conversation(&mut conn, id).await?;
        Ok(self.stretch(conversation, messages, true, has_newer))
    }

    fn stretch(
        &self,
        conversation: Conversation,
        messages: Vec<Message>,
        has_older: bool,
        has_newer: bool,
    ) -> ThreadPage {
        let first = messages.first().filter(|_| has_older);
        let last = messages.last().filter(|_| has_newer);
        ThreadPage {
            older: first.map(ThreadCursor::of),
            newer: last.map(ThreadCursor::of),
            viewers: self.hub.viewers(&conversation.room),
            complete: true,
            conversation,
            messages,
        }
    }
}
