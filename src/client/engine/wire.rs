//! What goes into the engine and what comes out of it.

use crate::api::{ThreadCursor, ThreadPage};
use crate::client::outbox::{Item, OutboxChange};
use crate::protocol::{
    ClientFrame, ClientId, Command, Conversation, ErrorPayload, MediaId, Message, OperatorRef,
    Room, ServerEvent, ServerFrame,
};

/// One attempt at a connection; what belongs to an earlier attempt is ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt(pub u64);

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The console is there; `queue` is what an earlier page load left unsent.
    Start {
        /// In the order of their writing.
        queue: Vec<Item>,
    },
    /// The console goes away.
    Stop,
    /// A token was fetched.
    TokenReady {
        /// For `auth`.
        token: String,
        /// Until it is refused.
        expires_in_ms: i64,
    },
    /// No token could be had.
    TokenFailed {
        /// The server said that nobody is signed in; otherwise it could not be reached.
        signed_out: bool,
    },
    /// The socket is open.
    Opened(Attempt),
    /// The socket brought a frame.
    Frame(Attempt, Box<ServerFrame>),
    /// The socket closed, or could not be opened.
    Closed(Attempt, u16),
    /// Time went by; see [`super::Engine::deadline`].
    Tick,
    /// The browser has a network again.
    Online,
    /// The browser lost its network.
    Offline,
    /// The tab came to the front.
    Visible,
    /// The operator does not want to wait.
    ReconnectNow,
    /// The operator opened a conversation or none; `known` is the newest `rev` of its lines here.
    Open {
        /// Which.
        room: Option<Room>,
        /// Absent when its lines are not here.
        known: Option<i64>,
    },
    /// The operator gives a refused or waiting message up.
    Discard(ClientId),
    /// A message's file is with the server, or will never be.
    Uploaded(ClientId, Result<MediaId, ErrorPayload>),
    /// The operator wants something else.
    Command(Command),
    /// The operator types, or stopped.
    Typing(Room, bool),
    /// The list was refreshed; with what it says of each conversation. Absent when it failed.
    Listed(Option<Vec<(Room, i64)>>),
    /// A thread was fetched over HTTP.
    Polled {
        /// Which.
        room: Room,
        /// Only what changed after this was asked for.
        after: Option<i64>,
        /// Absent when it failed.
        page: Option<Box<ThreadPage>>,
    },
    /// A conversation does not exist, or not for this operator.
    Missing(Room),
    /// A message was sent over HTTP.
    Posted(ClientId, Posted),
}

/// A conversation and lines of it at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// As it was.
    pub conversation: Conversation,
    /// In display order.
    pub messages: Vec<Message>,
    /// How the lines stand to those that are here.
    pub extent: Extent,
    /// Colleagues who look at the conversation, where the answer says so.
    pub viewers: Option<Vec<OperatorRef>>,
}

/// How the lines of a [`Snapshot`] stand to those that are here.
#[derive(Clone, Debug, PartialEq)]
pub enum Extent {
    /// All that changed: merge them.
    Changes,
    /// The latest: they replace what is here. The answer does not say what is before them.
    Latest,
    /// The latest, with where older history is.
    LatestBefore(Option<ThreadCursor>),
}

/// How sending over HTTP ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Posted {
    /// Stored.
    Stored {
        /// Of the conversation.
        rev: i64,
        /// The line.
        message: Box<Message>,
    },
    /// Not taken.
    Refused(ErrorPayload),
    /// Nobody knows; to be tried again with the same key.
    Unreachable,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Open a socket.
    Connect(Attempt),
    /// Close it; nothing of it is wanted any more.
    Disconnect(Attempt),
    /// Send a frame over the socket.
    Send(Box<ClientFrame>),
    /// Fetch a token.
    FetchToken,
    /// Take an event over into the store.
    Apply(Box<ServerEvent>),
    /// Take lines of a conversation over into the store.
    Snapshot(Box<Snapshot>),
    /// An outgoing message changed its state.
    Outbox(OutboxChange),
    /// The connection has another state.
    State(LinkState),
    /// Refresh the list over HTTP, then say [`Input::Listed`].
    RefreshList,
    /// Fetch what changed over HTTP (or the latest), then say [`Input::Polled`].
    PollThread {
        /// Of which conversation.
        room: Room,
        /// The newest `rev` that is known.
        after_rev: Option<i64>,
    },
    /// Give a command over HTTP; of a message say [`Input::Posted`] then.
    Call(Command),
    /// A command was refused.
    Refused {
        /// Which.
        command: Command,
        /// Why.
        error: ErrorPayload,
    },
    /// The connection went before a command's answer came.
    Unanswered {
        /// Which.
        command: Command,
    },
    /// A conversation is not followed any more; its lines would grow old.
    Left(Room),
    /// A conversation does not exist, or not for this operator.
    Gone(Room),
}

/// How the engine is connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkState {
    /// Not started, or stopped.
    #[default]
    Disconnected,
    /// Fetching a token or opening the socket.
    Connecting,
    /// The socket is open, `auth` is on its way.
    Authenticating,
    /// Events flow; `resumed` after an interruption.
    Connected {
        /// Not the first connection of this page.
        resumed: bool,
    },
    /// Waiting for the next attempt.
    Reconnecting {
        /// On the engine's clock.
        at: i64,
    },
    /// No network, says the browser.
    Offline,
    /// Sockets do not work, server functions do.
    Polling,
    /// Nobody is signed in.
    SignedOut,
}
