//! The steps of the present session.

use leptos::prelude::*;

use super::Texts;
use crate::protocol::{Conversation, Session, SessionStatus, Timestamp};
use crate::ui::live::{live, memo, view};
use crate::ui::words::{Shared, Zone, day, use_dates, use_texts};

/// The steps of the present or last session, newest first.
#[component]
pub(super) fn SessionTimeline(
    conversation: Memo<Conversation>,
    now: Signal<Timestamp>,
    zone: Signal<Zone>,
) -> impl IntoView {
    let (texts, dates) = (use_texts::<Texts>(), use_dates());
    let session = memo(move || conversation.with(|c| c.session.clone()));
    let today = memo(move || day(zone.get(), now.get()));
    view! {
        <section>
            <h3>{texts.this_case()}</h3>
            {live(move || {
                today.track();
                match session.get() {
                    None => view! { <p class="muted">{texts.no_case()}</p> }.into_any(),
                    Some(session) => {
                        let steps = steps(&session)
                            .into_iter()
                            .map(|(words, at, present)| {
                                view! {
                                    <li data-now=present.then_some("")>
                                        <span>{words}</span>
                                        <time datetime=at.to_string()>
                                            {dates.short(at, now.get_untracked(), zone.get())}
                                        </time>
                                    </li>
                                }
                            })
                            .collect_view();
                        view! { <ol class="timeline">{steps}</ol> }.into_any()
                    }
                }
            })}
        </section>
    }
}

/// What happened in the session, when, and whether it is what happens now; newest first.
fn steps(session: &Session) -> Vec<(String, Timestamp, bool)> {
    let (texts, shared, dates) = (use_texts::<Texts>(), use_texts::<Shared>(), use_dates());
    let owner = session
        .operator
        .as_ref()
        .map_or(shared.someone(), |operator| operator.name.as_str());
    let after = |at: Timestamp| dates.length(at.since(session.opened_at));
    let mut steps = Vec::new();
    match (session.status, session.closed_at) {
        (SessionStatus::Waiting, _) => {
            steps.push((texts.tl_waiting().to_owned(), session.opened_at, true));
        }
        (SessionStatus::Active, _) => {
            let since = session.claimed_at.unwrap_or(session.opened_at);
            steps.push((texts.tl_answering(owner), since, true));
        }
        (SessionStatus::Closed, at) => {
            let at = at.unwrap_or(session.opened_at);
            steps.push((texts.tl_closed().to_owned(), at, true));
        }
    }
    if let Some(at) = session.first_response_at {
        steps.push((texts.first_answer_after(&after(at)), at, false));
    }
    // Only an operator's reopening is a claim at the same moment.
    let reopened = session.claimed_at == Some(session.opened_at);
    if let Some(at) = session.claimed_at.filter(|_| !reopened) {
        steps.push((texts.tl_claimed(owner, &after(at)), at, false));
    }
    let opened = if reopened {
        texts.tl_reopened()
    } else {
        texts.tl_opened()
    };
    steps.push((opened.to_owned(), session.opened_at, false));
    steps
}
