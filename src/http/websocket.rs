//! `GET /ws/live-chat`: one task for each socket, from upgrade to close.

mod connection;
mod dispatch;
mod socket;
mod upgrade;

pub(crate) use upgrade::routes;
