//! A client's frames, to the letter of RFC 6455 (sections 5 to 8): bytes in, as they come, whole
//! messages and control frames out. It keeps what has come of an unfinished message and nothing
//! else, so an idle socket costs it no buffer.

use crate::protocol::MAX_CLIENT_FRAME_BYTES;
use crate::protocol::close::CloseCode;

/// Two bytes, eight of length, four of the mask.
const HEADER_MAX: usize = 14;

/// The most that a control frame may carry.
const CONTROL_MAX: u8 = 125;

/// What a frame came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Incoming {
    /// A whole text.
    Text(String),
    /// A whole binary message; what it holds is of no use to us.
    Binary,
    /// A frame of a message that goes on.
    Part {
        /// It brought the message no further.
        is_empty: bool,
    },
    /// To be answered with this.
    Ping(Vec<u8>),
    /// Needs no answer.
    Pong,
    /// The client's Close, with its code if it has one.
    Close(Option<u16>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opcode {
    Continuation,
    Text,
    Binary,
    Close,
    Ping,
    Pong,
}

impl Opcode {
    fn of(first: u8) -> Option<Self> {
        Some(match first & 0x0f {
            0x0 => Self::Continuation,
            0x1 => Self::Text,
            0x2 => Self::Binary,
            0x8 => Self::Close,
            0x9 => Self::Ping,
            0xa => Self::Pong,
            _ => return None,
        })
    }
}

/// A frame whose header has come.
#[derive(Debug)]
struct Frame {
    opcode: Opcode,
    is_last: bool,
    mask: [u8; 4],
    length: usize,
    come: usize,
}

/// Reads one client's frames.
#[derive(Debug, Default)]
pub(super) struct Reader {
    header: [u8; HEADER_MAX],
    /// Bytes of the header that have come.
    come: usize,
    frame: Option<Frame>,
    /// The message that goes on: `Text` or `Binary`.
    kind: Option<Opcode>,
    /// Its length so far, with that of the frame at hand.
    length: usize,
    text: Vec<u8>,
    /// Bytes of the text that are known to be UTF-8.
    checked: usize,
    /// Of the control frame at hand, which may stand between the parts of a message.
    control: Vec<u8>,
}

impl Reader {
    /// Takes from `input` until a frame is complete; `None` when it is used up before that.
    ///
    /// # Errors
    /// The code to close with. What comes after that cannot be read.
    pub(super) fn take(&mut self, input: &mut &[u8]) -> Result<Option<Incoming>, CloseCode> {
        if self.frame.is_none() {
            self.frame = self.begin(input)?;
        }
        let Some(frame) = &mut self.frame else {
            return Ok(None);
        };
        let size = input.len().min(frame.length - frame.come);
        let (payload, rest) = input.split_at(size);
        *input = rest;
        let (mask, at, opcode) = (frame.mask, frame.come, frame.opcode);
        frame.come += size;
        let is_whole = frame.come == frame.length;
        match (opcode, self.kind) {
            (Opcode::Close | Opcode::Ping | Opcode::Pong, _) => {
                unmask(&mut self.control, payload, mask, at);
            }
            (_, Some(Opcode::Text)) => {
                unmask(&mut self.text, payload, mask, at);
                self.check()?;
            }
            // What a binary message holds is of no use: it is counted and dropped.
            _ => {}
        }
        match self.frame.take_if(|_| is_whole) {
            Some(frame) => self.end(&frame).map(Some),
            None => Ok(None),
        }
    }

    /// Reads a header; `None` when more of it must come.
    fn begin(&mut self, input: &mut &[u8]) -> Result<Option<Frame>, CloseCode> {
        while let Some((byte, rest)) = input.split_first() {
            *input = rest;
            self.header[self.come] = *byte;
            self.come += 1;
            match self.come {
                1 => self.check_first()?,
                2 => self.check_second()?,
                _ => {}
            }
            let extended = match self.header[1] & 0x7f {
                127 => 8,
                126 => 2,
                _ => 0,
            };
            if self.come < 2 + extended {
                continue;
            }
            let length = self.declared(extended)?;
            if self.come == 2 + extended + 4 {
                return Ok(Some(self.open(length, extended)));
            }
        }
        Ok(None)
    }

    /// FIN, reserved bits, opcode, and whether a frame of that kind may stand here.
    fn check_first(&self) -> Result<(), CloseCode> {
        let first = self.header[0];
        let is_last = first & 0x80 != 0;
        let opcode = Opcode::of(first).ok_or(CloseCode::ProtocolError)?;
        let fits = match opcode {
            Opcode::Continuation => self.kind.is_some(),
            Opcode::Text | Opcode::Binary => self.kind.is_none(),
            Opcode::Close | Opcode::Ping | Opcode::Pong => is_last,
        };
        if fits && first & 0x70 == 0 {
            Ok(())
        } else {
            Err(CloseCode::ProtocolError)
        }
    }

    /// The mask bit, and the length of a control frame.
    fn check_second(&self) -> Result<(), CloseCode> {
        let second = self.header[1];
        let is_control = self.header[0] & 0x08 != 0;
        let is_masked = second & 0x80 != 0;
        if is_masked && !(is_control && second & 0x7f > CONTROL_MAX) {
            Ok(())
        } else {
            Err(CloseCode::ProtocolError)
        }
    }

    /// The length of the payload, which must be written as short as can be.
    fn declared(&self, extended: usize) -> Result<usize, CloseCode> {
        let (bytes, least) = match extended {
            0 => (&[self.header[1] & 0x7f][..], 0),
            2 => (&self.header[2..4], 126),
            _ => (&self.header[2..10], 0x1_0000),
        };
        let length = bytes
            .iter()
            .fold(0, |length, byte| length << 8 | u64::from(*byte));
        // RFC 6455, 5.2: the highest bit is 0, so that the length fits a signed number.
        if length < least || length >> 63 != 0 {
            return Err(CloseCode::ProtocolError);
        }
        let before = match Opcode::of(self.header[0]) {
            Some(Opcode::Continuation) => self.length,
            _ => 0,
        };
        usize::try_from(length)
            .ok()
            .filter(|length| before.saturating_add(*length) <= MAX_CLIENT_FRAME_BYTES)
            .ok_or(CloseCode::TooLarge)
    }

    /// The frame whose header is complete.
    fn open(&mut self, length: usize, extended: usize) -> Frame {
        let mut mask = [0; 4];
        mask.copy_from_slice(&self.header[2 + extended..2 + extended + 4]);
        // `check_first` has seen that there is one.
        let opcode = Opcode::of(self.header[0]).unwrap_or(Opcode::Close);
        self.come = 0;
        match opcode {
            Opcode::Text | Opcode::Binary => {
                self.kind = Some(opcode);
                self.length = length;
            }
            Opcode::Continuation => self.length += length,
            Opcode::Close | Opcode::Ping | Opcode::Pong => {}
        }
        Frame {
            opcode,
            is_last: self.header[0] & 0x80 != 0,
            mask,
            length,
            come: 0,
        }
    }

    /// As soon as a text cannot be UTF-8 any more it is refused.
    fn check(&mut self) -> Result<(), CloseCode> {
        match std::str::from_utf8(&self.text[self.checked..]) {
            Ok(_) => self.checked = self.text.len(),
            // Cut within a character, so far.
            Err(error) if error.error_len().is_none() => self.checked += error.valid_up_to(),
            Err(_) => return Err(CloseCode::NotUtf8),
        }
        Ok(())
    }

    /// A frame has come whole.
    fn end(&mut self, frame: &Frame) -> Result<Incoming, CloseCode> {
        let control = |this: &mut Self| std::mem::take(&mut this.control);
        match frame.opcode {
            Opcode::Ping => Ok(Incoming::Ping(control(self))),
            Opcode::Pong => {
                // Not kept for the next one: an idle socket is to hold no buffer.
                self.control = Vec::new();
                Ok(Incoming::Pong)
            }
            Opcode::Close => close_code(&control(self)).map(Incoming::Close),
            _ if !frame.is_last => Ok(Incoming::Part {
                is_empty: frame.length == 0,
            }),
            _ if self.kind.take() == Some(Opcode::Text) => {
                self.checked = 0;
                String::from_utf8(std::mem::take(&mut self.text))
                    .map(Incoming::Text)
                    .map_err(|_| CloseCode::NotUtf8)
            }
            _ => Ok(Incoming::Binary),
        }
    }
}

/// Appends a piece of a payload that begins `at` so many bytes.
fn unmask(into: &mut Vec<u8>, piece: &[u8], mask: [u8; 4], at: usize) {
    let plain = piece
        .iter()
        .enumerate()
        .map(|(n, byte)| byte ^ mask[(at + n) % 4]);
    into.extend(plain);
}

/// The code in a Close, which must be one that may be sent, before a reason in UTF-8.
fn close_code(payload: &[u8]) -> Result<Option<u16>, CloseCode> {
    let (code, reason) = match payload {
        [] => return Ok(None),
        [high, low, reason @ ..] => (u16::from_be_bytes([*high, *low]), reason),
        [_] => return Err(CloseCode::ProtocolError),
    };
    // 1004 to 1006 and 1015 are never sent: they stand for what a side has seen by itself.
    if !matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999) {
        return Err(CloseCode::ProtocolError);
    }
    match std::str::from_utf8(reason) {
        Ok(_) => Ok(Some(code)),
        Err(_) => Err(CloseCode::NotUtf8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let mask = [0x11, 0x22, 0x33, 0x44];
        let mut bytes = vec![first];
        match payload.len() {
            short @ 0..=125 => bytes.push(0x80 | u8::try_from(short).expect("short")),
            long @ 126..=0xffff => {
                bytes.push(0xfe);
                bytes.extend(u16::try_from(long).expect("long").to_be_bytes());
            }
            longer => {
                bytes.push(0xff);
                bytes.extend((longer as u64).to_be_bytes());
            }
        }
        bytes.extend(mask);
        unmask(&mut bytes, payload, mask, 0);
        bytes
    }

    /// What comes of the bytes when so many of them arrive at a time.
    fn read(bytes: &[u8], step: usize) -> (Vec<Incoming>, Option<CloseCode>) {
        let mut reader = Reader::default();
        let mut found = Vec::new();
        for mut piece in bytes.chunks(step) {
            while !piece.is_empty() {
                match reader.take(&mut piece) {
                    Ok(one) => found.extend(one),
                    Err(code) => return (found, Some(code)),
                }
            }
        }
        (found, None)
    }

    #[test]
    fn a_stream_reads_the_same_however_it_is_cut() {
        let long = "ก".repeat(21_845);
        let mut bytes = frame(0x81, "hello".as_bytes());
        bytes.extend(frame(0x01, "สวั".as_bytes()));
        bytes.extend(frame(0x89, b"are you there"));
        bytes.extend(frame(0x00, &"ส".as_bytes()[..1]));
        bytes.extend(frame(0x00, b""));
        bytes.extend(frame(0x80, &"ส".as_bytes()[1..]));
        bytes.extend(frame(0x82, &[0xff; 300]));
        bytes.extend(frame(0x8a, b""));
        bytes.extend(frame(0x81, long.as_bytes()));
        bytes.extend(frame(0x88, &[0x03, 0xe8, b'b', b'y', b'e']));
        let expected = vec![
            Incoming::Text("hello".to_owned()),
            Incoming::Part { is_empty: false },
            Incoming::Ping(b"are you there".to_vec()),
            Incoming::Part { is_empty: false },
            Incoming::Part { is_empty: true },
            Incoming::Text("สวัส".to_owned()),
            Incoming::Binary,
            Incoming::Pong,
            Incoming::Text(long),
            Incoming::Close(Some(1000)),
        ];
        for step in [1, 2, 3, 7, 100, 4_096, bytes.len()] {
            assert_eq!(read(&bytes, step), (expected.clone(), None), "{step}");
        }
    }

    #[test]
    fn a_message_may_have_64_kib_in_all_its_parts() {
        let most = MAX_CLIENT_FRAME_BYTES;
        let mut whole = frame(0x01, &vec![b'x'; most - 1]);
        whole.extend(frame(0x80, b"x"));
        whole.extend(frame(0x81, &vec![b'y'; most]));
        let (found, refused) = read(&whole, 1_000);
        assert_eq!((found.len(), refused), (3, None));
        let mut over = frame(0x01, &vec![b'x'; most - 1]);
        over.extend(frame(0x80, b"xx"));
        assert_eq!(read(&over, 1_000).1, Some(CloseCode::TooLarge));
        // Known before a single byte of it has come.
        let huge = [0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(read(&huge, 1).1, Some(CloseCode::TooLarge));
    }

    #[test]
    fn text_that_cannot_be_utf8_any_more_is_refused_before_the_frame_ends() {
        let mut bytes = frame(0x81, b"ok\xf4\x90 and more that never comes");
        bytes.truncate(6 + 4);
        assert_eq!(read(&bytes, 1).1, Some(CloseCode::NotUtf8));
        let cut = frame(0x81, &"ก".as_bytes()[..2]);
        assert_eq!(read(&cut, 1).1, Some(CloseCode::NotUtf8));
    }

    #[test]
    fn an_unfinished_message_holds_what_has_come_and_no_more() {
        let mut reader = Reader::default();
        let header = [0x81, 0xfe, 0xff, 0xff, 0, 0, 0, 0];
        assert_eq!(reader.take(&mut &header[..]), Ok(None));
        assert_eq!(reader.text.capacity(), 0);
    }
}
