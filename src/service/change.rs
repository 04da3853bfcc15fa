//! A durable change, as it is told to clients.

use futures_util::future::BoxFuture;

use crate::db::conversations::ConversationHead;
use crate::db::messages::NewMessage;
use crate::db::{Conn, Db, DbError, Telling};
use crate::protocol::line_details::LineDetails;
use crate::protocol::message::{Direction, EventLine, Sender};
use crate::protocol::text::{NO_NUL, visible};
use crate::protocol::{
    ChannelId, ConnectionId, Content, Conversation, ConversationId, Message, MessageId,
    MessageStatus, OperatorId, Room, ServerEvent, SessionId, Tag, TagId, Timestamp,
};
use crate::realtime::{Audience, Hub, Publication};
use crate::service::ServiceError;

/// The conversation as it is now, for all who see lists.
pub(crate) fn conversation_changed(
    conversation: &Conversation,
    except: Option<ConnectionId>,
) -> Publication {
    to_everyone(conversation, conversation_update(conversation), except)
}

/// As [`conversation_changed`], where the conversation itself is all that this `rev` changed: no
/// line is to be looked for.
pub(crate) fn only_conversation_changed(
    conversation: &Conversation,
    except: Option<ConnectionId>,
) -> Publication {
    to_everyone(conversation, complete_update(conversation), except)
}

fn to_everyone(
    conversation: &Conversation,
    event: ServerEvent,
    except: Option<ConnectionId>,
) -> Publication {
    Publication {
        audience: Audience::Everyone,
        room: Some(conversation.room.clone()),
        rev: Some(conversation.rev),
        event,
        except,
    }
}

/// The event that carries a conversation without messages, and says that there are none.
pub(crate) fn complete_update(conversation: &Conversation) -> ServerEvent {
    let mut event = conversation_update(conversation);
    if let ServerEvent::ConversationUpdate { complete, .. } = &mut event {
        *complete = Some(true);
    }
    event
}

/// The event that carries a conversation without messages.
pub(crate) fn conversation_update(conversation: &Conversation) -> ServerEvent {
    ServerEvent::ConversationUpdate {
        room: conversation.room.clone(),
        rev: conversation.rev,
        conversation: Box::new(conversation.clone()),
        messages: None,
        complete: None,
        viewers: None,
        older: None,
    }
}

/// A new line, for those in the room.
pub(crate) fn message_added(
    room: &Room,
    message: Message,
    except: Option<ConnectionId>,
) -> Publication {
    let (room, rev) = (room.clone(), message.rev);
    to_room(
        ServerEvent::NewMessage {
            room: room.clone(),
            rev,
            message,
        },
        room,
        rev,
        except,
    )
}

/// A line as it is now, for those in the room.
pub(crate) fn message_changed(
    room: &Room,
    message: Message,
    except: Option<ConnectionId>,
) -> Publication {
    let (room, rev) = (room.clone(), message.rev);
    to_room(
        ServerEvent::MessageUpdated {
            room: room.clone(),
            rev,
            message,
        },
        room,
        rev,
        except,
    )
}

fn to_room(event: ServerEvent, room: Room, rev: i64, except: Option<ConnectionId>) -> Publication {
    Publication {
        audience: Audience::Room,
        room: Some(room),
        rev: Some(rev),
        event,
        except,
    }
}

/// That a section of the settings is not as it was.
pub(crate) fn settings_changed(section: &str) -> Publication {
    Publication {
        audience: Audience::Everyone,
        room: None,
        rev: None,
        event: ServerEvent::SettingsUpdate {
            section: section.to_owned(),
            tag: None,
            deleted_tag: None,
        },
        except: None,
    }
}

/// The same of what is one operator's own, for their consoles alone.
pub(crate) fn settings_of(operator: OperatorId, section: &str) -> Publication {
    let mut told = settings_changed(section);
    told.audience = Audience::Operator(operator);
    told
}

/// That a tag is another one on all conversations, or on none any more.
pub(crate) fn tags_changed(tag: Option<Tag>, deleted_tag: Option<TagId>) -> Publication {
    let mut told = settings_changed("tags");
    told.event = ServerEvent::SettingsUpdate {
        section: "tags".to_owned(),
        tag,
        deleted_tag,
    };
    told
}

/// Something for all connections of one operator. Other nodes hear it, since it is durable.
pub(crate) fn told_to(operator: OperatorId, rev: i64, event: ServerEvent) -> Publication {
    Publication {
        audience: Audience::Operator(operator),
        room: None,
        rev: Some(rev),
        event,
        except: None,
    }
}

/// Runs a change and, once it is durable, tells the consoles what it answers.
pub(crate) async fn write_and_tell<F>(db: &Db, hub: &Hub, change: F) -> Result<(), DbError>
where
    F: for<'a> FnOnce(Conn<'a>) -> BoxFuture<'a, Result<Vec<Publication>, DbError>>
        + Send
        + 'static,
{
    let hub = hub.clone();
    db.write_and(change, move |told| ((), telling(hub, told)))
        .await
}

