//! Reply and push.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{BadBody, Detail, cut, json_body, noted, refuse, refuse_details};
use super::{REQUEST_ID, check};
use crate::simulator::chats::{Bubble, InboxEntry, SentMessage};
use crate::simulator::fault::Fault;
use crate::simulator::fault::MONTHLY_LIMIT;
use crate::simulator::state::{Accepted, State as Memory};
use crate::simulator::wire::Update;
use crate::simulator::{Simulator, mint};

const ACCEPTED_REQUEST_ID: &str = "x-line-accepted-request-id";

/// A send as it came in.
enum Call {
    Reply(Bytes),
    Push(Bytes, Option<String>),
}

/// Why LINE refuses a send.
enum Refusal {
    Body(BadBody),
    Details(Vec<Detail>),
    Words(StatusCode, String),
    AlreadyAccepted(Accepted),
}

/// A send that LINE took.
struct Taken {
    chat: String,
    sent: Vec<SentMessage>,
    bubbles: Vec<Bubble>,
    request_id: String,
    detail: String,
}

pub(super) async fn reply(State(simulator): State<Simulator>, body: Bytes) -> Response {
    end(&simulator, Call::Reply(body)).await
}

pub(super) async fn push(
    State(simulator): State<Simulator>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let key = headers
        .get("x-line-retry-key")
        .map(|key| String::from_utf8_lossy(key.as_bytes()).into_owned());
    end(&simulator, Call::Push(body, key)).await
}

/// LINE's own check of messages, without sending them.
pub(super) async fn validate(body: Bytes) -> Response {
    match json_body(&body).map(|request| check::messages(&request)) {
        Ok(Ok(_)) => Json(json!({})).into_response(),
        Ok(Err(details)) => refuse_details(&details),
        Err(bad) => bad.into_response(),
    }
}

/// Lets a send end as ordered, or as it would.
async fn end(simulator: &Simulator, call: Call) -> Response {
    let fault = simulator.state().faults.pop_front();
    let Some(fault) = fault else {
        return take(simulator, &call);
    };
    let answer = fault.takes_message().then(|| take(simulator, &call));
    if let Some(delay) = fault.delay() {
        tokio::time::sleep(delay).await;
    }
    let title = match &call {
        Call::Reply(_) => "reply",
        Call::Push(..) => "push",
    };
    if fault.cut {
        return noted(cut(), title, "injected".to_owned());
    }
    match (fault.injected_status(), answer) {
        (None, Some(answer)) => answer,
        (status, _) => noted(
            injected(&fault, status.unwrap_or(500)),
            title,
            "injected".to_owned(),
        ),
    }
}

fn injected(fault: &Fault, status: u16) -> Response {
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (code, Json(fault.body(status))).into_response()
}

fn take(simulator: &Simulator, call: &Call) -> Response {
    let result = match call {
        Call::Reply(body) => take_reply(&mut simulator.state(), body),
        Call::Push(body, key) => take_push(&mut simulator.state(), body, key.as_deref()),
    };
    let title = match call {
        Call::Reply(_) => "reply",
        Call::Push(..) => "push",
    };
    match result {
        Ok(taken) => {
            for bubble in &taken.bubbles {
                simulator.publish(&Update::Bubble {
                    chat: &taken.chat,
                    bubble,
                });
            }
            simulator.publish(&Update::Typing {
                chat: &taken.chat,
                seconds: 0,
            });
            let body = Json(json!({ "sentMessages": taken.sent }));
            let title = format!("{title} ×{}", taken.sent.len());
            noted(
                ([(REQUEST_ID, taken.request_id)], body).into_response(),
                title,
                taken.detail,
            )
        }
        Err(refusal) => refused(title, refusal),
    }
}

fn refused(title: &str, refusal: Refusal) -> Response {
    match refusal {
        Refusal::Body(bad) => bad.into_response(),
        Refusal::Details(details) => {
            let first = format!("{}: {}", details[0].property, details[0].message);
            noted(refuse_details(&details), title, first)
        }
        Refusal::Words(status, words) => noted(refuse(status, &words), title, words),
        Refusal::AlreadyAccepted(accepted) => {
            let message = "The retry key is already accepted";
            let body = json!({ "message": message, "sentMessages": accepted.sent });
            let headers = [(ACCEPTED_REQUEST_ID, accepted.request_id)];
            let response = (StatusCode::CONFLICT, headers, Json(body)).into_response();
            noted(response, title, "already accepted".to_owned())
        }
    }
}

