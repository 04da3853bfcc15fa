//! In the composer's place while the reader may not answer: why, and what to do.

use leptos::prelude::*;

use super::reach::Reach;
use super::texts::Texts;
use crate::client::signals::{Memo, StoredValue};
use crate::client::use_console;
use crate::protocol::{Conversation, Room};
use crate::ui::components::{Icon, icon, icon_large};
use crate::ui::desk::{ComposeMode, use_desk, use_view};
use crate::ui::live::{live, press, said, view};
use crate::ui::words::{use_dates, use_texts};

/// The bar.
#[component]
pub(super) fn ClaimBar(
    room: StoredValue<Room>,
    conversation: Memo<Conversation>,
    reach: Memo<Reach>,
) -> impl IntoView {
    let (texts, dates) = (use_texts::<Texts>(), use_dates());
    let view_state = use_view();
    let desk = use_desk();
    let now = use_console().store.now;
    let since = Memo::new(move || {
        conversation.with(|c| c.waiting_since.or(c.session.as_ref().map(|s| s.opened_at)))
    });
    let waited = move || {
        let ms = since.get().map_or(0, |since| now.get().since(since));
        texts.bar_waiting_text(&dates.wait(ms))
    };
    live(move || {
        let reach = reach.get();
        let (sign, kind, title, text) = words(texts, &reach);
        let claim = reach.may_claim().then(|| {
            let (label, primary) = claim_label(texts, &reach);
            view! {
                <button
                    type="button"
                    class=if primary { "button button--primary" } else { "button" }
                    on:click=press(move |_| desk.console().claim(&room.get_value()))
                >
                    {label}
                    {primary.then(|| view! { <kbd aria-hidden="true">"C"</kbd> })}
                </button>
            }
        });
        let text = match text {
            Some(text) => text.into_any(),
            None => waited.into_any(),
        };
        view! {
            <section class="claim-bar" data-kind=kind aria-label=title.clone()>
                {icon_large(sign)}
                <p>
                    <b>{title.clone()}</b>
                    {text}
                </p>
                <button
                    type="button"
                    class="button"
                    aria-pressed=said(move || (view_state.mode.get() == ComposeMode::Note).to_string())
                    on:click=press(move |_| {
                        if view_state.mode.get_untracked() == ComposeMode::Note {
                            view_state.mode.set(ComposeMode::Reply);
                        } else {
                            view_state.compose(ComposeMode::Note);
                        }
                    })
                >
                    {icon(Icon::Lock)}
                    {texts.note_button()}
                    <kbd aria-hidden="true">"N"</kbd>
                </button>
                {claim}
            </section>
        }
        .into_any()
    })
}

/// Sign, kind of colour, sentence and explanation; without one, the running wait.
fn words(texts: Texts, reach: &Reach) -> (Icon, &'static str, String, Option<&'static str>) {
    let fixed = |sign, kind, title: &str, text| (sign, kind, title.to_owned(), Some(text));
    match reach {
        Reach::Waiting | Reach::Mine => (Icon::Clock, "wait", texts.bar_waiting().to_owned(), None),
        Reach::Bot => fixed(Icon::Bot, "info", texts.bar_bot(), texts.bar_bot_text()),
        Reach::Other(name, _) => (
            Icon::Users,
            "info",
            texts.bar_other(name),
            Some(texts.bar_other_text()),
        ),
        Reach::Closed(reopens) => {
            let text = if *reopens {
                texts.bar_reopen_text()
            } else {
                texts.bar_closed_text()
            };
            fixed(Icon::Check, "quiet", texts.bar_closed(), text)
        }
        Reach::None => fixed(Icon::Chat, "quiet", texts.bar_none(), texts.bar_none_text()),
        Reach::Blocked => fixed(
            Icon::Block,
            "blocked",
            texts.bar_blocked(),
            texts.bar_blocked_text(),
        ),
        Reach::Left => fixed(
            Icon::Block,
            "blocked",
            texts.bar_left(),
            texts.bar_left_text(),
        ),
        Reach::Standby => fixed(
            Icon::Lock,
            "blocked",
            texts.bar_standby(),
            texts.bar_standby_text(),
        ),
    }
}

/// The claim button's word, and whether it is the thing to do.
fn claim_label(texts: Texts, reach: &Reach) -> (&'static str, bool) {
    match reach {
        Reach::Other(..) => (texts.take_over(), false),
        Reach::Closed(_) => (texts.reopen(), false),
        Reach::Bot => (texts.take_from_bot(), true),
        _ => (texts.claim(), true),
    }
}
