//! Closes chats in which nobody writes any more, by the team's rule (`auto_close`), and tells their
//! customers before, where that is wished.

use super::ServiceError;
use super::automatic::{Automatic, Chat};
use super::change::{conversation_changed, stored_conversation};
use super::fired::Fired;
use super::sessions::by_rule;
use super::team_settings::{TeamSection, stored};
use crate::db::timers::{DueTimer, Silence, TimerKind};
use crate::db::{Conn, DbError};
use crate::protocol::team_settings::AutoClose;
use crate::protocol::{SessionState, Timestamp};

/// What follows from a silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// It has lasted long enough.
    Act,
    /// It is looked at again then.
    Again(Timestamp),
    /// There is nothing to do.
    Forget,
}

/// Since when the chat is silent, where it can be closed at all.
fn silent_since(silence: &Silence) -> Option<Timestamp> {
    let SessionState::Active { .. } = silence.state else {
        return None;
    };
    let since = silence.snoozed_until.unwrap_or(silence.activity_at);
    Some(since.max(silence.activity_at))
}

fn at(due: Timestamp, now: Timestamp) -> Step {
    if due > now {
        Step::Again(due)
    } else {
        Step::Act
    }
}

/// Whether this silence ends the chat at this moment.
fn closes(rule: &AutoClose, silence: &Silence, now: Timestamp) -> Step {
    let (Some(after_ms), Some(since)) = (rule.after_ms(), silent_since(silence)) else {
        return Step::Forget;
    };
    // Whoever waits for us is not sent away.
    if rule.only_if_answered && silence.waiting_since.is_some() {
        return Step::Again(now.plus_ms(after_ms));
    }
    at(since.plus_ms(after_ms), now)
}

/// Whether the customer is told at this moment that this silence will end the chat; once for each
/// silence, and never whoever waits for us.
fn warns(rule: &AutoClose, silence: &Silence, now: Timestamp) -> Step {
    let (Some(after_ms), Some(since)) = (rule.warns_after_ms(), silent_since(silence)) else {
        return Step::Forget;
    };
    let is_told = silence.warned_at.is_some_and(|at| at >= since);
    if silence.waiting_since.is_some() || is_told {
        return Step::Again(now.plus_ms(after_ms));
    }
    at(since.plus_ms(after_ms), now)
}

/// Looks at the chat of a timer that is due, and does what the rule says.
///
/// # Errors
/// [`DbError::Conflict`] when another node was faster or the chat has moved on meanwhile.
pub(super) async fn fire(
    conn: &mut Conn<'_>,
    timer: DueTimer,
    automatic: &Automatic,
) -> Result<Fired, ServiceError> {
    let id = timer.conversation;
    let (_, rule) = stored::<AutoClose>(conn, TeamSection::AutoClose).await?;
    let now = conn.database_now().await?;
    let Some(silence) = conn.silence(id).await? else {
        return Ok(Fired::default());
    };
    let step = match timer.kind {
        TimerKind::Close => closes(&rule, &silence, now),
        TimerKind::Warn => warns(&rule, &silence, now),
        // Not one of those that wait for a silence.
        TimerKind::Survey | TimerKind::Target => Step::Forget,
    };
    match step {
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
        Step::Act => match timer.kind {
            TimerKind::Close => close(conn, timer, silence, now).await,
            TimerKind::Warn => warn(conn, timer, silence, &rule, automatic, now).await,
            TimerKind::Survey | TimerKind::Target => Ok(Fired::default()),
        },
    }
}

async fn close(
    conn: &mut Conn<'_>,
    timer: DueTimer,
    silence: Silence,
    now: Timestamp,
) -> Result<Fired, ServiceError> {
    let head = conn.begin_change(&silence.room, now).await?;
    let head = head.ok_or(ServiceError::RoomNotFound)?;
    take(conn, timer, &silence, now).await?;
    let publications = by_rule::close(conn, &head, silence.room, now).await?;
    Ok(Fired {
        moves_presence: true,
        writes: false,
        publications,
    })
}

