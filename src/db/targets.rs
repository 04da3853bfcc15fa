//! By when chats are to be answered and closed, and the facts from which that follows.

use super::{Conn, DbError, later, on_db};
use crate::protocol::{
    ChannelName, ConversationId, LineId, Room, SessionId, SessionState, Timestamp,
};

/// A moment that is not to be missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The moment.
    pub at: Timestamp,
    /// From when on it is near.
    pub amber: Timestamp,
}

/// The moments of a chat, of the clocks that run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dues {
    /// By when the customer is to be answered.
    pub response: Option<Due>,
    /// By when the case is to be closed.
    pub resolution: Option<Due>,
}

/// What begins with a customer's message that nobody has answered.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beginning {
    /// By when it is to be answered, where nobody has answered in this case.
    pub first: Option<Due>,
    /// The same where somebody has.
    pub next: Option<Due>,
    /// By when the case is to be closed, where the message opens one.
    pub resolution: Option<Due>,
}

/// What the clocks of a chat follow from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetFacts {
    /// Which chat.
    pub conversation: ConversationId,
    /// Its address.
    pub room: Room,
    /// Where the work on it stands.
    pub state: SessionState,
    /// The case.
    pub session: SessionId,
    /// When that was opened.
    pub opened_at: Timestamp,
    /// When an operator first answered in it.
    pub first_response_at: Option<Timestamp>,
    /// The customer's first message that nobody has answered.
    pub waiting_since: Option<Timestamp>,
    /// Since when it is put off, also where that has just ended.
    pub snoozed_at: Option<Timestamp>,
    /// Until when it is put off.
    pub snoozed_until: Option<Timestamp>,
    /// When its clocks stood still before.
    pub paused: Vec<(Timestamp, Timestamp)>,
    /// As they are kept.
    pub dues: Dues,
    /// Whether supervisors know that the answer is late.
    pub response_told: bool,
    /// Whether they know that the end is.
    pub resolution_told: bool,
}

#[derive(sqlx::FromRow)]
struct FactsRow {
    id: ConversationId,
    channel: ChannelName,
    line_user_id: LineId,
    #[sqlx(flatten)]
    state: SessionState,
    s_id: SessionId,
    opened_at: Timestamp,
    first_response_at: Option<Timestamp>,
    paused: String,
    waiting_since: Option<Timestamp>,
    snoozed_at: Option<Timestamp>,
    snoozed_until: Option<Timestamp>,
    response_due: Option<Timestamp>,
    response_amber: Option<Timestamp>,
    response_told: bool,
    resolution_due: Option<Timestamp>,
    resolution_amber: Option<Timestamp>,
    resolution_told: bool,
}

/// Both or nothing.
fn due(at: Option<Timestamp>, amber: Option<Timestamp>) -> Option<Due> {
    let at = at?;
    let amber = amber.unwrap_or(at);
    Some(Due { at, amber })
}

impl FactsRow {
    fn read(self) -> TargetFacts {
        let pause = |text: &str| {
            let (from, to) = text.split_once('-')?;
            Some((Timestamp(from.parse().ok()?), Timestamp(to.parse().ok()?)))
        };
        TargetFacts {
            conversation: self.id,
            room: Room::new(self.channel, self.line_user_id),
            state: self.state,
            session: self.s_id,
            opened_at: self.opened_at,
            first_response_at: self.first_response_at,
            waiting_since: self.waiting_since,
            snoozed_at: self.snoozed_at,
            snoozed_until: self.snoozed_until,
            paused: self.paused.split(',').filter_map(pause).collect(),
            dues: Dues {
                response: due(self.response_due, self.response_amber),
                resolution: due(self.resolution_due, self.resolution_amber),
            },
            response_told: self.response_told,
            resolution_told: self.resolution_told,
        }
    }
}

