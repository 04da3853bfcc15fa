//! The store: one set of queries for SQLite and PostgreSQL.
//!
//! Every statement is a method of [`Conn`] in a file named after its aggregate; the text is the
//! same for both databases. Reads take a [`Reader`] (a snapshot); writes go through
//! [`Db::write`], which on SQLite shares one durable commit among all writes that wait.

pub mod activity;
mod alert_settings;
pub mod assignment;
mod audit;
pub mod automatic;
pub mod beacons;
pub mod canned;
pub mod channels;
pub mod contacts;
pub mod content;
pub mod conversations;
pub mod customers;
mod engine;
pub mod files;
pub mod invitations;
mod lane;
pub mod listing;
pub mod logins;
pub mod media;
pub mod mentions;
pub mod messages;
pub mod operator_pictures;
pub mod operators;
pub mod outbox;
pub mod own_account;
pub mod pieces;
mod probe;
pub mod profiles;
pub mod push_devices;
pub mod push_outbox;
pub mod quotas;
mod raw;
pub mod read_tokens;
pub mod retention;
pub mod returns;
pub mod revs;
pub mod roles;
mod rows;
pub mod search;
pub mod sessions;
pub mod snoozes;
mod space;
mod stickers;
mod stretches;
pub mod surveys;
pub mod tags;
pub mod targets;
mod team;
pub mod team_settings;
pub mod timers;
mod unread;
pub mod uploads;
pub mod views;
pub mod webhook_events;
pub mod whole;

pub use audit::Audit;
pub use engine::{Batched, Batches, Conn, Db, DbError, PIPELINE, Pipeline, Reader, Telling};
pub use space::{Beside, Space};
pub use whole::{Settled, backup, relocate};

use engine::Inner;
pub(crate) use engine::{each, later, on_db};
