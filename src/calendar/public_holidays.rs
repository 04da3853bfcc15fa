//! Public holidays of some countries, from which a team ticks those on which it is closed.
//!
//! Official days only, as far as they are certain: by law on a day of the calendar, with the day
//! that stands in for one at a weekend where the law says which; and by the moon where the date is
//! long reckoned. What a government proclaims from year to year is not among them unless it has.

use self::Basis::{Law, Moon};
use crate::protocol::hours::Date;

/// A country whose days there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Country {
    /// Thailand.
    Thailand,
    /// Japan.
    Japan,
    /// Taiwan.
    Taiwan,
}

/// On what a day's date rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A law or decision that names the day.
    Law,
    /// The moon: reckoned beforehand, and to be confirmed by the year's proclamation.
    Moon,
}

/// A public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicHoliday {
    /// Which day.
    pub date: Date,
    /// What it is called there.
    pub name: &'static str,
    /// On what its date rests.
    pub basis: Basis,
}

/// The years for which there are days.
pub const YEARS: [i16; 2] = [2026, 2027];

/// A day as it stands in a table: month and day, name, basis.
type Line = (&'static str, &'static str, Basis);

impl Country {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Thailand, Self::Japan, Self::Taiwan];

    /// Its code (ISO 3166-1).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Thailand => "th",
            Self::Japan => "jp",
            Self::Taiwan => "tw",
        }
    }

    /// The language of the names, as pages bear it.
    pub const fn lang(self) -> &'static str {
        match self {
            Self::Thailand => "th",
            Self::Japan => "ja",
            Self::Taiwan => "zh-Hant-TW",
        }
    }

    /// Who says which days are holidays.
    pub const fn source(self) -> &'static str {
        match self {
            Self::Thailand => "คณะรัฐมนตรี (Cabinet of Thailand)",
            Self::Japan => "国民の祝日に関する法律・内閣府 (Cabinet Office)",
            Self::Taiwan => "紀念日及節日實施條例・行政院人事行政總處 (DGPA)",
        }
    }

    /// The country of this code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|country| country.code() == code)
    }

    const fn lines(self, year: i16) -> &'static [Line] {
        match (self, year) {
            (Self::Thailand, 2026) => THAILAND_2026,
            (Self::Thailand, 2027) => THAILAND_2027,
            (Self::Japan, 2026) => JAPAN_2026,
            (Self::Japan, 2027) => JAPAN_2027,
            (Self::Taiwan, 2026) => TAIWAN_2026,
            (Self::Taiwan, 2027) => TAIWAN_2027,
            _ => &[],
        }
    }

    /// Its holidays of a year, in order; none for a year that is not among [`YEARS`].
    pub fn holidays(self, year: i16) -> Vec<PublicHoliday> {
        let lines = self.lines(year).iter();
        let holidays = lines.filter_map(|(day, name, basis)| {
            Some(PublicHoliday {
                date: format!("{year:04}-{day}").parse().ok()?,
                name,
                basis: *basis,
            })
        });
        holidays.collect()
    }
}

const THAILAND_2026: &[Line] = &[
    ("01-01", "วันขึ้นปีใหม่", Law),
    ("01-02", "วันหยุดพิเศษ", Law),
    ("03-03", "วันมาฆบูชา", Moon),
    ("04-06", "วันจักรี", Law),
    ("04-13", "วันสงกรานต์", Law),
    ("04-14", "วันสงกรานต์", Law),
    ("04-15", "วันสงกรานต์", Law),
    ("05-01", "วันแรงงานแห่งชาติ", Law),
    ("05-04", "วันฉัตรมงคล", Law),
    ("05-31", "วันวิสาขบูชา", Moon),
    ("06-01", "ชดเชยวันวิสาขบูชา", Moon),
    ("06-03", "วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าฯ พระบรมราชินี", Law),
    ("07-28", "วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัว", Law),
    ("07-29", "วันอาสาฬหบูชา", Moon),
    ("07-30", "วันเข้าพรรษา", Moon),
    ("10-13", "วันนวมินทรมหาราช", Law),
    ("10-23", "วันปิยมหาราช", Law),
    ("12-05", "วันพ่อแห่งชาติ", Law),
    ("12-07", "ชดเชยวันพ่อแห่งชาติ", Law),
    ("12-10", "วันรัฐธรรมนูญ", Law),
    ("12-31", "วันสิ้นปี", Law),
];

const THAILAND_2027: &[Line] = &[
    ("01-01", "วันขึ้นปีใหม่", Law),
    ("02-21", "วันมาฆบูชา", Moon),
    ("02-22", "ชดเชยวันมาฆบูชา", Moon),
    ("04-06", "วันจักรี", Law),
    ("04-13", "วันสงกรานต์", Law),
    ("04-14", "วันสงกรานต์", Law),
    ("04-15", "วันสงกรานต์", Law),
    ("05-01", "วันแรงงานแห่งชาติ", Law),
    ("05-04", "วันฉัตรมงคล", Law),
    ("05-20", "วันวิสาขบูชา", Moon),
    ("06-03", "วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าฯ พระบรมราชินี", Law),
    ("07-18", "วันอาสาฬหบูชา", Moon),
    ("07-19", "วันเข้าพรรษา", Moon),
    ("07-28", "วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัว", Law),
    ("10-13", "วันนวมินทรมหาราช", Law),
    ("10-23", "วันปิยมหาราช", Law),
    ("12-05", "วันพ่อแห่งชาติ", Law),
    ("12-10", "วันรัฐธรรมนูญ", Law),
    ("12-31", "วันสิ้นปี", Law),
];

