//! What the page about operators says.

use crate::ui::words::texts;

texts! {
    online_of(online, all): "{0} of {1} online", "ออนไลน์ {0} จาก {1} คน", "{1}名中{0}名がオンライン", "線上 {0} 人，共 {1} 人";
    team: "Team", "ทีม", "チーム", "團隊";
    only_admins: "Administrators invite, change and disable operators", "ผู้ดูแลระบบเป็นผู้เชิญ แก้ไข และปิดการใช้งานเจ้าหน้าที่", "招待・変更・停止は管理者が行います", "由管理員邀請、變更與停用客服人員";
    name: "Name", "ชื่อ", "名前", "名稱";
    name_hint: "As customers and colleagues read it, up to 20 characters", "ชื่อที่ลูกค้าและเพื่อนร่วมทีมเห็น ไม่เกิน 20 ตัวอักษร", "お客様とチームに表示されます。20文字まで", "客戶與同事看到的名稱，最多 20 個字";
    name_too_long: "LINE shows names of up to 20 characters. Shorten it.", "LINE แสดงชื่อได้ไม่เกิน 20 ตัวอักษร โปรดทำให้สั้นลง", "LINEに表示できる名前は20文字までです。短くしてください。", "LINE 顯示的名稱最多 20 個字，請縮短。";
    email: "E-mail", "อีเมล", "メールアドレス", "電子郵件";
    no_address: "This is not an e-mail address. Check what you typed.", "รูปแบบอีเมลไม่ถูกต้อง ตรวจสอบสิ่งที่พิมพ์", "メールアドレスの形式が正しくありません。入力内容を確認してください。", "電子郵件格式不正確，請檢查輸入內容。";
    address_taken: "An operator signs in with this address already. Look in the team above.", "มีเจ้าหน้าที่ใช้อีเมลนี้อยู่แล้ว ตรวจสอบในรายชื่อทีมด้านบน", "このメールアドレスのオペレーターはすでにいます。上のチームの一覧を確認してください。", "已有客服人員使用此電子郵件，請查看上方的團隊清單。";
    role: "Role", "บทบาท", "役割", "角色";
    capacity: "At most", "จำนวนแชทพร้อมกันสูงสุด", "同時対応数の上限", "同時處理上限";
    capacity_hint: "Chats that a rule gives this operator. Empty: the team’s number, under Assignment and targets", "จำนวนแชทที่ระบบมอบหมายให้คนนี้ เว้นว่างไว้เพื่อใช้จำนวนของทีมในหน้าการมอบหมายและเป้าหมาย", "ルールでこの人に割り当てるチャット数。空欄なら「割り当てと目標」のチームの数になります", "依規則指派給此人的對話數；留空則使用「指派與目標」中的團隊數字";
    capacity_wrong: "Fill in a number: 1 at least, 1000 at most.", "ใส่จำนวน อย่างน้อย 1 ไม่เกิน 1000", "1～1000の数を入力してください。", "請填寫 1 至 1000 的數字。";
    chats_of(open, most): "{0} of {1}", "{0} จาก {1}", "{0} / {1}", "{0} / {1}";
    open_chats: "Open chats", "แชทที่ดูแลอยู่", "対応中のチャット", "處理中的對話";
    last_seen: "Last seen", "ใช้งานล่าสุด", "最終利用", "上次使用";
    not_signed_in: "Not signed in", "ไม่ได้เข้าสู่ระบบ", "未ログイン", "未登入";
    action: "Action", "การทำงาน", "操作", "操作";
    edit: "Edit", "แก้ไข", "編集", "編輯";
    edit_name(name): "Edit {0}", "แก้ไข {0}", "{0}さんを編集", "編輯 {0}";
    address_since(email, date): "{0} · since {1}", "{0} · ตั้งแต่ {1}", "{0}・{1}から", "{0} · {1} 起";
    reset_password: "Reset password", "ตั้งรหัสผ่านใหม่", "パスワード再設定", "重設密碼";
    disable_asks: "Disable…", "ปิดการใช้งาน…", "停止…", "停用…";
    disabled_operators[number]: "{0} disabled operator|{0} disabled operators", "เจ้าหน้าที่ที่ปิดการใช้งาน {0} คน", "停止中のオペレーター{0}名", "{0} 位已停用的客服人員";
    disabled_on: "Disabled on", "ปิดการใช้งานเมื่อ", "停止日", "停用日期";
    enable: "Enable", "เปิดการใช้งาน", "利用を再開", "重新啟用";
    enable_name(name): "Enable {0}", "เปิดการใช้งาน {0}", "{0}さんの利用を再開", "重新啟用 {0}";

    invite: "Invite", "เชิญ", "招待", "邀請";
    invite_someone: "Invite someone", "เชิญสมาชิกใหม่", "メンバーを招待", "邀請成員";
    operator_does: "Answers chats and writes notes", "ตอบแชทและเขียนโน้ต", "チャットに返信し、メモを書きます", "回覆對話、撰寫備註";
    supervisor_does: "Takes chats over from colleagues and sees this page, too", "รับช่วงแชทต่อจากเพื่อนร่วมทีม และดูหน้านี้ได้ด้วย", "他のメンバーの担当を代わり、このページも見られます", "還能接手同事的對話，並檢視此頁面";
    admin_does: "Changes people and settings, too", "จัดการสมาชิกในทีมและการตั้งค่าได้ด้วย", "メンバーと設定も変更できます", "還能管理成員與設定";
    make_link: "Make the link", "สร้างลิงก์", "リンクを作成", "建立連結";
    no_email_sent: "Sala sends no e-mail: you pass the link on.", "Sala ไม่ส่งอีเมล คุณเป็นผู้ส่งลิงก์ให้เอง", "Salaからメールは届きません。リンクはご自身で渡してください。", "Sala 不會寄送電子郵件，請自行轉交連結。";
    open_invitations: "Open invitations", "คำเชิญที่รอตอบรับ", "招待中", "待接受的邀請";
    nobody_invited: "Nobody is invited at the moment", "ตอนนี้ไม่มีคำเชิญที่รอตอบรับ", "招待中の人はいません", "目前沒有待接受的邀請";
    invitation: "Invitation", "คำเชิญ", "招待", "邀請";
    left: "Left", "เหลือเวลา", "残り時間", "剩餘時間";
    hours_left(hours, minutes): "{0} h {1} min", "{0} ชม. {1} นาที", "{0}時間{1}分", "{0} 小時 {1} 分鐘";
    valid_for(hours, minutes): "Valid for {0} h {1} min", "ใช้ได้อีก {0} ชม. {1} นาที", "有効期限まで{0}時間{1}分", "{0} 小時 {1} 分鐘內有效";
    ended: "Ended", "หมดอายุแล้ว", "期限切れ", "已過期";
    withdraw: "Withdraw", "ยกเลิกคำเชิญ", "招待を取り消す", "撤回邀請";
    withdraw_from(email): "Withdraw the invitation of {0}", "ยกเลิกคำเชิญของ {0}", "{0}の招待を取り消す", "撤回 {0} 的邀請";
    new_link: "New link", "ลิงก์ใหม่", "新しいリンク", "新連結";
    new_link_for(email): "New link for {0}", "ลิงก์ใหม่สำหรับ {0}", "{0}の新しいリンク", "{0} 的新連結";
    link: "Link", "ลิงก์", "リンク", "連結";
    copy: "Copy", "คัดลอก", "コピー", "複製";
    copied: "Copied", "คัดลอกแล้ว", "コピーしました", "已複製";
    once_hint: "Shown only now, and works once. Opening it uses nothing up, so you can send it in LINE. Only the new password uses it up.", "แสดงครั้งเดียวและใช้ได้ครั้งเดียว เปิดดูกี่ครั้งก็ได้ จึงส่งทาง LINE ได้ ลิงก์จะใช้ไม่ได้อีกเมื่อตั้งรหัสผ่านแล้ว", "表示されるのは今だけで、使えるのは1回です。開いただけでは無効にならないため、LINEで送れます。パスワードを設定すると無効になります。", "連結僅顯示這一次，也只能使用一次。開啟連結不會使其失效，因此可用 LINE 傳送，設定密碼後才會失效。";

    password_for(name): "A new password for {0}", "รหัสผ่านใหม่สำหรับ {0}", "{0}さんの新しいパスワード", "{0} 的新密碼";
    password_lead: "Pass this link on. It is shown only now, and works once within 72 hours. The old password and the log-ins end when it is used, not before.", "ส่งลิงก์นี้ให้เจ้าตัว ลิงก์แสดงครั้งเดียวและใช้ได้ครั้งเดียวภายใน 72 ชั่วโมง รหัสผ่านเดิมและการเข้าสู่ระบบยังใช้ได้จนกว่าจะใช้ลิงก์นี้", "このリンクを本人に渡してください。表示されるのは今だけで、72時間以内に1回使えます。使われるまで、今のパスワードとログインはそのまま有効です。", "請將此連結轉交本人。連結僅顯示這一次，72 小時內可使用一次。使用之前，原本的密碼與登入狀態不受影響。";
    withdraw_link: "Withdraw the link", "ยกเลิกลิงก์", "リンクを取り消す", "撤回連結";
    done: "Done", "เสร็จแล้ว", "完了", "完成";

    disable_whom(name): "Disable {0}?", "ปิดการใช้งาน {0} หรือไม่", "{0}さんを停止しますか？", "要停用 {0} 嗎？";
    disable_lead(name): "{0} is signed out on all devices within a second and cannot sign in again. The name stays in chats.", "{0} จะออกจากระบบทุกเครื่องภายในหนึ่งวินาที และเข้าสู่ระบบอีกไม่ได้ ชื่อยังอยู่ในแชทเดิม", "{0}さんは1秒以内にすべての端末からログアウトされ、再びログインできなくなります。名前はチャットに残ります。", "{0} 會在一秒內從所有裝置登出，且無法再登入。名稱仍保留在對話中。";
    their_chats[number]: "The {0} open chat|The {0} open chats", "แชทที่ดูแลอยู่ {0} แชท", "対応中のチャット{0}件", "處理中的 {0} 則對話";
    to_queue: "Back to the queue", "ส่งกลับเข้าคิว", "未対応に戻す", "退回待處理";
    to_queue_hint: "They wait again, with the time they have waited already. Each thread says why.", "แชทจะรอรับต่อโดยนับเวลาที่รอมาแล้ว และแต่ละแชทบอกเหตุผลไว้", "これまでの待ち時間を引き継いで、未対応に戻ります。理由は各チャットに表示されます。", "對話會保留已等候的時間並重新等待，每則對話都會註明原因。";
    to_colleague: "To one colleague", "โอนให้เพื่อนร่วมทีมหนึ่งคน", "1名に引き継ぐ", "轉接給一位同事";
    colleague: "Colleague", "เพื่อนร่วมทีม", "引き継ぐ相手", "同事";
    cannot_take: "This colleague cannot take the chats. Choose another.", "เพื่อนร่วมทีมคนนี้รับแชทไม่ได้ โปรดเลือกคนอื่น", "このメンバーには引き継げません。別のメンバーを選んでください。", "無法轉接給這位同事，請選擇其他人。";
    answered: "answered", "ตอบแล้ว", "返信済み", "已回覆";
    more_chats[number]: "and {0} more|and {0} more", "และอีก {0} แชท", "ほか{0}件", "還有 {0} 則";
    keep(name): "Keep {0}", "ไม่ปิด {0}", "{0}さんを残す", "保留 {0}";
    disable(name): "Disable {0}", "ปิดการใช้งาน {0}", "{0}さんを停止", "停用 {0}";
    not_yourself: "You cannot disable yourself. Another administrator can.", "คุณปิดการใช้งานตัวเองไม่ได้ ผู้ดูแลระบบคนอื่นทำให้ได้", "自分を停止することはできません。別の管理者に依頼してください。", "無法停用自己，請由其他管理員操作。";

    invited(name): "{0} is invited. Pass the link below on.", "เชิญ {0} แล้ว ส่งลิงก์ด้านล่างให้ได้เลย", "{0}さんを招待しました。下のリンクを渡してください。", "已邀請 {0}，請轉交下方的連結。";
    link_made(name): "There is a link with which {0} can choose a new password.", "สร้างลิงก์ให้ {0} ตั้งรหัสผ่านใหม่แล้ว", "{0}さんがパスワードを設定するためのリンクを作成しました。", "已建立讓 {0} 設定新密碼的連結。";
    changed(name): "Saved. {0} is changed from now on.", "บันทึกแล้ว แก้ไข {0} นับจากนี้", "保存しました。{0}さんの変更を反映しました。", "已儲存，{0} 的變更已生效。";
    disabled(name): "{0} is disabled and signed out everywhere. Open chats wait in the queue again.", "ปิดการใช้งาน {0} และออกจากระบบทุกเครื่องแล้ว แชทที่ดูแลอยู่กลับเข้าคิว", "{0}さんを停止し、すべての端末からログアウトしました。対応中だったチャットは未対応に戻りました。", "已停用 {0} 並登出所有裝置，處理中的對話已退回待處理。";
    disabled_to(name, colleague): "{0} is disabled and signed out everywhere. {1} has the open chats.", "ปิดการใช้งาน {0} และออกจากระบบทุกเครื่องแล้ว {1} รับแชทต่อ", "{0}さんを停止し、すべての端末からログアウトしました。対応中だったチャットは{1}さんが引き継ぎました。", "已停用 {0} 並登出所有裝置，處理中的對話已轉接給 {1}。";
    enabled(name): "{0} can sign in again.", "{0} เข้าสู่ระบบได้อีกครั้ง", "{0}さんは再びログインできます。", "{0} 可以再次登入。";
    withdrawn: "The link is withdrawn and leads nowhere now.", "ยกเลิกลิงก์แล้ว ลิงก์นี้ใช้ไม่ได้อีก", "リンクを取り消しました。今後は使えません。", "已撤回連結，之後無法再使用。";

    not_invited: "Nobody was invited.", "ยังไม่ได้เชิญใคร", "招待は作成されていません。", "尚未邀請任何人。";
    not_changed: "Nobody was changed.", "ยังไม่มีการแก้ไข", "変更は行われていません。", "尚未變更。";
    not_disabled: "Nobody was disabled.", "ยังไม่ได้ปิดการใช้งานใคร", "停止は行われていません。", "尚未停用任何人。";
    not_enabled: "Nobody was enabled.", "ยังไม่ได้เปิดการใช้งานใคร", "利用は再開されていません。", "尚未重新啟用任何人。";
    no_link_made: "No link was made.", "ยังไม่ได้สร้างลิงก์", "リンクは作成されていません。", "尚未建立連結。";
    not_withdrawn: "Nothing was withdrawn.", "ยังไม่ได้ยกเลิกอะไร", "取り消しは行われていません。", "尚未撤回任何連結。";
}
