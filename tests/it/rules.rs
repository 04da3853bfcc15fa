//! Rules that run by themselves, and what they go by: the team's zone and its business hours.

mod bot;
mod closing;
mod hours;
mod pages;
mod replies;
mod survey;
