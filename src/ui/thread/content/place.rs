//! A place: its name and address, and a link that opens a map only when it is pressed.

use leptos::prelude::*;

use crate::protocol::message::Location;
use crate::ui::components::{Icon, icon_large, icon_small};
use crate::ui::inbox::preview;
use crate::ui::live::view;
use crate::ui::thread::texts::Texts;
use crate::ui::words::{lang_of, use_texts};

/// A card; nothing is asked of a map service while reading.
pub(super) fn place(location: &Location) -> AnyView {
    let [latitude, longitude] = [location.latitude, location.longitude];
    let position = format!("{},{}", degrees(latitude, 5), degrees(longitude, 5));
    let title = location
        .title
        .clone()
        .unwrap_or_else(|| use_texts::<preview::Texts>().location().to_owned());
    let address = location.address.clone().unwrap_or_else(|| position.clone());
    // To a centimetre.
    let [latitude, longitude] = [degrees(latitude, 7), degrees(longitude, 7)];
    let link = format!(
        "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"
    );
    view! {
        <div class="bubble bubble--bare">
            <div class="place">
                <div class="place__sign">{icon_large(Icon::Pin)}</div>
                <div class="place__words">
                    <b class="strong" lang=lang_of(&title, None)>
                        {title.clone()}
                    </b>
                    <small lang=lang_of(&address, None)>{address.clone()}</small>
                    <a href=link target="_blank" rel="noopener noreferrer external">
                        {icon_small(Icon::Link)}
                        {use_texts::<Texts>().open_map()}
                    </a>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// An angle with this many decimals. Written without the standard library's way of writing numbers
/// with a point, which nothing else in the browser needs and which takes 5 KB as brotli.
#[expect(
    clippy::cast_possible_truncation,
    reason = "360 degrees with any sensible number of places fit well"
)]
fn degrees(angle: f64, places: u32) -> String {
    let unit = 10_u32.pow(places);
    let whole = (angle.abs() * f64::from(unit)).round() as i64;
    let unit = i64::from(unit);
    let sign = if angle < 0.0 && whole > 0 { "-" } else { "" };
    let (before, after) = (whole / unit, whole % unit);
    format!("{sign}{before}.{after:0width$}", width = places as usize)
}

#[cfg(test)]
mod tests {
    use super::degrees;

    #[test]
    fn angles_are_written_with_their_decimals() {
        for (angle, places, written) in [
            (13.756_330_9, 5, "13.75633"),
            (13.756_330_9, 7, "13.7563309"),
            (-0.000_004, 5, "0.00000"),
            (-0.04, 5, "-0.04000"),
            (100.5, 5, "100.50000"),
            (179.999_999_9, 5, "180.00000"),
            (f64::NAN, 5, "0.00000"),
        ] {
            assert_eq!(degrees(angle, places), written);
        }
    }
}
