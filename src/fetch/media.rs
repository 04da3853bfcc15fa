//! Customers' files: from LINE into the store, piece by piece.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bytes::BytesMut;
use futures_util::StreamExt as _;

use super::room::{self, Fit};
use super::shared::Shared;
use super::sniff::checked_type;
use crate::db::DbError;
use crate::db::pieces::{DueMedia, Fetched, PIECE_BYTES};
use crate::line::LineError;
use crate::line::client::{ContentAnswer, MediaContent};
use crate::protocol::message::{MEDIA_LARGEST, MediaState, MessageKind};
use crate::protocol::time::DAY_MS;
use crate::protocol::{MediaId, Timestamp};
use crate::service::change::write_and_tell;
use crate::service::delivery::tell_messages;

/// How long a node may be silent about a file before another may try; a try itself may take ten
/// minutes.
const IN_HAND_MS: i64 = 60_000;

/// How often a node says that it is still at it.
const HOLD_EVERY: Duration = Duration::from_secs(15);

/// The first wait after a try that came to nothing; doubles.
const FIRST_WAIT_MS: i64 = 2_000;

/// The longest wait between tries.
pub(super) const LONGEST_WAIT_MS: i64 = 10 * 60 * 1_000;

/// How long LINE may say that there is no such file, or send nothing of it, before that is
/// believed: just after a message its file is not everywhere at LINE.
const DOUBT_MS: i64 = 2 * 60 * 1_000;

/// How long a file is tried for.
const GIVE_UP_AFTER_MS: i64 = 2 * DAY_MS;

/// What one try came to.
enum Tried {
    /// The file's fate is known.
    Done(Fetched),
    /// Worth another try.
    Later,
    /// Tried again for as long as it takes: there is no room for it.
    NoRoom,
    /// Nobody wants the file any more.
    Dropped,
}

/// A file that will not be here.
fn lost(state: MediaState) -> Fetched {
    Fetched {
        state,
        content_type: String::new(),
        size: None,
        why: None,
    }
}

/// A file of so many bytes, or more, is not kept.
fn too_large(bytes: u64) -> Tried {
    let most = MEDIA_LARGEST / 1_048_576;
    Tried::Done(Fetched {
        size: i64::try_from(bytes).ok(),
        why: Some(format!(
            "The file is too large: files of up to {most} MiB are kept."
        )),
        ..lost(MediaState::Failed)
    })
}

/// A file of a customer who has sent too much.
fn too_much(shared: &Shared, bytes: Option<u64>) -> Tried {
    Tried::Done(Fetched {
        size: bytes.and_then(|bytes| i64::try_from(bytes).ok()),
        why: Some(room::too_much(&shared.storage)),
        ..lost(MediaState::Failed)
    })
}

async fn fit(shared: &Shared, id: MediaId, bytes: u64) -> Result<Fit, DbError> {
    let free = shared.db.free_space();
    let mut reader = shared.db.reader().await?;
    room::fit(&mut reader.conn(), &shared.storage, free, id, bytes).await
}

/// Whether what LINE says of a file that it does not have may yet change.
fn in_doubt(due: &DueMedia, now: Timestamp) -> bool {
    now.since(due.created_at) < DOUBT_MS
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
            Some(line) => {
                let answer = line.content(&due.line_message_id).await;
                judge(shared, due, answer, now).await
            }
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
        Ok(Tried::Done(fetched)) => finish(shared, due, fetched, now).await,
        Ok(Tried::Dropped) => Ok(()),
        Ok(Tried::Later) => later(shared, due, now).await,
        Ok(Tried::NoRoom) => postpone(shared, due, now).await,
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
    due: &DueMedia,
    answer: Result<ContentAnswer, LineError>,
    now: Timestamp,
) -> Result<Tried, DbError> {
    let id = due.id;
    match answer {
        Ok(ContentAnswer::Ready(content)) => match content.length {
            Some(bytes) if bytes > MEDIA_LARGEST => Ok(too_large(bytes)),
            bytes => match fit(shared, id, bytes.unwrap_or(0)).await? {
                Fit::TooMuch => Ok(too_much(shared, bytes)),
                Fit::Waits => Ok(Tried::NoRoom),
                Fit::Fits => match store(shared, id, content).await? {
                    Tried::Done(fetched) if fetched.size == Some(0) => Ok(empty(due, fetched, now)),
                    tried => Ok(tried),
                },
            },
        },
        Ok(ContentAnswer::Preparing) => Ok(Tried::Later),
        Ok(ContentAnswer::NotFound) if in_doubt(due, now) => Ok(Tried::Later),
        Ok(ContentAnswer::NotFound | ContentAnswer::Gone) => {
            Ok(Tried::Done(lost(MediaState::Gone)))
        }
        Err(LineError::Refused(refusal)) => {
            tracing::warn!(media.id = %id, http.status = refusal.status, "LINE refuses a file");
            Ok(Tried::Done(lost(MediaState::Failed)))
        }
        Err(error) => {
            tracing::info!(media.id = %id, %error, "a file cannot be had yet");
            Ok(Tried::Later)
        }
    }
}

