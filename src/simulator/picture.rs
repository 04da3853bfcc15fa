//! Drawn by hand: faces of customers and groups, and stickers.

/// How many customer pictures there are.
pub(super) const PICTURES: usize = 10;

/// The stickers on the phone's tray: package, sticker, what it shows.
pub(super) const STICKERS: [(&str, &str, &str); 4] = [
    ("446", "1988", "thank you"),
    ("446", "1989", "love"),
    ("446", "1990", "great"),
    ("446", "1991", "parcel"),
];

/// Upper and lower colour of the sky, and what stands in front of it.
const SCENES: [(&str, &str, &str); PICTURES] = [
    (
        "#fde1ec",
        "#e58ab0",
        r##"<g fill="#c2376b"><circle cx="20" cy="12" r="6"/><circle cx="27.5" cy="18" r="6"/><circle cx="24.5" cy="27" r="6"/><circle cx="15.5" cy="27" r="6"/><circle cx="12.5" cy="18" r="6"/></g><circle cx="20" cy="20" r="5" fill="#ffd978"/>"##,
    ),
    (
        "#dceaf7",
        "#8fb4de",
        r##"<circle cx="29" cy="11" r="4.5" fill="#e5554a"/><path d="M2 40 16 14h8l14 26z" fill="#3c5c92"/><path d="m16 14-4 8 4-2 4 4 4-4 4 2-4-8z" fill="#fff"/>"##,
    ),
    (
        "#dff3ea",
        "#5fb49a",
        r##"<path d="M8 24q12-14 24 0" fill="none" stroke="#0f6b56" stroke-width="3"/><path d="M10 25h20l-3 9H13z" fill="#0f6b56"/><circle cx="20" cy="15" r="2" fill="#0f6b56"/>"##,
    ),
    (
        "#ffe9c7",
        "#f2b45f",
        r##"<path d="M6 28h28q-4 7-14 7T6 28z" fill="#7a3d1d"/><path d="M19 8v18H9z" fill="#fff"/><path d="M22 11v15h8z" fill="#fdf0d5"/>"##,
    ),
    (
        "#ffe3d3",
        "#f4a58a",
        r##"<path d="M9 38V17l4-8 5 6h5l5-6 4 8v21z" fill="#55372f"/><circle cx="16" cy="22" r="1.8" fill="#ffd978"/><circle cx="25" cy="22" r="1.8" fill="#ffd978"/><path d="m19 26 1.5 1.5L22 26z" fill="#f4a58a"/>"##,
    ),
    (
        "#d8f0c4",
        "#6fb36a",
        r##"<path d="M20 36C8 26 10 12 22 6c10 10 9 22-2 30z" fill="#2e7a4b"/><path d="M20 38Q19 22 22 10" stroke="#bfe3b0" stroke-width="1.6" fill="none"/>"##,
    ),
    (
        "#fbc96b",
        "#e8774f",
        r##"<circle cx="27" cy="14" r="5" fill="#fff3d0"/><path d="M0 32 14 17l9 9 6-5 11 12v7H0z" fill="#7d3b52"/><path d="M0 36q12-9 22-3t18-3v10H0z" fill="#4c2740"/>"##,
    ),
    (
        "#f3e6d4",
        "#cda77c",
        r##"<path d="M11 17h16v10a6 6 0 0 1-6 6h-4a6 6 0 0 1-6-6z" fill="#fff"/><path d="M27 19h3a3.5 3.5 0 0 1 0 7h-3" stroke="#fff" stroke-width="2.2" fill="none"/><path d="M16 13q-2-3 0-5M21 13q-2-3 0-5" stroke="#7a5433" stroke-width="1.6" fill="none"/>"##,
    ),
    (
        "#2c3566",
        "#6b5aa8",
        r##"<path d="M27 8a11 11 0 1 0 6 18A13 13 0 0 1 27 8z" fill="#ffe9a8"/><circle cx="31" cy="13" r="1.2" fill="#fff"/><circle cx="35" cy="19" r=".9" fill="#fff"/><circle cx="10" cy="9" r="1" fill="#fff"/>"##,
    ),
    (
        "#d5f1f6",
        "#5cb3c9",
        r##"<path d="M7 21q8-10 18-1l8-6v14l-8-6q-10 9-18-1z" fill="#f08a3c"/><path d="M17 15.5q3 5.5 0 11M22 16.5q2.5 4.5 0 9" stroke="#fff" stroke-width="2" fill="none"/><circle cx="12" cy="20" r="1.4" fill="#16323a"/>"##,
    ),
];

const GROUP: (&str, &str, &str) = (
    "#cfe6ff",
    "#7ba7de",
    r##"<circle cx="14" cy="16" r="5" fill="#1c5aa6"/><path d="M5 33q1-10 9-10t9 10z" fill="#1c5aa6"/><circle cx="27" cy="18" r="4.3" fill="#fff"/><path d="M20 33q.5-8 7-8t7 8z" fill="#fff"/>"##,
);

