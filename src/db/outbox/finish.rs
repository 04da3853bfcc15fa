//! Recording what came of an attempt.

use super::{ChangedMessage, Delivery};
use crate::db::{Conn, DbError, later, on_db};
use crate::outcome::Outcome;
use crate::protocol::{ConversationId, MessageId, MessageStatus, Timestamp};

/// A message's end.
struct End<'a> {
    message: MessageId,
    status: MessageStatus,
    error: Option<&'a str>,
    line_message_id: Option<&'a str>,
    quote_token: Option<&'a str>,
}

impl Conn<'_> {
    /// Records what came of the attempt and answers the messages that are settled by it. Those of
    /// a reply that is to be pushes belong to no delivery then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish_delivery(
        &mut self,
        delivery: &Delivery,
        outcome: &Outcome,
        request_id: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<ChangedMessage>, DbError> {
        const OUTCOME: &str = "UPDATE deliveries SET ambiguous = $2, request_id = $3 WHERE id = $1";
        self.lock_conversation(delivery.conversation).await?;
        let ambiguous = outcome.is_ambiguous(delivery.ambiguous_before);
        later!(
            self,
            OUTCOME,
            [delivery.id, ambiguous, request_id.map(str::to_owned)]
        );
        match outcome {
            Outcome::Sent { ids, quote_tokens } => {
                self.settle_sent(delivery, ids, quote_tokens, now).await
            }
            Outcome::Failed { error } => {
                self.settle_all(delivery, MessageStatus::Failed, error, now)
                    .await
            }
            Outcome::Unconfirmed { why } => {
                self.settle_all(delivery, MessageStatus::Unconfirmed, why, now)
                    .await
            }
            Outcome::Again { at, error, .. } => {
                self.postpone(delivery, *at, error).await?;
                Ok(Vec::new())
            }
            Outcome::Paused { reason } => {
                self.hold(delivery, reason, now).await?;
                Ok(Vec::new())
            }
            Outcome::Switched => {
                self.free(delivery, now).await?;
                Ok(Vec::new())
            }
        }
    }

    /// Ends the untried messages of a conversation that were queued until `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fail_untried(
        &mut self,
        conversation: ConversationId,
        before: Timestamp,
        error: &str,
        now: Timestamp,
    ) -> Result<Vec<ChangedMessage>, DbError> {
        macro_rules! untried {
            ($lock:literal) => {
                concat!(
                    "SELECT message_id FROM outbox WHERE conversation_id = $1 \
                     AND delivery_id IS NULL AND queued_at <= $2 ORDER BY queued_at, message_id",
                    $lock
                )
            };
        }
        self.lock_conversation(conversation).await?;
        // Not those that a node is taking at this moment.
        let messages: Vec<MessageId> = match self {
            Conn::Sqlite(c) => {
                let untried = sqlx::query_scalar(untried!("")).bind(conversation);
                untried.bind(before).fetch_all(&mut *c).await?
            }
            Conn::Postgres(c) => {
                let locked = untried!(" FOR UPDATE SKIP LOCKED");
                let untried = sqlx::query_scalar(locked).bind(conversation);
                untried.bind(before).fetch_all(&mut **c).await?
            }
        };
        self.settle_messages(conversation, &messages, MessageStatus::Failed, error, now)
            .await
    }

    async fn settle_sent(
        &mut self,
        delivery: &Delivery,
        ids: &[String],
        quote_tokens: &[Option<String>],
        now: Timestamp,
    ) -> Result<Vec<ChangedMessage>, DbError> {
        let mut settled = Vec::with_capacity(delivery.messages.len());
        for (index, &message) in delivery.messages.iter().enumerate() {
            let end = End {
                message,
                status: MessageStatus::Sent,
                error: None,
                line_message_id: ids.get(index).map(String::as_str),
                quote_token: quote_tokens.get(index).and_then(Option::as_deref),
            };
            settled.extend(self.settle(delivery.conversation, &end, now).await?);
        }
        Ok(settled)
    }

    async fn settle_all(
        &mut self,
        delivery: &Delivery,
        status: MessageStatus,
        error: &str,
        now: Timestamp,
    ) -> Result<Vec<ChangedMessage>, DbError> {
        let Delivery {
            conversation,
            messages,
            ..
        } = delivery;
        self.settle_messages(*conversation, messages, status, error, now)
            .await
    }

    async fn settle_messages(
        &mut self,
        conversation: ConversationId,
        messages: &[MessageId],
        status: MessageStatus,
        error: &str,
        now: Timestamp,
    ) -> Result<Vec<ChangedMessage>, DbError> {
        let mut settled = Vec::with_capacity(messages.len());
        for &message in messages {
            let error = Some(error);
            let end = End {
                message,
                status,
                error,
                line_message_id: None,
                quote_token: None,
            };
            settled.extend(self.settle(conversation, &end, now).await?);
        }
        Ok(settled)
    }

    /// Writes a message's end and takes it out of the queue; `None` when it was out already.
    async fn settle(
        &mut self,
        conversation: ConversationId,
        end: &End<'_>,
        now: Timestamp,
    ) -> Result<Option<ChangedMessage>, DbError> {
        const LEAVE: &str = "DELETE FROM outbox WHERE message_id = $1";
        // An id that another message has already would be LINE's mistake; it must not undo a send.
        const END: &str = "UPDATE messages SET status = $2, error = $3, rev = $4, \
             line_message_id = CASE WHEN EXISTS (SELECT 1 FROM messages o \
                 WHERE o.channel_id = messages.channel_id AND o.line_message_id = $5 \
                 AND o.id <> messages.id) THEN line_message_id \
                 ELSE COALESCE($5, line_message_id) END, \
             quote_token = COALESCE($6, quote_token) WHERE id = $1";
        let left = on_db!(self, c => {
            sqlx::query(LEAVE).bind(end.message).execute(c).await?.rows_affected()
        });
        // Another node settled it after this one's lease had ended: one end is enough.
        if left == 0 {
            return Ok(None);
        }
        let rev = self.bump_rev(conversation, now).await?;
        later!(
            self,
            END,
            [
                end.message,
                end.status,
                end.error.map(str::to_owned),
                rev,
                end.line_message_id.map(str::to_owned),
                end.quote_token.map(str::to_owned)
            ]
        );
        Ok(Some(ChangedMessage {
            conversation,
            message: end.message,
            rev,
        }))
    }

    async fn postpone(
        &mut self,
        delivery: &Delivery,
        at: Timestamp,
        error: &str,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE outbox SET due_at = $2, last_error = $3, \
             leased_until = NULL, leased_by = NULL WHERE delivery_id = $1";
        later!(self, SQL, [delivery.id, at, error.to_owned()]);
        Ok(())
    }

    /// Leaves the delivery for the time when LINE lets the channel in again. Where no try can have
    /// arrived, that is a fresh start: the wait does not count towards the day of trying.
    async fn hold(
        &mut self,
        delivery: &Delivery,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const AFRESH: &str = "UPDATE deliveries SET attempts = 0 WHERE id = $1";
        self.postpone(delivery, now, reason).await?;
        if !delivery.ambiguous_before {
            later!(self, AFRESH, [delivery.id]);
        }
        Ok(())
    }

    /// Takes the messages out of the delivery, for others to be formed of them.
    async fn free(&mut self, delivery: &Delivery, now: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "UPDATE outbox SET delivery_id = NULL, due_at = $2, \
             leased_until = NULL, leased_by = NULL WHERE delivery_id = $1";
        later!(self, SQL, [delivery.id, now]);
        Ok(())
    }
}
