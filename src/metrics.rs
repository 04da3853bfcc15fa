//! What this process has done so far, as Prometheus counts it.
//!
//! A process is a node, so the counters are the process's: whoever does something counts it with
//! one atomic addition. What can be looked up when somebody asks (connections, depths) is not
//! kept here. Labels come from the enums and lists below, never from what users write.

pub mod access;
mod counter;
mod histogram;
mod labels;
pub mod text;

use std::sync::OnceLock;
use std::time::Duration;

use counter::{Counter, Family};
use histogram::Histogram;
use labels::labels;
use text::Text;

use crate::outcome::{Method, Outcome};

labels! {
    /// How a client came back into a room.
    pub enum Resume {
        /// It got every line that it had missed.
        Complete = "complete",
        /// It had missed too much and started afresh.
        TooFar = "too_far",
        /// It had nothing before.
        New = "none",
    }
}

labels! {
    /// What a panic broke off.
    pub enum Broken {
        /// A request; it was answered with 500.
        Request = "request",
        /// A socket; its client comes back.
        Socket = "socket",
        /// A change to the store; it was undone.
        Change = "change",
        /// A delivery to LINE; it is tried again.
        Delivery = "delivery",
        /// The fetching of a file or profile; it is tried again.
        Fetch = "fetch",
        /// A task that serves everybody; the process ends.
        Task = "task",
    }
}

labels! {
    /// Why a connection got no place, or lost it.
    pub enum TurnedAway {
        /// There were as many as there may be, of all or of its address.
        Full = "full",
        /// It waited longest when there was no room for another.
        GaveWay = "gave_way",
        /// It took too long.
        TooSlow = "too_slow",
        /// The system could not accept it.
        NotAccepted = "not_accepted",
    }
}

labels! {
    /// What came of marking a chat as read at LINE.
    pub enum ReadMark {
        /// The customer sees it.
        Marked = "marked",
        /// LINE refused.
        Refused = "refused",
        /// LINE could not be reached, or took too long.
        Unanswered = "unanswered",
    }
}

static READ_MARKS: Family<{ ReadMark::LABELS.len() }> = Family::new(ReadMark::LABELS);
static TURNED_AWAY: Family<{ TurnedAway::LABELS.len() }> = Family::new(TurnedAway::LABELS);
static EVENTS_OUT: Counter = Counter::new();
static EVENTS_DROPPED: Counter = Counter::new();
static RESUMES: Family<{ Resume::LABELS.len() }> = Family::new(Resume::LABELS);
static CLOSES: Family<10> = Family::new([
    "client", "1001", "1002", "1007", "1008", "1009", "4401", "4403", "4408", "4429",
]);
static REPLIES: Family<{ Outcome::LABELS.len() }> = Family::new(Outcome::LABELS);
static PUSHES: Family<{ Outcome::LABELS.len() }> = Family::new(Outcome::LABELS);
static WEBHOOKS: Family<6> = Family::new(["200", "400", "401", "404", "500", "other"]);
static WEBHOOK_SECONDS: Histogram = Histogram::new();
static COMMIT_SECONDS: Histogram = Histogram::new();
static COMMITTED: Counter = Counter::new();
static PANICS: Family<{ Broken::LABELS.len() }> = Family::new(Broken::LABELS);
static MADE_FINDABLE: Counter = Counter::new();
static LINES_REFUSED: Counter = Counter::new();
static LINES_DROPPED: OnceLock<Box<dyn Fn() -> u64 + Send + Sync>> = OnceLock::new();

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
    RESUMES.inc(outcome.label());
}

/// How many clients joined a room: complete, too far, new.
pub fn resumes() -> [u64; 3] {
    RESUMES.read()
}

/// A socket ended; `None` when the client went by itself.
pub fn closed(code: Option<u16>) {
    let name = code.map_or_else(|| "client".to_owned(), |code| code.to_string());
    CLOSES.inc(&name);
}

/// A connection got no place, or lost it.
pub fn turned_away(why: TurnedAway) {
    TURNED_AWAY.inc(why.label());
}

/// LINE was called to send.
pub fn called_line(method: Method, outcome: &Outcome) {
    let calls = match method {
        Method::Reply => &REPLIES,
        Method::Push => &PUSHES,
    };
    calls.inc(outcome.label());
}

/// A chat was to be marked as read at LINE.
pub fn marked_as_read(what: ReadMark) {
    READ_MARKS.inc(what.label());
}

/// A webhook was answered.
pub fn webhook(status: u16, took: Duration) {
    WEBHOOKS.inc(&status.to_string());
    WEBHOOK_SECONDS.observe(took);
}

/// So many changes became durable together.
pub fn committed(changes: usize, took: Duration) {
    COMMITTED.add(changes as u64);
    COMMIT_SECONDS.observe(took);
}

/// A panic has broken something off.
pub fn broke(what: Broken) {
    PANICS.inc(what.label());
}

/// A line of the log could not be written.
pub fn line_refused() {
    LINES_REFUSED.add(1);
}

/// Says who counts the lines of the log that found no place to wait in.
pub fn count_dropped_lines(read: impl Fn() -> u64 + Send + Sync + 'static) {
    let _ = LINES_DROPPED.set(Box::new(read));
}

/// Texts from before the search index were put into it.
pub fn made_findable(texts: usize) {
    MADE_FINDABLE.add(texts as u64);
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

/// What was asked of LINE.
fn write_line(text: &mut Text) {
    let labels = |method: Method| format!("method=\"{}\",result", method.label());
    let mut calls = REPLIES.labelled(&labels(Method::Reply)).to_vec();
    calls.extend(PUSHES.labelled(&labels(Method::Push)));
    text.counter(
        "sala_line_calls_total",
        "Calls that send to LINE, by what they came to.",
        &calls,
    );
    text.counter(
        "sala_line_read_marks_total",
        "Chats that were to be marked as read at LINE, by what came of it.",
        &READ_MARKS.labelled("result"),
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
    write_line(text);
    text.counter(
        "sala_search_filled_texts_total",
        "Texts from before the search index that this node put into it.",
        &[("", MADE_FINDABLE.get())],
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
