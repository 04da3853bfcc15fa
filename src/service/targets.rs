//! Targets: by when customers are to be answered and cases to be done (`targets`).
//!
//! The moments are columns of the conversation, so that lists, filters and events have them without
//! another question. A customer's message that begins to wait writes them with itself, an answer and
//! a close empty them; all else that moves them ends with [`reckon`]. When the rule, the hours or the
//! zone change, all open chats are reckoned anew.

use std::collections::HashMap;

use serde_json::json;

use super::ServiceError;
use super::change::{only_conversation_changed, stored_conversation, telling};
use super::clocks::Clocks;
use super::fired::Fired;
use super::push::LateAlarm;
use super::team_settings::{Known, TeamSection, calendar_of, stored};
use crate::clock;
use crate::db::targets::{Due, Dues, TargetFacts};
use crate::db::timers::{DueTimer, TimerKind};
use crate::db::{Audit, Conn, Db, DbError};
use crate::protocol::team_settings::{HoursByChannel, TargetRule, TeamProfile};
use crate::protocol::{ChannelName, ConversationId, Target, Timestamp};
use crate::realtime::{Hub, Publication};

/// Chats that are looked at together.
const TOGETHER: u32 = 500;

/// Chats that are changed in one transaction.
const AT_A_TIME: usize = 50;

/// How clocks run there, by what is stored.
async fn clocks_of(conn: &mut Conn<'_>, channel: &str) -> Result<Option<Clocks>, DbError> {
    let (_, rule) = stored::<TargetRule>(conn, TeamSection::Targets).await?;
    if !rule.is_set() {
        return Ok(None);
    }
    let (_, team) = stored::<TeamProfile>(conn, TeamSection::Team).await?;
    let (_, hours) = stored::<HoursByChannel>(conn, TeamSection::Hours).await?;
    Ok(Clocks::new(rule, calendar_of(&team, &hours, channel)))
}

/// Reckons the clocks of a chat that has changed. The chat is this transaction's.
///
/// # Errors
/// When the store fails.
pub(super) async fn reckon(
    conn: &mut Conn<'_>,
    id: ConversationId,
    now: Timestamp,
) -> Result<(), DbError> {
    if let Some(facts) = conn.target_facts(id).await? {
        let clocks = clocks_of(conn, facts.room.channel().as_str()).await?;
        settle(conn, facts, clocks.as_ref(), now).await?;
    }
    Ok(())
}

/// By when what is to be done.
fn dues_by(clocks: Option<&Clocks>, facts: &TargetFacts) -> Dues {
    clocks.map_or(Dues::default(), |clocks| clocks.dues(facts))
}

/// Whether the end of a snooze has not been reckoned with.
fn is_unsettled(facts: &TargetFacts) -> bool {
    facts.snoozed_at.is_some() && facts.snoozed_until.is_none()
}

/// Writes down what follows from these facts, and answers it.
async fn settle(
    conn: &mut Conn<'_>,
    mut facts: TargetFacts,
    clocks: Option<&Clocks>,
    now: Timestamp,
) -> Result<Dues, DbError> {
    let id = facts.conversation;
    if let (Some(from), None) = (facts.snoozed_at, facts.snoozed_until) {
        facts.paused.push((from, now.max(from)));
        facts.snoozed_at = None;
        conn.end_pause(id, facts.session, &facts.paused).await?;
    }
    let dues = dues_by(clocks, &facts);
    if dues != facts.dues {
        conn.set_dues(id, dues).await?;
        if let Some(first) = next_due(&facts, dues) {
            conn.set_timer_by(id, TimerKind::Target, first).await?;
        }
    }
    Ok(dues)
}

/// The next moment of which supervisors do not know yet that it has passed.
fn next_due(facts: &TargetFacts, dues: Dues) -> Option<Timestamp> {
    let response = dues.response.filter(|_| !facts.response_told);
    let resolution = dues.resolution.filter(|_| !facts.resolution_told);
    let open = [response, resolution].into_iter().flatten();
    open.map(|due| due.at).min()
}

/// What has passed and is to be told.
fn late(facts: &TargetFacts, now: Timestamp) -> Vec<(Target, Timestamp)> {
    let answer = match facts.first_response_at {
        None => Target::FirstResponse,
        Some(_) => Target::NextResponse,
    };
    let Dues {
        response,
        resolution,
    } = facts.dues;
    let response = response.filter(|_| !facts.response_told);
    let resolution = resolution.filter(|_| !facts.resolution_told);
    let clocks = [(answer, response), (Target::Resolution, resolution)];
    let passed = |(target, due): (Target, Option<Due>)| {
        let due = due.filter(|due| due.at <= now)?;
        Some((target, due.at))
    };
    clocks.into_iter().filter_map(passed).collect()
}

