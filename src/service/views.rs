//! Lists with a filter that are kept under a name: one's own, and the team's.

use serde_json::json;

use super::ServiceError;
use super::change::{settings_changed, telling};
use super::inbox::listing::{Narrowed, check};
use super::labels::label;
use crate::clock;
use crate::db::views::ViewRow;
use crate::db::{Audit, Conn, Db, DbError};
use crate::protocol::view::VIEW_NAME_MAX_UTF16;
use crate::protocol::{Filter, Operator, OperatorId, Role, Sort, Tab, Timestamp, View, ViewId};
use crate::realtime::{Audience, Hub, Publication};

/// What consoles hear when a view of theirs has changed.
const SECTION: &str = "views";

/// Most views that a team shares, and most of one's own.
const MOST: i64 = 50;

const NOT_THERE: ServiceError = ServiceError::NotFound("There is no such view.");

/// A view as somebody wants it.
#[derive(Clone, Debug)]
pub struct ViewDraft {
    /// Which one is to be changed; absent: another one.
    pub id: Option<ViewId>,
    /// What it is called.
    pub name: String,
    /// Whether the whole team has it.
    pub shared: bool,
    /// Of which list.
    pub tab: Tab,
    /// What narrows it down.
    pub filter: Filter,
    /// In which order it stands.
    pub sort: Option<Sort>,
}

/// A view that has changed.
struct Changed {
    row: ViewRow,
    /// Whether the team has it, or had it.
    is_shared: bool,
}

/// Views; cheap to clone.
#[derive(Clone)]
pub struct Views {
    db: Db,
    hub: Hub,
}

impl Views {
    /// Over this store and hub.
    pub fn new(db: Db, hub: Hub) -> Self {
        Self { db, hub }
    }

    /// The team's and one's own, each with how many chats it has.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list(&self, me: OperatorId) -> Result<Vec<View>, ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let mut views = Vec::new();
        for row in conn.views(me).await? {
            views.push(shown(&mut conn, me, row).await?);
        }
        Ok(views)
    }

    /// Adds a view, or changes one. Shared ones are the supervisors' business.
    ///
    /// # Errors
    /// [`ServiceError::Fault`] for its name or a filter that is too long,
    /// [`ServiceError::Validation`] for more than there may be, [`ServiceError::Forbidden`],
    /// [`ServiceError::NotFound`], also for a colleague's own.
    pub async fn save(&self, who: &Operator, mut draft: ViewDraft) -> Result<View, ServiceError> {
        draft.name = label("name", &draft.name, VIEW_NAME_MAX_UTF16)?;
        check(&draft.filter)?;
        let (by, now) = (who.clone(), clock::now());
        let (hub, me) = (self.hub.clone(), who.id);
        let row = self
            .db
            .write_and(
                move |mut conn| Box::pin(async move { save(&mut conn, &by, draft, now).await }),
                move |changed| {
                    let told = vec![publication(&changed, me)];
                    (changed.row, telling(hub, told))
                },
            )
            .await?;
        let mut reader = self.db.reader().await?;
        Ok(shown(&mut reader.conn(), me, row).await?)
    }

    /// Deletes a view.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] and [`ServiceError::NotFound`] as [`Views::save`].
    pub async fn delete(&self, who: &Operator, id: ViewId) -> Result<(), ServiceError> {
        let (by, now) = (who.clone(), clock::now());
        let (hub, me) = (self.hub.clone(), who.id);
        self.db
            .write_and(
                move |mut conn| Box::pin(async move { delete(&mut conn, &by, id, now).await }),
                move |changed| ((), telling(hub, vec![publication(&changed, me)])),
            )
            .await
    }
}

/// A view as this operator sees it.
async fn shown(conn: &mut Conn<'_>, me: OperatorId, row: ViewRow) -> Result<View, DbError> {
    let filter: Filter = serde_json::from_str(&row.filter).map_err(|error| DbError::Row {
        table: "views",
        why: error.to_string(),
    })?;
    let narrowed = Narrowed::new(conn, me, &filter, clock::now()).await?;
    Ok(View {
        id: row.id,
        name: row.name,
        shared: row.owner_id.is_none(),
        owner_id: row.owner_id,
        tab: row.tab,
        count: narrowed.count(conn, row.tab).await?,
        filter,
        sort: row.sort,
    })
}

fn may_share(who: &Operator) -> bool {
    who.role >= Role::Supervisor
}

/// A view that this operator may change.
async fn known(conn: &mut Conn<'_>, me: &Operator, id: ViewId) -> Result<ViewRow, ServiceError> {
    let row = conn.view(id).await?.ok_or(NOT_THERE)?;
    match row.owner_id {
        Some(owner) if owner == me.id => Ok(row),
        // Nobody hears of a colleague's own.
        Some(_) => Err(NOT_THERE),
        None if may_share(me) => Ok(row),
        None => Err(ServiceError::Forbidden),
    }
}

async fn save(
    conn: &mut Conn<'_>,
    me: &Operator,
    draft: ViewDraft,
    now: Timestamp,
) -> Result<Changed, ServiceError> {
    let before = match draft.id {
        Some(id) => Some(known(conn, me, id).await?),
        None => None,
    };
    if draft.shared && !may_share(me) {
        return Err(ServiceError::Forbidden);
    }
    let owner_id = (!draft.shared).then_some(me.id);
    if before.as_ref().is_none_or(|row| row.owner_id != owner_id)
        && conn.count_views(owner_id).await? >= MOST
    {
        let sentence = "A team shares 50 views at most, and nobody has more than 50 of their own.";
        return Err(ServiceError::Validation(sentence.to_owned()));
    }
    let was_shared = before.as_ref().is_some_and(|row| row.owner_id.is_none());
    let row = ViewRow {
        id: before.as_ref().map_or_else(ViewId::generate, |row| row.id),
        owner_id,
        name: draft.name,
        tab: draft.tab,
        sort: draft.sort.filter(|sort| *sort != Sort::of(draft.tab)),
        filter: json!(draft.filter).to_string(),
    };
    let action = if before.is_none() {
        conn.insert_view(&row, now).await?;
        "view.add"
    } else if conn.update_view(&row, now).await? {
        "view.update"
    } else {
        return Err(NOT_THERE);
    };
    audit(conn, me.id, action, &row, now).await?;
    let is_shared = was_shared || draft.shared;
    Ok(Changed { row, is_shared })
}

async fn delete(
    conn: &mut Conn<'_>,
    me: &Operator,
    id: ViewId,
    now: Timestamp,
) -> Result<Changed, ServiceError> {
    let row = known(conn, me, id).await?;
    if !conn.delete_view(id).await? {
        return Err(NOT_THERE);
    }
    audit(conn, me.id, "view.delete", &row, now).await?;
    let is_shared = row.owner_id.is_none();
    Ok(Changed { row, is_shared })
}

async fn audit(
    conn: &mut Conn<'_>,
    by: OperatorId,
    action: &'static str,
    row: &ViewRow,
    now: Timestamp,
) -> Result<(), DbError> {
    let audit = Audit {
        operator: Some(by),
        action,
        conversation: None,
        details: json!({ "view": row.id, "name": row.name, "shared": row.owner_id.is_none() }),
    };
    conn.insert_audit(now, &audit).await
}

/// Whoever has the view hears that it has changed.
fn publication(changed: &Changed, me: OperatorId) -> Publication {
    let mut told = settings_changed(SECTION);
    if !changed.is_shared {
        told.audience = Audience::Operator(me);
    }
    told
}
