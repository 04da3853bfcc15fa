//! Lists with a filter: their pages, and how many chats fit.
//!
//! A list is read along its own index, and each row is looked at. Where something in the filter says
//! by itself which few chats can fit at all, only these are looked at.

mod texts;

use uuid::Uuid;

use super::conversations::{ListStart, Listed, page_of};
use super::rows::{ConversationRow, Lenient};
use super::search::hex_list;
use super::{Conn, DbError, on_db};
use crate::protocol::filter::ChatKind;
use crate::protocol::{Counts, OperatorId, Sort, Tab, Timestamp};
use texts::{count_texts, page_texts};

/// Most chats of each list that are counted.
pub const COUNT_MAX: u32 = 10_000;

/// From how many chats on they are not named one by one.
const FEW: usize = 2_000;

/// A filter as the store takes it, for one operator.
#[derive(Clone, Debug)]
pub struct Narrowing {
    /// Whose Mine, and whose mentions.
    pub me: OperatorId,
    /// One of these tags; none: whatever tags.
    pub tags: Vec<Uuid>,
    /// Had by one of these, nobody being the nil id; none: by whomever.
    pub owners: Vec<Uuid>,
    /// On one of these LINE accounts; none: on whichever.
    pub channels: Vec<Uuid>,
    /// With whom.
    pub kind: Option<ChatKind>,
    /// Where somebody is named who has not looked.
    pub mentions: bool,
    /// Those that are not wanted yet.
    pub snoozed: bool,
    /// Where an answer, or the end of the case, was due by then.
    pub overdue_at: Option<Timestamp>,
    /// With unread messages.
    pub unread: bool,
}

/// Binds `$1` to `$10`; the lists are of the form that the database takes.
macro_rules! bound {
    ($query:expr, $narrowing:expr, $tags:expr, $owners:expr, $channels:expr) => {
        $query
            .bind($narrowing.me)
            .bind($tags)
            .bind($owners)
            .bind(Uuid::nil())
            .bind($channels)
            .bind(kind_number($narrowing.kind))
            .bind(i64::from($narrowing.mentions))
            .bind(i64::from($narrowing.snoozed))
            .bind($narrowing.overdue_at.map_or(0, |at| at.0))
            .bind(i64::from($narrowing.unread))
    };
}

/// As `fits!` compares it.
fn kind_number(kind: Option<ChatKind>) -> i64 {
    match kind {
        None => 0,
        Some(ChatKind::User) => 1,
        Some(ChatKind::Group) => 2,
    }
}

/// A page of a list that is wanted.
#[derive(Clone, Copy, Debug)]
pub struct WantedPage {
    /// Of which list.
    pub tab: Tab,
    /// In which order.
    pub sort: Sort,
    /// After which row; absent: from the beginning.
    pub start: Option<ListStart>,
    /// At most so many rows.
    pub limit: u32,
}

/// The few chats that can fit at all, some of them perhaps twice; `None` where they are not few, or nobody knows.
pub type Few = Option<Vec<Uuid>>;

