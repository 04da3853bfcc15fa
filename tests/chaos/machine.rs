//! The machine under a server, when it is badly kept: its log is not read, its disk fills up, its
//! clock is wrong. What a machine cannot do for us (no root, no libfaketime) is said and left out.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};

/// Large enough for the store of ten minutes, small enough to be filled in an instant.
const DISK_MIB: u32 = 256;

/// The library that shifts the clock of the program that it is loaded into.
const FAKETIME: [&str; 3] = [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/faketime/libfaketimeMT.so.1",
];

/// Between a program's log and whoever reads it.
#[derive(Clone, Default)]
pub struct LogPipe(Arc<AtomicBool>);

impl LogPipe {
    /// From now on nobody reads the log, or somebody does again.
    pub fn stall(&self, stalls: bool) {
        self.0.store(stalls, Ordering::Relaxed);
    }

    /// Carries what a program logs into a file, unless it stalls; until the program ends.
    pub async fn carry(self, mut log: impl AsyncRead + Unpin, file: File) {
        let mut file = tokio::fs::File::from_std(file);
        let mut buffer = vec![0; 16 * 1024];
        loop {
            while self.0.load(Ordering::Relaxed) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            match log.read(&mut buffer).await {
                Ok(length @ 1..) => file.write_all(&buffer[..length]).await.expect("our file"),
                _ => return,
            }
        }
    }
}

/// A file system of our own in memory.
pub struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// Mounted at this new folder; `None` where that is not allowed.
    pub fn mount(folder: PathBuf) -> Option<Self> {
        std::fs::create_dir(&folder).expect("a folder in our own folder");
        let size = format!("size={DISK_MIB}m");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(&folder)
            .stderr(Stdio::null())
            .status();
        let mounted = mount.is_ok_and(|status| status.success());
        mounted.then_some(Self { folder })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn ballast(&self) -> PathBuf {
        self.folder.join("ballast")
    }

    /// Until not one byte is free.
    pub fn fill(&self) {
        let mut ballast = File::create(self.ballast()).expect("room for a file's name");
        for size in [1 << 20, 1 << 12, 1] {
            let piece = vec![0; size];
            while ballast.write_all(&piece).is_ok() {}
        }
    }

    /// As before.
    pub fn free(&self) {
        match std::fs::remove_file(self.ballast()) {
            Err(error) if error.kind() != ErrorKind::NotFound => panic!("ballast: {error}"),
            _ => {}
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A program that has just been killed may still hold a file for a moment.
        let unmount = Command::new("umount").arg("-l").arg(&self.folder).status();
        if !unmount.is_ok_and(|status| status.success()) {
            eprintln!("chaos: {} stays mounted", self.folder.display());
        }
    }
}

/// A clock that can be set, under one program; only its time of day, as on a real machine.
pub struct Clock {
    library: &'static str,
    file: PathBuf,
}

impl Clock {
    /// A clock that is right; `None` without libfaketime.
    pub fn right(folder: &Path) -> Option<Self> {
        let library = FAKETIME.into_iter().find(|it| Path::new(it).exists())?;
        let file = folder.join("clock");
        let clock = Self { library, file };
        clock.set(0);
        Some(clock)
    }

    /// What the program's environment needs.
    pub fn settings(&self) -> [(&'static str, String); 5] {
        [
            ("LD_PRELOAD", self.library.to_owned()),
            ("FAKETIME_TIMESTAMP_FILE", self.file.display().to_string()),
            ("FAKETIME_CACHE_DURATION", "1".to_owned()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
            ("NO_FAKE_STAT", "1".to_owned()),
        ]
    }

    /// So many seconds before or behind the right time.
    pub fn set(&self, seconds: i64) {
        let new = self.file.with_extension("new");
        std::fs::write(&new, format!("{seconds:+}\n")).expect("a file in our own folder");
        std::fs::rename(&new, &self.file).expect("a file in our own folder");
    }
}
