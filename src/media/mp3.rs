//! How long an MP3 is: all of its frames are counted as they pass, since headers that say it are
//! often wrong and a guess from the first frames is wrong for all that change their rate.

use std::time::Duration;

/// A tag before the sound: its own header.
const TAG_HEADER: usize = 10;

/// Bits a second, by the header's index, in thousands: of version 1, and of 2 and 2.5.
const KILOBITS: [[u64; 15]; 2] = [
    [
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
    ],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];

/// Samples a second of version 1; of 2 half, of 2.5 a quarter of that.
const RATES: [u64; 3] = [44_100, 48_000, 32_000];

/// The four bytes before each frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Version and rate: the same throughout a file.
    stream: (u8, u64),
    /// Of the frame, its header included.
    bytes: usize,
    /// For how long it sounds.
    samples: u64,
    /// Where a first frame that is none may say so.
    side_info: usize,
}

impl Header {
    /// Reads it; `None` for what begins no frame of layer III.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let [first, second, third, fourth] = *bytes.first_chunk::<4>()?;
        if first != 0xff || second & 0xe0 != 0xe0 || second & 0x06 != 0x02 {
            return None;
        }
        let version = second >> 3 & 3;
        let divisor = match version {
            3 => 1,
            2 => 2,
            0 => 4,
            _ => return None,
        };
        let rate = RATES.get(usize::from(third >> 2 & 3))? / divisor;
        let table = usize::from(version != 3);
        let kilobits = *KILOBITS[table].get(usize::from(third >> 4))?;
        if kilobits == 0 {
            return None;
        }
        let samples: u64 = if version == 3 { 1_152 } else { 576 };
        let padding = u64::from(third >> 1 & 1);
        let bytes = samples / 8 * kilobits * 1_000 / rate + padding;
        let is_mono = fourth >> 6 == 3;
        let side_info = match (version == 3, is_mono) {
            (true, false) => 32,
            (true, true) | (false, false) => 17,
            (false, true) => 9,
        };
        Some(Self {
            stream: (version, rate),
            bytes: usize::try_from(bytes).ok()?,
            samples,
            side_info,
        })
    }
}

/// Counts frames as the bytes pass.
#[derive(Debug, Default)]
pub struct Mp3 {
    /// Bytes that are still to pass of what is known.
    skip: u64,
    /// What all frames have in common, once two stood one after the other.
    stream: Option<(u8, u64)>,
    samples: u64,
    frames: u64,
    /// Bytes of frames and tags.
    known: u64,
    /// Bytes of which nobody knows what they are.
    strange: u64,
}

impl Mp3 {
    /// Looks at what has come; answers how many bytes are done with. The rest is wanted again,
    /// with more behind it.
    pub fn run(&mut self, fresh: &[u8]) -> usize {
        let mut at = 0;
        loop {
            let rest = &fresh[at..];
            if self.skip > 0 {
                let passed = usize::try_from(self.skip)
                    .unwrap_or(usize::MAX)
                    .min(rest.len());
                self.skip -= passed as u64;
                self.known += passed as u64;
                at += passed;
                if self.skip > 0 {
                    return at;
                }
                continue;
            }
            if rest.len() < TAG_HEADER {
                return at;
            }
            if let Some(bytes) = tag(rest) {
                self.skip = bytes;
                continue;
            }
            match self.frame(rest) {
                Next::Frame(bytes) => self.skip = bytes as u64,
                Next::None => {
                    self.strange += 1;
                    at += 1;
                }
                Next::Unknown => return at,
            }
        }
    }

    fn frame(&mut self, rest: &[u8]) -> Next {
        let Some(header) = Header::read(rest) else {
            return Next::None;
        };
        match self.stream {
            Some(stream) if stream != header.stream => return Next::None,
            Some(_) => {}
            None => {
                // The first one counts when another stands behind it.
                if rest.len() < header.bytes + 4 {
                    return Next::Unknown;
                }
                let next = Header::read(&rest[header.bytes..]);
                if next.is_none_or(|next| next.stream != header.stream) {
                    return Next::None;
                }
                self.stream = Some(header.stream);
                if holds_no_sound(&rest[..header.bytes], header.side_info) {
                    return Next::Frame(header.bytes);
                }
            }
        }
        self.samples += header.samples;
        self.frames += 1;
        Next::Frame(header.bytes)
    }

    /// How long it is; `None` when it is no MP3, or too little of it is. `rest` is what was never
    /// done with.
    pub fn finish(self, rest: &[u8]) -> Option<Duration> {
        let strange = self.strange + rest.len() as u64;
        let (_, rate) = self.stream?;
        if self.frames < 2 || strange > self.known {
            return None;
        }
        Some(Duration::from_micros(self.samples * 1_000_000 / rate))
    }
}

