//! LINE says every ten seconds that somebody stays near a beacon. That is one message that counts.

use super::chat::Chat;
use crate::db::beacons::Stay;
use crate::db::{Conn, DbError};
use crate::protocol::Timestamp;
use crate::realtime::Publication;
use crate::service::change::{message_changed, stored_message};

/// After so long without a word somebody who stays has come anew.
const VISIT_MS: i64 = 10 * 60 * 1_000;

/// A message counts so long at most, so that it is found without a long look back.
const LINE_MS: i64 = 12 * 60 * 60 * 1_000;

const COUNT: &str = "count";
const UNTIL: &str = "until";

/// Counts one more `stay` on the line that the visit has; `None` when it has none.
pub(super) async fn count(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    hwid: &str,
) -> Result<Option<Vec<Publication>>, DbError> {
    let conversation = chat.contact.conversation_id;
    let since = chat.at.plus_ms(-LINE_MS);
    let stays = conn.beacon_stays(conversation, since).await?;
    let Some(mut stay) = stays
        .into_iter()
        .find(|stay| is_of_visit(stay, hwid, chat.at))
    else {
        return Ok(None);
    };
    let params = &mut stay.content.line.params;
    let count = params.get(COUNT).and_then(|count| count.parse().ok());
    let count = count.unwrap_or(1_u64).saturating_add(1);
    params.insert(COUNT.to_owned(), count.to_string());
    let until = until(&stay).max(chat.at).to_string();
    stay.content.line.params.insert(UNTIL.to_owned(), until);
    if let Some(event) = &mut stay.content.event {
        event.note = Some(format!("stay ×{count}"));
    }
    let rev = conn.bump_rev(conversation, chat.now).await?;
    conn.set_content(stay.id, &stay.content, rev).await?;
    let stored = stored_message(conn, stay.id).await?;
    Ok(Some(vec![message_changed(&chat.room, stored, None)]))
}

fn is_of_visit(stay: &Stay, hwid: &str, at: Timestamp) -> bool {
    let params = &stay.content.line.params;
    let is = |name: &str, value: &str| params.get(name).is_some_and(|it| it == value);
    is("hwid", hwid) && is("type", "stay") && at.since(until(stay)) < VISIT_MS
}

/// When LINE last said it.
fn until(stay: &Stay) -> Timestamp {
    let said = stay.content.line.params.get(UNTIL);
    said.and_then(|at| at.parse().ok()).unwrap_or(stay.at)
}
