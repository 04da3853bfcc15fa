//! The current `rev` of rooms, for heartbeats. Thousands of consoles beat; those that do so within
//! a moment share one reading, which begins after the last of them has asked.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};

use super::ServiceError;
use crate::db::{Db, DbError};
use crate::protocol::Room;

/// How long heartbeats are gathered. Nobody looks at a heartbeat's answer.
const GATHER: Duration = Duration::from_millis(200);

/// Rooms in one statement.
const TOGETHER: usize = 500;

/// What a reading answers; all who share it share its failure too.
type Read = Result<Arc<HashMap<Room, i64>>, Arc<DbError>>;

/// Reads for many at once; cheap to clone.
#[derive(Clone)]
pub(super) struct Revs {
    db: Db,
    /// A std mutex: nothing awaits under it.
    next: Arc<Mutex<Option<Reading>>>,
}

/// A reading that has not begun.
struct Reading {
    rooms: HashSet<Room>,
    answer: Shared<BoxFuture<'static, Read>>,
}

impl Revs {
    pub(super) fn new(db: Db) -> Self {
        Self {
            db,
            next: Arc::default(),
        }
    }

    fn next(&self) -> MutexGuard<'_, Option<Reading>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The `rev`s of those of these rooms that exist.
    pub(super) async fn read(&self, rooms: Vec<Room>) -> Result<BTreeMap<Room, i64>, ServiceError> {
        if rooms.is_empty() {
            return Ok(BTreeMap::new());
        }
        let answer = {
            let mut next = self.next();
            let reading = next.get_or_insert_with(|| Reading {
                rooms: HashSet::new(),
                answer: self.clone().gather_and_read().boxed().shared(),
            });
            reading.rooms.extend(rooms.iter().cloned());
            reading.answer.clone()
        };
        let revs = answer
            .await
            .map_err(|error| ServiceError::Internal(format!("revs could not be read: {error}")))?;
        let of = |room: Room| revs.get(&room).map(|rev| (room, *rev));
        Ok(rooms.into_iter().filter_map(of).collect())
    }

    async fn gather_and_read(self) -> Read {
        tokio::time::sleep(GATHER).await;
        // Whoever asks from here on is told by the next one.
        let reading = self.next().take();
        let rooms = reading.map(|reading| reading.rooms).unwrap_or_default();
        self.read_all(rooms).await.map(Arc::new).map_err(Arc::new)
    }

    async fn read_all(&self, rooms: HashSet<Room>) -> Result<HashMap<Room, i64>, DbError> {
        let mut revs = HashMap::with_capacity(rooms.len());
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let contacts: Vec<_> = rooms.iter().map(Room::contact).collect();
        for contacts in contacts.chunks(TOGETHER) {
            let found = conn.revs_of(contacts).await?.into_iter();
            revs.extend(found.filter_map(|(channel, contact, rev)| {
                Some((Room::new(channel.parse().ok()?, contact.parse().ok()?), rev))
            }));
        }
        Ok(revs)
    }
}
