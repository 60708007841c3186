import { describe, expect, it } from "vitest";
import { says } from "./customer.ts";
import { makeWhatsappCounter, onWhatsApp, openCounter, readQr } from "./whatsapp-counter.ts";

const ANI = { pn: "6281200000011", lid: "200000000000011", name: "Ani" };

describe("npx loket whatsapp pair", () => {
  it("links by QR, and says so; a second time it is linked already", async () => {
    const { server, home, link } = await makeWhatsappCounter();
    const linked = await link();
    expect(linked).toMatchObject({ code: 0, stderr: "" });
    expect(linked.stdout).toContain(JSON.stringify({ linked: true, number: server.phone.pn }));
    expect(server.phone.devices()).toHaveLength(1);
    const again = await home.loket(["whatsapp", "pair"]);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining(`+${server.phone.pn} is already linked`) });
    const status = await home.loket(["whatsapp", "status"]);
    expect(status).toMatchObject({ code: 0, stdout: `Linked: +${server.phone.pn}\n` });
  });

  it("draws a QR that a camera can read, and takes another one after it", async () => {
    const { server, home } = await makeWhatsappCounter();
    const pairing = home.spawn(["whatsapp", "pair"]);
    await pairing.line(/Linked devices/);
    await server.phone.scan(readQr(pairing.output()) ?? "");
    expect(await pairing.ended).toMatchObject({ code: 0, stdout: expect.stringContaining("is linked") });
  });

  it("links by a code of eight characters, with or without blanks in the number", async () => {
    const { server, home } = await makeWhatsappCounter();
    const pairing = home.spawn(["whatsapp", "pair", "--phone", `+62 811-0000-0001`]);
    const line = await pairing.line(/^The code: /);
    await server.phone.enter(line.replace("The code: ", "").replace("-", "").trim());
    expect(await pairing.ended).toMatchObject({ code: 0, stdout: expect.stringContaining("is linked") });
    const status = await home.loket(["whatsapp", "status", "--json"]);
    expect(JSON.parse(status.stdout)).toEqual({ linked: true, number: server.phone.pn });
  });

  it("by a code, as JSON lines", async () => {
    const { server, home } = await makeWhatsappCounter();
    const pairing = home.spawn(["whatsapp", "pair", "--phone", server.phone.pn, "--json"]);
    const { code } = JSON.parse(await pairing.line(/"code"/)) as { code: string };
    await server.phone.enter(code);
    const { stdout } = await pairing.ended;
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => Object.keys(JSON.parse(line))),
    ).toEqual([["code"], ["linked", "number"]]);
  });

  it("begun and given up leaves no link; refused by WhatsApp it says so", async () => {
    const { server, home } = await makeWhatsappCounter();
    const pairing = home.spawn(["whatsapp", "pair", "--json"]);
    await pairing.line(/"qr"/);
    pairing.send("SIGINT");
    expect((await pairing.ended).code).toBe(1);
    expect(await home.loket(["whatsapp", "status"])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("No number"),
    });
    server.fault({ kind: "login", reason: 403 });
    const refused = await home.loket(["whatsapp", "pair"]);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Not linked: WhatsApp has blocked this number"),
    });
  });

  it("with a number that is none ends with 2, and touches nothing", async () => {
    const { home, server } = await makeWhatsappCounter();
    for (const phone of ["0811", "halo", "628"]) {
      const { code, stderr } = await home.loket(["whatsapp", "pair", "--phone", phone]);
      expect([code, stderr]).toEqual([2, expect.stringContaining("6281234567890")]);
    }
    expect(server.books.connections.size).toBe(0);
  });
});

describe("a counter that is not linked", () => {
  it("shows a QR, and goes on by itself after the scan", async () => {
    const { server, home } = await makeWhatsappCounter();
    const program = await home.start();
    await program.line(/Linked devices/);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(503);
    await server.phone.scan(readQr(program.output()) ?? "");
    await program.line(/WhatsApp is connected/);
    const customer = onWhatsApp(server.person(ANI));
    await customer.say("halo");
    await customer.next(says("wilayah mana?"));
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
    expect((await program.stop()).code).toBe(0);
  });
});

describe("a counter that is linked", () => {
  it("cannot be linked or unlinked beside it; who and status can be asked", async () => {
    const { server, home, program } = await openCounter();
    for (const command of ["pair", "unlink"]) {
      const { code, stderr } = await home.loket(["whatsapp", command]);
      expect([code, stderr]).toEqual([1, expect.stringContaining("Another Loket is running")]);
    }
    expect((await home.loket(["whatsapp", "status"])).code).toBe(0);
    const customer = onWhatsApp(server.person(ANI));
    await customer.say("halo");
    await customer.next(says("wilayah mana?"));
    const who = await home.loket(["whatsapp", "who", ANI.pn, "--json"]);
    const { chat, number } = JSON.parse(who.stdout) as { chat: string; number: string };
    expect([chat, number]).toEqual([expect.stringMatching(/^whatsapp:[\w-]{16}$/), ANI.pn]);
    expect((await home.loket(["whatsapp", "who", chat])).stdout).toBe(`${chat}: +${ANI.pn}\n`);
    expect((await home.loket(["whatsapp", "who", "6289999999999"])).code).toBe(1);
    await program.stop();
    const unlinked = await home.loket(["whatsapp", "unlink"]);
    expect(unlinked).toMatchObject({ code: 0, stdout: expect.stringContaining("Log out") });
    expect((await home.loket(["whatsapp", "status", "--json"])).stdout).toBe('{"linked":false,"number":null}\n');
  });

  it("and removed on the phone says what to do, shows a new QR, and has a task for the operator", async () => {
    const { server, home, program } = await openCounter();
    await program.line(/WhatsApp is connected/);
    server.phone.remove();
    await program.line(/the phone has removed this device/);
    await program.line(/Linked devices/);
    const tasks = await home.loket(["tasks"]);
    expect(tasks.stdout).toContain("the phone has removed this device");
    await server.phone.scan(readQr(program.output()) ?? "");
    await server.reached(({ logins }) => logins.length > 3);
    const customer = onWhatsApp(server.person(ANI));
    await customer.say("halo");
    await customer.next(says("wilayah mana?"));
  });
});
