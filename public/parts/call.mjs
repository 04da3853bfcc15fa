// Calling the server's functions.

/** What the server answered instead. */
export class Refused extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`answered ${status}`);
    this.status = status;
  }
}

/**
 * Calls one of the server's functions. Which build answered is told to the window.
 * @param {string} name
 * @param {object} input
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function call(name, input, signal) {
  const headers = { "content-type": "application/json", accept: "application/json" };
  const answer = await fetch(`/api/${name}`, { method: "POST", headers, body: JSON.stringify(input), signal });
  const build = answer.headers.get("sala-build");
  if (build) dispatchEvent(new CustomEvent("sala-build", { detail: build }));
  if (!answer.ok) throw new Refused(answer.status);
  return answer.json();
}
