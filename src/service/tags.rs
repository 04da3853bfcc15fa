//! Words that conversations are marked with: which there are, and which a conversation has.

use std::collections::{BTreeSet, HashMap};

use serde_json::json;

use super::ServiceError;
use super::change::{only_conversation_changed, stored_conversation, tags_changed, telling};
use super::error::Fault;
use super::folding::folded;
use super::labels::label;
use super::team_settings::{TeamSection, may_share};
use crate::clock;
use crate::db::tags::TagRow;
use crate::db::{Audit, Conn, Db, DbError};
use crate::protocol::fault::Reason;
use crate::protocol::tag::{TAG_NAME_MAX_UTF16, TAGS_MAX, TagColor, UsedTag};
use crate::protocol::{Conversation, Operator, OperatorId, Room, TagId, Timestamp};
use crate::realtime::Hub;

/// Most tags of a team.
const MOST: i64 = 20_000;

/// A tag as somebody wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagDraft {
    /// Which one is to be changed; absent: another one.
    pub id: Option<TagId>,
    /// The word.
    pub name: String,
    /// The name of its colour.
    pub color: String,
}

/// Those of which the name has these words in it; all where there are none.
pub fn named_like(mut tags: Vec<UsedTag>, words: &str) -> Vec<UsedTag> {
    let words = folded(words.trim());
    tags.retain(|tag| folded(&tag.name).contains(&words));
    tags
}

/// A draft, checked.
struct Checked {
    name: String,
    color: TagColor,
}

/// Which tags a conversation is to have. Those that come to it stand in the order in which they were
/// named.
enum Wish {
    /// These and no others.
    These(Vec<TagId>),
    /// These too.
    Also(Vec<TagId>),
    /// None of these.
    Without(Vec<TagId>),
}

impl Wish {
    fn named(&self) -> &[TagId] {
        match self {
            Self::These(tags) | Self::Also(tags) | Self::Without(tags) => tags,
        }
    }

    /// What one that has these is to have.
    fn of(&self, before: &BTreeSet<TagId>) -> BTreeSet<TagId> {
        let named: BTreeSet<TagId> = self.named().iter().copied().collect();
        match self {
            Self::These(_) => named,
            Self::Also(_) => before | &named,
            Self::Without(_) => before - &named,
        }
    }
}

/// Tags; cheap to clone.
#[derive(Clone)]
pub struct Tags {
    db: Db,
    hub: Hub,
}

/// Looks at all of a draft.
///
/// # Errors
/// All that is wrong with it.
pub fn check_tag(draft: &TagDraft) -> Result<(), Vec<Fault>> {
    check(draft).map(|_| ())
}

fn check(draft: &TagDraft) -> Result<Checked, Vec<Fault>> {
    let name = label("name", &draft.name, TAG_NAME_MAX_UTF16);
    let color = TagColor::named(&draft.color).ok_or_else(|| {
        let sentence = "A tag is gold, blue, teal, plum, rose or clay.";
        Fault::new("color", Reason::Unknown, sentence)
    });
    match (name, color) {
        (Ok(name), Ok(color)) => Ok(Checked { name, color }),
        (name, color) => Err(name.err().into_iter().chain(color.err()).collect()),
    }
}

impl Tags {
    /// Over this store and hub.
    pub fn new(db: Db, hub: Hub) -> Self {
        Self { db, hub }
    }

