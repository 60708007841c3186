/** A leaky bucket: `rate` a second on the long run, `burst` at once. */
export interface Allowance {
  readonly rate: number;
  readonly burst: number;
}

export interface Bucket {
  readonly left: number;
  /** ms, of a clock that never goes back. */
  readonly at: number;
}

/** The bucket after one more, or undefined when that is too many. `bucket` is undefined for who is new. */
export function draw(bucket: Bucket | undefined, now: number, allowance: Allowance): Bucket | undefined {
  const left = filled(bucket, now, allowance);
  return left < 1 ? undefined : { left: left - 1, at: now };
}

/** Whether it is as good as new, so that nobody need remember it. */
export function isFull(bucket: Bucket, now: number, allowance: Allowance): boolean {
  return filled(bucket, now, allowance) >= allowance.burst;
}

function filled(bucket: Bucket | undefined, now: number, allowance: Allowance): number {
  if (bucket === undefined) return allowance.burst;
  return Math.min(allowance.burst, bucket.left + ((now - bucket.at) / 1000) * allowance.rate);
}

/**
 * What counts as one address: an IPv4 address, or the /64 of an IPv6 one, because a household has as many of those as it
 * likes. Something else stays what it is.
 */
export function addressGroup(address: string): string {
  const plain = address.toLowerCase().replace(/%.*$/, "");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::");
  const before = head.split(":").filter((part) => part !== "");
  const behind = tail === undefined ? [] : tail.split(":").filter((part) => part !== "");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - behind.length);
  const all = [...before, ...Array.from({ length: zeros }, () => "0"), ...behind];
  return `${all
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
