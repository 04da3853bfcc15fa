//! Taking a chat: one that waits, or one that was closed by mistake.

use super::{Deed, event_line, owner_of};
use crate::db::Conn;
use crate::db::conversations::ConversationHead;
use crate::protocol::message::EventName;
use crate::protocol::time::DAY_MS;
use crate::protocol::{Mode, Operator, SessionId, SessionState, Timestamp};
use crate::service::ServiceError;

/// How long after its closing a chat can be opened again by an operator.
const REOPEN_MS: i64 = DAY_MS;

/// Gives the chat to the operator, if it can be had.
pub(super) async fn claim(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    operator: &Operator,
    now: Timestamp,
) -> Result<Deed, ServiceError> {
    // Their sockets may live a moment longer than their leave to sign in.
    if conn.taker(operator.id).await?.is_none() {
        Err(ServiceError::Forbidden)
    } else if conn.claim_session(head.id, operator.id, now).await? {
        Ok(claimed(operator, None))
    } else if head.mode == Mode::Bot {
        // Whoever takes it from the bot answers from now on.
        conn.set_mode(head.id, Mode::Human).await?;
        let session = conn.open_session(head.id, now).await?;
        conn.assign_session(head.id, operator.id, now).await?;
        Ok(claimed(operator, Some(session)))
    } else if may_reopen(conn, head, now).await? {
        reopen(conn, head, operator, now).await
    } else {
        Err(not_claimable(conn, head).await?)
    }
}

fn claimed(operator: &Operator, session: Option<SessionId>) -> Deed {
    Deed {
        action: "session.claim",
        line: event_line(EventName::Claimed, operator, None, None),
        text: format!("{} claimed this chat.", operator.name),
        session,
    }
}

/// Whether the chat was closed so lately that closing it may have been a mistake.
async fn may_reopen(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    now: Timestamp,
) -> Result<bool, ServiceError> {
    let SessionState::Closed { session: last } = head.state else {
        return Ok(false);
    };
    let closed_at = conn.session(last).await?.and_then(|last| last.closed_at);
    Ok(closed_at.is_some_and(|at| now.since(at) <= REOPEN_MS))
}

async fn reopen(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    operator: &Operator,
    now: Timestamp,
) -> Result<Deed, ServiceError> {
    let session = conn.open_session(head.id, now).await?;
    conn.assign_session(head.id, operator.id, now).await?;
    Ok(Deed {
        action: "session.reopen",
        line: event_line(EventName::Reopened, operator, None, None),
        text: format!("{} opened this chat again.", operator.name),
        session: Some(session),
    })
}

async fn not_claimable(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
) -> Result<ServiceError, ServiceError> {
    Ok(match head.state {
        SessionState::Active { .. } => ServiceError::AlreadyClaimed(owner_of(conn, head).await?),
        SessionState::None | SessionState::Waiting { .. } | SessionState::Closed { .. } => {
            ServiceError::SessionNotFound
        }
    })
}
