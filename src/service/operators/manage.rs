//! Who may see the team's list, and change names, roles, and who may sign in.

use serde_json::json;

use super::{Operators, audit, audit_with};
use crate::clock;
use crate::db::operators::OperatorRow;
use crate::db::{Audit, Conn};
use crate::protocol::capacity::Capacity;
use crate::protocol::fault::Reason;
use crate::protocol::team::{OpenInvitation, OperatorChange, TeamList, TeamMember};
use crate::protocol::{OperatorId, OperatorPresence, OperatorRef, Presence, Role, Timestamp};
use crate::service::ServiceError;
use crate::service::auth::{Revoked, SignedIn};
use crate::service::error::Fault;
use crate::service::people::{MAX_NAME_CHARS, checked_capacity, checked_name};
use crate::service::returns::{Leave, give_away};

/// What a change came to.
#[derive(Clone, Copy, Debug, Default)]
struct Done {
    /// Another name or role.
    changed: bool,
    disabled: bool,
    /// May sign in again, or has another number of chats at most.
    otherwise: bool,
}

impl Operators {
    /// The team with those who are invited; for supervisors. `present` is who can take chats now.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub async fn team(
        &self,
        who: &SignedIn,
        present: Vec<OperatorPresence>,
    ) -> Result<TeamList, ServiceError> {
        who.at_least(Role::Supervisor)?;
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let operators = conn.managed_operators().await?;
        let invitations = conn.invitations().await?;
        let member = |row: crate::db::roles::ManagedOperator| {
            let here = present.iter().find(|one| one.id == row.operator.id);
            TeamMember {
                id: row.operator.id,
                name: row.operator.name,
                email: row.operator.email,
                role: row.operator.role,
                status: here.map_or(Presence::Offline, |one| one.status),
                active_chats: here.map_or(0, |one| one.active_chats),
                capacity: Capacity::of(row.capacity.and_then(|number| u32::try_from(number).ok())),
                created_at: row.operator.created_at,
                last_seen_at: row.last_seen_at,
                disabled_at: row.operator.disabled_at,
            }
        };
        let open = |row: crate::db::invitations::InvitationRow| OpenInvitation {
            id: row.id,
            email: row.email,
            name: row.name,
            role: row.role,
            inviter: row.inviter,
            created_at: row.created_at,
            expires_at: row.expires_at,
        };
        Ok(TeamList {
            operators: operators.into_iter().map(member).collect(),
            invitations: invitations.into_iter().map(open).collect(),
        })
    }

    /// Changes an operator; for administrators. Whoever is disabled is out at once, and their
    /// chats go to a colleague or back to the queue.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`], [`ServiceError::Fault`]; one with
    /// [`Reason::LastAdmin`] where nobody would be left who administers, and one with
    /// [`Reason::Oneself`] for administrators who disable themselves.
    pub async fn update(
        &self,
        who: &SignedIn,
        id: OperatorId,
        change: OperatorChange,
    ) -> Result<(), ServiceError> {
        who.at_least(Role::Admin)?;
        if change.hand_over_to.is_some() && change.disabled != Some(true) {
            let sentence = "Chats are handed over only by disabling their operator.";
            return Err(Fault::new("hand_over_to", Reason::Unknown, sentence).into());
        }
        let by = who.operator.id;
        let done = self
            .db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move { apply(&mut conn, by, id, change, clock::now()).await })
            })
            .await?;
        if done.disabled {
            self.auth.tell(Revoked::Operator(id));
        } else if done.changed {
            self.auth.tell(Revoked::Changed(id));
        }
        if done.disabled || done.changed || done.otherwise {
            self.auth.tell(Revoked::Team);
        }
        Ok(())
    }
}

/// The administrator who asks, as they are in this transaction. Others wait until it ends.
pub(super) async fn administrator(
    conn: &mut Conn<'_>,
    by: OperatorId,
) -> Result<OperatorRef, ServiceError> {
    conn.manage_one_at_a_time().await?;
    let row = conn.operator(by).await?;
    let row = row.filter(|row| row.disabled_at.is_none() && row.role.may_administer());
    row.map(|row| reference(&row))
        .ok_or(ServiceError::Forbidden)
}

