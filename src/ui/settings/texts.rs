//! What all sections say.

use crate::protocol::ErrorCode;
use crate::protocol::fault::Reason;
use crate::ui::words::texts;

texts! {
    settings: "Settings", "ตั้งค่า", "設定", "設定";
    lead: "Each section is saved by itself and written to the activity log.", "แต่ละหัวข้อบันทึกแยกกัน และเก็บไว้ในบันทึกการทำงาน", "項目ごとに保存され、操作履歴に記録されます。", "各項目分別儲存，並寫入操作紀錄";
    skip: "Skip to the section", "ข้ามไปที่หัวข้อนี้", "この項目へ移動", "跳至此項目";
    back_to_all: "Back to all settings", "กลับไปหน้าตั้งค่า", "設定一覧に戻る", "返回設定";
    only_this: "An administrator looks after accounts, operators and business hours.", "ผู้ดูแลระบบเป็นผู้ตั้งค่าบัญชี LINE เจ้าหน้าที่ และเวลาทำการ", "アカウント、オペレーター、営業時間は管理者が設定します。", "LINE 官方帳號、成員與營業時間由管理員設定";

    account: "My account", "บัญชีของฉัน", "マイアカウント", "我的帳號";
    channels: "LINE accounts", "บัญชี LINE", "LINE公式アカウント", "LINE 官方帳號";
    operators: "Operators and roles", "เจ้าหน้าที่และบทบาท", "オペレーターと役割", "客服人員與角色";
    canned: "Canned replies", "ข้อความสำเร็จรูป", "定型文", "罐頭訊息";
    team: "Team and time zone", "ทีมและเขตเวลา", "チームとタイムゾーン", "團隊與時區";
    hours: "Business hours", "เวลาทำการ", "営業時間", "營業時間";
    replies: "Automatic replies", "การตอบกลับอัตโนมัติ", "自動応答", "自動回應";
    assigning: "Assignment and targets", "การมอบหมายและเป้าหมาย", "割り当てと目標時間", "指派與目標";
    closing: "Close automatically", "ปิดแชทอัตโนมัติ", "自動で対応済みにする", "自動結束對話";
    survey: "Satisfaction survey", "แบบประเมินความพึงพอใจ", "満足度アンケート", "滿意度調查";
    tags: "Tags", "แท็ก", "タグ", "標籤";
    connections: "Connections", "การเชื่อมต่อ", "接続", "連線";
    group_you: "You", "ส่วนตัว", "個人", "個人";
    group_workspace: "Workspace", "ทีม", "チーム", "團隊";
    group_answering: "Answering", "การตอบแชท", "応対", "回覆";
    group_system: "System", "ระบบ", "システム", "系統";

    find: "Find", "ค้นหา", "検索", "搜尋";
    clear: "Clear", "ล้าง", "クリア", "清除";
    nothing_found: "Nothing has these words.", "ไม่พบรายการที่มีคำนี้", "一致する項目はありません。", "找不到符合的項目";
    range(from, to, all): "{0} to {1} of {2}", "{0} ถึง {1} จาก {2}", "{2}件中{0}～{1}件", "第 {0} 至 {1} 項，共 {2} 項";
    previous: "Previous", "ก่อนหน้า", "前へ", "上一頁";
    next: "Next", "ถัดไป", "次へ", "下一頁";
    edit: "Edit", "แก้ไข", "編集", "編輯";
    action: "Action", "การทำงาน", "操作", "操作";
    delete: "Delete…", "ลบ…", "削除…", "刪除…";

    minutes: "min", "นาที", "分", "分鐘";
    days: "days", "วัน", "日", "天";
    chats: "chats", "แชท", "件", "則";

    save: "Save", "บันทึก", "保存", "儲存";
    not_saved_title: "Not saved:", "ยังไม่ได้บันทึก:", "未保存：", "尚未儲存：";
    nothing_saved: "Nothing was saved.", "ยังไม่ได้บันทึก", "保存されていません。", "尚未儲存。";
    check_field: "Check this field:", "มี 1 ช่องที่ต้องแก้ไข:", "確認が必要な項目：", "請確認這個欄位：";
    check_fields: "Check these fields:", "มีช่องที่ต้องแก้ไข:", "確認が必要な項目：", "請確認這些欄位：";
    type_again: "Type it again. Passwords are not kept in the form.", "พิมพ์อีกครั้ง ระบบไม่เก็บรหัสผ่านไว้ในฟอร์ม", "もう一度入力してください。フォームにパスワードは残りません。", "請再輸入一次，表單不會保留密碼";

    doubled: "This field came twice. Reload the page and send it once.", "ช่องนี้ถูกส่งมาซ้ำ โหลดหน้านี้ใหม่แล้วส่งอีกครั้ง", "この項目が重複して送信されました。ページを再読み込みして、もう一度送信してください。", "此欄位重複送出。請重新整理頁面後再送出一次。";
    missing: "This is missing. Fill it in.", "ยังไม่ได้กรอก โปรดกรอกช่องนี้", "入力されていません。入力してください。", "尚未填寫，請填寫此欄位。";
    too_short: "This is too short.", "สั้นเกินไป", "短すぎます。", "內容太短。";
    too_long: "This is too long. Shorten it.", "ยาวเกินไป โปรดทำให้สั้นลง", "長すぎます。短くしてください。", "內容太長，請縮短。";
    too_large: "This file is too large.", "ไฟล์ใหญ่เกินไป", "ファイルが大きすぎます。", "檔案太大。";
    common: "This is among the 10,000 most common passwords. A short sentence is easy to remember.", "รหัสผ่านนี้อยู่ใน 10,000 รหัสที่ใช้กันมากที่สุด ลองใช้ประโยคสั้น ๆ ที่จำง่าย", "よく使われるパスワード上位1万件に含まれるため使用できません。短い文にすると覚えやすくなります。", "這是最常見的 10,000 組密碼之一。改用一句短句會更好記。";
    wrong: "This is not right. Check it and try again.", "ไม่ถูกต้อง ตรวจสอบแล้วลองใหม่", "正しくありません。確認して、もう一度お試しください。", "內容不正確，請確認後再試一次。";
    taken: "This is taken already. Choose another.", "มีผู้ใช้แล้ว โปรดเลือกอย่างอื่น", "すでに使われています。別のものにしてください。", "已被使用，請改用其他內容。";
    unseen: "This has characters that cannot be seen. Type it anew.", "มีอักขระที่มองไม่เห็น โปรดพิมพ์ใหม่", "見えない文字が含まれています。入力し直してください。", "含有看不見的字元，請重新輸入。";
    unknown: "This cannot be chosen. Choose one of those shown.", "เลือกค่านี้ไม่ได้ โปรดเลือกจากรายการ", "選択できない値です。表示されている中から選んでください。", "無法選擇此項，請從清單中選擇。";
    last_admin: "This is the last administrator. Make someone else an administrator first.", "นี่คือผู้ดูแลระบบคนสุดท้าย โปรดตั้งคนอื่นเป็นผู้ดูแลระบบก่อน", "最後の管理者です。先に別のメンバーを管理者にしてください。", "這是最後一位管理員，請先指定其他管理員。";
    oneself: "You cannot do this to yourself.", "คุณทำรายการนี้กับตัวเองไม่ได้", "自分に対してはできません。", "無法對自己執行此操作。";
    unsupported: "Sala cannot do this yet.", "Sala ยังทำรายการนี้ไม่ได้", "この操作にはまだ対応していません。", "Sala 目前尚不支援此功能。";
    malformed: "This does not look right. Check what you typed.", "รูปแบบไม่ถูกต้อง ตรวจสอบสิ่งที่พิมพ์", "形式が正しくありません。入力内容を確認してください。", "格式不正確，請檢查輸入內容。";

    code_stale: "Somebody saved this in the meantime. Yours is below and not saved; save again to keep it.", "มีผู้บันทึกส่วนนี้ไปแล้ว ของคุณอยู่ด้านล่างและยังไม่ได้บันทึก บันทึกอีกครั้งหากต้องการใช้", "ほかのメンバーが先に保存しました。自分の変更は下に残っていますが、まだ保存されていません。もう一度保存すると反映されます。", "其他人已先儲存。您的變更保留在下方，尚未儲存；再次儲存即可套用。";
    code_forbidden: "Your role does not allow this.", "บทบาทของคุณไม่มีสิทธิ์ทำรายการนี้", "権限がないため、この操作はできません。", "您的角色沒有此權限。";
    code_rate: "Too many tries. Wait a moment, then try again.", "ลองหลายครั้งเกินไป รอสักครู่แล้วลองใหม่", "試行回数が多すぎます。しばらくしてから、もう一度お試しください。", "嘗試次數過多，請稍候再試。";
    code_gone: "It is not there any more. Reload the page.", "ไม่มีรายการนี้แล้ว โหลดหน้านี้ใหม่", "すでに存在しません。ページを再読み込みしてください。", "此項目已不存在，請重新整理頁面。";
    code_form: "The form was not whole. Reload the page and try again.", "แบบฟอร์มไม่สมบูรณ์ โหลดหน้านี้ใหม่แล้วลองอีกครั้ง", "フォームが正しく送信されませんでした。ページを再読み込みして、もう一度お試しください。", "表單內容不完整，請重新整理頁面後再試一次。";
    code_ours: "The fault is ours. Try again in a moment.", "Sala มีปัญหา ลองใหม่อีกสักครู่", "Salaで問題が発生しました。しばらくしてから、もう一度お試しください。", "Sala 發生問題，請稍候再試。";
}

