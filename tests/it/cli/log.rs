//! The log of a real server: one message can be followed by its id, and no text is in it.

use std::fs::File;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::program::{Place, Serving};
use crate::harness::customer::Customer;
use crate::harness::line::{Line, free_addr};
use crate::harness::session::{PASSWORD, Session};
use crate::harness::ws_client::{PATIENCE, WsClient};

async fn serve(place: &Place, addr: SocketAddr, line: &Line) -> Serving {
    let log = File::create(place.path("log.jsonl")).expect("a file for the log");
    let mut sala = place.sala(&["serve", "--addr", &addr.to_string()]);
    sala.env("SALA_LOG", "sala=debug")
        .env("SALA_LOG_FORMAT", "json")
        .stderr(log);
    Serving::start(&mut sala, addr, line).await
}

/// The log as soon as it says that of the message: the socket has a frame before the log has it.
async fn log_with(place: &Place, message: &str, says: &str) -> String {
    let began = Instant::now();
    loop {
        let log = std::fs::read_to_string(place.path("log.jsonl")).expect("the log");
        let ended = log.rsplit_once('\n').map_or("", |(lines, _)| lines);
        if stations(ended, message)
            .iter()
            .any(|(said, _)| said == says)
        {
            return ended.to_owned();
        }
        assert!(began.elapsed() < PATIENCE, "the log does not say: {says}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The lines that name this message, by what they say.
fn stations(log: &str, message: &str) -> Vec<(String, Value)> {
    let lines = log.lines().filter(|line| line.contains(message));
    let events = lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    events
        .map(|event| {
            let says = event["message"].as_str().unwrap_or_default().to_owned();
            (says, event)
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_followed_from_webhook_to_socket_by_its_id() {
    let place = Place::started();
    let words = [
        "operator",
        "add",
        "mali@example.com",
        "--password",
        PASSWORD,
    ];
    place.done(&words);
    let addr = free_addr();
    let line = Line::start(addr).await;
    let _serving = serve(&place, addr, &line).await;
    let session = Session::start(addr, "mali@example.com").await;
    let customer = Customer::new(line.addr, "Nok").await;
    customer.writes("first").await;
    let mut console = WsClient::connect(addr, &session.token).await;
    console.join(&customer.room()).await;
    customer.writes("a very private matter").await;
    let frame = console.next("new_message").await;
    let id = frame["payload"]["message"]["id"].as_str().expect("an id");
    let log = log_with(&place, id, "to the socket").await;
    assert!(!log.contains("private matter"), "a text is in the log");
    let stations = stations(&log, id);
    let said: Vec<&str> = stations.iter().map(|(says, _)| says.as_str()).collect();
    // Later changes, such as the customer's name, go the same way.
    assert_eq!(
        said[..3],
        [
            "a message is stored",
            "durable; the consoles are told",
            "to the socket"
        ]
    );
    // The first station carries LINE's id of the event too, which the webhook logged.
    let event = stations[0].1["span"]["webhook_event.id"].as_str();
    let event = event.expect("the webhook event's id");
    let received = log
        .lines()
        .filter(|line| line.contains("a webhook event came in"))
        .any(|line| line.contains(event));
    assert!(received, "{event} was not logged by the webhook");
}
