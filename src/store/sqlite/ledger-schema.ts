/**
 * The ledger's tables. What must never happen is refused here, whatever the program does: a second row of an invoice, a
 * second live payment of a vehicle, a second sending of an invoice, a changed or half-written posting.
 */
export const LEDGER_STEPS: readonly string[] = [
  `CREATE TABLE payments(
     ref TEXT PRIMARY KEY, invoice TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL,
     state TEXT NOT NULL CHECK(state IN
       ('intended', 'sending', 'paid', 'suspect', 'refunded', 'not-charged', 'review', 'withdrawn')),
     payer TEXT NOT NULL, total INTEGER NOT NULL CHECK(total >= 0), inquired_at INTEGER NOT NULL,
     opened_at INTEGER NOT NULL, sent_at INTEGER, ended_at INTEGER, due_at INTEGER,
     chassis_ix TEXT NOT NULL, plate_ix TEXT,
     -- A lease whose time is up says that somebody had the payment and did not bring it to an end.
     lease TEXT, lease_until INTEGER,
     -- The rest of the payment as JSON; the person (KTP number, chassis, plate, name, address) and the code sealed apart.
     shape INTEGER NOT NULL, body TEXT NOT NULL, secret TEXT NOT NULL,
     forgotten_at INTEGER) STRICT;
   CREATE UNIQUE INDEX payments_live_chassis ON payments(chassis_ix)
     WHERE state IN ('intended', 'sending', 'suspect', 'review');
   CREATE UNIQUE INDEX payments_live_plate ON payments(plate_ix)
     WHERE plate_ix IS NOT NULL AND state IN ('intended', 'sending', 'suspect', 'review');
   CREATE INDEX payments_chassis ON payments(chassis_ix);
   CREATE INDEX payments_plate ON payments(plate_ix) WHERE plate_ix IS NOT NULL;
   CREATE INDEX payments_due ON payments(due_at) WHERE due_at IS NOT NULL;
   CREATE INDEX payments_payer ON payments(payer, opened_at);
   CREATE INDEX payments_state ON payments(state, opened_at);
   CREATE INDEX payments_known ON payments(ended_at) WHERE forgotten_at IS NULL AND ended_at IS NOT NULL;
   CREATE INDEX payments_opened ON payments(opened_at);
   CREATE TRIGGER payments_kept BEFORE DELETE ON payments BEGIN SELECT RAISE(ABORT, 'a payment is kept'); END;
   CREATE TRIGGER payments_sent_stays BEFORE UPDATE ON payments
     WHEN old.sent_at IS NOT NULL AND (new.sent_at IS NULL OR new.invoice <> old.invoice OR new.total <> old.total)
     BEGIN SELECT RAISE(ABORT, 'what was sent is not changed'); END;
   CREATE TRIGGER payments_paid_stays BEFORE UPDATE OF state ON payments
     WHEN old.state = 'paid' AND new.state <> 'paid' BEGIN SELECT RAISE(ABORT, 'paid is the end'); END;

   -- One row a call of pay, written with the intent, before the call.
   CREATE TABLE attempts(
     invoice TEXT PRIMARY KEY, ref TEXT NOT NULL REFERENCES payments(ref), at INTEGER NOT NULL,
     total INTEGER NOT NULL) STRICT;
   CREATE INDEX attempts_at ON attempts(at);
   CREATE TRIGGER attempts_kept BEFORE DELETE ON attempts BEGIN SELECT RAISE(ABORT, 'an attempt is kept'); END;
   CREATE TRIGGER attempts_stay BEFORE UPDATE ON attempts BEGIN SELECT RAISE(ABORT, 'an attempt stays'); END;
   -- How many calls there ever were; a second file counts along (money rule 8).
   CREATE TABLE sent_count(one INTEGER PRIMARY KEY CHECK(one = 1), n INTEGER NOT NULL) STRICT;
   INSERT INTO sent_count VALUES(1, 0);

   CREATE TABLE sightings(
     id INTEGER PRIMARY KEY, ref TEXT NOT NULL REFERENCES payments(ref), at INTEGER NOT NULL, source TEXT NOT NULL,
     settlement TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
   CREATE INDEX sightings_ref ON sightings(ref, id);

   CREATE TABLE notices(
     seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ref TEXT NOT NULL REFERENCES payments(ref), chat TEXT NOT NULL,
     -- Sealed: it names the plate, and the code of the proof.
     language TEXT NOT NULL, notice TEXT NOT NULL, written_at INTEGER NOT NULL, lease_until INTEGER,
     told_at INTEGER, platform_ref TEXT, untellable_at INTEGER) STRICT;
   CREATE INDEX notices_owed ON notices(chat, seq) WHERE told_at IS NULL AND untellable_at IS NULL;

   CREATE TABLE postings(
     id TEXT PRIMARY KEY, ref TEXT NOT NULL REFERENCES payments(ref), what TEXT NOT NULL, at INTEGER NOT NULL,
     lines INTEGER NOT NULL) STRICT;
   CREATE TABLE entries(
     posting TEXT NOT NULL REFERENCES postings(id), line INTEGER NOT NULL, account TEXT NOT NULL,
     amount INTEGER NOT NULL, PRIMARY KEY(posting, line)) STRICT, WITHOUT ROWID;
   CREATE INDEX entries_account ON entries(account, amount);
   CREATE TRIGGER postings_kept BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'a posting is kept'); END;
   CREATE TRIGGER postings_stay BEFORE UPDATE ON postings BEGIN SELECT RAISE(ABORT, 'a posting stays'); END;
   CREATE TRIGGER entries_kept BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'an entry is kept'); END;
   CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'an entry stays'); END;
   -- A posting says how many lines it has: none is added later, and the last one must bring the sum to zero.
   CREATE TRIGGER entries_closed BEFORE INSERT ON entries
     WHEN (SELECT count(*) FROM entries WHERE posting = new.posting)
       >= (SELECT lines FROM postings WHERE id = new.posting)
     BEGIN SELECT RAISE(ABORT, 'a posting is closed'); END;
   CREATE TRIGGER entries_balance AFTER INSERT ON entries
     WHEN (SELECT count(*) FROM entries WHERE posting = new.posting)
       = (SELECT lines FROM postings WHERE id = new.posting)
       AND (SELECT sum(amount) FROM entries WHERE posting = new.posting) <> 0
     BEGIN SELECT RAISE(ABORT, 'a posting sums to zero'); END;`,
];
