//! Which texts each page carries for the browser. Server only.
//!
//! Pages that are documents (settings, connections) carry none: nothing in the browser asks.

use super::front::Page;
use super::words::{Carried, DateTexts, Lang, Shared, to_script};
use super::{app, console, contact, inbox, login, opening, quota, rail, refusal, thread};

/// What every page of the browser's half says.
const EVERYWHERE: [Carried; 3] = [
    Carried::of::<Shared>(),
    Carried::of::<DateTexts>(),
    Carried::of::<app::Texts>(),
];

/// What the log-in page says.
const LOGIN: [Carried; 1] = [Carried::of::<login::Texts>()];

/// What the console says.
const CONSOLE: [Carried; 16] = [
    Carried::of::<opening::Texts>(),
    Carried::of::<quota::Texts>(),
    Carried::of::<rail::Texts>(),
    Carried::of::<inbox::Texts>(),
    Carried::of::<inbox::lists::Texts>(),
    Carried::of::<inbox::preview::Texts>(),
    Carried::of::<thread::Texts>(),
    Carried::of::<thread::lightbox::Texts>(),
    Carried::of::<thread::AttachTexts>(),
    Carried::of::<thread::ToolTexts>(),
    Carried::of::<thread::ActionTexts>(),
    Carried::of::<refusal::Texts>(),
    Carried::of::<contact::Texts>(),
    Carried::of::<contact::CustomerTexts>(),
    Carried::of::<console::Texts>(),
    Carried::of::<console::ToastTexts>(),
];

/// The content of the element with the page's texts.
pub(super) fn of_page(page: &Page, lang: Lang) -> String {
    let own: &[Carried] = match page {
        Page::Login { .. } => &LOGIN,
        Page::Inbox { .. } => &CONSOLE,
        Page::Failed => &[],
    };
    to_script(&[&EVERYWHERE[..], own].concat(), lang)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Folders of pages that the browser never renders.
    const SERVER_ONLY: &[&str] = &["document", "invitation", "scripts", "settings"];

    fn has_texts(text: &str) -> bool {
        text.contains("\ntexts! {")
    }

    /// The module paths of all files below that hold a `texts!`, unless only the server renders them.
    fn groups_below(folder: &Path, module: &str, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable folder").path();
            let name = path.file_stem().and_then(|name| name.to_str());
            let name = name.expect("a name");
            let module = format!("{module}::{name}");
            if SERVER_ONLY.contains(&name) {
                continue;
            }
            if path.is_dir() {
                groups_below(&path, &module, found);
            } else if std::fs::read_to_string(&path).is_ok_and(|text| has_texts(&text)) {
                found.push(module);
            }
        }
    }

    #[test]
    fn every_group_that_the_browser_asks_for_is_carried_by_a_page() {
        let mut groups = Vec::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui");
        groups_below(&root, "sala::ui", &mut groups);
        let all = [&EVERYWHERE[..], &LOGIN, &CONSOLE].concat();
        let mut carried: Vec<_> = all.iter().map(|group| group.name).collect();
        groups.sort_unstable();
        carried.sort_unstable();
        assert_eq!(groups, carried);
    }
}
