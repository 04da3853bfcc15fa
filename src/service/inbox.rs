//! Reading: lists, threads, and what a reconnecting client missed.

pub(super) mod listing;
mod marks;
mod stretch;

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::Notify;

use super::ServiceError;
use super::auth::SignedIn;
use super::change::{complete_update, conversation_update, stored_conversation};
use super::presence::Team;
use super::quotas;
use super::revs::Revs;
use crate::clock;
use crate::config::Config;
use crate::db::conversations::{ListStart, Listed};
use crate::db::{Conn, Db, DbError};
use crate::protocol::customer::UnreadMention;
use crate::protocol::{
    ConsoleStart, Conversation, ConversationId, ConversationPage, Counts, InboxCursor, JOIN_LATEST,
    JOIN_RESUME_MAX, Message, OperatorId, PAGE_SIZE, Room, ServerEvent, Session, SessionId, Tab,
    ThreadCursor, ThreadPage,
};
use crate::realtime::Hub;
pub use listing::AskedPage;

/// Most earlier sessions that one call answers.
const SESSIONS_PAGE: u32 = 20;

/// Most chats with mentions that one call answers.
const MENTIONS_MAX: u32 = 500;

/// Reading lists and threads.
#[derive(Clone)]
pub struct Inbox {
    pub(super) db: Db,
    pub(super) hub: Hub,
    team: Team,
    revs: Revs,
    /// Poked when the owner of a chat has looked at the end of it.
    looked: Arc<Notify>,
    /// Whether the LINE simulator is mounted beside the console.
    simulator: bool,
    /// Whether LINE can fetch files from here.
    sends_files: bool,
}

/// A conversation whose messages were looked at.
#[derive(Clone, Debug)]
pub struct Marked {
    /// As it is now.
    pub conversation: Conversation,
    /// Whether there was anything unread among them.
    pub changed: bool,
}

impl Marked {
    /// As whoever looked is told of it.
    pub fn to_event(&self) -> ServerEvent {
        if self.changed {
            complete_update(&self.conversation)
        } else {
            conversation_update(&self.conversation)
        }
    }
}

/// Where a page begins that is asked for after this row.
async fn start_of(
    conn: &mut Conn<'_>,
    after: Option<InboxCursor>,
) -> Result<Option<ListStart>, DbError> {
    let Some(cursor) = after else { return Ok(None) };
    let head = conn.conversation_head(&cursor.room).await?;
    Ok(head.map(|head| ListStart {
        at: cursor.at,
        id: head.id,
    }))
}

/// Rows as a page, with what comes along with each page.
async fn page_of(
    conn: &mut Conn<'_>,
    listed: Listed,
    counts: Counts,
) -> Result<ConversationPage, ServiceError> {
    let Listed { rows, more } = listed;
    let next = rows.last().filter(|_| more).map(|(at, last)| InboxCursor {
        at: *at,
        room: last.room.clone(),
    });
    let conversations = rows.into_iter().map(|(_, row)| row).collect();
    Ok(ConversationPage {
        conversations,
        next,
        counts,
        quotas: quotas::known(conn).await?,
    })
}

impl Inbox {
    /// Over this store and hub. `looked` is notified when customers are to see that they were read.
    pub fn new(config: &Config, db: Db, hub: Hub, team: Team, looked: Arc<Notify>) -> Self {
        Self {
            revs: Revs::new(db.clone()),
            db,
            hub,
            team,
            looked,
            simulator: config.simulator,
            sends_files: config.is_reachable_by_line(),
        }
    }

    /// All that the console's first paint needs.
    ///
    /// # Errors
    /// When the store fails. An open conversation that does not exist is left out.
    pub async fn start(
        &self,
        who: &SignedIn,
        asked: AskedPage,
        room: Option<Room>,
    ) -> Result<ConsoleStart, ServiceError> {
        let me = &who.operator;
        let tab = asked.tab;
        let page = self.page(me.id, tab, None, PAGE_SIZE).await?;
        let narrowed = if asked.is_narrow() {
            Some(self.list(me.id, asked).await?)
        } else {
            None
        };
        let thread = match room {
            None => None,
            Some(room) => match self.thread(&room, None).await {
                Ok(thread) => Some(thread),
                Err(ServiceError::RoomNotFound) => None,
                Err(error) => return Err(error),
            },
        };
        let mut reader = self.db.reader().await?;
        let connected_channel = reader.conn().has_channel().await?;
        Ok(ConsoleStart {
            me: me.clone(),
            now: clock::now(),
            tab,
            page,
            narrowed,
            thread,
            presence: self.team.now().await?,
            connected_channel,
            simulator: self.simulator,
            delay_s: who.preferences.delay_s,
            sends_files: self.sends_files,
            keys: (&who.preferences).into(),
        })
    }

