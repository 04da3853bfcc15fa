//! The thread's pictures, one at a time and as large as one wants.

mod stage;
mod zoom;

use leptos::prelude::*;

use self::stage::{Stage, stage_view};
use self::zoom::Zoom;
use super::album::openable;
use super::figures::size;
use super::texts::Texts as ThreadTexts;
use crate::client::{Entry, Thread};
use crate::protocol::message::{MediaState, MessageKind};
use crate::protocol::{Message, MessageId};
use crate::ui::components::{Dialog, Icon, bdi, icon};
use crate::ui::inbox::preview;
use crate::ui::live::{effect, live, press, view};
use crate::ui::words::{Shared, Zone, grouped, texts, use_dates, use_texts};

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
}

/// As the key itself is lettered, in all languages.
const ESCAPE: &str = "Esc";
/// So many pictures stand at the foot.
const STRIP: usize = 8;

/// Which picture is shown; lives in the thread's context.
#[derive(Clone, Copy)]
pub(crate) struct Lightbox {
    open: RwSignal<bool>,
    /// The message of the picture.
    at: RwSignal<Option<MessageId>>,
    thread: StoredValue<Thread>,
}

impl Lightbox {
    /// Closed.
    pub(crate) fn new(thread: &Thread) -> Self {
        Self {
            open: RwSignal::new(false),
            at: RwSignal::new(None),
            thread: StoredValue::new(thread.clone()),
        }
    }

    /// Opens with the picture of this message.
    pub(crate) fn show(self, id: MessageId) {
        self.at.set(Some(id));
        self.open.set(true);
    }

    /// The pictures of the thread as far as it is here, in its order.
    fn pictures(self) -> Vec<Message> {
        let entries = self.thread.with_value(|thread| thread.entries.clone());
        let rows = entries.keys().into_iter();
        let rows = rows.filter_map(|key| entries.row(&key));
        let pictures = rows.filter_map(|row| {
            let is_picture = row.with_untracked(|entry| entry.message.kind == MessageKind::Image);
            is_picture.then(|| row.with(openable_message)).flatten()
        });
        openable(pictures.collect())
    }

    /// The pictures, and which of them is shown.
    fn place(self) -> (Vec<Message>, Option<usize>) {
        let (at, all) = (self.at.get(), self.pictures());
        let place = all.iter().position(|message| Some(message.id) == at);
        (all, place)
    }

    /// The message whose picture is shown.
    fn shown(self) -> Option<Message> {
        let (mut all, place) = self.place();
        place.map(|at| all.swap_remove(at))
    }
}

fn openable_message(entry: &Entry) -> Option<Message> {
    let media = entry.message.media.as_ref()?;
    (media.state == MediaState::Ready).then(|| entry.message.clone())
}

/// The dialog.
#[component]
pub(super) fn LightboxDialog(lightbox: Lightbox, zone: Signal<Zone>) -> impl IntoView {
    let photo = use_texts::<preview::Texts>().photo();
    view! {
        <Dialog open=lightbox.open label=photo class="dialog--lightbox">
            {Large::new(lightbox).view(zone)}
        </Dialog>
    }
}

/// A lightbox that is open.
#[derive(Clone, Copy)]
struct Large {
    lightbox: Lightbox,
    stage: Stage,
}

impl Large {
    fn new(lightbox: Lightbox) -> Self {
        let stage = Stage::new();
        let large = Self { lightbox, stage };
        effect(move || {
            // Its customer took it back.
            if lightbox.place().1.is_none() {
                lightbox.open.set(false);
            }
        });
        effect(move || {
            lightbox.at.track();
            stage.begin();
        });
        effect(move || {
            let keys = window_event_listener(leptos::ev::keydown, move |event| large.key(&event));
            on_cleanup(move || keys.remove());
        });
        large
    }

