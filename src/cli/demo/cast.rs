//! Who comes to the demo's shop, and what is said.

/// One conversation of the demo.
pub(super) struct Scene {
    /// The customer's name.
    pub(super) name: &'static str,
    /// BCP 47.
    pub(super) language: &'static str,
    /// The customer's own line.
    pub(super) status: Option<&'static str>,
    /// What the customer writes, oldest first.
    pub(super) lines: &'static [Line],
    /// What happens then.
    pub(super) then: Then,
}

/// Something a customer sends, and how many minutes ago.
pub(super) enum Line {
    Text(i64, &'static str),
    /// LINE's package and sticker.
    Sticker(i64, &'static str, &'static str),
    Picture(i64),
    /// Title and address.
    Place(i64, &'static str, &'static str),
}

/// How far the team is.
pub(super) enum Then {
    /// Nobody has come yet.
    Waits,
    /// This operator (a place in the list of operators) has claimed it and said this.
    Talks(usize, &'static [Say]),
    /// The same, and has closed it.
    Ends(usize, &'static [Say]),
}

/// What an operator writes.
pub(super) enum Say {
    Text(&'static str),
    Note(&'static str),
}

use Line::{Picture, Place, Sticker, Text};
use Then::{Ends, Talks, Waits};

const ADMIN: usize = 0;
const MALI: usize = 1;
const SOMCHAI: usize = 2;

/// Oldest first.
pub(super) const SCENES: [Scene; 18] = [
    Scene {
        name: "ปรีชา วงศ์ไทย",
        language: "th",
        status: None,
        lines: &[Text(380, "ใบเสร็จออกในนามบริษัทได้ไหมครับ")],
        then: Ends(SOMCHAI, &[Say::Text("ได้ครับ ส่งชื่อและเลขผู้เสียภาษีมาได้เลยครับ")]),
    },
    Scene {
        name: "Emma Larsson",
        language: "en",
        status: Some("Chiang Mai until May"),
        lines: &[
            Text(330, "Do you ship to Sweden?"),
            Text(329, "Two scarves, about 300 g."),
        ],
        then: Ends(
            ADMIN,
            &[Say::Text(
                "We do! EMS takes 7 to 10 days and costs 950 baht.",
            )],
        ),
    },
    Scene {
        name: "鈴木 一郎",
        language: "ja",
        status: None,
        lines: &[
            Text(290, "営業時間を教えてください。"),
            Sticker(288, "446", "1989"),
        ],
        then: Ends(MALI, &[Say::Text("毎日9時から18時まで営業しております。")]),
    },
    Scene {
        name: "อรพรรณ ศรีสุข",
        language: "th",
        status: None,
        lines: &[Text(250, "ร้านเปิดกี่โมงคะ")],
        then: Ends(MALI, &[Say::Text("ร้านเปิด 9:00–18:00 น. ทุกวันค่ะ")]),
    },
    Scene {
        name: "佐藤 美和",
        language: "ja",
        status: None,
        lines: &[
            Text(123, "注文した商品が届きました。"),
            Sticker(122, "11537", "52002738"),
        ],
        then: Talks(SOMCHAI, &[Say::Text("ご連絡ありがとうございます。")]),
    },
    Scene {
        name: "Chanon W.",
        language: "en",
        status: None,
        lines: &[
            Text(52, "Hi, is the maroon silk still in stock?"),
            Text(50, "I need 12 m before Friday."),
        ],
        then: Talks(
            ADMIN,
            &[
                Say::Text("Yes, we have 15 m of it."),
                Say::Note("Wholesale price from 10 m: 1,150 a metre."),
            ],
        ),
    },
    Scene {
        name: "Daniel Koh",
        language: "en",
        status: None,
        lines: &[Text(47, "Can I change the delivery address of order 1042?")],
        then: Talks(SOMCHAI, &[Say::Text("Of course, where should it go?")]),
    },
    Scene {
        name: "陳志明",
        language: "zh-Hant",
        status: None,
        lines: &[
            Text(44, "請問可以開發票嗎？"),
            Text(43, "公司統編是 12345675"),
        ],
        then: Talks(ADMIN, &[Say::Text("可以的，發票會隨貨附上。")]),
    },
    Scene {
        name: "กิตติ เรืองศรี",
        language: "th",
        status: Some("ผ้าไทยใส่สบาย"),
        lines: &[Text(40, "ผ้าขาวม้าลายนี้มีกี่สีครับ"), Picture(39)],
        then: Talks(SOMCHAI, &[Say::Text("มี 4 สีครับ แดง คราม เขียว และน้ำตาล")]),
    },
    Scene {
        name: "山田 花子",
        language: "ja",
        status: None,
        lines: &[Text(36, "サイズ交換は可能でしょうか。")],
        then: Talks(MALI, &[Say::Text("はい、到着後7日以内でしたら承ります。")]),
    },
    Scene {
        name: "林怡君",
        language: "zh-Hant",
        status: None,
        lines: &[Text(29, "我想退貨，顏色跟照片不一樣"), Picture(28)],
        then: Talks(
            MALI,
            &[Say::Text("您好，退貨的部分我們會在三個工作天內處理。")],
        ),
    },
    Scene {
        name: "ก้อย Ploy 🌿",
        language: "th",
        status: None,
        lines: &[Text(24, "ของจะถึงเมื่อไหร่คะ"), Text(23, "พรุ่งนี้ก่อนเที่ยงได้ไหมคะ")],
        then: Talks(MALI, &[Say::Text("เดี๋ยวเช็คกับขนส่งให้นะคะ")]),
    },
    Scene {
        name: "ณัฐธิดา ใจดี",
        language: "th",
        status: Some("ชีวิตต้องมีผ้าไหม"),
        lines: &[
            Text(31, "สวัสดีค่ะ สนใจผ้าไหมลายนี้ค่ะ 😊"),
            Picture(30),
            Text(9, "ขอสีแดง 3 เมตรค่ะ ส่งที่นี่ได้ไหมคะ"),
            Place(8, "ร้านกาแฟบ้านสวน", "ต.สุเทพ อ.เมือง เชียงใหม่ 50200"),
        ],
        then: Talks(
            MALI,
            &[
                Say::Text("สวัสดีค่ะคุณณัฐธิดา ลายนี้ชื่อ “ดอกแก้ว” ค่ะ มี 2 สี เมตรละ 1,290 บาท"),
                Say::Note("ลูกค้าประจำ ให้ส่วนลด 5% ได้"),
                Say::Text("ส่งได้ค่ะ ค่าส่ง 50 บาท ถึงใน 2 วันค่ะ"),
            ],
        ),
    },
    Scene {
        name: "วิชัย พงษ์สุวรรณ",
        language: "th",
        status: None,
        lines: &[
            Text(12, "โอนเงินแล้วครับ"),
            Picture(12),
            Text(11, "ส่งสลิปให้แล้วนะครับ รบกวนเช็คด้วยครับ"),
        ],
        then: Waits,
    },
    Scene {
        name: "Sophie Martin",
        language: "en",
        status: None,
        lines: &[
            Text(7, "Hello! I would like to visit the weaving workshop."),
            Sticker(6, "446", "1988"),
        ],
        then: Waits,
    },
    Scene {
        name: "สมหญิง แก้วมณี",
        language: "th",
        status: None,
        lines: &[Text(5, "ผ้าซิ่นลายน้ำไหลยังมีไหมคะ"), Text(4, "ขอดูรูปเพิ่มด้วยค่ะ")],
        then: Waits,
    },
    Scene {
        name: "田中 健太",
        language: "ja",
        status: None,
        lines: &[
            Text(4, "こんにちは。在庫はありますか。"),
            Text(3, "ギフト包装もお願いできますか。"),
        ],
        then: Waits,
    },
    Scene {
        name: "黃雅婷",
        language: "zh-Hant",
        status: None,
        lines: &[Text(2, "請問這個還有現貨嗎？"), Text(1, "想要藍色的")],
        then: Waits,
    },
];