const CAT: &str = r##"<ellipse cx="60" cy="104" rx="34" ry="6" fill="#00000018"/><path d="M28 98q-4-36 32-38 36 2 32 38z" fill="#fff" stroke="#3b2a22" stroke-width="3.5"/><circle cx="60" cy="46" r="30" fill="#fff" stroke="#3b2a22" stroke-width="3.5"/><path d="m36 30-4-20 18 9M84 30l4-20-18 9" fill="#fff" stroke="#3b2a22" stroke-width="3.5" stroke-linejoin="round"/><path d="M46 46q4-5 8 0M66 46q4-5 8 0" stroke="#3b2a22" stroke-width="3.5" fill="none" stroke-linecap="round"/><path d="M56 55q4 4 8 0" stroke="#3b2a22" stroke-width="3" fill="none" stroke-linecap="round"/><circle cx="43" cy="54" r="4" fill="#f7a8a0"/><circle cx="77" cy="54" r="4" fill="#f7a8a0"/><path d="M44 84q8-12 16-6 8-6 16 6-8 8-16 4-8 4-16-4z" fill="#f3a64a" stroke="#3b2a22" stroke-width="3"/>"##;

const HEART: &str = r##"<path d="M60 102C20 74 16 46 34 34c12-8 22 0 26 9 4-9 14-17 26-9 18 12 14 40-26 68z" fill="#f0596b" stroke="#5b1a28" stroke-width="3.5"/><circle cx="47" cy="58" r="4" fill="#5b1a28"/><circle cx="73" cy="58" r="4" fill="#5b1a28"/><path d="M52 68q8 8 16 0" stroke="#5b1a28" stroke-width="3.5" fill="none" stroke-linecap="round"/><path d="M36 46q2-6 8-7" stroke="#fff" stroke-width="4" fill="none" stroke-linecap="round"/>"##;

const SUN: &str = r##"<circle cx="60" cy="62" r="44" fill="#ffd45c" stroke="#5c3d00" stroke-width="3.5"/><path d="M42 54q5-7 10 0M68 54q5-7 10 0" stroke="#5c3d00" stroke-width="4" fill="none" stroke-linecap="round"/><path d="M42 70q18 22 36 0z" fill="#fff" stroke="#5c3d00" stroke-width="3.5" stroke-linejoin="round"/><path d="M88 30l5-12 4 12 12 3-12 5-4 12-5-12-11-5z" fill="#fff" stroke="#5c3d00" stroke-width="3"/>"##;

const PARCEL: &str = r##"<path d="M20 46 60 28l40 18v42L60 106 20 88z" fill="#d79a5b" stroke="#4d2e12" stroke-width="3.5" stroke-linejoin="round"/><path d="M20 46l40 18 40-18M60 64v42" stroke="#4d2e12" stroke-width="3.5" fill="none"/><path d="M40 37l40 18v14" stroke="#f6e2c2" stroke-width="7" fill="none"/><circle cx="34" cy="76" r="3.5" fill="#4d2e12"/><circle cx="47" cy="82" r="3.5" fill="#4d2e12"/><path d="M37 86q4 4 7 3" stroke="#4d2e12" stroke-width="3" fill="none" stroke-linecap="round"/>"##;

/// Any sticker that is not on the tray.
const PLAIN: &str = r##"<path d="M24 20h72v52L68 100H24z" fill="#e9eef0" stroke="#5b6a70" stroke-width="3.5" stroke-linejoin="round"/><path d="M96 72H68v28" fill="#fff" stroke="#5b6a70" stroke-width="3.5" stroke-linejoin="round"/><circle cx="48" cy="50" r="4" fill="#5b6a70"/><circle cx="72" cy="50" r="4" fill="#5b6a70"/><path d="M48 64q12 10 24 0" stroke="#5b6a70" stroke-width="3.5" fill="none" stroke-linecap="round"/>"##;

/// A customer's picture.
pub(super) fn customer(number: usize) -> String {
    face(SCENES[number % PICTURES])
}

/// A group's picture.
pub(super) fn group() -> String {
    face(GROUP)
}

/// A sticker.
pub(super) fn sticker(package_id: &str, sticker_id: &str) -> String {
    let drawing = match (package_id, sticker_id) {
        ("446", "1988") => CAT,
        ("446", "1989") => HEART,
        ("446", "1990") => SUN,
        ("446", "1991") => PARCEL,
        _ => PLAIN,
    };
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">{drawing}</svg>"#)
}

fn face((top, bottom, scene): (&str, &str, &str)) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="{top}"/><stop offset="1" stop-color="{bottom}"/></linearGradient></defs><rect width="40" height="40" fill="url(#sky)"/>{scene}</svg>"#
    )
}
