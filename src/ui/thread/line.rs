//! One line of the thread: a bubble with its state, a note or an event.

use leptos::prelude::*;

use super::content::{Shown, bubble, passage};
use super::event_line::event_line;
use super::grouping::Standing;
use super::state::{SendState, fail_row, meta};
use super::texts::Texts;
use crate::client::signals::{ArcRwSignal, Memo, RwSignal, Signal, StoredValue};
use crate::client::{Entry, use_console};
use crate::protocol::message::{Direction, MessageKind, SenderType};
use crate::protocol::passage::named;
use crate::protocol::{Contact, ContactKind, Message, MessageId, OperatorId, Room};
use crate::ui::components::{ContactAvatar, Icon, OperatorAvatar, bdi, icon_small};
use crate::ui::desk::{use_desk, use_view};
use crate::ui::inbox::preview;
use crate::ui::live::{live, press, said, view};
use crate::ui::words::{Shared, Zone, lang_of, use_dates, use_texts};

/// A line so young is seen to arrive, in milliseconds.
const FRESH_MS: i64 = 5_000;

/// What every line of a thread needs.
#[derive(Clone, Copy)]
pub(super) struct LineContext {
    pub room: StoredValue<Room>,
    pub contact: Memo<Contact>,
    pub zone: Signal<Zone>,
    /// The day that it is; one for all lines, since each second asks for it.
    pub today: Memo<i64>,
    /// Finds a quoted line's words among the loaded ones: who and what.
    pub quoted: Callback<MessageId, Option<(String, String)>>,
    /// Leads to a quoted line.
    pub lead: Callback<MessageId>,
}

/// A line, with the day or the "new" mark that stands above it.
#[component]
pub(super) fn Line(
    entry: ArcRwSignal<Entry>,
    standing: RwSignal<Standing>,
    context: LineContext,
) -> impl IntoView {
    let (texts, dates) = (use_texts::<Texts>(), use_dates());
    let desk = use_desk();
    let entry = RwSignal::from(entry);
    let message = Memo::new(move || entry.with(|entry| entry.message.clone()));
    let state = Memo::new(move || entry.with(SendState::of));
    let at = message.with_untracked(|message| message.created_at);
    let store = use_console().store;
    let fresh =
        use_view().hydrated.get_untracked() && store.now.get_untracked().since(at) < FRESH_MS;
    let above = live(move || {
        let standing = standing.get();
        let day = standing.new_day.then(|| {
            context.today.track();
            let zone = context.zone.get();
            let words = dates.day_head(at, store.now.get_untracked(), zone);
            view! {
                <div class="day" role="separator">
                    {words}
                </div>
            }
        });
        let news = standing.new_line.then(|| {
            view! {
                <div class="new-line" role="separator">
                    {texts.new_messages()}
                </div>
            }
        });
        let gap = standing.gap.then(|| {
            let more = move |_| desk.console().load_newer(&context.room.get_value());
            view! {
                <button type="button" class="gap" on:click=more>
                    {texts.in_between()}
                </button>
            }
        });
        view! {
            {gap}
            {day}
            {news}
        }
    });
    let line = match message.with_untracked(Form::of) {
        Form::Event => {
            let line =
                move || message.with(|m| event_line(m, &context.contact.get(), context.zone));
            live(line).into_any()
        }
        Form::Note => view! { <Note entry message state fresh context /> },
        Form::In | Form::Out => {
            view! { <Bubble entry message state standing fresh context /> }
        }
    };
    view! {
        {above}
        {line}
    }
}

/// Which of the four shapes a line has; it never changes for a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    In,
    Out,
    Note,
    Event,
}

impl Form {
    fn of(message: &Message) -> Self {
        match message.direction {
            _ if message.kind == MessageKind::Event => Self::Event,
            Direction::System => Self::Event,
            Direction::Note => Self::Note,
            Direction::Out => Self::Out,
            Direction::In => Self::In,
        }
    }
}

/// A message from or to the customer.
#[component]
fn Bubble(
    entry: RwSignal<Entry>,
    message: Memo<Message>,
    state: Memo<SendState>,
    standing: RwSignal<Standing>,
    fresh: bool,
    context: LineContext,
) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let out = message.with_untracked(|m| m.direction == Direction::Out);
    let key = entry.with_untracked(|entry| entry.key.to_string());
    // Whose words they are is not built anew for each line that comes after this one: the browser
    // would ask for the picture again.
    let same = Memo::new(move || standing.with(|standing| standing.same));
    let class = move || match (out, same.get()) {
        (true, true) => "message message--out message--same",
        (true, false) => "message message--out",
        (false, true) => "message message--same",
        (false, false) => "message",
    };
    let shown = Memo::new(move || message.with(Shown::of));
    let content = live(move || {
        shown.with(|shown| {
            let quote = shown
                .quotes
                .map(|id| quote(texts, context.quoted.run(id), Some((id, context.lead))))
                .or_else(|| {
                    let unknown = (String::new(), texts.quoted_unknown().to_owned());
                    shown
                        .quotes_unknown
                        .then(|| quote(texts, Some(unknown), None))
                });
            context
                .contact
                .with(|contact| bubble(shown, contact, quote))
        })
    });
    view! {
        <article
            class=said(class)
            data-key=key
            data-state=said(move || state.get().attribute())
            data-new=fresh.then_some("")
        >
            {live(move || {
                (!same.get()).then(|| author(texts, message, context.contact, out))
            })}
            <div class="message__body">
                {content} {live(move || meta(message, &state.get(), standing.get(), context.zone))}
            </div>
            {live(move || fail_row(entry, context.room, &state.get()))}
        </article>
    }
}

