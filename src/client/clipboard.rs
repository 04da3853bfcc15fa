//! Copying.

#[cfg(feature = "hydrate")]
pub use browser::copy;

/// What is copied, and what happens then.
type Done = Box<dyn FnOnce(bool)>;

/// Nothing is copied on the server.
#[cfg(not(feature = "hydrate"))]
pub fn copy(text: String, done: Done) {
    drop((text, done));
}

#[cfg(feature = "hydrate")]
mod browser {
    use js_sys::{Function, Promise, Reflect};
    use leptos::prelude::{document, window};
    use leptos::task::spawn_local;
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{HtmlDocument, HtmlElement, HtmlTextAreaElement};

    use super::Done;

    /// Copies a text; `done` hears whether the browser did.
    pub fn copy(text: String, done: Done) {
        // Absent on pages that are not secure, such as one over http from another machine.
        match written(&text) {
            Some(written) => spawn_local(async move {
                done(JsFuture::from(written).await.is_ok());
            }),
            None => done(copy_selected(&text).is_some()),
        }
    }

    /// Has the browser write the text to its clipboard, where there is one.
    fn written(text: &str) -> Option<Promise> {
        let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
        let write = Reflect::get(&clipboard, &"writeText".into()).ok()?;
        let write = write.dyn_into::<Function>().ok()?;
        let answer = write.call1(&clipboard, &text.into()).ok()?;
        answer.dyn_into().ok()
    }

    /// The old way: a field that is selected.
    fn copy_selected(text: &str) -> Option<()> {
        let document = document();
        let before = document.active_element();
        let field = document.create_element("textarea").ok()?;
        let field = field.dyn_into::<HtmlTextAreaElement>().ok()?;
        field.set_value(text);
        document.body()?.append_child(&field).ok()?;
        field.select();
        let page = document.unchecked_into::<HtmlDocument>();
        let copied = page.exec_command("copy").unwrap_or(false);
        field.remove();
        if let Some(before) = before.and_then(|before| before.dyn_into::<HtmlElement>().ok()) {
            let _ = before.focus();
        }
        copied.then_some(())
    }
}
