//! What the list of keys says.

use crate::ui::words::texts;

texts! {
    keys: "Keyboard shortcuts", "ปุ่มลัด", "キーボードショートカット", "鍵盤快速鍵";
    key_chats: "Next and previous chat", "แชทถัดไปและก่อนหน้า", "次・前のチャット", "下一則、上一則對話";
    key_next_chat: "Next chat, also from the reply box (↑: previous)", "แชทถัดไป ใช้ในช่องพิมพ์ได้ (↑: ก่อนหน้า)", "次のチャット（入力欄からも可、↑で前へ）", "下一則對話，在輸入框中也可用（↑：上一則）";
    key_lists: "Next and previous list", "รายการถัดไปและก่อนหน้า", "次・前の一覧", "下一個、上一個列表";
    key_reply: "Reply, or quote the message that is pointed at", "ตอบลูกค้า หรืออ้างอิงข้อความที่ชี้อยู่", "返信、または選択中のメッセージを引用", "回覆，或引用回覆所指的訊息";
    key_undo: "Take back the last answer while it waits", "เลิกทำข้อความล่าสุดที่ยังไม่ส่งออก", "送信待ちの最後の返信を元に戻す", "復原最後一則尚未送出的回覆";
    key_note: "Internal note", "โน้ตภายใน", "社内メモ", "內部備註";
    key_claim: "Claim this chat, or the longest waiting one", "รับแชทนี้ หรือแชทที่รอนานที่สุด", "このチャット、または待ち時間が最も長いチャットに対応", "接手這則對話，或等候最久的一則";
    key_transfer: "Transfer", "โอนแชท", "引き継ぎ", "轉接";
    key_close: "Close chat", "ปิดแชท", "対応済みにする", "結束對話";
    key_tags: "Tags of this chat", "แท็กของแชทนี้", "このチャットのタグ", "這則對話的標籤";
    key_select: "Select this chat (Shift and a click: up to there)", "เลือกแชทนี้ (Shift แล้วคลิก: เลือกถึงตรงนั้น)", "このチャットを選択（Shift+クリックで範囲選択）", "選取這則對話（Shift 加點按可選取一段）";
    key_snooze: "Snooze this chat", "พักแชทนี้ไว้", "このチャットをスヌーズ", "延後這則對話";
    key_filter: "Filter (with no chat open)", "ตัวกรอง (เมื่อไม่ได้เปิดแชท)", "絞り込み（チャットを開いていないとき）", "篩選（未開啟對話時）";
    key_close_and_next: "Close and next", "ปิดแล้วไปแชทถัดไป", "対応済みにして次へ", "結束並看下一則";
    key_details: "Show or hide the details", "แสดงหรือซ่อนข้อมูลลูกค้า", "お客様情報の表示・非表示", "顯示或隱藏客戶資料";
    key_pane: "Move to the next area", "ไปส่วนถัดไปของหน้าจอ", "画面の次の領域に移動", "移到畫面的下一個區域";
    key_send: "Send (in the reply box)", "ส่ง (ในช่องพิมพ์)", "送信（入力欄）", "傳送（在輸入框中）";
    key_attach: "Attach a file", "แนบไฟล์", "ファイルを添付", "附加檔案";
    key_new_line: "New line (in the reply box)", "ขึ้นบรรทัดใหม่ (ในช่องพิมพ์)", "改行（入力欄）", "換行（在輸入框中）";
    key_retry: "Send the last failed message again (when the reply box is empty)", "ส่งข้อความล่าสุดที่ไม่สำเร็จอีกครั้ง (เมื่อช่องพิมพ์ว่าง)", "最後に送信できなかったメッセージをもう一度送信（入力欄が空のとき）", "重新傳送最後一則失敗的訊息（輸入框空白時）";
    key_escape: "Close what is open, then back to the list", "ปิดสิ่งที่เปิดอยู่ แล้วกลับไปที่รายการ", "開いているものを閉じて、一覧に戻る", "關閉開啟的項目，再返回列表";
    key_palette: "Find a chat, an action or a page", "ค้นหาแชท คำสั่ง หรือหน้า", "チャット・操作・ページを検索", "尋找對話、操作或頁面";
    key_search: "Search", "ค้นหา", "検索", "搜尋";
    key_find: "Search in this chat", "ค้นหาในแชทนี้", "このチャット内を検索", "在這則對話中搜尋";
    key_inbox: "Go to the inbox", "ไปที่กล่องแชท", "受信トレイへ", "前往收件匣";
    key_people: "Find a customer", "ค้นหาลูกค้า", "お客様を検索", "尋找客戶";
    key_settings: "Go to the settings", "ไปที่การตั้งค่า", "設定へ", "前往設定";
    key_newest: "Go to the newest message", "ไปที่ข้อความล่าสุด", "最新のメッセージへ", "前往最新訊息";
    key_keys: "This list", "รายการปุ่มลัดนี้", "この一覧", "此列表";
}
