//! `GET /metrics`: numbers in Prometheus' text form.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use http::{HeaderMap, header};

use super::guard::refusal;
use super::hosts::{self, Hosts};
use crate::api::context::identify;
use crate::clock;
use crate::metrics::{self, text::Text};
use crate::protocol::Role;
use crate::service::ServiceError;
use crate::state::AppState;

const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// On an address of its own, open to whoever reaches that.
pub(crate) fn own_router(state: &AppState) -> Router {
    Router::new()
        .route("/metrics", get(for_all))
        .with_state(state.clone())
        .layer(middleware::from_fn_with_state(
            Hosts::for_monitors(&state.config),
            hosts::only_known,
        ))
}

/// On the console's address, for administrators.
pub(super) async fn for_admins(State(state): State<AppState>, headers: HeaderMap) -> Response {
    match identify(&state, &headers).await {
        Ok(Some(who)) => match who.at_least(Role::Admin) {
            Ok(()) => answer(&state).await,
            Err(error) => refusal(&error),
        },
        Ok(None) => refusal(&ServiceError::NotAuthenticated),
        Err(error) => {
            error.log();
            refusal(&error)
        }
    }
}

async fn for_all(State(state): State<AppState>) -> Response {
    answer(&state).await
}

async fn answer(state: &AppState) -> Response {
    let mut text = Text::default();
    let build = format!(
        "version=\"{}\",database=\"{}\"",
        env!("CARGO_PKG_VERSION"),
        state.db.kind()
    );
    text.gauge("sala_build_info", "The running version.", &build, 1);
    connections(state, &mut text);
    outbox(state, &mut text).await;
    space(state, &mut text).await;
    search(state, &mut text).await;
    metrics::write(&mut text);
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], text.into_string()).into_response()
}

fn connections(state: &AppState, text: &mut Text) {
    let (_, rooms) = state.hub.size();
    let depths = state.hub.connections();
    let depths = depths.iter().map(|connection| connection.depth());
    let (sum, max) = depths.fold((0, 0), |(sum, max), depth| (sum + depth, depth.max(max)));
    let about = "Open sockets of this node, those that nobody has signed in to yet included.";
    let sockets = state.sockets.len();
    text.gauge("sala_websocket_connections", about, "", sockets);
    let about = "Conversations that sockets of this node look at.";
    text.gauge("sala_joined_rooms", about, "", rooms);
    let about = "Events that wait for this node's sockets to take them.";
    text.gauge("sala_queue_depth", about, "", sum);
    let about = "The same of the slowest socket; over 256 it is closed with 4429.";
    text.gauge("sala_queue_depth_max", about, "", max);
}

/// Left out while the database does not answer: a wrong number would be worse.
async fn outbox(state: &AppState, text: &mut Text) {
    let waiting = match state.messages.waiting().await {
        Ok(waiting) => waiting,
        Err(error) => return error.log(),
    };
    let about = "Messages on their way to LINE, of all nodes.";
    text.gauge("sala_outbox_depth", about, "", waiting.messages);
    let age = waiting.oldest.map_or(0, |at| clock::now().since(at).max(0));
    let seconds = std::time::Duration::from_millis(age.unsigned_abs()).as_secs_f64();
    let about = "How long the oldest of them waits.";
    text.gauge("sala_outbox_oldest_seconds", about, "", seconds);
}

/// Left out while the database does not answer, as above.
async fn search(state: &AppState, text: &mut Text) {
    let percent = match state.search.filled_percent().await {
        Ok(percent) => percent,
        Err(error) => return error.log(),
    };
    let about = "How much of the messages from before the search index is in it, of all nodes, in \
         percent of the time in which they were written.";
    text.gauge("sala_search_filled_percent", about, "", percent);
}

/// Left out while the database does not answer, as above.
async fn space(state: &AppState, text: &mut Text) {
    let space = match state.db.space().await {
        Ok(space) => space,
        Err(error) => return ServiceError::from(error).log(),
    };
    let about = "Bytes of the database, without SQLite's log.";
    text.gauge("sala_database_bytes", about, "", space.database);
    let about = "Bytes of SQLite's write-ahead log.";
    text.gauge("sala_database_log_bytes", about, "", space.log);
    let about = "Bytes of customers' files that are kept; a part of the database.";
    text.gauge("sala_media_bytes", about, "", space.media);
    let about = "Free bytes where SQLite's database is; not known of a database server.";
    let free = space.free.map_or("NaN".to_owned(), |free| free.to_string());
    text.gauge("sala_disk_free_bytes", about, "", free);
    let about = "1 while customers' files wait for room.";
    let waits = u8::from(state.hub.files_wait());
    text.gauge("sala_files_wait", about, "", waits);
}
