//! Names and pictures of customers, groups and their members.

use std::sync::Arc;

use super::shared::Shared;
use crate::db::DbError;
use crate::db::contacts::stand_in_name;
use crate::db::profiles::{DueMember, DueProfile, FoundProfile};
use crate::line::client::Profile;
use crate::line::{LineChannel, LineError};
use crate::protocol::text::{is_blank, is_directional};
use crate::protocol::time::DAY_MS;
use crate::protocol::{ContactKind, LineId, Timestamp};
use crate::service::change::write_and_tell;
use crate::service::delivery::{tell_conversation, tell_messages};

/// How long one try may take before another node may try.
const IN_HAND_MS: i64 = 60_000;

/// The wait after LINE did not answer.
const WAIT_MS: i64 = 60_000;

/// Fetches a contact's profile and tells the consoles.
pub(super) async fn fetch_contact(shared: Arc<Shared>, due: DueProfile, now: Timestamp) {
    if let Err(error) = try_contact(&shared, due, now).await {
        tracing::warn!(%error, "a profile cannot be stored; it is tried again");
    }
}

/// Fetches a group member's profile and tells the consoles.
pub(super) async fn fetch_member(shared: Arc<Shared>, due: DueMember, now: Timestamp) {
    if let Err(error) = try_member(&shared, due, now).await {
        tracing::warn!(%error, "a member's profile cannot be stored; it is tried again");
    }
}

async fn try_contact(shared: &Shared, due: DueProfile, now: Timestamp) -> Result<(), DbError> {
    let contact = due.contact_id;
    let until = now.plus_ms(IN_HAND_MS);
    let take = shared.db.write(move |mut conn| {
        Box::pin(async move { conn.move_profile(contact, now, until).await })
    });
    if !take.await? {
        return Ok(());
    }
    let asked = match shared.line.line(due.channel_id).await {
        Some(line) => ask(&line, &due).await,
        None => Err(LineError::NotSent("no usable credentials".to_owned())),
    };
    match asked {
        Ok(Some(found)) => save_contact(shared, due, found, now).await,
        Ok(None) | Err(LineError::Refused(_)) => {
            let miss = shared.db.write(move |mut conn| {
                Box::pin(async move { conn.miss_profile(contact, now).await })
            });
            miss.await
        }
        Err(error) => {
            tracing::info!(contact.id = %contact, %error, "a profile cannot be had yet");
            let again = now.plus_ms(WAIT_MS);
            let wait = shared.db.write(move |mut conn| {
                Box::pin(async move { conn.move_profile(contact, until, again).await })
            });
            wait.await.map(drop)
        }
    }
}

async fn ask(line: &LineChannel, due: &DueProfile) -> Result<Option<FoundProfile>, LineError> {
    let id = due.line_user_id.as_str();
    Ok(match due.kind {
        ContactKind::User => {
            let profile = line.profile(id).await?;
            profile.map(|profile| found(profile, &due.line_user_id))
        }
        ContactKind::Group => {
            let Some(group) = line.group_summary(id).await? else {
                return Ok(None);
            };
            let name = shown(group.group_name);
            Some(FoundProfile {
                display_name: name.unwrap_or_else(|| stand_in_name(due.kind, &due.line_user_id)),
                picture_url: picture(group.picture_url),
                // The name is worth having without the number.
                members: line.group_member_count(id).await.ok().flatten(),
                ..FoundProfile::default()
            })
        }
        // LINE gives a multi-person chat neither name nor picture.
        ContactKind::MultiPerson => line
            .room_member_count(id)
            .await?
            .map(|members| FoundProfile {
                display_name: stand_in_name(due.kind, &due.line_user_id),
                members: Some(members),
                ..FoundProfile::default()
            }),
    })
}

async fn save_contact(
    shared: &Shared,
    due: DueProfile,
    found: FoundProfile,
    now: Timestamp,
) -> Result<(), DbError> {
    write_and_tell(&shared.db, &shared.hub, move |mut conn| {
        Box::pin(async move {
            let (is_new, renamed) = conn.save_profile(&due, found, now).await?;
            if is_new {
                tell_conversation(&mut conn, due.conversation_id, &renamed).await
            } else {
                Ok(Vec::new())
            }
        })
    })
    .await
}

async fn try_member(shared: &Shared, due: DueMember, now: Timestamp) -> Result<(), DbError> {
    let until = now.plus_ms(IN_HAND_MS);
    if !move_member(shared, &due, now, until).await? {
        return Ok(());
    }
    let (group, member) = (due.group_line_id.as_str(), due.line_user_id.as_str());
    let asked = match (shared.line.line(due.channel_id).await, due.kind) {
        (Some(line), ContactKind::MultiPerson) => line.room_member_profile(group, member).await,
        (Some(line), _) => line.group_member_profile(group, member).await,
        (None, _) => Err(LineError::NotSent("no usable credentials".to_owned())),
    };
    match asked.map(|profile| profile.map(|profile| found(profile, &due.line_user_id))) {
        Ok(Some(found)) => save_member(shared, due, found, now).await,
        Ok(None) | Err(LineError::Refused(_)) => {
            move_member(shared, &due, until, now.plus_ms(DAY_MS))
                .await
                .map(drop)
        }
        Err(error) => {
            tracing::info!(contact.id = %due.contact_id, %error, "a member cannot be had yet");
            move_member(shared, &due, until, now.plus_ms(WAIT_MS))
                .await
                .map(drop)
        }
    }
}

async fn move_member(
    shared: &Shared,
    due: &DueMember,
    from: Timestamp,
    to: Timestamp,
) -> Result<bool, DbError> {
    let due = due.clone();
    shared
        .db
        .write(move |mut conn| {
            Box::pin(async move {
                conn.move_member(due.contact_id, &due.line_user_id, from, to)
                    .await
            })
        })
        .await
}

async fn save_member(
    shared: &Shared,
    due: DueMember,
    found: FoundProfile,
    now: Timestamp,
) -> Result<(), DbError> {
    write_and_tell(&shared.db, &shared.hub, move |mut conn| {
        Box::pin(async move {
            let renamed = conn.save_member(&due, &found, now).await?;
            tell_messages(&mut conn, due.conversation_id, &renamed).await
        })
    })
    .await
}

/// What LINE says, fit to be stored; under the stand-in when nothing of the name can be seen.
fn found(profile: Profile, id: &LineId) -> FoundProfile {
    let name = shown(profile.display_name);
    FoundProfile {
        display_name: name.unwrap_or_else(|| stand_in_name(ContactKind::User, id)),
        picture_url: picture(profile.picture_url),
        status_message: profile.status_message.and_then(shown),
        language: profile.language.and_then(shown),
        members: None,
    }
}

/// A text that every database takes and that turns nothing beside it; `None` when nothing of it
/// can be seen.
fn shown(text: String) -> Option<String> {
    let mut text = text.replace('\0', "\u{fffd}");
    text.retain(|c| !is_directional(c));
    (!is_blank(&text)).then_some(text)
}

fn picture(url: Option<String>) -> Option<String> {
    url.filter(|url| url.starts_with("https://") || url.starts_with("http://"))
        .and_then(shown)
}
