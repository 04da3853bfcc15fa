// Shows every push that comes, opens the right chat, and serves a page while there is no network. It
// keeps nothing: a console is always the server's own.

const LANGUAGES = Object.keys(SAID);

/** @param {string | undefined} chosen */
function textsOf(chosen) {
  const wanted = [chosen, ...navigator.languages].filter(Boolean);
  for (const tag of wanted) {
    const found = LANGUAGES.find((one) => one === tag || one.split("-")[0] === tag.split("-")[0]);
    if (found) return [found, SAID[found]];
  }
  return ["en", SAID.en];
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

function read(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

self.addEventListener("push", (event) => {
  const { kind = "other", room = "", name = "", text, lang } = read(event.data);
  const [language, said] = textsOf(lang);
  const known = `${kind}_title` in said ? kind : "other";
  const title = said[`${known}_title`].replace("{0}", name || "LINE");
  const options = {
    body: text || said[`${known}_text`],
    lang: language,
    tag: room || known,
    renotify: true,
    icon: "/icon-180.png",
    badge: "/icon-180.png",
    data: { room },
  };
  const shown = self.registration.showNotification(title, options);
  const badge = self.navigator.setAppBadge?.().catch(() => {});
  event.waitUntil(Promise.all([shown, badge]));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.room ?? ""));
});

/** Is it a console, whatever chat is open in it? */
function isConsole(client) {
  const { pathname } = new URL(client.url);
  return pathname === "/" || pathname.startsWith("/c/");
}

async function open(room) {
  const all = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const consoles = all.filter(isConsole);
  const there = consoles.find((one) => one.focused) ?? consoles.find((one) => one.visibilityState === "visible") ?? consoles[0];
  if (!there) return self.clients.openWindow(room ? `/c/${encodeURIComponent(room)}` : "/");
  const focused = await there.focus().catch(() => there);
  if (room) focused.postMessage({ type: "sala-open", room });
}

// The browser may give a subscription another address by itself; the next console says it to the server.
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(renew(event));
});

async function renew(event) {
  const key = event.oldSubscription?.options.applicationServerKey;
  if (!key) return;
  const made = event.newSubscription ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  const { endpoint, keys } = made.toJSON();
  await fetch("/api/push_subscribe", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth }, device: "" }),
  });
}

self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || event.request.method !== "GET") return;
  event.respondWith(fetch(event.request).catch(() => offline()));
});

function offline() {
  const [language, said] = textsOf(undefined);
  const page = `<!DOCTYPE html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Sala</title>
<style>body{margin:0;min-height:100vh;display:grid;place-content:center;justify-items:center;gap:12px;padding:24px;text-align:center;font:16px/1.5 system-ui,sans-serif;background:#10231f;color:#eef5f2}h1{font-size:22px;margin:0}p{margin:0;max-width:36ch}a{color:#10231f;background:#4bd6a0;border-radius:10px;padding:10px 18px;font-weight:600;text-decoration:none}</style>
<h1>${said.offline_title}</h1><p>${said.offline_text}</p><a href="">${said.offline_again}</a></html>`;
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" };
  return new Response(page, { status: 503, headers });
}
