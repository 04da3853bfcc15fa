//! What the page about connections says.

use crate::ui::words::texts;

texts! {
    lead: "Open consoles of this server, renewed every 5 seconds.", "หน้าจอที่เปิดอยู่บนเซิร์ฟเวอร์นี้ อัปเดตทุก 5 วินาที", "このサーバーに接続中の画面。5秒ごとに更新されます。", "目前連線到此伺服器的畫面，每 5 秒更新";
    open: "Open", "เปิดอยู่", "接続中", "連線中";
    rooms: "Chats", "แชท", "チャット", "對話";
    resumed: "Resumed in full", "กลับมาครบถ้วน", "欠けなく再開", "完整恢復";
    too_far: "Too far behind", "ตามไม่ทัน เริ่มใหม่", "遅れが大きく再取得", "落後過多，重新載入";
    anew: "Joined anew", "เข้าใหม่", "新規参加", "新加入";
    open_head: "Open now", "เปิดอยู่ตอนนี้", "現在の接続", "目前連線";
    ended_head: "Ended lately", "เพิ่งสิ้นสุด", "最近終了した接続", "最近結束的連線";
    nobody: "Nobody is connected to this server.", "ไม่มีใครเชื่อมต่อกับเซิร์ฟเวอร์นี้", "このサーバーに接続している人はいません。", "目前沒有人連線到此伺服器。";
    none_ended: "None has ended since this server started.", "ยังไม่มีการเชื่อมต่อใดสิ้นสุดตั้งแต่เซิร์ฟเวอร์เริ่มทำงาน", "サーバーの起動以降、終了した接続はありません。", "伺服器啟動後尚無連線結束。";
    operator: "Operator", "เจ้าหน้าที่", "オペレーター", "客服人員";
    state: "State", "สถานะ", "状態", "狀態";
    since: "Open for", "เปิดมาแล้ว", "接続時間", "連線時間";
    heard: "Last heard, ago", "ได้ยินล่าสุดเมื่อ", "最後の応答から", "距上次回應";
    queued: "Waiting events", "เหตุการณ์ที่รอส่ง", "送信待ちイベント", "待送事件";
    resumes: "Resumes", "กลับมาต่อ", "再開回数", "恢復次數";
    last_error: "Last error", "ข้อผิดพลาดล่าสุด", "最後のエラー", "最近的錯誤";
    ended: "Ended", "สิ้นสุดเมื่อ", "終了", "結束時間";
    lasted: "Lasted", "นาน", "接続時間", "持續時間";
    reason: "Reason", "เหตุผล", "理由", "原因";
    live: "Connected", "เชื่อมต่ออยู่", "接続中", "已連線";
    quiet: "Quiet", "เงียบอยู่", "応答待ち", "無回應";
    behind: "Falls behind", "รับไม่ทัน", "受信遅れ", "接收落後";
    closing: "Closing", "กำลังปิด", "切断中", "關閉中";
    left: "Left by itself", "ออกไปเอง", "端末側で終了", "自行離開";
    going_away: "Server restarted", "เซิร์ฟเวอร์เริ่มใหม่", "サーバーの再起動", "伺服器重新啟動";
    broken: "Broke the protocol", "ส่งข้อมูลผิดรูปแบบ", "不正な形式のデータ", "資料格式錯誤";
    refused: "Sent too much that is refused", "ส่งคำสั่งที่ถูกปฏิเสธมากเกินไป", "拒否された送信が多すぎます", "被拒絕的要求過多";
    too_large: "Frame too large", "ข้อมูลใหญ่เกินไป", "データが大きすぎます", "資料過大";
    not_authenticated: "Signed out", "ออกจากระบบแล้ว", "ログアウト", "已登出";
    disabled: "Operator disabled", "เจ้าหน้าที่ถูกปิดการใช้งาน", "オペレーターが停止中", "客服人員已停用";
    heartbeat: "Fell silent", "เงียบไปนานเกิน", "応答がなくなりました", "長時間無回應";
    too_slow: "Read too slowly", "รับข้อมูลช้าเกินไป", "受信が遅すぎます", "接收過慢";
}

impl Texts {
    /// Why a connection ended, by its close code.
    pub(super) fn reason_of(self, code: Option<u16>) -> &'static str {
        match code {
            Some(1001) => self.going_away(),
            Some(1002 | 1007) => self.broken(),
            Some(1008) => self.refused(),
            Some(1009) => self.too_large(),
            Some(4401) => self.not_authenticated(),
            Some(4403) => self.disabled(),
            Some(4408) => self.heartbeat(),
            Some(4429) => self.too_slow(),
            Some(_) | None => self.left(),
        }
    }
}
