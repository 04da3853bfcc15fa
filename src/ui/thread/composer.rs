//! Where operators write: to the customer, or a note to the team.

mod attach;
mod cost;
mod free_reply;
mod quote;
mod tools;

use leptos::html;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
pub(in crate::ui) use self::attach::Texts as AttachTexts;
pub(super) use self::attach::start as start_attaching;
use self::attach::{AttachButtons, Held};
use self::free_reply::FreeReply;
use self::quote::QuoteStrip;
pub(in crate::ui) use self::tools::Texts as ToolTexts;
use self::tools::Tools;
use super::texts::Texts;
use crate::client::signals::{Memo, RwSignal, StoredValue};
use crate::client::{SendRefused, use_console};
use crate::protocol::message::{TEXT_MAX_UTF16, utf16_len};
use crate::protocol::text::is_blank;
use crate::protocol::{Conversation, Room};
use crate::ui::components::{Icon, icon, icon_small};
use crate::ui::desk::{ComposeMode, Desk, use_desk, use_view};
use crate::ui::field::text_in;
use crate::ui::live::{NodeRef, effect, live, press, said, view};
use crate::ui::words::{grouped, use_texts};

/// From so many UTF-16 units on, the count is shown.
const COUNT_FROM: usize = 4_000;

/// The field with what belongs to it. `may_reply` is false for notes on other people's chats.
#[component]
pub(super) fn Composer(
    room: StoredValue<Room>,
    conversation: Memo<Conversation>,
    may_reply: Memo<bool>,
    /// The composer is empty and the arrow goes up: try the last failed message again.
    on_retry_last: Callback<()>,
    /// Something was sent.
    on_sent: Callback<()>,
) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let view_state = use_view();
    let mode = Memo::new(move || {
        if may_reply.get() {
            view_state.mode.get()
        } else {
            ComposeMode::Note
        }
    });
    let on_sticker = tools::send_chosen(room, mode, on_sent);
    let canned = tools::Made::new(None);
    let me = use_console().store.me;
    let beyond = cost::is_beyond(conversation);
    let held = Held::new(room);
    view! {
        {tools::tray_place()}
        <form
            class="composer"
            data-mode=said(move || if mode.get() == ComposeMode::Note { "note" } else { "reply" })
            aria-label=texts.reply_or_note()
            on:submit=move |event| event.prevent_default()
            on:sticker=on_sticker
            on:file=held.handed()
            on:files=held.counted()
            on:canned=tools::put_in(canned)
            data-customer=said(move || conversation.with(|c| c.contact.shown_name().to_owned()))
            data-account=said(move || conversation.with(|c| c.channel.to_string()))
            data-operator=said(move || me.with(|me| me.name.clone()))
            data-ctrl-enter=use_console().store.keys.ctrl_enter.then_some("")
            data-me=said(move || me.with(|me| me.id.to_string()))
            data-room=room.with_value(ToString::to_string)
        >
            <div class="composer__top">
                <ModeSwitch mode may_reply />
                {live(move || match mode.get() {
                    ComposeMode::Note => {
                        view! {
                            <span class="chip chip--bare">
                                {icon_small(Icon::Lock)} {texts.only_team_sees()}
                            </span>
                        }
                            .into_any()
                    }
                    ComposeMode::Reply => view! { <FreeReply conversation /> }.into_any(),
                })}
            </div>
            {live(move || {
                (mode.get() == ComposeMode::Reply)
                    .then(|| view! { <QuoteStrip room conversation /> })
            })}
            <sala-files data-room=room.with_value(ToString::to_string)></sala-files>
            <Field room mode beyond held canned on_retry_last on_sent />
        </form>
    }
}

/// Reply or note.
#[component]
fn ModeSwitch(mode: Memo<ComposeMode>, may_reply: Memo<bool>) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let view_state = use_view();
    view! {
        <div class="segment" role="group" aria-label=texts.reply_or_note()>
            <button
                type="button"
                aria-pressed=said(move || (mode.get() == ComposeMode::Reply).to_string())
                disabled=said(move || !may_reply.get())
                on:click=press(move |_| view_state.compose(ComposeMode::Reply))
            >
                {texts.reply()}
            </button>
            <button
                type="button"
                aria-pressed=said(move || (mode.get() == ComposeMode::Note).to_string())
                on:click=press(move |_| view_state.compose(ComposeMode::Note))
            >
                {icon_small(Icon::Lock)}
                {texts.internal_note()}
            </button>
        </div>
    }
}

