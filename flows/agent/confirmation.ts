import { rupiah } from "../../src/domain/rupiah.ts";
import { saying } from "../counter/questions.ts";
import type { Asked, FlowEvent, Say, World } from "../flow.ts";
import { part } from "../words/words.ts";
import { availableTo, shortPart } from "./balance.ts";
import { SHOW_AFTER, shown, tableSay } from "./batch.ts";
import { ask, askAll, type Of, say, set, when } from "./chart.ts";
import * as confirming from "./confirming.ts";
import type { Context } from "./context.ts";
import { asksFor } from "./entries.ts";
import * as talk from "./talk.ts";

type Named = confirming.Named;

/** Which bill or table an event confirms; undefined: none. */
type Naming<T extends FlowEvent["type"]> = (context: Context, world: World, event: Of<T>) => Named | undefined;

/** The words of a chart, for what an event confirms. */
function about<T extends FlowEvent["type"]>(naming: Naming<T>, pinned: boolean) {
  const named = <R>(make: (context: Context, world: World, name: Named) => R, none: R) => {
    return (context: Context, world: World, event: Of<T>): R => {
      const name = naming(context, world, event);
      return name === undefined ? none : make(context, world, name);
    };
  };
  return {
    is: (...verdicts: readonly confirming.Verdict[]) =>
      when<T>(
        named((context, world, name) => verdicts.includes(confirming.verdict(context, world, name, pinned)), false),
      ),
    tells: (make: (context: Context, world: World, name: Named) => Say) =>
      say<T>(named<Say | undefined>(make, undefined)),
    becomes: (make: (context: Context, world: World, name: Named) => Partial<Context>) =>
      set<T>(named<Partial<Context>>(make, {})),
    asks: (make: (context: Context, world: World, name: Named) => Asked) =>
      ask<T>(({ context, event }) => named(make, { kind: "nothing" })(context, event.world, event)),
    asksAll: (make: (context: Context, world: World, name: Named) => readonly Asked[]) =>
      askAll<T>(({ context, event }) => named(make, [])(context, event.world, event)),
  };
}

type About<T extends FlowEvent["type"]> = ReturnType<typeof about<T>>;

/**
 * What a confirmation leads to, the first that holds; only the last pays. At the desk a PIN may be asked for; where it
 * was typed for it just now, every way leads back to the desk, and the confirmation waits no more.
 */
export function confirmation<T extends FlowEvent["type"]>(naming: Naming<T>) {
  const of = about(naming, false);
  return [...names(of), ...refusals(of), ...locked(of), ...asksPin(of), { ...pays(of), target: ".desk" as const }];
}

/** The same behind the PIN. */
export function pinnedConfirmation<T extends FlowEvent["type"]>(naming: Naming<T>) {
  const of = about(naming, true);
  return [...gone(of), ...refusals(of), ...locked(of), pays(of)].map((arrow) => ({
    ...arrow,
    target: "desk" as const,
    actions: [...arrow.actions, set(() => ({ act: undefined }))],
  }));
}

/** What the name leads to, if not to what is on the desk now. */
function names<T extends FlowEvent["type"]>(of: About<T>) {
  return [
    {
      description: "no bill that is known: which ones are open",
      guard: of.is("unknown"),
      actions: [of.tells((context, world) => talk.openSay(context, world, [part("desk_code_unknown", {})]))],
    },
    changedTable(of),
    {
      description: "was confirmed before: how that stands",
      guard: of.is("sent"),
      actions: [of.tells((context, _, name) => confirming.sentSay(context, name))],
    },
  ];
}

/** While the PIN was typed the bill went, or became another one. */
function gone<T extends FlowEvent["type"]>(of: About<T>) {
  return [
    {
      description: "its bill is gone meanwhile: which ones are open",
      guard: of.is("unknown", "sent"),
      actions: [of.tells((context, world) => talk.openSay(context, world, [part("desk_code_unknown", {})]))],
    },
    changedTable(of),
  ];
}

function changedTable<T extends FlowEvent["type"]>(of: About<T>) {
  return {
    description: "a table that was another one then: as it is now",
    guard: of.is("old-table"),
    actions: [of.becomes(shownAnew), of.tells(movedSay)],
  };
}

