//! The browser's time.
