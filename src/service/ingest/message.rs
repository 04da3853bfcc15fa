//! Customers' messages: new ones, edited ones, and those taken back.

use super::chat::{Chat, Turn};
use super::compose::{Composed, compose, unsupported};
use super::details::params_of;
use super::turn::take_turn;
use crate::db::activity::{Inbound, Recorded};
use crate::db::messages::{Edited, MessagePlace, NewMessage};
use crate::db::read_tokens::NewReadToken;
use crate::db::{Conn, DbError};
use crate::line::webhook::{EventKind, Message, MessageContent, ParsedEvent};
use crate::protocol::line_details::LineDetails;
use crate::protocol::message::{Direction, EventLine};
use crate::protocol::{Content, MediaId, Message as Line, MessageId, MessageStatus, Timestamp};
use crate::realtime::Publication;
use crate::service::change::{add_message, message_added, message_changed, stored_message};
use crate::service::targets::reckon;

/// What LINE knows a message by.
struct LineKeys {
    id: String,
    quote_token: Option<String>,
    quotes: Option<MessageId>,
    read_token: Option<String>,
}

/// A customer's message that is to be stored.
pub(super) struct Arriving {
    id: MessageId,
    composed: Composed,
    status: MessageStatus,
    line: Option<LineKeys>,
    /// Where it stands among others.
    place: Timestamp,
    /// Who is to answer it.
    turn: Turn,
}

/// A customer's message that is stored.
pub(super) struct Stored {
    pub(super) message: Line,
    /// Who is to answer it.
    pub(super) turn: Turn,
}

/// What is to be stored of a customer's message; `None` when it is here already.
pub(super) async fn arriving(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    message: &Message,
) -> Result<Option<Arriving>, DbError> {
    if chat.message_is_here {
        return Ok(None);
    }
    let composed = compose(message);
    let turn = chat.turn(words(&composed), None);
    arriving_as(conn, chat, message, composed, turn).await
}

/// What a message says, where it is words.
fn words(composed: &Composed) -> Option<&str> {
    match &composed.content {
        Content::Text(text) => Some(text),
        Content::Sticker { .. }
        | Content::Image(_)
        | Content::Video(_)
        | Content::Audio(_)
        | Content::File(_)
        | Content::Location(_)
        | Content::Flex(_)
        | Content::Template(_)
        | Content::Unsupported { .. }
        | Content::Event { .. }
        | Content::Rest { .. } => None,
    }
}

/// As [`arriving`], of what was made of the message.
async fn arriving_as(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    message: &Message,
    composed: Composed,
    turn: Turn,
) -> Result<Option<Arriving>, DbError> {
    let mut composed = composed;
    let place = chat.place(conn).await?;
    let mut line = LineKeys {
        id: message.id.clone(),
        quote_token: None,
        quotes: None,
        read_token: None,
    };
    if chat.unsent_early {
        conn.forget_early_unsend(chat.channel.id, &message.id)
            .await?;
        return Ok(Some(Arriving {
            id: MessageId::generate(),
            composed: Composed::from(Content::Rest {
                kind: composed.content.kind(),
                text: None,
            }),
            status: MessageStatus::Unsent,
            line: Some(line),
            place,
            turn,
        }));
    }
    if let Some(id) = &message.quoted_message_id {
        let quoted = conn.message_by_line_id(chat.channel.id, id).await?;
        line.quotes = quoted.map(|place| place.id);
        if line.quotes.is_none() {
            composed.line.quoted_message_id = Some(id.clone());
        }
    }
    line.quote_token.clone_from(&message.quote_token);
    if chat.channel.keeps_read_tokens {
        line.read_token.clone_from(&message.mark_as_read_token);
    }
    Ok(Some(Arriving {
        id: MessageId::generate(),
        composed,
        status: MessageStatus::Received,
        line: Some(line),
        place,
        turn,
    }))
}

/// What is to be stored of an event that Sala does not know.
pub(super) async fn unknown(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    type_name: &str,
) -> Result<Arriving, DbError> {
    let turn = chat.turn(None, None);
    by_itself(conn, chat, unsupported(type_name), turn).await
}

/// What is to be stored of a button that the customer pressed. It is theirs, as a message is:
/// somebody is to answer it.
pub(super) async fn postback(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    kind: &EventKind,
    event: EventLine,
    text: String,
) -> Result<Arriving, DbError> {
    let turn = chat.turn(None, event.detail.as_deref());
    let composed = Composed {
        content: Content::Event {
            event,
            text: Some(text),
        },
        line: LineDetails {
            params: params_of(kind),
            ..LineDetails::default()
        },
    };
    by_itself(conn, chat, composed, turn).await
}

/// A line that LINE has no id for.
async fn by_itself(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    composed: Composed,
    turn: Turn,
) -> Result<Arriving, DbError> {
    Ok(Arriving {
        id: MessageId::generate(),
        composed,
        status: MessageStatus::Received,
        line: None,
        place: chat.place(conn).await?,
        turn,
    })
}

/// For a line that cannot wait for those of others.
async fn record_and_insert(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    parsed: &ParsedEvent,
    arriving: Arriving,
) -> Result<Publication, DbError> {
    let inbound = arriving.inbound(chat);
    let standing = conn.record_inbound(&[inbound]).await?.pop();
    let standing = standing.ok_or(sqlx::Error::RowNotFound)?;
    let stored = insert(conn, chat, parsed, arriving, standing).await?;
    Ok(message_added(&chat.room, stored.message, None))
}

impl Arriving {
    /// What its conversation is to note.
    pub(super) fn inbound(&self, chat: &Chat<'_>) -> Inbound {
        Inbound {
            conversation: chat.contact.conversation_id,
            message: self.id,
            at: chat.at,
            place: self.place,
            now: chat.now,
            waits: self.status != MessageStatus::Unsent && self.turn.is_teams(),
        }
    }
}

