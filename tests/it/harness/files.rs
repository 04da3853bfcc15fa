//! Files made by hand, byte by byte, and an operator's way of sending them.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder as _, ImageFormat, Rgb, RgbImage};
use serde_json::Value;

/// What no file of ours may say: where a photograph was taken.
pub const PLACE: &[u8] = b"18.7883N 98.9853E";

const BOUNDARY: &str = "----a-boundary-of-the-tests";

/// Whether these bytes say where they come from.
pub fn tells_place(bytes: &[u8]) -> bool {
    bytes.windows(PLACE.len()).any(|part| part == PLACE)
}

fn picture(width: u32, height: u32) -> DynamicImage {
    let shade = |at: u32| u8::try_from(at % 200).expect("below 200");
    RgbImage::from_fn(width, height, |x, y| Rgb([shade(x), shade(y), 90])).into()
}

/// A picture in any format that can be written.
pub fn written(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = picture(width, height);
    picture.write_to(&mut bytes, format).expect("written");
    bytes.into_inner()
}

/// A photograph with this orientation, which says in three ways where it was taken.
pub fn photo(orientation: u8, width: u32, height: u32) -> Vec<u8> {
    let segment = |marker: u8, head: &[u8], tail: &[u8]| {
        let length = u16::try_from(2 + head.len() + tail.len()).expect("short");
        [&[0xff, marker], &length.to_be_bytes()[..], head, tail].concat()
    };
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend_from_slice(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0]);
    tiff.extend_from_slice(PLACE);
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    let picture = picture(width, height).into_rgb8();
    let kind = image::ExtendedColorType::Rgb8;
    let written = encoder.write_image(&picture, width, height, kind);
    written.expect("written");
    let said = [
        segment(0xe1, b"Exif\0\0", &tiff),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0", PLACE),
        segment(0xfe, b"taken at ", PLACE),
    ];
    bytes.splice(2..2, said.concat());
    bytes
}

/// The beginning of a JPEG of so many pixels, and a little more.
pub fn huge_photo(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = photo(1, 16, 16);
    let frame = bytes.windows(2).position(|it| it == [0xff, 0xc0]);
    let at = frame.expect("a frame") + 5;
    let sides = [height.to_be_bytes(), width.to_be_bytes()].concat();
    bytes[at..at + 4].copy_from_slice(&sides);
    bytes
}

/// A GIF that is a script too.
pub fn gif_and_script() -> Vec<u8> {
    let mut bytes = written(ImageFormat::Gif, 40, 30);
    // A comment before the picture.
    let words = b"*/=1;alert(document.cookie)/*";
    let length = u8::try_from(words.len()).expect("short");
    let head = 13 + palette(bytes[10]);
    let comment = [&[0x21, 0xfe, length][..], words, &[0]].concat();
    bytes.splice(head..head, comment);
    bytes.extend_from_slice(b"<script>alert(1)</script>");
    bytes
}

fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

fn boxed(name: &[u8], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(8 + body.len()).expect("small");
    [&size.to_be_bytes()[..], name, body].concat()
}

/// The boxes of a film or sound that lasts so long, and says where it was made.
fn boxes(brand: &[u8], handler: &[u8], ms: u32) -> Vec<u8> {
    let mut times = vec![0; 100];
    times[12..16].copy_from_slice(&1_000_u32.to_be_bytes());
    times[16..20].copy_from_slice(&ms.to_be_bytes());
    let mut track = vec![0; 84];
    track[40..44].copy_from_slice(&0x1_0000_u32.to_be_bytes());
    track[76..78].copy_from_slice(&320_u16.to_be_bytes());
    track[80..82].copy_from_slice(&180_u16.to_be_bytes());
    let handler = [&[0; 8], handler, &[0; 13]].concat();
    let media = [boxed(b"mdhd", &times), boxed(b"hdlr", &handler)].concat();
    let track = [boxed(b"tkhd", &track), boxed(b"mdia", &media)].concat();
    let movie = [
        boxed(b"mvhd", &times),
        boxed(b"trak", &track),
        boxed(b"udta", &boxed(b"\xa9xyz", PLACE)),
    ];
    let file_type = [brand, &[0; 4], b"isom", brand].concat();
    [
        boxed(b"ftyp", &file_type),
        boxed(b"moov", &movie.concat()),
        boxed(b"mdat", &[7; 9_000]),
    ]
    .concat()
}

/// A film of 320 by 180.
pub fn mp4(ms: u32) -> Vec<u8> {
    boxes(b"isom", b"vide", ms)
}

/// A sound in a film's boxes.
pub fn m4a(ms: u32) -> Vec<u8> {
    boxes(b"M4A ", b"soun", ms)
}

/// So many frames of 26 ms each, behind a tag.
pub fn mp3(frames: usize) -> Vec<u8> {
    let mut bytes = b"ID3\x04\0\0\0\0\0\x14twenty bytes of tag.".to_vec();
    let mut frame = vec![0; 417];
    frame[..4].copy_from_slice(&[0xff, 0xfb, 0x90, 0x44]);
    for _ in 0..frames {
        bytes.extend_from_slice(&frame);
    }
    bytes
}

/// A photograph in boxes, as iPhones make them.
pub fn heic() -> Vec<u8> {
    [
        boxed(b"ftyp", b"heic\0\0\0\0mif1heic"),
        boxed(b"mdat", &[7; 500]),
    ]
    .concat()
}

/// A form's field: its name, the name of its file, its bytes.
pub type Field<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// The body of a form, and its content type.
pub fn form(fields: &[Field<'_>]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, file, bytes) in fields {
        let file = file.map_or_else(String::new, |file| {
            // As browsers do.
            let file = file.replace('"', "%22");
            format!("; filename=\"{file}\"")
        });
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// The id of a file that was taken.
#[track_caller]
pub fn taken((status, answer): (u16, Value)) -> Value {
    assert_eq!(status, 200, "{answer}");
    answer
}
