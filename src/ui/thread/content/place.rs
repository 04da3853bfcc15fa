//! A place: its name and address, and a link that opens a map only when it is pressed.

use leptos::prelude::*;

use crate::protocol::message::Location;
use crate::ui::components::{Icon, icon_large, icon_small};
use crate::ui::inbox::preview;
use crate::ui::thread::texts::Texts;
use crate::ui::words::{lang_of, use_texts};

/// A card; nothing is asked of a map service while reading.
pub(super) fn place(location: &Location) -> AnyView {
    let position = format!("{:.5},{:.5}", location.latitude, location.longitude);
    let title = location
        .title
        .clone()
        .unwrap_or_else(|| use_texts::<preview::Texts>().location().to_owned());
    let address = location.address.clone().unwrap_or_else(|| position.clone());
    let link = format!(
        "https://www.openstreetmap.org/?mlat={}&mlon={}#map=16/{}/{}",
        location.latitude, location.longitude, location.latitude, location.longitude
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
