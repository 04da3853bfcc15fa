//! What the page about one's own account says.

use crate::ui::words::texts;

texts! {
    profile: "Profile", "โปรไฟล์", "プロフィール", "個人資料";
    name: "Name", "ชื่อ", "名前", "名稱";
    name_hint: "As customers and colleagues read it, up to 20 characters", "ชื่อที่ลูกค้าและเพื่อนร่วมทีมเห็น ไม่เกิน 20 ตัวอักษร", "お客様とチームに表示されます。20文字まで", "客戶與同事看到的名稱，最多 20 個字";
    name_too_long: "LINE shows names of up to 20 characters. Shorten it.", "LINE แสดงชื่อได้ไม่เกิน 20 ตัวอักษร โปรดทำให้สั้นลง", "LINEに表示できる名前は20文字までです。短くしてください。", "LINE 顯示的名稱最多 20 個字，請縮短。";
    picture: "Picture", "รูปภาพ", "写真", "大頭照";
    picture_hint: "Customers see it beside your messages where the LINE account shows it. Colleagues see your letter.", "ลูกค้าเห็นรูปนี้ข้างข้อความของคุณ ถ้าบัญชี LINE เปิดให้แสดง ส่วนเพื่อนร่วมทีมเห็นตัวอักษรของคุณ", "アカウントの設定がオンの場合、お客様にメッセージの横で表示されます。チームには頭文字が表示されます。", "LINE 帳號開啟顯示時，客戶會在您的訊息旁看到。同事看到的是您的文字圖示。";
    picture_taken: "JPEG, PNG, WebP, GIF or BMP, up to 5 MB. The middle square is shown.", "JPEG, PNG, WebP, GIF หรือ BMP ไม่เกิน 5 MB แสดงเฉพาะส่วนกลางเป็นรูปสี่เหลี่ยมจัตุรัส", "JPEG、PNG、WebP、GIF、BMP、5MBまで。中央を正方形に切り抜いて表示します。", "JPEG、PNG、WebP、GIF 或 BMP，5 MB 以內。顯示正中央的方形部分。";
    picture_broken: "This is not a picture that Sala can read. Choose a JPEG, PNG, WebP, GIF or BMP file.", "อ่านไฟล์นี้เป็นรูปภาพไม่ได้ โปรดเลือกไฟล์ JPEG, PNG, WebP, GIF หรือ BMP", "写真として読み取れません。JPEG、PNG、WebP、GIF、BMPのファイルを選んでください。", "無法讀取這張照片。請選擇 JPEG、PNG、WebP、GIF 或 BMP 檔案。";
    picture_too_large: "This picture has more than 5 MB or 100 megapixels. Choose a smaller one.", "รูปนี้ใหญ่กว่า 5 MB หรือ 100 ล้านพิกเซล โปรดเลือกรูปที่เล็กกว่านี้", "5MBまたは1億画素を超えています。小さい写真を選んでください。", "照片超過 5 MB 或 1 億像素，請選擇較小的照片。";
    remove_picture: "Remove picture", "ลบรูป", "写真を削除", "刪除照片";
    email: "E-mail", "อีเมล", "メールアドレス", "電子郵件";
    email_hint: "You sign in with it. An administrator can change it.", "ใช้เข้าสู่ระบบ ผู้ดูแลระบบเปลี่ยนให้ได้", "ログインに使います。変更は管理者が行います。", "用於登入，由管理員變更。";

    language_and_look: "Language and appearance", "ภาษาและการแสดงผล", "言語と表示", "語言與外觀";
    language: "Language", "ภาษา", "言語", "語言";
    language_hint: "For your screen alone. Messages to customers keep their language.", "มีผลเฉพาะหน้าจอของคุณ ข้อความถึงลูกค้าไม่เปลี่ยน", "自分の画面だけに適用されます。お客様への自動メッセージの言語は変わりません。", "僅影響您的畫面，傳給客戶的自動訊息語言不變";
    appearance: "Appearance", "ธีม", "テーマ", "外觀";
    as_device: "Same as this device", "ตามอุปกรณ์", "端末の設定に合わせる", "與裝置相同";
    light: "Light", "สว่าง", "ライト", "淺色";
    dark: "Dark", "มืด", "ダーク", "深色";
    clock: "Time", "เวลา", "時刻", "時間";
    clock_12: "2:05 pm", "2:05 PM", "午後2:05", "下午 2:05";
    buddhist_years: "Buddhist years", "ใช้ปีพุทธศักราช (พ.ศ.)", "仏暦を使用", "使用佛曆年份";
    buddhist_years_hint: "25 November 2569 rather than 2026", "25 พฤศจิกายน 2569 แทน 2026", "2026年の代わりに2569年と表示します", "以 2569 年取代 2026 年";

    sending: "Sending", "การส่งข้อความ", "送信", "傳送";
    answers_leave: "Answers leave", "ส่งข้อความออก", "返信の送信", "訊息送出";
    answers_leave_hint: "Until then you can take them back", "ก่อนถึงเวลานั้นเลิกทำได้", "それまでは取り消して編集に戻せます", "送出前可以復原";
    at_once: "At once", "ทันที", "すぐに", "立即";
    after_seconds[seconds]: "After {0} s|After {0} s", "หลัง {0} วินาที", "{0}秒後", "{0} 秒後";

    keyboard: "Keyboard shortcuts", "ปุ่มลัด", "キーボードショートカット", "鍵盤快速鍵";
    single_keys: "Single-letter keys", "ปุ่มลัดตัวอักษรเดี่ยว", "1文字ショートカット", "單鍵快速鍵";
    single_keys_hint: "C claims, R replies, E closes. Turn them off if you dictate.", "C รับแชท R ตอบ E ปิดแชท ควรปิดหากใช้การสั่งงานด้วยเสียง", "Cで対応、Rで返信、Eで対応済み。音声入力を使う場合はオフにしてください。", "C 接手、R 回覆、E 結束。使用語音輸入時建議關閉。";
    send_with: "Send with", "ส่งด้วย", "送信キー", "傳送鍵";
    send_with_hint: "Never while an input method composes. On a Mac, Cmd does what Ctrl does.", "จะไม่ส่งขณะกำลังประกอบคำ บน Mac ใช้ Cmd แทน Ctrl ได้", "変換中は送信されません。MacではCmdキーも使えます。", "輸入法選字時不會送出。Mac 也可使用 Cmd。";

    password: "Password", "รหัสผ่าน", "パスワード", "密碼";
    signs_out_others[devices]: "Changing it signs out {0} other device|Changing it signs out {0} other devices", "เมื่อเปลี่ยน อุปกรณ์อื่นอีก {0} เครื่องจะออกจากระบบ", "変更すると、他の端末{0}台はログアウトされます", "變更後，其他 {0} 台裝置會登出";
    old_password: "Current password", "รหัสผ่านปัจจุบัน", "現在のパスワード", "目前的密碼";
    old_wrong: "This is not your current password. It has not changed.", "รหัสผ่านปัจจุบันไม่ถูกต้อง ยังไม่มีอะไรเปลี่ยน", "現在のパスワードと一致しません。変更は行われていません。", "與目前的密碼不符，密碼尚未變更。";
    new_password: "New password", "รหัสผ่านใหม่", "新しいパスワード", "新密碼";
    new_hint: "At least 10 characters", "อย่างน้อย 10 ตัวอักษร", "10文字以上", "至少 10 個字元";
    new_too_short: "This has fewer than 10 characters. A short sentence is easy to remember.", "สั้นกว่า 10 ตัวอักษร ลองใช้ประโยคสั้น ๆ ที่จำง่าย", "10文字未満です。短い文にすると覚えやすくなります。", "少於 10 個字元。改用一句短句會更好記。";
    change_password: "Change password", "เปลี่ยนรหัสผ่าน", "パスワードを変更", "變更密碼";
    password_not_changed: "The password was not changed.", "ยังไม่ได้เปลี่ยนรหัสผ่าน", "パスワードは変更されていません。", "密碼尚未變更。";

    my_logins: "My log-ins", "การเข้าสู่ระบบของฉัน", "ログイン中の端末", "我的登入裝置";
    logins_end(idle, all): "They end after {0} idle days, or after {1} in all", "สิ้นสุดเมื่อไม่ใช้งาน {0} วัน หรือไม่เกิน {1} วัน", "{0}日間使わないと終了（最長{1}日）", "閒置 {0} 天後登出，最長 {1} 天";
    device: "Device", "อุปกรณ์", "端末", "裝置";
    address: "Address", "ที่อยู่ IP", "IPアドレス", "IP 位址";
    signed_in: "Signed in", "เข้าสู่ระบบเมื่อ", "ログイン日時", "登入時間";
    last_seen: "Last seen", "ใช้งานล่าสุด", "最終利用", "上次使用";
    now: "Now", "ตอนนี้", "現在", "目前";
    action: "Action", "การทำงาน", "操作", "操作";
    this_device: "This device", "เครื่องนี้", "この端末", "此裝置";
    browser_on(browser, system): "{0} on {1}", "{0} บน {1}", "{0}（{1}）", "{0}（{1}）";
    unknown_device: "Unknown device", "อุปกรณ์ที่ไม่รู้จัก", "不明な端末", "不明的裝置";
    sign_out: "Sign out", "ออกจากระบบ", "ログアウト", "登出";
    end: "End", "ออกจากระบบ", "終了", "登出";
    end_others: "End all others", "ออกจากเครื่องอื่น", "ほかをすべて終了", "登出其他裝置";
    unknown_hint: "Do you see a device that is not yours? End it and change the password.", "พบรายการที่ไม่รู้จัก ให้ออกจากระบบเครื่องนั้นแล้วเปลี่ยนรหัสผ่าน", "心当たりのない端末があれば、終了してパスワードを変更してください。", "若有不認得的裝置，請登出並變更密碼。";

    name_saved: "Saved. Colleagues and customers read the new name from now on.", "บันทึกแล้ว เพื่อนร่วมทีมและลูกค้าจะเห็นชื่อใหม่นับจากนี้", "保存しました。今後は新しい名前が表示されます。", "已儲存，之後會顯示新的名稱。";
    picture_saved: "Saved. Customers see the new picture from your next message on.", "บันทึกแล้ว ลูกค้าจะเห็นรูปใหม่ตั้งแต่ข้อความถัดไป", "保存しました。お客様には次のメッセージから表示されます。", "已儲存，客戶會從下一則訊息開始看到新照片。";
    picture_removed: "The picture was removed. Customers see none from your next message on.", "ลบรูปแล้ว ลูกค้าจะไม่เห็นรูปตั้งแต่ข้อความถัดไป", "写真を削除しました。次のメッセージから表示されません。", "已刪除照片，之後的訊息不再顯示照片。";
    keys_saved: "Saved. Applies when you open the inbox.", "บันทึกแล้ว มีผลเมื่อเปิดกล่องข้อความ", "保存しました。受信トレイを開くと適用されます。", "已儲存，開啟收件匣後套用。";
    look_saved: "Saved. Your screen is set this way from now on.", "บันทึกแล้ว หน้าจอของคุณจะแสดงตามนี้นับจากนี้", "保存しました。画面に反映されています。", "已儲存，畫面已套用新設定。";
    sending_saved: "Saved. Applies to what you send from now on.", "บันทึกแล้ว มีผลกับข้อความที่ส่งนับจากนี้", "保存しました。今後の送信から適用されます。", "已儲存，之後傳送的訊息將套用此設定。";
    password_changed: "Password changed.", "เปลี่ยนรหัสผ่านแล้ว", "パスワードを変更しました。", "密碼已變更。";
    others_ended[logins]: "{0} other device was signed out.|{0} other devices were signed out.", "อุปกรณ์อื่น {0} เครื่องออกจากระบบแล้ว", "他の端末{0}台をログアウトしました。", "已登出其他 {0} 台裝置。";
    login_ended: "That device is signed out.", "อุปกรณ์นั้นออกจากระบบแล้ว", "その端末をログアウトしました。", "已登出該裝置。";
    nothing_ended: "No device was signed out.", "ยังไม่ได้ออกจากระบบอุปกรณ์ใด", "ログアウトした端末はありません。", "尚未登出任何裝置。";
}
