//! Times, dates and durations as people of each language write them, in their own zone.

use leptos::prelude::use_context;

use super::{texts, use_texts};
use crate::protocol::chosen::Chosen;
#[cfg(feature = "ssr")]
use crate::protocol::hours::Weekday;
use crate::protocol::time::{Civil, DAY_MS};
use crate::protocol::{Timestamp, Zone};

texts! {
    weekdays: "Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday", "วันอาทิตย์|วันจันทร์|วันอังคาร|วันพุธ|วันพฤหัสบดี|วันศุกร์|วันเสาร์", "日曜日|月曜日|火曜日|水曜日|木曜日|金曜日|土曜日", "週日|週一|週二|週三|週四|週五|週六";
    weekdays_in_heads: "Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday", "วันอาทิตย์|วันจันทร์|วันอังคาร|วันพุธ|วันพฤหัสบดี|วันศุกร์|วันเสาร์", "(日)|(月)|(火)|(水)|(木)|(金)|(土)", " 週日| 週一| 週二| 週三| 週四| 週五| 週六";
    // Japanese and Chinese have the weekday behind every date in full; English and Thai do not.
    weekdays_behind_dates: "||||||", "||||||", "(日)|(月)|(火)|(水)|(木)|(金)|(土)", " 週日| 週一| 週二| 週三| 週四| 週五| 週六";
    months: "January|February|March|April|May|June|July|August|September|October|November|December", "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม", "1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月", "1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月";
    months_short: "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec", "ม.ค.|ก.พ.|มี.ค.|เม.ย.|พ.ค.|มิ.ย.|ก.ค.|ส.ค.|ก.ย.|ต.ค.|พ.ย.|ธ.ค.", "1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月", "1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月";
    yesterday: "Yesterday", "เมื่อวาน", "昨日", "昨天";
    date(day, month): "{0} {1}", "{0} {1}", "{1}{0}日", "{1}{0}日";
    date_with_year(day, month, year): "{0} {1} {2}", "{0} {1} {2}", "{2}年{1}{0}日", "{2}年{1}{0}日";
    in_full(day, month, year, weekday, time): "{0} {1} {2}{3} {4}", "{0} {1} {2}{3} {4} น.", "{2}年{1}{0}日{3} {4}", "{2}年{1}{0}日{3} {4}";
    head(weekday, day, month): "{0} {1} {2}", "{0}ที่ {1} {2}", "{2}{1}日{0}", "{2}{1}日{0}";
    head_with_year(weekday, day, month, year): "{0} {1} {2} {3}", "{0}ที่ {1} {2} {3}", "{3}年{2}{1}日{0}", "{3}年{2}{1}日{0}";
    day_and_time(day, time): "{0}, {1}", "{0} {1} น.", "{0} {1}", "{0} {1}";
    head_of_today(date): "Today, {0}", "วันนี้ {0}", "今日 {0}", "今天 {0}";
    head_of_yesterday(date): "Yesterday, {0}", "เมื่อวาน {0}", "昨日 {0}", "昨天 {0}";
    before_noon(time): "{0} am", "{0} AM", "午前{0}", "上午 {0}";
    after_noon(time): "{0} pm", "{0} PM", "午後{0}", "下午 {0}";
    under_minute: "under a minute", "ไม่ถึง 1 นาที", "1分未満", "不到 1 分鐘";
    minutes(number): "{0} min", "{0} นาที", "{0}分", "{0} 分鐘";
    hours(hours, minutes): "{0} h {1} min", "{0} ชม. {1} นาที", "{0}時間{1}分", "{0} 小時 {1} 分鐘";
    days(number): "{0} d", "{0} วัน", "{0}日", "{0} 天";
}

/// How the reader wants dates, whatever the language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Habits {
    /// The clock goes to 12 and not to 24.
    pub twelve_hours: bool,
    /// Years are counted from the Buddha's passing, as Thailand does.
    pub buddhist_years: bool,
}

