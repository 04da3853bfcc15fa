//! The program itself: commands, start-up errors, backup.

mod backup;
mod migrate;
mod operator;
mod program;
mod start;