async fn apply(
    conn: &mut Conn<'_>,
    by: OperatorId,
    id: OperatorId,
    change: OperatorChange,
    now: Timestamp,
) -> Result<Done, ServiceError> {
    let by = administrator(conn, by).await?;
    let row = conn.operator(id).await?;
    let row = row.ok_or(ServiceError::NotFound("There is no such operator."))?;
    keep_an_administrator(conn, &row, &change).await?;
    if change.disabled == Some(true) && id == by.id {
        let sentence = "Nobody disables themself; another administrator can.";
        return Err(Fault::new("disabled", Reason::Oneself, sentence).into());
    }
    let name = another_name(change.name, &row.name)?;
    let capacity = another_capacity(conn, id, change.capacity).await?;
    let role = change.role.filter(|role| *role != row.role);
    let mut done = Done::default();
    if name.is_some() || role.is_some() || capacity.is_some() {
        conn.set_name_and_role(id, name.as_deref(), role).await?;
        if let Some((_, capacity)) = capacity {
            conn.set_capacity(id, capacity.own()).await?;
        }
        let from_to = |from: serde_json::Value, to| json!({ "from": from, "to": to });
        let details = json!({
            "operator": id,
            "name": name.as_ref().map(|name| from_to(json!(row.name), json!(name))),
            "role": role.map(|role| from_to(json!(row.role), json!(role))),
            "capacity": capacity.map(|(from, to)| from_to(json!(from), json!(to))),
        });
        let audit = audit_with(Some(by.id), "operator.update", details);
        conn.insert_audit(now, &audit).await?;
        done.changed = name.is_some() || role.is_some();
        done.otherwise = capacity.is_some();
    }
    match change.disabled {
        Some(true) => {
            let to = heir(conn, id, change.hand_over_to).await?;
            let row = OperatorRow {
                name: name.unwrap_or(row.name),
                ..row
            };
            done.disabled = shut_out(conn, &row, Some(&by), to.as_ref(), now).await?;
        }
        Some(false) => {
            let was_out = conn.enable_operator(id).await?;
            if was_out {
                done.otherwise = true;
                // Those of then are not to come to life again.
                conn.delete_logins_of(id).await?;
                let audit = audit(Some(by.id), "operator.enable", id);
                conn.insert_audit(now, &audit).await?;
            }
        }
        None => {}
    }
    Ok(done)
}

/// The name that is to be instead of `now`. One that stays may be older than the rule.
fn another_name(name: Option<String>, now: &str) -> Result<Option<String>, Fault> {
    let Some(name) = name.filter(|name| name != now) else {
        return Ok(None);
    };
    let name = checked_name(&name, MAX_NAME_CHARS)?;
    Ok((name != now).then_some(name))
}

/// How many chats a rule gives them now, and how many it is to give instead.
async fn another_capacity(
    conn: &mut Conn<'_>,
    id: OperatorId,
    to: Option<Capacity>,
) -> Result<Option<(Capacity, Capacity)>, ServiceError> {
    let Some(to) = to else { return Ok(None) };
    let to = checked_capacity(to)?;
    let from = Capacity::of(conn.capacity(id).await?);
    Ok((from != to).then_some((from, to)))
}

/// Refuses what would leave nobody who administers.
async fn keep_an_administrator(
    conn: &mut Conn<'_>,
    row: &OperatorRow,
    change: &OperatorChange,
) -> Result<(), ServiceError> {
    let demoted = change.role.is_some_and(|role| !role.may_administer());
    let goes = demoted || change.disabled == Some(true);
    let field = if demoted { "role" } else { "disabled" };
    if goes {
        others_administer(conn, row, field).await
    } else {
        Ok(())
    }
}

/// Refuses if nobody but `row` administers.
pub(super) async fn others_administer(
    conn: &mut Conn<'_>,
    row: &OperatorRow,
    field: &'static str,
) -> Result<(), ServiceError> {
    let administers = row.role.may_administer() && row.disabled_at.is_none();
    if administers && conn.count_other_admins(row.id).await? == 0 {
        let sentence = "This is the last administrator.";
        return Err(Fault::new(field, Reason::LastAdmin, sentence).into());
    }
    Ok(())
}

/// Who gets the chats.
async fn heir(
    conn: &mut Conn<'_>,
    former: OperatorId,
    to: Option<OperatorId>,
) -> Result<Option<OperatorRef>, ServiceError> {
    let Some(to) = to else { return Ok(None) };
    let heir = conn.taker(to).await?.filter(|heir| heir.id != former);
    let sentence = "There is no such colleague, or they are disabled.";
    match heir {
        Some(heir) => Ok(Some(heir)),
        None => Err(Fault::new("hand_over_to", Reason::Unknown, sentence).into()),
    }
}

/// Forbids an operator to sign in and gives their chats away; false when that was so already.
pub(super) async fn shut_out(
    conn: &mut Conn<'_>,
    row: &OperatorRow,
    by: Option<&OperatorRef>,
    to: Option<&OperatorRef>,
    now: Timestamp,
) -> Result<bool, ServiceError> {
    if !conn.disable_operator(row.id, now).await? {
        return Ok(false);
    }
    conn.delete_password_link(row.id).await?;
    let by_id = by.map(|by| by.id);
    let audit = Audit {
        details: json!({ "operator": row.id, "hand_over_to": to.map(|to| to.id) }),
        ..audit(by_id, "operator.disable", row.id)
    };
    conn.insert_audit(now, &audit).await?;
    let leave = Leave {
        owner: reference(row),
        by: by.cloned(),
        to: to.cloned(),
    };
    give_away(conn, &leave, now).await?;
    Ok(true)
}

fn reference(row: &OperatorRow) -> OperatorRef {
    OperatorRef {
        id: row.id,
        name: row.name.clone(),
    }
}
