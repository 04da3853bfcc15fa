//! The page's texts. Here and not with the console's, so that browsers do not load them.

use crate::ui::i18n::Lang;

macro_rules! texts {
    ($($name:ident: $en:literal, $th:literal;)*) => {
        /// Every text of the page.
        pub(super) struct Texts {
            $(pub(super) $name: &'static str,)*
        }

        const EN: Texts = Texts { $($name: $en,)* };
        const TH: Texts = Texts { $($name: $th,)* };
    };
}

texts! {
    title: "Connections", "การเชื่อมต่อ";
    lead: "Open consoles of this server, renewed every 5 seconds.",
        "คอนโซลที่เปิดอยู่บนเซิร์ฟเวอร์นี้ อัปเดตทุก 5 วินาที";
    forbidden_title: "Only administrators see this", "เห็นเฉพาะผู้ดูแลระบบ";
    forbidden_text: "An administrator can look at the connections for you.",
        "ผู้ดูแลระบบดูการเชื่อมต่อแทนคุณได้";
    open: "Open", "เปิดอยู่";
    rooms: "Chats", "แชท";
    resumed: "Resumed in full", "กลับมาครบถ้วน";
    too_far: "Too far behind", "ตามไม่ทัน เริ่มใหม่";
    anew: "Joined anew", "เข้าใหม่";
    open_head: "Open now", "เปิดอยู่ตอนนี้";
    ended_head: "Ended lately", "เพิ่งสิ้นสุด";
    nobody: "Nobody is connected to this server.", "ไม่มีใครเชื่อมต่อกับเซิร์ฟเวอร์นี้";
    none_ended: "None has ended since this server started.",
        "ยังไม่มีการเชื่อมต่อใดสิ้นสุดตั้งแต่เซิร์ฟเวอร์เริ่มทำงาน";
    operator: "Operator", "ผู้ให้บริการ";
    state: "State", "สถานะ";
    since: "Open for", "เปิดมาแล้ว";
    heard: "Last heard, ago", "ได้ยินล่าสุดเมื่อ";
    queued: "Waiting events", "เหตุการณ์ที่รอส่ง";
    resumes: "Resumes", "กลับมาต่อ";
    last_error: "Last error", "ข้อผิดพลาดล่าสุด";
    ended: "Ended", "สิ้นสุดเมื่อ";
    lasted: "Lasted", "นาน";
    reason: "Reason", "เหตุผล";
    live: "Connected", "เชื่อมต่ออยู่";
    quiet: "Quiet", "เงียบอยู่";
    behind: "Falls behind", "รับไม่ทัน";
    closing: "Closing", "กำลังปิด";
    left: "Left by itself", "ออกไปเอง";
    going_away: "Server restarted", "เซิร์ฟเวอร์เริ่มใหม่";
    broken: "Broke the protocol", "ส่งข้อมูลผิดรูปแบบ";
    refused: "Sent too much that is refused", "ส่งคำสั่งที่ถูกปฏิเสธมากเกินไป";
    too_large: "Frame too large", "ข้อมูลใหญ่เกินไป";
    not_authenticated: "Signed out", "ออกจากระบบแล้ว";
    disabled: "Operator disabled", "ผู้ให้บริการถูกปิดใช้งาน";
    heartbeat: "Fell silent", "เงียบไปนานเกิน";
    too_slow: "Read too slowly", "รับข้อมูลช้าเกินไป";
}

impl Texts {
    pub(super) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Th => &TH,
        }
    }

    /// Why a connection ended, by its close code.
    pub(super) fn reason_of(&self, code: Option<u16>) -> &'static str {
        match code {
            Some(1001) => self.going_away,
            Some(1002 | 1007) => self.broken,
            Some(1008) => self.refused,
            Some(1009) => self.too_large,
            Some(4401) => self.not_authenticated,
            Some(4403) => self.disabled,
            Some(4408) => self.heartbeat,
            Some(4429) => self.too_slow,
            Some(_) | None => self.left,
        }
    }
}
