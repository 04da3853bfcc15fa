//! Whether something is written by itself, and what sending it may use up: a function of what is
//! found.

use uuid::Uuid;

use crate::db::automatic::{Cause, FreeReply, Means, Scene};
use crate::protocol::automatic::Occasion;
use crate::protocol::time::DAY_MS;
use crate::protocol::{ContactKind, Mode, Timestamp};

const MINUTE_MS: i64 = 60 * 1_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// For so long after an answer nobody is told that nobody answers.
pub(super) const ANSWERED_MS: i64 = HOUR_MS;

/// What is so around the chat.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    /// Whether the account is open.
    pub(super) is_open: bool,
    /// Whether somebody is online who may take the chat.
    pub(super) is_anybody_there: bool,
    /// The reply token that came with what happened.
    pub(super) token: Option<Uuid>,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judged {
    /// Nothing.
    Nothing,
    /// The text is written, and sending it may use this up.
    Say(Means),
}

/// How long after one message the next one comes because of the same.
const fn pause_ms(cause: Cause) -> i64 {
    match cause {
        Cause::Occasion(Occasion::Greeting) | Cause::Survey => DAY_MS,
        Cause::Occasion(Occasion::Away) => 4 * HOUR_MS,
        // A chat that is passed from hand to hand, or closed by mistake and once more.
        Cause::Occasion(Occasion::HandedOver | Occasion::Closed) => 10 * MINUTE_MS,
        // Timer and button see to that.
        Cause::Warning | Cause::Thanks => 0,
    }
}

/// Which free reply may be taken without taking it from a person's answer.
fn free_reply(cause: Cause, around: Around) -> FreeReply {
    match cause {
        Cause::Occasion(Occasion::Greeting) | Cause::Thanks => {
            around.token.map_or(FreeReply::Nobody, FreeReply::Only)
        }
        // Nobody is about to answer.
        Cause::Occasion(Occasion::Away | Occasion::Closed) | Cause::Survey => FreeReply::Any,
        Cause::Occasion(Occasion::HandedOver) | Cause::Warning => {
            if around.is_open && around.is_anybody_there {
                FreeReply::Nobody
            } else {
                FreeReply::Any
            }
        }
    }
}

/// Whether something is written at this moment; `spends` where it may cost something.
pub(super) fn judge(
    cause: Cause,
    spends: bool,
    scene: &Scene,
    around: Around,
    now: Timestamp,
) -> Judged {
    let is_said = |at: Timestamp| now.since(at) < pause_ms(cause);
    let is_due = match cause {
        Cause::Occasion(Occasion::Away) => {
            !around.is_open && scene.mode == Mode::Human && scene.answered_at.is_none()
        }
        Cause::Occasion(Occasion::Greeting | Occasion::HandedOver | Occasion::Closed)
        | Cause::Warning
        | Cause::Thanks => true,
        // Of a group nobody knows who presses.
        Cause::Survey => scene.kind == ContactKind::User,
    };
    if scene.blocked || scene.standby || !is_due || scene.said_at.is_some_and(is_said) {
        return Judged::Nothing;
    }
    let reply = free_reply(cause, around);
    let is_free = match reply {
        FreeReply::Any => scene.has_token,
        FreeReply::Only(_) => true,
        FreeReply::Nobody => false,
    };
    if !is_free && !spends {
        return Judged::Nothing;
    }
    Judged::Say(Means {
        reply,
        may_cost: spends,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_600_000_000);

    fn scene() -> Scene {
        Scene {
            language: None,
            is_unknown: false,
            kind: ContactKind::User,
            blocked: false,
            standby: false,
            session_id: None,
            mode: Mode::Human,
            activity_at: NOW,
            has_token: true,
            said_at: None,
            answered_at: None,
        }
    }

    fn closed() -> Around {
        Around {
            is_open: false,
            is_anybody_there: true,
            token: None,
        }
    }

    fn means(reply: FreeReply, may_cost: bool) -> Judged {
        Judged::Say(Means { reply, may_cost })
    }

    #[test]
    fn the_pause_between_two_is_kept() {
        for (occasion, minutes) in [
            (Occasion::Greeting, 24 * 60),
            (Occasion::Away, 4 * 60),
            (Occasion::HandedOver, 10),
            (Occasion::Closed, 10),
        ] {
            let around = Around {
                token: Some(Uuid::max()),
                ..closed()
            };
            let at = |ms: i64| {
                let said_at = Some(NOW.plus_ms(-ms));
                judge(
                    Cause::Occasion(occasion),
                    true,
                    &Scene { said_at, ..scene() },
                    around,
                    NOW,
                )
            };
            assert_eq!(at(minutes * MINUTE_MS - 1), Judged::Nothing, "{occasion:?}");
            assert_ne!(at(minutes * MINUTE_MS), Judged::Nothing, "{occasion:?}");
        }
    }

    #[test]
    fn that_nobody_is_there_is_said_only_where_it_is_so() {
        let said = |scene: Scene, around: Around| {
            let away = Cause::Occasion(Occasion::Away);
            judge(away, false, &scene, around, NOW) != Judged::Nothing
        };
        assert!(said(scene(), closed()));
        let open = Around {
            is_open: true,
            ..closed()
        };
        assert!(!said(scene(), open));
        for scene in [
            Scene {
                mode: Mode::Bot,
                ..scene()
            },
            Scene {
                answered_at: Some(NOW),
                ..scene()
            },
            Scene {
                blocked: true,
                ..scene()
            },
            Scene {
                standby: true,
                ..scene()
            },
            Scene {
                has_token: false,
                ..scene()
            },
        ] {
            assert!(!said(scene.clone(), closed()), "{scene:?}");
        }
    }

    #[test]
    fn a_free_reply_is_left_to_a_person_who_may_answer() {
        let there = Around {
            is_open: true,
            ..closed()
        };
        let alone = Around {
            is_anybody_there: false,
            ..there
        };
        let judged = |occasion, around, spends| {
            judge(Cause::Occasion(occasion), spends, &scene(), around, NOW)
        };
        let (any, nobody) = (FreeReply::Any, FreeReply::Nobody);
        for (occasion, around, free, paid) in [
            (
                Occasion::HandedOver,
                there,
                Judged::Nothing,
                means(nobody, true),
            ),
            (
                Occasion::HandedOver,
                alone,
                means(any, false),
                means(any, true),
            ),
            (
                Occasion::HandedOver,
                closed(),
                means(any, false),
                means(any, true),
            ),
            (Occasion::Closed, there, means(any, false), means(any, true)),
            (
                Occasion::Away,
                closed(),
                means(any, false),
                means(any, true),
            ),
            // Another event's token is not a greeting's.
            (
                Occasion::Greeting,
                there,
                Judged::Nothing,
                means(nobody, true),
            ),
        ] {
            assert_eq!(
                judged(occasion, around, false),
                free,
                "{occasion:?} {around:?}"
            );
            assert_eq!(
                judged(occasion, around, true),
                paid,
                "{occasion:?} {around:?}"
            );
        }
        let token = Uuid::max();
        let own = Around {
            token: Some(token),
            ..there
        };
        let greeted = judged(Occasion::Greeting, own, false);
        assert_eq!(greeted, means(FreeReply::Only(token), false));
    }
}
