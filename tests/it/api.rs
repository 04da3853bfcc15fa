//! The contract's section 2: what is answered over HTTP.

mod addresses;
mod commands;
mod connections;
mod devices;
mod doors;
mod headers;
mod health;
mod login;
mod media;
mod metrics;
mod outage;
mod own_picture;
mod pages;
mod readiness;
mod session;
mod settings;
mod settings_operators;
mod team_invitations;
mod team_manage;
mod team_own;
