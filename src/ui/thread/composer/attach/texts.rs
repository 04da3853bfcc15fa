//! What the button says.

use crate::ui::words::texts;

texts! {
    attach_file: "Attach a file", "แนบไฟล์", "ファイルを添付", "附加檔案";
    attach_photos: "Photos and videos", "รูปภาพและวิดีโอ", "写真と動画", "照片與影片";
    missing: "Sending files could not be loaded. Your text is kept. Try again, or reload the page.", "โหลดส่วนที่ใช้ส่งไฟล์ไม่สำเร็จ ข้อความของคุณยังอยู่ ลองใหม่หรือโหลดหน้านี้อีกครั้ง", "ファイル送信の機能を読み込めませんでした。入力内容は残っています。再試行するか、ページを再読み込みしてください。", "無法載入傳送檔案的功能。您輸入的文字仍保留。請再試一次，或重新載入頁面。";
}
