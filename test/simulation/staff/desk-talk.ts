import type { AgentPerson } from "./agent.ts";
import type { Page } from "./phone.ts";

const MINUTE = 60_000;
/** More than that an agent does not ask for. */
const WISHES = 5;

/** What an agent does about his own bills and his balance. */
export function answersDesk(person: AgentPerson, page: Page): void {
  const { text, buttons } = page;
  const retry = buttons.find((id) => id.startsWith("retry:"));
  if (retry !== undefined || /coba lagi, atau kembalikan\.$/m.test(text)) unpaid(person, page, retry);
  else if (/Saldo kurang/.test(text)) short(person, text);
  else if (/Tambah satu lagi\?/.test(text)) asked(person, page);
  else if (/Saldo masuk/.test(text)) filled(person, text);
  else if (/tugas Anda kami akhiri/.test(text)) saysLater(person, 15 * MINUTE, "tugas");
  else if (/sedang tidak bisa membayar|sedang dihentikan/.test(text)) saysAgain(person);
  else bill(person, page);
}

/** A4, A7: confirmed, put aside, or forgotten until it is old. */
function bill(person: AgentPerson, { text, buttons }: Page): void {
  const { phone, sim } = person;
  const { random } = phone;
  const button = buttons.find((id) => id.startsWith("pay:"));
  const words = /Bayar semua: (BAYAR \d{3})/.exec(text)?.[1] ?? /Bayar: (\d{3})/.exec(text)?.[1];
  if (button === undefined && words === undefined) return;
  const isTable = /Bayar semua|untuk semuanya/.test(text);
  if (isTable && random.chance(0.2)) saysLater(person, MINUTE, "BUANG 2");
  else if (sim.fault("cancel-at-bill", random)) saysLater(person, MINUTE, "batal");
  else confirms(person, button, words ?? "status");
}

function confirms(person: AgentPerson, button: string | undefined, words: string): void {
  const { phone, sim } = person;
  const { random } = phone;
  const act = () => phone.taps(button, words);
  const slow = sim.fault("thinks-long", random) ? random.between(10 * MINUTE, 70 * MINUTE) : 0;
  phone.later(slow + random.between(2_000, MINUTE), () => {
    person.again = act;
    act();
  });
}

/** A5. */
function short(person: AgentPerson, text: string): void {
  const { phone, sim } = person;
  const sum = /Ketik ISI (\d+)/.exec(text)?.[1] ?? "500000";
  if (person.wishes >= WISHES) return;
  person.wishes += 1;
  saysLater(person, MINUTE, `ISI ${sum}`);
  if (sim.fault("asks-twice", phone.random)) saysLater(person, 4 * MINUTE, `ISI ${sum}`);
}

function asked(person: AgentPerson, { buttons }: Page): void {
  const { phone } = person;
  const yes = phone.random.chance(0.3);
  const id = buttons.find((one) => one.startsWith(yes ? "wish-again:" : "no-wish"));
  phone.later(phone.random.between(2_000, MINUTE), () => phone.taps(id, yes ? "1" : "2"));
}

/** What waited for the balance is confirmed by its code. */
function filled(person: AgentPerson, text: string): void {
  const codes = [...(/Masih menunggu: (.*)/.exec(text)?.[1] ?? "").matchAll(/ (\d{3})(?=;|\.|$)/g)];
  codes.forEach(([, code = ""]) => {
    saysLater(person, 3 * MINUTE, code);
  });
}

function unpaid(person: AgentPerson, { buttons }: Page, retry: string | undefined): void {
  const { phone, sim } = person;
  const { random } = phone;
  if (sim.fault("agent-forgets", random)) return;
  const tries = random.chance(0.7);
  const back = buttons.find((id) => id.startsWith("returned:"));
  phone.later(random.between(5_000, 30 * MINUTE), () => (tries ? phone.taps(retry, "1") : phone.taps(back, "2")));
}

function saysAgain(person: AgentPerson): void {
  const { phone } = person;
  phone.later(phone.random.between(10 * MINUTE, 70 * MINUTE), () => person.again?.());
}

function saysLater({ phone }: AgentPerson, most: number, text: string): void {
  phone.later(phone.random.between(1_000, most), () => phone.says(text));
}