/// Looks at the chat of a timer that is due: what has passed is audited and told, once, and queued
/// for supervisors' devices.
///
/// # Errors
/// [`DbError::Conflict`] when another node was faster or the chat has moved on meanwhile.
pub(super) async fn fire(
    conn: &mut Conn<'_>,
    timer: DueTimer,
    alarm: &LateAlarm,
) -> Result<Fired, ServiceError> {
    let id = timer.conversation;
    let now = conn.database_now().await?;
    let facts = conn.target_facts(id).await?;
    let Some(facts) = facts.filter(|facts| !late(facts, now).is_empty()) else {
        put_off(conn, timer, now).await?;
        return Ok(Fired::default());
    };
    let head = conn.begin_change(&facts.room, now).await?;
    let rev = head.ok_or(ServiceError::RoomNotFound)?.rev;
    // On PostgreSQL the chat's row is ours only from here on.
    let is_same = conn.target_facts(id).await?.as_ref() == Some(&facts);
    if !is_same || !conn.take_timer(timer, now).await? {
        return Err(DbError::Conflict.into());
    }
    let late = late(&facts, now);
    let told = note(conn, facts, &late, now).await?;
    if let Some(next) = next_due(&told, told.dues) {
        conn.set_timer(id, timer.kind, next).await?;
    }
    // That a case is not closed is nothing for which to take out a phone.
    if late.iter().any(|(target, _)| *target != Target::Resolution) {
        for push in alarm.pushes(id, &told.room, rev, now) {
            conn.queue_push(&push, now).await?;
        }
    }
    let conversation = stored_conversation(conn, id).await?;
    Ok(Fired {
        moves_presence: false,
        writes: false,
        publications: vec![only_conversation_changed(&conversation, None)],
    })
}

/// Sets a timer anew that came too early, and ends one for which there is nothing to look at.
async fn put_off(conn: &mut Conn<'_>, timer: DueTimer, now: Timestamp) -> Result<(), DbError> {
    if !conn.take_timer(timer, now).await? {
        return Ok(());
    }
    // A message may have come meanwhile, and have found the timer that is gone now.
    let facts = conn.target_facts(timer.conversation).await?;
    if let Some(next) = facts.and_then(|facts| next_due(&facts, facts.dues)) {
        conn.set_timer(timer.conversation, timer.kind, next).await?;
    }
    Ok(())
}

/// Writes down what has passed; answers the facts as they are then.
async fn note(
    conn: &mut Conn<'_>,
    mut facts: TargetFacts,
    late: &[(Target, Timestamp)],
    now: Timestamp,
) -> Result<TargetFacts, DbError> {
    let id = facts.conversation;
    for (target, due) in late {
        match target {
            Target::FirstResponse | Target::NextResponse => facts.response_told = true,
            Target::Resolution => facts.resolution_told = true,
        }
        let audit = Audit {
            operator: None,
            action: "target.breach",
            conversation: Some(id),
            details: json!({ "session_id": facts.session, "target": target, "due": due }),
        };
        conn.insert_audit(now, &audit).await?;
    }
    conn.set_told(id, facts.response_told, facts.resolution_told)
        .await?;
    Ok(facts)
}

/// Reckons all open chats anew, and tells of those that have other moments now. Of several nodes
/// that do so at once the first changes something.
///
/// # Errors
/// When the store fails.
pub(super) async fn reckon_all(db: &Db, hub: &Hub, known: &Known) -> Result<(), DbError> {
    let mut clocks: HashMap<ChannelName, Option<Clocks>> = HashMap::new();
    let mut after = ConversationId(uuid::Uuid::nil());
    loop {
        let mut reader = db.reader().await?;
        let open = reader.conn().open_chats_after(after, TOGETHER).await?;
        let Some(last) = open.last() else {
            return Ok(());
        };
        after = *last;
        let mut all = Vec::with_capacity(open.len());
        for chat in open {
            all.extend(reader.conn().target_facts(chat).await?);
        }
        drop(reader);
        let moves = |facts: &TargetFacts| {
            let channel = facts.room.channel();
            let clocks = clocks.entry(channel.clone());
            let clocks = clocks.or_insert_with(|| known.clocks(channel.as_str()));
            is_unsettled(facts) || dues_by(clocks.as_ref(), facts) != facts.dues
        };
        let others: Vec<_> = all.into_iter().filter(moves).collect();
        for chats in others.chunks(AT_A_TIME) {
            let ids = chats.iter().map(|facts| facts.conversation).collect();
            let hub = hub.clone();
            db.write_and(
                move |mut conn| Box::pin(async move { reckon_some(&mut conn, ids).await }),
                move |told| ((), telling(hub, told)),
            )
            .await?;
        }
    }
}

async fn reckon_some(
    conn: &mut Conn<'_>,
    ids: Vec<ConversationId>,
) -> Result<Vec<Publication>, DbError> {
    let now = clock::now();
    let mut told = Vec::new();
    for id in ids {
        let Some(facts) = conn.target_facts(id).await? else {
            continue;
        };
        let clocks = clocks_of(conn, facts.room.channel().as_str()).await?;
        if dues_by(clocks.as_ref(), &facts) == facts.dues && !is_unsettled(&facts) {
            continue;
        }
        // Its row is ours from here on.
        if conn.begin_change(&facts.room, now).await?.is_none() {
            continue;
        }
        let Some(mut facts) = conn.target_facts(id).await? else {
            continue;
        };
        // What only another rule has made late is no news to supervisors; and what that has given
        // more time may pass once more.
        let dues = dues_by(clocks.as_ref(), &facts);
        let is_told = |told: bool, before: Option<Due>, due: Option<Due>| {
            let passed = |due: Option<Due>| due.is_some_and(|due| due.at <= now);
            passed(due) && (told || !passed(before))
        };
        let before = facts.dues;
        facts.response_told = is_told(facts.response_told, before.response, dues.response);
        facts.resolution_told = is_told(facts.resolution_told, before.resolution, dues.resolution);
        conn.set_told(id, facts.response_told, facts.resolution_told)
            .await?;
        settle(conn, facts, clocks.as_ref(), now).await?;
        let conversation = stored_conversation(conn, id).await?;
        told.push(only_conversation_changed(&conversation, None));
    }
    Ok(told)
}
