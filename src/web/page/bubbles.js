import { el } from "./el.js";
import { fileNodes } from "./files.js";

/**
 * @typedef {import("../../channels/web/event.ts").WebEvent} WebEvent
 * @typedef {import("../../channels/web/event.ts").Part} Part
 * @typedef {{ id: string, label: string }} Choice
 *
 * @typedef {object} Wishes
 * @property {string} token
 * @property {(button: Choice, seq: number) => void} tapped
 * @property {() => void} focusLost a button that had the focus was taken away
 *
 * @typedef {object} Board what is drawn now
 * @property {HTMLElement} log
 * @property {Wishes} wishes
 * @property {Map<string, HTMLElement>} own the person's own bubbles, by id
 * @property {Map<string, string>} labels of our buttons, by "message number, button id"
 * @property {Map<string, HTMLElement>} keyboards that can still be tapped, by message number
 * @property {string} day the date of what was drawn last
 */

const CLOCK = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** @param {HTMLElement} log @param {Wishes} wishes @returns {Board} */
export function makeBoard(log, wishes) {
  return { log, wishes, own: new Map(), labels: new Map(), keyboards: new Map(), day: "" };
}

/** Draws one event. Only text nodes are ever made of what comes in. @param {Board} board @param {WebEvent} event @param {number} seq */
export function show(board, event, seq) {
  switch (event.kind) {
    case "you":
      // The greeting that the page itself asked for.
      if (event.text === "/start") return;
      return showOwn(board, event, event.text);
    case "tapped":
      return showOwn(board, event, board.labels.get(`${event.on} ${event.data}`) ?? "(pilihan)");
    case "close":
      takeAway(board, board.keyboards.get(event.ref));
      return;
    case "forget":
      return takeOwnAway(board, event.ref);
    case "forgotten":
      return takeOwnAway(board, event.id);
    default:
      return showTheirs(board, event, seq);
  }
}

/** What was said and is not taken yet. @param {Board} board @param {string} id @param {string} text */
export function showWaiting(board, id, text) {
  if (text === "/start" || board.own.has(id)) return;
  const row = ownRow(text);
  row.classList.add("waiting", "fresh");
  row.querySelector(".meta")?.replaceChildren("menunggu terkirim…");
  board.own.set(id, row);
  board.log.append(row);
}

/** @param {Board} board @param {string} id @param {string} sentence */
export function showRefused(board, id, sentence) {
  const row = board.own.get(id);
  row?.classList.replace("waiting", "refused");
  row?.querySelector(".meta")?.replaceChildren(`Tidak terkirim. ${sentence}`);
}

/** @param {Board} board */
export function clear(board) {
  for (const drawn of [board.own, board.labels, board.keyboards]) drawn.clear();
  board.day = "";
  board.log.replaceChildren();
}

/** Before what waits to be sent: that comes later than all that the server has said. @param {Board} board @param {Node} node */
function place({ log }, node) {
  log.insertBefore(node, log.querySelector(".row.waiting"));
}

/** @param {Board} board @param {number} at */
function separate(board, at) {
  const date = new Date(at).toDateString();
  if (date === board.day) return;
  board.day = date;
  place(board, el("div", { class: "day" }, dayName(at)));
}

/** @param {Board} board @param {{ id: string, at: number }} event @param {string} text */
function showOwn(board, { id, at }, text) {
  separate(board, at);
  const row = board.own.get(id) ?? ownRow(text);
  board.own.set(id, row);
  row.classList.remove("waiting", "refused");
  row.querySelector(".meta")?.replaceChildren(timeNode(at), " ✓", el("span", { class: "unseen" }, " terkirim"));
  if (row.parentNode === null) place(board, row);
}

/** @param {Board} board @param {Extract<WebEvent, { parts: readonly Part[] }>} event @param {number} seq */
function showTheirs(board, event, seq) {
  separate(board, event.at);
  const bubble = el("div", { class: "bubble" }, el("span", { class: "unseen" }, "Loket: "));
  if ("file" in event) bubble.append(...fileNodes(event, board.wishes.token));
  if (event.parts.length > 0) bubble.append(said(event.parts));
  bubble.append(el("span", { class: "meta" }, timeNode(event.at)));
  const row = el("div", { class: "row them fresh" }, bubble);
  if (event.kind === "choices") row.append(keyboard(board, event.rows, seq));
  place(board, row);
}

/** @param {Board} board @param {readonly (readonly Choice[])[]} rows @param {number} seq */
function keyboard(board, rows, seq) {
  const lines = rows.map((choices) => el("div", {}, ...choices.map((choice) => choiceNode(board, choice, seq))));
  const group = el("div", { class: "choices", role: "group", "aria-label": "Pilihan jawaban" }, ...lines);
  board.keyboards.set(String(seq), group);
  return group;
}

/** @param {Board} board @param {Choice} choice @param {number} seq */
function choiceNode({ labels, wishes }, choice, seq) {
  labels.set(`${seq} ${choice.id}`, choice.label);
  const node = el("button", { type: "button" }, choice.label);
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-disabled") === "true") return;
    node.setAttribute("aria-disabled", "true");
    wishes.tapped(choice, seq);
    // One that stays (after a payment) can be tapped again, but not by the same trembling finger.
    setTimeout(() => node.removeAttribute("aria-disabled"), 1500);
  });
  return node;
}

/** @param {Board} board @param {string} id */
function takeOwnAway(board, id) {
  takeAway(board, board.own.get(id));
  board.own.delete(id);
}

/** @param {Board} board @param {Element | undefined} node */
function takeAway({ wishes }, node) {
  const hadFocus = node?.contains(document.activeElement) === true;
  node?.remove();
  if (hadFocus) wishes.focusLost();
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
