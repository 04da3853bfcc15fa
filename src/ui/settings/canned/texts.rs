//! What the page about canned replies says.

use crate::ui::words::texts;

texts! {
    lead(shared, own): "{0} shared, {1} only mine", "ใช้ร่วมกัน {0} ข้อความ เฉพาะฉัน {1} ข้อความ", "チーム共有{0}件・自分専用{1}件", "團隊共用 {0} 則，僅限自己 {1} 則";
    new_reply: "New reply", "เพิ่มข้อความ", "定型文を追加", "新增訊息";
    all_replies: "Replies", "รายการข้อความ", "定型文一覧", "訊息清單";
    none_yet: "There are no canned replies yet. Add the first one below, or import a file.", "ยังไม่มีข้อความสำเร็จรูป เพิ่มข้อความแรกด้านล่าง หรือนำเข้าจากไฟล์", "定型文はまだありません。下で追加するか、ファイルから読み込んでください。", "尚無罐頭訊息，可在下方新增，或從檔案匯入。";
    find: "Find by shortcut, title or text", "ค้นหาจากคำย่อ ชื่อ หรือข้อความ", "呼び出し文字・タイトル・本文で検索", "以簡碼、標題或內容搜尋";
    shortcut: "Shortcut", "คำย่อ", "呼び出し文字", "簡碼";
    shortcut_hint: "Typed after / in a chat. Letters and digits of any language, - and _, up to 32", "พิมพ์หลัง / ในแชท ใช้ตัวอักษรและตัวเลขภาษาใดก็ได้ - และ _ ไม่เกิน 32 ตัว", "チャットで / に続けて入力します。文字・数字・-・_、32文字まで", "在對話中輸入 / 後使用。可用任何語言的文字、數字、- 與 _，最多 32 個字";
    shortcut_form: "A shortcut has only letters, digits, - and _. Leave out the rest.", "คำย่อใช้ได้เฉพาะตัวอักษร ตัวเลข - และ _ โปรดเอาส่วนอื่นออก", "呼び出し文字に使えるのは、文字・数字・-・_ のみです。ほかの文字を取り除いてください。", "簡碼只能使用文字、數字、- 與 _，請移除其他字元。";
    shortcut_long: "A shortcut has at most 32 letters. Shorten it.", "คำย่อยาวได้ไม่เกิน 32 ตัว โปรดทำให้สั้นลง", "呼び出し文字は32文字までです。短くしてください。", "簡碼最多 32 個字，請縮短。";
    shortcut_taken: "Another reply has this shortcut. Capital and small letters count as the same.", "มีข้อความอื่นใช้คำย่อนี้แล้ว ตัวพิมพ์เล็กและใหญ่ถือว่าเหมือนกัน", "この呼び出し文字はすでに使われています。大文字と小文字は区別されません。", "已有其他訊息使用此簡碼，大小寫視為相同。";
    title: "Title", "ชื่อ", "タイトル", "標題";
    title_hint: "What it is for, up to 100 characters", "ใช้สำหรับอะไร ไม่เกิน 100 ตัวอักษร", "用途がわかる名前。100文字まで", "說明用途，最多 100 個字";
    text: "Text", "ข้อความ", "本文", "內容";
    text_hint: "Up to 5,000 characters. These words are filled in when it is used:", "ไม่เกิน 5,000 ตัวอักษร ระบบเติมคำเหล่านี้ให้ตอนใช้:", "5,000文字まで。次の項目は使うときに差し込まれます：", "最多 5,000 個字。以下文字會在使用時自動填入：";
    text_unknown: "A word in braces is no variable. Use one of those beside the field.", "คำในวงเล็บปีกกาไม่ใช่ตัวแปร ใช้ตัวแปรที่แสดงข้างช่องนี้", "波かっこの中に使えない差し込み項目があります。欄の横に示した項目を使ってください。", "大括號中的文字不是變數，請使用欄位旁列出的變數。";
    text_long: "LINE takes texts of up to 5,000 characters. Shorten it.", "LINE รับข้อความได้ไม่เกิน 5,000 ตัวอักษร โปรดทำให้สั้นลง", "LINEで送れるのは5,000文字までです。短くしてください。", "LINE 訊息最多 5,000 個字，請縮短。";
    category: "Category", "หมวดหมู่", "カテゴリ", "分類";
    category_hint: "Optional, up to 50 characters", "ไม่บังคับ ไม่เกิน 50 ตัวอักษร", "任意。50文字まで", "選填，最多 50 個字";
    whose: "For", "ใช้โดย", "公開範囲", "適用對象";
    shared: "Shared", "ใช้ร่วมกันทั้งทีม", "チーム共有", "團隊共用";
    mine: "Only mine", "เฉพาะฉัน", "自分専用", "僅限自己";
    whose_unknown: "Write yes or no into this column.", "ใส่ yes หรือ no ในคอลัมน์นี้", "この列には yes か no を入力してください。", "此欄請填寫 yes 或 no。";
    not_yours: "Only supervisors change what the team shares. Write no.", "เฉพาะหัวหน้าทีมที่แก้ไขข้อความที่ใช้ร่วมกันได้ ใส่ no แทน", "チーム共有の定型文を変更できるのはスーパーバイザーのみです。no にしてください。", "只有主管可變更團隊共用的訊息，請改填 no。";
    only_supervisors: "Supervisors look after the shared ones", "หัวหน้าทีมเป็นผู้ดูแลข้อความที่ใช้ร่วมกัน", "チーム共有の定型文はスーパーバイザーが管理します", "團隊共用的訊息由主管管理";
    used: "Used", "ใช้แล้ว", "使用回数", "使用次數";
    times[number]: "{0} time|{0} times", "{0} ครั้ง", "{0}回", "{0} 次";
    edit_reply(shortcut): "Edit /{0}", "แก้ไข /{0}", "/{0} を編集", "編輯 /{0}";

    delete_asks(shortcut): "Delete /{0}?", "ลบ /{0} หรือไม่", "/{0} を削除しますか？", "要刪除 /{0} 嗎？";
    delete_lead[number]: "It was used {0} time. Messages that were made of it stay.|It was used {0} times. Messages that were made of it stay.", "ใช้ไปแล้ว {0} ครั้ง ข้อความที่ส่งไปแล้วยังอยู่", "これまでに{0}回使われました。送信済みのメッセージは残ります。", "已使用 {0} 次，已傳送的訊息不受影響。";
    keep(shortcut): "Keep /{0}", "ไม่ลบ /{0}", "/{0} を残す", "保留 /{0}";
    delete(shortcut): "Delete /{0}", "ลบ /{0}", "/{0} を削除", "刪除 /{0}";

    csv: "CSV", "CSV", "CSV", "CSV";
    download: "Download as CSV", "ดาวน์โหลดเป็น CSV", "CSVをダウンロード", "下載 CSV";
    download_found: "Download these as CSV", "ดาวน์โหลดรายการนี้เป็น CSV", "この一覧のCSVをダウンロード", "下載此清單的 CSV";
    file: "File", "ไฟล์", "ファイル", "檔案";
    file_hint: "CSV in UTF-8 with the columns shortcut, title and text, and if you like category and shared (yes or no). Replies with the same shortcut are replaced, nothing is deleted.", "CSV แบบ UTF-8 ที่มีคอลัมน์ shortcut, title และ text จะมี category และ shared (yes หรือ no) ด้วยก็ได้ ข้อความที่คำย่อตรงกันจะถูกแทนที่ ไม่มีการลบ", "UTF-8のCSV。shortcut、title、text の列が必要です。category と shared（yes か no）は任意です。同じ呼び出し文字の定型文は置き換えられ、削除はされません。", "UTF-8 格式的 CSV，須有 shortcut、title、text 欄，可另加 category 與 shared（yes 或 no）。簡碼相同的訊息會被取代，不會刪除任何訊息。";
    import: "Import", "นำเข้า", "読み込む", "匯入";
    file_missing: "Choose a file first.", "โปรดเลือกไฟล์ก่อน", "先にファイルを選んでください。", "請先選擇檔案。";
    file_wrong: "This file cannot be imported. The reasons are below.", "นำเข้าไฟล์นี้ไม่ได้ ดูเหตุผลด้านล่าง", "このファイルは読み込めません。理由は下のとおりです。", "無法匯入此檔案，原因如下。";
    encoded_in(name): "The file is in {0}. Save it as “CSV UTF-8” and choose it again.", "ไฟล์นี้เป็น {0} บันทึกเป็น “CSV UTF-8” แล้วเลือกใหม่", "ファイルの文字コードが{0}です。「CSV UTF-8」で保存し直して、もう一度選んでください。", "檔案的編碼為 {0}，請另存為「CSV UTF-8」後重新選擇。";
    encoded_unknown: "The file is not in UTF-8. Save it as “CSV UTF-8” and choose it again.", "ไฟล์นี้ไม่ใช่ UTF-8 บันทึกเป็น “CSV UTF-8” แล้วเลือกใหม่", "ファイルの文字コードがUTF-8ではありません。「CSV UTF-8」で保存し直して、もう一度選んでください。", "檔案編碼不是 UTF-8，請另存為「CSV UTF-8」後重新選擇。";
    quote_open(row): "Row {0}: a quotation mark is not closed.", "แถว {0}: เครื่องหมายคำพูดไม่ปิด", "{0}行目：引用符が閉じられていません。", "第 {0} 列：引號未關閉。";
    no_column(name): "There is no column {0}.", "ไม่มีคอลัมน์ {0}", "{0} の列がありません。", "缺少 {0} 欄。";
    no_rows: "There are no replies in the file.", "ไม่มีข้อความในไฟล์", "ファイルに定型文がありません。", "檔案中沒有訊息。";
    too_many: "The file has more than 5,000 rows. Import it in parts.", "ไฟล์มีมากกว่า 5,000 แถว โปรดแบ่งนำเข้า", "5,000行を超えています。分けて読み込んでください。", "檔案超過 5,000 列，請分次匯入。";
    in_row(row, column, why): "Row {0}, {1}: {2}", "แถว {0} {1}: {2}", "{0}行目、{1}：{2}", "第 {0} 列，{1}：{2}";

    rule: "Who changes shared replies", "ผู้ที่แก้ไขข้อความที่ใช้ร่วมกันได้", "チーム共有の定型文を変更できる人", "誰可變更團隊共用的訊息";
    rule_operators: "Operators, too", "เจ้าหน้าที่ด้วย", "オペレーターにも許可", "客服人員也可以";
    rule_hint: "Otherwise only supervisors add, change and delete them", "หากปิด เฉพาะหัวหน้าทีมที่เพิ่ม แก้ไข และลบได้", "オフの場合、追加・変更・削除はスーパーバイザーのみです", "關閉時只有主管可新增、變更與刪除";

    added(shortcut): "/{0} can be used from now on.", "ใช้ /{0} ได้แล้ว", "/{0} を使えるようになりました。", "/{0} 現在可以使用了。";
    changed(shortcut): "Saved. /{0} says this from now on.", "บันทึกแล้ว /{0} ใช้ข้อความนี้นับจากนี้", "保存しました。/{0} の変更を反映しました。", "已儲存，/{0} 的變更已生效。";
    deleted(shortcut): "/{0} is deleted. Sent messages stay.", "ลบ /{0} แล้ว ข้อความที่ส่งไปแล้วยังอยู่", "/{0} を削除しました。送信済みのメッセージは残ります。", "已刪除 /{0}，已傳送的訊息不受影響。";
    imported(added, changed): "Imported: {0} added, {1} changed.", "นำเข้าแล้ว: เพิ่ม {0} แก้ไข {1}", "読み込みました。追加{0}件、変更{1}件。", "已匯入：新增 {0} 則，變更 {1} 則。";
    rule_saved: "Saved. This holds from now on.", "บันทึกแล้ว มีผลนับจากนี้", "保存しました。今後はこの設定に従います。", "已儲存，即刻生效。";
    not_added: "No reply was added.", "ยังไม่ได้เพิ่มข้อความ", "定型文は追加されていません。", "尚未新增訊息。";
    not_changed: "No reply was changed.", "ยังไม่ได้แก้ไขข้อความ", "定型文は変更されていません。", "尚未變更訊息。";
    not_deleted: "No reply was deleted.", "ยังไม่ได้ลบข้อความ", "定型文は削除されていません。", "尚未刪除訊息。";
    not_imported: "Nothing was imported.", "ยังไม่ได้นำเข้า", "読み込まれていません。", "尚未匯入任何訊息。";
}
