import type { BillerWord, Story, StoryLine } from "../../../flows/index.ts";
import type { ConversationKey } from "../../conversation/message.ts";
import type { News } from "../../payments/ledger.ts";
import { LIVE, type Payment, type Sighting } from "../../payments/payment.ts";
import type { Request } from "../../relay/request.ts";
import type { Deps } from "../deps.ts";
import { shownChat } from "./people.ts";
import { briefOf, requestBrief, stateShown } from "./shown.ts";

/** O1: everything that is known of a payment, or of a request that has none yet, in the order of time. */
export async function storyOf(deps: Deps, payment: Payment | undefined, request: Request | undefined): Promise<Story> {
  const news = payment === undefined ? [] : await deps.ledger.news(payment.ref);
  const lines = [
    ...(request === undefined ? [] : await requestLines(deps, request)),
    ...(payment === undefined ? [] : await paymentLines(deps, payment, news)),
  ];
  const agent = payment?.agent?.id ?? request?.taken?.id;
  const staff = agent === undefined ? undefined : await deps.records.staff.load(agent);
  const live = payment !== undefined && LIVE.includes(payment.state);
  const { dueAt } = payment ?? {};
  return {
    payment: payment === undefined ? undefined : briefOf(payment),
    request: request === undefined ? undefined : requestBrief(request),
    lines: [...lines].sort((a, b) => a.at - b.at),
    nextAt: live && dueAt !== undefined ? Math.max(dueAt, deps.clock.now()) : undefined,
    knownAt: news.find(({ to, toldAt }) => to === payment?.payer && toldAt !== undefined)?.toldAt,
    agent: staff?.name ?? "",
  };
}

async function requestLines(deps: Deps, request: Request): Promise<readonly StoryLine[]> {
  const { customer, askedAt, taken, said, receivedAt, closed } = request;
  const agent = taken === undefined ? "" : ((await deps.records.staff.load(taken.id))?.name ?? taken.id);
  return [
    { at: askedAt, what: "asked", who: await shownChat(deps, customer.chat) },
    ...(taken === undefined ? [] : [{ at: taken.at, what: "taken", agent } as const]),
    ...(said === undefined ? [] : [{ at: said.at, what: "said-paid", photo: said.photo } as const]),
    ...(receivedAt === undefined ? [] : [{ at: receivedAt, what: "received", agent } as const]),
    ...(closed === undefined ? [] : [{ at: closed.at, what: "ended", state: "request-closed" } as const]),
  ];
}

async function paymentLines(deps: Deps, payment: Payment, news: readonly News[]): Promise<readonly StoryLine[]> {
  const { ref, payer, openedAt, sentAt, endedAt, state } = payment;
  const who = await shownChat(deps, payer);
  return [
    { at: openedAt, what: "confirmed", who },
    ...(sentAt === undefined ? [] : [{ at: sentAt, what: "sent" } as const]),
    ...said(await deps.ledger.sightings(ref)),
    ...told(news, { payer, who }),
    ...(endedAt === undefined ? [] : [{ at: endedAt, what: "ended", state: stateShown(state) } as const]),
  ];
}

/** The same word of the biller several times in a row is one line, of the last. */
function said(sightings: readonly Sighting[]): readonly StoryLine[] {
  const lines: StoryLine[] = [];
  for (const { at, from, settlement, detail } of sightings) {
    if (from === "operator" || settlement === "resolved") {
      lines.push({ at, what: "decided", detail });
      continue;
    }
    const [word, last] = [WORDS[settlement], lines.at(-1)];
    const again = last?.what === "says" && last.from === from && last.said === word;
    if (again) lines.pop();
    lines.push({ at, what: "says", from, said: word, times: again ? last.times + 1 : 1 });
  }
  return lines;
}

const WORDS: Readonly<Record<Exclude<Sighting["settlement"], "resolved">, BillerWord>> = {
  paid: "confirm",
  pending: "pending",
  refunded: "refund",
  refused: "no",
  failure: "failure",
  unpaid: "inquiry",
  "not-sent": "not-sent",
  unknown: "silent",
};

/** What the payer was told, and what has not reached him. That it is still being asked is no news to an operator. */
function told(
  news: readonly News[],
  { payer, who }: { readonly payer: ConversationKey; readonly who: string },
): readonly StoryLine[] {
  return news.flatMap(({ to, notice, writtenAt, toldAt }): readonly StoryLine[] => {
    if (to !== payer || !("payment" in notice) || (notice.kind === "still-asking" && toldAt !== undefined)) return [];
    return [{ at: toldAt ?? writtenAt, what: "told", who, news: notice.kind, arrived: toldAt !== undefined }];
  });
}
