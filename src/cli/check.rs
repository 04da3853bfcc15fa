//! `sala check`: each part is tried, and what is wrong is said.

use super::args::ServerFlags;
use super::{CliError, configure};
use crate::app::Core;
use crate::config::Config;
use crate::line::LineClient;
use crate::realtime::broker;
use crate::secrets::Secret;

pub(super) async fn run(flags: ServerFlags) -> Result<(), CliError> {
    let config = configure(|settings| flags.apply(settings))?;
    say!("ok    configuration");
    for warning in &config.warnings {
        say!("note  {warning}");
    }
    for doubt in config.doubts() {
        say!("note  {doubt}");
    }
    let mut wrong = 0;
    if let Some(url) = &config.redis_url {
        match broker::check(url.expose()).await {
            Ok(()) => say!("ok    Redis"),
            Err(error) => {
                wrong += 1;
                say!("WRONG Redis: {error}");
            }
        }
    }
    match database(&config).await {
        Ok(core) => {
            say!("ok    database ({})", core.db.kind());
            wrong += channels(&config, &core).await;
            core.db.close().await;
        }
        Err(error) => {
            wrong += 1;
            say!("WRONG database: {error}");
        }
    }
    match wrong {
        0 => Ok(()),
        1 => Err(CliError::Refused(
            "something is wrong, see above".to_owned(),
        )),
        several => Err(CliError::Refused(format!(
            "{several} things are wrong, see above"
        ))),
    }
}

async fn database(config: &Config) -> Result<Core, CliError> {
    let core = Core::open_existing(config).await?;
    core.db.ping().await.map_err(crate::app::StartError::Db)?;
    Ok(core)
}

/// Asks LINE about every channel, with the settings' credentials for the default one. Answers
/// how many are wrong.
async fn channels(config: &Config, core: &Core) -> u32 {
    let mut tokens: Vec<(String, Secret)> = match core.channels.list().await {
        Ok(channels) => channels
            .into_iter()
            .map(|c| (c.name.as_str().to_owned(), c.access_token))
            .collect(),
        Err(error) => {
            say!("WRONG LINE channels: {}", CliError::from(error));
            return 1;
        }
    };
    if let Some(credentials) = &config.line.channel {
        tokens.retain(|(name, _)| name != "default");
        tokens.insert(0, ("default".to_owned(), credentials.access_token.clone()));
    }
    if tokens.is_empty() {
        say!("note  no LINE channel yet: set LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN");
    }
    let mut wrong = 0;
    for (name, token) in tokens {
        match ask_line(config, &token).await {
            Ok(account) => say!("ok    LINE channel {name} ({account})"),
            Err(error) => {
                wrong += 1;
                say!("WRONG LINE channel {name}: {error}");
            }
        }
    }
    wrong
}

async fn ask_line(config: &Config, token: &Secret) -> Result<String, String> {
    let line = LineClient::new(&config.line.api_base, &config.line.data_api_base)
        .map_err(|error| error.to_string())?;
    let info = line
        .channel(token.expose())
        .bot_info()
        .await
        .map_err(|error| error.to_string())?;
    Ok(format!("{} {}", info.display_name, info.basic_id))
}
