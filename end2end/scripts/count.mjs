// Prints "passed failed skipped" of a Playwright JSON report; zeros when there is none.
import { readFileSync } from "node:fs";

const none = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };

function stats(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).stats;
  } catch {
    return none;
  }
}

const { expected, unexpected, flaky, skipped } = { ...none, ...stats(process.argv[2]) };
console.log(expected, unexpected + flaky, skipped);
