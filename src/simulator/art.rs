//! Sample bytes for pictures, films, sounds and files that nobody uploaded.

use bytes::Bytes;

const WIDTH: usize = 464;
const HEIGHT: usize = 296;
/// Side of one diamond of the woven pattern.
const TILE: usize = 56;
/// Most bytes of one stored block of a zlib stream.
const STORED_BLOCK_MAX: usize = 0xffff;
const ADLER_BASE: u32 = 65_521;

/// Cloth colours: ground, pattern.
const CLOTHS: [[[u8; 3]; 2]; 4] = [
    [[0x6d, 0x1f, 0x4c], [0xe3, 0xb0, 0x4f]],
    [[0x1d, 0x4f, 0x5c], [0xe9, 0xd8, 0xa6]],
    [[0x8a, 0x2c, 0x1f], [0xf4, 0xc9, 0x8b]],
    [[0x27, 0x3c, 0x75], [0xd9, 0xe4, 0xf5]],
];

/// A small file of this kind, and its type.
pub(super) fn sample(kind: &str) -> (Bytes, &'static str) {
    let (bytes, content_type) = match kind {
        "image" => (cloth(rand::random::<u8>().into()), "image/png"),
        "video" => (container(*b"isom"), "video/mp4"),
        "audio" => (container(*b"M4A "), "audio/x-m4a"),
        _ => (b"A file from the LINE simulator.\n".to_vec(), "text/plain"),
    };
    (Bytes::from(bytes), content_type)
}

/// A picture of woven silk, as PNG.
fn cloth(variant: usize) -> Vec<u8> {
    let mut rows = Vec::with_capacity(HEIGHT * (WIDTH + 1));
    for y in 0..HEIGHT {
        rows.push(0);
        rows.extend((0..WIDTH).map(|x| thread(x, y)));
    }
    let mut header = Vec::new();
    header.extend(be32(WIDTH));
    header.extend(be32(HEIGHT));
    header.extend([8, 3, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, *b"IHDR", &header);
    chunk(
        &mut png,
        *b"PLTE",
        CLOTHS[variant % CLOTHS.len()].as_flattened(),
    );
    chunk(&mut png, *b"IDAT", &zlib_stored(&rows));
    chunk(&mut png, *b"IEND", &[]);
    png
}

/// Which of the two colours a point has: diamond outlines with a blossom in the middle.
fn thread(x: usize, y: usize) -> u8 {
    let (dx, dy) = ((x % TILE).abs_diff(TILE / 2), (y % TILE).abs_diff(TILE / 2));
    let outline = (dx + dy).abs_diff(TILE / 2) < 2;
    let blossom = dx * dy < 12 && dx + dy < TILE / 4;
    u8::from(outline || blossom)
}

fn chunk(png: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    png.extend(be32(data.len()));
    let start = png.len();
    png.extend(name);
    png.extend(data);
    let sum = crc32(&png[start..]);
    png.extend(sum.to_be_bytes());
}

fn be32(number: usize) -> [u8; 4] {
    u32::try_from(number)
        .expect("pictures are small")
        .to_be_bytes()
}

/// A zlib stream without compression.
fn zlib_stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(STORED_BLOCK_MAX).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).expect("blocks are cut to size");
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    out.extend(adler32(data).to_be_bytes());
    out
}

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

fn adler32(data: &[u8]) -> u32 {
    let (a, b) = data.iter().fold((1, 0), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % ADLER_BASE;
        (a, (b + a) % ADLER_BASE)
    });
    (b << 16) | a
}

/// The smallest file that is recognised as an MP4 of this brand.
fn container(brand: [u8; 4]) -> Vec<u8> {
    let mut file = vec![0, 0, 0, 20];
    file.extend(b"ftyp");
    file.extend(brand);
    file.extend([0, 0, 0, 0]);
    file.extend(brand);
    file.extend([0, 0, 0, 8]);
    file.extend(b"mdat");
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_match_their_known_values() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b"IEND"), 0xae42_6082);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
    }

    #[test]
    fn a_picture_is_a_png() {
        let png = cloth(1);
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert!(png.ends_with(&[0xae, 0x42, 0x60, 0x82]));
    }
}
