//! The page's texts.

use crate::ui::words::texts;

texts! {
    title: "Connections", "การเชื่อมต่อ", "接続状況", "連線";
    lead: "Open consoles of this server, renewed every 5 seconds.", "คอนโซลที่เปิดอยู่บนเซิร์ฟเวอร์นี้ อัปเดตทุก 5 วินาที", "このサーバーに接続中の画面です。5秒ごとに更新されます。", "此伺服器上開啟中的操作畫面，每 5 秒更新一次。";
    forbidden: "Only administrators see this", "เห็นเฉพาะผู้ดูแลระบบ", "管理者のみ表示できます", "僅管理員可檢視";
    forbidden_text: "An administrator can look at the connections for you.", "ผู้ดูแลระบบดูการเชื่อมต่อแทนคุณได้", "接続状況の確認は管理者に依頼してください。", "如需查看連線，請聯絡管理員。";
    open: "Open", "เปิดอยู่", "接続中", "連線中";
    rooms: "Chats", "แชท", "チャット", "對話";
    resumed: "Resumed in full", "กลับมาครบถ้วน", "完全に再開", "完整恢復";
    too_far: "Too far behind", "ตามไม่ทัน เริ่มใหม่", "遅れが大きく再取得", "落後過多";
    anew: "Joined anew", "เข้าใหม่", "新規接続", "重新加入";
    open_head: "Open now", "เปิดอยู่ตอนนี้", "現在の接続", "目前連線";
    ended_head: "Ended lately", "เพิ่งสิ้นสุด", "最近終了した接続", "最近結束的連線";
    nobody: "Nobody is connected to this server", "ไม่มีใครเชื่อมต่อกับเซิร์ฟเวอร์นี้", "このサーバーには誰も接続していません", "目前沒有人連線到此伺服器";
    none_ended: "None has ended since this server started", "ยังไม่มีการเชื่อมต่อใดสิ้นสุดตั้งแต่เซิร์ฟเวอร์เริ่มทำงาน", "サーバーの起動後、終了した接続はありません", "伺服器啟動後尚無連線結束";
    operator: "Operator", "เจ้าหน้าที่", "オペレーター", "客服人員";
    state: "State", "สถานะ", "状態", "狀態";
    since: "Open for", "เปิดมาแล้ว", "接続時間", "已連線";
    heard: "Last heard, ago", "ได้ยินล่าสุดเมื่อ", "最終受信からの時間", "距上次回應";
    queued: "Waiting events", "เหตุการณ์ที่รอส่ง", "送信待ちのイベント", "待傳送事件";
    resumes: "Resumes", "กลับมาต่อ", "再開回数", "恢復次數";
    last_error: "Last error", "ข้อผิดพลาดล่าสุด", "直近のエラー", "最近的錯誤";
    ended: "Ended", "สิ้นสุดเมื่อ", "終了", "結束時間";
    lasted: "Lasted", "นาน", "継続時間", "持續時間";
    reason: "Reason", "เหตุผล", "理由", "原因";
    live: "Connected", "เชื่อมต่ออยู่", "接続中", "已連線";
    quiet: "Quiet", "เงียบอยู่", "応答なし", "無回應";
    behind: "Falls behind", "รับไม่ทัน", "遅延中", "落後";
    closing: "Closing", "กำลังปิด", "終了中", "關閉中";
    left: "Left by itself", "ออกไปเอง", "利用者が終了", "自行離開";
    going_away: "Server restarted", "เซิร์ฟเวอร์เริ่มใหม่", "サーバーの再起動", "伺服器重新啟動";
    broken: "Broke the protocol", "ส่งข้อมูลผิดรูปแบบ", "通信形式の誤り", "通訊格式錯誤";
    refused: "Sent too much that is refused", "ส่งคำสั่งที่ถูกปฏิเสธมากเกินไป", "拒否された操作が多すぎます", "遭拒絕的操作過多";
    too_large: "Frame too large", "ข้อมูลใหญ่เกินไป", "データが大きすぎます", "資料過大";
    not_authenticated: "Signed out", "ออกจากระบบแล้ว", "ログアウト", "已登出";
    disabled: "Operator disabled", "เจ้าหน้าที่ถูกปิดการใช้งาน", "オペレーターを停止", "客服人員已停用";
    heartbeat: "Fell silent", "เงียบไปนานเกิน", "応答が途絶えた", "失去回應";
    too_slow: "Read too slowly", "รับข้อมูลช้าเกินไป", "受信が遅すぎる", "接收過慢";
}

/// Why a connection ended, by its close code.
pub(super) fn reason_of(texts: Texts, code: Option<u16>) -> &'static str {
    match code {
        Some(1001) => texts.going_away(),
        Some(1002 | 1007) => texts.broken(),
        Some(1008) => texts.refused(),
        Some(1009) => texts.too_large(),
        Some(4401) => texts.not_authenticated(),
        Some(4403) => texts.disabled(),
        Some(4408) => texts.heartbeat(),
        Some(4429) => texts.too_slow(),
        Some(_) | None => texts.left(),
    }
}
