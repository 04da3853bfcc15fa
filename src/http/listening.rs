//! From a TCP connection to a request. axum's own loop would let connections be silent for ever
//! and as many as there are files.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::{IntoResponse, Response};
use http::{Request, StatusCode, Version, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;
use tower::Service;

use super::places::{Deadlines, Phase, Place, Places, Seat};
use super::wire::{Download, Upload, Wire};
use crate::metrics::{self, TurnedAway};

/// The most bytes of a request's head; hyper's own bound of 400 KiB is much for a connection that
/// nobody knows yet.
const HEAD_MAX: usize = 32 * 1_024;

/// After a connection that could not be accepted: how long until the next is tried.
const PAUSE: Duration = Duration::from_millis(50);
const PAUSE_MAX: Duration = Duration::from_secs(1);

/// How often at most the log says so.
const TOLD: Duration = Duration::from_secs(30);

/// Serves until `shutdown`, and then until the last request is answered.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    places: Places,
    shutdown: CancellationToken,
) {
    let mut open = JoinSet::new();
    let mut trouble = Trouble::default();
    loop {
        let accepted = tokio::select! {
            // In this order: at the end nobody is let in who came just before, and ended tasks are
            // let go of however many knock.
            biased;
            () = shutdown.cancelled() => break,
            Some(ended) = open.join_next(), if !open.is_empty() => {
                tell_panic(ended);
                continue;
            }
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                trouble.is_over();
                match places.take(peer.ip().to_canonical()) {
                    Some(place) => {
                        let visit = Visit {
                            peer,
                            router: router.clone(),
                            deadlines: places.deadlines(),
                            shutdown: shutdown.clone(),
                        };
                        open.spawn(visit.attend(stream, place));
                    }
                    None => metrics::turned_away(TurnedAway::Full),
                }
            }
            Err(error) => {
                metrics::turned_away(TurnedAway::NotAccepted);
                if is_the_clients(&error) {
                    continue;
                }
                // Mostly there are no files left: some are let go of.
                places.make_room();
                let pause = tokio::time::sleep(trouble.pause(&error));
                shutdown.run_until_cancelled(pause).await;
            }
        }
    }
    // From here on nothing is accepted.
    drop(listener);
    while let Some(ended) = open.join_next().await {
        tell_panic(ended);
    }
}

fn tell_panic(ended: Result<(), JoinError>) {
    if let Err(error) = ended
        && error.is_panic()
    {
        tracing::error!("a connection's task panicked");
    }
}

/// Whether only this one connection failed, before it was accepted.
fn is_the_clients(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}

/// Connections that cannot be accepted.
#[derive(Debug, Default)]
struct Trouble {
    pause: Duration,
    told: Option<Instant>,
}

impl Trouble {
    fn is_over(&mut self) {
        self.pause = Duration::ZERO;
    }

    /// How long to wait: twice as long each time.
    fn pause(&mut self, error: &io::Error) -> Duration {
        self.pause = (self.pause * 2).clamp(PAUSE, PAUSE_MAX);
        if self.told.is_none_or(|told| told.elapsed() >= TOLD) {
            self.told = Some(Instant::now());
            tracing::error!(%error, "a connection cannot be accepted; raise the limit of open files if it is that");
        }
        self.pause
    }
}

/// One connection.
struct Visit {
    peer: SocketAddr,
    router: Router,
    deadlines: Deadlines,
    shutdown: CancellationToken,
}

impl Visit {
    /// Serves it until it ends, becomes a WebSocket, gives way to another or takes too long.
    async fn attend(self, stream: TcpStream, place: Place) {
        let seat = place.seat().clone();
        let Self {
            peer,
            router,
            deadlines,
            shutdown,
        } = self;
        let service = service_fn(|request| answer(request, peer, router.clone(), seat.clone()));
        let serving = http1::Builder::new()
            .max_buf_size(HEAD_MAX)
            // The deadlines are ours: hyper has one for silence and for a head together.
            .header_read_timeout(None)
            .serve_connection(TokioIo::new(Wire::new(stream, place)), service)
            .with_upgrades();
        let mut serving = pin!(serving);
        let mut is_leaving = false;
        loop {
            tokio::select! {
                ended = serving.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection ended otherwise than in order");
                    }
                    return;
                }
                () = seat.cut() => return,
                () = shutdown.cancelled(), if !is_leaving => {
                    is_leaving = true;
                    serving.as_mut().graceful_shutdown();
                }
                () = tokio::time::sleep(deadlines.look) => {
                    if seat.is_overdue(&deadlines) {
                        metrics::turned_away(TurnedAway::TooSlow);
                        return;
                    }
                }
            }
        }
    }
}

