import { EXAMPLE_NIK, TEST_VEHICLES } from "../../src/biller/sandbox/vehicles.ts";
import type { PerAddress } from "../../src/channels/web/visitors.ts";
import { type WebChannel, webChannel } from "../../src/channels/web.ts";
import { systemClock } from "../../src/clock.ts";
import type { Inbound, Outbound } from "../../src/conversation/message.ts";
import { bold } from "../../src/domain/text.ts";
import { silentLog } from "../../src/log.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { MEMORY, openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteWebInbox } from "../../src/store/sqlite/web-inbox.ts";
import { startWeb, type Web, type WebOptions } from "../../src/web/server.ts";
import { tinyPdf, tinyPng } from "./tiny-files.ts";

export interface SiteOptions {
  /** Default: in memory. */
  readonly path?: string;
  readonly port?: number;
  readonly web?: Partial<WebOptions>;
  readonly perAddress?: PerAddress;
  /** Called before the echo; a throw is a message that was not taken. */
  readonly before?: (inbound: Inbound) => void | Promise<void>;
}

export interface Site {
  readonly web: Web;
  readonly channel: WebChannel;
  readonly taken: readonly Inbound[];
  /** As at SIGTERM. */
  stop(): Promise<void>;
}

const SANDBOX = { vehicles: TEST_VEHICLES, exampleNik: EXAMPLE_NIK, exampleRegion: "Jawa Barat" };

const WEB = {
  host: "127.0.0.1",
  name: "Loket Samsat",
  clock: systemClock,
  log: silentLog,
  sandbox: SANDBOX,
  health: () => ({}),
  ready: async () => ({ ready: true, parts: {} }),
};

/** A counter behind the web chat that knows a few words: it echoes the rest. */
export async function startSite({
  path = MEMORY,
  port = 0,
  web = {},
  before,
  perAddress,
}: SiteOptions = {}): Promise<Site> {
  const db = openSqlite(path);
  const inbox = sqliteWebInbox(db, openSealer({ secret: "0123456789abcdef0123456789abcdef" }));
  const channel = webChannel({
    clock: systemClock,
    log: silentLog,
    inbox,
    ...(perAddress === undefined ? {} : { perAddress }),
  });
  const taken: Inbound[] = [];
  const stop = new AbortController();
  const listening = channel.listen(async (inbound) => {
    await before?.(inbound);
    if (taken.some((one) => one.key === inbound.key && one.id === inbound.id)) return;
    taken.push(inbound);
    for (const [at, message] of answers(inbound).entries()) {
      await channel.send(inbound.key, message, `${inbound.id}.${at}`);
    }
  }, stop.signal);
  const server = await startWeb({ ...WEB, port, chat: channel, ...web });
  return {
    web: server,
    channel,
    taken,
    async stop() {
      stop.abort();
      await listening;
      await server.close();
      db.close();
    },
  };
}

const WELCOME = [
  "Selamat datang di Loket Samsat, loket pembayaran pajak kendaraan tahunan. Kami bukan kantor Samsat.",
  "Cek tagihan gratis; biaya admin Rp5.000 hanya jika Anda membayar.",
  "",
  "Kendaraan terdaftar di wilayah mana?",
].join("\n");

const BILL = [
  "Tagihan ditemukan",
  "F 0001 Z · YAMAHA 28D (AL115S/MIO) 2010 · MERAH MARUN",
  "Pemilik: JOR***",
  "Pajak (PKB): Rp143.500",
  "Jasa Raharja (SWDKLLJ): Rp35.000",
  "Biaya admin: Rp5.000",
  bold("Total: Rp183.500"),
  "Berlaku sampai 14.30 WIB. Pembayaran yang berhasil tidak dapat dibatalkan.",
].join("\n");

const PAID = [
  "Pembayaran berhasil ✅",
  `F 0001 Z · YAMAHA 28D (AL115S/MIO) 2010 · ${bold("Rp183.500")}`,
  "7 Juli 2019 pukul 13.14 WIB · No. TRX-7K2MQ",
].join("\n");

function answers({ content, messageRef = "" }: Inbound): readonly Outbound[] {
  if (content.kind === "tap") {
    const close: Outbound = { kind: "close", ref: content.on };
    if (content.data === "pay") return [close, { kind: "text", text: PAID }, proof("document"), offer()];
    if (content.data === "picture") return [proof("image")];
    return [close, { kind: "text", text: "Ketik NIK pemilik: 16 angka di KTP, atas nama yang tertulis di STNK." }];
  }
  if (content.kind !== "text") return [];
  if (content.text === "/start") return [{ kind: "choices", text: WELCOME, rows: REGIONS }];
  if (/^\d{16}$/.test(content.text)) {
    return [
      { kind: "text", text: "NIK diterima: 3204********0001. Pesan Anda kami hapus setelah tagihan ditemukan." },
      { kind: "forget", ref: messageRef },
    ];
  }
  if (/^MH1/.test(content.text)) return [{ kind: "choices", text: BILL, rows: CONFIRM }];
  return [{ kind: "text", text: `Anda menulis: ${bold(content.text)}` }];
}

const REGIONS = [
  [
    { id: "r:jabar", label: "Jawa Barat" },
    { id: "r:jateng", label: "Jawa Tengah (tutup)" },
  ],
  [
    { id: "r:bali", label: "Bali" },
    { id: "r:kepri", label: "Kepri" },
  ],
  [{ id: "help", label: "Bantuan" }],
];

const CONFIRM = [
  [{ id: "pay", label: "Bayar Rp183.500" }],
  [
    { id: "wrong", label: "Data salah" },
    { id: "cancel", label: "Batal" },
  ],
];

function offer(): Outbound {
  const rows = [
    [
      { id: "picture", label: "Gambar" },
      { id: "more", label: "Kendaraan lain" },
    ],
  ];
  return { kind: "choices", text: "Simpan bukti ini. Ada lagi?", rows };
}

function proof(kind: "document" | "image"): Outbound {
  const caption = "Bukti pembayaran TRX-7K2MQ";
  return kind === "document"
    ? { kind, bytes: tinyPdf("BUKTI PEMBAYARAN"), name: "bukti-TRX-7K2MQ.pdf", mime: "application/pdf", caption }
    : { kind, bytes: tinyPng(), name: "bukti-TRX-7K2MQ.png", mime: "image/png", caption };
}