impl Conn<'_> {
    /// Which few chats can fit.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn few_that_fit(&mut self, narrowing: &Narrowing) -> Result<Few, DbError> {
        const MENTIONS: &str = "SELECT DISTINCT conversation_id FROM mentions \
             WHERE operator_id = $1 LIMIT $2";
        const SNOOZED: &str = "SELECT id FROM conversations WHERE snoozed_until IS NOT NULL \
             AND snoozed_until > $1 LIMIT $2";
        const UNREAD: &str = "SELECT id FROM conversations WHERE unread > 0 LIMIT $1";
        let most = i64::try_from(FEW + 1).unwrap_or(i64::MAX);
        let mut found: Vec<Vec<Uuid>> = Vec::new();
        if narrowing.mentions {
            found.push(on_db!(self, c => {
                sqlx::query_scalar(MENTIONS).bind(narrowing.me).bind(most).fetch_all(c).await?
            }));
        }
        if narrowing.snoozed {
            found.push(on_db!(self, c => {
                sqlx::query_scalar(SNOOZED).bind(0_i64).bind(most).fetch_all(c).await?
            }));
        }
        if !narrowing.tags.is_empty() {
            found.push(self.tagged(&narrowing.tags, most).await?);
        }
        if narrowing.unread {
            found.push(on_db!(self, c => {
                sqlx::query_scalar(UNREAD).bind(most).fetch_all(c).await?
            }));
        }
        let shortest = found.into_iter().min_by_key(Vec::len);
        Ok(shortest.filter(|few| few.len() <= FEW))
    }

    async fn tagged(&mut self, tags: &[Uuid], most: i64) -> Result<Vec<Uuid>, DbError> {
        const HERE: &str = "SELECT conversation_id FROM conversation_tags \
             WHERE tag_id IN (SELECT unhex(w.value) FROM json_each($1) w) LIMIT $2";
        const THERE: &str = "SELECT conversation_id FROM conversation_tags \
             WHERE tag_id = ANY($1) LIMIT $2";
        Ok(match self {
            Self::Sqlite(c) => {
                let query = sqlx::query_scalar(HERE).bind(hex_list(tags)).bind(most);
                query.fetch_all(c).await?
            }
            Self::Postgres(c) => {
                let query = sqlx::query_scalar(THERE).bind(tags).bind(most);
                query.fetch_all(&mut **c).await?
            }
        })
    }

    /// A page of what fits, as [`Conn::conversation_page`] answers it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn narrowed_page(
        &mut self,
        narrowing: &Narrowing,
        few: &Few,
        wanted: WantedPage,
    ) -> Result<Listed, DbError> {
        let texts = page_texts(wanted.tab, wanted.sort);
        let first = match wanted.sort {
            Sort::Newest => (i64::MAX, Uuid::max()),
            Sort::Oldest => (i64::MIN, Uuid::nil()),
        };
        let (at, id) = wanted.start.map_or(first, |start| (start.at.0, start.id.0));
        let limit = i64::from(wanted.limit) + 1;
        let rows: Vec<Lenient<ConversationRow>> = match self {
            Self::Sqlite(c) => {
                let text = texts.here(few.is_some());
                let [tags, owners, channels] = here(narrowing);
                let query = bound!(sqlx::query_as(text), narrowing, tags, owners, channels);
                let query = query.bind(limit).bind(at).bind(id);
                match few {
                    Some(few) => query.bind(hex_list(few)).fetch_all(c).await?,
                    None => query.fetch_all(c).await?,
                }
            }
            Self::Postgres(c) => {
                let text = texts.there(few.is_some());
                let Narrowing {
                    tags,
                    owners,
                    channels,
                    ..
                } = narrowing;
                let query = bound!(sqlx::query_as(text), narrowing, tags, owners, channels);
                let query = query.bind(limit).bind(at).bind(id);
                match few {
                    Some(few) => query.bind(few).fetch_all(&mut **c).await?,
                    None => query.fetch_all(&mut **c).await?,
                }
            }
        };
        Ok(page_of(rows, wanted.limit))
    }

    /// How many chats of a list fit, [`COUNT_MAX`] at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_narrowed(
        &mut self,
        narrowing: &Narrowing,
        few: &Few,
        tab: Tab,
    ) -> Result<u32, DbError> {
        // Nothing is due in a closed chat.
        if tab == Tab::Closed && narrowing.overdue_at.is_some() {
            return Ok(0);
        }
        let texts = count_texts(tab);
        let most = i64::from(COUNT_MAX);
        let count: i64 = match self {
            Self::Sqlite(c) => {
                let text = texts.here(few.is_some());
                let [tags, owners, channels] = here(narrowing);
                let query = bound!(sqlx::query_scalar(text), narrowing, tags, owners, channels);
                let query = query.bind(most);
                match few {
                    Some(few) => query.bind(hex_list(few)).fetch_one(c).await?,
                    None => query.fetch_one(c).await?,
                }
            }
            Self::Postgres(c) => {
                let text = texts.there(few.is_some());
                let Narrowing {
                    tags,
                    owners,
                    channels,
                    ..
                } = narrowing;
                let query = bound!(sqlx::query_scalar(text), narrowing, tags, owners, channels);
                let query = query.bind(most);
                match few {
                    Some(few) => query.bind(few).fetch_one(&mut **c).await?,
                    None => query.fetch_one(&mut **c).await?,
                }
            }
        };
        Ok(u32::try_from(count).unwrap_or(COUNT_MAX))
    }

    /// How many chats of each list fit; what is unread, for the badge, is counted without a filter.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn narrowed_counts(
        &mut self,
        narrowing: &Narrowing,
        few: &Few,
    ) -> Result<Counts, DbError> {
        Ok(Counts {
            waiting: self.count_narrowed(narrowing, few, Tab::Waiting).await?,
            mine: self.count_narrowed(narrowing, few, Tab::Mine).await?,
            all: self.count_narrowed(narrowing, few, Tab::All).await?,
            closed: self.count_narrowed(narrowing, few, Tab::Closed).await?,
            unread: self.conversation_counts(narrowing.me).await?.unread,
        })
    }
}

/// The lists as SQLite takes them.
fn here(narrowing: &Narrowing) -> [String; 3] {
    [&narrowing.tags, &narrowing.owners, &narrowing.channels].map(|list| hex_list(list))
}
