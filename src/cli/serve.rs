//! `sala serve`.

use super::args::ServerFlags;
use super::{CliError, configure};
use crate::app::App;
use crate::shutdown;

pub(super) async fn run(flags: ServerFlags) -> Result<(), CliError> {
    let config = configure(|settings| flags.apply(settings))?;
    let signals = shutdown::on_signal()?;
    let app = App::build(config).await?;
    tracing::info!(
        addr = %app.addr(),
        database = app.state().db.kind(),
        "Sala is at {}",
        app.state().config.public_url.origin()
    );
    app.run(signals.token()).await?;
    tracing::info!("Sala has ended");
    Ok(())
}
