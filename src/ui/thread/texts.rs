//! What the open chat says: banner, head, lines, composer and dialogs.

use crate::ui::words::texts;

texts! {
    // The connection's banner: a title, and what stands behind it.
    lost: "Connection lost.", "ขาดการเชื่อมต่อ", "接続が切れました。", "連線中斷";
    reconnecting_in(seconds): "Reconnecting in {0} s", "จะเชื่อมต่อใหม่ใน {0} วินาที", "{0}秒後に再接続します", "{0} 秒後重新連線";
    reconnecting: "Reconnecting", "กำลังเชื่อมต่อใหม่", "再接続しています", "正在重新連線";
    reconnect_now: "Reconnect now", "เชื่อมต่อเลย", "今すぐ接続", "立即連線";
    queued_here[number]: "{0} message is queued|{0} messages are queued", "มี {0} ข้อความรอส่ง", "{0}件が送信待ちです", "{0} 則訊息待傳送";
    you_are_offline: "You are offline.", "คุณออฟไลน์อยู่", "オフラインです。", "目前離線";
    try_now: "Try now", "ลองเลย", "今すぐ試す", "立即再試";
    blocked_live: "This network blocks live updates.", "เครือข่ายนี้ปิดกั้นการอัปเดตทันที", "このネットワークではリアルタイム更新が使えません。", "此網路封鎖即時更新";
    checking: "Checking every 5 s", "ระบบจะตรวจทุก 5 วินาที", "5秒ごとに確認しています", "每 5 秒檢查一次";
    you_are_back: "You are online again.", "กลับมาออนไลน์แล้ว", "再接続しました。", "已恢復連線";
    up_to_date: "Everything is up to date.", "ข้อมูลเป็นปัจจุบัน", "最新の状態です。", "資料為最新狀態";
    signed_out: "You are signed out.", "คุณออกจากระบบแล้ว", "ログアウトしました。", "您已登出。";
    signed_out_text: "Sign in again to go on. Your drafts are kept on this device.", "เข้าสู่ระบบอีกครั้งเพื่อทำงานต่อ ฉบับร่างยังอยู่ในเครื่องนี้", "続けるにはログインしてください。下書きはこの端末に残っています。", "請重新登入以繼續，草稿仍保留在此裝置。";
    nodes_apart: "Some servers are not in contact.", "เซิร์ฟเวอร์บางเครื่องขาดการติดต่อ", "一部のサーバーと通信できません。", "部分伺服器無法互相連線。";
    nodes_apart_text: "What colleagues do may appear up to 30 s late. Nothing is lost, and your messages are sent as usual.", "สิ่งที่เพื่อนร่วมทีมทำอาจแสดงช้าถึง 30 วินาที ไม่มีอะไรหาย และข้อความของคุณส่งได้ตามปกติ", "他のメンバーの操作は最大30秒遅れて表示されることがあります。データは失われず、メッセージは通常どおり送信されます。", "同事的操作最多可能延遲 30 秒顯示。資料不會遺失，您的訊息會照常傳送。";
    files_wait: "The server has no room for files.", "เซิร์ฟเวอร์ไม่มีที่เก็บไฟล์", "サーバーの空き容量が足りません。", "伺服器沒有空間存放檔案。";
    files_wait_text: "Customers’ files wait until there is room. Messages are received and sent as usual.", "ไฟล์จากลูกค้าจะรอจนกว่าจะมีที่ว่าง ส่วนข้อความยังรับและส่งได้ตามปกติ", "お客様のファイルは空きができるまで待機します。メッセージは通常どおり送受信できます。", "客戶的檔案會等到有空間時再儲存，訊息仍可照常收發。";

    // No chat, or not this one.
    choose_chat: "Choose a chat", "เลือกแชท", "チャットを選択してください", "請選擇對話";
    choose_chat_text: "Or take the one that has waited longest.", "หรือรับแชทที่รอนานที่สุด", "または、最も長くお待ちのお客様から対応してください。", "或接手等候最久的一則。";
    claim_next: "Claim next", "รับแชทถัดไป", "次のチャットに対応", "接手下一則";
    no_such_chat: "This chat does not exist", "ไม่มีแชทนี้", "このチャットは見つかりません", "找不到這則對話";
    no_such_chat_text: "Check the address, or choose a chat from the list.", "ตรวจสอบที่อยู่ หรือเลือกแชทจากรายการ", "URLを確認するか、一覧からチャットを選択してください。", "請確認網址，或從列表選擇對話。";

    // The head.
    yours_since(time): "Yours since {0}", "คุณดูแลตั้งแต่ {0}", "{0}から自分が担当", "{0} 起由您負責";
    owned_since(name, time): "{0} since {1}", "{0} ดูแลตั้งแต่ {1}", "{1}から{0}さんが担当", "{1} 起由 {0} 負責";
    waiting_for(wait): "Waiting {0}", "รอ {0}", "待ち時間 {0}", "已等候 {0}";
    closed_at(time): "Closed {0}", "ปิดเมื่อ {0}", "対応済み {0}", "{0} 結束";
    no_case: "No open case", "ไม่มีเคสที่เปิดอยู่", "対応中ではありません", "沒有處理中的服務";
    viewing(name): "{0} is viewing", "{0} กำลังดู", "{0}さんが閲覧中", "{0} 正在查看";
    more: "More", "เพิ่มเติม", "その他", "更多";
    details: "Details", "ข้อมูลลูกค้า", "お客様情報", "客戶資料";
    keyboard: "Keyboard shortcuts", "ปุ่มลัด", "キーボードショートカット", "鍵盤快速鍵";
    transfer: "Transfer", "โอนแชท", "引き継ぎ", "轉接";
    close_chat: "Close chat", "ปิดแชท", "対応済みにする", "結束對話";

    // The thread.
    messages: "Messages", "ข้อความ", "メッセージ", "訊息";
    starts_here: "The chat starts here", "แชทเริ่มที่นี่", "ここからチャットが始まります", "對話由此開始";
    loading_older: "Loading older messages", "กำลังโหลดข้อความก่อนหน้า", "過去のメッセージを読み込み中", "正在載入較早的訊息";
    older_failed: "Older messages could not be loaded. Try again", "โหลดข้อความก่อนหน้าไม่สำเร็จ ลองใหม่", "過去のメッセージを読み込めませんでした。再試行", "無法載入較早的訊息，再試一次";
    in_between: "Messages in between. Load", "มีข้อความระหว่างนี้ โหลดต่อ", "間にメッセージがあります。読み込む", "中間還有訊息，載入";
    find: "Search in this chat", "ค้นหาในแชทนี้", "このチャット内を検索", "在這則對話中搜尋";
    load_older: "Show older messages", "ดูข้อความก่อนหน้า", "過去のメッセージを表示", "顯示較早的訊息";
    new_messages: "New messages", "ข้อความใหม่", "新着メッセージ", "新訊息";
    newer[number]: "{0} new message|{0} new messages", "{0} ข้อความใหม่", "新着{0}件", "{0} 則新訊息";
    to_newest: "Jump to the newest", "ไปที่ข้อความล่าสุด", "最新へ移動", "跳至最新";
    bot: "Bot · automatic reply", "บอท · ตอบอัตโนมัติ", "ボット・自動応答", "機器人 · 自動回應";
    note_by(name): "Note by {0}", "โน้ตของ {0}", "{0}さんのメモ", "{0} 的備註";
    only_team: "only your team sees this", "เห็นเฉพาะทีม", "お客様には表示されません", "僅團隊可見";
    quoted_missing: "An earlier message", "ข้อความก่อนหน้า", "以前のメッセージ", "較早的訊息";
    quoted_lost: "That message could not be found", "ไม่พบข้อความนั้น", "そのメッセージが見つかりません", "找不到該訊息";
    to_quoted: "Show the quoted message", "ดูข้อความที่อ้างอิง", "引用元を表示", "查看引用的訊息";
    quoted_unknown: "A message that is not here", "ข้อความที่ไม่มีอยู่ที่นี่", "ここにないメッセージ", "不在此處的訊息";

    // How far a message has come.
    edited: "edited", "แก้ไขแล้ว", "編集済み", "已編輯";
    queued: "Queued", "รอส่ง", "送信待ち", "待傳送";
    sending: "Sending", "กำลังส่ง", "送信中", "傳送中";
    sent: "Sent", "ส่งแล้ว", "送信済み", "已傳送";
    not_sent: "Not sent", "ส่งไม่สำเร็จ", "送信できませんでした", "傳送失敗";
    not_sent_line(answer): "Not sent. LINE: “{0}”", "ส่งไม่สำเร็จ LINE แจ้งว่า “{0}”", "送信できませんでした。LINEからの応答：「{0}」", "傳送失敗。LINE 回應：「{0}」";
    not_sent_because(reason): "Not sent. {0}", "ส่งไม่สำเร็จ {0}", "送信できませんでした。{0}", "傳送失敗。{0}";
    not_confirmed: "Not confirmed. LINE may already have this message.", "ยังไม่ทราบผล LINE อาจได้รับข้อความแล้ว", "送信を確認できません。LINEに届いている可能性があります。", "無法確認是否傳送成功，LINE 可能已經收到";
    send_again: "Send again", "ส่งอีกครั้ง", "もう一度送信", "重新傳送";
    delete: "Delete", "ลบ", "削除", "刪除";
    queue_full: "100 messages are queued already. This one was not added.", "มีข้อความรอส่ง 100 ข้อความแล้ว จึงยังไม่ได้เพิ่มข้อความนี้", "送信待ちが100件に達しています。このメッセージは追加されませんでした。", "已有 100 則訊息待傳送，這則訊息未加入";

    // What bubbles hold.
    fetching(kind): "{0} · fetching from LINE", "{0} · กำลังดึงจาก LINE", "{0}・LINEから取得中", "{0} · 正在從 LINE 取得";
    media_gone(kind): "{0}: LINE no longer has this file", "{0}: LINE ไม่มีไฟล์นี้แล้ว", "{0}：LINEに残っていません", "{0}：LINE 已無此檔案";
    media_failed(kind): "{0}: could not be fetched from LINE", "{0}: ดึงจาก LINE ไม่สำเร็จ", "{0}：LINEから取得できませんでした", "{0}：無法從 LINE 取得";
    media_too_large(kind, size): "{0}: too large to be kept ({1})", "{0}: ใหญ่เกินกว่าจะเก็บไว้ได้ ({1})", "{0}：サイズが大きすぎて保存できません（{1}）", "{0}：檔案過大，無法儲存（{1}）";
    open_external(host): "Open at {0}", "เปิดที่ {0}", "{0}で開く", "在 {0} 開啟";
    open_photo: "Open the photo", "เปิดรูปภาพ", "写真を開く", "開啟照片";
    picture_of(number, all): "Picture {0} of {1}", "รูปที่ {0} จาก {1}", "写真 {0} / {1}", "照片 {0} / {1}";
    play: "Play", "เล่น", "再生", "播放";
    pause: "Pause", "หยุดชั่วคราว", "一時停止", "暫停";
    position: "Position", "ตำแหน่ง", "再生位置", "播放位置";
    speed: "Speed", "ความเร็ว", "再生速度", "播放速度";
    card_in_words: "Card message, in words", "ข้อความการ์ด (เฉพาะข้อความ)", "カードタイプメッセージ（文字のみ）", "卡片訊息（僅文字）";
    buttons: "Buttons", "ปุ่ม", "ボタン", "按鈕";
    as_it_came: "As it came from LINE", "ข้อมูลตามที่ LINE ส่งมา", "LINEから届いた内容", "LINE 傳來的原始內容";
    kept_by_sala(size): "{0} · kept by Sala", "{0} · เก็บไว้ใน Sala", "{0}・Salaに保存済み", "{0} · 已存於 Sala";
    download: "Download", "ดาวน์โหลด", "ダウンロード", "下載";
    open_map: "Open a map", "เปิดแผนที่", "地図を開く", "開啟地圖";

    // The composer.
    reply: "Reply", "ตอบลูกค้า", "返信", "回覆";
    internal_note: "Internal note", "โน้ตภายใน", "社内メモ", "內部備註";
    reply_or_note: "Reply or note", "ตอบลูกค้าหรือโน้ต", "返信または社内メモ", "回覆或備註";
    write_reply: "Write a reply", "พิมพ์ข้อความตอบ", "返信を入力", "輸入回覆";
    write_note: "Write a note for your team", "เขียนโน้ตถึงทีม", "社内メモを入力", "輸入內部備註";
    replying_to(name, words): "Replying to {0}: {1}", "ตอบ {0}: {1}", "{0}さんへの返信：{1}", "回覆 {0}：{1}";
    replying_to_earlier: "Replying to an earlier message", "ตอบข้อความก่อนหน้า", "以前のメッセージへの返信", "回覆較早的訊息";
    do_not_quote: "Do not quote", "ไม่อ้างอิง", "引用しない", "取消引用";
    leaves_in[seconds]: "Leaves in {0} s|Leaves in {0} s", "จะส่งใน {0} วินาที", "{0}秒後に送信", "{0} 秒後送出";
    send: "Send", "ส่ง", "送信", "傳送";
    add_note: "Add note", "เพิ่มโน้ต", "メモを追加", "新增備註";
    only_team_sees: "Only your team sees notes", "เห็นเฉพาะทีม ลูกค้าไม่เห็น", "お客様には表示されません", "僅團隊可見，客戶看不到";
    free_reply(time): "Free reply {0}", "ตอบฟรี {0}", "無料返信 {0}", "免費回覆 {0}";
    // Apart from the line before, since small screens have no room for it.
    free_reply_more: "· does not count against quota", "· ไม่นับโควตา", "・通数に含まれません", "· 不計則數";
    free_then(time, messages, left): "Free for {0} more, then {1} of {2}", "ตอบฟรีได้อีก {0} จากนั้นใช้ {1} จาก {2}", "無料返信はあと{0}、以降は残り{2}通のうち{1}通", "免費回覆還剩 {0}，之後用 {2} 則中的 {1} 則";
    free_for(time): "Free for {0} more", "ตอบฟรีได้อีก {0}", "無料返信はあと{0}", "免費回覆還剩 {0}";
    free_reply_ends: "The free reply ends in 10 seconds", "ตอบฟรีได้อีก 10 วินาที", "無料返信はあと10秒です", "免費回覆還剩 10 秒";
    uses_of_left(messages, left): "Uses {0} of {1} messages left", "ใช้ {0} จาก {1} ข้อความที่เหลือ", "残り{1}通のうち{0}通を使用", "使用剩餘 {1} 則中的 {0} 則";
    counts[messages]: "Counts as {0} message|Counts as {0} messages", "นับเป็น {0} ข้อความ", "{0}通に数えます", "計為 {0} 則";
    none_left: "No messages left this month", "ข้อความเดือนนี้หมดแล้ว", "今月の残り通数はありません", "本月訊息已用完";
    too_few_left(messages, left): "Needs {0} messages, {1} left", "ต้องใช้ {0} ข้อความ เหลือ {1}", "{0}通必要・残り{1}通", "需要 {0} 則，剩餘 {1} 則";

    // The claim bar: a title, and what stands under it.
    claim: "Claim", "รับแชท", "対応する", "接手";
    take_over: "Take over", "รับช่วงต่อ", "担当を代わる", "改由我處理";
    take_from_bot: "Take from the bot", "รับต่อจากบอท", "ボットから引き取る", "由我接手";
    reopen: "Reopen", "เปิดแชทอีกครั้ง", "再開する", "重新開啟";
    note_button: "Note", "โน้ต", "メモ", "備註";
    bar_waiting: "Nobody has taken this chat", "ยังไม่มีใครรับแชทนี้", "まだ誰も対応していません", "尚無人接手這則對話";
    bar_waiting_text(wait): "Waiting {0}. Claim it to reply. Anyone can add a note.", "รอมา {0} รับแชทก่อนจึงตอบได้ ส่วนโน้ตเขียนได้ทุกคน", "待ち時間 {0}。返信するには対応を始めてください。メモは誰でも追加できます。", "已等候 {0}。接手後即可回覆，任何人都能新增備註。";
    bar_other(name): "{0} is handling this chat", "{0} กำลังดูแลแชทนี้", "{0}さんが対応中です", "{0} 正在處理這則對話";
    bar_other_text: "You can read along and write notes.", "คุณอ่านตามและเขียนโน้ตได้", "閲覧とメモの追加ができます。", "您可以查看並新增備註。";
    bar_bot: "The bot is answering", "บอทกำลังตอบ", "ボットが対応中です", "機器人正在回覆";
    bar_bot_text: "It hands the chat to your team when it cannot help.", "บอทจะส่งต่อให้เจ้าหน้าที่เมื่อช่วยไม่ได้", "ボットで対応できないときは、担当者に引き継ぎます。", "機器人無法協助時，會轉接真人客服。";
    bar_closed: "This chat is closed", "แชทนี้ปิดแล้ว", "このチャットは対応済みです", "這則對話已結束";
    bar_closed_text: "It opens again when the customer writes. You can still add notes.", "แชทจะเปิดอีกครั้งเมื่อลูกค้าทักมา ยังเพิ่มโน้ตได้", "お客様からメッセージが届くと再開します。メモは追加できます。", "客戶來訊時會重新開啟。您仍可新增備註。";
    bar_reopen_text: "It opens again when the customer writes, or you can reopen it within 24 hours. You can still add notes.", "แชทจะเปิดอีกครั้งเมื่อลูกค้าทักมา หรือคุณเปิดเองได้ภายใน 24 ชั่วโมง ยังเพิ่มโน้ตได้", "お客様からメッセージが届くと再開します。24時間以内なら自分で再開することもできます。メモは追加できます。", "客戶來訊時會重新開啟，您也可以在 24 小時內自行開啟。您仍可新增備註。";
    bar_none: "The customer has not written yet", "ลูกค้ายังไม่ได้ทักมา", "お客様からのメッセージはまだありません", "客戶尚未來訊";
    bar_none_text: "A chat begins with their first message. You can still add notes.", "แชทเริ่มเมื่อลูกค้าส่งข้อความแรก ยังเพิ่มโน้ตได้", "最初のメッセージが届くとチャットが始まります。メモは追加できます。", "客戶傳送第一則訊息後，對話就會開始。您仍可新增備註。";
    bar_blocked: "This customer blocked the account", "ลูกค้าบล็อกบัญชีนี้", "お客様にブロックされています", "客戶已封鎖此帳號";
    bar_blocked_text: "Messages cannot reach them. You can still add notes.", "ส่งข้อความถึงลูกค้าไม่ได้ ยังเพิ่มโน้ตได้", "メッセージを送信できません。メモは追加できます。", "無法傳送訊息給客戶。您仍可新增備註。";
    bar_left: "The account is no longer in this group", "บัญชีนี้ไม่ได้อยู่ในกลุ่มแล้ว", "アカウントはこのグループに参加していません", "此帳號已不在群組中";
    bar_left_text: "Messages cannot reach it. You can still add notes.", "ส่งข้อความเข้ากลุ่มไม่ได้ ยังเพิ่มโน้ตได้", "メッセージを送信できません。メモは追加できます。", "無法傳送訊息到此群組。您仍可新增備註。";
    bar_standby: "Another LINE tool is answering this chat", "เครื่องมือ LINE อื่นกำลังตอบแชทนี้", "別のLINEツールがこのチャットに応答中です", "另一個 LINE 工具正在回覆這則對話";
    bar_standby_text: "You can reply once it hands the chat back. You can still add notes.", "ตอบได้เมื่อเครื่องมือนั้นส่งแชทคืน ยังเพิ่มโน้ตได้", "ツールから戻されると返信できます。メモは追加できます。", "該工具交還對話後即可回覆。您仍可新增備註。";

    // Dialogs.
    transfer_title: "Who takes this chat?", "โอนแชทนี้ให้ใคร", "誰に引き継ぎますか？", "要轉接給誰？";
    transfer_text: "A note helps them to go on.", "เขียนโน้ตไว้ให้ผู้รับดูแลต่อได้ทันที", "メモを残すと、スムーズに引き継げます。", "留下備註，方便對方接續處理。";
    transfer_note: "Transfer note", "โน้ตถึงผู้รับแชท", "引き継ぎメモ", "轉接備註";
    to_queue: "Back to the queue", "ส่งกลับเข้าคิว", "未対応に戻す", "退回待處理";
    close_title: "Close this chat?", "ปิดแชทนี้หรือไม่", "対応済みにしますか？", "結束這則對話？";
    close_text: "It leaves your list. If the customer writes again, it goes back to Waiting.", "แชทจะออกจากรายการของคุณ ถ้าลูกค้าทักมาอีก แชทจะกลับไปอยู่ที่ “รอรับ”", "自分の一覧から外れます。お客様から再びメッセージが届くと「未対応」に戻ります。", "對話會從您的列表移除。客戶再次來訊時會回到「待處理」。";
    close_note: "Note for the team", "โน้ตถึงทีม", "チームへのメモ", "給團隊的備註";
}
