//! Files and profiles that are fetched in the background, and files that are served.

mod room;

use std::sync::Arc;

use axum::body::to_bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use sala::clock;
use sala::config::StorageConfig;
use sala::db::DbError;
use sala::fetch::Fetcher;
use sala::http::media::serve;
use sala::protocol::message::{MEDIA_LARGEST, MediaState};
use sala::protocol::{MediaId, Message, Timestamp};
use sala::simulator::{Content, Fault, Utterance};
use serde_json::json;
use tokio::sync::Notify;

use crate::stage::{Stage, on_both};

fn fetcher(stage: &Stage) -> Fetcher {
    fetcher_within(stage, StorageConfig::default())
}

fn fetcher_within(stage: &Stage, storage: StorageConfig) -> Fetcher {
    let wake = Arc::new(Notify::new());
    Fetcher::new(
        stage.db.clone(),
        stage.line.clone(),
        stage.hub.clone(),
        wake,
        storage,
    )
}

async fn fetch(stage: &Stage, now: Timestamp) {
    fetcher(stage).step(now).await.expect("fetches");
}

/// The customer sends a file of these bytes.
async fn send_file(stage: &Stage, bytes: Vec<u8>, content_type: &str, preparing_ms: u64) -> String {
    let message = json!({ "type": "file", "fileName": "a b.bin", "fileSize": bytes.len() });
    let message = message.as_object().expect("an object").clone();
    let content = Content {
        bytes: bytes.into(),
        content_type: content_type.to_owned(),
        preparing_ms,
    };
    let what = Utterance {
        message,
        content: Some(content),
        ..Utterance::default()
    };
    stage
        .sim
        .say(&stage.customer, what)
        .await
        .expect("said")
        .message_id
}

async fn newest(stage: &Stage) -> Message {
    let conversation = stage.conversation().await;
    let mut reader = stage.db.reader().await.expect("reads");
    let lines = reader
        .conn()
        .messages_before(conversation, None, 50)
        .await
        .expect("reads");
    lines.into_iter().next_back().expect("a line")
}

fn id_of(message: &Message) -> MediaId {
    let url = &message.media.as_ref().expect("media").url;
    url.strip_prefix("/media/")
        .expect("ours")
        .parse()
        .expect("an id")
}

async fn get(stage: &Stage, id: MediaId, range: Option<&str>) -> Response {
    let mut headers = HeaderMap::new();
    if let Some(range) = range {
        headers.insert(
            header::RANGE,
            HeaderValue::from_str(range).expect("a range"),
        );
    }
    serve(&stage.db, id, &headers).await
}

async fn bytes_of(response: Response) -> Vec<u8> {
    to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("a body")
        .to_vec()
}

/// Takes a file in hand as a node does that then says nothing more.
async fn take(stage: &Stage, id: MediaId, now: Timestamp, until: Timestamp) {
    let taken: Result<bool, DbError> = stage
        .db
        .write(move |mut conn| Box::pin(async move { conn.take_media(id, now, until).await }))
        .await;
    assert!(taken.expect("the database works"));
}

async fn hold(stage: &Stage, id: MediaId, held: Timestamp, until: Timestamp) -> bool {
    let held: Result<bool, DbError> = stage
        .db
        .write(move |mut conn| Box::pin(async move { conn.hold_media(id, held, until).await }))
        .await;
    held.expect("the database works")
}

on_both!(what_a_dead_node_was_fetching_another_fetches, stage, {
    stage.customer_writes().await;
    send_file(stage, vec![7; 1_000], "image/png", 0).await;
    let id = id_of(&newest(stage).await);
    let state = async |stage: &Stage| newest(stage).await.media.expect("media").state;
    let now = clock::now();
    let (first, second) = (now.plus_ms(60_000), now.plus_ms(90_000));
    take(stage, id, now, first).await;
    assert!(hold(stage, id, first, second).await);
    fetch(stage, first.plus_ms(1)).await;
    assert_eq!(state(stage).await, MediaState::Pending);
    fetch(stage, second).await;
    assert_eq!(state(stage).await, MediaState::Ready);
    assert!(!hold(stage, id, second, second.plus_ms(1)).await);
});

