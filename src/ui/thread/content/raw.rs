//! A message of a kind that Sala does not know, with LINE's own words for administrators.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::api::call;
use crate::api::thread::RawMessage;
use crate::client::signals::RwSignal;
use crate::client::use_console;
use crate::protocol::{ErrorPayload, MessageId};
use crate::ui::components::{Icon, icon_small};
use crate::ui::live::{hear, live, view};
use crate::ui::refusal::refusal;
use crate::ui::thread::texts::Texts;
use crate::ui::words::use_texts;

/// Says that it cannot be shown; administrators may open what came.
pub(super) fn unknown(id: MessageId, sentence: String) -> AnyView {
    let me = use_console().store.me;
    let may_look = me.with_untracked(|me| me.role.may_administer());
    view! {
        <div class="bubble bubble--gone">
            {icon_small(Icon::Alert)} <span>{sentence}</span> {may_look.then(|| raw(id))}
        </div>
    }
}

/// Fetched when it is opened for the first time.
fn raw(message_id: MessageId) -> AnyView {
    let words = use_texts::<Texts>().as_it_came();
    let open = use_console().store.open;
    let answer = RwSignal::new(None::<Result<String, ErrorPayload>>);
    let fetch = move || {
        let room = open
            .get_untracked()
            .filter(|_| answer.get_untracked().is_none());
        let Some(room) = room else { return };
        leptos::task::spawn_local(async move {
            let answered = call(RawMessage { room, message_id }).await;
            let answered = answered.map(|raw| raw.json);
            let refused =
                |error: crate::api::ApiError| ErrorPayload::new(error.code, error.message);
            answer.try_set(Some(answered.map_err(refused)));
        });
    };
    view! {
        <details class="raw" {..hear("toggle", move |_: Event| fetch())}>
            <summary>{words}</summary>
            <pre dir="ltr" tabindex="0">
                {live(move || match answer.get() {
                    Some(Ok(json)) => json,
                    Some(Err(error)) => refusal(&error),
                    None => "…".to_owned(),
                })}
            </pre>
        </details>
    }
}
