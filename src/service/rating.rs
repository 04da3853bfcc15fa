//! The question how satisfied a customer was, as LINE shows it, and what its buttons carry.

use serde_json::json;

use crate::protocol::SessionId;
use crate::protocol::preferences::Language;

/// What buttons carry begins so.
const MARK: &str = "csat:";

/// The scores, in the order of the buttons.
const SCORES: [u8; 5] = [5, 4, 3, 2, 1];

/// The buttons of a question: what stands on each, and what it carries.
pub(crate) fn buttons(session: SessionId, language: Language) -> [(&'static str, String); 5] {
    let words = labels(language);
    SCORES.map(|score| {
        let word = words[usize::from(5 - score)];
        (word, format!("{MARK}{session}:{score}"))
    })
}

/// What stands on the buttons, the best first. LINE takes 20 characters.
pub(crate) const fn labels(language: Language) -> [&'static str; 5] {
    match language {
        Language::English => [
            "Very satisfied",
            "Satisfied",
            "Neutral",
            "Dissatisfied",
            "Very dissatisfied",
        ],
        Language::Thai => ["พอใจมาก", "พอใจ", "เฉย ๆ", "ไม่พอใจ", "ไม่พอใจมาก"],
        Language::Japanese => ["とても満足", "満足", "ふつう", "不満", "とても不満"],
        Language::TraditionalChinese => ["非常滿意", "滿意", "普通", "不滿意", "非常不滿意"],
    }
}

/// What is said after a press, in each language.
pub(crate) const fn thanks(language: Language) -> &'static str {
    match language {
        Language::English => "Thank you. Would you like to tell us more?",
        Language::Thai => "ขอบคุณค่ะ มีความคิดเห็นเพิ่มเติมไหมคะ",
        Language::Japanese => {
            "ご回答ありがとうございます。よろしければ、ご意見もお聞かせください。"
        }
        Language::TraditionalChinese => "感謝您的評分。歡迎留下您的意見。",
    }
}

/// Whether what a button carries is of a question's buttons, whoever made it.
pub(super) fn is_answer(data: &str) -> bool {
    data.starts_with(MARK)
}

/// The session and score of what a button carries; `None` of what no button of ours does.
pub(super) fn read(data: &str) -> Option<(SessionId, u8)> {
    let (session, score) = data.strip_prefix(MARK)?.split_once(':')?;
    let score: u8 = score.parse().ok().filter(|_| score.len() == 1)?;
    Some((session.parse().ok()?, score)).filter(|_| SCORES.contains(&score))
}

/// A question as LINE shows it: its words, and a button for each score.
pub(crate) fn bubble(question: &str, session: SessionId, language: Language) -> serde_json::Value {
    let buttons = buttons(session, language).map(|(label, data)| {
        let action = json!({
            "type": "postback", "label": label, "data": data, "displayText": label,
        });
        json!({ "type": "button", "style": "link", "height": "sm", "action": action })
    });
    let words = json!({ "type": "text", "text": question, "weight": "bold", "wrap": true });
    json!({
        "type": "bubble",
        "body": { "type": "box", "layout": "vertical", "contents": [words] },
        "footer": { "type": "box", "layout": "vertical", "contents": buttons },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_carries_what_is_read_of_it_and_nothing_else_is() {
        let session = SessionId::generate();
        for language in Language::ALL {
            let all = buttons(session, language);
            let scores = all.clone().map(|(_, data)| read(&data).expect("ours"));
            assert_eq!(scores, [5, 4, 3, 2, 1].map(|score| (session, score)));
            assert!(all.iter().all(|(label, _)| label.chars().count() <= 20));
        }
        for forged in [
            format!("csat:{session}:0"),
            format!("csat:{session}:6"),
            format!("csat:{session}:05"),
            format!("csat:{session}:+5"),
            format!("csat:{session}:"),
            format!("csat:{session}"),
            "csat:nobody:5".to_owned(),
        ] {
            assert!(is_answer(&forged) && read(&forged).is_none(), "{forged}");
        }
        assert!(!is_answer("buy"));
    }
}
