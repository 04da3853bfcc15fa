//! Pictures of all kinds, and what becomes of them.

use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder as _, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

/// Red, green, blue and white, one in each corner.
fn corners(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        match (x < width / 2, y < height / 2) {
            (true, true) => Rgb([220, 20, 20]),
            (false, true) => Rgb([20, 220, 20]),
            (true, false) => Rgb([20, 20, 220]),
            (false, false) => Rgb([250, 250, 250]),
        }
    })
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("writes");
    bytes.into_inner()
}

fn profile() -> Vec<u8> {
    let mut profile = vec![0; 200];
    profile[16..20].copy_from_slice(b"RGB ");
    profile[100..110].copy_from_slice(b"Display P3");
    profile
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("short");
    [&[0xff, marker][..], &length.to_be_bytes(), body].concat()
}

/// EXIF with an orientation and coordinates.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend_from_slice(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    tiff.extend_from_slice(b"\0\0\0\0GPS 18.7883N 98.9853E");
    [b"Exif\0\0", &tiff[..]].concat()
}

/// A photograph as telephones make them.
fn photo(orientation: u8, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder
        .set_icc_profile(profile())
        .expect("JPEG has a place for it");
    let image = DynamicImage::from(corners(width, height));
    image.write_with_encoder(encoder).expect("writes");
    let said = [
        segment(0xe1, &exif(orientation)),
        segment(
            0xe1,
            b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>18.7883</x:xmpmeta>",
        ),
        segment(0xed, b"Photoshop 3.0\0Chiang Mai 18.7883"),
        segment(0xfe, b"comment 18.7883"),
    ];
    bytes.splice(2..2, said.concat());
    bytes.extend_from_slice(b"<script>trailer 18.7883</script>");
    bytes
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|part| part == words)
}

fn near(image: &DynamicImage, x: u32, y: u32, wanted: [u8; 3]) -> bool {
    let found = image.to_rgb8().get_pixel(x, y).0;
    found
        .iter()
        .zip(wanted)
        .all(|(found, wanted)| found.abs_diff(wanted) < 30)
}

fn read(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).expect("a picture")
}

/// The pixels' own bytes.
fn scan(bytes: &[u8]) -> &[u8] {
    let at = bytes
        .windows(2)
        .position(|it| it == [0xff, 0xda])
        .expect("a scan");
    let end = bytes
        .windows(2)
        .rposition(|it| it == [0xff, 0xd9])
        .expect("an end");
    &bytes[at..end]
}

#[test]
fn a_photograph_within_bounds_keeps_its_pixels_and_profile_and_nothing_else() {
    let before = photo(1, 300, 200);
    let made = prepare(PictureForm::Jpeg, &before).expect("a picture");
    assert_eq!(scan(&made.bytes), scan(&before));
    assert!(holds(&made.bytes, b"Display P3"));
    for told in [
        &b"18.7883"[..],
        b"Exif",
        b"xmp",
        b"Photoshop",
        b"comment",
        b"script",
    ] {
        assert!(!holds(&made.bytes, told), "{told:?}");
        assert!(!holds(&made.preview, told), "{told:?}");
    }
    assert_eq!((made.width, made.height), (300, 200));
    assert_eq!(made.content_type, "image/jpeg");
    assert!(!made.only_first);
}

#[test]
fn all_eight_orientations_come_out_upright() {
    // Where red and green are found, of the corners as they lie in the file.
    for orientation in 1..=8_u8 {
        let mut lying = DynamicImage::from(corners(80, 40));
        let turned = Orientation::from_exif(orientation).expect("one of eight");
        let made = prepare(PictureForm::Jpeg, &photo(orientation, 80, 40)).expect("a picture");
        lying.apply_orientation(turned);
        let seen = read(&made.bytes);
        assert_eq!(
            (seen.width(), seen.height()),
            (lying.width(), lying.height())
        );
        assert_eq!((made.width, made.height), (lying.width(), lying.height()));
        for (x, y) in [(4, 4), (seen.width() - 5, 4), (4, seen.height() - 5)] {
            let wanted = lying.to_rgb8().get_pixel(x, y).0;
            assert!(near(&seen, x, y, wanted), "{orientation} at {x}, {y}");
            assert!(near(&read(&made.preview), x, y, wanted), "{orientation}");
        }
        assert!(holds(&made.bytes, b"Display P3"), "{orientation}");
        assert!(!holds(&made.bytes, b"18.7883"), "{orientation}");
    }
}

