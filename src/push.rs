//! Web push: what goes to the push service of a browser, and how it is sealed and signed so that
//! the service can carry it and read nothing of it.
//!
//! Knows no operators and no chats.

mod client;
mod endpoint;
mod seal;
mod vapid;

pub use client::{Answered, PushClient, PushClientError};
pub use endpoint::{Endpoint, EndpointError, Reach};
pub use seal::{BODY_MAX, DeviceKeys, PLAIN_MAX, SealError, seal};
pub use vapid::{VapidError, VapidKey};
