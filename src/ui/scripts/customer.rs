//! What the panel's script says.

use crate::ui::words::texts;

texts! {
    edit: "Edit customer", "แก้ไขข้อมูลลูกค้า", "お客様情報を編集", "編輯客戶資料";
    edit_short: "Edit", "แก้ไข", "編集", "編輯";
    own_name: "Our name for this customer", "ชื่อที่ทีมใช้เรียก", "チームでの呼び名", "團隊使用的名稱";
    line_name(name): "LINE: {0}", "LINE: {0}", "LINE：{0}", "LINE：{0}";
    use_lines_name: "Use LINE’s name", "ใช้ชื่อจาก LINE", "LINEの名前を使う", "使用 LINE 名稱";
    known_since: "Known since", "รู้จักตั้งแต่", "初回のやり取り", "首次聯繫";
    attribute: "Attribute", "ข้อมูล", "項目", "欄位";
    value: "Value", "รายละเอียด", "内容", "內容";
    add: "Add", "เพิ่ม", "追加", "新增";
    remove: "Remove", "เอาออก", "削除", "移除";
    memo: "Customer note", "โน้ตเกี่ยวกับลูกค้า", "ノート", "記事本";
    only_team: "Only your team sees it", "เห็นเฉพาะทีม", "お客様には表示されません", "僅團隊可見";
    no_memo: "Nothing noted yet", "ยังไม่มีโน้ต", "ノートはありません", "尚無記事";
    files: "Photos and files", "ไฟล์และรูปภาพ", "写真・ファイル", "照片與檔案";
    no_files: "No files yet", "ยังไม่มีไฟล์", "ファイルはありません", "尚無檔案";
    save: "Save", "บันทึก", "保存", "儲存";
    cancel: "Cancel", "ยกเลิก", "キャンセル", "取消";
    unsaved: "Not saved yet", "ยังไม่ได้บันทึก", "未保存", "尚未儲存";
    not_saved: "Not saved. Check the connection and try again.", "บันทึกไม่สำเร็จ ตรวจสอบการเชื่อมต่อแล้วลองใหม่", "保存できませんでした。接続を確認して、もう一度お試しください。", "未能儲存。請檢查連線後再試一次。";
    refused: "Sala cannot keep this. Shorten it or fill in the empty attribute.", "บันทึกข้อมูลนี้ไม่ได้ กรุณาย่อให้สั้นลงหรือเติมช่องที่ว่าง", "この内容は保存できません。短くするか、空の項目を入力してください。", "無法儲存此內容。請縮短內容或填寫空白欄位。";
    may_not: "Only supervisors may add tags here. Ask one of them.", "เฉพาะหัวหน้าทีมเท่านั้นที่เพิ่มแท็กได้ กรุณาติดต่อหัวหน้าทีม", "タグの追加は管理者のみ可能です。管理者にご依頼ください。", "僅主管可新增標籤，請洽主管。";
    meanwhile(value): "Changed by a colleague meanwhile: {0}", "เพื่อนร่วมทีมแก้ไขระหว่างนี้: {0}", "他のメンバーが変更しました：{0}", "同事已變更為：{0}";
    ask_drop: "Drop what you have changed?", "ทิ้งสิ่งที่แก้ไขหรือไม่", "変更を破棄しますか？", "要捨棄變更嗎？";
    not_loaded: "Could not be loaded.", "โหลดไม่สำเร็จ", "読み込めませんでした。", "無法載入。";
    again: "Try again", "ลองใหม่", "再試行", "再試一次";
    tag_search: "Find or add a tag", "ค้นหาหรือเพิ่มแท็ก", "タグを検索・追加", "搜尋或新增標籤";
    no_tag: "No tags yet. Type a name to add one.", "ยังไม่มีแท็ก พิมพ์ชื่อเพื่อเพิ่ม", "タグはありません。名前を入力して追加できます。", "尚無標籤，輸入名稱即可新增。";
    create(name): "Create “{0}”", "สร้าง “{0}”", "「{0}」を作成", "建立「{0}」";
    colours: "Gold|Blue|Teal|Plum|Rose|Clay", "ทอง|น้ำเงิน|เขียวอมฟ้า|ม่วง|ชมพู|ดินเผา", "金|青|青緑|紫|ばら|土", "金|藍|藍綠|紫|玫瑰|陶土";
    chats(number): "{0} chats", "{0} แชท", "{0}件", "{0} 則";
    earlier: "Earlier cases", "เคสก่อนหน้า", "過去の対応", "服務紀錄";
    first_case: "This is the first case", "นี่คือเคสแรก", "今回が初めての対応です", "這是第一次服務";
    case_by(name, length): "{0} · {1}", "{0} · {1}", "{0}・{1}", "{0} · {1}";
    case_by_nobody(length): "Nobody answered · {0}", "ไม่มีใครตอบ · {0}", "返信なし・{0}", "無人回覆 · {0}";
    tags: "Tags", "แท็ก", "タグ", "標籤";
    details: "Details", "ข้อมูลลูกค้า", "お客様情報", "客戶資料";
    first_answer(length): "First answer after {0}", "ตอบครั้งแรกหลัง {0}", "初回返信まで{0}", "{0}後首次回覆";
    photo: "Photo", "รูปภาพ", "写真", "照片";
    video: "Video", "วิดีโอ", "動画", "影片";
    audio: "Voice message", "ข้อความเสียง", "ボイスメッセージ", "語音訊息";
    file: "File", "ไฟล์", "ファイル", "檔案";
    sticker: "Sticker", "สติกเกอร์", "スタンプ", "貼圖";
    location: "Location", "ตำแหน่งที่ตั้ง", "位置情報", "位置訊息";
    card: "Card message", "ข้อความการ์ด", "カードタイプメッセージ", "卡片訊息";
    this_case: "This case", "เคสนี้", "今回の対応", "本次服務";
    no_case: "No case yet", "ยังไม่มีเคส", "まだ対応はありません", "尚無服務";
    tl_answering(name): "{0} is answering", "{0} กำลังดูแล", "{0}さんが対応中", "{0} 正在處理";
    tl_waiting: "Waiting in the queue", "รออยู่ในคิว", "未対応", "待處理";
    tl_closed: "Closed", "ปิดแล้ว", "対応済み", "已結束";
    tl_claimed(name, wait): "Claimed by {0}, waited {1}", "{0} รับแชท รอ {1}", "{0}さんが対応開始（待ち時間 {1}）", "{0} 接手，等候 {1}";
    tl_opened: "The customer wrote", "ลูกค้าทักมา", "お客様からのメッセージ", "客戶來訊";
    tl_reopened: "Reopened", "เปิดอีกครั้ง", "再開", "重新開啟";
    someone: "Someone", "มีคน", "担当者", "有人";
}