fn words(text: &str) -> Refusal {
    Refusal::Words(StatusCode::BAD_REQUEST, text.to_owned())
}

fn take_reply(memory: &mut Memory, body: &[u8]) -> Result<Taken, Refusal> {
    let request = json_body(body).map_err(Refusal::Body)?;
    let messages = check::messages(&request).map_err(Refusal::Details)?;
    let life_ms = memory.settings.reply_token_seconds.saturating_mul(1_000);
    let name = request["replyToken"].as_str().unwrap_or_default();
    let token = memory
        .reply_tokens
        .get(name)
        .filter(|token| !token.used)
        .cloned();
    let age_ms = token
        .as_ref()
        .map(|token| mint::now().saturating_sub(token.issued_at));
    let (Some(token), Some(age_ms)) = (token, age_ms) else {
        return Err(words("Invalid reply token"));
    };
    if u64::try_from(age_ms).unwrap_or_default() >= life_ms {
        return Err(words("Invalid reply token"));
    }
    check_quotes(memory, &token.chat, &messages)?;
    if let Some(token) = memory.reply_tokens.get_mut(name) {
        token.used = true;
    }
    let entry = InboxEntry {
        kind: "reply",
        retry_key: None,
        messages,
    };
    let detail = format!("free · token used after {} s", age_ms / 1_000);
    Ok(hand_over(memory, token.chat, entry, detail))
}

fn take_push(memory: &mut Memory, body: &[u8], key: Option<&str>) -> Result<Taken, Refusal> {
    let key = key.map(|key| Uuid::parse_str(key).map(|key| key.to_string()));
    let key = key
        .transpose()
        .map_err(|_| words("The retry key is invalid"))?;
    if let Some(accepted) = key.as_ref().and_then(|key| memory.retry_keys.get(key)) {
        return Err(Refusal::AlreadyAccepted(accepted.clone()));
    }
    let request = json_body(body).map_err(Refusal::Body)?;
    let messages = check::messages(&request).map_err(Refusal::Details)?;
    let to = request["to"].as_str().unwrap_or_default();
    if !mint::is_chat_id(to) {
        let invalid = "The property, 'to', in the request body is invalid (line: -, column: -)";
        return Err(words(invalid));
    }
    let cost = memory
        .chats
        .get(to)
        .map(super::super::chats::Chat::recipients);
    let cost = cost.ok_or_else(|| words("Failed to send messages"))?;
    check_quotes(memory, to, &messages)?;
    let used = memory.quota_used + cost;
    if memory.settings.quota.is_some_and(|quota| used > quota) {
        return Err(Refusal::Words(
            StatusCode::TOO_MANY_REQUESTS,
            MONTHLY_LIMIT.to_owned(),
        ));
    }
    memory.quota_used = used;
    let detail = match memory.settings.quota {
        Some(quota) => format!("quota {used} / {quota}"),
        None => format!("quota {used}"),
    };
    let entry = InboxEntry {
        kind: "push",
        retry_key: key.clone(),
        messages,
    };
    let taken = hand_over(memory, to.to_owned(), entry, detail);
    if let Some(key) = key {
        let (request_id, sent) = (taken.request_id.clone(), taken.sent.clone());
        memory.retry_keys.insert(key, Accepted { request_id, sent });
    }
    Ok(taken)
}

fn hand_over(memory: &mut Memory, chat: String, entry: InboxEntry, detail: String) -> Taken {
    let (sent, bubbles) = memory.hand_over(&chat, entry);
    Taken {
        chat,
        sent,
        bubbles,
        request_id: mint::request_id(),
        detail,
    }
}

/// A message can quote only what was said in the same chat.
fn check_quotes(memory: &Memory, chat: &str, messages: &[Value]) -> Result<(), Refusal> {
    let wrong = messages.iter().enumerate().filter(|(_, message)| {
        let token = message["quoteToken"].as_str();
        token.is_some_and(|token| {
            memory
                .quote_tokens
                .get(token)
                .is_none_or(|home| home != chat)
        })
    });
    let details: Vec<_> = wrong
        .map(|(index, _)| {
            Detail::new(
                format!("messages[{index}].quoteToken"),
                "Invalid quote token",
            )
        })
        .collect();
    if details.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Details(details))
    }
}
