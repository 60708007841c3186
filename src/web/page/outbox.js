import { keep, kept, randomId } from "./token.js";

/**
 * What the person said and the server has not taken yet. Kept over a reload, and offered in its order under the same id
 * until it is taken, so that nothing is lost and nothing counts twice.
 *
 * @typedef {{ id: string, text?: string, tap?: { data: string, on: string }, label?: string }} Item
 * @typedef {object} Fate
 * @property {(id: string, sentence: string) => void} refused
 */

/** @param {string} token @param {Fate} fate */
export function makeOutbox(token, fate) {
  /** @type {Item[]} */
  const items = JSON.parse(kept("outbox") ?? "[]");
  const rest = makeRest();
  const save = () => keep("outbox", JSON.stringify(items));
  let isRunning = false;
  const run = async () => {
    if (isRunning) return;
    isRunning = true;
    for (let failures = 0; items[0] !== undefined; ) {
      const outcome = await offer(token, items[0]);
      if (outcome.kind === "later") {
        await rest.take(outcome.after, ++failures);
        continue;
      }
      failures = 0;
      const item = items.shift();
      save();
      if (outcome.kind === "refused" && item !== undefined) fate.refused(item.id, outcome.sentence);
    }
    isRunning = false;
  };

  return {
    items: () => [...items],
    /** @param {Omit<Item, "id">} what @returns {Item} */
    put(what) {
      const item = { id: randomId(), ...what };
      items.push(item);
      save();
      void run();
      return item;
    },
    /** The connection is back: no need to wait any longer. */
    kick() {
      rest.end();
      void run();
    },
  };
}

/** A pause that can be cut short. */
function makeRest() {
  let end = () => {};
  return {
    end: () => end(),
    /** @param {number} atLeast ms @param {number} failures @returns {Promise<void>} */
    take: (atLeast, failures) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.max(atLeast, Math.min(10_000, 500 * 2 ** failures)));
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

/**
 * @param {string} token @param {Item} item
 * @returns {Promise<{ kind: "taken" } | { kind: "later", after: number } | { kind: "refused", sentence: string }>}
 */
async function offer(token, { id, text, tap }) {
  try {
    const response = await fetch("/chat/messages", {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(tap === undefined ? { id, text } : { id, tap }),
      signal: AbortSignal.timeout(30_000),
    });
    if (response.ok) return { kind: "taken" };
    const after = Number(response.headers.get("retry-after") ?? 0) * 1000;
    if (response.status >= 500 || response.status === 429 || response.status === 408) return { kind: "later", after };
    const answer = await response.json().catch(() => ({}));
    return { kind: "refused", sentence: String(answer.message ?? "Pesan ini tidak diterima.") };
  } catch {
    return { kind: "later", after: 0 };
  }
}
