//! The clock of a real server is set back and right again, as when its battery is empty or somebody
//! has the wrong time zone.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use uuid::Uuid;

use super::program::{Place, Serving};
use crate::harness::customer::Customer;
use crate::harness::line::{Line, free_addr};
use crate::harness::session::{PASSWORD, Session};
use crate::harness::ws_client::{PATIENCE, WsClient};

const MALI: &str = "mali@example.com";
const HOUR: i64 = 3_600;

/// More than two sweeps of the hub, which has no way to say that it swept.
const SWEEPS: Duration = Duration::from_millis(2_500);

/// A library that shifts the time of day, and nothing else, of the program that it is loaded into.
const SHIM: &str = r#"
#[repr(C)]
pub struct Timespec { seconds: i64, nanoseconds: i64 }
unsafe extern "C" { fn syscall(number: i64, ...) -> i64; }
#[cfg(target_arch = "x86_64")]
const CLOCK_GETTIME: i64 = 228;
#[cfg(not(target_arch = "x86_64"))]
const CLOCK_GETTIME: i64 = 113;
#[unsafe(no_mangle)]
pub unsafe extern "C" fn clock_gettime(clock: i32, at: *mut Timespec) -> i32 {
    let result = unsafe { syscall(CLOCK_GETTIME, i64::from(clock), at) };
    if clock == 0 && result == 0 {
        let shift = std::env::var_os("TEST_CLOCK").and_then(|file| std::fs::read_to_string(file).ok());
        unsafe { (*at).seconds += shift.and_then(|text| text.trim().parse().ok()).unwrap_or(0); }
    }
    i32::try_from(result).unwrap_or(-1)
}
"#;

/// The time of day of one program.
struct Clock {
    library: PathBuf,
    file: PathBuf,
}

impl Clock {
    fn make(place: &Place) -> Self {
        let (source, library) = (place.path("shim.rs"), place.path("libshim.so"));
        std::fs::write(&source, SHIM).expect("written");
        let built = Command::new("rustc")
            .args(["--crate-type", "cdylib", "--edition", "2024", "-o"])
            .args([&library, &source])
            .output()
            .expect("rustc is there");
        assert!(built.status.success(), "{}", super::program::errors(&built));
        let clock = Self {
            library,
            file: place.path("shift"),
        };
        clock.shift(0);
        clock
    }

    fn shift(&self, seconds: i64) {
        // Whole, since it may be read at any time.
        let new = self.file.with_extension("new");
        std::fs::write(&new, seconds.to_string()).expect("written");
        std::fs::rename(new, &self.file).expect("moved");
    }
}

async fn note(console: &mut WsClient, room: &str) -> Value {
    let note = json!({ "room": room, "client_id": Uuid::new_v4().to_string(), "note": "n" });
    console.ask("send_message", note).await
}

/// Sends notes until one is refused for being too many.
async fn use_up(console: &mut WsClient, room: &str) {
    let began = Instant::now();
    while note(console, room).await["type"] == "message_sent" {
        assert!(began.elapsed() < PATIENCE, "nothing is ever too much");
    }
}

/// Everybody can go on, for as long as the hub needs to notice whatever it notices.
async fn goes_on(consoles: &mut [WsClient], room: &str) {
    let began = Instant::now();
    while note(&mut consoles[0], room).await["type"] != "message_sent" {
        assert!(began.elapsed() < PATIENCE, "the allowance does not refill");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let began = Instant::now();
    while began.elapsed() < SWEEPS {
        for console in &mut *consoles {
            let pong = console.ask("ping", json!({})).await;
            assert_eq!(pong["type"], "pong", "{pong}");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_set_back_and_right_again_stops_nobody_and_closes_nothing() {
    let place = Place::started();
    place.done(&["operator", "add", MALI, "--password", PASSWORD]);
    let (addr, clock) = (free_addr(), Clock::make(&place));
    let line = Line::start(addr).await;
    let mut sala = place.sala(&["serve", "--addr", &addr.to_string()]);
    sala.env("LD_PRELOAD", &clock.library)
        .env("TEST_CLOCK", &clock.file)
        .stderr(Stdio::null());
    let mut serving = Serving::start(&mut sala, addr, &line).await;
    let session = Session::start(addr, MALI).await;
    let customer = Customer::new(line.addr, "Nok").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut consoles = Vec::new();
    for _ in 0..2 {
        let mut console = WsClient::connect(addr, &session.token).await;
        console.join(&room).await;
        consoles.push(console);
    }
    let claimed = consoles[0]
        .ask("claim_session", json!({ "room": room }))
        .await;
    assert_eq!(claimed["type"], "session_claimed", "{claimed}");
    for seconds in [-HOUR, 0, HOUR, 0] {
        use_up(&mut consoles[0], &room).await;
        clock.shift(seconds);
        goes_on(&mut consoles, &room).await;
        let text = format!("at {seconds}");
        let client_id = Uuid::new_v4().to_string();
        let answer = json!({ "room": room, "client_id": client_id, "text": text });
        let sent = consoles[0].ask("send_message", answer).await;
        assert_eq!(sent["type"], "message_sent", "{sent}");
        let ticked = consoles[1].expect(|frame| {
            let message = &frame["payload"]["message"];
            message["text"] == text.as_str() && message["status"] == "sent"
        });
        ticked.await;
        customer.writes(&text).await;
    }
    assert_eq!(customer.texts().await.len(), 4);
    assert!(serving.ended().await.success());
}
