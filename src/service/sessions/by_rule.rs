//! What a rule of the team's does with a chat, and nobody by hand.

use super::Deed;
use super::written::{Around, write_down};
use crate::db::Conn;
use crate::db::conversations::ConversationHead;
use crate::protocol::message::{EventLine, EventName};
use crate::protocol::{OperatorRef, Room, Timestamp};
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
        line: line(EventName::Closed, None, None),
        text: "This chat was closed by itself, since nobody wrote any more.".to_owned(),
        session: None,
    };
    tell(conn, head, room, deed, now).await
}

/// Says that a chat was given to somebody, which this transaction has done.
///
/// # Errors
/// When the store fails.
pub(in crate::service) async fn assigned(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    room: Room,
    to: OperatorRef,
    now: Timestamp,
) -> Result<Vec<Publication>, ServiceError> {
    let text = format!("This chat was assigned to {} automatically.", to.name);
    let deed = Deed {
        action: "session.assign",
        line: line(EventName::Assigned, None, Some(to)),
        text,
        session: None,
    };
    tell(conn, head, room, deed, now).await
}

/// Says that a chat went back to the queue since its owner is gone, which this transaction has done.
///
/// # Errors
/// When the store fails.
pub(in crate::service) async fn given_back(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    room: Room,
    owner: OperatorRef,
    now: Timestamp,
) -> Result<Vec<Publication>, ServiceError> {
    let text = format!(
        "{} is offline, so this chat went back into the queue.",
        owner.name
    );
    let deed = Deed {
        action: "session.left_waiting",
        line: line(EventName::LeftWaiting, Some(owner), None),
        text,
        session: None,
    };
    tell(conn, head, room, deed, now).await
}

/// The line that tells what a rule did: of whose chat, and who has it now.
fn line(name: EventName, operator: Option<OperatorRef>, to: Option<OperatorRef>) -> EventLine {
    EventLine {
        name,
        operator,
        to,
        note: None,
        detail: None,
    }
}

/// Writes down what a rule did; answers what the consoles are told.
async fn tell(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    room: Room,
    deed: Deed,
    now: Timestamp,
) -> Result<Vec<Publication>, ServiceError> {
    let around = Around {
        room,
        // Whom a rule takes a chat from stands in its line.
        from: deed.line.operator.clone(),
        origin: None,
        now,
    };
    let done = write_down(conn, head, deed, around, None).await?;
    Ok(done.publications)
}
