//! What the page about one's own account says about alerts.

use crate::ui::words::texts;

texts! {
    notifications: "Notifications", "การแจ้งเตือน", "通知", "通知";
    same_everywhere: "The same on all your devices", "เหมือนกันทุกอุปกรณ์ของคุณ", "すべての端末に共通", "所有裝置共用";
    waiting: "A new chat waits", "มีแชทใหม่รอรับ", "新しい未対応チャット", "有新的待處理對話";
    waiting_hint: "In the accounts that you see", "ในบัญชีที่คุณเห็น", "閲覧できるアカウントが対象", "限您可檢視的帳號";
    repeat_waiting: "Repeat until claimed", "เตือนซ้ำจนกว่าจะมีคนรับ", "対応されるまで繰り返す", "重複提醒直到有人接手";
    repeat_waiting_hint: "Every 30 s", "ทุก 30 วินาที", "30秒ごと", "每 30 秒一次";
    mine: "A message in my chats", "ข้อความในแชทของฉัน", "自分のチャットへのメッセージ", "我的對話有新訊息";
    mine_hint: "Soft, never for your own messages", "เสียงเบา ไม่เตือนข้อความของคุณเอง", "控えめな音。自分の送信では鳴りません", "音量較輕，自己傳的訊息不提醒";
    mentions: "Someone mentions me", "มีคนกล่าวถึงฉัน", "自分へのメンション", "有人提及我";
    mentions_hint: "With @ in an internal note", "ด้วย @ ในโน้ตภายใน", "社内メモの@メンション", "在內部備註中以 @ 提及";
    push_preview: "Show the text in notifications", "แสดงข้อความในการแจ้งเตือน", "通知に本文を表示", "在通知中顯示內容";
    push_preview_hint: "Otherwise only the customer’s name", "ถ้าปิด จะเห็นเฉพาะชื่อลูกค้า", "オフの場合はお客様の名前だけ表示します", "關閉時只顯示客戶名稱";
    sound: "Sound", "เสียง", "通知音", "音效";
    bell: "Bell", "กระดิ่ง", "ベル", "鈴聲";
    bamboo: "Bamboo", "ไม้ไผ่", "竹", "竹音";
    drop: "Drop", "หยดน้ำ", "しずく", "水滴";
    play: "Play a test", "ทดสอบเสียง", "試し再生", "試聽";
    volume: "Volume", "ระดับเสียง", "音量", "音量";
    quiet: "Quiet hours", "ช่วงปิดเสียง", "通知しない時間帯", "勿擾時段";
    quiet_hint: "No sound and no push. Chats wait as usual.", "ไม่มีเสียงและไม่มีการแจ้งเตือน แชทยังรอตามปกติ", "音もプッシュ通知も止まります。チャットは通常どおり待機します。", "不響鈴也不推播，對話照常等候";
    quiet_same: "Quiet hours begin and end at the same time. Choose two different times.", "ช่วงปิดเสียงเริ่มและสิ้นสุดเวลาเดียวกัน โปรดเลือกเวลาที่ต่างกัน", "開始と終了が同じ時刻です。別の時刻を選んでください。", "勿擾時段的開始與結束時間相同，請選擇不同的時間。";
    from: "From", "ตั้งแต่", "開始", "開始";
    until: "Until", "ถึง", "終了", "結束";
    to: "to", "ถึง", "～", "至";
    saved: "Saved. Applies on all your devices from now on.", "บันทึกแล้ว มีผลกับทุกอุปกรณ์ของคุณนับจากนี้", "保存しました。すべての端末に適用されます。", "已儲存，所有裝置立即套用。";
}
