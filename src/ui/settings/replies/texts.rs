//! What the page about automatic replies says.

use crate::ui::words::texts;

texts! {
    lead: "For all LINE accounts, unless one has its own", "สำหรับทุกบัญชี LINE เว้นแต่บัญชีที่กำหนดเอง", "個別に設定したアカウントを除き、すべてのLINE公式アカウントに適用されます", "適用於所有 LINE 官方帳號，另有設定者除外";
    account: "LINE account", "บัญชี LINE", "LINE公式アカウント", "LINE 官方帳號";
    all_accounts: "All accounts", "ทุกบัญชี", "すべてのアカウント", "所有帳號";
    own_texts: "own texts", "กำหนดเอง", "個別設定", "個別設定";
    not_own: "This account uses the texts of all accounts. What you save here is its own.", "บัญชีนี้ใช้ข้อความร่วมกับทุกบัญชี เมื่อบันทึกที่นี่จะเป็นข้อความเฉพาะบัญชีนี้", "このアカウントは共通のメッセージを使用しています。ここで保存すると、このアカウント専用になります。", "此帳號使用共用訊息；在此儲存後即為此帳號專用。";
    none_kept: "Nothing is saved yet. These texts are suggestions; change them as you like.", "ยังไม่ได้บันทึกข้อความใด ข้อความด้านล่างเป็นตัวอย่าง แก้ไขได้ตามต้องการ", "まだ保存されていません。下のメッセージは例です。自由に変更してください。", "尚未儲存任何訊息。以下為建議內容，可自行修改。";

    title: "Texts", "ข้อความ", "メッセージ", "訊息內容";
    title_hint: "In the customer’s language, otherwise the first that has a text", "ตามภาษาของลูกค้า หากไม่มีจะใช้ภาษาแรกที่มีข้อความ", "お客様の言語で送信し、ない場合は入力済みの最初の言語を使います", "依客戶的語言傳送；若無該語言，則使用第一個已填寫的語言";
    greeting: "Greeting message", "ข้อความทักทายเพื่อนใหม่", "あいさつメッセージ", "加入好友的歡迎訊息";
    greeting_hint: "When someone adds the account or unblocks it, once a day at most", "เมื่อมีคนเพิ่มเพื่อนหรือเลิกบล็อก ไม่เกินวันละครั้ง", "友だち追加またはブロック解除のとき、1日1回まで", "有人加入好友或解除封鎖時，每天最多一次";
    away: "Away message", "ข้อความนอกเวลาทำการ", "営業時間外メッセージ", "非營業時間訊息";
    away_hint: "Outside business hours, once in 4 hours per chat", "นอกเวลาทำการ แชทละครั้งในทุก 4 ชั่วโมง", "営業時間外に、チャットごとに4時間に1回", "非營業時間，每則對話 4 小時一次";
    away_more: "Never while a bot answers or when the owner has answered within the hour.", "ไม่ส่งขณะบอทตอบอยู่ หรือเมื่อผู้ดูแลแชทเพิ่งตอบภายในหนึ่งชั่วโมง", "ボット対応中や、担当者が1時間以内に返信している場合は送信しません。", "機器人回覆期間，或負責人一小時內曾回覆時不會傳送。";
    handed_over: "Handed-over message", "ข้อความเมื่อส่งต่อให้เจ้าหน้าที่", "担当者への引き継ぎメッセージ", "轉接客服訊息";
    handed_over_hint: "When the bot hands a chat to your team, or an operator passes it on", "เมื่อบอทส่งต่อแชทให้ทีม หรือเจ้าหน้าที่โอนแชท", "ボットからチームへ、またはオペレーターがチャットを引き継ぐとき", "機器人轉接給團隊，或客服人員轉接對話時";
    handed_over_more: "A free reply is left to your team while somebody is online.", "เมื่อมีเจ้าหน้าที่ออนไลน์ จะเก็บการตอบฟรีไว้ให้ทีม", "オンラインの担当者がいる間、無料の返信枠は担当者のために残します。", "有客服人員在線時，免費回覆會保留給團隊使用。";
    closed: "Closing message", "ข้อความเมื่อปิดแชท", "対応終了メッセージ", "結束對話訊息";
    closed_hint: "When an operator closes the chat", "เมื่อเจ้าหน้าที่ปิดแชท", "オペレーターがチャットを対応済みにしたとき", "客服人員結束對話時";
    on_or_off(what): "{0}, on or off", "{0} เปิดหรือปิด", "{0}のオン・オフ", "{0}，開啟或關閉";
    spend: "Spend quota when no free reply is left", "ใช้โควตาเมื่อไม่มีการตอบฟรี", "無料の返信が使えないときは有料で送信する", "沒有免費回覆時使用付費額度";
    spend_hint: "Otherwise the text is skipped", "หากปิด ข้อความจะถูกข้าม", "オフの場合は送信しません", "關閉時將略過此訊息";
    empty: "Empty: the first language that has a text is sent", "ว่าง: จะส่งภาษาแรกที่มีข้อความ", "空欄の場合は、入力済みの最初の言語を送信します", "留空時傳送第一個已填寫的語言";
    foot: "Applies to what happens after saving. What stands here is what is sent.", "มีผลกับสิ่งที่เกิดขึ้นหลังบันทึก ข้อความที่เห็นคือข้อความที่ส่งจริง", "保存後の出来事から適用されます。ここにある文面がそのまま送信されます。", "儲存後發生的事件才適用，實際傳送的就是此處內容。";
    missing: "Write a text in one language at least, or switch it off.", "ใส่ข้อความอย่างน้อยหนึ่งภาษา หรือปิดการใช้งาน", "1つ以上の言語で入力するか、オフにしてください。", "請至少填寫一種語言，或將其關閉。";
    too_long: "At most 5,000 characters; emoji count as two.", "ไม่เกิน 5,000 ตัวอักษร อีโมจินับเป็นสอง", "5,000文字以内で入力してください。絵文字は2文字と数えます。", "最多 5,000 字，表情符號算兩字。";
    saved: "Saved. This applies to what happens from now on.", "บันทึกแล้ว มีผลกับสิ่งที่เกิดขึ้นนับจากนี้", "保存しました。今後の出来事から適用されます。", "已儲存，適用於之後發生的事件。";
    keywords: "Keywords that hand over to a person", "คีย์เวิร์ดที่ส่งต่อให้เจ้าหน้าที่", "担当者に引き継ぐキーワード", "轉接真人客服的關鍵字";
    keywords_when: "While the bot answers; for all LINE accounts", "ขณะบอทตอบอยู่ สำหรับทุกบัญชี LINE", "ボット対応中、すべてのLINE公式アカウントで有効です", "機器人回覆期間，適用於所有 LINE 官方帳號";
    keywords_hint: "Separated by commas. Whole words only: “admin” is not found in “administration”. In Thai, Japanese and Chinese: the whole message or its beginning.", "คั่นด้วยจุลภาค ตรงทั้งคำเท่านั้น: “admin” ไม่ตรงกับ “administration” ภาษาไทย ญี่ปุ่น และจีน: ทั้งข้อความหรือขึ้นต้นข้อความ", "コンマで区切ります。単語全体が一致した場合のみ有効です（「admin」は「administration」に一致しません）。タイ語・日本語・中国語は、メッセージ全体または先頭が一致した場合に有効です。", "以逗號分隔，須整個單字相符（「admin」不符合「administration」）。泰文、日文與中文須為整則訊息或位於開頭。";
    keywords_long: "At most 50 keywords of 50 characters.", "ไม่เกิน 50 คีย์เวิร์ด คำละไม่เกิน 50 ตัวอักษร", "50文字以内のキーワードを50個まで入力できます。", "最多 50 個關鍵字，每個最多 50 字。";
    keywords_unseen: "A keyword is a word of letters or digits.", "คีย์เวิร์ดต้องเป็นคำที่มีตัวอักษรหรือตัวเลข", "キーワードは文字または数字で入力してください。", "關鍵字須包含文字或數字。";
    keywords_saved: "Saved. These words hand over from now on.", "บันทึกแล้ว คำเหล่านี้มีผลนับจากนี้", "保存しました。今後はこのキーワードで引き継ぎます。", "已儲存，之後將依這些關鍵字轉接。";
    drop: "Use the texts of all accounts", "ใช้ข้อความร่วมกับทุกบัญชี", "共通のメッセージに戻す", "改用共用訊息";
    drop_hint: "The texts of this account are removed.", "ข้อความเฉพาะบัญชีนี้จะถูกลบ", "このアカウント専用のメッセージは削除されます。", "此帳號專用的訊息將被移除。";
    dropped: "This account uses the texts of all accounts again.", "บัญชีนี้กลับมาใช้ข้อความร่วมกับทุกบัญชีแล้ว", "このアカウントは共通のメッセージに戻りました。", "此帳號已改用共用訊息。";
}
