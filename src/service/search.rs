//! Searching chats: customers by their names, messages by their words, the newest first.

mod keeper;
mod progress;
mod tagged;
mod turns;
mod walk;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use uuid::Uuid;

pub use self::keeper::{Keeper, Sizes, Step};
use self::turns::{Turn, Turns};
use self::walk::{Walk, Wanted};
use super::ServiceError;
use super::error::Fault;
use super::sight::Sight;
use crate::db::search::{Corpus, Findable};
use crate::db::{Conn, Db, PIPELINE};
use crate::protocol::fault::Reason;
use crate::protocol::search::{
    FoundContact, FoundMessage, Mark, SEARCH_MAX, SEARCH_PAGE, SearchCursor, SearchIn, SearchPage,
};
use crate::protocol::{
    ChannelName, ContactId, Conversation, ConversationId, MessageId, Operator, OperatorId, Room,
    Timestamp,
};
use crate::search::marks::{Snippet, marks, snippet};
use crate::search::query::{Query, QueryFault};
use crate::search::terms::Owner;

/// Most searches at a time: others have the store's connections as well.
const SEATS: usize = 3;

/// After that a search answers with what it has found, and goes on when it is asked to.
const PATIENCE: Duration = Duration::from_secs(3);

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The words.
    pub q: String,
    /// What is looked through; everything where it is absent.
    pub within: Option<Vec<SearchIn>>,
    /// In this conversation only.
    pub room: Option<Room>,
    /// Of this LINE account only.
    pub channel: Option<ChannelName>,
    /// What this operator wrote.
    pub operator: Option<OperatorId>,
    /// What was written then or later.
    pub from: Option<Timestamp>,
    /// What was written before.
    pub to: Option<Timestamp>,
    /// Where the page begins.
    pub cursor: Option<SearchCursor>,
    /// Most hits of each kind.
    pub limit: Option<u32>,
}

/// Searching.
#[derive(Clone)]
pub struct Search {
    db: Db,
    turns: Turns,
    seats: Arc<Semaphore>,
}

/// One search, on its way.
struct Looking<'a> {
    query: &'a Query,
    wanted: &'a Wanted,
    sight: Sight,
    turn: &'a Turn,
    until: Instant,
    limit: usize,
}

/// What was found of a corpus, and after which id there may be more.
struct Hits {
    found: Vec<Findable>,
    more: Option<Uuid>,
}

impl Search {
    /// Over this store.
    pub fn new(db: Db) -> Self {
        Self {
            db,
            turns: Turns::default(),
            seats: Arc::new(Semaphore::new(SEATS)),
        }
    }

    /// How much of the messages from before the index is in it, in percent of their time.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn filled_percent(&self) -> Result<u64, ServiceError> {
        let mut reader = self.db.reader().await?;
        Ok(progress::filled_percent(&mut reader.conn(), Corpus::Messages).await?)
    }

    /// What of the chats that the operator may see has all the words. A search ends early, with a
    /// cursor, when the same operator begins another one.
    ///
    /// # Errors
    /// [`ServiceError::Fault`] for what is no query or no number of hits, `RoomNotFound`,
    /// `NotFound` for a channel that is not there.
    pub async fn search(&self, me: &Operator, asked: Asked) -> Result<SearchPage, ServiceError> {
        let query = Query::parse(&asked.q).map_err(query_fault)?;
        let limit = asked.limit.unwrap_or(SEARCH_PAGE);
        if !(1..=SEARCH_MAX).contains(&limit) {
            let sentence = "A page of a search has 1 to 50 hits.";
            return Err(ServiceError::Fault(Fault::new(
                "limit",
                Reason::Malformed,
                sentence,
            )));
        }
        let turn = self.turns.begin(me.id);
        let Ok(_seat) = self.seats.acquire().await else {
            return Ok(SearchPage::default());
        };
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let wanted = wanted(&mut conn, &asked).await?;
        let looking = Looking {
            query: &query,
            wanted: &wanted,
            sight: Sight::of(me),
            turn: &turn,
            until: Instant::now() + PATIENCE,
            limit: limit as usize,
        };
        let Starts {
            mut contacts,
            mut messages,
            mut tagged,
        } = starts(&asked);
        let mut page = SearchPage::default();
        if let Some(before) = contacts.take() {
            let hits = looking.look(&mut conn, Corpus::Contacts, before).await?;
            contacts = hits.more;
            page.contacts = shown_contacts(&mut conn, &query, &hits.found).await?;
        }
        if contacts.is_none()
            && let Some(before) = tagged.take()
        {
            let limit = looking.limit - page.contacts.len();
            let found = looking.by_tags(&mut conn, before, limit).await?;
            tagged = found.more.map(|last| last.0);
            page.contacts.extend(found.contacts);
        }
        if let Some(before) = messages.take() {
            let hits = looking.look(&mut conn, Corpus::Messages, before).await?;
            messages = hits.more;
            page.messages = shown_messages(&mut conn, &query, &hits.found).await?;
        }
        let cursor = SearchCursor {
            contacts: contacts.map(ContactId),
            messages: messages.map(MessageId),
            tagged: tagged.map(ConversationId),
        };
        page.cursor = Some(cursor).filter(|cursor| *cursor != SearchCursor::default());
        Ok(page)
    }
}

