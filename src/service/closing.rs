//! Closes chats in which nobody writes any more, by the team's rule (`auto_close`).

use super::ServiceError;
use super::sessions::by_rule;
use super::team_settings::{TeamSection, stored};
use crate::db::timers::{DueTimer, Silence};
use crate::db::{Conn, DbError};
use crate::protocol::team_settings::AutoClose;
use crate::protocol::{SessionState, Timestamp};
use crate::realtime::Publication;

/// What a timer came to.
#[derive(Default)]
pub(super) struct Fired {
    /// Whether the chat is closed now.
    pub(super) is_closed: bool,
    /// What the consoles are told.
    pub(super) publications: Vec<Publication>,
}

/// What follows from a silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The chat is closed.
    Close,
    /// It is looked at again then.
    Again(Timestamp),
    /// There is nothing to close.
    Forget,
}

/// What follows from this silence at this moment.
fn step(rule: AutoClose, silence: &Silence, now: Timestamp) -> Step {
    let (Some(after_ms), SessionState::Active { .. }) = (rule.after_ms(), silence.state) else {
        return Step::Forget;
    };
    // Whoever waits for us is not sent away.
    if rule.only_if_answered && silence.waiting_since.is_some() {
        return Step::Again(now.plus_ms(after_ms));
    }
    let since = silence.snoozed_until.unwrap_or(silence.activity_at);
    let due = since.max(silence.activity_at).plus_ms(after_ms);
    if due > now {
        Step::Again(due)
    } else {
        Step::Close
    }
}

/// Looks at the chat of a timer that is due, and closes it where the rule says so.
///
/// # Errors
/// [`DbError::Conflict`] when another node was faster or the chat has moved on meanwhile.
pub(super) async fn fire(conn: &mut Conn<'_>, timer: DueTimer) -> Result<Fired, ServiceError> {
    let id = timer.conversation;
    let (_, rule) = stored::<AutoClose>(conn, TeamSection::AutoClose).await?;
    let now = conn.database_now().await?;
    let Some(silence) = conn.silence(id).await? else {
        return Ok(Fired::default());
    };
    match step(rule, &silence, now) {
        Step::Forget => {
            conn.take_timer(timer, now).await?;
            Ok(Fired::default())
        }
        Step::Again(at) => {
            if conn.take_timer(timer, now).await? {
                conn.set_timer(id, timer.kind, at).await?;
            }
            Ok(Fired::default())
        }
        Step::Close => {
            let head = conn.begin_change(&silence.room, now).await?;
            let head = head.ok_or(ServiceError::RoomNotFound)?;
            // On PostgreSQL the chat's row is ours only from here on.
            let is_same = conn.silence(id).await?.as_ref() == Some(&silence);
            if !is_same || !conn.take_timer(timer, now).await? {
                return Err(DbError::Conflict.into());
            }
            let publications = by_rule::close(conn, &head, silence.room, now).await?;
            Ok(Fired {
                is_closed: true,
                publications,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{OperatorId, Room, SessionId};

    const HOUR_MS: i64 = 3_600_000;

    fn silence(hours: i64) -> Silence {
        Silence {
            room: Room::new(
                "default".parse().expect("a name"),
                "U1".parse().expect("an id"),
            ),
            state: SessionState::Active {
                session: SessionId::generate(),
                owner: OperatorId::generate(),
            },
            activity_at: Timestamp(-hours * HOUR_MS),
            waiting_since: None,
            snoozed_until: None,
        }
    }

    const DAY: AutoClose = AutoClose {
        after_minutes: Some(24 * 60),
        only_if_answered: true,
    };
    const NOW: Timestamp = Timestamp(0);

    #[test]
    fn only_a_silence_that_is_long_enough_closes() {
        assert_eq!(step(DAY, &silence(24), NOW), Step::Close);
        assert_eq!(
            step(DAY, &silence(23), NOW),
            Step::Again(Timestamp(HOUR_MS))
        );
        let off = AutoClose {
            after_minutes: None,
            ..DAY
        };
        assert_eq!(step(off, &silence(99), NOW), Step::Forget);
    }

    #[test]
    fn what_waits_for_us_is_not_closed() {
        let waits = Silence {
            waiting_since: Some(Timestamp(-30 * HOUR_MS)),
            ..silence(30)
        };
        assert_eq!(step(DAY, &waits, NOW), Step::Again(Timestamp(24 * HOUR_MS)));
        let any = AutoClose {
            only_if_answered: false,
            ..DAY
        };
        assert_eq!(step(any, &waits, NOW), Step::Close);
        let queued = Silence {
            state: SessionState::Waiting {
                session: SessionId::generate(),
            },
            ..waits
        };
        for rule in [DAY, any] {
            assert_eq!(step(rule, &queued, NOW), Step::Forget);
        }
    }

    #[test]
    fn a_snoozed_chat_is_silent_from_when_it_comes_back() {
        let snoozed = Silence {
            snoozed_until: Some(Timestamp(HOUR_MS)),
            ..silence(30)
        };
        assert_eq!(
            step(DAY, &snoozed, NOW),
            Step::Again(Timestamp(25 * HOUR_MS))
        );
    }
}
