//! How long a customer has waited, or how long there is until a target passes; amber when that is
//! near, red past it.

use leptos::prelude::*;

use super::icon::{Icon, icon_small};
use crate::client::signals::{Memo, Signal};
use crate::protocol::{Conversation, Session, Timestamp};
use crate::ui::live::{live, said, view};
use crate::ui::words::{Shared, use_dates, use_texts};

/// How long a customer should wait at most where the team has no target.
const WAIT_TARGET_MS: i64 = 10 * 60_000;

/// A running time of a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wait {
    /// From when it counts up; absent: it counts down to `late`.
    since: Option<Timestamp>,
    /// From when on it is amber.
    warn: Timestamp,
    /// After which it is red.
    late: Timestamp,
    /// Whether it is of no interest before it is amber.
    quiet: bool,
}

impl Wait {
    /// What is to be shown of a chat: the time that is left for an answer, else how long the customer
    /// waits, else the time that is left for the case. Nobody counts the minutes of what was put off.
    pub(crate) fn of(chat: &Conversation) -> Option<Self> {
        let is_open = chat.session.as_ref().is_some_and(Session::is_open);
        if !is_open || chat.snoozed_until.is_some() {
            return None;
        }
        let targets = chat.targets.as_ref();
        let down = |late: Option<Timestamp>, warn: Option<Timestamp>, quiet| {
            late.map(|late| Self {
                since: None,
                warn: warn.unwrap_or(late),
                late,
                quiet,
            })
        };
        let answer = targets.and_then(|it| {
            let due = it.first_response_due.or(it.next_response_due);
            down(due, it.response_amber_at, false)
        });
        let end = targets.and_then(|it| down(it.resolution_due, it.resolution_amber_at, true));
        if let (Some(answer), Some(end)) = (answer, end)
            && end.late < answer.late
        {
            return Some(end);
        }
        let up = |since: Timestamp| Self {
            since: Some(since),
            warn: since.plus_ms(WAIT_TARGET_MS / 2),
            late: since.plus_ms(WAIT_TARGET_MS + 1),
            quiet: false,
        };
        answer.or(chat.waiting_since.map(up)).or(end)
    }

    /// Whether it counts down to a target.
    pub(crate) fn is_target(self) -> bool {
        self.since.is_none()
    }

    /// As in `data-state`.
    fn state(self, now: Timestamp) -> Option<&'static str> {
        if now >= self.late {
            Some("late")
        } else if now >= self.warn {
            Some("warn")
        } else if self.quiet {
            Some("far")
        } else {
            None
        }
    }

    /// What is shown of it, in milliseconds.
    fn ms(self, now: Timestamp) -> i64 {
        match self.since {
            Some(since) => now.since(since),
            None => now.since(self.late).abs(),
        }
    }
}

/// The wait in words, for those who hear it; to the minute, since it is not read each second.
pub(crate) fn wait_words_by_minute(chat: &Conversation, now: Timestamp) -> Option<String> {
    let since = chat.waiting_since?;
    let texts = use_texts::<Shared>();
    let length = use_dates().length(now.since(since));
    let is_late = Wait::of(chat).is_some_and(|wait| now >= wait.late);
    Some(if is_late {
        texts.waits_late(&length)
    } else {
        texts.waits(&length)
    })
}

/// The pill with the running time.
#[component]
pub(crate) fn WaitTimer(wait: Memo<Option<Wait>>, now: Signal<Timestamp>) -> impl IntoView {
    let dates = use_dates();
    view! {
        <span class="timer" data-state=said(move || wait.get()?.state(now.get()))>
            {icon_small(Icon::Clock)}
            {live(move || {
                let (wait, now) = (wait.get()?, now.get());
                let over = if wait.is_target() && now >= wait.late { "+" } else { "" };
                Some(format!("{over}{}", dates.wait(wait.ms(now))))
            })}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::protocol::ChatTargets;

    fn chat(waiting_since: Option<i64>, targets: Option<ChatTargets>) -> Conversation {
        let zero = Timestamp(0);
        let json = json!({
            "room": "conversation:U1", "channel": "default",
            "contact": { "line_user_id": "U1", "kind": "user", "display_name": "Nok", "blocked": false },
            "mode": "human", "unread": 0, "tags": [], "updated_at": zero, "rev": 1,
            "session": { "id": uuid::Uuid::nil(), "status": "waiting", "opened_at": zero },
        });
        let mut chat: Conversation = serde_json::from_value(json).expect("a chat");
        chat.waiting_since = waiting_since.map(Timestamp);
        chat.targets = targets;
        chat
    }

    fn state(chat: &Conversation, now: i64) -> Option<&'static str> {
        Wait::of(chat).and_then(|wait| wait.state(Timestamp(now)))
    }

    #[test]
    fn without_a_target_amber_at_half_of_ten_minutes_and_red_past_them() {
        let chat = chat(Some(0), None);
        assert_eq!(state(&chat, 299_999), None);
        assert_eq!(state(&chat, 300_000), Some("warn"));
        assert_eq!(state(&chat, 600_000), Some("warn"));
        assert_eq!(state(&chat, 600_001), Some("late"));
    }

    #[test]
    fn a_target_counts_down_to_its_moment_and_then_up() {
        let targets = |resolution_due| ChatTargets {
            first_response_due: Some(Timestamp(400)),
            response_amber_at: Some(Timestamp(300)),
            resolution_due,
            resolution_amber_at: resolution_due,
            ..ChatTargets::default()
        };
        let waits = chat(Some(0), Some(targets(None)));
        for (now, expected, ms) in [
            (299, None, 101),
            (300, Some("warn"), 100),
            (400, Some("late"), 0),
            (450, Some("late"), 50),
        ] {
            assert_eq!(state(&waits, now), expected, "{now}");
            let wait = Wait::of(&waits).expect("a clock");
            assert_eq!(wait.ms(Timestamp(now)), ms, "{now}");
        }
        // The nearer one is shown, and the end of a case only once it is near.
        let both = chat(Some(0), Some(targets(Some(Timestamp(100)))));
        assert_eq!(state(&both, 100), Some("late"));
        let answered = ChatTargets {
            first_response_due: None,
            response_amber_at: None,
            ..targets(Some(Timestamp(900)))
        };
        let answered = chat(None, Some(answered));
        assert_eq!(state(&answered, 100), Some("far"));
        let mut snoozed = waits;
        snoozed.snoozed_until = Some(Timestamp(1));
        assert_eq!(Wait::of(&snoozed), None);
    }
}
