//! A PNG from chunk to chunk: which of them show the picture.

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The picture itself, and what its colours mean.
const KEPT: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"pHYs", b"cICP", b"mDCV", b"cLLI",
];

/// Without texts, EXIF, times, further pictures, and without what follows its end; `None` for
/// what is cut off or no PNG.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend_from_slice(SIGNATURE);
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk::<4>()?)).ok()?;
        let name = rest.get(4..8)?;
        // Length and name before it, a checksum behind it.
        let chunk = rest.get(..length.checked_add(12)?)?;
        if KEPT.iter().any(|known| known.as_slice() == name) {
            kept.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(kept);
        }
        rest = &rest[chunk.len()..];
    }
}
