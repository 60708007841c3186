import { type Rupiah, showRupiah } from "../domain/rupiah.ts";
import { type Block, beside, boxed, rule, stack } from "./block.ts";
import { COLORS, type Desk, ink, monoInk } from "./desk.ts";
import { type Line, receiveText, sumLines, VALIDATE_TITLE, validationText, vehicleLines } from "./lines.ts";
import type { Proof } from "./proof.ts";

interface Cell {
  readonly line: Line;
  /** Its part of the row. */
  readonly part: number;
  readonly mono?: true;
}

/** Owner and vehicle, as small labels with the value under them. */
export function vehicle(desk: Desk, proof: Proof): Block {
  const { owner, nik, chassis, region, brand, model, color, year } = vehicleLines(proof);
  const rows: readonly (readonly Cell[])[] = [
    [
      { line: owner, part: 0.6 },
      { line: nik, part: 0.4, mono: true },
    ],
    [
      { line: chassis, part: 0.6, mono: true },
      { line: region, part: 0.4 },
    ],
    [
      { line: brand, part: 0.24 },
      { line: model, part: 0.36 },
      { line: color, part: 0.26 },
      { line: year, part: 0.14 },
    ],
  ];
  return stack(
    rows.map((cells) => row(desk, cells)),
    6 * desk.scale,
  );
}

function row(desk: Desk, cells: readonly Cell[]): Block {
  const gap = 10 * desk.scale;
  // The last cell's gap lies beyond the edge, so that equal parts of two rows end at the same place.
  const room = desk.width + gap;
  let x = 0;
  return beside(
    cells.map((one) => {
      const placed = { x, block: cell({ ...desk, width: room * one.part - gap }, one) };
      x += room * one.part;
      return placed;
    }),
  );
}

function cell(desk: Desk, { line, mono }: Cell): Block {
  const { scale, width, write } = desk;
  const value = mono ? monoInk(desk, 10.2) : ink(desk, 600, 9.8);
  return stack([
    write(line.label, { ink: ink(desk, 400, 7.2, "muted"), width }),
    write(line.value, { ink: value, width, smallest: 8.4 * scale }),
  ]);
}

/** Every sum, then the total in figures and in words. */
export function sums(desk: Desk, proof: Proof): Block {
  const { scale, width, write } = desk;
  const words = `Terbilang: ${proof.totalInWords}`;
  return stack(
    [
      rule(width, COLORS.line, 0.8 * scale),
      stack(sumLines(proof).map(({ label, sum }) => amount(desk, label, sum))),
      rule(width, COLORS.ink, 1.2 * scale),
      total(desk, proof.total),
      write(words, { ink: ink(desk, 400, 8.6), width, smallest: 8 * scale }),
    ],
    3.5 * scale,
  );
}

function amount(desk: Desk, label: string, sum: Rupiah): Block {
  const { width, write } = desk;
  // A sum of nothing is there for the clerk, but the eye may pass over it.
  const color = sum === 0 ? "muted" : "ink";
  return beside([
    { x: 0, block: write(label, { ink: ink(desk, 400, 9.4, color), width: width / 2 }) },
    {
      x: width / 2,
      block: write(showRupiah(sum), { ink: ink(desk, 400, 9.4, color), width: width / 2, align: "right" }),
    },
  ]);
}

function total(desk: Desk, sum: Rupiah): Block {
  const { width, write } = desk;
  return beside([
    { x: 0, block: write("TOTAL", { ink: ink(desk, 700, 11.5), width: width / 3 }) },
    {
      x: width / 3,
      block: write(showRupiah(sum), { ink: ink(desk, 700, 11.5), width: (width / 3) * 2, align: "right" }),
    },
  ]);
}

/** What the payer does next. */
export function validation(desk: Desk, proof: Proof): Block {
  const { scale } = desk;
  const margin = { x: 11 * scale, y: 5.5 * scale };
  const width = desk.width - 2 * margin.x;
  const said = stack(
    [
      desk.write(VALIDATE_TITLE, { ink: ink(desk, 700, 9.6, "green"), width }),
      desk.write(validationText(proof), { ink: ink(desk, 400, 9), width }),
      desk.write(receiveText(proof), { ink: ink(desk, 600, 9), width }),
    ],
    1.5 * scale,
  );
  return boxed(said, { width: desk.width, margin, radius: 5 * scale, stroke: COLORS.green, line: 0.9 * scale });
}
