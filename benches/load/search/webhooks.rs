//! What the index costs a webhook: rounds with it and without it, in turns, on the filled store.

use std::sync::Arc;
use std::time::Instant;

use futures_util::future::join_all;
use sala::db::Db;
use sala::line::webhook::parse_body;
use sala::protocol::ChannelName;
use sala::realtime::Hub;
use sala::service::automatic::Automatic;
use sala::service::ingest::{ChannelRef, Ingest};
use sala::service::search::Keeper;
use sala::service::team_settings::TeamSettings;
use serde_json::json;
use tokio::sync::Notify;
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

use super::Size;
use super::fill::{Place, channel, line_id};
use super::speech::Speech;
use crate::figures::{Aim, Report};

/// Webhooks that are taken at the same time.
const AT_ONCE: usize = 16;

/// Rounds of each kind.
const ROUNDS: usize = 4;

pub async fn run(db: &Db, place: &Place, speech: &mut Speech, size: Size, report: &mut Report) {
    let (hub, mut publications) = Hub::new();
    let _listening = AbortOnDropHandle::new(tokio::spawn(async move {
        while publications.recv().await.is_some() {}
    }));
    let settings = TeamSettings::new(db.clone(), hub.clone());
    let automatic = Automatic::new(settings.known().clone(), hub.clone(), Arc::default());
    let ingest = Ingest::new(db.clone(), hub, Arc::new(Notify::new()), automatic);
    let (mut with, mut without) = (0.0, 0.0);
    for round in 0..2 * ROUNDS {
        let bodies: Vec<String> = (0..size.webhooks).map(|_| body(speech, size)).collect();
        let is_without = round % 2 == 0;
        place.be_from_before(is_without).await;
        let keeper = (!is_without).then(|| {
            let keeper = Keeper::new(db.clone());
            AbortOnDropHandle::new(tokio::spawn(keeper.run()))
        });
        let began = Instant::now();
        for some in bodies.chunks(AT_ONCE) {
            let taking = some.iter().map(|body| {
                let events = parse_body(body.as_bytes()).unwrap().events;
                let channel = ChannelRef {
                    id: channel(),
                    name: ChannelName::default(),
                    keeps_read_tokens: false,
                };
                ingest.take(channel, events, sala::clock::now())
            });
            for taken in join_all(taking).await {
                taken.unwrap();
            }
        }
        let took = began.elapsed().as_secs_f64() / size.webhooks as f64 * 1e6;
        drop(keeper);
        *(if is_without { &mut without } else { &mut with }) += took / ROUNDS as f64;
    }
    report.add(
        ("search", "a webhook, without the index", "us"),
        without,
        None,
        Aim::None,
    );
    report.add(
        ("search", "a webhook, with it", "us"),
        with,
        None,
        Aim::None,
    );
    let share = ("search", "a webhook's price by the index", "x");
    report.add(share, with / without, None, Aim::AtMost(1.15));
}

fn body(speech: &mut Speech, size: Size) -> String {
    let customer = line_id(speech.dice.below(size.contacts));
    let id = Uuid::new_v4().simple();
    json!({
        "destination": "Ubench",
        "events": [{
            "type": "message",
            "mode": "active",
            "timestamp": sala::clock::now().0,
            "webhookEventId": format!("E{id}"),
            "deliveryContext": { "isRedelivery": false },
            "replyToken": format!("R{id}"),
            "source": { "type": "user", "userId": customer },
            "message": { "type": "text", "id": format!("M{id}"), "quoteToken": "q", "text": speech.message() },
        }],
    })
    .to_string()
}
