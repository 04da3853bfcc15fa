//! The thread's pictures, one at a time and as large as one wants.
//!
//! What is seen is drawn by `public/lightbox/`, which is loaded when the first picture is opened. This
//! tells it of the thread's pictures, and has the dialog and the texts.

mod loaded;

use leptos::html;
use leptos::prelude::*;

use super::actions::Texts as ActionTexts;
use super::figures::size;
use super::texts::Texts as ThreadTexts;
use crate::client::signals::{Memo, RwSignal, Signal, StoredValue};
use crate::client::{Entry, Thread};
use crate::protocol::message::{MediaState, MessageKind};
use crate::protocol::{Message, MessageId, Room, Timestamp};
use crate::ui::components::Dialog;
use crate::ui::desk::{ComposeMode, use_desk, use_view};
use crate::ui::inbox::preview;
use crate::ui::live::{NodeRef, effect, view};
use crate::ui::words::{Shared, Zone, texts, use_dates, use_texts};

texts! {
    smaller: "Smaller", "ย่อ", "縮小", "縮小";
    larger: "Larger", "ขยาย", "拡大", "放大";
    fit: "Whole picture", "พอดีจอ", "全体を表示", "顯示整張";
    before: "Picture before", "รูปก่อนหน้า", "前の写真", "上一張";
    next: "Next picture", "รูปถัดไป", "次の写真", "下一張";
    of_chat: "Pictures of this chat", "รูปในแชทนี้", "このチャットの写真", "這則對話的照片";
    place(number, all): "{0} of {1}", "{0} จาก {1}", "{0} / {1}", "{0} / {1}";
    key_picture: "picture", "รูป", "写真", "照片";
    key_zoom: "zoom", "ซูม", "拡大・縮小", "縮放";
    key_fit: "fit", "พอดีจอ", "全体", "整張";
    missing: "The picture could not be shown large. Try again, or reload the page.", "แสดงรูปขนาดใหญ่ไม่สำเร็จ ลองใหม่หรือโหลดหน้านี้อีกครั้ง", "写真を拡大表示できませんでした。再試行するか、ページを再読み込みしてください。", "無法放大顯示照片。請再試一次，或重新載入頁面。";
}

/// What the script parts pictures by, and the facts about one.
const RECORD: char = '\u{1e}';
const UNIT: char = '\u{1f}';

/// Which picture is shown; lives in the thread's context.
#[derive(Clone, Copy)]
pub(crate) struct Lightbox {
    open: RwSignal<bool>,
    /// The message of the picture that is opened.
    at: StoredValue<Option<MessageId>>,
    thread: StoredValue<Thread>,
}

impl Lightbox {
    /// Closed.
    pub(crate) fn new(thread: &Thread) -> Self {
        Self {
            open: RwSignal::new(false),
            at: StoredValue::new(None),
            thread: StoredValue::new(thread.clone()),
        }
    }

    /// Opens with the picture of this message.
    pub(crate) fn show(self, id: MessageId) {
        self.at.set_value(Some(id));
        self.open.set(true);
    }

    /// What the script is told of the thread's pictures, as far as they are here; follows them.
    fn pictures(self, told: &dyn Fn(&Message) -> [String; 9]) -> String {
        let entries = self.thread.with_value(|thread| thread.entries.clone());
        let mut all = String::new();
        for key in entries.keys() {
            let Some(row) = entries.row(&key) else {
                continue;
            };
            if !row.with_untracked(|entry| entry.message.kind == MessageKind::Image) {
                continue;
            }
            if let Some(message) = row.with(shown) {
                for fact in told(&message) {
                    all.extend(fact.chars().filter(|sign| !sign.is_control()));
                    all.push(UNIT);
                }
                all.push(RECORD);
            }
        }
        all
    }
}

/// The message of a picture that is there.
fn shown(entry: &Entry) -> Option<Message> {
    let media = entry.message.media.as_ref()?;
    (media.state == MediaState::Ready).then(|| entry.message.clone())
}

/// The dialog.
#[component]
pub(super) fn LightboxDialog(
    lightbox: Lightbox,
    room: StoredValue<Room>,
    may_reply: Memo<bool>,
    zone: Signal<Zone>,
) -> impl IntoView {
    let photo = use_texts::<preview::Texts>().photo();
    view! {
        <Dialog open=lightbox.open label=photo class="dialog--lightbox">
            {place(lightbox, room, may_reply, zone)}
        </Dialog>
    }
}

/// Where the script shows the pictures.
fn place(
    lightbox: Lightbox,
    room: StoredValue<Room>,
    may_reply: Memo<bool>,
    zone: Signal<Zone>,
) -> AnyView {
    let node = NodeRef::<html::Div>::new();
    let (texts, dates) = (use_texts::<Texts>(), use_dates());
    let (desk, view_state) = (use_desk(), use_view());
    let told =
        move |message: &Message| facts(message, may_reply.get(), |at| dates.full(at, zone.get()));
    let handed_over = handed_over(texts);
    effect(move || {
        let Some(node) = node.get() else { return };
        let pictures = lightbox.pictures(&told);
        let at = lightbox.at.get_value();
        let at = at.map(|id| id.to_string()).unwrap_or_default();
        let failed = move || {
            lightbox.open.set(false);
            view_state.tell(texts.missing());
        };
        loaded::show(node.into(), handed_over.clone(), pictures, at, failed);
    });
    let quote = move |event: web_sys::Event| {
        if let Some(id) = loaded::quoted(&event) {
            desk.console().quote(&room.get_value()).set(id);
            view_state.compose(ComposeMode::Reply);
        }
    };
    view! { <div class="lightbox" node_ref=node on:quote=quote></div> }
}

/// What the script is told of a picture; `lightbox.mjs` has the same order.
fn facts(message: &Message, may_reply: bool, when: impl Fn(Timestamp) -> String) -> [String; 9] {
    let media = message.media.as_ref();
    let url = media.map(|media| media.url.clone()).unwrap_or_default();
    let small = media.and_then(|media| media.preview_url.clone());
    let bytes = media.map_or(0, |media| media.size);
    let set = message.line.image_set.as_ref();
    let index = set.and_then(|set| set.index);
    let quotable = may_reply && message.quotable;
    [
        message.id.to_string(),
        small.unwrap_or_else(|| url.clone()),
        url,
        message.sender.name.clone(),
        when(message.created_at),
        if bytes > 0 {
            size(bytes)
        } else {
            String::new()
        },
        if quotable {
            "1".to_owned()
        } else {
            String::new()
        },
        set.map(|set| set.id.clone()).unwrap_or_default(),
        index.map(|index| index.to_string()).unwrap_or_default(),
    ]
}

/// The texts as the script takes them, one a line; `lightbox.mjs` has the same order.
fn handed_over(texts: Texts) -> String {
    let (thread, shared) = (use_texts::<ThreadTexts>(), use_texts::<Shared>());
    [
        use_texts::<preview::Texts>().photo(),
        texts.smaller(),
        texts.larger(),
        texts.fit(),
        texts.before(),
        texts.next(),
        texts.of_chat(),
        &texts.place("{0}", "{1}"),
        &thread.picture_of("{0}", "{1}"),
        thread.download(),
        shared.close(),
        use_texts::<ActionTexts>().quote(),
        texts.key_picture(),
        texts.key_zoom(),
        texts.key_fit(),
    ]
    .join("\n")
}
