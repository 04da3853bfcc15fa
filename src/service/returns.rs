//! Chats of operators who may no longer sign in go back to the queue, and the consoles are told.
//!
//! They go back in the transaction that disables the operator. That may run in a process without
//! consoles, as `sala operator disable` does, so what is to be told is stored with it, and every
//! server looks for it.

use std::time::Duration;

use serde_json::json;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time::MissedTickBehavior;

use super::ServiceError;
use super::auth::{Auth, Revoked};
use super::change::{
    Told, add_own_line, conversation_changed, stored_conversation, stored_message, telling,
};
use super::targets::reckon;
use crate::clock;
use crate::db::conversations::ConversationHead;
use crate::db::returns::UntoldReturn;
use crate::db::{Audit, Conn, Db, DbError};
use crate::protocol::message::{EventLine, EventName};
use crate::protocol::{OperatorRef, ServerEvent, SessionStatus, Timestamp};
use crate::realtime::{Audience, Hub, Publication};

/// How often chats are looked for that another process gave back.
const EVERY: Duration = Duration::from_secs(5);

/// Chats that are told of in one transaction.
const AT_A_TIME: u32 = 50;

/// Gives chats back and tells of those that were given back.
pub struct Returns {
    db: Db,
    hub: Hub,
    auth: Auth,
}

impl Returns {
    /// Over this store and hub; `auth` says when somebody is disabled here.
    pub fn new(db: Db, hub: Hub, auth: Auth) -> Self {
        Self { db, hub, auth }
    }

    /// Looks every few seconds, and at once when an operator is disabled in this process, until
    /// the future is dropped.
    pub async fn run(&self) {
        let mut disabled = self.auth.revocations();
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                () = somebody_disabled(&mut disabled) => {}
            }
            if let Err(error) = self.look().await {
                error.log();
            }
        }
    }

    async fn look(&self) -> Result<(), ServiceError> {
        let owners = self.db.reader().await?.conn().disabled_owners().await?;
        for owner in owners {
            tracing::warn!(operator.id = %owner.id, "a disabled operator has chats; they go back");
            let leave = Leave {
                owner,
                by: None,
                to: None,
            };
            self.db
                .write::<_, ServiceError, _>(move |mut conn| {
                    Box::pin(async move { give_away(&mut conn, &leave, clock::now()).await })
                })
                .await?;
        }
        loop {
            let untold = self
                .db
                .reader()
                .await?
                .conn()
                .untold_returns(AT_A_TIME)
                .await?;
            if untold.is_empty() {
                return Ok(());
            }
            self.tell(untold).await?;
        }
    }

    /// Forgets first and tells after the commit, so that of several nodes one tells.
    async fn tell(&self, untold: Vec<UntoldReturn>) -> Result<(), DbError> {
        let hub = self.hub.clone();
        self.db
            .write_and(
                move |mut conn| {
                    Box::pin(async move {
                        let mut told = Vec::with_capacity(2 * untold.len());
                        for one in untold {
                            if conn.forget_return(one.message_id).await? {
                                told.extend(publications(&mut conn, one).await?);
                            }
                        }
                        Ok::<_, DbError>(told)
                    })
                },
                move |told| ((), telling(hub, told)),
            )
            .await?;
        self.hub.presence_may_have_changed();
        Ok(())
    }
}

async fn somebody_disabled(revocations: &mut broadcast::Receiver<Revoked>) {
    loop {
        match revocations.recv().await {
            Ok(Revoked::Operator(_)) | Err(RecvError::Lagged(_)) => return,
            Ok(
                Revoked::Login(_)
                | Revoked::OtherLogins { .. }
                | Revoked::Changed(_)
                | Revoked::Team,
            ) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// What the consoles hear. Nothing when the chat has moved on: they were told of that, and those
/// who have it open see by its `rev` that a line is missing.
async fn publications(conn: &mut Conn<'_>, one: UntoldReturn) -> Result<Vec<Publication>, DbError> {
    let conversation = stored_conversation(conn, one.conversation_id).await?;
    let message = stored_message(conn, one.message_id).await?;
    let open = |status| status != SessionStatus::Closed;
    let session = conversation.session.clone().filter(|s| open(s.status));
    let Some(session) = session.filter(|_| message.rev == conversation.rev) else {
        return Ok(Vec::new());
    };
    let (room, rev) = (conversation.room.clone(), conversation.rev);
    let told = Publication {
        audience: Audience::Everyone,
        room: Some(room.clone()),
        rev: Some(rev),
        event: ServerEvent::SessionTransferred {
            room,
            rev,
            session,
            from: Some(OperatorRef {
                id: one.operator_id,
                name: one.name,
            }),
            message: Some(message),
        },
        except: None,
    };
    Ok(vec![told, conversation_changed(&conversation, None)])
}

/// An operator who may no longer sign in, and who gets their chats.
#[derive(Clone, Debug)]
pub(super) struct Leave {
    /// Whose chats they were.
    pub(super) owner: OperatorRef,
    /// Who said so, if it was one of the team.
    pub(super) by: Option<OperatorRef>,
    /// The next owner; without one they go back to the queue.
    pub(super) to: Option<OperatorRef>,
}

/// Gives every chat of an operator away, each with a line that says so.
pub(super) async fn give_away(
    conn: &mut Conn<'_>,
    leave: &Leave,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let owner = leave.owner.id;
    for room in conn.rooms_of(owner).await? {
        let head = conn.begin_change(&room, now).await?;
        // It may have moved on while this waited for its row.
        if let Some(head) = head.filter(|head| head.state.owner() == Some(owner)) {
            give_one_away(conn, &head, leave, now).await?;
        }
    }
    Ok(())
}

async fn give_one_away(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    leave: &Leave,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let (event, text) = match &leave.to {
        None => {
            conn.requeue_session(head.id, now).await?;
            given_back(leave)
        }
        Some(to) => {
            conn.assign_session(head.id, to.id, now).await?;
            passed_on(leave, to)
        }
    };
    reckon(conn, head.id, now).await?;
    let audit = Audit {
        operator: leave.by.as_ref().map(|by| by.id),
        action: match leave.to {
            None => "session.give_back",
            Some(_) => "session.hand_over",
        },
        conversation: Some(head.id),
        details: json!({
            "session_id": head.state.session(),
            "from": leave.owner.id,
            "to": leave.to.as_ref().map(|to| to.id),
        }),
    };
    conn.insert_audit(now, &audit).await?;
    let told = Told {
        session: head.state.session(),
        event,
        text,
    };
    let message = add_own_line(conn, head, told, now).await?;
    conn.remember_return(message.id, head.id, leave.owner.id)
        .await?;
    Ok(())
}

fn given_back(leave: &Leave) -> (EventLine, String) {
    let name = &leave.owner.name;
    let text = format!("{name} can no longer sign in, so this chat went back into the queue.");
    (
        EventLine {
            name: EventName::GivenBack,
            operator: Some(leave.owner.clone()),
            to: None,
            note: None,
            detail: None,
        },
        text,
    )
}

fn passed_on(leave: &Leave, to: &OperatorRef) -> (EventLine, String) {
    let by = leave.by.as_ref().unwrap_or(&leave.owner);
    let text = format!("{} passed this chat to {}.", by.name, to.name);
    (
        EventLine {
            name: EventName::Transferred,
            operator: Some(by.clone()),
            to: Some(to.clone()),
            note: None,
            detail: None,
        },
        text,
    )
}
