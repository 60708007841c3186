import { LANES } from "./lanes-script.ts";
import { scriptOf } from "./open.ts";

/** The sets of these queues, but for those of the channels that are left out. "" for all queues. */
const SETS = `
local function sets(queues, except)
  local wanted, left = {}, {}
  for queue in string.gmatch(queues, '[^ ]+') do wanted[queue] = true end
  for _, channel in ipairs(except) do left[channel] = true end
  local names = {}
  for _, name in ipairs(call('SMEMBERS', base .. 'due')) do
    local queue, channel = string.match(name, '^([^:]*):(.*)$')
    if (queues == '' or wanted[queue]) and not left[channel] then names[#names + 1] = base .. 'd:' .. name end
  end
  return names
end
`;

/**
 * Arguments: queues, now, the lease's end, the lease, how many, then the channels that are left out.
 * Answers for each job: id, key, queue, lane or nil, due, task, attempt.
 */
export const CLAIM = scriptOf(`${LANES}${SETS}
local queues, now, untilAt, lease, limit = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local found = {}
for _, set in ipairs(sets(queues, { unpack(ARGV, 6) })) do
  local rows = call('ZRANGEBYSCORE', set, '-inf', now, 'WITHSCORES', 'LIMIT', 0, limit)
  for i = 1, #rows, 2 do found[#found + 1] = { set, rows[i], tonumber(rows[i + 1]) } end
end
table.sort(found, function(a, b)
  if a[3] ~= b[3] then return a[3] < b[3] end
  return a[2] < b[2]
end)
local jobs = {}
for i = 1, math.min(limit, #found) do
  local set, member = found[i][1], found[i][2]
  local id = string.sub(member, 11)
  local job = base .. 'j:' .. id
  local attempt = call('HINCRBY', job, 'a', 1)
  call('HSET', job, 'e', lease)
  call('ZADD', set, untilAt, member)
  local row = call('HMGET', job, 'k', 'q', 'l', 'd', 't')
  jobs[i] = { id, row[1], row[2], row[3], row[4], row[5], attempt }
end
return jobs
`);

/** Ends the leases that a claim took whose answer was lost. Arguments: queues, the lease's end, the lease. */
export const RELEASE = scriptOf(`${LANES}${SETS}
for _, set in ipairs(sets(ARGV[1], {})) do
  for _, member in ipairs(call('ZRANGEBYSCORE', set, ARGV[2], ARGV[2])) do
    local job = base .. 'j:' .. string.sub(member, 11)
    local row = call('HMGET', job, 'e', 'd')
    if row[1] == ARGV[3] then
      call('HDEL', job, 'e')
      call('ZADD', set, row[2], member)
    end
  end
end
return 0
`);

/** Ends all leases. */
export const TAKE_OVER = scriptOf(`${LANES}${SETS}
for _, set in ipairs(sets('', {})) do
  for _, member in ipairs(call('ZRANGE', set, 0, -1)) do
    local job = base .. 'j:' .. string.sub(member, 11)
    local row = call('HMGET', job, 'e', 'd')
    if row[1] then
      call('HDEL', job, 'e')
      call('ZADD', set, row[2], member)
    end
  end
end
return 0
`);

/**
 * Arguments: queues, or "" for all and for the silences too; the channels that are left out. Answers the earliest time, or
 * nil.
 */
export const NEXT_DUE = scriptOf(`${LANES}${SETS}
local names = sets(ARGV[1], { unpack(ARGV, 2) })
if ARGV[1] == '' then names[#names + 1] = base .. 'quiet' end
local first
for _, set in ipairs(names) do
  local at = call('ZRANGE', set, 0, 0, 'WITHSCORES')[2]
  if at and (not first or tonumber(at) < tonumber(first)) then first = at end
end
return first or false
`);

/** Arguments: now, how many. A conversation that went by itself leaves its silence behind, which goes here. */
export const QUIET = scriptOf(`
local base, call = KEYS[1], redis.call
local keys = {}
for _, key in ipairs(call('ZRANGEBYSCORE', base .. 'quiet', '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])) do
  if call('EXISTS', base .. 'c:' .. key) == 1 then keys[#keys + 1] = key else call('ZREM', base .. 'quiet', key) end
end
return keys
`);