fn query_fault(fault: QueryFault) -> ServiceError {
    let (reason, sentence) = match fault {
        QueryFault::TooLong => (
            Reason::TooLong,
            "A search has at most 1,000 UTF-16 units: look for a few words of it.",
        ),
        QueryFault::Empty => (
            Reason::Missing,
            "There is nothing to look for: a search needs a character other than spaces and \
             quotation marks.",
        ),
    };
    ServiceError::Fault(Fault::new("q", reason, sentence))
}

/// Before which ids each is looked through, where it is.
struct Starts {
    contacts: Option<Uuid>,
    messages: Option<Uuid>,
    /// Conversations, by their tags.
    tagged: Option<Uuid>,
}

/// Who wrote something and when is asked of messages only.
fn starts(asked: &Asked) -> Starts {
    let is_in = |what: SearchIn| {
        asked
            .within
            .as_ref()
            .is_none_or(|list| list.contains(&what))
    };
    let of_messages = asked.operator.is_some() || asked.from.is_some() || asked.to.is_some();
    let begin = Some(Uuid::max());
    let (contacts, messages, tagged) = match asked.cursor {
        None => (begin, begin, begin),
        Some(cursor) => (
            cursor.contacts.map(|contact| contact.0),
            cursor.messages.map(|message| message.0),
            cursor.tagged.map(|conversation| conversation.0),
        ),
    };
    let of_contacts = is_in(SearchIn::Contacts) && !of_messages;
    Starts {
        contacts: contacts.filter(|_| of_contacts),
        messages: messages.filter(|_| is_in(SearchIn::Messages)),
        tagged: tagged.filter(|_| of_contacts),
    }
}

async fn wanted(conn: &mut Conn<'_>, asked: &Asked) -> Result<Wanted, ServiceError> {
    let mut wanted = Wanted {
        from: asked.from,
        to: asked.to,
        ..Wanted::default()
    };
    if let Some(room) = &asked.room {
        let head = conn.conversation_head(room).await?;
        let head = head.ok_or(ServiceError::RoomNotFound)?;
        wanted.owners.push(Owner::Conversation(head.id.0));
    }
    if let Some(operator) = asked.operator {
        wanted.owners.push(Owner::Operator(operator.0));
    }
    if let Some(name) = &asked.channel {
        let channels = conn.channels().await?;
        let channel = channels
            .into_iter()
            .find(|channel| channel.name == name.as_str());
        let channel = channel.ok_or(ServiceError::NotFound("There is no such LINE account."))?;
        wanted.owners.push(Owner::Channel(channel.id.0));
    }
    Ok(wanted)
}

