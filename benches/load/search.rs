//! `make bench ARGS=search`: searching a large installation, on SQLite or, with `postgres`, on
//! PostgreSQL. Texts are of Thai and Japanese words that are as frequent as words are (Zipf). They
//! are stored as an installation from before the index has them, so the filling is measured too.
//!
//! All of it is in this process, without HTTP: what is measured is the index and the store.

mod fill;
mod queries;
mod speech;
mod webhooks;

use std::time::Instant;

use sala::db::Db;
use sala::service::search::Keeper;

use self::fill::Place;
use self::speech::Speech;
use crate::figures::{Aim, Report};

/// How large, and how often to ask.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub contacts: usize,
    pub messages: usize,
    /// Of each kind of query.
    pub requests: usize,
    /// Webhooks of a round with and of one without the index.
    pub webhooks: usize,
    /// On PostgreSQL.
    pub servers: bool,
}

impl Size {
    fn from_args(mut args: impl Iterator<Item = String>) -> Self {
        let mut size = Self {
            contacts: 500_000,
            messages: 5_000_000,
            requests: 200,
            webhooks: 10_000,
            servers: false,
        };
        while let Some(name) = args.next() {
            let field = match name.as_str() {
                "postgres" => {
                    size.servers = true;
                    continue;
                }
                "--contacts" => &mut size.contacts,
                "--messages" => &mut size.messages,
                "--requests" => &mut size.requests,
                "--webhooks" => &mut size.webhooks,
                _ => usage(&name),
            };
            match args.next().and_then(|value| value.parse().ok()) {
                Some(value) if value > 0 => *field = value,
                _ => usage(&name),
            }
        }
        size.contacts = size.contacts.min(size.messages);
        size
    }
}

fn usage(what: &str) -> ! {
    eprintln!("search: what is {what}? postgres --contacts --messages --requests --webhooks");
    std::process::exit(2);
}

/// Fills, indexes, asks, reports.
pub async fn run(args: impl Iterator<Item = String>) {
    let size = Size::from_args(args);
    let mut report = Report::default();
    let mut speech = Speech::new();
    let place = Place::start(size.servers).await;
    let db = Db::open(&place.url()).await.unwrap();
    place.be_from_before(true).await;
    let began = Instant::now();
    place.store(&mut speech, size).await;
    let took = began.elapsed().as_secs_f64();
    report.add(("search", "stored in", "s"), took, None, Aim::None);
    place.be_from_before(false).await;
    let before = place.bytes().await;
    let began = Instant::now();
    Keeper::new(db.clone()).settle().await.unwrap();
    let took = began.elapsed().as_secs_f64();
    report.add(
        ("search", "index filled in, without a rest", "s"),
        took,
        None,
        Aim::None,
    );
    let texts = place.text_bytes().await as f64;
    let index = (place.bytes().await - before) as f64;
    report.add(("search", "texts", "MB"), texts / 1e6, None, Aim::None);
    report.add(("search", "index", "MB"), index / 1e6, None, Aim::None);
    let share = ("search", "index by texts", "x");
    report.add(share, index / texts, None, Aim::AtMost(1.5));
    queries::run(&db, &mut speech, size, &mut report).await;
    webhooks::run(&db, &place, &mut speech, size, &mut report).await;
    report.print();
    db.close().await;
    place.stop().await;
}
