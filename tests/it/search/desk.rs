//! Texts in a store and somebody who looks for them.

use std::collections::{BTreeSet, HashMap};

use sala::db::DbError;
use sala::db::messages::NewMessage;
use sala::db::search::Corpus;
use sala::protocol::content::Content;
use sala::protocol::line_details::LineDetails;
use sala::protocol::message::{Direction, Sender, SenderType};
use sala::protocol::search::{SearchCursor, SearchIn, SearchPage};
use sala::protocol::{
    ConversationId, MessageId, MessageStatus, Operator, OperatorId, Presence, Role, Timestamp,
};
use sala::search::segment::numbered_places;
use sala::search::terms::{PLACES, Term};
use sala::service::search::{Asked, Keeper, Search, Sizes};
use uuid::Uuid;

use crate::stage::Stage;

/// Segments so small that a few texts make many of them.
pub const SMALL: Sizes = Sizes {
    tail: 8,
    fill: 16,
    merged: [3, 2],
};

/// Somebody who may see everything.
pub fn operator() -> Operator {
    Operator {
        id: OperatorId::generate(),
        name: "Mali".to_owned(),
        role: Role::Operator,
        status: Presence::Online,
    }
}

/// A message with a text of a customer.
pub fn line(
    stage: &Stage,
    conversation: ConversationId,
    text: &str,
    rev: i64,
    at: Timestamp,
) -> NewMessage {
    NewMessage {
        id: MessageId::generate(),
        conversation,
        channel: stage.channel,
        session: None,
        rev,
        direction: Direction::In,
        status: MessageStatus::Received,
        client_id: None,
        line_message_id: None,
        quote_message_id: None,
        quote_token: None,
        sender: Sender {
            kind: SenderType::Customer,
            id: Some(stage.customer.clone()),
            name: "Nok".to_owned(),
        },
        content: Content::Text(text.to_owned()),
        line: LineDetails::default(),
        mentions: Vec::new(),
        raw: None,
        at,
        place: at,
    }
}

/// Stores texts one after the other; answers their ids.
pub async fn store(stage: &Stage, texts: &[String]) -> Vec<MessageId> {
    let conversation = stage.conversation().await;
    let mut ids = Vec::with_capacity(texts.len());
    for some in texts.chunks(50) {
        let at = sala::clock::now();
        let lines: Vec<NewMessage> = some
            .iter()
            .map(|text| line(stage, conversation, text, 1, at))
            .collect();
        ids.extend(lines.iter().map(|line| line.id));
        let storing: Result<(), DbError> = stage
            .db
            .write(move |mut conn| {
                Box::pin(async move {
                    for line in &lines {
                        conn.insert_message(line).await?;
                    }
                    Ok(())
                })
            })
            .await;
        storing.expect("stored");
    }
    ids
}

/// Puts the index in order, in segments of few texts.
pub async fn settle(stage: &Stage) {
    let mut keeper = Keeper::of_sizes(stage.db.clone(), SMALL);
    keeper.settle().await.expect("the index is put in order");
}

/// A page of what is asked.
pub async fn page(stage: &Stage, asked: Asked) -> SearchPage {
    let search = Search::new(stage.db.clone());
    search.search(&operator(), asked).await.expect("an answer")
}

/// The ids of all messages that are found, page by page.
pub async fn found(stage: &Stage, typed: &str) -> Vec<MessageId> {
    found_in(
        stage,
        &Asked {
            q: typed.to_owned(),
            within: Some(vec![SearchIn::Messages]),
            ..Asked::default()
        },
    )
    .await
}

/// As [`found`], with more asked than words.
pub async fn found_in(stage: &Stage, asked: &Asked) -> Vec<MessageId> {
    let mut found = Vec::new();
    let mut cursor: Option<SearchCursor> = None;
    loop {
        let asked = Asked {
            cursor,
            limit: Some(50),
            ..asked.clone()
        };
        let page = page(stage, asked).await;
        found.extend(page.messages.into_iter().map(|found| found.message.id));
        cursor = page.cursor;
        if cursor.is_none() {
            return found;
        }
    }
}

/// Everything in the segments of a corpus says what the store says, and nothing else; answers how
/// many segments and texts there are.
pub async fn index_is_right(stage: &Stage, corpus: Corpus) -> (usize, usize) {
    let mut reader = stage.db.reader().await.expect("a reader");
    let mut conn = reader.conn();
    let segments = conn
        .segments_after(corpus, None, 10_000)
        .await
        .expect("segments");
    let mut texts = 0;
    for segment in &segments {
        let blocks = conn.segment_blocks(segment.id).await.expect("blocks");
        let places = numbered_places(&blocks).expect("whole");
        assert_eq!(places.len(), usize::try_from(segment.size).expect("small"));
        assert!(places.is_sorted_by_key(|(_, place)| place.id));
        let mut said: Vec<BTreeSet<Term>> = vec![BTreeSet::new(); places.len()];
        for block in &blocks {
            for (term, list) in block.lists_within((0, PLACES - 1)).expect("whole") {
                for at in list.places().expect("whole") {
                    said[at as usize].insert(term);
                }
            }
        }
        let ids: Vec<Uuid> = places.iter().map(|(_, place)| place.id).collect();
        let there = conn.findables(corpus, &ids).await.expect("reads");
        let there: HashMap<Uuid, BTreeSet<Term>> = there
            .iter()
            .map(|one| (one.id, one.entry().terms.into_iter().collect()))
            .collect();
        for (id, said) in ids.iter().zip(said) {
            assert_eq!(there.get(id), Some(&said), "{id}");
        }
        texts += ids.len();
    }
    (segments.len(), texts)
}
