const LIVE = "state IN ('intended', 'sending', 'suspect', 'review')";
const OPEN = "state IN ('asked', 'taken', 'received', 'paying', 'unpaid')";

/** Which way a payment's state may go (money rules, the life of a payment). */
const WAYS = [
  ...["intended sending", "intended withdrawn", "intended suspect", "intended review"],
  ...["sending paid", "sending suspect", "sending not-charged"],
  ...["suspect paid", "suspect refunded", "suspect not-charged", "suspect review"],
  ...["review paid", "review refunded", "review not-charged"],
  ...["refunded review", "not-charged review", "withdrawn intended"],
];

/** What a table never takes, whatever the program does. */
function never(table: string, what: string, why: string): string {
  return `CREATE TRIGGER ${table}_kept BEFORE ${what} OR TRUNCATE ON ${table}
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_never('${why}')`;
}

/** Rows that are not changed so. */
function stays(table: string, name: string, of: { readonly when: string; readonly why: string }): string {
  return `CREATE TRIGGER ${table}_${name} BEFORE UPDATE ON ${table}
  FOR EACH ROW WHEN (${of.when}) EXECUTE FUNCTION ledger_never('${of.why}')`;
}

const FIRST = [
  `CREATE FUNCTION ledger_never() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$`,

  `CREATE TABLE requests(
  ref text PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY, revision bigint NOT NULL,
  state text NOT NULL CHECK(state IN ('asked', 'taken', 'received', 'paying', 'unpaid', 'done', 'closed')),
  customer text NOT NULL, agent text, total bigint NOT NULL CHECK(total >= 0), chassis_ix text NOT NULL, plate_ix text,
  asked_at bigint NOT NULL, taken_at bigint, due_at bigint, over_at bigint,
  -- As a payment has them.
  shape integer NOT NULL, body text NOT NULL, secret text NOT NULL, forgotten_at bigint,
  CHECK((agent IS NULL) = (taken_at IS NULL)),
  CHECK(agent IS NOT NULL OR state IN ('asked', 'closed')),
  CHECK((over_at IS NOT NULL) = (state IN ('done', 'closed'))))`,
  `CREATE UNIQUE INDEX requests_open_chassis ON requests(customer, chassis_ix) WHERE ${OPEN}`,
  `CREATE UNIQUE INDEX requests_open_plate ON requests(customer, plate_ix) WHERE plate_ix IS NOT NULL AND ${OPEN}`,
  "CREATE INDEX requests_customer ON requests(customer, asked_at)",
  "CREATE INDEX requests_agent ON requests(agent, state) WHERE agent IS NOT NULL",
  "CREATE INDEX requests_state ON requests(state, asked_at)",
  "CREATE INDEX requests_due ON requests(due_at) WHERE due_at IS NOT NULL",
  "CREATE INDEX requests_known ON requests(over_at) WHERE forgotten_at IS NULL AND over_at IS NOT NULL",
  never("requests", "DELETE", "a request is kept"),
  stays("requests", "over_stay", {
    when: "old.over_at IS NOT NULL AND (new.state <> old.state OR new.agent IS DISTINCT FROM old.agent)",
    why: "a request that is over stays so",
  }),

  `CREATE TABLE payments(
  ref text PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY, invoice text NOT NULL UNIQUE, revision bigint NOT NULL,
  state text NOT NULL CHECK(state IN
    ('intended', 'sending', 'paid', 'suspect', 'refunded', 'not-charged', 'review', 'withdrawn')),
  payer text NOT NULL, total bigint NOT NULL CHECK(total >= 0), inquired_at bigint NOT NULL, opened_at bigint NOT NULL,
  sent_at bigint, ended_at bigint, due_at bigint, chassis_ix text NOT NULL, plate_ix text, agent text,
  request text REFERENCES requests(ref) CHECK(request IS NULL OR agent IS NOT NULL),
  -- A lease whose time is up says that somebody had the payment and did not bring it to an end.
  lease text, lease_until bigint,
  -- The rest as JSON; the person (KTP number, chassis, plate, name, address) and the code sealed apart.
  shape integer NOT NULL, body text NOT NULL, secret text NOT NULL, forgotten_at bigint)`,
  `CREATE UNIQUE INDEX payments_live_chassis ON payments(chassis_ix) WHERE ${LIVE}`,
  `CREATE UNIQUE INDEX payments_live_plate ON payments(plate_ix) WHERE plate_ix IS NOT NULL AND ${LIVE}`,
  `CREATE UNIQUE INDEX payments_live_request ON payments(request) WHERE request IS NOT NULL AND ${LIVE}`,
  "CREATE INDEX payments_chassis ON payments(chassis_ix)",
  "CREATE INDEX payments_plate ON payments(plate_ix) WHERE plate_ix IS NOT NULL",
  "CREATE INDEX payments_due ON payments(due_at, opened_at) WHERE due_at IS NOT NULL",
  "CREATE INDEX payments_payer ON payments(payer, opened_at)",
  "CREATE INDEX payments_agent ON payments(agent, opened_at) WHERE agent IS NOT NULL",
  "CREATE INDEX payments_state ON payments(state, opened_at)",
  "CREATE INDEX payments_known ON payments(ended_at) WHERE forgotten_at IS NULL AND ended_at IS NOT NULL",
  "CREATE INDEX payments_opened ON payments(opened_at)",
  never("payments", "DELETE", "a payment is kept"),
  stays("payments", "sent_stays", {
    when: `old.sent_at IS NOT NULL AND (new.sent_at IS NULL OR new.invoice <> old.invoice OR new.total <> old.total
    OR new.agent IS DISTINCT FROM old.agent OR new.request IS DISTINCT FROM old.request)`,
    why: "what was sent is not changed",
  }),
  stays("payments", "ways", {
    when: `new.state <> old.state AND old.state || ' ' || new.state NOT IN (${WAYS.map((way) => `'${way}'`).join()})`,
    why: "a payment does not go that way",
  }),

  // One row a call of pay, written with the intent, before the call.
  `CREATE TABLE attempts(
  invoice text PRIMARY KEY, ref text NOT NULL REFERENCES payments(ref), at bigint NOT NULL, total bigint NOT NULL)`,
  "CREATE INDEX attempts_at ON attempts(at)",
  never("attempts", "UPDATE OR DELETE", "an attempt stays"),
  // How many calls there ever were by those who count along in a file of their own (money rule 8).
  "CREATE TABLE sent_count(one integer PRIMARY KEY CHECK(one = 1), n bigint NOT NULL)",
  "INSERT INTO sent_count VALUES(1, 0)",
  // The history of the server that this ledger was last known to go on with.
  "CREATE TABLE ledger_history(one integer PRIMARY KEY CHECK(one = 1), known text NOT NULL)",
  // Changes that were made of late: so somebody whose answer was lost knows whether his was.
  "CREATE TABLE ledger_changes(id uuid PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())",
  "CREATE INDEX ledger_changes_at ON ledger_changes(at)",

  `CREATE TABLE sightings(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ref text NOT NULL REFERENCES payments(ref), at bigint NOT NULL,
  source text NOT NULL, settlement text NOT NULL, detail text NOT NULL)`,
  "CREATE INDEX sightings_ref ON sightings(ref, id)",

  `CREATE TABLE notices(
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL UNIQUE, ref text REFERENCES payments(ref),
  request text REFERENCES requests(ref), chat text NOT NULL, language text NOT NULL,
  -- Sealed: it names the plate, and the code of the proof.
  notice text NOT NULL, written_at bigint NOT NULL, lease_until bigint,
  told_at bigint, platform_ref text, untellable_at bigint)`,
  "CREATE INDEX notices_owed ON notices(chat, seq) WHERE told_at IS NULL AND untellable_at IS NULL",
  "CREATE INDEX notices_next ON notices(seq) WHERE told_at IS NULL AND untellable_at IS NULL",
  "CREATE INDEX notices_ref ON notices(ref) WHERE ref IS NOT NULL",

  `CREATE TABLE postings(
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL UNIQUE, ref text REFERENCES payments(ref),
  -- Of a payment, too, that is the payment of a request.
  request text REFERENCES requests(ref),
  what text NOT NULL, at bigint NOT NULL, lines integer NOT NULL, who text NOT NULL, why text NOT NULL,
  CHECK(ref IS NOT NULL OR request IS NOT NULL OR (who <> '' AND why <> '')))`,
  "CREATE INDEX postings_request ON postings(request) WHERE request IS NOT NULL",
  `CREATE TABLE entries(
  posting bigint NOT NULL REFERENCES postings(seq), line integer NOT NULL, account text NOT NULL,
  amount bigint NOT NULL, PRIMARY KEY(posting, line))`,
  "CREATE INDEX entries_account ON entries(account, posting)",
  // What the entries come to. An agent's account is one row, which is locked; the others, which every payment moves, are
  // many, so that payments do not wait for each other.
  `CREATE TABLE balances(
  account text NOT NULL, stripe integer NOT NULL, balance bigint NOT NULL, PRIMARY KEY(account, stripe))`,
  never("balances", "DELETE", "a balance is kept"),
  never("postings", "UPDATE OR DELETE", "a posting stays"),
  never("entries", "UPDATE OR DELETE", "an entry stays"),
  // A posting says how many lines it has: none is added later.
  `CREATE FUNCTION ledger_counted() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS(SELECT 1 FROM postings WHERE seq IN (SELECT posting FROM fresh)
        AND lines < (SELECT count(*) FROM entries WHERE posting = seq)) THEN
      RAISE EXCEPTION 'a posting is closed';
    END IF;
    INSERT INTO balances
      SELECT account, CASE WHEN account LIKE 'agent:%' THEN 0 ELSE pg_backend_pid() % 64 END, sum(amount)
      FROM fresh GROUP BY account ORDER BY account
      ON CONFLICT(account, stripe) DO UPDATE SET balance = balances.balance + excluded.balance;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER entries_counted AFTER INSERT ON entries REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_counted()`,
  // At the end of the transaction a posting has all its lines, and they sum to zero.
  `CREATE FUNCTION ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (SELECT count(*) <> new.lines OR coalesce(sum(amount), 0) <> 0 FROM entries WHERE posting = new.seq) THEN
      RAISE EXCEPTION 'a posting sums to zero';
    END IF;
    RETURN NULL;
  END $$`,
  `CREATE CONSTRAINT TRIGGER postings_balance AFTER INSERT ON postings DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger_balanced()`,
];

/**
 * The ledger's tables. What must never happen is refused here, whatever the program does: a second row of an invoice, a
 * second live payment of a vehicle, a second sending of an invoice, a changed or half-written posting.
 */
export const LEDGER_STEPS: readonly string[] = [FIRST.join(";\n")];
