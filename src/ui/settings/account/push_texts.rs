//! What the page about one's own account says about pushes.

use crate::ui::words::texts;

texts! {
    devices: "Devices with push", "อุปกรณ์ที่รับการแจ้งเตือน", "プッシュ通知を受け取る端末", "接收推播的裝置";
    devices_hint: "Reaches you while Sala is closed", "เตือนแม้ปิด Sala อยู่", "Salaを閉じていても届きます", "未開啟 Sala 也收得到";
    none: "No device is told yet.", "ยังไม่มีอุปกรณ์ที่รับการแจ้งเตือน", "まだ端末がありません。", "尚無接收推播的裝置。";
    why: "Sala then tells you of chats that wait while it is closed or out of sight. Your browser asks whether it may.", "Sala จะเตือนเมื่อมีแชทรออยู่ขณะที่คุณปิดหรือไม่ได้มองหน้าจอ เบราว์เซอร์จะขออนุญาตก่อน", "Salaを閉じている間や見ていない間に、待っているチャットをお知らせします。ブラウザーが許可を確認します。", "未開啟或未查看 Sala 時，會通知您有對話在等候。瀏覽器會先詢問是否允許。";
    turn_on: "Turn on for this device", "เปิดบนเครื่องนี้", "この端末でオンにする", "在此裝置開啟";
    is_on: "This device is told.", "เครื่องนี้รับการแจ้งเตือนอยู่", "この端末は通知を受け取ります。", "此裝置會收到推播。";
    turn_off_here: "Turn off for this device", "ปิดบนเครื่องนี้", "この端末でオフにする", "在此裝置關閉";
    blocked: "Notifications are blocked in this browser. Allow them in its settings for this site.", "เบราว์เซอร์นี้บล็อกการแจ้งเตือนไว้ โปรดอนุญาตในการตั้งค่าของเว็บไซต์นี้", "このブラウザーでは通知がブロックされています。サイトの設定で許可してください。", "此瀏覽器已封鎖通知，請在網站設定中允許。";
    impossible: "This browser takes no pushes here. Sounds work all the same.", "เบราว์เซอร์นี้รับการแจ้งเตือนไม่ได้ แต่เสียงยังใช้ได้", "このブラウザーはプッシュ通知に対応していません。通知音は使えます。", "此瀏覽器無法接收推播，音效仍可使用。";
    failed: "The browser could not subscribe. Nothing has changed; try again later.", "เบราว์เซอร์สมัครรับไม่สำเร็จ ยังไม่มีอะไรเปลี่ยน โปรดลองใหม่ภายหลัง", "登録できませんでした。変更はありません。あとでもう一度お試しください。", "無法訂閱推播，設定未變更，請稍後再試。";
    test: "Send a test to all", "ส่งทดสอบทุกเครื่อง", "すべてにテスト送信", "傳送測試推播";
    iphones: "iPhones need Sala on the home screen: Share, then Add to Home Screen.", "iPhone ต้องเพิ่ม Sala ไว้ที่หน้าจอโฮมก่อน: แตะแชร์ แล้วเลือก “เพิ่มไปยังหน้าจอโฮม”", "iPhoneでは、共有メニューの「ホーム画面に追加」でSalaを追加してください。", "iPhone 請先點「分享」→「加入主畫面」安裝 Sala。";
    no_iphones: "iPhones cannot be reached: Apple wants a public https address, and this server has none (SALA_PUBLIC_URL).", "ส่งถึง iPhone ไม่ได้ เพราะ Apple ต้องการที่อยู่ https สาธารณะ แต่เซิร์ฟเวอร์นี้ไม่มี (SALA_PUBLIC_URL)", "iPhoneには届きません。Appleは公開されたhttpsのアドレスを必要としますが、このサーバーにはありません（SALA_PUBLIC_URL）。", "無法送達 iPhone：Apple 需要公開的 https 網址，此伺服器未設定（SALA_PUBLIC_URL）。";
    this_device: "This device", "เครื่องนี้", "この端末", "此裝置";
    browser_on(browser, system): "{0} on {1}", "{0} บน {1}", "{0}（{1}）", "{0}（{1}）";
    installed: "installed app", "แอปที่ติดตั้ง", "ホーム画面のアプリ", "已加入主畫面";
    unknown: "Unknown device", "อุปกรณ์ที่ไม่รู้จัก", "不明な端末", "不明的裝置";
    delivered(when): "Last delivered {0}", "ส่งถึงล่าสุด {0}", "最終配信：{0}", "上次送達：{0}";
    nothing_yet: "Nothing was sent yet", "ยังไม่เคยส่ง", "まだ送信していません", "尚未傳送";
    not_reached(when): "Not reached, last tried {0}.", "ส่งไม่ถึง ลองล่าสุด {0}", "届いていません（最終試行：{0}）。", "無法送達（上次嘗試：{0}）。";
    unreached: "Its push service could not be reached.", "เชื่อมต่อบริการแจ้งเตือนไม่ได้", "プッシュサービスに接続できませんでした。", "無法連線到推播服務。";
    answered(status): "Its push service answered {0}.", "บริการแจ้งเตือนตอบ {0}", "プッシュサービスの応答：{0}。", "推播服務回應 {0}。";
    renew: "Open Sala there once to renew it.", "เปิด Sala บนเครื่องนั้นหนึ่งครั้งแล้วจะกลับมาใช้ได้", "その端末でSalaを一度開くと復旧します。", "請在該裝置開啟一次 Sala。";
    turn_off: "Turn off", "ปิด", "オフにする", "關閉";
    remove: "Remove", "ลบ", "削除", "刪除";
    turned_off: "This device is told no more.", "อุปกรณ์นี้จะไม่ได้รับการแจ้งเตือนแล้ว", "この端末への通知を停止しました。", "此裝置不再接收推播。";
    tested[devices]: "A test is on its way to {0} device.|A test is on its way to {0} devices.", "กำลังส่งทดสอบไปยังอุปกรณ์ {0} เครื่อง", "{0}台の端末にテストを送信しています。", "正在傳送測試推播到 {0} 台裝置。";
}
