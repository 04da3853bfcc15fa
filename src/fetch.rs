//! Fetching from LINE in the background.
