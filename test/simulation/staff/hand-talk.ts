import type { AgentPerson } from "./agent.ts";
import type { Page } from "./phone.ts";

const MINUTE = 60_000;
/** How long an agent waits for money that does not come: longer than the program does. */
const PATIENCE = 40 * MINUTE;

const REF = "([2-9A-HJKMNP-Z]{5})";
const OFFER = new RegExp(`^Permintaan ${REF}: `);
const YOURS = new RegExp(`^${REF} \\(.*\\) milik Anda sampai`);
const ASKS = new RegExp(`Pelanggan ${REF} .*(?:Sudah Anda terima|sudah Anda terima|sudah pas di tangan)`);
const GONE = new RegExp(`(?:Pelanggan membatalkan|Waktu|Petugas memberikan|Petugas menutup) ${REF}`);
const WANTS_BACK = new RegExp(`Pelanggan membatalkan ${REF} .*minta`);
const UNPAID = /uang pelanggan masih pada Anda|Kembalikan uang pelanggan/i;

/** Whether it was about a request. */
export function answersRequest(person: AgentPerson, page: Page): boolean {
  const { text } = page;
  const offer = OFFER.exec(text)?.[1];
  if (offer !== undefined) return offered(person, offer);
  const yours = YOURS.exec(text)?.[1];
  if (yours !== undefined) return has(person, yours, page);
  const asks = ASKS.exec(text)?.[1];
  if (asks !== undefined) return isAsked(person, asks, page);
  const wants = WANTS_BACK.exec(text)?.[1];
  const gone = GONE.exec(text)?.[1];
  if (gone !== undefined) person.gone.add(gone);
  if (wants !== undefined || (gone !== undefined && person.purse.holder(gone) === person.member)) {
    return givesBack(person, wants ?? gone ?? "", page);
  }
  if (UNPAID.test(text) && page.buttons.every((id) => !id.startsWith("retry:"))) return unpaid(person, page);
  return gone !== undefined;
}

/** A1: taken at once, later, by the code that the customer brings, or not at all. */
function offered(person: AgentPerson, ref: string): true {
  const { sim, phone } = person;
  const { random } = phone;
  if (sim.fault("agent-ignores", random)) return true;
  const soon = random.chance(0.4) ? random.between(100, 1_500) : random.between(1_500, 100_000);
  const skips = sim.fault("agent-skips", random);
  phone.later(soon, () =>
    skips ? phone.taps(`hand:skip:${ref}`, `LEWATI ${ref}`) : phone.taps(`hand:take:${ref}`, `AMBIL ${ref}`),
  );
  return true;
}

/** A2: waits for the money, and says so when it is in his hand. */
function has(person: AgentPerson, ref: string, page: Page): true {
  const { sim, phone } = person;
  const { random } = phone;
  person.gone.delete(ref);
  remembers(person, ref, page);
  if (sim.fault("agent-lets-go", random)) {
    phone.later(random.between(2_000, 6 * MINUTE), () => phone.taps(`hand:let-go:${ref}`, `LEPAS ${ref}`));
    return true;
  }
  if (sim.fault("no-cash", random)) phone.later(random.between(2_000, 3 * MINUTE), () => confirms(person, ref));
  else if (sim.fault("agent-forgets", random))
    phone.later(random.between(20 * MINUTE, 150 * MINUTE), () => confirms(person, ref));
  else watches(person, ref, 0);
  return true;
}

function watches(person: AgentPerson, ref: string, waited: number): void {
  const { phone, purse, member } = person;
  const pause = phone.random.between(15_000, 60_000);
  phone.later(pause, () => {
    if (person.gone.has(ref)) return;
    if (purse.holder(ref) === member) confirms(person, ref);
    else if (waited + pause < PATIENCE) watches(person, ref, waited + pause);
  });
}

/** The customer says that it was handed over, or said yes to the sum that moved. */
function isAsked(person: AgentPerson, ref: string, page: Page): true {
  const { sim, phone, purse, member } = person;
  remembers(person, ref, page);
  if (sim.fault("agent-forgets", phone.random)) return true;
  phone.later(phone.random.between(2_000, 90_000), () => {
    if (purse.holder(ref) === member) confirms(person, ref);
  });
  return true;
}

function remembers({ confirms, phone }: AgentPerson, ref: string, { text, buttons }: Page): void {
  const words = /BAYAR \d{3}/.exec(text)?.[0] ?? (phone.random.chance(0.5) ? "status" : "ya");
  confirms.set(ref, { button: buttons.find((id) => id.startsWith("pay:")), words });
}

function confirms(person: AgentPerson, ref: string): void {
  const how = person.confirms.get(ref);
  if (how === undefined) return;
  person.again = () => person.phone.taps(how.button, how.words);
  person.again();
}

/** N2: tried again, given back, or left lying. */
function unpaid(person: AgentPerson, { buttons, text }: Page): true {
  const { sim, phone, purse } = person;
  const { random } = phone;
  const again = buttons.find((id) => id.startsWith("hand:again:"));
  const back = buttons.find((id) => id.startsWith("hand:returned:"));
  if (sim.fault("agent-forgets", random)) return true;
  const tries = random.chance(0.7) && !/Kembalikan uang/.test(text);
  phone.later(random.between(5_000, 40 * MINUTE), () => {
    if (tries) return phone.taps(again, "1");
    const ref = back?.split(":")[2];
    if (ref !== undefined) purse.back(ref);
    phone.taps(back, "2");
  });
  return true;
}

function givesBack(person: AgentPerson, ref: string, { buttons }: Page): true {
  const { phone, purse, sim } = person;
  const { random } = phone;
  if (sim.fault("agent-forgets", random)) return true;
  phone.later(random.between(5_000, 30 * MINUTE), () => {
    purse.back(ref);
    phone.taps(
      buttons.find((id) => id.startsWith("hand:returned:")),
      `KEMBALIKAN ${ref}`,
    );
  });
  return true;
}