/// What a file without a byte means: it is not there yet, or lost, unless LINE said that it has
/// none.
fn empty(due: &DueMedia, fetched: Fetched, now: Timestamp) -> Tried {
    if in_doubt(due, now) {
        Tried::Later
    } else if due.kind == MessageKind::File && due.size == 0 {
        Tried::Done(fetched)
    } else {
        Tried::Done(lost(MediaState::Failed))
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
        if size > MEDIA_LARGEST {
            return Ok(too_large(announced.unwrap_or(size)));
        }
        piece.extend_from_slice(&bytes);
        while piece.len() >= PIECE_BYTES {
            let full = piece.split_to(PIECE_BYTES);
            if number == 0 {
                beginning = full[..super::sniff::NEEDED].to_vec();
            }
            if !shared.db.store_piece(id, number, full.to_vec()).await? {
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
    if !piece.is_empty() && !shared.db.store_piece(id, number, piece.to_vec()).await? {
        return Ok(Tried::Dropped);
    }
    Ok(Tried::Done(Fetched {
        state: MediaState::Ready,
        content_type: checked_type(claimed.as_deref(), &beginning),
        size: Some(i64::try_from(size).unwrap_or(i64::MAX)),
        why: None,
    }))
}

async fn later(shared: &Shared, due: &DueMedia, now: Timestamp) -> Result<(), DbError> {
    if now.since(due.created_at) >= GIVE_UP_AFTER_MS {
        return finish(shared, due, lost(MediaState::Failed), now).await;
    }
    postpone(shared, due, now).await
}

async fn postpone(shared: &Shared, due: &DueMedia, now: Timestamp) -> Result<(), DbError> {
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

/// Writes what became of the file. Whether there is room for it is looked at once more, since
/// others were fetched meanwhile.
async fn finish(
    shared: &Shared,
    due: &DueMedia,
    fetched: Fetched,
    now: Timestamp,
) -> Result<(), DbError> {
    let (id, storage) = (due.id, shared.storage);
    let waits = Arc::new(AtomicBool::new(false));
    let told = waits.clone();
    write_and_tell(&shared.db, &shared.hub, move |mut conn| {
        Box::pin(async move {
            let mut fetched = fetched;
            if fetched.state == MediaState::Ready {
                conn.lock_media(id).await?;
                let bytes = fetched.size.map_or(0, i64::unsigned_abs);
                match room::fit(&mut conn, &storage, None, id, bytes).await? {
                    Fit::Fits => {}
                    Fit::Waits => {
                        told.store(true, Ordering::Relaxed);
                        conn.drop_pieces(id).await?;
                        return Ok(Vec::new());
                    }
                    Fit::TooMuch => {
                        fetched = Fetched {
                            size: fetched.size,
                            why: Some(room::too_much(&storage)),
                            ..lost(MediaState::Failed)
                        }
                    }
                }
            }
            match conn.finish_media(id, &fetched, now).await? {
                Some(changed) => tell_messages(&mut conn, changed.conversation, &[changed]).await,
                None => Ok(Vec::new()),
            }
        })
    })
    .await?;
    if waits.load(Ordering::Relaxed) {
        postpone(shared, due, now).await?;
    }
    Ok(())
}
