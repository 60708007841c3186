/** A letter's form. `size` in points. */
export interface Type {
  readonly family: "sans" | "mono";
  /** Mono comes in 500 alone. */
  readonly weight: 400 | 500 | 600 | 700;
  readonly size: number;
}

export interface Ink extends Type {
  readonly color: string;
}

/** The width of a text, in points. */
export type Measure = (text: string, type: Type) => number;

/** One thing to be drawn. Points from the top left; a text's `y` is its baseline. */
export type Mark =
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly text: string;
      readonly ink: Ink;
    }
  | {
      readonly kind: "box";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius: number;
      readonly fill?: string;
      readonly stroke?: string;
      /** Width of the stroke; it lies inside the box. */
      readonly line?: number;
    }
  | { readonly kind: "qr"; readonly x: number; readonly y: number; readonly side: number; readonly text: string };

/** Marks whose origin is the block's top left, and the height that they take. */
export interface Block {
  readonly height: number;
  readonly marks: readonly Mark[];
}

export const LEADING = 1.24;

export function empty(height: number): Block {
  return { height, marks: [] };
}

export function moved(block: Block, by: { readonly x: number; readonly y: number }): readonly Mark[] {
  return block.marks.map((mark) => ({ ...mark, x: mark.x + by.x, y: mark.y + by.y }));
}

/** One under the other. */
export function stack(blocks: readonly Block[], gap = 0): Block {
  const marks: Mark[] = [];
  let y = 0;
  for (const block of blocks) {
    if (block.height === 0) continue;
    if (y > 0) y += gap;
    marks.push(...moved(block, { x: 0, y }));
    y += block.height;
  }
  return { height: y, marks };
}

/** Side by side, tops level: each block with its distance from the left. */
export function beside(placed: readonly { readonly x: number; readonly block: Block }[]): Block {
  return {
    height: Math.max(0, ...placed.map(({ block }) => block.height)),
    marks: placed.flatMap(({ x, block }) => moved(block, { x, y: 0 })),
  };
}

/** Side by side, middles level. */
export function centredBeside(placed: readonly { readonly x: number; readonly block: Block }[]): Block {
  const height = Math.max(0, ...placed.map(({ block }) => block.height));
  return {
    height,
    marks: placed.flatMap(({ x, block }) => moved(block, { x, y: (height - block.height) / 2 })),
  };
}

export function rule(width: number, color: string, thick: number): Block {
  return { height: thick, marks: [{ kind: "box", x: 0, y: 0, width, height: thick, radius: 0, fill: color }] };
}

/** The block in a box with a margin inside. The box is `width` wide; the block was made for `width - 2 * margin.x`. */
export function boxed(
  block: Block,
  box: {
    readonly width: number;
    readonly margin: { readonly x: number; readonly y: number };
    readonly radius: number;
    readonly fill?: string;
    readonly stroke?: string;
    readonly line?: number;
  },
): Block {
  const { margin, ...look } = box;
  const height = block.height + 2 * margin.y;
  return { height, marks: [{ kind: "box", x: 0, y: 0, height, ...look }, ...moved(block, margin)] };
}
