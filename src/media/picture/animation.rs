//! Whether a picture moves: then only its first one is sent, and that is to be said.

use crate::media::form::PictureForm;

/// Whether it has more than one picture, shown one after the other.
pub(super) fn moves(form: PictureForm, bytes: &[u8]) -> bool {
    match form {
        PictureForm::Gif => is_second_in_gif(bytes).unwrap_or(false),
        // The flags of the extended header.
        PictureForm::WebP => {
            bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 2 != 0)
        }
        PictureForm::Png => {
            // It stands before the pixels.
            let head = &bytes[..bytes.len().min(4_096)];
            head.windows(4).any(|name| name == b"acTL")
        }
        PictureForm::Jpeg | PictureForm::Bmp | PictureForm::Tiff => false,
    }
}

/// Walks from block to block as far as a second picture.
fn is_second_in_gif(bytes: &[u8]) -> Option<bool> {
    let mut at = 13 + palette(*bytes.get(10)?);
    let mut pictures = 0;
    loop {
        match bytes.get(at)? {
            0x21 => at = behind_blocks(bytes, at + 2)?,
            0x2c => {
                pictures += 1;
                if pictures == 2 {
                    return Some(true);
                }
                at = behind_blocks(bytes, at + 11 + palette(*bytes.get(at + 9)?))?;
            }
            _ => return Some(false),
        }
    }
}

/// Bytes of the palette that these flags announce.
fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

fn behind_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
