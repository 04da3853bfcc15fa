//! The site on disk, where cargo-leptos puts it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::{File, short_hex};

/// When a file was last written, and how long it is: what tells that it must be hashed again.
type Stamp = (Option<SystemTime>, u64);

pub(super) struct Site {
    root: PathBuf,
    /// By path, one entry a file. A std mutex: it is held for a look-up only.
    hashes: Mutex<HashMap<PathBuf, (Stamp, String)>>,
}

impl Site {
    /// `LEPTOS_SITE_ROOT`, else `target/site` here, else beside the folder that the program was
    /// built into: `target/debug/sala` finds `target/site` from wherever it is started.
    pub(super) fn find() -> Self {
        let named = std::env::var_os("LEPTOS_SITE_ROOT").map(PathBuf::from);
        let here = PathBuf::from("target/site");
        let built = || {
            let program = std::env::current_exe().ok()?;
            let target = program.ancestors().find(|path| path.ends_with("target"))?;
            Some(target.join("site"))
        };
        Self::at(
            named
                .or_else(|| here.is_dir().then_some(here))
                .or_else(built)
                .unwrap_or_default(),
        )
    }

    pub(super) fn at(root: PathBuf) -> Self {
        Self {
            root,
            hashes: Mutex::default(),
        }
    }

    /// All files, as paths below the root.
    pub(super) fn list(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            for path in entries.map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if let Some(name) = path.strip_prefix(&self.root).ok().and_then(Path::to_str)
                {
                    found.push(name.to_owned());
                }
            }
        }
        found
    }

    /// The caller has made sure that `path` stays below the root.
    pub(super) fn read(&self, path: &str) -> Option<File> {
        let path = self.root.join(path);
        let meta = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let stamp = (meta.modified().ok(), meta.len());
        let bytes = Bytes::from(fs::read(&path).ok()?);
        let hash = self.hash(path, stamp, &bytes);
        Some(File { bytes, hash })
    }

    fn hash(&self, path: PathBuf, stamp: Stamp, bytes: &[u8]) -> String {
        let mut hashes = self.hashes.lock().unwrap_or_else(PoisonError::into_inner);
        match hashes.get(&path) {
            Some((known, hash)) if *known == stamp => hash.clone(),
            _ => {
                let hash = short_hex(&Sha256::digest(bytes));
                hashes.insert(path, (stamp, hash.clone()));
                hash
            }
        }
    }
}
