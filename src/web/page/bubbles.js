import { el } from "./el.js";
import { fileNodes } from "./files.js";

/**
 * @typedef {import("../../channels/web/event.ts").WebEvent} WebEvent
 * @typedef {import("../../channels/web/event.ts").Part} Part
 * @typedef {object} Wishes
 * @property {string} token
 * @property {(button: { id: string, label: string }, seq: number) => void} tapped
 * @property {() => void} focusLost a button that had the focus was taken away
 */

const CLOCK = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** Draws the conversation. Only text nodes are ever made of what comes in. @param {HTMLElement} log @param {Wishes} wishes */
export function makeBubbles(log, wishes) {
  /** The person's own bubbles. @type {Map<string, HTMLElement>} */
  let own = new Map();
  /** The labels of our buttons, by "message number, button id". @type {Map<string, string>} */
  let labels = new Map();
  /** The keyboards that can still be tapped. @type {Map<string, HTMLElement>} */
  let keyboards = new Map();
  let day = "";

  /** Before what waits to be sent: that comes later than anything that the server has said. @param {Node} node */
  const place = (node) => log.insertBefore(node, log.querySelector(".row.waiting"));

  /** @param {number} at */
  const separate = (at) => {
    const date = new Date(at).toDateString();
    if (date === day) return;
    day = date;
    place(el("div", { class: "day" }, dayName(at)));
  };

  /** @param {string} id @param {string} text @param {number} at */
  const showOwn = (id, text, at) => {
    const row = own.get(id) ?? ownRow(text);
    own.set(id, row);
    row.classList.remove("waiting", "refused");
    row.querySelector(".meta")?.replaceChildren(timeNode(at), " ✓", el("span", { class: "unseen" }, " terkirim"));
    if (row.parentNode === null) place(row);
  };

  /** @param {Extract<WebEvent, { parts: readonly Part[] }>} event @param {number} seq */
  const showTheirs = (event, seq) => {
    const bubble = el("div", { class: "bubble" }, el("span", { class: "unseen" }, "Loket: "));
    if ("file" in event) bubble.append(...fileNodes(event, wishes.token));
    if (event.parts.length > 0) bubble.append(said(event.parts));
    bubble.append(el("span", { class: "meta" }, timeNode(event.at)));
    const row = el("div", { class: "row them fresh" }, bubble);
    if (event.kind === "choices") row.append(keyboard(event.rows, seq));
    place(row);
  };

  /** @param {readonly (readonly { id: string, label: string }[])[]} rows @param {number} seq */
  const keyboard = (rows, seq) => {
    const group = el("div", { class: "choices", role: "group", "aria-label": "Pilihan jawaban" });
    for (const buttons of rows) {
      const line = el("div");
      for (const button of buttons) {
        labels.set(`${seq} ${button.id}`, button.label);
        const node = el("button", { type: "button" }, button.label);
        node.addEventListener("click", () => {
          if (node.getAttribute("aria-disabled") === "true") return;
          node.setAttribute("aria-disabled", "true");
          wishes.tapped(button, seq);
          // One that stays (after a payment) can be tapped again, but not by the same trembling finger.
          setTimeout(() => node.removeAttribute("aria-disabled"), 1500);
        });
        line.append(node);
      }
      group.append(line);
    }
    keyboards.set(String(seq), group);
    return group;
  };

  /** @param {Element | undefined} node */
  const takeAway = (node) => {
    if (node === undefined) return;
    const hadFocus = node.contains(document.activeElement);
    node.remove();
    if (hadFocus) wishes.focusLost();
  };

  /** @param {string} id */
  const takeOwnAway = (id) => {
    takeAway(own.get(id));
    own.delete(id);
  };

  return {
    /** @param {WebEvent} event @param {number} seq */
    show(event, seq) {
      switch (event.kind) {
        case "you":
          if (event.text === "/start") return;
          separate(event.at);
          return showOwn(event.id, event.text, event.at);
        case "tapped":
          separate(event.at);
          return showOwn(event.id, labels.get(`${event.on} ${event.data}`) ?? "(pilihan)", event.at);
        case "close":
          takeAway(keyboards.get(event.ref));
          keyboards.delete(event.ref);
          return;
        case "forget":
          return takeOwnAway(event.ref);
        case "forgotten":
          return takeOwnAway(event.id);
        default:
          separate(event.at);
          return showTheirs(event, seq);
      }
    },
    /** What was said and is not taken yet. @param {string} id @param {string} text */
    wait(id, text) {
      if (text === "/start" || own.has(id)) return;
      const row = ownRow(text);
      row.classList.add("waiting", "fresh");
      row.querySelector(".meta")?.replaceChildren("menunggu terkirim…");
      own.set(id, row);
      log.append(row);
    },
    /** @param {string} id @param {string} sentence */
    refuse(id, sentence) {
      const row = own.get(id);
      row?.classList.replace("waiting", "refused");
      row?.querySelector(".meta")?.replaceChildren(`Tidak terkirim. ${sentence}`);
    },
    clear() {
      own = new Map();
      labels = new Map();
      keyboards = new Map();
      day = "";
      log.replaceChildren();
    },
  };
}

/** @param {string} text */
function ownRow(text) {
  const bubble = el(
    "div",
    { class: "bubble" },
    el("span", { class: "unseen" }, "Anda: "),
    said([{ text }]),
    el("span", { class: "meta" }),
  );
  return el("div", { class: "row you" }, bubble);
}

/** @param {readonly Part[]} parts */
function said(parts) {
  return el("p", { class: "said" }, ...parts.map(({ text, bold }) => (bold ? el("strong", {}, text) : text)));
}

/** @param {number} at */
function timeNode(at) {
  return el("time", { datetime: new Date(at).toISOString() }, CLOCK.format(at));
}

/** @param {number} at */
function dayName(at) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  return days === 0 ? "Hari ini" : days === 1 ? "Kemarin" : DAY.format(at);
}
