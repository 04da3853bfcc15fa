//! One thing done with several chats: each as if it were called alone, each with its own outcome.

use futures_util::StreamExt;

use super::ServiceError;
use super::commands::{By, Commands};
use super::error::Fault;
use super::inbox::Inbox;
use super::sessions::Sessions;
use super::tags::Tags;
use crate::protocol::bulk::{BULK_MAX, BulkAction, BulkDetails, BulkOutcome};
use crate::protocol::fault::Reason;
use crate::protocol::{Command, Operator, Room};

/// Chats that are worked on at a time: on SQLite they share commits.
const IN_FLIGHT: usize = 8;

/// Does one thing with several chats; cheap to clone.
#[derive(Clone)]
pub struct Bulk {
    commands: Commands,
    sessions: Sessions,
    inbox: Inbox,
    tags: Tags,
}

impl Bulk {
    /// By these services.
    pub fn new(commands: &Commands, sessions: &Sessions, inbox: &Inbox, tags: &Tags) -> Self {
        Self {
            commands: commands.clone(),
            sessions: sessions.clone(),
            inbox: inbox.clone(),
            tags: tags.clone(),
        }
    }

    /// What became of each of the chats, in their order.
    ///
    /// # Errors
    /// [`ServiceError::Fault`] for more than 100, and where the action lacks something.
    pub async fn run(
        &self,
        by: &Operator,
        rooms: Vec<Room>,
        action: BulkAction,
        details: BulkDetails,
    ) -> Result<Vec<BulkOutcome>, ServiceError> {
        if rooms.len() > BULK_MAX {
            let sentence = "At most 100 chats at once.";
            return Err(Fault::new("rooms", Reason::TooLong, sentence).into());
        }
        let missing = |field| Fault::new(field, Reason::Missing, format!("{field} is missing."));
        match action {
            BulkAction::Tag | BulkAction::Untag if details.tag_ids.is_empty() => {
                return Err(missing("tag_ids").into());
            }
            BulkAction::Snooze if details.until.is_none() => return Err(missing("until").into()),
            _ => {}
        }
        let details = &details;
        let each = rooms.into_iter().map(|room| async move {
            let done = self.one(by, &room, action, details).await;
            BulkOutcome {
                room,
                ok: done.is_ok(),
                error: done.err().map(|error| {
                    error.log();
                    error.to_payload()
                }),
            }
        });
        let outcomes = futures_util::stream::iter(each).buffered(IN_FLIGHT);
        Ok(outcomes.collect().await)
    }

    async fn one(
        &self,
        by: &Operator,
        room: &Room,
        action: BulkAction,
        details: &BulkDetails,
    ) -> Result<(), ServiceError> {
        let (note, place) = (details.note.clone(), room.clone());
        let command = match action {
            BulkAction::Close => {
                let seen = details.revs.get(room).copied();
                let closed = self.sessions.close_as_seen(by, room, note, seen, None);
                return closed.await.map(drop);
            }
            BulkAction::Tag => {
                return self.tags.add(by, room, &details.tag_ids).await.map(drop);
            }
            BulkAction::Untag => {
                return self.tags.remove(by, room, &details.tag_ids).await.map(drop);
            }
            BulkAction::Read => return self.inbox.mark_all_read(by.id, room).await.map(drop),
            BulkAction::Claim => Command::ClaimSession { room: place },
            BulkAction::Transfer => Command::transfer(place, details.operator_id, note),
            BulkAction::Snooze => Command::Snooze {
                room: place,
                until: details.until.unwrap_or_default(),
            },
        };
        let by = By {
            operator: by,
            origin: None,
        };
        self.commands.run(by, command).await.map(drop)
    }
}
