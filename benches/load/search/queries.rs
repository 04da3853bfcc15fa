//! Words of 1, 2, 3 and 10 characters that are common, rare or nowhere, each asked often.

use std::time::{Duration, Instant};

use sala::db::Db;
use sala::protocol::search::{SearchIn, SearchPage};
use sala::protocol::{ChannelName, Operator, OperatorId, Presence, Role, Room};
use sala::service::search::{Asked, Search};

use super::Size;
use super::fill::line_id;
use super::speech::Speech;
use crate::figures::{Aim, Report};

/// No search is to take longer, in milliseconds.
const AIM: Aim = Aim::AtMost(100.0);

/// Characters that no text has.
const NOWHERE: &[&str] = &["龘", "ฅ", "🦄", "한", "ö", "ㄅ", "ひゃ", "№"];

pub async fn run(db: &Db, speech: &mut Speech, size: Size, report: &mut Report) {
    let mut bench = Bench {
        search: Search::new(db.clone()),
        me: Operator {
            id: OperatorId::generate(),
            name: "Bench".to_owned(),
            role: Role::Admin,
            status: Presence::Online,
        },
        size,
        report,
    };
    for length in [1, 2, 3, 10] {
        for (what, from, to) in [("common", 0, 15), ("rare", 15_000, 20_000)] {
            let queries: Vec<String> = (0..size.requests)
                .map(|_| speech.part(from, to, length))
                .collect();
            bench
                .ask(&format!("{length} characters, {what}"), &queries, None)
                .await;
        }
        let queries: Vec<String> = (0..size.requests)
            .map(|number| {
                let nowhere = NOWHERE[number % NOWHERE.len()];
                let common = speech.part(0, 15, length);
                let kept = common.chars().take(length - 1);
                format!("\"{}{nowhere}\"", kept.collect::<String>())
            })
            .collect();
        bench
            .ask(&format!("{length} characters, absent"), &queries, None)
            .await;
    }
    let mixed: Vec<String> = (0..size.requests)
        .map(|_| format!("{} {}", speech.part(0, 15, 3), speech.part(200, 2_000, 3)))
        .collect();
    bench.ask("two words", &mixed, None).await;
    let often = vec!["ค".to_owned(); size.requests];
    for (what, contact) in [("the longest chat", 0), ("a short chat", size.contacts / 2)] {
        let id = line_id(contact).parse().unwrap();
        let room = Room::new(ChannelName::default(), id);
        bench
            .ask(
                &format!("the commonest character, in {what}"),
                &often,
                Some(room),
            )
            .await;
    }
}

struct Bench<'a> {
    search: Search,
    me: Operator,
    size: Size,
    report: &'a mut Report,
}

impl Bench<'_> {
    async fn ask(&mut self, what: &str, queries: &[String], room: Option<Room>) {
        let mut took: Vec<Duration> = Vec::with_capacity(self.size.requests);
        let mut hits = 0;
        for query in queries {
            let asked = Asked {
                q: query.clone(),
                within: room.as_ref().map(|_| vec![SearchIn::Messages]),
                room: room.clone(),
                ..Asked::default()
            };
            let began = Instant::now();
            let page: SearchPage = self.search.search(&self.me, asked).await.unwrap();
            took.push(began.elapsed());
            hits += page.messages.len();
        }
        eprintln!(
            "{what}: {:.1} hits a page",
            hits as f64 / queries.len() as f64
        );
        self.report.add_latencies(("search", what), &took, &[], AIM);
    }
}
