//! Where the key comes from: the setting, or a file in the data folder that is made once. While
//! keys are exchanged there are two, in the file the new one on its first line and the old one
//! behind `old: ` on its second.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::{MIN_KEY_CHARS, Secret, private, random_token};

/// Begins the line of the old key.
const OLD: &str = "old: ";

/// The key, and while keys are exchanged the other one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldKeys {
    /// Makes everything new.
    pub current: Secret,
    /// Only reads: the old one, or the one that is to come.
    pub other: Option<Secret>,
}

impl HeldKeys {
    /// A key without another.
    pub fn one(current: Secret) -> Self {
        Self {
            current,
            other: None,
        }
    }
}

/// Where `SALA_SECRET_KEY` comes from.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// The settings themselves.
    Given(HeldKeys),
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
    pub fn load_or_create(&self) -> Result<HeldKeys, KeyFileError> {
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
    pub fn load_existing(&self) -> Result<HeldKeys, KeyFileError> {
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
    pub fn load(&self) -> Result<Option<HeldKeys>, KeyFileError> {
        let path = match self {
            Self::Given(key) => return Ok(Some(key.clone())),
            Self::File(path) => path,
        };
        match fs::read_to_string(path) {
            Ok(text) => {
                let held = parse(&text).ok_or_else(|| {
                    failed(
                        path,
                        format!("it holds fewer than {MIN_KEY_CHARS} characters"),
                    )
                })?;
                private::close_to_others(path, private::FILE);
                Ok(Some(held))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(path, error.to_string())),
        }
    }

    /// Begins to exchange the key of a file: makes a new one and keeps the old one beside it, or
    /// goes on with an exchange that was begun. Nothing for a key that is given.
    ///
    /// # Errors
    /// When there is no file, or it cannot be read or replaced, or another process exchanges keys.
    pub fn exchange(&self) -> Result<Option<Exchange>, KeyFileError> {
        let Some(mut exchange) = self.hold()? else {
            return Ok(None);
        };
        if exchange.held.other.is_none() {
            let old = exchange.held.current;
            exchange.held = HeldKeys {
                current: Secret::new(random_token()),
                other: Some(old),
            };
            exchange.write()?;
        }
        Ok(Some(exchange))
    }

    /// As [`KeySource::exchange`], but makes no new key.
    ///
    /// # Errors
    /// As [`KeySource::exchange`].
    pub fn hold(&self) -> Result<Option<Exchange>, KeyFileError> {
        let Self::File(path) = self else {
            return Ok(None);
        };
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let folder = File::open(folder).map_err(|error| failed(path, error.to_string()))?;
        folder.try_lock().map_err(|_| {
            let why = "another command is exchanging it at this moment";
            failed(path, why.to_owned())
        })?;
        Ok(Some(Exchange {
            held: self.load_existing()?,
            path: path.clone(),
            folder,
        }))
    }
}

/// The file of the key, held so that no other process exchanges it at the same time.
pub struct Exchange {
    held: HeldKeys,
    path: PathBuf,
    /// Locked until it is closed.
    folder: File,
}

impl Exchange {
    /// What the file holds now.
    pub fn held(&self) -> &HeldKeys {
        &self.held
    }

    /// Which file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the old key out of the file.
    ///
    /// # Errors
    /// When the file cannot be replaced.
    pub fn end(mut self) -> Result<(), KeyFileError> {
        self.held.other = None;
        self.write()
    }

    /// Replaces the file as a whole: it never holds less than one key that is in use.
    fn write(&self) -> Result<(), KeyFileError> {
        let mut text = format!("{}\n", self.held.current.expose());
        if let Some(other) = &self.held.other {
            for part in [OLD, other.expose(), "\n"] {
                text.push_str(part);
            }
        }
        let beside = self.path.with_extension("key-exchange");
        // Left by a command that was ended here; nobody else is at work, since the folder is held.
        let _ = fs::remove_file(&beside);
        let replaced = draft(&beside, &text).and_then(|()| {
            fs::rename(&beside, &self.path)?;
            self.folder.sync_all()
        });
        replaced.map_err(|error| failed(&self.path, error.to_string()))
    }
}

/// A file that was made before keys could be exchanged is one key, whatever is in it.
fn parse(text: &str) -> Option<HeldKeys> {
    let is_key = |text: &str| text.chars().count() >= MIN_KEY_CHARS;
    let text = text.trim();
    let (current, other) = match text.rsplit_once('\n') {
        Some((first, last)) => match last.strip_prefix(OLD) {
            Some(old) => (first.trim(), Some(old.trim())),
            None => (text, None),
        },
        None => (text, None),
    };
    (is_key(current) && other.is_none_or(is_key)).then(|| HeldKeys {
        current: Secret::new(current),
        other: other.map(Secret::new),
    })
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
    let beside = path.with_extension(format!("draft-{}", std::process::id()));
    draft(&beside, &format!("{}\n", random_token()))?;
    let linked = fs::hard_link(&beside, path);
    fs::remove_file(&beside)?;
    match linked {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

/// A new file that holds this, durable and private; or none.
fn draft(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(private::FILE)
        .open(path)?;
    let written = file.write_all(text.as_bytes());
    let written = written.and_then(|()| file.sync_all());
    if written.is_err() {
        fs::remove_file(path)?;
    }
    written
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
    fn an_exchange_keeps_the_old_key_until_it_ends_and_goes_on_where_it_was() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("secret.key");
        let source = KeySource::File(path.clone());
        let made = source.load_or_create().expect("made");
        let begun = source.exchange().expect("exchanged").expect("a file");
        assert!(source.exchange().is_err(), "one at a time");
        assert_eq!(begun.held().other, Some(made.current));
        let held = begun.held().clone();
        drop(begun);
        assert_eq!(source.load_existing().expect("read"), held);
        let again = source.exchange().expect("again").expect("a file");
        assert_eq!(again.held(), &held, "no third key");
        let permissions = fs::metadata(&path).expect("the file").permissions();
        assert_eq!(permissions.mode() & 0o777, 0o600);
        again.end().expect("ended");
        let left = source.load_existing().expect("read");
        assert_eq!(left, HeldKeys::one(held.current));
        assert_eq!(fs::read_dir(folder.path()).expect("listing").count(), 1);
    }

    #[test]
    fn a_key_of_several_lines_is_one_key_unless_the_last_is_marked() {
        let (first, last) = ("a".repeat(32), "b".repeat(32));
        let lines = format!("{first}\n{last}");
        assert_eq!(
            parse(&lines),
            Some(HeldKeys::one(Secret::new(lines.as_str())))
        );
        let other = parse(&format!("{first}\nold: {last}\n")).and_then(|held| held.other);
        assert_eq!(other, Some(Secret::new(last)));
        assert_eq!(parse(&format!("{first}\nold: short")), None);
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