impl Habits {
    /// As in `data-clock="…"` and the cookie; absent for 24 hours.
    #[cfg(feature = "ssr")]
    pub(crate) fn clock(self) -> Option<&'static str> {
        self.twelve_hours.then_some("12")
    }

    /// As in `data-years="…"` and the cookie; absent for those of the Gregorian calendar.
    #[cfg(feature = "ssr")]
    pub(crate) fn years(self) -> Option<&'static str> {
        self.buddhist_years.then_some("buddhist")
    }

    /// Reads what stands in `data-clock` and `data-years`.
    pub(crate) fn read(clock: &str, years: &str) -> Self {
        Self {
            twelve_hours: clock == "12",
            buddhist_years: years == "buddhist",
        }
    }
}

/// Writes times. Copies share nothing and cost nothing.
#[derive(Clone, Copy)]
pub(crate) struct Dates {
    texts: Texts,
    habits: Habits,
}

/// In the page's language, as its reader wants them.
pub(crate) fn use_dates() -> Dates {
    Dates::new(use_texts(), use_context().unwrap_or_default())
}

/// The number of the day in the zone, for comparing days.
pub(crate) fn day(zone: Zone, at: Timestamp) -> i64 {
    zone.local(at).0.div_euclid(DAY_MS)
}

/// The moment as calendar and clock show it in the zone.
fn civil(zone: Zone, at: Timestamp) -> Civil {
    zone.local(at).civil()
}

