//! What is known of a customer: by LINE, and by ourselves.

mod change;

use std::sync::Arc;

use serde_json::json;
use tokio::sync::Notify;

use super::ServiceError;
use super::change::{only_conversation_changed, stored_conversation, telling};
use crate::clock;
use crate::db::conversations::ConversationHead;
use crate::db::{Audit, Conn, Db};
use crate::protocol::customer::{ChatFile, ChatFiles, Customer, CustomerChange};
use crate::protocol::{
    Conversation, Message, Operator, OperatorRef, Room, ThreadCursor, Timestamp,
};
use crate::realtime::Hub;
use change::{apply, attributes};

/// Sessions that are answered with a customer.
const SESSIONS: u32 = 20;

/// Files that are answered with a customer.
const FIRST_FILES: u32 = 12;

/// Files of a page.
const FILES_PAGE: u32 = 60;

/// How long LINE is not asked again for a profile.
const ASKED_MS: i64 = 60_000;

/// What is known of customers; cheap to clone.
#[derive(Clone)]
pub struct Customers {
    db: Db,
    hub: Hub,
    /// Wakes whoever fetches profiles.
    wanted: Arc<Notify>,
}

impl Customers {
    /// Over this store and hub. `wanted` is notified when a profile is to be fetched.
    pub fn new(db: Db, hub: Hub, wanted: Arc<Notify>) -> Self {
        Self { db, hub, wanted }
    }

    /// All that is known of a customer.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`].
    pub async fn customer(&self, room: &Room) -> Result<Customer, ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let head = known(&mut conn, room).await?;
        let conversation = stored_conversation(&mut conn, head.id).await?;
        whole(&mut conn, &head, conversation).await
    }

    /// Changes what we ourselves know of a customer.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`]; [`ServiceError::Fault`] for what may not be kept.
    pub async fn update(
        &self,
        who: &Operator,
        room: &Room,
        change: CustomerChange,
    ) -> Result<Customer, ServiceError> {
        let (by, room, now) = (who.to_ref(), room.clone(), clock::now());
        let hub = self.hub.clone();
        self.db
            .write_and(
                move |mut conn| {
                    Box::pin(async move { update(&mut conn, &by, &room, &change, now).await })
                },
                move |(customer, changed)| {
                    let told = changed.map(|it| only_conversation_changed(&it, None));
                    (customer, telling(hub, Vec::from_iter(told)))
                },
            )
            .await
    }

    /// Files of a customer's chat, the newest first.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`].
    pub async fn files(
        &self,
        room: &Room,
        cursor: Option<ThreadCursor>,
    ) -> Result<ChatFiles, ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let head = known(&mut conn, room).await?;
        let before = cursor.map(|cursor| cursor.order_key());
        let mut messages = conn
            .messages_with_media(head.id, before, FILES_PAGE + 1)
            .await?;
        let more = messages.len() > FILES_PAGE as usize;
        messages.truncate(FILES_PAGE as usize);
        let last = messages.last().filter(|_| more);
        Ok(ChatFiles {
            cursor: last.map(ThreadCursor::of),
            media: files(messages),
        })
    }

    /// Fetches what LINE says of a customer again; consoles are told when it is another. Once a
    /// minute for each customer.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`], [`ServiceError::RateLimited`].
    pub async fn refresh_profile(&self, who: &Operator, room: &Room) -> Result<(), ServiceError> {
        let (by, room, now) = (who.id, room.clone(), clock::now());
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    let head = known(&mut conn, &room).await?;
                    let since = now.plus_ms(-ASKED_MS);
                    let contact = head.contact_id;
                    if !conn.ask_for_profile(contact, since, now).await? {
                        let asked = conn.profile_asked_at(contact).await?;
                        let left = (ASKED_MS - now.since(asked)).clamp(1, ASKED_MS);
                        return Err(ServiceError::RateLimited {
                            retry_after_ms: left.unsigned_abs(),
                        });
                    }
                    let audit = Audit {
                        operator: Some(by),
                        action: "contact.refresh",
                        conversation: Some(head.id),
                        details: json!({}),
                    };
                    Ok(conn.insert_audit(now, &audit).await?)
                })
            })
            .await?;
        self.wanted.notify_one();
        Ok(())
    }
}

async fn known(conn: &mut Conn<'_>, room: &Room) -> Result<ConversationHead, ServiceError> {
    let head = conn.conversation_head(room).await?;
    head.ok_or(ServiceError::RoomNotFound)
}

async fn whole(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    conversation: Conversation,
) -> Result<Customer, ServiceError> {
    let row = conn.customer(head.contact_id).await?;
    let sessions = conn.sessions_before(head.id, None, SESSIONS).await?;
    let media = conn.messages_with_media(head.id, None, FIRST_FILES).await?;
    let count = conn.count_media_of(head.id).await?;
    let attributes = attributes(&row)?;
    let by = row.memo_by.zip(row.memo_by_name);
    Ok(Customer {
        contact: conversation.contact,
        name: row.own_name,
        attributes,
        memo: row.memo,
        memo_by: by.map(|(id, name)| OperatorRef { id, name }),
        memo_at: row.memo_at,
        first_seen_at: row.created_at,
        sessions,
        media: files(media),
        media_count: u32::try_from(count).unwrap_or(u32::MAX),
    })
}

fn files(messages: Vec<Message>) -> Vec<ChatFile> {
    let file = |message: Message| {
        Some(ChatFile {
            message_id: message.id,
            direction: message.direction,
            kind: message.kind,
            sender: message.sender,
            created_at: message.created_at,
            media: message.media?,
        })
    };
    messages.into_iter().filter_map(file).collect()
}

/// The customer as they are now; with the conversation, if that is new.
async fn update(
    conn: &mut Conn<'_>,
    by: &OperatorRef,
    room: &Room,
    change: &CustomerChange,
    now: Timestamp,
) -> Result<(Customer, Option<Conversation>), ServiceError> {
    let head = known(conn, room).await?;
    conn.lock_conversation(head.id).await?;
    let before = conn.customer(head.contact_id).await?;
    let after = apply(&before, change, by, now)?;
    let changed = after != before;
    if changed {
        conn.bump_rev(head.id, now).await?;
        conn.save_customer(head.contact_id, &after).await?;
        let fields = [
            ("name", before.own_name != after.own_name),
            ("memo", before.memo != after.memo),
            ("attributes", before.attributes != after.attributes),
        ];
        // Which, and not what: it is about a person.
        let fields = fields.iter().filter(|(_, differs)| *differs);
        let fields: Vec<_> = fields.map(|(field, _)| *field).collect();
        let audit = Audit {
            operator: Some(by.id),
            action: "contact.update",
            conversation: Some(head.id),
            details: json!({ "fields": fields }),
        };
        conn.insert_audit(now, &audit).await?;
    }
    let conversation = stored_conversation(conn, head.id).await?;
    let customer = whole(conn, &head, conversation.clone()).await?;
    Ok((customer, changed.then_some(conversation)))
}
