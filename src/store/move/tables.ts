/** One table, moved as it is: its columns have the same names in both databases. */
export interface Table {
  readonly name: string;
  /** The columns that order its rows: what was moved is told by the last of them. `rowid` where rows came in that order. */
  readonly order: readonly string[];
  /** Rows that belong to one of its rows and are moved with it, in one transaction. */
  readonly parts?: { readonly name: string; readonly of: string; readonly to: string };
}

const byRow = (name: string): Table => ({ name, order: ["rowid"] });

/**
 * Everything but the conversations, each table after those that it refers to. Balances are not among them: the database
 * counts them from the entries by itself, and they are compared afterwards.
 */
export const TABLES: readonly Table[] = [
  ...["key_check", "consents", "audit", "proofs", "flags", "gone_chats", "poison", "letters", "operator_tasks"].map(
    byRow,
  ),
  ...["staff", "staff_chats"].map(byRow),
  { name: "staff_wrong_codes", order: ["chat", "code_ix"] },
  { name: "staff_pin_tries", order: ["staff", "try_ix"] },
  ...["requests", "payments", "attempts", "sightings", "notices"].map(byRow),
  { ...byRow("postings"), parts: { name: "entries", of: "posting", to: "seq" } },
  ...["web_events", "web_files"].map(byRow),
  ...["whatsapp_creds", "whatsapp_opened", "whatsapp_sent", "whatsapp_people", "whatsapp_answers"].map(byRow),
  { name: "whatsapp_keys", order: ["place"] },
];
