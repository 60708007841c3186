import type { RequestRef } from "../../domain/staff.ts";
import type { Letter, Limits, Unsecured } from "../../payments/ledger.ts";
import type { Happening, Impossible, Step } from "../life/step.ts";
import { decide } from "../life.ts";
import type { Request, RequestCommitted } from "../request.ts";
import { facesOf } from "./agents.ts";
import type { DeskDeps } from "./deps.ts";

type NotOpened = Extract<RequestCommitted, { kind: "not-opened" }>;

/** What became of what somebody did. */
export type Relayed =
  | { readonly kind: "done"; readonly request: Request; readonly lapsed: Step["lapsed"] }
  /** `request` is how it stands: why it could not be. */
  | (Impossible & { readonly request: Request })
  | { readonly kind: "unknown" }
  | (Unsecured & { readonly request: Request })
  | (NotOpened & { readonly request: Request });

export interface Making {
  /** What happens, given the request as it is. */
  readonly make: (request: Request) => Happening;
  /** Of the agent from whose balance it takes. */
  readonly limits?: Limits;
  /** Letters beside those of the step. */
  readonly beside?: (step: Step) => readonly Letter[];
}

/** So many conflicts in a row are no accident. */
const TRIES = 20;

/** Reads, decides, commits; when somebody else was quicker it is read and decided anew. */
export async function happen(deps: DeskDeps, ref: RequestRef, making: Making): Promise<Relayed> {
  for (let tries = 0; tries < TRIES; tries++) {
    const request = await deps.ledger.requests.load(ref);
    if (request === undefined) return { kind: "unknown" };
    const relayed = await happenOnce(deps, request, making);
    if (relayed !== "conflict") return relayed;
  }
  throw new Error(`request ${ref} was changed by others ${TRIES} times in a row: nothing was written`);
}

/** The same with the request as it was read, once. */
export async function happenOnce(
  deps: DeskDeps,
  request: Request,
  { make, limits, beside }: Making,
): Promise<Relayed | "conflict"> {
  const faces = facesOf(await deps.records.staff.list());
  const happening = make(request);
  const step = decide(request, happening, faces);
  if (step.kind === "impossible") return { ...step, request };
  const { next, letters, tasks, closes, postings, opens, lapsed } = step;
  const committed = await deps.ledger.requests.commit({
    at: happening.at,
    next,
    expect: request.revision,
    letters: [...letters, ...(beside?.(step) ?? [])],
    tasks,
    closes,
    postings,
    ...(opens === undefined ? {} : { opens }),
    ...(limits === undefined ? {} : { limits }),
  });
  if (committed === "conflict") return "conflict";
  if (committed !== "done") return { ...committed, request };
  narrate(deps, request, step, happening.kind);
  return { kind: "done", request: next, lapsed };
}

/** A line in the log for each change, without the person. What became the operator's is an error. */
function narrate({ log }: DeskDeps, { ref, state }: Request, { next, tasks }: Step, happened: string): void {
  log.info({ request: ref, happened, from: state, to: next.state }, "a request was brought on");
  for (const { kind } of tasks) log.error({ request: ref, kind }, "the operator has a task");
}
