//! One conversation in the list: three lines, and its name for those who hear it.

use leptos::prelude::*;

use super::preview::preview;
use super::seats::{Chat, Seat};
use super::texts::Texts;
use crate::client::signals::{Memo, RwSignal, Signal};
use crate::client::use_console;
use crate::protocol::text::{is_blank, isolated};
use crate::protocol::{Conversation, Mode, OperatorId, Room, Tag, Timestamp};
use crate::ui::components::{
    ContactAvatar, Icon, OperatorAvatar, Wait, WaitTimer, bdi, icon_small, wait_words_by_minute,
};
use crate::ui::desk::{use_desk, use_view};
use crate::ui::front::ConsolePlace;
use crate::ui::live::{Live, live, said, view, when};
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
            today: Memo::new(move || day(zone.get(), now.get())),
            minute: Memo::new(move || now.get().0 / 60_000),
        }
    }
}

/// The chat of a row: another one once the row shows another.
#[derive(Clone, Copy)]
struct Shown(RwSignal<Chat>);

impl Shown {
    fn room<T>(self, read: impl FnOnce(&Room) -> T) -> T {
        self.0.with(|chat| read(&chat.room))
    }

    fn with<T>(self, read: impl FnOnce(&Conversation) -> T) -> T {
        self.0.with(|chat| chat.conversation.with(read))
    }
}

/// A row, which is a link to the chat.
#[component]
pub(super) fn Row(seat: Seat, context: RowContext) -> impl IntoView {
    let RowContext { stop, me, .. } = context;
    let store = use_console().store;
    let (open, tab) = (store.open, store.tab);
    let shown = Shown(seat.chat.into());
    let is_this = move |other: &Option<Room>| shown.room(|room| other.as_ref() == Some(room));
    let href = said(move || {
        ConsolePlace {
            tab: tab.get(),
            room: Some(shown.room(Room::clone)),
        }
        .href()
    });
    let unread = Memo::new(move || shown.with(|c| c.unread));
    let until = Memo::new(move || shown.with(|c| c.snoozed_until));
    let at = Memo::new(move || shown.with(last_activity));
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
            tabindex=said(move || if stop.with(is_this) { "0" } else { "-1" })
            aria-selected=said(move || open.with(is_this).to_string())
            aria-label=said(move || {
                context.minute.track();
                let now = context.now.get_untracked();
                shown.with(|c| label(c, now, me))
            })
            data-room=said(move || shown.room(Room::to_string))
            data-seat=seat.id
            data-unread=said(move || unread.get() > 0)
            data-snoozed=said(move || until.get().is_some())
        >
            {face(shown)}
            <div>
                <div class="row__line">
                    {name(shown)} <span class="row__time">{time}</span>
                </div>
                <div class="row__line">
                    {words(shown, me)}
                    {when(
                        Memo::new(move || unread.get() > 0),
                        move || view! { <span class="badge">{live(move || unread.get())}</span> },
                    )}
                </div>
                {meta(shown, until, context)}
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
fn face(chat: Shown) -> AnyView {
    let contact = Memo::new(move || chat.with(|c| c.contact.clone()));
    let owner = Memo::new(move || {
        chat.with(|c| {
            let open = c.session.as_ref().filter(|session| session.is_open());
            open.and_then(|session| session.operator.clone())
        })
    });
    let letter = live(move || {
        let owner = owner.get()?;
        let (name, title) = (owner.name.clone(), owner.name);
        Some(view! { <OperatorAvatar id=owner.id name size=18 class="row__owner" title /> })
    });
    view! { <ContactAvatar contact>{letter}</ContactAvatar> }
}

/// The customer's name, in its language.
fn name(chat: Shown) -> AnyView {
    let name = Memo::new(move || chat.with(|c| c.contact.shown_name().to_owned()));
    let lang = said(move || {
        let tag = chat.with(|c| c.contact.language.clone());
        name.with(|name| lang_of(name, tag.as_deref()))
    });
    view! {
        <span class="row__name cut" lang=lang>
            <bdi>{live(move || name.get())}</bdi>
        </span>
    }
}

/// What stands in the third line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Third {
    Typing,
    Draft,
    Message,
}

