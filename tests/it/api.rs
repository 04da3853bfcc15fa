//! The contract's section 2: what is answered over HTTP.

mod connections;
mod health;
mod login;
mod metrics;
mod media;
mod outage;
mod pages;
mod session;
