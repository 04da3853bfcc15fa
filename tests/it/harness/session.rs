//! An operator's log-in over HTTP.

use std::net::SocketAddr;

use serde_json::{Value, json};

use super::customer::harness_client;
use super::files::{self, Field};

/// Of all operators in tests.
pub const PASSWORD: &str = "jasmine tea at four";

/// A log-in.
pub struct Session {
    http: reqwest::Client,
    addr: SocketAddr,
    /// `sala_session=…`
    pub cookie: String,
    /// As `/api/login` answered.
    pub token: String,
}

impl Session {
    /// Signs in.
    pub async fn start(addr: SocketAddr, email: &str) -> Self {
        let http = harness_client();
        let answer = try_login(&http, addr, email, PASSWORD).await;
        assert_eq!(answer.status(), 200);
        let cookie = answer.headers()["set-cookie"]
            .to_str()
            .expect("ASCII")
            .to_owned();
        let cookie = cookie.split(';').next().expect("a pair").to_owned();
        let body: Value = answer.json().await.expect("JSON");
        let token = body["token"].as_str().expect("a token").to_owned();
        Self {
            http,
            addr,
            cookie,
            token,
        }
    }

    /// Calls a server function with the session's cookie.
    pub async fn call(&self, name: &str, arguments: Value) -> (u16, Value) {
        let request = self.http.post(format!("http://{}/api/{name}", self.addr));
        let answer = request
            .header("accept", "application/json")
            .header("cookie", &self.cookie)
            .json(&arguments)
            .send()
            .await
            .expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or(Value::Null))
    }

    /// Sends a file to a room.
    pub async fn upload(&self, room: &str, name: &str, bytes: &[u8]) -> (u16, Value) {
        self.upload_form(&[("room", None, room.as_bytes()), ("file", Some(name), bytes)])
            .await
    }

    /// Sends a form with these fields.
    pub async fn upload_form(&self, fields: &[Field<'_>]) -> (u16, Value) {
        let (content_type, body) = files::form(fields);
        let request = self.http.post(format!("http://{}/api/upload", self.addr));
        let answer = request
            .header("cookie", &self.cookie)
            .header("content-type", content_type)
            .body(body)
            .send()
            .await
            .expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or(Value::Null))
    }

    /// The bytes of a file that operators see.
    pub async fn bytes(&self, path: &str) -> Vec<u8> {
        let request = self.http.get(format!("http://{}{path}", self.addr));
        let answer = request.header("cookie", &self.cookie).send().await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer.bytes().await.expect("a body").to_vec()
    }

    /// Signs out.
    pub async fn log_out(&self) {
        assert_eq!(self.call("logout", json!({})).await.0, 200);
    }
}

/// One try to sign in.
pub async fn try_login(
    http: &reqwest::Client,
    addr: SocketAddr,
    email: &str,
    password: &str,
) -> reqwest::Response {
    http.post(format!("http://{addr}/api/login"))
        .header("accept", "application/json")
        .json(&json!({ "email": email, "password": password }))
        .send()
        .await
        .expect("an answer")
}
