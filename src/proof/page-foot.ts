import { type Block, beside, empty, rule, stack } from "./block.ts";
import { COLORS, type Desk, ink, monoInk } from "./desk.ts";
import { COUNTER_TEXT, checkText, codeLines, fetchText, type Line } from "./lines.ts";
import type { Proof } from "./proof.ts";
import { qrText } from "./qr.ts";

/** The QR of the authenticity code and the numbers by which the payment can be looked up. */
export function foot(desk: Desk, proof: Proof): Block {
  const { scale, width } = desk;
  const side = 70 * scale;
  const gap = 18 * scale;
  const room = { ...desk, width: width - side - gap };
  return stack(
    [
      rule(width, COLORS.line, 0.8 * scale),
      beside([
        { x: 0, block: qr(side, proof) },
        { x: side + gap, block: stack([authenticity(room, proof), codes(room, proof)], 4 * scale) },
      ]),
      ways(desk, proof),
    ],
    10 * scale,
  );
}

/** Without a quiet zone of its own: the gaps around it and the margin of the page are wide enough. */
function qr(side: number, proof: Proof): Block {
  return { ...empty(side), marks: [{ kind: "qr", x: 0, y: 0, side, text: qrText(proof) }] };
}

function authenticity(desk: Desk, proof: Proof): Block {
  const { scale, width, write } = desk;
  const label = 62 * scale;
  return beside([
    { x: 0, block: write("Kode asli", { ink: ink(desk, 600, 11), width: label }) },
    { x: label, block: write(proof.code, { ink: monoInk(desk, 11.5), width: width - label }) },
  ]);
}

function codes(desk: Desk, proof: Proof): Block {
  return stack(
    Object.values(codeLines(proof)).map((line) => code(desk, line)),
    0.5 * desk.scale,
  );
}

function code(desk: Desk, { label, value }: Line): Block {
  const { scale, width, write } = desk;
  const labels = 84 * scale;
  return beside([
    { x: 0, block: write(label, { ink: ink(desk, 400, 7.6, "muted"), width: labels }) },
    { x: labels, block: write(value, { ink: monoInk(desk, 7.8), width: width - labels, smallest: 6.6 * scale }) },
  ]);
}

function ways(desk: Desk, proof: Proof): Block {
  const { write, width } = desk;
  return stack([
    write(`Ambil bukti ini lagi: ${fetchText(proof)}`, { ink: ink(desk, 600, 8.4), width }),
    write(`${checkText(proof)}. ${COUNTER_TEXT}`, { ink: ink(desk, 400, 8, "muted"), width }),
  ]);
}
