//! What a rule of the team's does with a chat, and nobody by hand.

use super::Deed;
use super::written::{Around, write_down};
use crate::db::Conn;
use crate::db::conversations::ConversationHead;
use crate::protocol::message::{EventLine, EventName};
use crate::protocol::{Room, Timestamp};
use crate::realtime::Publication;
use crate::service::ServiceError;

/// Closes a chat in which nobody writes any more; answers what the consoles are told.
///
/// # Errors
/// [`ServiceError::SessionNotFound`] when it is not open.
pub(in crate::service) async fn close(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    room: Room,
    now: Timestamp,
) -> Result<Vec<Publication>, ServiceError> {
    if !conn.close_session(head.id, now).await? {
        return Err(ServiceError::SessionNotFound);
    }
    let deed = Deed {
        action: "session.close_by_rule",
        line: EventLine {
            name: EventName::Closed,
            operator: None,
            to: None,
            note: None,
            detail: None,
        },
        text: "This chat was closed by itself, since nobody wrote any more.".to_owned(),
        session: None,
    };
    let around = Around {
        room,
        from: None,
        origin: None,
        now,
    };
    let done = write_down(conn, head, deed, around, None).await?;
    Ok(done.publications)
}
