import { type Crowd, SHARE } from "../../conversation/crowd.ts";
import type { Sealer } from "../sealing.ts";
import { type Redis, scriptOf } from "./open.ts";

/** How long it is known where a chat writes from, ms: the inquiry comes soon after the message. */
const KNOWN = 24 * 60 * 60 * 1000;

/**
 * `a:<chat>` is where it writes from; `i:<address>`, a sorted set, has the times of its inquiries, `c:<address>` those of
 * the codes that it asked by. All go by themselves. Arguments: the chat, now, the span, the most in it, `i:` or `c:`. Answers the time of the inquiry that has to grow old first, or nil.
 */
const ENTER = scriptOf(`
local base, call = KEYS[1], redis.call
local now, span, most = ARGV[2], ARGV[3], tonumber(ARGV[4])
local address = call('GET', base .. 'a:' .. ARGV[1])
if not address then return false end
local asked = base .. ARGV[5] .. address
call('ZREMRANGEBYSCORE', asked, '-inf', tonumber(now) - tonumber(span))
local count = call('ZCARD', asked)
if count >= most then return call('ZRANGE', asked, -most, -most, 'WITHSCORES')[2] end
call('ZADD', asked, now, now .. ':' .. count)
call('PEXPIRE', asked, span)
return false
`);

/** Shared by all processes of one Redis, which learns no address: only what cannot be turned back into one. */
export function redisCrowd({ redis, sealer }: { readonly redis: Redis; readonly sealer: Sealer }): Crowd {
  return {
    async seen(chat, address) {
      if (address === undefined) return;
      await redis.send(["SET", `${redis.base}a:${chat}`, sealer.index(`address:${address}`), "PX", String(KNOWN)]);
    },
    async enter(chat, now, what = "inquiry") {
      const of = what === "inquiry" ? "i:" : "c:";
      const first = await redis.run(ENTER, [chat, ...[now, SHARE.span, SHARE.most].map(String), of]);
      return first === null ? undefined : Number(first) + SHARE.span;
    },
  };
}
