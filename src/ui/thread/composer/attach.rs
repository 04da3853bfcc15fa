//! Files to the customer: the button, what is handed over when one sends, and the way to the script,
//! `public/attach/`, which shows, keeps and uploads them.

mod texts;

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Element, Event};

pub(crate) use self::texts::Texts;
use super::tools::chosen;
use crate::client::outbox::LocalFile;
use crate::client::script::Missing;
use crate::client::signals::{Memo, RwSignal, StoredValue};
use crate::client::{files, use_console};
use crate::protocol::message::MessageKind;
use crate::protocol::{ClientId, OperatorId, Room};
use crate::ui::components::{Icon, icon};
use crate::ui::desk::{ComposeMode, use_desk, use_view};
use crate::ui::live::{NodeRef, effect, live, press, view};
use crate::ui::thread::texts::Texts as ThreadTexts;
use crate::ui::words::use_texts;

/// The console is usable before the script is loaded, which then hears of what is dropped and pasted.
const AT_REST: Duration = Duration::from_millis(300);

/// The way to the script.
#[derive(Clone, Copy)]
struct Way {
    /// Who works here, and whether LINE can fetch files, one a line.
    facts: StoredValue<String>,
    texts: Texts,
}

impl Way {
    fn new() -> Self {
        let store = use_console().store;
        let me = store.me.with_untracked(|me| me.id);
        Self {
            facts: StoredValue::new(facts(me, store.sends_files)),
            texts: use_texts::<Texts>(),
        }
    }

    async fn open(self, what: &'static str, from: Element) -> Result<(), Missing> {
        files::open(what, &from, &self.facts.get_value()).await
    }
}

/// As the script takes them.
fn facts(me: OperatorId, sends_files: bool) -> String {
    let mut facts = me.to_string();
    facts.push_str(if sends_files { "\ntrue" } else { "\n" });
    facts
}

/// Loads the script once the console has come to rest.
pub(in crate::ui::thread) fn start() {
    let way = Way::new();
    effect(move || {
        set_timeout(
            move || {
                if let Some(page) = document().document_element() {
                    // Who then wants to send a file is told that it could not be had.
                    spawn_local(async move {
                        let _ = way.open("start", page).await;
                    });
                }
            },
            AT_REST,
        );
    });
}

/// The buttons, for any file and for pictures; notes have no files.
#[component]
pub(super) fn AttachButtons(mode: Memo<ComposeMode>) -> impl IntoView {
    let way = Way::new();
    live(move || {
        (mode.get() == ComposeMode::Reply).then(|| {
            vec![
                button(way, "attach", Icon::Clip, way.texts.attach_file()),
                button(way, "photos", Icon::Image, way.texts.attach_photos()),
            ]
        })
    })
}

fn button(way: Way, what: &'static str, sign: Icon, label: &'static str) -> AnyView {
    let view_state = use_view();
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=label
            title=label
            on:click=press(move |event| {
                let button = event_target(&event);
                spawn_local(async move {
                    if way.open(what, button).await.is_err() {
                        view_state.tell(way.texts.missing());
                    }
                });
            })
        >
            {icon(sign)}
        </button>
    }
}

/// The files that the composer of a chat holds.
#[derive(Clone, Copy)]
pub(super) struct Held {
    room: StoredValue<Room>,
    /// How many could go.
    pub count: RwSignal<u32>,
}

impl Held {
    pub(super) fn new(room: StoredValue<Room>) -> Self {
        Self {
            room,
            count: RwSignal::new(0),
        }
    }

    /// The script says how many there are, or that it is not whole.
    pub(super) fn counted(self) -> impl Fn(Event) + 'static {
        let (view_state, texts) = (use_view(), use_texts::<Texts>());
        move |event| match chosen(&event).map(|count| count.parse()) {
            Some(Ok(count)) => {
                self.count.try_set(count);
            }
            _ => view_state.tell(texts.missing()),
        }
    }

    /// Has the script hand its files over, in their order, each with an event of its own. Says
    /// whether there were any.
    pub(super) fn hand_over(self, field: NodeRef<html::Textarea>) -> bool {
        let any = self.count.get_untracked() > 0;
        let asked = field.get_untracked().zip(Event::new("take").ok());
        if let Some((field, event)) = asked {
            // Nobody refuses it.
            let _ = field.dispatch_event(&event);
        }
        any
    }

    /// The script hands a file over: its message waits for it from now on.
    pub(super) fn handed(self) -> impl Fn(Event) + 'static {
        let (desk, view_state) = (use_desk(), use_view());
        let texts = use_texts::<ThreadTexts>();
        move |event| {
            let Some((client_id, file)) = chosen(&event).and_then(|said| read(&said)) else {
                return;
            };
            let room = self.room.get_value();
            if desk.console().send_file(&room, client_id, file).is_err() {
                event.prevent_default();
                view_state.tell(texts.queue_full());
            }
        }
    }
}

/// Reads the key, the kind, the bytes and the name, one a line.
fn read(said: &str) -> Option<(ClientId, LocalFile)> {
    let mut lines = said.splitn(4, '\n');
    let client_id = lines.next()?.parse().ok()?;
    let file = LocalFile {
        kind: match lines.next()? {
            "image" => MessageKind::Image,
            "video" => MessageKind::Video,
            "audio" => MessageKind::Audio,
            _ => MessageKind::File,
        },
        size: lines.next()?.parse().ok()?,
        name: lines.next()?.to_owned(),
    };
    Some((client_id, file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_with_whatever_stands_in_its_name() {
        let id = "7c1f2c9e-4a48-4d0a-9f57-0a53f2b6f001";
        let (client_id, file) =
            read(&format!("{id}\nvideo\n31000000\nกี่ทอผ้า\n2.mp4")).expect("whole");
        assert_eq!(client_id.to_string(), id);
        assert_eq!((file.kind, file.size), (MessageKind::Video, 31_000_000));
        assert_eq!(file.name, "กี่ทอผ้า\n2.mp4");
        assert_eq!(read("no id\nvideo\n1\na"), None);
    }
}