/// One item of a list that stands in one text, from 0.
fn item(list: &'static str, at: u8) -> &'static str {
    list.split('|').nth(at.into()).unwrap_or_default()
}

impl Dates {
    /// In the language of `texts`.
    pub(crate) fn new(texts: Texts, habits: Habits) -> Self {
        Self { texts, habits }
    }

    /// `14:05`, or `2:05 pm`.
    pub(crate) fn clock(self, at: Timestamp, zone: Zone) -> String {
        let civil = civil(zone, at);
        self.time(&civil, format!("{:02}", civil.minute))
    }

    /// As a list shows it: the time today, then `Yesterday`, a weekday, a date.
    pub(crate) fn short(self, at: Timestamp, now: Timestamp, zone: Zone) -> String {
        match day(zone, now) - day(zone, at) {
            ..=0 => self.clock(at, zone),
            1 => self.texts.yesterday().to_owned(),
            2..=6 => item(self.texts.weekdays(), civil(zone, at).weekday).to_owned(),
            _ => self.date(at, now, zone),
        }
    }

    /// The head of a day: `Today, Monday 23 November`.
    pub(crate) fn day_head(self, at: Timestamp, now: Timestamp, zone: Zone) -> String {
        let civil_day = civil(zone, at);
        let weekday = item(self.texts.weekdays_in_heads(), civil_day.weekday);
        let number = civil_day.day.to_string();
        let month = item(self.texts.months(), civil_day.month - 1);
        let named = if civil_day.year == civil(zone, now).year {
            self.texts.head(weekday, &number, month)
        } else {
            let year = self.year(&civil_day);
            self.texts.head_with_year(weekday, &number, month, &year)
        };
        match day(zone, now) - day(zone, at) {
            0 => self.texts.head_of_today(&named),
            1 => self.texts.head_of_yesterday(&named),
            _ => named,
        }
    }

    /// What a customer chose in a date picker.
    pub(crate) fn chosen(self, chosen: Chosen) -> String {
        let zone = Zone::default();
        let day = |at: Timestamp| {
            let civil = civil(zone, at);
            self.texts.head_with_year(
                item(self.texts.weekdays_in_heads(), civil.weekday),
                &civil.day.to_string(),
                item(self.texts.months(), civil.month - 1),
                &self.year(&civil),
            )
        };
        match chosen {
            Chosen::Date(at) => day(at),
            Chosen::Time(at) => self.clock(at, zone),
            Chosen::DateTime(at) => self.texts.day_and_time(&day(at), &self.clock(at, zone)),
        }
    }

    /// What a day of the week is called.
    #[cfg(feature = "ssr")]
    pub(crate) fn weekday(self, day: Weekday) -> &'static str {
        // Sunday stands first there.
        let since_sunday = (day.since_monday() + 1) % 7;
        let mut all = self.texts.weekdays().split('|');
        all.nth(since_sunday).unwrap_or_default()
    }

    /// Date and time, to the second, for a title.
    pub(crate) fn full(self, at: Timestamp, zone: Zone) -> String {
        let civil = civil(zone, at);
        self.texts.in_full(
            &civil.day.to_string(),
            item(self.texts.months_short(), civil.month - 1),
            &self.year(&civil),
            item(self.texts.weekdays_behind_dates(), civil.weekday),
            &self.time(&civil, format!("{:02}:{:02}", civil.minute, civil.second)),
        )
    }

    /// A wait as `3:12`, `1:04:09`, or `2 d`.
    pub(crate) fn wait(self, ms: i64) -> String {
        let seconds = ms.max(0) / 1_000;
        let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        if hours >= 24 {
            self.texts.days(&(hours / 24).to_string())
        } else if hours > 0 {
            format!("{hours}:{minutes:02}:{rest:02}")
        } else {
            format!("{minutes}:{rest:02}")
        }
    }

    /// A length in words: `18 min`, `2 h 5 min`.
    pub(crate) fn length(self, ms: i64) -> String {
        let minutes = ms.max(0) / 60_000;
        match minutes {
            0 => self.texts.under_minute().to_owned(),
            1..60 => self.texts.minutes(&minutes.to_string()),
            60..1440 => {
                let (hours, rest) = (minutes / 60, minutes % 60);
                self.texts.hours(&hours.to_string(), &rest.to_string())
            }
            _ => self.texts.days(&(minutes / 1440).to_string()),
        }
    }

    /// `3 Nov`, with the year when it is not this one.
    pub(crate) fn date(self, at: Timestamp, now: Timestamp, zone: Zone) -> String {
        let civil_day = civil(zone, at);
        let number = civil_day.day.to_string();
        let month = item(self.texts.months_short(), civil_day.month - 1);
        if civil_day.year == civil(zone, now).year {
            self.texts.date(&number, month)
        } else {
            self.texts
                .date_with_year(&number, month, &self.year(&civil_day))
        }
    }

    /// The year as the reader counts.
    fn year(self, civil: &Civil) -> String {
        let more = if self.habits.buddhist_years { 543 } else { 0 };
        (civil.year + more).to_string()
    }

    /// Hour and `rest` on the reader's clock.
    fn time(self, civil: &Civil, rest: String) -> String {
        if !self.habits.twelve_hours {
            return format!("{:02}:{rest}", civil.hour);
        }
        let hour = match civil.hour % 12 {
            0 => 12,
            hour => hour,
        };
        let time = format!("{hour}:{rest}");
        if civil.hour < 12 {
            self.texts.before_noon(&time)
        } else {
            self.texts.after_noon(&time)
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::super::{Lang, texts_in};
    use super::*;

    /// 2026-11-23T07:33:00Z, a Monday; 14:33 in Bangkok.
    const NOW: Timestamp = Timestamp(1_795_419_180_000);
    const BANGKOK: Zone = Zone::fixed(420);

    fn dates(lang: Lang) -> Dates {
        Dates::new(texts_in(lang), Habits::default())
    }

    fn hours_ago(hours: i64) -> Timestamp {
        NOW.plus_ms(-hours * 3_600_000)
    }

    #[test]
    fn list_times_grow_coarser_with_age() {
        let at = |hours: i64| dates(Lang::En).short(hours_ago(hours), NOW, BANGKOK);
        assert_eq!(at(0), "14:33");
        assert_eq!(at(20), "Yesterday");
        assert_eq!(at(72), "Friday");
        assert_eq!(at(24 * 20), "3 Nov");
        assert_eq!(at(24 * 400), "19 Oct 2025");
    }

    #[test]
    fn each_language_writes_dates_by_its_own_habit() {
        let short = |lang: Lang, hours: i64| dates(lang).short(hours_ago(hours), NOW, BANGKOK);
        let shorts = |lang: Lang| [72, 480, 9_600].map(|hours| short(lang, hours));
        assert_eq!(shorts(Lang::Th), ["วันศุกร์", "3 พ.ย.", "19 ต.ค. 2025"]);
        assert_eq!(shorts(Lang::Ja), ["金曜日", "11月3日", "2025年10月19日"]);
        assert_eq!(shorts(Lang::ZhTw), ["週五", "11月3日", "2025年10月19日"]);
        let full = |lang: Lang| dates(lang).full(NOW, BANGKOK);
        assert_eq!(full(Lang::En), "23 Nov 2026 14:33:00");
        assert_eq!(full(Lang::Th), "23 พ.ย. 2026 14:33:00 น.");
        assert_eq!(full(Lang::Ja), "2026年11月23日(月) 14:33:00");
        assert_eq!(full(Lang::ZhTw), "2026年11月23日 週一 14:33:00");
        let lengths = |lang: Lang| [0, 12, 125, 4_320].map(|m| dates(lang).length(m * 60_000));
        assert_eq!(
            lengths(Lang::En),
            ["under a minute", "12 min", "2 h 5 min", "3 d"]
        );
        assert_eq!(lengths(Lang::Ja), ["1分未満", "12分", "2時間5分", "3日"]);
    }

    #[test]
    fn a_summer_chat_has_its_summer_times_in_winter() {
        let en = dates(Lang::En);
        // Two hours east until 2026-10-25T01:00:00Z, one hour since.
        let berlin = Zone::parse("120_1992100:60").expect("a zone");
        let july: Timestamp = "2026-07-10T22:30:00.000Z".parse().expect("a time");
        assert_eq!(en.clock(july, berlin), "00:30");
        assert_eq!(en.full(july, berlin), "11 Jul 2026 00:30:00");
        assert_eq!(en.short(july, NOW, berlin), "11 Jul");
        assert_eq!(en.day_head(july, NOW, berlin), "Saturday 11 July");
        assert_eq!(en.clock(NOW, berlin), "08:33");
        // A night of 25 hours is one night.
        let late: Timestamp = "2026-10-24T22:30:00.000Z".parse().expect("a time");
        assert_eq!(day(berlin, late.plus_ms(DAY_MS)) - day(berlin, late), 0);
    }

    #[test]
    fn day_heads_name_the_day_in_every_language() {
        let head = |lang: Lang, at: Timestamp| dates(lang).day_head(at, NOW, BANGKOK);
        assert_eq!(head(Lang::En, NOW), "Today, Monday 23 November");
        let yesterday = NOW.plus_ms(-DAY_MS);
        assert_eq!(head(Lang::Th, yesterday), "เมื่อวาน วันอาทิตย์ที่ 22 พฤศจิกายน");
        assert_eq!(head(Lang::Ja, yesterday), "昨日 11月22日(日)");
        assert_eq!(head(Lang::ZhTw, yesterday), "昨天 11月22日 週日");
        let last_year = hours_ago(24 * 400);
        assert_eq!(head(Lang::En, last_year), "Sunday 19 October 2025");
        assert_eq!(head(Lang::Ja, last_year), "2025年10月19日(日)");
    }

    #[test]
    fn years_and_clock_follow_the_readers_habits() {
        let habits = Habits {
            twelve_hours: true,
            buddhist_years: true,
        };
        let dates = |lang: Lang| Dates::new(texts_in(lang), habits);
        assert_eq!(
            dates(Lang::Th).full(NOW, BANGKOK),
            "23 พ.ย. 2569 2:33:00 PM น."
        );
        assert_eq!(dates(Lang::En).clock(NOW, BANGKOK), "2:33 pm");
        assert_eq!(dates(Lang::Ja).clock(NOW, BANGKOK), "午後2:33");
        let midnight = NOW.plus_ms(-14 * 3_600_000);
        assert_eq!(dates(Lang::En).clock(midnight, BANGKOK), "12:33 am");
    }

    #[test]
    fn waits_read_as_minutes_and_seconds() {
        let en = dates(Lang::En);
        assert_eq!(en.wait(192_000), "3:12");
        assert_eq!(en.wait(3_849_000), "1:04:09");
        assert_eq!(en.wait(3 * DAY_MS), "3 d");
        assert_eq!(en.wait(-5), "0:00");
    }
}
