//! Files that operators send: taken as they come, looked at, made into what LINE takes, and gone
//! again when no message uses them.

mod allowance;
mod making;
mod sweep;
mod underway;

use super::ServiceError;
use super::drawing::Drawing;
use super::messages::may_send;
use crate::clock;
use crate::config::{Config, StorageConfig};
use crate::db::uploads::NewUpload;
use crate::db::{Conn, Db};
use crate::protocol::message::MEDIA_LARGEST;
use crate::protocol::{MediaId, Operator, Room, Timestamp};

pub use allowance::Turn;
pub use sweep::Sweeper;
pub use underway::Underway;

use allowance::Allowance;
use sweep::LeftBehind;

/// How long a file that comes may be silent before others may remove it.
const HELD_MS: i64 = 60_000;

/// Bytes after which it is looked again whether there is room.
const LOOK_EVERY: u64 = 4 << 20;

/// Taking files.
#[derive(Clone)]
pub struct Uploads {
    db: Db,
    storage: StorageConfig,
    /// LINE fetches what we send over https only.
    is_reachable: bool,
    allowance: Allowance,
    drawing: Drawing,
    left: LeftBehind,
}

impl Uploads {
    /// Over this store; pictures are drawn in turns that others take as well.
    pub(super) fn new(config: &Config, db: Db, drawing: Drawing) -> Self {
        Self {
            db,
            storage: config.storage,
            is_reachable: config.is_reachable_by_line(),
            allowance: Allowance::default(),
            drawing,
            left: LeftBehind::default(),
        }
    }

    /// Removes what nobody uses.
    pub fn sweeper(&self) -> Sweeper {
        Sweeper::new(self.db.clone(), self.left.clone())
    }

    /// A turn to send a file, which ends when it is dropped.
    ///
    /// # Errors
    /// [`ServiceError::RateLimited`] while too many others have one, [`ServiceError::NotReachable`]
    /// where LINE could not fetch it.
    pub fn turn(&self, operator: &Operator) -> Result<Turn, ServiceError> {
        if !self.is_reachable {
            return Err(ServiceError::NotReachable);
        }
        self.allowance.take(operator.id)
    }

    /// A file begins to come, of `announced` bytes at most where that is known.
    ///
    /// # Errors
    /// [`ServiceError::NotClaimed`], [`ServiceError::RoomNotFound`], [`ServiceError::NoRoom`].
    pub async fn begin(
        &self,
        operator: &Operator,
        room: &Room,
        announced: Option<u64>,
    ) -> Result<Underway, ServiceError> {
        let (operator, room) = (operator.clone(), room.clone());
        let (id, now) = (MediaId(uuid::Uuid::new_v4()), clock::now());
        let beginning = self.db.write(move |mut conn| {
            Box::pin(async move { begin(&mut conn, &operator, &room, id, now).await })
        });
        beginning.await.map_err(full_is_no_room)?;
        let underway = Underway::new(self.clone(), id);
        self.has_room(announced.unwrap_or(0)).await?;
        Ok(underway)
    }

    /// Whether a file of so many bytes would be taken from this operator now, without any of it.
    ///
    /// # Errors
    /// What sending it would answer, as far as that can be told from its size.
    pub async fn would_take(
        &self,
        operator: &Operator,
        room: &Room,
        size: u64,
    ) -> Result<(), ServiceError> {
        if size > MEDIA_LARGEST {
            return Err(ServiceError::MediaTooLarge(
                "The file is too large: at most 200 MB are taken.",
            ));
        }
        drop(self.turn(operator)?);
        let head = self
            .db
            .reader()
            .await?
            .conn()
            .conversation_head(room)
            .await?;
        may_send(&head.ok_or(ServiceError::RoomNotFound)?, operator)?;
        self.has_room(size).await
    }

    /// Whether there is room for so many bytes more.
    async fn has_room(&self, bytes: u64) -> Result<(), ServiceError> {
        let kept = self.db.reader().await?.conn().media_bytes().await?;
        let fits = kept.saturating_add(bytes) <= self.storage.media_max_bytes;
        let wanted = self.storage.disk_reserve_bytes.saturating_add(bytes);
        let is_free = self.db.free_space().is_none_or(|free| free >= wanted);
        (fits && is_free).then_some(()).ok_or(ServiceError::NoRoom)
    }
}

async fn begin(
    conn: &mut Conn<'_>,
    operator: &Operator,
    room: &Room,
    id: MediaId,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let head = conn.conversation_head(room).await?;
    let head = head.ok_or(ServiceError::RoomNotFound)?;
    may_send(&head, operator)?;
    let new = NewUpload {
        id,
        conversation: head.id,
        channel: head.channel_id,
        operator: operator.id,
        at: now,
        ends_at: now.plus_ms(HELD_MS),
    };
    Ok(conn.insert_upload(new).await?)
}

/// A full disk is no failure of ours.
fn full_is_no_room(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Db(error) if error.is_full() => ServiceError::NoRoom,
        other => other,
    }
}