enum Next {
    /// One of so many bytes.
    Frame(usize),
    None,
    /// Too little has come.
    Unknown,
}

/// The size of a tag that begins here (ID3, before the sound in a newer form and behind it in an older one).
fn tag(rest: &[u8]) -> Option<u64> {
    if rest.starts_with(b"ID3") {
        let size = rest.get(6..10)?.iter();
        if size.clone().any(|byte| *byte >= 0x80) {
            return None;
        }
        let size = size.fold(0_u64, |size, byte| size << 7 | u64::from(*byte));
        let footer = if rest[5] & 0x10 == 0 { 0 } else { 10 };
        return Some(TAG_HEADER as u64 + size + footer);
    }
    rest.starts_with(b"TAG").then_some(128)
}

/// Whether a first frame only says how long the rest is.
fn holds_no_sound(frame: &[u8], side_info: usize) -> bool {
    // With a checksum two more bytes stand before it.
    let has = |at: usize, names: &[&[u8]]| {
        let found = frame.get(at..at + 4);
        found.is_some_and(|found| names.contains(&found))
    };
    let xing: &[&[u8]] = &[b"Xing", b"Info"];
    has(4 + side_info, xing) || has(6 + side_info, xing) || has(36, &[b"VBRI"])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame of version 1 at 44,100 samples, with or without a checksum.
    fn frame(kilobit_index: u8, checksum: bool, fill: u8) -> Vec<u8> {
        let second = if checksum { 0xfa } else { 0xfb };
        let head = [0xff, second, kilobit_index << 4, 0x44];
        let size = Header::read(&head).expect("a header").bytes;
        let mut bytes = vec![fill; size];
        bytes[..4].copy_from_slice(&head);
        bytes
    }

    fn length(bytes: &[u8], step: usize) -> Option<u64> {
        let mut counting = Mp3::default();
        let mut kept: Vec<u8> = Vec::new();
        for part in bytes.chunks(step) {
            kept.extend_from_slice(part);
            let done = counting.run(&kept);
            kept.drain(..done);
        }
        let length = counting.finish(&kept)?;
        u64::try_from(length.as_millis()).ok()
    }

    /// 100 frames of 26.122 ms each.
    const HUNDRED: u64 = 2_612;

    #[test]
    fn all_frames_are_counted_whatever_stands_between_and_before() {
        let steady: Vec<u8> = (0..100).flat_map(|_| frame(9, false, 0)).collect();
        let changing: Vec<u8> = (0..100)
            .flat_map(|n| frame(if n < 40 { 1 } else { 14 }, false, 0))
            .collect();
        let checked: Vec<u8> = (0..100).flat_map(|_| frame(9, true, 0)).collect();
        let mut cover = b"ID3\x04\0\0\x02\x31\x10\0".to_vec();
        cover.extend(std::iter::repeat_n(0xff, 5_000_192 - 10));
        let size = tag(&cover).expect("a tag");
        cover.resize(usize::try_from(size).expect("fits"), 0xfb);
        cover.extend_from_slice(&steady);
        let mut empty_xing = frame(9, false, 0);
        empty_xing[36..40].copy_from_slice(b"Xing");
        empty_xing.extend_from_slice(&steady);
        let mut behind = steady.clone();
        behind.extend_from_slice(b"TAG");
        behind.extend([b' '; 125]);
        for (name, bytes) in [
            ("steady", &steady),
            ("changing", &changing),
            ("checked", &checked),
            ("cover", &cover),
            ("empty Xing", &empty_xing),
            ("tag behind", &behind),
        ] {
            for step in [1_000, 4_096, 262_144] {
                assert_eq!(length(bytes, step), Some(HUNDRED), "{name} by {step}");
            }
        }
        assert_eq!(length(&steady, 7), Some(HUNDRED));
    }

    #[test]
    fn what_only_begins_like_one_is_none() {
        assert_eq!(length(b"ID3\x04\0\0\0\0\0\x01 and then words", 8), None);
        let mut lone = frame(9, false, 0);
        lone.extend_from_slice(&[7; 5_000]);
        assert_eq!(length(&lone, 100), None);
        let mut much: Vec<u8> = (0..3).flat_map(|_| frame(9, false, 0)).collect();
        much.extend(std::iter::repeat_n(7, 50_000));
        assert_eq!(length(&much, 1_000), None);
        assert_eq!(length(b"", 1), None);
    }
}
