//! What alerts say: the console's script, and the service worker when no console is open.

use crate::ui::words::texts;

texts! {
    waiting_title(name): "{0} is waiting", "{0} กำลังรออยู่", "{0}さんがお待ちです", "{0} 正在等候";
    waiting_text: "New chat on LINE", "แชทใหม่ทาง LINE", "LINEの新着チャット", "LINE 新對話";
    mine_title(name): "{0}", "{0}", "{0}さん", "{0}";
    mine_text: "New message in your chat", "ข้อความใหม่ในแชทของคุณ", "担当チャットの新着メッセージ", "您的對話有新訊息";
    mention_title(name): "{0} mentioned you in a note", "{0} กล่าวถึงคุณในโน้ต", "{0}さんからメモでメンションされました", "{0} 在備註中提及您";
    mention_text: "Internal note", "โน้ตภายใน", "社内メモ", "內部備註";
    late_title(name): "{0} has waited longer than your target", "{0} รอเกินเป้าหมายแล้ว", "{0}さんの待ち時間が目標を超えました", "{0} 的等候時間已超過目標";
    late_text: "Nobody has answered in time", "ยังไม่มีใครตอบภายในเวลา", "時間内に返信がありません", "未在時限內回覆";
    overdue_title(name): "{0} is not done in time", "เคสของ {0} เกินเป้าหมายแล้ว", "{0}さんの対応が目標時間を超えました", "{0} 的案件已超過目標時間";
    overdue_text: "The chat is still open", "แชทยังไม่ปิด", "まだ対応済みになっていません", "對話尚未結束";
    test_title: "Sala reaches this device", "Sala แจ้งเตือนเครื่องนี้ได้", "この端末に通知が届きます", "此裝置收得到 Sala 的推播";
    test_text: "This is a test that you asked for.", "นี่คือการทดสอบที่คุณขอ", "ご依頼のテスト送信です。", "這是您要求的測試推播。";
    other_title: "Sala", "Sala", "Sala", "Sala";
    other_text: "Something new in the inbox", "มีความเคลื่อนไหวใหม่ในกล่องแชท", "受信トレイに新着があります", "收件匣有新動態";
    enable_sound: "Click to enable sound", "คลิกเพื่อเปิดเสียง", "クリックで通知音をオン", "點選以開啟音效";
    renewed: "Sala has been updated.", "Sala อัปเดตแล้ว", "Salaが更新されました。", "Sala 已更新。";
    reload: "Reload", "โหลดใหม่", "再読み込み", "重新載入";
    offline_title: "Offline", "ออฟไลน์", "オフライン", "離線";
    offline_text: "Sala cannot be reached. What you wrote is kept in this browser and goes out when you are back.", "เชื่อมต่อ Sala ไม่ได้ สิ่งที่คุณพิมพ์ไว้ยังอยู่ในเบราว์เซอร์นี้ และจะส่งเมื่อกลับมาออนไลน์", "Salaに接続できません。入力した内容はこのブラウザーに残っており、復帰後に送信されます。", "無法連線到 Sala。您輸入的內容保留在此瀏覽器中，恢復連線後會送出。";
    offline_again: "Try again", "ลองใหม่", "再試行", "再試一次";
}
