//! What events do to the store.

use leptos::prelude::*;

use super::*;
use crate::api::ConversationPage;
use crate::client::fixtures::{self, draft, line, own_line, room};
use crate::client::outbox::Outbox;
use crate::client::store::{OlderState, Page};
use crate::protocol::{
    Counts, ErrorCode, ErrorPayload, ServerFrame, SessionStatus, Tab, Timestamp,
};

fn with_store(test: impl FnOnce(&Store)) {
    let owner = Owner::new();
    owner.with(|| {
        let store = fixtures::store(vec![fixtures::conversation(&room("U1"), 10)]);
        test(&store);
    });
}

fn page(messages: Vec<Message>, rev: i64, extent: Extent) -> Snapshot {
    Snapshot {
        conversation: fixtures::conversation(&room("U1"), rev),
        messages,
        extent,
        viewers: None,
    }
}

fn shown(store: &Store) -> Vec<u128> {
    let thread = store.thread_untracked(&room("U1")).expect("a thread");
    let entries = thread.entries.values_untracked();
    entries.iter().map(|e| e.message.id.0.as_u128()).collect()
}

fn new_line(message: Message) -> ServerEvent {
    ServerEvent::NewMessage {
        room: room("U1"),
        rev: message.rev,
        message,
    }
}

#[test]
fn what_the_server_says_of_its_other_nodes_is_kept_until_it_says_otherwise() {
    with_store(|store| {
        let pong = |degraded| ServerEvent::Pong {
            revs: [].into(),
            degraded,
        };
        apply(store, pong(vec![Degraded::Broker]));
        assert!(store.nodes_apart.get_untracked());
        apply(store, new_line(line(1, 11)));
        assert!(store.nodes_apart.get_untracked());
        apply(store, pong(vec![Degraded::Other]));
        assert!(!store.nodes_apart.get_untracked());
        apply(store, pong(vec![Degraded::Files, Degraded::Other]));
        assert!(store.files_wait.get_untracked() && !store.nodes_apart.get_untracked());
        apply(store, pong(Vec::new()));
        assert!(!store.files_wait.get_untracked());
    });
}

#[test]
fn lines_stand_in_order_and_once_whatever_order_they_come_in() {
    with_store(|store| {
        snapshot(store, page(vec![line(1, 1), line(4, 4)], 4, Extent::Latest));
        for message in [line(6, 6), line(5, 5), line(6, 6), line(3, 7)] {
            apply(store, new_line(message));
        }
        assert_eq!(shown(store), [1, 3, 4, 5, 6]);
    });
}

#[test]
fn an_older_state_of_a_line_does_not_come_back() {
    with_store(|store| {
        snapshot(store, page(vec![line(1, 5)], 5, Extent::Latest));
        let mut old = line(1, 3);
        old.text = Some("before".to_owned());
        apply(store, new_line(old));
        let thread = store.thread_untracked(&room("U1")).expect("a thread");
        let text = thread.entries.values_untracked()[0].message.text.clone();
        assert_eq!(text.as_deref(), Some("line 1"));
    });
}

#[test]
fn what_was_taken_back_goes_and_does_not_come_back() {
    with_store(|store| {
        let message = draft(&room("U1"), 50);
        snapshot(store, page(vec![line(1, 5)], 5, Extent::Latest));
        let queued = own_line(2, 6, &message);
        apply(store, new_line(queued.clone()));
        assert_eq!(shown(store), [1, 2]);
        let cancelled = Message {
            text: None,
            status: MessageStatus::Cancelled,
            rev: 7,
            ..queued.clone()
        };
        let event = ServerEvent::MessageUpdated {
            room: room("U1"),
            rev: 7,
            message: cancelled,
        };
        apply(store, event);
        apply(store, new_line(queued.clone()));
        assert_eq!(shown(store), [1]);
        let listed = store.conversation_untracked(&room("U1")).expect("listed");
        assert_ne!(listed.last_message.map(|last| last.rev), Some(7));
        // Nor for whoever never heard that it was.
        snapshot(store, page(vec![line(1, 5), line(3, 9)], 9, Extent::Latest));
        let unheard = own_line(4, 8, &draft(&room("U1"), 51));
        apply(store, new_line(unheard));
        assert_eq!(shown(store), [1, 3]);
    });
}