async fn answer(
    request: Request<Incoming>,
    peer: SocketAddr,
    mut router: Router,
    seat: Arc<Seat>,
) -> Result<Response<Download>, Infallible> {
    let has_one_host = request.headers().get_all(header::HOST).iter().count() == 1;
    // Before 1.1 there was no such header.
    let is_lawful = has_one_host || request.version() < Version::HTTP_11;
    let mut request = request.map(|body| Body::new(Upload::new(body, seat.clone())));
    request.extensions_mut().insert(ConnectInfo(peer));
    request.extensions_mut().insert(seat.clone());
    let response = if is_lawful {
        router.call(request).await?
    } else {
        // RFC 9112, 3.2.
        (StatusCode::BAD_REQUEST, "Send one Host.").into_response()
    };
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        seat.enter(Phase::Newcomer);
        return Ok(response.map(Download::last));
    }
    Ok(response.map(|body| Download::new(body, seat)))
}

#[cfg(test)]
mod tests {
    use axum::routing::{get, post};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;
    use tokio_util::task::AbortOnDropHandle;

    use super::*;
    use crate::config::TrustedProxies;

    const LONG: Duration = Duration::from_mins(10);
    const SHORT: Duration = Duration::from_millis(30);
    const PATIENCE: Duration = Duration::from_secs(20);

    /// Takes its time with the body.
    async fn long(request: axum::extract::Request) -> String {
        if let Some(seat) = request.extensions().get::<Arc<Seat>>() {
            seat.allow_long_body();
        }
        let bytes = axum::body::to_bytes(request.into_body(), usize::MAX).await;
        bytes.map_or_else(|_| "cut".to_owned(), |bytes| bytes.len().to_string())
    }

    /// None that a test could run into.
    fn patient() -> Deadlines {
        Deadlines {
            first: LONG,
            head: LONG,
            body: LONG,
            idle: LONG,
            stall: LONG,
            look: SHORT,
        }
    }

    struct Server {
        addr: SocketAddr,
        stop: CancellationToken,
        serving: AbortOnDropHandle<()>,
    }

    async fn start(most: usize, deadlines: Deadlines) -> Server {
        start_with(most, deadlines, Router::new()).await
    }

    async fn start_with(most: usize, deadlines: Deadlines, more: Router) -> Server {
        let router = Router::new()
            .route("/", get(|| async { "here" }))
            .route("/body", post(|body: String| async move { body }))
            .route("/long", post(long))
            .merge(more);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("its address");
        let stop = CancellationToken::new();
        let places = Places::new(most, TrustedProxies::default(), deadlines);
        let serving = serve(listener, router, places, stop.clone());
        Server {
            addr,
            stop,
            serving: AbortOnDropHandle::new(tokio::spawn(serving)),
        }
    }

    impl Server {
        /// A connection on which this was said.
        async fn said(&self, bytes: &[u8]) -> TcpStream {
            let mut stream = TcpStream::connect(self.addr).await.expect("connected");
            stream.write_all(bytes).await.expect("sent");
            stream
        }
    }

