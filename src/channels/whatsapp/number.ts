import type { Rooms } from "./rooms.ts";

/** The linked number, its digits alone; undefined when none is. */
export async function numberOf({ keys }: Rooms): Promise<string | undefined> {
  const { creds } = await keys.load();
  if (creds === undefined) return undefined;
  const { me, account } = JSON.parse(creds) as { me?: { id?: string }; account?: unknown };
  return account === undefined ? undefined : me?.id?.split(/[:@]/)[0];
}
