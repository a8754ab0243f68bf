// SPDX-License-Identifier: Apache-2.0

import { createPrivateKey } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Authority, importAuthority, makeAuthority, makeCertificate } from "./certificate-maker.ts";
import { parseLifetime, readArguments, runWork, UsageError } from "./command-flags.ts";

const USAGE = `Usage: hostscope-agent init-tls DIR --hosts HOST,HOST [--clients NAME,NAME] [--days N] [--ca-days N]

Makes an authority in DIR/ca, unless there is one, a certificate for an agent on each host in DIR/HOST, and one for each
client in DIR/NAME (default: one called "admin"). HOST is what clients open: a DNS name or an IP address; with HOST+HOST
one agent has several. Clients are known to agents as "dns:NAME", or by a SPIFFE id if NAME is one (spiffe://...).
Beside each agent's certificate is a policy that makes the clients named with it its administrators; edit it at will.
Nothing that is there is overwritten: run it again to add hosts and clients. Keys are of P-256 and for this user alone.
Certificates are good for 397 days, the authority for 3650, unless told otherwise.
`;
const DAYS = "397";
const CA_DAYS = "3650";
const DNS = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const IP = /^[0-9a-f.:]{2,45}$/i;
const SPIFFE = /^spiffe:\/\/[a-z0-9._-]{1,255}(\/[A-Za-z0-9._-]+)+$/;

/** `hostscope-agent init-tls`. */
export function initTls(args: readonly string[]): Promise<number> {
  return runWork("init-tls", USAGE, args, async () => {
    const { words, flags } = readArguments(args, ["hosts", "clients", "days", "ca-days"]);
    const [folder] = words;
    if (folder === undefined || words.length > 1) throw new UsageError("give one folder to write to");
    const hosts = listed(flags.hosts ?? "").map((host) => host.split("+"));
    const clients = listed(flags.clients ?? (flags.hosts === undefined ? "" : "admin"));
    if (hosts.length + clients.length === 0) throw new UsageError("--hosts is missing");
    const wrong =
      hosts.flat().find((host) => !DNS.test(host) && !IP.test(host)) ?? clients.find((name) => !isClient(name));
    if (wrong !== undefined)
      throw new UsageError(`"${wrong}" is neither a DNS name nor an address, nor a SPIFFE id of a client`);
    const made = await makeAll(
      resolve(folder),
      hosts,
      clients,
      days(flags.days ?? DAYS),
      days(flags["ca-days"] ?? CA_DAYS),
    );
    process.stdout.write(nextSteps(resolve(folder), hosts, clients, made));
  });
}

async function makeAll(
  root: string,
  hosts: string[][],
  clients: string[],
  until: Date,
  caUntil: Date,
): Promise<string[]> {
  const names = [...hosts.map(([host = ""]) => host), ...clients];
  const twin = names.find(
    (name, at) => folderOf(name) === "ca" || names.findIndex((other) => folderOf(other) === folderOf(name)) !== at,
  );
  if (twin !== undefined) throw new UsageError(`"${twin}" cannot have a folder of its own in ${root}`);
  mkdirSync(root, { recursive: true, mode: 0o755 });
  const ca = await authority(join(root, "ca"), caUntil);
  const end = ca.certificate.notAfter < until ? ca.certificate.notAfter : until;
  const made: string[] = [];
  for (const [at, name] of names.entries()) {
    const folder = join(root, folderOf(name));
    if (existsSync(folder)) {
      process.stderr.write(`${folder} is there and stays as it is\n`);
      continue;
    }
    const host = hosts[at];
    const own = await makeCertificate(ca, host === undefined ? "client" : "server", host ?? [name], end);
    const policy = host === undefined ? {} : { "policy.yaml": policyFor(clients) };
    write(folder, { "tls.crt": own.pem, "tls.key": own.keyPem, "ca.crt": ca.pem, ...policy });
    made.push(folder);
  }
  return made;
}

async function authority(folder: string, until: Date): Promise<Authority> {
  const [crt, key] = [join(folder, "ca.crt"), join(folder, "ca.key")];
  if (existsSync(folder)) {
    return importAuthority(readFileSync(crt, "utf8"), createPrivateKey(readFileSync(key)));
  }
  const made = await makeAuthority("hostscope authority", until);
  write(folder, { "ca.crt": made.pem, "ca.key": made.keyPem });
  return made;
}

/** Makes administrators of these clients. Environments and starting programs stay with roles given by name. */
function policyFor(clients: readonly string[]): string {
  const subjects = clients.map((name) => (name.includes("://") ? `spiffe: "${name}"` : `dns: ${name.toLowerCase()}`));
  const bindings = subjects.map((subject) => `\n  - { to: { ${subject} }, roles: [admin] }`);
  return `version: 1\nbindings:${bindings.length === 0 ? " []" : bindings.join("")}\n`;
}

/** Keys are never there with rights that others could use, not even for a moment. */
function write(folder: string, files: Record<string, string>): void {
  mkdirSync(folder, { mode: 0o700 });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text, { flag: "wx", mode: name.endsWith(".key") ? 0o600 : 0o644 });
  }
}

function nextSteps(root: string, hosts: string[][], clients: string[], made: readonly string[]): string {
  const [host = "HOST"] = hosts[0] ?? [];
  const client = join(root, folderOf(clients[0] ?? "admin"));
  const server = folderOf(host);
  return [
    `${made.length} made in ${root}. Keep ${join(root, "ca", "ca.key")} away from all hosts: it makes new ones.\n`,
    `Copy each host's folder, and nothing else, to that host, for the user that runs the agent. There, next to ${server}:\n`,
    `  hostscope-agent --listen 0.0.0.0:7443 --tls-cert ${server}/tls.crt --tls-key ${server}/tls.key \\\n`,
    `    --client-ca ${server}/ca.crt --policy ${server}/policy.yaml\n`,
    "and for a client:\n",
    `  open("https://${host.includes(":") ? `[${host}]` : host}:7443", { credentials: { ca: "${client}/ca.crt", cert: "${client}/tls.crt", key: "${client}/tls.key" } })\n`,
  ].join("");
}

function isClient(name: string): boolean {
  return DNS.test(name) || SPIFFE.test(name);
}

/** A name as a folder: that of a SPIFFE id is its path. */
function folderOf(name: string): string {
  return name
    .replace(/^spiffe:\/\//, "")
    .replace(/[^A-Za-z0-9._-]/g, "_")
    .toLowerCase();
}

function listed(text: string): string[] {
  return text === "" ? [] : text.split(",").map((one) => one.trim());
}

function days(text: string): Date {
  if (!/^[1-9][0-9]{0,4}$/.test(text)) throw new UsageError(`"${text}" is not a number of days`);
  return parseLifetime(`${text}d`);
}
