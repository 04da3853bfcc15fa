//! Earlier stretches of work on the conversation.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Texts;
use crate::api::call;
use crate::api::inbox::Sessions;
use crate::protocol::{Conversation, Room, Session, SessionId, Timestamp};
use crate::ui::live::{live, memo, view};
use crate::ui::words::{Zone, day, use_dates, use_texts};

/// What is known of the earlier sessions.
#[derive(Clone, PartialEq, Eq)]
enum Past {
    /// Asked, not answered.
    Loading,
    /// The server did not answer.
    Failed,
    /// Newest first, without the present one.
    Known(Vec<Session>),
}

/// The list; asked anew when another chat is open or its session changes.
#[component]
pub(super) fn PastSessions(
    conversation: Memo<Conversation>,
    now: Signal<Timestamp>,
    zone: Signal<Zone>,
) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let past = load(conversation);
    let today = memo(move || day(zone.get(), now.get()));
    view! {
        <section>
            <h3>
                {texts.earlier_cases()}
                {live(move || match past.get() {
                    Past::Known(known) if !known.is_empty() => {
                        Some(view! { <span class="count">{known.len()}</span> })
                    }
                    _ => None,
                })}
            </h3>
            {live(move || match past.get() {
                Past::Loading => view! { <span class="skeleton skeleton--line"></span> }.into_any(),
                Past::Failed => view! { <p class="muted">{texts.not_loaded()}</p> }.into_any(),
                Past::Known(known) if known.is_empty() => {
                    view! { <p class="muted">{texts.first_case()}</p> }.into_any()
                }
                Past::Known(known) => {
                    today.track();
                    let now = now.get_untracked();
                    let rows = known
                        .iter()
                        .map(|session| row(session, now, zone.get()))
                        .collect_view();
                    view! { <ul class="past">{rows}</ul> }.into_any()
                }
            })}
        </section>
    }
}

/// Fetches in the browser only; a late answer for another chat is dropped.
fn load(conversation: Memo<Conversation>) -> RwSignal<Past> {
    let past = RwSignal::new(Past::Loading);
    let key = memo(move || {
        conversation.with(|c| {
            let session = c.session.as_ref();
            (
                c.room.clone(),
                session.map(|session| (session.id, session.is_open())),
            )
        })
    });
    Effect::new(move |before: Option<Room>| {
        let asked: (Room, Option<(SessionId, bool)>) = key.get();
        if before.as_ref() != Some(&asked.0) {
            past.set(Past::Loading);
        }
        let room = asked.0.clone();
        spawn_local(async move {
            let answer = call(Sessions {
                room: asked.0.clone(),
                before: None,
            })
            .await;
            if key.try_get_untracked().as_ref() != Some(&asked) {
                return;
            }
            let present = asked.1.map(|(id, _)| id);
            past.try_set(match answer {
                Ok(sessions) => Past::Known(
                    sessions
                        .into_iter()
                        .filter(|session| Some(session.id) != present)
                        .collect(),
                ),
                Err(_) => Past::Failed,
            });
        });
        room
    });
    past
}

/// One session: what came of it, who, how long.
fn row(session: &Session, now: Timestamp, zone: Zone) -> AnyView {
    let (texts, dates) = (use_texts::<Texts>(), use_dates());
    let end = session.closed_at.unwrap_or(now);
    let lasted = dates.length(end.since(session.opened_at));
    let summary = match &session.operator {
        Some(operator) => texts.case_by(&operator.name, &lasted),
        None => texts.case_by_nobody(&lasted),
    };
    let first = session
        .first_response_at
        .map(|at| texts.first_answer_after(&dates.length(at.since(session.opened_at))));
    view! {
        <li>
            <span>{summary}</span>
            <time datetime=session.opened_at.to_string()>
                {dates.short(session.opened_at, now, zone)}
            </time>
            <small>{first}</small>
        </li>
    }
    .into_any()
}
