//! Searching: what is found, what is not, and what stays found when the store moves on.

mod asking;
mod by_tags;
mod desk;
mod filling;
mod fixture;
mod substrings;
mod taken_away;
mod thread_around;