    /// All tags, by name.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list(&self) -> Result<Vec<UsedTag>, ServiceError> {
        let mut reader = self.db.reader().await?;
        let rows = reader.conn().tags().await?;
        Ok(rows.into_iter().map(UsedTag::from).collect())
    }

    /// Adds a tag, or changes one on all conversations that have it.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] unless one may; [`ServiceError::Fault`], one with
    /// [`Reason::Taken`] for a name that is; [`ServiceError::NotFound`].
    pub async fn save(&self, who: &Operator, draft: TagDraft) -> Result<UsedTag, ServiceError> {
        let checked = check(&draft).map_err(first)?;
        let (me, now) = (who.clone(), clock::now());
        let hub = self.hub.clone();
        let saved = self.db.write_and(
            move |mut conn| {
                Box::pin(async move { save(&mut conn, &me, draft.id, checked, now).await })
            },
            move |row: TagRow| {
                let told = vec![tags_changed(Some(row.tag()), None)];
                (row, telling(hub, told))
            },
        );
        Ok(saved.await.map_err(taken)?.into())
    }

    /// Deletes a tag, which takes it from all conversations. Answers how it was.
    ///
    /// # Errors
    /// As [`Tags::save`].
    pub async fn delete(&self, who: &Operator, id: TagId) -> Result<UsedTag, ServiceError> {
        let (me, now) = (who.clone(), clock::now());
        let hub = self.hub.clone();
        let gone = self.db.write_and(
            move |mut conn| Box::pin(async move { delete(&mut conn, &me, id, now).await }),
            move |row: TagRow| (row, telling(hub, vec![tags_changed(None, Some(id))])),
        );
        Ok(gone.await?.into())
    }

    /// Says which tags a conversation has. Those that it had keep their order, others come behind.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`]; [`ServiceError::Fault`] for more than 50 tags, and for one
    /// that there is not.
    pub async fn set(
        &self,
        who: &Operator,
        room: &Room,
        tags: &[TagId],
    ) -> Result<Conversation, ServiceError> {
        self.change(who, room, Wish::These(tags.to_vec())).await
    }

    /// Marks a conversation with these too.
    ///
    /// # Errors
    /// As [`Tags::set`].
    pub async fn add(
        &self,
        who: &Operator,
        room: &Room,
        tags: &[TagId],
    ) -> Result<Conversation, ServiceError> {
        self.change(who, room, Wish::Also(tags.to_vec())).await
    }

    /// Takes these from a conversation, those of them that it has.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`].
    pub async fn remove(
        &self,
        who: &Operator,
        room: &Room,
        tags: &[TagId],
    ) -> Result<Conversation, ServiceError> {
        self.change(who, room, Wish::Without(tags.to_vec())).await
    }

    async fn change(
        &self,
        who: &Operator,
        room: &Room,
        wish: Wish,
    ) -> Result<Conversation, ServiceError> {
        let (by, room, now) = (who.id, room.clone(), clock::now());
        let hub = self.hub.clone();
        self.db
            .write_and(
                move |mut conn| {
                    Box::pin(async move { set(&mut conn, by, &room, &wish, now).await })
                },
                move |(conversation, changed)| {
                    let told = changed.then(|| only_conversation_changed(&conversation, None));
                    (conversation, telling(hub, Vec::from_iter(told)))
                },
            )
            .await
    }
}

const NOT_THERE: ServiceError = ServiceError::NotFound("There is no such tag.");

/// Refuses whoever may not change tags.
async fn admit(conn: &mut Conn<'_>, who: &Operator) -> Result<(), ServiceError> {
    if may_share(conn, who.role, TeamSection::Tags).await? {
        Ok(())
    } else {
        Err(ServiceError::Forbidden)
    }
}

async fn save(
    conn: &mut Conn<'_>,
    me: &Operator,
    id: Option<TagId>,
    checked: Checked,
    now: Timestamp,
) -> Result<TagRow, ServiceError> {
    admit(conn, me).await?;
    let before = match id {
        Some(id) => Some(conn.locked_tag(id).await?.ok_or(NOT_THERE)?),
        None => None,
    };
    let Checked { name, color } = checked;
    let folded = folded(&name);
    let (row, action) = if let Some(before) = before {
        let row = TagRow {
            name,
            folded,
            color,
            ..before
        };
        conn.update_tag(&row, now).await?;
        (row, "tag.update")
    } else {
        if conn.count_tags().await? >= MOST {
            let sentence = "A team has at most 20,000 tags.";
            return Err(ServiceError::Validation(sentence.to_owned()));
        }
        let row = TagRow {
            id: TagId::generate(),
            name,
            folded,
            color,
            used: 0,
        };
        conn.insert_tag(&row, now).await?;
        (row, "tag.add")
    };
    let details = json!({ "tag": row.id, "name": row.name, "color": row.color });
    audit(conn, me.id, action, details, now).await?;
    Ok(row)
}