    /// What comes until the server ends the connection.
    async fn rest(stream: &mut TcpStream) -> String {
        let mut bytes = Vec::new();
        let reading = stream.read_to_end(&mut bytes);
        let read = tokio::time::timeout(PATIENCE, reading).await;
        // A reset is an end too.
        let _ = read.expect("it ends in time");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    const ASKED: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    #[tokio::test]
    async fn each_thing_that_a_connection_waits_for_has_its_deadline() {
        let cases: [(&str, Deadlines, &[u8], &str); 5] = [
            (
                "silence",
                Deadlines {
                    first: SHORT,
                    ..patient()
                },
                b"",
                "",
            ),
            (
                "half a head",
                Deadlines {
                    head: SHORT,
                    ..patient()
                },
                b"GET / HTTP/1.1\r\nHost: x\r\n",
                "",
            ),
            (
                "half a body",
                Deadlines {
                    body: SHORT,
                    ..patient()
                },
                b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf",
                "",
            ),
            (
                "an idle connection",
                Deadlines {
                    idle: SHORT,
                    ..patient()
                },
                ASKED,
                "HTTP/1.1 200",
            ),
            (
                "half a head after an answer",
                Deadlines {
                    head: SHORT,
                    ..patient()
                },
                b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT",
                "HTTP/1.1 200",
            ),
        ];
        for (name, deadlines, said, answered) in cases {
            let server = start(8, deadlines).await;
            let mut stream = server.said(said).await;
            if name == "half a head after an answer" {
                let mut first = [0; 64];
                let read = stream.read(&mut first).await.expect("an answer");
                assert!(first[..read].starts_with(answered.as_bytes()), "{name}");
                stream.write_all(b"TP").await.expect("sent");
                rest(&mut stream).await;
            } else {
                let read = rest(&mut stream).await;
                assert!(read.starts_with(answered), "{name}: {read}");
                assert_eq!(read.is_empty(), answered.is_empty(), "{name}: {read}");
            }
        }
    }

    #[tokio::test]
    async fn a_long_body_may_take_its_time_but_not_be_silent() {
        let body = Duration::from_secs(4);
        let server = start(8, Deadlines { body, ..patient() }).await;
        let head =
            b"POST /long HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\n";
        let mut steady = server.said(head).await;
        for _ in 0..3 {
            // Longer than the deadline in all, and much shorter each.
            tokio::time::sleep(Duration::from_millis(1_500)).await;
            steady.write_all(b"x").await.expect("sent");
        }
        assert!(rest(&mut steady).await.ends_with('3'));
        let body = SHORT;
        let server = start(8, Deadlines { body, ..patient() }).await;
        let mut silent = server.said(head).await;
        silent.write_all(b"x").await.expect("sent");
        assert_eq!(rest(&mut silent).await, "");
    }

    #[tokio::test]
    async fn an_answer_that_nobody_reads_has_a_deadline() {
        let (kept, dropped) = oneshot::channel::<()>();
        let kept = Arc::new(kept);
        // It has no end, and lets go of `kept` when nobody wants it any more.
        let endless = move || {
            let kept = kept.clone();
            let chunk = move || {
                let _kept = &kept;
                Ok::<_, Infallible>("x".repeat(64 * 1_024))
            };
            let chunks = futures_util::stream::repeat_with(chunk);
            async { Body::from_stream(chunks) }
        };
        let deadlines = Deadlines {
            stall: SHORT,
            ..patient()
        };
        let router = Router::new().route("/endless", get(endless));
        let server = start_with(8, deadlines, router).await;
        let asking = b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n";
        let mut stream = server.said(asking).await;
        stream.read_exact(&mut [0; 12]).await.expect("it begins");
        // The server's own router goes, and with it all but the answer's.
        server.stop.cancel();
        let ended = tokio::time::timeout(PATIENCE, server.serving).await;
        ended.expect("it ends").expect("no panic");
        assert!(dropped.await.is_err());
    }

    #[tokio::test]
    async fn who_asks_is_served_however_many_are_silent_or_half_sent() {
        let server = start(16, patient()).await;
        let mut silent = Vec::new();
        for n in 0..64 {
            let said: &[u8] = match n % 4 {
                0 => b"",
                1 => b"GET / HTTP/1.1\r\nHo",
                2 => b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf",
                _ => ASKED,
            };
            silent.push(server.said(said).await);
            let asking = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            let read = rest(&mut server.said(asking).await).await;
            assert!(read.ends_with("here"), "{n}: {read}");
        }
    }

    #[tokio::test]
    async fn what_is_not_http_is_answered_or_ended() {
        let server = start(8, patient()).await;
        let hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 and more of it\r\n\r\n";
        for junk in [
            &hello[..],
            b"\r\n\r\n\0\0\0\0\r\n\r\n",
            b"HELO example.com\r\n\r\n",
        ] {
            let read = rest(&mut server.said(junk).await).await;
            assert!(
                read.is_empty() || read.starts_with("HTTP/1.1 400"),
                "{read}"
            );
        }
        let long = [
            b"GET / HTTP/1.1\r\nHost: x\r\nX: ",
            &vec![b'x'; 100_000][..],
        ]
        .concat();
        let mut stream = TcpStream::connect(server.addr).await.expect("connected");
        let _ = stream.write_all(&long).await;
        let read = rest(&mut stream).await;
        assert!(
            read.is_empty() || read.starts_with("HTTP/1.1 431"),
            "{read}"
        );
        for hosts in ["", "Host: x\r\nHost: y\r\n"] {
            let request = format!("GET / HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
            let read = rest(&mut server.said(request.as_bytes()).await).await;
            assert!(read.starts_with("HTTP/1.1 400"), "{read}");
        }
    }

    #[tokio::test]
    async fn at_the_end_nothing_is_accepted_and_what_was_asked_is_answered() {
        let server = start(8, patient()).await;
        let mut idle = server.said(ASKED).await;
        let mut first = [0; 12];
        idle.read_exact(&mut first).await.expect("an answer");
        let mut asking = server
            .said(b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nha")
            .await;
        // It has been accepted: who came later has an answer.
        rest(&mut server.said(b"GET / HTTP/1.0\r\n\r\n").await).await;
        server.stop.cancel();
        rest(&mut idle).await;
        asking.write_all(b"lf").await.expect("sent");
        let read = rest(&mut asking).await;
        assert!(read.ends_with("half"), "{read}");
        let ended = tokio::time::timeout(PATIENCE, server.serving).await;
        ended.expect("it ends").expect("no panic");
        assert!(TcpStream::connect(server.addr).await.is_err());
    }

    #[test]
    fn a_system_without_files_is_asked_again_later_and_later() {
        let mut trouble = Trouble::default();
        let error = io::Error::from_raw_os_error(24);
        assert!(!is_the_clients(&error));
        assert_eq!(trouble.pause(&error), PAUSE);
        assert_eq!(trouble.pause(&error), PAUSE * 2);
        for _ in 0..10 {
            assert!(trouble.pause(&error) <= PAUSE_MAX);
        }
        trouble.is_over();
        assert_eq!(trouble.pause(&error), PAUSE);
    }
}
