//! LINE's loading animation: the customer sees that somebody is writing an answer.
//!
//! It is a courtesy. Nobody waits for it, it is never tried again, and where there is too much of
//! it some is left out.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::LineAccess;
use crate::clock::Moment;
use crate::db::channels::AnimatedChat;
use crate::db::{Db, DbError};
use crate::line::LineError;
use crate::protocol::{ChannelId, OperatorId, Room};

/// Wishes that wait; one more is dropped.
const WISHES: usize = 256;

/// Most calls at a time. A LINE that does not answer costs the animations of others, no more.
const IN_FLIGHT: usize = 16;

/// How long LINE may take; later the animation would be about typing that is over.
const PATIENCE: Duration = Duration::from_secs(3);

/// Between two animations in one conversation.
const EVERY_MS: i64 = 5_000;

/// How long the animation shows unless a message ends it: until the one after the next
/// `typing_start`, which comes every four seconds.
const SHOWN_SECONDS: u8 = 10;

/// From so many conversations on, those whose turn is over are forgotten.
const REMEMBERED: usize = 1_024;

/// Somebody types.
#[derive(Debug)]
struct Wish {
    room: Room,
    operator: OperatorId,
    at: Moment,
}

/// Where wishes for the animation go; cheap to clone.
#[derive(Clone, Debug)]
pub struct Animation {
    wishes: mpsc::Sender<Wish>,
}

/// Grants the wishes, in the background.
pub struct Animator {
    db: Db,
    line: Arc<dyn LineAccess>,
    wishes: mpsc::Receiver<Wish>,
    turns: Turns,
    /// Calls under way; dropping the animator ends them.
    calls: JoinSet<()>,
}

/// Why there was no animation.
#[derive(Debug, thiserror::Error)]
enum Unshown {
    #[error("{0}")]
    Db(#[from] DbError),
    #[error("the channel has no usable credentials")]
    NoAccess,
    #[error("{0}")]
    Line(#[from] LineError),
    #[error("LINE took too long")]
    Late,
}

impl Animation {
    /// The handle, and the worker that is to be run.
    pub fn new(db: Db, line: Arc<dyn LineAccess>) -> (Self, Animator) {
        let (sender, wishes) = mpsc::channel(WISHES);
        let animator = Animator {
            db,
            line,
            wishes,
            turns: Turns::default(),
            calls: JoinSet::new(),
        };
        (Self { wishes: sender }, animator)
    }

    /// An operator types in a room. The customer sees it if the operator owns the chat's session,
    /// the chat is one-to-one and the channel says so. Never waits.
    pub fn wish(&self, room: &Room, operator: OperatorId, at: Moment) {
        let wish = Wish {
            room: room.clone(),
            operator,
            at,
        };
        if self.wishes.try_send(wish).is_err() {
            tracing::debug!("a loading animation was left out");
        }
    }
}

impl Animator {
    /// Shows animations until `stop`, or until nobody can wish for one any more.
    pub async fn run(mut self, stop: CancellationToken) {
        stop.run_until_cancelled(self.grant_all()).await;
    }

    async fn grant_all(&mut self) {
        loop {
            tokio::select! {
                Some(_) = self.calls.join_next() => {}
                wish = self.wishes.recv() => match wish {
                    Some(wish) => self.grant(wish).await,
                    None => break,
                },
            }
        }
        while self.calls.join_next().await.is_some() {}
    }

    async fn grant(&mut self, wish: Wish) {
        if self.calls.len() >= IN_FLIGHT || !self.turns.is_free(&wish.room, wish.at) {
            return;
        }
        let chat = match self.chat(&wish).await {
            Ok(Some(chat)) => chat,
            Ok(None) => return,
            Err(error) => {
                tracing::debug!(%error, "no loading animation");
                return;
            }
        };
        self.turns.take(wish.room.clone(), wish.at);
        let line = Arc::clone(&self.line);
        self.calls.spawn(async move {
            let showing = tokio::time::timeout(PATIENCE, show(&*line, chat.channel, &wish.room));
            if let Err(error) = showing.await.unwrap_or(Err(Unshown::Late)) {
                tracing::debug!(conversation.id = %chat.conversation, %error, "no loading animation");
            }
        });
    }

    async fn chat(&self, wish: &Wish) -> Result<Option<AnimatedChat>, DbError> {
        let mut reader = self.db.reader().await?;
        reader.conn().animated_chat(&wish.room, wish.operator).await
    }
}

async fn show(line: &dyn LineAccess, channel: ChannelId, room: &Room) -> Result<(), Unshown> {
    let line = line.line(channel).await.ok_or(Unshown::NoAccess)?;
    Ok(line
        .loading_start(room.contact().as_str(), SHOWN_SECONDS)
        .await?)
}

/// When each conversation last had its animation.
#[derive(Debug, Default)]
struct Turns(HashMap<Room, Moment>);

impl Turns {
    fn is_free(&self, room: &Room, now: Moment) -> bool {
        self.0.get(room).is_none_or(|at| is_over(*at, now))
    }

    fn take(&mut self, room: Room, now: Moment) {
        if self.0.len() >= REMEMBERED {
            self.0.retain(|_, at| !is_over(*at, now));
        }
        self.0.insert(room, now);
    }
}

fn is_over(at: Moment, now: Moment) -> bool {
    now.since(at) >= EVERY_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(contact: &str) -> Room {
        format!("conversation:{contact}").parse().expect("a room")
    }

    #[test]
    fn a_conversation_has_one_animation_in_five_seconds() {
        let mut turns = Turns::default();
        let shown = (0..=12).filter(|second| {
            let now = Moment(second * 1_000);
            let free = turns.is_free(&room("U1"), now);
            if free {
                turns.take(room("U1"), now);
            }
            free
        });
        assert_eq!(shown.collect::<Vec<_>>(), [0, 5, 10]);
        assert!(turns.is_free(&room("U2"), Moment(12_000)));
    }

    #[test]
    fn conversations_whose_turn_is_over_are_forgotten() {
        let mut turns = Turns::default();
        for n in 0..REMEMBERED {
            turns.take(room(&format!("U{n}")), Moment(0));
        }
        turns.take(room("next"), Moment(EVERY_MS));
        assert_eq!(turns.0.len(), 1);
    }
}
