//! What comes with an event that is no message: kept by LINE's names, and what is worth it in
//! words.

use std::collections::BTreeMap;

use crate::line::webhook::EventKind;

/// What came with an event, by LINE's names.
pub(super) fn params_of(kind: &EventKind) -> BTreeMap<String, String> {
    let mut params = BTreeMap::new();
    let mut put = |name: &str, value: &str| {
        if !value.is_empty() {
            params.insert(name.to_owned(), value.to_owned());
        }
    };
    match kind {
        EventKind::Postback { params, .. } => {
            for (name, value) in params {
                put(name, value);
            }
        }
        EventKind::Follow { is_unblocked } => put("isUnblocked", &is_unblocked.to_string()),
        EventKind::VideoPlayComplete { tracking_id } => put("trackingId", tracking_id),
        EventKind::Beacon {
            hwid,
            action,
            device_message,
        } => {
            put("hwid", hwid);
            put("type", action);
            put("dm", device_message.as_deref().unwrap_or_default());
        }
        EventKind::AccountLink { linked, .. } => {
            put("result", if *linked { "ok" } else { "failed" });
        }
        EventKind::Membership {
            action,
            membership_id,
        } => {
            put("type", action);
            put("membershipId", membership_id);
        }
        EventKind::Activated {
            expire_at: Some(at),
        } => put("expireAt", &at.to_string()),
        // A customer's messages have details of their own; of the others the name says it all.
        EventKind::Message(_)
        | EventKind::MessageEdited(_)
        | EventKind::Unsend { .. }
        | EventKind::Unfollow
        | EventKind::Join
        | EventKind::Leave
        | EventKind::MemberJoined { .. }
        | EventKind::MemberLeft { .. }
        | EventKind::Module(_)
        | EventKind::Activated { expire_at: None }
        | EventKind::Deactivated
        | EventKind::BotSuspended
        | EventKind::BotResumed
        | EventKind::Delivery { .. }
        | EventKind::Unsupported { .. } => {}
    }
    params
}

/// What a console says of it beside the event's own words: the date that was chosen, whether
/// somebody came or stays.
pub(super) fn words_of(kind: &EventKind) -> Option<String> {
    use EventKind::{Beacon, Membership, Postback};
    let words = if let Postback { params, .. } = kind {
        let pairs = params
            .iter()
            .map(|(name, value)| format!("{name}: {value}"));
        pairs.collect::<Vec<_>>().join(", ")
    } else if let Beacon { action, .. } | Membership { action, .. } = kind {
        action.clone()
    } else {
        String::new()
    };
    Some(words).filter(|words| !words.is_empty())
}
