//! Customers' files: from LINE into the store, piece by piece.

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::BytesMut;
use futures_util::StreamExt as _;

use super::sniff::checked_type;
use super::worker::Shared;
use crate::db::DbError;
use crate::db::pieces::{DueMedia, Fetched, PIECE_BYTES};
use crate::line::LineError;
use crate::line::client::{ContentAnswer, MediaContent};
use crate::protocol::message::MediaState;
use crate::protocol::time::DAY_MS;
use crate::protocol::{MediaId, Timestamp};
use crate::service::change::write_and_tell;
use crate::service::delivery::tell_messages;

/// The largest file that is kept: LINE's own bound for films and sounds.
const LARGEST: u64 = 200 * 1024 * 1024;

/// How long a node may be silent about a file before another may try; a try itself may take ten
/// minutes.
const IN_HAND_MS: i64 = 60_000;

/// How often a node says that it is still at it.
const HOLD_EVERY: Duration = Duration::from_secs(15);

/// The first wait after a try that came to nothing; doubles.
const FIRST_WAIT_MS: i64 = 2_000;

/// The longest wait between tries.
const LONGEST_WAIT_MS: i64 = 10 * 60 * 1_000;

/// How long a file is tried for.
const GIVE_UP_AFTER_MS: i64 = 2 * DAY_MS;

/// What one try came to.
enum Tried {
    /// The file's fate is known.
    Done(Fetched),
    /// Worth another try.
    Later,
    /// Nobody wants the file any more.
    Dropped,
}

fn ended(state: MediaState) -> Tried {
    Tried::Done(Fetched {
        state,
        content_type: String::new(),
        size: 0,
    })
}

/// Fetches one file and tells the consoles.
pub(super) async fn fetch(shared: Arc<Shared>, due: DueMedia, now: Timestamp) {
    if let Err(error) = try_fetch(&shared, &due, now).await {
        tracing::warn!(media.id = %due.id, %error, "a file cannot be stored; it is tried again");
    }
}

async fn try_fetch(shared: &Shared, due: &DueMedia, now: Timestamp) -> Result<(), DbError> {
    let id = due.id;
    let mut hold = Hold {
        id,
        until: now.plus_ms(IN_HAND_MS),
        began: (Instant::now(), now),
    };
    let until = hold.until;
    let take = shared
        .db
        .write(move |mut conn| Box::pin(async move { conn.take_media(id, now, until).await }));
    if !take.await? {
        return Ok(());
    }
    let trying = async {
        match shared.line.line(due.channel_id).await {
            Some(line) => judge(shared, id, line.content(&due.line_message_id).await).await,
            None => Ok(Tried::Later),
        }
    };
    let mut trying = pin!(trying);
    let tried = loop {
        tokio::select! {
            tried = &mut trying => break tried,
            () = tokio::time::sleep(HOLD_EVERY) => if !hold.renew(shared).await? {
                return Ok(());
            }
        }
    };
    // A node that stood still for too long must not end what another has begun anew.
    if !hold.renew(shared).await? {
        return Ok(());
    }
    match tried {
        Ok(Tried::Done(fetched)) => finish(shared, id, fetched, now).await,
        Ok(Tried::Dropped) => Ok(()),
        Ok(Tried::Later) => later(shared, due, now).await,
        Err(error) => {
            later(shared, due, now).await?;
            Err(error)
        }
    }
}

/// A file in hand.
struct Hold {
    id: MediaId,
    /// Then others may take it.
    until: Timestamp,
    /// When it was taken, by both clocks.
    began: (Instant, Timestamp),
}

impl Hold {
    /// Holds on for as long again; false when it is lost.
    async fn renew(&mut self, shared: &Shared) -> Result<bool, DbError> {
        let (instant, at) = self.began;
        let passed = i64::try_from(instant.elapsed().as_millis()).unwrap_or(i64::MAX);
        let until = at.plus_ms(passed).plus_ms(IN_HAND_MS);
        let (id, held) = (self.id, std::mem::replace(&mut self.until, until));
        shared
            .db
            .write(move |mut conn| Box::pin(async move { conn.hold_media(id, held, until).await }))
            .await
    }
}

