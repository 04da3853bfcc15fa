//! A database, a played LINE and a conversation with one customer: what background work needs.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use futures_util::future::BoxFuture;
use sala::clock;
use sala::db::channels::ChannelRow;
use sala::db::messages::NewMessage;
use sala::db::webhook_events::EventKey;
use sala::db::{Db, DbError};
use sala::line::webhook::parse_body;
use sala::line::{LineChannel, LineClient};
use sala::outbox::{Links, Outbox};
use sala::protocol::line_details::LineDetails;
use sala::protocol::message::{Direction, Sender};
use sala::protocol::{
    ChannelId, ChannelName, Content, ConversationId, LineId, Message, MessageId, MessageStatus,
    OperatorId, ServerEvent, Timestamp,
};
use sala::realtime::{Hub, Publication};
use sala::service::LineAccess;
use sala::service::automatic::Automatic;
use sala::service::ingest::{ChannelRef, Ingest};
use sala::service::team_settings::TeamSettings;
use sala::simulator::{Fault, InboxEntry, NewCustomer, Simulator, SimulatorConfig, Utterance};
use serde_json::json;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::harness::Database;
use crate::harness::database::TestDatabase;

/// Runs one test on each database, each time with a stage of its own.
macro_rules! on_both {
    ($name:ident, $stage:ident, $body:block) => {
        mod $name {
            use super::*;

            async fn test($stage: &mut crate::stage::Stage) $body

            #[tokio::test]
            async fn on_sqlite() {
                crate::stage::run(crate::harness::Database::Sqlite, test).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                crate::stage::run(crate::harness::Database::Postgres, test).await;
            }
        }
    };
}
pub(crate) use on_both;

/// Runs the test unless its database is not wanted.
pub async fn run(kind: Database, test: impl AsyncFnOnce(&mut Stage)) {
    if kind.is_wanted() {
        test(&mut Stage::on(kind).await).await;
    }
}

/// Where files in messages lead to.
pub fn links() -> Links {
    Links::new("https://sala.example", true)
}

/// Everything, played and real.
pub struct Stage {
    pub db: Db,
    pub sim: Simulator,
    pub channel: ChannelId,
    /// LINE's id of the customer.
    pub customer: String,
    pub outbox: Outbox,
    pub line: Arc<Line>,
    pub hub: Hub,
    told: mpsc::Receiver<Publication>,
    /// Where the played LINE listens.
    pub line_addr: SocketAddr,
    _servers: Vec<AbortOnDropHandle<()>>,
    database: TestDatabase,
}

/// LINE with a token that a test may spoil.
pub struct Line {
    client: std::sync::Mutex<LineClient>,
    token: std::sync::Mutex<String>,
}

impl Line {
    pub fn use_token(&self, token: &str) {
        token.clone_into(&mut self.token.lock().expect("not poisoned"));
    }

    /// Points it at another address, such as one where nobody listens.
    pub fn use_base(&self, base: &str) {
        *self.client.lock().expect("not poisoned") = LineClient::new(
            &format!("{base}/_sim/line"),
            &format!("{base}/_sim/line-data"),
        )
        .expect("a client");
    }
}

impl LineAccess for Line {
    fn line(&self, _: ChannelId) -> BoxFuture<'_, Option<LineChannel>> {
        let token = self.token.lock().expect("not poisoned").clone();
        let channel = self.client.lock().expect("not poisoned").channel(&token);
        Box::pin(async move { Some(channel) })
    }
}

