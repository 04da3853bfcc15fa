//! The counter `rev`, which every durable change to a conversation raises.

use sqlx::{Postgres, QueryBuilder, Sqlite};

use super::{Conn, DbError, each, on_db};
use crate::protocol::{ConversationId, LineId, SessionId, Timestamp};

/// A conversation as a change finds it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Bumped {
    /// Of this change.
    pub rev: i64,
    /// `none`, `waiting`, `active` or `closed`.
    pub state: String,
    /// The open or last session.
    pub session_id: Option<SessionId>,
}

const BUMP: &str = "UPDATE conversations SET rev = rev + 1, updated_at = $2 \
     WHERE id = $1 RETURNING rev, state, session_id";

impl Conn<'_> {
    /// Counts one more durable change and answers its number. On PostgreSQL this takes the
    /// conversation's row lock, so call it before anything else is read for the change.
    ///
    /// # Errors
    /// When the database fails or there is no such conversation.
    pub async fn bump_rev(
        &mut self,
        conversation: ConversationId,
        now: Timestamp,
    ) -> Result<i64, DbError> {
        Ok(self.bump(conversation, now).await?.rev)
    }

    /// As [`Conn::bump_rev`], and answers how the conversation stands.
    ///
    /// # Errors
    /// When the database fails or there is no such conversation.
    pub async fn bump(
        &mut self,
        conversation: ConversationId,
        now: Timestamp,
    ) -> Result<Bumped, DbError> {
        Ok(on_db!(self, c => {
            sqlx::query_as(BUMP).bind(conversation).bind(now).fetch_one(c).await?
        }))
    }

    /// As [`Conn::bump`], for several conversations; in their order.
    ///
    /// # Errors
    /// As [`Conn::bump`].
    pub async fn bump_all(
        &mut self,
        conversations: &[(ConversationId, Timestamp)],
    ) -> Result<Vec<Bumped>, DbError> {
        Ok(each!(self, BUMP, conversations, |(conversation, now)| [
            *conversation,
            *now
        ]))
    }

    /// The current `rev` of each conversation with one of these customers or groups, with its
    /// channel's name and LINE's id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revs_of(
        &mut self,
        contacts: &[&LineId],
    ) -> Result<Vec<(String, String, i64)>, DbError> {
        // SQLite takes the tables of a cross join in their order: few channels, then the index.
        const SQL: &str = "SELECT ch.name, ct.line_user_id, c.rev FROM channels ch \
             CROSS JOIN contacts ct JOIN conversations c ON c.contact_id = ct.id \
             WHERE ct.channel_id = ch.id AND ct.line_user_id IN (";
        match self {
            Self::Sqlite(c) => {
                let mut query = QueryBuilder::<Sqlite>::new(SQL);
                let mut list = query.separated(", ");
                for contact in contacts {
                    list.push_bind(contact.as_str());
                }
                Ok(query.push(")").build_query_as().fetch_all(&mut *c).await?)
            }
            Self::Postgres(c) => {
                let mut query = QueryBuilder::<Postgres>::new(SQL);
                let mut list = query.separated(", ");
                for contact in contacts {
                    list.push_bind(contact.as_str());
                }
                Ok(query.push(")").build_query_as().fetch_all(&mut **c).await?)
            }
        }
    }
}
