//! A page of a list, narrowed down and in another order where that is asked for.

use super::Inbox;
use crate::clock;
use crate::db::listing::{Few, Narrowing, WantedPage};
use crate::db::{Conn, DbError};
use crate::protocol::fault::Reason;
use crate::protocol::{
    ChannelName, ConversationPage, Filter, InboxCursor, OperatorId, PAGE_SIZE, Sort, Tab, Timestamp,
};
use crate::service::error::{Fault, ServiceError};
use uuid::Uuid;

/// Most rows of one page.
const PAGE_MAX: u32 = 100;

/// A page of a list that somebody asks for.
#[derive(Clone, Debug, Default)]
pub struct AskedPage {
    /// Of which list.
    pub tab: Tab,
    /// What narrows it down.
    pub filter: Filter,
    /// In which order it stands; absent: its own.
    pub sort: Option<Sort>,
    /// After which row.
    pub after: Option<InboxCursor>,
    /// At most so many rows.
    pub limit: Option<u32>,
}

impl AskedPage {
    /// Whether it asks for something else than the list as it stands by itself.
    pub(super) fn is_narrow(&self) -> bool {
        !self.filter.is_empty() || self.sort.is_some_and(|sort| sort != Sort::of(self.tab))
    }
}

/// A filter, ready to be counted or listed.
pub(in crate::service) struct Narrowed {
    narrowing: Narrowing,
    few: Few,
}

/// Refuses a filter that is too long.
pub(in crate::service) fn check(filter: &Filter) -> Result<(), Fault> {
    if filter.is_too_long() {
        let sentence = "Each list in a filter has at most 50 entries.";
        return Err(Fault::new("filter", Reason::TooLong, sentence));
    }
    Ok(())
}

impl Narrowed {
    /// What this filter asks for, now.
    pub(in crate::service) async fn new(
        conn: &mut Conn<'_>,
        me: OperatorId,
        filter: &Filter,
        now: Timestamp,
    ) -> Result<Self, DbError> {
        let owners = filter.operator_ids.iter();
        let narrowing = Narrowing {
            me,
            tags: filter.tag_ids.iter().map(|tag| tag.0).collect(),
            owners: owners.map(|id| id.map_or(Uuid::nil(), |id| id.0)).collect(),
            channels: channels(conn, &filter.channels).await?,
            kind: filter.kind,
            mentions: filter.mentions,
            snoozed: filter.snoozed,
            overdue_at: filter.overdue.then_some(now),
            unread: filter.unread,
        };
        let few = conn.few_that_fit(&narrowing).await?;
        Ok(Self { narrowing, few })
    }

    /// How many chats of a list fit.
    pub(in crate::service) async fn count(
        &self,
        conn: &mut Conn<'_>,
        tab: Tab,
    ) -> Result<u32, DbError> {
        conn.count_narrowed(&self.narrowing, &self.few, tab).await
    }
}

/// The accounts of these names; one that there is not stands for itself, so that no chat fits it.
async fn channels(conn: &mut Conn<'_>, names: &[ChannelName]) -> Result<Vec<Uuid>, DbError> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let known = conn.channels().await?;
    let id_of = |name: &ChannelName| {
        let found = known.iter().find(|channel| channel.name == name.as_str());
        found.map_or(Uuid::nil(), |channel| channel.id.0)
    };
    Ok(names.iter().map(id_of).collect())
}

impl Inbox {
    /// A page of a list as it is asked for. What the filter names and is not there any more fits no
    /// chat.
    ///
    /// # Errors
    /// [`ServiceError::Fault`] for a filter or a page that is too long.
    pub async fn list(
        &self,
        me: OperatorId,
        asked: AskedPage,
    ) -> Result<ConversationPage, ServiceError> {
        check(&asked.filter)?;
        let limit = asked.limit.unwrap_or(PAGE_SIZE);
        if !(1..=PAGE_MAX).contains(&limit) {
            let sentence = "A page has 1 to 100 chats.";
            return Err(Fault::new("limit", Reason::Malformed, sentence).into());
        }
        let sort = asked.sort.unwrap_or(Sort::of(asked.tab));
        if !asked.is_narrow() {
            return self.page(me, asked.tab, asked.after, limit).await;
        }
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let narrowed = Narrowed::new(&mut conn, me, &asked.filter, clock::now()).await?;
        let Narrowed { narrowing, few } = &narrowed;
        let start = super::start_of(&mut conn, asked.after).await?;
        let wanted = WantedPage {
            tab: asked.tab,
            sort,
            start,
            limit,
        };
        let listed = conn.narrowed_page(narrowing, few, wanted).await?;
        let counts = if asked.filter.is_empty() {
            conn.conversation_counts(me).await?
        } else {
            conn.narrowed_counts(narrowing, few).await?
        };
        super::page_of(&mut conn, listed, counts).await
    }
}
