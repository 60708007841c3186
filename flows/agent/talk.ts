import { groupChassis } from "../../src/domain/chassis.ts";
import { maskNik } from "../../src/domain/mask.ts";
import { showRef } from "../../src/domain/ref.ts";
import { regionName } from "../../src/domain/region.ts";
import type { Rupiah } from "../../src/domain/rupiah.ts";
import { closingAfter } from "../../src/domain/time.ts";
import type { Stamped } from "../chart.ts";
import { regionChoices } from "../counter/choices.ts";
import { saying } from "../counter/questions.ts";
import type { Asked, LookResult, Say, UserEvent, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import { agentOf } from "./balance.ts";
import { tableSay } from "./batch.ts";
import { billSay } from "./bills.ts";
import type { Context, Entry, Place } from "./context.ts";
import { freshDraft, type Taken } from "./draft.ts";
import { isAsked, onDesk } from "./entries.ts";
import type { AccountResult, Report } from "./events.ts";
import { nameOf, openRows } from "./open.ts";
import { askedChoices } from "./question.ts";

/** What is open at a place, after `before`: at a PIN the PIN, at the desk what is typed on, or what the desk takes. */
export function asking(context: Context, world: World, before: readonly Part[] = []): Say {
  switch (world.place as Place) {
    case "pinNew":
      return saying(...before, part("pin_new", { forgets: world.forgets }));
    case "pinAgain":
      return saying(...before, part("pin_again", { forgets: world.forgets }));
    case "pin":
      return saying(...before, part("pin_ask", { forgets: world.forgets }));
    case "desk": {
      const draft = freshDraft(context, world.at);
      const asked = draft === undefined ? undefined : draftSay(context, world, draft, before);
      return asked ?? { ...saying(...before, part("desk_hint", {})), ...askedChoices(context, world, "all") };
    }
  }
}

type Fields = Pick<NonNullable<Context["draft"]>, "product" | "nik" | "chassis" | "plate">;

/** What is missing of the vehicle that is typed in pieces, in one short line. */
function draftSay(context: Context, world: World, draft: Fields, before: readonly Part[]): Say | undefined {
  const field =
    (draft.product ?? context.region) === undefined
      ? "region"
      : draft.nik === undefined
        ? "nik"
        : draft.chassis === undefined
          ? "chassis"
          : undefined;
  return field === undefined ? undefined : missingSay(draft, field, world, before);
}

function missingSay(draft: Fields, field: "region" | "nik" | "chassis", world: World, before: readonly Part[]): Say {
  const has = {
    nik: draft.nik === undefined ? "" : maskNik(draft.nik),
    chassis: draft.chassis === undefined ? "" : groupChassis(draft.chassis),
    plate: draft.plate ?? "",
    region: draft.product === undefined ? "" : regionName(draft.product),
  };
  const asked = saying(...before, part("desk_missing", { field, ...has }));
  if (field !== "region" || world.style === "numbers") return asked;
  return { ...asked, choices: regionChoices(world.regions), columns: 2 };
}

/** The answer to a message that did not start an inquiry. */
export function takenSay(taken: Taken, context: Context, world: World): Say | undefined {
  switch (taken.kind) {
    case "unfit":
      return saying(...taken.parts);
    case "asks":
      return missingSay(taken.draft, taken.field, world, []);
    case "closed":
      return saying(part("desk_closed", { region: regionName(taken.product) }));
    case "there":
      return thereSay(taken.entry, context, world);
    case "full":
      return openSay(context, world, [part("desk_full", {})]);
    case "limited":
      return saying(part("rate_limited", { at: taken.until, now: world.at }));
    case "starts":
      return undefined;
  }
}

/** A vehicle that is on the desk already. */
function thereSay(entry: Entry, context: Context, world: World): Say {
  if (entry.batch !== undefined && entry.state === "open") return tableSay(context, entry.batch, world);
  if (entry.state === "open") return billSay(entry, world);
  if (isAsked(entry)) return saying(part("desk_checking", { which: nameOf(entry) }));
  return saying(part("second_tap", { ref: entry.ref === undefined ? "" : `TRX-${entry.ref}` }));
}

/** All that is open on the desk, a line each, after `before`. */
export function openSay(context: Context, world: World, before: readonly Part[] = []): Say {
  const said = saying(...before, part("desk_open", { rows: openRows(context, world) }));
  return { ...said, ...askedChoices(context, world, "all") };
}

export function hasOpen(context: Context, world: World): boolean {
  return onDesk(context, world.at).length > 0;
}

/** MENU, BANTUAN: what an agent can do here, and what is open. */
export function menuSay(context: Context, world: World, before: readonly Part[] = []): Say {
  const menu = [...before, part("desk_menu", {})];
  if (hasOpen(context, world)) return openSay(context, world, menu);
  return { ...saying(...menu), ...askedChoices(context, world, "all") };
}

/** BATAL with nothing typed: what it may have meant. */
export function cancelSay(context: Context, world: World): Say {
  if (hasOpen(context, world)) return openSay(context, world, [part("desk_cancel_open", {})]);
  const live = context.entries.findLast(({ state }) => state === "asked" || state === "live");
  if (live === undefined) return saying(part("cancelled_nothing", {}));
  return saying(part("sent_already", { ref: live.ref === undefined ? "" : showRef(live.ref) }));
}

/** STATUS: the desk; what is under way is looked up. */
export function statusSay(context: Context, world: World): Say | undefined {
  return hasOpen(context, world) ? openSay(context, world) : undefined;
}

/** The numbers of the last list, and what they stand for. */
export function numbers(context: Context, world: World): Pick<Say, "choices" | "columns" | "stays"> {
  return askedChoices(context, world, "all");
}

/** Whose chat was made an agent's just now: what he can do, and `next`. */
export function welcomeSay(world: World, next: readonly Part[]): Say {
  const { name } = agentOf(world);
  const { loket, sandbox } = world.policy;
  return saying(
    part("desk_welcome", { name, loket }),
    ...(sandbox ? [part("greeting_sandbox", {})] : []),
    part("desk_menu", {}),
    ...next,
  );
}

type Media = Extract<UserEvent, { type: "media" }>["media"];

export function mediaSay(media: Media, world: World): Say {
  const { contact, hours } = world.policy;
  return saying(media === "call" ? part("media_call", { contact, hours: hours.text }) : part("desk_media", { media }));
}

/** SALDO, MUTASI, LAP. */
export function accountSay(result: AccountResult): Say {
  switch (result.what) {
    case "balance": {
      const { balance, held, credit } = result;
      return saying(part("account_balance", { balance, held, credit }));
    }
    case "lines":
      return saying(
        part("account_lines", { balance: result.balance }),
        ...(result.lines.length === 0
          ? [part("account_no_lines", {})]
          : [part("account_line_rows", { rows: result.lines })]),
      );
    case "report":
      return saying(part("account_report", reportValues(result.report)));
  }
}

function reportValues(report: Report) {
  // The last day that is in it.
  return { ...report, last: report.until - 1 };
}

/** ISI with several readings, or one that is a guess: which is meant. */
export function wishQuestion(context: Context, world: World, ask: Part): Say {
  return { ...saying(ask), ...askedChoices(context, world, "wish") };
}

export function accountTask(what: "balance" | "lines") {
  return ({ event: { world } }: { readonly event: Stamped }): Asked => ({
    kind: "account",
    agent: agentOf(world).id,
    what,
  });
}

export function dutyTask(on: boolean) {
  return ({ event: { world } }: { readonly event: Stamped }): Asked => ({ kind: "duty", agent: agentOf(world).id, on });
}

/** The end of a duty that began now. */
export function closingTimer({ event: { world } }: { readonly event: Stamped }): Asked {
  const { at, policy } = world;
  return { kind: "timer", name: "duty", number: at, at: closingAfter(at, policy.hours.to) };
}

export function wishTask(readings: readonly Rupiah[], again: boolean, world: World): Asked {
  const [amount] = readings;
  return amount === undefined ? { kind: "nothing" } : { kind: "top-up-wish", agent: agentOf(world).id, amount, again };
}

export function reportTask(
  kind: "report" | "report-file",
  range: { readonly since: number; readonly until: number } | undefined,
  { context, world }: { readonly context: Context; readonly world: World },
): Asked {
  if (range === undefined) return { kind: "nothing" };
  const { since, until } = range;
  return { kind, agent: agentOf(world).id, since, until, language: context.language };
}

/** The proof that was looked up, in the agent's form. */
export function proofTask(result: LookResult, { language }: Context, world: World): Asked {
  if (result.what !== "proof" || result.found?.state !== "paid") return { kind: "nothing" };
  const { code, found } = result;
  const form = agentOf(world).proofForm;
  return { kind: "document", ref: found.ref, form, language, ...(code === undefined ? {} : { code }) };
}
