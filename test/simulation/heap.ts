/** Something that happens at a time; `order` decides between two of the same time. */
export interface Timed {
  readonly at: number;
  readonly order: number;
}

/** A queue by time. */
export interface Heap<T extends Timed> {
  readonly size: number;
  peek(): T | undefined;
  pop(): T | undefined;
  push(item: T): void;
}

export function heapOf<T extends Timed>(): Heap<T> {
  const items: T[] = [];
  const before = (a: T, b: T) => a.at < b.at || (a.at === b.at && a.order < b.order);
  return {
    get size() {
      return items.length;
    },
    peek: () => items[0],
    pop() {
      const [first] = items;
      const last = items.pop();
      if (first === undefined || last === undefined) return undefined;
      if (items.length > 0) sink(items, last, before);
      return first;
    },
    push(item) {
      items.push(item);
      rise(items, item, before);
    },
  };
}

function rise<T>(items: T[], item: T, before: (a: T, b: T) => boolean): void {
  let place = items.length - 1;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    const above = items[parent];
    if (above === undefined || !before(item, above)) break;
    items[place] = above;
    place = parent;
  }
  items[place] = item;
}

function sink<T>(items: T[], item: T, before: (a: T, b: T) => boolean): void {
  let place = 0;
  for (;;) {
    const left = 2 * place + 1;
    const [one, other] = [items[left], items[left + 1]];
    if (one === undefined) break;
    const [child, next] = other !== undefined && before(other, one) ? [other, left + 1] : [one, left];
    if (!before(child, item)) break;
    items[place] = child;
    place = next;
  }
  items[place] = item;
}
