//! A push service on this machine: it opens and reads what it gets, refuses what Apple refuses, and
//! answers as a test wants it to.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aes_gcm::aead::Aead;
use aes_gcm::{Aes128Gcm, KeyInit};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::{PublicKey, SecretKey};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// How long a push may take that must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the service does with a push.
#[derive(Clone, Copy, Debug)]
pub enum Does {
    /// Answers so.
    Answers(u16),
    /// Answers so, and says after how many seconds to come again.
    PutsOff(u16, u64),
    /// Says nothing.
    Stalls,
}

/// A push as it arrived.
#[derive(Clone, Debug)]
pub struct Pushed {
    /// What was sealed.
    pub notice: Value,
    pub topic: String,
    pub ttl: String,
    /// What was answered.
    pub answered: u16,
}

struct Device {
    secret: SecretKey,
    auth: [u8; 16],
    /// What is done with the next ones; 201 when nothing is said.
    next: VecDeque<Does>,
    arrived: mpsc::UnboundedSender<Pushed>,
}

type Devices = Arc<Mutex<HashMap<String, Device>>>;

#[derive(Clone)]
struct Service {
    origin: String,
    devices: Devices,
    /// Whether subjects are looked at as Apple does.
    is_apple: bool,
}

/// The service.
pub struct PushService {
    service: Service,
    task: JoinHandle<()>,
}

/// A browser that has subscribed there.
pub struct Browser {
    id: String,
    pub endpoint: String,
    keys: Value,
    devices: Devices,
    arriving: mpsc::UnboundedReceiver<Pushed>,
}

impl PushService {
    /// One that takes what most take.
    pub async fn start() -> Self {
        Self::with(false).await
    }

    /// One that refuses what Apple refuses.
    pub async fn apple() -> Self {
        Self::with(true).await
    }

    async fn with(is_apple: bool) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let service = Service {
            origin: format!("http://{}", listener.local_addr().expect("an address")),
            devices: Devices::default(),
            is_apple,
        };
        let router = Router::new()
            .route("/push/{id}", post(take))
            .with_state(service.clone());
        let task = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("a server");
        });
        Self { service, task }
    }

    /// A browser with a subscription.
    pub fn browser(&self) -> Browser {
        let id = Uuid::new_v4().simple().to_string();
        let random = |_| *Uuid::new_v4().as_bytes();
        let secret = [random(0), random(1)].concat();
        let secret = SecretKey::from_slice(&secret).expect("a key");
        let auth = random(2);
        let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let point = secret.public_key().to_sec1_bytes();
        let keys = json!({ "p256dh": encoded(&point), "auth": encoded(&auth) });
        let (arrived, arriving) = mpsc::unbounded_channel();
        let device = Device {
            secret,
            auth,
            next: VecDeque::new(),
            arrived,
        };
        let devices = Arc::clone(&self.service.devices);
        let mut all = devices.lock().expect("no panic under the lock");
        all.insert(id.clone(), device);
        drop(all);
        Browser {
            endpoint: format!("{}/push/{id}", self.service.origin),
            id,
            keys,
            devices,
            arriving,
        }
    }
}

impl Drop for PushService {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Browser {
    /// What the console sends.
    pub fn subscription(&self) -> Value {
        json!({ "endpoint": self.endpoint, "keys": self.keys, "device": "" })
    }

    /// What is done with its next pushes.
    pub fn will(&self, next: &[Does]) {
        let mut devices = self.devices.lock().expect("no panic under the lock");
        let device = devices.get_mut(&self.id).expect("it is there");
        device.next.extend(next);
    }

    /// The next push.
    pub async fn pushed(&mut self) -> Pushed {
        let pushed = tokio::time::timeout(PATIENCE, self.arriving.recv()).await;
        pushed
            .expect("a push in time")
            .expect("the service is there")
    }

