//! `sala rekey`: the secret key is exchanged, in steps that may each be done again.

use super::args::RekeyArgs;
use super::{CliError, configure};
use crate::app::{Core, StartError};
use crate::config::Config;
use crate::secrets::{Exchange, KeySource};

pub(super) async fn run(args: RekeyArgs) -> Result<(), CliError> {
    let config = configure(|settings| args.database.apply(settings))?;
    let core = Core::open_existing(&config).await?;
    let done = exchange(&config, &core, args.end).await;
    core.db.close().await;
    done
}

async fn exchange(config: &Config, core: &Core, end: bool) -> Result<(), CliError> {
    // Before anything is made: a key that does not fit is found out here.
    core.channels.list().await?;
    if end {
        let held = config.key.hold().map_err(StartError::from)?;
        return finish(config, core, held).await;
    }
    let held = config.key.exchange().map_err(StartError::from)?;
    let changed = core.rekey().await?;
    say!("Encrypted the credentials of {changed} channels with the new key.");
    match held {
        Some(held) => {
            let path = held.path().display();
            say!(
                "Keep {path} with your backups, restart Sala, and take the old key out with \
                 `sala rekey --end` ten minutes later; keep the old one for as long as you keep \
                 older backups."
            );
        }
        None => say!("{}", next_of_given(&config.key)),
    }
    Ok(())
}

async fn finish(config: &Config, core: &Core, held: Option<Exchange>) -> Result<(), CliError> {
    // Nothing may be left that only the old key reads.
    core.rekey().await?;
    let Some(held) = held else {
        say!("{}", next_of_given(&config.key));
        return Ok(());
    };
    if held.held().other.is_none() {
        say!("There is no old key in {}.", held.path().display());
        return Ok(());
    }
    held.end().map_err(StartError::from)?;
    say!("The old key is gone; restart Sala, which accepts it until then.");
    Ok(())
}

fn next_of_given(key: &KeySource) -> &'static str {
    match key {
        KeySource::Given(held) if held.other.is_none() => {
            "There is no other key: to exchange it, set SALA_SECRET_KEY to a new one and \
             SALA_SECRET_KEY_OTHER to the old one, as docs/scaling.md says."
        }
        _ => {
            "Keep SALA_SECRET_KEY with your backups, and once every node has it as its \
             SALA_SECRET_KEY, remove SALA_SECRET_KEY_OTHER ten minutes later and restart; keep the \
             old one for as long as you keep older backups."
        }
    }
}