impl Stage {
    /// A new one on a database of this kind.
    async fn on(kind: Database) -> Self {
        let database = TestDatabase::make(kind).await;
        let db = Db::open(&database.url()).await.expect("opens");
        let sim = Simulator::new(SimulatorConfig::default(), CancellationToken::new())
            .expect("a simulator");
        let (hub, told) = Hub::new();
        let channel = add_channel(&db).await;
        let (webhook, receiving) = receive_webhooks(&db, &hub, channel).await;
        sim.set_webhook_url(webhook);
        let (line_addr, playing) = listen(sim.router()).await;
        let line = Arc::new(Line {
            client: LineClient::new("http://127.0.0.1:1", "http://127.0.0.1:1")
                .expect("a client")
                .into(),
            token: "demo-token".to_owned().into(),
        });
        line.use_base(&format!("http://{line_addr}"));
        let customer = sim.add_customer(NewCustomer {
            display_name: "Nok".to_owned(),
            ..NewCustomer::default()
        });
        let outbox = Outbox::new(
            db.clone(),
            line.clone(),
            hub.clone(),
            Arc::new(Notify::new()),
            links(),
        );
        let servers = vec![receiving, playing];
        Self {
            db,
            sim,
            channel,
            customer,
            outbox,
            line,
            hub,
            told,
            line_addr,
            _servers: servers,
            database,
        }
    }

    /// For `DATABASE_URL`.
    pub fn url(&self) -> String {
        self.database.url()
    }

    /// The customer writes, which makes the conversation and gives a reply token.
    pub async fn customer_writes(&self) {
        let message = json!({ "type": "text", "text": "hello" });
        self.customer_sends(&message).await;
    }

    /// The customer sends any message object; answers LINE's id of it.
    pub async fn customer_sends(&self, message: &serde_json::Value) -> String {
        let message = message.as_object().expect("an object").clone();
        let what = Utterance {
            message,
            ..Utterance::default()
        };
        let delivered = self.sim.say(&self.customer, what).await.expect("said");
        assert_eq!(delivered.webhook_status, 200);
        delivered.message_id
    }

    pub async fn conversation(&self) -> ConversationId {
        self.conversation_with(&self.customer).await
    }

    pub async fn conversation_with(&self, customer: &str) -> ConversationId {
        let id: LineId = customer.parse().expect("an id");
        let channel = self.channel;
        let finding = self.db.write(move |mut conn| {
            Box::pin(async move {
                let key = EventKey {
                    channel,
                    chat: &id,
                    webhook_event_id: "",
                    line_message_id: None,
                    received_at: Timestamp(0),
                };
                conn.find_for_events(&[key]).await
            })
        });
        let known: Result<_, DbError> = finding.await;
        let known = known.expect("reads");
        let contact = known.into_iter().find_map(|found| found.contact);
        contact.expect("known").conversation_id
    }

    /// Queues a text as an operator would.
    pub async fn queue(&self, text: &str, now: Timestamp) -> MessageId {
        self.queue_in(self.conversation().await, text, now).await
    }

    pub async fn queue_in(
        &self,
        conversation: ConversationId,
        text: &str,
        now: Timestamp,
    ) -> MessageId {
        self.put(conversation, text, now, now).await
    }

    /// Queues a text that is to leave later.
    pub async fn hold(&self, text: &str, now: Timestamp, due_at: Timestamp) -> MessageId {
        let conversation = self.conversation().await;
        self.put(conversation, text, now, due_at).await
    }

    async fn put(
        &self,
        conversation: ConversationId,
        text: &str,
        now: Timestamp,
        due_at: Timestamp,
    ) -> MessageId {
        let (channel, text) = (self.channel, text.to_owned());
        let queued: Result<MessageId, DbError> = self
            .db
            .write(move |mut conn| {
                Box::pin(async move {
                    let rev = conn.bump_rev(conversation, now).await?;
                    let new = outgoing(conversation, channel, text, rev, now);
                    conn.insert_message(&new).await?;
                    conn.enqueue(new.id, conversation, channel, now, due_at)
                        .await?;
                    Ok(new.id)
                })
            })
            .await;
        queued.expect("queued")
    }

    pub async fn step(&mut self, now: Timestamp) {
        self.outbox.step(now).await.expect("a step");
    }

    pub async fn message(&self, id: MessageId) -> Message {
        let mut reader = self.db.reader().await.expect("reads");
        reader
            .conn()
            .message(id)
            .await
            .expect("reads")
            .expect("there")
    }

    pub async fn status(&self, id: MessageId) -> MessageStatus {
        self.message(id).await.status
    }