    /// The picture `by` places on, if there is one.
    fn neighbour(self, by: isize) -> Option<MessageId> {
        let (all, place) = self.lightbox.place();
        let at = place?.checked_add_signed(by)?;
        all.get(at).map(|message| message.id)
    }

    fn step(self, by: isize) {
        if let Some(id) = untrack(|| self.neighbour(by)) {
            self.lightbox.at.set(Some(id));
        }
    }

    fn zoom(self, larger: bool) {
        self.stage.zoom_to(self.stage.zoom_untracked().step(larger));
    }

    fn key(self, event: &leptos::ev::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" => self.step(-1),
            "ArrowRight" => self.step(1),
            "+" | "=" => self.zoom(true),
            "-" | "−" => self.zoom(false),
            "0" => self.stage.zoom_to(Zoom::FIT.percent),
            "d" | "D" => download(),
            _ => return,
        }
        event.prevent_default();
    }

    fn view(self, zone: Signal<Zone>) -> AnyView {
        let texts = use_texts::<Texts>();
        let alt = use_texts::<preview::Texts>().photo();
        let source = Signal::derive(move || address(self.lightbox.shown().as_ref()));
        let step = Box::new(move |by| self.step(by));
        let arrow = move |by: isize, to: &'static str, sign: Icon, name: &'static str| {
            view! {
                <button
                    type="button"
                    class="lightbox__step"
                    data-to=to
                    aria-label=name
                    disabled=move || self.neighbour(by).is_none()
                    on:click=press(move |_| self.step(by))
                >
                    {icon(sign)}
                </button>
            }
        };
        view! {
            <div class="lightbox">
                {self.bar(zone)} <div class="lightbox__stage">
                    {stage_view(self.stage, source, alt, step)}
                    {arrow(-1, "previous", Icon::Left, texts.before())}
                    {arrow(1, "next", Icon::Right, texts.next())} {self.map(source)}
                </div> {self.strip()}
            </div>
        }
    }

    /// Who sent it and when, which of how many it is, and what can be done.
    fn bar(self, zone: Signal<Zone>) -> AnyView {
        let (texts, shared) = (use_texts::<Texts>(), use_texts::<Shared>());
        let (dates, download) = (use_dates(), use_texts::<ThreadTexts>().download());
        let count = move || {
            let (all, place) = self.lightbox.place();
            let place = place.map_or(0, |at| at + 1);
            texts.place(&place.to_string(), &all.len().to_string())
        };
        let facts = move || {
            let Some(message) = self.lightbox.shown() else {
                return String::new();
            };
            let mut facts = dates.full(message.created_at, zone.get());
            let (w, h) = self.stage.seen.get().1.picture;
            if w > 0 {
                let number = |length: i32| grouped(length.unsigned_abs() as usize);
                facts = [facts, number(w)].join(" · ") + " × " + &number(h);
            }
            if let Some(media) = message.media.filter(|media| media.size > 0) {
                facts.push_str(" · ");
                facts.push_str(&size(media.size));
            }
            facts
        };
        let who = move || {
            let shown = self.lightbox.shown();
            shown.map(|message| message.sender.name).unwrap_or_default()
        };
        let button = |sign: Icon, name: &'static str, act: Callback<()>| {
            view! {
                <button
                    type="button"
                    class="icon-button"
                    aria-label=name
                    title=name
                    on:click=press(move |_| act.run(()))
                >
                    {icon(sign)}
                </button>
            }
        };
        view! {
            <header class="lightbox__bar">
                <div class="lightbox__who">
                    <b class="cut">{live(move || bdi(who()))}</b>
                    <small class="cut">{live(facts)}</small>
                </div>
                <span class="lightbox__count" role="status">
                    {live(count)}
                </span>
                <div>
                    {button(Icon::ZoomOut, texts.smaller(), Callback::new(move |()| self.zoom(false)))}
                    <span class="lightbox__zoom">
                        {live(move || format!("{} %", self.stage.seen.get().0.percent))}
                    </span>
                    {button(Icon::ZoomIn, texts.larger(), Callback::new(move |()| self.zoom(true)))}
                    {button(Icon::Fit, texts.fit(), Callback::new(move |()| self.stage.zoom_to(100)))}
                    <a
                        class="icon-button"
                        href=move || address(self.lightbox.shown().as_ref())
                        download=""
                        rel="external"
                        aria-label=download
                        title=download
                    >
                        {icon(Icon::Download)}
                    </a>
                    {button(Icon::X, shared.close(), Callback::new(move |()| self.lightbox.open.set(false)))}
                </div>
            </header>
        }
    }

    /// Which part is seen, while that is not all.
    fn map(self, source: Signal<String>) -> AnyView {
        let seen = move || {
            let (zoom, frame) = self.stage.seen.get();
            let [top, right, bottom, left] = zoom.seen(frame);
            format!("inset:{top}% {right}% {bottom}% {left}%")
        };
        view! {
            <div class="lightbox__map" aria-hidden="true" hidden=move || self.stage.seen.get().0 == Zoom::FIT>
                <img src=move || source.get() alt="" />
                <i style=seen></i>
            </div>
        }
    }

    /// The pictures around the one that is shown, and the keys.
    fn strip(self) -> AnyView {
        let (texts, names) = (use_texts::<Texts>(), use_texts::<ThreadTexts>());
        let picture = move |(place, message): (usize, &Message), at: usize, all: usize| {
            let id = message.id;
            let name = names.picture_of(&(place + 1).to_string(), &all.to_string());
            view! {
                <li>
                    <button
                        type="button"
                        aria-label=name
                        aria-current=(place == at).then_some("true")
                        on:click=press(move |_| self.lightbox.at.set(Some(id)))
                    >
                        <img src=small(message) alt="" decoding="async" />
                    </button>
                </li>
            }
        };
        let pictures = move || {
            let (all, place) = self.lightbox.place();
            let (at, count) = (place.unwrap_or_default(), all.len());
            let first = at
                .saturating_sub(STRIP / 2)
                .min(count.saturating_sub(STRIP));
            let around = all.iter().enumerate().skip(first).take(STRIP);
            around
                .map(|one| picture(one, at, count))
                .collect::<Vec<_>>()
        };
        view! {
            <footer class="lightbox__strip">
                <div class="lightbox__keys" aria-hidden="true">
                    <span class="key-hint">
                        <kbd>"←"</kbd>
                        <kbd>"→"</kbd>
                        {texts.key_picture()}
                    </span>
                    <span class="key-hint">
                        <kbd>"+"</kbd>
                        <kbd>"−"</kbd>
                        {texts.key_zoom()}
                    </span>
                    <span class="key-hint">
                        <kbd>"0"</kbd>
                        {texts.key_fit()}
                    </span>
                </div>
                <ul aria-label=texts.of_chat()>{live(pictures)}</ul>
                <div class="lightbox__keys" aria-hidden="true">
                    <span class="key-hint">
                        <kbd>"D"</kbd>
                        {names.download()}
                    </span>
                    <span class="key-hint">
                        <kbd>{ESCAPE}</kbd>
                        {use_texts::<Shared>().close()}
                    </span>
                </div>
            </footer>
        }
    }
}

/// Where the picture of a message is.
fn address(message: Option<&Message>) -> String {
    let media = message.and_then(|message| message.media.as_ref());
    media.map(|media| media.url.clone()).unwrap_or_default()
}

/// A small one where there is one.
fn small(message: &Message) -> String {
    let media = message.media.as_ref();
    let small = media.and_then(|media| media.preview_url.clone());
    small.unwrap_or_else(|| address(Some(message)))
}

/// Presses the link in the bar.
fn download() {
    use leptos::wasm_bindgen::JsCast;
    let link = document()
        .query_selector(".lightbox a[download]")
        .ok()
        .flatten();
    if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
        link.click();
    }
}
