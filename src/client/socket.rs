//! The socket itself: text in, text out, no decisions.

use futures::channel::mpsc;
use futures::future::{Either, poll_fn, select};
use futures::{SinkExt, StreamExt};
use gloo_net::websocket::futures::WebSocket;
use gloo_net::websocket::{Message, WebSocketError};
use leptos::prelude::window;
use wasm_bindgen_futures::spawn_local;

/// Frames that may wait for the browser; far more than the engine ever has under way.
const WAITING_MAX: usize = 256;

/// Close code of a connection that ended without one (RFC 6455, 7.4.1).
const ABNORMAL: u16 = 1006;

/// What happened on a socket.
pub(super) enum Event {
    /// It is open.
    Opened,
    /// A text frame arrived.
    Text(String),
    /// It is closed; the last event.
    Closed(u16),
}

/// An open or opening socket; closes when dropped.
pub(super) struct Socket {
    outgoing: mpsc::Sender<String>,
}

impl Socket {
    /// Opens a socket to this page's server. `tell` hears of it until it closes or is dropped.
    pub(super) fn open(tell: impl Fn(Event) + 'static) -> Self {
        let (outgoing, waiting) = mpsc::channel(WAITING_MAX);
        spawn_local(async move {
            match WebSocket::open(&address()) {
                Ok(socket) => carry(socket, waiting, tell).await,
                Err(_) => tell(Event::Closed(ABNORMAL)),
            }
        });
        Self { outgoing }
    }

    /// Sends a frame. What cannot be sent is lost, as on any connection: its answer is missed.
    pub(super) fn send(&mut self, text: String) {
        let _ = self.outgoing.try_send(text);
    }
}

async fn carry(socket: WebSocket, mut waiting: mpsc::Receiver<String>, tell: impl Fn(Event)) {
    let (mut sink, mut stream) = socket.split();
    {
        let opened = poll_fn(|context| sink.poll_ready_unpin(context));
        let ended = select(stream.next(), waiting.next());
        match select(opened, ended).await {
            Either::Left(_) => {}
            Either::Right((Either::Left((first, _)), _)) => {
                tell(event(first).unwrap_or(Event::Closed(ABNORMAL)));
                return;
            }
            // Dropped before it opened.
            Either::Right((Either::Right(_), _)) => return,
        }
    }
    tell(Event::Opened);
    loop {
        match select(stream.next(), waiting.next()).await {
            Either::Left((incoming, _)) => match event(incoming) {
                Some(Event::Closed(code)) => {
                    tell(Event::Closed(code));
                    return;
                }
                Some(event) => tell(event),
                None => {}
            },
            Either::Right((Some(text), _)) => {
                if sink.send(Message::Text(text)).await.is_err() {
                    tell(Event::Closed(ABNORMAL));
                    return;
                }
            }
            Either::Right((None, _)) => return,
        }
    }
}

fn event(incoming: Option<Result<Message, WebSocketError>>) -> Option<Event> {
    match incoming {
        Some(Ok(Message::Text(text))) => Some(Event::Text(text)),
        Some(Ok(Message::Bytes(_))) => None,
        Some(Err(WebSocketError::ConnectionClose(close))) => Some(Event::Closed(close.code)),
        Some(Err(_)) | None => Some(Event::Closed(ABNORMAL)),
    }
}

fn address() -> String {
    let location = window().location();
    let scheme = match location.protocol().as_deref() {
        Ok("https:") => "wss",
        _ => "ws",
    };
    format!(
        "{scheme}://{}/ws/live-chat",
        location.host().unwrap_or_default()
    )
}
