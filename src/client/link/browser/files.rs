//! Files that messages wait for: what `public/attach/` is told of the queue, and what it tells.

use leptos::ev::{self, Custom};
use leptos::prelude::*;

use super::Link;
use crate::client::engine::Input;
use crate::client::files::{Carrier, tell};
use crate::client::outbox::{ItemState, OutboxChange};
use crate::protocol::{ErrorPayload, reading};

/// Tells of a message that waits for its file, and of one that does so no more.
pub(super) fn follow(change: &OutboxChange) {
    match change {
        OutboxChange::Put(item) if item.state == ItemState::Uploading => {
            tell(Carrier::Waits, item.message.client_id);
        }
        OutboxChange::Removed {
            client_id,
            file: true,
            ..
        } => tell(Carrier::Gone, *client_id),
        OutboxChange::Put(_) | OutboxChange::Removed { .. } | OutboxChange::Waiting(_) => {}
    }
}

impl Link {
    /// Hears what becomes of files until the present owner goes.
    pub(super) fn listen_to_files(&self) {
        let link = self.clone();
        let event = Custom::<ev::CustomEvent>::new("sala-upload");
        let handle = window_event_listener(event, move |event| {
            if let Some(input) = event.detail().as_string().and_then(|said| heard(&said)) {
                link.feed(input);
            }
        });
        on_cleanup(move || handle.remove());
    }
}

/// Reads `id done media`, `id failed code sentence` or `id cancel`.
fn heard(said: &str) -> Option<Input> {
    let mut parts = said.splitn(4, ' ');
    let client_id = parts.next()?.parse().ok()?;
    Some(match (parts.next()?, parts.next(), parts.next()) {
        ("done", Some(media), None) => Input::Uploaded(client_id, Ok(media.parse().ok()?)),
        ("failed", Some(code), sentence) => {
            let code = reading::read(&format!("\"{code}\"")).ok()?;
            let error = ErrorPayload::new(code, sentence.unwrap_or_default());
            Input::Uploaded(client_id, Err(error))
        }
        ("cancel", None, None) => Input::Discard(client_id),
        _ => return None,
    })
}
