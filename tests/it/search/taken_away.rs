//! What was unsent, edited away, cancelled or renamed is not found from that moment on, and nothing
//! of it stays in the index.

use sala::db::DbError;
use sala::db::customers::CustomerRow;
use sala::db::messages::Edited;
use sala::db::profiles::{DueProfile, FoundProfile};
use sala::db::search::Corpus;
use sala::protocol::content::Content;
use sala::protocol::line_details::LineDetails;
use sala::protocol::{ChannelName, ContactKind, LineId, MessageId, Room, Timestamp};
use sala::service::search::Asked;

use super::desk::{found, index_is_right, page, settle, store};
use crate::stage::{Stage, on_both};

/// Texts of which each has a word of its own: `word0; all`, `word1; all`, …
fn numbered(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("ของ word{number}; all"))
        .collect()
}

async fn edit(stage: &Stage, id: MessageId, text: &str) {
    let content = Content::Text(text.to_owned());
    let editing: Result<(), DbError> = stage
        .db
        .write(move |mut conn| {
            Box::pin(async move {
                let edited = Edited {
                    content,
                    line: LineDetails::default(),
                    raw: "{}",
                };
                conn.edit_message(id, edited, sala::clock::now(), 9).await
            })
        })
        .await;
    editing.expect("edited");
}

async fn unsend(stage: &Stage, id: MessageId) {
    let unsending: Result<(), DbError> = stage
        .db
        .write(move |mut conn| Box::pin(async move { conn.unsend_message(id, 9).await }))
        .await;
    unsending.expect("unsent");
}

/// Unsends the first, edits the second.
async fn take_away(stage: &Stage, ids: &[MessageId]) {
    unsend(stage, ids[0]).await;
    edit(stage, ids[1], "another ผ้าไหม").await;
    assert_eq!(found(stage, "word0;").await, []);
    assert_eq!(found(stage, "word1;").await, []);
    assert_eq!(found(stage, "another ผ้า").await, [ids[1]]);
    let rest: Vec<MessageId> = ids[2..].iter().rev().copied().collect();
    assert_eq!(found(stage, "ของ word all").await, rest);
}

on_both!(what_is_not_in_a_segment_yet_is_taken_away, stage, {
    stage.customer_writes().await;
    settle(stage).await;
    let ids = store(stage, &numbered(5)).await;
    take_away(stage, &ids).await;
    let more = store(stage, &numbered(40)[20..]).await;
    settle(stage).await;
    index_is_right(stage, Corpus::Messages).await;
    assert_eq!(found(stage, "another ผ้า").await, [ids[1]]);
    assert_eq!(found(stage, "word20;").await, [more[0]]);
    assert_eq!(found(stage, "word0;").await, []);
});

on_both!(what_is_in_a_segment_is_taken_away, stage, {
    stage.customer_writes().await;
    settle(stage).await;
    let ids = store(stage, &numbered(60)).await;
    settle(stage).await;
    take_away(stage, &ids).await;
    let (segments, _) = index_is_right(stage, Corpus::Messages).await;
    assert!(segments > 1);
    // What is edited once more, and what is edited and then unsent.
    edit(stage, ids[1], "word1; again").await;
    edit(stage, ids[2], "nothing of the like").await;
    unsend(stage, ids[2]).await;
    assert_eq!(found(stage, "another").await, []);
    assert_eq!(found(stage, "word1; again").await, [ids[1]]);
    assert_eq!(found(stage, "like").await, []);
    index_is_right(stage, Corpus::Messages).await;
    store(stage, &numbered(40)).await;
    settle(stage).await;
    index_is_right(stage, Corpus::Messages).await;
    assert_eq!(found(stage, "word1; again").await, [ids[1]]);
});

on_both!(what_waits_to_be_put_into_the_index_may_change, stage, {
    stage.customer_writes().await;
    let ids = store(stage, &numbered(3)).await;
    take_away(stage, &ids).await;
    settle(stage).await;
    index_is_right(stage, Corpus::Messages).await;
    assert_eq!(found(stage, "another ผ้า").await, [ids[1]]);
    assert_eq!(found(stage, "word1;").await, []);
});

on_both!(a_cancelled_message_is_not_found, stage, {
    stage.customer_writes().await;
    settle(stage).await;
    let now = sala::clock::now();
    let early = stage.hold("ลับมาก", now, Timestamp(now.0 + 60_000)).await;
    assert_eq!(found(stage, "ลับ").await, [early]);
    store(stage, &numbered(16)).await;
    settle(stage).await;
    let cancelling: Result<bool, DbError> = stage
        .db
        .write(move |mut conn| {
            Box::pin(async move { conn.cancel_queued(early, 9, Timestamp(0)).await })
        })
        .await;
    assert!(cancelling.expect("cancelled"));
    assert_eq!(found(stage, "ลับ").await, []);
    index_is_right(stage, Corpus::Messages).await;
});

