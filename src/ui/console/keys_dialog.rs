//! All keys, on one page.

use leptos::prelude::*;

use crate::client::use_console;
use crate::ui::components::Dialog;
use crate::ui::desk::use_view;
use crate::ui::live::{press, view};
use crate::ui::words::{Shared, texts, use_texts};

texts! {
    keys: "Keyboard shortcuts", "ปุ่มลัด", "キーボードショートカット", "鍵盤快速鍵";
    key_chats: "Next and previous chat", "แชทถัดไปและก่อนหน้า", "次・前のチャット", "下一則、上一則對話";
    key_lists: "Next and previous list", "รายการถัดไปและก่อนหน้า", "次・前の一覧", "下一個、上一個列表";
    key_reply: "Reply, or quote the message that is pointed at", "ตอบลูกค้า หรืออ้างอิงข้อความที่ชี้อยู่", "返信、または選択中のメッセージを引用", "回覆，或引用回覆所指的訊息";
    key_undo: "Take back the last answer while it waits", "เลิกทำข้อความล่าสุดที่ยังไม่ส่งออก", "送信待ちの最後の返信を元に戻す", "復原最後一則尚未送出的回覆";
    key_note: "Internal note", "โน้ตภายใน", "社内メモ", "內部備註";
    key_claim: "Claim this chat, or the longest waiting one", "รับแชทนี้ หรือแชทที่รอนานที่สุด", "このチャット、または待ち時間が最も長いチャットに対応", "接手這則對話，或等候最久的一則";
    key_transfer: "Transfer", "โอนแชท", "引き継ぎ", "轉接";
    key_close: "Close chat", "ปิดแชท", "対応済みにする", "結束對話";
    key_close_and_next: "Close and next", "ปิดแล้วไปแชทถัดไป", "対応済みにして次へ", "結束並看下一則";
    key_details: "Show or hide the details", "แสดงหรือซ่อนข้อมูลลูกค้า", "お客様情報の表示・非表示", "顯示或隱藏客戶資料";
    key_pane: "Move to the next area", "ไปส่วนถัดไปของหน้าจอ", "画面の次の領域に移動", "移到畫面的下一個區域";
    key_send: "Send (in the reply box)", "ส่ง (ในช่องพิมพ์)", "送信（入力欄）", "傳送（在輸入框中）";
    key_attach: "Attach a file", "แนบไฟล์", "ファイルを添付", "附加檔案";
    key_new_line: "New line (in the reply box)", "ขึ้นบรรทัดใหม่ (ในช่องพิมพ์)", "改行（入力欄）", "換行（在輸入框中）";
    key_retry: "Send the last failed message again (when the reply box is empty)", "ส่งข้อความล่าสุดที่ไม่สำเร็จอีกครั้ง (เมื่อช่องพิมพ์ว่าง)", "最後に送信できなかったメッセージをもう一度送信（入力欄が空のとき）", "重新傳送最後一則失敗的訊息（輸入框空白時）";
    key_escape: "Close what is open, then back to the list", "ปิดสิ่งที่เปิดอยู่ แล้วกลับไปที่รายการ", "開いているものを閉じて、一覧に戻る", "關閉開啟的項目，再返回列表";
    key_keys: "This list", "รายการปุ่มลัดนี้", "この一覧", "此列表";
}

/// The dialog that `?` opens.
#[component]
pub(super) fn KeysDialog() -> impl IntoView {
    let texts = use_texts::<Texts>();
    let shared = use_texts::<Shared>();
    let habits = use_console().store.keys;
    // Where letters alone do nothing, no key of one such sign is told.
    let off = habits.no_single_keys;
    let (send, new_line): (&[&str], &[&str]) = if habits.ctrl_enter {
        (&["Ctrl", "↵"], &["↵"])
    } else {
        (&["↵"], &["Shift", "↵"])
    };
    let keys: [(&[&str], _); 17] = [
        (&["J", "K"], texts.key_chats()),
        (&["]", "["], texts.key_lists()),
        (&["R"], texts.key_reply()),
        (&["Z"], texts.key_undo()),
        (&["N"], texts.key_note()),
        (&["C"], texts.key_claim()),
        (&["T"], texts.key_transfer()),
        (&["E"], texts.key_close()),
        (&["Shift", "E"], texts.key_close_and_next()),
        (&["\\"], texts.key_details()),
        (&["F6"], texts.key_pane()),
        (send, texts.key_send()),
        (new_line, texts.key_new_line()),
        (&["Ctrl", "Shift", "A"], texts.key_attach()),
        (&["↑"], texts.key_retry()),
        (&["Esc"], texts.key_escape()),
        (&["?"], texts.key_keys()),
    ];
    let open = use_view().keys;
    view! {
        <Dialog open label=texts.keys()>
            <h2>{texts.keys()}</h2>
            <dl class="keys">
                {keys
                    .into_iter()
                    .filter(|(keys, _)| !off || keys[0] == "Ctrl" || keys.iter().all(|key| key.len() > 1))
                    .map(|(keys, name)| {
                        view! {
                            <dt>{keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view()}</dt>
                            <dd>{name}</dd>
                        }
                    })
                    .collect_view()}
            </dl>
            <footer>
                <button type="button" class="button" autofocus on:click=press(move |_| open.set(false))>
                    {shared.close()}
                </button>
            </footer>
        </Dialog>
    }
}
