//! One conversation in the list: three lines, and its name for those who hear it.

use leptos::prelude::*;

use super::preview::preview;
use super::texts::Texts;
use crate::client::use_console;
use crate::protocol::text::{is_blank, isolated};
use crate::protocol::{Conversation, Operator, OperatorRef, Room, Session, Timestamp};
use crate::ui::components::{ContactAvatar, OperatorAvatar, WaitTimer, bdi, wait_words_by_minute};
use crate::ui::desk::{use_desk, use_view};
use crate::ui::front::ConsolePlace;
use crate::ui::live::{live, memo, view};
use crate::ui::words::{Shared, Zone, day, lang_of, use_dates, use_texts};

/// Tags that have room; the rest is a number.
const TAGS_SHOWN: usize = 2;

/// What all rows share, so that each second does not wake every row.
#[derive(Clone, Copy)]
pub(super) struct RowContext {
    /// The row that Tab leads to.
    pub stop: Memo<Option<Room>>,
    pub zone: Signal<Zone>,
    /// The day that it is, and the minute.
    today: Memo<i64>,
    minute: Memo<i64>,
}

impl RowContext {
    /// Made once, above all rows.
    pub(super) fn new(stop: Memo<Option<Room>>, zone: Signal<Zone>) -> Self {
        let now = use_console().store.now;
        Self {
            stop,
            zone,
            today: memo(move || day(zone.get(), now.get())),
            minute: memo(move || now.get().0 / 60_000),
        }
    }
}

/// A row, which is a link to the chat.
#[component]
pub(super) fn Row(
    room: Room,
    conversation: ArcRwSignal<Conversation>,
    context: RowContext,
) -> impl IntoView {
    let RowContext {
        stop,
        zone,
        today,
        minute,
    } = context;
    let dates = use_dates();
    let store = use_console().store;
    let (open, now, tab) = (store.open, store.now, store.tab);
    let conversation = RwSignal::from(conversation);
    let room = StoredValue::new(room);
    let selected = memo(move || open.with(|open| room.with_value(|r| open.as_ref() == Some(r))));
    let is_stop = memo(move || stop.with(|stop| room.with_value(|r| stop.as_ref() == Some(r))));
    let href = move || {
        ConsolePlace {
            tab: tab.get(),
            room: Some(room.get_value()),
        }
        .href()
    };
    let me = store.me.get_untracked();
    let label = label(conversation, minute, now, me.clone());
    let time = live(move || {
        today.track();
        let at = conversation.with(last_activity);
        dates.short(at, now.get_untracked(), zone.get())
    });
    let unread = memo(move || conversation.with(|c| c.unread));
    let name = memo(move || conversation.with(name));
    view! {
        <a
            class="row"
            role="option"
            href=href
            tabindex=move || if is_stop.get() { "0" } else { "-1" }
            aria-selected=move || selected.get().to_string()
            aria-label=move || label.get()
            data-room=room.with_value(Room::to_string)
            data-unread=move || (unread.get() > 0).then_some("")
        >
            <Face conversation />
            <div>
                <div class="row__line">
                    {live(move || name.with(name_view))} <span class="row__time">{time}</span>
                </div>
                <div class="row__line">
                    <Words room conversation me=me.clone() />
                    {live(move || {
                        let unread = unread.get();
                        (unread > 0).then(|| view! { <span class="badge">{unread}</span> })
                    })}
                </div>
                <Meta conversation now me />
            </div>
        </a>
    }
}

/// The moment that the row shows.
fn last_activity(conversation: &Conversation) -> Timestamp {
    conversation
        .last_message
        .as_ref()
        .map_or(conversation.updated_at, |message| message.created_at)
}

/// The active session's owner.
fn owner(conversation: &Conversation) -> Option<OperatorRef> {
    conversation
        .session
        .as_ref()
        .filter(|session| session.is_open())
        .and_then(|session| session.operator.clone())
}

/// The customer's name, and its language.
fn name(conversation: &Conversation) -> (String, Option<&'static str>) {
    let contact = &conversation.contact;
    let lang = lang_of(&contact.display_name, contact.language.as_deref());
    (contact.display_name.clone(), lang)
}

