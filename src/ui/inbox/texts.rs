//! What the list of chats says.

use crate::ui::words::texts;

texts! {
    connecting: "Connecting", "กำลังเชื่อมต่อ", "接続しています", "連線中";
    live: "Live", "เชื่อมต่ออยู่", "接続中", "已連線";
    every_5_s: "Every 5 s", "ทุก 5 วินาที", "5秒ごと", "每 5 秒";
    reconnecting: "Reconnecting", "กำลังเชื่อมต่อใหม่", "再接続しています", "正在重新連線";

    search_for: "Search names, tags, messages", "ค้นหาชื่อ แท็ก ข้อความ", "名前・タグ・メッセージを検索", "搜尋名稱、標籤、訊息";
    chat_lists: "Lists of chats", "รายการแชท", "チャットの一覧", "對話列表";
    waiting: "Waiting", "รอรับ", "未対応", "待處理";
    mine: "Mine", "ของฉัน", "自分", "我的";
    all: "All", "ทั้งหมด", "すべて", "全部";
    closed: "Closed", "ปิดแล้ว", "対応済み", "已結束";

    nobody_yet: "Nobody yet", "ยังไม่มีผู้ดูแล", "担当者なし", "尚無負責人";
    bot: "Bot", "บอท", "ボット", "機器人";
    you: "You", "คุณ", "自分", "您";
    draft: "Draft:", "ร่าง:", "下書き：", "草稿：";
    show_more: "Show more", "ดูเพิ่มเติม", "もっと見る", "顯示更多";

    list_failed: "The list could not be loaded", "โหลดรายการไม่สำเร็จ", "一覧を読み込めませんでした", "無法載入列表";
    list_failed_text: "Sala did not answer. It tries again by itself.", "Sala ไม่ตอบ ระบบจะลองใหม่เอง", "Salaから応答がありません。自動的に再試行します。", "Sala 沒有回應，系統會自動再試一次。";
    empty_waiting_text: "New chats appear here by themselves.", "แชทใหม่จะขึ้นที่นี่เอง", "新しいチャットは自動的にここに表示されます。", "新對話會自動出現在這裡。";
    empty_mine: "You have no chats", "ยังไม่มีแชทของคุณ", "担当中のチャットはありません", "您目前沒有對話";
    empty_mine_text: "Claim one from Waiting and it appears here.", "รับแชทจาก “รอรับ” แล้วจะขึ้นที่นี่", "「未対応」から対応を始めると、ここに表示されます。", "從「待處理」接手後會顯示在這裡。";
    empty_all: "No chats yet", "ยังไม่มีแชท", "チャットはまだありません", "尚無對話";
    empty_all_text: "When a customer writes on LINE, the chat appears here by itself.", "เมื่อลูกค้าทักมาทาง LINE แชทจะขึ้นที่นี่เอง", "お客様からLINEでメッセージが届くと、自動的にここに表示されます。", "客戶透過 LINE 來訊時，對話會自動出現在這裡。";
    empty_closed: "Nothing is closed yet", "ยังไม่มีแชทที่ปิด", "対応済みのチャットはまだありません", "尚無已結束的對話";
    empty_closed_text: "Chats that you close are kept here.", "แชทที่ปิดแล้วจะเก็บไว้ที่นี่", "対応済みにしたチャットはここに残ります。", "結束的對話會保留在這裡。";
    see_all_chats: "See all chats", "ดูแชททั้งหมด", "すべて見る", "查看全部對話";
    no_channel: "Connect a LINE account", "เชื่อมต่อบัญชี LINE", "LINE公式アカウントを連携", "串接 LINE 官方帳號";
    no_channel_text: "It takes about ten minutes. You can try Sala with simulated customers first.", "ใช้เวลาประมาณสิบนาที จะลองใช้ Sala กับลูกค้าจำลองก่อนก็ได้", "10分ほどで完了します。先にテスト用のお客様でSalaを試すこともできます。", "約需十分鐘。您也可以先用模擬客戶試用 Sala。";
    open_simulator: "Open the simulator", "เปิดตัวจำลอง", "テストを始める", "開啟模擬器";
}
