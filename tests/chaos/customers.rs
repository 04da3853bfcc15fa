//! Customers who write: through the simulated LINE, and by signed webhooks of our own, which are
//! posted again on anything but 200, and sometimes although they were taken.

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sala::line::signature;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Phase;
use super::dice::Dice;
use super::line::{Line, SECRET};
use super::mark::{Mark, Writer};
use super::record::Webhook;

/// How long LINE waits for the answer to a webhook.
const PATIENCE: Duration = Duration::from_secs(2);

/// The longest pause between two posts of one webhook.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// How often one is posted until LINE gives up.
const POSTS: u32 = 90;

/// A message, and between which Unix milliseconds LINE dates it.
type Written = (Mark, RangeInclusive<i64>);

/// Where a customer writes.
#[derive(Clone)]
pub struct Way {
    /// The simulated LINE.
    pub line: Line,
    /// For our own webhooks, through the network.
    pub http: reqwest::Client,
    /// Where those go.
    pub webhooks: SocketAddr,
    /// What was posted, of all customers.
    pub posted: Arc<Mutex<Vec<Webhook>>>,
}

/// One customer.
pub struct Customer {
    /// Their number.
    pub number: usize,
    /// LINE's id.
    pub id: String,
    /// How they write.
    pub way: Way,
    /// Their chances.
    pub dice: Dice,
    /// How many messages they have written.
    pub written: u32,
}

impl Way {
    fn note(&self, (mark, written): Written, accepted: bool, posts: u32) {
        let mut posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        match posted.iter_mut().find(|it| it.mark == mark) {
            Some(known) => {
                known.accepted |= accepted;
                known.posts += posts;
            }
            None => posted.push(Webhook {
                mark,
                written,
                accepted,
                posts,
            }),
        }
    }

    /// Posts a signed body; answers whether it was answered with 200.
    async fn post(&self, body: &str) -> bool {
        let request = self
            .http
            .post(format!("http://{}/line/webhook", self.webhooks))
            .timeout(PATIENCE)
            .header("x-line-signature", signature::sign(SECRET, body.as_bytes()))
            .body(body.to_owned());
        let answer = request.send().await;
        answer.is_ok_and(|answer| answer.status() == 200)
    }

    /// Posts a webhook until it is taken.
    async fn deliver(self, marks: Vec<Written>, body: String, mut dice: Dice) {
        let mut pause = Duration::from_millis(60);
        for _ in 0..POSTS {
            let accepted = self.post(&body).await;
            for mark in &marks {
                self.note(mark.clone(), accepted, 1);
            }
            if accepted {
                break;
            }
            tokio::time::sleep(pause + dice.millis(0, 40)).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        // LINE may deliver again what was taken, under the same event id or under another one.
        if dice.chance(15) {
            let again = body.replace(r#""isRedelivery":false"#, r#""isRedelivery":true"#);
            let again = if dice.chance(50) {
                again
            } else {
                again.replace(r#""webhookEventId":"E"#, r#""webhookEventId":"F"#)
            };
            self.post(&again).await;
        }
    }
}

impl Customer {
    /// The first message, before anything goes wrong.
    pub async fn greet(&mut self) {
        assert!(self.says_by_line().await, "the first webhook");
    }

    /// Through the simulated LINE; answers whether its webhook was answered with 200.
    async fn says_by_line(&mut self) -> bool {
        let mark = self.next_mark();
        let began = sala::clock::now().0;
        let status = self.way.line.says(&self.id, &mark.text()).await;
        let written = began..=sala::clock::now().0;
        self.way.note((mark, written), status == 200, 1);
        status == 200
    }

    /// Writes until the traffic ends, and waits until all was delivered.
    pub async fn write(mut self, phase: watch::Receiver<Phase>) {
        let mut deliveries = JoinSet::new();
        while *phase.borrow() == Phase::Traffic {
            tokio::time::sleep(self.dice.millis(30, 500)).await;
            if self.dice.chance(35) {
                self.says_by_line().await;
                continue;
            }
            let count = 1 + self.dice.below(3) * self.dice.below(2);
            let marks: Vec<Mark> = (0..count).map(|_| self.next_mark()).collect();
            let now = sala::clock::now().0;
            let marks: Vec<Written> = (now..)
                .zip(marks)
                .map(|(at, mark)| (mark, at..=at))
                .collect();
            let body = self.body(&marks);
            let dice = Dice::new(self.dice.next(), "delivery");
            deliveries.spawn(self.way.clone().deliver(marks, body, dice));
        }
        while let Some(done) = deliveries.join_next().await {
            done.expect("a delivery does not panic");
        }
    }

    fn next_mark(&mut self) -> Mark {
        self.written += 1;
        Mark {
            customer: self.number,
            writer: Writer::Customer,
            number: self.written,
        }
    }

    fn body(&mut self, marks: &[Written]) -> String {
        let events: Vec<Value> = marks
            .iter()
            .map(|(mark, at)| self.event(*mark, *at.start()))
            .collect();
        json!({ "destination": "Uchaos", "events": events }).to_string()
    }

    fn event(&mut self, mark: Mark, at: i64) -> Value {
        let token = self.dice.uuid().simple();
        json!({
            "type": "message",
            "mode": "active",
            "timestamp": at,
            "webhookEventId": format!("E{}", self.dice.uuid().simple()),
            "deliveryContext": { "isRedelivery": false },
            "source": { "type": "user", "userId": self.id },
            "replyToken": token,
            "message": {
                "type": "text",
                "id": (self.dice.uuid().as_u128() % 1_000_000_000_000_000_000).to_string(),
                "quoteToken": token,
                "text": mark.text(),
            },
        })
    }
}
