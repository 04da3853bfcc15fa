//! What the trays say, and the lists that open while one types.

use crate::ui::words::texts;

texts! {
    stickers: "Stickers", "สติกเกอร์", "スタンプ", "貼圖";
    recent: "Recent", "ใช้ล่าสุด", "最近使用", "最近使用";
    packages(number): "{0} packages", "{0} ชุด", "{0}セット", "{0} 組";
    choose: "choose", "เลือก", "選択", "選擇";
    sends: "sends at once", "ส่งทันที", "すぐに送信", "立即傳送";
    close: "close", "ปิด", "閉じる", "關閉";
    number: "No.", "หมายเลข", "番号", "編號";
    not_loaded: "The stickers could not be loaded.", "โหลดสติกเกอร์ไม่สำเร็จ", "スタンプを読み込めませんでした。", "無法載入貼圖。";
    again: "Try again", "ลองใหม่", "再試行", "再試一次";
    emoji: "Emoji", "อีโมจิ", "絵文字", "表情符號";
    search: "Search emoji in four languages", "ค้นหาอีโมจิได้สี่ภาษา", "4言語で絵文字を検索", "以四種語言搜尋表情符號";
    tone: "Skin tone", "สีผิว", "肌の色", "膚色";
    tone_kept: "Skin tone, kept", "สีผิว (ระบบจำไว้)", "肌の色（保存されます）", "膚色（會記住）";
    tones: "Yellow|Light|Medium light|Medium|Medium dark|Dark", "เหลือง|สีอ่อน|ค่อนข้างอ่อน|ปานกลาง|ค่อนข้างเข้ม|สีเข้ม", "黄色|明るい|やや明るい|中間|やや濃い|濃い", "黃色|淺色|中淺色|中等|中深色|深色";
    groups: "Faces|People|Nature|Food|Travel|Play|Things|Signs|Flags", "หน้า|ผู้คน|ธรรมชาติ|อาหาร|เดินทาง|กิจกรรม|สิ่งของ|สัญลักษณ์|ธง", "顔|人|自然|食べ物|旅行|遊び|物|記号|旗", "表情|人物|自然|食物|旅遊|活動|物品|符號|旗幟";
    found: "Found", "ที่พบ", "検索結果", "搜尋結果";
    nothing: "No emoji for these words.", "ไม่พบอีโมจิสำหรับคำนี้", "該当する絵文字がありません。", "找不到符合的表情符號。";
    find_ways: "Search in English, Thai, Japanese or Chinese", "ค้นหาเป็นภาษาไทย อังกฤษ ญี่ปุ่น หรือจีน", "日本語・英語・タイ語・中国語で検索", "可用中文、英文、泰文或日文搜尋";
    put_in: "put in", "แทรก", "挿入", "插入";
    canned: "Canned replies", "ข้อความสำเร็จรูป", "定型文", "罐頭訊息";
    used(times): "{0} times", "{0} ครั้ง", "{0}回", "{0} 次";
    will_stand: "What will stand in the field", "ข้อความที่จะใส่ในช่อง", "入力欄に入る文", "將填入的內容";
    count_of(found, all): "{0} of {1}", "{0} จาก {1}", "{1}件中{0}件", "{1} 則中的 {0} 則";
    still_open(variable): "{0} is not known. Fill it in before you send.", "ไม่มีข้อมูลสำหรับ {0} กรุณาเติมก่อนส่ง", "{0}の値がありません。送信前に入力してください。", "沒有 {0} 的資料，請在傳送前填入。";
    open_send(variable): "{0} is still in your answer. Press Enter again to send it as it stands.", "ยังมี {0} อยู่ในข้อความ กด Enter อีกครั้งเพื่อส่งตามนี้", "{0}が残っています。このまま送信するには、もう一度Enterを押してください。", "內容中仍有 {0}。若要照樣傳送，請再按一次 Enter。";
    colleagues: "Colleagues", "เพื่อนร่วมทีม", "チームのメンバー", "同事";
    missing: "This part of Sala could not be loaded. Your text is kept. Try again, or reload the page.", "โหลดส่วนนี้ของ Sala ไม่สำเร็จ ข้อความของคุณยังอยู่ ลองใหม่หรือโหลดหน้านี้อีกครั้ง", "Salaのこの部分を読み込めませんでした。入力内容は残っています。再試行するか、ページを再読み込みしてください。", "無法載入 Sala 的這個部分。您輸入的文字仍保留。請再試一次，或重新載入頁面。";
    presence: "Online|Away|Busy|Offline", "ออนไลน์|ไม่อยู่|ไม่ว่าง|ออฟไลน์", "オンライン|離席中|取り込み中|オフライン", "線上|離開|忙碌|離線";
}