/// The text with its counter and the button that sends.
#[component]
fn Field(
    room: StoredValue<Room>,
    mode: Memo<ComposeMode>,
    beyond: Memo<bool>,
    held: Held,
    canned: tools::Made,
    on_retry_last: Callback<()>,
    on_sent: Callback<()>,
) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let view_state = use_view();
    let desk = use_desk();
    let draft = room.with_value(|room| desk.console().draft(room));
    let node = NodeRef::<html::Textarea>::new();
    let units = Memo::new(move || draft.with(|text| utf16_len(text)));
    let sendable = may_go(mode, beyond, units, draft, held);
    let placeholder = said(move || match mode.get() {
        ComposeMode::Reply => texts.write_reply(),
        ComposeMode::Note => texts.write_note(),
    });
    let send_words = words(room, mode, draft, canned, on_sent);
    let send = move || {
        if !sendable.get_untracked() {
            return;
        }
        if mode.get_untracked() == ComposeMode::Reply && held.hand_over(node) {
            on_sent.run(());
        }
        send_words();
    };
    let ctrl_enter = desk.console().store.keys.ctrl_enter;
    let watch_signs = tools::watch_signs();
    let typed = move |event| {
        let field = event_target::<web_sys::Element>(&event);
        take(&text_in(&field), desk, room, mode.get_untracked(), draft);
        watch_signs(field);
    };
    let pressed = pressed(ctrl_enter, draft, on_retry_last, send);
    watch_focus(node);
    show_draft(node, draft);
    let mirrors = needs_mirror(node);
    let on_send = Callback::new(move |()| {
        send();
        view_state.focus_composer.update(|wishes| *wishes += 1);
    });
    view! {
        <div class="composer__box">
            // The text once more, for browsers whose fields do not grow by themselves.
            <div
                class="composer__field"
                data-text=said(move || mirrors.get().then(|| draft.get()))
            >
                <textarea
                    node_ref=node
                    class="composer__text"
                    rows="2"
                    dir="auto"
                    aria-label=placeholder.clone()
                    placeholder=placeholder
                    on:input=typed
                    on:keydown=pressed
                    on:blur=move |_| {
                        // A field that goes with its chat loses the focus last of all.
                        room.try_get_value().iter().for_each(|it| desk.console().stop_typing(it));
                    }
                ></textarea>
            </div>
            <SendBar mode units sendable on_send />
        </div>
    }
}

/// What keys do: Enter, or what stands for it, sends, and the arrow in an empty field tries again.
fn pressed(
    ctrl_enter: bool,
    draft: RwSignal<String>,
    on_retry_last: Callback<()>,
    send: impl Fn() + 'static,
) -> impl Fn(leptos::ev::KeyboardEvent) + 'static {
    move |event| match event.code().as_str() {
        // An input method that composes uses Enter to accept; 229 is its mark in older browsers.
        "Enter" | "NumpadEnter"
            if sends(&event, ctrl_enter) && !event.is_composing() && event.key_code() != 229 =>
        {
            event.prevent_default();
            send();
        }
        "ArrowUp" if !event.alt_key() && draft.with_untracked(String::is_empty) => {
            on_retry_last.run(());
        }
        _ => {}
    }
}

/// What sends the words that are written, if there are any.
fn words(
    room: StoredValue<Room>,
    mode: Memo<ComposeMode>,
    draft: RwSignal<String>,
    canned: tools::Made,
    on_sent: Callback<()>,
) -> impl Fn() + Copy + 'static {
    let (texts, view_state, desk) = (use_texts::<Texts>(), use_view(), use_desk());
    move || {
        let text = draft.get_untracked();
        if is_blank(&text) {
            return;
        }
        let made_of = canned.get_value();
        let taken = match mode.get_untracked() {
            ComposeMode::Reply => quote::send(desk, room, text, made_of),
            ComposeMode::Note => desk.console().send_note(&room.get_value(), text, made_of),
        };
        match taken {
            Ok(()) => {
                canned.set_value(None);
                draft.set(String::new());
                on_sent.run(());
            }
            Err(SendRefused::QueueFull(_)) => view_state.tell(texts.queue_full()),
            Err(SendRefused::Content(_)) => {}
        }
    }
}

