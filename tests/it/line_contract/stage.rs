//! A simulator on a real port, a webhook that writes down what it gets, and the client.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::post;
use sala::line::{LineChannel, LineClient};
use sala::simulator::{Simulator, SimulatorConfig};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const BODY_MAX: usize = 64 * 1024 * 1024;

/// One call to LINE and its answer.
#[derive(Clone)]
pub struct Exchange {
    pub method: String,
    /// Without the simulator's prefix.
    pub path: String,
    pub data_host: bool,
    pub request_headers: HeaderMap,
    pub request: Bytes,
    pub status: u16,
    pub response_headers: HeaderMap,
    pub response: Bytes,
}

impl Exchange {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.request_headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    }

    pub fn response_header(&self, name: &str) -> Option<&str> {
        self.response_headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    }
}

/// One webhook.
#[derive(Clone)]
pub struct Webhook {
    pub signature: Option<String>,
    pub body: Bytes,
}

impl Webhook {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the webhook is JSON")
    }
}

#[derive(Clone, Default)]
struct Record {
    exchanges: Arc<Mutex<Vec<Exchange>>>,
    webhooks: Arc<Mutex<Vec<Webhook>>>,
    /// What the webhook answers next; 200 when empty.
    answers: Arc<Mutex<VecDeque<u16>>>,
}

/// Everything that a test of LINE's side needs.
pub struct Stage {
    pub simulator: Simulator,
    pub line: LineChannel,
    /// Address of the simulator.
    pub base: String,
    pub http: reqwest::Client,
    record: Record,
    shutdown: CancellationToken,
    _servers: JoinSet<()>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

impl Stage {
    pub async fn set() -> Self {
        let (record, shutdown) = (Record::default(), CancellationToken::new());
        let simulator =
            Simulator::new(SimulatorConfig::default(), shutdown.clone()).expect("a simulator");
        let mut servers = JoinSet::new();
        let calls = simulator
            .router()
            .layer(from_fn_with_state(record.clone(), record_exchange));
        let base = serve(&mut servers, calls).await;
        let hook = Router::new()
            .route("/hook", post(record_webhook))
            .with_state(record.clone());
        let hook = serve(&mut servers, hook).await;
        simulator.set_webhook_url(format!("{hook}/hook"));
        let line = LineClient::new(
            &format!("{base}/_sim/line"),
            &format!("{base}/_sim/line-data"),
        )
        .expect("a client")
        .channel("demo-token");
        let http = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client");
        Self {
            simulator,
            line,
            base,
            http,
            record,
            shutdown,
            _servers: servers,
        }
    }

    /// A control call; answers status and JSON.
    pub async fn control(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let request = self
            .http
            .post(format!("{}/_sim{path}", self.base))
            .body(body.to_string());
        let response = request.send().await.expect("an answer");
        let status = response.status();
        let body = response.bytes().await.expect("a body");
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    pub async fn inbox(&self, chat_id: &str) -> Value {
        let url = format!("{}/_sim/customers/{chat_id}/inbox", self.base);
        let body = self
            .http
            .get(url)
            .send()
            .await
            .expect("an answer")
            .bytes()
            .await;
        serde_json::from_slice(&body.expect("a body")).expect("JSON")
    }

    /// A customer; answers the user id.
    pub async fn customer(&self, name: &str) -> String {
        let body = serde_json::json!({"display_name": name, "language": "th"});
        let (_, answer) = self.control("/customers", body).await;
        answer["user_id"].as_str().expect("an id").to_owned()
    }

    /// Lets a customer send; answers message id and status of the webhook.
    pub async fn say(&self, chat_id: &str, body: Value) -> (String, u64) {
        let (status, answer) = self
            .control(&format!("/customers/{chat_id}/messages"), body)
            .await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        let id = answer["message_id"].as_str().expect("an id").to_owned();
        (id, answer["webhook_status"].as_u64().expect("a status"))
    }

    /// Lets a customer write and answers the event's reply token.
    pub async fn reply_token(&self, chat_id: &str) -> String {
        self.say(
            chat_id,
            serde_json::json!({"message": {"type": "text", "text": "hi"}}),
        )
        .await;
        self.last_event()["replyToken"]
            .as_str()
            .expect("a token")
            .to_owned()
    }

    /// The calls so far; forgets them.
    pub fn take_exchanges(&self) -> Vec<Exchange> {
        std::mem::take(&mut *self.record.exchanges.lock().expect("not poisoned"))
    }

    pub fn webhooks(&self) -> Vec<Webhook> {
        self.record.webhooks.lock().expect("not poisoned").clone()
    }

    pub fn last_event(&self) -> Value {
        self.webhooks().last().expect("a webhook").json()["events"][0].clone()
    }

    /// Lets the webhook answer so next.
    pub fn answer_webhooks_with(&self, statuses: &[u16]) {
        self.record
            .answers
            .lock()
            .expect("not poisoned")
            .extend(statuses);
    }
}

async fn serve(servers: &mut JoinSet<()>, router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    servers.spawn(async move { axum::serve(listener, router).await.expect("serving") });
    format!("http://{address}")
}

async fn record_webhook(
    State(record): State<Record>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let signature = headers.get("x-line-signature");
    let signature = signature
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    record
        .webhooks
        .lock()
        .expect("not poisoned")
        .push(Webhook { signature, body });
    let status = record
        .answers
        .lock()
        .expect("not poisoned")
        .pop_front()
        .unwrap_or(200);
    StatusCode::from_u16(status).expect("a status")
}

/// Writes down calls to LINE's endpoints; what is cut passes as it is.
async fn record_exchange(State(record): State<Record>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let data = path.strip_prefix("/_sim/line-data");
    let Some(rest) = data.or_else(|| path.strip_prefix("/_sim/line")) else {
        return next.run(request).await;
    };
    let (data_host, path) = (data.is_some(), rest.to_owned());
    let (head, body) = request.into_parts();
    let (method, request_headers) = (head.method.to_string(), head.headers.clone());
    let request = to_bytes(body, BODY_MAX).await.expect("a request's body");
    let answer = next
        .run(Request::from_parts(head, Body::from(request.clone())))
        .await;
    let (head, body) = answer.into_parts();
    let (status, response_headers) = (head.status.as_u16(), head.headers.clone());
    let Ok(response) = to_bytes(body, BODY_MAX).await else {
        let cut =
            futures_util::stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut")) });
        return Response::from_parts(head, Body::from_stream(cut));
    };
    record
        .exchanges
        .lock()
        .expect("not poisoned")
        .push(Exchange {
            method,
            path,
            data_host,
            request_headers,
            request,
            status,
            response_headers,
            response: response.clone(),
        });
    Response::from_parts(head, Body::from(response))
}