/// How the consoles are told of a change once it is durable.
pub(crate) fn telling(hub: Hub, publications: Vec<Publication>) -> Vec<Telling> {
    vec![Box::new(move || publish_all(&hub, publications))]
}

/// Hands the events of one commit to the hub, in their order.
fn publish_all(hub: &Hub, publications: Vec<Publication>) {
    for publication in publications {
        if let ServerEvent::NewMessage { message, .. }
        | ServerEvent::MessageUpdated { message, .. } = &publication.event
        {
            tracing::debug!(message.id = %message.id, message.rev = message.rev, "durable; the consoles are told");
        }
        hub.publish(publication);
    }
}

/// A system line to be added.
pub(crate) struct SystemMessage {
    pub(crate) conversation: ConversationId,
    pub(crate) channel: ChannelId,
    pub(crate) session: Option<SessionId>,
    pub(crate) rev: i64,
    pub(crate) event: EventLine,
    /// A plain English sentence, for programs.
    pub(crate) text: String,
    pub(crate) at: Timestamp,
    /// Where it stands among others.
    pub(crate) place: Timestamp,
    /// What else LINE says, where it is LINE's.
    pub(crate) details: LineDetails,
    /// LINE's JSON of the event, where it is LINE's.
    pub(crate) raw: Option<String>,
}

/// Adds a system line and answers it.
pub(crate) async fn add_system_message(
    conn: &mut Conn<'_>,
    line: SystemMessage,
) -> Result<Message, DbError> {
    let new = NewMessage {
        id: MessageId::generate(),
        conversation: line.conversation,
        channel: line.channel,
        session: line.session,
        rev: line.rev,
        direction: Direction::System,
        status: MessageStatus::Received,
        client_id: None,
        line_message_id: None,
        quote_message_id: None,
        quote_token: None,
        sender: Sender::system(),
        content: Content::Event {
            event: line.event,
            text: Some(line.text),
        },
        line: line.details,
        mentions: Vec::new(),
        raw: line.raw,
        at: line.at,
        place: line.place,
    };
    add_message(conn, new).await
}

/// What operators did with a chat, as its line tells it.
pub(crate) struct Told {
    /// In which session.
    pub(crate) session: Option<SessionId>,
    pub(crate) event: EventLine,
    /// A plain English sentence, for programs.
    pub(crate) text: String,
}

/// Adds a system line of our own, at the `rev` that the change of the conversation has. Lists do
/// not show it.
pub(crate) async fn add_own_line(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    told: Told,
    now: Timestamp,
) -> Result<Message, DbError> {
    let at = head.behind(now);
    let line = SystemMessage {
        conversation: head.id,
        channel: head.channel_id,
        session: told.session,
        rev: head.rev,
        event: told.event,
        text: told.text,
        at,
        place: at,
        details: LineDetails::default(),
        raw: None,
    };
    let message = add_system_message(conn, line).await?;
    conn.record_quiet(head.id, at).await?;
    Ok(message)
}

/// Adds a line and answers it as it is shown.
pub(crate) async fn add_message(conn: &mut Conn<'_>, new: NewMessage) -> Result<Message, DbError> {
    conn.insert_message(&new).await?;
    match new.content.file() {
        // What is shown of a file is the file's own business.
        Some(_) => stored_message(conn, new.id).await,
        None => Ok(new.shown()),
    }
}

/// A line that this transaction has written.
pub(crate) async fn stored_message(conn: &mut Conn<'_>, id: MessageId) -> Result<Message, DbError> {
    conn.message(id).await?.ok_or(DbError::Row {
        table: "messages",
        why: format!("{id} is missing"),
    })
}

/// A conversation that this transaction has touched.
pub(crate) async fn stored_conversation(
    conn: &mut Conn<'_>,
    id: ConversationId,
) -> Result<Conversation, DbError> {
    conn.conversation(id).await?.ok_or(DbError::Row {
        table: "conversations",
        why: format!("{id} is missing"),
    })
}

/// The most units of a remark on transfer and close.
const NOTE_MAX_UTF16: usize = 1_000;

/// A remark, checked; one of which nothing can be seen is none.
pub(crate) fn remark(note: Option<String>) -> Result<Option<String>, ServiceError> {
    let note = visible(note);
    if note.as_deref().is_some_and(|note| note.contains('\0')) {
        return Err(ServiceError::Validation(NO_NUL.into()));
    }
    if note
        .as_deref()
        .is_some_and(|n| crate::protocol::message::utf16_len(n) > NOTE_MAX_UTF16)
    {
        return Err(ServiceError::Validation(
            "A remark has at most 1,000 UTF-16 units.".into(),
        ));
    }
    Ok(note)
}
