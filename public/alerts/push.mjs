// This browser's subscription for pushes. At each start it is compared with the server's key and said
// again: a phone may have lost it, and the server may have a new key.
import { call } from "../parts/call.mjs";
import { mayShow } from "./notify.mjs";

/** Whether somebody wants pushes here. Of the browser, not of the operator. */
const WANTED = "sala.push";

/** Whether this browser can be pushed to at all. */
export const canPush = () => "serviceWorker" in navigator && "PushManager" in globalThis && typeof Notification !== "undefined";

export const isWanted = () => localStorage.getItem(WANTED) === "1";

/** @param {string} text base64url */
function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer | null | undefined} key @param {Uint8Array} wanted */
function isSame(key, wanted) {
  const has = key && new Uint8Array(key);
  return Boolean(has) && has?.length === wanted.length && wanted.every((byte, at) => byte === has[at]);
}

const isInstalled = () => matchMedia("(display-mode: standalone)").matches;

/**
 * Subscribes, or says the subscription that is there again.
 * @param {ServiceWorkerRegistration} registration
 */
export async function subscribe(registration) {
  const { public_key } = await call("push_key", {});
  const key = bytes(public_key);
  let known = await registration.pushManager.getSubscription();
  if (known && !isSame(known.options.applicationServerKey, key)) {
    await known.unsubscribe();
    known = null;
  }
  const made = known ?? (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  const { endpoint, keys } = made.toJSON();
  await call("push_subscribe", { endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth }, device: isInstalled() ? "installed" : "" });
  localStorage.setItem(WANTED, "1");
  return endpoint ?? "";
}

/** At the start of a console. @param {ServiceWorkerRegistration} registration */
export async function renew(registration) {
  if (!canPush() || !mayShow() || !isWanted()) return;
  await subscribe(registration);
}

/** Ends it, here and at the server. @param {ServiceWorkerRegistration} registration */
export async function end(registration) {
  localStorage.removeItem(WANTED);
  const known = await registration.pushManager?.getSubscription();
  if (!known) return;
  await call("push_unsubscribe", { endpoint: known.endpoint }).catch(() => {});
  await known.unsubscribe();
}

/** The address of this browser's subscription, if it has one. @param {ServiceWorkerRegistration} registration */
export async function address(registration) {
  return (await registration.pushManager?.getSubscription())?.endpoint;
}
