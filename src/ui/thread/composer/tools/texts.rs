//! What the trays say.

use crate::ui::words::texts;

texts! {
    sticker: "Sticker", "สติกเกอร์", "スタンプ", "貼圖";
    stickers: "Stickers", "สติกเกอร์", "スタンプ", "貼圖";
    recent: "Recent", "ใช้ล่าสุด", "最近使用", "最近使用";
    packages(number): "{0} packages", "{0} ชุด", "{0}セット", "{0} 組";
    choose: "choose", "เลือก", "選択", "選擇";
    sends: "sends at once", "ส่งทันที", "すぐに送信", "立即傳送";
    close: "close", "ปิด", "閉じる", "關閉";
    number: "No.", "หมายเลข", "番号", "編號";
    not_loaded: "The stickers could not be loaded.", "โหลดสติกเกอร์ไม่สำเร็จ", "スタンプを読み込めませんでした。", "無法載入貼圖。";
    again: "Try again", "ลองใหม่", "再試行", "再試一次";
    emoji: "Emoji", "อีโมจิ", "絵文字", "表情符號";
    search: "Search emoji in four languages", "ค้นหาอีโมจิได้สี่ภาษา", "4言語で絵文字を検索", "以四種語言搜尋表情符號";
    tone: "Skin tone", "สีผิว", "肌の色", "膚色";
    tone_kept: "Skin tone, kept", "สีผิว (ระบบจำไว้)", "肌の色（保存されます）", "膚色（會記住）";
    tones: "Yellow|Light|Medium light|Medium|Medium dark|Dark", "เหลือง|สีอ่อน|ค่อนข้างอ่อน|ปานกลาง|ค่อนข้างเข้ม|สีเข้ม", "黄色|明るい|やや明るい|中間|やや濃い|濃い", "黃色|淺色|中淺色|中等|中深色|深色";
    groups: "Faces|People|Nature|Food|Travel|Play|Things|Signs|Flags", "หน้า|ผู้คน|ธรรมชาติ|อาหาร|เดินทาง|กิจกรรม|สิ่งของ|สัญลักษณ์|ธง", "顔|人|自然|食べ物|旅行|遊び|物|記号|旗", "表情|人物|自然|食物|旅遊|活動|物品|符號|旗幟";
    found: "Found", "ที่พบ", "検索結果", "搜尋結果";
    nothing: "No emoji for these words.", "ไม่พบอีโมจิสำหรับคำนี้", "該当する絵文字がありません。", "找不到符合的表情符號。";
    find_ways: "Search in English, Thai, Japanese or Chinese", "ค้นหาเป็นภาษาไทย อังกฤษ ญี่ปุ่น หรือจีน", "日本語・英語・タイ語・中国語で検索", "可用中文、英文、泰文或日文搜尋";
    put_in: "put in", "แทรก", "挿入", "插入";
    missing: "This part of Sala could not be loaded. Your text is kept. Try again, or reload the page.", "โหลดส่วนนี้ของ Sala ไม่สำเร็จ ข้อความของคุณยังอยู่ ลองใหม่หรือโหลดหน้านี้อีกครั้ง", "Salaのこの部分を読み込めませんでした。入力内容は残っています。再試行するか、ページを再読み込みしてください。", "無法載入 Sala 的這個部分。您輸入的文字仍保留。請再試一次，或重新載入頁面。";
}

impl Texts {
    /// As the script takes them, one a line; `trays.mjs` has the same order.
    pub(super) fn handed_over(self) -> String {
        [
            self.stickers(),
            self.recent(),
            &self.packages("{0}"),
            self.choose(),
            self.sends(),
            self.close(),
            self.number(),
            self.not_loaded(),
            self.again(),
            self.emoji(),
            self.search(),
            self.tone(),
            self.tone_kept(),
            self.tones(),
            self.groups(),
            self.found(),
            self.nothing(),
            self.find_ways(),
            self.put_in(),
            self.missing(),
        ]
        .join("\n")
    }
}
