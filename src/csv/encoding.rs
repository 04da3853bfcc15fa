//! In which encoding a file is that is not in UTF-8, so that its sender can be told by name.

/// How a file's bytes stand for letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes a letter; what spreadsheets call "Unicode text".
    Utf16,
    /// Thai.
    Windows874,
    /// Japanese.
    ShiftJis,
    /// Traditional Chinese.
    Big5,
    /// None that is known here.
    Unknown,
}

impl Encoding {
    /// Its name.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Utf16 => Some("UTF-16"),
            Self::Windows874 => Some("Windows-874"),
            Self::ShiftJis => Some("Shift_JIS"),
            Self::Big5 => Some("Big5"),
            Self::Unknown => None,
        }
    }

    /// The file's text.
    ///
    /// # Errors
    /// In which encoding it is instead, as far as its bytes tell.
    pub(super) fn utf8(file: &[u8]) -> Result<&str, Self> {
        // Texts that people write have no such character, and the other encodings' have it often.
        if matches!(file, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) || file.contains(&0) {
            return Err(Self::Utf16);
        }
        std::str::from_utf8(file).map_err(|_| Self::guess(file))
    }

    /// By which bytes there are: each of these leaves some out that a text of the others has, the
    /// first most and the last least.
    fn guess(file: &[u8]) -> Self {
        if in_pairs(file, is_big5_lead, is_big5_trail, |_| false) {
            Self::Big5
        } else if file.iter().all(|byte| is_thai(*byte)) {
            Self::Windows874
        } else if in_pairs(file, is_shift_jis_lead, is_shift_jis_trail, is_kana) {
            Self::ShiftJis
        } else {
            Self::Unknown
        }
    }
}

fn is_thai(byte: u8) -> bool {
    byte.is_ascii() || matches!(byte, 0x80 | 0x85 | 0x91..=0x97 | 0xa0..=0xda | 0xdf..=0xfb)
}

fn is_kana(byte: u8) -> bool {
    matches!(byte, 0xa1..=0xdf)
}

fn is_shift_jis_lead(byte: u8) -> bool {
    matches!(byte, 0x81..=0x9f | 0xe0..=0xfc)
}

fn is_shift_jis_trail(byte: u8) -> bool {
    matches!(byte, 0x40..=0x7e | 0x80..=0xfc)
}

fn is_big5_lead(byte: u8) -> bool {
    matches!(byte, 0xa1..=0xf9)
}

fn is_big5_trail(byte: u8) -> bool {
    matches!(byte, 0x40..=0x7e | 0xa1..=0xfe)
}

/// Whether all bytes beyond ASCII stand alone where they may, or are a lead with its trail.
fn in_pairs(
    file: &[u8],
    is_lead: fn(u8) -> bool,
    is_trail: fn(u8) -> bool,
    is_alone: fn(u8) -> bool,
) -> bool {
    let mut bytes = file.iter();
    while let Some(byte) = bytes.next() {
        let fits = byte.is_ascii()
            || is_alone(*byte)
            || is_lead(*byte) && bytes.next().is_some_and(|trail| is_trail(*trail));
        if !fits {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_known_by_their_bytes() {
        let utf8 = |file| Encoding::utf8(file);
        assert_eq!(utf8("a,ส่ง,入荷".as_bytes()), Ok("a,ส่ง,入荷"));
        assert_eq!(utf8(b"\xff\xfea\0"), Err(Encoding::Utf16));
        assert_eq!(utf8(b"a\0b\0"), Err(Encoding::Utf16));
        // ส่ง,สวัสดี; 送料は500円です; 運費。會
        let thai = b"\xca\xe8\xa7,\xca\xc7\xd1\xca\xb4\xd5";
        let japanese = b"\x91\x97\x97\xbf\x82\xcd500\x89\x7e\x82\xc5\x82\xb7";
        let chinese = b"\xb9\x42\xb6\x4f\xa1\x43\xb7\x7c";
        assert_eq!(utf8(thai), Err(Encoding::Windows874));
        assert_eq!(utf8(japanese), Err(Encoding::ShiftJis));
        assert_eq!(utf8(chinese), Err(Encoding::Big5));
        assert_eq!(utf8(b"caf\xe9 \xff"), Err(Encoding::Unknown));
    }
}
