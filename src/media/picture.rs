//! Pictures as LINE takes them: JPEG or PNG within its bounds, without what they say of where and
//! with what they were made, upright, and with a small one beside.
//!
//! What is within the bounds keeps its pixels to the bit. All else is drawn anew as JPEG.

mod animation;
mod draw;
mod jpeg;
mod png;
mod square;

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::form::PictureForm;
use draw::{fitted, flat, to_jpeg, to_png};

pub use square::{SQUARE_SIDE, square};

/// The most bytes of a picture that LINE takes.
const BYTES_MAX: usize = 10_000_000;
/// The most bytes of a small one.
pub const PREVIEW_BYTES_MAX: usize = 1_000_000;
/// The most pixels of a side.
const SIDE_MAX: u32 = 4_096;
/// Of a small one, which phones show in the thread.
const PREVIEW_SIDE: u32 = 800;
/// More are not drawn at all.
const PIXELS_MAX: u64 = 100_000_000;
/// The most bytes that drawing one may take beside the file itself.
const BUDGET: u64 = 400_000_000;
/// Cameras store a picture in a dozen passes at most; each costs time, however small the file.
const SCANS_MAX: usize = 100;

/// A picture that LINE takes.
#[derive(Clone, Debug)]
pub struct Picture {
    /// `image/jpeg` or `image/png`.
    pub content_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// Pixels across, as it is seen.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// A small JPEG of it.
    pub preview: Vec<u8>,
    /// It moved, and now stands still.
    pub only_first: bool,
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Drawing it would take too much.
    #[error("the picture has too many pixels")]
    TooManyPixels,
    /// It is cut off, or no picture after all.
    #[error("the picture cannot be read")]
    Broken,
}

/// What a picture says of itself, and the picture.
struct Drawn {
    image: DynamicImage,
    orientation: Orientation,
    profile: Option<Vec<u8>>,
}

/// Makes of a file what LINE takes. Slow, and memory beside it grows with the pixels: for a thread
/// that may be blocked.
///
/// # Errors
/// [`PictureError`]; of too many pixels before any of them is drawn.
pub fn prepare(form: PictureForm, bytes: &[u8]) -> Result<Picture, PictureError> {
    let kept = kept(form, bytes)?;
    let drawn = draw_within_budget(form, bytes, kept.as_ref())?;
    let (width, height) = (drawn.image.width(), drawn.image.height());
    let only_first = animation::moves(form, bytes);
    let is_small = width <= SIDE_MAX && height <= SIDE_MAX;
    let is_upright = drawn.orientation == Orientation::NoTransforms;
    if let Some(kept) = kept.filter(|kept| kept.is_plain && kept.bytes.len() <= BYTES_MAX)
        && is_small
        && is_upright
    {
        let image = flat(fitted(drawn.image, PREVIEW_SIDE));
        return Ok(Picture {
            content_type: kept.content_type,
            bytes: kept.bytes,
            width,
            height,
            preview: to_jpeg(&image, drawn.profile.as_deref(), PREVIEW_BYTES_MAX),
            only_first,
        });
    }
    Ok(anew(form, drawn, only_first))
}

/// A small JPEG of a picture.
///
/// # Errors
/// [`PictureError`].
pub fn preview(form: PictureForm, bytes: &[u8]) -> Result<Vec<u8>, PictureError> {
    let kept = kept(form, bytes)?;
    let drawn = draw_within_budget(form, bytes, kept.as_ref())?;
    let mut image = flat(fitted(drawn.image, PREVIEW_SIDE));
    image.apply_orientation(drawn.orientation);
    Ok(to_jpeg(&image, drawn.profile.as_deref(), PREVIEW_BYTES_MAX))
}

/// A picture for a film of which nobody sent one, of its shape.
pub fn neutral(across: u32, down: u32) -> Vec<u8> {
    to_jpeg(&draw::neutral(across, down), None, PREVIEW_BYTES_MAX)
}

