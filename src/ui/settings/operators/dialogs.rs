//! What stands over the page: the question before somebody is disabled, and a link for another
//! password.

use leptos::prelude::*;

use super::invite::value;
use super::shown::{Leaving, OpenChat, Operators, chats, forms};
use super::texts::Texts;
use crate::protocol::team::TeamMember;
use crate::protocol::text::isolated;
use crate::protocol::{OperatorId, Presence, Timestamp};
use crate::ui::components::presence_word;
use crate::ui::document::field_error;
use crate::ui::settings::card::{FormRows, Writing, button_form};
use crate::ui::settings::dialog::{Heading, dialog};
use crate::ui::settings::form::WHICH;
use crate::ui::settings::{MadeLink, Section};
use crate::ui::words::{Lang, Shared, lang_of, texts_in, use_dates};

/// A link by which somebody chooses another password, this once.
pub(super) fn password(lang: Lang, made: &MadeLink) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let below = Section::Operators.href();
    let heading = Heading {
        below: below.clone(),
        title: texts.password_for(&made.name),
        danger: false,
    };
    let withdraw = view! { <button class="button">{texts.withdraw_link()}</button> };
    let fields = vec![("id", made.link.id.to_string())];
    let withdraw = button_form(
        Section::Operators,
        forms::WITHDRAW,
        fields,
        withdraw.into_any(),
    );
    let body = view! {
        <p>{texts.password_lead()}</p>
        {value(texts, &made.link.url)}
        <footer>
            {withdraw}
            <a class="button button--primary" href=below data-leave="" autofocus>
                {texts.done()}
            </a>
        </footer>
    };
    dialog(heading, body)
}

/// The question before somebody is disabled.
pub(super) fn disable(
    lang: Lang,
    writing: &Writing<'_>,
    shown: &Operators,
    leaving: &Leaving,
) -> Option<AnyView> {
    let texts = texts_in::<Texts>(lang);
    let member = shown.member(leaving.id)?;
    let form = writing.form(forms::DISABLE);
    let [below, action] = [(); 2].map(|()| Section::Operators.href());
    let heading = Heading {
        below: below.clone(),
        title: texts.disable_whom(&member.name),
        danger: true,
    };
    let body = view! {
        <form method="post" action=action>
            <input type="hidden" name=WHICH value=forms::DISABLE />
            <input type="hidden" name="id" value=member.id.to_string() />
            <p>{texts.disable_lead(&member.name)}</p>
            {fate_of_chats(lang, &form, shown, member)}
            {list(lang, member, &leaving.chats, shown.now)}
            <footer>
                <a class="button" href=below data-leave="" autofocus>
                    {texts.keep(&member.name)}
                </a>
                <button class="button button--danger" data-fill="">
                    {texts.disable(&member.name)}
                </button>
            </footer>
        </form>
    };
    Some(dialog(heading, body))
}

/// Who gets the chats; nothing to choose where there are none.
fn fate_of_chats(
    lang: Lang,
    form: &FormRows<'_>,
    shown: &Operators,
    member: &TeamMember,
) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let colleagues: Vec<_> = shown
        .active()
        .filter(|other| other.id != member.id)
        .collect();
    if member.active_chats == 0 || colleagues.is_empty() {
        return view! { <input type="hidden" name="chats" value=chats::QUEUE /> }.into_any();
    }
    let chosen = form.value("chats", chats::QUEUE);
    let choice = |value: &'static str, label: &'static str, meaning: Option<&'static str>| {
        view! {
            <label class="option">
                <input type="radio" name="chats" value=value checked=value == chosen />
                <span>{label}</span>
                {meaning.map(|meaning| view! { <small>{meaning}</small> })}
            </label>
        }
    };
    view! {
        <fieldset id="disable-chats">
            <legend class="strong">{texts.their_chats(member.active_chats)}</legend>
            <div class="options">
                {choice(chats::QUEUE, texts.to_queue(), Some(texts.to_queue_hint()))}
                {choice(chats::COLLEAGUE, texts.to_colleague(), None)}
                {heirs(lang, form, &colleagues)}
            </div>
            {field_error(form.fault("chats"), "disable-chats-error")}
        </fieldset>
    }
    .into_any()
}

/// The colleagues who can have them.
fn heirs(lang: Lang, form: &FormRows<'_>, colleagues: &[&TeamMember]) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let fault = form.fault("hand_over_to");
    let typed = form.value("hand_over_to", "");
    let typed: Option<OperatorId> = typed.parse().ok();
    let here = colleagues
        .iter()
        .find(|member| member.status == Presence::Online);
    let chosen = typed.or_else(|| here.map(|member| member.id));
    let heirs = colleagues.iter().map(|member| {
        let chats = texts_in::<Shared>(lang).chats(member.active_chats);
        let status = presence_word(member.status);
        let label = format!("{} · {chats} · {status}", isolated(&member.name));
        view! {
            <option value=member.id.to_string() selected=chosen == Some(member.id)>
                {label}
            </option>
        }
    });
    view! {
        <span class="options__more">
            <span class="field" data-invalid=fault.map(|_| "")>
                <select
                    id="disable-hand_over_to"
                    name="hand_over_to"
                    aria-label=texts.colleague()
                    aria-invalid=fault.map(|_| "true")
                    aria-describedby=fault.map(|_| "disable-hand_over_to-error")
                >
                    {heirs.collect_view()}
                </select>
            </span>
            {field_error(fault, "disable-hand_over_to-error")}
        </span>
    }
    .into_any()
}

/// The first of the chats, and how many more there are.
fn list(lang: Lang, member: &TeamMember, chats: &[OpenChat], now: Timestamp) -> Option<AnyView> {
    let texts = texts_in::<Texts>(lang);
    let shared = texts_in::<Shared>(lang);
    let dates = use_dates();
    let listed = u32::try_from(chats.len()).unwrap_or(u32::MAX);
    let more = member.active_chats.saturating_sub(listed);
    let more = (more > 0).then(|| view! { <li>{texts.more_chats(more)}</li> });
    let chats: Vec<_> = chats
        .iter()
        .map(|chat| {
            let language = lang_of(&chat.name, chat.language.as_deref());
            let state = match chat.waiting_since {
                Some(since) => shared.waits(&dates.length(now.since(since))),
                None => texts.answered().to_owned(),
            };
            view! {
                <li>
                    <bdi lang=language>{chat.name.clone()}</bdi>
                    " · "
                    {state}
                </li>
            }
        })
        .collect();
    (listed > 0).then(|| {
        view! {
            <ul class="plain muted">
                {chats}
                {more}
            </ul>
        }
        .into_any()
    })
}
