// What runs inside the page while the console's speed is measured (`console-speed.mjs`).

/**
 * Puts `window.probe` into a page. It measures from an event's own time, which is when the browser took it
 * in, to the end of the first frame that shows what the event was for.
 */
export function installProbe() {
  /** Calls back when the next frame has been painted: a message that is posted in it comes after it. */
  const afterFrame = (then) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => then();
      channel.port2.postMessage(0);
    });

  const PATIENCE_MS = 20_000;

  globalThis.probe = {
    /**
     * Gets ready for the next event of this type; `took` then waits until `isShown` says yes.
     * @param {"keydown" | "click"} type
     * @param {() => boolean} isShown
     */
    expect(type, isShown) {
      this.took = new Promise((resolve, reject) => {
        const begin = (event) => {
          const look = () => {
            const now = performance.now() - event.timeStamp;
            if (isShown()) resolve(now);
            else if (now > PATIENCE_MS) reject(new Error(`nothing was shown after a ${type}`));
            else afterFrame(look);
          };
          afterFrame(look);
        };
        addEventListener(type, begin, { capture: true, once: true });
      });
    },

    /** The newest line of the open thread holds this text. */
    endsWith(text) {
      return document.querySelector(".message-list__inner > :last-child")?.textContent.includes(text) ?? false;
    },

    /** Watches frames and long tasks from now on. */
    watch() {
      const begun = performance.now();
      const tasks = [];
      let frames = 0;
      let running = true;
      const tick = () => {
        frames += 1;
        if (running) requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
      const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
      observer.observe({ type: "longtask" });
      this.watched = () => {
        running = false;
        tasks.push(...observer.takeRecords().map((entry) => entry.duration));
        observer.disconnect();
        return { frames, tasks, ms: performance.now() - begun };
      };
    },
  };
}
