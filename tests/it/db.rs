//! The store by itself: how each statement finds its rows.

mod plans;
mod statements;
mod totals;
mod upgrade;
