//! The control interface of the simulated LINE.

use std::net::SocketAddr;

use serde_json::{Value, json};

/// The channel's secret in every run.
pub const SECRET: &str = "chaos-secret";

/// The channel's access token in every run.
pub const TOKEN: &str = "chaos-token";

/// A handle to `sala simulator`.
#[derive(Clone)]
pub struct Line {
    http: reqwest::Client,
    base: String,
}

impl Line {
    /// The simulator at this address.
    pub fn at(http: reqwest::Client, addr: SocketAddr) -> Self {
        let base = format!("http://{addr}/_sim");
        Self { http, base }
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let request = self.http.post(format!("{}/{path}", self.base)).json(&body);
        let answer = request.send().await.expect("the simulator answers");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.expect("the simulator answers JSON")
    }

    /// A new customer; answers LINE's id.
    pub async fn customer(&self, name: &str) -> String {
        let made = self.post("customers", json!({ "display_name": name }));
        let id = made.await["user_id"].as_str().map(str::to_owned);
        id.expect("a user id")
    }

    /// LINE posts webhooks again that were not taken.
    pub async fn redeliver(&self) {
        self.post("settings", json!({ "redelivery": true })).await;
    }

    /// A customer writes; answers the webhook's status, 0 if it had no answer.
    pub async fn says(&self, customer: &str, text: &str) -> u64 {
        let body = json!({ "message": { "type": "text", "text": text } });
        let path = format!("customers/{customer}/messages");
        let answer = self.post(&path, body).await;
        answer["webhook_status"].as_u64().unwrap_or(0)
    }

    /// Lets the next sends end badly.
    pub async fn fault(&self, fault: Value) {
        self.post("faults", fault).await;
    }

    /// LINE is well again.
    pub async fn heal(&self) {
        let request = self.http.delete(format!("{}/faults", self.base));
        request.send().await.expect("the simulator answers");
    }

    /// The texts that LINE took for a customer, in its order.
    pub async fn inbox(&self, customer: &str) -> Vec<String> {
        let url = format!("{}/customers/{customer}/inbox", self.base);
        let answer = self.http.get(url).send().await.expect("an answer");
        let calls: Vec<Value> = answer.json().await.expect("a list of calls");
        let messages = calls
            .iter()
            .flat_map(|call| call["messages"].as_array().into_iter().flatten());
        messages
            .map(|message| message["text"].as_str().unwrap_or_default().to_owned())
            .collect()
    }
}
