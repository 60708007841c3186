import { showRupiah } from "../domain/rupiah.ts";
import { type Block, beside, boxed, centredBeside, rule, stack } from "./block.ts";
import { COLORS, type Desk, ink, monoInk } from "./desk.ts";
import { copyMark, headLines, type Line, SANDBOX_TEXT, vehicleLines } from "./lines.ts";
import type { Proof } from "./proof.ts";

/** Counter, title and the stamp; then number and time. */
export function head(desk: Desk, proof: Proof): Block {
  const { scale, width, write } = desk;
  const stampWidth = 88 * scale;
  const left = width - stampWidth - 16 * scale;
  const title = stack(
    [
      write(proof.counter, { ink: ink(desk, 600, 9.5, "muted"), width: left, smallest: 8 * scale }),
      write(proof.title, { ink: ink(desk, 700, 16.5), width: left, smallest: 12 * scale }),
      write(`Pajak kendaraan tahunan, ${proof.region}`, { ink: ink(desk, 400, 9, "muted"), width: left }),
    ],
    1.5 * scale,
  );
  return stack(
    [
      ...(proof.sandbox ? [banner(desk)] : []),
      beside([
        { x: 0, block: title },
        { x: width - stampWidth, block: stamp({ ...desk, width: stampWidth }, proof) },
      ]),
      rule(width, COLORS.ink, 1.2 * scale),
      numbers(desk, proof),
    ],
    7 * scale,
  );
}

function banner(desk: Desk): Block {
  const { scale, width, write } = desk;
  const margin = { x: 8 * scale, y: 4 * scale };
  const said = write(SANDBOX_TEXT, {
    ink: ink(desk, 600, 9, "red"),
    width: width - 2 * margin.x,
    align: "center",
    smallest: 7.5 * scale,
  });
  return boxed(said, { width, margin, radius: 3 * scale, stroke: COLORS.red, line: 1 * scale });
}

function stamp(desk: Desk, proof: Proof): Block {
  const { scale, width, write } = desk;
  const margin = { x: 6 * scale, y: 2.5 * scale };
  const inner = width - 2 * margin.x;
  const paid = write("LUNAS", { ink: ink(desk, 700, 20, "green"), width: inner, align: "center" });
  const box = boxed(paid, { width, margin, radius: 4 * scale, stroke: COLORS.green, line: 2 * scale });
  const copy = copyMark(proof);
  if (copy === "") return box;
  const mark = write(copy, { ink: ink(desk, 700, 10.5, "red"), width, align: "center", smallest: 6 * scale });
  return stack([box, mark], 3 * scale);
}

function numbers(desk: Desk, proof: Proof): Block {
  const { width, write, scale } = desk;
  const { ref, paidAt } = headLines(proof);
  const half = width / 2 - 6 * scale;
  const label = 34 * scale;
  const number = centredBeside([
    { x: 0, block: write(ref.label, { ink: ink(desk, 400, 9.4, "muted"), width: label }) },
    { x: label, block: write(ref.value, { ink: monoInk(desk, 10.8), width: half - label }) },
  ]);
  const time = write(paidAt.value, { ink: ink(desk, 600, 10), width: half, align: "right", smallest: 8 * scale });
  return centredBeside([
    { x: 0, block: number },
    { x: width - half, block: time },
  ]);
}

/** The two things that everybody looks for first: which vehicle, how much. */
export function hero(desk: Desk, proof: Proof): Block {
  const { scale, width } = desk;
  const margin = { x: 12 * scale, y: 7 * scale };
  const gap = 14 * scale;
  const room = width - 2 * margin.x - gap;
  const { plate } = vehicleLines(proof);
  const total: Line = { label: "Total dibayar", value: showRupiah(proof.total) };
  const row = beside([
    { x: 0, block: big({ ...desk, width: room * 0.48 }, plate, "left") },
    { x: room * 0.48 + gap, block: big({ ...desk, width: room * 0.52 }, total, "right") },
  ]);
  return boxed(row, { width, margin, radius: 5 * scale, fill: COLORS.panel });
}

function big(desk: Desk, { label, value }: Line, align: "left" | "right"): Block {
  const { scale, width, write } = desk;
  return stack([
    write(label, { ink: ink(desk, 400, 7.5, "muted"), width, align }),
    write(value, { ink: ink(desk, 700, 25), width, align, smallest: 11 * scale }),
  ]);
}