#[test]
fn what_is_too_large_becomes_a_jpeg_within_bounds() {
    let made = prepare(PictureForm::Jpeg, &photo(6, 5_000, 500)).expect("a picture");
    assert_eq!((made.width, made.height), (410, 4_096));
    assert!(made.bytes.len() <= BYTES_MAX);
    assert!(made.preview.len() <= PREVIEW_BYTES_MAX);
    assert!(read(&made.preview).height() <= PREVIEW_SIDE);
    let noise = RgbImage::from_fn(300, 200, |x, y| {
        let mixed = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(69_069);
        let [a, b, c, _] = mixed.to_be_bytes();
        Rgb([a, b, c])
    });
    for most in [30_000, 10_000, 2_000] {
        let bytes = to_jpeg(&noise.clone().into(), None, most);
        assert!(bytes.len() <= most, "{} of {most}", bytes.len());
        assert!(read(&bytes).width() > 16);
    }
}

#[test]
fn a_drawing_keeps_what_can_be_seen_through_and_loses_its_texts() {
    let glass = RgbaImage::from_pixel(40, 30, Rgba([10, 20, 200, 128]));
    let mut png = written(&glass.into(), ImageFormat::Png);
    let end = png.len() - 12;
    let text = b"Comment\0GPS 18.7883";
    let mut chunk = u32::try_from(text.len())
        .expect("short")
        .to_be_bytes()
        .to_vec();
    chunk.extend_from_slice(b"tEXt");
    chunk.extend_from_slice(text);
    chunk.extend_from_slice(&[0; 4]);
    let plain = png.clone();
    png.splice(end..end, chunk);
    png.extend_from_slice(b"<script>");
    let made = prepare(PictureForm::Png, &png).expect("a picture");
    assert_eq!(made.bytes, plain);
    assert_eq!(made.content_type, "image/png");
    // Half of blue on white.
    assert!(near(&read(&made.preview), 20, 15, [132, 137, 227]));
}

#[test]
fn other_pictures_become_jpeg_on_white() {
    let clear = RgbaImage::from_pixel(40, 30, Rgba([0, 0, 0, 0]));
    for (form, format) in [
        (PictureForm::Gif, ImageFormat::Gif),
        (PictureForm::WebP, ImageFormat::WebP),
        (PictureForm::Tiff, ImageFormat::Tiff),
    ] {
        let made = prepare(form, &written(&clear.clone().into(), format)).expect("a picture");
        assert_eq!(made.content_type, "image/jpeg");
        assert!(near(&read(&made.bytes), 20, 15, [255; 3]), "{form:?}");
    }
    let bmp = written(&corners(40, 30).into(), ImageFormat::Bmp);
    let made = prepare(PictureForm::Bmp, &bmp).expect("a picture");
    assert!(near(&read(&made.bytes), 2, 2, [220, 20, 20]));
    let deep = DynamicImage::from(corners(40, 30)).into_rgb16();
    let tiff = written(&deep.into(), ImageFormat::Tiff);
    let made = prepare(PictureForm::Tiff, &tiff).expect("a picture");
    assert!(near(&read(&made.bytes), 2, 2, [220, 20, 20]));
}

#[test]
fn of_what_moves_the_first_goes_and_that_is_said() {
    let mut gif = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut gif);
    for value in [200, 20] {
        let frame = RgbaImage::from_pixel(20, 20, Rgba([value, 20, 20, 255]));
        encoder
            .encode_frame(image::Frame::new(frame))
            .expect("writes");
    }
    drop(encoder);
    let made = prepare(PictureForm::Gif, &gif).expect("a picture");
    assert!(made.only_first);
    assert!(near(&read(&made.bytes), 10, 10, [200, 20, 20]));
    let still = written(&corners(20, 20).into(), ImageFormat::Gif);
    assert!(
        !prepare(PictureForm::Gif, &still)
            .expect("a picture")
            .only_first
    );
}

