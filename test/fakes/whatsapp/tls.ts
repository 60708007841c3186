import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { globalAgent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { promisify } from "node:util";

/** A certificate for 127.0.0.1 that nobody has signed, and its key. */
export interface Certificate {
  readonly key: string;
  /** PEM. */
  readonly cert: string;
}

const ARGUMENTS =
  "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 " +
  "-addext subjectAltName=IP:127.0.0.1 -keyout - -out -";

let made: Promise<Certificate> | undefined;

/** Made by openssl once per process. The key stays in memory: it is never written anywhere. */
export function certificate(): Promise<Certificate> {
  made ??= make();
  return made;
}

/** A file with that PEM, for NODE_EXTRA_CA_CERTS. */
export async function caFile(pem: string): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "whatsapp-sim-"));
  const path = join(folder, "ca.pem");
  await writeFile(path, pem);
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Lets uploads of this process through, which Baileys makes with node:https and its agent for everybody. Downloads go
 * by fetch: for those, a program has to be started with NODE_EXTRA_CA_CERTS.
 */
export function trustUploads(pem: string): void {
  globalAgent.options.ca = [...rootCertificates, pem];
}

async function make(): Promise<Certificate> {
  const { stdout } = await promisify(execFile)("openssl", ARGUMENTS.split(" "));
  const block = (name: string) => {
    const found = new RegExp(`-----BEGIN ${name}-----[\\s\\S]*?-----END ${name}-----\\n`).exec(stdout)?.[0];
    if (found === undefined) throw new Error(`openssl made no ${name.toLowerCase()}; is it version 1.1.1 or newer?`);
    return found;
  };
  return { key: block("PRIVATE KEY"), cert: block("CERTIFICATE") };
}
