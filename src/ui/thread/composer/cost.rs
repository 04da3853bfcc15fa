//! What the next answer costs: nothing for a short while, then as many messages as people get it.

use crate::client::signals::Memo;
use crate::client::use_console;
use crate::protocol::{ContactKind, Conversation};

/// In the last so many milliseconds the chip says what comes afterwards.
pub(super) const ENDING_MS: i64 = 10_000;

/// What an answer costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Price {
    /// Messages, where it is not free.
    pub messages: u32,
    /// Messages that are left this month; `None` without a limit, or where nobody knows.
    pub left: Option<u32>,
}

/// What the next answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cost {
    /// Free.
    Free,
    /// Free for a few more seconds.
    Ending,
    /// Paid for by the quota.
    Paid,
    /// More than is left: LINE would refuse it.
    Beyond,
}

impl Cost {
    /// Of an answer that is free for `left_ms` more.
    pub(super) fn of(left_ms: Option<i64>, price: Price) -> Self {
        match left_ms {
            Some(left) if left > ENDING_MS => Self::Free,
            Some(_) => Self::Ending,
            None if price.left.is_some_and(|left| left < price.messages) => Self::Beyond,
            None => Self::Paid,
        }
    }

    /// As in `data-state`.
    pub(super) const fn attribute(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Ending => "ending",
            Self::Paid => "paid",
            Self::Beyond => "none",
        }
    }
}

/// For how many milliseconds more an answer is free, by the second.
pub(super) fn free_for(conversation: Memo<Conversation>) -> Memo<Option<i64>> {
    let now = use_console().store.now;
    let until = Memo::new(move || conversation.with(|c| c.free_reply_until));
    Memo::new(move || {
        let left = until.get()?.since(now.get());
        (left > 0).then_some(left)
    })
}

/// What a push to the chat costs.
pub(super) fn price_of(conversation: Memo<Conversation>) -> Memo<Price> {
    let quotas = use_console().store.quotas;
    Memo::new(move || {
        let (channel, messages) = conversation.with(|c| {
            let members = match c.contact.kind {
                ContactKind::User => None,
                ContactKind::Group | ContactKind::MultiPerson => c.contact.members,
            };
            (c.channel.clone(), members.unwrap_or(1).max(1))
        });
        let left = quotas.with(|all| {
            let quota = all.iter().find(|quota| quota.channel == channel);
            quota.and_then(crate::protocol::quota::ChannelQuota::left)
        });
        Price { messages, left }
    })
}

/// Whether an answer cannot go now.
pub(super) fn is_beyond(conversation: Memo<Conversation>) -> Memo<bool> {
    let (free, price) = (free_for(conversation), price_of(conversation));
    Memo::new(move || Cost::of(free.get(), price.get()) == Cost::Beyond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_free_then_ends_being_so_then_costs() {
        let price = |messages, left| Price { messages, left };
        for (free, price, cost) in [
            (Some(42_000), price(1, Some(38)), Cost::Free),
            (Some(10_001), price(1, Some(0)), Cost::Free),
            (Some(10_000), price(1, Some(38)), Cost::Ending),
            (Some(1), price(6, Some(0)), Cost::Ending),
            (None, price(1, Some(1)), Cost::Paid),
            (None, price(6, Some(6)), Cost::Paid),
            (None, price(6, None), Cost::Paid),
            (None, price(1, Some(0)), Cost::Beyond),
            (None, price(6, Some(5)), Cost::Beyond),
        ] {
            assert_eq!(Cost::of(free, price), cost, "{free:?} {price:?}");
        }
    }
}