    /// What has arrived and was not looked at.
    pub fn arrived(&mut self) -> Vec<Pushed> {
        std::iter::from_fn(|| self.arriving.try_recv().ok()).collect()
    }
}

async fn take(
    State(service): State<Service>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some((does, answered)) = arrive(&service, &id, &headers, &body) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let status = StatusCode::from_u16(answered).unwrap_or(StatusCode::IM_A_TEAPOT);
    match does {
        Does::Answers(302) => (status, [("location", service.origin.clone())]).into_response(),
        Does::Answers(_) => status.into_response(),
        Does::PutsOff(_, after) => (status, [("retry-after", after.to_string())]).into_response(),
        Does::Stalls => {
            tokio::time::sleep(Duration::from_mins(1)).await;
            status.into_response()
        }
    }
}

/// Tells a device's test of a push; answers what is done with it, and the status.
fn arrive(service: &Service, id: &str, headers: &HeaderMap, body: &Bytes) -> Option<(Does, u16)> {
    let header = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let mut devices = service.devices.lock().expect("no panic under the lock");
    let device = devices.get_mut(id)?;
    let topic = header("topic");
    let refusal = refusal(service, headers, &topic, body);
    let does = device.next.pop_front().unwrap_or(Does::Answers(201));
    let does = refusal.map_or(does, Does::Answers);
    let answered = match does {
        Does::Answers(status) | Does::PutsOff(status, _) => status,
        Does::Stalls => 0,
    };
    let pushed = Pushed {
        notice: opened(device, body).unwrap_or(Value::Null),
        topic,
        ttl: header("ttl"),
        answered,
    };
    let _ = device.arrived.send(pushed);
    Some((does, answered))
}

/// Why a push is refused, whatever its device would do with it.
fn refusal(service: &Service, headers: &HeaderMap, topic: &str, body: &[u8]) -> Option<u16> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric();
    if !(22..=32).contains(&topic.len()) || !topic.bytes().all(fits) {
        return Some(400);
    }
    if body.len() >= 2_048 {
        return Some(413);
    }
    let is_signed = headers
        .get("authorization")
        .and_then(|value| claims(value.to_str().ok()?))
        .is_some_and(|claims| is_taken(service, &claims));
    (!is_signed).then_some(403)
}

/// What is signed, if the signature is the key's.
fn claims(authorization: &str) -> Option<Value> {
    let (word, key) = authorization.strip_prefix("vapid t=")?.split_once(", k=")?;
    let (signed, signature) = word.rsplit_once('.')?;
    let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let key = VerifyingKey::from_sec1_bytes(&decoded(key)?).ok()?;
    let signature = Signature::from_slice(&decoded(signature)?).ok()?;
    key.verify(signed.as_bytes(), &signature).ok()?;
    serde_json::from_slice(&decoded(signed.split_once('.')?.1)?).ok()
}

fn is_taken(service: &Service, claims: &Value) -> bool {
    let ahead = claims["exp"].as_i64().unwrap_or(0) - sala::clock::now().0 / 1_000;
    let subject = claims["sub"].as_str().unwrap_or_default();
    let private = ["localhost", "127.0.0.1", ".local", ".invalid"];
    let is_public = (subject.starts_with("https://") || subject.starts_with("mailto:"))
        && !private.iter().any(|end| subject.ends_with(end));
    claims["aud"] == service.origin.as_str()
        && (1..=24 * 60 * 60).contains(&ahead)
        && (is_public || !service.is_apple)
}

/// What was sealed for a device.
fn opened(device: &Device, body: &[u8]) -> Option<Value> {
    let (salt, rest) = body.split_at_checked(16)?;
    let (_, rest) = rest.split_at_checked(4)?;
    let (length, rest) = rest.split_first()?;
    let (theirs, sealed) = rest.split_at_checked(usize::from(*length))?;
    let sender = PublicKey::from_sec1_bytes(theirs).ok()?;
    let ours = device.secret.public_key().to_sec1_bytes();
    let shared = device.secret.diffie_hellman(&sender);
    let info = [&b"WebPush: info\0"[..], &ours, theirs].concat();
    let input: [u8; 32] = derived(&device.auth, shared.raw_secret_bytes(), &info);
    let key: [u8; 16] = derived(salt, &input, b"Content-Encoding: aes128gcm\0");
    let nonce: [u8; 12] = derived(salt, &input, b"Content-Encoding: nonce\0");
    let record = Aes128Gcm::new(&key.into())
        .decrypt(&nonce.into(), sealed)
        .ok()?;
    let (last, plain) = record.split_last()?;
    (*last == 2).then(|| serde_json::from_slice(plain).ok())?
}

fn derived<const N: usize>(salt: &[u8], input: &[u8], info: &[u8]) -> [u8; N] {
    let mut bytes = [0; N];
    let key = Hkdf::<Sha256>::new(Some(salt), input);
    key.expand(info, &mut bytes).expect("short enough");
    bytes
}
