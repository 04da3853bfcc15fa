//! Where the key comes from: the setting, or a file in the data folder that is made once.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::{MIN_KEY_CHARS, Secret, private, random_token};

/// Where `SALA_SECRET_KEY` comes from.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// The setting itself.
    Given(Secret),
    /// A file beside the SQLite database.
    File(PathBuf),
}

/// The key's file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the secret key in {} cannot be used: {why}", path.display())]
pub struct KeyFileError {
    path: PathBuf,
    why: String,
}

impl KeySource {
    /// The key; makes the file on first start, readable by its owner only.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds no key.
    pub fn load_or_create(&self) -> Result<Secret, KeyFileError> {
        if let Some(key) = self.load()? {
            return Ok(key);
        }
        if let Self::File(path) = self {
            create(path).map_err(|error| failed(path, error.to_string()))?;
            tracing::info!(
                path = %path.display(),
                "made a new secret key; keep it with your backups"
            );
        }
        self.load_existing()
    }

    /// The key; makes nothing.
    ///
    /// # Errors
    /// When there is no file, or it cannot be read, or holds no key.
    pub fn load_existing(&self) -> Result<Secret, KeyFileError> {
        match (self.load()?, self) {
            (Some(key), _) => Ok(key),
            (None, Self::File(path)) => Err(failed(
                path,
                "there is none; put the file back, or set SALA_SECRET_KEY as the server has it"
                    .to_owned(),
            )),
            (None, Self::Given(key)) => Ok(key.clone()),
        }
    }

    /// The key, unless its file is not there.
    ///
    /// # Errors
    /// When the file cannot be read, or holds no key.
    pub fn load(&self) -> Result<Option<Secret>, KeyFileError> {
        let path = match self {
            Self::Given(key) => return Ok(Some(key.clone())),
            Self::File(path) => path,
        };
        match fs::read_to_string(path) {
            Ok(text) if text.trim().chars().count() >= MIN_KEY_CHARS => {
                private::close_to_others(path, private::FILE);
                Ok(Some(Secret::new(text.trim())))
            }
            Ok(_) => Err(failed(
                path,
                format!("it holds fewer than {MIN_KEY_CHARS} characters"),
            )),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(path, error.to_string())),
        }
    }
}

fn failed(path: &Path, why: String) -> KeyFileError {
    KeyFileError {
        path: path.to_owned(),
        why,
    }
}

/// Writes a new key beside `path` and links it there, so that the file is whole or absent and
/// that of two processes that start together both use the same one.
fn create(path: &Path) -> std::io::Result<()> {
    private::make_folder(path.parent().unwrap_or(Path::new("")))?;
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(private::FILE)
        .open(&draft)?;
    let written = writeln!(file, "{}", random_token()).and_then(|()| file.sync_all());
    let linked = written.and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_first_start_makes_a_private_file_and_the_second_reads_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("data/secret.key");
        let source = KeySource::File(path.clone());
        let made = source.load_or_create().expect("made");
        assert_eq!(source.load_or_create().expect("read"), made);
        let permissions = fs::metadata(&path).expect("the file").permissions();
        assert_eq!(permissions.mode() & 0o777, 0o600);
        assert_eq!(
            fs::read_dir(path.parent().expect("data"))
                .expect("listing")
                .count(),
            1
        );
    }

    #[test]
    fn a_file_without_a_key_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("secret.key");
        fs::write(&path, "short\n").expect("written");
        let error = KeySource::File(path)
            .load_or_create()
            .expect_err("too short");
        assert!(error.to_string().contains("secret.key"), "{error}");
    }
}