/// Draws it anew, within LINE's bounds.
fn anew(form: PictureForm, drawn: Drawn, only_first: bool) -> Picture {
    let profile = drawn.profile.as_deref();
    let mut image = fitted(drawn.image, SIDE_MAX);
    image.apply_orientation(drawn.orientation);
    // A drawing that only lay on its side stays one, with all that can be seen through it.
    let lossless = (form == PictureForm::Png)
        .then(|| to_png(&image, profile))
        .flatten()
        .filter(|bytes| bytes.len() <= BYTES_MAX);
    let (width, height) = (image.width(), image.height());
    let image = flat(image);
    let (content_type, bytes) = match lossless {
        Some(bytes) => ("image/png", bytes),
        None => ("image/jpeg", to_jpeg(&image, profile, BYTES_MAX)),
    };
    Picture {
        content_type,
        bytes,
        width,
        height,
        preview: to_jpeg(&fitted(image, PREVIEW_SIDE), profile, PREVIEW_BYTES_MAX),
        only_first,
    }
}

/// A file without what it says of its making.
struct Kept {
    content_type: &'static str,
    bytes: Vec<u8>,
    /// All phones show it as it is.
    is_plain: bool,
    /// Bytes that drawing it takes for each pixel beside the pixel itself.
    aside: u64,
}

/// The file without what it says of its making, for the two kinds that LINE takes.
fn kept(form: PictureForm, bytes: &[u8]) -> Result<Option<Kept>, PictureError> {
    match form {
        PictureForm::Jpeg => {
            let read = jpeg::read(bytes).ok_or(PictureError::Broken)?;
            if read.scans > SCANS_MAX {
                return Err(PictureError::TooManyPixels);
            }
            let components = u64::from(read.components);
            Ok(Some(Kept {
                content_type: "image/jpeg",
                is_plain: components == 1 || components == 3,
                // In passes: two bytes for each value of each pixel until the last of them.
                aside: if read.is_progressive {
                    2 * components
                } else {
                    0
                },
                bytes: read.bytes,
            }))
        }
        PictureForm::Png => Ok(Some(Kept {
            content_type: "image/png",
            bytes: png::stripped(bytes).ok_or(PictureError::Broken)?,
            is_plain: true,
            aside: 0,
        })),
        PictureForm::Gif | PictureForm::WebP | PictureForm::Bmp | PictureForm::Tiff => Ok(None),
    }
}

/// Draws the first picture of the file, if that takes neither too much time nor too much memory:
/// not all decoders keep to a bound that one sets them.
fn draw_within_budget(
    form: PictureForm,
    bytes: &[u8],
    kept: Option<&Kept>,
) -> Result<Drawn, PictureError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format(form));
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(BUDGET);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refused(&error))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    let aside = kept.map_or(0, |kept| kept.aside);
    let total = decoder
        .total_bytes()
        .saturating_add(pixels.saturating_mul(aside));
    if pixels == 0 {
        return Err(PictureError::Broken);
    }
    if pixels > PIXELS_MAX || total > BUDGET {
        return Err(PictureError::TooManyPixels);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default();
    let image = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    Ok(Drawn {
        image,
        orientation,
        profile,
    })
}

fn refused(error: &image::ImageError) -> PictureError {
    match error {
        image::ImageError::Limits(_) => PictureError::TooManyPixels,
        _ => PictureError::Broken,
    }
}

fn format(form: PictureForm) -> ImageFormat {
    match form {
        PictureForm::Jpeg => ImageFormat::Jpeg,
        PictureForm::Png => ImageFormat::Png,
        PictureForm::Gif => ImageFormat::Gif,
        PictureForm::WebP => ImageFormat::WebP,
        PictureForm::Bmp => ImageFormat::Bmp,
        PictureForm::Tiff => ImageFormat::Tiff,
    }
}

#[cfg(test)]
mod tests;
