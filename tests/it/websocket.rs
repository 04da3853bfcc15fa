//! The contract's section 3, row by row, over real sockets.

mod auth;
mod endings;
mod floods;
mod frames;
mod handshake;
mod last_words;
mod lists;
mod messages;
mod rates;
mod returns;
mod rfc;
mod rooms;
mod sessions;
mod texts;
mod typing;
