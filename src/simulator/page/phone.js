// The simulator's phone page: plays customers against the control interface under /_sim.
"use strict";

const AUTO_MS = 20_000;
const SHOWN_BUBBLES = 300;
const SHOWN_ENTRIES = 100;
const LINES = {
  th: ["สวัสดีค่ะ ยังมีของไหมคะ", "ส่งต่างจังหวัดได้ไหมคะ", "ราคาเมตรละเท่าไหร่คะ", "ขอดูรูปเพิ่มได้ไหมคะ", "โอเคค่ะ ขอบคุณค่ะ 🙏", "โอนแล้วนะคะ"],
  en: ["Hello, is this still available?", "How long does delivery take?", "Could I see another picture?", "What is the price per metre?", "Great, thank you!"],
  ja: ["こんにちは、まだ在庫はありますか？", "送料はいくらですか？", "別の写真も見せてもらえますか？", "ありがとうございます。", "いつ届きますか？"],
  zh: ["您好，請問還有貨嗎？", "運費多少呢？", "可以再看一張照片嗎？", "好的，謝謝！", "大概幾天會到？"],
};
const PLACE = { type: "location", title: "ตลาดวโรรส", address: "ถนนวิชยานนท์ เชียงใหม่ 50300", latitude: 18.7905, longitude: 99.0003 };

const byId = (id) => document.getElementById(id);
const languages = new Intl.DisplayNames(["en"], { type: "language" });
const model = { account: {}, chats: new Map(), selected: null, unread: new Map(), typing: new Map(), closed: new Set(), auto: new Map(), bubbles: [] };

/* Calls */

