import { expect, it } from "vitest";
import type { Nudge, WebInbox } from "../../src/channels/web/inbox.ts";
import { conversationKey } from "../../src/conversation/message.ts";

const ANI = conversationKey("web", "a");
const BUDI = conversationKey("web", "b");

/** What every driver of WebInbox owes. `make` gives an empty one each time. */
export function webInboxLaw(make: () => Promise<WebInbox>): void {
  const append = (inbox: WebInbox, id: string, at = 1, key = ANI) => inbox.append(key, { id, event: `"${id}"`, at });
  const all = async (inbox: WebInbox, key = ANI) => (await inbox.since(key, 0, 99)).map(({ event }) => event);

  it("gives each event a number that grows, and the same id the same one", async () => {
    const inbox = await make();
    const [one, two, other] = [await append(inbox, "1"), await append(inbox, "2"), await append(inbox, "x", 1, BUDI)];
    expect(one).toBeGreaterThan(0);
    expect([one, two, other].toSorted((a, b) => a - b)).toEqual([one, two, other]);
    expect(await inbox.append(ANI, { id: "1", event: '"another"', at: 9 })).toBe(one);
    expect(await inbox.since(ANI, 0, 9)).toEqual([
      { seq: one, event: '"1"' },
      { seq: two, event: '"2"' },
    ]);
    expect(await append(inbox, "3")).toBeGreaterThan(other);
  });

  it("reads on from a number, so many at a time, of one tab alone", async () => {
    const inbox = await make();
    const seqs: number[] = [];
    for (const id of ["1", "2", "3", "4"]) seqs.push(await append(inbox, id));
    await append(inbox, "x", 1, BUDI);
    expect((await inbox.since(ANI, seqs[0] ?? 0, 2)).map(({ event }) => event)).toEqual(['"2"', '"3"']);
    expect(await inbox.since(ANI, seqs[3] ?? 0, 2)).toEqual([]);
    expect(await inbox.last(ANI)).toBe(seqs[3]);
    expect(await inbox.last(conversationKey("web", "nobody"))).toBe(0);
  });

  it("puts another event in the place of one, and makes none", async () => {
    const inbox = await make();
    const seq = await append(inbox, "1");
    await inbox.replace(ANI, "1", '"gone"');
    await inbox.replace(ANI, "2", '"never there"');
    await inbox.replace(BUDI, "1", '"of another"');
    expect(await inbox.since(ANI, 0, 9)).toEqual([{ seq, event: '"gone"' }]);
    expect(await all(inbox, BUDI)).toEqual([]);
  });

  it("keeps a file as it was first, for its own tab", async () => {
    const inbox = await make();
    const bytes = new Uint8Array(Buffer.alloc(2 * 1024 * 1024, "loket\0\xff"));
    const file = { id: "f", name: "bukti – 1.pdf", mime: "application/pdf", bytes };
    await inbox.keepFile(ANI, file, 1);
    await inbox.keepFile(ANI, { ...file, bytes: Uint8Array.of(1) }, 2);
    const kept = await inbox.file(ANI, "f");
    expect(kept).toMatchObject({ id: "f", name: file.name, mime: file.mime });
    expect(Buffer.from(kept?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
    expect(await inbox.file(BUDI, "f")).toBeUndefined();
    expect(await inbox.file(ANI, "g")).toBeUndefined();
  });

  it("forgets by time and by tab, and never uses a number again", async () => {
    const inbox = await make();
    await append(inbox, "1", 10);
    const last = await append(inbox, "2", 20);
    await append(inbox, "x", 20, BUDI);
    await inbox.keepFile(ANI, { id: "f", name: "n", mime: "m", bytes: Uint8Array.of(1) }, 10);
    await inbox.keepFile(ANI, { id: "g", name: "n", mime: "m", bytes: Uint8Array.of(1) }, 20);
    expect(await inbox.prune(20)).toBe(2);
    expect(await all(inbox)).toEqual(['"2"']);
    expect([await inbox.file(ANI, "f"), await inbox.file(ANI, "g")].map((file) => file?.id)).toEqual([undefined, "g"]);
    await inbox.erase(ANI);
    expect([await all(inbox), await inbox.last(ANI), await inbox.file(ANI, "g")]).toEqual([[], 0, undefined]);
    expect(await all(inbox, BUDI)).toEqual(['"x"']);
    expect(await append(inbox, "1", 30)).toBeGreaterThan(last);
  });

  it("does not ring for what its own process does", async () => {
    const inbox = await make();
    const heard: Nudge[] = [];
    const hangUp = inbox.listen((what, key) => {
      if (key !== undefined) heard.push(what);
    });
    await append(inbox, "1");
    await inbox.typing(ANI);
    await inbox.erase(ANI);
    hangUp();
    expect(heard).toEqual([]);
  });
}
