//! What `public/alerts/` hears: what operators are told of, and how the server can be heard.

use crate::client::script::tell;
use crate::client::store::Connection;
use crate::protocol::ServerEvent;

/// Hands on a frame that may be about something to tell, as it came.
pub(super) fn told(event: &ServerEvent, text: &str) {
    if matches!(
        event,
        ServerEvent::ConversationUpdate { .. }
            | ServerEvent::Mentioned { .. }
            | ServerEvent::SessionClaimed { by: Some(_), .. }
            | ServerEvent::SettingsUpdate { .. }
    ) {
        tell("sala-frame", text);
    }
}

/// Says how the server can be heard: by a socket, by asking, or not now.
pub(super) fn connection(shown: Connection) {
    let way = match shown {
        Connection::Live | Connection::CaughtUp => "live",
        Connection::Polling => "polling",
        Connection::Starting
        | Connection::Connecting
        | Connection::Reconnecting { .. }
        | Connection::Offline
        | Connection::SignedOut => "",
    };
    tell("sala-connection", way);
}
