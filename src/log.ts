import { pino } from "pino";
import { maskSecrets } from "./domain/mask.ts";

export type Level = "debug" | "info" | "warn" | "error" | "silent";

type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** One JSON line an entry. Masks by key and by shape, whatever it is given: no personal data or secret gets out. */
export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

/** Keys whose values are never written. */
const SECRET_KEY =
  /^(nik|customer_number|chassis|structure_number|name|owner|customer_name|address|customer_address|password|username|token|secret|authorization|cookie|text|body|config|request|headers)$/i;

/** Where the lines go: file descriptor 1 unless a test reads along. */
export function makeLog(level: Level, write: (line: string) => void = (line) => process.stdout.write(line)): Log {
  const out = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write });
  const at =
    (of: "debug" | "info" | "warn" | "error"): Write =>
    (fields, message) =>
      out[of](masked(fields, 0), maskSecrets(message));
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

export const silentLog: Log = makeLog("silent");

function masked(value: unknown, depth: number): object {
  return Object.fromEntries(
    Object.entries(value as object).map(([key, of]) => [
      key,
      SECRET_KEY.test(key) ? "[masked]" : maskedValue(of, depth),
    ]),
  );
}

function maskedValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return maskSecrets(value);
  if (value instanceof Error) return maskedError(value, depth);
  if (depth > 4) return "[deep]";
  if (Array.isArray(value)) return value.map((item) => maskedValue(item, depth + 1));
  if (typeof value === "object" && value !== null) return masked(value, depth + 1);
  return typeof value === "bigint" ? maskSecrets(String(value)) : value;
}

/** The fields that a client library hangs on an error (its request, its options) stay behind. */
function maskedError(error: Error, depth: number): object {
  return {
    error: error.name,
    message: maskSecrets(error.message),
    stack: maskSecrets(error.stack ?? ""),
    ...("code" in error ? { code: maskSecrets(String(error.code)) } : {}),
    ...(error.cause instanceof Error && depth < 4 ? { cause: maskedError(error.cause, depth + 1) } : {}),
  };
}
