//! The store by itself: how each statement finds its rows.

mod batches;
mod plans;
mod statements;
mod totals;
mod turns;
mod upgrade;
