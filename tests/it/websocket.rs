//! The contract's section 3, row by row, over real sockets.

mod auth;
mod endings;
mod frames;
mod messages;
mod rates;
mod rooms;
mod sessions;
mod typing;
