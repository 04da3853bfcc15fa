//! What whole pages say that can say only one thing.

use crate::ui::words::texts;

texts! {
    operator: "Operator", "เจ้าหน้าที่", "オペレーター", "客服人員";
    supervisor: "Supervisor", "หัวหน้าทีม", "スーパーバイザー", "主管";
    administrator: "Administrator", "ผู้ดูแลระบบ", "管理者", "管理員";
    not_found: "There is nothing at this address", "ไม่พบหน้านี้", "このページは見つかりません", "找不到此頁面";
    not_found_why: "The link may be old, or a letter is missing.", "ลิงก์อาจเก่าหรือพิมพ์ไม่ครบ", "リンクが古いか、アドレスが間違っている可能性があります。", "連結可能已失效，或網址輸入有誤。";
    admins_only: "Only administrators see this", "เห็นเฉพาะผู้ดูแลระบบ", "管理者のみ表示できます", "僅管理員可檢視";
    supervisors_only: "Only supervisors and administrators see this", "เห็นเฉพาะหัวหน้าทีมและผู้ดูแลระบบ", "スーパーバイザーと管理者のみ表示できます", "僅主管與管理員可檢視";
    ask_admin: "An administrator can change it for you.", "ผู้ดูแลระบบเปลี่ยนให้คุณได้", "変更は管理者に依頼してください。", "如需變更，請聯絡管理員。";
    failed: "Sala could not do that", "Sala ทำรายการนี้ไม่ได้", "Salaで処理できませんでした", "Sala 無法完成此操作";
    failed_why: "The fault is ours and is in the log. What you have sent is safe, and your drafts are on this device.", "ปัญหาอยู่ที่ Sala และบันทึกไว้แล้ว สิ่งที่ส่งไปแล้วปลอดภัย และฉบับร่างยังอยู่ในเครื่องนี้", "Sala側の問題で、記録されています。送信済みの内容は失われません。下書きはこの端末に残っています。", "問題出在 Sala，已寫入紀錄。您已傳送的內容不會遺失，草稿仍保留在此裝置。";
}
