import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testChassis } from "../../src/biller/sandbox/vehicles.ts";
import { showRef } from "../../src/domain/ref.ts";
import type { Payment } from "../../src/payments/payment.ts";
import { openSqliteStores } from "../../src/store/sqlite/stores.ts";
import { HOUR, happened, opened, said, send } from "../contract/ledger-samples.ts";
import { makeCounter } from "../program/counter.ts";
import { isProof, NIK, onTelegram, refIn, says, toBill, toProof } from "../program/customer.ts";
import { type Home, SECRET } from "../program/program.ts";

/** Asks again and again until the answer fits: each call takes a moment of its own. */
async function until(home: Home, args: readonly string[], fits: RegExp): Promise<string> {
  for (;;) {
    const { stdout, stderr } = await home.loket(args);
    if (stderr !== "") throw new Error(stderr);
    if (fits.test(stdout)) return stdout;
  }
}

describe("loket tasks", () => {
  it("shows who wants a human, with what he wrote, and closes it with a reason", async () => {
    const { telegram, home } = await makeCounter();
    await home.start();
    const customer = onTelegram(telegram.user(7001));
    expect((await home.loket(["tasks"])).stdout).toBe("No open tasks.\n");
    await customer.say("petugas");
    await customer.next(says(/petugas/i));
    await customer.say("Motor saya hilang, bagaimana?");
    const id = /#(\d+) .* human-wanted .* telegram:7001/.exec(await until(home, ["tasks"], /human-wanted/))?.[1] ?? "";
    await until(home, ["tasks", "show", id], /WIB {2}Motor saya hilang, bagaimana\?/);
    const closed = await home.loket(["tasks", "close", id, "--why", "answered"]);
    expect([closed.code, closed.stdout]).toEqual([0, `Task ${id} is closed.\n`]);
    expect((await home.loket(["tasks"])).stdout).toBe("No open tasks.\n");
    const all = JSON.parse((await home.loket(["tasks", "list", "--all", "--json"])).stdout);
    expect(all).toMatchObject([{ kind: "human-wanted", closed: { by: "tester", why: "answered" } }]);
    const again = await home.loket(["tasks", "close", id, "--why", "answered"]);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining(`no open task ${id}`)]);
  });
});

/** A payment of the chat that was sent long ago, and of which the biller never said for certain what became of it. */
async function inReview(home: Home, payer: string, at: number): Promise<Payment> {
  const stores = openSqliteStores({ databaseUrl: `sqlite:${home.database}`, secret: SECRET, as: "tool" });
  try {
    const { ledger } = stores;
    const open = await opened(ledger, { payer: payer as Payment["payer"] }, at);
    const suspect = await happened(
      ledger,
      await happened(ledger, open, send(at)),
      said("pay", { kind: "pending" }, at),
    );
    return await happened(ledger, suspect, { kind: "escalate", at: at + HOUR, by: "tester" });
  } finally {
    stores.close();
  }
}

describe("loket payments", () => {
  it("lists and tells the whole story of a payment", async () => {
    const { telegram, home } = await makeCounter();
    await home.start();
    expect((await home.loket(["payments"])).stdout).toBe("No payments.\n");
    const customer = onTelegram(telegram.user(7002));
    const ref = refIn(await toProof(customer, testChassis("ordinary", 21)));
    const { code, stdout } = await home.loket(["payments"]);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(new RegExp(`^${ref} .* F 0021 Z {2}Rp183\\.500 {2}paid\\n$`)),
    ]);
    expect((await home.loket(["payments", "list", "--open"])).stdout).toBe("No payments.\n");
    const story = (await home.loket(["payments", "show", ref.toLowerCase()])).stdout;
    expect(story).toMatch(
      /confirmed \(telegram …002\)[\s\S]*sent to the biller[\s\S]*pay says paid[\s\S]*ended as paid/,
    );
    expect(story).not.toContain(NIK);
    const unknown = await home.loket(["payments", "show", "TRX-22222"]);
    expect([unknown.code, unknown.stderr]).toEqual([1, "There is no payment TRX-22222.\n"]);
  });

  it("resolves a payment in review, once, and the payer hears of it from the running counter", async () => {
    const { telegram, home } = await makeCounter();
    const customer = onTelegram(telegram.user(7003));
    await (await home.start()).stop();
    const ref = showRef((await inReview(home, "telegram:7003", Date.now() - 3 * HOUR)).ref);
    await home.start();
    expect((await home.loket(["tasks"])).stdout).toContain(ref);
    const resolve = (...how: readonly string[]) =>
      home.loket(["payments", "resolve", ref, "--why", "asked MMBC", ...how]);
    const resolved = await resolve("--paid", "5A834FE7");
    expect([resolved.code, resolved.stdout]).toEqual([0, `${ref} is paid. The payer will be told.\n`]);
    const told = await customer.next(says("Pembayaran dinyatakan lunas oleh petugas", ref));
    // His word is no proof, and none is made of it.
    expect(told.text).not.toContain("Pembayaran berhasil");
    expect(told.text).toContain("5A834FE7");
    const again = await resolve("--not-charged");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining(`${ref} cannot be resolved: it is paid`)]);
    const story = (await home.loket(["payments", "show", ref])).stdout;
    expect(story).toContain("by tester: asked MMBC");
  });

  it("resolves nothing against the biller's word, nor before the biller can have carried it out", async () => {
    const { telegram, biller, home } = await makeCounter();
    await home.start();
    const customer = onTelegram(telegram.user(7004));
    const bill = await toBill(customer, testChassis("wrong-total", 22));
    await customer.tap(bill.buttons[0] ?? "");
    const ref = refIn(await customer.next(says("Pembayaran sedang diproses")));
    await biller.reached(() => biller.moneyOf(testChassis("wrong-total", 22)).pays === 1);
    await until(home, ["payments", "list"], / suspect\n/);
    const early = await home.loket(["payments", "resolve", ref, "--not-charged", "--why", "no patience"]);
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining("wait until 12 minutes after it")]);
    expect((await home.loket(["payments", "list"])).stdout).toMatch(/ suspect\n/);
  });

  it("goes on after a pause, with a reason", async () => {
    const { telegram, home } = await makeCounter();
    await home.start();
    expect((await home.loket(["payments", "resume", "--why", "looked"])).stderr).toBe("Paying is not paused.\n");
    const people = [1, 2, 3].map((at) => onTelegram(telegram.user(7100 + at)));
    for (const [at, one] of people.entries()) {
      const bill = await toBill(one, testChassis("refused", 30 + at));
      await one.tap(bill.buttons[0] ?? "");
      await one.next(says("Pembayaran sedang diproses"));
      await until(home, ["payments", "list"], new RegExp(`(pay was refused[\\s\\S]*){${at + 1}}`));
    }
    expect(await until(home, ["payments"], /PAYING IS PAUSED/)).toContain("To go on: npx loket payments resume");
    const next = onTelegram(telegram.user(7110));
    const bill = await toBill(next, testChassis("ordinary", 33));
    await next.tap(bill.buttons[0] ?? "");
    await next.next(says("sedang kami hentikan sebentar", "Belum ada pembayaran"));
    expect((await home.loket(["tasks"])).stdout).toContain("refused-in-a-row");
    const resumed = await home.loket(["payments", "resume", "--why", "the deposit was filled"]);
    expect([resumed.code, resumed.stdout]).toEqual([0, "Paying goes on.\n"]);
    expect((await home.loket(["tasks"])).stdout).toBe("No open tasks.\n");
    await next.say("lanjut");
    const again = await next.next(says("Tagihan ditemukan"));
    await next.tap(again.buttons[0] ?? "");
    await next.next(isProof);
  });
});

