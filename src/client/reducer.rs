//! What the engine hands over → the store. The client's one `match` over the server's events.
//!
//! Every step may be repeated and none may go back: lines and conversations carry their `rev`.

use super::engine::{Extent, Snapshot};
use super::outbox::{Item, ItemState, LocalFile, OutboxChange};
use super::store::{Entry, EntryKey, LocalState, Store, Thread};
use crate::protocol::message::{Direction, Media, MediaState, MessageKind, SendMessage, Sender};
use crate::protocol::{
    Content, Degraded, Message, MessageId, MessageStatus, Operator, OperatorPresence, OperatorRef,
    Room, ServerEvent, Session, Timestamp,
};

/// Takes an event over. True when the counts of the lists can no longer be trusted, so that
/// they are to be fetched.
pub fn apply(store: &Store, event: ServerEvent) -> bool {
    match event {
        ServerEvent::AuthSuccess {
            operator,
            presence,
            degraded,
            ..
        } => sign_in(store, operator, presence, &degraded),
        ServerEvent::PresenceUpdate {
            operators,
            degraded,
        } => meet(store, operators, &degraded),
        ServerEvent::Pong { degraded, .. } => set_degraded(store, &degraded),
        ServerEvent::ConversationUpdate { conversation, .. } => {
            return store.put_conversation(*conversation);
        }
        ServerEvent::NewMessage { room, message, .. }
        | ServerEvent::MessageUpdated { room, message, .. } => line(store, &room, message),
        ServerEvent::SessionClaimed {
            room,
            rev,
            session,
            message,
            ..
        }
        | ServerEvent::SessionClosed {
            room,
            rev,
            session,
            message,
        }
        | ServerEvent::SessionTransferred {
            room,
            rev,
            session,
            message,
            ..
        } => return changed_session(store, &room, rev, session, message),
        ServerEvent::TypingIndicator {
            room,
            operator,
            typing,
        } => type_in(store, &room, &operator, typing),
        ServerEvent::SettingsUpdate {
            tag, deleted_tag, ..
        } => store.put_tag(tag, deleted_tag),
        ServerEvent::QuotaUpdate { quotas } => store.put_quotas(quotas),
        ServerEvent::OperatorJoined { room, operator } => look(store, &room, operator, true),
        ServerEvent::OperatorLeft { room, operator } => look(store, &room, operator, false),
        // The engine turns `message_sent` into a line; the rest says nothing of the store.
        ServerEvent::MessageSent { .. }
        | ServerEvent::CsatReceived { .. }
        | ServerEvent::Mentioned { .. }
        | ServerEvent::MentionsRead { .. }
        | ServerEvent::AuthError { .. }
        | ServerEvent::Error(_) => {}
    }
    false
}

fn sign_in(store: &Store, me: Operator, presence: Vec<OperatorPresence>, degraded: &[Degraded]) {
    store.me.set(me);
    store.presence.set(presence);
    set_degraded(store, degraded);
}

/// Takes a conversation and lines of it over. True as for [`apply`].
pub fn snapshot(store: &Store, snapshot: Snapshot) -> bool {
    let room = snapshot.conversation.room.clone();
    let (rev, unread) = (snapshot.conversation.rev, snapshot.conversation.unread);
    let unknown = store.put_conversation(snapshot.conversation);
    let thread = store.ensure_thread(&room);
    let first = !thread.loaded.get_untracked();
    match snapshot.extent {
        Extent::Changes => thread.put(&snapshot.messages),
        Extent::Latest => thread.reset_to_latest(&snapshot.messages, rev),
        Extent::LatestBefore(older) => thread.reset(&snapshot.messages, rev, older),
    }
    give_back(store, &room, &thread);
    if let Some(viewers) = snapshot.viewers {
        let viewers = store.others(viewers);
        if thread.viewers.with_untracked(|old| *old != viewers) {
            thread.viewers.set(viewers);
        }
    }
    if first
        && store
            .open
            .with_untracked(|open| open.as_ref() == Some(&room))
    {
        thread.mark_first_unread(unread);
    }
    unknown
}

/// Takes a change of the outgoing queue over.
pub fn outgoing(store: &Store, change: &OutboxChange) {
    match change {
        OutboxChange::Put(item) => {
            let me = store.me.get_untracked();
            let skew = store.skew.get_untracked();
            let thread = store.ensure_thread(&item.message.room);
            thread.put_local(entry(item, &me, skew));
        }
        OutboxChange::Removed {
            room, client_id, ..
        } => {
            if let Some(thread) = store.thread_untracked(room) {
                thread.remove_local(EntryKey::Client(*client_id));
            }
        }
        OutboxChange::Waiting(waiting) => {
            if store.queued.get_untracked() != *waiting {
                store.queued.set(*waiting);
            }
        }
    }
}

/// Moves time on.
pub fn tick(store: &Store, now: Timestamp) {
    store.now.set(now);
    store.threads.with_untracked(|threads| {
        for thread in threads.values() {
            thread.expire_typing(now);
        }
    });
}

fn set_degraded(store: &Store, degraded: &[Degraded]) {
    for (what, shown) in [
        (Degraded::Broker, store.nodes_apart),
        (Degraded::Files, store.files_wait),
    ] {
        let is_so = degraded.contains(&what);
        if shown.get_untracked() != is_so {
            shown.set(is_so);
        }
    }
}

