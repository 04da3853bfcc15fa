//! Whether it is open: now, and at a moment that one asks about.

use leptos::prelude::*;

use super::shown::{Hours, Moment, OpenState};
use super::texts::Texts;
use crate::protocol::Timestamp;
use crate::protocol::chosen::Chosen;
use crate::ui::components::{Icon, icon};
use crate::ui::words::{Dates, Lang, texts_in};

/// The line above the cards.
pub(super) fn view(lang: Lang, dates: Dates, shown: &Hours) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let when = |at: Timestamp| dates.chosen(Chosen::DateTime(at));
    let sentence = match shown.now.state {
        OpenState::Always => texts.open_always().to_owned(),
        OpenState::OpenUntil(at) => texts.open_until(&when(at)),
        OpenState::ClosedUntil(at) => texts.closed_until(&when(at)),
        OpenState::Never => texts.closed_always().to_owned(),
    };
    let state = match shown.now.state {
        OpenState::Always | OpenState::OpenUntil(_) => "open",
        OpenState::ClosedUntil(_) | OpenState::Never => "closed",
    };
    let (written, answer) = match &shown.asked {
        Some((written, moment)) => (written.clone(), Some(answer(texts, dates, moment.as_ref()))),
        None => (String::new(), None),
    };
    let account = (!shown.is_for_all()).then(|| {
        view! { <input type="hidden" name="channel" value=shown.chosen.clone() /> }
    });
    view! {
        <div class="open-now" data-state=state>
            {icon(Icon::Clock)}
            <span>
                <b>{sentence}</b>
                " "
                <span class="muted">{texts.now_in(&when(shown.now.local), &shown.zone)}</span>
            </span>
            <form class="inline" method="get" action="/settings/hours">
                {account}
                <label for="at" class="muted">
                    {texts.at_another_time()}
                </label>
                <span class="field">
                    <input id="at" name="at" type="datetime-local" value=written required />
                </span>
                <button class="button">{texts.try_it()}</button>
                {answer.map(|answer| view! { <span role="status">{answer}</span> })}
            </form>
        </div>
    }
    .into_any()
}

fn answer(texts: Texts, dates: Dates, moment: Option<&Moment>) -> String {
    let Some(moment) = moment else {
        return texts.no_moment().to_owned();
    };
    let when = |at: Timestamp| dates.chosen(Chosen::DateTime(at));
    let at = when(moment.local);
    let at = match &moment.holiday {
        Some(name) => format!("{at} · {name}"),
        None => at,
    };
    match moment.state {
        OpenState::Always => texts.then_open(&at),
        OpenState::OpenUntil(until) => texts.then_open_until(&at, &when(until)),
        OpenState::ClosedUntil(until) => texts.then_closed_until(&at, &when(until)),
        OpenState::Never => texts.then_closed(&at),
    }
}
