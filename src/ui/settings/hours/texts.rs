//! What the page about business hours says.

use crate::ui::words::texts;

texts! {
    lead: "For all LINE accounts, unless one has its own", "สำหรับทุกบัญชี LINE เว้นแต่บัญชีที่กำหนดเอง", "個別に設定したアカウントを除き、すべてのLINE公式アカウントに適用されます", "適用於所有 LINE 官方帳號，另有設定者除外";
    account: "LINE account", "บัญชี LINE", "LINE公式アカウント", "LINE 官方帳號";
    all_accounts: "All accounts", "ทุกบัญชี", "すべてのアカウント", "所有帳號";
    own_hours: "own hours", "กำหนดเอง", "個別設定", "個別設定";

    open_always: "Always open. No hours are set.", "เปิดตลอดเวลา ยังไม่ได้กำหนดเวลาทำการ", "常に営業中です。営業時間は設定されていません。", "全天候營業，尚未設定營業時間。";
    open_until(when): "Open now; closes {0}.", "เปิดอยู่ ปิด {0}", "営業中です。{0}に終了します。", "營業中，{0} 結束營業。";
    closed_until(when): "Closed now; opens {0}.", "ปิดอยู่ เปิด {0}", "現在は営業時間外です。{0}から営業します。", "目前為非營業時間，{0} 開始營業。";
    closed_always: "Closed. There are no hours at which it opens.", "ปิดอยู่ ไม่มีเวลาที่เปิดทำการ", "営業時間外です。営業する時間が設定されていません。", "非營業時間，且未設定任何營業時段。";
    now_in(when, zone): "{0} in {1}.", "{0} ({1})", "{0}（{1}）", "{0}（{1}）";
    at_another_time: "At another time", "ดูเวลาอื่น", "ほかの日時を確認", "查看其他時間";
    try_it: "Try it", "ลองดู", "確認", "試試看";
    then_open(when): "{0}: open.", "{0}: เปิด", "{0}：営業中です。", "{0}：營業中。";
    then_open_until(when, until): "{0}: open, until {1}.", "{0}: เปิดถึง {1}", "{0}：営業中です。{1}に終了します。", "{0}：營業中，至 {1}。";
    then_closed(when): "{0}: closed.", "{0}: ปิด", "{0}：営業時間外です。", "{0}：非營業時間。";
    then_closed_until(when, until): "{0}: closed. Opens {1}.", "{0}: ปิด เปิด {1}", "{0}：営業時間外です。{1}から営業します。", "{0}：非營業時間，{1} 開始營業。";
    no_moment: "This is no date and time.", "ไม่ใช่วันและเวลาที่ถูกต้อง", "日時の形式が正しくありません。", "日期時間格式不正確。";

    week: "Week", "รายสัปดาห์", "曜日別", "每週";
    closed: "Closed", "ปิด", "休業", "休息";
    to: "to", "ถึง", "～", "至";
    begins(day): "{0}, from", "{0} ตั้งแต่", "{0}の開始", "{0} 開始";
    ends(day): "{0}, to", "{0} ถึง", "{0}の終了", "{0} 結束";
    add_hours: "Add hours", "เพิ่มช่วงเวลา", "時間を追加", "新增時段";
    remove_hours(day, from, to): "Remove {0}, {1} to {2}", "ลบ {0} {1} ถึง {2}", "{0} {1}～{2} を外す", "移除 {0} {1} 至 {2}";
    until(when): "until {0}", "ถึง {0}", "{0}まで", "至 {0}";
    zone_hint(zone): "In the team’s time zone, {0}. An end before the beginning means past midnight; from 00:00 to 00:00 is all day.", "ตามเขตเวลาของทีม {0} เวลาสิ้นสุดที่มาก่อนเวลาเริ่มหมายถึงข้ามเที่ยงคืน ส่วน 00:00 ถึง 00:00 คือทั้งวัน", "チームのタイムゾーン（{0}）の時刻です。終了が開始より前の場合は翌日を表し、00:00～00:00は終日です。", "依團隊時區 {0}。結束早於開始表示跨越午夜；00:00 至 00:00 表示全天。";
    change_zone: "Change the time zone", "เปลี่ยนเขตเวลา", "タイムゾーンを変更", "變更時區";
    not_own: "These are the hours of all accounts. Saving gives this account its own.", "นี่คือเวลาของทุกบัญชี เมื่อบันทึก บัญชีนี้จะมีเวลาทำการของตัวเอง", "すべてのアカウント共通の営業時間です。保存すると、このアカウント専用の設定になります。", "這是所有帳號共用的營業時間，儲存後此帳號將有自己的設定。";
    none_set: "No hours are set, so it is always open. Saving sets them.", "ยังไม่ได้กำหนดเวลาทำการ จึงเปิดตลอดเวลา เมื่อบันทึกจะถือเป็นเวลาทำการ", "営業時間が未設定のため常に営業中です。保存すると設定されます。", "尚未設定營業時間，因此全天候營業；儲存後即生效。";
    drop_own: "Use the hours of all accounts", "ใช้เวลาของทุกบัญชี", "共通の営業時間を使う", "改用所有帳號的營業時間";
    drop_all: "Always open", "เปิดตลอดเวลา", "常に営業中にする", "全天候營業";
    drop_hint: "Hours and holidays set here are removed.", "เวลาทำการและวันหยุดที่กำหนดไว้ที่นี่จะถูกลบ", "ここで設定した営業時間と休業日は削除されます。", "在此設定的營業時間與休假日將被移除。";

    holidays: "Holidays", "วันหยุด", "休業日", "休假日";
    no_holidays: "There are no holidays yet.", "ยังไม่มีวันหยุด", "休業日はまだありません。", "尚無休假日。";
    date: "Date", "วันที่", "日付", "日期";
    name: "Name", "ชื่อ", "名称", "名稱";
    open_from: "Open from", "เปิดตั้งแต่", "営業開始", "營業開始";
    open_to: "Open to", "เปิดถึง", "営業終了", "營業結束";
    add_day: "Add a day", "เพิ่มวัน", "日を追加", "新增日期";
    remove_day(name): "Remove {0}", "ลบ {0}", "{0} を外す", "移除 {0}";
    holiday_hint: "A holiday takes the place of the week’s hours on that day, also of those that run past midnight into it. Without times it is closed all day.", "วันหยุดใช้แทนเวลาทำการของวันนั้น รวมถึงช่วงที่ข้ามเที่ยงคืนมา หากไม่ใส่เวลาคือปิดทั้งวัน", "休業日の設定は、その日の営業時間（前日から深夜にまたがる分を含む）より優先されます。時刻を入力しない場合は終日休業です。", "休假日會取代當天的營業時間，包含前一天跨越午夜的時段。未填時間表示全天休息。";
    thailand: "Thailand", "ประเทศไทย", "タイ", "泰國";
    japan: "Japan", "ญี่ปุ่น", "日本", "日本";
    taiwan: "Taiwan", "ไต้หวัน", "台湾", "台灣";
    of_year(country, year): "{0} {1}", "{0} {1}", "{0} {1}年", "{0} {1} 年";
    tick(which): "{0}: tick the days on which you are closed", "{0}: เลือกวันที่คุณปิดทำการ", "{0}：休業する日を選んでください", "{0}：勾選休息的日子";
    source(who): "Official days only · source: {0}", "เฉพาะวันหยุดราชการ · ที่มา: {0}", "公式の休日のみ・出典：{0}", "僅列官方假日 · 來源：{0}";
    by_moon: "by the lunar calendar; check the year’s announcement", "ตามปฏิทินจันทรคติ โปรดตรวจสอบประกาศของปีนั้น", "旧暦による日付。各年の公示を確認してください", "依農曆推算，請以當年公告為準";
    add_ticked: "Add the ticked days", "เพิ่มวันที่เลือก", "選んだ日を追加", "加入勾選的日子";
    not_now: "Not now", "ไว้ก่อน", "今はしない", "暫時不要";
    none_left: "All of these are holidays already.", "เพิ่มครบทุกวันแล้ว", "すべて登録済みです。", "這些日子都已加入。";

    saved: "Saved. These hours hold from now on.", "บันทึกแล้ว มีผลนับจากนี้", "保存しました。今後はこの営業時間に従います。", "已儲存，即刻生效。";
    holidays_saved: "Saved. These holidays hold from now on.", "บันทึกวันหยุดแล้ว มีผลนับจากนี้", "休業日を保存しました。", "已儲存休假日，即刻生效。";
    imported[number]: "{0} holiday was added.|{0} holidays were added.", "เพิ่มวันหยุดแล้ว {0} วัน", "休業日を{0}日追加しました。", "已新增 {0} 個休假日。";
    dropped: "Saved. There are no hours of its own any more.", "บันทึกแล้ว ไม่มีเวลาทำการที่กำหนดเองอีกต่อไป", "保存しました。個別の営業時間は解除されました。", "已儲存，已移除個別的營業時間。";
    week_wrong: "These hours overlap, end as they begin, or are no times. Correct them.", "เวลาซ้อนทับกัน เริ่มและสิ้นสุดพร้อมกัน หรือไม่ใช่เวลา โปรดแก้ไข", "時間が重複しているか、開始と終了が同じか、時刻ではありません。修正してください。", "時段重疊、起訖相同或格式不正確，請修正。";
    week_missing: "Fill in when it opens and closes, or untick the day.", "ใส่เวลาเปิดและปิด หรือเลิกเลือกวันนี้", "開始と終了を入力するか、この曜日の選択を外してください。", "請填寫起訖時間，或取消勾選這一天。";
    holidays_wrong: "A holiday has a day of its own, and its hours may not overlap. Correct the list.", "วันหยุดต้องไม่ซ้ำวัน และช่วงเวลาต้องไม่ซ้อนกัน โปรดแก้ไขรายการ", "休業日は1日に1件で、時間は重複できません。一覧を修正してください。", "每天只能有一筆休假日，且時段不可重疊，請修正清單。";
    holidays_missing: "A holiday has a date and a name. Fill in what is missing.", "วันหยุดต้องมีวันที่และชื่อ โปรดกรอกให้ครบ", "休業日には日付と名称が必要です。入力してください。", "休假日需要日期與名稱，請補齊。";
    nothing_ticked: "No day is ticked.", "ยังไม่ได้เลือกวัน", "日が選択されていません。", "尚未勾選任何日子。";
}