async fn delete(
    conn: &mut Conn<'_>,
    me: &Operator,
    id: TagId,
    now: Timestamp,
) -> Result<TagRow, ServiceError> {
    admit(conn, me).await?;
    // Locked first, as by those who mark a conversation with it: else each might wait for the other.
    let row = conn.locked_tag(id).await?.ok_or(NOT_THERE)?;
    conn.delete_tag(id).await?;
    let details = json!({ "tag": id, "name": row.name, "used": row.used });
    audit(conn, me.id, "tag.delete", details, now).await?;
    Ok(row)
}

/// The conversation as it is now, and whether that is new.
async fn set(
    conn: &mut Conn<'_>,
    by: OperatorId,
    room: &Room,
    wish: &Wish,
    now: Timestamp,
) -> Result<(Conversation, bool), ServiceError> {
    let head = conn.conversation_head(room).await?;
    let id = head.ok_or(ServiceError::RoomNotFound)?.id;
    conn.lock_conversation(id).await?;
    let there: HashMap<TagId, i64> = conn.tags_of(id).await?.into_iter().collect();
    let before: BTreeSet<TagId> = there.keys().copied().collect();
    let wanted = wish.of(&before);
    if wanted.len() > TAGS_MAX && wanted.len() > before.len() {
        let sentence = "A conversation has at most 50 tags.";
        return Err(Fault::new("tag_ids", Reason::TooLong, sentence).into());
    }
    if before == wanted {
        return Ok((stored_conversation(conn, id).await?, false));
    }
    let behind = there.values().max().map_or(0, |last| last + 1);
    let places: HashMap<TagId, i64> = wish.named().iter().copied().zip(behind..).collect();
    // In one order, whichever are added and whichever go: others change the same tags.
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for tag in before.symmetric_difference(&wanted) {
        let known = conn.locked_tag(*tag).await?.is_some();
        let place = places.get(tag).filter(|_| wanted.contains(tag));
        match place {
            Some(place) if known => {
                conn.add_tag(id, *tag, *place).await?;
                added.push(*tag);
            }
            Some(_) => {
                let sentence = "There is no such tag, or not any more.";
                return Err(Fault::new("tag_ids", Reason::Unknown, sentence).into());
            }
            None => {
                conn.remove_tag(id, *tag).await?;
                removed.push(*tag);
            }
        }
    }
    conn.bump_rev(id, now).await?;
    let audit = Audit {
        operator: Some(by),
        action: "conversation.tags",
        conversation: Some(id),
        details: json!({ "added": added, "removed": removed }),
    };
    conn.insert_audit(now, &audit).await?;
    Ok((stored_conversation(conn, id).await?, true))
}

async fn audit(
    conn: &mut Conn<'_>,
    by: OperatorId,
    action: &'static str,
    details: serde_json::Value,
    now: Timestamp,
) -> Result<(), DbError> {
    let audit = Audit {
        operator: Some(by),
        action,
        conversation: None,
        details,
    };
    conn.insert_audit(now, &audit).await
}

fn taken(error: ServiceError) -> ServiceError {
    let sentence = "There is a tag of this name already.";
    match error {
        ServiceError::Db(DbError::Duplicate) => Fault::new("name", Reason::Taken, sentence).into(),
        other => other,
    }
}

/// What a program is told of several faults.
fn first(faults: Vec<Fault>) -> ServiceError {
    let fault = faults.into_iter().next();
    fault.map_or_else(
        || ServiceError::Validation("The tag cannot be saved.".to_owned()),
        ServiceError::from,
    )
}
