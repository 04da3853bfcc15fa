// Notifications of the desktop, through the service worker: one for each chat, which takes the place of
// the one before. A page that may not show any goes on with title, badge and sound.

/** @type {ServiceWorkerRegistration | undefined} */
let registration;

/** Has the service worker ready, where there can be one. */
export async function register() {
  if (!("serviceWorker" in navigator)) return undefined;
  try {
    registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  } catch {
    registration = undefined;
  }
  return registration;
}

/** Whether notifications may be shown. */
export const mayShow = () => typeof Notification !== "undefined" && Notification.permission === "granted";

/**
 * Asks for the permission; only from a press of a button.
 * @returns {Promise<boolean>}
 */
export async function askForPermission() {
  if (typeof Notification === "undefined") return false;
  return (await Notification.requestPermission()) === "granted";
}

/**
 * Shows one for a chat.
 * @param {string} title
 * @param {string} body
 * @param {string} room
 */
export async function show(title, body, room) {
  if (!registration || !mayShow()) return;
  try {
    const options = { body, tag: room, renotify: true, silent: true, icon: "/icon-180.png", badge: "/icon-180.png", data: { room } };
    await registration.showNotification(title, /** @type {any} */ (options));
  } catch {
    // Some browsers refuse what they said yes to.
  }
}

/** Takes back what was shown of a chat that is looked at. @param {string} room */
export async function take(room) {
  try {
    for (const shown of (await registration?.getNotifications({ tag: room })) ?? []) shown.close();
  } catch {
    // It stays until it is clicked.
  }
}

/** Opens the chats of notifications that were clicked. @param {(room: string) => void} open */
export function onClick(open) {
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (data?.type === "sala-open" && typeof data.room === "string") open(data.room);
  });
}
