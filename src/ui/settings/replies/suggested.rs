//! Texts to begin with, where none are kept. Nobody is written to before they are saved.

use crate::protocol::automatic::{AutomaticReplies, AutomaticReply, Occasion, Translations};

/// What one may want to write on all occasions; all of it off.
pub(super) fn suggested() -> AutomaticReplies {
    let mut all = AutomaticReplies::default();
    for occasion in Occasion::ALL {
        let [th, en, ja, zh_tw] = texts(occasion).map(|text| Some(text.to_owned()));
        *all.on_mut(occasion) = AutomaticReply {
            texts: Translations { th, en, ja, zh_tw },
            ..AutomaticReply::default()
        };
    }
    all
}

/// Thai, English, Japanese, Chinese. They promise no time, since nobody knows.
const fn texts(occasion: Occasion) -> [&'static str; 4] {
    match occasion {
        Occasion::Greeting => [
            "สวัสดีค่ะ ขอบคุณที่เพิ่มเราเป็นเพื่อน สอบถามได้ทางแชทนี้เลย เจ้าหน้าที่จะตอบกลับค่ะ",
            "Thank you for adding us. Send us a message here at any time, and a member of our team will answer.",
            "友だち追加ありがとうございます。ご質問やご相談は、このトークからお気軽にお送りください。担当者が返信いたします。",
            "感謝您加入好友。有任何問題，歡迎直接在此傳訊息給我們，客服人員會回覆您。",
        ],
        Occasion::Away => [
            "ขณะนี้อยู่นอกเวลาทำการ เราได้รับข้อความของคุณแล้ว และจะตอบกลับเมื่อเปิดทำการค่ะ",
            "We are closed at the moment. We have your message and will answer when we open again.",
            "ただいま営業時間外です。メッセージは届いておりますので、営業時間内に担当者より返信いたします。",
            "目前為非營業時間。我們已收到您的訊息，將於營業時間內回覆您。",
        ],
        Occasion::HandedOver => [
            "รอสักครู่นะคะ เจ้าหน้าที่จะมาตอบในแชทนี้ค่ะ",
            "One moment, please. A member of our team will answer you here.",
            "担当者におつなぎします。このまま少々お待ちください。",
            "正在為您轉接客服人員，請稍候。",
        ],
        Occasion::Closed => [
            "ขอบคุณที่ติดต่อเรานะคะ หากต้องการสอบถามเพิ่มเติม ทักมาได้ทางแชทนี้เลยค่ะ",
            "Thank you for writing to us. If there is anything else, just send a message here.",
            "お問い合わせありがとうございました。また何かございましたら、このトークへお気軽にお送りください。",
            "感謝您的來訊。若還有其他問題，歡迎隨時在此傳訊息給我們。",
        ],
    }
}
