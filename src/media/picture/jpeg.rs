//! A JPEG from segment to segment: which of them show the picture, and which speak of it.

/// A JPEG, read.
pub(super) struct Jpeg {
    /// Without EXIF, XMP, IPTC, comments, small pictures, and without what follows its end. The
    /// colour profile stays: without it the colours would be others.
    pub(super) bytes: Vec<u8>,
    /// Values of a pixel.
    pub(super) components: u8,
    /// It comes in passes.
    pub(super) is_progressive: bool,
    /// How many.
    pub(super) scans: usize,
}

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;

/// Reads it; `None` for what is cut off or no JPEG.
pub(super) fn read(bytes: &[u8]) -> Option<Jpeg> {
    if bytes.get(..2)? != [0xff, START] {
        return None;
    }
    let mut read = Jpeg {
        bytes: Vec::with_capacity(bytes.len()),
        components: 0,
        is_progressive: false,
        scans: 0,
    };
    read.bytes.extend_from_slice(&[0xff, START]);
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // Filled up.
            0xff => at += 1,
            END => {
                read.bytes.extend_from_slice(&[0xff, END]);
                return (read.components > 0 && read.scans > 0).then_some(read);
            }
            // They have no body, and no meaning between segments.
            0x01 | 0xd0..=0xd7 => at += 2,
            START => return None,
            marker => {
                let length = u16::from_be_bytes(*bytes.get(at + 2..)?.first_chunk::<2>()?);
                let end = at + 2 + usize::from(length);
                let body = bytes.get(at + 4..end)?;
                read.segment(marker, body, bytes.get(at..end)?)?;
                at = end;
                if marker == SCAN {
                    let end = at + scan_length(bytes.get(at..)?)?;
                    read.bytes.extend_from_slice(&bytes[at..end]);
                    at = end;
                }
            }
        }
    }
}

impl Jpeg {
    fn segment(&mut self, marker: u8, body: &[u8], whole: &[u8]) -> Option<()> {
        match marker {
            // Tables, and how to read them.
            0xc4 | 0xcc | 0xdb | 0xdd => {}
            0xc0..=0xcf => {
                if self.components > 0 {
                    return None;
                }
                self.components = *body.get(5)?;
                self.is_progressive = matches!(marker, 0xc2 | 0xc6 | 0xca | 0xce);
            }
            SCAN => self.scans += 1,
            // How its values are colours.
            0xe2 if body.starts_with(b"ICC_PROFILE\0") => {}
            0xee if body.starts_with(b"Adobe") => {}
            0xe0 if body.starts_with(b"JFIF\0") => {
                // As far as the small picture, of no pixels.
                self.bytes.extend_from_slice(&[0xff, 0xe0, 0, 16]);
                self.bytes.extend_from_slice(body.get(..12)?);
                self.bytes.extend_from_slice(&[0, 0]);
                return Some(());
            }
            _ => return Some(()),
        }
        self.bytes.extend_from_slice(whole);
        Some(())
    }
}

/// Bytes of a pass, as far as the next marker that ends it.
fn scan_length(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += rest.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match *rest.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}
