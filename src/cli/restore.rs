//! `sala restore` and `sala restored`.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::args::{DatabaseFlags, RestoreArgs};
use super::backup::sqlite_file;
use super::{CliError, configure};
use crate::app::StartError;
use crate::clock;
use crate::db::files::{self, Files};
use crate::db::{Db, DbError, Settled, backup};
use crate::secrets::private;

pub(super) async fn restore(args: RestoreArgs) -> Result<(), CliError> {
    let database = sqlite_file(args.database)?;
    let file = &args.file;
    let there = Files::of(&database);
    refuse_itself(file, &database)?;
    verify(file).await?;
    if let (false, Some(first)) = (args.force, there.present().first()) {
        return Err(refused(format!(
            "there is {} already: stop Sala and replace it with --force; it is kept",
            first.display()
        )));
    }
    private::make_folder(database.parent().unwrap_or(Path::new("")))?;
    // Until the end, so that nobody opens what is being moved.
    let Some(hold) = there.hold()? else {
        let shown = database.display();
        return Err(refused(format!("{shown} is in use: stop Sala first")));
    };
    // Complete beside its place first, so that a power cut leaves the old one or the new one.
    let draft = Files::of(&there.beside(".restoring"));
    draft.remove()?;
    let settled = match prepare(file, &draft).await {
        Ok(settled) => settled,
        Err(error) => {
            draft.remove()?;
            return Err(error);
        }
    };
    let kept = replace(&there, &draft)?;
    drop(hold);
    check(&database, kept.as_deref()).await?;
    say!("Restored {} from {}.", database.display(), file.display());
    if let Some(kept) = kept {
        say!("The database that was there is now {}.", kept.display());
    }
    say(settled);
    Ok(())
}

/// What `restore` does to a copy, for a database that was put back by other means.
pub(super) async fn restored(flags: DatabaseFlags) -> Result<(), CliError> {
    let config = configure(|settings| flags.apply(settings))?;
    let db = Db::open_existing(&config.database.as_str())
        .await
        .map_err(StartError::Db)?;
    let settling = db
        .write(|mut conn| Box::pin(async move { conn.settle_restored(clock::now()).await }))
        .await;
    db.close().await;
    say(settling.map_err(StartError::Db)?);
    Ok(())
}

fn say(settled: Settled) {
    say!("All log-ins have ended ({}).", settled.logins);
    if settled.messages > 0 {
        say!(
            "{} messages waited to be sent; since they may have been sent, they are now marked as not confirmed.",
            settled.messages
        );
    }
}

fn refuse_itself(file: &Path, database: &Path) -> Result<(), CliError> {
    match (file.canonicalize(), database.canonicalize()) {
        (Ok(file), Ok(database)) if file == database => Err(refused(format!(
            "{} is the database itself; name a copy that `sala backup` made",
            database.display()
        ))),
        _ => Ok(()),
    }
}

async fn verify(file: &Path) -> Result<(), CliError> {
    backup::verify(file).await.map_err(|error| {
        let why = match error {
            DbError::Damaged(why) => why,
            other => other.to_string(),
        };
        refused(format!("{} is no sound copy: {why}", file.display()))
    })
}

/// Copies the file and makes it ready to be started.
async fn prepare(file: &Path, draft: &Files) -> Result<Settled, CliError> {
    let mut to = files::make_private(draft.database())?;
    io::copy(&mut File::open(file)?, &mut to)?;
    drop(to);
    let settled = backup::settle(draft.database(), clock::now())
        .await
        .map_err(|error| {
            refused(if backup::is_of_newer(&error) {
                let shown = file.display();
                format!("{shown} was made by a newer Sala: restore it with that version")
            } else {
                format!("{} cannot be restored: {error}", file.display())
            })
        })?;
    File::open(draft.database())?.sync_all()?;
    Ok(settled)
}

/// Puts the draft into its place; answers where what was there is now.
fn replace(there: &Files, draft: &Files) -> Result<Option<PathBuf>, CliError> {
    let kept = if there.present().is_empty() {
        None
    } else {
        Some(there.move_aside()?)
    };
    fs::rename(draft.database(), there.database())?;
    let folder = there.database().parent().unwrap_or(Path::new(""));
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    File::open(folder)?.sync_all()?;
    Ok(kept)
}

/// Opens it as the server will.
async fn check(database: &Path, kept: Option<&Path>) -> Result<(), CliError> {
    let trying = async {
        let db = Db::open_existing(&format!("sqlite://{}", database.display())).await?;
        let alive = db.ping().await;
        db.close().await;
        alive
    };
    trying.await.map_err(|error: DbError| {
        let kept = kept.map_or_else(String::new, |kept| {
            format!("; what was there before is {}", kept.display())
        });
        refused(format!(
            "{} was put in place but cannot be opened ({error}){kept}",
            database.display()
        ))
    })
}

fn refused(sentence: String) -> CliError {
    CliError::Refused(sentence)
}
