import { LANES } from "./lanes-script.ts";
import { scriptOf } from "./open.ts";

/** Takes away one conversation and its jobs. Argument: its key. */
export const ERASE = scriptOf(`${LANES}
local key = ARGV[1]
local touched = {}
for _, id in ipairs(call('ZRANGE', base .. 'o:' .. key, 0, -1)) do
  local job = call('HMGET', base .. 'j:' .. id, 'q', 'n', 'l')
  if job[1] then
    drop(id, job[1], key, job[2], job[3])
    if job[3] then touched[job[3]] = true end
  end
  call('DEL', base .. 's:' .. id)
  call('ZREM', base .. 'dead', id)
end
call('DEL', base .. 'c:' .. key, base .. 'm:' .. key, base .. 'o:' .. key)
call('ZREM', base .. 'quiet', key)
for lane in pairs(touched) do promote(lane) end
return 0
`);

/**
 * One slice of the keys. Everything goes by itself when its time has come; this is for who wants it gone earlier.
 * Arguments: the cursor, how many keys to look at, before when conversations, seen ids and ended jobs go.
 * Answers the next cursor, "0" at the end, and how many went.
 */
export const PRUNE = scriptOf(`
local base, call = KEYS[1], redis.call
local conversations, seen, jobs = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local gone = 0

local function pruneConversation(key)
  local changed = string.match(call('GET', base .. 'c:' .. key) or '', '^%d+|(%d+)|')
  if not changed or tonumber(changed) >= conversations then return end
  local all = base .. 'o:' .. key
  if call('ZCOUNT', all, '+inf', '+inf') > 0 then return end
  for _, id in ipairs(call('ZRANGE', all, 0, -1)) do
    call('DEL', base .. 's:' .. id)
    call('ZREM', base .. 'dead', id)
  end
  call('DEL', base .. 'c:' .. key, all)
  call('ZREM', base .. 'quiet', key)
  gone = gone + 1
end

local function pruneJob(id)
  local ended = string.match(call('GET', base .. 's:' .. id) or '', '^%d+')
  if not ended or tonumber(ended) >= jobs then return end
  call('DEL', base .. 's:' .. id)
  call('ZREM', base .. 'dead', id)
  gone = gone + 1
end

local page = call('SCAN', ARGV[1], 'MATCH', base .. '*', 'COUNT', ARGV[2])
for _, name in ipairs(page[2]) do
  local kind, rest = string.sub(name, #base + 1, #base + 2), string.sub(name, #base + 3)
  if kind == 'c:' then pruneConversation(rest) end
  if kind == 's:' then pruneJob(rest) end
  if kind == 'm:' then gone = gone + call('ZREMRANGEBYSCORE', name, '-inf', '(' .. ARGV[4]) end
end
return { page[1], gone }
`);
