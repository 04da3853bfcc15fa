//! Addresses in what people write: where one begins, where it ends, and how it is shown so that the
//! words are the place to which it leads.
//!
//! Only `http:` and `https:` count. Server and browser find the same ones, since both read this.

mod host;
mod punycode;

use self::host::Host;

/// An address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// First byte in the text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What is shown, and what it leads to; the text itself but for names of hosts that could be
    /// taken for others.
    pub shown: String,
}

/// The first address that begins at or after the byte `from`.
pub fn next_address(text: &str, from: usize) -> Option<Address> {
    let mut at = from;
    while let Some(found) = text.get(at..)?.find("://") {
        let colon = at + found;
        at = colon + "://".len();
        let found = scheme(text, from, colon).and_then(|start| read(text, start, at));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Where the scheme before this colon begins, if it is one that may be followed.
fn scheme(text: &str, from: usize, colon: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let start = ["https", "http"].iter().find_map(|name| {
        let start = colon.checked_sub(name.len()).filter(|at| *at >= from)?;
        let is_it = bytes[start..colon].eq_ignore_ascii_case(name.as_bytes());
        is_it.then_some(start)
    })?;
    let before = start.checked_sub(1).map(|at| bytes[at]);
    let goes_on = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    (!before.is_some_and(goes_on)).then_some(start)
}

/// The address whose scheme is at `start` and whose host is at `at`.
fn read(text: &str, start: usize, at: usize) -> Option<Address> {
    let host = Host::read(&text[at..])?;
    let host_end = at + host.length;
    let rest = &text[host_end..];
    // What stands before an `@` is no host, however much it looks like one.
    let is_name = rest
        .bytes()
        .take_while(|byte| byte.is_ascii_graphic() && !b"/?#\\".contains(byte))
        .any(|byte| byte == b'@');
    if is_name {
        return None;
    }
    let port = port(rest);
    let end = host_end + port + path(&rest[port..]);
    Some(Address {
        start,
        end,
        shown: [&text[start..at], host.shown.as_str(), &text[host_end..end]].concat(),
    })
}

/// Bytes of the port at the beginning.
fn port(rest: &str) -> usize {
    let Some(digits) = rest.strip_prefix(':') else {
        return 0;
    };
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    match digits[..count].parse::<u16>() {
        Ok(_) => 1 + count,
        Err(_) => 0,
    }
}

/// Bytes of path, query and fragment at the beginning. They are ASCII, percent-encoded where they
/// mean something else; brackets that were opened outside end them, and so does the sentence.
fn path(rest: &str) -> usize {
    if !rest.starts_with(['/', '?', '#']) {
        return 0;
    }
    let bytes = rest.as_bytes();
    let (mut end, mut round, mut square) = (0, 0_u32, 0_u32);
    for byte in bytes {
        match byte {
            b'(' => round += 1,
            b'[' => square += 1,
            b')' if round == 0 => break,
            b')' => round -= 1,
            b']' if square == 0 => break,
            b']' => square -= 1,
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => break,
            byte if byte.is_ascii_graphic() => {}
            _ => break,
        }
        end += 1;
    }
    let trailing = |byte: &u8| b".,:;!?'([".contains(byte);
    end - bytes[..end]
        .iter()
        .rev()
        .take_while(|b| trailing(b))
        .count()
}

#[cfg(test)]
mod tests;
