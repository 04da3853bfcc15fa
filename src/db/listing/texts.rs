//! The statements of lists with a filter, put together from what they have in common: a list's own
//! condition, what a chat has to fit, and the way in which the list is read.

use crate::db::conversations::select_conversation;
use crate::db::rows::{message_columns, session_columns};
use crate::protocol::{Sort, Tab};

/// What a chat has to fit: `$1` to `$10` as they are bound beside this file. The parts are how each of the three
/// lists is asked whether it is empty, and whether it has something.
macro_rules! fits {
    (
        $no_tags:literal, $tag:literal,
        $no_owners:literal, $owner:literal,
        $no_channels:literal, $channel:literal
    ) => {
        concat!(
            "(",
            $no_tags,
            " OR EXISTS (SELECT 1 FROM conversation_tags x WHERE x.conversation_id = c.id \
             AND x.tag_id ",
            $tag,
            ")) AND (",
            $no_owners,
            " OR COALESCE((SELECT z.operator_id FROM sessions z WHERE z.id = c.session_id), $4) ",
            $owner,
            ") AND (",
            $no_channels,
            " OR c.channel_id ",
            $channel,
            ") AND ($6 = 0 OR $6 = (SELECT CASE WHEN k.kind = 'user' THEN 1 ELSE 2 END \
             FROM contacts k WHERE k.id = c.contact_id)) \
             AND ($7 = 0 OR EXISTS (SELECT 1 FROM mentions n \
             WHERE n.operator_id = $1 AND n.conversation_id = c.id)) \
             AND ($8 = 0 OR c.snoozed_until IS NOT NULL) \
             AND ($9 = 0 OR c.waiting_since <= $9) AND ($10 = 0 OR c.unread > 0)"
        )
    };
}

macro_rules! fits_here {
    () => {
        fits!(
            "$2 = '[]'",
            "IN (SELECT unhex(w.value) FROM json_each($2) w)",
            "$3 = '[]'",
            "IN (SELECT unhex(w.value) FROM json_each($3) w)",
            "$5 = '[]'",
            "IN (SELECT unhex(w.value) FROM json_each($5) w)"
        )
    };
}

macro_rules! fits_there {
    () => {
        fits!(
            "cardinality(CAST($2 AS UUID[])) = 0",
            "= ANY($2)",
            "cardinality(CAST($3 AS UUID[])) = 0",
            "= ANY($3)",
            "cardinality(CAST($5 AS UUID[])) = 0",
            "= ANY($5)"
        )
    };
}

macro_rules! waiting {
    () => {
        "c.state = 'waiting'"
    };
}
macro_rules! mine {
    () => {
        "c.state = 'active' AND c.owner_id = $1 AND ($8 = 1 OR c.snoozed_until IS NULL)"
    };
}
// The times are those of the lists' indexes, which hold nothing from before.
macro_rules! all {
    () => {
        "c.state <> 'closed' AND c.activity_at > 0"
    };
}
macro_rules! closed {
    () => {
        "c.state = 'closed' AND c.activity_at > 0"
    };
}

/// One statement four times: along the list's index and of few chats, on SQLite and on PostgreSQL.
pub(super) struct Texts {
    pub(super) here: &'static str,
    pub(super) few_here: &'static str,
    pub(super) there: &'static str,
    pub(super) few_there: &'static str,
}

macro_rules! page {
    ($list:expr, $at:literal, $behind:literal, $way:literal, $fits:expr, $few:literal) => {
        select_conversation!(
            $at,
            concat!(
                "WHERE ",
                $list,
                " AND (",
                $at,
                ", c.id) ",
                $behind,
                " ($12, $13) AND ",
                $fits,
                $few,
                " ORDER BY ",
                $at,
                $way,
                ", c.id",
                $way,
                " LIMIT $11"
            )
        )
    };
}
macro_rules! page_here {
    ($list:expr, $at:literal, $behind:literal, $way:literal) => {
        page!($list, $at, $behind, $way, fits_here!(), "")
    };
}
macro_rules! page_few_here {
    ($list:expr, $at:literal, $behind:literal, $way:literal) => {
        page!(
            $list,
            $at,
            $behind,
            $way,
            fits_here!(),
            " AND c.id IN (SELECT unhex(g.value) FROM json_each($14) g)"
        )
    };
}
macro_rules! page_there {
    ($list:expr, $at:literal, $behind:literal, $way:literal) => {
        page!($list, $at, $behind, $way, fits_there!(), "")
    };
}
macro_rules! page_few_there {
    ($list:expr, $at:literal, $behind:literal, $way:literal) => {
        page!(
            $list,
            $at,
            $behind,
            $way,
            fits_there!(),
            " AND c.id = ANY($14)"
        )
    };
}

