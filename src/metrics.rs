//! What this process has done so far, as Prometheus counts it.
//!
//! A process is a node, so the counters are the process's: whoever does something counts it with
//! one atomic addition. What can be looked up when somebody asks (connections, depths) is not
//! kept here. Labels come from the lists below, never from what users write.

pub mod access;
mod counter;
mod histogram;
pub mod text;

use std::sync::OnceLock;
use std::time::Duration;

use counter::{Counter, Family};
use histogram::Histogram;
use text::Text;

/// How a client came back into a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resume {
    /// It got every line that it had missed.
    Complete,
    /// It had missed too much and started afresh.
    TooFar,
    /// It had nothing before.
    New,
}

/// What a call to LINE came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineResult {
    /// LINE took the messages.
    Sent,
    /// It is tried again with the same key.
    Again,
    /// The reply was refused; pushes follow.
    Switched,
    /// LINE refused for good.
    Failed,
    /// Nobody can tell.
    Unconfirmed,
    /// LINE refuses the channel's token.
    Paused,
}

/// What a panic broke off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A request; it was answered with 500.
    Request,
    /// A socket; its client comes back.
    Socket,
    /// A change to the store; it was undone.
    Change,
    /// A delivery to LINE; it is tried again.
    Delivery,
    /// The fetching of a file or profile; it is tried again.
    Fetch,
    /// A task that serves everybody; the process ends.
    Task,
}

/// Why a connection got no place, or lost it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnedAway {
    /// There were as many as there may be, of all or of its address.
    Full,
    /// It waited longest when there was no room for another.
    GaveWay,
    /// It took too long.
    TooSlow,
    /// The system could not accept it.
    NotAccepted,
}

static TURNED_AWAY: Family<4> = Family::new(["full", "gave_way", "too_slow", "not_accepted"]);
static EVENTS_OUT: Counter = Counter::new();
static EVENTS_DROPPED: Counter = Counter::new();
static RESUMES: Family<3> = Family::new(["complete", "too_far", "none"]);
static CLOSES: Family<10> = Family::new([
    "client", "1001", "1002", "1007", "1008", "1009", "4401", "4403", "4408", "4429",
]);
static REPLIES: Family<6> = Family::new(RESULTS);
static PUSHES: Family<6> = Family::new(RESULTS);
static WEBHOOKS: Family<6> = Family::new(["200", "400", "401", "404", "500", "other"]);
static WEBHOOK_SECONDS: Histogram = Histogram::new();
static COMMIT_SECONDS: Histogram = Histogram::new();
static COMMITTED: Counter = Counter::new();
static PANICS: Family<6> =
    Family::new(["request", "socket", "change", "delivery", "fetch", "task"]);
static LINES_REFUSED: Counter = Counter::new();
static LINES_DROPPED: OnceLock<Box<dyn Fn() -> u64 + Send + Sync>> = OnceLock::new();

const RESULTS: [&str; 6] = [
    "sent",
    "again",
    "switched",
    "failed",
    "unconfirmed",
    "paused",
];

/// Events were written to a socket.
pub fn events_out(count: usize) {
    EVENTS_OUT.add(count as u64);
}

/// An event found no place to wait in.
pub fn event_dropped() {
    EVENTS_DROPPED.add(1);
}

/// A client joined a room.
pub fn resumed(outcome: Resume) {
    RESUMES.inc(outcome as usize);
}

/// How many clients joined a room: complete, too far, new.
pub fn resumes() -> [u64; 3] {
    RESUMES.read()
}

/// A socket ended; `None` when the client went by itself.
pub fn closed(code: Option<u16>) {
    let name = code.map_or_else(|| "client".to_owned(), |code| code.to_string());
    CLOSES.inc_named(&name);
}

/// A connection got no place, or lost it.
pub fn turned_away(why: TurnedAway) {
    TURNED_AWAY.inc(why as usize);
}

/// LINE was called, with a reply token or as a push.
pub fn called_line(is_reply: bool, result: LineResult) {
    if is_reply { &REPLIES } else { &PUSHES }.inc(result as usize);
}

/// A webhook was answered.
pub fn webhook(status: u16, took: Duration) {
    WEBHOOKS.inc_named(&status.to_string());
    WEBHOOK_SECONDS.observe(took);
}

/// So many changes became durable together.
pub fn committed(changes: usize, took: Duration) {
    COMMITTED.add(changes as u64);
    COMMIT_SECONDS.observe(took);
}

/// A panic has broken something off.
pub fn broke(what: Broken) {
    PANICS.inc(what as usize);
}

/// A line of the log could not be written.
pub fn line_refused() {
    LINES_REFUSED.add(1);
}

/// Says who counts the lines of the log that found no place to wait in.
pub fn count_dropped_lines(read: impl Fn() -> u64 + Send + Sync + 'static) {
    let _ = LINES_DROPPED.set(Box::new(read));
}

/// What concerns the process itself.
fn write_process(text: &mut Text) {
    text.counter(
        "sala_panics_total",
        "Panics, by what each broke off.",
        &PANICS.labelled("what"),
    );
    let dropped = LINES_DROPPED.get().map_or(0, |read| read());
    text.counter(
        "sala_log_lines_lost_total",
        "Lines of the log that nobody took in time, or that could not be written.",
        &[
            ("why=\"queue_full\"", dropped),
            ("why=\"refused\"", LINES_REFUSED.get()),
        ],
    );
}

/// Writes all of these.
pub fn write(text: &mut Text) {
    write_process(text);
    access::write(text);
    text.counter(
        "sala_events_out_total",
        "Events written to sockets.",
        &[("", EVENTS_OUT.get())],
    );
    text.counter(
        "sala_events_dropped_total",
        "Events that a node too busy to hand them out left to the clients' catching up.",
        &[("", EVENTS_DROPPED.get())],
    );
    text.counter(
        "sala_resumes_total",
        "Clients that joined a room, by what they got of what they had missed.",
        &RESUMES.labelled("outcome"),
    );
    text.counter(
        "sala_connections_closed_total",
        "Sockets that ended, by close code, or by the client itself.",
        &CLOSES.labelled("code"),
    );
    text.counter(
        "sala_connections_turned_away_total",
        "HTTP connections that were refused, ended or could not be accepted, by why.",
        &TURNED_AWAY.labelled("why"),
    );
    let mut calls = REPLIES.labelled("method=\"reply\",result").to_vec();
    calls.extend(PUSHES.labelled("method=\"push\",result"));
    text.counter(
        "sala_line_calls_total",
        "Calls that send to LINE, by what they came to.",
        &calls,
    );
    text.counter(
        "sala_webhooks_total",
        "Webhooks answered, by HTTP status.",
        &WEBHOOKS.labelled("status"),
    );
    text.histogram(
        "sala_webhook_seconds",
        "From a webhook's body to its answer, the durable commit included.",
        &WEBHOOK_SECONDS.read(),
    );
    text.histogram(
        "sala_commit_seconds",
        "How long the database takes to make changes durable.",
        &COMMIT_SECONDS.read(),
    );
    text.counter(
        "sala_committed_changes_total",
        "Changes made durable; more than commits where several share one.",
        &[("", COMMITTED.get())],
    );
}
