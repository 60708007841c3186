import { isLoopback } from "../domain/loopback.ts";
import type { Reader } from "./reader.ts";

/** The accounts that the counter works with: the biller's partner, the bots. */
export interface Accounts {
  /** Undefined: the built-in sandbox. */
  readonly mmbc:
    | { readonly url: string; readonly username: string; readonly password: string; readonly body: "form" | "json" }
    | undefined;
  readonly telegram:
    | {
        readonly token: string;
        readonly apiRoot: string | undefined;
        readonly webhook: { readonly url: string; readonly secret: string } | undefined;
      }
    | undefined;
  readonly whatsapp: { readonly on: boolean; readonly wsUrl: string | undefined };
}

export const MMBC_URL = "https://klikmbc.co.id";

export function readMmbc(reader: Reader): Accounts["mmbc"] {
  const [url, username, password] = ["MMBC_URL", "MMBC_USERNAME", "MMBC_PASSWORD"].map(reader.text);
  const body = reader.text("MMBC_BODY") ?? "form";
  if (body !== "form" && body !== "json") reader.fault("MMBC_BODY", "must be form or json", "form");
  if (url !== undefined && !(isBillerUrl(url) && isBillerPath(url))) {
    reader.fault(
      "MMBC_URL",
      "must be the biller's https address with nothing behind it (plain http only to this machine)",
      MMBC_URL,
    );
  }
  if (url === undefined && username === undefined && password === undefined) return undefined;
  if (username === undefined)
    reader.fault("MMBC_USERNAME", "is missing: the biller needs both halves of the login", "dummy");
  if (password === undefined)
    reader.fault("MMBC_PASSWORD", "is missing: the biller needs both halves of the login", "dummy123");
  return {
    url: url ?? MMBC_URL,
    username: username ?? "",
    password: password ?? "",
    body: body === "json" ? "json" : "form",
  };
}

/** What the biller's client takes: the origin, or the calls' common path. */
function isBillerPath(text: string): boolean {
  const { pathname, search, hash } = new URL(text);
  return ["", "/json/esamsat"].includes(pathname.replace(/\/+$/, "")) && search === "" && hash === "";
}

function isBillerUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
}

export function readTelegram(reader: Reader): Accounts["telegram"] {
  const token = reader.text("TELEGRAM_BOT_TOKEN");
  const apiRoot = reader.text("TELEGRAM_API_ROOT");
  const webhook = readWebhook(reader);
  if (apiRoot !== undefined && !isWebUrl(apiRoot)) {
    reader.fault("TELEGRAM_API_ROOT", "must be an http or https address", "https://api.telegram.org");
  }
  if (token === undefined) {
    if (webhook !== undefined) {
      reader.fault(
        "TELEGRAM_BOT_TOKEN",
        "is missing: a webhook needs the bot's token",
        "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11",
      );
    }
    return undefined;
  }
  if (!/^\d+:[\w-]{8,}$/.test(token)) {
    reader.fault(
      "TELEGRAM_BOT_TOKEN",
      "is not a token as @BotFather gives it",
      "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11",
    );
  }
  return { token, apiRoot, webhook };
}

function readWebhook(reader: Reader): { readonly url: string; readonly secret: string } | undefined {
  const url = reader.text("TELEGRAM_WEBHOOK_URL");
  const secret = reader.text("TELEGRAM_WEBHOOK_SECRET");
  if (url === undefined && secret === undefined) return undefined;
  if (url === undefined || !isBillerUrl(url)) {
    reader.fault(
      "TELEGRAM_WEBHOOK_URL",
      "must be the https address at which Telegram reaches this program",
      "https://loket.example.id",
    );
  }
  if (secret === undefined || !/^[\w-]{16,256}$/.test(secret)) {
    reader.fault(
      "TELEGRAM_WEBHOOK_SECRET",
      "must be 16 to 256 letters, digits, _ or -",
      "a-long-random-word-of-your-own",
    );
  }
  return { url: url ?? "", secret: secret ?? "" };
}

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

export function readWhatsapp(reader: Reader): Accounts["whatsapp"] {
  const value = reader.text("WHATSAPP") ?? "off";
  if (value !== "on" && value !== "off") reader.fault("WHATSAPP", "must be on or off", "on");
  const wsUrl = reader.text("WHATSAPP_WS_URL");
  const url = wsUrl !== undefined && URL.canParse(wsUrl) ? new URL(wsUrl) : undefined;
  const safe = url?.protocol === "wss:" || (url?.protocol === "ws:" && isLoopback(url.hostname));
  if (wsUrl !== undefined && !safe) {
    reader.fault(
      "WHATSAPP_WS_URL",
      "must be a wss address (plain ws only to this machine)",
      "wss://web.whatsapp.com/ws/chat",
    );
  }
  return { on: value === "on", wsUrl };
}