impl Texts {
    /// Why a field's value is refused.
    pub(super) fn of_reason(self, reason: Reason) -> &'static str {
        match reason {
            Reason::Missing => self.missing(),
            Reason::TooShort => self.too_short(),
            Reason::TooLong => self.too_long(),
            Reason::TooLarge => self.too_large(),
            Reason::Common => self.common(),
            Reason::Wrong => self.wrong(),
            Reason::Taken => self.taken(),
            Reason::Unseen => self.unseen(),
            Reason::Unknown => self.unknown(),
            Reason::LastAdmin => self.last_admin(),
            Reason::Oneself => self.oneself(),
            Reason::Unsupported => self.unsupported(),
            Reason::Malformed => self.malformed(),
        }
    }

    /// Why a form was refused that has no fault in a field.
    pub(super) fn of_code(self, code: ErrorCode) -> &'static str {
        match code {
            ErrorCode::Forbidden | ErrorCode::NotAuthenticated => self.code_forbidden(),
            ErrorCode::RateLimitExceeded => self.code_rate(),
            ErrorCode::NotFound => self.code_gone(),
            ErrorCode::ValidationError => self.code_form(),
            ErrorCode::LastAdmin => self.last_admin(),
            ErrorCode::Taken => self.taken(),
            ErrorCode::Stale => self.code_stale(),
            _ => self.code_ours(),
        }
    }
}