    /// What the customer's phone got: kind and texts of each call.
    pub fn phone(&self) -> Vec<(&'static str, Vec<String>)> {
        let text =
            |message: &serde_json::Value| message["text"].as_str().unwrap_or_default().to_owned();
        let entry = |entry: &InboxEntry| (entry.kind, entry.messages.iter().map(text).collect());
        self.sim
            .inbox(&self.customer)
            .expect("an inbox")
            .iter()
            .map(entry)
            .collect()
    }

    pub fn fault(&self, fault: Fault) {
        self.sim.add_fault(fault, 1);
    }

    /// A new run of the same node, after the old one was killed.
    pub async fn restart(&mut self) {
        self.outbox = Outbox::new(
            self.db.clone(),
            self.line.clone(),
            self.hub.clone(),
            Arc::new(Notify::new()),
            links(),
        );
        self.outbox.take_over().await.expect("takes over");
    }

    /// The messages that consoles were told of since the last call, with their status.
    pub fn told(&mut self) -> Vec<(MessageId, MessageStatus)> {
        let mut told = Vec::new();
        while let Ok(publication) = self.told.try_recv() {
            if let ServerEvent::MessageUpdated { message, .. } = publication.event {
                told.push((message.id, message.status));
            }
        }
        told
    }

    pub async fn paused_reason(&self) -> Option<String> {
        let mut reader = self.db.reader().await.expect("reads");
        let channel = reader.conn().channel(self.channel).await.expect("reads");
        channel.expect("there").paused_reason
    }
}

fn outgoing(
    conversation: ConversationId,
    channel: ChannelId,
    text: String,
    rev: i64,
    at: Timestamp,
) -> NewMessage {
    NewMessage {
        id: MessageId::generate(),
        conversation,
        channel,
        session: None,
        rev,
        direction: Direction::Out,
        status: MessageStatus::Queued,
        client_id: None,
        line_message_id: None,
        quote_message_id: None,
        quote_token: None,
        sender: Sender::operator(OperatorId::generate(), "Mali"),
        content: Content::Text(text),
        line: LineDetails::default(),
        mentions: Vec::new(),
        raw: None,
        place: at,
        at,
    }
}

async fn add_channel(db: &Db) -> ChannelId {
    let row = ChannelRow {
        id: ChannelId::generate(),
        name: ChannelName::DEFAULT.to_owned(),
        title: "Baan Silk".to_owned(),
        line_user_id: None,
        secret: vec![1],
        access_token: vec![1],
        reply_token_seconds: 55,
        loading_animation: true,
        show_sender: false,
        mark_as_read: true,
        marks_by_hand: Some(true),
        paused_reason: None,
        verified_at: None,
        created_at: clock::now(),
    };
    let id = row.id;
    let added: Result<(), DbError> = db
        .write(move |mut conn| Box::pin(async move { conn.insert_channel(&row).await }))
        .await;
    added.expect("added");
    id
}

/// A webhook that stores what comes, without the console around it.
async fn receive_webhooks(
    db: &Db,
    hub: &Hub,
    channel: ChannelId,
) -> (String, AbortOnDropHandle<()>) {
    let settings = TeamSettings::new(db.clone(), hub.clone());
    let automatic = Automatic::new(settings.known().clone(), hub.clone(), Arc::default());
    let ingest = Ingest::new(db.clone(), hub.clone(), Arc::default(), automatic);
    let channel = ChannelRef {
        id: channel,
        name: ChannelName::default(),
        keeps_read_tokens: true,
    };
    let take = |State((ingest, channel)): State<(Ingest, ChannelRef)>, body: Bytes| async move {
        let events = parse_body(&body).expect("LINE's JSON").events;
        ingest
            .take(channel, events, clock::now())
            .await
            .expect("taken");
        StatusCode::OK
    };
    let router = axum::Router::new()
        .route("/hook", post(take))
        .with_state((ingest, channel));
    let (addr, task) = listen(router).await;
    (format!("http://{addr}/hook"), task)
}

async fn listen(router: axum::Router) -> (SocketAddr, AbortOnDropHandle<()>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("binds");
    let addr = listener.local_addr().expect("an address");
    let serving = async move {
        axum::serve(listener, router).await.expect("serves");
    };
    (addr, AbortOnDropHandle::new(tokio::spawn(serving)))
}