async fn warn(
    conn: &mut Conn<'_>,
    timer: DueTimer,
    silence: Silence,
    rule: &AutoClose,
    automatic: &Automatic,
    now: Timestamp,
) -> Result<Fired, ServiceError> {
    let id = timer.conversation;
    conn.lock_conversation(id).await?;
    take(conn, timer, &silence, now).await?;
    // When somebody writes it begins anew.
    if let Some(after_ms) = rule.warns_after_ms() {
        conn.set_timer(id, timer.kind, now.plus_ms(after_ms))
            .await?;
    }
    let chat = Chat {
        conversation: id,
        channel: silence.channel,
        room: &silence.room,
        place: silence.activity_at,
    };
    let Some(warning) = &rule.warn else {
        return Ok(Fired::default());
    };
    let Some(told) = automatic.warn(conn, chat, &warning.texts, now).await? else {
        return Ok(Fired::default());
    };
    let conversation = stored_conversation(conn, id).await?;
    Ok(Fired {
        moves_presence: false,
        writes: true,
        publications: vec![told, conversation_changed(&conversation, None)],
    })
}

/// Takes the timer, if the chat is still as it was found: on PostgreSQL its row is ours only now.
async fn take(
    conn: &mut Conn<'_>,
    timer: DueTimer,
    silence: &Silence,
    now: Timestamp,
) -> Result<(), DbError> {
    let is_same = conn.silence(timer.conversation).await?.as_ref() == Some(silence);
    if is_same && conn.take_timer(timer, now).await? {
        Ok(())
    } else {
        Err(DbError::Conflict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::automatic::Translations;
    use crate::protocol::team_settings::Warning;
    use crate::protocol::{ChannelId, OperatorId, Room, SessionId};

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
            channel: ChannelId::generate(),
            snoozed_until: None,
            warned_at: None,
        }
    }

    const DAY: AutoClose = AutoClose {
        after_minutes: Some(24 * 60),
        only_if_answered: true,
        warn: None,
    };
    const NOW: Timestamp = Timestamp(0);

    #[test]
    fn only_a_silence_that_is_long_enough_closes() {
        assert_eq!(closes(&DAY, &silence(24), NOW), Step::Act);
        assert_eq!(
            closes(&DAY, &silence(23), NOW),
            Step::Again(Timestamp(HOUR_MS))
        );
        let off = AutoClose {
            after_minutes: None,
            ..DAY
        };
        assert_eq!(closes(&off, &silence(99), NOW), Step::Forget);
    }

    #[test]
    fn what_waits_for_us_is_not_closed() {
        let waits = Silence {
            waiting_since: Some(Timestamp(-30 * HOUR_MS)),
            ..silence(30)
        };
        assert_eq!(
            closes(&DAY, &waits, NOW),
            Step::Again(Timestamp(24 * HOUR_MS))
        );
        let any = AutoClose {
            only_if_answered: false,
            ..DAY
        };
        assert_eq!(closes(&any, &waits, NOW), Step::Act);
        let queued = Silence {
            state: SessionState::Waiting {
                session: SessionId::generate(),
            },
            ..waits
        };
        for rule in [&DAY, &any] {
            assert_eq!(closes(rule, &queued, NOW), Step::Forget);
        }
    }

    #[test]
    fn a_snoozed_chat_is_silent_from_when_it_comes_back() {
        let snoozed = Silence {
            snoozed_until: Some(Timestamp(HOUR_MS)),
            ..silence(30)
        };
        assert_eq!(
            closes(&DAY, &snoozed, NOW),
            Step::Again(Timestamp(25 * HOUR_MS))
        );
    }

    #[test]
    fn a_customer_is_told_once_for_each_silence_and_never_while_they_wait_for_us() {
        let rule = AutoClose {
            warn: Some(Warning {
                minutes_before: 60,
                texts: Translations::default(),
            }),
            ..DAY
        };
        let again = |hours: i64| Step::Again(Timestamp(hours * HOUR_MS));
        assert_eq!(warns(&rule, &silence(23), NOW), Step::Act);
        assert_eq!(warns(&rule, &silence(22), NOW), again(1));
        let warned = |hours: i64| Silence {
            warned_at: Some(Timestamp(-hours * HOUR_MS)),
            ..silence(23)
        };
        assert_eq!(warns(&rule, &warned(1), NOW), again(23));
        // In the silence before.
        assert_eq!(warns(&rule, &warned(24), NOW), Step::Act);
        let waits = Silence {
            waiting_since: Some(NOW),
            ..silence(30)
        };
        let any = AutoClose {
            only_if_answered: false,
            ..rule
        };
        assert_eq!(warns(&any, &waits, NOW), again(23));
        assert_eq!(warns(&DAY, &silence(30), NOW), Step::Forget);
    }
}
