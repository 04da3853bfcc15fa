//! The socket itself: text in, text out, no decisions.

use std::future::poll_fn;
use std::task::Poll;

use futures::channel::mpsc;
use futures::{SinkExt, StreamExt};
use gloo_net::websocket::futures::WebSocket;
use gloo_net::websocket::{Message, State, WebSocketError};
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

/// What is next on a socket.
enum Step {
    Open,
    Incoming(Option<Result<Message, WebSocketError>>),
    /// `None`: the engine has dropped it.
    Outgoing(Option<String>),
}

async fn carry(mut socket: WebSocket, mut waiting: mpsc::Receiver<String>, tell: impl Fn(Event)) {
    let mut open = false;
    loop {
        // Being ready to send is also what a socket says that failed to open; its state tells.
        let step = poll_fn(|context| {
            if let Poll::Ready(incoming) = socket.poll_next_unpin(context) {
                return Poll::Ready(Step::Incoming(incoming));
            }
            let ready = !open && socket.poll_ready_unpin(context).is_ready();
            if ready && is_open(&socket) {
                return Poll::Ready(Step::Open);
            }
            waiting.poll_next_unpin(context).map(Step::Outgoing)
        });
        match step.await {
            Step::Open => {
                open = true;
                tell(Event::Opened);
            }
            Step::Incoming(incoming) => match event(incoming) {
                Some(Event::Closed(code)) => {
                    tell(Event::Closed(code));
                    return;
                }
                Some(event) => tell(event),
                None => {}
            },
            Step::Outgoing(Some(text)) => {
                // The browser complains of frames for a socket that is closing; that it is comes
                // as the next event.
                if is_open(&socket) && socket.start_send_unpin(Message::Text(text)).is_err() {
                    tell(Event::Closed(ABNORMAL));
                    return;
                }
            }
            Step::Outgoing(None) => return,
        }
    }
}

fn is_open(socket: &WebSocket) -> bool {
    matches!(socket.state(), State::Open)
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
