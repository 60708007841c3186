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
 * "retry", when to retry, the platform's id; the lease for what the caller takes, the queues of what stands behind the
 * finished job and until when that is taken; how the saved record begins, or ""; then seven for each new job: id, key,
 * queue, "" or ":" and the lane, due, task, "" or until when it is taken.
 *
 * Answers with the outcome, the queues that somebody else may have to look at, "1" or "0" for each new job (whether it was
 * taken), and what was taken from behind the finished job, as CLAIM answers.
 */
export const COMMIT = scriptOf(`${LANES}
local at, keepConversation, keepSeen, keepJobs, mostSeen = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local seenKey, seenId = ARGV[6], ARGV[7]
local key, expect, record, quietAt = ARGV[8], ARGV[9], ARGV[10], ARGV[11]
local finish, lease, next, retryAt, ref = ARGV[12], ARGV[13], ARGV[14], ARGV[15], ARGV[16]
local mine, nextQueues, nextUntil = ARGV[17], ARGV[18], ARGV[19]
local basis = ARGV[20]
local FIRST, EACH = 21, 7

local function answer(outcome, flags, row)
  local names = {}
  for queue in pairs(offered) do names[#names + 1] = queue end
  return { outcome, table.concat(names, ' '), table.concat(flags), row }
end

local saved = key ~= '' and call('GET', base .. 'c:' .. key)
-- Sealing takes a fresh nonce each time: the same record is our own, saved by a try whose answer was lost. What was taken
-- from behind the finished job is then not known any more.
local function refused(why)
  if not saved or saved ~= record then return { why } end
  local flags = {}
  for first = FIRST, #ARGV, EACH do
    local took = mine ~= '' and call('HGET', base .. 'j:' .. ARGV[first], 'e') == mine
    flags[#flags + 1] = took and '1' or '0'
    if not took then offered[ARGV[first + 2]] = true end
  end
  return answer('again', flags)
end

-- Leases the head of a lane to the caller, or lets it be claimed.
local function follow(lane, of)
  local head = nextQueues ~= '' and call('LINDEX', base .. 'l:' .. lane, 0)
  if not head then return promote(lane) end
  local row = call('HMGET', base .. 'j:' .. head, 'k', 'q', 'l', 'd', 't', 'n')
  local wanted = row[1] == of and string.find(nextQueues, ' ' .. row[2] .. ' ', 1, true) and tonumber(row[4]) <= tonumber(at)
  if not wanted or not place(row[2], row[1], row[6] .. head, nextUntil) then return promote(lane) end
  call('HSET', base .. 'j:' .. head, 'e', mine)
  return { head, row[1], row[2], row[3], row[4], row[5], call('HINCRBY', base .. 'j:' .. head, 'a', 1) }
end

if seenKey ~= '' and call('ZSCORE', base .. 'm:' .. seenKey, seenId) then return refused('duplicate') end
local job, followed
if finish ~= '' then
  job = call('HMGET', base .. 'j:' .. finish, 'e', 'k', 'q', 'n', 'l')
  if job[1] ~= lease then return refused('conflict') end
end
if key ~= '' and (saved and string.match(saved, '^%d+') or '0') ~= expect then return refused('conflict') end
-- A Redis that was emptied may have come to the same revision by another way.
if basis ~= '' and string.sub(saved, 1, #basis) ~= basis then return { 'conflict' } end

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
    offered[queue] = true
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
    if lane then followed = follow(lane, of) end
  end
end

local flags = {}
for first = FIRST, #ARGV, EACH do
  local id, of, queue, lane, due, task, untilAt = unpack(ARGV, first, first + EACH - 1)
  local took = '0'
  if call('EXISTS', base .. 'j:' .. id, base .. 's:' .. id) == 0 then
    local number = string.format('%010x', call('INCR', base .. 'n'))
    local fields = { 'k', of, 'q', queue, 'n', number, 'd', due, 't', task, 'a', 0 }
    call('INCR', base .. 'w')
    call('ZADD', base .. 'o:' .. of, '+inf', id)
    call('PERSIST', base .. 'o:' .. of)
    local waitsBehind = 0
    if lane ~= '' then
      lane = string.sub(lane, 2)
      fields[13], fields[14] = 'l', lane
      waitsBehind = call('RPUSH', base .. 'l:' .. lane, id) - 1
    end
    if waitsBehind == 0 and untilAt ~= '' then
      took = '1'
      fields[12] = 1
      fields[#fields + 1] = 'e'
      fields[#fields + 1] = mine
      place(queue, of, number .. id, untilAt)
    elseif waitsBehind == 0 then
      offer(queue, of, number .. id, due)
    end
    call('HSET', base .. 'j:' .. id, unpack(fields))
  end
  flags[#flags + 1] = took
end
return answer('done', flags, followed)
`);
