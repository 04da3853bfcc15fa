//! `sala demo`: everything on a throw-away database, with a simulated LINE under `/_sim`.

mod cast;
mod folder;
mod furnish;
mod play;

use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio_util::sync::CancellationToken;

use super::args::{DemoArgs, LineArgs};
use super::{CliError, configure};
use crate::app::{App, Bound};
use crate::config::{Config, Name};
use crate::protocol::{Operator, Role};
use crate::service::operators::NewOperator;
use crate::shutdown;
use crate::simulator::{Simulator, SimulatorConfig};
use crate::telemetry;
use folder::Folder;

/// Of every sample operator.
const PASSWORD: &str = crate::service::auth::DEMO_PASSWORD;

/// E-mail address, name, role. The play's casting refers to their places here.
const OPERATORS: [(&str, &str, Role); 3] = [
    ("admin@example.com", "Admin", Role::Admin),
    ("mali@example.com", "Mali", Role::Operator),
    ("somchai@example.com", "Somchai", Role::Operator),
];

pub(super) async fn run(args: DemoArgs) -> Result<(), CliError> {
    let empty = args.empty;
    let line = args.line.clone();
    let folder = Folder::make()?;
    let mut config = configure(|settings| {
        args.apply(settings);
        let database = format!("sqlite://{}", folder.path().join("sala.db").display());
        settings.set(Name::DatabaseUrl, database);
    })?;
    config.simulator = true;
    let signals = shutdown::on_signal()?;
    let shutdown = signals.token();
    let mut bound = Bound::listen(config).await?;
    if let Some(warning) = warning(bound.addr()) {
        telemetry::complain(warning);
    }
    let simulator = simulator(&mut bound, line, &shutdown)?;
    let app = App::build_on(bound, simulator.router()).await?;
    let operators = add_operators(&app).await?;
    announce(&app.state().config);
    let performance = play::perform(app.state().clone(), simulator.clone(), operators);
    let beside = async {
        if !empty {
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = performance => {}
            }
        }
    };
    let (served, ()) = tokio::join!(app.run(shutdown.clone()), beside);
    simulator.closed().await;
    served?;
    Ok(())
}

/// A simulated LINE that this very server serves, and is pointed at.
fn simulator(
    bound: &mut Bound,
    line: LineArgs,
    shutdown: &CancellationToken,
) -> Result<Simulator, CliError> {
    let own = format!("http://{}", reachable(bound.addr()));
    bound.config.line.api_base = format!("{own}/_sim/line");
    bound.config.line.data_api_base = format!("{own}/_sim/line-data");
    let public = bound.config.public_url.origin();
    let config = SimulatorConfig {
        webhook_url: Some(format!("{own}/line/webhook")),
        channel_token: line.line_token,
        channel_secret: line.line_secret,
        quota: line.quota,
        quota_used: line.used,
        console_url: Some(format!("{public}/")),
        public_url: (!bound.addr().ip().is_unspecified()).then(|| public.to_owned()),
        ..SimulatorConfig::default()
    };
    Ok(Simulator::new(config, shutdown.clone())?)
}

/// What is to be said of an address that others can reach.
fn warning(addr: SocketAddr) -> Option<String> {
    (!addr.ip().is_loopback()).then(|| {
        format!(
            "Warning: whoever can reach {addr} can use this demo: everybody knows its passwords."
        )
    })
}

/// Where a server that listens on all addresses can reach itself.
fn reachable(addr: SocketAddr) -> SocketAddr {
    match addr.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => (Ipv4Addr::LOCALHOST, addr.port()).into(),
        IpAddr::V6(ip) if ip.is_unspecified() => (Ipv6Addr::LOCALHOST, addr.port()).into(),
        _ => addr,
    }
}

async fn add_operators(app: &App) -> Result<Vec<Operator>, CliError> {
    let mut added = Vec::new();
    for (email, name, role) in OPERATORS {
        let new = NewOperator {
            email: email.to_owned(),
            name: name.to_owned(),
            role,
        };
        added.push(app.state().operators.add(new, PASSWORD, None).await?.into());
    }
    Ok(added)
}

fn announce(config: &Config) {
    let origin = config.public_url.origin();
    let mut text = format!(
        "Sala's demo is ready. Nothing of it is kept when you stop it.\n\n  \
           Console         {origin}/\n  \
           Simulated LINE  {origin}/_sim  (write as any customer)\n\n"
    );
    for (email, _, role) in OPERATORS {
        let role = format!("{role:?}").to_lowercase();
        let _ = writeln!(text, "  {email:<20}  password {PASSWORD}  ({role})");
    }
    telemetry::announce(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_others_can_reach_comes_with_a_warning() {
        let warned = |addr: &str| warning(addr.parse().expect("an address")).is_some();
        assert!(!warned("127.0.0.1:3000") && !warned("[::1]:3000"));
        assert!(warned("0.0.0.0:3000") && warned("192.0.2.1:3000") && warned("[::]:3000"));
    }
}
