import { type Locator, type Page } from "@playwright/test";

/** A file as tests hand it over. */
export interface Chosen {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Where files are chosen, dropped and pasted. */
export class Attaching {
  readonly button: Locator;
  readonly tiles: Locator;
  readonly layer: Locator;
  readonly note: Locator;
  readonly chip: Locator;

  constructor(readonly page: Page) {
    const composer = page.locator("form.composer");
    this.button = composer.getByRole("button", { name: "Attach a file" });
    this.tiles = composer.locator(".attachment");
    this.layer = page.locator(".drop-layer");
    this.note = composer.locator(".attach-note");
    this.chip = composer.locator(".paste-chip");
  }

  /** The script hears what is dropped and pasted. */
  async isReady(): Promise<void> {
    await this.page.locator("html[data-attach]").waitFor({ state: "attached" });
  }

  tile(name: string): Locator {
    return this.tiles.filter({ hasText: name });
  }

  /** Chooses files in the browser's own dialog; large ones by their path. */
  async choose(files: Chosen[] | string): Promise<void> {
    await this.isReady();
    const chooser = this.page.waitForEvent("filechooser");
    await this.button.click();
    await (await chooser).setFiles(files);
  }

  /** Drags files over an element, and drops them unless they are to hover. */
  async drag(files: Chosen[], steps: string[], over = ".message-list"): Promise<void> {
    await this.isReady();
    const told = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, text: buffer.toString("base64") }));
    await this.page.evaluate(
      ({ told, steps, over }) => {
        const data = new DataTransfer();
        for (const { name, mimeType, text } of told) {
          const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
          data.items.add(new File([bytes], name, { type: mimeType }));
        }
        for (const step of steps) {
          const event = new DragEvent(step, { dataTransfer: data, bubbles: true, cancelable: true });
          document.querySelector(over)?.dispatchEvent(event);
        }
      },
      { told, steps, over },
    );
  }

  drop(files: Chosen[]): Promise<void> {
    return this.drag(files, ["dragenter", "dragover", "drop"]);
  }

  /** Pastes what a program put on the clipboard. */
  async paste(what: { text?: string; picture?: Buffer }): Promise<void> {
    await this.isReady();
    await this.page.evaluate(async ({ text, picture }) => {
      const parts: Record<string, Blob> = {};
      if (text !== undefined) parts["text/plain"] = new Blob([text], { type: "text/plain" });
      if (picture !== undefined) {
        const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
        parts["image/png"] = new Blob([bytes], { type: "image/png" });
      }
      await navigator.clipboard.write([new ClipboardItem(parts)]);
    }, { text: what.text, picture: what.picture?.toString("base64") });
    await this.page.keyboard.press("ControlOrMeta+V");
  }
}
