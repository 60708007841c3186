import { compare } from "./compare.ts";
import { idleRun } from "./idle.ts";
import { paidRun, parkedRun, processesRun, profileRun, soakRun } from "./loket-runs.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import { prepare } from "./prepare.ts";
import { startRedis } from "./redis.ts";
import { ratios, tables } from "./report.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function run(options: Options): Promise<unknown> {
  if (options.mode.kind === "help") return HELP;
  prepare();
  const redis = await startRedis();
  try {
    return await measure(options, redis.url);
  } finally {
    await redis.stop();
  }
}

async function measure(options: Options, redisUrl: string): Promise<unknown> {
  const { mode } = options;
  switch (mode.kind) {
    case "compare": {
      const found = await compare(options, redisUrl, say);
      for (const line of tables(found)) say(line);
      return { ratios: ratios(found), found };
    }
    case "parked":
      return parkedRun(options, mode.count, redisUrl, say);
    case "processes":
      return processesRun(options, mode.count, redisUrl, say);
    case "soak":
      return soakRun(options, mode.turns, redisUrl, say);
    case "paid":
      return paidRun(options, redisUrl, say);
    case "profile":
      return profileRun(options, redisUrl, say);
    case "idle":
      return idleRun(say);
    case "help":
      return HELP;
  }
}

try {
  const result = await run(readOptions(process.argv.slice(2)));
  say(typeof result === "string" ? result : JSON.stringify(result));
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