/** Why it is not paid: the agent, the bill, the balance. */
function refusals<T extends FlowEvent["type"]>(of: About<T>) {
  return [
    {
      description: "a suspended agent confirms nothing",
      guard: of.is("suspended"),
      actions: [of.tells((_, world) => saying(part("desk_suspended", { contact: world.policy.contact })))],
    },
    ...staleBill(of),
    {
      description: "above what may be paid here",
      guard: of.is("over"),
      actions: [of.tells((_, world) => saying(part("bill_over_max", { max: world.policy.payMax })))],
    },
    {
      description: "the deposit does not cover it: the bill is kept, and no cash is to be taken",
      guard: of.is("paused"),
      actions: [of.tells((context, _, name) => saying(part("desk_sales_paused", { code: codeOf(context, name) })))],
    },
    {
      description: "the balance does not cover it: the bill is kept",
      guard: of.is("short"),
      actions: [of.tells(shortSay)],
    },
  ];
}

/** A stale confirmation: a fresh inquiry at once, and it never pays by itself (script rule 10). */
function staleBill<T extends FlowEvent["type"]>(of: About<T>) {
  return [
    {
      description: "an old bill: asked for again",
      guard: of.is("stale"),
      actions: [
        ...of.asksAll((context, world, name) => asksFor(context, confirming.refreshed(context, world, name))),
        of.asks((context, world, name) => {
          const batch = confirming.targetOf(context, name)?.batch;
          if (batch === undefined) return { kind: "nothing" };
          return { kind: "timer", name: "batch", number: batch.number, at: world.at + SHOW_AFTER };
        }),
        of.tells(() => saying(part("desk_stale", {}))),
        of.becomes(confirming.refreshed),
      ],
    },
  ];
}

function locked<T extends FlowEvent["type"]>(of: About<T>) {
  return [
    {
      description: "the PIN is locked: the bill is kept",
      guard: of.is("locked"),
      actions: [of.tells((_, world) => saying(part("pin_locked", { contact: world.policy.contact })))],
    },
  ];
}

function asksPin<T extends FlowEvent["type"]>(of: About<T>) {
  const waits = of.becomes((context, world, name) => ({
    act: { nonce: confirming.targetOf(context, name)?.nonce ?? "", at: world.at },
  }));
  return [
    {
      description: "no PIN yet: it is set first, and the confirmation waits",
      guard: of.is("no-pin"),
      target: ".pinNew" as const,
      actions: [waits, of.tells((_, { forgets }) => saying(part("pin_first", {}), part("pin_new", { forgets })))],
    },
    {
      description: "the PIN is asked for, and the confirmation waits",
      guard: of.is("asks-pin"),
      target: ".pin" as const,
      actions: [
        waits,
        of.tells((context, { forgets }, name) =>
          saying(part("pin_for", { total: confirming.sumOf(context, name), forgets })),
        ),
      ],
    },
  ];
}

function pays<T extends FlowEvent["type"]>(of: About<T>) {
  return {
    description: "confirmed: it goes to the ledger",
    guard: of.is("pays"),
    actions: [...of.asksAll(confirming.payTasks), of.becomes(confirming.confirmed)],
  };
}

/** As it is now, under a code of its own. */
function shownAnew(context: Context, world: World, name: Named): Context {
  const table = confirming.tableOf(context, name);
  return table === undefined ? context : shown(context, table.number, world);
}

function movedSay(context: Context, world: World, name: Named): Say {
  const table = confirming.tableOf(context, name);
  if (table === undefined) return saying(part("desk_code_unknown", {}));
  const now = tableSay(context, table.number, world);
  return { ...now, parts: [part("table_moved", {}), ...now.parts] };
}

function shortSay(context: Context, world: World, name: Named): Say {
  const missing = rupiah(confirming.sumOf(context, name) - availableTo(world));
  return saying(shortPart(missing, codeOf(context, name), world));
}

function codeOf(context: Context, name: Named): string {
  const target = confirming.targetOf(context, name);
  return target?.batch?.code ?? target?.entries[0]?.quote?.code ?? "";
}
