// Tells the server that somebody looks at this console, every ten seconds and for 25: so that it pushes
// to nobody who sees what happens; and whether they touch it, since who does not for long is away.
import { call } from "../parts/call.mjs";
import { uuid } from "../parts/uuid.mjs";

const EVERY_MS = 10_000;

let touched = true;
/** @type {number | undefined} */
let timer;
const name = uuid();

/** How the server can be heard; empty while it cannot. @type {"live" | "polling" | ""} */
let way = "";

function say() {
  if (!way) return;
  const visible = document.visibilityState === "visible";
  const active = touched;
  touched = false;
  call("attend", { console: name, visible, active }).catch(() => {
    // Said again with the next one.
    touched ||= active;
  });
}

function go() {
  clearInterval(timer);
  say();
  // A hidden console has no lease to renew.
  if (document.visibilityState === "visible") timer = setInterval(say, EVERY_MS);
}

/** The console has found a way to the server, or lost it. @param {typeof way} now */
export function connected(now) {
  const isNew = now !== way;
  way = now;
  if (isNew && way) go();
}

export function start() {
  for (const event of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
    addEventListener(
      event,
      () => {
        touched = true;
      },
      { capture: true, passive: true },
    );
  }
  document.addEventListener("visibilitychange", go);
  addEventListener("pagehide", () => {
    if (!way) return;
    const body = new Blob([JSON.stringify({ console: name, visible: false, active: false })], { type: "application/json" });
    navigator.sendBeacon("/api/attend", body);
  });
  addEventListener("pageshow", ({ persisted }) => persisted && go());
}
