//! LINE on an address of its own, so that it outlives the servers that talk to it.

use std::net::SocketAddr;

use sala::simulator::{Simulator, SimulatorConfig};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::customer::harness_client;

/// A simulated LINE.
pub struct Line {
    pub addr: SocketAddr,
    stop: CancellationToken,
}

impl Line {
    /// One that posts its webhooks to the server at `webhook`.
    pub async fn start(webhook: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("bound");
        let stop = CancellationToken::new();
        let config = SimulatorConfig {
            webhook_url: Some(format!("http://{webhook}/line/webhook")),
            ..SimulatorConfig::default()
        };
        let simulator = Simulator::new(config, stop.clone()).expect("a simulator");
        tokio::spawn(async move { axum::serve(listener, simulator.router()).await });
        Self { addr, stop }
    }

    /// For `LINE_API_BASE`.
    pub fn api_base(&self) -> String {
        format!("http://{}/_sim/line", self.addr)
    }

    /// For `LINE_DATA_API_BASE`.
    pub fn data_api_base(&self) -> String {
        format!("http://{}/_sim/line-data", self.addr)
    }

    /// Forgets the faults that were ordered.
    pub async fn recovers(&self) {
        let url = format!("http://{}/_sim/faults", self.addr);
        let answer = harness_client().delete(url).send().await;
        assert!(answer.expect("an answer").status().is_success());
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// An address that nobody listens on at the moment.
pub fn free_addr() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("bound")
}
