// Programs that a test starts: ended with all that they have started themselves.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { START_LIMIT_MS } from "./driver";

/** Whether a program is on the PATH. */
export function isInstalled(name: string): boolean {
  return spawnSync("sh", ["-c", 'command -v "$0"', name], { stdio: "ignore" }).status === 0;
}

export class Program {
  private said = "";
  private readonly ended: Promise<void>;

  private constructor(private readonly child: ChildProcess, private readonly name: string) {
    child.stdout?.on("data", (chunk) => (this.said += chunk));
    child.stderr?.on("data", (chunk) => (this.said += chunk));
    this.ended = new Promise((resolve) => {
      child.on("error", (error) => {
        this.said += `\n${error}`;
        resolve();
      });
      child.on("exit", () => resolve());
    });
  }

  /** Starts a program in a process group of its own. */
  static start(name: string, args: string[], env: Record<string, string> = {}): Program {
    const options = { detached: true, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] as const };
    return new Program(spawn(name, args, { ...options, stdio: [...options.stdio] }), name);
  }

  /** Waits until `sign` answers something. */
  async until<T>(sign: (said: string) => Promise<T | undefined> | T | undefined): Promise<T> {
    const limit = Date.now() + START_LIMIT_MS;
    while (Date.now() < limit) {
      const found = await sign(this.said);
      if (found !== undefined) return found;
      if (this.child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await this.end();
    throw new Error(`${this.name} did not start:\n${this.said}`);
  }

  async end(): Promise<void> {
    if (this.child.pid !== undefined && this.child.exitCode === null) {
      try {
        process.kill(-this.child.pid, "SIGTERM");
      } catch {
        // It has just gone by itself.
      }
      const late = setTimeout(() => this.child.pid && process.kill(-this.child.pid, "SIGKILL"), 5_000);
      await this.ended;
      clearTimeout(late);
    }
  }
}
