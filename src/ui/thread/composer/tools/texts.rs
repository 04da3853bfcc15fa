//! What the buttons say.

use crate::ui::words::texts;

texts! {
    sticker: "Sticker", "สติกเกอร์", "スタンプ", "貼圖";
    emoji: "Emoji", "อีโมจิ", "絵文字", "表情符號";
    canned: "Canned replies", "ข้อความสำเร็จรูป", "定型文", "罐頭訊息";
    missing: "This part of Sala could not be loaded. Your text is kept. Try again, or reload the page.", "โหลดส่วนนี้ของ Sala ไม่สำเร็จ ข้อความของคุณยังอยู่ ลองใหม่หรือโหลดหน้านี้อีกครั้ง", "Salaのこの部分を読み込めませんでした。入力内容は残っています。再試行するか、ページを再読み込みしてください。", "無法載入 Sala 的這個部分。您輸入的文字仍保留。請再試一次，或重新載入頁面。";
}
