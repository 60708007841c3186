import { el } from "./el.js";

/**
 * The sandbox's test vehicles: a column beside the phone where there is room, else a drawer.
 *
 * @param {HTMLDialogElement} sheet @param {HTMLButtonElement} opener
 * @param {import("../sandbox-sheet.ts").SandboxSheet} content @param {(text: string) => void} send
 */
export function makeSheet(sheet, opener, content, send) {
  const wide = matchMedia("(min-width: 900px)");
  /** @param {string} text */
  const sendAndClose = (text) => {
    if (!wide.matches) sheet.close();
    send(text);
  };
  const close = el("button", { type: "button", class: "close" }, "Tutup");
  close.addEventListener("click", () => sheet.close());
  sheet.replaceChildren(
    el("h2", { id: "sheet-title" }, "Kendaraan uji"),
    el("p", { class: "lead" }, "Semua data di sini rekaan. Ketuk untuk mengirimnya ke percakapan."),
    el(
      "ul",
      { class: "facts" },
      fact("Wilayah", content.exampleRegion, sendAndClose),
      fact("NIK", content.exampleNik, sendAndClose),
    ),
    el("ul", { class: "vehicles" }, ...content.vehicles.map((one) => vehicle(one, sendAndClose))),
    close,
  );
  const arrange = () => {
    if (sheet.open) sheet.close();
    opener.hidden = wide.matches;
    sheet.setAttribute("role", wide.matches ? "complementary" : "dialog");
    // Not show(): that would take the focus from where one writes.
    if (wide.matches) sheet.setAttribute("open", "");
  };
  opener.addEventListener("click", () => sheet.showModal());
  // A tap on the dimmed chat behind the drawer.
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet && !wide.matches) sheet.close();
  });
  wide.addEventListener("change", arrange);
  arrange();
}

/** @param {string} term @param {string} value @param {(text: string) => void} send */
function fact(term, value, send) {
  return tapped(
    [el("span", { class: "term" }, term), el("span", { class: "value" }, value)],
    () => send(value),
    `Kirim ${term} ${value}`,
  );
}

/** @param {import("../sandbox-sheet.ts").SandboxVehicle} one @param {(text: string) => void} send */
function vehicle({ chassis, plate, titleId }, send) {
  return tapped(
    [
      el("span", { class: "plate" }, plate),
      el("span", {}, el("span", { class: "what" }, titleId), el("span", { class: "chassis" }, chassis)),
    ],
    () => send(chassis),
    `Kirim nomor rangka ${chassis}: ${plate}, ${titleId}`,
  );
}

/** @param {Node[]} children @param {() => void} act @param {string} name */
function tapped(children, act, name) {
  const button = el("button", { type: "button", class: "pick", "aria-label": name }, ...children);
  button.addEventListener("click", act);
  return el("li", {}, button);
}
