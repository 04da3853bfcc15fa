//! What the script says of files that are sent.

use crate::ui::words::texts;

texts! {
    order: "To send, in this order", "จะส่งตามลำดับนี้", "この順に送信", "將依此順序傳送";
    number(at): "Number {0}", "ลำดับที่ {0}", "{0}番目", "第 {0} 個";
    take_away: "Take away", "นำออก", "取り除く", "移除";
    cancel(percent): "Cancel the upload, {0}%", "ยกเลิกการอัปโหลด {0}%", "アップロードを中止（{0}%）", "取消上傳，{0}%";
    part(percent, size): "{0}% of {1}", "{0}% จาก {1}", "{1}の{0}%", "{1} 的 {0}%";
    waits: "Waits for the connection", "รอการเชื่อมต่อ", "接続を待っています", "等待連線";
    while_open: "Sends only while this page is open", "ส่งได้เฉพาะตอนที่เปิดหน้านี้อยู่", "このページを開いている間だけ送信できます", "僅在此頁面開啟時傳送";
    queued: "Queued", "รอส่ง", "送信待ち", "待傳送";
    queued_at(at, of): "Queued, {0} of {1}", "รอส่ง ลำดับที่ {0} จาก {1}", "送信待ち（{0}/{1}）", "待傳送，第 {0} 個，共 {1} 個";
    again: "Try again", "ลองใหม่", "再試行", "再試一次";
    as_file: "Send as a file", "ส่งเป็นไฟล์", "ファイルとして送信", "以檔案傳送";
    in_clipboard: "Picture in the clipboard", "รูปภาพในคลิปบอร์ด", "クリップボードの画像", "剪貼簿中的圖片";
    attach: "Attach", "แนบ", "添付", "附加";
    leave: "Leave it", "ไม่แนบ", "添付しない", "不附加";
    drop_for(name): "Drop to attach for {0}", "วางเพื่อแนบถึง {0}", "ドロップして{0}さんに添付", "拖放即可附加給 {0}";
    drop_text: "Nothing is sent yet. Pictures to 50 MB, video and audio to 200 MB, other files to 100 MB.", "ยังไม่ส่งทันที รูปภาพไม่เกิน 50 MB วิดีโอและเสียงไม่เกิน 200 MB ไฟล์อื่นไม่เกิน 100 MB", "まだ送信されません。写真は50MB、動画と音声は200MB、その他のファイルは100MBまでです。", "尚未傳送。照片上限 50 MB，影片與音訊 200 MB，其他檔案 100 MB。";
    closes: "closes", "ปิด", "閉じる", "關閉";
    no_https: "Files cannot be sent yet: LINE fetches them over https, and Sala has no https address. An administrator sets SALA_PUBLIC_URL.", "ยังส่งไฟล์ไม่ได้ เพราะ LINE รับไฟล์ผ่าน https แต่ Sala ยังไม่มีที่อยู่แบบ https ผู้ดูแลระบบต้องตั้งค่า SALA_PUBLIC_URL", "まだファイルを送信できません。LINEはhttpsでファイルを取得しますが、Salaにhttpsのアドレスがありません。管理者がSALA_PUBLIC_URLを設定してください。", "目前無法傳送檔案：LINE 透過 https 取得檔案，但 Sala 沒有 https 網址。請管理員設定 SALA_PUBLIC_URL。";
    not_mine: "This chat is not yours. Claim it to send files.", "คุณไม่ได้ดูแลแชทนี้ รับแชทก่อนจึงส่งไฟล์ได้", "このチャットの担当者ではありません。ファイルを送るには対応を始めてください。", "您不是這則對話的負責人，接手後即可傳送檔案。";
    no_note: "Internal notes hold no files. Switch to Reply to send them to the customer.", "โน้ตภายในแนบไฟล์ไม่ได้ เปลี่ยนเป็น “ตอบลูกค้า” เพื่อส่งไฟล์", "社内メモにファイルは添付できません。お客様に送るには「返信」に切り替えてください。", "內部備註無法附加檔案。請切換到「回覆」再傳送給客戶。";
    sheet(name): "Attach for {0}", "แนบถึง{0}", "{0}さんに添付", "附加給 {0}";
    camera: "Camera", "กล้อง", "カメラ", "相機";
    camera_text: "Take a photo or video now", "ถ่ายรูปหรือวิดีโอตอนนี้", "写真や動画を今すぐ撮影", "立即拍照或錄影";
    files: "Photos and files", "รูปภาพและไฟล์", "写真・ファイル", "照片與檔案";
    files_text: "Several at once, 200 MB each at most", "เลือกได้หลายไฟล์ ไฟล์ละไม่เกิน 200 MB", "複数選択可、1件200MBまで", "可選多個，每個上限 200 MB";
    close: "Cancel", "ยกเลิก", "キャンセル", "取消";
    empty(name): "“{0}” is empty and was not added.", "“{0}” เป็นไฟล์ว่าง จึงไม่ได้เพิ่ม", "「{0}」は空のファイルのため、追加されませんでした。", "「{0}」是空的檔案，因此沒有加入。";
    full(name): "“{0}” was not added: files that wait may have 200 MB in all. Send or take away some first.", "ไม่ได้เพิ่ม “{0}” เพราะไฟล์ที่รอส่งรวมกันต้องไม่เกิน 200 MB ส่งหรือนำบางไฟล์ออกก่อน", "「{0}」は追加されませんでした。送信待ちのファイルは合計200MBまでです。先に送信するか、いくつか取り除いてください。", "「{0}」沒有加入：待傳送的檔案合計上限為 200 MB。請先傳送或移除部分檔案。";
    too_large(name): "“{0}” is too large. Videos and audio may have up to 200 MB, other files 100 MB, pictures 50 MB.", "“{0}” ใหญ่เกินไป วิดีโอและเสียงต้องไม่เกิน 200 MB ไฟล์อื่นไม่เกิน 100 MB รูปภาพไม่เกิน 50 MB", "「{0}」は大きすぎます。動画と音声は200MB、その他のファイルは100MB、写真は50MBまでです。", "「{0}」過大。影片與音訊上限為 200 MB，其他檔案為 100 MB，照片為 50 MB。";
    unreadable: "The file cannot be read any more. Choose it again.", "อ่านไฟล์ไม่ได้แล้ว โปรดเลือกไฟล์อีกครั้ง", "ファイルを読み取れなくなりました。もう一度選択してください。", "無法再讀取檔案，請重新選擇。";
    heic: "An iPhone photo (HEIC) that this browser cannot convert. Customers would get it as a file, not as a picture.", "รูปจาก iPhone (HEIC) ที่เบราว์เซอร์นี้แปลงไม่ได้ ลูกค้าจะได้รับเป็นไฟล์ ไม่ใช่รูปภาพ", "このブラウザーでは変換できないiPhoneの写真（HEIC）です。お客様には写真ではなくファイルとして届きます。", "此瀏覽器無法轉換的 iPhone 照片（HEIC）。客戶會收到檔案，而不是照片。";
    broken: "The connection broke off again and again with this file.", "การเชื่อมต่อขาดซ้ำ ๆ ระหว่างส่งไฟล์นี้", "このファイルの送信中に、接続が繰り返し切れました。", "傳送此檔案時連線一再中斷。";
    dismiss: "Dismiss", "ปิดข้อความนี้", "閉じる", "關閉";
}
