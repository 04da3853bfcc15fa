//! What can be done with a message: one bar for all of them, which goes to the one that is pointed
//! at or has the focus; on a phone a long press opens the same as a sheet.

mod forward;
mod pointing;

use leptos::html;
use leptos::prelude::*;

pub(super) use self::forward::ForwardDialog;
pub(super) use self::pointing::{Pointing, focus, step};
use crate::client::signals::{ArcRwSignal, Memo, StoredValue};
use crate::client::{Entry, EntryKey, Thread, clipboard, may_take_back};
use crate::protocol::message::{Direction, Media, MediaState, MessageKind};
use crate::protocol::{Command, Message, MessageStatus, Room};
use crate::ui::components::{Dialog, Icon, icon_small};
use crate::ui::desk::{ComposeMode, Desk, ViewState, use_desk, use_view};
use crate::ui::live::{NodeRef, live, press, said, view};
use crate::ui::words::{texts, use_texts};

texts! {
    actions: "What to do with this message", "จัดการข้อความนี้", "メッセージの操作", "訊息操作";
    quote: "Quote", "อ้างอิงข้อความ", "引用", "引用回覆";
    copy: "Copy", "คัดลอก", "コピー", "複製";
    copied: "Copied", "คัดลอกแล้ว", "コピーしました", "已複製";
    not_copied: "The browser did not allow copying", "เบราว์เซอร์ไม่อนุญาตให้คัดลอก", "ブラウザーがコピーを許可しませんでした", "瀏覽器不允許複製";
    forward: "Forward", "ส่งต่อ", "転送", "轉傳";
    undo: "Undo", "เลิกทำ", "元に戻す", "復原";
    unread: "Mark unread from here", "ทำเป็นยังไม่อ่านตั้งแต่ข้อความนี้", "ここから未読にする", "從此處標示為未讀";
    forward_title: "Forward to another chat", "ส่งต่อไปยังแชทอื่น", "別のチャットに転送", "轉傳到其他對話";
    forward_text: "It goes to the customer as a message of yours.", "ข้อความจะส่งถึงลูกค้าในชื่อคุณ", "自分のメッセージとしてお客様に送信されます。", "將以您的訊息傳送給客戶。";
    forward_only_text: "Only text can be forwarded. Download the file and attach it in the other chat.", "ส่งต่อได้เฉพาะข้อความ ดาวน์โหลดไฟล์แล้วแนบในแชทอื่น", "転送できるのはテキストだけです。ファイルはダウンロードして、送りたいチャットで添付してください。", "只能轉傳文字。請下載檔案，再到另一則對話中附加。";
    forward_nowhere: "You have no other open chat.", "คุณไม่มีแชทอื่นที่เปิดอยู่", "ほかに対応中のチャットはありません。", "您沒有其他處理中的對話。";
    forwarded: "Forwarded", "ส่งต่อแล้ว", "転送しました", "已轉傳";
}

/// The most of a message that the sheet shows, in characters.
const SHOWN: usize = 120;

/// One of the things that can be done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Quote,
    Copy,
    Forward,
    Unread,
    Undo,
}

impl Action {
    /// What can be done with a message, by whoever may answer or not.
    fn of(entry: &Entry, may_reply: bool) -> Vec<Self> {
        let message = &entry.message;
        let there = !matches!(
            message.status,
            MessageStatus::Unsent | MessageStatus::Cancelled
        );
        let goes_on = matches!(message.direction, Direction::In | Direction::Out);
        let has_file = message.media.is_some();
        let all = [
            (Self::Quote, may_reply && message.quotable),
            (Self::Copy, there && may_copy(message)),
            (
                Self::Forward,
                there && goes_on && (is_text(message) || has_file),
            ),
            // Only who reads a chat can say that it is not read.
            (
                Self::Unread,
                may_reply && there && message.direction == Direction::In,
            ),
            (Self::Undo, may_take_back(entry)),
        ];
        let can = all.into_iter().filter(|(_, can)| *can);
        can.map(|(action, _)| action).collect()
    }

    fn name(self, texts: Texts) -> &'static str {
        match self {
            Self::Quote => texts.quote(),
            Self::Copy => texts.copy(),
            Self::Forward => texts.forward(),
            Self::Unread => texts.unread(),
            Self::Undo => texts.undo(),
        }
    }

    const fn sign(self) -> Icon {
        match self {
            Self::Quote => Icon::Reply,
            Self::Copy => Icon::Copy,
            Self::Forward => Icon::Forward,
            Self::Unread => Icon::Eye,
            Self::Undo => Icon::Undo,
        }
    }
}

/// Where the buttons stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Bar,
    Sheet,
}

fn is_text(message: &Message) -> bool {
    message.kind == MessageKind::Text && message.text.is_some()
}

fn may_copy(message: &Message) -> bool {
    let there = |media: &Media| matches!(media.state, MediaState::Ready | MediaState::External);
    message.kind != MessageKind::Event
        && message.media.as_ref().map_or(message.text.is_some(), there)
}

