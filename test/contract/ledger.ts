import type { Ledger } from "../../src/payments/ledger.ts";
import { ledgerAgents } from "./ledger-agents.ts";
import { ledgerClaims } from "./ledger-claims.ts";
import { ledgerCommits } from "./ledger-commits.ts";
import { ledgerNotices } from "./ledger-notices.ts";
import { ledgerOpens } from "./ledger-opens.ts";
import { ledgerReads } from "./ledger-reads.ts";
import { ledgerRequests } from "./ledger-requests.ts";
import { type LedgerLaw, lawOver } from "./ledger-samples.ts";
import { ledgerAlone, ledgerShared } from "./ledger-starts.ts";

export interface MadeLedger {
  readonly ledger: Ledger;
  /** The keys of the operator's open tasks in the same store. */
  openTasks(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What every driver of the ledger owes. `make` gives an empty one each time; `shared`: others may be at it, too. */
export function ledgerLaw(make: () => Promise<MadeLedger>, of: "alone" | "shared" = "alone"): void {
  const law: LedgerLaw = lawOver(make);
  ledgerOpens(law);
  ledgerCommits(law);
  ledgerClaims(law);
  ledgerNotices(law);
  ledgerReads(law);
  ledgerAgents(law);
  ledgerRequests(law);
  if (of === "alone") ledgerAlone(law);
  else ledgerShared(law);
}
