// One file's way to the server, and what to think of it when it breaks off.

/**
 * How a try ended: there, refused for good, to be tried later, or broken off.
 * @typedef {{ media: string } | { code: string, message: string } | { later: number } | { lost: true }} End
 */

/**
 * Sends a file. Abort it by the signal; then it is `lost`.
 * @param {{ room: string, name: string, file: Blob, preview?: Blob, signal: AbortSignal, moved: (loaded: number) => void }} what
 * @returns {Promise<End>}
 */
export function upload({ room, name, file, preview, signal, moved }) {
  return new Promise((resolve) => {
    const form = new FormData();
    form.append("room", room);
    // Small, and needed when the film ends.
    if (preview) form.append("preview", preview, "preview.jpg");
    form.append("file", file, name);
    const request = new XMLHttpRequest();
    request.open("POST", "/api/upload");
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = (event) => moved(Math.min(file.size, event.loaded));
    request.onload = () => resolve(ended(request.status, request.responseText, request.getResponseHeader("retry-after")));
    request.onerror = request.onabort = request.ontimeout = () => resolve({ lost: true });
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

/**
 * Asks whether the server would take a file of this size, without sending it.
 * @param {string} room
 * @param {number} size
 * @returns {Promise<"taken" | { code: string, message: string } | { later: number } | { lost: true }>}
 */
export async function ask(room, size) {
  const query = new URLSearchParams({ room, size: String(size) });
  try {
    const answer = await fetch(`/api/upload?${query}`, { headers: { accept: "application/json" } });
    if (answer.ok) return "taken";
    const end = ended(answer.status, await answer.text(), answer.headers.get("retry-after"));
    return "media" in end ? "taken" : end;
  } catch {
    return { lost: true };
  }
}

/** @param {number} status @param {string} body @param {string | null} after @returns {End} */
function ended(status, body, after) {
  /** @type {any} */
  let said = {};
  try {
    said = JSON.parse(body) ?? {};
  } catch {
    // A proxy's page.
  }
  if (status === 200 && typeof said.media_id === "string") return { media: said.media_id };
  // Signed out: who signs in again finds the file still waiting.
  if (status === 401) return { later: 30_000 };
  if (status === 429 || status === 502 || status === 503 || status === 504) {
    return { later: Math.min(60_000, said.retry_after_ms ?? (Number(after) * 1000 || 2_000)) };
  }
  if (typeof said.code === "string") return { code: said.code, message: String(said.message ?? "") };
  if (status === 413) return { code: "media_too_large", message: "" };
  return { code: "internal_error", message: "" };
}
