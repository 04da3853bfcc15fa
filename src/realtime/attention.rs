//! Who looks at a console at this moment, and who has not touched one for long: by what consoles say,
//! on whichever node, and never by what they said before.

use std::collections::HashMap;

use uuid::Uuid;

use crate::clock::Moment;
use crate::protocol::OperatorId;

/// A console that said it is seen is taken for that long; it says so every ten seconds.
const LEASE_MS: i64 = 25_000;

/// Whoever has touched nothing for so long is away.
const IDLE_MS: i64 = 10 * 60 * 1_000;

/// When somebody was seen last is known for so long.
const REMEMBERED_MS: i64 = 60 * 60 * 1_000;

/// The most consoles of one operator that are kept apart.
const CONSOLES: usize = 100;

/// What a console says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attending {
    /// Which, by a name of its own making.
    pub console: Uuid,
    /// Whether it can be seen.
    pub visible: bool,
    /// Whether it was touched since it last said something.
    pub active: bool,
}

/// All operators who have said something.
#[derive(Debug, Default)]
pub(super) struct Attention {
    operators: HashMap<OperatorId, Standing>,
}

#[derive(Debug)]
struct Standing {
    /// The consoles that can be seen, and until when that holds.
    seen: HashMap<Uuid, Moment>,
    /// Until when one was seen, at the latest.
    seen_until: Moment,
    /// When one was touched.
    active_at: Moment,
    /// Whether they count as idle.
    idle: bool,
}

impl Attention {
    /// A console said something. Answers whether its operator is not idle any more.
    pub(super) fn hear(&mut self, operator: OperatorId, said: Attending, now: Moment) -> bool {
        let standing = self.operators.entry(operator).or_insert_with(|| Standing {
            seen: HashMap::new(),
            seen_until: Moment(i64::MIN),
            active_at: now,
            idle: false,
        });
        let known = standing.seen.contains_key(&said.console);
        if said.visible && (known || standing.seen.len() < CONSOLES) {
            standing.seen.insert(said.console, now.plus_ms(LEASE_MS));
        } else if standing.seen.remove(&said.console).is_some() {
            standing.seen_until = standing.seen_until.max(now);
        }
        if said.active {
            standing.active_at = now;
        }
        said.active && std::mem::take(&mut standing.idle)
    }

    /// Whether an operator looks at a console.
    pub(super) fn is_seen(&self, operator: OperatorId, now: Moment) -> bool {
        let standing = self.operators.get(&operator);
        standing.is_some_and(|it| it.seen.values().any(|until| *until > now))
    }

    /// Until when an operator looked at a console; now, if they do.
    pub(super) fn seen_until(&self, operator: OperatorId, now: Moment) -> Option<Moment> {
        let standing = self.operators.get(&operator)?;
        let leases = standing.seen.values().copied();
        Some(leases.fold(standing.seen_until, Moment::max).min(now))
    }

    pub(super) fn is_idle(&self, operator: OperatorId) -> bool {
        self.operators.get(&operator).is_some_and(|it| it.idle)
    }

    /// Takes out what does not hold any more. Answers whether somebody has become idle.
    pub(super) fn expire(&mut self, now: Moment) -> bool {
        let mut changed = false;
        self.operators.retain(|_, standing| {
            let latest = &mut standing.seen_until;
            standing.seen.retain(|_, until| {
                let holds = *until > now;
                if !holds {
                    *latest = (*latest).max(*until);
                }
                holds
            });
            let is_idle = now.since(standing.active_at) >= IDLE_MS;
            changed |= is_idle && !standing.idle;
            standing.idle = is_idle;
            let last = standing.active_at.max(standing.seen_until);
            !standing.seen.is_empty() || now.since(last) < REMEMBERED_MS
        });
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MALI: OperatorId = OperatorId(Uuid::from_u128(1));

    fn said(console: u128, visible: bool, active: bool) -> Attending {
        Attending {
            console: Uuid::from_u128(console),
            visible,
            active,
        }
    }

    #[test]
    fn a_console_is_seen_for_as_long_as_it_says_so() {
        let mut attention = Attention::default();
        assert!(!attention.is_seen(MALI, Moment(0)));
        attention.hear(MALI, said(1, true, false), Moment(0));
        assert!(attention.is_seen(MALI, Moment(24_999)));
        assert!(!attention.is_seen(MALI, Moment(25_000)), "it froze");
        attention.hear(MALI, said(1, true, false), Moment(30_000));
        attention.hear(MALI, said(2, true, false), Moment(31_000));
        attention.hear(MALI, said(1, false, false), Moment(32_000));
        assert!(attention.is_seen(MALI, Moment(33_000)), "the other one");
        attention.hear(MALI, said(2, false, false), Moment(34_000));
        assert!(!attention.is_seen(MALI, Moment(34_000)));
        assert_eq!(
            attention.seen_until(MALI, Moment(40_000)),
            Some(Moment(34_000))
        );
    }

    #[test]
    fn until_when_somebody_looked_outlives_the_lease() {
        let mut attention = Attention::default();
        assert_eq!(attention.seen_until(MALI, Moment(0)), None);
        attention.hear(MALI, said(1, true, true), Moment(0));
        attention.expire(Moment(26_000));
        assert_eq!(
            attention.seen_until(MALI, Moment(26_000)),
            Some(Moment(25_000))
        );
        attention.expire(Moment(REMEMBERED_MS + 25_000));
        assert_eq!(attention.seen_until(MALI, Moment(26_000)), None);
    }

    #[test]
    fn who_touches_nothing_for_ten_minutes_is_idle_until_they_do() {
        let mut attention = Attention::default();
        assert!(!attention.is_idle(MALI), "who says nothing is not judged");
        attention.hear(MALI, said(1, true, true), Moment(0));
        assert!(!attention.expire(Moment(IDLE_MS - 1)));
        attention.hear(MALI, said(1, true, false), Moment(IDLE_MS - 1));
        assert!(attention.expire(Moment(IDLE_MS)));
        assert!(attention.is_idle(MALI));
        assert!(!attention.expire(Moment(IDLE_MS + 1)), "told once");
        assert!(!attention.hear(MALI, said(1, true, false), Moment(IDLE_MS + 2)));
        assert!(attention.hear(MALI, said(1, true, true), Moment(IDLE_MS + 3)));
        assert!(!attention.is_idle(MALI));
    }
}
