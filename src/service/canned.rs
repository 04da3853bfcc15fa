//! Texts that are ready to be sent: everybody's own, and those that the team shares.

mod check;
mod import;
mod table;

use serde_json::json;

use super::ServiceError;
use super::change::{settings_changed, telling};
use super::error::Fault;
use super::folding::folded;
use super::team_settings::{TeamSection, may_share};
use crate::clock;
use crate::db::canned::CannedRow;
use crate::db::{Audit, Conn, Db, DbError, Telling};
use crate::protocol::fault::Reason;
use crate::protocol::{CannedId, CannedReply, Operator, OperatorId, Timestamp};
use crate::realtime::Hub;
use check::Checked;

pub use check::{CannedDraft, check};
pub use import::{ImportRefusal, Imported, RowFault};
pub use table::{TableFault, from_csv, to_csv};

pub use crate::csv::CsvError;

/// Most that the team shares.
const SHARED_MAX: i64 = 5_000;

/// Most of one operator's own.
const OWN_MAX: i64 = 1_000;

/// Whether a reply has these words in its shortcut, title, text or category; any one has none.
pub fn contains(reply: &CannedReply, words: &str) -> bool {
    let words = folded(words.trim());
    let category = reply.category.as_deref().unwrap_or_default();
    let parts = [&reply.shortcut, &reply.title, &reply.text, category];
    parts.iter().any(|part| folded(part).contains(&words))
}

/// Canned replies; cheap to clone.
#[derive(Clone)]
pub struct Canned {
    db: Db,
    hub: Hub,
}

impl Canned {
    /// Over this store and hub.
    pub fn new(db: Db, hub: Hub) -> Self {
        Self { db, hub }
    }

    /// The team's and one's own, the most used first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list(&self, me: OperatorId) -> Result<Vec<CannedReply>, ServiceError> {
        let mut reader = self.db.reader().await?;
        let rows = reader.conn().canned_replies(me).await?;
        Ok(rows.into_iter().map(CannedReply::from).collect())
    }

    /// Whether this operator may change what the team shares.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn may_share(&self, who: &Operator) -> Result<bool, ServiceError> {
        let mut reader = self.db.reader().await?;
        Ok(may_share(&mut reader.conn(), who.role, TeamSection::Canned).await?)
    }

    /// Adds a reply, or changes one.
    ///
    /// # Errors
    /// [`ServiceError::Fault`] for what may not be in it, one with [`Reason::Taken`] for a
    /// shortcut that is; [`ServiceError::Forbidden`] for shared ones unless one may change them;
    /// [`ServiceError::NotFound`], also for a colleague's own.
    pub async fn save(
        &self,
        who: &Operator,
        draft: CannedDraft,
    ) -> Result<CannedReply, ServiceError> {
        let checked = check(&draft).map_err(first)?;
        let (me, now) = (who.clone(), clock::now());
        let hub = self.hub.clone();
        let saved = self.db.write_and(
            move |mut conn| {
                Box::pin(async move { save(&mut conn, &me, &draft, checked, now).await })
            },
            move |row| (row, told(hub)),
        );
        Ok(saved.await.map_err(taken)?.into())
    }

    /// Deletes a reply. Messages that were made of it stay.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] and [`ServiceError::NotFound`] as [`Canned::save`].
    pub async fn delete(&self, who: &Operator, id: CannedId) -> Result<CannedReply, ServiceError> {
        let (me, now) = (who.clone(), clock::now());
        let hub = self.hub.clone();
        let gone = self.db.write_and(
            move |mut conn| Box::pin(async move { delete(&mut conn, &me, id, now).await }),
            move |row: CannedRow| (row, told(hub)),
        );
        Ok(gone.await?.into())
    }
}

async fn save(
    conn: &mut Conn<'_>,
    me: &Operator,
    draft: &CannedDraft,
    checked: Checked,
    now: Timestamp,
) -> Result<CannedRow, ServiceError> {
    let before = match draft.id {
        Some(id) => Some(known(conn, me, id).await?),
        None => None,
    };
    if draft.shared && !may_share(conn, me.role, TeamSection::Canned).await? {
        return Err(ServiceError::Forbidden);
    }
    let owner_id = (!draft.shared).then_some(me.id);
    let is_new = before.is_none();
    let moved = before.as_ref().is_some_and(|row| row.owner_id != owner_id);
    if is_new || moved {
        bounded(owner_id, conn.count_canned(owner_id).await? + 1)?;
    }
    let (id, used) = before.map_or_else(|| (CannedId::generate(), 0), |row| (row.id, row.used));
    let row = checked.into_row(id, owner_id, used);
    let action = if is_new {
        conn.insert_canned(&row, now).await?;
        "canned.add"
    } else {
        conn.update_canned(&row, now).await?;
        "canned.update"
    };
    conn.insert_audit(now, &audit(me.id, action, &row)).await?;
    Ok(row)
}

async fn delete(
    conn: &mut Conn<'_>,
    me: &Operator,
    id: CannedId,
    now: Timestamp,
) -> Result<CannedRow, ServiceError> {
    let row = known(conn, me, id).await?;
    if !conn.delete_canned(id).await? {
        return Err(NOT_THERE);
    }
    let audit = audit(me.id, "canned.delete", &row);
    conn.insert_audit(now, &audit).await?;
    Ok(row)
}

const NOT_THERE: ServiceError = ServiceError::NotFound("There is no such canned reply.");

/// A reply that this operator may change.
async fn known(
    conn: &mut Conn<'_>,
    me: &Operator,
    id: CannedId,
) -> Result<CannedRow, ServiceError> {
    let row = conn.canned_reply(id).await?.ok_or(NOT_THERE)?;
    match row.owner_id {
        Some(owner) if owner == me.id => Ok(row),
        // Nobody hears of a colleague's own.
        Some(_) => Err(NOT_THERE),
        None if may_share(conn, me.role, TeamSection::Canned).await? => Ok(row),
        None => Err(ServiceError::Forbidden),
    }
}

/// Refuses more replies than one reads through.
fn bounded(owner: Option<OperatorId>, count: i64) -> Result<(), ServiceError> {
    let (most, sentence) = match owner {
        None => (SHARED_MAX, "A team shares 5,000 canned replies at most."),
        Some(_) => (
            OWN_MAX,
            "Nobody has more than 1,000 canned replies of their own.",
        ),
    };
    if count > most {
        return Err(ServiceError::Validation(sentence.to_owned()));
    }
    Ok(())
}

fn taken(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Db(DbError::Duplicate) => taken_shortcut().into(),
        other => other,
    }
}

fn taken_shortcut() -> Fault {
    let sentence = "Another canned reply has this shortcut already.";
    Fault::new("shortcut", Reason::Taken, sentence)
}

/// What a program is told of several faults.
fn first(faults: Vec<Fault>) -> ServiceError {
    let fault = faults.into_iter().next();
    fault.map_or_else(
        || ServiceError::Validation("The reply cannot be saved.".to_owned()),
        ServiceError::from,
    )
}

fn audit(by: OperatorId, action: &'static str, row: &CannedRow) -> Audit {
    Audit {
        operator: Some(by),
        action,
        conversation: None,
        details: json!({
            "canned": row.id,
            "shortcut": row.shortcut,
            "shared": row.owner_id.is_none(),
        }),
    }
}

fn told(hub: Hub) -> Vec<Telling> {
    telling(hub, vec![settings_changed(TeamSection::Canned.name())])
}
