//! What the palette says.

use crate::ui::words::texts;

texts! {
    palette: "Command palette", "ค้นหาคำสั่ง", "コマンド検索", "指令搜尋";
    field: "Type a name, an action or a page", "พิมพ์ชื่อ คำสั่ง หรือหน้า", "名前・操作・ページを入力", "輸入名稱、操作或頁面";
    results: "Found", "ผลการค้นหา", "検索結果", "搜尋結果";
    nothing: "Nothing is called that", "ไม่พบสิ่งที่มีชื่อนี้", "該当するものがありません", "找不到符合的項目";
    chats: "Chats", "แชท", "チャット", "對話";
    actions: "This chat", "แชทนี้", "このチャット", "這則對話";
    console: "Console", "หน้าจอ", "画面", "畫面";
    pages: "Pages", "หน้า", "ページ", "頁面";
    replies: "Canned replies", "ข้อความสำเร็จรูป", "定型文", "罐頭訊息";
    languages: "Language", "ภาษา", "言語", "語言";
    looks: "Appearance", "ธีม", "外観", "外觀";
    reply: "Reply", "ตอบลูกค้า", "返信", "回覆";
    note_inside: "Internal note", "โน้ตภายใน", "社内メモ", "內部備註";
    claim: "Claim", "รับแชท", "対応する", "接手";
    claim_next: "Claim the longest waiting chat", "รับแชทที่รอนานที่สุด", "待ち時間が最も長いチャットに対応", "接手等候最久的對話";
    transfer: "Transfer", "โอนแชท", "引き継ぎ", "轉接";
    close_chat: "Close chat", "ปิดแชท", "対応済みにする", "結束對話";
    close_and_next: "Close and next", "ปิดแล้วไปแชทถัดไป", "対応済みにして次へ", "結束並看下一則";
    snooze: "Snooze", "พักไว้", "スヌーズ", "延後";
    select: "Select this chat in the list", "เลือกแชทนี้ในรายการ", "一覧でこのチャットを選択", "在清單中選取這則對話";
    find: "Search in this chat", "ค้นหาในแชทนี้", "このチャット内を検索", "在這則對話中搜尋";
    details: "Show or hide the details", "แสดงหรือซ่อนข้อมูลลูกค้า", "お客様情報の表示・非表示", "顯示或隱藏客戶資料";
    search: "Search everything", "ค้นหาทั้งหมด", "すべてを検索", "搜尋全部";
    keys: "Keyboard shortcuts", "ปุ่มลัด", "キーボードショートカット", "鍵盤快速鍵";
    next_chat: "Next chat", "แชทถัดไป", "次のチャット", "下一則對話";
    previous_chat: "Previous chat", "แชทก่อนหน้า", "前のチャット", "上一則對話";
    light: "Light", "สว่าง", "ライト", "淺色";
    dark: "Dark", "มืด", "ダーク", "深色";
    auto: "Same as this device", "ตามอุปกรณ์", "端末の設定に合わせる", "與裝置相同";
    choose: "choose", "เลือก", "選択", "選擇";
    run: "do it", "ทำ", "実行", "執行";
    shut: "close", "ปิด", "閉じる", "關閉";
}
