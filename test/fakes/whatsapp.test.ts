import { Curve, initAuthCreds } from "@whiskeysockets/baileys";
import { expect, test } from "vitest";
import { isSignedBy } from "./whatsapp/signature.ts";
import { linked, makeBot, unlinked } from "./whatsapp-bot.ts";

test("a phone that scans the QR code links the client, which then logs in and uploads its keys", async () => {
  const { server, bot } = await unlinked();
  bot.connect();
  const qr = await bot.qr();
  expect(qr).toMatch(/^https:\/\/wa\.me\/settings\/linked_devices#2@/);
  await server.phone.scan(qr);
  expect(await bot.closed()).toBe(515);
  bot.connect();
  await bot.opened();
  expect(bot.socket().user).toMatchObject({ id: "6281100000001:1@s.whatsapp.net", lid: "100000000000001:1@lid" });
  expect(server.books.devices.get(1)?.preKeys).toHaveLength(812);
  expect(server.phone.devices()).toEqual([1]);
  expect(server.books.errors).toEqual([]);
});

test("a phone on which the eight characters are typed links the client; with others it does not", async () => {
  const { server, bot } = await unlinked();
  bot.connect();
  await bot.qr();
  const code = await bot.socket().requestPairingCode(server.phone.pn);
  expect(code).toMatch(/^[A-Z0-9]{8}$/);
  await expect(server.phone.enter("AAAAAAAA")).rejects.toThrow("could not link");
  expect(server.phone.devices()).toEqual([]);
  await server.phone.enter(`${code.slice(0, 4)}-${code.slice(4)}`);
  expect(await bot.closed()).toBe(515);
  bot.connect();
  await bot.opened();
  expect(bot.socket().user?.id).toBe("6281100000001:1@s.whatsapp.net");
});

test("a QR code that no client shows is not taken", async () => {
  const { server, bot } = await unlinked();
  bot.connect();
  const qr = await bot.qr();
  const other = Buffer.from(initAuthCreds().noiseKey.public).toString("base64");
  await expect(server.phone.scan(qr.replace(/,[^,]+/, `,${other}`))).rejects.toThrow("no client");
  await expect(server.phone.scan("halo")).rejects.toThrow("no client");
});

test("a client that nobody links runs out of QR codes", async () => {
  const { bot } = await unlinked({ refs: 2 });
  bot.connect({ qrTimeout: 50 });
  expect(await bot.closed()).toBe(408);
});

test("a login with another key than the one that was linked is refused", async () => {
  const { server, bot } = await linked();
  const { creds } = bot.socket().authState;
  const thief = makeBot(server);
  const { noiseKey } = initAuthCreds();
  thief.connect({ auth: { creds: { ...creds, noiseKey }, keys: bot.socket().authState.keys } });
  expect(await thief.closed()).toBe(401);
  await thief.socket().end(undefined);
});

test("a client that logs in again is known, and needs no new keys", async () => {
  const { server, bot } = await linked();
  bot.connect();
  await bot.opened();
  expect(server.books.devices.get(1)?.preKeys).toHaveLength(812);
  expect(server.books.logins.map((login) => login.device)).toEqual([null, 1, 1]);
});

test("a client that was told a route greets with it", async () => {
  const { bot } = await linked();
  bot.connect({ auth: { ...bot.socket().authState, creds: withRoute(bot.socket().authState.creds) } });
  await bot.opened();
});

test("a client that is told that its keys run low uploads more", async () => {
  const { server, bot } = await linked();
  const device = server.books.devices.get(1);
  server.useKeys(4);
  await server.reached(() => device?.preKeys.length === 9);
  expect(bot.socket().user).toBeDefined();
});

test("a second client with the same keys ends the first", async () => {
  const { server, bot } = await linked();
  const second = makeBot(server);
  second.connect({ auth: bot.socket().authState });
  expect(await bot.closed()).toBe(440);
  await second.opened();
  await second.socket().end(undefined);
});

test("a device that is removed on the phone is out, and its next login is refused", async () => {
  const { server, bot } = await linked();
  server.phone.remove();
  expect(await bot.closed()).toBe(401);
  bot.connect();
  expect(await bot.closed()).toBe(401);
});

test("a client that logs out is off the list of devices", async () => {
  const { server, bot } = await linked();
  await bot.socket().logout();
  expect(await bot.closed()).toBe(401);
  expect(server.phone.devices()).toEqual([]);
});

test("a signature counts only with its own key, message and form", () => {
  const [pair, other] = [Curve.generateKeyPair(), Curve.generateKeyPair()];
  const message = Buffer.from("pajak kendaraan");
  for (let round = 0; round < 20; round++) {
    const signature = Curve.sign(pair.private, message);
    expect(isSignedBy(pair.public, message, signature)).toBe(true);
    expect(isSignedBy(other.public, message, signature)).toBe(false);
    expect(isSignedBy(pair.public, Buffer.from("pajak"), signature)).toBe(false);
    expect(isSignedBy(pair.public, message, signature.subarray(1))).toBe(false);
  }
});

function withRoute<Creds extends { routingInfo: Buffer | undefined }>(creds: Creds): Creds {
  return { ...creds, routingInfo: Buffer.from("0812", "hex") };
}
