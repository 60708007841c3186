import { describe, expect, it } from "vitest";
import { keepChassis } from "../../src/domain/chassis.ts";
import { keepNik } from "../../src/domain/nik.ts";
import { client, httpServer, ORDER, PAID } from "./biller-servers.ts";

const nik = keepNik("3204110107900001");
const chassis = keepChassis("MH1JFZ110HK123456");
if (nik === undefined || chassis === undefined) throw new Error("the example numbers are none");
const QUERY = { product: "SAMSAT_JABAR", nik, chassis };

const YES = () => true;

describe("the regions", () => {
  const LIST =
    '[{"product":"SAMSAT_JABAR","product_code":"SAMSAT_JABAR","debet":"tagihan+5000","cashback":"2000","status":"ON"}]';

  it("are asked for once by all who ask at the same time, and again when the look is too old", async () => {
    let looks = 0;
    await using server = await httpServer((response) => {
      looks += 1;
      response.end(LIST);
    });
    let now = 5_000;
    const clock = { now: () => now, monotonic: () => now };
    const biller = client(`http://127.0.0.1:${server.port}`, { clock });
    const first = await Promise.all([1, 2, 3].map(() => biller.regions(60_000)));
    expect(looks).toBe(1);
    expect(first.map((said) => said.kind === "regions" && said.at)).toEqual([5_000, 5_000, 5_000]);
    now += 60_000;
    await biller.regions(60_000);
    expect(looks).toBe(1);
    now += 1;
    expect(await biller.regions(60_000)).toMatchObject({ kind: "regions", at: 65_001 });
    expect(looks).toBe(2);
  });

  it("are as old as the question, however late the answer came", async () => {
    let now = 5_000;
    await using server = await httpServer((response) => {
      now += 20_000;
      response.end(LIST);
    });
    const biller = client(`http://127.0.0.1:${server.port}`, { clock: { now: () => now, monotonic: () => now } });
    expect(await biller.regions(60_000)).toMatchObject({ kind: "regions", at: 5_000 });
    now = 65_001;
    expect(await biller.regions(60_000)).toMatchObject({ kind: "regions", at: 65_001 });
  });

  it("are unavailable when a fresh look fails, and an older look is still there for who takes one", async () => {
    let answers = LIST;
    await using server = await httpServer((response) => response.end(answers));
    let now = 5_000;
    const biller = client(`http://127.0.0.1:${server.port}`, { clock: { now: () => now, monotonic: () => now } });
    await biller.regions(0);
    answers = "<html>";
    now += 61_000;
    expect(await biller.regions(60_000)).toEqual({ kind: "unavailable", why: "garbled", reason: "" });
    expect((await biller.regions(Number.POSITIVE_INFINITY)).kind).toBe("regions");
  });
});

describe("many inquiries", () => {
  it("run sixteen at a time, wait up to a limit, and never stand in the way of pay and status", async () => {
    const held: (() => void)[] = [];
    await using server = await httpServer((response, request) => {
      if (request.url?.endsWith("inquiry_esamsat"))
        held.push(() => response.end('{"result":"no","reason":"not found"}'));
      else response.end(PAID);
    });
    const biller = client(`http://127.0.0.1:${server.port}`, { inquiries: { atOnce: 16, waiting: 4 } });
    const asked = Array.from({ length: 30 }, () => biller.inquire(QUERY));
    const refused = await Promise.all(asked.slice(20));
    expect(refused.every(({ kind }) => kind === "unavailable")).toBe(true);
    await expect.poll(() => held.length).toBe(16);
    expect((await biller.pay(ORDER, YES)).kind).toBe("paid");
    expect((await biller.status(ORDER)).kind).toBe("paid");
    for (const answer of held.splice(0)) answer();
    await expect.poll(() => held.length).toBe(4);
    for (const answer of held.splice(0)) answer();
    const said = await Promise.all(asked.slice(0, 20));
    expect(said.every(({ kind }) => kind === "not-found")).toBe(true);
  });

  it("rest after five failures in a row, try again after 15 s, and do not count sentences about a vehicle", async () => {
    let answer = "<html>";
    let calls = 0;
    await using server = await httpServer((response) => {
      calls += 1;
      response.end(answer);
    });
    let now = 1_000;
    const biller = client(`http://127.0.0.1:${server.port}`, { clock: { now: () => now, monotonic: () => now } });
    for (let n = 0; n < 7; n += 1) {
      expect(await biller.inquire(QUERY)).toEqual({ kind: "unavailable", why: "garbled", reason: "" });
    }
    expect(calls).toBe(5);
    expect((await biller.status(ORDER)).kind).toBe("unknown");
    expect((await biller.pay(ORDER, YES)).kind).toBe("unknown");
    expect(calls).toBe(7);
    now += 15_000;
    await biller.inquire(QUERY);
    await biller.inquire(QUERY);
    expect(calls).toBe(8);
    now += 15_000;
    answer = '{"result":"no","reason":"XYZ 77"}';
    for (let n = 0; n < 9; n += 1) await biller.inquire(QUERY);
    expect(calls).toBe(17);
  });
});