async function call(path, body) {
  const json = body === undefined || !(body instanceof Blob);
  const response = await fetch(`/_sim${path}`, {
    method: "POST",
    headers: { "content-type": json ? "application/json" : body.type || "application/octet-stream" },
    body: json ? JSON.stringify(body ?? {}) : body,
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.message || `HTTP ${response.status}`);
  if ("webhook_status" in answer && !(answer.webhook_status >= 200 && answer.webhook_status < 300)) {
    toast(answer.webhook_status ? `The webhook answered ${answer.webhook_status}.` : "The webhook did not answer.");
  }
  return answer;
}

async function read(path) {
  const response = await fetch(`/_sim${path}`);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

const attempt = (work) => work().catch((error) => toast(error.message));
const chatPath = (rest) => `/customers/${model.selected}/${rest}`;

function say(message, chat = model.selected) {
  if (!chat) return Promise.resolve();
  const from = chat === model.selected && !byId("as-row").hidden ? byId("as").value : undefined;
  return attempt(() => call(`/customers/${chat}/messages`, { message, from }));
}

/* Drawing */

function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function icon(name, small = true) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", small ? "icon icon--s" : "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

const time = (ms) => new Date(ms).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
const exactTime = (ms) => `${new Date(ms).toLocaleTimeString([], { hour12: false })}.${String(ms % 1000).padStart(3, "0")}`;

function day(ms) {
  const date = new Date(ms);
  if (date.toDateString() === new Date().toDateString()) return "Today";
  return date.toLocaleDateString([], { weekday: "short", day: "numeric", month: "short" });
}

function subtitle(chat) {
  if (chat.kind === "group") return `Group of ${chat.members.length}`;
  if (!chat.friend) return "Blocked the account";
  const language = chat.language ? `${languages.of(chat.language)} · ` : "";
  return language + model.account.basic_id;
}

const face = (chat) => `/_sim/pictures/${chat.kind === "group" ? "group" : chat.picture}.svg`;

function drawChats() {
  const rows = [...model.chats.values()].map((chat) => {
    const unread = model.unread.get(chat.id);
    const mark = !chat.friend
      ? el("span", { class: "badge badge--blocked" }, "blocked")
      : unread ? el("span", { class: "badge", "aria-label": `${unread} new` }, String(unread)) : null;
    const words = el("span", {},
      el("span", { class: "chat__name cut", lang: chat.language }, chat.name),
      el("small", { class: "cut" }, subtitle(chat)));
    return el("li", {}, el("button", {
      class: "chat", type: "button", "data-kind": chat.kind, "data-chat": chat.id,
      "aria-current": String(chat.id === model.selected),
      onclick: () => { select(chat.id); showPane("phone"); },
    }, el("img", { src: face(chat), alt: "" }), words, mark));
  });
  const focused = document.activeElement?.dataset?.chat;
  byId("chats").replaceChildren(...rows);
  if (focused) byId("chats").querySelector(`[data-chat="${focused}"]`)?.focus();
  byId("nobody").hidden = rows.length > 0;
}

function drawSettings() {
  const chat = model.chats.get(model.selected);
  byId("settings").hidden = !chat;
  if (!chat) return;
  byId("settings-title").textContent = chat.kind === "group" ? "This group" : "This customer";
  byId("friend-row").hidden = chat.kind === "group";
  byId("friend").setAttribute("aria-checked", String(chat.friend));
  byId("open").setAttribute("aria-checked", String(!model.closed.has(chat.id)));
  byId("auto").setAttribute("aria-checked", String(model.auto.has(chat.id)));
}

function thing(symbol, words, href) {
  const inner = [icon(symbol), el("span", {}, words)];
  return href
    ? el("a", { class: "msg__thing", href, target: "_blank", rel: "noreferrer" }, ...inner)
    : el("span", { class: "msg__thing" }, ...inner);
}

/** Where a file is: of a customer here, of the account on its own server, from where the phone fetches it. */
function fileOf(bubble) {
  return bubble.from === null ? `/_sim/fetched/${bubble.id}` : `/_sim/media/${bubble.id}`;
}

function pictureOf(bubble) {
  if (bubble.from === null) return `${fileOf(bubble)}/preview`;
  return bubble.message.contentProvider?.previewImageUrl || fileOf(bubble);
}

/** Presses a button that tells the account something. */
function press(action) {
  attempt(() => call(chatPath("press"), { data: action.data }));
}

/** The words and buttons of a layout, in their order. */
function* partsOf(node) {
  if (!node || typeof node !== "object") return;
  if (node.type === "text" && node.text) yield el("span", { class: node.weight === "bold" ? "flex__title" : "flex__text" }, node.text);
  if (node.type === "button" && node.action?.uri) yield el("a", { class: "flex__button", href: node.action.uri, target: "_blank", rel: "noreferrer" }, node.action.label);
  if (node.type === "button" && node.action?.type === "postback") yield el("button", { class: "flex__button", type: "button", onclick: () => press(node.action) }, node.action.label);
  for (const part of [node.header, node.hero, node.body, ...(Array.isArray(node.contents) ? node.contents : [node.contents]), node.footer]) yield* partsOf(part);
}

/** What stands in place of a file that the phone does not take. */
function unshown(event) {
  event.target.replaceWith(el("span", { class: "msg__unshown" }, "This file cannot be shown."));
}

/** What a message shows: a node, and whether it stands without a bubble around it. */
function content(bubble) {
  const message = bubble.message;
  const media = fileOf(bubble);
  switch (message.type) {
    case "text": case "textV2": return [document.createTextNode(message.text), false];
    case "sticker": return [el("img", { class: "msg__sticker", src: `/_sim/stickers/${encodeURIComponent(message.packageId)}/${encodeURIComponent(message.stickerId)}.svg`, alt: "Sticker" }), true];
    case "image": return [el("a", { href: media, target: "_blank" }, el("img", { src: pictureOf(bubble), alt: "Photo", onload: keepAtEnd, onerror: unshown })), true];
    case "video": return [bubble.from === null
      ? el("video", { class: "msg__film", src: media, poster: pictureOf(bubble), controls: true, preload: "none", onerror: unshown })
      : thing("image", "Video", media), false];
    case "audio": return [bubble.from === null
      ? el("audio", { class: "msg__sound", src: media, controls: true, preload: "none", onerror: unshown })
      : thing("phone", "Voice message", media), false];
    case "flex": return [el("span", { class: "flex" }, ...partsOf(message.contents)), false];
    case "file": return [thing("file", message.fileName || "File", media), false];
    case "location": return [thing("pin", [message.title, message.address].filter(Boolean).join("\n") || `${message.latitude}, ${message.longitude}`), false];
    default: return [document.createTextNode(message.altText || `[${message.type}]`), false];
  }
}

/** Who writes: the sender's picture, fetched as a phone does, or a letter. */
function senderFace(bubble) {
  const sender = bubble.message.sender;
  const letter = el("span", { class: "msg__face", "aria-hidden": "true" }, [...(sender?.name || model.account.name || "·")][0]);
  return sender?.iconUrl
    ? el("img", { class: "msg__face", src: `/_sim/fetched/${bubble.id}/icon`, alt: "", onerror: (event) => event.target.replaceWith(letter) })
    : letter;
}

function drawBubble(bubble) {
  const mine = bubble.from !== null;
  if (bubble.unsent) return el("div", { class: "gone", "data-id": bubble.id }, mine ? "Message unsent" : "Message deleted");
  const chat = model.chats.get(model.selected);
  const [inner, bare] = content(bubble);
  const sender = mine
    ? (chat.kind === "group" ? model.chats.get(bubble.from)?.name : null)
    : [bubble.message.sender?.name, model.account.name].filter(Boolean).join(" · ");
  const body = el("div", { class: bare ? "msg__body msg__body--bare" : "msg__body", lang: chat.language },
    sender && !(bare && !mine) ? el("span", { class: "msg__who" }, sender) : null, inner);
  const meta = el("span", { class: "msg__meta" }, ...(mine && bubble.read ? ["Read", el("br")] : []), time(bubble.at));
  const unsend = mine ? el("button", {
    class: "msg__unsend", type: "button", "aria-label": "Unsend", title: "Unsend",
    onclick: () => attempt(() => call(chatPath(`unsend/${bubble.id}`))),
  }, icon("undo")) : null;
  const avatar = mine ? null : senderFace(bubble);
  return el("div", { class: mine ? "msg msg--me" : "msg", "data-id": bubble.id }, avatar, body, meta, unsend);
}

function drawLog() {
  const log = byId("log");
  const nodes = [];
  let shownDay = "";
  for (const bubble of model.bubbles.slice(-SHOWN_BUBBLES)) {
    if (day(bubble.at) !== shownDay) nodes.push(el("span", { class: "day" }, shownDay = day(bubble.at)));
    nodes.push(drawBubble(bubble));
  }
  if (!nodes.length) nodes.push(el("p", { class: "phone__empty" }, model.selected ? "Say hello." : "Add a customer to begin."));
  log.replaceChildren(...nodes);
  drawTyping();
  keepAtEnd();
}

function putBubble(bubble) {
  const log = byId("log");
  const place = model.bubbles.findIndex((known) => known.id === bubble.id);
  if (place >= 0) {
    model.bubbles[place] = bubble;
    log.querySelector(`[data-id="${CSS.escape(bubble.id)}"]`)?.replaceWith(drawBubble(bubble));
    return;
  }
  const last = model.bubbles.at(-1);
  model.bubbles.push(bubble);
  log.querySelector(".phone__empty")?.remove();
  const typing = log.querySelector(".typing");
  const nodes = [drawBubble(bubble)];
  if (!last || day(last.at) !== day(bubble.at)) nodes.unshift(el("span", { class: "day" }, day(bubble.at)));
  if (typing) typing.before(...nodes); else log.append(...nodes);
  keepAtEnd();
}

function drawTyping() {
  byId("log").querySelector(".typing")?.remove();
  const chat = model.selected;
  if (!model.typing.has(chat) || model.closed.has(chat)) return;
  byId("log").append(el("div", { class: "msg typing" },
    el("span", { class: "msg__face", "aria-hidden": "true" }, [...(model.account.name || "·")][0]),
    el("div", { class: "msg__body", role: "img", "aria-label": "The account is typing" },
      el("span", { class: "dots" }, el("i"), el("i"), el("i")))));
  keepAtEnd();
}

function keepAtEnd() {
  const log = byId("log");
  log.scrollTop = log.scrollHeight;
}

function drawEntry(entry) {
  const way = entry.way === "to_webhook" ? "→" : "←";
  return el("li", {},
    el("div", {}, el("b", { "data-way": entry.way, "data-fine": String(entry.fine) }, way), el("b", {}, entry.title), el("time", {}, exactTime(entry.at))),
    el("p", {}, entry.detail));
}

let toastTimer;
function toast(words) {
  const node = byId("toast");
  node.textContent = words;
  node.dataset.shown = "";
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => delete node.dataset.shown, 3500);
}

/* Changes */

async function select(id) {
  model.selected = id;
  model.unread.delete(id);
  model.bubbles = [];
  const chat = model.chats.get(id);
  history.replaceState(null, "", id ? `#${id}` : "#");
  drawChats();
  drawSettings();
  byId("composer").hidden = !chat;
  if (!chat) { byId("as-row").hidden = true; drawLog(); return; }
  byId("phone").setAttribute("aria-label", `Phone of ${chat.name}`);
  byId("text").placeholder = `Message as ${chat.name}`;
  byId("text").setAttribute("aria-label", `Message as ${chat.name}`);
  byId("text").lang = chat.language || "";
  byId("as-row").hidden = chat.kind !== "group" || !chat.members.length;
  byId("as").replaceChildren(...chat.members.map((member) => el("option", { value: member }, model.chats.get(member)?.name ?? member)));
  await attempt(async () => {
    const { bubbles } = await read(`/customers/${id}/history`);
    if (model.selected === id) { model.bubbles = bubbles; drawLog(); }
  });
}

function startTyping(chat, seconds) {
  clearTimeout(model.typing.get(chat));
  model.typing.delete(chat);
  if (seconds > 0) {
    model.typing.set(chat, setTimeout(() => { model.typing.delete(chat); drawTyping(); }, seconds * 1000));
  }
  if (chat === model.selected) drawTyping();
}

function hear(update) {
  switch (update.type) {
    case "chat":
      model.chats.set(update.chat.id, update.chat);
      drawChats();
      drawSettings();
      if (!model.selected) select(update.chat.id);
      break;
    case "bubble":
      if (update.chat === model.selected) putBubble(update.bubble);
      else if (update.bubble.from === null && !update.bubble.unsent) {
        model.unread.set(update.chat, (model.unread.get(update.chat) ?? 0) + 1);
        drawChats();
      }
      if (!model.chats.has(update.chat)) attempt(load);
      break;
    case "read":
      if (update.chat === model.selected) {
        model.bubbles.filter((bubble) => update.ids.includes(bubble.id)).forEach((bubble) => putBubble({ ...bubble, read: true }));
      }
      break;
    case "typing": startTyping(update.chat, update.seconds); break;
    case "wire": {
      const wire = byId("wire");
      wire.prepend(drawEntry(update.entry));
      while (wire.children.length > SHOWN_ENTRIES) wire.lastChild.remove();
      break;
    }
    case "resync": attempt(load); break;
  }
}

async function load() {
  const start = await read("/state");
  model.account = start.account;
  model.chats = new Map(start.chats.map((chat) => [chat.id, chat]));
  byId("account").textContent = start.account.name;
  byId("console").hidden = !start.console_url;
  if (start.console_url) byId("console").href = start.console_url;
  byId("wire").replaceChildren(...start.wire.slice(-SHOWN_ENTRIES).reverse().map(drawEntry));
  byId("tray").replaceChildren(...start.stickers.map(({ packageId, stickerId, name }) => el("button", {
    type: "button", "aria-label": `Sticker ${name}`,
    onclick: () => say({ type: "sticker", packageId, stickerId }),
  }, el("img", { src: `/_sim/stickers/${packageId}/${stickerId}.svg`, alt: "" }))));
  const wanted = [model.selected, location.hash.slice(1)].find((id) => model.chats.has(id));
  await select(wanted ?? model.chats.keys().next().value ?? null);
}

function listen() {
  const live = byId("live");
  const stream = new EventSource("/_sim/stream");
  const show = (state, words) => { live.dataset.state = state; live.textContent = words; };
  stream.onopen = () => { show("on", "recording"); attempt(load); };
  stream.onerror = () => {
    show("off", "reconnecting");
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
  stream.onmessage = (event) => hear(JSON.parse(event.data));
}

/* Controls */

function sendText() {
  const field = byId("text");
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  say({ type: "text", text });
}

function toggle(button, panel, other, otherPanel) {
  const open = panel.hidden;
  panel.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  otherPanel.hidden = true;
  other.setAttribute("aria-expanded", "false");
  keepAtEnd();
}

function toggleAuto(id) {
  if (model.auto.has(id)) {
    clearInterval(model.auto.get(id));
    model.auto.delete(id);
  } else {
    const lines = LINES[(model.chats.get(id).language || "en").slice(0, 2)] ?? LINES.en;
    const write = () => say({ type: "text", text: lines[Math.floor(Math.random() * lines.length)] }, id);
    model.auto.set(id, setInterval(write, AUTO_MS));
    write();
  }
  drawSettings();
}

function showPane(pane) {
  document.body.dataset.pane = pane;
  for (const tab of document.querySelectorAll("[data-tab]")) {
    tab.setAttribute("aria-current", String(tab.dataset.tab === pane));
  }
  if (pane === "phone") keepAtEnd();
}

function wireUp() {
  const on = (id, event, work) => byId(id).addEventListener(event, work);
  on("composer", "submit", (event) => { event.preventDefault(); sendText(); });
  on("text", "keydown", (event) => {
    // While an input method composes, Enter belongs to it; 229 is what Safari says instead.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    sendText();
  });
  on("stickers", "click", () => toggle(byId("stickers"), byId("tray"), byId("more"), byId("menu")));
  on("more", "click", () => toggle(byId("more"), byId("menu"), byId("stickers"), byId("tray")));
  on("picture", "click", () => byId("upload").click());
  on("upload", "change", () => {
    const [file] = byId("upload").files;
    byId("upload").value = "";
    if (!file || !model.selected) return;
    const query = new URLSearchParams({ kind: "image" });
    if (!byId("as-row").hidden) query.set("from", byId("as").value);
    attempt(() => call(chatPath(`uploads?${query}`), file));
  });
  for (const button of document.querySelectorAll("[data-send]")) {
    const kind = button.dataset.send;
    const message = { location: PLACE, image: { type: "image" }, file: { type: "file", fileName: "ใบสั่งซื้อ.txt" } }[kind];
    button.addEventListener("click", () => { say(message); toggle(byId("more"), byId("menu"), byId("stickers"), byId("tray")); });
  }
  on("friend", "click", () => attempt(() => call(chatPath(model.chats.get(model.selected).friend ? "block" : "unblock"))));
  on("open", "click", () => {
    if (!model.closed.delete(model.selected)) model.closed.add(model.selected);
    drawSettings();
    drawTyping();
  });
  on("auto", "click", () => toggleAuto(model.selected));
  on("back", "click", () => showPane("customers"));
  on("clear", "click", () => byId("wire").replaceChildren());
  on("repeat", "click", () => attempt(() => call("/webhooks/repeat")));
  for (const button of document.querySelectorAll("[data-fault]")) {
    button.addEventListener("click", () => attempt(async () => {
      await call("/faults", JSON.parse(button.dataset.fault));
      toast(`Ordered: ${button.textContent.trim()}`);
    }));
  }
  for (const tab of document.querySelectorAll("[data-tab]")) tab.addEventListener("click", () => showPane(tab.dataset.tab));
  on("new", "click", () => { byId("new-form").reset(); byId("new-dialog").showModal(); });
  on("new-cancel", "click", () => byId("new-dialog").close());
  on("new-form", "submit", (event) => {
    const form = new FormData(event.target);
    attempt(async () => {
      const { user_id: id } = await call("/customers", { display_name: form.get("name"), language: form.get("language") || undefined });
      await call(`/customers/${id}/follow`);
      await load();
      await select(id);
    });
  });
}

wireUp();
showPane("customers");
const tick = () => { byId("clock").textContent = time(Date.now()); };
tick();
setInterval(tick, 5000);
listen();
