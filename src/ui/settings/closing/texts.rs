//! What the page about closing says.

use crate::ui::words::texts;

texts! {
    lead: "For chats that somebody has and in which nobody writes any more", "สำหรับแชทที่มีผู้ดูแลแล้วและไม่มีใครเขียนต่อ", "担当者がいて、やり取りが止まっているチャットが対象です", "適用於已有負責人且不再有訊息的對話";
    title: "Close automatically", "ปิดแชทอัตโนมัติ", "自動で対応済みにする", "自動結束對話";
    on: "Close when silent", "ปิดเมื่อไม่มีข้อความ", "やり取りがなければ対応済みにする", "無訊息時結束";
    on_hint: "Counts from the last message of either side", "นับจากข้อความล่าสุดของฝ่ายใดฝ่ายหนึ่ง", "どちらかの最後のメッセージから数えます", "從任一方的最後一則訊息起算";
    after: "After", "หลังจาก", "経過時間", "經過時間";
    after_hint: "1440 min are a day", "1440 นาทีคือหนึ่งวัน", "1440分で1日です", "1440 分鐘為一天";
    after_wrong: "Fill in minutes: 1 at least, 527040 at most.", "ใส่จำนวนนาที อย่างน้อย 1 ไม่เกิน 527040", "1～527040の分数を入力してください。", "請填寫分鐘數，1 至 527040。";
    only_if_answered: "Only when we wrote last", "เฉพาะเมื่อเราเป็นฝ่ายเขียนล่าสุด", "こちらが最後に送信した場合のみ", "僅限我方最後發言時";
    only_hint: "Otherwise chats in which the customer wrote last are closed, too; those in the queue never are", "หากปิด แชทที่ลูกค้าเขียนล่าสุดจะถูกปิดด้วย แชทในคิวจะไม่ถูกปิด", "オフの場合は、お客様が最後に送信したチャットも対象です。未対応のチャットは対象外です", "關閉時，客戶最後發言的對話也會結束；待處理的對話不受影響";
    warn: "Say so first", "แจ้งลูกค้าก่อน", "事前にお客様へ知らせる", "事先通知客戶";
    warn_hint: "With a free reply only. Otherwise it closes without a message", "เฉพาะเมื่อตอบได้ฟรี มิฉะนั้นจะปิดโดยไม่ส่งข้อความ", "無料で返信できる場合のみ。できない場合は送信せずに対応済みにします", "僅在有免費回覆時傳送，否則直接結束";
    warn_missing: "Write a text in one language at least, or switch it off.", "ใส่ข้อความอย่างน้อยหนึ่งภาษา หรือปิดการใช้งาน", "1つ以上の言語で入力するか、オフにしてください。", "請至少填寫一種語言，或將其關閉。";
    before: "Before the close", "ก่อนปิดแชท", "送信のタイミング", "結束前";
    before_hint: "Never while the customer waits for us", "ไม่ส่งขณะลูกค้ารอเราอยู่", "対応済みになる何分前か。お客様が返信をお待ちの間は送信しません", "客戶等候我們時不會傳送";
    before_wrong: "Fill in minutes: 1 at least, and fewer than until the close.", "ใส่จำนวนนาที อย่างน้อย 1 และน้อยกว่าเวลาที่จะปิด", "1以上で、対応済みになるまでの分数より小さい値を入力してください。", "請填寫分鐘數，至少 1，且須少於結束前的時間。";
    warn_texts: "Text", "ข้อความ", "文面", "內容";
    warn_texts_hint: "In the customer’s language, otherwise the first that has a text", "ตามภาษาของลูกค้า หากไม่มีจะใช้ภาษาแรกที่มีข้อความ", "お客様の言語で送信し、ない場合は入力済みの最初の言語を使います", "依客戶的語言傳送；若無該語言，則使用第一個已填寫的語言";
    saved: "Saved. This holds from now on.", "บันทึกแล้ว มีผลนับจากนี้", "保存しました。今後はこの設定に従います。", "已儲存，即刻生效。";
}
