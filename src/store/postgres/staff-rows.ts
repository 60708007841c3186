/** The tables of the counter's own people. Names and places are the operator's own words and stand plain. */
export const STAFF_STEPS: readonly string[] = [
  `CREATE TABLE staff(
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL UNIQUE,
  role text NOT NULL CHECK(role IN ('agent', 'operator')),
  name text NOT NULL, place text NOT NULL, handover text NOT NULL,
  credit bigint NOT NULL CHECK(credit >= 0), daily bigint CHECK(daily >= 0),
  state text NOT NULL CHECK(state IN ('active', 'suspended')),
  language text NOT NULL, proof_form text NOT NULL,
  duty_on integer NOT NULL, duty_since bigint NOT NULL, duty_unanswered integer NOT NULL,
  added_at bigint NOT NULL, changed_at bigint NOT NULL,
  -- The hash of the PIN, sealed.
  pin text,
  -- The last code as an index; who used it is kept, so that the message that comes twice is answered alike.
  code_ix text UNIQUE, code_until bigint, code_used_by text);
CREATE TABLE staff_chats(
  seq bigint GENERATED ALWAYS AS IDENTITY, chat text PRIMARY KEY, staff text NOT NULL REFERENCES staff(id),
  at bigint NOT NULL);
CREATE INDEX staff_chats_staff ON staff_chats(staff, seq);
CREATE TABLE staff_wrong_codes(
  chat text NOT NULL, code_ix text NOT NULL, at bigint NOT NULL, PRIMARY KEY(chat, code_ix));
CREATE INDEX staff_wrong_codes_at ON staff_wrong_codes(at);
-- The tries since the last right PIN: at most five rows a person.
CREATE TABLE staff_pin_tries(
  staff text NOT NULL REFERENCES staff(id), try_ix text NOT NULL, at bigint NOT NULL, PRIMARY KEY(staff, try_ix));`,
];

/** All that `staffOf` reads, in one statement: it runs at every turn of a conversation. */
export const SELECT_STAFF = `SELECT s.id, s.role, s.name, s.place, s.handover, s.credit, s.daily, s.state, s.language,
    s.proof_form, s.duty_on, s.duty_since, s.duty_unanswered, s.added_at, (s.pin IS NOT NULL)::int AS has_pin,
    (SELECT count(*) FROM staff_pin_tries t WHERE t.staff = s.id) AS tries,
    (SELECT coalesce(json_agg(b.chat ORDER BY b.seq DESC), '[]')::text FROM staff_chats b WHERE b.staff = s.id) AS chats
  FROM staff s`;
