//! Files that operators send: how fast, how much memory a large one takes, and what others notice
//! of ten at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::stream;
use serde_json::json;
use tokio::task::JoinSet;

use super::latency;
use crate::figures::{Aim, Report, percentile};
use crate::hall::{Hall, room_name};
use crate::plan::Plan;
use crate::process::Process;
use crate::server::Server;

/// Operators who send at once.
const AT_ONCE: usize = 10;
/// Bytes of a film: the largest that is taken, and one that is sent over and over.
const LARGE: usize = 199 << 20;
const SMALL: usize = 10 << 20;
/// Bytes that are handed over at a time.
const CHUNK: usize = 64 << 10;
/// How often the memory is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// What a large file may add to it, in KiB.
const MEMORY: f64 = 16.0 * 1_024.0;

const BOUNDARY: &str = "bench-boundary";

pub async fn run(plan: &Plan, sala: Hall<'_>, report: &mut Report) {
    let Hall::Sala(server) = sala else { return };
    sala.add_rooms(AT_ONCE + 1).await;
    for room in 1..=AT_ONCE {
        claim(server, room).await;
    }
    // The first one pays for what the process needs once.
    upload(server, 1, SMALL).await;
    let (took, grown) = watched(server.process(), upload(server, 1, LARGE)).await;
    let speed = LARGE as f64 / 1e6 / took.as_secs_f64();
    let alone = ("upload", "one film of 199 MiB", "MB/s");
    report.add(alone, speed, None, Aim::None);
    let memory = ("upload", "memory above idle, at its peak", "KiB");
    report.add(memory, grown, None, Aim::AtMost(MEMORY));

    let quiet = latency::measure(plan, sala, (0, "")).await;
    let (beside, sent) = beside_uploads(plan, sala, server).await;
    let what = ("upload", "webhook to the others (bare: no uploads)");
    report.add_latencies(what, &beside, &quiet, Aim::None);
    let ratio = percentile(&beside, 99) / percentile(&quiet, 99);
    let figure = ("upload", "p99 beside ten uploads, by that without", "");
    report.add(figure, ratio, None, Aim::AtMost(2.0));
    report.add(("upload", "ten at once", "MB/s"), sent, None, Aim::None);
}

/// Latencies while ten operators send one film after the other, and MB/s of all of them.
async fn beside_uploads(plan: &Plan, sala: Hall<'_>, server: &Server) -> (Vec<Duration>, f64) {
    let (stop, began) = (Arc::new(AtomicBool::new(false)), Instant::now());
    let mut sending = JoinSet::new();
    for room in 1..=AT_ONCE {
        let (asking, stop) = (Asking::new(server, room), stop.clone());
        sending.spawn(async move {
            let mut sent = 0;
            while !stop.load(Ordering::Relaxed) {
                asking.send(SMALL).await;
                sent += SMALL;
            }
            sent
        });
    }
    let beside = latency::measure(plan, sala, (plan.webhooks, "")).await;
    stop.store(true, Ordering::Relaxed);
    let sent: usize = sending.join_all().await.into_iter().sum();
    (beside, sent as f64 / 1e6 / began.elapsed().as_secs_f64())
}

/// How long something takes, and by how many KiB the process is larger meanwhile than before.
async fn watched(process: Process, work: impl Future<Output = ()>) -> (Duration, f64) {
    let (before, began) = (process.memory(), Instant::now());
    let mut peak = before;
    let mut looks = tokio::time::interval(LOOK);
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            () = &mut work => return (began.elapsed(), peak - before),
            _ = looks.tick() => peak = peak.max(process.memory()),
        }
    }
}

async fn claim(server: &Server, room: usize) {
    let url = format!("http://{}/api/claim_session", server.addr);
    let asking = server.http.post(url).bearer_auth(&server.tokens[room]);
    let answer = asking
        .json(&json!({ "room": room_name(room) }))
        .send()
        .await;
    assert!(answer.unwrap().status().is_success());
}

async fn upload(server: &Server, room: usize, bytes: usize) {
    Asking::new(server, room).send(bytes).await;
}

/// What an operator needs in order to send a file.
struct Asking {
    http: reqwest::Client,
    url: String,
    token: String,
    room: String,
}

impl Asking {
    fn new(server: &Server, room: usize) -> Self {
        Self {
            http: server.http.clone(),
            url: format!("http://{}/api/upload", server.addr),
            token: server.tokens[room].clone(),
            room: room_name(room),
        }
    }

    async fn send(&self, bytes: usize) {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"room\"\r\n\r\n{}\r\n\
             --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; \
             filename=\"film.mp4\"\r\n\r\n",
            self.room
        );
        let mut parts = vec![Bytes::from(head), film(bytes)];
        let filling = Bytes::from(vec![7; CHUNK]);
        parts.extend(std::iter::repeat_n(filling, bytes / CHUNK));
        parts.push(Bytes::from(format!("\r\n--{BOUNDARY}--\r\n")));
        let parts = stream::iter(parts.into_iter().map(Ok::<_, std::io::Error>));
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let asking = self.http.post(&self.url).bearer_auth(&self.token);
        let asking = asking.header("content-type", kind);
        let answer = asking.body(reqwest::Body::wrap_stream(parts)).send().await;
        let answer = answer.unwrap();
        assert!(
            answer.status().is_success(),
            "{}",
            answer.text().await.unwrap()
        );
    }
}

/// The boxes before the pictures of a film, of which so many bytes follow.
fn film(bytes: usize) -> Bytes {
    let boxed = |name: &[u8; 4], body: &[u8]| {
        let size = u32::try_from(8 + body.len()).unwrap();
        [&size.to_be_bytes()[..], name, body].concat()
    };
    let handler = [&[0; 8][..], b"vide", &[0; 13]].concat();
    let media = boxed(b"mdia", &boxed(b"hdlr", &handler));
    let track = boxed(b"trak", &[boxed(b"tkhd", &[0; 84]), media].concat());
    let mut film = boxed(b"ftyp", b"isom\0\0\0\0isom");
    film.extend(boxed(b"moov", &track));
    let size = u32::try_from(8 + bytes / CHUNK * CHUNK).unwrap();
    film.extend(size.to_be_bytes());
    film.extend(b"mdat");
    Bytes::from(film)
}
