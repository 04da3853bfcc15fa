//! Chats that are found by their tags. What a tag is called stands once in the store and not in the index:
//! so a tag that has another name or is gone is right in every search at once, and changes no text.

use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use uuid::Uuid;

use super::{Looking, conversations_of, wire_marks};
use crate::db::Conn;
use crate::db::search::{Corpus, Findable};
use crate::protocol::search::FoundContact;
use crate::protocol::{ConversationId, Tag, TagId};
use crate::search::Words;
use crate::search::fold::fold;
use crate::search::marks::marks;
use crate::service::ServiceError;

/// Most tags that are followed: those that most chats have.
const TAGS: usize = 20;
/// Chats of a tag that are looked at at once.
const STEP: u32 = 64;

/// What was found, and after which conversation there may be more.
pub(super) struct Tagged {
    pub(super) contacts: Vec<FoundContact>,
    pub(super) more: Option<ConversationId>,
}

impl Looking<'_> {
    /// Walks through the chats that have a tag with one of the words, for those that have all words in
    /// their tags and in what else their contact is found by; not those that have them in the latter.
    pub(super) async fn by_tags(
        &self,
        conn: &mut Conn<'_>,
        before: Uuid,
        limit: usize,
    ) -> Result<Tagged, ServiceError> {
        let tags = self.tags(conn).await?;
        let mut found = Tagged {
            contacts: Vec::new(),
            more: None,
        };
        let mut last = before;
        while !tags.is_empty() {
            let ids = next(conn, &tags, last).await?;
            let Some(end) = ids.last() else { break };
            let hits = self.tagged(conn, &ids).await?;
            for (id, hit) in hits {
                if found.contacts.len() == limit {
                    found.more = Some(ConversationId(last));
                    return Ok(found);
                }
                found.contacts.push(hit);
                last = id;
            }
            last = *end;
            if Instant::now() >= self.until || !self.turn.is_current() {
                found.more = Some(ConversationId(last));
                return Ok(found);
            }
        }
        Ok(found)
    }

    /// The tags that have one of the words in their names.
    async fn tags(&self, conn: &mut Conn<'_>) -> Result<Vec<TagId>, ServiceError> {
        let mut tags = conn.tags().await?;
        tags.retain(|tag| {
            let name = fold(&tag.name);
            self.query.words().iter().any(|word| name.contains(word))
        });
        tags.sort_by_key(|tag| std::cmp::Reverse(tag.used));
        tags.truncate(TAGS);
        Ok(tags.into_iter().map(|tag| tag.id).collect())
    }

    /// Those of these conversations that fit, in their order.
    async fn tagged(
        &self,
        conn: &mut Conn<'_>,
        ids: &[Uuid],
    ) -> Result<Vec<(Uuid, FoundContact)>, ServiceError> {
        let contacts = conn.contacts_of(ids).await?;
        let known = conn.findables(Corpus::Contacts, &contacts).await?;
        let conversations = conversations_of(conn, &known).await?;
        let known: HashMap<Uuid, Findable> = known
            .into_iter()
            .map(|one| (one.conversation.0, one))
            .collect();
        let hit = |id: &Uuid| {
            let one = known.get(id).filter(|one| self.is_whose(one))?;
            let conversation = conversations.get(&one.conversation)?;
            let tags = self.by(one, &conversation.tags)?;
            let contact = conversation.contact.clone();
            let marks = wire_marks(marks(contact.shown_name(), self.query));
            let room = conversation.room.clone();
            Some((
                *id,
                FoundContact {
                    room,
                    contact,
                    marks,
                    tags,
                },
            ))
        };
        Ok(ids.iter().filter_map(hit).collect())
    }

    /// By which of its tags a chat is found, if it is by any.
    fn by(&self, one: &Findable, tags: &[Tag]) -> Option<Vec<Tag>> {
        if self.query.finds(&one.words) {
            return None;
        }
        let mut words = one.words.0.clone();
        words.extend(tags.iter().map(|tag| tag.name.clone()));
        if !self.query.finds(&Words(words)) {
            return None;
        }
        let has = |tag: &&Tag| {
            let name = fold(&tag.name);
            self.query.words().iter().any(|word| name.contains(word))
        };
        Some(tags.iter().filter(has).cloned().collect())
    }
}

/// The next conversations with one of the tags, the greatest ids first. None is left out: of a tag that
/// has more, those behind its last one wait, also those of other tags.
async fn next(
    conn: &mut Conn<'_>,
    tags: &[TagId],
    before: Uuid,
) -> Result<Vec<Uuid>, ServiceError> {
    let (mut all, mut from) = (BTreeSet::new(), Uuid::nil());
    for tag in tags {
        let ids = conn.tagged_before(*tag, before, STEP).await?;
        if let Some(last) = ids.last().filter(|_| ids.len() == STEP as usize) {
            from = from.max(last.0);
        }
        all.extend(ids.into_iter().map(|id| id.0));
    }
    Ok(all.range(from..).rev().copied().collect())
}
