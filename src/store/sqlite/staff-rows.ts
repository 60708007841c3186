/** The tables of the counter's own people. Names and places are the operator's own words and stand plain. */
export const STAFF_STEPS: readonly string[] = [
  `CREATE TABLE staff(
     seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, role TEXT NOT NULL CHECK(role IN ('agent', 'operator')),
     name TEXT NOT NULL, place TEXT NOT NULL, handover TEXT NOT NULL,
     credit INTEGER NOT NULL CHECK(credit >= 0), daily INTEGER CHECK(daily >= 0),
     state TEXT NOT NULL CHECK(state IN ('active', 'suspended')),
     language TEXT NOT NULL, proof_form TEXT NOT NULL,
     duty_on INTEGER NOT NULL, duty_since INTEGER NOT NULL, duty_unanswered INTEGER NOT NULL,
     added_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
     -- The hash of the PIN, sealed.
     pin TEXT,
     -- The last code as an index; who used it is kept, so that the message that comes twice is answered alike.
     code_ix TEXT UNIQUE, code_until INTEGER, code_used_by TEXT) STRICT;
   CREATE TABLE staff_chats(chat TEXT PRIMARY KEY, staff TEXT NOT NULL REFERENCES staff(id), at INTEGER NOT NULL) STRICT;
   CREATE INDEX staff_chats_staff ON staff_chats(staff);
   CREATE TABLE staff_wrong_codes(
     chat TEXT NOT NULL, code_ix TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(chat, code_ix)) STRICT, WITHOUT ROWID;
   CREATE INDEX staff_wrong_codes_at ON staff_wrong_codes(at);
   -- The tries since the last right PIN: at most five rows a person.
   CREATE TABLE staff_pin_tries(
     staff TEXT NOT NULL REFERENCES staff(id), try_ix TEXT NOT NULL, at INTEGER NOT NULL,
     PRIMARY KEY(staff, try_ix)) STRICT, WITHOUT ROWID;`,
];

/** All that `staffOf` reads, in one statement: it runs at every turn of a conversation. */
export const SELECT_STAFF = `SELECT s.id, s.role, s.name, s.place, s.handover, s.credit, s.daily, s.state, s.language,
    s.proof_form, s.duty_on, s.duty_since, s.duty_unanswered, s.added_at, s.pin IS NOT NULL AS has_pin,
    (SELECT count(*) FROM staff_pin_tries t WHERE t.staff = s.id) AS tries,
    (SELECT json_group_array(chat) FROM
      (SELECT chat FROM staff_chats WHERE staff = s.id ORDER BY rowid DESC)) AS chats
  FROM staff s`;
