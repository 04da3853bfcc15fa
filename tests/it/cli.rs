//! The program itself: commands, start-up errors, backup.

mod backup;
mod crowd;
mod log;
mod migrate;
mod nothing_new;
mod operator;
mod private;
mod program;
mod rekey;
mod restore;
mod set_clock;
mod start;
mod unread_log;
mod webhook_log;
