import { createHash } from "node:crypto";
import { createClient } from "redis";
import { type Known, peerBiller, SAYS, stageOf } from "../flow.ts";
import type { System } from "../system.ts";

/** Seen before? the revision that was read? then the next value and the reply to send, at once. */
const SCRIPT = `
if redis.call('SET', KEYS[2], '', 'NX', 'EX', '86400') == false then return 'duplicate' end
if (redis.call('HGET', KEYS[1], 'revision') or '0') ~= ARGV[1] then return 'conflict' end
redis.call('HSET', KEYS[1], 'revision', ARGV[2], 'state', ARGV[3])
redis.call('RPUSH', KEYS[3], ARGV[4])
if redis.call('LLEN', KEYS[3]) > 10000 then redis.call('LPOP', KEYS[3]) end
return 'done'`;

/** One script a turn, with no bot and no parsing: what saving a turn costs with node-redis 6. */
export const oneScript: System = {
  name: "one-evalsha",
  kind: "limit",
  usesRedis: true,
  payTurn: 5,
  async start({ redisUrl = "", told }) {
    const client = await createClient({ url: redisUrl, commandOptions: { timeout: 0 } }).connect();
    await client.scriptLoad(SCRIPT);
    const sha = createHash("sha1").update(SCRIPT).digest("hex");
    const turns = await sixTurns();
    return {
      async deliver(user, update, turn) {
        const { state = "", says = "" } = turns[turn] ?? {};
        const keys = [`{bench}:c:${user}`, `{bench}:s:${update}`, "{bench}:out"];
        const said = await client.evalSha(sha, { keys, arguments: [String(turn), String(turn + 1), state, says] });
        if (said !== "done") throw new Error(`the script said ${said}`);
        told(user, stageOf(says));
      },
      keyOf: (user) => `{bench}:c:${user}`,
      close: async () => {
        await client.close();
      },
    };
  },
};

/** What is saved at each turn, and said. */
async function sixTurns(): Promise<readonly { readonly state: string; readonly says: string }[]> {
  const biller = peerBiller(() => {});
  const bill = await biller.inquire("MH1JFZ110HK123456");
  const all: Known = { region: "JABAR", nik: "3204110101800001", chassis: "MH1JFZ110HK123456", bill };
  const paid: Known = { ...all, proof: await biller.pay(bill, 0) };
  const kept = [{}, { region: "JABAR" }, { region: "JABAR", nik: all.nik }, all, all, paid];
  const says = [SAYS.region(), SAYS.nik(), SAYS.chassis(), SAYS.bill(all), SAYS.confirm(all), SAYS.proof(paid)];
  return says.map((text, at) => ({ says: text, state: JSON.stringify({ at, ...kept[at] }) }));
}