impl Conn<'_> {
    /// What the clocks of a chat follow from; nothing where there never was a case.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    pub async fn target_facts(
        &mut self,
        id: ConversationId,
    ) -> Result<Option<TargetFacts>, DbError> {
        const SQL: &str = "SELECT c.id, ch.name AS channel, ct.line_user_id, c.state, \
             c.session_id, c.owner_id, s.id AS s_id, s.opened_at, s.first_response_at, s.paused, \
             c.waiting_since, c.snoozed_at, c.snoozed_until, c.response_due, c.response_amber, \
             c.response_told, c.resolution_due, c.resolution_amber, c.resolution_told \
             FROM conversations c JOIN channels ch ON ch.id = c.channel_id \
             JOIN contacts ct ON ct.id = c.contact_id JOIN sessions s ON s.id = c.session_id \
             WHERE c.id = $1";
        let row: Option<FactsRow> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(id).fetch_optional(c).await?
        });
        Ok(row.map(FactsRow::read))
    }

    /// Chats with an open case, in the order of their ids, after `after`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_chats_after(
        &mut self,
        after: ConversationId,
        limit: u32,
    ) -> Result<Vec<ConversationId>, DbError> {
        const SQL: &str = "SELECT conversation_id FROM sessions WHERE status <> 'closed' \
             AND conversation_id > $1 ORDER BY conversation_id LIMIT $2";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(after).bind(i64::from(limit)).fetch_all(c).await?
        }))
    }

    /// A customer's message begins to wait for an answer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_clocks(
        &mut self,
        conversation: ConversationId,
        beginning: Beginning,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE conversations SET \
             response_due = CASE WHEN (SELECT s.first_response_at FROM sessions s \
                 WHERE s.id = conversations.session_id) IS NULL \
                 THEN CAST($2 AS BIGINT) ELSE CAST($4 AS BIGINT) END, \
             response_amber = CASE WHEN (SELECT s.first_response_at FROM sessions s \
                 WHERE s.id = conversations.session_id) IS NULL \
                 THEN CAST($3 AS BIGINT) ELSE CAST($5 AS BIGINT) END, \
             response_told = FALSE, \
             resolution_due = COALESCE($6, resolution_due), \
             resolution_amber = COALESCE($7, resolution_amber) WHERE id = $1";
        let Beginning {
            first,
            next,
            resolution,
        } = beginning;
        let [
            (first_at, first_amber),
            (next_at, next_amber),
            (end_at, end_amber),
        ] = [first, next, resolution].map(moments);
        later!(
            self,
            SQL,
            [
                conversation,
                first_at,
                first_amber,
                next_at,
                next_amber,
                end_at,
                end_amber
            ]
        );
        let all = [first, next, resolution].into_iter().flatten();
        if let Some(first) = all.map(|due| due.at).min() {
            self.set_timer_by(conversation, super::timers::TimerKind::Target, first)
                .await?;
        }
        Ok(())
    }

    /// Keeps what was reckoned. What supervisors know stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_dues(
        &mut self,
        conversation: ConversationId,
        dues: Dues,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE conversations SET response_due = $2, response_amber = $3, \
             resolution_due = $4, resolution_amber = $5 WHERE id = $1";
        let [(response, response_amber), (resolution, resolution_amber)] =
            [dues.response, dues.resolution].map(moments);
        later!(
            self,
            SQL,
            [
                conversation,
                response,
                response_amber,
                resolution,
                resolution_amber
            ]
        );
        Ok(())
    }

    /// Keeps when the clocks of a case stood still, now that this is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_pause(
        &mut self,
        conversation: ConversationId,
        session: SessionId,
        paused: &[(Timestamp, Timestamp)],
    ) -> Result<(), DbError> {
        const KEEP: &str = "UPDATE sessions SET paused = $2 WHERE id = $1";
        const OVER: &str = "UPDATE conversations SET snoozed_at = NULL WHERE id = $1";
        let all = paused
            .iter()
            .map(|(from, to)| format!("{}-{}", from.0, to.0));
        let text = all.collect::<Vec<_>>().join(",");
        later!(self, KEEP, [session, text]);
        later!(self, OVER, [conversation]);
        Ok(())
    }

    /// Keeps what supervisors know.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_told(
        &mut self,
        conversation: ConversationId,
        response: bool,
        resolution: bool,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE conversations SET response_told = $2, resolution_told = $3 \
             WHERE id = $1";
        later!(self, SQL, [conversation, response, resolution]);
        Ok(())
    }
}

fn moments(due: Option<Due>) -> (Option<Timestamp>, Option<Timestamp>) {
    due.map(|due| (due.at, due.amber)).unzip()
}
