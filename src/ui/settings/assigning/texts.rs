//! What the page about assignment and targets says.

use crate::ui::words::texts;

texts! {
    lead: "For the chats of all LINE accounts", "สำหรับแชทของทุกบัญชี LINE", "すべてのLINE公式アカウントのチャットが対象です", "適用於所有 LINE 官方帳號的對話";
    assignment: "Assignment", "การมอบหมาย", "割り当て", "指派";
    mode: "New chats", "แชทใหม่", "新しいチャット", "新對話";
    manual: "By hand", "เลือกเอง", "手動", "手動";
    manual_hint: "Everyone sees them. The first to claim has the chat", "ทุกคนเห็น ผู้ที่รับแชทก่อนเป็นผู้ดูแล", "全員に表示され、最初に対応した人が担当します", "所有人都看得到，先接手者負責";
    round_robin: "In turn", "เวียนตามลำดับ", "順番", "輪流";
    round_robin_hint: "To each operator who is online, one after another", "มอบให้เจ้าหน้าที่ที่ออนไลน์ทีละคน", "オンラインのオペレーターに順に割り当てます", "依序指派給線上的客服人員";
    least_busy: "To whoever has fewest", "คนที่มีแชทน้อยที่สุด", "対応中が最も少ない人", "對話最少者優先";
    least_busy_hint: "Of the operators who are online", "ในบรรดาเจ้าหน้าที่ที่ออนไลน์", "オンラインのオペレーターの中から選びます", "從線上的客服人員中選擇";
    capacity: "At most", "จำนวนแชทพร้อมกันสูงสุด", "同時対応数の上限", "同時處理上限";
    capacity_hint: "For each operator, unless set with the person. More can be claimed by hand", "ต่อคน เว้นแต่กำหนดไว้เฉพาะคน รับเองเพิ่มได้", "1人あたり。個別に設定した人を除きます。手動ではさらに対応できます", "每位客服，另有個別設定者除外；仍可手動接手更多";
    capacity_wrong: "Fill in a number: 1 at least, 1000 at most.", "ใส่จำนวน อย่างน้อย 1 ไม่เกิน 1000", "1～1000の数を入力してください。", "請填寫 1 至 1000 的數字。";
    sticky_days: "Same operator as last time", "เจ้าหน้าที่คนเดิม", "前回と同じ担当者", "與上次相同的客服";
    sticky_days_hint: "When online and with room. Empty: never", "เมื่อออนไลน์และยังรับแชทได้ เว้นว่างหากไม่ใช้", "オンラインで余裕がある場合。空欄なら使いません", "須在線上且仍有餘裕；留空表示不使用";
    days_wrong: "Fill in days: 1 at least, 366 at most.", "ใส่จำนวนวัน อย่างน้อย 1 ไม่เกิน 366", "1～366の日数を入力してください。", "請填寫天數，1 至 366。";
    reassign: "Back to the queue", "กลับเข้าคิว", "未対応に戻す", "退回待處理";
    reassign_hint: "Unanswered chats of someone who went offline. Empty: never", "แชทที่ยังไม่ได้ตอบของผู้ที่ออฟไลน์ เว้นว่างหากไม่ใช้", "オフラインになった人の未返信チャット。空欄なら戻しません", "離線者未回覆的對話；留空表示不退回";
    assignment_saved: "Saved. Waiting chats are assigned by it at once.", "บันทึกแล้ว แชทที่รออยู่จะถูกมอบหมายทันที", "保存しました。お待ちのチャットにもすぐに適用します。", "已儲存，等候中的對話會立即套用。";
    targets: "Targets", "เป้าหมาย", "目標時間", "目標";
    first_response: "First response", "ตอบครั้งแรก", "初回応答", "首次回應";
    first_response_hint: "From the opening to the first answer by a person. Empty: no target", "นับจากเริ่มเคสจนเจ้าหน้าที่ตอบครั้งแรก เว้นว่างหากไม่มีเป้าหมาย", "受付からオペレーターの最初の返信まで。空欄なら目標なし", "從案件開始到客服首次回覆；留空表示不設目標";
    next_response: "Next response", "ตอบครั้งถัดไป", "次の応答", "後續回應";
    next_response_hint: "From the customer’s first unanswered message. Empty: no target", "นับจากข้อความแรกของลูกค้าที่ยังไม่ได้ตอบ เว้นว่างหากไม่มีเป้าหมาย", "お客様の最初の未返信メッセージから。空欄なら目標なし", "從客戶第一則未回覆的訊息起算；留空表示不設目標";
    resolution: "Resolution", "ปิดเคส", "対応完了", "結案";
    resolution_hint: "Until an operator closes the chat. Empty: no target", "นับจนเจ้าหน้าที่ปิดแชท เว้นว่างหากไม่มีเป้าหมาย", "オペレーターが対応済みにするまで。空欄なら目標なし", "直到客服結束對話；留空表示不設目標";
    within_hours: "Only open hours count", "นับเฉพาะเวลาทำการ", "営業時間のみ数える", "僅計入營業時間";
    within_hours_hint: "Clocks stand still while closed. While a chat is snoozed they always do", "เวลาหยุดเดินนอกเวลาทำการ และหยุดเดินเสมอเมื่อพักแชทไว้", "営業時間外は時計が止まります。スヌーズ中は常に止まります", "非營業時間會暫停計時；對話延後期間一律暫停";
    minutes_wrong: "Fill in whole minutes: 1 at least, 527040 at most.", "ใส่จำนวนนาทีเต็ม อย่างน้อย 1 ไม่เกิน 527040", "1～527040の整数（分）を入力してください。", "請填寫整數分鐘，1 至 527040。";
    targets_foot: "Amber at 75%, red past it. Supervisors are told once.", "เป็นสีเหลืองเมื่อถึง 75% และสีแดงเมื่อเกินกำหนด แจ้งหัวหน้างานหนึ่งครั้ง", "75%で黄色、超えると赤になります。管理者には1回だけ通知します。", "達 75% 顯示黃色，超過則為紅色；只通知主管一次。";
    targets_saved: "Saved. Open chats are reckoned anew.", "บันทึกแล้ว คำนวณแชทที่เปิดอยู่ใหม่", "保存しました。対応中のチャットも計算し直します。", "已儲存，進行中的對話會重新計算。";
}
