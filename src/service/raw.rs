//! What LINE sent, word by word, for those who look after the system.

use super::ServiceError;
use super::inbox::Inbox;
use crate::protocol::message::RawEvent;
use crate::protocol::{MessageId, Role, Room};

impl Inbox {
    /// LINE's JSON of the event that brought a message.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for all but administrators, [`ServiceError::RoomNotFound`],
    /// [`ServiceError::NotFound`] for a message that is not there, is ours, or was taken back.
    pub async fn raw_event(
        &self,
        role: Role,
        room: &Room,
        id: MessageId,
    ) -> Result<RawEvent, ServiceError> {
        if !role.may_administer() {
            return Err(ServiceError::Forbidden);
        }
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let conversation = self.find(&mut conn, room).await?;
        let json = conn.raw_event(id, conversation).await?;
        let json = json.ok_or(ServiceError::NotFound(
            "LINE sent no such message, or it was taken back.",
        ))?;
        Ok(RawEvent { json })
    }
}
