//! LINE's own description of its interface (`tests/line/`, Apache-2.0) against every request
//! that the client makes, every answer and every webhook that the simulator gives.

mod fields;
mod openapi;
mod requests;
mod stage;
mod webhooks;

pub use stage::Stage;
