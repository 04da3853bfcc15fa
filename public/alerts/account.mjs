// My account's part: a test of the sound, and pushes on this device. Without it the forms work all the
// same; this browser alone can say yes to pushes.
import { play, unlockByTouch } from "./sound.mjs";
import { askForPermission, register } from "./notify.mjs";
import { address, canPush, end, subscribe } from "./push.mjs";

document.documentElement.dataset.script = "";
unlockByTouch(() => {});

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#alerts form"));
const volume = /** @type {HTMLInputElement | null} */ (form?.elements.namedItem("volume"));
const output = form?.querySelector(".range__value");
volume?.addEventListener("input", () => output && (output.textContent = `${volume.value}%`));
form?.querySelector("[data-try-sound]")?.addEventListener("click", () => {
  const tone = /** @type {any} */ (form.elements.namedItem("sound"))?.value;
  void play(tone, Number(volume?.value ?? 70));
});

const devices = document.getElementById("push");

/** @param {string} name */
const part = (name) => /** @type {HTMLElement | null} */ (devices?.querySelector(`[data-push="${name}"]`));

/** @param {string} name */
function showOnly(name) {
  for (const one of ["on", "off", "blocked", "impossible"]) {
    const found = part(one);
    if (found) found.hidden = one !== name;
  }
}

async function look() {
  if (!devices) return;
  if (!canPush()) return showOnly("impossible");
  if (Notification.permission === "denied") return showOnly("blocked");
  const registration = await register();
  if (!registration) return showOnly("impossible");
  const here = Notification.permission === "granted" ? await address(registration) : undefined;
  showOnly(here ? "off" : "on");
}

part("on")
  ?.querySelector("button")
  ?.addEventListener("click", async () => {
    if (!(await askForPermission())) return look();
    const registration = await register();
    if (!registration) return look();
    try {
      await subscribe(registration);
      location.replace("/settings/account#push");
      location.reload();
    } catch {
      const failed = part("failed");
      if (failed) failed.hidden = false;
    }
  });
part("off")
  ?.querySelector("button")
  ?.addEventListener("click", async () => {
    const registration = await register();
    if (registration) await end(registration);
    location.reload();
  });
void look();
