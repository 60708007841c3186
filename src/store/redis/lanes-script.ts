/**
 * What the scripts on jobs share. The keys, behind the base:
 *
 * - `j:<id>`, a hash, while the job waits: k its conversation's key, q queue, l lane, n its number (the order of saving),
 *   d when it is due, t the sealed task, a attempts, e the lease
 * - `s:<id>` after its end: `<when>|<the platform's id>`; goes by itself
 * - `o:<key>`, a sorted set: the jobs of a conversation by their end, infinite while they wait
 * - `l:<lane>`, a list: who waits in a lane, the head first
 * - `d:<queue>:<channel>`, a sorted set: who may be claimed and from when on (the end of the lease while it is leased), the
 *   number before the id, so that what is due at the same time comes in the order of saving; `due` names these sets
 * - `n` the last number, `w` how many wait, `dead` the dead by their end
 *
 * Times are the caller's, and go through as text: Lua would shorten large numbers.
 */
export const LANES = `
local base = KEYS[1]
local call = redis.call

local function dueSet(queue, key)
  return queue .. ':' .. string.match(key, '^[^:]*')
end

-- The queues in which somebody may have to claim or to wait for something.
local offered = {}

local function place(queue, key, member, at)
  local name = dueSet(queue, key)
  call('SADD', base .. 'due', name)
  return call('ZADD', base .. 'd:' .. name, 'NX', at, member) == 1
end

local function offer(queue, key, member, at)
  offered[queue] = true
  place(queue, key, member, at)
end

-- Lets the head of a lane be claimed. Nothing happens to one that may be claimed already, or is leased.
local function promote(lane)
  local head = call('LINDEX', base .. 'l:' .. lane, 0)
  if not head then return end
  local job = call('HMGET', base .. 'j:' .. head, 'q', 'k', 'n', 'd')
  offer(job[1], job[2], job[3] .. head, job[4])
end

-- Takes a job that waits out of its lane and its queue.
local function drop(id, queue, key, number, lane)
  call('DEL', base .. 'j:' .. id)
  call('ZREM', base .. 'd:' .. dueSet(queue, key), number .. id)
  call('DECR', base .. 'w')
  if lane then call('LREM', base .. 'l:' .. lane, 1, id) end
end
`;
