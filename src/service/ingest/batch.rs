//! Webhooks that are taken in one change; one webhook is a batch of one. Plain messages of chats of
//! their own are taken with three readings for several of them, any other event by itself: a
//! pipeline of one.

use std::sync::Arc;

use tracing::{Instrument, Span};

use super::StoredWebhook;
use super::arrival::{Arrival, Arrived};
use super::chat::Chat;
use super::message::{self, Arriving};
use super::take::{Effect, span_of, take, wants_fetch};
use crate::db::{Conn, DbError, PIPELINE};
use crate::protocol::ConversationId;
use crate::realtime::Publication;
use crate::service::change::conversation_changed;

/// What an event changed.
struct Taken {
    conversation: ConversationId,
    publications: Vec<Publication>,
    /// Whether there may be a profile or a file to fetch.
    wants_fetch: bool,
}

/// A line of a customer on its way to the store.
struct Line<'a> {
    /// Its event's place in the pipeline.
    at: usize,
    chat: Chat<'a>,
    arriving: Box<Arriving>,
    span: Span,
}

/// Takes webhooks in; answers for each, in their order. The events of one chat keep theirs.
pub(super) async fn take_batch(
    conn: &mut Conn<'_>,
    webhooks: &[Arc<Arrived>],
) -> Result<Vec<StoredWebhook>, DbError> {
    let mut stored: Vec<StoredWebhook> =
        webhooks.iter().map(|_| StoredWebhook::default()).collect();
    let arrivals = arrivals_of(conn, webhooks).await?;
    // Which webhooks changed which conversations, as far as that is not told yet.
    let mut touched: Vec<(usize, ConversationId)> = Vec::new();
    let mut rest = arrivals.as_slice();
    while !rest.is_empty() {
        let (pipeline, later) = rest.split_at(pipeline_length(rest));
        rest = later;
        let taken = take_pipeline(conn, pipeline).await?;
        for (arrival, taken) in pipeline.iter().zip(taken) {
            let Some(taken) = taken else { continue };
            let stored = &mut stored[arrival.webhook];
            stored.wants_fetch |= taken.wants_fetch;
            stored.publications.extend(taken.publications);
            touched.push((arrival.webhook, taken.conversation));
        }
        // What follows of the same webhook may change its chats once more.
        let next = rest.first().map(|arrival| arrival.webhook);
        if next != pipeline.last().map(|arrival| arrival.webhook) {
            tell_touched(conn, &mut touched, &mut stored).await?;
        }
    }
    Ok(stored)
}

/// All events of chats. What is about the channel itself is kept.
async fn arrivals_of<'a>(
    conn: &mut Conn<'_>,
    webhooks: &'a [Arc<Arrived>],
) -> Result<Vec<Arrival<'a>>, DbError> {
    let mut arrivals = Vec::with_capacity(webhooks.len());
    for (at, webhook) in webhooks.iter().enumerate() {
        for parsed in &webhook.events {
            if let Some(arrival) = Arrival::of(at, webhook, parsed) {
                arrivals.push(arrival);
                continue;
            }
            let event_id = &parsed.event.webhook_event_id;
            conn.keep_channel_event(webhook.channel.id, event_id, &parsed.raw, webhook.now)
                .await?;
        }
    }
    Ok(arrivals)
}

/// How many of the first can be taken with the same statements.
fn pipeline_length(arrivals: &[Arrival<'_>]) -> usize {
    let most = arrivals.len().min(PIPELINE);
    (1..most)
        .find(|&at| (0..at).any(|before| !arrivals[before].goes_with(&arrivals[at])))
        .unwrap_or(most)
}

/// Takes events in that go with each other. `None` for one that was taken before.
async fn take_pipeline(
    conn: &mut Conn<'_>,
    arrivals: &[Arrival<'_>],
) -> Result<Vec<Option<Taken>>, DbError> {
    let keys: Vec<_> = arrivals.iter().map(Arrival::key).collect();
    let found = conn.begin_events(&keys).await?;
    let mut taken = Vec::with_capacity(arrivals.len());
    let mut lines: Vec<Line<'_>> = Vec::with_capacity(arrivals.len());
    for (at, (arrival, found)) in arrivals.iter().zip(found).enumerate() {
        if found.taken {
            taken.push(None);
            continue;
        }
        let span = span_of(arrival.parsed);
        let (chat, effect) = take(conn, arrival, found).instrument(span.clone()).await?;
        let mut one = Taken {
            conversation: chat.contact.conversation_id,
            publications: Vec::new(),
            wants_fetch: wants_fetch(&chat, &arrival.parsed.event),
        };
        match effect {
            Effect::Told(publications) => one.publications = publications,
            Effect::Line(arriving) => lines.push(Line {
                at,
                chat,
                arriving,
                span,
            }),
        }
        taken.push(Some(one));
    }
    for (at, told) in store_lines(conn, arrivals, lines).await? {
        if let Some(one) = &mut taken[at] {
            one.publications.push(told);
        }
    }
    Ok(taken)
}

/// Stores lines of customers, each of a conversation of its own.
async fn store_lines(
    conn: &mut Conn<'_>,
    arrivals: &[Arrival<'_>],
    lines: Vec<Line<'_>>,
) -> Result<Vec<(usize, Publication)>, DbError> {
    let inbound: Vec<_> = lines
        .iter()
        .map(|line| line.arriving.inbound(&line.chat))
        .collect();
    let noted = conn.record_inbound(&inbound).await?;
    let mut told = Vec::with_capacity(lines.len());
    for (line, noted) in lines.into_iter().zip(noted) {
        let parsed = arrivals[line.at].parsed;
        let storing = message::insert(conn, &line.chat, parsed, *line.arriving, noted);
        told.push((line.at, storing.instrument(line.span).await?));
    }
    Ok(told)
}

/// Adds to what each webhook has to tell the conversations as they are now.
async fn tell_touched(
    conn: &mut Conn<'_>,
    touched: &mut Vec<(usize, ConversationId)>,
    stored: &mut [StoredWebhook],
) -> Result<(), DbError> {
    let mut told = Vec::with_capacity(touched.len());
    for one in touched.drain(..) {
        if !told.contains(&one) {
            told.push(one);
        }
    }
    for some in told.chunks(PIPELINE) {
        let ids: Vec<_> = some.iter().map(|(_, id)| *id).collect();
        let conversations = conn.conversations(&ids).await?;
        for ((webhook, _), conversation) in some.iter().zip(&conversations) {
            let told = conversation_changed(conversation, None);
            stored[*webhook].publications.push(told);
        }
    }
    Ok(())
}
