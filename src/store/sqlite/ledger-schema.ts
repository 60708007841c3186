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

  // Agents: their balances, requests, and money that belongs to no payment.
  `CREATE TABLE requests(
     ref TEXT PRIMARY KEY, revision INTEGER NOT NULL,
     state TEXT NOT NULL CHECK(state IN ('asked', 'taken', 'received', 'paying', 'unpaid', 'done', 'closed')),
     customer TEXT NOT NULL, agent TEXT, total INTEGER NOT NULL CHECK(total >= 0), chassis_ix TEXT NOT NULL,
     plate_ix TEXT, asked_at INTEGER NOT NULL, taken_at INTEGER, due_at INTEGER, over_at INTEGER,
     -- As a payment has them.
     shape INTEGER NOT NULL, body TEXT NOT NULL, secret TEXT NOT NULL, forgotten_at INTEGER,
     CHECK((agent IS NULL) = (taken_at IS NULL)),
     CHECK(agent IS NOT NULL OR state IN ('asked', 'closed')),
     CHECK((over_at IS NOT NULL) = (state IN ('done', 'closed')))) STRICT;
   CREATE UNIQUE INDEX requests_open_chassis ON requests(customer, chassis_ix)
     WHERE state IN ('asked', 'taken', 'received', 'paying', 'unpaid');
   CREATE UNIQUE INDEX requests_open_plate ON requests(customer, plate_ix)
     WHERE plate_ix IS NOT NULL AND state IN ('asked', 'taken', 'received', 'paying', 'unpaid');
   CREATE INDEX requests_customer ON requests(customer, asked_at);
   CREATE INDEX requests_agent ON requests(agent, state) WHERE agent IS NOT NULL;
   CREATE INDEX requests_state ON requests(state, asked_at);
   CREATE INDEX requests_due ON requests(due_at) WHERE due_at IS NOT NULL;
   CREATE INDEX requests_known ON requests(over_at) WHERE forgotten_at IS NULL AND over_at IS NOT NULL;
   CREATE TRIGGER requests_kept BEFORE DELETE ON requests BEGIN SELECT RAISE(ABORT, 'a request is kept'); END;
   CREATE TRIGGER requests_over_stay BEFORE UPDATE ON requests
     WHEN old.over_at IS NOT NULL AND (new.state <> old.state OR new.agent IS NOT old.agent)
     BEGIN SELECT RAISE(ABORT, 'a request that is over stays so'); END;

   ALTER TABLE payments ADD COLUMN agent TEXT;
   ALTER TABLE payments ADD COLUMN request TEXT REFERENCES requests(ref) CHECK(request IS NULL OR agent IS NOT NULL);
   CREATE INDEX payments_agent ON payments(agent, opened_at) WHERE agent IS NOT NULL;
   CREATE UNIQUE INDEX payments_live_request ON payments(request)
     WHERE request IS NOT NULL AND state IN ('intended', 'sending', 'suspect', 'review');
   CREATE TRIGGER payments_secured_stays BEFORE UPDATE OF agent, request ON payments
     WHEN old.sent_at IS NOT NULL AND (new.agent IS NOT old.agent OR new.request IS NOT old.request)
     BEGIN SELECT RAISE(ABORT, 'what was sent is not changed'); END;

   -- Postings and notices may be about a request, or about neither.
   DROP TRIGGER postings_kept; DROP TRIGGER postings_stay; DROP TRIGGER entries_kept; DROP TRIGGER entries_stay;
   DROP TRIGGER entries_closed; DROP TRIGGER entries_balance;
   DROP INDEX entries_account; DROP INDEX notices_owed;
   ALTER TABLE notices RENAME TO notices_1;
   ALTER TABLE entries RENAME TO entries_1;
   ALTER TABLE postings RENAME TO postings_1;
   CREATE TABLE notices(
     seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ref TEXT REFERENCES payments(ref),
     request TEXT REFERENCES requests(ref), chat TEXT NOT NULL,
     -- Sealed: it names the plate, and the code of the proof.
     language TEXT NOT NULL, notice TEXT NOT NULL, written_at INTEGER NOT NULL, lease_until INTEGER,
     told_at INTEGER, platform_ref TEXT, untellable_at INTEGER) STRICT;
   INSERT INTO notices(seq, id, ref, chat, language, notice, written_at, lease_until, told_at, platform_ref, untellable_at)
     SELECT seq, id, ref, chat, language, notice, written_at, lease_until, told_at, platform_ref, untellable_at
     FROM notices_1;
   CREATE INDEX notices_owed ON notices(chat, seq) WHERE told_at IS NULL AND untellable_at IS NULL;
   CREATE TABLE postings(
     seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ref TEXT REFERENCES payments(ref),
     -- Of a payment, too, that is the payment of a request.
     request TEXT REFERENCES requests(ref),
     what TEXT NOT NULL, at INTEGER NOT NULL, lines INTEGER NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL,
     CHECK(ref IS NOT NULL OR request IS NOT NULL OR (who <> '' AND why <> ''))) STRICT;
   INSERT INTO postings(id, ref, what, at, lines, who, why)
     SELECT id, ref, what, at, lines, '', '' FROM postings_1 ORDER BY rowid;
   CREATE INDEX postings_request ON postings(request) WHERE request IS NOT NULL;
   CREATE TABLE entries(
     posting INTEGER NOT NULL REFERENCES postings(seq), line INTEGER NOT NULL, account TEXT NOT NULL,
     amount INTEGER NOT NULL, PRIMARY KEY(posting, line)) STRICT, WITHOUT ROWID;
   INSERT INTO entries SELECT postings.seq, line, account, amount FROM entries_1 JOIN postings ON postings.id = posting;
   CREATE INDEX entries_account ON entries(account, posting);
   DROP TABLE notices_1; DROP TABLE entries_1; DROP TABLE postings_1;
   -- What the entries of each account come to.
   CREATE TABLE balances(account TEXT PRIMARY KEY, balance INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   INSERT INTO balances SELECT account, sum(amount) FROM entries GROUP BY account;
   CREATE TRIGGER balances_kept BEFORE DELETE ON balances BEGIN SELECT RAISE(ABORT, 'a balance is kept'); END;
   CREATE TRIGGER entries_counted AFTER INSERT ON entries BEGIN
     INSERT INTO balances VALUES(new.account, new.amount)
       ON CONFLICT(account) DO UPDATE SET balance = balance + excluded.balance;
   END;
   CREATE TRIGGER postings_kept BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'a posting is kept'); END;
   CREATE TRIGGER postings_stay BEFORE UPDATE ON postings BEGIN SELECT RAISE(ABORT, 'a posting stays'); END;
   CREATE TRIGGER entries_kept BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'an entry is kept'); END;
   CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'an entry stays'); END;
   CREATE TRIGGER entries_closed BEFORE INSERT ON entries
     WHEN (SELECT count(*) FROM entries WHERE posting = new.posting)
       >= (SELECT lines FROM postings WHERE seq = new.posting)
     BEGIN SELECT RAISE(ABORT, 'a posting is closed'); END;
   CREATE TRIGGER entries_balance AFTER INSERT ON entries
     WHEN (SELECT count(*) FROM entries WHERE posting = new.posting)
       = (SELECT lines FROM postings WHERE seq = new.posting)
       AND (SELECT sum(amount) FROM entries WHERE posting = new.posting) <> 0
     BEGIN SELECT RAISE(ABORT, 'a posting sums to zero'); END;

   -- A payment holds its total from its opening on, where it held it from its sending on.
   INSERT INTO postings(id, ref, what, at, lines, who, why)
     SELECT ref || '.' || revision || '.hold', ref, 'hold', opened_at, 2, '', '' FROM payments
     WHERE state = 'intended' AND total > 0;
   INSERT INTO entries SELECT postings.seq, 0, 'unsecured', -total FROM payments
     JOIN postings ON postings.id = payments.ref || '.' || payments.revision || '.hold' WHERE state = 'intended';
   INSERT INTO entries SELECT postings.seq, 1, 'holds', total FROM payments
     JOIN postings ON postings.id = payments.ref || '.' || payments.revision || '.hold' WHERE state = 'intended';`,
];
