//! A customer on LINE, played through the simulator's control interface.

use std::net::SocketAddr;

use serde_json::{Value, json};

/// A person (or a group) on the simulated LINE.
pub struct Customer {
    http: reqwest::Client,
    base: String,
    /// LINE's user or group id.
    pub id: String,
}

impl Customer {
    /// A new customer of this name.
    pub async fn new(addr: SocketAddr, name: &str) -> Self {
        Self::of(addr, json!({ "display_name": name })).await
    }

    /// A new customer whose LINE is in this language.
    pub async fn speaking(addr: SocketAddr, name: &str, language: &str) -> Self {
        let profile = json!({ "display_name": name, "language": language });
        Self::of(addr, profile).await
    }

    async fn of(addr: SocketAddr, profile: Value) -> Self {
        let http = harness_client();
        let base = format!("http://{addr}/_sim");
        let made = post(&http, &format!("{base}/customers"), profile).await;
        let id = made["user_id"].as_str().expect("a user id").to_owned();
        Self { http, base, id }
    }

    /// A new group with these members.
    pub async fn group(addr: SocketAddr, name: &str, members: &[&Customer]) -> Self {
        let http = harness_client();
        let base = format!("http://{addr}/_sim");
        let members: Vec<_> = members.iter().map(|member| member.id.clone()).collect();
        let body = json!({ "name": name, "members": members });
        let made = post(&http, &format!("{base}/groups"), body).await;
        let id = made["group_id"].as_str().expect("a group id").to_owned();
        Self { http, base, id }
    }

    /// The room of this customer on the default channel.
    pub fn room(&self) -> String {
        format!("conversation:{}", self.id)
    }

    /// Sends a text; answers LINE's message id.
    pub async fn writes(&self, text: &str) -> String {
        self.sends(json!({ "type": "text", "text": text })).await
    }

    /// Sends any message object; answers LINE's message id.
    pub async fn sends(&self, message: Value) -> String {
        let answer = self.act("messages", json!({ "message": message })).await;
        assert_eq!(answer["webhook_status"], 200, "{answer}");
        answer["message_id"]
            .as_str()
            .expect("a message id")
            .to_owned()
    }

    /// `block`, `unblock`, `unsend/{id}`, `messages`.
    pub async fn act(&self, what: &str, body: Value) -> Value {
        post(
            &self.http,
            &format!("{}/customers/{}/{what}", self.base, self.id),
            body,
        )
        .await
    }

    /// What LINE accepted for this customer: `[{kind, retry_key?, messages}]`.
    pub async fn inbox(&self) -> Vec<Value> {
        self.list("inbox").await
    }

    /// The calls for the loading animation: `[{at, seconds?}]`, without seconds where refused.
    pub async fn loading(&self) -> Vec<Value> {
        self.list("loading").await
    }

    async fn list(&self, what: &str) -> Vec<Value> {
        let url = format!("{}/customers/{}/{what}", self.base, self.id);
        let answer = self
            .http
            .get(url)
            .send()
            .await
            .expect("the simulator answers");
        answer.json().await.expect("a list")
    }

    /// The texts of the inbox, in order.
    pub async fn texts(&self) -> Vec<String> {
        let calls = self.inbox().await;
        let messages = calls
            .iter()
            .flat_map(|call| call["messages"].as_array().into_iter().flatten());
        messages
            .filter_map(|message| message["text"].as_str().map(str::to_owned))
            .collect()
    }
}

/// Makes the next sends end otherwise; see the contract's `/_sim/faults`.
pub async fn fault(addr: SocketAddr, fault: Value) {
    post(
        &harness_client(),
        &format!("http://{addr}/_sim/faults"),
        fault,
    )
    .await;
}

/// Posts raw webhook events, signed; answers the webhook's status.
pub async fn events(addr: SocketAddr, events: Value) -> u64 {
    let body = json!({ "events": events });
    let answer = post(
        &harness_client(),
        &format!("http://{addr}/_sim/events"),
        body,
    )
    .await;
    answer["webhook_status"].as_u64().expect("a status")
}

/// A client without redirects and proxies.
pub fn harness_client() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .expect("a client")
}

async fn post(http: &reqwest::Client, url: &str, body: Value) -> Value {
    let answer = http
        .post(url)
        .json(&body)
        .send()
        .await
        .expect("the simulator answers");
    let status = answer.status();
    let text = answer.text().await.expect("a body");
    assert!(status.is_success(), "{url}: {status} {text}");
    serde_json::from_str(&text).unwrap_or(Value::Null)
}