#[test]
fn an_own_line_keeps_its_key_when_it_is_stored() {
    with_store(|store| {
        let message = draft(&room("U1"), 50);
        let mut outbox = Outbox::default();
        let item = outbox.push(message.clone(), None, 1_000).expect("space");
        outgoing(store, &OutboxChange::Put(Box::new(item)));
        let thread = store.thread_untracked(&room("U1")).expect("a thread");
        let before = thread.entries.keys_untracked();
        let row = thread.entries.row(&before[0]).expect("a row");
        apply(store, new_line(line(9, 9)));
        apply(store, new_line(own_line(8, 8, &message)));
        outgoing(
            store,
            &OutboxChange::Removed {
                room: room("U1"),
                client_id: message.client_id,
                file: false,
            },
        );
        assert_eq!(shown(store), [8, 9]);
        assert_eq!(thread.entries.keys_untracked()[0], before[0]);
        assert_eq!(row.get_untracked().local, LocalState::Stored);
    });
}

#[test]
fn a_refused_line_says_why_and_stays_last() {
    with_store(|store| {
        let mut outbox = Outbox::default();
        let item = outbox.push(draft(&room("U1"), 50), None, 0).expect("space");
        let why = ErrorPayload::new(ErrorCode::NotClaimed, "no");
        let key = item.message.client_id;
        let item = outbox.refuse(key, why.clone(), 0).cloned().expect("there");
        outgoing(store, &OutboxChange::Put(Box::new(item)));
        apply(store, new_line(line(9, 9)));
        assert_eq!(shown(store), [9, 50]);
        let thread = store.thread_untracked(&room("U1")).expect("a thread");
        let last = thread.entries.values_untracked().pop().expect("an entry");
        assert_eq!(last.local, LocalState::Refused(why));
    });
}

#[test]
fn starting_afresh_leaves_no_hole_and_keeps_what_is_newer() {
    with_store(|store| {
        let lines = (1..=3).map(|n| line(n, 1)).collect();
        snapshot(store, page(lines, 3, Extent::Latest));
        apply(store, new_line(line(90, 700)));
        apply(store, new_line(line(2, 701)));
        let latest: Vec<Message> = (30..80).map(|n| line(n, 600)).collect();
        snapshot(store, page(latest, 650, Extent::Latest));
        let ids: Vec<u128> = (30..80).chain([90]).collect();
        assert_eq!(shown(store), ids);
        let thread = store.thread_untracked(&room("U1")).expect("a thread");
        assert_eq!(thread.older.get_untracked(), OlderState::More);
        // A message from before the beginning comes with its page, not by itself.
        apply(store, new_line(line(5, 702)));
        assert_eq!(shown(store), ids);
        thread.put_older(&(1..30).map(|n| line(n, 1)).collect::<Vec<_>>(), None);
        assert_eq!(shown(store).len(), 29 + 51);
        assert_eq!(thread.older.get_untracked(), OlderState::None);
    });
}

#[test]
fn a_conversation_moves_between_lists_with_the_counts() {
    with_store(|store| {
        let counts = store.counts;
        counts.update(|counts| {
            counts.waiting = 1;
            counts.all = 1;
        });
        let mut claimed = fixtures::session(SessionStatus::Active);
        claimed.operator = Some(store.me.get_untracked().to_ref());
        let known = apply(
            store,
            ServerEvent::SessionClaimed {
                room: room("U1"),
                rev: 11,
                session: claimed,
                by: None,
                message: None,
            },
        );
        assert!(!known);
        assert_eq!(store.rows_untracked(Tab::Mine), [room("U1")]);
        assert!(store.rows_untracked(Tab::Waiting).is_empty());
        let counts = counts.get_untracked();
        assert_eq!((counts.waiting, counts.mine, counts.all), (0, 1, 1));
        let late = fixtures::conversation(&room("U1"), 10);
        store.put_conversation(late);
        assert_eq!(store.rows_untracked(Tab::Mine), [room("U1")]);
    });
}

