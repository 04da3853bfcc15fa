//! What the search says.

use crate::ui::words::texts;

texts! {
    search: "Search", "ค้นหา", "検索", "搜尋";
    field: "Search names and messages", "ค้นหาชื่อและข้อความ", "名前・メッセージを検索", "搜尋名稱與訊息";
    clear: "Clear", "ล้าง", "消去", "清除";
    customers: "Customers", "ลูกค้า", "お客様", "客戶";
    messages: "Messages", "ข้อความ", "メッセージ", "訊息";
    newest_first: "Newest first", "ใหม่สุดก่อน", "新しい順", "由新到舊";
    found: "Found", "ผลการค้นหา", "検索結果", "搜尋結果";
    nothing(words): "No message has “{0}”", "ไม่พบข้อความที่มี “{0}”", "「{0}」を含むメッセージはありません", "找不到含有「{0}」的訊息";
    nothing_text: "Try fewer letters, or other words.", "ลองพิมพ์ให้สั้นลง หรือใช้คำอื่น", "短い言葉や別の言葉で試してください。", "請縮短關鍵字，或換個詞。";
    begin: "Find a name, a word or a file", "ค้นหาชื่อ คำ หรือไฟล์", "名前、言葉、ファイルを検索", "搜尋名稱、字詞或檔案";
    begin_text: "One letter is enough. Put words that belong together in “quotation marks”.", "พิมพ์ตัวเดียวก็ค้นหาได้ ใส่ “เครื่องหมายคำพูด” คร่อมคำที่ต้องอยู่ติดกัน", "1文字から検索できます。続いた言葉は “引用符” で囲みます。", "一個字就能搜尋。要連在一起的字詞請加上 “引號”。";
    failed: "The search did not work", "ค้นหาไม่สำเร็จ", "検索できませんでした", "搜尋失敗";
    too_long: "This is too long to search for.", "ข้อความค้นหายาวเกินไป", "検索する言葉が長すぎます。", "搜尋內容太長。";
    customer: "Customer", "ลูกค้า", "お客様", "客戶";
    you: "You", "คุณ", "自分", "您";
    note: "note", "โน้ต", "メモ", "備註";
    file: "file", "ไฟล์", "ファイル", "檔案";
    in_closed: "in a closed chat", "แชทที่ปิดแล้ว", "対応済みのチャット", "已結束的對話";
    our_name: "Our name", "ชื่อที่ทีมใช้เรียก", "チームでの呼び名", "團隊使用的名稱";
    line_name(name): "LINE: {0}", "LINE: {0}", "LINE：{0}", "LINE：{0}";
    choose: "choose", "เลือก", "選択", "選擇";
    open_there: "open there", "เปิดที่ข้อความนั้น", "その場所を開く", "開啟該訊息";
    filters: "filters", "ตัวกรอง", "絞り込み", "篩選";
    by_operator: "Operator", "ผู้ดูแล", "担当者", "客服人員";
    anybody: "Anybody", "ทุกคน", "全員", "所有人";
    by_account: "LINE account", "บัญชี LINE", "LINEアカウント", "LINE 帳號";
    any_account: "Any", "ทุกบัญชี", "すべて", "全部";
    from: "From", "ตั้งแต่", "開始日", "起始日";
    to: "To", "ถึง", "終了日", "結束日";
    here: "In this chat", "ในแชทนี้", "このチャット内", "在這則對話中";
    here_field: "Search in this chat", "ค้นหาในแชทนี้", "このチャット内を検索", "在這則對話中搜尋";
    count(at, all): "{0} of {1} in this chat", "{0} จาก {1} ในแชทนี้", "このチャット内 {1}件中{0}件目", "這則對話中第 {0} 則，共 {1} 則";
    count_none: "None in this chat", "ไม่พบในแชทนี้", "このチャットにはありません", "這則對話中沒有";
    to_date: "Go to a date", "ไปยังวันที่", "日付へ移動", "前往日期";
    none_since: "Nothing since then", "ไม่มีข้อความตั้งแต่นั้น", "それ以降のメッセージはありません", "之後沒有訊息";
    older: "Older", "ก่อนหน้า", "前へ", "較早";
    newer: "Newer", "ถัดไป", "次へ", "較新";
    close_here: "Close the search in this chat", "ปิดการค้นหาในแชทนี้", "このチャット内の検索を閉じる", "關閉對話內搜尋";
}
