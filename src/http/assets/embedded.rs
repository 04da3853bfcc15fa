//! The site inside the program, for `dist/sala`.

use std::borrow::Cow;

use bytes::Bytes;
use rust_embed::RustEmbed;

use super::{File, short_hex};

// Stops the build where the front end is missing: `cargo leptos build --release --precompress
// --frontend-only` has to come first (`make dist` does both).
const _: &[u8] = include_bytes!("../../../target/site/pkg/sala.wasm");

#[derive(RustEmbed)]
#[folder = "target/site"]
struct Embedded;

pub(super) struct Site;

impl Site {
    pub(super) const fn find() -> Self {
        Self
    }

    #[expect(clippy::unused_self, reason = "the site on disk needs it")]
    pub(super) fn list(&self) -> Vec<String> {
        Embedded::iter().map(Cow::into_owned).collect()
    }

    #[expect(clippy::unused_self, reason = "the site on disk needs it")]
    pub(super) fn read(&self, path: &str) -> Option<File> {
        let file = Embedded::get(path)?;
        let hash = short_hex(&file.metadata.sha256_hash());
        let bytes = match file.data {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => Bytes::from(bytes),
        };
        Some(File { bytes, hash })
    }
}
