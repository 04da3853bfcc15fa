//! Pictures of people: the middle of what somebody chose, small and square.

use image::DynamicImage;
use image::imageops::{crop_imm, thumbnail};

use super::draw::{flat, is_for, to_png};
use super::{PREVIEW_BYTES_MAX, PictureError, draw_within_budget, kept};
use crate::media::form::PictureForm;

/// Pixels of a side.
pub const SQUARE_SIDE: u32 = 512;

/// The middle of a picture as a PNG of [`SQUARE_SIDE`] that says nothing of its making, on white
/// where one could see through it. It is below a megabyte whatever it shows: so many pixels of
/// three bytes are. As slow and large as [`super::prepare`].
///
/// # Errors
/// [`PictureError`]; of too many pixels before any of them is drawn.
pub fn square(form: PictureForm, bytes: &[u8]) -> Result<Vec<u8>, PictureError> {
    let kept = kept(form, bytes)?;
    let drawn = draw_within_budget(form, bytes, kept.as_ref())?;
    let image = drawn.image;
    let (width, height) = (image.width(), image.height());
    let side = width.min(height);
    // A view and no copy, since the picture may be all that there is memory for.
    let middle = crop_imm(&image, (width - side) / 2, (height - side) / 2, side, side);
    let small = thumbnail(&*middle, SQUARE_SIDE, SQUARE_SIDE);
    let mut small = DynamicImage::from(flat(small.into()).into_rgb8());
    small.apply_orientation(drawn.orientation);
    // What its colours mean is part of the picture, where that leaves room for it.
    let profile = drawn.profile.filter(|profile| is_for(profile, &small));
    to_png(&small, profile.as_deref())
        .filter(|bytes| bytes.len() <= PREVIEW_BYTES_MAX)
        .or_else(|| to_png(&small, None))
        .ok_or(PictureError::Broken)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;

    fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).expect("written");
        bytes.into_inner()
    }

    fn read(bytes: &[u8]) -> RgbImage {
        let image = image::load_from_memory_with_format(bytes, ImageFormat::Png);
        image.expect("a PNG").into_rgb8()
    }

    /// Blue, with a red square in its middle.
    fn wide() -> DynamicImage {
        RgbImage::from_fn(300, 100, |x, _| {
            let is_middle = (100..200).contains(&x);
            Rgb(if is_middle { [200, 0, 0] } else { [0, 0, 200] })
        })
        .into()
    }

    #[test]
    fn the_middle_is_cut_out_of_each_form_and_made_of_one_size() {
        for (form, format) in [
            (PictureForm::Png, ImageFormat::Png),
            (PictureForm::Gif, ImageFormat::Gif),
            (PictureForm::WebP, ImageFormat::WebP),
            (PictureForm::Bmp, ImageFormat::Bmp),
        ] {
            let drawn = read(&square(form, &written(&wide(), format)).expect("drawn"));
            assert_eq!(drawn.dimensions(), (SQUARE_SIDE, SQUARE_SIDE), "{form:?}");
            assert!(drawn.pixels().all(|pixel| pixel.0[0] > 190), "{form:?}");
        }
    }

    #[test]
    fn what_one_sees_through_is_white() {
        let glass: DynamicImage = RgbaImage::from_pixel(10, 10, Rgba([9, 9, 9, 0])).into();
        let drawn = square(PictureForm::Png, &written(&glass, ImageFormat::Png)).expect("drawn");
        assert!(read(&drawn).pixels().all(|pixel| pixel.0 == [255; 3]));
    }

    #[test]
    fn the_worst_picture_stays_below_a_megabyte() {
        let mut dice = 1_u32;
        let noise: DynamicImage = RgbImage::from_fn(SQUARE_SIDE, SQUARE_SIDE, |_, _| {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [_, red, green, blue] = dice.to_be_bytes();
            Rgb([red, green, blue])
        })
        .into();
        let drawn = square(PictureForm::Bmp, &written(&noise, ImageFormat::Bmp)).expect("drawn");
        assert!(drawn.len() > 700_000, "{}", drawn.len());
        assert!(drawn.len() <= PREVIEW_BYTES_MAX, "{}", drawn.len());
    }
}
