//! The account, its customers and groups, its quota and its webhook.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::answer::{Detail, json_body, refuse, refuse_details};
use crate::simulator::chats::Customer;
use crate::simulator::{Simulator, mint};

pub(super) async fn bot_info(State(simulator): State<Simulator>) -> Json<Value> {
    let (config, settings) = (simulator.config(), simulator.settings());
    Json(json!({
        "userId": config.bot_user_id,
        "basicId": config.basic_id,
        "displayName": config.display_name,
        "chatMode": settings.chat_mode,
        "markAsReadMode": settings.mark_as_read_mode,
    }))
}

pub(super) async fn quota(State(simulator): State<Simulator>) -> Json<Value> {
    Json(match simulator.settings().quota {
        Some(value) => json!({"type": "limited", "value": value}),
        None => json!({"type": "none"}),
    })
}

pub(super) async fn consumption(State(simulator): State<Simulator>) -> Json<Value> {
    Json(json!({"totalUsage": simulator.state().quota_used}))
}

/// LINE tells of friends only.
pub(super) async fn profile(
    State(simulator): State<Simulator>,
    Path(user_id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if !mint::is_user_id(&user_id) {
        return invalid("userId");
    }
    let state = simulator.state();
    let customer = state.customer(&user_id).filter(|customer| customer.friend);
    let Some(mut profile) =
        customer.and_then(|it| member_profile(&simulator, &headers, &user_id, it))
    else {
        return not_found();
    };
    let optional = customer.map(|customer| {
        [
            ("language", &customer.language),
            ("statusMessage", &customer.status_message),
        ]
    });
    for (name, value) in optional.into_iter().flatten() {
        if let Some(value) = value {
            profile[name] = value.as_str().into();
        }
    }
    Json(profile).into_response()
}

pub(super) async fn member(
    State(simulator): State<Simulator>,
    Path((group_id, user_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if !mint::is_user_id(&user_id) {
        return invalid("userId");
    }
    let state = simulator.state();
    let inside = state
        .group(&group_id)
        .is_some_and(|group| group.members.contains(&user_id));
    let customer = state.customer(&user_id).filter(|_| inside);
    match customer.and_then(|it| member_profile(&simulator, &headers, &user_id, it)) {
        Some(profile) => Json(profile).into_response(),
        None => not_found(),
    }
}

pub(super) async fn group_summary(
    State(simulator): State<Simulator>,
    Path(group_id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let state = simulator.state();
    let Some(name) = state.group(&group_id).and_then(|group| group.name.as_ref()) else {
        return not_found();
    };
    let picture = format!("{}/_sim/pictures/group.svg", base(&simulator, &headers));
    let body = json!({"groupId": group_id, "groupName": name, "pictureUrl": picture});
    Json(body).into_response()
}

pub(super) async fn member_count(
    State(simulator): State<Simulator>,
    Path(group_id): Path<String>,
) -> Response {
    match simulator.state().group(&group_id) {
        Some(group) => Json(json!({"count": group.members.len()})).into_response(),
        None => not_found(),
    }
}

pub(super) async fn webhook_endpoint(State(simulator): State<Simulator>) -> Response {
    match &simulator.state().webhook_url {
        Some(endpoint) => Json(json!({"endpoint": endpoint, "active": true})).into_response(),
        None => not_found(),
    }
}

pub(super) async fn set_webhook_endpoint(
    State(simulator): State<Simulator>,
    body: Bytes,
) -> Response {
    match json_body(&body).map(|request| web_address(&request)) {
        Ok(Some(url)) => {
            simulator.set_webhook_url(url);
            Json(json!({})).into_response()
        }
        Ok(None) => refuse_details(&[Detail::new("endpoint", "Must be a valid HTTPS URL")]),
        Err(bad) => bad.into_response(),
    }
}

pub(super) async fn test_webhook(State(simulator): State<Simulator>, body: Bytes) -> Response {
    let request = json_body(&body).unwrap_or_default();
    let url = web_address(&request).or_else(|| simulator.state().webhook_url.clone());
    let Some(url) = url else { return not_found() };
    let timestamp = mint::now_rfc3339();
    let (status, _) = simulator.verify_webhook(&url).await;
    let (success, reason) = match status {
        0 => (false, "COULD_NOT_CONNECT"),
        200..300 => (true, "OK"),
        _ => (false, "ERROR_STATUS_CODE"),
    };
    Json(json!({
        "success": success,
        "timestamp": timestamp,
        "statusCode": status,
        "reason": reason,
        "detail": status.to_string(),
    }))
    .into_response()
}

fn web_address(request: &Value) -> Option<String> {
    let url = request["endpoint"].as_str()?;
    let parsed = reqwest::Url::parse(url).ok()?;
    matches!(parsed.scheme(), "http" | "https").then(|| url.to_owned())
}

/// What LINE tells of a member of a group; nothing of somebody unknown.
fn member_profile(
    simulator: &Simulator,
    headers: &HeaderMap,
    user_id: &str,
    customer: &Customer,
) -> Option<Value> {
    let name = customer.display_name.as_ref()?;
    let picture = format!(
        "{}/_sim/pictures/{}.svg",
        base(simulator, headers),
        customer.picture
    );
    Some(json!({"userId": user_id, "displayName": name, "pictureUrl": picture}))
}

/// Where this request found the simulator, unless the configuration knows better.
fn base(simulator: &Simulator, headers: &HeaderMap) -> String {
    if let Some(url) = &simulator.config().public_url {
        return url.trim_end_matches('/').to_owned();
    }
    let host = headers
        .get("host")
        .and_then(|host| host.to_str().ok())
        .unwrap_or("localhost");
    format!("http://{host}")
}

fn not_found() -> Response {
    refuse(StatusCode::NOT_FOUND, "Not found")
}

/// What LINE says of a part of the address that has not the form of what belongs there.
fn invalid(parameter: &str) -> Response {
    let words = format!("The value for the '{parameter}' parameter is invalid");
    refuse(StatusCode::BAD_REQUEST, &words)
}