fn meet(store: &Store, operators: Vec<OperatorPresence>, degraded: &[Degraded]) {
    set_presence(store, operators);
    set_degraded(store, degraded);
}

fn set_presence(store: &Store, operators: Vec<crate::protocol::OperatorPresence>) {
    let me = store.me.get_untracked();
    let mine = operators.iter().find(|operator| operator.id == me.id);
    if let Some(status) = mine.map(|operator| operator.status)
        && status != me.status
    {
        store.me.update(|me| me.status = status);
    }
    store.presence.set(operators);
}

fn line(store: &Store, room: &Room, message: Message) {
    if let Some(thread) = store.thread_untracked(room) {
        let from = &message.sender.id;
        let typing = thread.typing.get_untracked();
        let writer = typing.iter().find(|p| Some(p.id.to_string()) == *from);
        if let Some(writer) = writer {
            thread.set_typing(writer, false, store.now.get_untracked());
        }
        thread.put(std::slice::from_ref(&message));
        give_back(store, room, &thread);
    }
    // The list's own update follows; until then the row already shows the newest words.
    if message.kind == MessageKind::Event || message.status == MessageStatus::Cancelled {
        return;
    }
    store.edit_conversation(room, |conversation| {
        let newer = conversation.last_message.as_ref().is_none_or(|last| {
            (last.id == message.id && last.rev <= message.rev)
                || last.order_key() < message.order_key()
        });
        if newer {
            conversation.last_message = Some(message);
        }
    });
}

/// What was taken back stands in the composer again.
fn give_back(store: &Store, room: &Room, thread: &Thread) {
    for message in thread.take_returned() {
        store.put_back(room, &message);
    }
}

fn changed_session(
    store: &Store,
    room: &Room,
    rev: i64,
    session: Session,
    message: Option<Message>,
) -> bool {
    if let Some((thread, message)) = store.thread_untracked(room).zip(message) {
        thread.put(&[message]);
    }
    store.edit_conversation(room, |conversation| {
        if rev >= conversation.rev {
            conversation.session = Some(session);
            conversation.rev = rev;
        }
    })
}

fn type_in(store: &Store, room: &Room, operator: &OperatorRef, typing: bool) {
    let me = store.me.with_untracked(|me| me.id);
    if let Some(thread) = store.thread_untracked(room).filter(|_| operator.id != me) {
        thread.set_typing(operator, typing, store.now.get_untracked());
    }
}

fn look(store: &Store, room: &Room, operator: OperatorRef, looks: bool) {
    let me = store.me.with_untracked(|me| me.id);
    let Some(thread) = store.thread_untracked(room).filter(|_| operator.id != me) else {
        return;
    };
    if !looks {
        thread.set_typing(&operator, false, store.now.get_untracked());
    }
    thread.viewers.update(|viewers| {
        viewers.retain(|viewer| viewer.id != operator.id);
        if looks {
            viewers.push(operator);
        }
    });
}

fn content(draft: &SendMessage) -> Content {
    if let Some(sticker) = draft.sticker.clone() {
        let (sticker, text) = (sticker.into(), None);
        return Content::Sticker { sticker, text };
    }
    match draft.text.as_ref().or(draft.note.as_ref()) {
        Some(text) => Content::Text(text.clone()),
        None => Content::Rest {
            kind: MessageKind::Text,
            text: None,
        },
    }
}

/// A file as it is shown while the server's is not here: without an address.
fn waiting(file: &LocalFile) -> Content {
    let media = Media {
        url: String::new(),
        content_type: String::new(),
        size: file.size,
        name: Some(file.name.clone()),
        duration_ms: None,
        preview_url: None,
        width: None,
        height: None,
        state: MediaState::Pending,
    };
    match file.kind {
        MessageKind::Image => Content::Image(media),
        MessageKind::Video => Content::Video(media),
        MessageKind::Audio => Content::Audio(media),
        _ => Content::File(media),
    }
}

/// An own message as it is shown while the server does not have it.
fn entry(item: &Item, me: &Operator, skew: i64) -> Entry {
    let draft = &item.message;
    Entry {
        key: EntryKey::Client(draft.client_id),
        message: Message {
            id: MessageId(draft.client_id.0),
            client_id: Some(draft.client_id),
            direction: match draft.note {
                Some(_) => Direction::Note,
                None => Direction::Out,
            },
            kind: MessageKind::Text,
            text: None,
            sticker: None,
            media: None,
            location: None,
            event: None,
            quote_message_id: draft.quote_message_id,
            sender: Sender::operator(me.id, me.name.clone()),
            status: MessageStatus::Queued,
            error: None,
            edited_at: None,
            created_at: Timestamp(item.written_at.saturating_add(skew)),
            placed_at: None,
            quotes_unknown: false,
            mentions: Vec::new(),
            quotable: false,
            line: crate::protocol::line_details::LineDetails::default(),
            rev: 0,
        }
        .with(item.file.as_ref().map_or_else(|| content(draft), waiting)),
        local: match &item.state {
            ItemState::Uploading => LocalState::Uploading,
            ItemState::Queued { .. } => LocalState::Queued,
            ItemState::Sending { .. } => LocalState::Sending,
            ItemState::Refused(error) => LocalState::Refused(error.clone()),
        },
    }
}

#[cfg(test)]
mod tests;
