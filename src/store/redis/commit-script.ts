import { LANES } from "./lanes-script.ts";
import { scriptOf } from "./open.ts";

/**
 * One change, whole or not at all: it looks at everything before it writes anything.
 *
 * Beside the keys of LANES: `c:<key>` a conversation's record, which begins with its revision; `m:<key>`, a sorted set: the
 * ids seen in it by their time; `quiet`, a sorted set: conversations by the time their silence is to be answered.
 *
 * Arguments: at, how long conversations, seen ids and ended jobs are kept, how many ids of a conversation; the seen key and
 * id; the conversation's key, the expected revision, its record, quietAt; the job to finish, its lease, "done", "dead" or
 * "retry", when to retry, the platform's id; then six for each new job: id, key, queue, "" or ":" and the lane, due, task.
 */
export const COMMIT = scriptOf(`${LANES}
local at, keepConversation, keepSeen, keepJobs, mostSeen = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local seenKey, seenId = ARGV[6], ARGV[7]
local key, expect, record, quietAt = ARGV[8], ARGV[9], ARGV[10], ARGV[11]
local finish, lease, next, retryAt, ref = ARGV[12], ARGV[13], ARGV[14], ARGV[15], ARGV[16]

local saved = key ~= '' and call('GET', base .. 'c:' .. key)
-- Sealing takes a fresh nonce each time: the same record is our own, saved by a try whose answer was lost.
local function refused(why)
  if saved and saved == record then return 'done' end
  return why
end

if seenKey ~= '' and call('ZSCORE', base .. 'm:' .. seenKey, seenId) then return refused('duplicate') end
local job
if finish ~= '' then
  job = call('HMGET', base .. 'j:' .. finish, 'e', 'k', 'q', 'n', 'l')
  if job[1] ~= lease then return refused('conflict') end
end
if key ~= '' and (saved and string.match(saved, '^%d+') or '0') ~= expect then return refused('conflict') end

if seenKey ~= '' then
  local seen = base .. 'm:' .. seenKey
  call('ZADD', seen, at, seenId)
  call('ZREMRANGEBYSCORE', seen, '-inf', tonumber(at) - tonumber(keepSeen))
  call('ZREMRANGEBYRANK', seen, 0, -1 - tonumber(mostSeen))
  call('PEXPIRE', seen, keepSeen)
end

if key ~= '' then
  call('SET', base .. 'c:' .. key, record, 'PX', keepConversation)
  if quietAt == '' then call('ZREM', base .. 'quiet', key) else call('ZADD', base .. 'quiet', quietAt, key) end
end

if job then
  local of, queue, number, lane = job[2], job[3], job[4], job[5]
  if next == 'retry' then
    call('HDEL', base .. 'j:' .. finish, 'e')
    call('HSET', base .. 'j:' .. finish, 'd', retryAt)
    call('ZADD', base .. 'd:' .. dueSet(queue, of), retryAt, number .. finish)
  else
    drop(finish, queue, of, number, lane)
    call('SET', base .. 's:' .. finish, at .. '|' .. ref, 'PX', keepJobs)
    local all = base .. 'o:' .. of
    local past = tonumber(at) - tonumber(keepJobs)
    call('ZADD', all, at, finish)
    call('ZREMRANGEBYSCORE', all, '-inf', past)
    if call('ZCOUNT', all, '+inf', '+inf') == 0 then call('PEXPIRE', all, keepJobs) end
    if next == 'dead' then
      call('ZADD', base .. 'dead', at, finish)
      call('ZREMRANGEBYSCORE', base .. 'dead', '-inf', past)
    end
    if lane then promote(lane) end
  end
end

for first = 17, #ARGV, 6 do
  local id, of, queue, lane, due, task = unpack(ARGV, first, first + 5)
  if call('EXISTS', base .. 'j:' .. id, base .. 's:' .. id) == 0 then
    local number = string.format('%010x', call('INCR', base .. 'n'))
    call('HSET', base .. 'j:' .. id, 'k', of, 'q', queue, 'n', number, 'd', due, 't', task, 'a', 0)
    call('INCR', base .. 'w')
    call('ZADD', base .. 'o:' .. of, '+inf', id)
    call('PERSIST', base .. 'o:' .. of)
    local waitsBehind = 0
    if lane ~= '' then
      lane = string.sub(lane, 2)
      call('HSET', base .. 'j:' .. id, 'l', lane)
      waitsBehind = call('RPUSH', base .. 'l:' .. lane, id) - 1
    end
    if waitsBehind == 0 then offer(queue, of, number .. id, due) end
  end
end
return 'done'
`);
