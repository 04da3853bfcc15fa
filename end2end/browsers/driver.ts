// What a test asks of a browser, whichever it is and whatever it is spoken to in.

/** One step of W3C WebDriver's actions, which BiDi has taken over as they are. */
export type ActionSource = { type: "key" | "pointer" | "wheel"; id: string; actions: Record<string, unknown>[] };

/** A browser with one page. */
export interface Driver {
  /** Loads an address and waits until it is loaded. */
  goto(url: string): Promise<void>;
  /** Runs a script's expression in the page and answers its value, which must be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Keys, pointer and wheel, as a person has them. */
  perform(sources: ActionSource[]): Promise<void>;
  /** Errors and warnings that the browser has told of, if it tells. */
  complaints(): string[];
  /** A PNG of what is seen. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

/** How long a browser may take to start on a busy machine. */
export const START_LIMIT_MS = 60_000;

/** The size of every test's window. */
export const WINDOW = { width: 1280, height: 800 };
