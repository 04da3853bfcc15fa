//! Rules that run by themselves, and what they go by: the team's zone and its business hours.

mod assignment;
mod bot;
mod closing;
mod hours;
mod pages;
mod replies;
mod survey;
mod targets;
