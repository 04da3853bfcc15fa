//! How much of customers' files is kept: in all, of one customer within a day, and while the disk
//! is nearly full.

use sala::clock;
use sala::config::StorageConfig;
use sala::db::{Conn, DbError};
use sala::protocol::event::Degraded;
use sala::protocol::message::MediaState;
use sala::protocol::time::DAY_MS;
use sala::protocol::{MediaId, Timestamp};

use super::{fetch, fetcher_within, id_of, newest, send_file};
use crate::stage::{Stage, on_both};

/// Fetches what is wanted, a piece of a file after the other, within bounds.
async fn fetch_within(stage: &Stage, storage: StorageConfig, now: Timestamp) {
    let mut fetcher = fetcher_within(stage, storage);
    fetcher.step(now).await.expect("fetches");
}

/// What is kept in all; of one customer within a day a twentieth.
fn at_most(media_max_bytes: u64) -> StorageConfig {
    StorageConfig {
        media_max_bytes,
        ..StorageConfig::default()
    }
}

async fn state_of(stage: &Stage, id: MediaId) -> MediaState {
    let mut reader = stage.db.reader().await.expect("reads");
    let stored = reader.conn().stored_media(id).await.expect("reads");
    stored.expect("there").state
}

async fn kept(stage: &Stage) -> u64 {
    let mut reader = stage.db.reader().await.expect("reads");
    reader.conn().media_bytes().await.expect("reads")
}

async fn set(stage: &Stage, sql: &'static str) {
    let done: Result<(), DbError> = stage
        .db
        .write(move |conn| {
            Box::pin(async move {
                match conn {
                    Conn::Sqlite(mut c) => sqlx::query(sql).execute(&mut c).await.map(drop)?,
                    Conn::Postgres(c) => sqlx::query(sql).execute(c).await.map(drop)?,
                }
                Ok(())
            })
        })
        .await;
    done.expect("the database works");
}

/// Sends a file of so many bytes; answers its id here.
async fn file(stage: &Stage, bytes: usize) -> MediaId {
    send_file(stage, vec![7; bytes], "image/png", 0).await;
    id_of(&newest(stage).await)
}

on_both!(
    files_wait_while_there_is_no_room_and_texts_still_go_in,
    stage,
    {
        stage.customer_writes().await;
        let id = file(stage, 1_000).await;
        let now = clock::now();
        fetch_within(stage, at_most(0), now).await;
        assert_eq!(state_of(stage, id).await, MediaState::Pending);
        assert!(stage.hub.degraded().contains(&Degraded::Files));
        stage.customer_writes().await;
        assert_eq!(newest(stage).await.text.as_deref(), Some("hello"));
        // It was not even asked for, and never gives up.
        fetch_within(stage, at_most(100_000), now.plus_ms(30 * DAY_MS)).await;
        assert_eq!(state_of(stage, id).await, MediaState::Ready);
        assert!(!stage.hub.degraded().contains(&Degraded::Files));
    }
);

#[tokio::test]
async fn files_wait_while_the_disk_is_nearly_full() {
    crate::stage::run(crate::harness::Database::Sqlite, async |stage| {
        stage.customer_writes().await;
        let id = file(stage, 1_000).await;
        let reserve = |disk_reserve_bytes| StorageConfig {
            disk_reserve_bytes,
            ..StorageConfig::default()
        };
        let free = stage.db.free_space().expect("known of a file");
        fetch_within(stage, reserve(free * 2), clock::now()).await;
        assert_eq!(state_of(stage, id).await, MediaState::Pending);
        assert!(stage.hub.files_wait());
        fetch_within(stage, reserve(free / 2), clock::now()).await;
        assert_eq!(state_of(stage, id).await, MediaState::Ready);
        assert!(!stage.hub.files_wait());
    })
    .await;
}

on_both!(a_file_for_which_there_is_too_little_room_waits, stage, {
    stage.customer_writes().await;
    set(stage, "UPDATE media_totals SET bytes = 99000").await;
    let (large, now) = (file(stage, 2_000).await, clock::now());
    let small = file(stage, 500).await;
    fetch_within(stage, at_most(100_000), now.plus_ms(10)).await;
    assert_eq!(state_of(stage, large).await, MediaState::Pending);
    assert_eq!(state_of(stage, small).await, MediaState::Ready);
    set(stage, "UPDATE media_totals SET bytes = 500").await;
    fetch_within(stage, at_most(100_000), now.plus_ms(60_000)).await;
    assert_eq!(state_of(stage, large).await, MediaState::Ready);
    assert_eq!(kept(stage).await, 2_500);
});

on_both!(
    one_customer_cannot_fill_the_disk_in_a_day_however_fast,
    stage,
    {
        stage.customer_writes().await;
        let mut sent = Vec::new();
        for _ in 0..4 {
            sent.push(file(stage, 3_000).await);
        }
        // All four at the same time.
        fetch_within(stage, at_most(100_000), clock::now().plus_ms(10)).await;
        let mut states = Vec::new();
        for id in sent {
            states.push(state_of(stage, id).await);
        }
        let ready = states.iter().filter(|it| **it == MediaState::Ready);
        assert_eq!(ready.count(), 1, "{states:?}");
        let failed = states.iter().filter(|it| **it == MediaState::Failed);
        assert_eq!(failed.count(), 3, "{states:?}");
        assert_eq!(kept(stage).await, 3_000);
        // A day later they may send again; the next one is told apart from those.
        set(stage, "UPDATE media SET created_at = created_at - 90000000").await;
        let next = file(stage, 3_000).await;
        fetch_within(stage, at_most(100_000), clock::now().plus_ms(10)).await;
        assert_eq!(state_of(stage, next).await, MediaState::Ready);
        let refused = file(stage, 3_000).await;
        fetch_within(stage, at_most(100_000), clock::now().plus_ms(10)).await;
        assert_eq!(state_of(stage, refused).await, MediaState::Failed);
        let error = newest(stage).await.error;
        assert!(error.is_some_and(|error| error.contains("too many files")));
    }
);

on_both!(what_is_unsent_makes_room_again, stage, {
    stage.customer_writes().await;
    let message = send_file(stage, vec![7; 3_000], "image/png", 0).await;
    fetch(stage, clock::now()).await;
    assert_eq!(kept(stage).await, 3_000);
    stage
        .sim
        .unsend(&stage.customer, &message)
        .await
        .expect("unsent");
    assert_eq!(kept(stage).await, 0);
});
