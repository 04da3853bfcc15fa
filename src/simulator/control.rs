//! The control interface: what tests and the phone page let customers and LINE do.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::page::own_pages_only;
use super::{
    Content, Delivered, Fault, InboxEntry, LoadingCall, NewCustomer, Settings, SettingsChange,
    Simulator, SimulatorError, Utterance,
};

/// A film, and a body that is too large for the webhook under test, have room.
const BODY_MAX: usize = 64 * 1024 * 1024;
/// More faults in one order are a mistake.
const FAULTS_MAX: usize = 10_000;

type Answer<T> = Result<Json<T>, SimulatorError>;

/// The routes under `/_sim` that change something, and the inbox.
pub(super) fn router(simulator: &Simulator) -> Router {
    Router::new()
        .route("/_sim/customers", post(add_customer))
        .route("/_sim/groups", post(add_group))
        .route("/_sim/events", post(post_events))
        .route("/_sim/faults", post(add_faults).delete(clear_faults))
        .route("/_sim/settings", post(change_settings).get(settings))
        .route("/_sim/webhooks/repeat", post(repeat_webhook))
        .route("/_sim/customers/{chat_id}/messages", post(say))
        .route("/_sim/customers/{chat_id}/uploads", post(upload))
        .route("/_sim/customers/{chat_id}/inbox", axum::routing::get(inbox))
        .route(
            "/_sim/customers/{chat_id}/loading",
            axum::routing::get(loading),
        )
        .route(
            "/_sim/customers/{chat_id}/unsend/{message_id}",
            post(unsend),
        )
        .route("/_sim/customers/{chat_id}/block", post(block))
        .route("/_sim/customers/{chat_id}/unfollow", post(block))
        .route("/_sim/customers/{chat_id}/unblock", post(follow))
        .route("/_sim/customers/{chat_id}/follow", post(follow))
        .route("/_sim/customers/{chat_id}/press", post(press))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(from_fn(own_pages_only))
        .with_state(simulator.clone())
}

impl IntoResponse for SimulatorError {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::Http(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, Json(json!({ "message": self.to_string() }))).into_response()
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, SimulatorError> {
    serde_json::from_slice(body).map_err(|error| SimulatorError::Invalid(error.to_string()))
}

async fn add_customer(State(simulator): State<Simulator>, body: Bytes) -> Answer<Value> {
    let new: NewCustomer = read(&body)?;
    if new.display_name.trim().is_empty() {
        return Err(SimulatorError::Invalid("display_name is empty".to_owned()));
    }
    Ok(Json(json!({ "user_id": simulator.add_customer(new) })))
}

#[derive(Deserialize)]
struct NewGroup {
    name: String,
    members: Vec<String>,
}

async fn add_group(State(simulator): State<Simulator>, body: Bytes) -> Answer<Value> {
    let NewGroup { name, members } = read(&body)?;
    Ok(Json(
        json!({ "group_id": simulator.add_group(name, members)? }),
    ))
}

#[derive(Deserialize)]
struct Events {
    events: Vec<Box<RawValue>>,
}

async fn post_events(State(simulator): State<Simulator>, body: Bytes) -> Answer<Value> {
    let Events { events } = read(&body)?;
    Ok(Json(
        json!({ "webhook_status": simulator.post_events(&events).await }),
    ))
}

#[derive(Deserialize)]
struct FaultOrder {
    #[serde(default = "once")]
    next: usize,
    /// Whether it is about fetching content rather than sending.
    #[serde(default)]
    content: bool,
    #[serde(flatten)]
    fault: Fault,
}

const fn once() -> usize {
    1
}

async fn add_faults(State(simulator): State<Simulator>, body: Bytes) -> Answer<Value> {
    let FaultOrder {
        next,
        content,
        fault,
    } = read(&body)?;
    if next > FAULTS_MAX
        || fault
            .status
            .is_some_and(|status| !(100..1000).contains(&status))
    {
        return Err(SimulatorError::Invalid(
            "next or status is out of bounds".to_owned(),
        ));
    }
    if content {
        simulator.add_content_fault(fault, next);
    } else {
        simulator.add_fault(fault, next);
    }
    Ok(Json(json!({})))
}

async fn clear_faults(State(simulator): State<Simulator>) -> Json<Value> {
    let mut state = simulator.state();
    state.faults.clear();
    state.content_faults.clear();
    drop(state);
    Json(json!({}))
}

async fn settings(State(simulator): State<Simulator>) -> Json<Settings> {
    Json(simulator.settings())
}

async fn change_settings(State(simulator): State<Simulator>, body: Bytes) -> Answer<Settings> {
    let change: SettingsChange = read(&body)?;
    simulator.change_settings(change);
    Ok(Json(simulator.settings()))
}

async fn repeat_webhook(State(simulator): State<Simulator>) -> Answer<Value> {
    Ok(Json(
        json!({ "webhook_status": simulator.repeat_webhook().await? }),
    ))
}

async fn say(
    State(simulator): State<Simulator>,
    Path(chat_id): Path<String>,
    body: Bytes,
) -> Answer<Delivered> {
    Ok(Json(simulator.say(&chat_id, read(&body)?).await?))
}

#[derive(Deserialize)]
struct Upload {
    kind: String,
    name: Option<String>,
    from: Option<String>,
}

/// A picture, film, sound or file as the request's body, with its content type.
async fn upload(
    State(simulator): State<Simulator>,
    Path(chat_id): Path<String>,
    Query(Upload { kind, name, from }): Query<Upload>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer<Delivered> {
    let content_type = headers
        .get("content-type")
        .and_then(|value| value.to_str().ok());
    let content_type = content_type
        .unwrap_or("application/octet-stream")
        .to_owned();
    let mut message = Map::from_iter([("type".to_owned(), Value::from(kind))]);
    if let Some(name) = name {
        message.insert("fileName".to_owned(), name.into());
    }
    let content = Some(Content {
        bytes,
        content_type,
        preparing_ms: 0,
    });
    let what = Utterance {
        message,
        from,
        content,
        at: None,
    };
    Ok(Json(simulator.say(&chat_id, what).await?))
}

async fn inbox(
    State(simulator): State<Simulator>,
    Path(chat_id): Path<String>,
) -> Answer<Vec<InboxEntry>> {
    Ok(Json(simulator.inbox(&chat_id)?))
}

async fn loading(
    State(simulator): State<Simulator>,
    Path(chat_id): Path<String>,
) -> Answer<Vec<LoadingCall>> {
    Ok(Json(simulator.loading(&chat_id)?))
}

async fn unsend(
    State(simulator): State<Simulator>,
    Path((chat_id, message_id)): Path<(String, String)>,
) -> Answer<Value> {
    let status = simulator.unsend(&chat_id, &message_id).await?;
    Ok(Json(json!({ "webhook_status": status })))
}

async fn block(State(simulator): State<Simulator>, Path(chat_id): Path<String>) -> Answer<Value> {
    Ok(Json(
        json!({ "webhook_status": simulator.block(&chat_id).await? }),
    ))
}

async fn follow(State(simulator): State<Simulator>, Path(chat_id): Path<String>) -> Answer<Value> {
    Ok(Json(
        json!({ "webhook_status": simulator.follow(&chat_id).await? }),
    ))
}

/// A button of one of the account's messages.
#[derive(Deserialize)]
struct Button {
    data: String,
}

async fn press(
    State(simulator): State<Simulator>,
    Path(chat_id): Path<String>,
    Json(button): Json<Button>,
) -> Answer<Value> {
    let status = simulator.press(&chat_id, &button.data).await?;
    Ok(Json(json!({ "webhook_status": status })))
}
