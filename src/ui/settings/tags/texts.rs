//! What the page about tags says.

use crate::ui::words::texts;

texts! {
    lead[count]: "{0} tag|{0} tags", "{0} แท็ก", "{0}件", "{0} 個";
    new_tag: "New tag", "เพิ่มแท็ก", "タグを追加", "新增標籤";
    all_tags: "Tags", "รายการแท็ก", "タグ一覧", "標籤清單";
    none_yet: "There are no tags yet. Add the first one below.", "ยังไม่มีแท็ก เพิ่มแท็กแรกด้านล่าง", "タグはまだありません。下で追加してください。", "尚無標籤，請在下方新增。";
    find: "Find a tag", "ค้นหาแท็ก", "タグを検索", "搜尋標籤";
    tag: "Tag", "แท็ก", "タグ", "標籤";
    name: "Name", "ชื่อ", "名前", "名稱";
    name_hint: "Up to 30 characters", "ไม่เกิน 30 ตัวอักษร", "30文字まで", "最多 30 個字";
    name_long: "A tag has at most 30 characters. Shorten it.", "แท็กยาวได้ไม่เกิน 30 ตัวอักษร โปรดทำให้สั้นลง", "タグは30文字までです。短くしてください。", "標籤最多 30 個字，請縮短。";
    name_taken: "There is a tag of this name already. Capital and small letters count as the same.", "มีแท็กชื่อนี้อยู่แล้ว ตัวพิมพ์เล็กและใหญ่ถือว่าเหมือนกัน", "この名前のタグはすでにあります。大文字と小文字は区別されません。", "已有同名的標籤，大小寫視為相同。";
    color: "Colour", "สี", "色", "顏色";
    gold: "Gold", "ทอง", "ゴールド", "金色";
    blue: "Blue", "น้ำเงิน", "ブルー", "藍色";
    teal: "Teal", "เขียวน้ำทะเล", "ティール", "藍綠色";
    plum: "Plum", "ม่วง", "プラム", "紫色";
    rose: "Rose", "ชมพู", "ローズ", "玫瑰色";
    clay: "Clay", "น้ำตาลแดง", "クレイ", "陶土色";
    chats: "Chats", "แชท", "チャット", "對話";
    edit_tag(name): "Edit {0}", "แก้ไข {0}", "{0} を編集", "編輯 {0}";

    delete_asks(name): "Delete {0}?", "ลบ {0} หรือไม่", "{0} を削除しますか？", "要刪除 {0} 嗎？";
    delete_lead[number]: "It goes from {0} chat at once. The chat stays as it is.|It goes from {0} chats at once. The chats stay as they are.", "แท็กนี้จะหายไปจาก {0} แชททันที ตัวแชทยังอยู่เหมือนเดิม", "{0}件のチャットからすぐに外れます。チャットはそのまま残ります。", "會立即從 {0} 則對話移除，對話本身不受影響。";
    keep(name): "Keep {0}", "ไม่ลบ {0}", "{0} を残す", "保留 {0}";
    delete(name): "Delete {0}", "ลบ {0}", "{0} を削除", "刪除 {0}";

    rule: "Who makes and changes tags", "ผู้ที่เพิ่มและแก้ไขแท็กได้", "タグを追加・変更できる人", "誰可新增與變更標籤";
    rule_operators: "Operators, too", "เจ้าหน้าที่ด้วย", "オペレーターにも許可", "客服人員也可以";
    rule_hint: "Otherwise only supervisors do; everybody puts tags on chats", "หากปิด เฉพาะหัวหน้าทีมที่ทำได้ ทุกคนติดแท็กในแชทได้", "オフの場合はスーパーバイザーのみです。チャットへのタグ付けは全員ができます", "關閉時只有主管可以；所有人都能為對話加上標籤";

    added(name): "{0} can be put on chats from now on.", "ใช้แท็ก {0} ได้แล้ว", "{0} を使えるようになりました。", "{0} 現在可以使用了。";
    changed(name): "Saved. {0} is shown on all its chats from now on.", "บันทึกแล้ว {0} แสดงในทุกแชทที่ติดแท็กนี้", "保存しました。{0} の変更をすべてのチャットに反映しました。", "已儲存，{0} 已套用到所有相關對話。";
    deleted(name): "{0} is deleted, and gone from all chats.", "ลบ {0} ออกจากทุกแชทแล้ว", "{0} を削除し、すべてのチャットから外しました。", "已刪除 {0}，並從所有對話移除。";
    rule_saved: "Saved. This holds from now on.", "บันทึกแล้ว มีผลนับจากนี้", "保存しました。今後はこの設定に従います。", "已儲存，即刻生效。";
    not_added: "No tag was added.", "ยังไม่ได้เพิ่มแท็ก", "タグは追加されていません。", "尚未新增標籤。";
    not_changed: "No tag was changed.", "ยังไม่ได้แก้ไขแท็ก", "タグは変更されていません。", "尚未變更標籤。";
    not_deleted: "No tag was deleted.", "ยังไม่ได้ลบแท็ก", "タグは削除されていません。", "尚未刪除標籤。";
}
