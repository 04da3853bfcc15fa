//! Rules that run by themselves, and what they go by: the team's zone and its business hours.

mod closing;
mod hours;
mod pages;