#[test]
fn what_is_cut_off_or_only_begins_like_a_picture_is_refused() {
    let whole = photo(1, 300, 200);
    for length in [3, 20, 200, 1_000, whole.len() - 40] {
        let cut = prepare(PictureForm::Jpeg, &whole[..length]);
        assert_eq!(cut.err(), Some(PictureError::Broken), "{length}");
    }
    let png = written(&corners(40, 30).into(), ImageFormat::Png);
    let cut = prepare(PictureForm::Png, &png[..png.len() - 20]);
    assert_eq!(cut.err(), Some(PictureError::Broken));
    let script = prepare(PictureForm::Gif, b"GIF89a=1;alert(1)//");
    assert!(script.is_err());
}

/// A header of each kind that says so many pixels, and nothing behind it.
fn header(form: PictureForm, width: u16, height: u16) -> Vec<u8> {
    let image = DynamicImage::from(corners(16, 16));
    let mut bytes = written(&image, format(form));
    let (w, h) = (width.to_be_bytes(), height.to_be_bytes());
    let (wl, hl) = (width.to_le_bytes(), height.to_le_bytes());
    match form {
        PictureForm::Jpeg => {
            let at = bytes
                .windows(2)
                .position(|it| it == [0xff, 0xc0])
                .expect("a frame");
            bytes[at + 5..at + 9].copy_from_slice(&[h, w].concat());
        }
        PictureForm::Png => {
            bytes[18..20].copy_from_slice(&w);
            bytes[22..24].copy_from_slice(&h);
        }
        PictureForm::Gif => bytes[6..10].copy_from_slice(&[wl, hl].concat()),
        PictureForm::Bmp => {
            bytes[18..20].copy_from_slice(&wl);
            bytes[22..24].copy_from_slice(&hl);
        }
        PictureForm::WebP => {
            let packed = (u32::from(width) - 1) & 0x3fff | ((u32::from(height) - 1) & 0x3fff) << 14;
            bytes[21..25].copy_from_slice(&packed.to_le_bytes());
        }
        PictureForm::Tiff => {
            for (tag, value) in [(0x100_u16, wl), (0x101, hl)] {
                let tag = tag.to_le_bytes();
                let at = bytes
                    .windows(3)
                    .rposition(|it| it[..2] == tag && matches!(it[2], 3 | 4))
                    .expect("the tag");
                bytes[at + 8..at + 10].copy_from_slice(&value);
            }
        }
    }
    bytes
}

#[test]
fn bombs_are_refused_by_their_header() {
    for form in [
        PictureForm::Jpeg,
        PictureForm::Gif,
        PictureForm::Bmp,
        PictureForm::WebP,
    ] {
        // WebP has 14 bits for a side.
        let side = if form == PictureForm::WebP {
            16_000
        } else {
            30_000
        };
        let refused = prepare(form, &header(form, side, side)).err();
        assert_eq!(refused, Some(PictureError::TooManyPixels), "{form:?}");
    }
    // A PNG's header bears a checksum, and a TIFF's says how many strips there are.
    for form in [PictureForm::Png, PictureForm::Tiff] {
        assert!(prepare(form, &header(form, 30_000, 30_000)).is_err());
    }
    let just_above = header(PictureForm::Jpeg, 10_001, 10_000);
    let refused = preview(PictureForm::Jpeg, &just_above).err();
    assert_eq!(refused, Some(PictureError::TooManyPixels));
}

#[test]
fn a_film_without_a_picture_gets_one_of_its_shape() {
    for (across, down, shape) in [
        (1280, 720, (640, 360)),
        (720, 1280, (360, 640)),
        (0, 0, (640, 360)),
    ] {
        let picture = read(&neutral(across, down));
        assert_eq!((picture.width(), picture.height()), shape);
    }
}
