//! What the first bytes of a file say that it is. Its name and what a browser says of it decide
//! nothing.

/// How many first bytes are looked at.
pub const NEEDED: usize = 64;

/// The most bytes of films and sounds: LINE's own bound.
const FILM_MAX: u64 = 200 << 20;
/// The most bytes of what is linked rather than shown.
const FILE_MAX: u64 = 100 << 20;
/// The most bytes of a picture as it comes: it is read into memory as a whole.
const PICTURE_MAX: u64 = 50 << 20;

/// The type of bytes that nobody knows.
const UNKNOWN: &str = "application/octet-stream";

/// Brands of the MP4 family that phones play.
const MP4_BRANDS: [&[u8; 4]; 14] = [
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4A ",
    b"M4B ", b"M4V ", b"MSNV", b"dash",
];

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A picture that can be drawn.
    Picture(PictureForm),
    /// Films, or sounds alone.
    Mp4,
    /// A sound.
    Mp3,
    /// Anything else.
    Other,
}

/// The pictures that can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureForm {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// BMP.
    Bmp,
    /// TIFF.
    Tiff,
}

impl Form {
    /// What begins so.
    pub fn of(beginning: &[u8]) -> Self {
        if let Some(picture) = PictureForm::of(beginning) {
            Self::Picture(picture)
        } else if brands(beginning).is_some_and(is_mp4) {
            Self::Mp4
        } else if beginning.starts_with(b"ID3") || super::mp3::Header::read(beginning).is_some() {
            Self::Mp3
        } else {
            Self::Other
        }
    }

    /// The most bytes that are taken of it.
    pub fn largest(self) -> u64 {
        match self {
            Self::Picture(_) => PICTURE_MAX,
            Self::Mp4 | Self::Mp3 => FILM_MAX,
            Self::Other => FILE_MAX,
        }
    }
}

