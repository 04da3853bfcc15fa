//! What server and browser say to each other: one definition that both ends match on.
//!
//! A leaf: serde types and the rules both sides need, no input or output.

pub mod account;
pub mod addresses;
pub mod alerts;
pub mod automatic;
pub mod bulk;
pub mod canned;
pub mod capacity;
pub mod chosen;
pub mod close;
pub mod command;
pub mod connection;
pub mod contact;
pub mod content;
pub mod conversation;
pub mod customer;
pub mod error;
pub mod event;
mod event_line;
pub mod fault;
pub mod filter;
pub mod frame;
pub mod hours;
pub mod ids;
mod lenient;
pub mod line_account;
pub mod line_details;
pub mod look;
pub mod message;
pub mod operator;
pub mod page;
pub mod passage;
pub mod preferences;
pub mod quota;
pub mod reading;
pub mod room;
pub mod search;
pub mod sending;
pub mod session;
pub mod sticker_package;
pub mod tag;
pub mod targets;
pub mod team;
pub mod team_settings;
pub mod text;
pub mod time;
pub mod upload;
pub mod view;
pub mod zone;

pub use canned::CannedReply;
pub use command::{Answer, Command, Pace};
pub use contact::{Contact, ContactKind};
pub use content::Content;
pub use conversation::{Conversation, Counts, Mode, Tab};
pub use error::{ErrorCode, ErrorPayload};
pub use event::{ClaimedBy, ClientEvent, Degraded, ServerEvent};
pub use filter::{Filter, Sort};
pub use frame::{ClientFrame, FrameError, ServerFrame};
pub use ids::{
    CannedId, ChannelId, ClientId, ConnectionId, ContactId, ConversationId, MediaId, MessageId,
};
pub use ids::{OperatorId, SessionId, TagId, ViewId};
pub use message::{Message, MessageStatus};
pub use operator::{Operator, OperatorPresence, OperatorRef, Presence, Role};
pub use page::{ConsoleStart, ConversationPage, InboxCursor, PAGE_SIZE, ThreadCursor, ThreadPage};
pub use preferences::Preferences;
pub use room::{ChannelName, LineId, Room};
pub use session::{Session, SessionRefusal, SessionState, SessionStatus};
pub use sticker_package::StickerPackage;
pub use tag::Tag;
pub use targets::{ChatTargets, Target};
pub use time::Timestamp;
pub use view::View;
pub use zone::Zone;

/// Milliseconds between two heartbeats of a client.
pub const HEARTBEAT_MS: u32 = 25_000;

/// Most conversations one connection may have joined at a time.
pub const MAX_JOINED_ROOMS: usize = 50;

/// Most bytes of one frame from a client; a larger one closes with 1009.
pub const MAX_CLIENT_FRAME_BYTES: usize = 64 * 1024;

/// Messages that `join_room` answers with when the client does not say what it has.
pub const JOIN_LATEST: u32 = 50;

/// Most changed messages that `join_room` answers with after `after_rev`.
pub const JOIN_RESUME_MAX: u32 = 500;
