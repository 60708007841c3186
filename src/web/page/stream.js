/**
 * Server-sent events over fetch: EventSource cannot send a header, and the token does not belong into an address.
 *
 * @typedef {object} Ears
 * @property {() => number} last the number of the last event that is shown, 0 for none
 * @property {(name: string, data: any, seq: number) => void} hear
 * @property {(state: "connecting" | "open" | "lost", sentence?: string) => void} state
 */

/** The server says something every 15 s, ms. */
const SILENCE = 40_000;
const LONGEST_WAIT = 15_000;

/** Stays connected for as long as the page lives. @param {string} token @param {Ears} ears */
export async function keepOpen(token, ears) {
  let failures = 0;
  for (;;) {
    const outcome = await listenOnce(token, ears);
    failures = outcome.heard ? 0 : failures + 1;
    ears.state("lost", outcome.sentence);
    const backoff = Math.min(LONGEST_WAIT, 400 * 2 ** failures) * (0.75 + Math.random() / 2);
    await pause(Math.max(outcome.after, backoff));
  }
}

/** @param {string} token @param {Ears} ears */
async function listenOnce(token, ears) {
  const stop = new AbortController();
  let watchdog = setTimeout(() => stop.abort(), SILENCE);
  let heard = false;
  try {
    const headers = { authorization: `Bearer ${token}`, "last-event-id": String(ears.last()) };
    const response = await fetch("/chat/events", { headers, cache: "no-store", signal: stop.signal });
    if (!response.ok || response.body === null) return await refusal(response);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      heard = true;
      clearTimeout(watchdog);
      watchdog = setTimeout(() => stop.abort(), SILENCE);
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) hearBlock(block, ears);
    }
  } catch {
    // The connection is gone: what comes next is the same as after its orderly end.
  } finally {
    clearTimeout(watchdog);
    stop.abort();
  }
  return { heard, after: 0, sentence: undefined };
}

/** @param {string} block @param {Ears} ears */
function hearBlock(block, ears) {
  let name = "";
  let data = "";
  let seq = 0;
  for (const line of block.split("\n")) {
    const cut = line.indexOf(": ");
    const field = line.slice(0, cut);
    const value = line.slice(cut + 2);
    if (field === "event") name = value;
    if (field === "data") data += value;
    if (field === "id") seq = Number(value);
  }
  if (name !== "" && data !== "") ears.hear(name, JSON.parse(data), seq);
}

/** @param {Response} response */
async function refusal(response) {
  const answer = await response.json().catch(() => ({}));
  const after = Number(response.headers.get("retry-after") ?? 0) * 1000;
  const sentence = typeof answer.message === "string" && response.status !== 503 ? answer.message : undefined;
  return { heard: false, after, sentence };
}

/** Ends early when the network or the person comes back. @param {number} ms */
export function pause(ms) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      document.removeEventListener("visibilitychange", look);
      resolve(undefined);
    };
    const look = () => document.visibilityState === "visible" && end();
    const timer = setTimeout(end, ms);
    addEventListener("online", end);
    document.addEventListener("visibilitychange", look);
  });
}
