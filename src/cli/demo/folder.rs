//! A folder that goes when the demo ends.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use uuid::Uuid;

/// A new private folder; dropping it removes it with all that is in it.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn make() -> std::io::Result<Self> {
        let path = std::env::temp_dir().join(format!("sala-demo-{}", Uuid::new_v4().simple()));
        DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(path = %self.0.display(), %error, "the demo's folder stays");
        }
    }
}
