//! Texts from before the index come into it, on several nodes once, and again when they are folded
//! in another way.

use sala::db::search::Corpus;
use sala::service::search::{Keeper, Search, Step};

use super::desk::{SMALL, found, index_is_right, settle, store};
use crate::harness::database::execute;
use crate::stage::{Stage, on_both};

fn texts(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("入荷 {number}!")).collect()
}

async fn percent(stage: &Stage) -> u64 {
    let search = Search::new(stage.db.clone());
    search.filled_percent().await.expect("a number")
}

on_both!(old_texts_come_in_piece_by_piece_beside_new_ones, stage, {
    stage.customer_writes().await;
    let old = store(stage, &texts(100)).await;
    let mut keeper = Keeper::of_sizes(stage.db.clone(), SMALL);
    assert_eq!(percent(stage).await, 0);
    keeper.step().await.expect("begins");
    keeper.step().await.expect("a piece");
    assert!(percent(stage).await < 100);
    let new = store(stage, &texts(30)).await;
    assert_eq!(found(stage, "\"荷 29!\"").await[0], new[29]);
    // Killed here: the next one goes on.
    let mut keeper = Keeper::of_sizes(stage.db.clone(), SMALL);
    keeper.settle().await.expect("the rest");
    assert_eq!(percent(stage).await, 100);
    assert_eq!(found(stage, "\"荷 77!\"").await, [old[77]]);
    let all: Vec<_> = old.iter().chain(&new).rev().copied().collect();
    assert_eq!(found(stage, "荷").await, all);
    index_is_right(stage, Corpus::Messages).await;
});

on_both!(several_nodes_put_each_text_in_once, stage, {
    stage.customer_writes().await;
    let ids = store(stage, &texts(200)).await;
    let keepers = (0..3).map(|_| {
        let mut keeper = Keeper::of_sizes(stage.db.clone(), SMALL);
        tokio::spawn(async move {
            while keeper.step().await.expect("a step") != Step::Nothing {
                tokio::task::yield_now().await;
            }
        })
    });
    for keeper in keepers.collect::<Vec<_>>() {
        keeper.await.expect("no panic");
    }
    settle(stage).await;
    let (_, texts) = index_is_right(stage, Corpus::Messages).await;
    assert!(texts > 190, "{texts}");
    let all: Vec<_> = ids.iter().rev().copied().collect();
    assert_eq!(found(stage, "入荷").await, all);
});

on_both!(an_index_of_another_folding_is_made_anew, stage, {
    stage.customer_writes().await;
    let ids = store(stage, &texts(60)).await;
    settle(stage).await;
    execute(&stage.db, "UPDATE search_state SET folding = 1").await;
    execute(
        &stage.db,
        "UPDATE messages SET text = 'ＮＥＷ' WHERE text LIKE '%荷 7!'",
    )
    .await;
    assert_eq!(found(stage, "new").await, []);
    settle(stage).await;
    assert_eq!(found(stage, "new").await, [ids[7]]);
    index_is_right(stage, Corpus::Messages).await;
});