describe("loket backup and restored", () => {
  it("copies a running counter's database whole; put back, nothing is paid for a while", async () => {
    const { telegram, biller, home } = await makeCounter();
    const program = await home.start();
    const [first, second] = [onTelegram(telegram.user(7005)), onTelegram(telegram.user(7006))];
    const ref = refIn(await toProof(first, testChassis("ordinary", 23)));
    const copy = join(home.folder, "copy.db");
    const saved = await home.loket(["backup", "copy.db"]);
    expect([saved.code, saved.stdout]).toEqual([0, expect.stringMatching(/^Saved to copy\.db\. Keep the key/)]);
    expect((await home.loket(["backup", "copy.db"])).stderr).toMatch(/copy\.db exists already\. Name a new file/);
    // Paid behind the copy's back.
    await toProof(second, testChassis("ordinary", 24));
    await program.stop();
    const there = { DATABASE_URL: `sqlite:${copy}` };
    const listed = await home.loket(["payments"], there);
    expect(listed.stdout).toMatch(new RegExp(`^${ref} .* paid\\n$`));
    const told = await home.loket(["restored"], there);
    expect([told.code, told.stdout]).toEqual([0, expect.stringContaining("nothing is paid for 15 minutes")]);
    await home.start(there);
    expect((await home.loket(["tasks"], there)).stdout).toContain("The ledger went back in time");
    await second.say(`Jawa Barat ${NIK} ${testChassis("ordinary", 25)}`);
    const bill = await second.next(says("Tagihan ditemukan"));
    await second.tap(bill.buttons.find((label) => label.startsWith("Bayar")) ?? "");
    await second.next(says("sedang kami hentikan sebentar", "Belum ada pembayaran"));
    expect(biller.moneyOf(testChassis("ordinary", 25))).toEqual({ debits: 0, pays: 0 });
  });
});

describe("loket sandbox", () => {
  it("runs a test biller alone, on a port that is asked for, and keeps its book in a file", async () => {
    const { home } = await makeCounter();
    const args = ["sandbox", "--port", "0", "--file", "book.json"];
    const first = home.spawn(args);
    const url = /(http:\S+)/.exec(await first.line(/^The test biller runs: /))?.[1] ?? "";
    await first.line(/^MMBC_URL=.* MMBC_USERNAME=dummy MMBC_PASSWORD=dummy123$/);
    const settings = { MMBC_URL: url, MMBC_USERNAME: "dummy", MMBC_PASSWORD: "dummy123" };
    expect((await home.loket(["doctor"], settings)).stdout).toContain("takes the login");
    const asked = await fetch(`${url}/json/esamsat/inquiry_esamsat`, {
      method: "POST",
      body: new URLSearchParams({
        username: "dummy",
        password: "dummy123",
        product: "SAMSAT_JABAR",
        customer_number: NIK,
        structure_number: testChassis("ordinary", 1),
      }),
    });
    const { invoice } = (await asked.json()) as { invoice: string };
    const pay = { username: "dummy", password: "dummy123", invoice };
    await fetch(`${url}/json/esamsat/pay_esamsat`, { method: "POST", body: new URLSearchParams(pay) });
    const taken = await home.loket(["sandbox", "--port", new URL(url).port]);
    expect([taken.code, taken.stderr]).toEqual([
      1,
      expect.stringMatching(/^The sandbox cannot listen on .*another program/),
    ]);
    first.send("SIGTERM");
    expect((await first.ended).code).toBe(0);
    const second = home.spawn(args);
    const book = /(http:\S+)/.exec(await second.line(/^Its book: /))?.[1] ?? "";
    expect(await (await fetch(book)).json()).toMatchObject({ debits: [{ invoice }] });
  });
});
