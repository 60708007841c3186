import { clear, makeBoard, show as showEvent, showRefused, showWaiting } from "./bubbles.js";
import { makeOutbox } from "./outbox.js";
import { makeSheet } from "./sheet.js";
import { keepOpen, pause } from "./stream.js";
import { tabToken } from "./token.js";

/** How long the typing sign stands without another, ms. */
const TYPING = 6_000;

/** @template {HTMLElement} T @param {string} id @param {new () => T} type @returns {T} */
function part(id, type) {
  const node = document.getElementById(id);
  if (!(node instanceof type)) throw new Error(`the page has no ${id}`);
  return node;
}

const scroller = part("scroller", HTMLElement);
const log = part("log", HTMLElement);
const state = part("state", HTMLElement);
const typing = part("typing", HTMLElement);
const down = part("down", HTMLButtonElement);
const form = part("write", HTMLFormElement);
const text = part("text", HTMLTextAreaElement);
const hint = part("hint", HTMLElement);

const token = tabToken();
const touch = matchMedia("(pointer: coarse)");
/** The number of the last event that is shown. */
let last = 0;
/** Whether the last message stays in sight: until the person scrolls up. */
let sticks = true;
let wasAt = 0;
let typingEnds = 0;

const board = makeBoard(log, {
  token,
  tapped(button, seq) {
    const item = outbox.put({ tap: { data: button.id, on: String(seq) }, label: button.label });
    showWaiting(board, item.id, button.label);
    toBottom();
  },
  // On a phone the field would call up the keyboard, over the very answer that one waits for.
  focusLost: () => (touch.matches ? scroller : text).focus({ preventScroll: true }),
});

const outbox = makeOutbox(token, {
  refused: (id, sentence) => showRefused(board, id, sentence),
});
for (const item of outbox.items()) showWaiting(board, item.id, item.label ?? item.text ?? "");

/** @param {string} what */
function say(what) {
  const item = outbox.put({ text: what });
  showWaiting(board, item.id, what);
  toBottom();
}

/** @param {string} name @param {any} data @param {number} seq */
function hear(name, data, seq) {
  if (name === "show") return show(data, seq);
  if (name === "typing") return showTyping();
  if (name === "cleared") return startAnew();
  if (name !== "live") return;
  // The server knows less than we show: its data were put back, or too old to be kept.
  if (data.seq < last) return startAnew();
  log.setAttribute("aria-busy", "false");
  setState("open");
  if (last === 0 && outbox.items().length === 0) outbox.put({ text: "/start" });
  outbox.kick();
}

/** @param {any} event @param {number} seq */
function show(event, seq) {
  last = seq;
  showEvent(board, event, seq);
  if (!["you", "tapped", "close", "forget"].includes(event.kind)) typing.hidden = true;
  if (sticks) toBottom();
  else if ("parts" in event) down.hidden = false;
}

function showTyping() {
  typing.hidden = false;
  if (sticks) toBottom();
  clearTimeout(typingEnds);
  typingEnds = setTimeout(() => {
    typing.hidden = true;
  }, TYPING);
}

function startAnew() {
  last = 0;
  clear(board);
  for (const item of outbox.items()) showWaiting(board, item.id, item.label ?? item.text ?? "");
}

/** @param {"connecting" | "open" | "lost"} now @param {string} [sentence] */
function setState(now, sentence) {
  if (now !== "open") typing.hidden = true;
  state.dataset.state = now;
  const words = now === "open" ? "tersambung" : now === "lost" ? "menyambung kembali…" : "menyambung…";
  state.textContent = sentence ?? words;
}

function isAtBottom() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 24;
}

function toBottom() {
  sticks = true;
  down.hidden = true;
  scroller.scrollTop = scroller.scrollHeight;
}

/** The field grows with what is in it. */
function growField() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 3}px`;
  const left = text.maxLength - text.value.length;
  hint.textContent =
    left > 200 ? "" : left > 0 ? `Sisa ${left} karakter.` : "Sudah 4.000 karakter, paling panjang untuk satu pesan.";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const what = text.value.trim();
  if (what !== "") say(what);
  text.value = "";
  growField();
  text.focus({ preventScroll: true });
});
text.addEventListener("input", growField);
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
down.addEventListener("click", () => {
  toBottom();
  scroller.focus({ preventScroll: true });
});
scroller.addEventListener("scroll", () => {
  if (isAtBottom()) {
    sticks = true;
    down.hidden = true;
  } else if (scroller.scrollTop < wasAt) {
    sticks = false;
  }
  wasAt = scroller.scrollTop;
});
// The keyboard of a phone makes the room smaller, a picture that has come makes its message bigger.
const sizes = new ResizeObserver(
  () => sticks && scroller.scrollTo({ top: scroller.scrollHeight, behavior: "instant" }),
);
sizes.observe(scroller);
sizes.observe(log);

async function furnish() {
  for (;;) {
    try {
      const response = await fetch("/chat/settings");
      const { sandbox } = await response.json();
      if (sandbox === null) return;
      part("simulation", HTMLElement).hidden = false;
      makeSheet(part("sheet", HTMLDialogElement), part("sheet-open", HTMLButtonElement), sandbox, say);
      return;
    } catch {
      await pause(3_000);
    }
  }
}

void furnish();
if (!touch.matches) text.focus();
void keepOpen(token, { last: () => last, hear, state: setState });