/// The third line: who types, else one's draft, else the last message.
fn words(chat: Shown, me: OperatorId) -> Live {
    let (typist, draft) = (typist(chat), draft(chat));
    let last = Memo::new(move || {
        chat.with(|c| {
            let message = c.last_message.as_ref()?;
            // The language of what was said, whatever the language of the "You:" before it.
            let said = message.text.as_deref().unwrap_or_default();
            let lang = lang_of(said, c.contact.language.as_deref());
            Some((preview(message, &c.contact, me), lang))
        })
    });
    let third = Memo::new(move || {
        if typist.with(Option::is_some) {
            Third::Typing
        } else if draft.with(Option::is_some) {
            Third::Draft
        } else {
            Third::Message
        }
    });
    live(move || match third.get() {
        Third::Typing => typing(typist),
        Third::Draft => drafted(draft),
        Third::Message => {
            let lang = said(move || last.with(|last| last.as_ref().and_then(|(_, lang)| *lang)));
            let words = live(move || {
                last.with(|last| {
                    last.as_ref()
                        .map(|(words, _)| words.clone())
                        .unwrap_or_default()
                })
            });
            view! {
                <span class="row__preview cut" lang=lang>
                    {words}
                </span>
            }
        }
    })
}

/// Who types in the chat.
fn typist(chat: Shown) -> Memo<Option<String>> {
    let store = use_console().store;
    Memo::new(move || {
        let thread = chat.room(|room| store.thread(room))?;
        thread
            .typing
            .with(|people| people.first().map(|person| person.name.clone()))
    })
}

/// One's draft, unless the chat is open: that one shows its own below the thread.
fn draft(chat: Shown) -> Memo<Option<String>> {
    let open = use_console().store.open;
    let hydrated = use_view().hydrated;
    let desk = use_desk();
    let draft = Memo::new(move || chat.room(|room| desk.console().draft(room)));
    Memo::new(move || {
        let is_open = open.with(|open| chat.room(|room| open.as_ref() == Some(room)));
        // Only the browser knows drafts.
        (hydrated.get() && !is_open)
            .then(|| draft.get().get())
            .filter(|draft| !is_blank(draft))
    })
}

/// The third line while somebody types.
fn typing(typist: Memo<Option<String>>) -> AnyView {
    let shared = use_texts::<Shared>();
    let words =
        live(move || typist.with(|name| name.as_deref().map(|name| shared.is_typing(name))));
    view! {
        <span class="row__preview cut">
            <span class="row__typing">
                <span class="dots" aria-hidden="true">
                    <i></i>
                    <i></i>
                    <i></i>
                </span>
                {words}
            </span>
        </span>
    }
}

/// The third line with one's own words that were not sent.
fn drafted(draft: Memo<Option<String>>) -> AnyView {
    let lang = said(move || draft.with(|draft| lang_of(draft.as_deref()?, None)));
    let words =
        live(move || draft.with(|draft| draft.as_deref().map(|it| isolated(it).into_owned())));
    view! {
        <span class="row__preview cut" lang=lang>
            <span class="row__draft">{use_texts::<Texts>().draft()}</span>
            " "
            {words}
        </span>
    }
}

/// How long it waits or until when it is put off, its tags, whose it is.
fn meta(chat: Shown, until: Memo<Option<Timestamp>>, context: RowContext) -> AnyView {
    let texts = use_texts::<Texts>();
    let wait = Memo::new(move || chat.with(Wait::of));
    let tags = Memo::new(move || chat.with(|c| c.tags.clone()));
    let who = Memo::new(move || chat.with(|c| owner_words(texts, c, context.me)));
    view! {
        <div class="row__meta">
            {when(
                Memo::new(move || wait.get().is_some()),
                move || view! { <WaitTimer wait now=context.now.into() /> },
            )}
            {when(Memo::new(move || until.get().is_some()), move || snoozed(until))}
            {live(move || shown_tags(tags.get()))}
            <span class="row__who">
                <bdi>{live(move || who.get())}</bdi>
            </span>
        </div>
    }
}

/// Until when it is put off; the words are those of `public/lists/`, which has them in its menu too.
fn snoozed(until: Memo<Option<Timestamp>>) -> AnyView {
    view! {
        <span class="timer">
            {icon_small(Icon::Moon)}
            <span data-until=said(move || until.get().map(|at| at.to_string()))></span>
        </span>
    }
}

/// Two tags and a number.
fn shown_tags(tags: Vec<Tag>) -> AnyView {
    let more = tags.len().saturating_sub(TAGS_SHOWN);
    let tags = tags.into_iter().take(TAGS_SHOWN).map(|tag| {
        view! {
            <span class="tag" data-colour=tag.color.name()>
                {bdi(tag.name)}
            </span>
        }
    });
    let mut tags: Vec<AnyView> = tags.collect();
    if more > 0 {
        tags.push(view! { <span class="tag tag--more">{format!("+{more}")}</span> });
    }
    tags.into_any()
}

/// "You", a colleague's name, the bot, or that nobody has it yet.
fn owner_words(texts: Texts, conversation: &Conversation, me: OperatorId) -> String {
    if conversation.mode == Mode::Bot {
        return texts.bot().to_owned();
    }
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
    parts.extend(wait_words_by_minute(conversation, now));
    parts.push(owner_words(texts, conversation, me));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}
