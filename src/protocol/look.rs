//! How a browser remembers what its reader chose, so that server and script write the same.

/// Cookie of the chosen language: its tag.
pub const LANG_COOKIE: &str = "sala_lang";
/// Cookie of the chosen theme: `auto`, `light` or `dark`.
pub const THEME_COOKIE: &str = "sala_theme";
/// Cookie of the clock: `12` or `24`.
pub const CLOCK_COOKIE: &str = "sala_clock";
/// Cookie of the calendar: `buddhist` or `gregorian`.
pub const YEARS_COOKIE: &str = "sala_years";
/// Cookie in which the browser tells its time zone.
pub const ZONE_COOKIE: &str = "sala_zone";
