//! Why the server refused what an operator asked for, in words.

use crate::protocol::{ErrorCode, ErrorPayload};
use crate::ui::words::{texts, use_texts};

texts! {
    err_claimed_by(name): "{0} was faster and has this chat", "{0} รับแชทนี้ไปก่อนแล้ว", "{0}さんが先に対応を始めました", "{0} 已先接手這則對話";
    err_claimed: "Someone was faster and has this chat", "มีคนรับแชทนี้ไปก่อนแล้ว", "他のメンバーが先に対応を始めました", "已有同事先接手這則對話";
    err_not_claimed: "This chat is not yours, so nothing was sent", "คุณไม่ได้ดูแลแชทนี้ จึงยังไม่ได้ส่งข้อความ", "このチャットの担当者ではないため、送信しませんでした", "您不是這則對話的負責人，因此沒有傳送";
    err_no_case: "This chat has no open case", "แชทนี้ไม่มีเคสที่เปิดอยู่", "このチャットは対応中ではありません", "這則對話沒有處理中的服務";
    err_forbidden: "Your role does not allow this", "บทบาทของคุณไม่มีสิทธิ์ทำรายการนี้", "現在の役割にはこの操作の権限がありません", "您的角色沒有此權限";
    err_too_long: "This message is too long. LINE takes up to 5,000 characters.", "ข้อความยาวเกินไป LINE รับได้ไม่เกิน 5,000 ตัวอักษร", "メッセージが長すぎます。LINEで送れるのは5,000文字までです。", "訊息過長。LINE 最多可傳送 5,000 字。";
    err_media_large: "This file is too large. Videos and audio may have up to 200 MB, other files 100 MB, pictures 50 MB.", "ไฟล์ใหญ่เกินไป วิดีโอและเสียงต้องไม่เกิน 200 MB ไฟล์อื่นไม่เกิน 100 MB รูปภาพไม่เกิน 50 MB", "ファイルが大きすぎます。動画と音声は200MB、その他のファイルは100MB、写真は50MBまでです。", "檔案過大。影片與音訊上限為 200 MB，其他檔案為 100 MB，照片為 50 MB。";
    err_media_broken: "This file is damaged and cannot be sent", "ไฟล์นี้เสียหาย จึงส่งไม่ได้", "このファイルは壊れているため送信できません", "此檔案已損毀，無法傳送";
    err_not_quotable: "LINE does not let this message be quoted, so nothing was sent", "LINE ไม่ให้อ้างอิงข้อความนี้ จึงยังไม่ได้ส่งข้อความ", "このメッセージはLINEで引用できないため、送信しませんでした", "LINE 無法引用回覆此訊息，因此沒有傳送";
    err_already_left: "Already at LINE, so this cannot be undone", "ส่งถึง LINE แล้ว จึงเลิกทำไม่ได้", "すでにLINEに送信されたため、元に戻せません", "已送至 LINE，無法復原";
    err_no_room: "There is no room for files on the server, so nothing was stored. Tell an administrator.", "เซิร์ฟเวอร์ไม่มีพื้นที่เก็บไฟล์ จึงไม่ได้บันทึกไฟล์ โปรดแจ้งผู้ดูแลระบบ", "サーバーの空き容量が足りないため、ファイルは保存されませんでした。管理者に連絡してください。", "伺服器空間不足，檔案沒有儲存。請通知管理員。";
    err_rate: "Too many actions at once. Wait a moment and try again.", "ทำรายการถี่เกินไป รอสักครู่แล้วลองใหม่", "操作が集中しています。少し待ってからもう一度お試しください。", "操作過於頻繁，請稍候再試一次";
    err_not_found: "This chat no longer exists", "ไม่มีแชทนี้แล้ว", "このチャットはもう存在しません", "這則對話已不存在";
    err_internal: "Something went wrong in Sala. Nothing was lost.", "Sala มีปัญหา แต่ไม่มีอะไรหาย", "Salaで問題が発生しました。データは失われていません。", "Sala 發生問題，資料沒有遺失";
}

/// Why the server refused, in the reader's language.
pub(super) fn refusal(error: &ErrorPayload) -> String {
    let texts = use_texts::<Texts>();
    match (error.code, &error.operator) {
        (ErrorCode::AlreadyClaimed, Some(winner)) => texts.err_claimed_by(&winner.name),
        (ErrorCode::AlreadyClaimed, None) => texts.err_claimed().to_owned(),
        (ErrorCode::NotClaimed, _) => texts.err_not_claimed().to_owned(),
        (ErrorCode::SessionNotFound, _) => texts.err_no_case().to_owned(),
        (ErrorCode::Forbidden, _) => texts.err_forbidden().to_owned(),
        (ErrorCode::MessageTooLong, _) => texts.err_too_long().to_owned(),
        (ErrorCode::MediaTooLarge, _) => texts.err_media_large().to_owned(),
        (ErrorCode::MediaType, _) => texts.err_media_broken().to_owned(),
        (ErrorCode::NotQuotable, _) => texts.err_not_quotable().to_owned(),
        (ErrorCode::AlreadyLeft, _) => texts.err_already_left().to_owned(),
        (ErrorCode::NoRoom, _) => texts.err_no_room().to_owned(),
        (ErrorCode::RateLimitExceeded, _) => texts.err_rate().to_owned(),
        (ErrorCode::RoomNotFound | ErrorCode::NotInRoom, _) => texts.err_not_found().to_owned(),
        (ErrorCode::ValidationError, _) => error.message.clone(),
        _ => texts.err_internal().to_owned(),
    }
}