fn name_view((name, lang): &(String, Option<&'static str>)) -> AnyView {
    view! {
        <span class="row__name cut" lang=*lang>
            {bdi(name.clone())}
        </span>
    }
    .into_any()
}

/// The customer's picture with the owner's letter on it.
#[component]
fn Face(conversation: RwSignal<Conversation>) -> impl IntoView {
    let contact = memo(move || conversation.with(|c| c.contact.clone()));
    let owner = memo(move || conversation.with(owner));
    live(move || {
        let owner = owner.get().map(|owner| {
            view! {
                <OperatorAvatar
                    id=owner.id
                    name=owner.name.clone()
                    size=18
                    class="row__owner"
                    title=owner.name.clone()
                />
            }
        });
        view! { <ContactAvatar contact=contact.get()>{owner}</ContactAvatar> }
    })
}

/// The third line: who types, else one's draft, else the last message.
#[component]
fn Words(
    room: StoredValue<Room>,
    conversation: RwSignal<Conversation>,
    me: Operator,
) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let shared = use_texts::<Shared>();
    let desk = use_desk();
    let store = use_console().store;
    let hydrated = use_view().hydrated;
    let draft = room.with_value(|room| desk.console().draft(room));
    let typist = memo(move || {
        let thread = room.with_value(|room| store.thread(room))?;
        thread
            .typing
            .with(|people| people.first().map(|person| person.name.clone()))
    });
    let open = use_console().store.open;
    // Only the browser knows drafts; the chat that is open shows its own below the thread.
    let drafted = memo(move || {
        let is_open = open.with(|open| room.with_value(|room| open.as_ref() == Some(room)));
        (hydrated.get() && !is_open)
            .then(|| draft.get())
            .filter(|draft| !is_blank(draft))
    });
    // The language of what was said, whatever the language of the "You:" before it.
    let last = memo(move || {
        conversation.with(|c| {
            let message = c.last_message.as_ref()?;
            let said = message.text.as_deref().unwrap_or_default();
            let lang = lang_of(said, c.contact.language.as_deref());
            Some((preview(message, &c.contact, me.id), lang))
        })
    });
    live(move || {
        if let Some(name) = typist.get() {
            return view! {
                <span class="row__preview cut">
                    <span class="row__typing">
                        <span class="dots" aria-hidden="true">
                            <i></i>
                            <i></i>
                            <i></i>
                        </span>
                        {shared.is_typing(&name)}
                    </span>
                </span>
            }
            .into_any();
        }
        let draft = drafted.get().map(|draft| {
            let lang = lang_of(&draft, None);
            (isolated(&draft).into_owned(), lang)
        });
        let is_draft = draft.is_some();
        let (words, lang) = draft.or_else(|| last.get()).unwrap_or_default();
        view! {
            <span class="row__preview cut" lang=lang>
                {is_draft
                    .then(|| view! { <span class="row__draft">{texts.draft()}</span> " " })}
                {words}
            </span>
        }
        .into_any()
    })
}

/// How long it waits, its tags, whose it is.
#[component]
fn Meta(
    conversation: RwSignal<Conversation>,
    now: RwSignal<Timestamp>,
    me: Operator,
) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let since = memo(move || {
        conversation.with(|c| {
            c.waiting_since
                .filter(|_| c.session.as_ref().is_some_and(Session::is_open))
        })
    });
    let tags = memo(move || conversation.with(|c| c.tags.clone()));
    let who = memo(move || conversation.with(|c| owner_words(texts, c, &me)));
    view! {
        <div class="row__meta">
            {live(move || since.get().map(|since| view! { <WaitTimer since now=now.into() /> }))}
            {live(move || {
                let tags = tags.get();
                let more = tags.len().saturating_sub(TAGS_SHOWN);
                let shown = tags
                    .into_iter()
                    .take(TAGS_SHOWN)
                    .map(|tag| {
                        view! {
                            <span class="tag" data-colour=tag.colour>
                                {bdi(tag.name)}
                            </span>
                        }
                    })
                    .collect_view();
                view! {
                    {shown}
                    {(more > 0)
                        .then(|| view! { <span class="tag tag--more">{format!("+{more}")}</span> })}
                }
            })}
            <span class="row__who">{live(move || bdi(who.get()))}</span>
        </div>
    }
}

/// "You", a colleague's name, or that nobody has it yet.
fn owner_words(texts: Texts, conversation: &Conversation, me: &Operator) -> String {
    let Some(session) = &conversation.session else {
        return String::new();
    };
    match &session.operator {
        Some(owner) if owner.id == me.id => texts.you().to_owned(),
        Some(owner) => owner.name.clone(),
        None if session.is_open() => texts.nobody_yet().to_owned(),
        None => String::new(),
    }
}

/// The row in words: customer, preview, unread, waiting time, owner. Changes once a minute.
fn label(
    conversation: RwSignal<Conversation>,
    minute: Memo<i64>,
    now: RwSignal<Timestamp>,
    me: Operator,
) -> Memo<String> {
    let (texts, shared) = (use_texts::<Texts>(), use_texts::<Shared>());
    memo(move || {
        minute.track();
        let now = now.get_untracked();
        conversation.with(|c| {
            let mut parts = vec![isolated(&c.contact.display_name).into_owned()];
            if let Some(message) = &c.last_message {
                parts.push(preview(message, &c.contact, me.id));
            }
            if c.unread > 0 {
                parts.push(shared.unread(c.unread));
            }
            if let Some(since) = c.waiting_since {
                parts.push(wait_words_by_minute(now.since(since)));
            }
            parts.push(owner_words(texts, c, &me));
            parts.retain(|part| !part.is_empty());
            parts.join(", ")
        })
    })
}
