//! Whose picture customers see beside a message.

use super::compose::Links;
use crate::db::outbox::QueuedContent;
use crate::db::{Conn, DbError};
use crate::protocol::OperatorId;

/// Gives each message the picture that its operator has at this moment, which then stays for as
/// long as customers may look at the message.
///
/// # Errors
/// When the database fails.
pub(super) async fn add_faces(
    conn: &mut Conn<'_>,
    contents: &mut [QueuedContent],
    links: &Links,
) -> Result<(), DbError> {
    if !links.are_fetched() {
        return Ok(());
    }
    // Nearly always it is one operator.
    let mut known: Vec<(OperatorId, Option<String>)> = Vec::new();
    for content in contents {
        let Some(sender) = &mut content.sender else {
            continue;
        };
        let Some(operator) = sender.operator else {
            continue;
        };
        let before = known.iter().find(|(id, _)| *id == operator);
        sender.picture = if let Some((_, face)) = before {
            face.clone()
        } else {
            let face = conn.picture_to_send(operator).await?;
            known.push((operator, face.clone()));
            face
        };
    }
    Ok(())
}
