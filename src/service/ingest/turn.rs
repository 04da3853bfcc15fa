//! What follows from whose turn it is after a message: the chat leaves its bot, and clocks begin.

use super::chat::{Chat, Turn};
use crate::db::activity::Recorded;
use crate::db::{Conn, DbError};
use crate::protocol::Mode;
use crate::service::targets::reckon;

/// Lets people answer from now on, where it is their turn.
pub(super) async fn take_turn(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    recorded: Recorded,
    turn: Turn,
) -> Result<(), DbError> {
    if turn == Turn::FromBot {
        let conversation = chat.contact.conversation_id;
        conn.set_mode(conversation, Mode::Human).await?;
    }
    if turn.is_teams() {
        begin_clocks(conn, chat, recorded).await?;
    }
    Ok(())
}

/// The customer waits from now on, where the message is the first that nobody has answered.
async fn begin_clocks(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    recorded: Recorded,
) -> Result<(), DbError> {
    let conversation = chat.contact.conversation_id;
    if recorded.snoozed_at.is_some() {
        return reckon(conn, conversation, chat.now).await;
    }
    let Some(clocks) = chat.clocks else {
        return Ok(());
    };
    let opens = recorded.state.open_session().is_none();
    if opens || recorded.waiting_since == Some(chat.at) {
        conn.begin_clocks(conversation, clocks.begin(chat.at, opens))
            .await?;
    }
    Ok(())
}
