//! WebSocket close codes (RFC 6455 section 7.4; 4000 to 4999 are the application's).

/// Why the server closes a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum CloseCode {
    /// The server restarts: reconnect at once, with jitter.
    GoingAway = 1001,
    /// The client's frames are not those of RFC 6455.
    ProtocolError = 1002,
    /// A text that is not UTF-8.
    NotUtf8 = 1007,
    /// The client goes on sending what is refused, or has too many sockets.
    Refused = 1008,
    /// A frame over 64 KiB.
    TooLarge = 1009,
    /// No valid `auth` in time.
    NotAuthenticated = 4401,
    /// The operator was disabled.
    Forbidden = 4403,
    /// Nothing heard for two and a half heartbeats.
    HeartbeatMissed = 4408,
    /// The client reads too slowly: reconnect and resume.
    TooSlow = 4429,
}

impl CloseCode {
    /// The number on the wire.
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// A few words for the close frame.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::GoingAway => "going away",
            Self::ProtocolError => "protocol error",
            Self::NotUtf8 => "not UTF-8",
            Self::Refused => "too much that is refused",
            Self::TooLarge => "frame too large",
            Self::NotAuthenticated => "not authenticated",
            Self::Forbidden => "forbidden",
            Self::HeartbeatMissed => "heartbeat missed",
            Self::TooSlow => "reading too slowly",
        }
    }
}
