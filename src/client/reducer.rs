//! What the server says → the store.