impl Looking<'_> {
    /// Walks through what may fit and reads it, until there is enough.
    async fn look(
        &self,
        conn: &mut Conn<'_>,
        corpus: Corpus,
        before: Uuid,
    ) -> Result<Hits, ServiceError> {
        let mut walk = Walk::begin(conn, corpus, self.wanted, self.query, before).await?;
        let mut hits = Hits {
            found: Vec::with_capacity(self.limit),
            more: None,
        };
        let mut last = before;
        let mut step = self.limit.max(16);
        while let Some(ids) = walk.next(conn, step).await? {
            let found = conn.findables(corpus, &ids).await?;
            let mut found: HashMap<Uuid, Findable> =
                found.into_iter().map(|one| (one.id, one)).collect();
            for id in ids {
                let one = found.remove(&id).filter(|one| self.fits(one));
                if one.is_some() && hits.found.len() == self.limit {
                    hits.more = Some(last);
                    return Ok(hits);
                }
                hits.found.extend(one);
                last = id;
            }
            if Instant::now() >= self.until || !self.turn.is_current() {
                hits.more = Some(last);
                return Ok(hits);
            }
            step = (step * 2).min(512);
        }
        Ok(hits)
    }

    /// Whether it is what is looked for: the index may name more.
    fn fits(&self, one: &Findable) -> bool {
        self.is_whose(one) && self.query.finds(&one.words)
    }

    /// Whether it is of those that were asked for, and whom the operator may see.
    fn is_whose(&self, one: &Findable) -> bool {
        let has = |owner: &Owner| match owner {
            Owner::Conversation(id) => one.conversation.0 == *id,
            Owner::Channel(id) => one.channel.0 == *id,
            Owner::Operator(id) => one.operator.is_some_and(|operator| operator.0 == *id),
        };
        self.wanted.is_in_time(one.at)
            && self.wanted.owners.iter().all(has)
            && self.sight.includes(one.channel)
    }
}

/// The conversations of what was found, by their ids.
async fn conversations_of(
    conn: &mut Conn<'_>,
    found: &[Findable],
) -> Result<HashMap<ConversationId, Conversation>, ServiceError> {
    let mut ids: Vec<ConversationId> = found.iter().map(|one| one.conversation).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut conversations = HashMap::with_capacity(ids.len());
    for some in ids.chunks(PIPELINE) {
        let read = conn.conversations(some).await?;
        conversations.extend(some.iter().copied().zip(read));
    }
    Ok(conversations)
}

async fn shown_contacts(
    conn: &mut Conn<'_>,
    query: &Query,
    found: &[Findable],
) -> Result<Vec<FoundContact>, ServiceError> {
    let conversations = conversations_of(conn, found).await?;
    let show = |one: &Findable| {
        let conversation = conversations.get(&one.conversation)?;
        let contact = conversation.contact.clone();
        Some(FoundContact {
            room: conversation.room.clone(),
            marks: wire_marks(marks(contact.shown_name(), query)),
            contact,
            tags: Vec::new(),
        })
    };
    Ok(found.iter().filter_map(show).collect())
}

async fn shown_messages(
    conn: &mut Conn<'_>,
    query: &Query,
    found: &[Findable],
) -> Result<Vec<FoundMessage>, ServiceError> {
    let conversations = conversations_of(conn, found).await?;
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    let lines = conn.found_lines(&ids).await?;
    let mut lines: HashMap<Uuid, _> = lines
        .into_iter()
        .map(|line| (line.message.id.0, line.message))
        .collect();
    let show = |one: &Findable| {
        let conversation = conversations.get(&one.conversation)?.clone();
        let Snippet { text, marks } = snippet(&one.words, query)?;
        Some(FoundMessage {
            room: conversation.room.clone(),
            conversation,
            message: lines.remove(&one.id)?,
            snippet: text,
            marks: wire_marks(marks),
        })
    };
    Ok(found.iter().filter_map(show).collect())
}

fn wire_marks(marks: Vec<std::ops::Range<usize>>) -> Vec<Mark> {
    let number = |units: usize| u32::try_from(units).unwrap_or(u32::MAX);
    let marks = marks.into_iter();
    marks
        .map(|mark| (number(mark.start), number(mark.end - mark.start)))
        .collect()
}