const WAITING_NEWEST: Texts = Texts {
    here: page_here!(waiting!(), "c.queue_at", "<", " DESC"),
    few_here: page_few_here!(waiting!(), "c.queue_at", "<", " DESC"),
    there: page_there!(waiting!(), "c.queue_at", "<", " DESC"),
    few_there: page_few_there!(waiting!(), "c.queue_at", "<", " DESC"),
};
const WAITING_OLDEST: Texts = Texts {
    here: page_here!(waiting!(), "c.queue_at", ">", ""),
    few_here: page_few_here!(waiting!(), "c.queue_at", ">", ""),
    there: page_there!(waiting!(), "c.queue_at", ">", ""),
    few_there: page_few_there!(waiting!(), "c.queue_at", ">", ""),
};
const MINE_NEWEST: Texts = Texts {
    here: page_here!(mine!(), "c.activity_at", "<", " DESC"),
    few_here: page_few_here!(mine!(), "c.activity_at", "<", " DESC"),
    there: page_there!(mine!(), "c.activity_at", "<", " DESC"),
    few_there: page_few_there!(mine!(), "c.activity_at", "<", " DESC"),
};
const MINE_OLDEST: Texts = Texts {
    here: page_here!(mine!(), "c.activity_at", ">", ""),
    few_here: page_few_here!(mine!(), "c.activity_at", ">", ""),
    there: page_there!(mine!(), "c.activity_at", ">", ""),
    few_there: page_few_there!(mine!(), "c.activity_at", ">", ""),
};
const ALL_NEWEST: Texts = Texts {
    here: page_here!(all!(), "c.activity_at", "<", " DESC"),
    few_here: page_few_here!(all!(), "c.activity_at", "<", " DESC"),
    there: page_there!(all!(), "c.activity_at", "<", " DESC"),
    few_there: page_few_there!(all!(), "c.activity_at", "<", " DESC"),
};
const ALL_OLDEST: Texts = Texts {
    here: page_here!(all!(), "c.activity_at", ">", ""),
    few_here: page_few_here!(all!(), "c.activity_at", ">", ""),
    there: page_there!(all!(), "c.activity_at", ">", ""),
    few_there: page_few_there!(all!(), "c.activity_at", ">", ""),
};
const CLOSED_NEWEST: Texts = Texts {
    here: page_here!(closed!(), "c.activity_at", "<", " DESC"),
    few_here: page_few_here!(closed!(), "c.activity_at", "<", " DESC"),
    there: page_there!(closed!(), "c.activity_at", "<", " DESC"),
    few_there: page_few_there!(closed!(), "c.activity_at", "<", " DESC"),
};
const CLOSED_OLDEST: Texts = Texts {
    here: page_here!(closed!(), "c.activity_at", ">", ""),
    few_here: page_few_here!(closed!(), "c.activity_at", ">", ""),
    there: page_there!(closed!(), "c.activity_at", ">", ""),
    few_there: page_few_there!(closed!(), "c.activity_at", ">", ""),
};

macro_rules! count {
    ($list:expr, $fits:expr, $few:literal) => {
        concat!(
            "SELECT count(*) FROM (SELECT c.id FROM conversations c WHERE ",
            $list,
            " AND ",
            $fits,
            $few,
            " LIMIT $11) found"
        )
    };
}
macro_rules! count_here {
    ($list:expr) => {
        count!($list, fits_here!(), "")
    };
}
macro_rules! count_few_here {
    ($list:expr) => {
        count!(
            $list,
            fits_here!(),
            " AND c.id IN (SELECT unhex(g.value) FROM json_each($12) g)"
        )
    };
}
macro_rules! count_there {
    ($list:expr) => {
        count!($list, fits_there!(), "")
    };
}
macro_rules! count_few_there {
    ($list:expr) => {
        count!($list, fits_there!(), " AND c.id = ANY($12)")
    };
}

const WAITING_COUNT: Texts = Texts {
    here: count_here!(waiting!()),
    few_here: count_few_here!(waiting!()),
    there: count_there!(waiting!()),
    few_there: count_few_there!(waiting!()),
};
const MINE_COUNT: Texts = Texts {
    here: count_here!(mine!()),
    few_here: count_few_here!(mine!()),
    there: count_there!(mine!()),
    few_there: count_few_there!(mine!()),
};
const ALL_COUNT: Texts = Texts {
    here: count_here!(all!()),
    few_here: count_few_here!(all!()),
    there: count_there!(all!()),
    few_there: count_few_there!(all!()),
};
const CLOSED_COUNT: Texts = Texts {
    here: count_here!(closed!()),
    few_here: count_few_here!(closed!()),
    there: count_there!(closed!()),
    few_there: count_few_there!(closed!()),
};

/// Of a page of this list.
pub(super) fn page_texts(tab: Tab, sort: Sort) -> &'static Texts {
    match (tab, sort) {
        (Tab::Waiting, Sort::Newest) => &WAITING_NEWEST,
        (Tab::Waiting, Sort::Oldest) => &WAITING_OLDEST,
        (Tab::Mine, Sort::Newest) => &MINE_NEWEST,
        (Tab::Mine, Sort::Oldest) => &MINE_OLDEST,
        (Tab::All, Sort::Newest) => &ALL_NEWEST,
        (Tab::All, Sort::Oldest) => &ALL_OLDEST,
        (Tab::Closed, Sort::Newest) => &CLOSED_NEWEST,
        (Tab::Closed, Sort::Oldest) => &CLOSED_OLDEST,
    }
}

/// Of how many chats of this list fit.
pub(super) fn count_texts(tab: Tab) -> &'static Texts {
    match tab {
        Tab::Waiting => &WAITING_COUNT,
        Tab::Mine => &MINE_COUNT,
        Tab::All => &ALL_COUNT,
        Tab::Closed => &CLOSED_COUNT,
    }
}
