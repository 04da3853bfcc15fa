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
 * Calls one of the server's functions.
 * @param {string} name
 * @param {object} input
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function call(name, input, signal) {
  const headers = { "content-type": "application/json", accept: "application/json" };
  const answer = await fetch(`/api/${name}`, { method: "POST", headers, body: JSON.stringify(input), signal });
  if (!answer.ok) throw new Refused(answer.status);
  return answer.json();
}