async fn judge(
    shared: &Shared,
    id: MediaId,
    answer: Result<ContentAnswer, LineError>,
) -> Result<Tried, DbError> {
    match answer {
        Ok(ContentAnswer::Ready(content)) if content.length.is_some_and(|it| it > LARGEST) => {
            Ok(ended(MediaState::Failed))
        }
        Ok(ContentAnswer::Ready(content)) => store(shared, id, content).await,
        Ok(ContentAnswer::Preparing) => Ok(Tried::Later),
        Ok(ContentAnswer::NotFound | ContentAnswer::Gone) => Ok(ended(MediaState::Gone)),
        Err(LineError::Refused(refusal)) => {
            tracing::warn!(media.id = %id, http.status = refusal.status, "LINE refuses a file");
            Ok(ended(MediaState::Failed))
        }
        Err(error) => {
            tracing::info!(media.id = %id, %error, "a file cannot be had yet");
            Ok(Tried::Later)
        }
    }
}

/// Stores the bytes as they come; holds no more than one piece of them.
async fn store(shared: &Shared, id: MediaId, content: MediaContent) -> Result<Tried, DbError> {
    let claimed = content.content_type.clone();
    let announced = content.length;
    let mut stream = pin!(content.into_stream());
    let mut piece = BytesMut::with_capacity(PIECE_BYTES);
    let mut beginning = Vec::new();
    let (mut size, mut number) = (0_u64, 0_i64);
    while let Some(bytes) = stream.next().await {
        let Ok(bytes) = bytes else {
            return Ok(Tried::Later);
        };
        size += bytes.len() as u64;
        if size > LARGEST {
            return Ok(ended(MediaState::Failed));
        }
        piece.extend_from_slice(&bytes);
        while piece.len() >= PIECE_BYTES {
            let full = piece.split_to(PIECE_BYTES);
            if number == 0 {
                beginning = full[..super::sniff::NEEDED].to_vec();
            }
            if !add_piece(shared, id, number, full.to_vec()).await? {
                return Ok(Tried::Dropped);
            }
            number += 1;
        }
    }
    if announced.is_some_and(|announced| announced != size) {
        return Ok(Tried::Later);
    }
    if number == 0 {
        beginning = piece[..piece.len().min(super::sniff::NEEDED)].to_vec();
    }
    if !piece.is_empty() && !add_piece(shared, id, number, piece.to_vec()).await? {
        return Ok(Tried::Dropped);
    }
    Ok(Tried::Done(Fetched {
        state: MediaState::Ready,
        content_type: checked_type(claimed.as_deref(), &beginning),
        size: i64::try_from(size).unwrap_or(i64::MAX),
    }))
}

async fn add_piece(
    shared: &Shared,
    id: MediaId,
    number: i64,
    bytes: Vec<u8>,
) -> Result<bool, DbError> {
    shared
        .db
        .write(move |mut conn| Box::pin(async move { conn.insert_piece(id, number, &bytes).await }))
        .await
}

async fn later(shared: &Shared, due: &DueMedia, now: Timestamp) -> Result<(), DbError> {
    if now.since(due.created_at) >= GIVE_UP_AFTER_MS {
        let failed = Fetched {
            state: MediaState::Failed,
            content_type: String::new(),
            size: 0,
        };
        return finish(shared, due.id, failed, now).await;
    }
    let doublings = u32::try_from(due.attempts.clamp(0, 16)).unwrap_or(0);
    let wait = FIRST_WAIT_MS
        .saturating_mul(1 << doublings)
        .min(LONGEST_WAIT_MS);
    let (id, at) = (due.id, now.plus_ms(wait));
    shared
        .db
        .write(move |mut conn| Box::pin(async move { conn.postpone_media(id, at).await }))
        .await
}

async fn finish(
    shared: &Shared,
    id: MediaId,
    fetched: Fetched,
    now: Timestamp,
) -> Result<(), DbError> {
    write_and_tell(&shared.db, &shared.hub, move |mut conn| {
        Box::pin(async move {
            match conn.finish_media(id, &fetched, now).await? {
                Some(changed) => tell_messages(&mut conn, changed.conversation, &[changed]).await,
                None => Ok(Vec::new()),
            }
        })
    })
    .await
}
