//! Webhooks that are taken in one change; one webhook is a batch of one. Plain messages of chats of
//! their own are taken with three readings for several of them, any other event by itself: a
//! pipeline of one.

use std::sync::Arc;

use tracing::{Instrument, Span};

use super::StoredWebhook;
use super::answered::{self, Answered};
use super::arrival::{Arrival, Arrived};
use super::chat::Chat;
use super::message::{self, Arriving};
use super::take::{Effect, span_of, take, wants_fetch};
use crate::db::{Conn, DbError, PIPELINE};
use crate::protocol::ConversationId;
use crate::realtime::Publication;
use crate::service::automatic::Automatic;
use crate::service::change::{conversation_changed, message_added};

/// What an event changed.
struct Taken {
    conversation: ConversationId,
    publications: Vec<Publication>,
    /// Whether there may be a profile or a file to fetch.
    wants_fetch: bool,
    /// Whether something was answered by itself.
    answers: bool,
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
    automatic: &Automatic,
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
        let taken = take_pipeline(conn, pipeline, automatic).await?;
        for (arrival, taken) in pipeline.iter().zip(taken) {
            let Some(taken) = taken else { continue };
            let stored = &mut stored[arrival.webhook];
            stored.wants_fetch |= taken.wants_fetch;
            stored.answers |= taken.answers;
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
    automatic: &Automatic,
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
        let taking = take(conn, arrival, found, automatic.known());
        let (chat, reply_token, effect) = taking.instrument(span.clone()).await?;
        let mut one = Taken {
            conversation: chat.contact.conversation_id,
            publications: Vec::new(),
            wants_fetch: wants_fetch(&chat, &arrival.parsed.event),
            answers: false,
        };
        match effect {
            Effect::Told(publications) => {
                one.publications = publications;
                let answered =
                    answered::event(conn, automatic, &chat, arrival.parsed, reply_token).await?;
                one.answers = answered.writes;
                one.publications.extend(answered.told);
            }
            Effect::Line(arriving) => lines.push(Line {
                at,
                chat,
                arriving,
                span,
            }),
        }
        taken.push(Some(one));
    }
    for (at, told, answered) in store_lines(conn, arrivals, lines, automatic).await? {
        if let Some(one) = &mut taken[at] {
            one.answers = answered.writes;
            one.publications.push(told);
            one.publications.extend(answered.told);
        }
    }
    Ok(taken)
}

/// Stores lines of customers, each of a conversation of its own, and what is answered to them by
/// itself.
async fn store_lines(
    conn: &mut Conn<'_>,
    arrivals: &[Arrival<'_>],
    lines: Vec<Line<'_>>,
    automatic: &Automatic,
) -> Result<Vec<(usize, Publication, Answered)>, DbError> {
    let inbound: Vec<_> = lines
        .iter()
        .map(|line| line.arriving.inbound(&line.chat))
        .collect();
    let noted = conn.record_inbound(&inbound).await?;
    let mut told = Vec::with_capacity(lines.len());
    for (line, noted) in lines.into_iter().zip(noted) {
        let parsed = arrivals[line.at].parsed;
        let (chat, at) = (&line.chat, line.at);
        let storing = message::insert(conn, chat, parsed, *line.arriving, noted);
        let stored = storing.instrument(line.span).await?;
        let answered = answered::line(conn, automatic, chat, parsed, &stored).await?;
        told.push((
            at,
            message_added(&chat.room, stored.message, None),
            answered,
        ));
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
