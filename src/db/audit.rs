//! Who did what. Written in the transaction of the deed itself.

use super::{Conn, DbError, later};
use crate::protocol::{ConversationId, OperatorId, Timestamp};

/// One row of the audit log.
#[derive(Clone, Debug)]
pub struct Audit {
    /// Who; absent for what Sala does by itself.
    pub operator: Option<OperatorId>,
    /// What, such as `session.claim`.
    pub action: &'static str,
    /// On which conversation.
    pub conversation: Option<ConversationId>,
    /// More, never message texts or secrets.
    pub details: serde_json::Value,
}

impl Conn<'_> {
    /// Adds a row to the audit log.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_audit(&mut self, at: Timestamp, audit: &Audit) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO audit (id, at, operator_id, action, conversation_id, details) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        later!(
            self,
            SQL,
            [
                uuid::Uuid::now_v7(),
                at,
                audit.operator,
                audit.action,
                audit.conversation,
                audit.details.to_string()
            ]
        );
        Ok(())
    }
}
