//! One conversation in the list: three lines, and its name for those who hear it.

use leptos::prelude::*;

use super::preview::preview;
use super::texts::Texts;
use crate::client::use_console;
use crate::protocol::text::{is_blank, isolated};
use crate::protocol::{Conversation, OperatorId, Room, Session, Timestamp};
use crate::ui::components::{ContactAvatar, OperatorAvatar, WaitTimer, bdi, wait_words_by_minute};
use crate::ui::desk::{use_desk, use_view};
use crate::ui::front::ConsolePlace;
use crate::ui::live::{Live, live, memo, view};
use crate::ui::words::{Shared, Zone, day, lang_of, use_dates, use_texts};

/// Tags that have room; the rest is a number.
const TAGS_SHOWN: usize = 2;

/// What all rows share, so that each second does not wake every row.
#[derive(Clone, Copy)]
pub(super) struct RowContext {
    /// The row that Tab leads to.
    pub stop: RwSignal<Option<Room>>,
    pub zone: Signal<Zone>,
    now: RwSignal<Timestamp>,
    /// The day that it is, and the minute.
    today: Memo<i64>,
    minute: Memo<i64>,
    me: OperatorId,
}

impl RowContext {
    /// Made once, above all rows.
    pub(super) fn new(stop: RwSignal<Option<Room>>, zone: Signal<Zone>) -> Self {
        let store = use_console().store;
        let now = store.now;
        Self {
            stop,
            zone,
            now,
            me: store.me.with_untracked(|me| me.id),
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
    let RowContext { stop, me, .. } = context;
    let store = use_console().store;
    let (open, tab) = (store.open, store.tab);
    let conversation = RwSignal::from(conversation);
    let room = StoredValue::new(room);
    let is_this = move |other: &Option<Room>| room.with_value(|room| other.as_ref() == Some(room));
    let href = move || {
        ConsolePlace {
            tab: tab.get(),
            room: Some(room.get_value()),
        }
        .href()
    };
    let unread = memo(move || conversation.with(|c| c.unread));
    let at = memo(move || conversation.with(last_activity));
    let dates = use_dates();
    let time = live(move || {
        context.today.track();
        dates.short(at.get(), context.now.get_untracked(), context.zone.get())
    });
    view! {
        <a
            class="row"
            role="option"
            href=href
            tabindex=move || if stop.with(is_this) { "0" } else { "-1" }
            aria-selected=move || open.with(is_this).to_string()
            aria-label=move || {
                context.minute.track();
                let now = context.now.get_untracked();
                conversation.with(|c| label(c, now, me))
            }
            data-room=room.with_value(Room::to_string)
            data-unread=move || (unread.get() > 0).then_some("")
        >
            {face(conversation)}
            <div>
                <div class="row__line">
                    {name(conversation)} <span class="row__time">{time}</span>
                </div>
                <div class="row__line">
                    {words(room, conversation, me)}
                    {live(move || {
                        let unread = unread.get();
                        (unread > 0).then(|| view! { <span class="badge">{unread}</span> })
                    })}
                </div>
                {meta(conversation, context)}
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

/// The customer's picture with the letter on it of the active session's owner.
fn face(conversation: RwSignal<Conversation>) -> Live {
    let shown = memo(move || {
        conversation.with(|c| {
            let owner = c.session.as_ref().filter(|session| session.is_open());
            let owner = owner.and_then(|session| session.operator.clone());
            (c.contact.clone(), owner)
        })
    });
    live(move || {
        let (contact, owner) = shown.get();
        let owner = owner.map(|owner| {
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
        view! { <ContactAvatar contact>{owner}</ContactAvatar> }
    })
}

/// The customer's name, in its language.
fn name(conversation: RwSignal<Conversation>) -> Live {
    let shown = memo(move || {
        conversation.with(|c| {
            let name = c.contact.shown_name().to_owned();
            let lang = lang_of(&name, c.contact.language.as_deref());
            (name, lang)
        })
    });
    live(move || {
        let (name, lang) = shown.get();
        view! {
            <span class="row__name cut" lang=lang>
                {bdi(name)}
            </span>
        }
    })
}

/// The third line: who types, else one's draft, else the last message.
fn words(room: StoredValue<Room>, conversation: RwSignal<Conversation>, me: OperatorId) -> Live {
    let (typist, draft) = (typist(room), draft(room));
    let last = memo(move || {
        conversation.with(|c| {
            let message = c.last_message.as_ref()?;
            // The language of what was said, whatever the language of the "You:" before it.
            let said = message.text.as_deref().unwrap_or_default();
            let lang = lang_of(said, c.contact.language.as_deref());
            Some((preview(message, &c.contact, me), lang))
        })
    });
    live(move || {
        if let Some(name) = typist.get() {
            return typing(&name);
        }
        if let Some(draft) = draft.get() {
            return drafted(&draft);
        }
        let (words, lang) = last.get().unwrap_or_default();
        view! {
            <span class="row__preview cut" lang=lang>
                {words}
            </span>
        }
    })
}

/// Who types in the chat.
fn typist(room: StoredValue<Room>) -> Memo<Option<String>> {
    let store = use_console().store;
    memo(move || {
        let thread = room.with_value(|room| store.thread(room))?;
        thread
            .typing
            .with(|people| people.first().map(|person| person.name.clone()))
    })
}

/// One's draft, unless the chat is open: that one shows its own below the thread.
fn draft(room: StoredValue<Room>) -> Memo<Option<String>> {
    let open = use_console().store.open;
    let hydrated = use_view().hydrated;
    let draft = room.with_value(|room| use_desk().console().draft(room));
    memo(move || {
        let is_open = open.with(|open| room.with_value(|room| open.as_ref() == Some(room)));
        // Only the browser knows drafts.
        (hydrated.get() && !is_open)
            .then(|| draft.get())
            .filter(|draft| !is_blank(draft))
    })
}

/// The third line while somebody types.
fn typing(name: &str) -> AnyView {
    view! {
        <span class="row__preview cut">
            <span class="row__typing">
                <span class="dots" aria-hidden="true">
                    <i></i>
                    <i></i>
                    <i></i>
                </span>
                {use_texts::<Shared>().is_typing(name)}
            </span>
        </span>
    }
}

/// The third line with one's own words that were not sent.
fn drafted(draft: &str) -> AnyView {
    let lang = lang_of(draft, None);
    view! {
        <span class="row__preview cut" lang=lang>
            <span class="row__draft">{use_texts::<Texts>().draft()}</span>
            " "
            {isolated(draft).into_owned()}
        </span>
    }
}

/// How long it waits, its tags, whose it is: changes seldom, and all of it at once.
fn meta(conversation: RwSignal<Conversation>, context: RowContext) -> Live {
    let texts = use_texts::<Texts>();
    let shown = memo(move || {
        conversation.with(|c| {
            let is_open = c.session.as_ref().is_some_and(Session::is_open);
            let since = c.waiting_since.filter(|_| is_open);
            (since, c.tags.clone(), owner_words(texts, c, context.me))
        })
    });
    live(move || {
        let (since, tags, who) = shown.get();
        let more = tags.len().saturating_sub(TAGS_SHOWN);
        let tags = tags.into_iter().take(TAGS_SHOWN).map(|tag| {
            view! {
                <span class="tag" data-colour=tag.color.name()>
                    {bdi(tag.name)}
                </span>
            }
        });
        view! {
            <div class="row__meta">
                {since.map(|since| view! { <WaitTimer since now=context.now.into() /> })}
                {tags.collect_view()}
                {(more > 0)
                    .then(|| view! { <span class="tag tag--more">{format!("+{more}")}</span> })}
                <span class="row__who">{bdi(who)}</span>
            </div>
        }
    })
}

/// "You", a colleague's name, or that nobody has it yet.
fn owner_words(texts: Texts, conversation: &Conversation, me: OperatorId) -> String {
    let Some(session) = &conversation.session else {
        return String::new();
    };
    match &session.operator {
        Some(owner) if owner.id == me => texts.you().to_owned(),
        Some(owner) => owner.name.clone(),
        None if session.is_open() => texts.nobody_yet().to_owned(),
        None => String::new(),
    }
}

/// The row in words: customer, preview, unread, waiting time, owner. Changes once a minute.
fn label(conversation: &Conversation, now: Timestamp, me: OperatorId) -> String {
    let (texts, shared) = (use_texts::<Texts>(), use_texts::<Shared>());
    let contact = &conversation.contact;
    let mut parts = vec![isolated(contact.shown_name()).into_owned()];
    if let Some(message) = &conversation.last_message {
        parts.push(preview(message, contact, me));
    }
    if conversation.unread > 0 {
        parts.push(shared.unread(conversation.unread));
    }
    if let Some(since) = conversation.waiting_since {
        parts.push(wait_words_by_minute(now.since(since)));
    }
    parts.push(owner_words(texts, conversation, me));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}