/// Stores a message in its conversation, which has noted it.
pub(super) async fn insert(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    parsed: &ParsedEvent,
    arriving: Arriving,
    recorded: Recorded,
) -> Result<Stored, DbError> {
    let Arriving {
        id,
        composed,
        status,
        line,
        place,
        turn,
    } = arriving;
    let conversation = chat.contact.conversation_id;
    // To what was taken back before it came there is nothing to answer.
    let session = match status {
        MessageStatus::Unsent => recorded.state.session(),
        _ if !turn.is_teams() => recorded.state.session(),
        _ => Some(chat.open_session(conn, recorded.state).await?),
    };
    if status != MessageStatus::Unsent {
        take_turn(conn, chat, recorded, turn).await?;
    }
    tracing::Span::current().record("message.id", tracing::field::display(id));
    tracing::debug!("a message is stored");
    let media = insert_media(conn, chat, id, &composed).await?;
    let (line_message_id, quote_token, quote_message_id) = match line {
        Some(line) => {
            keep_read_token(conn, chat, line.read_token, recorded.rev).await?;
            (Some(line.id), line.quote_token, line.quotes)
        }
        None => (None, None, None),
    };
    let new = NewMessage {
        id,
        conversation,
        channel: chat.channel.id,
        session,
        rev: recorded.rev,
        direction: Direction::In,
        status,
        client_id: None,
        line_message_id,
        quote_message_id,
        quote_token,
        sender: chat.sender(conn, parsed.event.source.as_ref()).await?,
        content: composed.content.with_file(media),
        line: composed.line,
        mentions: Vec::new(),
        raw: (status != MessageStatus::Unsent).then(|| parsed.raw.clone()),
        at: chat.at,
        place,
    };
    let message = add_message(conn, new).await?;
    Ok(Stored { message, turn })
}

/// Keeps what marks the message as read at LINE.
async fn keep_read_token(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    token: Option<String>,
    rev: i64,
) -> Result<(), DbError> {
    let Some(token) = token else { return Ok(()) };
    conn.keep_read_token(NewReadToken {
        conversation: chat.contact.conversation_id,
        channel: chat.channel.id,
        token,
        rev,
        sent_at: chat.at,
        received_at: chat.now,
    })
    .await
}

async fn insert_media(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    message: MessageId,
    composed: &Composed,
) -> Result<Option<MediaId>, DbError> {
    let Some(media) = composed.content.file() else {
        return Ok(None);
    };
    let conversation = chat.contact.conversation_id;
    let id = conn
        .insert_media(chat.channel.id, conversation, message, media, chat.now)
        .await?;
    Ok(Some(id))
}

/// Replaces what its customer edited; the largest timestamp wins.
pub(super) async fn edit(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    parsed: &ParsedEvent,
    message: &Message,
) -> Result<Vec<Publication>, DbError> {
    let composed = match &message.content {
        MessageContent::Text { .. } => compose(message),
        // LINE lets customers edit texts; what else comes stands for what was there before.
        MessageContent::Image(_)
        | MessageContent::Video(_)
        | MessageContent::Audio(_)
        | MessageContent::File { .. }
        | MessageContent::Location(_)
        | MessageContent::Sticker(_)
        | MessageContent::Card { .. }
        | MessageContent::Unsupported { .. } => unsupported("messageEdited"),
    };
    let mut told = Vec::new();
    if !chat.message_is_here {
        // The original never came: what was made of it is all there is.
        // A comment is what was written at first.
        let turn = match chat.turn(words(&composed), None) {
            Turn::Nobody => Turn::Team,
            turn => turn,
        };
        let arriving = arriving_as(conn, chat, message, composed.clone(), turn).await?;
        if let Some(arriving) = arriving {
            told.push(record_and_insert(conn, chat, parsed, arriving).await?);
        }
    }
    let place = conn
        .message_by_line_id(chat.channel.id, &message.id)
        .await?;
    let Some(place) = place.filter(|place| is_to_be_edited(place, chat.at)) else {
        return Ok(told);
    };
    let rev = conn.bump_rev(place.conversation_id, chat.now).await?;
    let edited = Edited {
        content: composed.content.with_file(None),
        line: composed.line,
        raw: &parsed.raw,
    };
    conn.edit_message(place.id, edited, chat.at, rev).await?;
    let stored = stored_message(conn, place.id).await?;
    told.push(message_changed(&chat.room, stored, None));
    Ok(told)
}

/// What was taken back stays so, and of two edits the later one holds.
fn is_to_be_edited(place: &MessagePlace, at: Timestamp) -> bool {
    place.status != MessageStatus::Unsent && place.edited_at.is_none_or(|before| before < at)
}

/// Takes a message's content away for good, or remembers to when it has not come yet.
pub(super) async fn unsend(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    line_message_id: &str,
) -> Result<Vec<Publication>, DbError> {
    let Some(place) = conn
        .message_by_line_id(chat.channel.id, line_message_id)
        .await?
    else {
        conn.remember_early_unsend(chat.channel.id, line_message_id, chat.now)
            .await?;
        return Ok(Vec::new());
    };
    let rev = conn.bump_rev(place.conversation_id, chat.now).await?;
    conn.unsend_message(place.id, rev).await?;
    if place.status == MessageStatus::Received {
        conn.record_unsend(place.conversation_id, place.created_rev)
            .await?;
        reckon(conn, place.conversation_id, chat.now).await?;
    }
    if let Some(media) = place.media_id {
        conn.delete_media(media).await?;
    }
    let stored = stored_message(conn, place.id).await?;
    Ok(vec![message_changed(&chat.room, stored, None)])
}
