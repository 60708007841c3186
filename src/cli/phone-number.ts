/** A number as WhatsApp wants it, its country's digits before it and no plus; undefined for what is none. */
export function digitsOf(typed: string): string | undefined {
  const digits = typed.replace(/[\s+().-]/g, "");
  return /^[1-9]\d{7,14}$/.test(digits) ? digits : undefined;
}
