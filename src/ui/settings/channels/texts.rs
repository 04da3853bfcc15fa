//! What the page about LINE accounts says.

use crate::ui::words::texts;

texts! {
    lead: "What messages cost, and what customers see of your team.", "โควตาข้อความ และสิ่งที่ลูกค้าเห็นจากทีมของคุณ", "メッセージの通数と、お客様に表示される内容", "訊息用量，以及客戶看得到的資訊";
    none: "No LINE account is connected.", "ยังไม่ได้เชื่อมต่อบัญชี LINE", "LINE公式アカウントが接続されていません。", "尚未連結 LINE 官方帳號。";
    not_known: "LINE has not told the quota yet. Sala asks every 5 minutes.", "LINE ยังไม่ได้แจ้งโควตา ระบบถามทุก 5 นาที", "LINEからまだ通数を取得できていません。5分ごとに確認します。", "尚未從 LINE 取得額度，系統每 5 分鐘查詢一次。";
    answers: "Answers", "การตอบ", "返信", "回覆";
    show_sender: "Show the sender", "แสดงชื่อผู้ตอบ", "送信者を表示", "顯示傳送者";
    show_sender_hint: "The operator’s name and picture on each message in LINE. A name with “LINE” in it is left out, since LINE refuses it.", "แสดงชื่อและรูปเจ้าหน้าที่บนทุกข้อความใน LINE ชื่อที่มีคำว่า “LINE” จะไม่แสดง เพราะ LINE ไม่อนุญาต", "LINEの各メッセージに担当者の名前と写真を表示します。「LINE」を含む名前は使用できないため表示されません。", "在 LINE 的每則訊息顯示客服人員名稱與照片。含有「LINE」的名稱不被允許，因此不會顯示。";
    mark_as_read: "Mark as read", "แสดงว่าอ่านแล้ว", "既読を付ける", "標示已讀";
    mark_as_read_hint: "When the owner of the chat has read to its end. Needs “Chat” to be on at LINE.", "เมื่อผู้ดูแลแชทอ่านถึงข้อความล่าสุด ต้องเปิด “แชท” ใน LINE", "担当者が最新のメッセージまで読んだとき。LINE側で「チャット」をオンにする必要があります。", "負責人讀到最新訊息時標示。LINE 需開啟「聊天」。";
    marked_by_line: "LINE marks messages as read by itself, since “Chat” is off there.", "LINE แสดงว่าอ่านแล้วเอง เพราะปิด “แชท” อยู่", "LINE側の「チャット」がオフのため、既読はLINEが自動で付けます。", "LINE 的「聊天」已關閉，因此由 LINE 自動標示已讀。";
    saved: "Saved. It holds for the next messages.", "บันทึกแล้ว มีผลกับข้อความถัดไป", "保存しました。次のメッセージから反映されます。", "已儲存，將套用於之後的訊息。";
}
