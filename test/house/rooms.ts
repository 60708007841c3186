/** Who may import whom: the table of the README's rooms, as a test reads it. Paths from the top. */
export interface Room {
  readonly name: string;
  readonly files: RegExp;
  /** What it may import beside itself. */
  readonly may: readonly RegExp[];
  /** Of that, what it may import for its types alone. */
  readonly mayTypes?: readonly RegExp[];
}

const DOMAIN = /^src\/domain\//;
/** The flows have one door. */
const FLOWS = /^flows\/index\.ts$/;
const CLOCK_AND_LOG = /^src\/(clock|log)\.ts$/;
const PORTS =
  /^src\/(conversation\/(message|conversation|conversations|crowd)|channels\/channel|biller\/biller|payments\/(payment|ledger)|records\/(records|staff)|relay\/request)\.ts$/;
/** What a channel asks of a store: ports too, of a channel's own. */
const SHELVES = /^src\/channels\/(leases|web\/inbox|whatsapp\/rooms)\.ts$/;
const DOWNLOAD = /^src\/channels\/download\.ts$/;
const OF_A_CHANNEL = [
  ...[DOMAIN, CLOCK_AND_LOG, DOWNLOAD],
  ...[/^src\/channels\/channel\.ts$/, /^src\/conversation\/message\.ts$/],
];

/** The first room whose pattern fits is a file's room. */
export const ROOMS: readonly Room[] = [
  { name: "domain", files: DOMAIN, may: [] },
  { name: "flows", files: /^flows\//, may: [DOMAIN] },
  { name: "clock", files: /^src\/clock\.ts$/, may: [] },
  { name: "log", files: /^src\/log\.ts$/, may: [DOMAIN] },
  { name: "ports", files: PORTS, may: [], mayTypes: [DOMAIN, FLOWS] },
  { name: "shelves", files: SHELVES, may: [], mayTypes: [DOMAIN, PORTS] },
  { name: "keep-lease", files: /^src\/channels\/keep-lease\.ts$/, may: [], mayTypes: [SHELVES, CLOCK_AND_LOG] },
  { name: "download", files: DOWNLOAD, may: [], mayTypes: [PORTS, CLOCK_AND_LOG] },
  { name: "conversation", files: /^src\/conversation\//, may: [DOMAIN, FLOWS, PORTS, CLOCK_AND_LOG] },
  { name: "biller", files: /^src\/biller\//, may: [DOMAIN, CLOCK_AND_LOG, /^src\/biller\/biller\.ts$/] },
  { name: "telegram", files: /^src\/channels\/telegram\//, may: OF_A_CHANNEL },
  { name: "whatsapp", files: /^src\/channels\/whatsapp\//, may: [...OF_A_CHANNEL, SHELVES] },
  { name: "web chat", files: /^src\/channels\/web(\/|\.ts$)/, may: [...OF_A_CHANNEL, SHELVES] },
  {
    name: "store",
    files: /^src\/store\//,
    // What a payment's opening posts, in the transaction that opens it.
    may: [DOMAIN, PORTS, SHELVES, CLOCK_AND_LOG, /^src\/payments\/life\/postings\.ts$/],
  },
  { name: "proof", files: /^src\/proof\//, may: [DOMAIN], mayTypes: [PORTS] },
  { name: "payments", files: /^src\/payments\//, may: [DOMAIN, PORTS, CLOCK_AND_LOG] },
  { name: "relay", files: /^src\/relay\//, may: [DOMAIN, PORTS, CLOCK_AND_LOG, /^src\/payments\//] },
  {
    name: "staff",
    files: /^src\/staff\//,
    may: [DOMAIN, PORTS, /^src\/payments\/life\/postings\.ts$/],
    mayTypes: [FLOWS, CLOCK_AND_LOG],
  },
  {
    name: "worker",
    files: /^src\/worker\//,
    may: [DOMAIN, FLOWS, PORTS, CLOCK_AND_LOG, /^src\/(conversation|payments|proof|relay|staff)\//],
  },
  {
    name: "web server",
    files: /^src\/web\//,
    may: [DOMAIN, PORTS, CLOCK_AND_LOG, /^src\/channels\/web(\/|\.ts$)/, /^src\/payments\//],
  },
  {
    name: "metrics",
    files: /^src\/metrics\//,
    may: [DOMAIN, PORTS, CLOCK_AND_LOG],
  },
  { name: "config", files: /^src\/config(\/|\.ts$)/, may: [DOMAIN, PORTS], mayTypes: [CLOCK_AND_LOG] },
  {
    name: "policy",
    files: /^src\/policy\.ts$/,
    may: [DOMAIN, PORTS],
    mayTypes: [FLOWS, /^src\/config\.ts$/],
  },
  {
    name: "composition root",
    files: /^src\/(main|surroundings|telegram|whatsapp|driving)\.ts$/,
    // A number is linked from the terminal, whichever command runs there.
    may: [/^src\/(?!cli)/, /^src\/cli\/whatsapp-qr\.ts$/, FLOWS],
  },
  { name: "command line", files: /^src\/cli(\/|\.ts$)/, may: [/^src\/(?!main\.ts)/] },
];

/** Nobody imports the composition root but the command that starts it. */
export const MAIN = "src/main.ts";
export const STARTER = "src/cli/start.ts";

export function roomOf(path: string): Room | undefined {
  return ROOMS.find(({ files }) => files.test(path));
}
