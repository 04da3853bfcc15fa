//! What the page about the satisfaction survey says.

use crate::ui::words::texts;

texts! {
    lead: "A question with five buttons, after the chat", "คำถามพร้อมปุ่มห้าระดับ หลังจบแชท", "対応終了後に、5段階のボタンで満足度を伺います", "對話結束後，以五個按鈕詢問滿意度";
    title: "Survey", "แบบประเมิน", "アンケート", "問卷";
    none_kept: "Nothing is saved yet. The questions are suggestions; change them as you like.", "ยังไม่ได้บันทึก คำถามด้านล่างเป็นตัวอย่าง แก้ไขได้ตามต้องการ", "まだ保存されていません。質問文は例です。自由に変更してください。", "尚未儲存。問題為建議內容，可自行修改。";
    on: "Ask after the close", "ถามหลังปิดแชท", "対応終了後に質問する", "對話結束後詢問";
    on_hint: "Only after a close by an operator who had answered, once a day per customer; never in groups", "เฉพาะแชทที่เจ้าหน้าที่ตอบแล้วและเป็นผู้ปิด ลูกค้าละครั้งต่อวัน ไม่ถามในกลุ่ม", "返信したオペレーターが対応済みにした場合のみ。お客様ごとに1日1回。グループでは質問しません", "僅在客服人員回覆並結束對話後；每位客戶每天一次，群組不詢問";
    wait: "Wait", "รอ", "待ち時間", "等待";
    wait_hint: "After the close; 1440 at most", "หลังปิดแชท ไม่เกิน 1440", "対応終了から。最大1440", "結束後，最多 1440";
    wait_wrong: "Fill in minutes: 1440 at most.", "ใส่จำนวนนาที ไม่เกิน 1440", "1440以下の分数を入力してください。", "請填寫分鐘數，最多 1440。";
    spend: "Spend quota when no free reply is left", "ใช้โควตาเมื่อไม่มีการตอบฟรี", "無料の返信が使えないときは有料で送信する", "沒有免費回覆時使用付費額度";
    spend_hint: "Otherwise the question is skipped; a free reply lasts about a minute after the customer’s last message", "หากปิด คำถามจะถูกข้าม การตอบฟรีใช้ได้ราวหนึ่งนาทีหลังข้อความล่าสุดของลูกค้า", "オフの場合は質問しません。無料で返信できるのは、お客様の最後のメッセージから約1分間です", "關閉時將略過問題；免費回覆約在客戶最後一則訊息後一分鐘內有效";
    question: "Question", "คำถาม", "質問", "問題";
    question_hint: "Five buttons follow. Then one comment, if the customer wishes.", "ตามด้วยปุ่มห้าระดับ และความคิดเห็นหนึ่งข้อความหากลูกค้าต้องการ", "5段階のボタンが続き、ご希望に応じて1件のご意見を受け付けます。", "後附五個按鈕，客戶可再留一則意見。";
    question_missing: "Write the question in one language at least, or switch it off.", "ใส่คำถามอย่างน้อยหนึ่งภาษา หรือปิดการใช้งาน", "1つ以上の言語で質問を入力するか、オフにしてください。", "請至少以一種語言填寫問題，或將其關閉。";
    question_long: "At most 400 characters; emoji count as two.", "ไม่เกิน 400 ตัวอักษร อีโมจินับเป็นสอง", "400文字以内で入力してください。絵文字は2文字と数えます。", "最多 400 字，表情符號算兩字。";
    foot: "Answers are taken for 7 days, from that chat only.", "รับคำตอบภายใน 7 วันจากแชทนั้นเท่านั้น", "回答は7日間、そのチャットからのみ有効です。", "7 天內僅接受該對話的回覆。";
    saved: "Saved. This applies to chats that are closed from now on.", "บันทึกแล้ว มีผลกับแชทที่ปิดนับจากนี้", "保存しました。今後対応済みになるチャットから適用されます。", "已儲存，適用於之後結束的對話。";
}