impl PictureForm {
    fn of(beginning: &[u8]) -> Option<Self> {
        let is = |magic: &[u8]| beginning.starts_with(magic);
        if is(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if is(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if is(b"GIF87a") || is(b"GIF89a") {
            Some(Self::Gif)
        } else if is(b"RIFF") && beginning.get(8..12) == Some(b"WEBP") {
            Some(Self::WebP)
        } else if is(b"II*\0") || is(b"MM\0*") {
            Some(Self::Tiff)
        } else if is(b"BM") && is_bmp(beginning) {
            Some(Self::Bmp)
        } else {
            None
        }
    }
}

/// Two letters are little: the size of the second header has one of a few values.
fn is_bmp(beginning: &[u8]) -> bool {
    let size = beginning.get(14..18).and_then(|b| b.first_chunk::<4>());
    size.is_some_and(|size| {
        matches!(
            u32::from_le_bytes(*size),
            12 | 16 | 40 | 52 | 56 | 64 | 108 | 124
        )
    })
}

/// The main brand and the compatible ones of a file that begins with `ftyp`.
fn brands(beginning: &[u8]) -> Option<&[u8]> {
    if beginning.get(4..8)? != b"ftyp" {
        return None;
    }
    let size = u32::from_be_bytes(*beginning.first_chunk::<4>()?);
    let end = usize::try_from(size).ok()?.clamp(12, beginning.len());
    beginning.get(8..end)
}

/// Of photographs in such boxes the main brand is another one, and so is `QuickTime`'s.
fn is_mp4(brands: &[u8]) -> bool {
    let mut each = brands.chunks_exact(4);
    let main = each.next().unwrap_or_default();
    let known = |brand: &[u8]| MP4_BRANDS.iter().any(|known| known.as_slice() == brand);
    // The main brand's version follows it.
    let compatible = each.skip(1).any(known);
    known(main) || (compatible && !is_still(main) && main != b"qt  ")
}

/// Photographs and drawings in boxes.
fn is_still(brand: &[u8]) -> bool {
    matches!(
        brand,
        b"heic"
            | b"heix"
            | b"hevc"
            | b"hevx"
            | b"heim"
            | b"heis"
            | b"mif1"
            | b"mif2"
            | b"msf1"
            | b"avif"
            | b"avis"
            | b"crx "
            | b"jxl "
    )
}

/// The type under which a file that is only linked is served: none that a browser would run or
/// show. Of a family that shares its bytes, the name says which it is.
pub fn linked_type(beginning: &[u8], name: &str) -> &'static str {
    let end = name
        .rsplit_once('.')
        .map(|(_, end)| end.to_ascii_lowercase());
    let end = end.as_deref().unwrap_or_default();
    if beginning.starts_with(b"%PDF-") {
        return "application/pdf";
    }
    if beginning.starts_with(b"PK\x03\x04") {
        return match end {
            "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "zip" => "application/zip",
            _ => UNKNOWN,
        };
    }
    match brands(beginning).and_then(|brands| brands.first_chunk::<4>()) {
        Some(b"qt  ") => "video/quicktime",
        Some(b"heic" | b"heix" | b"mif1") => "image/heic",
        _ => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ftyp(main: &[u8], compatible: &[&[u8; 4]]) -> Vec<u8> {
        let size = 16 + 4 * u32::try_from(compatible.len()).expect("few");
        let mut bytes = size.to_be_bytes().to_vec();
        bytes.extend_from_slice(b"ftyp");
        bytes.extend_from_slice(main);
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend(compatible.iter().flat_map(|brand| brand.iter().copied()));
        bytes.extend_from_slice(b"\0\0\0\x08free");
        bytes
    }

    #[test]
    fn photographs_in_boxes_are_no_films_under_any_name() {
        for (main, compatible) in [
            (b"heic", &[b"mif1", b"heic"][..]),
            (b"mif1", &[b"heic", b"isom"][..]),
            (b"avif", &[b"mif1", b"avif"][..]),
            (b"qt  ", &[b"qt  ", b"isom"][..]),
            (b"jp2 ", &[][..]),
        ] {
            assert_eq!(Form::of(&ftyp(main, compatible)), Form::Other);
        }
        assert_eq!(Form::of(&ftyp(b"isom", &[])), Form::Mp4);
        assert_eq!(Form::of(&ftyp(b"M4A ", &[])), Form::Mp4);
        assert_eq!(Form::of(&ftyp(b"3gp5", &[b"isom"])), Form::Mp4);
        assert_eq!(linked_type(&ftyp(b"heic", &[]), "a.jpg"), "image/heic");
    }

    #[test]
    fn what_begins_alike_is_told_apart() {
        assert_eq!(Form::of(b"BM is a text"), Form::Other);
        assert_eq!(Form::of(b"\xff\xfeh\0i\0"), Form::Other);
        assert_eq!(Form::of(b"\xff\xf1\x50\x80"), Form::Other);
        assert_eq!(Form::of(b"\xff\xfb\x90\x44"), Form::Mp3);
        assert_eq!(Form::of(b"<svg xmlns="), Form::Other);
        assert_eq!(Form::of(b""), Form::Other);
        let gif = Form::Picture(PictureForm::Gif);
        assert_eq!(Form::of(b"GIF89a=1;alert(1)"), gif);
    }

    #[test]
    fn no_linked_type_is_one_that_runs() {
        for (bytes, name) in [
            (&b"<html>"[..], "a.html"),
            (b"<svg>", "a.svg"),
            (b"PK\x03\x04", "a.html"),
            (b"alert(1)", "a.js"),
        ] {
            assert_eq!(linked_type(bytes, name), UNKNOWN, "{name}");
        }
        assert_eq!(linked_type(b"%PDF-1.7", "a.exe"), "application/pdf");
        assert!(linked_type(b"PK\x03\x04", "a.DOCX").ends_with("document"));
    }
}
