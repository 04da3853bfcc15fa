//! This node's connections, for administrators.

mod tables;
mod texts;

use leptos::prelude::*;

use self::tables::{ended_table, open_table};
use self::texts::Texts;
use super::card::card;
use crate::protocol::connection::NodeConnections;
use crate::ui::front::PageFacts;
use crate::ui::words::{Lang, grouped, texts_in};

/// How often the browser asks anew, in seconds.
pub(super) const REFRESH_S: u32 = 5;

/// Beside the section's name.
pub(super) fn lead(lang: Lang) -> &'static str {
    texts_in::<Texts>(lang).lead()
}

/// The section.
pub(super) fn view(facts: PageFacts, shown: NodeConnections) -> AnyView {
    let texts = texts_in::<Texts>(facts.lang);
    let NodeConnections {
        now,
        total,
        rooms,
        open,
        ended,
        resumes,
    } = shown;
    let figures = [
        (texts.open(), u64::from(total)),
        (texts.rooms(), u64::from(rooms)),
        (texts.resumed(), resumes.complete),
        (texts.too_far(), resumes.too_far),
        (texts.anew(), resumes.new),
    ];
    let figures = figures.map(|(name, value)| {
        let value = grouped(usize::try_from(value).unwrap_or(usize::MAX));
        view! {
            <div class="figure">
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! {
        <dl class="figures">{figures.collect_view()}</dl>
        {card(12, texts.open_head(), None, open_table(facts.zone, texts, now, open))}
        {card(12, texts.ended_head(), None, ended_table(facts.zone, texts, ended))}
    }
    .into_any()
}
