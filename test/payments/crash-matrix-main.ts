import { COURSES } from "./courses.ts";
import { type Matrix, matrixOf, secondMatrix } from "./crash-matrix.ts";

/** `npm run crash-matrix`: the whole of it, and its sums as JSON in the last line. Exits with 1 when a law was broken. */
const parts: Matrix[] = [];
for (const course of COURSES) parts.push(said(await matrixOf(course)));
parts.push(said(await secondMatrix()));

const deaths = new Set(parts.flatMap((part) => part.deaths));
const broken = parts.flatMap((part) => part.broken);
for (const one of broken) console.log(`VIOLATION ${one}`);
console.log(
  JSON.stringify({
    awaits: parts.reduce((sum, { awaits }) => sum + awaits, 0),
    places: deaths.size,
    outcomes: COURSES.length,
    runs: parts.reduce((sum, { runs }) => sum + runs, 0),
    violations: broken.length,
  }),
);
process.exitCode = broken.length > 0 ? 1 : 0;

function said(part: Matrix): Matrix {
  console.log(
    `${String(part.runs).padStart(6)} crashes  ${String(part.broken.length).padStart(3)} broken  ${part.name}`,
  );
  return part;
}
