// Sala's own sounds, made when they are heard. Browsers let a page be heard only after somebody has
// touched it, and a phone call or a locked screen may silence it for good: so each sound looks whether
// time goes on in what makes it, and makes that anew where it does not.

/** @typedef {import("./judge.mjs").Settings["sound"]} Tone */

/**
 * The partials of each tone: frequency, its share, when it begins and how long it rings, in seconds;
 * `to` is what the frequency falls to.
 * @type {Record<Tone, { at: number, hz: number, to?: number, share: number, rings: number, wave?: OscillatorType }[]>}
 */
const TONES = {
  bell: [
    { at: 0, hz: 1046.5, share: 0.5, rings: 1.1 },
    { at: 0, hz: 2093, share: 0.2, rings: 0.7 },
    { at: 0, hz: 2951, share: 0.12, rings: 0.35 },
    { at: 0.16, hz: 1318.5, share: 0.4, rings: 1.1 },
  ],
  bamboo: [
    { at: 0, hz: 587.3, share: 0.6, rings: 0.16, wave: "triangle" },
    { at: 0, hz: 1762, share: 0.18, rings: 0.06 },
    { at: 0.13, hz: 784, share: 0.6, rings: 0.2, wave: "triangle" },
    { at: 0.13, hz: 2352, share: 0.18, rings: 0.06 },
  ],
  drop: [
    { at: 0, hz: 1400, to: 520, share: 0.5, rings: 0.16 },
    { at: 0.12, hz: 1900, to: 760, share: 0.4, rings: 0.18 },
  ],
};

/** How loud what is meant to be soft is beside the rest. */
const SOFT = 0.45;

/** How long the clock of what makes sounds may stand still. */
const STILL_MS = 60;

/** @type {AudioContext | undefined} */
let context;
/** Who wants to know whether anything can be heard. @type {(audible: boolean) => void} */
let tell = () => {};
let audible = false;

/** @param {boolean} now */
function found(now) {
  if (audible === now) return;
  audible = now;
  tell(now);
}

/** Whether anything can be heard. */
export const isAudible = () => audible;

async function unlock() {
  if (audible && context?.state === "running") return;
  await alive();
}

/**
 * Has the first press of a button or key let the page be heard. It goes on listening for as long as
 * the page lives.
 * @param {(audible: boolean) => void} hear
 */
export function unlockByTouch(hear) {
  tell = hear;
  for (const event of ["pointerdown", "pointerup", "keydown", "touchend"]) {
    addEventListener(event, () => void unlock(), { capture: true, passive: true });
  }
  // Where the page may be heard without, as after a press on the page before.
  void alive();
}

const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/** @param {AudioContext} made */
async function goesOn(made) {
  if (made.state !== "running") {
    // One that never settles must not hold the sound up.
    await Promise.race([made.resume().catch(() => {}), pause(400)]);
  }
  if (made.state !== "running") return false;
  const before = made.currentTime;
  await pause(STILL_MS);
  return made.currentTime > before;
}

/** What makes sounds, if it can be heard. */
async function alive() {
  const first = context;
  if (first && (await goesOn(first))) {
    found(true);
    return first;
  }
  if (typeof AudioContext === "undefined") return undefined;
  // Without a touch a new one would be as silent as the one before.
  const isTouched = navigator.userActivation?.hasBeenActive ?? true;
  if (first && isTouched) {
    void first.close().catch(() => {});
    context = undefined;
  }
  if (!isTouched) {
    found(false);
    return undefined;
  }
  const made = (context ??= new AudioContext());
  if (await goesOn(made)) {
    found(true);
    return made;
  }
  found(false);
  return undefined;
}

/**
 * Plays a tone; answers whether it could be heard.
 * @param {Tone} tone
 * @param {number} volume percent
 * @param {boolean} [soft]
 */
export async function play(tone, volume, soft = false) {
  const made = await alive();
  if (!made) return false;
  const level = (volume / 100) ** 2 * (soft ? SOFT : 1);
  if (level === 0) return true;
  const out = made.createGain();
  out.gain.value = level * 0.6;
  out.connect(made.destination);
  const start = made.currentTime + 0.02;
  for (const { at, hz, to, share, rings, wave = "sine" } of TONES[tone] ?? TONES.bamboo) {
    const [voice, gain] = [made.createOscillator(), made.createGain()];
    const [from, end] = [start + at, start + at + rings];
    voice.type = wave;
    voice.frequency.setValueAtTime(hz, from);
    if (to) voice.frequency.exponentialRampToValueAtTime(to, end);
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(share, from + 0.006);
    gain.gain.exponentialRampToValueAtTime(0.0001, end);
    voice.connect(gain).connect(out);
    voice.start(from);
    voice.stop(end);
  }
  return true;
}
