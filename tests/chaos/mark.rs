//! Texts by which a message is known wherever it turns up.

use std::fmt;

/// What every text ends with: nothing of it may be changed on any way.
const TAIL: &str = " 1 < 2 & x\n<b>ครับ</b> {name} 入荷 \u{1f34e}";

/// Who wrote a message, to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Writer {
    /// The customer.
    Customer,
    /// A console, to the customer.
    Console(usize),
    /// A console, to the team only.
    Note(usize),
}

/// Names one message: its conversation, its writer and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// The customer whose conversation it belongs to.
    pub customer: usize,
    /// Who wrote it.
    pub writer: Writer,
    /// Grows with each message of the writer in the conversation.
    pub number: u32,
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            customer, number, ..
        } = self;
        match self.writer {
            Writer::Customer => write!(f, "in-{customer}-0-{number}"),
            Writer::Console(console) => write!(f, "out-{customer}-{console}-{number}"),
            Writer::Note(console) => write!(f, "note-{customer}-{console}-{number}"),
        }
    }
}

impl Mark {
    /// The message's text.
    pub fn text(&self) -> String {
        format!("{self}{TAIL}")
    }

    /// Which message has this text; `None` if it is not exactly the text of one.
    pub fn of(text: &str) -> Option<Self> {
        Self::named(text.strip_suffix(TAIL)?)
    }

    /// Which message has a text that begins so.
    pub fn beginning(text: &str) -> Option<Self> {
        Self::named(text.split(' ').next()?)
    }

    fn named(name: &str) -> Option<Self> {
        let mut parts = name.split('-');
        let kind = parts.next()?;
        let customer = parts.next()?.parse().ok()?;
        let console = parts.next()?.parse().ok()?;
        let number = parts.next()?.parse().ok()?;
        let writer = match kind {
            "in" => Writer::Customer,
            "out" => Writer::Console(console),
            "note" => Writer::Note(console),
            _ => return None,
        };
        Some(Self {
            customer,
            writer,
            number,
        })
    }
}
