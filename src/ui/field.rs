//! What stands in a text field.
//!
//! Pages write UTF-16, and some input methods bring a character of two units in two events. What
//! is read in between ends in half a character, which Rust's strings cannot hold: read as usual
//! it becomes `�`, and written back it destroys what the reader is about to complete.

/// The field's text, without halves of characters and without U+0000, which no message may hold.
#[cfg(feature = "hydrate")]
pub(super) fn text_in(field: &leptos::wasm_bindgen::JsValue) -> String {
    use js_sys::JsString;
    use leptos::wasm_bindgen::JsCast;
    let value = js_sys::Reflect::get(field, &"value".into()).unwrap_or_default();
    let value: JsString = value.unchecked_into();
    let mut text = if value.is_valid_utf16() {
        String::from(value)
    } else {
        char::decode_utf16(value.iter()).flatten().collect()
    };
    text.retain(|c| c != '\0');
    text
}

/// On the server nobody types.
#[cfg(not(feature = "hydrate"))]
pub(super) fn text_in(_field: &leptos::wasm_bindgen::JsValue) -> String {
    String::new()
}
