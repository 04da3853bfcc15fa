//! Identifiers, one type for each kind, so that none stands in for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id; UUID version 7, so that ids sort by the time of their making.
            #[cfg(feature = "ssr")]
            pub fn generate() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id! {
    /// One LINE Official Account as Sala knows it.
    ChannelId
}
id! {
    /// One customer, group or multi-person chat of one channel.
    ContactId
}
id! {
    /// One conversation; clients name it by its [`super::Room`].
    ConversationId
}
id! {
    /// One message in a conversation.
    MessageId
}
id! {
    /// One stretch of work on a conversation, from waiting to closed.
    SessionId
}
id! {
    /// One person who answers customers.
    OperatorId
}
id! {
    /// One stored image, video, sound or file.
    MediaId
}
id! {
    /// One text that is ready to be sent.
    CannedId
}
id! {
    /// One word that conversations are marked with.
    TagId
}
id! {
    /// One list with a filter that is kept under a name.
    ViewId
}
id! {
    /// One WebSocket connection.
    ConnectionId
}
id! {
    /// The idempotency key of an outgoing message, made by the client.
    ClientId
}

impl ClientId {
    /// A new random key.
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }
}