const JAPAN_2026: &[Line] = &[
    ("01-01", "元日", Law),
    ("01-12", "成人の日", Law),
    ("02-11", "建国記念の日", Law),
    ("02-23", "天皇誕生日", Law),
    ("03-20", "春分の日", Law),
    ("04-29", "昭和の日", Law),
    ("05-03", "憲法記念日", Law),
    ("05-04", "みどりの日", Law),
    ("05-05", "こどもの日", Law),
    ("05-06", "休日（振替）", Law),
    ("07-20", "海の日", Law),
    ("08-11", "山の日", Law),
    ("09-21", "敬老の日", Law),
    ("09-22", "休日", Law),
    ("09-23", "秋分の日", Law),
    ("10-12", "スポーツの日", Law),
    ("11-03", "文化の日", Law),
    ("11-23", "勤労感謝の日", Law),
];

const JAPAN_2027: &[Line] = &[
    ("01-01", "元日", Law),
    ("01-11", "成人の日", Law),
    ("02-11", "建国記念の日", Law),
    ("02-23", "天皇誕生日", Law),
    ("03-21", "春分の日", Law),
    ("03-22", "休日（振替）", Law),
    ("04-29", "昭和の日", Law),
    ("05-03", "憲法記念日", Law),
    ("05-04", "みどりの日", Law),
    ("05-05", "こどもの日", Law),
    ("07-19", "海の日", Law),
    ("08-11", "山の日", Law),
    ("09-20", "敬老の日", Law),
    ("09-23", "秋分の日", Law),
    ("10-11", "スポーツの日", Law),
    ("11-03", "文化の日", Law),
    ("11-23", "勤労感謝の日", Law),
];

const TAIWAN_2026: &[Line] = &[
    ("01-01", "開國紀念日", Law),
    ("02-15", "小年夜", Law),
    ("02-16", "農曆除夕", Law),
    ("02-17", "春節", Law),
    ("02-18", "春節", Law),
    ("02-19", "春節", Law),
    ("02-20", "補假（小年夜）", Law),
    ("02-27", "補假（和平紀念日）", Law),
    ("02-28", "和平紀念日", Law),
    ("04-03", "補假（兒童節）", Law),
    ("04-04", "兒童節", Law),
    ("04-05", "清明節", Law),
    ("04-06", "補假（清明節）", Law),
    ("05-01", "勞動節", Law),
    ("06-19", "端午節", Law),
    ("09-25", "中秋節", Law),
    ("09-28", "孔子誕辰紀念日", Law),
    ("10-09", "補假（國慶日）", Law),
    ("10-10", "國慶日", Law),
    ("10-25", "臺灣光復暨金門古寧頭大捷紀念日", Law),
    ("10-26", "補假（臺灣光復暨金門古寧頭大捷紀念日）", Law),
    ("12-25", "行憲紀念日", Law),
];

const TAIWAN_2027: &[Line] = &[
    ("01-01", "開國紀念日", Law),
    ("02-04", "小年夜", Moon),
    ("02-05", "農曆除夕", Moon),
    ("02-06", "春節", Moon),
    ("02-07", "春節", Moon),
    ("02-08", "春節", Moon),
    ("02-28", "和平紀念日", Law),
    ("03-01", "補假（和平紀念日）", Law),
    ("04-04", "兒童節", Law),
    ("04-05", "清明節", Law),
    ("05-01", "勞動節", Law),
    ("06-09", "端午節", Moon),
    ("09-15", "中秋節", Moon),
    ("09-28", "孔子誕辰紀念日", Law),
    ("10-10", "國慶日", Law),
    ("10-11", "補假（國慶日）", Law),
    ("10-25", "臺灣光復暨金門古寧頭大捷紀念日", Law),
    ("12-25", "行憲紀念日", Law),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::hours::Weekday;

    #[test]
    fn every_line_is_a_day_and_they_stand_in_order() {
        for country in Country::ALL {
            assert_eq!(Country::named(country.code()), Some(country));
            for year in YEARS {
                let days = country.holidays(year);
                assert_eq!(days.len(), country.lines(year).len(), "{country:?} {year}");
                assert!(days.len() > 15, "{country:?} {year}");
                let in_order = days.windows(2).all(|pair| pair[0].date < pair[1].date);
                assert!(in_order, "{country:?} {year}");
            }
            assert!(country.holidays(2025).is_empty());
        }
    }

    #[test]
    fn what_the_law_puts_on_mondays_is_on_mondays() {
        for year in YEARS {
            let mondays = ["成人の日", "海の日", "敬老の日", "スポーツの日"];
            for day in Country::Japan.holidays(year) {
                if mondays.contains(&day.name) {
                    assert_eq!(day.date.weekday(), Weekday::Mon, "{}", day.name);
                }
            }
            // What stands in for a day at a weekend is none itself.
            for country in Country::ALL {
                for day in country.holidays(year) {
                    let stands_in = ["補假", "ชดเชย", "振替"]
                        .iter()
                        .any(|word| day.name.contains(word));
                    let is_weekend = matches!(day.date.weekday(), Weekday::Sat | Weekday::Sun);
                    assert!(!(stands_in && is_weekend), "{} {}", day.date, day.name);
                }
            }
        }
    }
}
