//! Files and folders that only their owner may open.

use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

/// Of a private file.
pub const FILE: u32 = 0o600;
/// Of a private folder.
pub const FOLDER: u32 = 0o700;

/// Makes the folder unless it is there, private from the start.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() {
        return Ok(());
    }
    DirBuilder::new()
        .recursive(true)
        .mode(FOLDER)
        .create(folder)
}

/// Takes all others' rights away, if any have some, and says so in the log. What cannot be
/// changed, as somebody else's file, is said too: it is no reason not to start.
pub fn close_to_others(path: &Path, mode: u32) {
    let Ok(found) = fs::metadata(path) else {
        return;
    };
    let was = found.permissions().mode() & 0o7777;
    let others = was & !mode & 0o077;
    if others == 0 {
        return;
    }
    let (shown, was) = (path.display(), format!("{was:o}"));
    match fs::set_permissions(path, Permissions::from_mode(mode)) {
        Ok(()) => tracing::warn!(
            path = %shown, was, now = format!("{mode:o}"),
            "others on this machine could open it; now only its owner can"
        ),
        Err(error) => tracing::warn!(
            path = %shown, was, %error,
            "others on this machine can open it, and that cannot be changed"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rights_of_others_are_taken_away() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("file");
        fs::write(&path, "x").expect("written");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        for (before, after) in [
            (0o644, 0o600),
            (0o660, 0o600),
            (0o400, 0o400),
            (0o600, 0o600),
        ] {
            fs::set_permissions(&path, Permissions::from_mode(before)).expect("changed");
            close_to_others(&path, FILE);
            assert_eq!(mode(&path), after, "{before:o}");
        }
        close_to_others(&folder.path().join("absent"), FILE);
    }
}
