//! `sala simulator`: LINE on this machine, for a Sala that runs elsewhere.

use tokio::net::TcpListener;

use super::args::SimulatorArgs;
use super::{CliError, configure};
use crate::shutdown;
use crate::simulator::{Simulator, SimulatorConfig};
use crate::telemetry;

pub(super) async fn run(args: SimulatorArgs) -> Result<(), CliError> {
    let SimulatorArgs {
        addr,
        webhook_url,
        line,
        log,
    } = args;
    configure(|settings| {
        settings.keep_only(&[crate::config::Name::Log, crate::config::Name::LogFormat]);
        log.apply(settings);
    })?;
    let signals = shutdown::on_signal()?;
    let shutdown = signals.token();
    let listener = TcpListener::bind(addr)
        .await
        .map_err(|error| CliError::Refused(format!("cannot listen on {addr}: {error}")))?;
    let base = format!("http://{}", listener.local_addr()?);
    let simulator = Simulator::new(
        SimulatorConfig {
            webhook_url: Some(webhook_url.clone()),
            channel_token: line.line_token,
            channel_secret: line.line_secret,
            quota: line.quota,
            quota_used: line.used,
            ..SimulatorConfig::default()
        },
        shutdown.clone(),
    )?;
    telemetry::announce(format!(
        "The simulated LINE is at {base}/_sim and sends webhooks to {webhook_url}.\n\
         LINE_API_BASE={base}/_sim/line\n\
         LINE_DATA_API_BASE={base}/_sim/line-data"
    ));
    axum::serve(listener, simulator.router())
        .with_graceful_shutdown(shutdown.cancelled_owned())
        .await?;
    simulator.closed().await;
    Ok(())
}