    /// How many messages that are theirs to read this operator has not read.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn unread(&self, me: OperatorId) -> Result<u32, ServiceError> {
        let mut reader = self.db.reader().await?;
        Ok(reader.conn().conversation_counts(me).await?.unread)
    }

    /// A page of a list.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn page(
        &self,
        me: OperatorId,
        tab: Tab,
        after: Option<InboxCursor>,
        limit: u32,
    ) -> Result<ConversationPage, ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let start = start_of(&mut conn, after).await?;
        let listed = conn.conversation_page(tab, me, start, limit).await?;
        let counts = conn.conversation_counts(me).await?;
        page_of(&mut conn, listed, counts).await
    }

    /// The newest messages of a conversation, or those before `before`.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`].
    pub async fn thread(
        &self,
        room: &Room,
        before: Option<ThreadCursor>,
    ) -> Result<ThreadPage, ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let id = self.find(&mut conn, room).await?;
        let before = before.map(|cursor| cursor.order_key());
        let messages = conn.messages_before(id, before, JOIN_LATEST + 1).await?;
        let conversation = stored_conversation(&mut conn, id).await?;
        Ok(self.latest(conversation, messages))
    }

    /// What changed since `after_rev`, or the newest messages when that is absent or too long ago.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`].
    pub async fn thread_since(
        &self,
        room: &Room,
        after_rev: Option<i64>,
    ) -> Result<ThreadPage, ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let id = self.find(&mut conn, room).await?;
        let conversation = stored_conversation(&mut conn, id).await?;
        if let Some(rev) = after_rev.filter(|rev| (0..=conversation.rev).contains(rev)) {
            let messages = conn
                .messages_after_rev(id, rev, JOIN_RESUME_MAX + 1)
                .await?;
            if messages.len() <= JOIN_RESUME_MAX as usize {
                let viewers = self.hub.viewers(room);
                return Ok(ThreadPage {
                    conversation,
                    messages,
                    older: None,
                    newer: None,
                    complete: true,
                    viewers,
                });
            }
        }
        let messages = conn.messages_before(id, None, JOIN_LATEST + 1).await?;
        let mut page = self.latest(conversation, messages);
        page.complete = after_rev.is_none();
        Ok(page)
    }

    fn latest(&self, conversation: Conversation, mut messages: Vec<Message>) -> ThreadPage {
        let more = messages.len() > JOIN_LATEST as usize;
        if more {
            messages.remove(0);
        }
        let first = messages.first().filter(|_| more);
        let older = first.map(ThreadCursor::of);
        let viewers = self.hub.viewers(&conversation.room);
        ThreadPage {
            conversation,
            messages,
            older,
            newer: None,
            complete: true,
            viewers,
        }
    }

    pub(super) async fn find(
        &self,
        conn: &mut Conn<'_>,
        room: &Room,
    ) -> Result<ConversationId, ServiceError> {
        let head = conn.conversation_head(room).await?;
        Ok(head.ok_or(ServiceError::RoomNotFound)?.id)
    }

    /// Whether there is such a conversation.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`] when there is none.
    pub async fn exists(&self, room: &Room) -> Result<(), ServiceError> {
        let mut reader = self.db.reader().await?;
        self.find(&mut reader.conn(), room).await.map(|_| ())
    }

    /// Earlier and present sessions of a conversation, newest first.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`].
    pub async fn sessions(
        &self,
        room: &Room,
        before: Option<SessionId>,
    ) -> Result<Vec<Session>, ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let id = self.find(&mut conn, room).await?;
        Ok(conn.sessions_before(id, before, SESSIONS_PAGE).await?)
    }

    /// Where notes name an operator who has not looked at them, the latest chats first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn mentions(&self, of: OperatorId) -> Result<Vec<UnreadMention>, ServiceError> {
        let mut reader = self.db.reader().await?;
        let found = reader.conn().mentions_of(of, MENTIONS_MAX).await?;
        let mention = |(channel, contact, rev): (String, String, i64)| {
            let room = Room::new(channel.parse().ok()?, contact.parse().ok()?);
            Some(UnreadMention { room, rev })
        };
        Ok(found.into_iter().filter_map(mention).collect())
    }

    /// The current `rev` of each of these rooms.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn revs(&self, rooms: Vec<Room>) -> Result<BTreeMap<Room, i64>, ServiceError> {
        self.revs.read(rooms).await
    }
}
