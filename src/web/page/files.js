import { el } from "./el.js";

/** @typedef {Extract<import("../../channels/web/event.ts").WebEvent, { kind: "document" | "image" }>} FileEvent */

/** What a browser may show by itself: anything else is only ever saved. */
const SHOWN = ["application/pdf", "image/png", "image/jpeg"];

/** @param {FileEvent} event @param {string} token @returns {Node[]} */
export function fileNodes({ kind, file }, token) {
  const links = el("div", { class: "links" });
  const sort = (file.name.split(".").at(-1) ?? "").toUpperCase().slice(0, 4);
  const card = el(
    "div",
    { class: "file" },
    el("span", { class: "sort", "aria-hidden": "true" }, sort),
    el("span", { class: "name" }, file.name),
    el("span", { class: "size" }, `${sort} · ${sizeText(file.size)}`),
  );
  const picture = el("img", { class: "picture", alt: file.name });
  picture.hidden = true;
  void load(file, token, links, picture);
  return kind === "image" ? [picture, links] : [card, links];
}

/** Fetched with the tab's token, then given as a blob: its address means nothing to anybody else. */
/** @param {FileEvent["file"]} file @param {string} token @param {HTMLElement} links @param {HTMLImageElement} picture */
async function load(file, token, links, picture) {
  links.replaceChildren(el("span", { class: "size" }, "Memuat berkas…"));
  try {
    const response = await fetch(`/chat/files/${file.id}`, { headers: { authorization: `Bearer ${token}` } });
    if (response.status === 404) {
      links.replaceChildren(el("span", { class: "size" }, "Berkas ini sudah dihapus."));
      return;
    }
    if (!response.ok) throw new Error("not now");
    const mime = SHOWN.includes(file.mime) ? file.mime : "application/octet-stream";
    const address = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: mime }));
    if (mime.startsWith("image/")) {
      picture.src = address;
      picture.hidden = false;
    }
    links.replaceChildren(...anchors(file, mime, address));
  } catch {
    const again = el("button", { type: "button" }, "Muat lagi");
    again.addEventListener("click", () => void load(file, token, links, picture));
    links.replaceChildren(again);
  }
}

/** @param {FileEvent["file"]} file @param {string} mime @param {string} address */
function anchors(file, mime, address) {
  const save = el("a", { href: address, download: file.name, "aria-label": `Unduh ${file.name}` }, "Unduh");
  if (mime === "application/octet-stream") return [save];
  const open = el("a", { href: address, target: "_blank", rel: "noopener", "aria-label": `Buka ${file.name}` }, "Buka");
  return [open, save];
}

/** @param {number} bytes */
function sizeText(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const kilo = bytes / 1024;
  const number = new Intl.NumberFormat("id-ID", { maximumFractionDigits: kilo < 1024 ? 0 : 1 });
  return kilo < 1024 ? `${number.format(kilo)} kB` : `${number.format(kilo / 1024)} MB`;
}
