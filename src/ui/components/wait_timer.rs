//! How long a customer has waited; amber from half the target on, red past it.

use leptos::prelude::*;

use super::icon::{Icon, icon_small};
use crate::client::signals::{Memo, Signal};
use crate::protocol::Timestamp;
use crate::ui::live::{live, said, view};
use crate::ui::words::{Shared, use_dates, use_texts};

/// How long a customer should wait at most.
const WAIT_TARGET_MS: i64 = 10 * 60_000;

/// As in `data-state`.
fn wait_state(ms: i64) -> Option<&'static str> {
    if ms > WAIT_TARGET_MS {
        Some("late")
    } else if ms * 2 >= WAIT_TARGET_MS {
        Some("warn")
    } else {
        None
    }
}

/// The wait in words, for those who hear it; to the minute, since it is not read each second.
pub(crate) fn wait_words_by_minute(ms: i64) -> String {
    let texts = use_texts::<Shared>();
    let length = use_dates().length(ms);
    if wait_state(ms) == Some("late") {
        texts.waits_late(&length)
    } else {
        texts.waits(&length)
    }
}

/// The pill with the running time.
#[component]
pub(crate) fn WaitTimer(since: Memo<Option<Timestamp>>, now: Signal<Timestamp>) -> impl IntoView {
    let dates = use_dates();
    let waited = move || since.get().map_or(0, |since| now.get().since(since));
    view! {
        <span class="timer" data-state=said(move || wait_state(waited()))>
            {icon_small(Icon::Clock)}
            {live(move || dates.wait(waited()))}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::wait_state;

    #[test]
    fn amber_at_half_the_target_red_past_it() {
        assert_eq!(wait_state(299_999), None);
        assert_eq!(wait_state(300_000), Some("warn"));
        assert_eq!(wait_state(600_000), Some("warn"));
        assert_eq!(wait_state(600_001), Some("late"));
    }
}
