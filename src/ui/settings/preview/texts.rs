//! What whoever writes a text is told of its preview.

use crate::ui::words::texts;

texts! {
    preview: "Preview on a phone", "ตัวอย่างบนโทรศัพท์", "スマートフォンでの表示例", "手機預覽";
    instead(own, other): "Nothing in {0}: the text in {1} is sent.", "ไม่มีข้อความภาษา {0} จะส่งภาษา {1} แทน", "{0}の文面がないため、{1}で送信されます。", "沒有「{0}」的內容，將傳送「{1}」。";
    nothing: "No text in any language: nothing is sent.", "ยังไม่มีข้อความในภาษาใด จึงไม่ส่ง", "どの言語にも文面がないため、送信されません。", "任何語言都沒有內容，因此不會傳送。";
    off: "Switched off: it is not sent.", "ปิดอยู่ จึงไม่ส่ง", "オフのため、送信されません。", "已關閉，因此不會傳送。";
    used(count, most): "{0} of {1}", "{0} จาก {1}", "{0}／{1}文字", "{0}／{1} 字";
    empty: "empty", "ว่าง", "空欄", "未填寫";
}
