//! What the page about the team says.

use crate::ui::words::texts;

texts! {
    lead: "Business hours are kept in this time zone", "เวลาทำการใช้เขตเวลานี้", "営業時間はこのタイムゾーンで管理されます", "營業時間以此時區為準";
    team: "Team", "ทีม", "チーム", "團隊";
    name: "Name", "ชื่อ", "名前", "名稱";
    name_hint: "What the team calls itself", "ชื่อที่ทีมใช้เรียกตัวเอง", "チームの呼び名", "團隊的稱呼";
    language: "Language of the team", "ภาษาของทีม", "チームの言語", "團隊語言";
    time_zone: "Time zone", "เขตเวลา", "タイムゾーン", "時區";
    time_zone_hint: "A name such as Asia/Bangkok", "ชื่อ เช่น Asia/Bangkok", "Asia/Tokyo のような名前", "例如 Asia/Taipei";
    first_day: "Weeks begin on", "วันแรกของสัปดาห์", "週の始まり", "每週起始日";
    buddhist_year: "Buddhist years", "ใช้ปีพุทธศักราช (พ.ศ.)", "仏暦を使用", "使用佛曆年份";
    no_zone: "There is no such time zone. Choose one of the list, such as Asia/Bangkok.", "ไม่มีเขตเวลานี้ โปรดเลือกจากรายการ เช่น Asia/Bangkok", "このタイムゾーンはありません。Asia/Tokyo のように一覧から選んでください。", "沒有這個時區，請從清單選擇，例如 Asia/Taipei。";
    saved: "Saved. Hours are those of this zone from now on.", "บันทึกแล้ว เวลาทำการใช้เขตเวลานี้นับจากนี้", "保存しました。今後はこのタイムゾーンの時刻に従います。", "已儲存，營業時間即刻依此時區計算。";
}
