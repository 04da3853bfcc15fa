//! The program itself: commands, start-up errors, backup.

mod backup;
mod log;
mod migrate;
mod operator;
mod program;
mod start;
