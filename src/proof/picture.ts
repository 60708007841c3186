import { type Canvas, createCanvas, PDFDocument, type SKRSContext2D } from "@napi-rs/canvas";
import { showRef } from "../domain/ref.ts";
import type { Mark } from "./block.ts";
import { COLORS } from "./desk.ts";
import { measure, setType } from "./fonts.ts";
import { type Page, pageOf } from "./page.ts";
import type { Proof } from "./proof.ts";
import { qrSquares } from "./qr.ts";

/** Pixels a point: sharp on a phone, and on paper at 216 dpi. */
const PIXELS = 3;

/** The proof as a PDF of one A5 page. The text in it can be selected and searched. */
export function proofPdf(proof: Proof): Uint8Array {
  const page = pageOf(proof, measure);
  const pdf = new PDFDocument({ title: `Bukti pembayaran ${showRef(proof.ref)}`, creator: "Loket" });
  const context = pdf.beginPage(page.width, page.height);
  if (!isWhole(context)) throw new Error("The drawing library gives a page that cannot be drawn on. Install: npm ci.");
  draw(context, page);
  pdf.endPage();
  return pdf.close();
}

/** The same drawing as a PNG, 1260 x 1785 pixels. */
export function proofPng(proof: Proof): Uint8Array {
  const page = pageOf(proof, measure);
  const canvas = createCanvas(page.width * PIXELS, page.height * PIXELS);
  const context = canvas.getContext("2d");
  context.scale(PIXELS, PIXELS);
  draw(context, page);
  return canvas.toBuffer("image/png");
}

/** A PDF's page is declared as less than it is: what it lacks there, it has. */
function isWhole(context: ReturnType<PDFDocument["beginPage"]>): context is SKRSContext2D {
  return "drawImage" in context && "fontVariantLigatures" in context;
}

function draw(context: SKRSContext2D, page: Page): void {
  context.fillStyle = COLORS.paper;
  context.fillRect(0, 0, page.width, page.height);
  for (const mark of page.marks) drawMark(context, mark);
  if (page.watermark !== "") context.drawImage(watermarkOf(page), 0, 0, page.width, page.height);
}

function drawMark(context: SKRSContext2D, mark: Mark): void {
  switch (mark.kind) {
    case "text":
      setType(context, mark.ink);
      context.fillStyle = mark.ink.color;
      context.fillText(mark.text, mark.x, mark.y);
      return;
    case "box":
      drawBox(context, mark);
      return;
    case "qr":
      drawQr(context, mark);
      return;
  }
}

function drawBox(context: SKRSContext2D, box: Extract<Mark, { kind: "box" }>): void {
  const inset = box.stroke === undefined ? 0 : (box.line ?? 1) / 2;
  context.beginPath();
  context.roundRect(box.x + inset, box.y + inset, box.width - 2 * inset, box.height - 2 * inset, box.radius);
  if (box.fill !== undefined) {
    context.fillStyle = box.fill;
    context.fill();
  }
  if (box.stroke !== undefined) {
    context.strokeStyle = box.stroke;
    context.lineWidth = box.line ?? 1;
    context.stroke();
  }
}

function drawQr(context: SKRSContext2D, { x, y, side, text }: Extract<Mark, { kind: "qr" }>): void {
  const squares = qrSquares(text);
  const square = side / squares.side;
  context.fillStyle = "#000000";
  // One path for all: squares that are filled one by one show hairlines between them.
  context.beginPath();
  for (const run of squares.runs) {
    context.rect(x + run.x * square, y + run.y * square, run.length * square, square);
  }
  context.fill();
}

/**
 * From the lower left to the upper right corner, light enough to read through. A picture rather than text: a PDF
 * reader would sort its letters in among those of the page, and nobody could copy a chassis number whole.
 */
function watermarkOf({ width, height, watermark }: Page): Canvas {
  const canvas = createCanvas(width * 2, height * 2);
  const context = canvas.getContext("2d");
  const type = { family: "sans", weight: 700, size: 100 } as const;
  const diagonal = Math.hypot(width, height) * 0.82;
  const size = (type.size * diagonal) / measure(watermark, type);
  context.scale(2, 2);
  context.translate(width / 2, height / 2);
  context.rotate(-Math.atan2(height, width));
  setType(context, { ...type, size });
  context.fillStyle = COLORS.watermark;
  context.fillText(watermark, -diagonal / 2, size * 0.35);
  return canvas;
}
