//! By when what is to be done, as pure functions: the moment at which the open time since the start
//! reaches the target.

use crate::calendar::{Calendar, Stretch};
use crate::db::targets::{Beginning, Due, Dues, TargetFacts};
use crate::protocol::Timestamp;
use crate::protocol::team_settings::TargetRule;

/// From which part of a target on it is near, in percent.
const AMBER_PERCENT: i64 = 75;

/// How clocks run in the chats of a LINE account.
#[derive(Clone, Debug)]
pub(super) struct Clocks {
    rule: TargetRule,
    calendar: Calendar,
}

impl Clocks {
    /// By this rule, in these hours where only open ones count; nothing without a target.
    pub(super) fn new(rule: TargetRule, hours: Calendar) -> Option<Self> {
        let calendar = if rule.within_hours {
            hours
        } else {
            Calendar::new(hours.zone().clone(), None)
        };
        rule.is_set().then_some(Self { rule, calendar })
    }

    fn due(&self, seconds: Option<u32>, from: Timestamp, pauses: &[Stretch]) -> Option<Due> {
        let ms = i64::from(seconds?) * 1_000;
        let after = |ms| self.calendar.after_open_but(from, ms, pauses);
        let at = after(ms)?;
        let amber = after(ms * AMBER_PERCENT / 100).unwrap_or(at);
        Some(Due { at, amber })
    }

    /// What begins with a customer's message of this moment, which may open the case.
    pub(super) fn begin(&self, at: Timestamp, opens: bool) -> Beginning {
        let due = |seconds| self.due(seconds, at, &[]);
        Beginning {
            first: due(self.rule.first_response_s),
            next: due(self.rule.next_response_s),
            resolution: if opens {
                due(self.rule.resolution_s)
            } else {
                None
            },
        }
    }

    /// The clocks of a chat. A close ends all; an answer ends the one for it, and the customer's
    /// next message begins another. Where nobody waits, no answer is due.
    pub(super) fn dues(&self, facts: &TargetFacts) -> Dues {
        if facts.state.open_session().is_none() {
            return Dues::default();
        }
        let pauses = pauses(facts);
        let response = facts.waiting_since.and_then(|since| {
            let seconds = match facts.first_response_at {
                None => self.rule.first_response_s,
                Some(_) => self.rule.next_response_s,
            };
            self.due(seconds, since.max(facts.opened_at), &pauses)
        });
        Dues {
            response,
            resolution: self.due(self.rule.resolution_s, facts.opened_at, &pauses),
        }
    }
}

/// When the clocks stood still, or will.
fn pauses(facts: &TargetFacts) -> Vec<Stretch> {
    let now = facts.snoozed_at.zip(facts.snoozed_until);
    let all = facts.paused.iter().copied().chain(now);
    let mut pauses: Vec<Stretch> = all.map(|(from, to)| Stretch { from, to }).collect();
    pauses.sort_by_key(|pause| pause.from);
    pauses
}

#[cfg(test)]
mod tests;
