//! Words that several parts of the screen say.

use super::texts;

texts! {
    inbox: "Inbox", "กล่องแชท", "受信トレイ", "收件匣";
    back_to_inbox: "Back to the inbox", "กลับไปกล่องแชท", "受信トレイに戻る", "返回收件匣";
    language: "Language", "ภาษา", "言語", "語言";
    sign_in: "Sign in", "เข้าสู่ระบบ", "ログイン", "登入";
    close: "Close", "ปิด", "閉じる", "關閉";
    cancel: "Cancel", "ยกเลิก", "キャンセル", "取消";
    back: "Back", "กลับ", "戻る", "返回";
    try_again: "Try again", "ลองใหม่", "再試行", "再試一次";
    loading: "Loading", "กำลังโหลด", "読み込み中", "載入中";
    online: "Online", "ออนไลน์", "オンライン", "線上";
    away: "Away", "ไม่อยู่", "離席中", "離開";
    busy: "Busy", "ไม่ว่าง", "取り込み中", "忙碌";
    offline: "Offline", "ออฟไลน์", "オフライン", "離線";
    chats[number]: "{0} chat|{0} chats", "{0} แชท", "チャット{0}件", "{0} 則對話";
    unread[number]: "{0} unread message|{0} unread messages", "{0} ข้อความยังไม่อ่าน", "未読{0}件", "{0} 則未讀訊息";
    is_typing(name): "{0} is typing", "{0} กำลังพิมพ์", "{0}さんが入力中", "{0} 正在輸入";
    said(name, words): "{0}: {1}", "{0}: {1}", "{0}：{1}", "{0}：{1}";
    someone: "Someone", "มีคน", "担当者", "有人";
    nobody_waits: "Nobody is waiting", "ไม่มีลูกค้ารออยู่", "お待ちのお客様はいません", "目前沒有客戶在等候";
    waits(length): "waits {0}", "รอ {0}", "待ち時間 {0}", "已等候 {0}";
    waits_late(length): "waits {0}, late", "รอ {0} เกินเวลา", "待ち時間 {0}、期限超過", "已等候 {0}，逾時";
}