/// What copying a message takes: its words, or where its file is.
fn copied(message: &Message) -> Option<String> {
    if let Some(media) = &message.media {
        return match media.state {
            MediaState::External => Some(media.url.clone()),
            MediaState::Ready => {
                let origin = window().location().origin().unwrap_or_default();
                Some(format!("{origin}{}", media.url))
            }
            MediaState::Pending | MediaState::Failed | MediaState::Gone => None,
        };
    }
    message.text.clone()
}

/// What the bar and the sheet act on.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    room: StoredValue<Room>,
    thread: StoredValue<Thread>,
    may_reply: Memo<bool>,
    desk: Desk,
    /// Stored, since it is long and goes along into every closure.
    view: StoredValue<ViewState>,
    texts: Texts,
}

impl Actions {
    pub(super) fn new(room: StoredValue<Room>, thread: &Thread, may_reply: Memo<bool>) -> Self {
        Self {
            room,
            thread: StoredValue::new(thread.clone()),
            may_reply,
            desk: use_desk(),
            view: StoredValue::new(use_view()),
            texts: use_texts::<Texts>(),
        }
    }

    fn view(self) -> ViewState {
        self.view.get_value()
    }

    fn entry(self, key: EntryKey) -> Option<ArcRwSignal<Entry>> {
        self.thread.with_value(|thread| thread.entries.row(&key))
    }

    /// What can be done with this message; nothing without anything.
    fn possible(self, key: EntryKey) -> Option<Vec<Action>> {
        let entry = self.entry(key)?;
        let actions = entry.with(|entry| Action::of(entry, self.may_reply.get()));
        (!actions.is_empty()).then_some(actions)
    }

    fn act(self, key: EntryKey, action: Action) {
        let Some(entry) = self.entry(key).map(|entry| entry.get_untracked()) else {
            return;
        };
        let console = self.desk.console();
        let room = self.room.get_value();
        match action {
            Action::Quote => {
                console.quote(&room).set(entry.message.id.to_string());
                self.view().compose(ComposeMode::Reply);
            }
            Action::Copy => {
                let (texts, view) = (self.texts, self.view());
                if let Some(text) = copied(&entry.message) {
                    let done = move |done| {
                        if done {
                            view.say(texts.copied());
                        } else {
                            view.tell(texts.not_copied());
                        }
                    };
                    clipboard::copy(text, Box::new(done));
                }
            }
            Action::Forward => self.view().forward.set(Some(key)),
            Action::Unread => console.command(Command::MarkUnread {
                room,
                message_id: entry.message.id,
            }),
            Action::Undo => {
                console.take_back(&room, &entry);
                self.view().compose(ComposeMode::Reply);
            }
        }
    }

    fn buttons(self, key: EntryKey, actions: Vec<Action>, place: Place) -> AnyView {
        let (class, words) = match place {
            Place::Bar => ("icon-button icon-button--small", false),
            Place::Sheet => ("sheet__item", true),
        };
        let button = move |action: Action| {
            let name = action.name(self.texts);
            view! {
                <button
                    type="button"
                    class=class
                    aria-label=name
                    title=(!words).then_some(name)
                    on:click=press(move |_| {
                        self.view().sheet.set(false);
                        self.act(key, action);
                    })
                >
                    {icon_small(action.sign())}
                    {words.then_some(name)}
                </button>
            }
        };
        actions.into_iter().map(button).collect_view().into_any()
    }
}

/// The bar. While nothing is pointed at it is here, and hidden.
#[component]
pub(super) fn MessageTools(actions: Actions, bar: NodeRef<html::Div>) -> impl IntoView {
    let pointed = actions.view().pointed;
    let possible = Memo::new(move || {
        let key = pointed.get()?;
        Some((key, actions.possible(key)?))
    });
    view! {
        <div hidden>
            <div
                node_ref=bar
                class="message__tools"
                role="group"
                aria-label=actions.texts.actions()
                hidden=said(move || possible.with(Option::is_none))
            >
                {live(move || {
                    possible.get().map(|(key, all)| actions.buttons(key, all, Place::Bar))
                })}
            </div>
        </div>
    }
}

/// The same on a phone.
#[component]
pub(super) fn MessageSheet(actions: Actions) -> impl IntoView {
    let view_state = actions.view();
    let texts = actions.texts;
    view! {
        <Dialog open=view_state.sheet label=texts.actions() class="sheet">
            {live(move || {
                let key = view_state.pointed.get()?;
                let possible = actions.possible(key)?;
                let words = actions
                    .entry(key)
                    .and_then(|entry| entry.with_untracked(|entry| entry.message.text.clone()))
                    .map(|words| words.chars().take(SHOWN).collect::<String>());
                Some(
                    view! {
                        {words
                            .map(|words| {
                                view! {
                                    <p class="sheet__words" dir="auto">
                                        {words}
                                    </p>
                                }
                            })}
                        {actions.buttons(key, possible, Place::Sheet)}
                    },
                )
            })}
        </Dialog>
    }
}
