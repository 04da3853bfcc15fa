//! The statements of lists with a filter, put together from what they have in common: a list's own
//! condition, what a chat has to fit, and the way in which the list is read.

use crate::db::conversations::select_conversation;
use crate::db::rows::{message_columns, session_columns};
use crate::protocol::{Sort, Tab};

/// Without a target nobody waits for more than ten minutes, as the console's red clock has it.
///
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
             AND ($9 = 0 OR COALESCE(c.response_due, c.waiting_since + 600000) <= $9 \
             OR c.resolution_due <= $9) AND ($10 = 0 OR c.unread > 0)"
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
    here: &'static str,
    few_here: &'static str,
    there: &'static str,
    few_there: &'static str,
}

impl Texts {
    /// For SQLite, of `few` chats or along the list's index.
    pub(super) fn here(&self, few: bool) -> &'static str {
        if few { self.few_here } else { self.here }
    }

    /// The same for PostgreSQL.
    pub(super) fn there(&self, few: bool) -> &'static str {
        if few { self.few_there } else { self.there }
    }
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
/// A page of a list in one order.
macro_rules! pages {
    ($list:expr, $at:literal, $behind:literal, $way:literal) => {
        Texts {
            here: page!($list, $at, $behind, $way, fits_here!(), ""),
            few_here: page!(
                $list,
                $at,
                $behind,
                $way,
                fits_here!(),
                " AND c.id IN (SELECT unhex(g.value) FROM json_each($14) g)"
            ),
            there: page!($list, $at, $behind, $way, fits_there!(), ""),
            few_there: page!(
                $list,
                $at,
                $behind,
                $way,
                fits_there!(),
                " AND c.id = ANY($14)"
            ),
        }
    };
}

const WAITING_NEWEST: Texts = pages!(waiting!(), "c.queue_at", "<", " DESC");
const WAITING_OLDEST: Texts = pages!(waiting!(), "c.queue_at", ">", "");
const MINE_NEWEST: Texts = pages!(mine!(), "c.activity_at", "<", " DESC");
const MINE_OLDEST: Texts = pages!(mine!(), "c.activity_at", ">", "");
const ALL_NEWEST: Texts = pages!(all!(), "c.activity_at", "<", " DESC");
const ALL_OLDEST: Texts = pages!(all!(), "c.activity_at", ">", "");
const CLOSED_NEWEST: Texts = pages!(closed!(), "c.activity_at", "<", " DESC");
const CLOSED_OLDEST: Texts = pages!(closed!(), "c.activity_at", ">", "");

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
/// How many fit of a list.
macro_rules! counts {
    ($list:expr) => {
        Texts {
            here: count!($list, fits_here!(), ""),
            few_here: count!(
                $list,
                fits_here!(),
                " AND c.id IN (SELECT unhex(g.value) FROM json_each($12) g)"
            ),
            there: count!($list, fits_there!(), ""),
            few_there: count!($list, fits_there!(), " AND c.id = ANY($12)"),
        }
    };
}

const WAITING_COUNT: Texts = counts!(waiting!());
const MINE_COUNT: Texts = counts!(mine!());
const ALL_COUNT: Texts = counts!(all!());
const CLOSED_COUNT: Texts = counts!(closed!());

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
