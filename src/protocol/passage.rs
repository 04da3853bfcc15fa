//! What a text is made of where it is shown: words, addresses, LINE's emoji, mentions.

mod named;

pub use self::named::named;
use super::addresses::next_address;
use super::line_details::LineDetails;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Plain words.
    Words(String),
    /// An address, which is both shown and led to.
    Address(String),
    /// One of LINE's emoji.
    Emoji {
        /// As LINE writes it: `(love)`.
        words: String,
        /// The emoji's set.
        product_id: String,
        /// The emoji within the set.
        emoji_id: String,
    },
    /// Somebody who is meant.
    Mention {
        /// As LINE writes it: `@Mali`.
        words: String,
        /// Whether it is this account.
        is_self: bool,
    },
}

/// LINE's word on a part of a text, in UTF-16 units.
struct Span<'a> {
    start: u64,
    end: u64,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Emoji(&'a str, &'a str),
    Mention(bool),
}

/// The pieces of `text` in their order. What LINE says of parts that are not there, that begin or
/// end within a character, or that lie over each other, is not heard: those stay words.
pub fn pieces(text: &str, line: &LineDetails) -> Vec<Piece> {
    let mut found = Vec::new();
    let (mut done, mut reader) = (0, Reader::of(text));
    for span in spans(line) {
        let (Some(start), Some(end)) = (reader.byte_at(span.start), reader.byte_at(span.end))
        else {
            continue;
        };
        push_words(&mut found, text, done, start);
        let words = text[start..end].to_owned();
        found.push(match span.kind {
            Kind::Emoji(product_id, emoji_id) => Piece::Emoji {
                words,
                product_id: product_id.to_owned(),
                emoji_id: emoji_id.to_owned(),
            },
            Kind::Mention(is_self) => Piece::Mention { words, is_self },
        });
        done = end;
    }
    push_words(&mut found, text, done, text.len());
    found
}

/// What LINE says of parts of the text, in order, without those that lie over each other.
fn spans(line: &LineDetails) -> Vec<Span<'_>> {
    let mut all = Vec::new();
    for emoji in &line.emojis {
        if is_id(&emoji.product_id) && is_id(&emoji.emoji_id) {
            let kind = Kind::Emoji(&emoji.product_id, &emoji.emoji_id);
            push_span(&mut all, emoji.index, emoji.length, kind);
        }
    }
    for mention in &line.mentions {
        push_span(
            &mut all,
            mention.index,
            mention.length,
            Kind::Mention(mention.is_self),
        );
    }
    let mut reaches = 0;
    let mut alone = Vec::with_capacity(all.len());
    for (at, span) in all.iter().enumerate() {
        let next = all.get(at + 1).map_or(u64::MAX, |next| next.start);
        alone.push(span.start >= reaches && span.end <= next);
        reaches = reaches.max(span.end);
    }
    let mut alone = alone.into_iter();
    all.retain(|_| alone.next().unwrap_or(false));
    all
}

/// Puts it behind those that begin before it.
fn push_span<'a>(all: &mut Vec<Span<'a>>, index: u32, length: u32, kind: Kind<'a>) {
    let start = u64::from(index);
    if length > 0 {
        let end = start + u64::from(length);
        // A few, so that the standard library's sort is not worth its size in the browser.
        let before = all.iter().filter(|span| span.start <= start).count();
        all.insert(before, Span { start, end, kind });
    }
}

/// Ids become part of an address.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The words of a part of the text, and the addresses among them.
fn push_words(found: &mut Vec<Piece>, text: &str, from: usize, to: usize) {
    let text = &text[from..to];
    let mut done = 0;
    while let Some(address) = next_address(text, done) {
        if address.start > done {
            found.push(Piece::Words(text[done..address.start].to_owned()));
        }
        found.push(Piece::Address(address.shown));
        done = address.end;
    }
    if done < text.len() {
        found.push(Piece::Words(text[done..].to_owned()));
    }
}

/// Finds bytes by UTF-16 positions that only grow.
struct Reader<'a> {
    rest: std::str::Chars<'a>,
    length: usize,
    at: u64,
}

impl<'a> Reader<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            rest: text.chars(),
            length: text.len(),
            at: 0,
        }
    }

    /// The byte at a position; none behind the end or within a character.
    fn byte_at(&mut self, position: u64) -> Option<usize> {
        while self.at < position {
            self.at += self.rest.next()?.len_utf16() as u64;
        }
        (self.at == position).then(|| self.length - self.rest.as_str().len())
    }
}

#[cfg(test)]
mod tests;
