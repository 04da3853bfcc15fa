//! The contract's section 2: what is answered over HTTP.

mod health;
mod login;
mod media;
mod outage;
mod pages;
mod session;
