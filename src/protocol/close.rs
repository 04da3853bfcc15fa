//! WebSocket close codes (RFC 6455 section 7.4; 4000 to 4999 are the application's).

/// Why the server closes a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum CloseCode {
    /// The server restarts: reconnect at once, with jitter.
    GoingAway = 1001,
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
            Self::TooLarge => "frame too large",
            Self::NotAuthenticated => "not authenticated",
            Self::Forbidden => "forbidden",
            Self::HeartbeatMissed => "heartbeat missed",
            Self::TooSlow => "reading too slowly",
        }
    }
}