#[test]
fn a_page_that_an_event_has_overtaken_does_not_bring_old_counts_back() {
    with_store(|store| {
        let mut unread = fixtures::conversation(&room("U1"), 11);
        unread.unread = 2;
        store.put_conversation(unread.clone());
        assert_eq!(store.counts.get_untracked().unread, 1);
        let asked_at = store.recounts.get_untracked();
        let counts = Counts {
            waiting: 1,
            all: 1,
            unread: 1,
            ..Counts::default()
        };
        // It was read on the server before this one read the chat, and comes after it.
        store.put_conversation(fixtures::conversation(&room("U1"), 12));
        let overtaken = |conversations| ConversationPage {
            conversations,
            next: None,
            counts,
            quotas: Vec::new(),
        };
        let page = overtaken(vec![unread]);
        assert!(!store.put_page(Tab::Waiting, &page, Page::First, asked_at));
        let now = store.counts.get_untracked();
        assert_eq!((now.waiting, now.all, now.unread), (1, 1, 0));
        // Without the conversation nobody can tell, so the counts are to be fetched again.
        let page = overtaken(Vec::new());
        assert!(store.put_page(Tab::Mine, &page, Page::First, asked_at));
        let later = store.recounts.get_untracked();
        assert!(!store.put_page(Tab::Mine, &page, Page::First, later));
    });
}

#[test]
fn an_unknown_conversation_asks_for_the_counts() {
    with_store(|store| {
        let event = |rev| ServerEvent::ConversationUpdate {
            room: room("U2"),
            rev,
            conversation: Box::new(fixtures::conversation(&room("U2"), rev)),
            messages: None,
            complete: None,
            viewers: None,
            older: None,
        };
        assert!(apply(store, event(1)));
        assert!(!apply(store, event(2)));
    });
}

#[test]
fn typing_ends_by_itself_and_with_the_message() {
    with_store(|store| {
        snapshot(store, page(vec![], 1, Extent::Latest));
        let thread = store.thread_untracked(&room("U1")).expect("a thread");
        let colleague = fixtures::operator(8, "Somchai").to_ref();
        let typing = ServerEvent::TypingIndicator {
            room: room("U1"),
            operator: colleague.clone(),
            typing: true,
        };
        apply(store, typing.clone());
        tick(store, Timestamp(5_999));
        assert_eq!(thread.typing.get_untracked().len(), 1);
        tick(store, Timestamp(6_000));
        assert!(thread.typing.get_untracked().is_empty());
        apply(store, typing);
        let mut sent = line(3, 3);
        sent.sender = Sender::operator(colleague.id, "Somchai");
        apply(store, new_line(sent));
        assert!(thread.typing.get_untracked().is_empty());
    });
}

#[test]
fn a_line_stands_at_its_place_rather_than_at_its_time() {
    with_store(|store| {
        let moved = Message {
            created_at: Timestamp(1),
            placed_at: Some(Timestamp(6)),
            ..line(7, 13)
        };
        let lines = vec![line(5, 11), line(8, 12)];
        snapshot(store, page(lines, 12, Extent::Latest));
        apply(store, new_line(moved));
        assert_eq!(shown(store), [5, 7, 8]);
    });
}

#[test]
fn one_line_that_cannot_be_read_hides_no_other_of_its_frame() {
    let event = ServerEvent::ConversationUpdate {
        room: room("U1"),
        rev: 3,
        conversation: Box::new(fixtures::conversation(&room("U1"), 3)),
        messages: Some((1..=3).map(|n| line(n, 1)).collect()),
        complete: Some(true),
        viewers: None,
        older: None,
    };
    let frame = ServerFrame {
        event,
        reference: None,
        ts: Timestamp(0),
    };
    let text = serde_json::to_string(&frame).expect("JSON");
    let broken = text.replacen("1970-01-01T00:00:00.002Z", "+33658-09-27T01:46:40Z", 1);
    assert_ne!(text, broken);
    let read = ServerFrame::parse(&broken).expect("a frame").event;
    let ServerEvent::ConversationUpdate { messages, .. } = read else {
        panic!("no update");
    };
    assert_eq!(messages, Some(vec![line(1, 1), line(3, 1)]));
}
