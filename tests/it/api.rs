//! The contract's section 2: what is answered over HTTP.

mod health;
mod login;
mod pages;
mod session;
