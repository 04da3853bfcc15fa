//! Where an operator stands: by what the rule of assignment and the dot in the team list go alike.

use crate::db::assignment::Taker;
use crate::protocol::team_settings::AssignmentRule;
use crate::protocol::{Presence, Timestamp};

/// What is known of an operator's being there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    /// What consoles say, and what was chosen.
    pub(super) seen: Presence,
    /// Whether one of their devices is told of what happens.
    pub(super) has_device: bool,
    /// For how long they have been gone, in milliseconds; 0 where that is only just noticed.
    pub(super) gone_ms: i64,
    /// For how long somebody who is gone keeps chats, where a rule says so.
    pub(super) keeps_ms: Option<i64>,
}

impl Standing {
    /// Where somebody stands at this moment, by what consoles say of them.
    pub(super) fn of(seen: Presence, rule: AssignmentRule, taker: &Taker, now: Timestamp) -> Self {
        Self {
            seen,
            has_device: taker.has_device,
            gone_ms: taker.gone_since.map_or(0, |since| now.since(since)),
            keeps_ms: rule.keeps_ms(),
        }
    }

    /// As colleagues see it. Somebody without a console whose phone is told is away for as long as
    /// they keep their chats, and gone after that.
    pub(super) fn shown(self) -> Presence {
        let reached = self.has_device && self.keeps_ms.is_some_and(|ms| self.gone_ms < ms);
        match self.seen {
            Presence::Offline if reached => Presence::Away,
            seen => seen,
        }
    }

    /// Whether a rule may give them a chat.
    pub(super) fn may_be_assigned(self) -> bool {
        match self.shown() {
            Presence::Online => true,
            Presence::Away | Presence::Busy | Presence::Offline => false,
        }
    }

    /// For how long they keep their chats, in milliseconds. Who counts as away first keeps them for
    /// as long once more.
    pub(super) fn keeps(self) -> Option<i64> {
        let times = if self.has_device { 2 } else { 1 };
        self.keeps_ms.map(|ms| ms.saturating_mul(times))
    }

    /// Whether unanswered chats of theirs go back to the queue.
    pub(super) fn gives_back(self) -> bool {
        let is_over = self
            .keeps()
            .is_some_and(|keeps_ms| self.gone_ms >= keeps_ms);
        self.seen == Presence::Offline && is_over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEEPS_MS: i64 = 15 * 60_000;

    fn standing(seen: Presence, has_device: bool, gone_ms: i64) -> Standing {
        Standing {
            seen,
            has_device,
            gone_ms,
            keeps_ms: Some(KEEPS_MS),
        }
    }

    /// Whether it was chosen or came by itself is no difference to what is seen: a chosen state wins
    /// over what is only seen (`realtime`).
    #[test]
    fn each_state_with_and_without_a_device() {
        use Presence::{Away, Busy, Offline, Online};
        for (seen, has_device, gone_ms, shown, may, gives_back) in [
            (Online, false, 0, Online, true, false),
            (Online, true, 0, Online, true, false),
            (Away, false, 0, Away, false, false),
            (Away, true, 0, Away, false, false),
            (Busy, false, 0, Busy, false, false),
            (Busy, true, 0, Busy, false, false),
            (Offline, false, 0, Offline, false, false),
            (Offline, false, KEEPS_MS - 1, Offline, false, false),
            (Offline, false, KEEPS_MS, Offline, false, true),
            (Offline, true, 0, Away, false, false),
            (Offline, true, KEEPS_MS - 1, Away, false, false),
            (Offline, true, KEEPS_MS, Offline, false, false),
            (Offline, true, 2 * KEEPS_MS - 1, Offline, false, false),
            (Offline, true, 2 * KEEPS_MS, Offline, false, true),
        ] {
            let standing = standing(seen, has_device, gone_ms);
            assert_eq!(standing.shown(), shown, "{standing:?}");
            assert_eq!(standing.may_be_assigned(), may, "{standing:?}");
            assert_eq!(standing.gives_back(), gives_back, "{standing:?}");
        }
    }

    #[test]
    fn without_a_rule_nobody_gives_anything_back() {
        let standing = Standing {
            keeps_ms: None,
            ..standing(Presence::Offline, true, i64::MAX)
        };
        assert!(!standing.gives_back());
        assert_eq!(standing.shown(), Presence::Offline);
    }
}
