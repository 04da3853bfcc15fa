//! Who gets a chat, as a pure function.

use crate::db::assignment::Taker;
use crate::protocol::OperatorId;
use crate::protocol::team_settings::{AssignmentMode, AssignmentRule};

/// Who gets the chat, of those who may be assigned and may see it; `known` is who had its customer
/// last.
pub(super) fn choose<'a>(
    rule: AssignmentRule,
    takers: impl Iterator<Item = &'a Taker>,
    known: Option<OperatorId>,
) -> Option<OperatorId> {
    let free: Vec<&Taker> = takers
        .filter(|taker| taker.has_room(rule.capacity))
        .collect();
    if let Some(known) = known.filter(|known| free.iter().any(|taker| taker.id == *known)) {
        return Some(known);
    }
    let chosen = match rule.mode {
        AssignmentMode::Manual => None,
        AssignmentMode::RoundRobin => free
            .into_iter()
            .min_by_key(|taker| (taker.assigned_at, taker.id)),
        AssignmentMode::LeastBusy => free
            .into_iter()
            .min_by_key(|taker| (taker.active, taker.assigned_at, taker.id)),
    };
    chosen.map(|taker| taker.id)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::protocol::{Role, Timestamp};

    fn taker(id: u128, active: i64, assigned_at: i64) -> Taker {
        Taker {
            id: OperatorId(uuid::Uuid::from_u128(id)),
            name: String::new(),
            role: Role::Operator,
            assigned_at: Timestamp(assigned_at),
            active,
            capacity: None,
            gone_since: None,
            has_device: false,
        }
    }

    const fn rule(mode: AssignmentMode) -> AssignmentRule {
        AssignmentRule {
            mode,
            capacity: 2,
            sticky_days: None,
            reassign_after_minutes: None,
        }
    }

    fn chosen(mode: AssignmentMode, takers: &[Taker], known: Option<u128>) -> Option<u128> {
        let known = known.map(|id| OperatorId(uuid::Uuid::from_u128(id)));
        choose(rule(mode), takers.iter(), known).map(|id| id.0.as_u128())
    }

    #[test]
    fn each_mode_has_its_own_order_and_all_know_who_is_full() {
        use AssignmentMode::{LeastBusy, Manual, RoundRobin};
        let takers = [taker(1, 1, 5), taker(2, 0, 9), taker(3, 2, 1)];
        assert_eq!(chosen(RoundRobin, &takers, None), Some(1));
        assert_eq!(chosen(LeastBusy, &takers, None), Some(2));
        assert_eq!(chosen(Manual, &takers, None), None);
        // Who knows the customer, unless they have no room or are not there.
        assert_eq!(chosen(RoundRobin, &takers, Some(2)), Some(2));
        assert_eq!(chosen(RoundRobin, &takers, Some(3)), Some(1));
        assert_eq!(chosen(RoundRobin, &takers, Some(4)), Some(1));
        let full = [taker(1, 2, 0), taker(2, 3, 0)];
        assert_eq!(chosen(RoundRobin, &full, None), None);
        // Their own number counts for them instead of the team's.
        let own = |capacity, taker| Taker {
            capacity: Some(capacity),
            ..taker
        };
        let bounded = [
            own(1, taker(1, 1, 0)),
            own(9, taker(2, 5, 0)),
            taker(3, 2, 0),
        ];
        assert_eq!(chosen(LeastBusy, &bounded, None), Some(2));
        // Of two with as few the one who got one longer ago.
        let even = [taker(1, 1, 5), taker(2, 1, 4)];
        assert_eq!(chosen(LeastBusy, &even, None), Some(2));
    }

    proptest! {
        /// In turn means that nobody gets a second one before each who has room got one.
        #[test]
        fn in_turn_is_fair(count in 1_u128..6, chats in 0_i64..20) {
            let rule = AssignmentRule { capacity: 100, ..rule(AssignmentMode::RoundRobin) };
            let mut takers: Vec<Taker> = (1..=count).map(|id| taker(id, 0, 0)).collect();
            for now in 1..=chats {
                let id = choose(rule, takers.iter(), None).expect("room");
                let chosen = takers.iter_mut().find(|taker| taker.id == id).expect("one of them");
                chosen.active += 1;
                chosen.assigned_at = Timestamp(now);
            }
            let counts = takers.iter().map(|taker| taker.active);
            let most = counts.clone().max().unwrap_or(0);
            prop_assert!(counts.min().unwrap_or(0) >= most - 1);
        }
    }
}
