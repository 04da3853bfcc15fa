//! The panel beside the thread: who the customer is and what happened with them.

mod past_sessions;
mod timeline;

use leptos::prelude::*;

use self::past_sessions::PastSessions;
use self::timeline::SessionTimeline;
use crate::protocol::{ContactKind, Conversation, Timestamp};
use crate::ui::components::{ContactAvatar, Icon, bdi, icon};
use crate::ui::i18n::{Texts, Zone, lang_of, use_texts};
use crate::ui::live::live;

/// All that Sala knows of the customer of the open chat.
#[component]
pub(super) fn ContactPanel(
    conversation: Memo<Conversation>,
    now: Signal<Timestamp>,
    zone: Signal<Zone>,
    /// Puts the panel away; on small screens it goes back to the thread.
    on_close: Callback<()>,
) -> impl IntoView {
    let texts = use_texts();
    view! {
        <aside class="contact-panel" id="panel" tabindex="-1" aria-label=texts.customer>
            <header class="pane-head">
                <button
                    type="button"
                    class="icon-button"
                    aria-label=texts.back
                    title=texts.back
                    on:click=move |_| on_close.run(())
                >
                    {icon(Icon::Left)}
                </button>
                <h2>{texts.customer}</h2>
            </header>
            {live(move || conversation.with(person))}
            {live(move || conversation.with(|c| facts(texts, c)))}
            {live(move || conversation.with(|c| tags(texts, c)))}
            <SessionTimeline conversation now zone />
            <PastSessions conversation now zone />
        </aside>
    }
}

/// Picture, name and the profile's own words.
fn person(conversation: &Conversation) -> AnyView {
    let contact = conversation.contact.clone();
    let name = contact.display_name.clone();
    let lang = lang_of(&name, contact.language.as_deref());
    let status = contact
        .status_message
        .clone()
        .filter(|words| !words.is_empty());
    let status_lang = status
        .as_deref()
        .and_then(|words| lang_of(words, contact.language.as_deref()));
    view! {
        <section class="person">
            <ContactAvatar contact />
            <h2 class="cut" lang=lang title=name.clone()>
                {bdi(name.clone())}
            </h2>
            {status.map(|words| view! { <p lang=status_lang>"“" {bdi(words)} "”"</p> })}
        </section>
    }
    .into_any()
}

/// What LINE and Sala say, as pairs.
fn facts(texts: &'static Texts, conversation: &Conversation) -> AnyView {
    let contact = &conversation.contact;
    let kind = match contact.kind {
        ContactKind::User => texts.kinds[0],
        ContactKind::Group => texts.kinds[1],
        ContactKind::Room => texts.kinds[2],
    };
    let language = contact
        .language
        .as_deref()
        .map(|tag| language_name(texts, tag));
    let is_user = contact.kind == ContactKind::User;
    view! {
        <section>
            <h3>{texts.details_title}</h3>
            <dl class="facts">
                {(!is_user).then(|| fact(texts.contact_kind, kind.to_owned()))}
                {language.map(|language| fact(texts.language, language))}
                {(!conversation.channel.is_default())
                    .then(|| fact(texts.channel, conversation.channel.to_string()))}
                {contact
                    .blocked
                    .then(|| fact(texts.blocked_fact, texts.blocked_yes.to_owned()))}
                <dt>{texts.line_id}</dt>
                <dd class="facts__id" title=contact.line_user_id.to_string()>{contact.line_user_id.to_string()}</dd>
            </dl>
        </section>
    }
    .into_any()
}

/// One pair.
fn fact(name: &'static str, value: String) -> AnyView {
    view! {
        <dt>{name}</dt>
        <dd>{value}</dd>
    }
    .into_any()
}

/// A language by its own name in the reader's language; the tag itself when it has none here.
fn language_name(texts: &Texts, tag: &str) -> String {
    match tag.split('-').next() {
        Some("th") => texts.languages[0].to_owned(),
        Some("ja") => texts.languages[1].to_owned(),
        Some("zh") => texts.languages[2].to_owned(),
        Some("en") => texts.languages[3].to_owned(),
        Some("ko") => texts.languages[4].to_owned(),
        _ => tag.to_owned(),
    }
}

/// The conversation's tags.
fn tags(texts: &'static Texts, conversation: &Conversation) -> AnyView {
    let tags = conversation
        .tags
        .iter()
        .map(|tag| {
            view! {
                <span class="tag" data-colour=tag.colour.clone()>
                    {bdi(tag.name.clone())}
                </span>
            }
        })
        .collect_view();
    view! {
        <section>
            <h3>{texts.tags}</h3>
            {if conversation.tags.is_empty() {
                view! { <p class="muted">{texts.no_tags}</p> }.into_any()
            } else {
                view! { <div class="tags">{tags}</div> }.into_any()
            }}
        </section>
    }
    .into_any()
}
