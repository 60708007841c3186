import { expect, it } from "vitest";
import { testChassis, testPlate } from "../../src/biller/sandbox/vehicles.ts";
import { caFile, certificate } from "../fakes/whatsapp/tls.ts";
import { type Agent, balanceOf, billCode, inStores, newAgent, PIN, received } from "./agents.ts";
import { makeCounter } from "./counter.ts";
import { isProof, NIK, onTelegram, refIn, says } from "./customer.ts";
import { beforeNight, type ProgramClock, withClock } from "./daytime.ts";
import type { Home } from "./program.ts";
import { HANDOVER, onDuty, PAID_IN, requestIn, take } from "./relay-counter.ts";
import { startTlsFront } from "./tls-front.ts";

const REFUSED = vehicle("bad-gateway");
const UNSENT = vehicle("ordinary");
/** How fast the clock is that the eleven minutes of money rule 6 go by on. */
const QUICK = 60;
/** An agent's PIN is asked for again so long after his last act, ms. */
const PIN_LASTS = 15 * 60_000;

function vehicle(kind: "bad-gateway" | "ordinary") {
  return { chassis: testChassis(kind, 226), plate: testPlate(kind, 226) };
}

/** Whether that agent has a payment that is said to have been sent, and of which nothing was heard. */
function isSending(home: Home, { id }: Agent): Promise<boolean> {
  return inStores(home, async ({ ledger }) => {
    const payments = await ledger.find({ states: ["sending"], limit: 9 });
    return payments.some(({ agent }) => agent?.id === id);
  });
}

it("a relay that the biller never carried out, and a kill before the first byte of a payment: held, and after eleven minutes given back", async () => {
  const relay = { CUSTOMER_PAYMENT: "relay", LOKET_CONTACT: "Bu Ani 0812-1111-2222", LOKET_HOURS: "00.00-24.00" };
  const { telegram, biller, home } = await makeCounter({ settings: relay });
  const front = await startTlsFront(biller.settings.MMBC_URL ?? "");
  const ca = await caFile((await certificate()).cert);
  const night = beforeNight();
  const at = ({ ahead = 0, times = 1 }: ProgramClock) => ({
    ...withClock({ ahead: night + ahead, times }),
    MMBC_URL: front.url,
    NODE_EXTRA_CA_CERTS: ca.path,
  });
  const first = await home.start(at({}));
  const [gita, one, two] = [7601, 7602, 7603].map((id) => onTelegram(telegram.user(id)));
  if (gita === undefined || one === undefined || two === undefined) throw new Error("three people are needed");
  const taker = await newAgent(home, one, { name: "Loket Cibinong", paidIn: PAID_IN, handover: HANDOVER });
  const payer = await newAgent(home, two, { name: "Loket Parung", paidIn: PAID_IN });

  await onDuty(taker);
  await gita.say(`Jawa Barat ${NIK} ${REFUSED.chassis}`);
  await gita.next(says("Tagihan ditemukan"));
  await gita.tap("Ajukan pembayaran");
  await take(taker, gita, requestIn(await gita.next(says("sudah dikirim"))));
  await received(taker);
  const sent = refIn(await gita.next(says("Pembayaran sedang diproses", "Mohon jangan membayar di tempat lain")));
  await biller.reached(() => biller.moneyOf(REFUSED.chassis).pays === 1);

  await two.say(`jabar ${NIK} ${UNSENT.chassis}`);
  const bill = await two.next(says(UNSENT.plate, "Terima dari pelanggan"));
  const kept = front.guard(async () => !(await isSending(home, payer)));
  await two.say(billCode(bill));
  const unsent = refIn(await two.next(says(`${UNSENT.plate} sedang dibayarkan`)));
  await kept;
  await first.kill();
  front.open();

  expect(await Promise.all([taker, payer].map((agent) => balanceOf(home, agent)))).toEqual([816_500, 816_500]);
  // A jump of the clock would not do: how long the counter has been asking is what counts.
  const since = Date.now();
  const quick = await home.start({ ...at({ times: QUICK }), MMBC_URL: biller.settings.MMBC_URL ?? "" });
  await Promise.all([sent, unsent].map((ref) => quick.line(isNotCharged(ref))));
  await quick.kill();
  await home.start(at({ ahead: (Date.now() - since) * QUICK + PIN_LASTS }));
  await gita.next(says(REFUSED.plate, "belum berhasil", sent, "ada di Loket Cibinong", "Bu Ani 0812-1111-2222"));
  const back = await one.next(says(REFUSED.plate, "belum berhasil", "Uang pelanggan"));
  expect(back.buttons).toEqual(["Coba lagi", "Uang dikembalikan"]);
  const again = await two.next(says(UNSENT.plate, "belum berhasil", unsent, "Saldo Rp183.500 sudah kembali"));
  expect(await Promise.all([taker, payer].map((agent) => balanceOf(home, agent)))).toEqual([PAID_IN, PAID_IN]);
  expect([REFUSED, UNSENT].map(({ chassis }) => biller.moneyOf(chassis))).toEqual([
    { debits: 0, pays: 1 },
    { debits: 0, pays: 0 },
  ]);
  for (const chat of [gita, one, two]) expect(chat.all().filter(isProof)).toEqual([]);

  await one.tap("Uang dikembalikan");
  await gita.next(says("sudah dikembalikan"));
  await two.tap(again.buttons[0] ?? "");
  const fresh = await two.next(says(UNSENT.plate, "Terima dari pelanggan"));
  await two.say(billCode(fresh));
  await two.next(says("Ketik PIN"));
  await two.say(PIN);
  await two.next(says(`Lunas: ${UNSENT.plate}`));
  expect(biller.moneyOf(UNSENT.chassis)).toEqual({ debits: 1, pays: 1 });
  expect(await balanceOf(home, payer)).toBe(816_500);
  await ca.remove();
}, 240_000);

/** The log's line of a payment that is surely not charged. */
function isNotCharged(ref: string): RegExp {
  return new RegExp(`"ref":"${ref.replace("TRX-", "")}","state":"not-charged"`);
}