/// LINE tells another name.
async fn rename(stage: &Stage, name: &str) {
    let line_user_id: LineId = stage.customer.parse().expect("an id");
    let room = Room::new(ChannelName::default(), line_user_id.clone());
    let name = name.to_owned();
    let saving: Result<(), DbError> = stage
        .db
        .write(move |mut conn| {
            Box::pin(async move {
                let head = conn.conversation_head(&room).await?.expect("it is there");
                let due = DueProfile {
                    contact_id: head.contact_id,
                    conversation_id: head.id,
                    channel_id: head.channel_id,
                    line_user_id,
                    kind: ContactKind::User,
                };
                let found = FoundProfile {
                    display_name: name,
                    ..FoundProfile::default()
                };
                conn.save_profile(&due, found, sala::clock::now()).await?;
                Ok(())
            })
        })
        .await;
    saving.expect("saved");
}

async fn contacts(stage: &Stage, typed: &str) -> Vec<(String, Vec<(u32, u32)>)> {
    let asked = Asked {
        q: typed.to_owned(),
        ..Asked::default()
    };
    let page = page(stage, asked).await;
    let contacts = page.contacts.into_iter();
    contacts
        .map(|found| (found.contact.display_name, found.marks))
        .collect()
}

on_both!(a_renamed_customer_is_found_by_the_new_name_only, stage, {
    stage.customer_writes().await;
    rename(stage, "คุณนก Nok").await;
    assert_eq!(
        contacts(stage, "นก").await,
        [("คุณนก Nok".to_owned(), vec![(3, 2)])]
    );
    settle(stage).await;
    assert_eq!(contacts(stage, "NOK นก").await.len(), 1);
    rename(stage, "ｽｽﾞｷ 鈴木").await;
    assert_eq!(contacts(stage, "นก").await, []);
    assert_eq!(
        contacts(stage, "ズ").await,
        [("ｽｽﾞｷ 鈴木".to_owned(), vec![(1, 2)])]
    );
    assert_eq!(index_is_right(stage, Corpus::Contacts).await.1, 1);
    assert_eq!(contacts(stage, "LINE user").await, []);
});

/// The team keeps something else of the customer.
async fn keep(stage: &Stage, own_name: Option<&str>, memo: Option<&str>, attributes: &str) {
    let line_user_id: LineId = stage.customer.parse().expect("an id");
    let room = Room::new(ChannelName::default(), line_user_id);
    let row = CustomerRow {
        own_name: own_name.map(str::to_owned),
        memo: memo.map(str::to_owned),
        memo_by: None,
        memo_by_name: None,
        memo_at: None,
        attributes: attributes.to_owned(),
        created_at: sala::clock::now(),
    };
    let saving: Result<(), DbError> = stage
        .db
        .write(move |mut conn| {
            Box::pin(async move {
                let head = conn.conversation_head(&room).await?.expect("it is there");
                conn.save_customer(head.contact_id, &row).await
            })
        })
        .await;
    saving.expect("saved");
}

on_both!(
    a_customer_is_found_by_what_the_team_keeps_as_long_as_it_does,
    stage,
    {
        stage.customer_writes().await;
        rename(stage, "Nok").await;
        let kept = r#"[{"key":"จังหวัด","value":"เชียงใหม่"},{"key":"Number","value":"SILK-00412"}]"#;
        keep(stage, Some("คุณนก ร้านผ้า"), Some("prefers red"), kept).await;
        for round in 0..2 {
            assert_eq!(contacts(stage, "ร้านผ้า").await[0].1, [(6, 7)], "{round}");
            // By LINE's name as well, of which nothing is on the screen to mark.
            assert_eq!(contacts(stage, "nok").await[0].1, [], "{round}");
            assert_eq!(contacts(stage, "เชียงใหม่ silk-00412").await.len(), 1);
            assert_eq!(contacts(stage, "red").await.len(), 1);
            assert_eq!(contacts(stage, "จังหวัด").await, [], "what it is called");
            settle(stage).await;
        }
        keep(stage, None, None, "[]").await;
        for gone in ["ร้านผ้า", "เชียงใหม่", "silk", "red"] {
            assert_eq!(contacts(stage, gone).await, [], "{gone}");
        }
        assert_eq!(contacts(stage, "nok").await[0].1, [(0, 3)]);
        assert_eq!(index_is_right(stage, Corpus::Contacts).await.1, 1);
    }
);