/// Whose words a group of lines has, above its first: picture and name.
fn author(texts: Texts, message: Memo<Message>, contact: Memo<Contact>, out: bool) -> AnyView {
    contact.with(|contact| {
        message.with(|message| {
            let name = name(texts, message, contact)
                .map(|name| view! { <span class="message__name">{bdi(name)}</span> });
            view! {
                {(!out).then(|| face(message, contact.clone()))}
                {name}
            }
        })
    })
}

/// The customer's picture; in groups a letter for whoever wrote.
fn face(message: &Message, contact: Contact) -> AnyView {
    if contact.kind == ContactKind::User {
        return view! { <ContactAvatar contact /> };
    }
    let sender = message.sender.clone();
    let id = sender
        .id
        .and_then(|id| id.parse().ok())
        .unwrap_or_else(|| contact.line_user_id.clone());
    let member = Contact {
        line_user_id: id,
        kind: ContactKind::User,
        display_name: sender.name,
        name: None,
        picture_url: None,
        ..contact
    };
    view! { <ContactAvatar contact=member /> }
}

/// Who wrote, where that is not plain: operators, bots and members of groups.
fn name(texts: Texts, message: &Message, contact: &Contact) -> Option<String> {
    match message.sender.kind {
        SenderType::Bot => Some(texts.bot().to_owned()),
        SenderType::Customer if contact.kind == ContactKind::User => None,
        _ => Some(message.sender.name.clone()),
    }
}

/// The quoted line, small, above the words; it leads there.
fn quote(
    texts: Texts,
    quoted: Option<(String, String)>,
    lead: Option<(MessageId, Callback<MessageId>)>,
) -> AnyView {
    let (who, what) = quoted.unwrap_or_else(|| (String::new(), texts.quoted_missing().to_owned()));
    let words = view! {
        <b>{bdi(who)}</b>
        <span class="cut">{bdi(what)}</span>
    };
    let Some((id, lead)) = lead else {
        return view! { <div class="quote">{words}</div> };
    };
    view! {
        <button
            type="button"
            class="quote"
            title=texts.to_quoted()
            on:click=press(move |_| lead.run(id))
        >
            {words}
        </button>
    }
}

/// Words among operators: amber, dashed, with a lock.
#[component]
fn Note(
    entry: RwSignal<Entry>,
    message: Memo<Message>,
    state: Memo<SendState>,
    fresh: bool,
    context: LineContext,
) -> impl IntoView {
    let (texts, dates) = (use_texts::<Texts>(), use_dates());
    let me = use_console().store.me.with_untracked(|me| me.id);
    let shown = Memo::new(move || {
        message.with(|m| {
            let text = m.text.clone().unwrap_or_default();
            let named = named(&text, &m.mentions, me);
            (text, named)
        })
    });
    let at = Memo::new(move || message.with(|m| m.created_at));
    let author = message.with_untracked(|m| texts.note_by(&m.sender.name));
    let key = entry.with_untracked(|entry| entry.key.to_string());
    view! {
        <aside
            class="note"
            data-key=key
            aria-label=author.clone()
            data-state=said(move || state.get().attribute())
            data-new=fresh.then_some("")
        >
            <header>
                {icon_small(Icon::Lock)} {format!("{author} · {} ·", texts.only_team())}
                {live(move || {
                    if let Some(words) = state.get().in_flight(texts) {
                        return words.into_any();
                    }
                    let (at, zone) = (at.get(), context.zone.get());
                    view! {
                        <time datetime=at.to_string() title=dates.full(at, zone)>
                            {dates.clock(at, zone)}
                        </time>
                    }
                        .into_any()
                })}
            </header>
            <div class="note__text" lang=said(move || shown.with(|(text, _)| lang_of(text, None)))>
                {live(move || shown.with(|(text, named)| passage(text, named)))}
            </div>
            {live(move || fail_row(entry, context.room, &state.get()))}
        </aside>
    }
}

/// "Mali is typing", at the end of the thread.
#[component]
pub(super) fn TypingLine(id: OperatorId, name: String) -> impl IntoView {
    let words = use_texts::<Shared>().is_typing(&name);
    view! {
        <div class="typing" aria-hidden="true">
            <OperatorAvatar id name size=22 />
            {words}
            <span class="dots">
                <i></i>
                <i></i>
                <i></i>
            </span>
        </div>
    }
}

/// Who and what, for a quote.
pub(super) fn quoted_words(message: &Message, customer: &str) -> (String, String) {
    (
        message.sender.name.clone(),
        preview::words(message, customer),
    )
}
