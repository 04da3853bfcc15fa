//! What the page says that a link to choose a password leads to.

use crate::ui::words::texts;

texts! {
    welcome: "Welcome to the team.", "ยินดีต้อนรับสู่ทีม", "チームへようこそ。", "歡迎加入團隊。";
    invited_you(name): "{0} invited you. Choose a password, and the inbox is yours.", "{0} เชิญคุณเข้าทีม ตั้งรหัสผ่านแล้วเริ่มใช้กล่องแชทได้เลย", "{0}さんから招待されています。パスワードを設定すると、受信トレイを使えます。", "{0} 邀請您加入。設定密碼後即可使用收件匣。";
    join: "Join the team", "เข้าร่วมทีม", "チームに参加", "加入團隊";
    invited_as(name, role): "Invited by {0} as {1}", "{0} เชิญคุณในบทบาท {1}", "{0}さんから{1}として招待されています", "{0} 邀請您擔任 {1}";
    welcome_back: "A new password, and back to the chats.", "ตั้งรหัสผ่านใหม่ แล้วกลับไปตอบแชทต่อ", "パスワードを新しくして、チャットに戻りましょう。", "設定新密碼，回到對話。";
    link_from(name): "{0} made this link for you. All your other devices are signed out when you use it.", "{0} สร้างลิงก์นี้ให้คุณ เมื่อใช้แล้ว อุปกรณ์อื่นของคุณจะออกจากระบบทั้งหมด", "{0}さんが作成したリンクです。使うと、他の端末はすべてログアウトされます。", "這是 {0} 為您建立的連結。使用後，您的其他裝置都會登出。";
    choose_password: "Choose a new password", "ตั้งรหัสผ่านใหม่", "新しいパスワードを設定", "設定新密碼";
    valid_for(hours, minutes): "The link is valid for {0} h {1} min", "ลิงก์ใช้ได้อีก {0} ชม. {1} นาที", "リンクの有効期限まで{0}時間{1}分", "連結在 {0} 小時 {1} 分內有效";
    email: "E-mail", "อีเมล", "メールアドレス", "電子郵件";
    name: "Your name", "ชื่อของคุณ", "名前", "您的名稱";
    name_hint: "As customers and colleagues read it, up to 20 characters", "ชื่อที่ลูกค้าและเพื่อนร่วมทีมเห็น ไม่เกิน 20 ตัวอักษร", "お客様とチームに表示されます。20文字まで", "客戶與同事看到的名稱，最多 20 個字";
    password: "Password", "รหัสผ่าน", "パスワード", "密碼";
    rules: "Rules", "เงื่อนไข", "条件", "規則";
    rule_length: "At least 10 characters", "อย่างน้อย 10 ตัวอักษร", "10文字以上", "至少 10 個字元";
    rule_common: "Not among the 10,000 most common passwords", "ไม่อยู่ใน 10,000 รหัสที่ใช้กันมากที่สุด", "よく使われるパスワード上位1万件に含まれないもの", "不是最常見的 10,000 組密碼";
    rule_none: "No other rule. Spaces and any script are fine", "ไม่มีเงื่อนไขอื่น ใช้ช่องว่างและภาษาใดก็ได้", "ほかに条件はありません。空白やどの文字も使えます", "沒有其他規則，空格與任何文字都可以使用";
    set_password: "Set password", "ตั้งรหัสผ่าน", "パスワードを設定", "設定密碼";
    uses_up: "Only this button uses the link up. You stay signed in on this device for 30 days.", "เฉพาะปุ่มนี้เท่านั้นที่ทำให้ลิงก์ใช้ไม่ได้อีก คุณจะอยู่ในระบบบนเครื่องนี้ 30 วัน", "このボタンを押すまでリンクは使えます。この端末では30日間ログインしたままになります。", "按下此按鈕後連結才會失效。此裝置會保持登入 30 天。";
    name_missing: "Your name is missing. Fill it in.", "ยังไม่ได้กรอกชื่อ โปรดกรอกช่องนี้", "名前が入力されていません。入力してください。", "尚未填寫名稱，請填寫此欄位。";
    name_too_long: "LINE shows names of up to 20 characters. Shorten it.", "LINE แสดงชื่อได้ไม่เกิน 20 ตัวอักษร โปรดทำให้สั้นลง", "LINEに表示できる名前は20文字までです。短くしてください。", "LINE 顯示的名稱最多 20 個字，請縮短。";
    name_unseen: "This name has characters that cannot be seen. Type it anew.", "ชื่อมีอักขระที่มองไม่เห็น โปรดพิมพ์ใหม่", "名前に見えない文字が含まれています。入力し直してください。", "名稱含有看不見的字元，請重新輸入。";
    too_short: "This has fewer than 10 characters. A short sentence is easy to remember.", "สั้นกว่า 10 ตัวอักษร ลองใช้ประโยคสั้น ๆ ที่จำง่าย", "10文字未満です。短い文にすると覚えやすくなります。", "少於 10 個字元。改用一句短句會更好記。";
    too_long: "This is too long. Take 100 characters at most.", "ยาวเกินไป ใช้ได้ไม่เกิน 100 ตัวอักษร", "長すぎます。100文字までにしてください。", "內容太長，最多 100 個字元。";
    common: "This is among the 10,000 most common passwords. A short sentence is easy to remember.", "รหัสผ่านนี้อยู่ใน 10,000 รหัสที่ใช้กันมากที่สุด ลองใช้ประโยคสั้น ๆ ที่จำง่าย", "よく使われるパスワード上位1万件に含まれるため使用できません。短い文にすると覚えやすくなります。", "這是最常見的 10,000 組密碼之一。改用一句短句會更好記。";
    not_right: "This does not look right. Check what you typed.", "รูปแบบไม่ถูกต้อง ตรวจสอบสิ่งที่พิมพ์", "形式が正しくありません。入力内容を確認してください。", "格式不正確，請檢查輸入內容。";
    not_saved: "Not saved:", "ยังไม่ได้บันทึก:", "未保存：", "尚未儲存：";
    over: "This link is no longer valid", "ลิงก์นี้ใช้ไม่ได้แล้ว", "このリンクは使えません", "此連結已失效";
    over_why: "It was used or withdrawn, or it is older than 72 hours. Ask an administrator for a new one.", "ลิงก์ถูกใช้หรือถูกยกเลิกแล้ว หรือเก่ากว่า 72 ชั่วโมง ขอลิงก์ใหม่จากผู้ดูแลระบบ", "使用済み、取り消し済み、または72時間を過ぎています。管理者に新しいリンクを依頼してください。", "連結已使用、已撤回，或超過 72 小時。請向管理員索取新連結。";
}