/// Whether Enter, as it is pressed, sends and does not break the line.
fn sends(event: &leptos::ev::KeyboardEvent, ctrl_enter: bool) -> bool {
    if ctrl_enter {
        event.ctrl_key() || event.meta_key()
    } else {
        !event.shift_key()
    }
}

/// Whether what is written may go. With the month's messages used up (`beyond`) notes do.
fn may_go(
    mode: Memo<ComposeMode>,
    beyond: Memo<bool>,
    units: Memo<usize>,
    draft: RwSignal<String>,
    held: Held,
) -> Memo<bool> {
    let goes = Memo::new(move || mode.get() == ComposeMode::Note || !beyond.get());
    let has_files = move || mode.get() == ComposeMode::Reply && held.count.get() > 0;
    let says = Memo::new(move || draft.with(|text| !is_blank(text)) || has_files());
    Memo::new(move || goes.get() && units.get() <= TEXT_MAX_UTF16 && says.get())
}

/// The counter, from 4,000 units on, and the button that sends.
#[component]
fn SendBar(
    mode: Memo<ComposeMode>,
    units: Memo<usize>,
    sendable: Memo<bool>,
    on_send: Callback<()>,
) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let key = if use_console().store.keys.ctrl_enter {
        "Ctrl ↵"
    } else {
        "↵"
    };
    let count = move || {
        let units = units.get();
        (units >= COUNT_FROM).then(|| format!("{} / {}", grouped(units), grouped(TEXT_MAX_UTF16)))
    };
    let state = said(move || match units.get() {
        units if units > TEXT_MAX_UTF16 => Some("over"),
        units if units >= COUNT_FROM => Some("warn"),
        _ => None,
    });
    view! {
        <div class="composer__bar">
            <AttachButtons mode />
            <Tools mode />
            <span class="composer__count" role="status" data-state=state>
                {count}
            </span>
            <button
                type="button"
                class="button button--primary"
                disabled=said(move || !sendable.get())
                on:click=press(move |_| on_send.run(()))
            >
                {live(move || match mode.get() {
                    ComposeMode::Reply => view! { {icon(Icon::Send)} {texts.send()} }.into_any(),
                    ComposeMode::Note => view! { {icon(Icon::Lock)} {texts.add_note()} }.into_any(),
                })} <kbd aria-hidden="true">{key}</kbd>
            </button>
        </div>
    }
}

/// Puts the cursor into the field when somebody wishes so.
fn watch_focus(node: NodeRef<html::Textarea>) {
    let wishes = use_view().focus_composer;
    Effect::new(move |before: Option<u32>| {
        let now = wishes.get();
        if before.is_some_and(|before| before != now)
            && let Some(field) = node.get_untracked()
        {
            // Refused only for elements that cannot have focus.
            let _ = field.focus();
        }
        now
    });
}

/// Whether the field does not grow by itself: others need not be styled anew for each key.
fn needs_mirror(node: NodeRef<html::Textarea>) -> RwSignal<bool> {
    const PROPERTY: &str = "field-sizing";
    let needs = RwSignal::new(true);
    effect(move || {
        let Some(field) = node.get() else { return };
        let style = web_sys::HtmlElement::style(&field);
        // What a browser does not know it does not keep.
        let _ = style.set_property(PROPERTY, "content");
        let grows = style.get_property_value(PROPERTY);
        needs.set(grows.is_ok_and(|value| value.is_empty()));
    });
    needs
}

/// Takes over what the reader has typed, and tells colleagues that they type.
fn take(
    text: &str,
    desk: Desk,
    room: StoredValue<Room>,
    mode: ComposeMode,
    draft: RwSignal<String>,
) {
    let console = desk.console();
    match (text.is_empty(), mode) {
        (true, _) => console.stop_typing(&room.get_value()),
        (false, ComposeMode::Reply) => console.typing(&room.get_value()),
        (false, ComposeMode::Note) => {}
    }
    if draft.with_untracked(|draft| draft != text) {
        draft.set(text.to_owned());
    }
}

/// Writes the draft into the field where the field says something else. What the reader types is
/// never written over: it is the draft already, but for half a character that is to be completed.
fn show_draft(node: NodeRef<html::Textarea>, draft: RwSignal<String>) {
    effect(move || {
        let text = draft.get();
        if let Some(field) = node.get()
            && text_in(&field) != text
        {
            field.set_value(&text);
        }
    });
}
