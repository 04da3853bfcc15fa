//! LINE's webhook: what is refused, and what each kind of event becomes.

mod cards;
mod details;
mod events;
mod flags;
mod order;
mod refusals;