on_both!(a_file_is_kept_in_pieces_and_served_in_parts, stage, {
    stage.customer_writes().await;
    let bytes: Vec<u8> = (0..600_000_u32)
        .map(|n| u8::try_from(n % 251).expect("small"))
        .collect();
    send_file(stage, bytes.clone(), "text/html", 0).await;
    let before = newest(stage).await;
    assert_eq!(
        before.media.as_ref().expect("media").state,
        MediaState::Pending
    );
    let id = id_of(&before);
    assert_eq!(get(stage, id, None).await.status(), StatusCode::NOT_FOUND);

    fetch(stage, clock::now()).await;
    let after = newest(stage).await;
    let media = after.media.clone().expect("media");
    assert_eq!((media.state, media.size), (MediaState::Ready, 600_000));
    assert_eq!(media.content_type, "application/octet-stream");
    assert!(after.rev > before.rev);
    assert!(stage.told().iter().any(|(told, _)| *told == after.id));

    let whole = get(stage, id, None).await;
    assert_eq!(whole.status(), StatusCode::OK);
    assert_eq!(whole.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    let disposition = whole.headers()[header::CONTENT_DISPOSITION]
        .to_str()
        .expect("text");
    assert_eq!(
        disposition,
        "attachment; filename=\"a b.bin\"; filename*=UTF-8''a%20b.bin"
    );
    assert!(bytes_of(whole).await == bytes);

    let part = get(stage, id, Some("bytes=262100-262200")).await;
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(
        part.headers()[header::CONTENT_RANGE],
        "bytes 262100-262200/600000"
    );
    assert_eq!(bytes_of(part).await, bytes[262_100..=262_200]);
    let beyond = get(stage, id, Some("bytes=600000-")).await;
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
});

on_both!(a_file_that_line_still_prepares_is_asked_for_again, stage, {
    stage.customer_writes().await;
    send_file(stage, vec![7; 10], "video/mp4", 2_500).await;
    let now = clock::now();
    fetch(stage, now).await;
    assert_eq!(
        newest(stage).await.media.expect("media").state,
        MediaState::Pending
    );
    tokio::time::sleep(std::time::Duration::from_millis(2_600)).await;
    fetch(stage, now.plus_ms(3_000)).await;
    let media = newest(stage).await.media.expect("media");
    assert_eq!(
        (media.state, media.content_type.as_str()),
        (MediaState::Ready, "video/mp4")
    );
});

/// What LINE does the next time that content is fetched.
fn spoil(stage: &Stage, fault: serde_json::Value) {
    let fault: Fault = serde_json::from_value(fault).expect("a fault");
    stage.sim.add_content_fault(fault, 1);
}

on_both!(
    content_that_is_missing_empty_or_cut_at_first_is_asked_for_again,
    stage,
    {
        stage.customer_writes().await;
        send_file(stage, vec![7; 1_000], "image/png", 0).await;
        let mut now = clock::now();
        for fault in [
            json!({ "status": 404 }),
            json!({ "reason": "empty" }),
            json!({ "cut": true }),
        ] {
            spoil(stage, fault.clone());
            fetch(stage, now).await;
            let media = newest(stage).await.media.expect("media");
            assert_eq!(media.state, MediaState::Pending, "{fault}");
            now = now.plus_ms(20_000);
        }
        fetch(stage, now).await;
        let media = newest(stage).await.media.expect("media");
        assert_eq!((media.state, media.size), (MediaState::Ready, 1_000));
    }
);

on_both!(
    content_that_stays_missing_is_gone_after_a_while_and_keeps_the_size_that_line_said,
    stage,
    {
        stage.customer_writes().await;
        send_file(stage, vec![7; 1_000], "image/png", 0).await;
        let now = clock::now();
        for later in [0, 60_000, 180_000] {
            assert_eq!(
                newest(stage).await.media.expect("media").state,
                MediaState::Pending
            );
            spoil(stage, json!({ "status": 404 }));
            fetch(stage, now.plus_ms(later)).await;
        }
        let media = newest(stage).await.media.expect("media");
        assert_eq!((media.state, media.size), (MediaState::Gone, 1_000));
    }
);

on_both!(a_file_that_is_too_large_says_its_size_and_why, stage, {
    stage.customer_writes().await;
    let bytes = vec![7; usize::try_from(MEDIA_LARGEST + 1).expect("it fits")];
    let length = u64::try_from(bytes.len()).expect("it fits");
    send_file(stage, bytes, "video/mp4", 0).await;
    fetch(stage, clock::now()).await;
    let message = newest(stage).await;
    let media = message.media.expect("media");
    assert_eq!((media.state, media.size), (MediaState::Failed, length));
    assert!(message.error.expect("a reason").contains("200 MiB"));
});

on_both!(
    a_customers_name_is_found_once_and_put_on_earlier_lines,
    stage,
    {
        stage.customer_writes().await;
        let stand_in = newest(stage).await.sender.name;
        assert!(stand_in.starts_with("LINE user …"), "{stand_in}");
        fetch(stage, clock::now()).await;
        assert_eq!(newest(stage).await.sender.name, "Nok");
        let conversation = stage.conversation().await;
        let mut reader = stage.db.reader().await.expect("reads");
        let shown = reader
            .conn()
            .conversation(conversation)
            .await
            .expect("reads")
            .expect("there");
        assert_eq!(shown.contact.display_name, "Nok");
        assert_eq!(shown.rev, newest(stage).await.rev);
        let due = reader
            .conn()
            .due_profiles(clock::now(), 9)
            .await
            .expect("reads");
        assert!(due.is_empty());
        stage.told();
    }
);

on_both!(a_group_and_its_members_get_their_names, stage, {
    let member = stage.customer.clone();
    let group = stage
        .sim
        .add_group("Loom".to_owned(), vec![member])
        .expect("a group");
    stage.customer = group;
    stage.customer_writes().await;
    fetch(stage, clock::now()).await;
    let conversation = stage.conversation().await;
    let mut reader = stage.db.reader().await.expect("reads");
    let shown = reader
        .conn()
        .conversation(conversation)
        .await
        .expect("reads")
        .expect("there");
    assert_eq!(shown.contact.display_name, "Loom");
    assert_eq!(newest(stage).await.sender.name, "Nok");
    stage.told();
});

// Whatever the clock said while it was wrong, a year ahead here.
on_both!(a_clock_that_was_set_back_keeps_no_file_waiting, stage, {
    stage.customer_writes().await;
    send_file(stage, vec![7; 1_000], "image/png", 0).await;
    let id = id_of(&newest(stage).await);
    let now = clock::now();
    take(stage, id, now, now.plus_ms(365 * 24 * 60 * 60_000)).await;
    fetch(stage, now.plus_ms(1)).await;
    let state = async |stage: &Stage| newest(stage).await.media.expect("media").state;
    assert_eq!(state(stage).await, MediaState::Pending);
    fetcher(stage).pull(now).await.expect("pulled");
    fetch(stage, now.plus_ms(1)).await;
    assert_eq!(state(stage).await, MediaState::Ready);
});
