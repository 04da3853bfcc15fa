//! Drawing: smaller, on white, and into files of a bounded size.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageEncoder as _, Rgb, RgbImage};

/// From good to just about recognisable.
const QUALITIES: [u8; 5] = [88, 80, 65, 45, 25];

/// The picture within a square of this side, in its own shape.
pub(super) fn fitted(image: DynamicImage, side: u32) -> DynamicImage {
    if image.width() <= side && image.height() <= side {
        image
    } else {
        image.thumbnail(side, side)
    }
}

/// The picture in eight bits a value, on white where one could see through it.
pub(super) fn flat(image: DynamicImage) -> DynamicImage {
    if image.color().has_alpha() {
        let seen = image.into_rgba8();
        let mut flat = RgbImage::new(seen.width(), seen.height());
        for (to, from) in flat.pixels_mut().zip(seen.pixels()) {
            let [red, green, blue, alpha] = from.0;
            *to = Rgb([red, green, blue].map(|value| on_white(value, alpha)));
        }
        return flat.into();
    }
    if image.color().has_color() {
        image.into_rgb8().into()
    } else {
        image.into_luma8().into()
    }
}

fn on_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    let mixed = (value * alpha + 255 * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

/// A JPEG of at most so many bytes: of less quality first, then of fewer pixels.
pub(super) fn to_jpeg(image: &DynamicImage, profile: Option<&[u8]>, most: usize) -> Vec<u8> {
    let profile = profile.filter(|profile| is_for(profile, image));
    let mut smaller = None;
    loop {
        let image = smaller.as_ref().unwrap_or(image);
        let mut least = Vec::new();
        for quality in QUALITIES {
            least = encoded(image, profile, quality);
            if least.len() <= most {
                return least;
            }
        }
        let side = image.width().max(image.height()) / 2;
        if side < 16 {
            return least;
        }
        smaller = Some(image.thumbnail(side, side));
    }
}

fn encoded(image: &DynamicImage, profile: Option<&[u8]>, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    if let Some(profile) = profile {
        // JPEG has a place for it.
        let _ = encoder.set_icc_profile(profile.to_vec());
    }
    match image.write_with_encoder(encoder) {
        Ok(()) => bytes,
        // Into memory, of a kind and size that it takes.
        Err(_) => Vec::new(),
    }
}

/// A PNG, of whatever size.
pub(super) fn to_png(image: &DynamicImage, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).ok()?;
    }
    image.write_with_encoder(encoder).ok()?;
    Some(bytes)
}

/// Whether a profile speaks of values such as these: one of a CMYK picture does not, once it is
/// drawn.
pub(super) fn is_for(profile: &[u8], image: &DynamicImage) -> bool {
    let space: &[u8] = if image.color().has_color() {
        b"RGB "
    } else {
        b"GRAY"
    };
    profile.get(16..20) == Some(space)
}

/// Grey, of this shape, with the sign that plays a film.
pub(super) fn neutral(across: u32, down: u32) -> DynamicImage {
    const LONG_SIDE: u64 = 640;
    let (across, down) = if across == 0 || down == 0 {
        (16, 9)
    } else {
        (across, down)
    };
    let longest = u64::from(across.max(down));
    let side = |side: u32| {
        let scaled = (u64::from(side) * LONG_SIDE / longest).max(16);
        u32::try_from(scaled).unwrap_or(16)
    };
    let (width, height) = (side(across), side(down));
    let sign = i64::from(width.min(height)) / 4;
    let (x0, y0) = (i64::from(width) / 2, i64::from(height) / 2);
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (i64::from(x) - x0 + sign / 2, i64::from(y) - y0);
        let is_sign = x >= 0 && x <= sign && 2 * y.abs() <= sign - x;
        Rgb(if is_sign { [240; 3] } else { [72; 3] })
    });
    picture.into()
}
