//! A log that cannot be written ends nothing and holds nothing up.

use std::fs::File;
use std::net::SocketAddr;
use std::process::{Command, Stdio};

use futures_util::future::join_all;
use serde_json::json;
use uuid::Uuid;

use super::program::{Place, Serving};
use crate::harness::customer::{Customer, harness_client};
use crate::harness::line::{Line, free_addr};
use crate::harness::session::{PASSWORD, Session};
use crate::harness::ws_client::WsClient;

const MALI: &str = "mali@example.com";

/// A real server that logs all there is to log, to wherever `log_to` says.
struct Scene {
    place: Place,
    line: Line,
    addr: SocketAddr,
    metrics: SocketAddr,
}

impl Scene {
    async fn make() -> Self {
        let place = Place::started();
        place.done(&["operator", "add", MALI, "--password", PASSWORD]);
        let addr = free_addr();
        Self {
            place,
            line: Line::start(addr).await,
            addr,
            metrics: free_addr(),
        }
    }

    fn sala(&self) -> Command {
        let mut sala = self
            .place
            .sala(&["serve", "--addr", &self.addr.to_string()]);
        self.tell(&mut sala);
        sala
    }

    fn tell(&self, sala: &mut Command) {
        sala.env("SALA_LOG", "trace")
            .env("SALA_METRICS_ADDR", self.metrics.to_string())
            .stdout(Stdio::null());
    }

    async fn start(&self, sala: &mut Command) -> Serving {
        Serving::start(sala, self.addr, &self.line).await
    }

    async fn get(&self, url: String) -> String {
        let answer = harness_client().get(url).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        answer.text().await.expect("a text")
    }

    async fn is_alive(&self) {
        self.get(format!("http://{}/healthz", self.addr)).await;
    }

    async fn lost(&self, why: &str) -> u64 {
        let text = self.get(format!("http://{}/metrics", self.metrics)).await;
        let name = format!("sala_log_lines_lost_total{{why=\"{why}\"}} ");
        let line = text.lines().find_map(|line| line.strip_prefix(&name));
        line.expect("the metric").parse().expect("a number")
    }

    /// Everything is served as if somebody read the log.
    async fn serves(&self) {
        let session = Session::start(self.addr, MALI).await;
        let customer = Customer::new(self.line.addr, "Nok").await;
        // Each is answered with 200.
        for n in 0..20 {
            customer.writes(&format!("{n}")).await;
        }
        let mut console = WsClient::connect(self.addr, &session.token).await;
        console.join(&customer.room()).await;
        let room = json!({ "room": customer.room() });
        let claimed = console.ask("claim_session", room).await;
        assert_eq!(claimed["type"], "session_claimed", "{claimed}");
        let answer = json!({
            "room": customer.room(), "client_id": Uuid::new_v4().to_string(), "text": "answer",
        });
        let sent = console.ask("send_message", answer).await;
        assert_eq!(sent["type"], "message_sent", "{sent}");
        let ticked = console.expect(|frame| {
            frame["type"] == "message_updated" && frame["payload"]["message"]["status"] == "sent"
        });
        ticked.await;
        assert_eq!(customer.texts().await, ["answer"]);
        self.is_alive().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_log_is_closed_serves_and_ends_as_ever() {
    let scene = Scene::make().await;
    let sala = scene.sala();
    let mut shell = Command::new("sh");
    shell
        .args(["-c", r#"exec "$0" "$@" 2>&-"#])
        .arg(sala.get_program())
        .args(sala.get_args())
        .current_dir(sala.get_current_dir().expect("a folder"));
    for (name, _) in sala.get_envs().filter(|(_, text)| text.is_none()) {
        shell.env_remove(name);
    }
    scene.tell(&mut shell);
    let mut serving = scene.start(&mut shell).await;
    scene.serves().await;
    assert!(serving.ended().await.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_log_has_lost_its_reader_serves_and_ends_as_ever() {
    let scene = Scene::make().await;
    let mut serving = scene.start(scene.sala().stderr(Stdio::piped())).await;
    drop(serving.stderr());
    scene.serves().await;
    assert!(scene.lost("refused").await > 0);
    assert!(serving.ended().await.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_log_is_on_a_full_disk_serves_and_ends_as_ever() {
    let scene = Scene::make().await;
    let full = File::options().write(true).open("/dev/full");
    let mut serving = scene
        .start(scene.sala().stderr(full.expect("it opens")))
        .await;
    scene.serves().await;
    assert!(scene.lost("refused").await > 0);
    assert!(serving.ended().await.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_log_nobody_reads_serves_and_ends_as_ever() {
    let scene = Scene::make().await;
    let mut serving = scene.start(scene.sala().stderr(Stdio::piped())).await;
    scene.serves().await;
    // Each request is a line at least, and the queue holds some 8,000 of them.
    let mut asked = 0;
    while scene.lost("queue_full").await == 0 {
        assert!(asked < 20_000, "the queue has no end");
        join_all((0..100).map(|_| scene.is_alive())).await;
        asked += 100;
    }
    scene.serves().await;
    assert!(serving.ended().await.success());
}
