//! What one-to-one chats show of the account: the loading animation and "Read".

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::answer::{Detail, json_body, noted, refuse, refuse_details};
use crate::simulator::wire::Update;
use crate::simulator::{LoadingCall, Simulator, mint};

const LOADING_SECONDS: u64 = 20;

pub(super) async fn loading_start(State(simulator): State<Simulator>, body: Bytes) -> Response {
    let request = match json_body(&body) {
        Ok(request) => request,
        Err(bad) => return bad.into_response(),
    };
    let chat = request["chatId"].as_str().unwrap_or_default();
    let seconds = loading_seconds(&request["loadingSeconds"]);
    record_call(&simulator, chat, seconds);
    if !chat.starts_with('U') {
        let words = "Only user id is acceptable, group id and room id are not.";
        return refuse(StatusCode::BAD_REQUEST, words);
    }
    if simulator.state().customer(chat).is_none() {
        return refuse(
            StatusCode::BAD_REQUEST,
            "The property, 'chatId', is invalid",
        );
    }
    let Some(seconds) = seconds else {
        let words = "Must be a multiple of 5 between 5 and 60";
        return refuse_details(&[Detail::new("loadingSeconds", words)]);
    };
    simulator.publish(&Update::Typing { chat, seconds });
    let response = (StatusCode::ACCEPTED, Json(json!({}))).into_response();
    noted(
        response,
        format!("loading/start {seconds} s"),
        "the owner is typing".to_owned(),
    )
}

/// How long the animation is to show; absent when LINE does not take that.
fn loading_seconds(given: &Value) -> Option<u64> {
    match given {
        Value::Null => Some(LOADING_SECONDS),
        given => given
            .as_u64()
            .filter(|seconds| (5..=60).contains(seconds) && seconds % 5 == 0),
    }
}

fn record_call(simulator: &Simulator, chat_id: &str, seconds: Option<u64>) {
    let mut state = simulator.state();
    let is_customer = state.customer(chat_id).is_some();
    if let Some(chat) = state.chats.get_mut(chat_id) {
        chat.loading.push(LoadingCall {
            at: mint::now(),
            seconds: seconds.filter(|_| is_customer),
        });
    }
}

pub(super) async fn mark_as_read(State(simulator): State<Simulator>, body: Bytes) -> Response {
    let request = match json_body(&body) {
        Ok(request) => request,
        Err(bad) => return bad.into_response(),
    };
    let token = request["markAsReadToken"].as_str().unwrap_or_default();
    let mut state = simulator.state();
    let Some((chat, message)) = state.read_tokens.get(token).cloned() else {
        let words = "Invalid markAsReadToken. Tokens must be used by the bot that received them \
            via Webhook.";
        return refuse(StatusCode::BAD_REQUEST, words);
    };
    let ids = state.mark_as_read(&chat, &message);
    drop(state);
    simulator.publish(&Update::Read {
        chat: &chat,
        ids: &ids,
    });
    noted(
        Json(json!({})).into_response(),
        "markAsRead",
        format!("{} messages", ids.len()),
    )
}
